# Promotion: bringing numbers to a common type.

"""
    typejoin(T...)

The closest common supertype of types.
"""
typejoin() = Union{}
typejoin(@nospecialize(t)) = t
typejoin(@nospecialize(a), @nospecialize(b)) = type_join(a, b)
typejoin(@nospecialize(a), @nospecialize(b), ts...) = typejoin(typejoin(a, b), ts...)

# As typejoin, but Union{T,Nothing} and Union{T,Missing} stay as they are.
function promote_typejoin(@nospecialize(a), @nospecialize(b))
    c = typejoin(promote_without(a), promote_without(b))
    na = Nothing <: a || Nothing <: b
    ma = Missing <: a || Missing <: b
    na && !(Nothing <: c) && (c = Union{c,Nothing})
    ma && !(Missing <: c) && (c = Union{c,Missing})
    c
end
function promote_without(@nospecialize(t))
    t === Nothing && return Union{}
    t === Missing && return Union{}
    t isa Union || return t
    r = Union{}
    for m in type_union_members(t)
        m === Nothing || m === Missing || (r = Union{r,m})
    end
    r
end
# The type of what arrays hold that get values of the members of a union.
function promote_typejoin_union(@nospecialize(t))
    t isa Union || return t
    r = Union{}
    for m in type_union_members(t)
        r = promote_typejoin(r, m)
    end
    r
end

"""
    promote_type(T...)

A type that values of all the types can be converted to.
"""
promote_type() = Union{}
promote_type(T) = T
promote_type(T, S, U) = promote_type(promote_type(T, S), U)
promote_type(T, S, U, V...) = promote_type(promote_type(T, S), U, V...)
promote_type(::Type{Union{}}, ::Type{Union{}}) = Union{}
promote_type(::Type{T}, ::Type{T}) where {T} = T
promote_type(::Type{T}, ::Type{Union{}}) where {T} = T
promote_type(::Type{Union{}}, ::Type{T}) where {T} = T
function promote_type(::Type{T}, ::Type{S}) where {T,S}
    T isa Union || S isa Union ? promote_unions(T, S) : promote_by_rules(T, S)
end
# nothing and missing stay beside what the other types promote to.
function promote_unions(@nospecialize(T), @nospecialize(S))
    a = promote_without(T)
    b = promote_without(S)
    a === T && b === S && return promote_by_rules(T, S)
    c = promote_type(a, b)
    (Nothing <: T || Nothing <: S) && (c = Union{c,Nothing})
    (Missing <: T || Missing <: S) && (c = Union{c,Missing})
    c
end
function promote_by_rules(T, S)
    a = promote_rule(T, S)
    b = promote_rule(S, T)
    a === Union{} ? (b === Union{} ? typejoin(T, S) : b) : b === Union{} || a === b ? a : promote_type(a, b)
end

"""
    promote_rule(T, S)

To be extended: the type that values of types `T` and `S` are promoted to.
"""
promote_rule(T, S) = Union{}

promote_typeof(x) = typeof(x)
function promote_typeof(x, xs...)
    T = typeof(x)
    for y in xs
        T = promote_type(T, typeof(y))
    end
    T
end

"""
    promote(x, y, ...)

The arguments converted to a common type, as a tuple.
"""
promote() = ()
promote(x) = (x,)
promote(x::T, y::T) where {T} = (x, y)
function promote(x::T, y::S) where {T,S}
    R = promote_type(T, S)
    a = convert(R, x)
    b = convert(R, y)
    typeof(a) === T && typeof(b) === S && not_promoted(x, y)
    (a, b)
end
function promote(x, y, z)
    R = promote_type(promote_type(typeof(x), typeof(y)), typeof(z))
    r = (convert(R, x), convert(R, y), convert(R, z))
    typeof(x) === typeof(y) === typeof(z) || all_changed_none(r, (x, y, z)) && not_promoted(x, y, z)
    r
end
function promote(x, y, z, more...)
    args = (x, y, z, more...)
    R = promote_type(map(typeof, args)...)
    map(a -> convert(R, a), args)
end
all_changed_none(r, a) = typeof(r[1]) === typeof(a[1]) && typeof(r[2]) === typeof(a[2]) && typeof(r[3]) === typeof(a[3])
not_promoted(xs...) = error("promotion of types ", join(map(typeof, xs), ", ", " and "), " failed to change any arguments")
no_op(name, T) = error(name, " not defined for ", T)

## numbers of different types

function +(x::Number, y::Number)
    a, b = promote(x, y)
    a + b
end
function -(x::Number, y::Number)
    a, b = promote(x, y)
    a - b
end
function *(x::Number, y::Number)
    a, b = promote(x, y)
    a * b
