# Stack traces as data.

"""
    StackTraces

Stack traces as vectors of [`StackFrame`](@ref StackTraces.StackFrame)s.
"""
module StackTraces

import ..Base: ==, hash, parentmodule, show
using ..Base: MethodInstance, basename, instance_text, is_runner

export StackTrace, StackFrame, stacktrace

"""
    StackFrame

A level of a stack trace: the name of the function `func`, `file` and `line`; `signature` is
the call with the types of its arguments, `mod` the module of the code. Nothing is inlined here
and nothing comes from C.
"""
struct StackFrame
    func::Symbol
    file::Symbol
    line::Int
    linfo::Any
    from_c::Bool
    inlined::Bool
    pointer::UInt64
    signature::String
    mod::Any
end
StackFrame(func, file, line, linfo, from_c, inlined, pointer) = StackFrame(func, file, line, linfo, from_c, inlined, pointer, linfo isa MethodInstance ? instance_text(linfo) : string(func), nothing)
StackFrame(func, file, line) = StackFrame(Symbol(func), Symbol(file), line, nothing, false, false, 0)

"A vector of stack frames, the innermost first."
const StackTrace = Vector{StackFrame}

const empty_sym = Symbol("")
const UNKNOWN = StackFrame(empty_sym, empty_sym, -1, nothing, true, false, 0)

==(a::StackFrame, b::StackFrame) = a.line == b.line && a.func === b.func && a.file === b.file && a.inlined == b.inlined && a.from_c == b.from_c
hash(f::StackFrame, h::UInt) = hash(f.file, hash(f.line, hash(f.func, hash(f.from_c, hash(f.inlined, h + 0xf4fbda67fe20ce88)))))

"""
    stacktrace([trace[, c_funcs=false]])

The calls that led here, or those of a trace that `backtrace` or `catch_backtrace` gave.
"""
stacktrace(trace::StackTrace, c_funcs::Bool=false) = trace
stacktrace(trace, c_funcs::Bool=false) = StackFrame[f for f in map(frame, Core.Prims.backtrace_frames(trace)) if !is_runner(f)]
stacktrace(c_funcs::Bool=false) = filter!(f -> !(f.func === :stacktrace && f.mod === StackTraces), stacktrace(Core.Prims.backtrace(), c_funcs))
frame(f) = StackFrame(f[1], f[2], f[3], f[6] === nothing ? nothing : MethodInstance(f[6]), false, false, 0, f[4], f[5])

"""
    lookup(frame)

The calls at a level of a trace: here always one.
"""
lookup(f::StackFrame) = [f]
lookup(::Ptr) = [UNKNOWN]

"""
    remove_frames!(stack, names...)

Take the frames of the functions, and those that these called, off a trace.
"""
remove_frames!(stack::StackTrace, name::Symbol) = remove_frames!(stack, [name])
function remove_frames!(stack::StackTrace, names::Vector{Symbol})
    i = findlast(f -> f.func in names, stack)
    i === nothing || deleteat!(stack, 1:i)
    stack
end
function remove_frames!(stack::StackTrace, m::Module)
    filter!(f -> f.mod !== m, stack)
end
parentmodule(f::StackFrame) = f.mod isa Module ? f.mod : f.linfo isa MethodInstance ? (d = f.linfo.def; d isa Module ? d : parentmodule(d)) : nothing
is_top_level_frame(f::StackFrame) = f.func === Symbol("top-level scope")

function show(io::IO, f::StackFrame)
    print(io, f.signature)
    if f.file !== empty_sym
        print(io, " at ", basename(string(f.file)), ":", f.line >= 0 ? f.line : "?")
    end
    f.inlined && print(io, " [inlined]")
    nothing
end
end

using .StackTraces: StackFrame, stacktrace

"What `backtrace` and `catch_backtrace` give: the frames of a task, as a list of `StackFrame`s."
const Backtrace = typeof(Core.Prims.backtrace())
length(b::Backtrace) = length(Core.Prims.backtrace_frames(b))
==(a::Backtrace, b::Backtrace) = Core.Prims.backtrace_frames(a) == Core.Prims.backtrace_frames(b)
isempty(b::Backtrace) = length(b) == 0
eltype(::Type{Backtrace}) = StackFrame
empty!(b::Backtrace) = StackFrame[]
getindex(b::Backtrace, i::Integer) = StackTraces.frame(Core.Prims.backtrace_frames(b)[i])
iterate(b::Backtrace, i=1) = (fs = Core.Prims.backtrace_frames(b); i > length(fs) ? nothing : (StackTraces.frame(fs[i]), i + 1))

"""
    Base.catch_stack([task]; include_bt=true)

The exceptions being handled, oldest first, as `(exception, backtrace)`; `current_exceptions`
is the newer form.
"""
catch_stack(t::Task=current_task(); include_bt::Bool=true) = Any[include_bt ? (x.exception, x.backtrace) : x.exception for x in current_exceptions(t)]

# What runs cells, programs (client.jl) and files (include.jl) is no part of a trace.
is_runner(f) = f.file === Symbol("") || f.mod === Base && (f.file === Symbol("client.jl") || f.file === Symbol("include.jl"))
