# Module CoreLogging: levels, loggers, the macros.

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
    Info <= level < Warn && return color, prefix, ""
    parts = String[]
    _module === nothing || push!(parts, string(_module))
    if file !== nothing
        at = line === nothing ? "" : line isa UnitRange ? string(":", first(line), "-", last(line)) : string(":", line)
        push!(parts, string(Base.contractuser(string(file)), at))
    end
    (color, prefix, isempty(parts) ? "" : string("@ ", join(parts, " ")))
end
showvalue(io, x) = show(io, MIME("text/plain"), x)
showvalue(io, e::Tuple{Exception,Any}) = showerror(io, e[1], e[2])
showvalue(io, e::Exception) = showerror(io, e)

# The columns of a text without its colours.
plain_width(s) = textwidth(replace(s, r"\e\[[0-9;]*m" => ""))
function handle_message(logger::ConsoleLogger, level::LogLevel, message, _module, group, id, file, line; kwargs...)
    maxlog = get(kwargs, :maxlog, nothing)
    more_allowed(logger.message_limits, id, maxlog) || return nothing
    out = logger.stream === nothing || !isopen(logger.stream) ? stderr : logger.stream
    rows, columns = displaysize(out)
    lines = Tuple{Int,AbstractString}[(0, l) for l in split(chomp(string(message)), '\n')]
    n = length(kwargs) - (maxlog === nothing ? 0 : 1)
    buf = IOBuffer()
    values = IOContext(IOContext(buf, out), :displaysize => (max(1, rows ÷ (n + 1)), columns - 5), :limit => logger.show_limited)
    for (k, v) in kwargs
        k === :maxlog && continue
        showvalue(values, v)
        parts = split(String(take!(buf)), '\n')
        if length(parts) == 1
            push!(lines, (2, string(k, " = ", parts[1])))
        else
            push!(lines, (2, string(k, " =")))
            append!(lines, ((3, p) for p in parts))
        end
    end
    color, prefix, suffix = logger.meta_formatter(level, _module, group, id, file, line)
    # The suffix stands at the right of the last line, or, without room, on its own.
    right = min(logger.right_justify, columns)
    used = 2 + (isempty(prefix) || length(lines) > 1 ? 0 : length(prefix) + 1) + lines[end][1] + plain_width(lines[end][2])
    gap = 2
    isempty(suffix) || (used += length(suffix) + gap)
    if used > right && !isempty(suffix)
        push!(lines, (0, ""))
        gap = 0
        used = 2 + length(suffix)
    end
    io = IOContext(buf, :color => get(out, :color, false))
    for (i, (indent, text)) in enumerate(lines)
        box = length(lines) == 1 ? "[ " : i == 1 ? "┌ " : i < length(lines) ? "│ " : "└ "
        printstyled(io, box; bold=true, color=color)
        i == 1 && !isempty(prefix) && printstyled(io, prefix, " "; bold=true, color=color)
        print(io, " "^indent, text)
        if i == length(lines) && !isempty(suffix)
            print(io, " "^(max(0, right - used) + gap))
            printstyled(io, suffix; color=:light_black)
        end
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
disable_logging(level) = (state.disabled_below = LogLevel(level isa LogLevel ? level.level + 1 : level + 1))

# The logger for a message, or nothing when nobody wants it.
function logger_for(level, _module, group, id)
    level < state.disabled_below && return nothing
    logger = current_logger_for_env(level, group, _module)
    logger === nothing && return nothing
    shouldlog(logger, level, _module, group, id) || env_override_minlevel(group, _module) ? logger : nothing
end
# The logger if the level is high enough for it, or JULIA_DEBUG asks for more.
function current_logger_for_env(level::LogLevel, group, _module)
    logger = current_logger()
    min_enabled_level(logger) <= level || env_override_minlevel(group, _module) ? logger : nothing
