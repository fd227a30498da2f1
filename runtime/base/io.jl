# IO: streams in general, the streams of a task, IOContext.

"A stream that passes on to two others: `Base.pipe_reader(io)` and `Base.pipe_writer(io)`."
abstract type AbstractPipe <: IO end

## the streams of a task

# Text goes to the cell that the running task belongs to.
struct TaskStream <: IO
    fd::Int
end
"Where `print` writes."
stdout = TaskStream(1)
"Where messages of errors go."
stderr = TaskStream(2)

write(io::TaskStream, s::String) = output_write(io.fd, s)
write(io::TaskStream, b::UInt8) = output_write(io.fd, UInt8[b])
write(io::TaskStream, v::Vector{UInt8}) = output_write(io.fd, v)
write(io::TaskStream, c::Char) = output_write(io.fd, char_string(c))
flush(::TaskStream) = (output_flush(); nothing)
isopen(::TaskStream) = true
iswritable(::TaskStream) = true
isreadable(::TaskStream) = false
close(::TaskStream) = nothing
fd(io::TaskStream) = io.fd
show(io::IO, s::TaskStream) = print(io, s.fd == 1 ? "stdout" : "stderr")
displaysize(::TaskStream) = output_size()
get(::TaskStream, key::Symbol, default) = key === :color ? output_color() : default
get(f::Function, ::TaskStream, key::Symbol) = key === :color ? output_color() : f()
haskey(::TaskStream, key::Symbol) = key === :color
getindex(io::TaskStream, key::Symbol) = key === :color ? output_color() : throw(KeyError(key))

# One call of print makes one piece of output.
function stream_text(io::TaskStream, xs)
    buf = IOBuffer()
    ctx = IOContext(buf, :color => output_color(), :displaysize => output_size())
    for x in xs
        print(ctx, x)
    end
    buffer_take_string(buf)
end

function print(xs...)
    io = stdout
    if io isa TaskStream
        s = simple_string(xs...)
        output_write(io.fd, s === nothing ? stream_text(io, xs) : s)
    else
        print(io, xs...)
    end
    nothing
end
function println(xs...)
    io = stdout
    if io isa TaskStream
        s = simple_string(xs..., '\n')
        output_write(io.fd, s === nothing ? string_concat(stream_text(io, xs), "\n") : s)
    else
        print(io, xs..., '\n')
    end
    nothing
end
module_set_const(Core, :print, print)
module_set_const(Core, :println, println)
module_set_const(Core, :show, show)

## input

# Lines come from the front end one at a time; what is left of one is kept.
mutable struct InputStream <: IO
    rest::Any     # IOBuffer
    ended::Bool
end
"Where a program reads its input."
stdin = InputStream(nothing, false)

show(io::IO, ::InputStream) = print(io, "stdin")
isopen(s::InputStream) = !s.ended
isreadable(s::InputStream) = !s.ended
iswritable(::InputStream) = false
close(s::InputStream) = (s.ended = true; nothing)
fd(::InputStream) = 0
bytesavailable(s::InputStream) = s.rest === nothing ? 0 : bytesavailable(s.rest)

# Asks for a line unless there is something to read; false at the end.
function more_input(s::InputStream)
    bytesavailable(s) > 0 && return true
    s.ended && return false
    line = stdin_readline("", false)
    line === nothing && return false
    s.rest = IOBuffer(string(line, '\n'))
    true
end
eof(s::InputStream) = !more_input(s)
read(s::InputStream, ::Type{UInt8}) = more_input(s) ? read(s.rest, UInt8) : throw(EOFError())
readavailable(s::InputStream) = more_input(s) ? take_rest(s) : UInt8[]
take_rest(s) = buffer_read(s.rest, -1)
read(s::InputStream) = (out = UInt8[]; while more_input(s); append!(out, take_rest(s)); end; out)
peek(s::InputStream, ::Type{UInt8}) = more_input(s) ? peek(s.rest, UInt8) : throw(EOFError())
peek(s::InputStream, ::Type{T}) where {T} = more_input(s) ? peek(s.rest, T) : throw(EOFError())
function readline(s::InputStream; keep::Bool=false, cancel::CancelTokenArg=DEFAULT_CANCEL)
    cancel === DEFAULT_CANCEL || return governed(() -> readline(s; keep=keep), cancel)
    if bytesavailable(s) > 0
        return readline(s.rest; keep=keep)
    end
    s.ended && return ""
    line = stdin_readline("", false)
    line === nothing ? "" : keep ? string(line, '\n') : line
end
"""
    Base.prompt(message; default="")
    Base.prompt(input, output, message; default="")

Ask the user for a line.
"""
function prompt(message::AbstractString; default::AbstractString="")
    line = stdin_readline(prompt_text(message, default), false)
    line === nothing ? nothing : isempty(line) ? String(default) : line
end
function prompt(input::IO, output::IO, message::AbstractString; default::AbstractString="")
    print(output, prompt_text(message, default))
    line = readline(input; keep=true)
    isempty(line) ? nothing : (line = chomp(line); isempty(line) ? String(default) : String(line))
end
prompt_text(message, default) = string(message, isempty(default) ? "" : " [$default]", ": ")
"""
    Base.getpass(message)

Ask the user for a secret, which the front end does not show.
"""
function getpass(message::AbstractString)
    line = stdin_readline(string(message, ": "), true)
    IOBuffer(line === nothing ? "" : line)
