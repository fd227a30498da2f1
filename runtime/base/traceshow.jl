# Stack traces as text: what is left out, how repeated calls are told, colours.

"Holds a function that may change a trace before it is shown: a list of `(frame, times)`."
const update_stackframes_callback = Ref{Function}(identity)

"The colours that modules take in traces, one after the other."
const STACKTRACE_MODULECOLORS = Iterators.Stateful(Iterators.cycle([:magenta, :cyan, :green, :yellow]))
"The colours that modules have in traces."
const STACKTRACE_FIXEDCOLORS = IdDict{Module,Symbol}(Base => :light_black, Core => :light_black)

# What the environment says of traces: whether the home folder is written `~`, whether there are empty lines.
stacktrace_contract_userdir() = get_bool_env("JULIA_STACKTRACE_CONTRACT_HOMEDIR", true) === true
stacktrace_linebreaks() = get_bool_env("JULIA_STACKTRACE_LINEBREAKS", false) === true

# Longer traces tell cycles of calls once.
const BIG_STACKTRACE_SIZE = 50

"""
    Base.show_backtrace(io, trace)

Write a trace: what `backtrace`, `catch_backtrace` or `stacktrace` gave, or a list of `(frame, times)`.
"""
function show_backtrace(io::IO, trace)
    frames = trace isa Vector && !isempty(trace) && trace[1] isa Tuple ? Vector{Any}(trace) : process_backtrace(trace)
    isempty(frames) && return nothing
    length(frames) > BIG_STACKTRACE_SIZE && return show_reduced_backtrace(io, frames)
    shown_frames(frames)
    show_full_backtrace(io, frames; print_linebreaks=stacktrace_linebreaks())
end

# The callback's turn; what it fails with is no matter.
function shown_frames(frames)
    update_stackframes_callback[] === identity && return frames
    try
        invokelatest(update_stackframes_callback[], frames)
    catch
    end
    frames
end

function show_full_backtrace(io::IO, frames::Vector; print_linebreaks::Bool=false)
    print(io, "\nStacktrace:")
    width = ndigits(length(frames))
    for (i, (frame, n)) in enumerate(frames)
        print(io, print_linebreaks && i > 1 ? "\n\n" : "\n")
        print_stackframe(io, i, frame, n, width)
    end
end

# A cycle of calls is shown once, with how often it comes again.
function show_reduced_backtrace(io::IO, frames::Vector)
    shown, again = Any[], Dict{Int,Tuple{Int,Int}}()
    numbers = Int[]
    i = 1
    while i <= length(frames)
        len, times = repeated_cycle(frames, i)
        for k in i:i+len-1
            push!(shown, frames[k])
            push!(numbers, k)
        end
        times > 0 && (again[length(shown)] = (len, times))
        i += len * (times + 1)
    end
    shown_frames(shown)
    print(io, "\nStacktrace:")
    width = ndigits(length(frames))
    for (k, (frame, n)) in enumerate(shown)
        println(io)
        print_stackframe(io, get(numbers, k, k), frame, n, width)
        haskey(again, k) || continue
        len, times = again[k]
        println(io)
        printstyled(io, "--- the above ", len, " lines are repeated ", times, " more time", times > 1 ? "s" : "", " ---"; color=:light_black)
    end
end

# How many frames from i on come again right behind, and how often.
function repeated_cycle(frames, i)
    n = length(frames)
    for len in 2:min(20, (n - i + 1) ÷ 2)
        frames[i] == frames[i + len] || continue
        times = 0
        while i + (times + 2) * len - 1 <= n && all(k -> frames[i + k] == frames[i + (times + 1) * len + k], 0:len-1)
            times += 1
        end
        times > 0 && return len, times
    end
    1, 0
end

"""
    Base.process_backtrace(trace, limit=typemax(Int); skipC=true)

The frames of a trace that are shown, as a list of `(frame, times)`: recursion is told once, and the
methods that only fill in default arguments are left out.
"""
function process_backtrace(trace, limit::Int=typemax(Int); skipC::Bool=true)
    out = Any[]
    count = 0
    for frame in stacktrace(trace)
        frame === StackTraces.UNKNOWN || skipC && frame.from_c && continue
        (count += 1) > limit && break
        if !isempty(out) && same_call(out[end][1], frame)
            out[end] = (out[end][1], out[end][2] + 1)
        else
            push!(out, (frame, 1))
        end
    end
    kept = trues(length(out))
    for i in 2:length(out)
        fills_in(out[i][1], out[i-1][1]) && (kept[i] = false)
    end
    out[kept]
end

# The types of the arguments are known of the innermost frames only.
same_call(a, b) = a == b && frame_method(a) === frame_method(b) && (a.signature == b.signature || !occursin("::", b.signature))

frame_method(f) = f.linfo isa MethodInstance ? f.linfo.def : nothing

# Whether a frame is that of a method which calls the one inside it with default arguments or keywords.
function fills_in(frame, inner)
    frame.file === inner.file && frame.line == inner.line || return false
    m, last = frame_method(frame), frame_method(inner)
    m isa Method && last isa Method || return false
    own, given = unwrap_unionall(m.sig).parameters, unwrap_unionall(last.sig).parameters
    at = findfirst(in((Symbol("#f#"), Symbol("#obj#"), Symbol("#ctor-self#"))), last.argnames)
    if at !== nothing && at > 1 # a body that takes keywords: the function stands behind them
        return given[at+1:end] == own[2:end] && callee(frame) == callee(inner)
    end
    length(given) > length(own) && given[1:length(own)] == own[1:end]
