# Future: functions as a later version of Julia has them.

"""
    Future

Functions as a later version of Julia is to have them.
"""
module Future

using Random

"""
    Future.copy!(dst, src)

Copy `src` into `dst`: now `Base.copy!`.
"""
copy!(dst::AbstractSet, src::AbstractSet) = Base.copy!(dst, src)
copy!(dst::AbstractDict, src::AbstractDict) = Base.copy!(dst, src)
copy!(dst::AbstractArray, src::AbstractArray) = Base.copy!(dst, src)

"""
    Future.randjump(r::MersenneTwister, steps)

A generator that is `steps` steps ahead of `r`; a step makes two floats.
"""
randjump(r::MersenneTwister, steps::Integer) = Random.jumped(r, steps, 2big(steps))

end
