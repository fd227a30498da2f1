# Views: parts of an array without a copy.

"""
    SubArray{T,N,P,I,L}

What `view` gives: a part of another array, without a copy. `L` tells that its items
are evenly spaced in the parent, so that one index suffices.
"""
struct SubArray{T,N,P,I,L} <: AbstractArray{T,N}
    parent::P
    indices::I
    offset1::Int
    stride1::Int
    SubArray{T,N,P,I,L}(parent, indices, offset1, stride1) where {T,N,P,I,L} = new(parent, indices, offset1, stride1)
end
SubArray(parent::AbstractArray, indices::Tuple) = SubArray(is_linear_view(IndexStyle(parent), indices), parent, indices)
function SubArray(a::Array{T}, indices::Tuple) where {T}
    layout = view_layout(array_dims(a), indices)
    layout === nothing && return SubArray(is_linear_view(IndexLinear(), indices), a, indices)
    n, even, st, offset = layout
    SubArray{T,n,typeof(a),typeof(indices),even}(a, indices, offset, st)
end
function SubArray(::IndexCartesian, parent, indices)
    SubArray{eltype(parent),length(index_shape(indices...)),typeof(parent),typeof(indices),false}(parent, indices, 0, 0)
end
function SubArray(::IndexLinear, parent, indices)
    st = view_stride(parent, indices)
    SubArray{eltype(parent),length(index_shape(indices...)),typeof(parent),typeof(indices),true}(parent, indices, view_offset(parent, indices, st), st)
end
const FastSubArray = SubArray{T,N,P,I,true} where {T,N,P,I}
const FastContiguousSubArray = SubArray{T,N,P,I,true} where {T,N,P,I<:Union{Tuple{Union{Slice,AbstractUnitRange},Vararg{Any}},Tuple{Vararg{ScalarIndex}}}}

# Whether items are evenly spaced: single indices, then whole dimensions, then one
# range, then single indices.
is_linear_view(::IndexCartesian, indices) = IndexCartesian()
is_linear_view(::IndexLinear, indices) = viewindexing(indices)
"""
    Base.viewindexing(I)

`IndexLinear()` if a view with indices `I` has evenly spaced items.
"""
function viewindexing(indices::Tuple)
    n = length(indices)
    d = 1
    while d <= n && indices[d] isa ScalarIndex
        d += 1
    end
    while d < n && indices[d] isa Slice && indices[d+1] isa Slice
        d += 1
    end
    d > n && return IndexLinear()
    indices[d] isa AbstractRange || return IndexCartesian()
    begun = d
    d += 1
    if d <= n && indices[begun] isa Slice && !(indices[d] isa ScalarIndex)
        indices[d] isa AbstractUnitRange || return IndexCartesian()
        d += 1
    end
    while d <= n
        indices[d] isa ScalarIndex || return IndexCartesian()
        d += 1
    end
    IndexLinear()
end
function view_stride(parent, indices)
    m = 1
    for d in 1:length(indices)
        i = indices[d]
        i isa ScalarIndex || return m * step_of(i)
        m *= length(indices) == 1 ? length(parent) : size(parent, d)
    end
    1
end
step_of(r::AbstractUnitRange) = 1
step_of(r::AbstractRange) = Int(step(r))
# Where index 0 of the view is in the parent.
function view_offset(parent, indices, st)
    if length(indices) == 1
        i = indices[1]
        i isa ScalarIndex && return Int(i) - st
        return length(i) == 0 ? Int(first(i)) - st * Int(first(axes(i, 1))) : Int(first(i)) - st * Int(first(axes(i, 1)))
    end
    k = 1
    m = 1
    whole = axes(parent)
    for d in 1:length(indices)
        ax = whole[d]
        k += (Int(first(indices[d])) - first(ax)) * m
        m *= length(ax)
    end
    shape = index_shape(indices...)
    length(shape) == 1 ? k - st * Int(first(shape[1])) : k - st
end
compute_offset1(parent, stride1, indices) = view_offset(parent, indices, stride1)
compute_stride1(parent, indices) = view_stride(parent, indices)