end

callee(f) = first(eachsplit(f.signature, '('))

# The outermost module around a module but Main.
function outermost_module(m::Module)
    while parentmodule(m) !== m && parentmodule(m) !== Main
        m = parentmodule(m)
    end
    m
end
module_color(m::Module) = get!(() -> popfirst!(STACKTRACE_MODULECOLORS), STACKTRACE_FIXEDCOLORS, outermost_module(m))

function print_stackframe(io, i, frame, n::Int, width)
    print(io, ' ', lpad(string('[', i, ']'), width + 2), ' ')
    print_call(io, type_limited_string_from_context(io, frame.signature))
    n > 1 && printstyled(io, " (repeats ", n, " times)"; color=warn_color(), bold=true)
    println(io)
    m = frame.signature == "top-level scope" ? nothing : parentmodule(frame)
    print_module_path_file(io, m, string(frame.file), frame.line; modulecolor=m === nothing ? :default : get(io, :color, false) ? module_color(m) : :default, digit_align_width=width + 2)
    frame.inlined && printstyled(io, " [inlined]"; color=:light_black)
    nothing
end

# Where something stands: @ Module path/file:line
function print_module_path_file(io, m, file, line; modulecolor=:light_black, digit_align_width=0)
    printstyled(io, ' '^digit_align_width, '@'; color=:light_black)
    if m !== nothing && modulecolor !== nothing
        print(io, ' ')
        printstyled(io, m; color=modulecolor)
    end
    stacktrace_contract_userdir() && (file = contractuser(file))
    print(io, ' ')
    dir = dirname(file)
    isempty(dir) || printstyled(io, dir, endswith(dir, '/') ? "" : "/"; color=:light_black)
    printstyled(io, basename(file), line > 0 ? string(':', line) : ""; color=:light_black, underline=true)
end

# A call in a trace, f(x::Vector{Int64}; k::Bool): the function is bold, the names of arguments and
# what stands in braces are grey.
function print_call(io, call)
    get(io, :color, false) || return print(io, call)
    i = firstindex(call)
    depth = 0
    # the function, up to the parenthesis of its arguments
    stop = nothing
    for j in eachindex(call)
        c = call[j]
        if c == '(' && depth == 0 && j > i
            stop = j
            break
        end
        c in "({" && (depth += 1)
        c in ")}" && (depth -= 1)
    end
    stop === nothing && return printstyled(io, call; bold=true)
    printstyled(io, SubString(call, i, prevind(call, stop)); bold=true)
    printstyled(io, "("; bold=true)
    rest = SubString(call, nextind(call, stop))
    closing = findlast(')', rest)
    closing === nothing && return print(io, rest)
    for (k, part) in enumerate(call_arguments(SubString(rest, 1, prevind(rest, closing))))
        print_argument(io, part)
    end
    printstyled(io, ")"; bold=true)
    print(io, SubString(rest, nextind(rest, closing)))
end
# The arguments with what separates them, which stands behind each.
function call_arguments(text)
    parts = SubString{String}[]
    depth, from = 0, firstindex(text)
    for j in eachindex(text)
        c = text[j]
        c in "({[" && (depth += 1)
        c in ")}]" && (depth -= 1)
        if depth == 0 && c == ' ' && j > from && text[prevind(text, j)] in ",;"
            push!(parts, SubString(text, from, j))
            from = nextind(text, j)
        end
    end
    from <= lastindex(text) && push!(parts, SubString(text, from))
    parts
end
function print_argument(io, part)
    at = findfirst("::", part)
    at === nothing && return print(io, part)
    printstyled(io, SubString(part, 1, prevind(part, first(at))); color=:light_black)
    print(io, "::")
    T = SubString(part, nextind(part, last(at)))
    brace = findfirst('{', T)
    brace === nothing && return print(io, T)
    stop = findlast('}', T)
    print(io, SubString(T, 1, prevind(T, brace)))
    printstyled(io, SubString(T, brace, stop); color=:light_black)
    print(io, SubString(T, nextind(T, stop)))
end

# Where `io` limits types (:stacktrace_types_limited holds a Ref), a call that is too long for a line
# with its types cut short; the Ref then tells.
function type_limited_string_from_context(io::IO, call::String)
    limited = get(io, :stacktrace_types_limited, nothing)
    limited isa RefValue{Bool} || return call
    short = type_depth_limit(call, max(get(io, :displaysize, displaysize(io))[2], 120))
    ncodeunits(short) < ncodeunits(call) && (limited[] = true)
    short
end

"""
    Base.type_depth_limit(text, n; maxdepth=nothing)

A text with the parameters of types in it cut off, `{…}`, from the depth on where it has at most `n`
columns, or from `maxdepth` on.
"""
function type_depth_limit(text::String, n::Int; maxdepth::Union{Int,Nothing}=nothing)
    deepest, depth = 0, 0
    for c in text
        c == '{' && (deepest = max(deepest, depth += 1))
        c == '}' && (depth -= 1)
    end
    maxdepth === nothing || return cut_types(text, maxdepth)
    textwidth(text) <= n && return text
    for d in deepest-1:-1:0
        short = cut_types(text, d)
        (d == 0 || textwidth(short) <= n) && return short
    end
    text
end
# A text without what stands more than d braces deep.
function cut_types(text, d)
    out = IOBuffer()
    depth = 0
    for c in text
        c == '}' && (depth -= 1)
        if depth <= d
            print(out, c)
            c == '{' && depth == d && print(out, '…')
        end
        c == '{' && (depth += 1)
    end
    String(take!(out))
end
