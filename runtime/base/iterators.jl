# Iterators: lazy combinations of iterables.

"""
    Generator(f, itr)

`f(x)` for each `x` of `itr`, made as they are asked for; what `(f(x) for x in itr)` is.
"""
struct Generator{I,F}
    f::F
    iter::I
end
Generator(::Type{T}, itr::I) where {T,I} = Generator{I,Type{T}}(T, itr)
Generator(f, a, b, more...) = Generator(xs -> f(xs...), zip(a, b, more...))
function iterate(g::Generator)
    y = iterate(g.iter)
    y === nothing && return nothing
    (g.f(y[1]), y[2])
end
function iterate(g::Generator, s)
    y = iterate(g.iter, s)
    y === nothing && return nothing
    (g.f(y[1]), y[2])
end
length(g::Generator) = length(g.iter)
size(g::Generator) = size(g.iter)
axes(g::Generator) = axes(g.iter)
ndims(g::Generator) = ndims(g.iter)
keys(g::Generator) = keys(g.iter)
last(g::Generator) = g.f(last(g.iter))
isempty(g::Generator) = isempty(g.iter)
isdone(g::Generator, s...) = isdone(g.iter, s...)
"""
    Base.isdone(itr[, state])

Whether `itr` is at its end, if that can be told without going on; else missing.
"""
isdone(itr, s...) = missing
IteratorSize(::Type{Generator{I,F}}) where {I,F} = IteratorSize(I)
IteratorEltype(::Type{<:Generator}) = EltypeUnknown()
eltype(::Type{<:Generator}) = Any

"Indices and values of a collection, as `pairs` gives them."
struct Pairs{K,V,I,A} <: AbstractDict{K,V}
    data::A
    itr::I
end

module Iterators

import ..Base: iterate, length, size, axes, ndims, eltype, IteratorSize, IteratorEltype, isempty, first, last, show,
    getindex, keys, isdone, firstindex, lastindex, eachindex, haskey, in, peek, Pairs
using ..Base: SizeUnknown, HasLength, HasShape, IsInfinite, EltypeUnknown, HasEltype, Generator, haslength, tail, promote_type, @propagate_inbounds, Fix1, Fix2

export enumerate, zip, rest, countfrom, take, drop, takewhile, dropwhile, cycle, repeated, product, flatten, flatmap, partition

smaller(::HasShape{N}, ::HasShape{N}) where {N} = HasShape{N}()
smaller(a, b) = a isa IsInfinite ? b : b isa IsInfinite ? a : (a isa SizeUnknown || b isa SizeUnknown) ? SizeUnknown() :
    (a isa HasShape && b isa HasShape && a === b) ? a : HasLength()
known(a, b) = a isa HasEltype && b isa HasEltype ? HasEltype() : EltypeUnknown()

# enumerate

struct Enumerate{I}
    itr::I
end
"""
    enumerate(itr)

`(1, x)`, `(2, y)`, … for the items of `itr`.
"""
enumerate(itr) = Enumerate(itr)
show(io::IO, e::Enumerate) = (print(io, "enumerate("); show(io, e.itr); print(io, ")"))
length(e::Enumerate) = length(e.itr)
size(e::Enumerate) = size(e.itr)
isdone(e::Enumerate) = isdone(e.itr)
isdone(e::Enumerate, s) = isdone(e.itr, s[2])
axes(e::Enumerate) = axes(e.itr)
function iterate(e::Enumerate)
    y = iterate(e.itr)
    y === nothing && return nothing
    ((1, y[1]), (1, y[2]))
end
function iterate(e::Enumerate, s)
    y = iterate(e.itr, s[2])
    y === nothing && return nothing
    i = s[1] + 1
    ((i, y[1]), (i, y[2]))
end
last(e::Enumerate) = (length(e.itr), last(e.itr))
eltype(::Type{Enumerate{I}}) where {I} = Tuple{Int,eltype(I)}
IteratorSize(::Type{Enumerate{I}}) where {I} = IteratorSize(I)
IteratorEltype(::Type{Enumerate{I}}) where {I} = IteratorEltype(I)

# pairs

Pairs(data::A, itr::I) where {A,I} = Pairs{eltype(I),eltype(A),I,A}(data, itr)
"""
    pairs(collection)

`index => value` for each item.
"""
pairs(c) = Pairs(c, keys(c))
pairs(d::AbstractDict) = d
pairs(::IndexLinear, a::AbstractArray) = Pairs(a, LinearIndices(a))
pairs(::Base.IndexCartesian, a::AbstractArray) = Pairs(a, Base.CartesianIndices(axes(a)))
pairs(t::Tuple) = Pairs{Int,eltype(t),typeof(keys(t)),typeof(t)}(t, keys(t))
pairs(v::Pairs) = v
pairs(v::Core.SimpleVector) = Pairs(v, keys(v))
# The keys of a named tuple are told by its type: its pairs keep none.
pair_keys(v::Pairs) = v.itr
pair_keys(v::Pairs{<:Any,<:Any,Nothing}) = keys(v.data)
length(v::Pairs) = length(pair_keys(v))
axes(v::Pairs) = axes(pair_keys(v))
size(v::Pairs) = size(pair_keys(v))
function iterate(v::Pairs)
    y = iterate(pair_keys(v))
    y === nothing && return nothing
    (y[1] => v.data[y[1]], y[2])