"""
    view(a, i...)

The part of `a` that `a[i...]` would copy, as a window on `a`.
"""
function view(a::Array, is::Union{Int,Colon,OrdinalRange{Int,Int}}...)
    js = view_indices(Slice{OneTo{Int}}, a, is)
    js === nothing ? view_any(a, is) : SubArray(a, js)
end
view(a::AbstractArray, is...) = view_any(a, is)
function view(a::SubArray{T,N,<:Array}, is::Union{Int,Colon,OrdinalRange{Int,Int}}...) where {T,N}
    js = view_within(a.indices, is)
    js === nothing ? view_any(a, is) : SubArray(a.parent, js)
end
function view_any(a, is)
    js = to_indices(a, is)
    checkbounds(a, js...)
    js = map(j -> unalias(a, ready_index(j)), js)
    n = length(js)
    n = length(index_ndims(js...))
    unsafe_view(n == ndims(a) ? a : reshape(a, Val(n)), js...)
end
view(a::AbstractArray) = view(a, map(r -> first(r), axes(a))...)
"""
    Base.unsafe_view(a, I...)

`view` for indices that `to_indices` gave.
"""
unsafe_view(a::AbstractArray, is...) = SubArray(a, is)
function unsafe_view(a::SubArray, is...)
    length(is) == ndims(a) && !any(i -> i isa AbstractArray && eltype(i) <: CartesianIndex, is) &&
        !any(i -> i isa AbstractArray && eltype(i) <: CartesianIndex, a.indices) || return SubArray(a, is)
    ndims(a) == 0 && return SubArray(a.parent, a.indices)
    SubArray(a.parent, reindex(a.indices, is))
end
# The indices in the parent of indices in a view.
function reindex(indices, is)
    all(is_line, indices) || return reindex_parts(indices, is)
    k = 0
    map(indices) do r
        r isa ScalarIndex && return r
        k += 1
        k <= length(is) ? reindexed(r, is[k]) : r[1]
    end
end
is_line(r) = r isa ScalarIndex || ndims(r) == 1
function reindex_parts(indices, is)
    k = 0
    out = ()
    for r in indices
        if r isa ScalarIndex
            out = (out..., r)
        elseif ndims(r) == 1
            k += 1
            out = (out..., k <= length(is) ? reindexed(r, is[k]) : r[1])
        else
            n = ndims(r)
            part = is[k+1:k+n]
            out = (out..., all(i -> i isa Int, part) ? r[part...] : view(r, part...))
            k += n
        end
    end
    out
end
reindexed(r, i::Int) = r isa Slice ? i : r[i]
reindexed(r, i) = r isa Slice ? i : i isa Slice ? r : r isa Union{AbstractRange,Array} ? r[i] : view(r, i)
view(r::OneTo, s::OneTo) = r[s]
view(r::AbstractUnitRange, s::AbstractUnitRange{<:Integer}) = r[s]
view(r::AbstractRange, s::OrdinalRange{<:Integer}) = r[s]
view(r::AbstractRange, ::Colon) = r

