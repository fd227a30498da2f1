# Arrays whose bytes are read as items of another type.

"""
    Base.ReinterpretArray{T,N,S,A,IsReshaped}

What `reinterpret(T, a)` gives: the bytes of an array of `S`, seen as items of type `T`.
"""
struct ReinterpretArray{T,N,S,A<:AbstractArray{S},IsReshaped} <: AbstractArray{T,N}
    parent::A
    readable::Bool
    writable::Bool
    ReinterpretArray{T,N,S,A,R}(a) where {T,N,S,A<:AbstractArray{S},R} = new{T,N,S,A,R}(a, covers_padding(T, S), covers_padding(S, T))
end
const NonReshapedReinterpretArray{T,N,S,A} = ReinterpretArray{T,N,S,A,false}
const ReshapedReinterpretArray{T,N,S,A} = ReinterpretArray{T,N,S,A,true}

"""
    Base.PaddingError

Thrown when bytes that a value does not use would be read as part of another.
"""
struct PaddingError <: Exception
    S::Type
    T::Type
end
showerror(io::IO, e::PaddingError) = print(io, "Padding of type ", e.S, " is not compatible with type ", e.T, ".")

# For each byte of a value of type T, whether it is unused.
function unused_bytes(T)
    isprimitivetype(T) && return fill(false, sizeof(T))
    unused = fill(true, sizeof(T))
    for i in 1:fieldcount(T)
        part = unused_bytes(fieldtype(T, i))
        at = Int(fieldoffset(T, i))
        for k in 1:length(part)
            unused[at + k] = part[k]
        end
    end
    unused
end

# Whether no byte that S leaves unused is a part of a T, in arrays of both.
function covers_padding(T, S)
    isprimitivetype(S) && return true
    t, s = unused_bytes(T), unused_bytes(S)
    (isempty(t) || isempty(s)) && return true
    all(i -> t[mod1(i, length(t))] || !s[mod1(i, length(s))], 1:lcm(length(t), length(s)))
end

function check_bits_types(S, T)
    for U in (T, S)
        isbitstype(U) || throw(ArgumentError("cannot reinterpret `$S` as `$T`, type `$U` is not a bits type"))
    end
end

"""
    reinterpret(T, a::AbstractArray)

A view of the bytes of `a` as items of type `T`; setting them changes `a`. The first
dimension becomes longer or shorter where the types differ in size.
"""
function reinterpret(::Type{T}, a::AbstractArray{S,N}) where {T,S,N}
    check_bits_types(S, T)
    N == 0 && sizeof(T) != sizeof(S) &&
        throw(ArgumentError("cannot reinterpret a zero-dimensional `$S` array to `$T` which is of a $(issingletontype(T) ? "singleton type" : "different size")"))
    if N > 0 && sizeof(S) != sizeof(T)
        ax = axes(a, 1)
        if issingletontype(T)
            issingletontype(S) || throw(ArgumentError("cannot reinterpret an `$S` array to `$T` which is a singleton type"))
        else
            rem(length(ax) * sizeof(S), sizeof(T)) == 0 || throw(ArgumentError("cannot reinterpret an `$S` array to `$T` whose first dimension has size `$(length(ax))`.\nThe resulting array would have a non-integral first dimension.\n"))
        end
        first(ax) == 1 || throw(ArgumentError("cannot reinterpret a `$S` array to `$T` when the first axis is $ax. Try reshaping first."))
    end
    ReinterpretArray{T,N,S,typeof(a),false}(a)
end
reinterpret(::Type{T}, a::AbstractArray{T}) where {T} = a
reinterpret(::Type{T}, a::NonReshapedReinterpretArray) where {T} = reinterpret(T, a.parent)
reinterpret(::Type{T}, a::NonReshapedReinterpretArray{T}) where {T} = a