end
function iterate(v::Pairs, s)
    y = iterate(pair_keys(v), s)
    y === nothing && return nothing
    (y[1] => v.data[y[1]], y[2])
end
getindex(v::Pairs, k) = v.data[k]
Base.setindex!(v::Pairs, x, k) = (v.data[k] = x; v)
Base.get(v::Pairs, k, default) = k in pair_keys(v) ? v.data[k] : default
Base.get(f::Function, v::Pairs, k) = k in pair_keys(v) ? v.data[k] : f()
haskey(v::Pairs, k) = k in pair_keys(v)
keys(v::Pairs) = pair_keys(v)
Base.values(v::Pairs) = v.data
eltype(::Type{Pairs{K,V,I,A}}) where {K,V,I,A} = Pair{K,V}
IteratorSize(::Type{Pairs{K,V,I,A}}) where {K,V,I,A} = IteratorSize(A)
last(v::Pairs) = (i = last(pair_keys(v)); i => v.data[i])
ndims(v::Pairs) = ndims(pair_keys(v))
firstindex(v::Pairs) = first(pair_keys(v))
lastindex(v::Pairs) = last(pair_keys(v))
IteratorEltype(::Type{<:Pairs}) = HasEltype()
reverse(v::Pairs) = Pairs(v.data, reverse(pair_keys(v)))

# zip

struct Zip{T<:Tuple}
    is::T
end
"""
    zip(iters...)

Tuples of the first items, the second items, … until one iterator ends.
"""
zip(a...) = Zip(a)
function show(io::IO, z::Zip)
    print(io, "zip(")
    for i in 1:length(z.is)
        i > 1 && print(io, ", ")
        show(io, z.is[i])
    end
    print(io, ")")
end
length(z::Zip) = isempty(z.is) ? throw(ArgumentError("iterator is of undefined length")) : minimum_length(z.is)
function minimum_length(is)
    n = -1
    for i in is
        IteratorSize(i) isa IsInfinite && continue
        l = length(i)
        n = n < 0 || l < n ? l : n
    end
    n
end
size(z::Zip) = common_shape(Base.map(size, z.is))
axes(z::Zip) = common_shape(Base.map(axes, z.is))
ndims(z::Zip) = ndims(z.is[1])
function common_shape(shapes)
    s = shapes[1]
    for t in shapes
        length(t) == length(s) || throw(DimensionMismatch(string("dimensions must match: a has dims ", s, ", b has dims ", t)))
        s = Base.map((a, b) -> a isa Integer ? min(a, b) : length(a) <= length(b) ? a : b, s, t)
        length(s) == 1 || s == t || throw(DimensionMismatch(string("dimensions must match: a has dims ", s, ", b has dims ", t, ", mismatch at ", findfirst(Base.map(!=, s, t)))))
    end
    s
end
isdone(z::Zip) = any_done(z.is)
any_done(is) = any(i -> isdone(i) === true, is)
# What remembers where it is must not be asked for more than all can give.
used_up(i) = i isa Stateful && isempty(i)
# At the beginning that is known of collections, too.
nothing_in(i) = i isa Union{Stateful,AbstractString,AbstractArray,Tuple} && isempty(i)
# Whether the next item of what has a Stateful beside it is known to be missing.
at_end(i, s) = i isa Stateful ? isempty(i) : i isa String ? s > ncodeunits(i) : i isa Union{Array,Tuple} ? s isa Int && s > length(i) : false
isdone(z::Zip, s) = any(used_up, z.is)
function iterate(z::Zip{<:Tuple{Any,Any}})
    nothing_in(z.is[2]) && return nothing
    a = iterate(z.is[1])
    a === nothing && return nothing
    b = iterate(z.is[2])
    b === nothing && return nothing
    ((a[1], b[1]), (a[2], b[2]))
end
function iterate(z::Zip{<:Tuple{Any,Any}}, s)
    (z.is[1] isa Stateful ? at_end(z.is[2], s[2]) : used_up(z.is[2])) && return nothing
    a = iterate(z.is[1], s[1])
    a === nothing && return nothing
    b = iterate(z.is[2], s[2])
    b === nothing && return nothing
    ((a[1], b[1]), (a[2], b[2]))
