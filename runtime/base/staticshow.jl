# Values as the runtime itself writes them, without any method of show; the streams of Core.

"""
    static_show(io, x)

Write `x` by its type and its fields alone, as Julia does it where no method can be called.
"""
static_show(io::IO, x) = print(io, sprint(static_text, x))

static_text(io, x::Bool) = print(io, x)
static_text(io, x::Union{Int8,Int16,Int32,Int64}) = print(io, x)
static_text(io, x::Union{UInt8,UInt16,UInt32,UInt64}) = print(io, "0x", string(x; base=16, pad=2sizeof(x)))
static_text(io, x::Union{Int128,UInt128}) = print(io, nameof(typeof(x)), "(0x", string(x % UInt128; base=16, pad=32), ")")
static_text(io, x::Float64) = print(io, x == round(x) && abs(x) < 1e15 ? string(Int(x)) : string(x))
static_text(io, x::Float32) = (static_text(io, Float64(x)); print(io, 'f'))
static_text(io, x::Char) = print(io, "Char(0x", string(reinterpret(UInt32, x); base=16, pad=8), ")")
static_text(io, x::Ptr) = print(io, "0x", string(UInt(x); base=16, pad=16))
static_text(io, x::String) = print(io, '"', x, '"')
static_text(io, ::Nothing) = print(io, "nothing")
static_text(io, x::Symbol) = isidentifier(x) || isoperator(x) || x in (Symbol("//="),) ? print(io, ':', x) : print(io, "Symbol(\"", escape_string(string(x)), "\")")
static_text(io, x::QuoteNode) = (print(io, ":("); static_text(io, x.value); print(io, ')'))
static_text(io, x::LineNumberNode) = (print(io, "#= "); static_text(io, x.file); print(io, ':', x.line, " =#"))
static_text(io, x::GlobalRef) = (print(io, x.mod, '.'); static_name(io, x.name))
static_text(io, x::Module) = print(io, x)
static_text(io, x::Expr) = static_list(io, "Expr(", Any[x.head, x.args...], ")")
static_text(io, x::Core.SimpleVector) = static_list(io, "svec(", x, ")")
static_text(io, x::Tuple) = static_list(io, "(", x, length(x) == 1 ? ",)" : ")")
function static_text(io, x::Array)
    print(io, "Array{")
    static_text(io, eltype(x))
    static_list(io, ", ", (size(x),), "}")
    static_list(io, "[", x, "]")
end
function static_text(io, x::Function)
    T = typeof(x)
    is_named_global(x) ? (print(io, T.name.module, '.'); static_name(io, nameof(x))) : static_object(io, x)
end
static_text(io, x) = static_object(io, x)

function static_list(io, from, xs, to)
    print(io, from)
    for (i, x) in enumerate(xs)
        i > 1 && print(io, ", ")
        static_text(io, x)
    end
    print(io, to)
end
# T(a=1, b=2)
function static_object(io, x)
    T = typeof(x)
    T <: NamedTuple || static_text(io, T)
    print(io, '(')
    for i in 1:nfields(x)
        i > 1 && print(io, ", ")
        static_name(io, fieldname(T, i))
        print(io, '=')
        isdefined(x, i) ? static_text(io, getfield(x, i)) : print(io, "#<null>")
    end
    print(io, T <: NamedTuple && nfields(x) == 1 ? ",)" : ")")
end
static_name(io, s) = print(io, isidentifier(s) ? string(s) : isoperator(s) ? string(":(", s, ')') : string("var\"", escape_string(string(s)), '"'))

function static_text(io, u::Union)
    static_list(io, "Union{", uniontypes(u), "}")
end
function static_text(io, u::UnionAll)
    static_text(io, u.body)
    print(io, " where ")
    v = u.var
    v.lb === Union{} || (static_text(io, v.lb); print(io, "<:"))
    static_text(io, v)
    v.ub === Any || (print(io, "<:"); static_text(io, v.ub))
    nothing
end
function static_text(io, v::Core.TypeofVararg)
    v === Vararg && return print(io, "Vararg")
    static_list(io, "Vararg{", v.N === nothing ? Any[v.T] : Any[v.T, v.N], "}")
end
static_text(io, v::TypeVar) = static_name(io, v.name)
static_text(io, ::Type{Union{}}) = print(io, "Union{}")
function static_text(io, T::DataType)
    if T <: Function && isdefined(T, :instance) && is_named_global(T.instance)
        print(io, "typeof(")
        static_text(io, T.instance)
        return print(io, ')')
    end
    n = T.name
    n.module === Core || print(io, n.module, '.')
    static_name(io, n.name)
    isempty(T.parameters) && !(T <: Tuple) || static_list(io, "{", T.parameters, "}")
    nothing
end

"Streams of Core: they write to what `stdout` and `stderr` are."
struct CoreSTDOUT <: IO end
struct CoreSTDERR <: IO end
write(::CoreSTDOUT, x::UInt8) = write(stdout, x)
write(::CoreSTDERR, x::UInt8) = write(stderr, x)
unsafe_write(::CoreSTDOUT, p::Ptr{UInt8}, n::UInt) = unsafe_write(stdout, p, n)
unsafe_write(::CoreSTDERR, p::Ptr{UInt8}, n::UInt) = unsafe_write(stderr, p, n)
write(::CoreSTDOUT, s::Union{String,SubString{String}}) = write(stdout, s)
write(::CoreSTDERR, s::Union{String,SubString{String}}) = write(stderr, s)
module_set_const(Core, :CoreSTDOUT, CoreSTDOUT)
module_set_const(Core, :CoreSTDERR, CoreSTDERR)
module_set_const(Core, :stdout, CoreSTDOUT())
module_set_const(Core, :stderr, CoreSTDERR())