end
function /(x::Number, y::Number)
    a, b = promote(x, y)
    a / b
end
function ^(x::Number, y::Number)
    a, b = promote(x, y)
    a^b
end
function fma(x::Number, y::Number, z::Number)
    a, b, c = promote(x, y, z)
    fma(a, b, c)
end
function muladd(x::Number, y::Number, z::Number)
    a, b, c = promote(x, y, z)
    muladd(a, b, c)
end
# Integers of different types wrap as they are brought to one type.
+(x::Integer, y::Integer) = ((a, b) = promote_wrapping(x, y); a + b)
-(x::Integer, y::Integer) = ((a, b) = promote_wrapping(x, y); a - b)
*(x::Integer, y::Integer) = ((a, b) = promote_wrapping(x, y); a * b)
(&)(x::Integer, y::Integer) = ((a, b) = promote_wrapping(x, y); a & b)
(|)(x::Integer, y::Integer) = ((a, b) = promote_wrapping(x, y); a | b)
xor(x::Integer, y::Integer) = ((a, b) = promote_wrapping(x, y); xor(a, b))
function promote_wrapping(x, y)
    T = promote_type(typeof(x), typeof(y))
    a = x % T
    b = y % T
    typeof(a) === typeof(x) && typeof(b) === typeof(y) && not_promoted(x, y)
    (a, b)
end
function ==(x::Number, y::Number)
    a, b = promote(x, y)
    a == b
end
function <(x::Real, y::Real)
    a, b = promote(x, y)
    a < b
end
function <=(x::Real, y::Real)
    a, b = promote(x, y)
    a <= b
end
function isless(x::Real, y::Real)
    a, b = promote(x, y)
    isless(a, b)
end
function div(x::Real, y::Real)
    a, b = promote(x, y)
    div(a, b)
end
function rem(x::Real, y::Real)
    a, b = promote(x, y)
    rem(a, b)
end
function mod(x::Real, y::Real)
    a, b = promote(x, y)
    mod(a, b)
end
function fld(x::Real, y::Real)
    a, b = promote(x, y)
    fld(a, b)
end
function cld(x::Real, y::Real)
    a, b = promote(x, y)
    cld(a, b)
end
function mod1(x::Real, y::Real)
    a, b = promote(x, y)
    mod1(a, b)
end
function fld1(x::Real, y::Real)
    a, b = promote(x, y)
    fld1(a, b)
end
function max(x::Real, y::Real)
    a, b = promote(x, y)
    max(a, b)
end
function min(x::Real, y::Real)
    a, b = promote(x, y)
    min(a, b)
end
function minmax(x::Real, y::Real)
    a, b = promote(x, y)
    minmax(a, b)
end

## numbers of one type that have no method of their own

+(x::T, y::T) where {T<:Number} = no_op("+", T)
-(x::T, y::T) where {T<:Number} = no_op("-", T)
*(x::T, y::T) where {T<:Number} = no_op("*", T)
/(x::T, y::T) where {T<:Number} = no_op("/", T)
^(x::T, y::T) where {T<:Number} = no_op("^", T)
fma(x::T, y::T, z::T) where {T<:Number} = no_op("fma", T)
muladd(x::T, y::T, z::T) where {T<:Number} = x * y + z
(&)(x::T, y::T) where {T<:Integer} = no_op("&", T)
(|)(x::T, y::T) where {T<:Integer} = no_op("|", T)
xor(x::T, y::T) where {T<:Integer} = no_op("xor", T)
==(x::T, y::T) where {T<:Number} = x === y
<(x::T, y::T) where {T<:Real} = no_op("<", T)
<=(x::T, y::T) where {T<:Real} = (x < y) | (x == y)
isless(x::T, y::T) where {T<:Real} = x < y
div(x::T, y::T) where {T<:Real} = quotient_by_mode(x, y, RoundToZero)
fld(x::T, y::T) where {T<:Real} = quotient_by_mode(x, y, RoundDown)
cld(x::T, y::T) where {T<:Real} = quotient_by_mode(x, y, RoundUp)
# By the method that a type has for all modes, if it has one.
quotient_by_mode(x::T, y::T, r) where {T} = which(div, Tuple{T,T,typeof(r)}).sig === Tuple{typeof(div),Real,Real,RoundingMode} ? throw(MethodError(div, (x, y, r))) : div(x, y, r)
rem(x::T, y::T) where {T<:Real} = no_op("rem", T)
mod(x::T, y::T) where {T<:Real} = no_op("mod", T)
max(x::T, y::T) where {T<:Real} = isless(y, x) ? x : y
min(x::T, y::T) where {T<:Real} = isless(y, x) ? y : x
minmax(x::T, y::T) where {T<:Real} = isless(y, x) ? (y, x) : (x, y)
