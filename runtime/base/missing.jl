# missing: a value that is not known.

ismissing(x) = x === missing
show(io::IO, ::Missing) = print(io, "missing")
nonmissingtype(::Type{T}) where {T} = typesplit_missing(T)
typesplit_missing(T) = T === Missing ? Union{} : T isa Union ? Union{typesplit_missing(T.a),typesplit_missing(T.b)} : T

==(::Missing, ::Missing) = missing
==(::Missing, ::Any) = missing
==(::Any, ::Missing) = missing
isequal(::Missing, ::Missing) = true
isequal(::Missing, ::Any) = false
isequal(::Any, ::Missing) = false
isless(::Missing, ::Missing) = false
isless(::Missing, ::Any) = false
isless(::Any, ::Missing) = true
<(::Missing, ::Missing) = missing
<(::Missing, ::Any) = missing
<(::Any, ::Missing) = missing
hash(::Missing, h::UInt) = hash(0x8f4ed57f5ae3a2d1, h)
promote_rule(::Type{Missing}, ::Type{T}) where {T} = T === Any ? Any : Union{T,Missing}
convert(::Type{T}, x::T) where {T>:Missing} = x
convert(::Type{T}, x::T) where {T>:Union{Missing,Nothing}} = x
convert(::Type{T}, x) where {T>:Missing} = convert(to_convert_to(nonmissingtype(T), T, x), x)
convert(::Type{T}, x) where {T>:Union{Missing,Nothing}} = convert(to_convert_to(nonmissingtype(nonnothingtype(T)), T, x), x)

for f in (:!, :~, :+, :-, :&, :|, :xor, :zero, :one, :oneunit, :isfinite, :isinf, :isodd, :isinteger, :isreal, :isnan, :iszero,
          :transpose, :adjoint, :float, :complex, :conj, :abs, :abs2, :iseven, :ispow2, :real, :imag, :sign, :inv, :sqrt, :cbrt, :exp, :log,
          :acos, :acosh, :asin, :asinh, :atan, :atanh, :sin, :sinh, :cos, :cosh, :tan, :tanh, :exp2, :expm1, :log10, :log1p, :log2,
          :exponent, :significand, :identity, :angle, :sec, :csc, :cot, :sinpi, :cospi)
    @eval $f(::Missing) = missing
end
sincosd(::Missing) = (missing, missing)
for f in (:+, :-, :*, :/, :^, :mod, :rem, :div, :fld, :cld, :min, :max, :\)
    @eval begin
        $f(::Missing, ::Missing) = missing
        $f(::Missing, ::Number) = missing
        $f(::Number, ::Missing) = missing
    end
end
for f in (:&, :|, :xor, :nand, :nor, :<<, :>>, :>>>)
    @eval begin
        $f(::Missing, ::Missing) = missing
        $f(::Missing, ::Integer) = missing
        $f(::Integer, ::Missing) = missing
    end
end
min(::Missing, ::Any) = missing
min(::Any, ::Missing) = missing
max(::Missing, ::Any) = missing
max(::Any, ::Missing) = missing
isapprox(::Missing, ::Missing; kw...) = missing
isapprox(::Missing, ::Any; kw...) = missing
isapprox(::Any, ::Missing; kw...) = missing
clamp(::Missing, lo, hi) = missing
*(::Missing, ::Union{AbstractString,AbstractChar}) = missing
*(::Union{AbstractString,AbstractChar}, ::Missing) = missing
*(::Missing) = missing
(&)(::Missing, x::Bool) = x ? missing : false
(&)(x::Bool, ::Missing) = x ? missing : false
|(::Missing, x::Bool) = x ? true : missing
|(x::Bool, ::Missing) = x ? true : missing
for f in (:round, :floor, :ceil, :trunc)
    @eval begin
        $f(::Missing, ::RoundingMode=RoundNearest; digits::Integer=0, base::Integer=0, sigdigits=0) = missing
        $f(::Type{>:Missing}, ::Missing, ::RoundingMode=RoundNearest) = missing
        $f(::Type{T}, ::Missing, ::RoundingMode=RoundNearest) where {T} =
            throw(MissingException("cannot convert a missing value to type $T: use Union{$T, Missing} instead"))
        $f(::Type{T}, x::Real) where {T>:Missing} = $f(nonmissing_or_error(T), x)
    end