end
iterate(z::Zip{Tuple{}}) = nothing
function iterate(z::Zip)
    vals = Any[]
    states = Any[]
    any(nothing_in, z.is) && return nothing
    for i in z.is
        y = iterate(i)
        y === nothing && return nothing
        push!(vals, y[1])
        push!(states, y[2])
    end
    (tuple(vals...), tuple(states...))
end
function iterate(z::Zip, s)
    vals = Any[]
    states = Any[]
    any(i -> i isa Stateful, z.is) && any(Base.map(at_end, z.is, s)) && return nothing
    for k in 1:length(z.is)
        y = iterate(z.is[k], s[k])
        y === nothing && return nothing
        push!(vals, y[1])
        push!(states, y[2])
    end
    (tuple(vals...), tuple(states...))
end
eltype(::Type{Zip{T}}) where {T} = Tuple{Base.map(eltype, tuple(T.parameters...))...}
IteratorSize(::Type{Zip{Tuple{}}}) = IsInfinite()
function IteratorSize(::Type{Zip{T}}) where {T}
    ps = tuple(T.parameters...)
    s = IteratorSize(ps[1])
    for i in 2:length(ps)
        t = IteratorSize(ps[i])
        # Beside what has no end, a shape is but a length.
        s = s isa HasShape && t isa IsInfinite || s isa IsInfinite && t isa HasShape ? HasLength() : smaller(s, t)
    end
    s
end
function IteratorEltype(::Type{Zip{T}}) where {T}
    for p in T.parameters
        IteratorEltype(p) isa EltypeUnknown && return EltypeUnknown()
    end
    HasEltype()
end
last(z::Zip) = (n = minimum(Base.map(lastindex, z.is)); Base.map(x -> x[n], z.is))

# filter

struct Filter{F,I}
    flt::F
    itr::I
end
"""
    Iterators.filter(f, itr)

The items of `itr` for which `f` is true, as they are asked for.
"""
filter(f, itr) = Filter(f, itr)
last(x::Filter) = first(reverse(x))
function iterate(x::Filter)
    y = iterate(x.itr)
    while y !== nothing
        x.flt(y[1]) && return y
        y = iterate(x.itr, y[2])
    end
    nothing
end
function iterate(x::Filter, s)
    y = iterate(x.itr, s)
    while y !== nothing
        x.flt(y[1]) && return y
        y = iterate(x.itr, y[2])
    end
    nothing
end
eltype(::Type{Filter{F,I}}) where {F,I} = eltype(I)
IteratorSize(::Type{<:Filter}) = SizeUnknown()
IteratorEltype(::Type{Filter{F,I}}) where {F,I} = IteratorEltype(I)
reverse(f::Filter) = Filter(f.flt, reverse(f.itr))

"""
    Iterators.map(f, iters...)

`f` of the items, as they are asked for.
"""
map(f, itr) = Generator(f, itr)
map(f, itr, more...) = Generator(f, itr, more...)

# rest, peel

struct Rest{I,S}
    itr::I
    st::S
end
"""
    Iterators.rest(itr, state)

The items of `itr` from `state` on.
"""
rest(itr, state) = Rest(itr, state)
rest(r::Rest, state) = Rest(r.itr, state)
rest(itr) = itr
iterate(i::Rest, s=i.st) = iterate(i.itr, s)
isdone(i::Rest, s...) = isdone(i.itr, s...)
eltype(::Type{<:Rest{I}}) where {I} = eltype(I)
IteratorSize(::Type{<:Rest{I}}) where {I} = IteratorSize(I) isa IsInfinite ? IsInfinite() : SizeUnknown()
IteratorEltype(::Type{<:Rest{I}}) where {I} = IteratorEltype(I)
"""
    Iterators.peel(itr)

The first item and an iterator of the others; nothing for an empty one.
"""
function peel(itr)
    y = iterate(itr)
    y === nothing ? nothing : (y[1], rest(itr, y[2]))
end

# countfrom, repeated, cycle

struct Count{T,S}
    start::T
    step::S
end
"""
    Iterators.countfrom(start=1, step=1)

`start`, `start + step`, … for ever.
"""
countfrom(start, step) = Count(convert(typeof(start + step), start), step)
countfrom(start=1) = Count(start, oneunit(start))
iterate(c::Count, s=c.start) = (s, s + c.step)
eltype(::Type{Count{T,S}}) where {T,S} = promote_type(T, S)
IteratorSize(::Type{<:Count}) = IsInfinite()

struct Repeated{O}
    x::O
end
"""
    Iterators.repeated(x[, n])

`x` again and again, for ever or `n` times.
"""
repeated(x) = Repeated(x)
repeated(x, n::Integer) = take(repeated(x), n)
iterate(r::Repeated, ::Any=nothing) = (r.x, nothing)
eltype(::Type{Repeated{O}}) where {O} = O
IteratorSize(::Type{<:Repeated}) = IsInfinite()

