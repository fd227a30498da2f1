# Reading values.

"""
    deserialize(io)
    deserialize(filename)

The value that was written.
"""
deserialize(io::IO) = deserialize(Serializer(io))
deserialize(path::AbstractString) = open(deserialize, path)
deserialize(s::AbstractSerializer) = handle_deserialize(s, Int32(read(s.io, UInt8)))

function readheader(s::AbstractSerializer)
    m1, m2, version, flags, _, _, _ = (read(s.io, UInt8) for _ in 1:7)
    (m1, m2) == (UInt8('J'), UInt8('L')) || error("Unsupported serialization format (got header magic bytes $m1 $m2)")
    flags >> 2 & 0x3 < 2 || error("Unknown word size flag in header")
    order = flags & 0x3
    order < 2 || error("Unknown endianness flag in header")
    order == 0 || error("Serialized byte order mismatch ($(repr(0x01020304)))")
    version > newest_version && error("Cannot read stream serialized with a newer version of Julia.\nGot data version $version > current version $ser_version")
end

# The number of an object whose type comes before it.
function expect!(s)
    push!(s.pending_refs, s.counter)
    s.counter += 1
end
"The object that is being read is `x`: what refers to it can be read now."
deserialize_cycle(s::AbstractSerializer, x) = (isempty(s.pending_refs) || (s.table[pop!(s.pending_refs)] = x); nothing)
new_number!(s) = (s.counter += 1; s.counter - 1)
known(s, n) = get(() -> error("Inconsistent Serializer state when deserializing: no object has the number $n."), s.table, Int(n))

function handle_deserialize(s::AbstractSerializer, b::Int32)
    io = s.io
    b == 0 && return desertag(Int32(read(io, UInt8)))
    b >= VALUE_TAGS && return desertag(b)
    b == HEADER_TAG && (readheader(s); return deserialize(s))
    b == TUPLE_TAG && return read_tuple(s, read(io, UInt8))
    b == LONGTUPLE_TAG && return read_tuple(s, read(io, Int32))
    b == SHORTBACKREF_TAG && return known(s, read(io, UInt16))
    b == BACKREF_TAG && return known(s, read(io, Int32))
    b == LONGBACKREF_TAG && return known(s, read(io, Int64))
    b == ARRAY_TAG && return read_array(s)
    b == DATATYPE_TAG && return read_datatype(s)
    b == SYMBOL_TAG && return read_symbol(s, read(io, UInt8))
    b == LONGSYMBOL_TAG && return read_symbol(s, read(io, Int32))
    b == STRING_TAG && return read_text(io, read(io, UInt8))
    b == LONGSTRING_TAG && return read_text(io, read(io, Int64))
    b == SHORTINT64_TAG && return Int64(read(io, Int32))
    b == EXPR_TAG && return read_expr(s, read(io, UInt8))
    b == LONGEXPR_TAG && return read_expr(s, read(io, Int32))
    b == MODULE_TAG && return read_module(s)
    b == SIMPLEVECTOR_TAG && return Core.svec(read_items(s, read(io, Int32))...)
    b == GLOBALREF_TAG && return (m = deserialize(s); GlobalRef(m, deserialize(s)))
    b == UNIONALL_TAG && return read_unionall(s)
    b == UNION_TAG && return Union{read_items(s, 2)...}
    b == TYPEVAR_TAG && return (n = new_number!(s); s.table[n] = TypeVar(read_items(s, 3)...))
    b == TASK_TAG && return read_task(s)
    if b == SHARED_REF_TAG
        n = new_number!(s)
        return s.table[n] = deserialize(s)
    elseif b == OBJECT_TAG
        T = deserialize(s)
        return T === Missing ? missing : deserialize(s, T)
    elseif b == REF_OBJECT_TAG
        expect!(s)
        return deserialize(s, deserialize(s))
    elseif b == IDDICT_TAG
        expect!(s)
        return read_dict(s, deserialize(s))
    elseif b in (FULL_DATATYPE_TAG, WRAPPER_DATATYPE_TAG, FULL_GLOBALREF_TAG)
        error("these bytes hold code of another Julia, which is not understood")
    end
    T = desertag(b)
    T isa DataType && T !== Symbol || error("these bytes are no serialized value: they have the unknown tag $b")
    INT8_TAG <= b <= INT8_TAG + 13 && return read(io, T)
    ismutabletype(T) && fieldcount(T) > 0 && expect!(s)
    deserialize(s, T)
end

read_items(s, n) = Any[deserialize(s) for _ in 1:n]
read_tuple(s, n) = (read_items(s, n)...,)
function read_text(io, n)
    v = read(io, Int(n))
    length(v) == n ? String(v) : throw(EOFError())
end
function read_symbol(s, n)
    x = Symbol(read_text(s.io, n))
    n > 7 && (s.table[new_number!(s)] = x)
    x
end
function read_expr(s, n)
    ex = Expr(:temp)
    s.table[new_number!(s)] = ex
    ex.head = deserialize(s)
    append!(ex.args, read_items(s, n))
    ex