end
for f in (:floor, :ceil, :trunc)
    @eval $f(::Type{T}, x::Rational) where {T>:Missing} = $f(nonmissing_or_error(T), x)
end
round(::Type{T}, x::Rational{S}) where {T>:Missing,S} = round(nonmissing_or_error(T), x)
round(::Type{T}, x::Rational{Bool}) where {T>:Missing} = round(nonmissing_or_error(T), x)
round(::Type{T}, x::Real, r::RoundingMode) where {T>:Missing} = round(nonmissing_or_error(T), x, r)
round(::Type{T}, x::Rational{S}, r::RoundingMode) where {T>:Missing,S} = round(nonmissing_or_error(T), x, r)
round(::Type{T}, x::Rational{Bool}, r::RoundingMode) where {T>:Missing} = round(nonmissing_or_error(T), x, r)
# The type beside Missing; a MethodError of convert where there is none.
nonmissing_or_error(T) = nonmissingtype(T)
zero(::Type{Missing}) = missing
one(::Type{Missing}) = missing
oneunit(::Type{Missing}) = missing
float(::Type{Missing}) = Missing
for f in (:zero, :one, :oneunit)
    @eval function $f(::Type{Union{T,Missing}}) where {T}
        T === Any && throw(MethodError($f, (Any,)))
        $f(T)
    end
end
float(::Type{Union{T,Missing}}) where {T} = T === Any ? throw(MethodError(float, (Any,))) : Union{float(T),Missing}
float(a::AbstractArray{Union{T,Missing}}) where {T} = convert(AbstractArray{Union{float(T),Missing}}, a)
float(a::AbstractArray{Missing}) = a

"""
    Base.SkipMissing

What `skipmissing` gives.
"""
struct SkipMissing{T}
    x::T
end
"""
    skipmissing(itr)

The items of `itr` that are not `missing`. Of an array it has the indices of those.
"""
skipmissing(itr) = SkipMissing(itr)
IteratorSize(::Type{<:SkipMissing}) = SizeUnknown()
IteratorEltype(::Type{SkipMissing{T}}) where {T} = IteratorEltype(T)
eltype(::Type{SkipMissing{T}}) where {T} = nonmissingtype(eltype(T))
function iterate(s::SkipMissing, st...)
    y = iterate(s.x, st...)
    while y !== nothing && y[1] === missing
        y = iterate(s.x, y[2])
    end
    y
end
IndexStyle(::Type{<:SkipMissing{T}}) where {T} = IndexStyle(T)
eachindex(s::SkipMissing) = Iterators.filter(i -> s.x[i] !== missing, eachindex(s.x))
keys(s::SkipMissing) = Iterators.filter(i -> s.x[i] !== missing, keys(s.x))
keytype_of(s::SkipMissing) = keytype_of(s.x)
isempty(s::SkipMissing) = iterate(s) === nothing
function getindex(s::SkipMissing, i...)
    v = s.x[i...]
    v === missing && throw(MissingException(string("the value at index ", i, " is missing")))
    v
end
function filter(f, s::SkipMissing{<:AbstractArray})
    out = similar(s.x, eltype(s), 0)
    for x in s
        f(x) && push!(out, x)
    end
    out
end
show(io::IO, s::SkipMissing) = (print(io, "skipmissing("); show(io, s.x); print(io, ")"))

"""
    coalesce(x...)

The first argument that is not `missing`.
"""
coalesce() = missing
coalesce(x, more...) = x === missing ? coalesce(more...) : x

"""
    @coalesce(x...)

`coalesce` that evaluates no further than needed.
"""
macro coalesce(args...)
    ex = :missing
    for a in reverse(args)
        ex = quote
            v = $(esc(a))
            v === missing ? $ex : v
        end
    end
    ex
end
