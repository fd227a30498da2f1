# Names of Base that are not exported but that packages import, call or extend: helpers of dictionaries, reductions,
# arrays, text and memory counts, by the names that they have in Julia.

## calls and types

"Warn once at this place that a function is deprecated, where Julia was started with `--depwarn=yes`."
depwarn(msg, funcsym; force::Bool=false) = (force && @warn(string(msg), maxlog=1); nothing)

"The left fold of `op` over arguments."
afoldl(op, a) = a
function afoldl(op, a, bs...)
    for b in bs
        a = op(a, b)
    end
    a
end

"The element type that an iterator of unknown element type is given in a collection."
macro default_eltype(itr)
    :(iterated_eltype($(esc(itr))))
end

"Like `get!(() -> default, h, key)`, with an expression as the default."
macro get!(h, key0, default)
    :(get!(() -> $(esc(default)), $(esc(h)), $(esc(key0))))
end

_return_type(f, types) = inferred_return(f, types)
_return_type(f, types, world::UInt) = inferred_return(f, types)
inferencebarrier(x) = x
compilerbarrier(setting::Symbol, x) = x
module_set_const(Core, :compilerbarrier, compilerbarrier)

const AbstractVecOrTuple{T} = Union{AbstractVector{<:T},Tuple{Vararg{T}}}
const AnyDict = Dict{Any,Any}
const ByteArray = Union{CodeUnits{UInt8,String},Vector{UInt8},Vector{Int8}}
const BitIntegerType = Union{map(T -> Type{T}, (BitSigned_types..., BitUnsigned_types...))...}
const BitSigned64T = Union{Type{Int8},Type{Int16},Type{Int32},Type{Int64}}
const BitUnsigned64T = Union{Type{UInt8},Type{UInt16},Type{UInt32},Type{UInt64}}
const BitIntegerSmall = Union{Int8,Int16,Int32,UInt8,UInt16,UInt32}
const BitSignedSmall = Union{Int8,Int16,Int32}
const BitUnsignedSmall = Union{UInt8,UInt16,UInt32}
const HWReal = Union{Int8,Int16,Int32,Int64,UInt8,UInt16,UInt32,UInt64,Float32,Float64}
const HWNumber = Union{HWReal,Complex{<:HWReal},Rational{<:HWReal}}

## dictionaries and named tuples

# A power of two that is no less than x, and 16 at least.
_tablesz(x::T) where {T<:Integer} = x < 16 ? T(16) : one(T) << (8 * sizeof(T) - leading_zeros(x - one(T)))

"The place where the search for a key begins in a hash table of `sz` places."
hashindex(key, sz) = ((hash(key) % Int) & (sz - 1)) + 1

# The place of a key in a dictionary's vectors, negative if it is not there.
ht_keyindex(d::Dict, key) = dict_index(d, key)
ht_keyindex2!(d::Dict, key) = dict_index_or_free(d, key)
isslotfilled(d::Dict, i::Int) = d.slots[i] & 0x80 != 0
isslotempty(d::Dict, i::Int) = d.slots[i] == 0x00
isslotmissing(d::Dict, i::Int) = d.slots[i] == 0x7f

"A dictionary of the entries of `kv`, which `make(K, V)` makes empty once the types of keys and values are known."
function dict_with_eltype(make, kv, T)
    T isa DataType && length(T.parameters) == 2 && T <: Union{Pair,Tuple{Any,Any}} || return dict_by_entries(make, kv)
    make(T.parameters[1], T.parameters[2])(kv)
end
function dict_by_entries(make, kv)
    d = Dict(kv)
    made = make(keytype(d), valtype(d))()
    for (k, v) in kv
        made[k] = v
    end
    made
end