struct Cycle{I}
    xs::I
end
"""
    Iterators.cycle(itr[, n])

The items of `itr`, again and again.
"""
cycle(xs) = Cycle(xs)
cycle(xs, n::Integer) = flatten(repeated(xs, n))
iterate(c::Cycle) = iterate(c.xs)
isdone(c::Cycle) = isdone(c.xs)
isdone(::Cycle, s) = false
function iterate(c::Cycle, s)
    y = iterate(c.xs, s)
    y === nothing ? iterate(c.xs) : y
end
eltype(::Type{Cycle{I}}) where {I} = eltype(I)
IteratorSize(::Type{<:Cycle}) = IsInfinite()
IteratorEltype(::Type{Cycle{I}}) where {I} = IteratorEltype(I)

# take, drop

struct Take{I}
    xs::I
    n::Int
    function Take(xs::I, n::Integer) where {I}
        n < 0 && throw(ArgumentError("Take length must be non-negative"))
        new{I}(xs, n)
    end
end
"""
    Iterators.take(itr, n)

At most the first `n` items.
"""
take(xs, n::Integer) = Take(xs, Int(n))
take(xs::Take, n::Integer) = Take(xs.xs, min(Int(n), xs.n))
function iterate(t::Take)
    t.n <= 0 && return nothing
    y = iterate(t.xs)
    y === nothing && return nothing
    (y[1], (t.n - 1, y[2]))
end
function iterate(t::Take, s)
    s[1] <= 0 && return nothing
    y = iterate(t.xs, s[2])
    y === nothing && return nothing
    (y[1], (s[1] - 1, y[2]))
end
length(t::Take) = IteratorSize(t.xs) isa IsInfinite ? t.n : min(t.n, length(t.xs))
eltype(::Type{Take{I}}) where {I} = eltype(I)
function IteratorSize(::Type{Take{I}}) where {I}
    s = IteratorSize(I)
    s isa IsInfinite || s isa HasShape ? HasLength() : s
end
IteratorEltype(::Type{Take{I}}) where {I} = IteratorEltype(I)

struct Drop{I}
    xs::I
    n::Int
    function Drop(xs::I, n::Integer) where {I}
        n < 0 && throw(ArgumentError("Drop length must be non-negative"))
        new{I}(xs, n)
    end
end
"""
    Iterators.drop(itr, n)

All but the first `n` items.
"""
drop(xs, n::Integer) = Drop(xs, Int(n))
drop(xs::Drop, n::Integer) = Drop(xs.xs, Int(n) + xs.n)
drop(xs::Take, n::Integer) = Take(drop(xs.xs, n), max(0, xs.n - Int(n)))
function iterate(d::Drop)
    y = iterate(d.xs)
    for _ in 1:d.n
        y === nothing && return nothing
        y = iterate(d.xs, y[2])
    end
    y
end
iterate(d::Drop, s) = iterate(d.xs, s)
isdone(d::Drop, s) = isdone(d.xs, s)
length(d::Drop) = (n = length(d.xs); n < d.n ? zero(n) : n - oftype(n, d.n))
eltype(::Type{Drop{I}}) where {I} = eltype(I)
function IteratorSize(::Type{Drop{I}}) where {I}
    s = IteratorSize(I)
    s isa HasShape ? HasLength() : s
end
IteratorEltype(::Type{Drop{I}}) where {I} = IteratorEltype(I)

struct TakeWhile{I,P}
    pred::P
    xs::I
end
"""
    Iterators.takewhile(f, itr)

The items up to the first for which `f` is false.
"""
takewhile(f, itr) = TakeWhile(f, itr)
function iterate(t::TakeWhile, s...)
    y = iterate(t.xs, s...)
    y === nothing || !t.pred(y[1]) ? nothing : y
end
eltype(::Type{TakeWhile{I,P}}) where {I,P} = eltype(I)
IteratorSize(::Type{<:TakeWhile}) = SizeUnknown()
IteratorEltype(::Type{TakeWhile{I,P}}) where {I,P} = IteratorEltype(I)

struct DropWhile{I,P}
    pred::P
    xs::I
end
"""
    Iterators.dropwhile(f, itr)

The items from the first on for which `f` is false.
"""
dropwhile(f, itr) = DropWhile(f, itr)
function iterate(d::DropWhile)
    y = iterate(d.xs)
    while y !== nothing && d.pred(y[1])
        y = iterate(d.xs, y[2])
    end
    y
end
iterate(d::DropWhile, s) = iterate(d.xs, s)
eltype(::Type{DropWhile{I,P}}) where {I,P} = eltype(I)
IteratorSize(::Type{<:DropWhile}) = SizeUnknown()
IteratorEltype(::Type{DropWhile{I,P}}) where {I,P} = IteratorEltype(I)