"""
    parent(a)

The array that a view or another wrapper stands for.
"""
parent(v::SubArray) = v.parent
parent(a::AbstractArray) = a
"""
    parentindices(v)

The indices in its parent that a view shows.
"""
parentindices(v::SubArray) = v.indices
parentindices(a::AbstractArray) = map(OneTo, size(a))
# Indices whose own indices begin at 1.
const ArrayIndex = Union{Int64,Array{Int64},UnitRange{Int64},OneTo{Int64},StepRange{Int64,Int64},Slice{OneTo{Int64}}}
axes(v::SubArray) = index_shape(v.indices...)
axes(v::SubArray{T,1,P,<:Tuple{Any}}) where {T,P} = axes(v.indices[1])
size(v::SubArray) = (s = view_size(v.indices); s === nothing ? map(length, axes(v)) : s)
length(v::SubArray{T,N,P}) where {T,N,P<:Array} = prod(size(v))
axes(v::SubArray{T,N,P}) where {T,N,P<:Array} = (s = view_size(v.indices); s === nothing || !(v.indices isa Tuple{Vararg{ArrayIndex}}) ? index_shape(v.indices...) : dims_axes(OneTo{Int64}, s))
length(v::SubArray{T,1,P,<:Tuple{Any}}) where {T,P} = length(v.indices[1])
IndexStyle(::Type{<:SubArray{T,N,P,I,true}}) where {T,N,P,I} = IndexLinear()
IndexStyle(::Type{<:SubArray}) = IndexCartesian()
dataids(v::SubArray) = dataids(v.parent)
# Two views of one array share nothing where their indices of some dimension do not meet.
mightalias(a::SubArray{<:Any,<:Any,P}, b::SubArray{<:Any,<:Any,P}) where {P<:Array} =
    !isempty(a) && !isempty(b) && share_ids(dataids(a), dataids(b)) && !(a.parent === b.parent && length(a.indices) == length(b.indices) && any(map(known_apart, a.indices, b.indices)))
known_apart(i::Union{Integer,OrdinalRange{Int},Slice}, j::Union{Integer,OrdinalRange{Int},Slice}) = isempty(intersect(index_span(i), index_span(j)))
known_apart(i, j) = false
index_span(i::Integer) = Int(i):Int(i)
index_span(i) = isempty(i) ? (1:0) : minimum(i):maximum(i)
unaliascopy(v::SubArray) = SubArray(copy(v.parent), v.indices)
similar(v::SubArray, ::Type{T}, dims::Tuple{Vararg{Int}}) where {T} = similar(v.parent, T, dims)
elsize(::Type{<:SubArray{T,N,P}}) where {T,N,P} = elsize(P)

# Where item is of v is in the parent, if that is an Array and its indices are plain; else 0.
place_in_array(v, is) = v.parent isa Array ? view_place(v.parent, v.indices, is) : 0

function getindex(v::FastSubArray, i::Int)
    k = place_in_array(v, (i,))
    k == 0 || return v.parent[k]
    checkbounds(v, i)
    v.parent[v.offset1 + v.stride1 * i]
end
function setindex!(v::FastSubArray, x, i::Int)
    k = place_in_array(v, (i,))
    k == 0 && (checkbounds(v, i); k = v.offset1 + v.stride1 * i)
    v.parent[k] = x
    v
end
function getindex(v::SubArray{T,N,P,I,false}, is::Vararg{Int,N}) where {T,N,P,I}
    k = place_in_array(v, is)
    k == 0 || return v.parent[k]
    checkbounds(v, is...)
    v.parent[reindex(v.indices, is)...]
end
function setindex!(v::SubArray{T,N,P,I,false}, x, is::Vararg{Int,N}) where {T,N,P,I}
    k = place_in_array(v, is)
    k == 0 || (v.parent[k] = x; return v)
    checkbounds(v, is...)
    v.parent[reindex(v.indices, is)...] = x
    v
end
function getindex(v::SubArray{T,N,P,I,false}, i::Int) where {T,N,P,I}
    k = place_in_array(v, (i,))
    k == 0 ? get_scalar(v, (i,)) : v.parent[k]
end
function getindex(v::SubArray{T,1,P,I,false}, i::Int) where {T,P,I}
    k = place_in_array(v, (i,))
    k == 0 || return v.parent[k]
    checkbounds(v, i)
    v.parent[reindex(v.indices, (i,))...]
end
function getindex(v::SubArray{T,N,P,I,true}, is::Vararg{Int,N}) where {T,N,P,I}
    k = place_in_array(v, is)
    k == 0 || return v.parent[k]
    checkbounds(v, is...)
    v.parent[v.offset1 + v.stride1 * linear_index(v, is)]
end
function setindex!(v::SubArray{T,N,P,I,true}, x, is::Vararg{Int,N}) where {T,N,P,I}
    checkbounds(v, is...)
    v.parent[v.offset1 + v.stride1 * linear_index(v, is)] = x
    v
