# Exceptions as text: showerror, stack traces, hints.

"""
    showerror(io, e[, backtrace])

Write what exception `e` says, and where it happened.
"""
showerror(io::IO, ex) = show(io, ex)
function showerror(io::IO, ex, bt; backtrace=true)
    showerror(io, ex)
    backtrace && show_backtrace(io, bt)
    nothing
end

showerror(io::IO, ex::ErrorException) = print(io, ex.msg)
showerror(io::IO, ex::ArgumentError) = print(io, "ArgumentError: ", ex.msg)
showerror(io::IO, ex::AssertionError) = print(io, "AssertionError: ", ex.msg)
showerror(io::IO, ex::OverflowError) = print(io, "OverflowError: ", ex.msg)
showerror(io::IO, ex::DimensionMismatch) = print(io, "DimensionMismatch", isempty(ex.msg) ? "" : ": ", ex.msg)
showerror(io::IO, ::DivideError) = print(io, "DivideError: integer division error")
showerror(io::IO, ::ReadOnlyMemoryError) = print(io, "ReadOnlyMemoryError()")
showerror(io::IO, ::StackOverflowError) = print(io, "StackOverflowError:")
showerror(io::IO, ::OutOfMemoryError) = print(io, "OutOfMemoryError()")
showerror(io::IO, ::UndefRefError) = print(io, "UndefRefError: access to undefined reference")
showerror(io::IO, ::EOFError) = print(io, "EOFError: read end of file")
showerror(io::IO, ::InterruptException) = print(io, "InterruptException:")
showerror(io::IO, ex::LoadError) = showerror(io, ex, nothing; backtrace=false)
function showerror(io::IO, ex::LoadError, bt; backtrace=true)
    print(io, "LoadError: ")
    showerror(io, ex.error, bt; backtrace=backtrace)
    print(io, "\nin expression starting at ", ex.file, ":", ex.line)
end
function showerror(io::IO, ex::InitError, bt; backtrace=true)
    print(io, "InitError: ")
    showerror(io, ex.error, bt; backtrace=backtrace)
    print(io, "\nduring initialization of module ", ex.mod)
end
showerror(io::IO, ex::InitError) = showerror(io, ex, nothing; backtrace=false)
showerror(io::IO, ex::KeyError) = (print(io, "KeyError: key "); show(io, ex.key); print(io, " not found"); Experimental.show_error_hints(io, ex))
showerror(io::IO, ex::InexactError) = (print(io, "InexactError: ", ex.func, '('); nameof_type(io, ex); print(io, ')'); Experimental.show_error_hints(io, ex))
showerror(io::IO, ex::UndefKeywordError) = print(io, "UndefKeywordError: keyword argument `", ex.var, "` not assigned")
showerror(io::IO, ex::StringIndexError) = showerror_stringindex(io, ex)
function showerror(io::IO, ex::SystemError)
    print(io, "SystemError", ex.extrainfo === nothing ? "" : string(" (with ", ex.extrainfo, ")"), ": ", ex.prefix)
    print(io, ": ", Libc.strerror(ex.errnum))
end
showerror(io::IO, ex::IOError) = print(io, "IOError: ", ex.msg)

function nameof_type(io::IO, ex::InexactError)
    ex.func === nameof_or_symbol(ex.T) || (show(io, ex.T); print(io, ", "))
    show(io, ex.val)
end
nameof_or_symbol(T::DataType) = nameof(T)
nameof_or_symbol(T) = Symbol(string(T))

function showerror_stringindex(io::IO, ex::StringIndexError)
    s = ex.string
    print(io, "StringIndexError: ", "invalid index [", ex.index, "]")
    if firstindex(s) <= ex.index <= ncodeunits(s)
        i = thisind(s, ex.index)
        n = nextind(s, i)
        near(k) = (print(io, '[', k, "]=>'", escape_string(string(s[k])), '\''); nothing)
        print(io, n <= ncodeunits(s) ? ", valid nearby indices " : ", valid nearby index ")
        near(i)
        n <= ncodeunits(s) && (print(io, ", "); near(n))
    end
end

function showerror(io::IO, ex::DomainError)
    if isa(ex.val, AbstractArray)
        print(IOContext(io, :compact => get(io, :compact, true), :limit => get(io, :limit, true)), "DomainError with ", ex.val)
    else
        print(io, "DomainError with ", ex.val)
    end
    if isdefined(ex, :msg) && ex.msg != "" && ex.msg !== nothing
        print(io, ":\n", ex.msg)
    end
    Experimental.show_error_hints(io, ex)
    nothing
end

