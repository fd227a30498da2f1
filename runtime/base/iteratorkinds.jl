# Module Iterators: the kinds of lazy iterators, each with what it does.

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
Base.show(io::IO, e::Enumerate) = (print(io, "enumerate("); show(io, e.itr); print(io, ")"))
Base.length(e::Enumerate) = length(e.itr)
Base.size(e::Enumerate) = size(e.itr)
Base.isdone(e::Enumerate) = isdone(e.itr)
Base.isdone(e::Enumerate, s) = isdone(e.itr, s[2])
Base.axes(e::Enumerate) = axes(e.itr)
function Base.iterate(e::Enumerate)
    y = iterate(e.itr)
    y === nothing && return nothing
    ((1, y[1]), (1, y[2]))
end
function Base.iterate(e::Enumerate, s)
    y = iterate(e.itr, s[2])
    y === nothing && return nothing
    i = s[1] + 1
    ((i, y[1]), (i, y[2]))
end
Base.last(e::Enumerate) = (length(e.itr), last(e.itr))
Base.eltype(::Type{Enumerate{I}}) where {I} = Tuple{Int,eltype(I)}
Base.IteratorSize(::Type{Enumerate{I}}) where {I} = IteratorSize(I)
Base.IteratorEltype(::Type{Enumerate{I}}) where {I} = IteratorEltype(I)

# pairs

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
reverse(v::Pairs) = Pairs(v.data, reverse(Base.pair_keys(v)))

# zip

struct Zip{T<:Tuple}
    is::T
end
"""
    zip(iters...)

Tuples of the first items, the second items, … until one iterator ends.
"""
zip(a...) = Zip(a)
function Base.show(io::IO, z::Zip)
    print(io, "zip(")
    for i in 1:length(z.is)
        i > 1 && print(io, ", ")
        show(io, z.is[i])
    end
    print(io, ")")
end
Base.length(z::Zip) = isempty(z.is) ? throw(ArgumentError("iterator is of undefined length")) : minimum_length(z.is)
function minimum_length(is)
    n = -1
    for i in is
        IteratorSize(i) isa IsInfinite && continue
        l = length(i)
        n = n < 0 || l < n ? l : n
    end
    n
end
Base.size(z::Zip) = common_shape(Base.map(size, z.is))
Base.axes(z::Zip) = common_shape(Base.map(axes, z.is))
Base.ndims(z::Zip) = ndims(z.is[1])
function common_shape(shapes)
    s = shapes[1]
    for t in shapes
        length(t) == length(s) || throw(DimensionMismatch(string("dimensions must match: a has dims ", s, ", b has dims ", t)))
        s = Base.map((a, b) -> a isa Integer ? min(a, b) : length(a) <= length(b) ? a : b, s, t)
        length(s) == 1 || s == t || throw(DimensionMismatch(string("dimensions must match: a has dims ", s, ", b has dims ", t, ", mismatch at ", findfirst(Base.map(!=, s, t)))))
    end
    s
end
Base.isdone(z::Zip) = any_done(z.is)
any_done(is) = any(i -> isdone(i) === true, is)
# What remembers where it is must not be asked for more than all can give.
used_up(i) = i isa Stateful && isempty(i)
# At the beginning that is known of collections, too.
nothing_in(i) = i isa Union{Stateful,AbstractString,AbstractArray,Tuple} && isempty(i)
# Whether the next item of what has a Stateful beside it is known to be missing.
at_end(i, s) = i isa Stateful ? isempty(i) : i isa String ? s > ncodeunits(i) : i isa Union{Array,Tuple} ? s isa Int && s > length(i) : false
Base.isdone(z::Zip, s) = any(used_up, z.is)
function Base.iterate(z::Zip{<:Tuple{Any,Any}})
    nothing_in(z.is[2]) && return nothing
    a = iterate(z.is[1])
    a === nothing && return nothing
    b = iterate(z.is[2])
    b === nothing && return nothing
    ((a[1], b[1]), (a[2], b[2]))
end
function Base.iterate(z::Zip{<:Tuple{Any,Any}}, s)
    (z.is[1] isa Stateful ? at_end(z.is[2], s[2]) : used_up(z.is[2])) && return nothing
    a = iterate(z.is[1], s[1])
    a === nothing && return nothing
    b = iterate(z.is[2], s[2])
    b === nothing && return nothing
    ((a[1], b[1]), (a[2], b[2]))
