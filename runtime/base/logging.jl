# Log messages: the macros, and what becomes of them.

module CoreLogging

using ..Base: symbol_string, symbol_from_string, string_concat, string_rfind, string_sizeof, string_range, string_prevind, string_thisind

export AbstractLogger, LogLevel, NullLogger, SimpleLogger, ConsoleLogger, Debug, Info, Warn, Error, BelowMinLevel, AboveMaxLevel,
    handle_message, shouldlog, min_enabled_level, catch_exceptions, current_logger, with_logger, global_logger, disable_logging,
    @debug, @info, @warn, @error, @logmsg

end