end
"""
    env_override_minlevel(group, module)

Whether the variable `JULIA_DEBUG` of the environment asks for messages of a group or
module: it lists names, `all`, and with `!` those that are left out.
"""
function env_override_minlevel(group, _module)
    names = filter!(!isempty, map(strip, split(get(ENV, "JULIA_DEBUG", ""), ',')))
    isempty(names) && return false
    wanted = filter(n -> !startswith(n, '!'), names)
    unwanted = [SubString(n, 2) for n in names if startswith(n, '!') && length(n) > 1]
    if !("all" in unwanted) && ("all" in wanted || !isempty(unwanted))
        return !any(n -> concerns(n, group, _module), unwanted)
    end
    any(n -> concerns(n, group, _module), wanted)
end
concerns(word, group, _) = group isa Symbol && word == string(group)
concerns(word, group, m::Module) = group isa Symbol && word == string(group) || word == string(nameof(m)) || word == string(nameof(Base.moduleroot(m)))

# What becomes of a failure while a message is made.
function message_failed(logger, level, _module, group, id, file, line, err)
    catch_exceptions(logger) || rethrow()
    handle_message(logger, Error, "Exception while generating log record in module $_module at $file:$line", _module, :logevent_error, id, file, line;
        exception=(err, catch_backtrace()))
    nothing
end
as_level(l::LogLevel) = l
as_level(n::Integer) = LogLevel(n)
as_level(x) = convert(LogLevel, x)::LogLevel

# The name of a file without folder and ending. By primitives: the macros run when a program is read, and shall not load half of Base.
function group_of_file(path)
    from = string_rfind(path, "/", string_sizeof(path)) + 1
    dot = string_rfind(path, ".", string_sizeof(path))
    symbol_from_string(string_range(path, from, dot > from ? string_prevind(path, dot, 1) : string_thisind(path, string_sizeof(path))))
end
function message_code(level, exs, mod, source)
    kwargs = Any[]
    group = QuoteNode(source.file === nothing ? :none : group_of_file(symbol_string(source.file)))
    id = QuoteNode(symbol_from_string(string_concat(nameof(mod), "_$(objectid((exs, source.line, source.file)) & 0x00000000ffffffff)")))
    module_ = mod
    file = source.file === nothing ? "none" : symbol_string(source.file)
    line = source.line
    for k in 2:nfields(exs)
        ex = exs[k]
        if ex isa Expr && ex.head === :(=)
            key, v = ex.args
            key === :_group ? (group = esc(v)) :
            key === :_id ? (id = esc(v)) :
            key === :_module ? (module_ = esc(v)) :
            key === :_file ? (file = esc(v)) :
            key === :_line ? (line = esc(v)) : push!(kwargs, Expr(:kw, key, esc(v)))
        elseif ex isa Expr && ex.head === :...
            push!(kwargs, esc(ex))
        else
            push!(kwargs, Expr(:kw, Symbol(ex isa Symbol ? ex : sprint(Base.show_unquoted, ex)), esc(ex)))
        end
    end
    quote
        let level = as_level($level), group = $group, id = $id, _module = $module_, file = $file, line = $line
            local logger = logger_for(level, _module, group, id)
            if logger !== nothing
                try
                    local message = $(esc(exs[1]))
                    handle_message(logger, level, message, _module, group, id, file, line; $(kwargs...))
                catch err
                    message_failed(logger, level, _module, group, id, file, line, err)
                end
            end
        end
        nothing
    end
end
"""
    @debug message key=value...

Log a message for debugging, not shown by default.
"""
macro debug(message, exs...)
    message_code(Debug, (message, exs...), __module__, __source__)
end
"""
    @info message key=value...

Log a message.
"""
macro info(message, exs...)
    message_code(Info, (message, exs...), __module__, __source__)
end
"""
    @warn message key=value...

Log a warning.
"""
macro warn(message, exs...)
    message_code(Warn, (message, exs...), __module__, __source__)
end
"""
    @error message key=value...

Log an error; `exception=(e, catch_backtrace())` shows the exception.
"""
macro error(message, exs...)
    message_code(Error, (message, exs...), __module__, __source__)
end
"""
    @logmsg level message key=value...

Log a message of any level.
"""
macro logmsg(level, message, exs...)
    message_code(esc(level), (message, exs...), __module__, __source__)
end
