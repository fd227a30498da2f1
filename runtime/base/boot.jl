# Core: the exception types and macros that everything else needs. Loaded into
# module Core.

## exceptions that Go code throws by name

"An error with a message; what `error(msg)` throws."
struct ErrorException <: Exception
    msg::AbstractString
end
"An argument of a function is not what it must be."
struct ArgumentError <: Exception
    msg::AbstractString
end
"An index outside of an array or another collection."
struct BoundsError <: Exception
    a::Any
    i::Any
    BoundsError() = new()
    BoundsError(a) = new(a)
    BoundsError(a, i) = new(a, i)
end
"A value is not of the type that it must have."
struct TypeError <: Exception
    func::Symbol
    context::Any
    expected::Any
    got::Any
    TypeError(func, context, expected, got) = new(Symbol(func), context, expected, got)
    TypeError(func, expected, got) = new(Symbol(func), "", expected, got)
end
"A variable has no value."
struct UndefVarError <: Exception
    var::Symbol
    world::UInt
    scope::Any
    UndefVarError(var::Symbol) = new(var, UInt(0))
    UndefVarError(var::Symbol, scope) = new(var, UInt(0), scope)
end
"A required keyword argument was not given."
struct UndefKeywordError <: Exception
    var::Symbol
end
"A field or an element has no value."
struct UndefRefError <: Exception end
"Integer division by zero."
struct DivideError <: Exception end
"The argument is outside of what the function is defined for."
struct DomainError <: Exception
    val::Any
    msg::Any
    DomainError(val) = new(val)
    DomainError(val, msg) = new(val, msg)
end
"A conversion that would change the value."
struct InexactError <: Exception
    func::Symbol
    T::Any
    val::Any
    InexactError(f::Symbol, T, val) = new(f, T, val)
end
"A result does not fit its type."
struct OverflowError <: Exception
    msg::AbstractString
end
"No method of a function takes these arguments."
struct MethodError <: Exception
    f::Any
    args::Any
    world::UInt
    MethodError(f, args, world::UInt) = new(f, args, world)
    MethodError(f, args) = new(f, args, typemax_world())
end
typemax_world() = 0xffffffffffffffff
"An assertion did not hold."
struct AssertionError <: Exception
    msg::AbstractString
    AssertionError() = new("")
    AssertionError(msg) = new(msg)
end
"Calls are nested too deeply."
struct StackOverflowError <: Exception end
"There is no memory left."
struct OutOfMemoryError <: Exception end
"A write to memory that may only be read."
struct ReadOnlyMemoryError <: Exception end
"The user stopped the program."
struct InterruptException <: Exception end
"A rule of tasks, locks or atomic fields was broken, for example `wait` on the current task."
struct ConcurrencyViolationError <: Exception
    msg::AbstractString
end
"There is no such field."
struct FieldError <: Exception
    type::DataType
    field::Symbol
end
"Failure of a statement at load."
struct LoadError <: Exception
    file::AbstractString
    line::Int
    error::Any
end
"Failure when a module initialised itself."
struct InitError <: Exception
    mod::Symbol
    error::Any
end

"""
    Core.@latestworld

At top level, let what follows in the same statement see all methods and constants that
there are by then. Elsewhere it is a syntax error: a function stays in its world.
"""
macro latestworld()
    Expr(:latestworld)
end
