# Serialization: values as bytes and back. The bytes are not those of other Julias.

"""
    Serialization

`serialize` and `deserialize`: values of any type as bytes and back, in this program or
another run of it.
"""
module Serialization

using Base: new_object, bits_to_bytes, bits_fill

export serialize, deserialize, AbstractSerializer, Serializer

"The supertype of what serializes."
abstract type AbstractSerializer end
"""
    Serializer(io)

A stream to serialize several values to, or to read them from, that share objects.
"""
mutable struct Serializer{I<:IO} <: AbstractSerializer
    io::I
    written::IdDict{Any,Int}    # objects and their numbers
    read::Vector{Any}           # objects by their numbers
    Serializer{I}(io::I) where {I<:IO} = new{I}(io, IdDict{Any,Int}(), Any[])
end
Serializer(io::IO) = Serializer{typeof(io)}(io)

# What a value begins with.
const t_nothing, t_true, t_false, t_int, t_bits, t_string, t_symbol, t_tuple, t_again, t_array, t_bits_array, t_type, t_union, t_unionall, t_typevar,
    t_module, t_function, t_struct, t_mutable, t_bigint, t_undef, t_missing, t_svec, t_text = 1:24

"""
    serialize(io, x)
    serialize(filename, x)

Write a value as bytes that `deserialize` reads.
"""
serialize(io::IO, x) = serialize(Serializer(io), x)
serialize(path::AbstractString, x) = open(io -> serialize(io, x), path, "w")
"""
    deserialize(io)
    deserialize(filename)

The value that was written.
"""
deserialize(io::IO) = deserialize(Serializer(io))
deserialize(path::AbstractString) = open(deserialize, path)

tag(s, t) = (write(s.io, UInt8(t)); nothing)
count_out(s, n) = (write(s.io, Int64(n)); nothing)
count_in(s) = Int(read(s.io, Int64))
function text_out(s, t)
    count_out(s, ncodeunits(t))
    write(s.io, t)
    nothing
end
text_in(s) = (n = count_in(s); v = read(s.io, n); length(v) == n ? String(v) : throw(EOFError()))

# Whether an object was written before; if so only its number is written again.
function again(s, x)
    if !haskey(s.written, x)
        s.written[x] = length(s.written) + 1
        return false
    end
    tag(s, t_again)
    count_out(s, s.written[x])
    true
end

serialize(s::AbstractSerializer, ::Nothing) = tag(s, t_nothing)
serialize(s::AbstractSerializer, ::Missing) = tag(s, t_missing)
serialize(s::AbstractSerializer, x::Bool) = tag(s, x ? t_true : t_false)
serialize(s::AbstractSerializer, x::Int) = (tag(s, t_int); count_out(s, x))
serialize(s::AbstractSerializer, x::String) = again(s, x) || (tag(s, t_string); text_out(s, x))
serialize(s::AbstractSerializer, x::SubString{String}) = serialize(s, String(x))
serialize(s::AbstractSerializer, x::Symbol) = (tag(s, t_symbol); text_out(s, String(x)))
serialize(s::AbstractSerializer, x::BigInt) = (tag(s, t_bigint); text_out(s, string(x)))
serialize(s::AbstractSerializer, x::BigFloat) = (tag(s, t_text); serialize(s, BigFloat); text_out(s, string(x)))
serialize(s::AbstractSerializer, x::Regex) = (tag(s, t_text); serialize(s, Regex); text_out(s, string(x.flags, "/", x.pattern)))
function serialize(s::AbstractSerializer, x::Tuple)
    tag(s, t_tuple)
    count_out(s, length(x))
    foreach(y -> serialize(s, y), x)
end
function serialize(s::AbstractSerializer, x::Core.SimpleVector)
    tag(s, t_svec)
    count_out(s, length(x))
    foreach(y -> serialize(s, y), x)
end
function serialize(s::AbstractSerializer, a::Array)
    again(s, a) && return nothing
    T = eltype(a)
    raw = isbitstype(T) && sizeof(T) > 0
    tag(s, raw ? t_bits_array : t_array)
    serialize(s, T)
    serialize(s, size(a))
    if raw
        write(s.io, bits_to_bytes(a))
    else
        for i in eachindex(a)
            isassigned(a, i) ? serialize(s, a[i]) : tag(s, t_undef)
        end
    end
    nothing
end
function serialize(s::AbstractSerializer, m::Module)
    tag(s, t_module)
    serialize(s, fullname(m))
end
serialize(s::AbstractSerializer, v::TypeVar) = again(s, v) || (tag(s, t_typevar); serialize(s, v.name); serialize(s, v.lb); serialize(s, v.ub))
serialize(s::AbstractSerializer, u::Union) = (tag(s, t_union); serialize(s, Base.uniontypes(u)))
serialize(s::AbstractSerializer, ::Type{Union{}}) = (tag(s, t_union); serialize(s, Any[]))
serialize(s::AbstractSerializer, u::UnionAll) = (tag(s, t_unionall); serialize(s, u.var); serialize(s, u.body))
function serialize(s::AbstractSerializer, t::DataType)
    tag(s, t_type)
    serialize(s, parentmodule(t))
    serialize(s, nameof(t))
    ps = t.parameters
    count_out(s, length(ps))
    foreach(p -> serialize(s, p), ps)