end
Base.iterate(z::Zip{Tuple{}}) = nothing
function Base.iterate(z::Zip)
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
function Base.iterate(z::Zip, s)
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
Base.eltype(::Type{Zip{T}}) where {T} = Tuple{Base.map(eltype, tuple(T.parameters...))...}
Base.IteratorSize(::Type{Zip{Tuple{}}}) = IsInfinite()
function Base.IteratorSize(::Type{Zip{T}}) where {T}
    ps = tuple(T.parameters...)
    s = IteratorSize(ps[1])
    for i in 2:length(ps)
        t = IteratorSize(ps[i])
        # Beside what has no end, a shape is but a length.
        s = s isa HasShape && t isa IsInfinite || s isa IsInfinite && t isa HasShape ? HasLength() : smaller(s, t)
    end
    s
end
function Base.IteratorEltype(::Type{Zip{T}}) where {T}
    for p in T.parameters
        IteratorEltype(p) isa EltypeUnknown && return EltypeUnknown()
    end
    HasEltype()
end
Base.last(z::Zip) = (n = minimum(Base.map(lastindex, z.is)); Base.map(x -> x[n], z.is))

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
Base.last(x::Filter) = first(reverse(x))
function Base.iterate(x::Filter)
    y = iterate(x.itr)
    while y !== nothing
        x.flt(y[1]) && return y
        y = iterate(x.itr, y[2])
    end
    nothing
end
function Base.iterate(x::Filter, s)
    y = iterate(x.itr, s)
    while y !== nothing
        x.flt(y[1]) && return y
        y = iterate(x.itr, y[2])
    end
    nothing
end
Base.eltype(::Type{Filter{F,I}}) where {F,I} = eltype(I)
Base.IteratorSize(::Type{<:Filter}) = SizeUnknown()
Base.IteratorEltype(::Type{Filter{F,I}}) where {F,I} = IteratorEltype(I)
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
Base.iterate(i::Rest, s=i.st) = iterate(i.itr, s)
Base.isdone(i::Rest, s...) = isdone(i.itr, s...)
Base.eltype(::Type{<:Rest{I}}) where {I} = eltype(I)
Base.IteratorSize(::Type{<:Rest{I}}) where {I} = IteratorSize(I) isa IsInfinite ? IsInfinite() : SizeUnknown()
Base.IteratorEltype(::Type{<:Rest{I}}) where {I} = IteratorEltype(I)
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
Base.iterate(c::Count, s=c.start) = (s, s + c.step)
Base.eltype(::Type{Count{T,S}}) where {T,S} = promote_type(T, S)
Base.IteratorSize(::Type{<:Count}) = IsInfinite()

struct Repeated{O}
    x::O
end
"""
    Iterators.repeated(x[, n])

`x` again and again, for ever or `n` times.
"""
repeated(x) = Repeated(x)
repeated(x, n::Integer) = take(repeated(x), n)
Base.iterate(r::Repeated, ::Any=nothing) = (r.x, nothing)
Base.eltype(::Type{Repeated{O}}) where {O} = O
Base.IteratorSize(::Type{<:Repeated}) = IsInfinite()

struct Cycle{I}
    xs::I
end
"""
    Iterators.cycle(itr[, n])

The items of `itr`, again and again.
"""
cycle(xs) = Cycle(xs)
cycle(xs, n::Integer) = flatten(repeated(xs, n))
Base.iterate(c::Cycle) = iterate(c.xs)
Base.isdone(c::Cycle) = isdone(c.xs)
Base.isdone(::Cycle, s) = false
function Base.iterate(c::Cycle, s)
    y = iterate(c.xs, s)
    y === nothing ? iterate(c.xs) : y
end
Base.eltype(::Type{Cycle{I}}) where {I} = eltype(I)
Base.IteratorSize(::Type{<:Cycle}) = IsInfinite()
Base.IteratorEltype(::Type{Cycle{I}}) where {I} = IteratorEltype(I)

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
function Base.iterate(t::Take)
    t.n <= 0 && return nothing
    y = iterate(t.xs)
    y === nothing && return nothing
    (y[1], (t.n - 1, y[2]))
end
function Base.iterate(t::Take, s)
    s[1] <= 0 && return nothing
    y = iterate(t.xs, s[2])
    y === nothing && return nothing
    (y[1], (s[1] - 1, y[2]))
end
Base.length(t::Take) = IteratorSize(t.xs) isa IsInfinite ? t.n : min(t.n, length(t.xs))
Base.eltype(::Type{Take{I}}) where {I} = eltype(I)
function Base.IteratorSize(::Type{Take{I}}) where {I}
    s = IteratorSize(I)
    s isa IsInfinite || s isa HasShape ? HasLength() : s
end
Base.IteratorEltype(::Type{Take{I}}) where {I} = IteratorEltype(I)

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
function Base.iterate(d::Drop)
    y = iterate(d.xs)
    for _ in 1:d.n
        y === nothing && return nothing
        y = iterate(d.xs, y[2])
    end
    y