# accumulate

struct Accumulate{F,I,T}
    f::F
    itr::I
    init::T
end
"""
    Iterators.accumulate(f, itr; init)

The results of folding `f` over the first item, the first two, ….
"""
accumulate(f, itr; init=Base._InitialValue()) = Accumulate(f, itr, init)
function iterate(a::Accumulate)
    y = iterate(a.itr)
    y === nothing && return nothing
    v = a.init isa Base._InitialValue ? Base.reduce_first(a.f, y[1]) : a.f(a.init, y[1])
    (v, (v, y[2]))
end
function iterate(a::Accumulate, s)
    y = iterate(a.itr, s[2])
    y === nothing && return nothing
    v = a.f(s[1], y[1])
    (v, (v, y[2]))
end
length(a::Accumulate) = length(a.itr)
size(a::Accumulate) = size(a.itr)
IteratorSize(::Type{<:Accumulate{F,I}}) where {F,I} = IteratorSize(I)
IteratorEltype(::Type{<:Accumulate}) = EltypeUnknown()

# product

struct ProductIterator{T<:Tuple}
    iterators::T
end
"""
    Iterators.product(iters...)

All combinations of items, as tuples; the first iterator changes fastest.
"""
product(iters...) = ProductIterator(iters)
function size(p::ProductIterator)
    dims = ()
    for i in p.iterators
        dims = (dims..., shape(i)...)
    end
    dims
end
shape(i) = shape_by(i, IteratorSize(i))
shape_by(i, ::HasShape) = size(i)
shape_by(i, ::HasLength) = (length(i),)
shape_by(i, ::SizeUnknown) = throw(ArgumentError("Cannot construct size for objects of type $(typeof(i))"))
shape_by(i, ::IsInfinite) = throw(ArgumentError("Cannot construct size for objects of type $(typeof(i))"))
length(p::ProductIterator) = (size(p); n = 1; for i in p.iterators; n = Base.checked_mul(n, length(i)); end; n)
isdone(p::ProductIterator) = any_done(p.iterators)
Base.intersect(a::ProductIterator, b::ProductIterator) = ProductIterator(Base.map(intersect, a.iterators, b.iterators))
function axes(p::ProductIterator)
    ax = ()
    for i in p.iterators
        ax = (ax..., (IteratorSize(i) isa HasShape ? axes(i) : (Base.OneTo(length(i)),))...)
    end
    ax
end
ndims(p::ProductIterator) = length(size(p))
iterate(::ProductIterator{Tuple{}}) = ((), true)
iterate(::ProductIterator{Tuple{}}, _) = nothing
function iterate(p::ProductIterator)
    ys = Any[]
    for i in p.iterators
        y = iterate(i)
        y === nothing && return nothing
        push!(ys, y)
    end
    (tuple_of_values(ys), ys)
end
function iterate(p::ProductIterator, ys0)
    ys = copy(ys0)
    for k in 1:length(ys)
        y = iterate(p.iterators[k], ys[k][2])
        if y !== nothing
            ys[k] = y
            return (tuple_of_values(ys), ys)
        end
        ys[k] = iterate(p.iterators[k])
    end
    nothing
end
function tuple_of_values(ys)
    n = length(ys)
    n == 2 && return (ys[1][1], ys[2][1])
    n == 1 && return (ys[1][1],)
    n == 3 && return (ys[1][1], ys[2][1], ys[3][1])
    tuple(Any[y[1] for y in ys]...)
end
eltype(::Type{ProductIterator{T}}) where {T} = Tuple{Base.map(eltype, tuple(T.parameters...))...}
function IteratorSize(::Type{ProductIterator{T}}) where {T}
    n = 0
    unknown = false
    for p in T.parameters
        s = IteratorSize(p)
        s isa IsInfinite && return IsInfinite()
        s isa SizeUnknown && (unknown = true)
        n += s isa HasShape ? typeof(s).parameters[1] : 1
    end
    unknown ? SizeUnknown() : HasShape{n}()
end
function IteratorEltype(::Type{ProductIterator{T}}) where {T}
    for p in T.parameters
        IteratorEltype(p) isa EltypeUnknown && return EltypeUnknown()
    end
    HasEltype()
end
reverse(p::ProductIterator) = ProductIterator(Base.map(reverse, p.iterators))

# flatten

struct Flatten{I}
    it::I
end
"""
    Iterators.flatten(itr)

The items of the items of `itr`.
"""
flatten(itr) = Flatten(itr)
"""
    Iterators.flatmap(f, iters...)

The items of `f` of each item.
"""
flatmap(f, c...) = flatten(map(f, c...))
function iterate(f::Flatten)
    outer = iterate(f.it)
    while outer !== nothing
        y = iterate(outer[1])
        y === nothing || return (y[1], (outer[2], outer[1], y[2]))
        outer = iterate(f.it, outer[2])
    end
    nothing