end
# A function is known by its name, or, if it has none of its own, by its type.
function serialize(s::AbstractSerializer, f::Function)
    name = nameof(f)
    m = parentmodule(f)
    if isdefined(m, name) && getfield(m, name) === f
        tag(s, t_function)
        serialize(s, m)
        serialize(s, name)
    else
        serialize_any(s, f)
    end
end
serialize(s::AbstractSerializer, x::Task) = error("cannot serialize a running Task")
serialize(s::AbstractSerializer, x::IO) = error("cannot serialize an open stream")
serialize(s::AbstractSerializer, x::IOBuffer) = serialize_any(s, x)
serialize(s::AbstractSerializer, x) = serialize_any(s, x)
function serialize_any(s, x)
    T = typeof(x)
    if isprimitivetype(T)
        tag(s, t_bits)
        serialize(s, T)
        write(s.io, bits_to_bytes(x))
        return nothing
    end
    ismutable(x) && again(s, x) && return nothing
    tag(s, ismutable(x) ? t_mutable : t_struct)
    serialize(s, T)
    count_out(s, fieldcount(T))
    for i in 1:fieldcount(T)
        isdefined(x, i) ? serialize(s, getfield(x, i)) : tag(s, t_undef)
    end
end

struct NoValue end

function deserialize(s::AbstractSerializer)
    x = read_value(s, Int(read(s.io, UInt8)))
    x isa NoValue ? error("unexpected end of a value") : x
end
read_next(s) = read_value(s, Int(read(s.io, UInt8)))
numbered(s, x) = (push!(s.read, x); x)
function read_value(s, t)
    t == t_nothing ? nothing :
    t == t_missing ? missing :
    t == t_true ? true :
    t == t_false ? false :
    t == t_undef ? NoValue() :
    t == t_int ? count_in(s) :
    t == t_string ? numbered(s, text_in(s)) :
    t == t_symbol ? Symbol(text_in(s)) :
    t == t_bigint ? parse(BigInt, text_in(s)) :
    t == t_tuple ? (n = count_in(s); ntuple(_ -> deserialize(s), n)) :
    t == t_svec ? (n = count_in(s); Core.svec((deserialize(s) for _ in 1:n)...)) :
    t == t_again ? s.read[count_in(s)] :
    t == t_module ? module_of(deserialize(s)) :
    t == t_function ? (m = deserialize(s); getfield(m, deserialize(s))) :
    t == t_text ? read_text(s, deserialize(s)) :
    t == t_bits ? read_bits(s, deserialize(s)) :
    t == t_typevar ? read_typevar(s) :
    t == t_union ? Union{deserialize(s)...} :
    t == t_unionall ? (v = deserialize(s); UnionAll(v, deserialize(s))) :
    t == t_type ? read_type(s) :
    t == t_array || t == t_bits_array ? read_array(s, t) :
    t == t_struct || t == t_mutable ? read_object(s, t == t_mutable) :
    error("these bytes are no serialized value: they begin with $t")
end
function read_text(s, T)
    text = text_in(s)
    T === Regex || return parse(T, text)
    flags, pattern = split(text, '/'; limit=2)
    Regex(pattern, flags)
end
read_bits(s, T) = Base.bits_from_bytes(T, read(s.io, sizeof(T)), 1)
function read_typevar(s)
    push!(s.read, nothing)
    n = length(s.read)
    name = deserialize(s)
    lb = deserialize(s)
    s.read[n] = TypeVar(name, lb, deserialize(s))
end
function module_of(names)
    m = names[1] === :Base ? Base : names[1] === :Core ? Core : names[1] === :Main ? Main : Base.require(Main, names[1])
    for n in names[2:end]
        m = getfield(m, n)
    end
    m
end
function read_type(s)
    m = deserialize(s)
    name = deserialize(s)
    n = count_in(s)
    ps = Any[deserialize(s) for _ in 1:n]
    name === :Tuple && m === Core && return Tuple{ps...}
    T = getfield(m, name)
    isempty(ps) ? T : T{ps...}
end
function read_array(s, t)
    push!(s.read, nothing)
    n = length(s.read)
    T = deserialize(s)
    dims = deserialize(s)
    a = Array{T,length(dims)}(undef, dims)
    s.read[n] = a
    if t == t_bits_array
        bits_fill(a, read(s.io, sizeof(T) * length(a)), 1)
    else
        for i in eachindex(a)
            x = read_next(s)
            x isa NoValue || (a[i] = x)
        end
    end
    a
end
function read_object(s, is_mutable)
    n = 0
    if is_mutable
        push!(s.read, nothing)
        n = length(s.read)
    end
    T = deserialize(s)
    k = count_in(s)
    if is_mutable
        x = new_object(T)
        s.read[n] = x
        for i in 1:k
            v = read_next(s)
            v isa NoValue || Core.setfield!(x, i, v)
        end
        return x
    end
    values = Any[]
    for _ in 1:k
        v = read_next(s)
        v isa NoValue && break
        push!(values, v)
    end
    new_object(T, values...)
end

end
