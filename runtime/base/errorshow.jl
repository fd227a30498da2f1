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
function showerror(io::IO, ex::IOError)
    print(io, "IOError: ", ex.msg)
    ex.code == UV_ENOENT && '~' in ex.msg && print(io, "\nMany shells expand '~' to the home directory in unquoted strings. ",
        "To replicate this behavior, call `expanduser` to expand the '~' character to the user’s home directory.")
    nothing
end

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
    invoked = args isa Type # types stand for the arguments
    types = invoked ? Any[rewrap_unionall(p, args) for p in unwrap_unionall(args).parameters] : Any[map(typeof_arg, args)...]
    kws = nothing
    if f === Core.kwcall && !invoked && length(args) >= 2 && args[1] isa NamedTuple
        kws, f, args = args[1], args[2], args[3:end]
        types = types[3:end]
        ex = MethodError(f, args, ex.world)
    end
    calls = invoked ? args : Tuple{types...}
    keywords = kws === nothing ? () : kws
    newest = get_world_counter()
    known = method_which(f, calls, newest) !== nothing
    known || invoked || !method_ambiguous(f, args) || return showerror_ambiguous(io, f, args, types, kws)
    print(io, "MethodError: ")
    if f === convert && length(types) == 2 && !invoked
        show_convert_error(io, args[1], types[2])
    elseif f isa Type && isabstracttype(f) && isempty_methods(f)
        print(io, "no constructors have been defined for ", f)
    elseif !(f isa Function) && !(f isa Type) && !has_call_methods(f)
        print(io, "objects of type ", typeof(f), " are not callable")
    else
        print(io, "no method matching ", invoked ? "invoke " : "")
        print(io, type_limited_string_from_context(io, string(callee_name(f), sprint(show_signature, calls, kws; context=io))))
    end
    hint_at_dots(io, f, types)
    f isa AbstractArray && print(io, "\nUse square brackets [] for indexing an Array.")
    hint_at_shadowed(io, f, calls)
    thrown = ex.world == typemax(UInt) # by hand
    if thrown || method_which(f, calls, ex.world) !== nothing
        isempty(keywords) || print(io, "\nThis method does not support all of the given keyword arguments (and may not support any).")
        (thrown || isempty(keywords)) &&
            print(io, "\nThis error has been manually thrown, explicitly, so the method may exist but be intentionally marked as unimplemented.")
    elseif known
        print(io, "\nThe applicable method may be too new: running in world age ", ex.world, ", while current world is ", newest, ".")
    elseif f isa Type
        print(io, "\nThe type `", f, "` exists, but no method is defined for this combination of argument types when trying to construct it.")
    elseif f isa Function
        print(io, "\nThe ", startswith(string(nameof(f)), '#') ? "anonymous " : "", "function `", f, "` exists, but no method is defined for this combination of argument types.")
    else
        print(io, "\nThe object of type `", typeof(f), "` exists, but no method is defined for this combination of argument types when trying to treat it as a callable object.")
    end
    invoked || !isempty(keywords) || hint_at_rows(io, f, types, args)
    Experimental.show_error_hints(io, ex, types, keywords)
    show_method_candidates(io, ex, pairs(keywords))
    nothing
end

# What cannot be converted to what; where both are of one type with parameters, those that differ stand out.
function show_convert_error(io::IO, T, S)
    T isa Type || return print(io, "First argument to `convert` must be a Type, got ", T)
    line = T isa DataType && S isa DataType && T.name !== S.name ? "" : "\n  "
    print(io, "Cannot `convert` an object of type ", line)
    print_with_compare(io, S, T, :light_green)
    print(io, " to an object of type ", line)
    print_with_compare(io, T, S, :light_red)
end
function print_with_compare(io::IO, a::DataType, b::DataType, color::Symbol)
    a.name === b.name || return printstyled(io, a; color=color)
    print(io, a.name.wrapper)
    n = length(a.parameters)
    n == 0 && return nothing
    for i in 1:n
        print(io, i == 1 ? '{' : ',')
        i > length(b.parameters) ? printstyled(io, a.parameters[i]; color=color) : print_with_compare(io, a.parameters[i], b.parameters[i], color)
    end
    print(io, '}')
