# Arrays turned, shifted around and searched from a place: circshift, rot180, unique along a dimension.

const ArrayOrMissingTurn = Union{Integer,Tuple{Vararg{Integer}},AbstractVector{<:Integer}}
circshift(a::AbstractArray, shifts::Union{Tuple{Vararg{Real}},AbstractVector{<:Real}}) = circshift(a, map(Int, shifts))
circshift!(dest::AbstractArray, src::AbstractArray, shifts::Union{Real,Tuple{Vararg{Real}},AbstractVector{<:Real}}) = circshift!(dest, src, map(Int, shifts))

"""
    circshift(a, shifts)
    circshift!(dest, src, shifts)
    circshift!(v, n)

The items of `a` moved along each dimension by what `shifts` has for it; those that leave at one
end come in at the other.
"""
circshift(a::AbstractArray, shift::Real) = circshift!(similar(a), a, Int(shift))
circshift(a::AbstractArray, shifts::Union{Tuple{Vararg{Integer}},AbstractVector{<:Integer}}) = circshift!(similar(a), a, shifts)
function circshift!(dest::AbstractArray{<:Any,N}, src::AbstractArray{<:Any,N}, shifts::ArrayOrMissingTurn) where {N}
    dest === src && throw(ArgumentError("dest and src must be separate arrays"))
    axes(dest) == axes(src) || throw(ArgumentError("indices of src and dest must match (got $(axes(src)) and $(axes(dest)))"))
    length(shifts) <= N || throw(ArgumentError("too many shifts for an array of $N dimensions"))
    from = dest isa Union{Vector,BitVector} && src isa Union{Vector,BitVector} ? () : ntuple(d -> turned(axes(src, d), d <= length(shifts) ? -shifts[d] : 0), N)
    if dest isa Union{Vector,BitVector} && src isa Union{Vector,BitVector}
        n = length(src)
        k = n == 0 || isempty(shifts) ? 0 : mod(Int(shifts[1]), n)
        copyto!(dest, k + 1, src, 1, n - k)
        return copyto!(dest, 1, src, n - k + 1, k)
    end
    N == 2 && return shift_matrix!(dest, src, from[1], from[2])
    for (I, J) in zip(CartesianIndices(dest), Iterators.product(from...))
        dest[I] = src[J...]
    end
    dest
end
function shift_matrix!(dest, src, rows, columns)
    j = first(axes(dest, 2))
    for c in columns
        i = first(axes(dest, 1))
        for r in rows
            dest[i, j] = src[r, c]
            i += 1
        end
        j += 1
    end
    dest
end
function circshift(t::Tuple, n::Integer)
    k = length(t)
    k == 0 ? t : ntuple(i -> t[mod1(i - Int(n), k)], k)
end
circshift!(v::AbstractVector, n::Integer) = copyto!(v, circshift(v, n))
# The indices r, beginning n places further on.
turned(r, n) = isempty(r) || iszero(n) ? r : [first(r) + mod(i - first(r) + n, length(r)) for i in r]

"""
    circcopy!(dest, src)

Copy `src` into `dest` of the same size, each item to its index modulo the length of the dimension.
"""
function circcopy!(dest::AbstractArray{<:Any,N}, src::AbstractArray{<:Any,N}) where {N}
    dest === src && throw(ArgumentError("dest and src must be separate arrays"))
    size(dest) == size(src) || throw(DimensionMismatch("src and dest must have the same sizes (got $(size(src)) and $(size(dest)))"))
    for I in CartesianIndices(src)
        dest[ntuple(d -> mod(I[d], axes(dest, d)), N)...] = src[I]
    end
    dest
end