function showerror(io::IO, ex::BoundsError)
    print(io, "BoundsError")
    if isdefined(ex, :a)
        print(io, ": attempt to access ")
        summary_of_accessed(io, ex.a)
        if isdefined(ex, :i)
            print(io, " at index [")
            i = ex.i
            if i isa Tuple
                for k in 1:length(i)
                    k > 1 && print(io, ", ")
                    show_index(io, i[k])
                end
            else
                show_index(io, i)
            end
            print(io, ']')
        end
    end
    Experimental.show_error_hints(io, ex)
    nothing
end
summary_of_accessed(io::IO, a) = summary(io, a)
summary_of_accessed(io::IO, a::AbstractString) = summary(io, a)
summary_of_accessed(io::IO, a::Tuple) = (show_tuple_summary(io, a))
show_tuple_summary(io, a) = print(io, typeof(a))
show_index(io::IO, x) = show(io, x)
show_index(io::IO, x::Colon) = print(io, ":")
show_index(io::IO, x::Slice) = show_index(io, x.indices)
show_index(io::IO, x::OneTo) = print(io, "1:", x.stop)
show_index(io::IO, x::LogicalIndex) = summary(io, x.mask)
show_index(io::IO, x::UnitRange) = print(io, first(x), ":", last(x))

function showerror(io::IO, ex::TypeError)
    print(io, "TypeError: ")
    if ex.expected === Bool
        print(io, "non-boolean (", typeof(ex.got), ") used in boolean context")
        return Experimental.show_error_hints(io, ex)
    end
    got = ex.got isa Type ? string("Type{", ex.got, "}") : isvarargtype(ex.got) ? string(ex.got) : string("a value of type ", typeof(ex.got))
    if ex.func === :typeassert || ex.context == ""
        ctx = "in $(ex.func)"
    elseif ex.func === Symbol("keyword argument")
        ctx = "in keyword argument $(ex.context)"
    else
        ctx = "in $(ex.func), in $(ex.context)"
    end
    print(io, ctx, ", expected ", ex.expected, ", got ", got)
    Experimental.show_error_hints(io, ex)
end

function showerror(io::IO, ex::UndefVarError)
    print(io, "UndefVarError: `", ex.var, "` not defined")
    scope = isdefined(ex, :scope) ? ex.scope : nothing
    if scope isa Module
        print(io, " in `", scope, '`')
    elseif scope === :static_parameter
        print(io, " in static parameter matching")
    elseif scope === :local
        print(io, " in local scope")
    end
    Experimental.show_error_hints(io, ex)
    nothing
end

function showerror(io::IO, ex::FieldError)
    print(io, "FieldError: type ", nameof(ex.type), " has no field `", ex.field, "`")
    Experimental.show_error_hints(io, ex)
    nothing
end

# Whether the objects of f's type can be called; a type's own methods are its constructors.
has_call_methods(f) = any(m -> !(unwrap_unionall(unwrap_unionall(m.sig).parameters[1]) <: Type), type_methods(f))

function showerror(io::IO, ex::MethodError)
    f = ex.f
    args = ex.args
    invoked = ""
    if args isa Type # types stand for the arguments
        types, args = (unwrap_unionall(args).parameters...,), ()
        invoked = "invoke "
    else
        types = map(typeof_arg, args)
    end
    if f === Core.kwcall && length(args) >= 2
        kws = args[1]
        f = args[2]
        args = args[3:end]
        types = types[3:end]
    else
        kws = nothing
    end
    print(io, "MethodError: ")
    if f === convert && length(args) == 2 && args[1] isa Type
        print(io, "Cannot `convert` an object of type ", types[2], " to an object of type ", args[1])
    elseif f isa Type && isabstracttype(f) && isempty_methods(f)
        print(io, "no constructors have been defined for ", f)
        return
    elseif !(f isa Function) && !(f isa Type) && !has_call_methods(f)
        print(io, "objects of type ", typeof(f), " are not callable")
        f isa AbstractArray && print(io, "\nUse square brackets [] for indexing an Array.")
    elseif method_ambiguous(f, args)
        print(io, callee_name(f))
        show_signature(io, types, kws)
        print(io, " is ambiguous.\n\nCandidates:")
        show_candidates_of_ambiguity(io, f, args)
        return
    else
        print(io, "no method matching ", invoked, callee_name(f))
        show_signature(io, types, kws)
    end
    keywords = kws === nothing ? () : kws
    hint_at_dots(io, f, types)
    hint_at_shadowed(io, f, types)
    newest = get_world_counter()
    world = ex.world == typemax(UInt) ? newest : ex.world
    exists = method_which(f, Tuple{types...}, world) !== nothing
    if exists && kws !== nothing && !isempty(kws)
        print(io, "\nThis method does not support all of the given keyword arguments (and may not support any).")
    elseif !exists && method_which(f, Tuple{types...}, newest) !== nothing
        print(io, "\nThe applicable method may be too new: running in world age ", ex.world, ", while current world is ", newest, ".")
    elseif exists
        print(io, "\nThis error has been manually thrown, explicitly, so the method may exist but be intentionally marked as unimplemented.")
    elseif f isa Type
        print(io, "\nThe type `", f, "` exists, but no method is defined for this combination of argument types when trying to construct it.")
    elseif f isa Function
        print(io, "\nThe ", startswith(string(nameof(f)), '#') ? "anonymous " : "", "function `", f, "` exists, but no method is defined for this combination of argument types.")
    else
        print(io, "\nThe object of type `", typeof(f), "` exists, but no method is defined for this combination of argument types when trying to treat it as a callable object.")
    end
    hint_at_rows(io, f, types, args)
    Experimental.show_error_hints(io, kws === nothing ? ex : MethodError(f, args, ex.world), Any[types...], keywords)
    show_closest_candidates(io, f, types, world, keys(keywords))
    nothing