"Whether a symbol is one of these."
sym_in(x::Symbol, names::Tuple{Vararg{Symbol}}) = x in names
"The names of `an` without those of `bn`."
diff_names(an::Tuple{Vararg{Symbol}}, bn::Tuple{Vararg{Symbol}}) = Tuple(Symbol[n for n in an if !(n in bn)])
"The names of `an`, then those that only `bn` has."
merge_names(an::Tuple{Vararg{Symbol}}, bn::Tuple{Vararg{Symbol}}) = (an..., diff_names(bn, an)...)
merge_types(names::Tuple{Vararg{Symbol}}, a::Type{<:NamedTuple}, b::Type{<:NamedTuple}) =
    Tuple{Any[fieldtype(n in fieldnames(b) ? b : a, n) for n in names]...}

## reductions

"The function of two arguments that folds with `f` behind a mapping."
struct MappingRF{F,T}
    f::F
    rf::T
end
(op::MappingRF)(acc, x) = op.rf(acc, op.f(x))
"A fold's function that passes on what `f` accepts."
struct FilteringRF{F,T}
    f::F
    rf::T
end
(op::FilteringRF)(acc, x) = op.f(x) ? op.rf(acc, x) : acc
"A fold's function that folds over what it is given."
struct FlatteningRF{T}
    rf::T
end
(op::FlatteningRF)(acc, x) = foldl(op.rf, x; init=acc)
"A fold's function that begins with the first thing it is given."
struct BottomRF{T}
    rf::T
end
(op::BottomRF)(::_InitialValue, x) = reduce_first(op.rf, x)
(op::BottomRF)(acc, x) = op.rf(acc, x)

mapreduce_first(f, op, x) = reduce_first(op, f(x))
foldl_impl(op, init, itr) = mapfoldl_impl(identity, op, init, itr)
pairwise_blocksize(f, op) = 1024
mapreduce_impl(f, op, a, first::Integer, last::Integer) = mapreduce(f, op, view(a, first:last))
mapreduce_impl(f, op, a, first::Integer, last::Integer, blksize::Int) = mapreduce_impl(f, op, a, first, last)
_mapreduce_dim(f, op, init, a, dims) = init isa _InitialValue ? mapreduce(f, op, a; dims) : mapreduce(f, op, a; dims, init)
check_reducedims(r, a) = (foreach(d -> size(r, d) in (1, size(a, d)) || throw(DimensionMismatch(
    "cannot reduce on array with indices $(axes(a)) with output with indices $(axes(r))")), 1:max(ndims(r), ndims(a))); nothing)
reducedim_initarray(a::AbstractArray, dims, init, ::Type{R}) where {R} = fill!(similar(a, R, reduced_indices(a, dims)), init)
reducedim_initarray(a::AbstractArray, dims, init::T) where {T} = reducedim_initarray(a, dims, init, T)
_empty_reduce_error() = throw(ArgumentError("reducing over an empty collection is not allowed"))

## arrays

has_offset_axes() = false
has_offset_axes(x) = any(ax -> Int(first(ax))::Int != 1, axes(x))
has_offset_axes(::Number) = false
has_offset_axes(xs...) = any(has_offset_axes, xs)

_throw_dmrs(n, str, dims) = throw(DimensionMismatch("parent has $n elements, which is incompatible with $str $dims"))
throw_checksize_error(a, sz) = throw(DimensionMismatch("output array is the wrong size; expected $sz, got $(size(a))"))
_reshape(a::AbstractArray, dims::Tuple{Vararg{Integer}}) = reshape(a, map(Int, dims))
_reshape_uncolon(a, dims::Tuple) = sizes_uncoloned(length(a), dims)
# The sizes with the one colon among them replaced.
function sizes_uncoloned(n, dims)
    count(d -> d isa Colon, dims) < 2 || throw(DimensionMismatch("new dimensions $dims may have at most one omitted dimension specified by `Colon()`"))
    known = prod(d -> d isa Colon ? 1 : Int(d), dims)
    any(d -> d isa Colon, dims) && (known == 0 ? n != 0 : n % known != 0) &&
        throw(DimensionMismatch("array size $n must be divisible by the product of the new dimensions $dims"))
    map(d -> d isa Colon ? (known == 0 ? 0 : n ÷ known) : Int(d), dims)