end
function iterate(f::Flatten, s)
    y = iterate(s[2], s[3])
    y === nothing || return (y[1], (s[1], s[2], y[2]))
    outer = iterate(f.it, s[1])
    while outer !== nothing
        y = iterate(outer[1])
        y === nothing || return (y[1], (outer[2], outer[1], y[2]))
        outer = iterate(f.it, outer[2])
    end
    nothing
end
eltype(::Type{Flatten{I}}) where {I} = eltype(eltype(I))
eltype(::Type{Flatten{I}}) where {I<:Union{Tuple,NamedTuple}} = I isa DataType ? Base.promote_typejoin_of(Base.map(eltype, tuple(I.parameters...))) : Any
eltype(::Type{Flatten{Tuple{}}}) = Union{}
IteratorEltype(::Type{Flatten{I}}) where {I} = IteratorEltype(I) isa HasEltype ? HasEltype() : EltypeUnknown()
length(f::Flatten) = flatten_length(f, eltype(f.it))
length(::Flatten{Tuple{}}) = 0
flatten_length(f, ::Type{T}) where {T<:Tuple} = T isa DataType && isconcretetype(T) ? fieldcount(T) * length(f.it) : throw_flatten_length()
flatten_length(f, ::Type{<:Number}) = length(f.it)
flatten_length(f, T) = throw_flatten_length()
throw_flatten_length() = throw(ArgumentError("Iterates of the argument to Flatten are not known to have constant length"))
IteratorSize(::Type{Flatten{Tuple{}}}) = HasLength()
IteratorSize(::Type{Flatten{I}}) where {I<:Tuple} = flatten_size(eltype(I))
IteratorSize(::Type{Flatten{I}}) where {I} = IteratorSize(I) isa Union{HasLength,HasShape} ? flatten_size(eltype(I)) : SizeUnknown()
flatten_size(::Type{T}) where {T<:Tuple} = isconcretetype(T) ? HasLength() : SizeUnknown()
flatten_size(::Type{<:Number}) = HasLength()
flatten_size(T) = SizeUnknown()

# partition

struct PartitionIterator{T}
    c::T
    n::Int
    function PartitionIterator(c::T, n::Integer) where {T}
        n < 1 && throw(ArgumentError("cannot create partitions of length $n"))
        new{T}(c, n)
    end
end
"""
    Iterators.partition(collection, n)

Pieces of `n` items each (the last may be shorter).
"""
partition(c, n::Integer) = PartitionIterator(c, n)
function iterate(p::PartitionIterator{<:AbstractString}, i=firstindex(p.c))
    i > ncodeunits(p.c) && return nothing
    j = min(nextind(p.c, i, p.n), ncodeunits(p.c) + 1)
    (SubString(p.c, i, prevind(p.c, j)), j)
end
eltype(::Type{PartitionIterator{T}}) where {T<:AbstractString} = T <: SubString ? T : SubString{T}
length(p::PartitionIterator) = cld(length(p.c), p.n)
function iterate(p::PartitionIterator{<:AbstractVector}, i=firstindex(p.c))
    i > lastindex(p.c) && return nothing
    j = min(i + p.n - 1, lastindex(p.c))
    (p.c isa AbstractRange ? p.c[i:j] : view(p.c, i:j), j + 1)
end
function iterate(p::PartitionIterator{<:AbstractArray}, i=1)
    n = length(p.c)
    i > n && return nothing
    j = min(i + p.n - 1, n)
    (view(p.c, i:j), j + 1)
end
function iterate(p::PartitionIterator, s...)
    v = Vector{eltype(p.c)}()
    y = isempty(s) ? iterate(p.c) : s[1] === nothing ? nothing : iterate(p.c, s[1])
    y === nothing && return nothing
    state = nothing
    while y !== nothing
        push!(v, y[1])
        state = y[2]
        length(v) == p.n && break
        y = iterate(p.c, state)
    end
    (v, y === nothing ? nothing : state)