end

## devnull

struct DevNull <: IO end
"A stream that keeps nothing of what is written to it."
const devnull = DevNull()
show(io::IO, ::DevNull) = print(io, "Base.DevNull()")
write(::DevNull, ::UInt8) = 1
write(::DevNull, s::String) = ncodeunits(s)
write(::DevNull, v::Vector{UInt8}) = length(v)
write(::DevNull, c::Char) = ncodeunits(c)
read(::DevNull, ::Type{UInt8}) = throw(EOFError())
eof(::DevNull) = true
isopen(::DevNull) = true
isreadable(::DevNull) = false

iswritable(::DevNull) = true
close(::DevNull) = nothing
flush(::DevNull) = nothing
bytesavailable(::DevNull) = 0

## IOContext

"""
    IOContext(io, key => value, ...)
    IOContext(io, context)

A stream with properties for `show`, asked for with `get(io, key, default)`:
`:compact`, `:limit`, `:displaysize`, `:typeinfo`, `:color`, `:module`.
"""
struct IOContext{IO_t<:IO} <: AbstractPipe
    io::IO_t
    dict::ImmutableDict{Symbol,Any}
    IOContext{IO_t}(io::IO_t, dict::ImmutableDict{Symbol,Any}) where {IO_t<:IO} = new(io, dict)
end
const no_properties = ImmutableDict{Symbol,Any}()
new_context(io::IO, dict) = IOContext{typeof(io)}(io, dict)
new_context(io::IOContext, dict) = IOContext{typeof(io.io)}(io.io, dict)
properties(io::IO) = no_properties
properties(io::IOContext) = io.dict
with_property(io, key, value) = new_context(io, ImmutableDict{Symbol,Any}(properties(io), key, value))

IOContext(io::IO) = new_context(io, properties(io))
IOContext(io::IO, context::IO) = new_context(io isa IOContext ? io.io : io, properties(context))
IOContext(io::IO, context::ImmutableDict) = new_context(io, context)
IOContext(io::IO, p::Pair) = new_context(io, ImmutableDict{Symbol,Any}(properties(io), p.first, p.second))
function IOContext(io::IO, p::Pair, more::Pair...)
    d = ImmutableDict{Symbol,Any}(properties(io), p.first, p.second)
    for q in more
        d = ImmutableDict{Symbol,Any}(d, q.first, q.second)
    end
    new_context(io, d)
end
IOContext(io::IOContext, context::IOContext) = new_context(io.io, context.dict)

unwrapcontext(io::IO) = (io, no_properties)
unwrapcontext(io::IOContext) = (io.io, io.dict)

# The entry of a property, or the empty dictionary.
function find_property(d, key)
    while isdefined(d, :parent)
        d.key === key && return d
        d = d.parent
    end
    d
end
get(::IO, key, default) = default
get(f::Function, ::IO, key) = f()
haskey(::IO, key) = false
keys(::IO) = Symbol[]
in(p::Pair, ::IO) = false
getindex(::IO, key) = throw(KeyError(key))
function get(io::IOContext, key, default)
    d = io.dict
    while isdefined(d, :parent)
        d.key === key && return d.value
        d = d.parent
    end
    io.io isa TaskStream && key === :color ? output_color() : default
end
get(f::Function, io::IOContext, key) = haskey(io, key) ? io[key] : f()
haskey(io::IOContext, key) = isdefined(find_property(io.dict, key), :parent) || haskey(io.io, key)
function getindex(io::IOContext, key)
    d = find_property(io.dict, key)
    isdefined(d, :parent) ? d.value : io.io[key]
end
keys(io::IOContext) = unique(Symbol[p.first for p in io.dict])
function in(p::Pair, io::IOContext)
    d = io.dict
    while isdefined(d, :parent)
        d.key === p.first && d.value === p.second && return true
        d = d.parent
    end
    false
end
# How many objects up x is being shown already; 0: it is not.
function shown_depth(io::IO, @nospecialize x)
    d = properties(io)
    n = 0
    while isdefined(d, :parent)
        if d.key === :SHOWN_SET
            n += 1
            d.value === x && return n
        end
        d = d.parent
    end
    0
end
"""
    show_circular(io, x)

Whether `x` is being shown already by `io`; then a note is written in its place.
"""
function show_circular(io::IO, @nospecialize(x))
    n = shown_depth(io, x)
    n == 0 && return false
    print(io, "#= circular reference @-", n, " =#")
    true
end

function show(io::IO, c::IOContext)
    print(io, "IOContext(")
    show(io, c.io)
    print(io, ")")
end

pipe_reader(io::IOContext) = io.io
pipe_writer(io::IOContext) = io.io
lock(io::IOContext) = lock(io.io)
unlock(io::IOContext) = unlock(io.io)
displaysize(io::IOContext) = (s = get(io, :displaysize, nothing); s === nothing ? displaysize(io.io) : s)

"""
    displaysize([io])

The lines and columns that output has room for.
"""
displaysize() = (parse_size("LINES", 24), parse_size("COLUMNS", 80))
parse_size(name, default) = (v = env_get(name); v === nothing ? default : something(tryparse(Int, v), default))
displaysize(io::IO) = displaysize()
