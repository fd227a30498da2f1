# Log messages: the macros, and what becomes of them.

module CoreLogging

export AbstractLogger, LogLevel, NullLogger, SimpleLogger, ConsoleLogger, Debug, Info, Warn, Error, BelowMinLevel, AboveMaxLevel,
    handle_message, shouldlog, min_enabled_level, catch_exceptions, current_logger, with_logger, global_logger, disable_logging,
    @debug, @info, @warn, @error, @logmsg

"The supertype of what takes log messages."
abstract type AbstractLogger end

"""
    handle_message(logger, level, message, _module, group, id, file, line; kwargs...)

Take a message.
"""
function handle_message end
"""
    shouldlog(logger, level, _module, group, id)

Whether the logger wants a message of this kind.
"""
function shouldlog end
"""
    min_enabled_level(logger)

The level below which the logger wants no messages.
"""
function min_enabled_level end
catch_exceptions(logger) = true

"How grave a message is."
struct LogLevel
    level::Int32
end
LogLevel(l::LogLevel) = l
Base.isless(a::LogLevel, b::LogLevel) = isless(a.level, b.level)
Base.:<(a::LogLevel, b::LogLevel) = a.level < b.level
Base.:<=(a::LogLevel, b::LogLevel) = a.level <= b.level
Base.:+(l::LogLevel, n::Integer) = LogLevel(l.level + n)
Base.:-(l::LogLevel, n::Integer) = LogLevel(l.level - n)
Base.convert(::Type{LogLevel}, n::Integer) = LogLevel(n)
const BelowMinLevel = LogLevel(-1000001)
const Debug = LogLevel(-1000)
const Info = LogLevel(0)
const Warn = LogLevel(1000)
const Error = LogLevel(2000)
const AboveMaxLevel = LogLevel(1000001)
function level_name(l)
    l == Debug ? "Debug" : l == Info ? "Info" : l == Warn ? "Warn" : l == Error ? "Error" :
    l == BelowMinLevel ? "BelowMinLevel" : l == AboveMaxLevel ? "AboveMaxLevel" : string("LogLevel(", l.level, ")")
end
Base.show(io::IO, l::LogLevel) = print(io, level_name(l))

"A logger that takes nothing."
struct NullLogger <: AbstractLogger end
handle_message(::NullLogger, args...; kwargs...) = nothing
shouldlog(::NullLogger, args...) = false
min_enabled_level(::NullLogger) = AboveMaxLevel

# How often a message with `maxlog` may still come, by its id.
counts() = Dict{Any,Int}()
function more_allowed(d, id, maxlog)
    maxlog isa Integer || return true
    n = get(d, id, Int(maxlog))
    d[id] = n - 1
    n > 0
end

"""
    SimpleLogger([stream], min_level=Info)

A logger that writes plain text.
"""
struct SimpleLogger <: AbstractLogger
    stream::IO
    min_level::LogLevel
    message_limits::Dict{Any,Int}
end
SimpleLogger(stream::IO, level=Info) = SimpleLogger(stream, level, counts())
SimpleLogger(level=Info) = SimpleLogger(stderr, level, counts())
shouldlog(l::SimpleLogger, level, _module, group, id) = get(l.message_limits, id, 1) > 0
min_enabled_level(l::SimpleLogger) = l.min_level
catch_exceptions(::SimpleLogger) = false
function handle_message(logger::SimpleLogger, level::LogLevel, message, _module, group, id, file, line; kwargs...)
    more_allowed(logger.message_limits, id, get(kwargs, :maxlog, nothing)) || return nothing
    lines = split(string(message), '\n')
    buf = IOBuffer()
    println(buf, "┌ ", level_word(level), ": ", lines[1])
    for l in lines[2:end]
        println(buf, "│ ", l)
    end
    for (k, v) in kwargs
        k === :maxlog || println(buf, "│   ", k, " = ", v)
    end
    println(buf, "└ @ ", _module === nothing ? "nothing" : _module, " ", file === nothing ? "nothing" : file, ":", line === nothing ? "nothing" : line)
    print(logger.stream, String(take!(buf)))
    nothing
