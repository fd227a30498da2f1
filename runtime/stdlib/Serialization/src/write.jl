# Writing values.

"""
    serialize(io, x)
    serialize(filename, x)

Write a value as bytes that `deserialize` reads.
"""
function serialize(io::IO, x)
    s = Serializer(io)
    writeheader(s)
    serialize(s, x)
end
serialize(path::AbstractString, x) = open(io -> serialize(io, x), path, "w")
"""
    Serialization.writeheader(s)

Write the eight bytes that a file begins with: a tag, `JL`, the version of the format, and the order of bytes and the size of words.
"""
function writeheader(s::AbstractSerializer)
    writetag(s.io, HEADER_TAG)
    write(s.io, "JL", UInt8(ser_version), UInt8(sizeof(Int) == 8) << 2, 0x00, 0x00, 0x00)
    nothing
end

# Whether an object was written before; then only its number is written again.
function serialize_cycle(s::AbstractSerializer, x)
    n = get(s.table, x, -1)
    if n == -1
        s.table[x] = s.counter
        s.counter += 1
        return false
    end
    n <= typemax(UInt16) ? (writetag(s.io, SHORTBACKREF_TAG); write(s.io, UInt16(n))) :
    n <= typemax(Int32) ? (writetag(s.io, BACKREF_TAG); write(s.io, Int32(n))) : (writetag(s.io, LONGBACKREF_TAG); write(s.io, Int64(n)))
    true
end
serialize_cycle_header(s::AbstractSerializer, x) = serialize_cycle(s, x) || (serialize_type(s, typeof(x), true); false)
"Forget what was written or read, so that nothing refers to it."
reset_state(s::AbstractSerializer) = (s.counter = 0; empty!(s.table); empty!(s.pending_refs); s)
# A length after one of two tags: a byte, or a number of type T.
function write_length(s, n, short, long, ::Type{T}) where {T}
    writetag(s.io, n <= 255 ? short : long)
    write(s.io, n <= 255 ? UInt8(n) : T(n))
    nothing
end

serialize(s::AbstractSerializer, x::Bool) = writetag(s.io, x ? TRUE_TAG : FALSE_TAG)
serialize(s::AbstractSerializer, p::Ptr) = serialize_any(s, oftype(p, C_NULL))
serialize(s::AbstractSerializer, ::Tuple{}) = writetag(s.io, EMPTYTUPLE_TAG)
function serialize(s::AbstractSerializer, t::Tuple)
    write_length(s, length(t), TUPLE_TAG, LONGTUPLE_TAG, Int32)
    foreach(x -> serialize(s, x), t)
end
function serialize(s::AbstractSerializer, v::Core.SimpleVector)
    writetag(s.io, SIMPLEVECTOR_TAG)
    write(s.io, Int32(length(v)))
    foreach(x -> serialize(s, x), v)
end
function serialize(s::AbstractSerializer, x::Symbol)
    tag = sertag(x)
    tag > 0 && return write_as_tag(s.io, tag)
    text = String(x)
    n = ncodeunits(text)
    n > 7 && serialize_cycle(s, x) && return nothing
    write_length(s, n, SYMBOL_TAG, LONGSYMBOL_TAG, Int32)
    write(s.io, text)
    nothing
end
function serialize(s::AbstractSerializer, x::String)
    n = ncodeunits(x)
    if n > 7
        serialize_cycle(s, x) && return nothing
        writetag(s.io, SHARED_REF_TAG)
    end
    write_length(s, n, STRING_TAG, LONGSTRING_TAG, Int64)
    write(s.io, x)
    nothing
end
serialize(s::AbstractSerializer, x::SubString{String}) = serialize_any(s, SubString(String(x)))
function serialize(s::AbstractSerializer, n::Int32)
    0 <= n < n_int_literals && return writetag(s.io, ZERO32_TAG + n)
    writetag(s.io, INT32_TAG)
    write(s.io, n)
    nothing
