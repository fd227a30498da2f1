# What Base has of module CoreLogging.

const var"@debug" = CoreLogging.var"@debug"
const var"@info" = CoreLogging.var"@info"
const var"@warn" = CoreLogging.var"@warn"
const var"@error" = CoreLogging.var"@error"
const var"@logmsg" = CoreLogging.var"@logmsg"
const with_logger = CoreLogging.with_logger
const current_logger = CoreLogging.current_logger
const global_logger = CoreLogging.global_logger

# A handler that was to say more about an exception failed itself.
function report_failed_hint(handler, ex, err)
    @error string("Hint-handler ", handler, " for ", typeof(ex), " in ", parentmodule(handler), " caused an error") exception = (err, catch_backtrace())
end
