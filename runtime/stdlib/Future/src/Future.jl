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
function randjump(r::MersenneTwister, steps::Integer)
    state = Random.DSFMT.dsfmt_jump(r.state, Random.DSFMT.calc_jump(steps))
    MersenneTwister(copy(r.seed), state, zeros(Float64, Random.MT_CACHE_F), zeros(UInt64, Random.MT_CACHE_I >> 3), Random.MT_CACHE_F, 0)
end

end