end
function getindex(v::SubArray{T,1,P,I,true}, i::Int) where {T,P,I}
    k = place_in_array(v, (i,))
    k == 0 || return v.parent[k]
    checkbounds(v, i)
    v.parent[v.offset1 + v.stride1 * i]
end
function setindex!(v::SubArray{T,1,P,I,true}, x, i::Int) where {T,P,I}
    k = place_in_array(v, (i,))
    k == 0 && (checkbounds(v, i); k = v.offset1 + v.stride1 * i)
    v.parent[k] = x
    v
end
function iterate(v::SubArray{T,N,P,I,false}, i::Int=1) where {T,N,P<:Array,I}
    k = view_place(v.parent, v.indices, (i,))
    k == 0 || return v.parent[k], i + 1
    i > length(v) ? nothing : (v[i], i + 1)
end
# A view of an Array of numbers as an Array, where one call makes it.
const NumberView = SubArray{T,N,Array{T,M}} where {T<:Union{Float32,Float64,BitInteger,Bool},N,M}
in_one_piece(a) = a
function in_one_piece(v::NumberView{T,N}) where {T,N}
    part = N == 0 ? nothing : array_part(v.parent, v.indices...)
    part === nothing ? v : part
end
==(a::NumberView, b::NumberView) = equal_pieces(a, b)
==(a::NumberView, b::Array{<:Number}) = equal_pieces(a, b)
==(a::Array{<:Number}, b::NumberView) = equal_pieces(a, b)
function equal_pieces(a, b)
    p, q = in_one_piece(a), in_one_piece(b)
    p isa Array && q isa Array ? p == q : invoke(==, Tuple{AbstractArray,AbstractArray}, a, b)
end
collect(v::NumberView) = (p = in_one_piece(v); p === v ? invoke(collect, Tuple{AbstractArray}, v) : p)
function copyto!(dest::Array{T}, v::NumberView{T}) where {T}
    p = in_one_piece(v)
    p === v ? invoke(copyto!, Tuple{AbstractArray,AbstractArray}, dest, v) : copyto!(dest, p)
end
# The one place that an index of a view without dimensions means.
sole_place(i::AbstractArray{<:Any,0}) = i[]
sole_place(i) = i
getindex(v::SubArray{T,0,P,I,false}) where {T,P,I} = v.parent[map(sole_place, v.indices)...]
getindex(v::SubArray{T,0,P,I,true}) where {T,P,I} = v.parent[map(sole_place, v.indices)...]
setindex!(v::SubArray{T,0,P,I,false}, x) where {T,P,I} = (v.parent[map(sole_place, v.indices)...] = x; v)
setindex!(v::SubArray{T,0,P,I,true}, x) where {T,P,I} = (v.parent[map(sole_place, v.indices)...] = x; v)
# Views of Arrays are summed, filled and written by one call.
function sum(v::SubArray{T,N,<:Array{T}}; kw...) where {T<:Union{Int64,Float64},N}
    part = N == 0 ? nothing : array_part(v.parent, v.indices...)
    part === nothing ? mapreduce(identity, add_sum, v; kw...) : sum(part; kw...)
end
function fill!(v::SubArray{T,N,<:Array{T}}, x) where {T,N}
    y = convert(T, x)
    N > 0 && array_fill_part(v.parent, y, v.indices...) && return v
    for i in eachindex(v)
        v[i] = y
    end
    v
end
function copyto!(v::SubArray{T,N,<:Array{T}}, src::Array{T,N}) where {T,N}
    N > 0 && size(v) == size(src) && array_set_part(v.parent, src, v.indices...) && return v
    invoke(copyto!, Tuple{AbstractArray,AbstractArray}, v, src)
end
function isassigned(v::SubArray{T,N,P,I,L}, is::Int...) where {T,N,P,I,L}
    checkbounds(Bool, v, is...) || return false
    isassigned(v.parent, reindex(v.indices, length(is) == N ? is : subscripts(v, is))...)