end
_dropdims(a::AbstractArray, dims) = dropdims(a; dims)
_getindex(::IndexStyle, a::AbstractArray, is...) = getindex(a, is...)
_setindex!(::IndexStyle, a::AbstractArray, v, is...) = setindex!(a, v, is...)
_to_linear_index(a::AbstractArray, is::Integer...) = LinearIndices(a)[is...]
_to_subscript_indices(a::AbstractArray, i::Integer) = Tuple(CartesianIndices(a)[i])
error_if_canonical_getindex(::IndexLinear, a::AbstractArray, ::Int) = throw(CanonicalIndexError("getindex", typeof(a)))
error_if_canonical_getindex(::IndexCartesian, a::AbstractArray{T,N}, ::Vararg{Int,N}) where {T,N} = throw(CanonicalIndexError("getindex", typeof(a)))
error_if_canonical_getindex(::IndexStyle, ::AbstractArray, ::Any...) = nothing
error_if_canonical_setindex(::IndexLinear, a::AbstractArray, ::Int) = throw(CanonicalIndexError("setindex!", typeof(a)))
error_if_canonical_setindex(::IndexCartesian, a::AbstractArray{T,N}, ::Vararg{Int,N}) where {T,N} = throw(CanonicalIndexError("setindex!", typeof(a)))
error_if_canonical_setindex(::IndexStyle, ::AbstractArray, ::Any...) = nothing
"The strides of an array of this size in one piece, whose first is `s`."
size_to_strides(s, d, sz...) = (s, size_to_strides(s * d, sz...)...)
size_to_strides(s, d) = (s,)
size_to_strides(s) = ()

_array_for(::Type{T}, itr, ::HasLength) where {T} = Vector{T}(undef, Int(length(itr)))
_array_for(::Type{T}, itr, ::HasShape) where {T} = similar(Array{T}, axes(itr))
_array_for(::Type{T}, itr, ::IteratorSize) where {T} = Vector{T}(undef, 0)
_array_for(::Type{T}, itr) where {T} = _array_for(T, itr, IteratorSize(itr))
_similar_for(c::AbstractArray, ::Type{T}, itr, ::SizeUnknown) where {T} = similar(c, T, 0)
_similar_for(c::AbstractArray, ::Type{T}, itr, ::HasLength) where {T} = similar(c, T, Int(length(itr)))
_similar_for(c::AbstractArray, ::Type{T}, itr, ::HasShape) where {T} = similar(c, T, axes(itr))
_similar_for(c, ::Type{T}, itr, isz) where {T} = similar(c, T)
_similar_for(c::AbstractArray, ::Type{T}, itr, isz, shp) where {T} = _similar_for(c, T, itr, isz)
"An array of `dest`'s kind that `el` fits in, with what `dest` has before `i`, and `el` there."
function setindex_widen_up_to(dest::AbstractArray{T}, el, i) where {T}
    wide = similar(dest, promote_typejoin(T, typeof(el)))
    copyto!(wide, firstindex(wide), dest, firstindex(dest), i - firstindex(dest))
    wide[i] = el
    wide
end
"Push `el`, into an array of a wider type if it does not fit."
function push_widen(dest, el)
    wide = sizehint!(empty(dest, promote_typejoin(eltype(dest), typeof(el))), length(dest))
    append!(wide, dest)
    push!(wide, el)
end
"""
    Base.collect_to!(dest, itr, offs, st)

Put what is left of `itr` in `dest` from index `offs` on, and in an array of a wider type once something does not fit.
"""
function collect_to!(dest::AbstractArray{T}, itr, offs, st) where {T}
    i = offs
    while true
        y = iterate(itr, st)
        y === nothing && return dest
        el, st = y
        el isa T || return collect_to!(setindex_widen_up_to(dest, el, i), itr, i + 1, st)
        dest[i] = el
        i += 1
    end
