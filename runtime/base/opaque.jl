# Opaque closures: functions that keep the world they were made in, and check what they take and give.

"""
    Core.OpaqueClosure{A,R}

A function of arguments of the types in the tuple type `A` that gives an `R`, as [`Base.Experimental.@opaque`](@ref)
makes. It sees the methods there were when it was made.
"""
struct OpaqueClosure{A<:Tuple,R} <: Function
    f::Any
    world::UInt
end
module_set_const(Core, :OpaqueClosure, OpaqueClosure)
function (o::OpaqueClosure{A,R})(args...) where {A,R}
    tuple_fits(A, length(args)) || throw(MethodError(o, args, o.world))
    invoke_in_world(o.world, o.f, (args::A)...)::R
end
function show(io::IO, ::OpaqueClosure{A,R}) where {A,R}
    print(io, '(')
    join(io, (string("::", p) for p in A.parameters), ", ")
    print(io, ")::", R, "->◌")
end
show(io::IO, ::MIME"text/plain", o::OpaqueClosure) = show(io, o)

# f, which has so many arguments and perhaps takes more, as a closure for those in the tuple type A.
function opaque_closure(@nospecialize(A), n::Int, more::Bool, f)
    ps = A.parameters
    open = !isempty(ps) && isvarargtype(ps[end])
    (more ? length(ps) - open >= n : length(ps) == n && !open) ||
        error("Argument type tuple ", A, " does not fit the arguments of the opaque closure")
    OpaqueClosure{A,Any}(f, tls_world_age())
end
# The code of a method, as Expr(:new_opaque_closure) has it, with what it captures as its callee.
function code_closure(@nospecialize(A), @nospecialize(lower), @nospecialize(R), code, captures...)
    m = code.method
    OpaqueClosure{A,R}((args...) -> call_code(m, captures, args...), tls_world_age())
end
function OpaqueClosure(code::CodeInfo, captures...; isva::Bool=code.method.isva, rettype=Any, nargs=0)
    sig = unwrap_unionall(code.method.sig)
    code_closure(Tuple{sig.parameters[2:end]...}, Union{}, rettype, code, captures...)
end
