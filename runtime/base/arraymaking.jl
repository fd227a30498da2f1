# Arrays that are made of other arrays: similar, copies, conversions, concatenation.

similar(a::AbstractArray{T}) where {T} = similar(a, T)
similar(a::AbstractArray, ::Type{T}) where {T} = similar(a, T, to_shape(axes(a)))
similar(a::AbstractArray{T}, dims::Tuple) where {T} = similar(a, T, to_shape(dims))
similar(a::AbstractArray{T}, dims::DimOrInd...) where {T} = similar(a, T, to_shape(dims))
similar(a::AbstractArray, ::Type{T}, dims::DimOrInd...) where {T} = similar(a, T, to_shape(dims))
similar(a::AbstractArray, ::Type{T}, dims::Tuple{Union{Integer,OneTo},Vararg{Union{Integer,OneTo}}}) where {T} = similar(a, T, to_shape(dims))
similar(a::AbstractArray, ::Type{T}, dims::Tuple{Vararg{Int,N}}) where {T,N} = Array{T,N}(undef, dims)
similar(::Type{T}, dims::DimOrInd...) where {T<:AbstractArray} = similar(T, dims)
similar(::Type{T}, dims::Tuple{Union{Integer,OneTo},Vararg{Union{Integer,OneTo}}}) where {T<:AbstractArray} = similar(T, to_shape(dims))
similar(::Type{T}, dims::Tuple{Vararg{Int}}) where {T<:AbstractArray} = T(undef, dims)
"""
    Base.to_shape(dims)

Sizes of the dimensions, as Ints where the axes begin at 1.
"""
to_shape(::Tuple{}) = ()
to_shape(dims::Tuple{Vararg{Int}}) = dims
to_shape(dims::Tuple) = map(to_shape, dims)
to_shape(i::Int) = i
to_shape(i::Integer) = Int(i)
to_shape(r::OneTo) = Int(last(r))
to_shape(r::AbstractUnitRange) = r
empty(a::AbstractVector, T=eltype(a)) = Vector{T}()
copymutable(a::AbstractArray) = copyto!(similar(a), a)
copymutable(itr) = collect(itr)
copy(a::AbstractArray) = copymutable(a)
collect(a::AbstractArray) = copyto!(Array{eltype(a),ndims(a)}(undef, size(a)...), a)
fill!(a::AbstractArray, x) = (for i in eachindex(a); a[i] = x; end; a)
function copyto!(dest::AbstractArray, src::AbstractArray)
    isempty(src) && return dest
    if axes(dest) == axes(src) && IndexStyle(dest) isa IndexCartesian && IndexStyle(src) isa IndexCartesian
        src = unalias(dest, src)
        for I in eachindex(src)
            dest[I] = src[I]
        end
        return dest
    end
    length(dest) >= length(src) || throw(BoundsError(dest, LinearIndices(src)))
    items = ready_items(src)
    items === src || return copyto!(dest, items)
    store_each!(IndexStyle(dest), dest, unalias(dest, src))
end
store_each!(::IndexLinear, dest, src) = store_from!(dest, firstindex(dest), src)
function store_from!(dest, k, src)
    for x in src
        dest[k] = x
        k += 1
    end
    dest
end
function store_each!(::IndexStyle, dest, src)
    ks = eachindex(dest)
    y = iterate(ks)
    for x in src
        dest[y[1]] = x
        y = iterate(ks, y[2])
    end
    dest
end
function copyto!(dest::AbstractArray, itr)
    ks = eachindex(dest)
    y = iterate(ks)
    for x in itr
        y === nothing && throw(ArgumentError("destination has fewer elements than required"))
        dest[y[1]] = x
        y = iterate(ks, y[2])
    end
    dest
end
function copyto!(dest::AbstractArray, di::Integer, itr)
    i = Int(di)
    for x in itr
        i in LinearIndices(dest) || throw(BoundsError(dest, i))
        dest[i] = x
        i += 1
    end
    dest
end
function copyto!(dest::AbstractArray, di::Integer, itr, si::Integer)
    si < 1 && throw(ArgumentError(string("source start offset (", si, ") is < 1")))
    y = skip_items(itr, si - 1)
    y === nothing && throw(ArgumentError(string("source has fewer elements than required, expected at least ", si, ", got ", count_items(itr))))
    i = Int(di)
    while y !== nothing
        dest[i] = y[1]
        i += 1
        y = iterate(itr, y[2])
    end
    dest
end
function copyto!(dest::AbstractArray, di::Integer, itr, si::Integer, n::Integer)
    n < 0 && throw(ArgumentError(string("tried to copy n=", n, " elements, but n should be nonnegative")))
    n == 0 && return dest
    checkbounds(dest, di)
    checkbounds(dest, di + n - 1)
    si < 1 && throw(ArgumentError(string("source start offset (", si, ") is < 1")))
    y = skip_items(itr, si - 1)
    y === nothing && throw(ArgumentError(string("source has fewer elements than required, expected at least ", si, ", got ", count_items(itr))))
    i = Int(di)
    while y !== nothing && i < di + n
        dest[i] = y[1]
        i += 1
        i < di + n && (y = iterate(itr, y[2]))
    end
    i < di + n && throw(BoundsError(dest, i))
    dest
end
# iterate(itr) after n items.
function skip_items(itr, n)
    y = iterate(itr)
    for _ in 1:n
        y === nothing && return nothing
        y = iterate(itr, y[2])
    end
    y
