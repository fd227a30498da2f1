# How values are written for another process: functions without names go with their
# code, and with the global variables of Main that they use.

"Writes and reads values for another process."
mutable struct ClusterSerializer{I<:IO} <: AbstractSerializer
    io::I
    counter::Int
    table::IdDict{Any,Any}
    pending_refs::Vector{Int}
    worker::Union{Nothing,Worker}
    ClusterSerializer(io::I, worker=nothing) where {I<:IO} = new{I}(io, 0, IdDict(), Int[], worker)
end
other(s::ClusterSerializer) = s.worker === nothing ? 0 : s.worker.id

## functions

struct SentFunction end     # a function follows
struct SentType end         # its type follows
struct SelfReference end    # a variable of a function that holds the function
struct NoValue end          # one that has no value yet

sendable(T) = T isa DataType && T <: Function && !isempty(Base.closure_source(T))

function serialize(s::ClusterSerializer, f::Function)
    T = typeof(f)
    sendable(T) || return serialize_any(s, f)
    serialize_type(s, SentFunction)
    held = Dict{Symbol,Any}()
    note_held!(held, f, f)
    write_definition(s, T, held)
    for name in sort!(collect(keys(held)))
        serialize(s, held[name])
    end
end
# The variables that f holds. A function that belongs to it, as that for its keywords does, is
# made with it anew; what that holds is needed instead.
function note_held!(held, f, whole)
    for name in fieldnames(typeof(f))
        x = getfield(f, name)
        v = !(x isa Core.Box) ? x : isdefined(x, :contents) ? x.contents : NoValue()
        if startswith(String(name), '#') && v isa Function && Base.closure_source(typeof(v)) == Base.closure_source(typeof(whole))
            note_held!(held, v, whole)
        else
            held[name] = v === whole && x isa Core.Box ? SelfReference() : v
        end
    end
end
function deserialize(s::ClusterSerializer, ::Type{SentFunction})
    make, names = read_definition(s)
    f = Base.invokelatest(make, Any[deserialize(s) for _ in names]...)
    for i in 1:nfields(f)
        x = getfield(f, i)
        x isa Core.Box && isdefined(x, :contents) && x.contents === SelfReference() && (x.contents = f)
    end
    f
end

function serialize(s::ClusterSerializer, T::DataType)
    sendable(T) || return invoke(serialize, Tuple{AbstractSerializer,DataType}, s, T)
    serialize_type(s, SentType)
    write_definition(s, T, Dict{Symbol,Any}(name => nothing for name in fieldnames(T) if !startswith(String(name), '#')))
end
function deserialize(s::ClusterSerializer, ::Type{SentType})
    make, names = read_definition(s)
    typeof(Base.invokelatest(make, map(_ -> nothing, names)...))
end

# What defines a function: its key, and, when the other process has not got them, the
# names of its variables and its expressions. The globals it uses come after that.
function write_definition(s, T, held)
    m = parentmodule(T)
    source = Base.closure_source(T)
    names = sort!(collect(keys(held)))
    boxed = Symbol[name for name in names if !(name in fieldnames(T)) || fieldtype(T, name) === Core.Box]
    known = s.worker !== nothing && (m, T.name.name) in s.worker.sent
    foreach(x -> serialize(s, x), (m, T.name.name, myid(), names, boxed, known ? nothing : source))
    s.worker === nothing || push!(s.worker.sent, (m, T.name.name))
    vars = Symbol[v for v in main_globals(m, source, names) if to_be_sent(s, v)]
    serialize(s, vars)
    for v in vars
        x = getfield(Main, v)
        s.worker === nothing || isbits(x) || (s.worker.globals[v] = fingerprint(v, x))
        serialize(s, isconst(Main, v))
        serialize(s, x)
    end
end
const functions_here = Dict{Any,Any}()
function read_definition(s)
    m, name, pid, names, boxed, source = (deserialize(s) for _ in 1:6)
    make = source === nothing ? get(() -> error("the code of the function $name of process $pid is not known here"), functions_here, (pid, m, name)) :
        functions_here[(pid, m, name)] = maker(m, names, boxed, source)
    for v in deserialize(s)
        isconstant = deserialize(s)
        set_main(v, deserialize(s), isconstant)
    end
    make, names
end
# A function of the variables called names that makes what source defines. Those that are
# boxed are assigned to, so that they stand in boxes here as well.
function maker(m, names, boxed, source)
    again = Any[Expr(:(=), v, v) for v in boxed]
    value = length(source) == 1 && source[1].head === :-> ? Any[] : Any[defined_name(source[end])]
    Core.eval(m, Expr(:->, Expr(:tuple, names...), Expr(:block, again..., source..., value...)))
end
function defined_name(ex)
    while ex isa Expr
        ex = ex.args[1]
    end
    ex
end

## global variables

fingerprint(name, x) = (hash(name, hash(x)), UInt(objectid(x)))
to_be_sent(s, v) = (x = getfield(Main, v); isbits(x) || s.worker === nothing || get(s.worker.globals, v, nothing) != fingerprint(v, x))