end
Base.iterate(d::Drop, s) = iterate(d.xs, s)
Base.isdone(d::Drop, s) = isdone(d.xs, s)
Base.length(d::Drop) = (n = length(d.xs); n < d.n ? zero(n) : n - oftype(n, d.n))
Base.eltype(::Type{Drop{I}}) where {I} = eltype(I)
function Base.IteratorSize(::Type{Drop{I}}) where {I}
    s = IteratorSize(I)
    s isa HasShape ? HasLength() : s
end
Base.IteratorEltype(::Type{Drop{I}}) where {I} = IteratorEltype(I)

struct TakeWhile{I,P}
    pred::P
    xs::I
end
"""
    Iterators.takewhile(f, itr)

The items up to the first for which `f` is false.
"""
takewhile(f, itr) = TakeWhile(f, itr)
function Base.iterate(t::TakeWhile, s...)
    y = iterate(t.xs, s...)
    y === nothing || !t.pred(y[1]) ? nothing : y
end
Base.eltype(::Type{TakeWhile{I,P}}) where {I,P} = eltype(I)
Base.IteratorSize(::Type{<:TakeWhile}) = SizeUnknown()
Base.IteratorEltype(::Type{TakeWhile{I,P}}) where {I,P} = IteratorEltype(I)

struct DropWhile{I,P}
    pred::P
    xs::I
end
"""
    Iterators.dropwhile(f, itr)

The items from the first on for which `f` is false.
"""
dropwhile(f, itr) = DropWhile(f, itr)
function Base.iterate(d::DropWhile)
    y = iterate(d.xs)
    while y !== nothing && d.pred(y[1])
        y = iterate(d.xs, y[2])
    end
    y
end
Base.iterate(d::DropWhile, s) = iterate(d.xs, s)
Base.eltype(::Type{DropWhile{I,P}}) where {I,P} = eltype(I)
Base.IteratorSize(::Type{<:DropWhile}) = SizeUnknown()
Base.IteratorEltype(::Type{DropWhile{I,P}}) where {I,P} = IteratorEltype(I)

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
function Base.iterate(a::Accumulate)
    y = iterate(a.itr)
    y === nothing && return nothing
    v = a.init isa Base._InitialValue ? Base.reduce_first(a.f, y[1]) : a.f(a.init, y[1])
    (v, (v, y[2]))
end
function Base.iterate(a::Accumulate, s)
    y = iterate(a.itr, s[2])
    y === nothing && return nothing
    v = a.f(s[1], y[1])
    (v, (v, y[2]))
end
Base.length(a::Accumulate) = length(a.itr)
Base.size(a::Accumulate) = size(a.itr)
Base.IteratorSize(::Type{<:Accumulate{F,I}}) where {F,I} = IteratorSize(I)
Base.IteratorEltype(::Type{<:Accumulate}) = EltypeUnknown()

# product

struct ProductIterator{T<:Tuple}
    iterators::T
end
"""
    Iterators.product(iters...)

All combinations of items, as tuples; the first iterator changes fastest.
"""
product(iters...) = ProductIterator(iters)
function Base.size(p::ProductIterator)
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
Base.length(p::ProductIterator) = (size(p); n = 1; for i in p.iterators; n = Base.checked_mul(n, length(i)); end; n)
Base.isdone(p::ProductIterator) = any_done(p.iterators)
Base.intersect(a::ProductIterator, b::ProductIterator) = ProductIterator(Base.map(intersect, a.iterators, b.iterators))
function Base.axes(p::ProductIterator)
    ax = ()
    for i in p.iterators
        ax = (ax..., (IteratorSize(i) isa HasShape ? axes(i) : (Base.OneTo(length(i)),))...)
    end
    ax
end
Base.ndims(p::ProductIterator) = length(size(p))
Base.iterate(::ProductIterator{Tuple{}}) = ((), true)
Base.iterate(::ProductIterator{Tuple{}}, _) = nothing
function Base.iterate(p::ProductIterator)
    ys = Any[]
    for i in p.iterators
        y = iterate(i)
        y === nothing && return nothing
        push!(ys, y)
    end
    (tuple_of_values(ys), ys)
end
function Base.iterate(p::ProductIterator, ys0)
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
Base.eltype(::Type{ProductIterator{T}}) where {T} = Tuple{Base.map(eltype, tuple(T.parameters...))...}
function Base.IteratorSize(::Type{ProductIterator{T}}) where {T}
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
function Base.IteratorEltype(::Type{ProductIterator{T}}) where {T}
    for p in T.parameters
        IteratorEltype(p) isa EltypeUnknown && return EltypeUnknown()
    end
    HasEltype()
end
reverse(p::ProductIterator) = ProductIterator(Base.map(reverse, p.iterators))