end
eltype(::Type{PartitionIterator{T}}) where {T} = Vector{eltype(T)}
eltype(::Type{PartitionIterator{T}}) where {T<:Base.AbstractArray} = Base.AbstractVector{eltype(T)}
eltype(::Type{PartitionIterator{R}}) where {S,N,T<:AbstractRange,R<:Base.ReshapedArray{S,N,T}} = Base.SubArray{S,1,T,Tuple{UnitRange{Int}},true}
eltype(::Type{PartitionIterator{R}}) where {S,N,T,R<:Base.ReshapedArray{S,N,T}} = Base.SubArray{S,1,Base.ReshapedArray{S,1,T,Tuple{}},Tuple{UnitRange{Int}},true}
eltype(::Type{PartitionIterator{T}}) where {N,T<:Base.CartesianIndices{N}} = Base.SubArray{Base.CartesianIndex{N},1,Base.ReshapedArray{Base.CartesianIndex{N},1,T,Tuple{}},Tuple{UnitRange{Int}},true}
eltype(::Type{PartitionIterator{T}}) where {T<:Base.OneTo} = UnitRange{eltype(T)}
eltype(::Type{PartitionIterator{T}}) where {T<:Union{Base.UnitRange,Base.StepRange,Base.StepRangeLen,Base.LinRange}} = T
eltype(::Type{PartitionIterator{T}}) where {S,T<:Array{S,1}} = Base.SubArray{S,1,T,Tuple{UnitRange{Int}},true}
eltype(::Type{PartitionIterator{T}}) where {S,N,T<:Array{S,N}} = Base.SubArray{S,1,Vector{S},Tuple{UnitRange{Int}},true}
IteratorEltype(::Type{PartitionIterator{T}}) where {T} = IteratorEltype(T)
function IteratorSize(::Type{PartitionIterator{T}}) where {T}
    s = IteratorSize(T)
    s isa HasShape ? HasLength() : s
end

# reverse

struct Reverse{T}
    itr::T
end
"""
    Iterators.reverse(itr)

The items of `itr` from the last to the first, without a copy.
"""
reverse(itr) = Reverse(itr)
reverse(r::Reverse) = r.itr
reverse(g::Generator) = Generator(g.f, reverse(g.iter))
reverse(a::AbstractRange) = Base.reverse(a)
reverse(x::Union{Number,AbstractChar}) = x
reverse(r::Union{Repeated,Take{<:Repeated}}) = r
reverse(c::Cycle) = Cycle(reverse(c.xs))
reverse(f::Flatten) = Flatten(reverse(Base.map(reverse, f.it isa Tuple ? f.it : collect(f.it))))
reverse(z::Zip) = Zip(Base.map(reverse, z.is))
eltype(::Type{Reverse{T}}) where {T} = eltype(T)
length(r::Reverse) = length(r.itr)
size(r::Reverse) = size(r.itr)
axes(r::Reverse) = axes(r.itr)
IteratorSize(::Type{Reverse{T}}) where {T} = IteratorSize(T)
IteratorEltype(::Type{Reverse{T}}) where {T} = IteratorEltype(T)
isempty(r::Reverse) = isempty(r.itr)
last(r::Reverse) = first(r.itr)
last(c::Cycle) = last(c.xs)
last(r::Union{Repeated,Take{<:Repeated}}) = first(r)
last(p::ProductIterator) = Base.map(last, p.iterators)
last(f::Flatten) = last(last(f.it))
first(r::Reverse) = last(r.itr)
iterate(r::Reverse{<:Union{Tuple,Base.NamedTuple}}, i::Int=length(r.itr)) = i < 1 ? nothing : (r.itr[i], i - 1)
iterate(r::Reverse{<:AbstractString}, i=lastindex(r.itr)) = i < firstindex(r.itr) ? nothing : (r.itr[i], Base.prevind(r.itr, i))
function iterate(r::Reverse{<:AbstractVector}, i=lastindex(r.itr))
    i < firstindex(r.itr) && return nothing
    (r.itr[i], i - 1)
end
function iterate(r::Reverse{<:AbstractArray}, s=reversed_indices(r.itr))
    s[2] < 1 && return nothing
    (r.itr[s[1][s[2]]], (s[1], s[2] - 1))
end
reversed_indices(a) = (ks = Base.vec(collect(eachindex(a))); (ks, length(ks)))
function iterate(r::Reverse{<:Enumerate}, s=enumerate_end(r.itr))
    y = s[3] === nothing ? iterate(s[2]) : iterate(s[2], s[3])
    y === nothing && return nothing
    ((s[1], y[1]), (s[1] - 1, s[2], y[2]))
end
enumerate_end(e) = (length(e.itr), reverse(e.itr), nothing)
# Keys of strings, dictionaries and others that have keys in order.
function iterate(r::Reverse, s=keys_reversed(r.itr))
    y = s[2] === nothing ? iterate(s[1]) : iterate(s[1], s[2])
    y === nothing && return nothing
    (r.itr isa Base.AbstractSet || !Base.applicable(getindex, r.itr, y[1]) ? y[1] : r.itr[y[1]], (s[1], y[2]))
end
keys_reversed(itr) = (Base.reverse(collect(itr isa Base.EachStringIndex ? itr : Base.applicable(keys, itr) ? keys(itr) : itr)), nothing)

