# Named tuples.

NamedTuple() = named_tuple(())
(::Type{NamedTuple{names}})(t::Tuple) where {names} = named_tuple(names, check_count(names, t)...)
(::Type{NamedTuple{names,T}})(t::Tuple) where {names,T<:Tuple} = named_tuple_as(NamedTuple{names,T}, convert(T, check_count(names, t)))
(::Type{NamedTuple{names,T}})(itr) where {names,T<:Tuple} = NamedTuple{names,T}(T(itr))
(::Type{NamedTuple{names}})(itr) where {names} = NamedTuple{names}(Tuple(itr))
(::Type{NamedTuple{names}})(nt::NamedTuple) where {names} =
    named_tuple_as(NamedTuple{names,Tuple{map(n -> fieldtype(typeof(nt), n), names)...}}, map(n -> getfield(nt, n), names))
convert(::Type{T}, nt::T) where {T<:NamedTuple} = nt
convert(::Type{T}, t::Tuple) where {T<:NamedTuple} = T(t)
convert(::Type{NamedTuple{names,T}}, nt::NamedTuple{names,T}) where {names,T<:Tuple} = nt
convert(::Type{NamedTuple{names,T}}, nt::NamedTuple{names}) where {names,T<:Tuple} = NamedTuple{names,T}(values(nt))
(::Type{NamedTuple{names,T}})(nt::NamedTuple) where {names,T<:Tuple} = NamedTuple{names,T}(map(n -> getfield(nt, n), names))
function check_count(names, t)
    length(names) == length(t) || throw(ArgumentError("Wrong number of arguments to named tuple constructor."))
    t
end
NamedTuple(itr) = (; itr...)
NamedTuple(nt::NamedTuple) = nt

length(t::NamedTuple) = nfields(t)
isempty(t::NamedTuple) = nfields(t) == 0
iterate(t::NamedTuple, i::Int=1) = i > nfields(t) ? nothing : (getfield(t, i), i + 1)
firstindex(t::NamedTuple) = 1
lastindex(t::NamedTuple) = nfields(t)
getindex(t::NamedTuple, i::Int) = 1 <= i <= nfields(t) ? getfield(t, i) : throw(BoundsError(t, i))
getindex(t::NamedTuple, i::Symbol) = getfield(t, i)
getindex(t::NamedTuple, ::Colon) = t
getindex(t::NamedTuple, names::Tuple{Vararg{Symbol}}) = NamedTuple{names}(t)
getindex(t::NamedTuple, names::AbstractVector{Symbol}) = NamedTuple{tuple(names...)}(t)
indexed_iterate(t::NamedTuple, i::Int, state=1) = (getfield(t, i), i + 1)
keys(t::NamedTuple) = fieldnames(typeof(t))
values(t::NamedTuple) = tuple_of_fields(t)
tuple_of_fields(t) = namedtuple_values(t)
Tuple(t::NamedTuple) = tuple_of_fields(t)
haskey(t::NamedTuple, k::Symbol) = isdefined(t, k)
haskey(t::NamedTuple, k::Integer) = 1 <= k <= nfields(t)
get(t::NamedTuple, k::Union{Integer,Symbol}, default) = haskey(t, k) ? getfield(t, k) : default
get(f::Function, t::NamedTuple, k::Union{Integer,Symbol}) = haskey(t, k) ? getfield(t, k) : f()
eltype(::Type{NamedTuple{names,T}}) where {names,T} = eltype(T)
eltype(t::NamedTuple) = eltype(typeof(t))
keytype(t::NamedTuple) = Symbol
valtype(t::NamedTuple) = eltype(t)
first(t::NamedTuple) = t[1]
last(t::NamedTuple) = t[nfields(t)]
propertynames(t::NamedTuple) = keys(t)
function pairs(t::NamedTuple)
    p = named_pairs(Iterators.Pairs, t)
    p === nothing ? Iterators.Pairs{Symbol,eltype(t),Nothing,typeof(t)}(t, nothing) : p
