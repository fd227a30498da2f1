# What the keyword `cancel` of functions that wait takes.

"""
    CancellationToken(source)

What code under a cancellation source is given: it can ask whether it is cancelled
(`iscancelled`) and be stopped, but not cancel. It holds for a computation when it is
the value of `CANCEL_TOKEN` in its scope.
"""
struct CancellationToken
    source::CancellationTokenSource
end

"The default of the keyword `cancel`: the token of the scope."
struct DefaultCancel end
const DEFAULT_CANCEL = DefaultCancel()
const CancelTokenArg = Union{DefaultCancel,Nothing,CancellationToken}