end
function serialize(s::AbstractSerializer, n::Int64)
    0 <= n < n_int_literals && return writetag(s.io, ZERO64_TAG + n)
    short = typemin(Int32) <= n <= typemax(Int32)
    writetag(s.io, short ? SHORTINT64_TAG : INT64_TAG)
    write(s.io, short ? Int32(n) : n)
    nothing
end
for T in (Int8, UInt8, Int16, UInt16, UInt32, UInt64, Int128, UInt128, Float16, Float32, Float64, Char)
    @eval serialize(s::AbstractSerializer, x::$T) = (writetag(s.io, $(sertag(T))); write(s.io, x); nothing)
end
serialize(s::AbstractSerializer, n::BigInt) = (serialize_type(s, BigInt); serialize(s, string(n, base=62)))
serialize(s::AbstractSerializer, x::BigFloat) = (serialize_type(s, BigFloat); serialize(s, string(x)); serialize(s, precision(x)))
function serialize(s::AbstractSerializer, r::Regex)
    serialize_type(s, Regex)
    serialize(s, r.pattern)
    serialize(s, reduce(|, (bits for (c, bits) in regex_flags if c in r.flags); init=regex_always))
    serialize(s, regex_match)
end

function serialize(s::AbstractSerializer, a::Array)
    serialize_cycle(s, a) && return nothing
    T = eltype(a)
    writetag(s.io, ARRAY_TAG)
    T === UInt8 || serialize(s, T)
    serialize(s, ndims(a) == 1 ? length(a) : size(a))
    if T === Bool
        write_runs(s.io, a)
    elseif isbitstype(T)
        write(s.io, sizeof(T) == 0 ? UInt8[] : bits_to_bytes(a))
    else
        for i in eachindex(a)
            isassigned(a, i) ? serialize(s, a[i]) : writetag(s.io, UNDEFREF_TAG)
        end
    end
    nothing
end
# Booleans as lengths of up to 127 of runs, the value in the highest bit.
function write_runs(io, a)
    i = 1
    while i <= length(a)
        k = i
        while k < length(a) && a[k+1] == a[i] && k - i < 126
            k += 1
        end
        write(io, UInt8(a[i]) << 7 | UInt8(k - i + 1))
        i = k + 1
    end
end
serialize(s::AbstractSerializer, a::SubArray{T,N,A}) where {T,N,A<:Array} = serialize_any(s, Base.unaliascopy(a))
function serialize(s::AbstractSerializer, ex::Expr)
    serialize_cycle(s, ex) && return nothing
    write_length(s, length(ex.args), EXPR_TAG, LONGEXPR_TAG, Int32)
    serialize(s, ex.head)
    foreach(x -> serialize(s, x), ex.args)
end
function serialize_dict_data(s::AbstractSerializer, d::AbstractDict)
    write(s.io, Int32(length(d)))
    for (k, v) in d
        serialize(s, k)
        serialize(s, v)
    end
end
serialize(s::AbstractSerializer, d::Dict) = (serialize_cycle_header(s, d) || serialize_dict_data(s, d); nothing)
function serialize(s::AbstractSerializer, d::IdDict)
    serialize_cycle(s, d) && return nothing
    writetag(s.io, IDDICT_TAG)
    serialize_type_data(s, typeof(d))
    serialize_dict_data(s, d)
end
# A set by its dictionary, as in Julia.
function serialize(s::AbstractSerializer, x::Set)
    serialize_type(s, typeof(x))
    serialize(s, Dict{eltype(x),Nothing}(k => nothing for k in x))
end
function serialize(s::AbstractSerializer, m::Module)
    writetag(s.io, MODULE_TAG)
    names = fullname(m)
    serialize(s, nothing)
    foreach(name -> serialize(s, name), names)
    writetag(s.io, EMPTYTUPLE_TAG)
end
function serialize(s::AbstractSerializer, t::Task)
    istaskstarted(t) && !istaskdone(t) && error("cannot serialize a running Task")
    serialize_cycle(s, t) && return nothing
    writetag(s.io, TASK_TAG)
    foreach(x -> serialize(s, x), Any[t.code, t.storage, istaskdone(t) ? t.state : :runnable, t.result, t.exception])