end
function strides(v::SubArray)
    plain = v.parent isa Array ? view_strides(size(v.parent), v.indices) : nothing
    plain === nothing || return plain
    ps = strides(v.parent)
    out = ()
    for d in 1:length(v.indices)
        i = v.indices[d]
        i isa AbstractRange && (out = (out..., ps[d] * step_of(i)))
        i isa AbstractArray && !(i isa AbstractRange) && throw(ArgumentError(string("strides is invalid for SubArrays with indices of type ", typeof(i))))
    end
    out
end
stride(v::SubArray, d::Integer) = (ps = strides(v); d <= ndims(v) ? ps[d] : isempty(ps) ? 1 : ps[end] * size(v, ndims(v)))
pointer(v::FastSubArray{T,N,P}, i::Int) where {T,N,P<:DenseArray} = pointer(v.parent, v.offset1 + v.stride1 * i)
function pointer(v::SubArray{T,N,<:Array}, i::Int) where {T,N}
    k = view_place(v.parent, v.indices, (i,))
    k == 0 ? invoke(pointer, Tuple{AbstractArray{T},Integer}, v, i) : pointer(v.parent, k)
end
unsafe_convert(::Type{Ptr{T}}, v::SubArray{T}) where {T} =
    pointer(v.parent) + (length(v.indices) == 1 ? memory_offset(v.parent, first(v.indices[1])) : memory_offset(v.parent, map(first, v.indices)))
"""
    Base.iscontiguous(v)

Whether the items of a view lie side by side in its parent.
"""
iscontiguous(v::SubArray) = iscontiguous(typeof(v))
iscontiguous(::Type{<:SubArray}) = false
iscontiguous(::Type{<:FastContiguousSubArray}) = true
sizeof(v::SubArray) = length(v) * elsize_stored(eltype(v))
unsafe_getindex(a::AbstractArray, is...) = a[is...]
unsafe_setindex!(a::AbstractArray, v, is...) = (a[is...] = v; a)
"""
    Base.first_index(v)

Where the first item of a view is in its parent.
"""
first_index(v::FastSubArray) = v.offset1 + v.stride1 * first(eachindex(IndexLinear(), v))
first_index(v::SubArray) = sub2ind(axes(v.parent), map(first, v.indices))

"""
    selectdim(a, d, i)

The part of `a` where dimension `d` has index `i`.
"""
function selectdim(a::AbstractArray, d::Integer, i)
    d >= 1 || throw(ArgumentError("dimension must be ≥ 1, got $d"))
    n = ndims(a)
    view(a, ntuple(k -> k == d ? i : (:), max(n, Int(d)))...)
end

## other shapes of arrays that are not Arrays

"""
    Base.ReshapedArray

Another array in another shape, without a copy: what `reshape` gives of views, ranges
and the arrays of users.
"""
struct ReshapedArray{T,N,P<:AbstractArray,MI<:Tuple} <: AbstractArray{T,N}
    parent::P
    dims::NTuple{N,Int}
    mi::MI
end
reshaped_view(a::AbstractArray{T}, dims::NTuple{N,Int}) where {T,N} = ReshapedArray{T,N,typeof(a),Tuple{}}(a, dims, ())
reshaped_view(a::ReshapedArray, dims::NTuple{N,Int}) where {N} = N == 1 && axes(a.parent) == map(OneTo, dims) ? a.parent : reshaped_view(a.parent, dims)
ReshapedArray(a::AbstractArray{T}, dims::NTuple{N,Int}, mi::Tuple) where {T,N} = ReshapedArray{T,N,typeof(a),typeof(mi)}(a, dims, mi)
"""
    Base.ReshapedIndex(i)

The index `i` of the parent of a `ReshapedArray`, as an index of that.
"""
struct ReshapedIndex{T}
    parentindex::T