end
"The keywords of a call without any, as `kw...` collects them."
const no_keywords = named_pairs(Iterators.Pairs, named_tuple(()))
empty(::NamedTuple) = NamedTuple()
tail(t::NamedTuple) = NamedTuple{tail(keys(t))}(tail(values(t)))
front(t::NamedTuple) = NamedTuple{front(keys(t))}(front(values(t)))
reverse(t::NamedTuple) = NamedTuple{reverse(keys(t))}(reverse(values(t)))
setindex(t::NamedTuple, v, k::Symbol) = merge(t, named_tuple((k,), v))

==(a::NamedTuple, b::NamedTuple) = keys(a) === keys(b) ? values(a) == values(b) : keys(a) == keys(b) && values(a) == values(b)
isequal(a::NamedTuple, b::NamedTuple) = keys(a) == keys(b) && isequal(values(a), values(b))
isless(a::NamedTuple, b::NamedTuple) = keys(a) == keys(b) ? isless(values(a), values(b)) : throw(MethodError(isless, (a, b)))
hash(t::NamedTuple, h::UInt) = hash(keys(t), hash(values(t), h))

"""
    merge(a::NamedTuple, bs...)

The fields of all; later ones win.
"""
merge(a::NamedTuple) = a
merge(a::NamedTuple, b::NamedTuple) = namedtuple_merge(a, b)
merge(a::NamedTuple, b::NamedTuple, more::NamedTuple...) = merge(merge(a, b), more...)
function merge(a::NamedTuple, itr)
    names = Any[]
    vals = Any[]
    for p in itr
        k, v = p
        k isa Symbol || throw(TypeError(:merge, "", Symbol, k))
        at = 0
        for i in 1:length(names)
            names[i] === k && (at = i)
        end
        if at > 0
            vals[at] = v
        else
            push!(names, k)
            push!(vals, v)
        end
    end
    merge(a, named_tuple(tuple(names...), vals...))
end
merge(a::NamedTuple, p::Iterators.Pairs) = p.data isa NamedTuple ? merge(a, p.data) : merge_pairs(a, p)
merge_pairs(a, p) = merge(a, named_tuple(tuple(Any[k for k in keys(p)]...), Any[p[k] for k in keys(p)]...))

"""
    structdiff(a::NamedTuple, b)

The fields of `a` that `b` (a named tuple or its type) has not.
"""
function structdiff(a::NamedTuple, b)
    drop = b isa Type ? fieldnames(b) : keys(b)
    names = filter(n -> !(n in drop), keys(a))
    NamedTuple{names}(a)
end

map(f, t::NamedTuple) = NamedTuple{keys(t)}(map(f, values(t)))
function map(f, a::NamedTuple, more::NamedTuple...)
    all(b -> keys(b) == keys(a), more) || throw(ArgumentError("Named tuple names do not match."))
    NamedTuple{keys(a)}(map(f, values(a), map(values, more)...))
end
filter(f, t::NamedTuple) = NamedTuple{filter(k -> f(getfield(t, k)), keys(t))}(t)

"""
    @NamedTuple{a::T, b}

The type of a named tuple.
"""
macro NamedTuple(ex)
    (ex isa Expr && (ex.head === :braces || ex.head === :block)) || throw(ArgumentError("@NamedTuple expects {...} or begin...end"))
    decls = filter(e -> !(e isa LineNumberNode), ex.args)
    names = [QuoteNode(e isa Symbol ? e : e.args[1]) for e in decls]
    types = [esc(e isa Symbol ? :Any : e.args[2]) for e in decls]
    :(NamedTuple{tuple($(names...)),Tuple{$(types...)}})
end
"""
    @Kwargs{a::T, b}

The type of the keyword arguments `kw...` with these names and types.
"""
macro Kwargs(ex)
    :(kwargs_type(@NamedTuple $ex))
end
kwargs_type(NT) = Iterators.Pairs{Symbol,eltype(NT),Nothing,NT}

# The error of a call with a keyword argument that no method takes.
function kwerr(kw, args...)
    throw(MethodError(Core.kwcall, (kw, args...)))
end