end
serialize(s::AbstractSerializer, g::GlobalRef) = (writetag(s.io, GLOBALREF_TAG); serialize(s, g.mod); serialize(s, g.name))
# A frame of a trace goes without its method.
serialize(s::AbstractSerializer, f::Base.StackTraces.StackFrame) =
    serialize_any(s, Base.StackTraces.StackFrame(f.func, f.file, f.line, nothing, f.from_c, f.inlined, f.pointer, f.signature, f.mod))
serialize(s::AbstractSerializer, x::IO) = error("cannot serialize an open stream")
serialize(s::AbstractSerializer, x::Base.GenericIOBuffer) = serialize_any(s, x)

## types

serialize(s::AbstractSerializer, ::Type{Union{}}) = write_as_tag(s.io, BOTTOM_TAG)
function serialize(s::AbstractSerializer, t::DataType)
    tag = sertag(t)
    tag > 0 ? write_as_tag(s.io, tag) : t === Tuple ? write_as_tag(s.io, TUPLE_TAG) : serialize_type_data(s, t)
end
serialize(s::AbstractSerializer, u::Union) = (writetag(s.io, UNION_TAG); serialize(s, u.a); serialize(s, u.b))
function serialize(s::AbstractSerializer, v::TypeVar)
    serialize_cycle(s, v) && return nothing
    writetag(s.io, TYPEVAR_TAG)
    foreach(x -> serialize(s, x), (v.name, v.lb, v.ub))
end
function serialize(s::AbstractSerializer, u::UnionAll)
    writetag(s.io, UNIONALL_TAG)
    n, t = 0, u
    while t isa UnionAll
        n, t = n + 1, t.body
    end
    if t isa DataType && t === unwrap_unionall(t.name.wrapper)
        write(s.io, 0x01, Int16(n))
        serialize(s, t)
    else
        write(s.io, 0x00)
        serialize(s, u.var)
        serialize(s, u.body)
    end
end
function serialize_type(s::AbstractSerializer, t::DataType, ref::Bool=false)
    tag = sertag(t)
    tag > 0 && return writetag(s.io, tag)
    writetag(s.io, ref ? REF_OBJECT_TAG : OBJECT_TAG)
    serialize_type_data(s, t)
end
function serialize_type_data(s, t::DataType)
    serialize_cycle(s, t) && return nothing
    writetag(s.io, DATATYPE_TAG)
    name, m = t.name.name, parentmodule(t)
    isdefined(m, name) || named_instance(m, name) !== nothing || (nameless_types[(m, name)] = t.name.wrapper)
    serialize(s, name)
    serialize(s, m)
    ps = t.parameters
    isempty(ps) && return nothing
    whole = t === unwrap_unionall(t.name.wrapper)
    write(s.io, Int32(whole ? 0 : length(ps)))
    whole || foreach(p -> serialize(s, p), ps)
end
# The function that #name, the name of its type, tells of.
function named_instance(m, name)
    text = String(name)
    startswith(text, '#') || return nothing
    f = Symbol(text[2:end])
    isdefined(m, f) && getfield(m, f) isa Function && typeof(getfield(m, f)).name.name === name ? getfield(m, f) : nothing
end

serialize(s::AbstractSerializer, x) = serialize_any(s, x)
function serialize_any(s::AbstractSerializer, x)
    tag = sertag(x)
    tag > 0 && return write_as_tag(s.io, tag)
    T = typeof(x)
    if isprimitivetype(T)
        serialize_type(s, T)
        write(s.io, bits_to_bytes(x))
        return nothing
    end
    ismutable(x) && serialize_cycle(s, x) && return nothing
    serialize_type(s, T, ismutable(x))
    for i in 1:nfields(x)
        isdefined(x, i) ? serialize(s, getfield(x, i)) : writetag(s.io, UNDEFREF_TAG)
    end
end
