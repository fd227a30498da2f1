# Bool.

Bool(x::Bool) = x
Bool(x::Number) = x == 0 ? false : x == 1 ? true : throw(InexactError(:Bool, Bool, x))
typemin(::Type{Bool}) = false
typemax(::Type{Bool}) = true
zero(::Type{Bool}) = false
one(::Type{Bool}) = true
zero(::Bool) = false
one(::Bool) = true

"""
    !x

The opposite of a Bool.
"""
!(x::Bool) = bool_not(x)
(~)(x::Bool) = bool_not(x)
(&)(x::Bool, y::Bool) = int_and(x, y)
(|)(x::Bool, y::Bool) = int_or(x, y)
xor(x::Bool, y::Bool) = int_xor(x, y)
nand(x::Bool, y::Bool) = !(x & y)
nor(x::Bool, y::Bool) = !(x | y)
>>(x::Bool, n::UInt) = Int(x) >> n
<<(x::Bool, n::UInt) = Int(x) << n
>>>(x::Bool, n::UInt) = Int(x) >>> n

signbit(x::Bool) = false
sign(x::Bool) = x
abs(x::Bool) = x
abs2(x::Bool) = x
iszero(x::Bool) = !x
isone(x::Bool) = x

==(x::Bool, y::Bool) = x === y
<(x::Bool, y::Bool) = y & !x
<=(x::Bool, y::Bool) = y | !x
isless(x::Bool, y::Bool) = y & !x

+(x::Bool) = Int(x)
-(x::Bool) = -Int(x)
+(x::Bool, y::Bool) = Int(x) + Int(y)
-(x::Bool, y::Bool) = Int(x) - Int(y)
*(x::Bool, y::Bool) = x & y
^(x::Bool, y::Bool) = x | !y
^(x::Integer, y::Bool) = ifelse(y, x, one(x))
/(x::Bool, y::Bool) = Float64(x) / Float64(y)
+(x::Bool, y::AbstractFloat) = x ? one(y) + y : y
+(x::AbstractFloat, y::Bool) = y + x
*(x::Bool, y::AbstractFloat) = ifelse(x, y, copysign(zero(y), y))
*(x::AbstractFloat, y::Bool) = y * x
div(x::Bool, y::Bool) = y ? x : throw(DivideError())
rem(x::Bool, y::Bool) = y ? false : throw(DivideError())
mod(x::Bool, y::Bool) = rem(x, y)
fld(x::Bool, y::Bool) = div(x, y)
cld(x::Bool, y::Bool) = div(x, y)
promote_rule(::Type{Bool}, ::Type{T}) where {T<:Number} = T