"""
    reinterpret(reshape, T, a::AbstractArray)

As `reinterpret(T, a)`, but where the types differ in size a first dimension is added, or
taken away, for the parts that make up one item.
"""
function reinterpret(::typeof(reshape), ::Type{T}, a::AbstractArray{S,N}) where {T,S,N}
    check_bits_types(S, T)
    sizeof(T) == sizeof(S) && return ReinterpretArray{T,N,S,typeof(a),true}(a)
    if sizeof(S) == 0
        throw(ArgumentError("`reinterpret(reshape, $T, a)` where `eltype(a)` is $S requires that $T be a singleton type, since $S is one"))
    elseif sizeof(S) > sizeof(T)
        sizeof(T) != 0 && rem(sizeof(S), sizeof(T)) == 0 || throw_size_ratio(S, T)
        return ReinterpretArray{T,N+1,S,typeof(a),true}(a)
    end
    rem(sizeof(T), sizeof(S)) == 0 || throw_size_ratio(S, T)
    n = sizeof(T) ÷ sizeof(S)
    N > 0 && axes(a, 1) == OneTo(n) ||
        throw(ArgumentError("`reinterpret(reshape, $T, a)` where `eltype(a)` is $S requires that `axes(a, 1)` (got $(axes(a, 1))) be equal to 1:$n (from the ratio of element sizes)"))
    ReinterpretArray{T,N-1,S,typeof(a),true}(a)
end
reinterpret(::typeof(reshape), ::Type{T}, a::AbstractArray{T}) where {T} = a
throw_size_ratio(S, T) = throw(ArgumentError("`reinterpret(reshape, T, a)` requires that one of `sizeof(T)` (got $(sizeof(T))) and `sizeof(eltype(a))` (got $(sizeof(S))) be an integer multiple of the other"))

## shape

parent(r::ReinterpretArray) = r.parent
dataids(r::ReinterpretArray) = dataids(r.parent)
unaliascopy(r::NonReshapedReinterpretArray{T}) where {T} = reinterpret(T, unaliascopy(r.parent))
unaliascopy(r::ReshapedReinterpretArray{T}) where {T} = reinterpret(reshape, T, unaliascopy(r.parent))
elsize(::Type{<:ReinterpretArray{T}}) where {T} = sizeof(T)
IndexStyle(::Type{<:ReinterpretArray{T,N,S,A}}) where {T,N,S,A} = IndexStyle(A)
similar(r::ReinterpretArray, ::Type{T}, dims::Tuple{Vararg{Int}}) where {T} = similar(r.parent, T, dims)

size(r::ReinterpretArray) = map(length, axes(r))
axes(r::NonReshapedReinterpretArray{T,0}) where {T} = ()
function axes(r::NonReshapedReinterpretArray{T,N,S}) where {T,N,S}
    ax = axes(r.parent)
    sizeof(T) == sizeof(S) && return ax
    n = sizeof(T) == 0 ? length(ax[1]) : length(ax[1]) * sizeof(S) ÷ sizeof(T)
    (oftype(ax[1], OneTo(n)), tail(ax)...)
end
function axes(r::ReshapedReinterpretArray{T,N,S}) where {T,N,S}
    ax = axes(r.parent)
    sizeof(T) == sizeof(S) ? ax : sizeof(T) < sizeof(S) ? (OneTo(sizeof(S) ÷ sizeof(T)), ax...) : tail(ax)
end

function strides(r::ReinterpretArray{T,N,S}) where {T,N,S}
    ps = strides(r.parent)
    sizeof(T) == sizeof(S) && return ps
    r isa ReshapedReinterpretArray && sizeof(T) > sizeof(S) && (first(ps) == 1 ? (ps = tail(ps)) : throw(ArgumentError("Parent must be contiguous in the 1st dimension!")))
    out = map(s -> scaled_stride(s, sizeof(S), sizeof(T)), r isa ReshapedReinterpretArray ? ps : tail(ps))
    if r isa ReshapedReinterpretArray
        return sizeof(T) < sizeof(S) ? (1, out...) : out
    end
    first(ps) == 1 || throw(ArgumentError("Parent must be contiguous in the 1st dimension!"))
    (1, out...)
end
function scaled_stride(s, from, to)
    n, left = divrem(s * from, to)
    left == 0 || throw(ArgumentError("Parent's strides could not be exactly divided!"))
    n
end
stride(r::ReinterpretArray, d::Integer) = d <= ndims(r) ? strides(r)[d] : length(r)

## items

# The value of type T that begins skip bytes into the item that get(1) gives, and may
# go on in get(2), ...
function joined(::Type{T}, ::Type{S}, get, skip) where {T,S}
    issingletontype(T) && return T.instance
    skip == 0 && sizeof(T) == sizeof(S) && isprimitivetype(T) && isprimitivetype(S) && return bits_reinterpret(T, get(1))
    bytes = UInt8[]
    k = 0
    while length(bytes) < skip + sizeof(T)
        append!(bytes, bits_to_bytes(get(k += 1)))
    end
    bits_from_bytes(T, bytes, skip + 1)
