# Some: a value that may be nothing.

"""
    Some(value)

Holds a value, so that `nothing` can be told from `Some(nothing)`.
"""
struct Some{T}
    value::T
end
Some(::Type{T}) where {T} = Some{Type{T}}(T)
convert(::Type{Some{T}}, x::Some) where {T} = Some{T}(convert(T, x.value))
==(a::Some, b::Some) = a.value == b.value
isequal(a::Some, b::Some) = isequal(a.value, b.value)
promote_rule(::Type{Some{T}}, ::Type{Some{S}}) where {T,S<:T} = Some{T}
hash(s::Some, h::UInt) = hash(s.value, hash(Some, h))
function show(io::IO, x::Some)
    if get(io, :typeinfo, Any) == typeof(x)
        show(io, x.value)
    else
        print(io, "Some(")
        show(io, x.value)
        print(io, ')')
    end
end

"""
    something(x...)

The first argument that is not `nothing`, out of its `Some`.
"""
something() = throw(ArgumentError("No value arguments present"))
something(x::Nothing, more...) = something(more...)
something(x::Some, more...) = x.value
something(x, more...) = x

"""
    notnothing(x)

`x`, which must not be `nothing`.
"""
notnothing(x) = x
notnothing(::Nothing) = throw(ArgumentError("nothing passed to notnothing"))
promote_rule(::Type{Nothing}, ::Type{T}) where {T} = T === Any ? Any : Union{Nothing,T}
convert(::Type{T}, x::T) where {T>:Nothing} = x
convert(::Type{T}, x) where {T>:Nothing} = convert(to_convert_to(nonnothingtype(T), T, x), x)
# What is left of a union whose other members x is not.
to_convert_to(rest, whole, x) = rest === Union{} ? throw(MethodError(convert, (whole, x))) : rest
nonnothingtype(T) = T === Nothing ? Union{} : T isa Union ? Union{nonnothingtype(T.a),nonnothingtype(T.b)} : T

"""
    VecElement{T}(x)

An element of a tuple that stands for a vector register.
"""
struct VecElement{T}
    value::T
end
convert(::Type{VecElement}, x::VecElement) = x
convert(::Type{VecElement}, x) = VecElement(x)
convert(::Type{VecElement{T}}, x) where {T} = VecElement{T}(convert(T, x))
convert(::Type{VecElement{T}}, x::VecElement) where {T} = VecElement{T}(convert(T, x.value))
convert(::Type{VecElement{T}}, x::VecElement{T}) where {T} = x
