# Checks of log messages.

"A log message, as [`TestLogger`](@ref) keeps it."
struct LogRecord
    level::Any
    message::Any
    _module::Any
    group::Any
    id::Any
    file::Any
    line::Any
    kwargs::Any
end
LogRecord(level, message, _module, group, id, file, line; kwargs...) = LogRecord(level, message, _module, group, id, file, line, kwargs)

"In a pattern of `@test_logs`: any value will do."
struct Ignored end

"""
    TestLogger(; min_level=Info, catch_exceptions=false, respect_maxlog=true)

A logger that keeps messages in its field `logs`.
"""
mutable struct TestLogger <: AbstractLogger
    logs::Vector{LogRecord}
    min_level::LogLevel
    catch_exceptions::Bool
    shouldlog_args::Any
    message_limits::Dict{Any,Int}
    respect_maxlog::Bool
end
TestLogger(; min_level=Info, catch_exceptions=false, respect_maxlog=true) =
    TestLogger(LogRecord[], min_level, catch_exceptions, nothing, Dict{Any,Int}(), respect_maxlog)

Logging.min_enabled_level(logger::TestLogger) = logger.min_level
Logging.catch_exceptions(logger::TestLogger) = logger.catch_exceptions
function Logging.shouldlog(logger::TestLogger, level, _module, group, id)
    get(logger.message_limits, id, 1) > 0 || return false
    logger.shouldlog_args = (level, _module, group, id)
    true
end
function Logging.handle_message(logger::TestLogger, level, msg, _module, group, id, file, line; kwargs...)
    maxlog = get(kwargs, :maxlog, nothing)
    if logger.respect_maxlog && maxlog isa Integer
        left = get!(logger.message_limits, id, Int(maxlog))
        logger.message_limits[id] = left - 1
        left > 0 || return nothing
    end
    push!(logger.logs, LogRecord(level, msg, _module, group, id, file, line, kwargs))
    nothing
end

"""
    collect_test_logs(f; kwargs...)

Call `f` and return the messages it logged, and its value. The keywords are those of
[`TestLogger`](@ref).
"""
function collect_test_logs(f; kwargs...)
    logger = TestLogger(; kwargs...)
    value = with_logger(f, logger)
    (logger.logs, value)
end

"Log messages that are not those wanted."
mutable struct LogTestFailure <: Result
    orig_expr::Any
    source::Union{Nothing,LineNumberNode}
    patterns::Any
    logs::Any
end
function Base.show(io::IO, t::LogTestFailure)
    print_place(io, "Log Test Failed", t.source)
    println(io, "  Expression: ", t.orig_expr)
    println(io, "  Log Pattern: ", join(t.patterns, " "))
    println(io, "  Captured Logs: ")
    for l in t.logs
        println(io, "    ", l)
    end
end
function record(::FallbackTestSet, t::LogTestFailure)
    println(t)
    throw(FallbackTestSetException("There was an error during testing"))
end
function record(ts::DefaultTestSet, t::LogTestFailure)
    TESTSET_PRINT_ENABLE[] && print_failure(ts, t)
    push!(ts.results, Fail(:test, t.orig_expr, t.logs, nothing, t.source))
    t
end

"""
    @test_logs [patterns...] [keywords] expression

Check that `expression` logs messages like the patterns, one by one, or with `match_mode=:any`
among others. A pattern is a tuple of `(level, message, module, group, id, file, line)` or its
beginning; levels may be symbols and texts `Regex`es. Messages below `min_level` are left
out. The value is that of `expression`.
"""
macro test_logs(exs...)
    isempty(exs) && throw(ArgumentError("`@test_logs` needs at least one arguments.\nUsage: `@test_logs [msgs...] expr_to_run`"))
    patterns, kwargs = Any[], Any[]
    for e in exs[1:end-1]
        if Meta.isexpr(e, :(=))
            push!(kwargs, Expr(:kw, e.args[1], esc(e.args[2])))
        else
            push!(patterns, esc(e))
        end
    end
    src, text = QuoteNode(__source__), Expr(:inert, exs[end])
    code = :(check_logs(() -> $(esc(exs[end])), $text, $src, $(patterns...); $(kwargs...)))
    at_source(code, __source__)
end

function check_logs(f, orig_expr, source, patterns...; match_mode::Symbol=:all, kwargs...)
    ts = get_testset()
    local logs, value
    try
        logs, value = collect_test_logs(f; kwargs...)
    catch err
        err isa InterruptException && rethrow()
        record(ts, Error(:test_error, orig_expr, err, Base.current_exceptions(), source))
        return nothing
    end
    found = match_mode === :all ? length(logs) == length(patterns) && all(log_matches(p, l) for (p, l) in zip(patterns, logs)) :
            match_mode === :any ? all(p -> any(l -> log_matches(p, l), logs), patterns) : error("unknown match mode")
    record(ts, found ? Pass(:test, orig_expr, nothing, value, source) : LogTestFailure(orig_expr, source, patterns, logs))
    value
end

Base.occursin(pattern::Tuple, r::LogRecord) = log_matches(pattern, r)
function log_matches(pattern::Tuple, r::LogRecord)
    fields = (r.level, r.message, r._module, r.group, r.id, r.file, r.line)
    all(i -> log_field_matches(fields[i], pattern[i]), 1:length(pattern))
end
log_field_matches(a, b) = a == b
log_field_matches(a, r::Regex) = occursin(r, a)
log_field_matches(a::Symbol, r::Regex) = occursin(r, String(a))
log_field_matches(a::LogLevel, b::Symbol) = a == level_of(b)
log_field_matches(a, ::Ignored) = true
function level_of(s::Symbol)
    levels = (belowminlevel=Logging.BelowMinLevel, debug=Logging.Debug, info=Logging.Info, warn=Logging.Warn, error=Logging.Error, abovemaxlevel=Logging.AboveMaxLevel)
    haskey(levels, s) || throw(ArgumentError(string("Unknown log level ", s)))
    levels[s]
end

"""
    @test_deprecated [pattern] expression

Check that `expression` logs a warning that it is deprecated, when such warnings are on. The
value is that of `expression`.
"""
macro test_deprecated(exs...)
    1 <= length(exs) <= 2 || throw(ArgumentError("`@test_deprecated` expects one or two arguments.\nUsage: `@test_deprecated [pattern] expr_to_run`"))
    pattern = length(exs) == 1 ? r"deprecated"i : esc(exs[1])
    src, text = QuoteNode(__source__), Expr(:inert, exs[end])
    code = :(check_deprecated(() -> $(esc(exs[end])), $text, $src, $pattern))
    at_source(code, __source__)
end
function check_deprecated(f, orig_expr, source, pattern)
    Base.JLOptions().depwarn == 0 && return f()
    check_logs(f, orig_expr, source, (:warn, pattern, Ignored(), :depwarn); match_mode=:any)
end