end
# The reverse: writes x over the items that get gives, with set(x, k).
function scattered(x::T, ::Type{S}, get, set, skip) where {T,S}
    issingletontype(T) && return
    skip == 0 && sizeof(T) == sizeof(S) && isprimitivetype(T) && isprimitivetype(S) && return set(bits_reinterpret(S, x), 1)
    bytes = bits_to_bytes(x)
    done = 0
    k = 0
    while done < length(bytes)
        k += 1
        n = min(sizeof(S) - skip, length(bytes) - done)
        item = n == sizeof(S) ? zeros(UInt8, n) : bits_to_bytes(get(k))
        for j in 1:n
            item[skip + j] = bytes[done + j]
        end
        set(bits_from_bytes(S, item, 1), k)
        done += n
        skip = 0
    end
end

# Functions that read and write the k-th of the parent's items that the item with these
# indices lies in, and how many bytes into the first it begins.
function item_access(r::NonReshapedReinterpretArray{T,N,S}, i::Int, rest::Int...) where {T,N,S}
    p = r.parent
    if sizeof(T) == sizeof(S)
        return k -> p[i, rest...], (x, k) -> p[i, rest...] = x, 0
    end
    first_item, skip = divrem((i - 1) * sizeof(T), sizeof(S))
    k -> p[first_item + k, rest...], (x, k) -> p[first_item + k, rest...] = x, skip
end
item_access(r::NonReshapedReinterpretArray) = (p = r.parent; (k -> p[], (x, k) -> p[] = x, 0))
function item_access(r::ReshapedReinterpretArray{T,N,S}, is::Int...) where {T,N,S}
    p = r.parent
    if length(is) == 1 && N != 1 && IndexStyle(p) isa IndexLinear # one index for all dimensions
        first_item, skip = divrem((is[1] - 1) * sizeof(T), max(sizeof(S), 1))
        return k -> p[first_item + k], (x, k) -> p[first_item + k] = x, skip
    elseif sizeof(T) == sizeof(S)
        return k -> p[is...], (x, k) -> p[is...] = x, 0
    elseif sizeof(T) < sizeof(S)
        js = tail(is)
        return k -> p[js...], (x, k) -> p[js...] = x, (is[1] - 1) * sizeof(T)
    end
    k -> p[k, is...], (x, k) -> p[k, is...] = x, 0
end

function read_item(r::ReinterpretArray{T,N,S}, is::Int...) where {T,N,S}
    checkbounds(r, is...)
    r.readable || throw(PaddingError(T, S))
    get, _, skip = item_access(r, is...)
    joined(T, S, get, skip)
end
function write_item(r::ReinterpretArray{T,N,S}, x, is::Int...) where {T,N,S}
    r.writable || throw(PaddingError(T, S))
    v = convert(T, x)
    checkbounds(r, is...)
    get, set, skip = item_access(r, is...)
    scattered(v, S, get, set, skip)
    r
end
getindex(r::ReinterpretArray{T,0}) where {T} = read_item(r)
setindex!(r::ReinterpretArray{T,0}, x) where {T} = write_item(r, x)
getindex(r::ReinterpretArray{T,1}, i::Int) where {T} = read_item(r, i)
setindex!(r::ReinterpretArray{T,1}, x, i::Int) where {T} = write_item(r, x, i)
getindex(r::ReinterpretArray{T,N}, is::Vararg{Int,N}) where {T,N} = read_item(r, is...)
setindex!(r::ReinterpretArray{T,N}, x, is::Vararg{Int,N}) where {T,N} = write_item(r, x, is...)
function getindex(r::ReinterpretArray, i::Int)
    IndexStyle(r) isa IndexLinear && return read_item(r, i)
    checkbounds(r, i)
    read_item(r, subscripts(r, (i,))...)
end
function setindex!(r::ReinterpretArray, x, i::Int)
    IndexStyle(r) isa IndexLinear && return write_item(r, x, i)
    checkbounds(r, i)
    write_item(r, x, subscripts(r, (i,))...)
end

## display

function showarg(io::IO, r::NonReshapedReinterpretArray{T}, toplevel) where {T}
    print(io, "reinterpret(", T, ", ")
    showarg(io, parent(r), false)
    print(io, ')')
end
function showarg(io::IO, r::ReshapedReinterpretArray{T}, toplevel) where {T}
    print(io, "reinterpret(reshape, ", T, ", ")
    showarg(io, parent(r), false)
    print(io, ')')
    toplevel && print(io, " with eltype ", T)
    nothing
end
