# Core.SimpleVector, the lists of types that reflection gives.

length(v::Core.SimpleVector) = svec_length(v)
size(v::Core.SimpleVector) = (svec_length(v),)
firstindex(v::Core.SimpleVector) = 1
lastindex(v::Core.SimpleVector) = svec_length(v)
isempty(v::Core.SimpleVector) = svec_length(v) == 0
eachindex(v::Core.SimpleVector) = 1:svec_length(v)
keys(v::Core.SimpleVector) = 1:svec_length(v)
eltype(::Type{Core.SimpleVector}) = Any
getindex(v::Core.SimpleVector, i::Int) = svec_get(v, i)
getindex(v::Core.SimpleVector, r::AbstractArray) = Core.svec(Any[v[i] for i in r]...)
iterate(v::Core.SimpleVector, i=1) = i > svec_length(v) ? nothing : (svec_get(v, i), i + 1)
map(f, v::Core.SimpleVector) = Any[f(x) for x in v]
==(a::Core.SimpleVector, b::Core.SimpleVector) = length(a) == length(b) && all(i -> a[i] == b[i], eachindex(a))