end

typeof_arg(x) = typeof(x)
typeof_arg(x::Type) = Type{x}

function show_signature(io::IO, types, kws)
    print(io, '(')
    for i in 1:length(types)
        i > 1 && print(io, ", ")
        print(io, "::", types[i])
    end
    if kws !== nothing
        print(io, "; ")
        ks = keys(kws)
        for i in 1:length(ks)
            i > 1 && print(io, ", ")
            print(io, ks[i], "::", typeof(kws[i]))
        end
    end
    print(io, ')')
end

callee_name(f::Function) = f isa Core.Builtin || is_named_global(f) ? string(nameof(f)) : string("(::", typeof(f), ")")
callee_name(f::Type) = string(f)
callee_name(f) = string("(::", typeof(f), ")")

function show_candidates_of_ambiguity(io::IO, f, args)
    for (text, place) in ambiguous_methods(f, args)
        print(io, "\n  ", text, "\n    @ ", place)
    end
    fix = ambiguity_fix(f, args)
    isempty(fix) || print(io, "\n\nPossible fix, define\n  ", fix)
    print(io, "\n")
    nothing
end

function show_closest_candidates(io::IO, f, types, world, keywords=())
    list = closest_methods(f, (types...,), world)   # (text, place, method)
    isempty(list) && return nothing
    colored = get(io, :color, false)
    start = colored ? text_colors[:normal] : ""
    print(io, "\n\n", start, "Closest candidates are:")
    n = 0
    for (text, place, method) in list
        n += 1
        if n > 3
            print(io, "\n", start, "  ...")
            break
        end
        text = replace(text, '\x01' => colored ? text_colors[error_color()] : "!Matched", '\x02' => colored ? "\e[39m" : "")
        print(io, "\n", start, "  ", text)
        show_unsupported_keywords(io, method.kwnames, keywords)
        print(io, "\n", start, "   @ ", place)
    end
    print(io, "\n")
    nothing
end

# Which of the keywords given are not among those of a method.
function show_unsupported_keywords(io::IO, known, given)
    any(k -> endswith(string(k), "..."), known) && return nothing
    extra = [string(k) for k in given if !(k in known)]
    isempty(extra) && return nothing
    with_output_color(print, error_color(), io, " got unsupported keyword argument", length(extra) > 1 ? "s" : "", " \"", join(extra, "\", \""), "\"")
    nothing
end

"""
    Base.show_method_candidates(io, e::MethodError, kwargs=())

Write the methods that come nearest to the call that failed.
"""
function show_method_candidates(io::IO, e::MethodError, kwargs=())
    types = e.args isa Type ? unwrap_unionall(e.args).parameters : map(typeof_arg, e.args)
    world = e.world == typemax(UInt) ? get_world_counter() : e.world
    show_closest_candidates(io, e.f, types, world, map(first, collect(pairs(values(kwargs)))))
end

## stack traces

"Holds a function that may change a trace before it is shown: a list of `(frame, times)`."
const update_stackframes_callback = Ref{Function}(identity)

function show_backtrace(io::IO, bt)
    frames = bt isa Vector && !isempty(bt) && bt[1] isa Tuple ? StackFrame[f for (f, n) in bt for _ in 1:n] : stacktrace(bt)
    if update_stackframes_callback[] !== identity
        counted = Any[(f, 1) for f in frames]
        invokelatest(update_stackframes_callback[], counted)
        frames = StackFrame[f for (f, _) in counted]
    end
    isempty(frames) && return nothing
    print(io, "\nStacktrace:")
    show_frames(io, frames)