end
collect_to_with_first!(dest::AbstractArray, v1, itr, st) =
    (i = first(LinearIndices(dest)); dest[i] = v1; collect_to!(dest, itr, i + 1, st))
collect_to_with_first!(dest, v1, itr, st) = (push!(dest, v1); grow_to!(dest, itr, st))
"Push what is left of `itr` to `dest`, and to a wider one once something does not fit."
function grow_to!(dest, itr, st)
    T = eltype(dest)
    while true
        y = iterate(itr, st)
        y === nothing && return dest
        el, st = y
        el isa T || return grow_to!(push_widen(dest, el), itr, st)
        push!(dest, el)
    end
end
function grow_to!(dest, itr)
    y = iterate(itr)
    y === nothing ? dest : grow_to!(push!(empty(dest, typeof(y[1])), y[1]), itr, y[2])
end
_collect(c, itr, ::EltypeUnknown, isz::IteratorSize) = collect(itr)
_collect(::Type{T}, itr, isz::IteratorSize) where {T} = collect(T, itr)

promote_eltypeof() = Bottom
promote_eltypeof(v, vs...) = promote_type(eltypeof(v), promote_eltypeof(vs...))
eltypeof(x) = typeof(x)
eltypeof(x::AbstractArray) = eltype(x)
_cat(dims, xs...) = cat(xs...; dims)
_cat_t(dims, ::Type{T}, xs...) where {T} = convert(AbstractArray{T}, cat(xs...; dims))
_typed_hcat(::Type{T}, a) where {T} = typed_hcat(T, a...)
_typed_vcat(::Type{T}, a) where {T} = typed_vcat(T, a...)
_front(t::Tuple) = front(t)
safe_tail(t::Tuple) = tail(t)
safe_tail(::Tuple{}) = ()
argtail(x, rest...) = rest
swapcols!(a::AbstractMatrix, i, j) = i == j || (for k in axes(a, 1); a[k, i], a[k, j] = a[k, j], a[k, i]; end)
permute!!(a, p::AbstractVector{<:Integer}) = (b = a[p]; copyto!(a, b))
invpermute!!(a, p::AbstractVector{<:Integer}) = (b = copy(a); a[p] = b; a)
_accumulate!(op, b, a, dims::Integer, ::Nothing) = accumulate!(op, b, a; dims)
_accumulate!(op, b, a, ::Nothing, ::Nothing) = accumulate!(op, b, a)
_circshift!(dest, src, shifts) = circshift!(dest, src, shifts)
nothing_sentinel(i) = i == 0 ? nothing : i
nonnothingtype_checked(T::Type) = (R = nonnothingtype(T); R >: T ? error("could not compute non-nothing type") : R)
nonmissingtype_checked(T::Type) = (R = nonmissingtype(T); R >: T ? error("could not compute non-missing type") : R)

# How the values of a type are ordered, and how ranges of them step.
abstract type OrderStyle end
struct Ordered <: OrderStyle end
struct Unordered <: OrderStyle end
OrderStyle(x) = OrderStyle(typeof(x))
OrderStyle(::Type{<:Real}) = Ordered()
OrderStyle(::Type{<:AbstractString}) = Ordered()
OrderStyle(::Type{Symbol}) = Ordered()
OrderStyle(::Type{<:Any}) = Unordered()
OrderStyle(::Type{Union{}}) = Ordered()
abstract type RangeStepStyle end
struct RangeStepRegular <: RangeStepStyle end
struct RangeStepIrregular <: RangeStepStyle end
RangeStepStyle(x) = RangeStepStyle(typeof(x))
RangeStepStyle(::Type{<:AbstractRange}) = RangeStepIrregular()
RangeStepStyle(::Type{<:AbstractRange{<:Integer}}) = RangeStepRegular()

