# Compiled code as data: what expressions and methods compile to.

"""
    Core.CodeInfo

What an expression or a method compiles to: the engine's instructions, as a listing, and as `code` each
as an `Expr` with the name of the operation for a head.
"""
mutable struct CodeInfo
    listing::String
    mod::Module
    ex::Any      # the expression, or nothing when it is a method's code
    slotnames::Vector{Symbol}
    code::Any    # once somebody has set it
    CodeInfo(listing, mod, ex, slotnames=Symbol[]) = new(listing, mod, ex, slotnames)
end
module_set_const(Core, :CodeInfo, CodeInfo)
function getproperty(c::CodeInfo, name::Symbol)
    name === :code && return isdefined(c, :code) ? getfield(c, :code) : Any[instruction_expr(line) for line in eachline(IOBuffer(c.listing))]
    name === :codelocs && return zeros(Int32, count('\n', c.listing))
    name === :slotflags && return zeros(UInt8, length(c.slotnames))
    getfield(c, name)
end
propertynames(c::CodeInfo) = (fieldnames(CodeInfo)..., :codelocs, :slotflags)
function instruction_expr(line)
    parts = split(line)
    Expr(Symbol(get(parts, 2, "")), map(Symbol, parts[3:end])...)
end
function show(io::IO, c::CodeInfo)
    print(io, "CodeInfo(")
    for line in split(chomp(c.listing), '\n')
        print(io, "\n    ", line)
    end
    print(io, "\n)")
end

"""
    code_lowered(f, [types]; generated=true, debuginfo=:default)

The code of the methods of `f` for arguments of the types, as a vector of `CodeInfo`.
"""
function code_lowered(f, t=Tuple; generated::Bool=true, debuginfo::Symbol=:default)
    f isa Core.Builtin && throw(ArgumentError("argument is not a generic function"))
    debuginfo in (:default, :source, :none) || throw(ArgumentError("'debuginfo' must be either :source or :none"))
    [CodeInfo(Core.Prims.disassemble(m), m.module, nothing, Symbol[m.argnames...]) for m in methods(f, t)]
end

"The code of a method; see [`code_lowered`](@ref)."
function uncompressed_ir(m::Method)
    m.is_generated && error("Code for this Method is not available.")
    CodeInfo(Core.Prims.disassemble(m), m.module, nothing, Symbol[m.argnames...])
end

"The same, by its older name."
const uncompressed_ast = uncompressed_ir

# A method that is given other code, which nothing here can run: who calls it is told.
function setproperty!(m::Method, name::Symbol, c::CodeInfo)
    name === :source || return setfield!(m, name, c)
    T = unwrap_unionall(m.sig)
    args = Any[isvarargtype(p) ? Expr(:..., Expr(:(::), p.T)) : Expr(:(::), p) for p in T.parameters[2:end]]
    Core.eval(m.module, Expr(:function, Expr(:call, Expr(:(::), T.parameters[1]), args...),
        Expr(:block, :($error("unsupported or misplaced expression in function ", $(QuoteNode(m.name)))))))
    c
end

"""
    Base.specialize_method(m::Method, types, sparams)

The method for arguments of the types, a tuple type that begins with that of the function.
"""
specialize_method(m::Method, @nospecialize(types), env::Core.SimpleVector; kw...) = MethodInstance(m, types, env)

# What programs ask of the compiler.
function compiler_module()
    m = module_new(:Compiler, Core)
    module_set_const(m, :return_type, (f, t=nothing, world...) -> t isa Union{Type,Tuple} ?
        inferred_return(f, argument_tuple(t)) : inferred_return(f.parameters[1].instance, Tuple{f.parameters[2:end]...}))
    for n in (:SSAValue, :SlotNumber, :Argument, :GotoNode, :GotoIfNot, :ReturnNode, :PhiNode, :PhiCNode, :PiNode, :UpsilonNode, :CodeInfo)
        module_set_const(m, n, getglobal(Core, n))
    end
    module_set_const(m, :specialize_method, specialize_method)
    module_set_const(m, :get_staged, i -> (T = i.specTypes; code_lowered(T.parameters[1].instance, Tuple{T.parameters[2:end]...})[1]))
    module_set_const(m, :inf_for_methodinstance, (xs...) -> nothing)
    module_set_const(m, :get_world_counter, () -> Core.Prims.newest_world())
    m
end
const Compiler = compiler_module()
module_set_const(Core, :Compiler, Compiler)