end
getindex(a::ReshapedArray, i::ReshapedIndex) = a.parent[i.parentindex]
setindex!(a::ReshapedArray, x, i::ReshapedIndex) = (a.parent[i.parentindex] = x)
const ReshapedRange = ReshapedArray{T,N,P} where {T,N,P<:AbstractRange}
size(a::ReshapedArray) = a.dims
length(a::ReshapedArray) = length(a.parent)
parent(a::ReshapedArray) = a.parent
parentindices(a::ReshapedArray) = map(OneTo, size(a.parent))
IndexStyle(::Type{<:ReshapedArray}) = IndexLinear()
dataids(a::ReshapedArray) = dataids(a.parent)
unaliascopy(a::ReshapedArray) = reshaped_view(copy(a.parent), a.dims)
similar(a::ReshapedArray, ::Type{T}, dims::Tuple{Vararg{Int}}) where {T} = similar(a.parent, T, dims)
elsize(::Type{<:ReshapedArray{T,N,P}}) where {T,N,P} = elsize(P)
function parent_index(a, i)
    p = a.parent
    IndexStyle(p) isa IndexLinear ? (ndims(p) == 1 ? i + (first(axes(p, 1)) - 1) : i) : ind2sub(axes(p), i)
end
function getindex(a::ReshapedArray{T,N}, is::Vararg{Int,N}) where {T,N}
    k = dims_place(a.dims, is)
    k == 0 && throw_boundserror(a, is)
    p = a.parent
    j = place_in_view(p, k)
    j == 0 ? p[parent_index(a, k)...] : p.parent[j]
end
# Where item i of a view of an Array is in that, as far as one call tells; else 0.
place_in_view(p, i) = 0
place_in_view(v::SubArray{T,N,<:Array}, i) where {T,N} = view_place(v.parent, v.indices, (i,))
getindex(a::ReshapedArray{T,1}, i::Int) where {T} = (checkbounds(a, i); a.parent[parent_index(a, i)...])
getindex(a::ReshapedArray, i::Int) = (checkbounds(a, i); a.parent[parent_index(a, i)...])
setindex!(a::ReshapedArray, x, i::Int) = (checkbounds(a, i); a.parent[parent_index(a, i)...] = x; a)
getindex(a::ReshapedArray{T,0}) where {T} = a.parent[parent_index(a, 1)...]
setindex!(a::ReshapedArray{T,0}, x) where {T} = (a.parent[parent_index(a, 1)...] = x; a)
setindex!(a::ReshapedRange, x, i::Int) = throw(ErrorException("indexed assignment fails for a reshaped range; consider calling collect"))
setindex!(a::ReshapedRange, x, i::ReshapedIndex) = throw(ErrorException("indexed assignment fails for a reshaped range; consider calling collect"))
setindex!(a::ReshapedRange, x, i...) = throw(ErrorException("indexed assignment fails for a reshaped range; consider calling collect"))
strides(a::ReshapedArray) = reshaped_strides(a.dims, size(a.parent), strides(a.parent))
# The strides of an array with the size dims over one with the size ps and the strides ss.
function reshaped_strides(dims, ps, ss)
    runs = Tuple{Int,Int}[] # sizes and strides of what lies at equal distances
    for (n, s) in zip(ps, ss)
        if n == 1
        elseif !isempty(runs) && runs[end][1] * runs[end][2] == s
            runs[end] = (runs[end][1] * n, runs[end][2])
        else
            push!(runs, (n, s))
        end
    end
    left, step = isempty(runs) ? (1, 1) : popfirst!(runs)
    map(dims) do n
        left == 1 && n > 1 && !isempty(runs) && ((left, step) = popfirst!(runs))
        n == 0 || left % n == 0 || throw(ArgumentError("Input is not strided."))
        s = step
        n == 0 || (left ÷= n)
        step *= n
        s
    end
end
pointer(a::ReshapedArray, i::Integer=1) = pointer(a.parent, i)
unsafe_convert(::Type{Ptr{T}}, a::ReshapedArray{T}) where {T} = pointer(a.parent)
function showarg(io::IO, a::ReshapedArray, toplevel)
    print(io, "reshape(")
    showarg(io, parent(a), false)
    print(io, ", ", join(a.dims, ", "), ')')
    toplevel && print(io, " with eltype ", eltype(a))
    nothing
end