# The variables of Main that code in module m uses.
function main_globals(m, source, names)
    used, own = Set{Symbol}(), Set{Symbol}(names)
    foreach(ex -> note_names!(used, own, ex, m === Main), source)
    sort!(Symbol[v for v in setdiff(used, own) if is_own_global(v)])
end
is_own_global(v) = !startswith(String(v), '#') && isdefined(Main, v) && Base.binding_module(Main, v) === Main && getfield(Main, v) !== Main
note_names!(used, own, x, plain) = nothing
note_names!(used, own, x::Symbol, plain) = (plain && push!(used, x); nothing)
note_names!(used, own, x::GlobalRef, plain) = (x.mod === Main && push!(used, x.name); nothing)
function note_names!(used, own, ex::Expr, plain)
    ex.head in (:quote, :inert, :meta, :line) && return nothing
    args = ex.args
    if ex.head in (:->, :function, :local, :(=), :for, :generator) && !isempty(args)
        note_own!(own, args[1])
    elseif ex.head === :kw
        args = args[2:end]
    end
    foreach(x -> note_names!(used, own, x, plain), args)
end
# The names that an assignment to ex, or a head ex, makes local ones.
note_own!(own, ex) = nothing
note_own!(own, ex::Symbol) = (push!(own, ex); nothing)
function note_own!(own, ex::Expr)
    ex.head in (:tuple, :parameters, :call, :block) && foreach(x -> note_own!(own, x), ex.args)
    ex.head in (:(::), :kw, :(=), :..., :where) && !isempty(ex.args) && note_own!(own, ex.args[1])
    nothing
end

function set_main(v, x, isconstant)
    if isdefined(Main, v) && (isconstant || isconst(Main, v))
        isequal(getfield(Main, v), x) || @warn "Cannot transfer global variable $v; it already has a value."
    elseif isconstant
        Core.eval(Main, Expr(:const, Expr(:(=), v, QuoteNode(x))))
    else
        Core.eval(Main, Expr(:(=), Expr(:global, v), QuoteNode(x)))
    end
    nothing
end

"""
    clear!(names, pids=workers(); mod=Main)

Set global variables of other processes to `nothing`.
"""
function clear!(names, pids=workers(); mod=Main)
    @sync for p in pids, v in (names isa Symbol ? (names,) : names)
        @async remotecall_wait(Core.eval, p, mod, :(global $v = nothing))
    end
end

## references, exceptions

function serialize(s::AbstractSerializer, f::Future)
    serialize_type(s, typeof(f))
    sent = s isa ClusterSerializer
    sent && f.v === nothing && f.where > 0 && send_add_client(f, other(s))
    foreach(x -> serialize(s, x), sent ? (f.where, f.whence, f.id, f.v) : (0, 0, 0, nothing))
end
function deserialize(s::AbstractSerializer, ::Type{Future})
    where, whence, id, v = (deserialize(s) for _ in 1:4)
    Future(where, RRID(whence, id), v)
end
function serialize(s::AbstractSerializer, c::RemoteChannel)
    serialize_type(s, typeof(c))
    sent = s isa ClusterSerializer
    sent && c.where > 0 && send_add_client(c, other(s))
    foreach(x -> serialize(s, x), sent ? (c.where, c.whence, c.id) : (0, 0, 0))
end
function deserialize(s::AbstractSerializer, ::Type{RemoteChannel{T}}) where {T}
    where, whence, id = (deserialize(s) for _ in 1:3)
    RemoteChannel{T}(where, RRID(whence, id))
end

# A value that is serialized already; who reads it gets the value.
struct Letter
    bytes::Vector{UInt8}
end
serialize(s::ClusterSerializer, x::Letter) = (serialize_type(s, Letter); serialize(s, x.bytes))
deserialize(s::ClusterSerializer, ::Type{Letter}) = deserialize(ClusterSerializer(IOBuffer(deserialize(s)), s.worker))

# An exception of a type that the other process does not know arrives as its text.
function serialize(s::ClusterSerializer, e::CapturedException)
    serialize_type(s, CapturedException)
    serialize(s, string(typeof(e.ex)))
    serialize(s, Any[(plain_frame(f), n) for (f, n) in e.processed_bt])
    serialize(s, apart(io -> (x = ClusterSerializer(io, s.worker); serialize(x, e.ex))))
end
apart(f) = (io = IOBuffer(); f(io); take!(io))
function deserialize(s::ClusterSerializer, ::Type{CapturedException})
    what, bt, bytes = (deserialize(s) for _ in 1:3)
    try
        CapturedException(deserialize(ClusterSerializer(IOBuffer(bytes), s.worker)), bt)
    catch e
        throw(CompositeException(Any[
            CapturedException(ErrorException(string("Error deserializing a remote exception from worker ", other(s),
                "\nRemote(original) exception of type ", what, "\nRemote stacktrace : ")), bt),
            CapturedException(e, catch_backtrace())]))
    end
end
function plain_frame(f::StackTraces.StackFrame)
    StackTraces.StackFrame(f.func, f.file, f.line, nothing, f.from_c, f.inlined, f.pointer, f.signature, f.mod in (Main, Base, Core) ? f.mod : nothing)
end
