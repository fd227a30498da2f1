# Enumerations.

"""
    Enum{T}

The supertype of the types that [`@enum`](@ref) makes.
"""
abstract type Enum{T<:Integer} end
(::Type{T})(x::Enum{S}) where {T<:Integer,S} = T(bits_reinterpret(S, x))
(::Type{Bool})(x::Enum{S}) where {S} = Bool(bits_reinterpret(S, x))
(::Type{BigInt})(x::Enum{S}) where {S} = BigInt(bits_reinterpret(S, x))
write(io::IO, x::Enum) = write(io, Integer(x))
read(io::IO, ::Type{T}) where {S,T<:Enum{S}} = T(read(io, S))
Integer(x::Enum{S}) where {S} = bits_reinterpret(S, x)
convert(::Type{T}, x::Enum) where {T<:Integer} = T(x)
isless(x::T, y::T) where {S,T<:Enum{S}} = isless(bits_reinterpret(S, x), bits_reinterpret(S, y))
hash(x::Enum{S}, h::UInt) where {S} = hash_word(3h - objectid(x))
instances(::Type{T}) where {T<:Enum} = map(p -> T(p.first), tuple(enum_names(T)...))
typemin(::Type{T}) where {T<:Enum} = T(minimum(p -> p.first, enum_names(T)))
typemax(::Type{T}) where {T<:Enum} = T(maximum(p -> p.first, enum_names(T)))
Symbol(x::T) where {S,T<:Enum{S}} = enum_name(T, bits_reinterpret(S, x))
# Value => name of an enumeration's values, in order; @enum makes a method for each type.
function enum_names end
function enum_name(T, n)
    for p in enum_names(T)
        p.first == n && return p.second
    end
    Symbol(string("<invalid #", n, ">"))
end
print(io::IO, x::Enum) = print(io, Symbol(x))
function show(io::IO, x::Enum)
    get(io, :compact, false)::Bool || show_enum_module(io, parentmodule(typeof(x)))
    print(io, Symbol(x))
end
show_enum_module(io, m) = m === Main || m === Base || isexported(m, :nothing) ? nothing : print(io, m, ".")
function show(io::IO, ::MIME"text/plain", x::Enum{S}) where {S}
    print(io, Symbol(x), "::", nameof(typeof(x)), " = ")
    show(io, bits_reinterpret(S, x))
end
function show(io::IO, ::MIME"text/plain", t::Type{T}) where {S,T<:Enum{S}}
    T isa DataType && isconcretetype(T) || return show(io, t)
    print(io, "Enum ")
    show(io, t)
    print(io, ":")
    for p in enum_names(T)
        print(io, "\n", p.second, " = ")
        show(io, p.first)
    end
end

# Name and integer type in Name or Name::T.
enum_head(name::Symbol, mod) = (name, Int32)
function enum_head(ex::Expr, mod)
    ex.head === :(::) && length(ex.args) == 2 && ex.args[1] isa Symbol || throw(ArgumentError(string("invalid type expression for enum ", ex)))
    base = Core.eval(mod, ex.args[2])
    base isa DataType && base <: Integer && isbitstype(base) ||
        throw(ArgumentError(string("invalid base type for Enum ", ex.args[1], ", ", ex, "=::", base, "; base type must be an integer primitive type")))
    (ex.args[1], base)
end

# The values and names that the arguments tell, in their order.
function enum_pairs(name, base, syms, mod)
    pairs = Any[]
    next, overflow = zero(base), false
    for s in syms
        s isa LineNumberNode && continue
        if s isa Symbol
            n = s
            overflow && throw(ArgumentError(string("overflow in value \"", n, "\" of Enum ", name)))
        elseif s isa Expr && s.head in (:(=), :kw) && length(s.args) == 2 && s.args[1] isa Symbol
            n = s.args[1]
            v = Core.eval(mod, s.args[2])
            v isa Integer || throw(ArgumentError(string("invalid value for Enum ", name, ", ", s, "; values must be integers")))
            next = convert(base, v)
        else
            throw(ArgumentError(string("invalid argument for Enum ", name, ": ", s)))
        end
        isidentifier(n) || throw(ArgumentError(string("invalid name for Enum ", name, "; \"", n, "\" is not a valid identifier")))
        any(p -> p[1] == next, pairs) && throw(ArgumentError(string("both ", n, " and ", first(p[2] for p in pairs if p[1] == next), " have value ", next, " in Enum ", name, "; values must be unique")))
        any(p -> p[2] === n, pairs) && throw(ArgumentError(string("name \"", n, "\" in Enum ", name, " is not unique")))
        push!(pairs, (next, n))
        overflow = next == typemax(base)
        next = next + one(base)
    end
    pairs
end

"""
    @enum Name[::T] value1[=x] value2 ...

Define an enumeration: a type and its values, numbered from 0 unless given.
"""
macro enum(T::Union{Symbol,Expr}, syms...)
    isempty(syms) && throw(ArgumentError(string("no arguments given for Enum ", T)))
    name, base = enum_head(T, __module__)
    if length(syms) == 1 && syms[1] isa Expr && syms[1].head === :block
        syms = syms[1].args
    end
    pairs = enum_pairs(name, base, syms, __module__)
    blk = quote
        primitive type $(esc(name)) <: Enum{$base} $(sizeof(base) * 8) end
        function $(esc(name))(x::Integer)
            any(p -> p.first == x, enum_names($(esc(name)))) || enum_argument_error($(QuoteNode(name)), x)
            bits_reinterpret($(esc(name)), convert($base, x))
        end
        Base.enum_names(::Type{$(esc(name))}) = $(Pair{base,Symbol}[p[1] => p[2] for p in pairs])
    end
    for p in pairs
        push!(blk.args, :(const $(esc(p[2])) = $(esc(name))($(p[1]))))
    end
    push!(blk.args, nothing)
    blk.head = :toplevel
    blk
end
enum_argument_error(name, x) = throw(ArgumentError(string("invalid value for Enum ", name, ": ", x)))
const Enums = module_new(:Enums, Base)
module_set_const(Enums, :Enum, Enum)