end
function read_array(s)
    n = new_number!(s)
    T = deserialize(s)
    dims = T isa Type ? deserialize(s) : T
    T isa Type || (T = UInt8)
    dims = map(Int, dims isa Integer ? (dims,) : dims)
    a = Array{T,length(dims)}(undef, dims)
    s.table[n] = a
    if T === Bool
        read_runs(s.io, a)
    elseif isbitstype(T)
        isempty(a) || sizeof(T) == 0 || bits_fill(a, read(s.io, sizeof(T) * length(a)), 1)
    else
        for i in eachindex(a)
            tag = Int32(read(s.io, UInt8))
            tag == UNDEFREF_TAG || (a[i] = handle_deserialize(s, tag))
        end
    end
    a
end
function read_runs(io, a)
    i = 1
    while i <= length(a)
        b = read(io, UInt8)
        k = b & 0x7f
        a[i:i+k-1] .= b >> 7 == 1
        i += k
    end
end
function read_module(s)
    key = deserialize(s)
    key isa Tuple && return isempty(key) ? Main : submodule(root_module(key[1]), key[2:end])
    m = root_module(deserialize(s))
    name = deserialize(s)
    while name !== ()
        m = getfield(m, name)::Module
        name = deserialize(s)
    end
    m
end
root_module(name) = name === :Base ? Base : name === :Core ? Core : name === :Main ? Main : imported(name)
function imported(name)
    m = Module(:Imports)
    Core.eval(m, Expr(:import, Expr(:., name)))
    getfield(m, name)
end
submodule(m, names) = foldl(getfield, names; init=m)
function read_datatype(s)
    n = new_number!(s)
    name, m = deserialize(s), deserialize(s)
    T = type_named(m, name)
    if !(T isa DataType && isempty(T.parameters))
        np = Int(read(s.io, Int32))
        T = np == 0 ? unwrap_unionall(T) : T === Tuple ? Tuple{read_items(s, np)...} : T{read_items(s, np)...}
    end
    s.table[n] = T
end
function type_named(m, name)
    isdefined(m, name) && return getfield(m, name)
    f = named_instance(m, name)
    f === nothing || return typeof(f)
    text = String(name)
    if startswith(text, "typeof(")    # of a function that is not written in Julia
        f = Symbol(text[8:end-1])
        isdefined(m, f) && return typeof(getfield(m, f))
    end
    occursin('#', chop(text; head=1, tail=0)) || throw(UndefVarError(name, m))
    get(() -> error("the type $name of $m is not known here: it belongs to a function without a name, of another run"), nameless_types, (m, name))
end
function read_unionall(s)
    if read(s.io, UInt8) == 0
        v = deserialize(s)
        return UnionAll(v, deserialize(s))
    end
    n = read(s.io, Int16)
    w = deserialize(s).name.wrapper
    for _ in 1:depth(w)-n
        w = w.body
    end
    w
end
depth(w) = w isa UnionAll ? 1 + depth(w.body) : 0
# A task that has ended is one that ends in the same way.
function read_task(s)
    n = new_number!(s)
    code, storage, state, result, problem = read_items(s, 5)
    state === :runnable && return s.table[n] = Task(code)
    t = Task() do
        storage === nothing || merge!(task_local_storage(), storage)
        state === :failed ? throw(something(problem, result)) : result
    end
    s.table[n] = t
    schedule(t)
    try
        wait(t)
    catch e
        e isa TaskFailedException || rethrow()
    end
    t
end

"`deserialize(s, T)`: the content of a value of type `T`, whose type has been read."
function deserialize(s::AbstractSerializer, T::DataType)
    isprimitivetype(T) && return Base.bits_from_bytes(T, read(s.io, sizeof(T)), 1)
    nf = fieldcount(T)
    if ismutabletype(T)
        x = new_object(T)
        deserialize_cycle(s, x)
        for i in 1:nf
            tag = Int32(read(s.io, UInt8))
            tag == UNDEFREF_TAG || Core.setfield!(x, i, handle_deserialize(s, tag))
        end
        return x
    end
    values, open = Any[], true
    for _ in 1:nf
        tag = Int32(read(s.io, UInt8))
        tag == UNDEFREF_TAG && (open = false; continue)
        x = handle_deserialize(s, tag)
        open && push!(values, x)
    end
    new_object(T, values...)
end
deserialize(s::AbstractSerializer, T::Type{Dict{K,V}}) where {K,V} = read_dict(s, T)
function read_dict(s, T)
    n = read(s.io, Int32)
    d = T()
    deserialize_cycle(s, d)
    for _ in 1:n
        k = deserialize(s)
        d[k] = deserialize(s)
    end
    d
end
deserialize(s::AbstractSerializer, T::Type{Set{K}}) where {K} = T(keys(deserialize(s)))
deserialize(s::AbstractSerializer, ::Type{LineNumberNode}) = LineNumberNode(read_items(s, 2)...)
deserialize(s::AbstractSerializer, ::Type{QuoteNode}) = QuoteNode(deserialize(s))
deserialize(s::AbstractSerializer, ::Type{BigInt}) = parse(BigInt, deserialize(s); base=62)
function deserialize(s::AbstractSerializer, ::Type{BigFloat})
    text = deserialize(s)
    BigFloat(text; precision=deserialize(s))
end
function deserialize(s::AbstractSerializer, ::Type{Regex})
    pattern, options, _ = read_items(s, 3)
    Regex(pattern, String([c for (c, bits) in regex_flags if options & bits != 0]))
end
