# Logging: log messages and loggers.

"""
    Logging

Loggers, levels, and the macros `@debug`, `@info`, `@warn`, `@error`, `@logmsg`.
"""
module Logging

using Base.CoreLogging: CoreLogging, AbstractLogger, LogLevel, NullLogger, SimpleLogger, ConsoleLogger, Debug, Info, Warn, Error, BelowMinLevel, AboveMaxLevel,
    handle_message, shouldlog, min_enabled_level, catch_exceptions, current_logger, with_logger, global_logger, disable_logging,
    @debug, @info, @warn, @error, @logmsg, default_metafmt, default_logcolor, showvalue
import Base.CoreLogging: handle_message, shouldlog, min_enabled_level, catch_exceptions

export AbstractLogger, LogLevel, NullLogger, SimpleLogger, ConsoleLogger, Debug, Info, Warn, Error, BelowMinLevel, AboveMaxLevel,
    @debug, @info, @warn, @error, @logmsg, with_logger, current_logger, global_logger, disable_logging

end