"""
    rot180(m, k=1)
    rotl90(m, k=1)
    rotr90(m, k=1)

A matrix turned `k` times by 180 degrees, or by 90 to the left or to the right.
"""
rot180(a::AbstractMatrix) = reverse(a)
rotl90(a::AbstractMatrix) = reverse(permutedims(a); dims=1)
rotr90(a::AbstractMatrix) = reverse(permutedims(a); dims=2)
rot180(a::AbstractMatrix, k::Integer) = isodd(k) ? rot180(a) : copy(a)
rotl90(a::AbstractMatrix, k::Integer) = (n = mod(k, 4); n == 0 ? copy(a) : n == 1 ? rotl90(a) : n == 2 ? rot180(a) : rotr90(a))
rotr90(a::AbstractMatrix, k::Integer) = rotl90(a, -k)

# Says how two shapes, sizes or axes, differ.
function throw_promote_shape_mismatch(a::Tuple, b::Tuple, d=nothing)
    if a isa Tuple{Vararg{OneTo}} && b isa Tuple{Vararg{OneTo}}
        a, b = map(lastindex, a), map(lastindex, b)
    end
    what = a isa Tuple{Vararg{Int}} && b isa Tuple{Vararg{Int}} ? "size" : "axes"
    plain(t) = what == "size" ? t : map(r -> first(r):last(r), t)
    at = d === nothing ? "" : ", mismatch at dim $d"
    throw(DimensionMismatch("a has $what $(plain(a)), b has $what $(plain(b))$at"))
end

"""
    promote_shape(a, b)

The shape that arrays (or sizes, or axes) `a` and `b` have in common, where trailing dimensions of
length 1 do not count; a DimensionMismatch if there is none.
"""
promote_shape(a::AbstractArray, b::AbstractArray) = promote_shape(axes(a), axes(b))
function promote_shape(a::Tuple, b::Tuple)
    length(a) < length(b) && return promote_shape(b, a)
    for d in 1:length(a)
        if d <= length(b) ? a[d] != b[d] : !(a[d] isa Integer ? a[d] == 1 : a[d] == 1:1)
            throw_promote_shape_mismatch(a, b, d)
        end
    end
    a
end

# findnext and findprev by Cartesian indices
findnext(f::Function, a::AbstractArray, from::CartesianIndex) = cartesian_place(a, findnext(f, vec_of_items(a), linear_place(a, from)))
findprev(f::Function, a::AbstractArray, from::CartesianIndex) = cartesian_place(a, findprev(f, vec_of_items(a), linear_place(a, from)))
vec_of_items(a) = a isa Array ? a : [x for x in vec(a)]
linear_place(a, I) = 1 + sum(ntuple(d -> (I[d] - first(axes(a, d))) * prod(ntuple(e -> size(a, e), d - 1); init=1), ndims(a)))
cartesian_place(a, n) = n === nothing ? nothing : CartesianIndices(a)[n]

# The distinct slices along a dimension.
function unique_slices(a::AbstractArray, dims::Integer)
    1 <= dims <= ndims(a) || return copy(a)
    seen = Set{Any}()
    kept = Int[i for i in axes(a, dims) if !in!(collect(selectdim(a, dims, i)), seen)]
    a[ntuple(d -> d == dims ? kept : Colon(), ndims(a))...]
end
"""
    unique(a::AbstractArray; dims)

The distinct slices of `a` along dimension `dims`, or with `dims=:` its distinct items.
"""
unique(a::AbstractArray; dims::Union{Colon,Integer}=:) = dims isa Colon ? unique_items(a, IteratorEltype(a)) : unique_slices(a, dims)

isreal(a::AbstractArray) = all(isreal, a)

"""
    Base.circcopy!(dest, src)

Copies `src` into an array of the same size with other axes: each index of `dest` gets the item of
`src` whose index differs by a multiple of the length of the dimension.
"""
function circcopy!(dest::AbstractArray, src::AbstractArray)
    dest === src && throw(ArgumentError("dest and src must be separate arrays"))
    size(dest) == size(src) || throw(DimensionMismatch("src and dest must have the same sizes (got $(size(src)) and $(size(dest)))"))
    for I in CartesianIndices(dest)
        dest[I] = src[map((i, ax) -> mod(i, ax), Tuple(I), axes(src))...]
    end
    dest
end