end
print_with_compare(io::IO, a, b, color::Symbol) = a === b ? print(io, a) : printstyled(io, a; color=color)

function showerror_ambiguous(io::IO, f, args, types, kws)
    print(io, "MethodError: ", callee_name(f))
    show_signature(io, Tuple{types...}, kws)
    print(io, " is ambiguous.\n\nCandidates:")
    show_candidates_of_ambiguity(io, f, args)
end

typeof_arg(x) = typeof(x)
typeof_arg(x::Type) = Type{x}

# Arguments by their types, which are those of a tuple type.
function show_signature(io::IO, types, kws)
    print(io, '(')
    for (i, T) in enumerate(unwrap_unionall(types).parameters)
        print(io, i > 1 ? ", " : "", "::", T)
    end
    if kws !== nothing && !isempty(kws)
        print(io, "; ")
        for (i, k) in enumerate(keys(kws))
            print(io, i > 1 ? ", " : "", k, "::", typeof(kws[i]))
        end
    end
    print(io, ')')
    print(io, where_text(types))
end
# The variables of a signature, " where {T, S}"; "" if there are none.
function where_text(sig)
    vars = TypeVar[]
    while sig isa UnionAll
        push!(vars, sig.var)
        sig = sig.body
    end
    isempty(vars) ? "" : string(" where ", length(vars) == 1 ? string(vars[1]) : string('{', join(vars, ", "), '}'))
end

callee_name(f::Function) = f isa Core.Builtin || is_named_global(f) ? string(nameof(f)) : string("(::", closure_type_text(f), ")")
callee_name(f::Type) = string(f)
callee_name(f) = string("(::", typeof(f), ")")

function show_candidates_of_ambiguity(io::IO, f, args)
    ms = methods_including_ambiguous(f, Tuple{map(Core.Typeof, args)...})
    lesser(m) = any(o -> o !== m && morespecific(o, m), ms)
    for m in sort(collect(ms); by=m -> (lesser(m), -Int(m.primary_world)))
        text, place = rsplit(string(m), " @ "; limit=2)
        print(io, "\n  ", text, "\n    @ ", place)
    end
    fix = ambiguity_fix(f, args)
    isempty(fix) || print(io, "\n\nPossible fix, define\n  ", fix)
    print(io, "\n")
    nothing
end

"""
    Base.show_method_candidates(io, e::MethodError, kwargs=())

Write the methods that come nearest to the call that failed.
"""
function show_method_candidates(io::IO, e::MethodError, kwargs=())
    types = e.args isa Type ? unwrap_unionall(e.args).parameters : map(typeof_arg, e.args)
    list = closest_methods(e.f, (types...,), min(e.world, get_world_counter()))   # (text, method, marked)
    filter!(c -> !is_shortcut(c[2]), list)
    isempty(list) && return nothing
    given = map(first, collect(pairs(values(kwargs))))
    colored = get(io, :color, false)
    start = colored ? text_colors[:normal] : ""
    print(io, "\n\n", start, "Closest candidates are:")
    for (n, (text, method, marked)) in enumerate(list)
        if n > 3
            print(io, "\n", start, "  ...")
            break
        end
        isempty(marked) || (text = type_string_filled(text, marked...))
        text = replace(text, '\x01' => colored ? text_colors[error_color()] : "!Matched", '\x02' => colored ? "\e[39m" : "")
        print(io, "\n", start, "  ", text)
        show_unsupported_keywords(io, method.kwnames, given)
        print(io, "\n", start)
        file, line = method_place(method)
        print_module_path_file(io, outermost_module(method.module), string(file), line; modulecolor=colored ? module_color(method.module) : :default, digit_align_width=3)
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

"The colour of errors, of warnings, and of information in the terminal."
error_color() = :light_red
warn_color() = :yellow
info_color() = :cyan

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