"""
    only(itr)

The one item of `itr`; an ArgumentError if there are none or several.
"""
function only(x)
    y = iterate(x)
    y === nothing && throw(ArgumentError("Collection is empty, must contain exactly 1 element"))
    iterate(x, y[2]) === nothing || throw(ArgumentError("Collection has multiple elements, must contain exactly 1 element"))
    y[1]
end
only(x::Number) = x
only(x::AbstractChar) = x
only(x::Tuple{Any}) = x[1]
only(x::Tuple) = throw(ArgumentError("Tuple contains $(length(x)) elements, must contain exactly 1 element"))
only(x::NamedTuple{<:Any,<:Tuple{Any}}) = x[1]
only(x::NamedTuple) = throw(ArgumentError("NamedTuple contains $(length(x)) elements, must contain exactly 1 element"))

"""
    Iterators.nth(itr, n)

The `n`th item.
"""
nth(itr, n::Integer) = first(drop(itr, n - 1))

"""
    Iterators.Stateful(itr)

An iterator that remembers where it is: each item comes once.
"""
mutable struct Stateful{T,VS}
    itr::T
    nextvalstate::Any
    taken::Int
    Stateful{T,VS}(itr) where {T,VS} = new{T,VS}(itr, iterate(itr), 0)
    Stateful{T}(itr) where {T} = (first = iterate(itr); new{T,step_type(itr, first)}(itr, first, 0))
end
Stateful(itr::T) where {T} = Stateful{T}(itr)
# The type of what iterate gives, as the first step tells it.
step_type(itr, first) = Any
step_type(itr, first::Tuple{Any,Any}) =
    IteratorEltype(itr) isa HasEltype ? Union{Nothing,Tuple{eltype(itr),typeof(first[2])}} : Union{Nothing,typeof(first)}
Base.show(io::IO, s::Stateful) = (show(io, typeof(s)); print(io, '('); show(io, s.itr); print(io, ", "); show(io, s.nextvalstate); print(io, ')'))
isempty(s::Stateful) = s.nextvalstate === nothing
isdone(s::Stateful, st=nothing) = s.nextvalstate === nothing
function Base.popfirst!(s::Stateful)
    y = s.nextvalstate
    y === nothing && throw(EOFError())
    s.nextvalstate = iterate(s.itr, y[2])
    s.taken += 1
    y[1]
end
"""
    Iterators.reset!(s, itr=s.itr)

Begin the Stateful `s` anew, with the items of `itr`.
"""
function reset!(s::Stateful{T}, itr::T=s.itr) where {T}
    s.itr = itr
    s.nextvalstate = iterate(itr)
    s.taken = 0
    s
end
peek(s::Stateful, sentinel=nothing) = s.nextvalstate === nothing ? sentinel : s.nextvalstate[1]
iterate(s::Stateful, ::Any=nothing) = isempty(s) ? nothing : (Base.popfirst!(s), nothing)
eltype(::Type{<:Stateful{T}}) where {T} = eltype(T)
# Of a Stateful within, one item more than is left has been taken: the one that is next here.
length(s::Stateful) = length(s.itr) - s.taken
length(s::Stateful{<:Stateful}) = length(s.itr) + (s.nextvalstate !== nothing)
IteratorSize(::Type{<:Stateful{T}}) where {T} = IteratorSize(T) isa HasShape ? HasLength() : IteratorSize(T)
IteratorEltype(::Type{<:Stateful{T}}) where {T} = IteratorEltype(T)

end

const enumerate = Iterators.enumerate
const zip = Iterators.zip
const pairs = Iterators.pairs
const only = Iterators.only
const Filter = Iterators.Filter
const Stateful = Iterators.Stateful
const Flatten = Iterators.Flatten
const product = Iterators.product
function showarg(io::IO, v::Pairs{K,V,I,A}, toplevel) where {K,V,I,A<:AbstractArray}
    print(io, "pairs(")
    v.itr isa CartesianIndices && ndims(v.data) == 1 ? print(io, "IndexCartesian(), ") :
        v.itr isa CartesianIndices || ndims(v.data) == 1 || print(io, "IndexLinear(), ")
    showarg(io, v.data, false)
    print(io, ')')
end

# What `(v...)...` splats.
function flattened(v)
    out = Any[]
    for x in v, y in x
        push!(out, y)
    end
    out
end

# Of nothing, what is mapped and filtered reduces as what it comes from would.
mapreduce_empty_iter(f, op, itr::Generator) = itr.f === identity ? mapreduce_empty_iter(f, op, itr.iter) :
    itr.f === abs || itr.f === abs2 ? itr.f(mapreduce_empty_iter(f, op, itr.iter)) : reduce_empty_error()
mapreduce_empty_iter(f, op, itr::Iterators.Filter) = mapreduce_empty_iter(f, op, itr.itr)
mapreduce_empty_iter(f, op, itr::Iterators.Flatten) = reduce_empty_error()