## text

"A vector of `n` bytes, for `String` to take over."
StringVector(n::Integer) = Vector{UInt8}(undef, Int(n))
_string_n(n::Integer) = string_undef(Int(n))
"How this is shown where no method says how: the type and its fields."
_show_default(io::IO, @nospecialize(x)) = show_default(io, x)
hash_uint64(x::UInt64) = hash(x)
hash_uint(x::UInt) = hash(x)
hash_64_64(x::UInt64) = hash(x)

# Whether what is printed has colors.
get_have_color() = get(stdout, :color, false)::Bool

## memory

"What the collector has counted so far."
struct GC_Num
    allocd::Int64
    malloc::Int64
    realloc::Int64
    poolalloc::Int64
    bigalloc::Int64
    freecall::Int64
    total_time::Int64
    pause::Int64
    full_sweep::Int64
end
gc_num() = (m = mem_stats(); GC_Num(m[1], 0, 0, m[2], 0, 0, round(Int64, m[3] * 1e9), 0, 0))
GC_Diff(after::GC_Num, before::GC_Num) = GC_Diff((getfield(after, i) - getfield(before, i) for i in 1:fieldcount(GC_Num))...)
gc_total_bytes(n::GC_Num) = n.allocd
gc_bytes() = mem_stats()[1]
gc_bytes(b::Ref{Int64}) = (b[] = mem_stats()[1]; nothing)
"How many bytes the objects take that the collector knows of."
gc_live_bytes() = mem_stats()[5]
gc_time_ns() = UInt64(round(Int64, mem_stats()[3] * 1e9))
gc_alloc_count(d::GC_Diff) = d.malloc + d.realloc + d.poolalloc + d.bigalloc
allocatedinline(@nospecialize T) = isbitstype(T) || isbitsunion(T) || T isa DataType && isconcretetype(T) && !ismutabletype(T) &&
    isstructtype(T) && fieldcount(T) > 0 && T.name.n_uninitialized == 0 && !any(F -> F === T, fieldtypes(T))
datatype_alignment(u::Union) = maximum(datatype_alignment, uniontypes(u))
aligned_sizeof(@nospecialize T) = allocatedinline(T) ? (n = datatype_alignment(T); cld(sizeof(T), n) * n) : sizeof(Ptr{Cvoid})

## modules under their own names

"What has to do with displays, as a module."
module Multimedia
using ..Base: AbstractDisplay, TextDisplay, MIME, display, displayable, istextmime, popdisplay, pushdisplay, redisplay,
    showable, @MIME_str, pushed_displays
const displays = pushed_displays
export AbstractDisplay, TextDisplay, MIME, display, displayable, istextmime, popdisplay, pushdisplay, redisplay, showable, @MIME_str
end

"Indices of several dimensions, as a module."
module IteratorsMD
using ..Base: CartesianIndex, CartesianIndices, AbstractCartesianIndex, LinearIndices, tail
export CartesianIndex, CartesianIndices
flatten(t::Tuple) = (map(Tuple, t)...,)
"""
    IteratorsMD.split(t, Val(n))

The first `n` elements of a tuple, and the others.
"""
split(t::Tuple, ::Val{n}) where {n} = (t[1:min(n, length(t))], t[min(n, length(t))+1:end])
end

"Arrays with their dimensions in another order, as a module."
module PermutedDimsArrays
using ..Base: PermutedDimsArray
import ..Base: permutedims, permutedims!
export permutedims, PermutedDimsArray
"The elements of a tuple or array in the order `perm`."
genperm(t::Tuple, perm) = map(d -> t[d], Tuple(perm))
genperm(a::AbstractArray, perm::AbstractArray) = a[perm]
end

"Division by a number that is known before, as a module."
module MultiplicativeInverses
using ..Base: multiplicativeinverse, SignedMultiplicativeInverse, UnsignedMultiplicativeInverse
export multiplicativeinverse
end