end

function show_frames(io::IO, frames)
    n = length(frames)
    width = ndigits(n)
    i = 1
    while i <= n
        len, times = repetition(frames, i)
        for k in i:i+len-1
            println(io)
            show_frame(io, frames[k], k, width)
        end
        # recursion is told once
        if times > 1
            print(io, "\n", " "^(width + 2), "--- the above ", len == 1 ? "line is" : string(len, " lines are"), " repeated ", times - 1,
                " more time", times > 2 ? "s" : "", " ---")
        end
        i += len * times
    end
    nothing
end

function show_frame(io::IO, f, i, width)
    print(io, ' ', lpad(string('[', i, ']'), width + 2), ' ')
    print_bold(io, f.signature)
    println(io)
    print(io, ' '^(width + 2), "@ ")
    f.mod === nothing || f.signature == "top-level scope" || print(io, f.mod, ' ')
    print_grey(io, string(f.file, f.line > 0 ? string(':', f.line) : ""))
end

# The frames at i.. that stand there several times in a row, and how often; they are told once
# where that saves at least three lines.
function repetition(frames, i)
    n = length(frames)
    for len in 1:min(10, (n - i + 1) ÷ 2)
        same_frame(frames[i], frames[i + len]) || continue
        times = 1
        while i + (times + 1) * len - 1 <= n && all(k -> same_frame(frames[i + k], frames[i + times * len + k]), 0:len-1)
            times += 1
        end
        (times - 1) * len >= 3 && return len, times
    end
    1, 1
end

# The types of the arguments are known of the innermost frames only.
same_frame(a, b) = a == b && (a.signature == b.signature || !occursin("::", b.signature))

"The colour of errors, of warnings, and of information in the terminal."
error_color() = :light_red
warn_color() = :yellow
info_color() = :cyan

print_bold(io::IO, s) = get(io, :color, false) ? print(io, "\e[1m", s, "\e[22m") : print(io, s)
print_grey(io::IO, s) = get(io, :color, false) ? print(io, "\e[90m", s, "\e[39m") : print(io, s)
emphasize_error(io::IO, s) = get(io, :color, false) ? print(io, "\e[91m\e[1m", s, "\e[22m\e[39m") : print(io, s)

"""
    display_error(io, stack)

Write `ERROR: ` and the exceptions of a stack (as `current_exceptions` gives it),
each with its stack trace, the newest first.
"""
function display_error(io::IO, stack)
    show_exception_stack(io, "ERROR: ", stack)
    println(io)
end
display_error(io::IO, e, bt) = (emphasize_error(io, "ERROR: "); showerror(io, e, bt); println(io))

show_exception_stack(io::IO, stack) = show_exception_stack(io, "", stack)
function show_exception_stack(io::IO, prefix, stack)
    n = length(stack)
    for i in n:-1:1
        item = stack[i]
        item isa Tuple && (item = (exception=item[1], backtrace=item[2]))
        if i < n
            print(io, "\n\ncaused by: ")
        elseif prefix != ""
            emphasize_error(io, prefix)
        end
        if item.backtrace === nothing
            showerror(io, item.exception)
        else
            showerror(io, item.exception, item.backtrace)
        end
    end
    nothing
end

"""
    current_exceptions([task])

The exceptions being handled, oldest first, as `(exception=…, backtrace=…)`.
"""
function current_exceptions(t::Task=current_task(); backtrace=true)
    t === current_task() || istaskdone(t) ||
        error("Inspecting the exception stack of a task which might be running concurrently isn't allowed.")
    raw = task_exceptions(t)    # exception, backtrace, exception, backtrace ...
    ExceptionStack(Any[(exception=raw[i], backtrace=raw[i + 1]) for i in 1:2:length(raw)])
end

"""
    catch_backtrace()

The backtrace of the exception that is being handled.
"""
function catch_backtrace()
    raw = task_exceptions(task_current())
    isempty(raw) ? StackTraces.StackFrame[] : raw[end]
end

struct ExceptionStack <: AbstractVector{Any}
    stack::Vector{Any}
end
size(s::ExceptionStack) = size(s.stack)
getindex(s::ExceptionStack, i::Int) = s.stack[i]
length(s::ExceptionStack) = length(s.stack)
lastindex(s::ExceptionStack) = length(s.stack)
function show(io::IO, ::MIME"text/plain", s::ExceptionStack)
    print(io, length(s), "-element ExceptionStack")
    isempty(s.stack) || print(io, ":\n")
    show_exception_stack(io, "", s)
end
showerror(io::IO, ex::MissingException) = print(io, "MissingException: ", ex.msg)