end
level_word(l) = l == Warn ? "Warning" : string(l)

"""
    ConsoleLogger([stream], min_level=Info; meta_formatter, show_limited=true, right_justify=0)

The logger of a session: short messages on one line, others in a bracket.
"""
struct ConsoleLogger <: AbstractLogger
    stream::Any      # nothing: stderr
    min_level::LogLevel
    meta_formatter::Any
    show_limited::Bool
    right_justify::Int
    message_limits::Dict{Any,Int}
end
ConsoleLogger(stream::IO, level=Info; meta_formatter=default_metafmt, show_limited=true, right_justify=0) =
    ConsoleLogger(stream, level, meta_formatter, show_limited, right_justify, counts())
ConsoleLogger(level=Info; meta_formatter=default_metafmt, show_limited=true, right_justify=0) =
    ConsoleLogger(nothing, level, meta_formatter, show_limited, right_justify, counts())
shouldlog(l::ConsoleLogger, level, _module, group, id) = get(l.message_limits, id, 1) > 0
min_enabled_level(l::ConsoleLogger) = l.min_level
default_logcolor(l) = l < Info ? :blue : l < Warn ? :cyan : l < Error ? :yellow : :light_red
function default_metafmt(level, _module, group, id, file, line)
    color = default_logcolor(level)
    prefix = string(level_word(level), ":")
    suffix = ""
    Info <= level < Warn && return color, prefix, suffix
    _module === nothing || (suffix = string(_module))
    if file !== nothing
        suffix == "" || (suffix *= " ")
        suffix *= string(file)
        line === nothing || (suffix *= string(":", line))
    end
    suffix == "" || (suffix = string("@ ", suffix))
    (color, prefix, suffix)
end
showvalue(io, x) = show(io, MIME("text/plain"), x)
showvalue(io, e::Tuple{Exception,Any}) = showerror(io, e[1], e[2])
showvalue(io, e::Exception) = showerror(io, e)
function handle_message(logger::ConsoleLogger, level::LogLevel, message, _module, group, id, file, line; kwargs...)
    more_allowed(logger.message_limits, id, get(kwargs, :maxlog, nothing)) || return nothing
    out = logger.stream === nothing ? stderr : logger.stream
    lines = Any[(0, l) for l in split(chomp(string(message)), '\n')]
    limited = IOContext(IOBuffer(), :limit => logger.show_limited, :displaysize => displaysize(out))
    for (k, v) in kwargs
        k === :maxlog && continue
        buf = IOBuffer()
        showvalue(IOContext(buf, :limit => logger.show_limited, :displaysize => (10, 70)), v)
        parts = split(String(take!(buf)), '\n')
        if length(parts) == 1
            push!(lines, (2, string(k, " = ", parts[1])))
        else
            push!(lines, (2, string(k, " =")))
            for p in parts
                push!(lines, (3, p))
            end
        end
    end
    color, prefix, suffix = logger.meta_formatter(level, _module, group, id, file, line)
    buf = IOBuffer()
    io = IOContext(buf, :color => get(out, :color, false))
    one = length(lines) == 1 && isempty(suffix)
    for (i, (indent, text)) in enumerate(lines)
        box = one ? "[ " : i == 1 ? "┌ " : i < length(lines) || !isempty(suffix) ? "│ " : "└ "
        printstyled(io, box; bold=true, color=color)
        i == 1 && !isempty(prefix) && printstyled(io, prefix, " "; bold=true, color=color)
        println(io, " "^indent, text)
    end
    if !isempty(suffix)
        printstyled(io, "└ "; bold=true, color=color)
        printstyled(io, suffix; color=:light_black)
        println(io)
    end
    print(out, String(take!(buf)))
    nothing
end

## which logger

mutable struct LogState
    logger::AbstractLogger
    disabled_below::LogLevel
