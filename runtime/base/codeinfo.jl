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
    method::Any  # whose code it is, or nothing
    code::Any    # once somebody has set it
    CodeInfo(listing, mod, ex, slotnames=Symbol[], method=nothing) = new(listing, mod, ex, slotnames, method)
end
copy(c::CodeInfo) = CodeInfo(c.listing, c.mod, c.ex, c.slotnames, c.method)
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
    task_generates() && error("code reflection cannot be used from generated functions")
    debuginfo in (:default, :source, :none) || throw(ArgumentError("'debuginfo' must be either :source or :none"))
    [CodeInfo(Core.Prims.disassemble(m), m.module, nothing, Symbol[m.argnames...], m) for m in methods(f, t)]
end

"The code of a method; see [`code_lowered`](@ref)."
function uncompressed_ir(m::Method)
    m.is_generated && error("Code for this Method is not available.")
    CodeInfo(Core.Prims.disassemble(m), m.module, nothing, Symbol[m.argnames...], m)
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
    Core.GeneratedFunctionStub(gen, argnames, spnames)

A generator for `Expr(:meta, :generated, generator)` in the body of a function: it is called with the
world, the method and the types, and gives the code that `gen`, called with the types, says as an expression.
"""
struct GeneratedFunctionStub
    gen::Any
    argnames::Core.SimpleVector
    spnames::Core.SimpleVector
end
module_set_const(Core, :GeneratedFunctionStub, GeneratedFunctionStub)
(g::GeneratedFunctionStub)(world::UInt, source::Method, types...) =
    CodeInfo("", source.module, Expr(:lambda, Symbol[g.argnames...], g.gen(types...)), Symbol[g.argnames...])

# What the function that `gen` generates code for is to do for arguments of the types: an expression.
function generated_code(gen, signature, sparams, types...)
    m = method_by_signature(signature)
    c = gen(tls_world_age(), m, sparams..., types...)
    c isa CodeInfo || return c
    names = Any[m.argnames...]
    if c.method !== nothing
        m.isva && (names[end] = Expr(:..., names[end]))
        return Expr(:call, GlobalRef(Base, :call_code), c.method, names...)
    end
    isa(c.ex, Expr) && c.ex.head === :lambda || return c.ex
    same = min(length(names), length(c.slotnames))
    renamed = Any[Expr(:(=), c.slotnames[i], names[i]) for i in 1:same if c.slotnames[i] !== names[i]]
    Expr(:let, Expr(:block, renamed...), c.ex.args[2])
end
# A generator knows its function as a value where that is the only one of its type.
callee_type(T::Type) = T
callee_type(f) = typeof(f)
# A call of a method's code with a callee that need not be of the method's function.
function call_code(m::Method, self, args...)
    T = unwrap_unionall(m.sig).parameters[1]
    invoke(T isa DataType && isdefined(T, :instance) ? T.instance : T <: Type && !has_free_typevars(T) ? T.parameters[1] : self, m, args...)
end

"""
    code_warntype([io], f, types)

Write of each method that a call of `f` may mean the types of its arguments and of what it returns, and the
instructions that run. What is not one type of values stands out.
"""
function code_warntype(io::IO, f, t=Tuple; kw...)
    tt = argument_tuple(t)
    for m in methods(f, tt)
        print(io, "MethodInstance for ")
        instance_signature(io, f, tt)
        println(io, "\n  from ", sprint(show, m), "\nArguments\n  #self#", "::Core.Const(", f, ")")
        for i in 2:m.nargs
            T = m.isva && i == m.nargs ? Tuple{tt.parameters[i-1:end]...} : i - 1 <= length(tt.parameters) ? tt.parameters[i-1] : Any
            startswith(string(m.argnames[i]), '#') && m.argnames[i] !== Symbol("#unused#") || warn_typed(io, string("  ", m.argnames[i] === Symbol("#unused#") ? "_" : m.argnames[i]), T)
        end
        warn_typed(io, "Body", inferred_return(f, tt))
        println(io, Core.Prims.disassemble(m))
    end
end
code_warntype(f, t=Tuple; kw...) = code_warntype(stdout, f, t; kw...)
function instance_signature(io, f, tt)
    print(io, f isa Function ? nameof(f) : f, "(")
    join(io, (string("::", T) for T in tt.parameters), ", ")
    print(io, ")")
end
function warn_typed(io, what, T)
    print(io, what)
    text = string("::", T)
    if isconcretetype(T) || T === Union{}
        printstyled(io, text, "\n"; color=:cyan)
    elseif get(io, :color, false)
        printstyled(io, text, "\n"; color=T isa Union ? :yellow : :red, bold=true)
    else
        println(io, uppercase(text))
    end
end