end
count_items(itr) = (n = 0; for _ in itr; n += 1; end; n)
function copyto!(dest::Array, di::Integer, src::AbstractRange, si::Integer, n::Integer)
    n == length(src) && si == firstindex(src) && 1 <= di <= length(dest) - n + 1 ||
        return invoke(copyto!, Tuple{AbstractArray,Integer,AbstractArray,Integer,Integer}, dest, di, src, si, n)
    src isa Union{UnitRange{Int},StepRange{Int,Int},OneTo{Int}} && array_copyto(dest, Int(di), collect(src), 1, Int(n)) && return dest
    store_from!(dest, Int(di), src)
end
copyto!(dest::AbstractArray, di::Integer, src::AbstractArray) = copyto!(dest, di, src, first(LinearIndices(src)), length(src))
function copyto!(dest::AbstractArray, di::Integer, src::AbstractArray, si::Integer)
    ks = LinearIndices(src)
    si in ks || throw(BoundsError(src, si))
    copyto!(dest, di, src, si, last(ks) - si + 1)
end
"`copyto!(B, rows, columns, A, from_rows, from_columns)`: a block of `A` into one of `B` of the same size."
function copyto!(B::AbstractVecOrMat, rows::AbstractRange{Int}, columns::AbstractRange{Int}, A::AbstractVecOrMat, from_rows::AbstractRange{Int}, from_columns::AbstractRange{Int})
    length(rows) == length(from_rows) || throw(ArgumentError(string("source and destination must have same size (got ", length(from_rows), " and ", length(rows), ")")))
    length(columns) == length(from_columns) || throw(ArgumentError(string("source and destination must have same size (got ", length(from_columns), " and ", length(columns), ")")))
    checkbounds(B, rows, columns)
    checkbounds(A, from_rows, from_columns)
    B[rows, columns] = A[from_rows, from_columns]
    B
end
function copyto!(dest::AbstractArray, di::Integer, src::AbstractArray, si::Integer, n::Integer)
    n == 0 && return dest
    n < 0 && throw(ArgumentError(string("tried to copy n=", n, " elements, but n should be non-negative")))
    to, from = LinearIndices(dest), LinearIndices(src)
    (di in to && di + n - 1 in to) || throw(BoundsError(dest, di:di+n-1))
    (si in from && si + n - 1 in from) || throw(BoundsError(src, si:si+n-1))
    if dest === src && si < di
        for k in n-1:-1:0
            dest[di + k] = src[si + k]
        end
        return dest
    end
    src = unalias(dest, src)
    for k in 0:n-1
        dest[di + k] = src[si + k]
    end
    dest
end
"""
    copy!(dest, src)

Make `dest` hold what `src` holds; a vector gets its length.
"""
function copy!(dest::AbstractVector, src::AbstractVector)
    firstindex(dest) == firstindex(src) || throw(ArgumentError("vectors must have the same offset for copy! (consider using `copyto!`)"))
    length(dest) == length(src) || resize!(dest, length(src))
    copyto!(dest, src)
end
function copy!(dest::AbstractArray, src::AbstractArray)
    axes(dest) == axes(src) || throw(ArgumentError("arrays must have the same axes for copy! (consider using `copyto!`)"))
    copyto!(dest, src)
end
copy!(d::AbstractDict, src::AbstractDict) = merge!(empty!(d), src)
convert(::Type{T}, a::AbstractArray) where {T<:Array} = a isa T ? a : T(a)
convert(::Type{T}, a::AbstractArray) where {T<:AbstractArray} = a isa T ? a : T(a)
AbstractArray{T}(a::AbstractArray{S,N}) where {T,S,N} = AbstractArray{T,N}(a)
AbstractArray{T,N}(a::AbstractArray{S,N}) where {T,S,N} = copyto!(similar(a, T), a)
AbstractArray(a::AbstractArray) = copy(a)
function copyto!(dest::AbstractArray{T,N}, rd::CartesianIndices{N}, src::AbstractArray{S,N}, rs::CartesianIndices{N}) where {T,S,N}
    isempty(rd) && return dest
    size(rd) == size(rs) || throw(ArgumentError("source and destination must have same size (got $(size(rs)) and $(size(rd)))"))
    checkbounds(dest, first(rd))
    checkbounds(dest, last(rd))
    checkbounds(src, first(rs))
    checkbounds(src, last(rs))
    src = unalias(dest, src)
    for (I, J) in zip(rd, rs)
        dest[I] = src[J]
    end
    dest
end
promote_rule(::Type{Array{A,N}}, ::Type{Array{B,N}}) where {A,B,N} = (T = promote_type(A, B); T === A || T === B ? Array{T,N} : typejoin(Array{A,N}, Array{B,N}))
zero(a::AbstractArray{T}) where {T<:Union{Missing,Number}} = fill!(similar(a, typeof(zero(T))), zero(T))
zero(a::AbstractArray) = map(zero, a)
real(a::AbstractArray{<:Real}) = a
real(a::AbstractArray) = map(real, a)
imag(a::AbstractArray) = map(imag, a)
conj(a::AbstractArray{<:Real}) = a
conj(a::AbstractArray) = map(conj, a)
float(a::AbstractArray{<:AbstractFloat}) = a
function float(a::AbstractArray{T}) where {T}
    isconcretetype(T) || error("`float` not defined on abstractly-typed arrays; please convert to a more specific type")
    convert(AbstractArray{typeof(float(zero(T)))}, a)
end
