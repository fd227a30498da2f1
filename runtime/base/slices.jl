# The slices of an array along dimensions, as an array of views.

"Arrays of slices of another array."
abstract type AbstractSlices{T,N} <: AbstractArray{T,N} end

"""
    Slices

What `eachslice` gives: an array of views of the slices of its `parent`. Of `slicemap`,
each entry says for a dimension of the parent which index of the slices stands there,
or `:` if all of it belongs to each slice.
"""
struct Slices{P,SM,AX,S,N} <: AbstractSlices{S,N}
    parent::P
    slicemap::SM
    axes::AX
end
"The rows of a matrix, as `eachrow` gives them."
const RowSlices{P<:AbstractMatrix,AX,S<:AbstractVector} = Slices{P,Tuple{Int64,Colon},AX,S,1}
"The columns of a matrix, as `eachcol` gives them."
const ColumnSlices{P<:AbstractMatrix,AX,S<:AbstractVector} = Slices{P,Tuple{Colon,Int64},AX,S,1}

function slices_of(a, map_, ax)
    S = typeof(view(a, slice_at(map_, map(first, ax), a)...))
    Slices{typeof(a),typeof(map_),typeof(ax),S,length(ax)}(a, map_, ax)
end
function slices_of_empty(a, map_, ax)
    inds = map((m, r) -> m === (:) ? Slice(r) : 1, map_, axes(a))
    S = typeof(SubArray(a, inds))
    Slices{typeof(a),typeof(map_),typeof(ax),S,length(ax)}(a, map_, ax)
end
slice_at(slicemap, I, a) = map(m -> m === (:) ? (:) : I[m], slicemap)
make_slices(a, map_, ax) = any(isempty, ax) ? slices_of_empty(a, map_, ax) : slices_of(a, map_, ax)
axes(s::Slices) = s.axes
size(s::Slices) = map(length, s.axes)
parent(s::Slices) = s.parent
IndexStyle(::Type{<:Slices{P,SM,AX,S,1}}) where {P,SM,AX,S} = IndexLinear()
IndexStyle(::Type{<:Slices}) = IndexCartesian()
function getindex(s::Slices{P,SM,AX,S,N}, I::Vararg{Int,N}) where {P,SM,AX,S,N}
    checkbounds(s, I...)
    view(s.parent, slice_at(s.slicemap, I, s.parent)...)
end
iterate(s::RowSlices{<:Matrix}, i::Int=1) = i > size(s.parent, 1) ? nothing : (view(s.parent, i, :), i + 1)
iterate(s::ColumnSlices{<:Matrix}, j::Int=1) = j > size(s.parent, 2) ? nothing : (view(s.parent, :, j), j + 1)
function setindex!(s::Slices{P,SM,AX,S,N}, v, I::Vararg{Int,N}) where {P,SM,AX,S,N}
    checkbounds(s, I...)
    s.parent[slice_at(s.slicemap, I, s.parent)...] = v
    s
end

"""
    eachslice(a; dims, drop=true)

The slices of `a`, one for each index of the dimensions `dims`, as views in an array.

# Examples
```julia
julia> map(sum, eachslice([1 2; 3 4]; dims=1))
2-element Vector{Int64}:
 3
 7
```
"""
function eachslice(a::AbstractArray; dims, drop::Bool=true)
    ds = dims isa Integer ? (Int(dims),) : map(Int, tuple(dims...))
    for d in ds
        1 <= d <= ndims(a) || throw(DimensionMismatch(string("dimension ", d, " is not in 1:", ndims(a))))
    end
    allunique(ds) || throw(DimensionMismatch(string("dims = ", ds, " is not unique")))
    drop && return make_slices(a, ntuple(d -> (k = findfirst(==(d), ds); k === nothing ? (:) : k), ndims(a)), map(d -> axes(a, d), ds))
    make_slices(a, ntuple(d -> d in ds ? d : (:), ndims(a)), ntuple(d -> d in ds ? axes(a, d) : OneTo(1), ndims(a)))
end
"""
    eachrow(m)

The rows of a matrix or vector, as views.
"""
eachrow(m::AbstractMatrix) = make_slices(m, (1, :), (axes(m, 1),))
eachrow(v::AbstractVector) = eachrow(reshape(v, size(v, 1), 1))
"""
    eachcol(m)

The columns of a matrix or vector, as views.
"""
eachcol(m::AbstractMatrix) = make_slices(m, (:, 1), (axes(m, 2),))
eachcol(v::AbstractVector) = eachcol(reshape(v, size(v, 1), 1))