end
const state = LogState(ConsoleLogger(), BelowMinLevel)
"""
    current_logger()

The logger of the running task, or the global one.
"""
function current_logger()
    l = Core.Prims.task_logger()
    l === nothing ? state.logger : l
end
"""
    global_logger([logger])

The logger of tasks without their own; with an argument, replace it.
"""
global_logger() = state.logger
function global_logger(logger::AbstractLogger)
    old = state.logger
    state.logger = logger
    old
end
"""
    with_logger(f, logger)

Call `f` with its messages going to `logger`.
"""
function with_logger(f::Function, logger::AbstractLogger)
    old = Core.Prims.task_logger()
    Core.Prims.task_logger(logger)
    try
        f()
    finally
        Core.Prims.task_logger(old)
    end
end
"""
    disable_logging(level)

Drop all messages up to a level.
"""
disable_logging(level) = (state.disabled_below = LogLevel(level isa LogLevel ? level.level + 1 : level + 1); nothing)

# The logger for a message, or nothing when nobody wants it.
function logger_for(level, _module, group, id)
    level < state.disabled_below && return nothing
    logger = current_logger()
    min_enabled_level(logger) <= level || return nothing
    shouldlog(logger, level, _module, group, id) ? logger : nothing
end
as_level(l::LogLevel) = l
as_level(n::Integer) = LogLevel(n)

function message_code(level, exs, mod, source)
    isempty(exs) && return :(throw(ArgumentError("a log message needs a text")))
    kwargs = Any[]
    group = QuoteNode(source.file === nothing ? :none : Symbol(splitext(basename(string(source.file)))[1]))
    id = QuoteNode(Symbol(string(nameof(mod), "_", hash((string(exs), source.line, source.file)) % UInt32)))
    module_ = mod
    file = source.file === nothing ? "none" : string(source.file)
    line = source.line
    for ex in exs[2:end]
        if ex isa Expr && ex.head === :(=)
            k, v = ex.args
            k === :_group ? (group = esc(v)) :
            k === :_id ? (id = esc(v)) :
            k === :_module ? (module_ = esc(v)) :
            k === :_file ? (file = esc(v)) :
            k === :_line ? (line = esc(v)) : push!(kwargs, Expr(:kw, k, esc(v)))
        elseif ex isa Expr && ex.head === :...
            push!(kwargs, esc(ex))
        else
            push!(kwargs, Expr(:kw, Symbol(ex isa Symbol ? ex : sprint(Base.show_unquoted, ex)), esc(ex)))
        end
    end
    quote
        local level = as_level($level)
        local group = $group
        local id = $id
        local logger = logger_for(level, $module_, group, id)
        if logger !== nothing
            handle_message(logger, level, $(esc(exs[1])), $module_, group, id, $file, $line; $(kwargs...))
        end
        nothing
    end
end
"""
    @debug message key=value...

Log a message for debugging, not shown by default.
"""
macro debug(exs...)
    message_code(Debug, exs, __module__, __source__)
end
"""
    @info message key=value...

Log a message.
"""
macro info(exs...)
    message_code(Info, exs, __module__, __source__)
end
"""
    @warn message key=value...

Log a warning.
"""
macro warn(exs...)
    message_code(Warn, exs, __module__, __source__)
end
"""
    @error message key=value...

Log an error; `exception=(e, catch_backtrace())` shows the exception.
"""
macro error(exs...)
    message_code(Error, exs, __module__, __source__)
end
"""
    @logmsg level message key=value...

Log a message of any level.
"""
macro logmsg(level, exs...)
    message_code(esc(level), exs, __module__, __source__)
end

end

const var"@debug" = CoreLogging.var"@debug"
const var"@info" = CoreLogging.var"@info"
const var"@warn" = CoreLogging.var"@warn"
const var"@error" = CoreLogging.var"@error"
const var"@logmsg" = CoreLogging.var"@logmsg"
const with_logger = CoreLogging.with_logger
const current_logger = CoreLogging.current_logger
const global_logger = CoreLogging.global_logger
