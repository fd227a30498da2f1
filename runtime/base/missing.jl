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

for f in (:!, :~, :+, :-, :*, :&, :|, :xor, :zero, :one, :oneunit, :isfinite, :isinf, :isodd, :isinteger, :isreal, :isnan, :iszero,
          :transpose, :adjoint, :float, :conj, :abs, :abs2, :iseven, :ispow2, :real, :imag, :sign, :inv, :sqrt, :cbrt, :exp, :log,
          :sin, :cos, :tan, :floor, :ceil, :trunc, :round)
    @eval $f(::Missing) = missing
end
for f in (:+, :-, :*, :/, :^, :mod, :rem, :div, :fld, :cld, :xor, :min, :max, :<<, :>>, :>>>, :\)
    @eval begin
        $f(::Missing, ::Missing) = missing
        $f(::Missing, ::Number) = missing
        $f(::Number, ::Missing) = missing
    end
end
min(::Missing, ::Any) = missing
min(::Any, ::Missing) = missing
max(::Missing, ::Any) = missing
max(::Any, ::Missing) = missing
*(::Missing, ::Union{AbstractString,AbstractChar}) = missing
*(::Union{AbstractString,AbstractChar}, ::Missing) = missing
round(::Missing, ::RoundingMode; kw...) = missing
(&)(::Missing, x::Bool) = x ? missing : false
(&)(x::Bool, ::Missing) = x ? missing : false
|(::Missing, x::Bool) = x ? true : missing
|(x::Bool, ::Missing) = x ? true : missing

struct SkipMissing{T}
    x::T
end
"""
    skipmissing(itr)

The items of `itr` that are not `missing`.
"""
skipmissing(itr) = SkipMissing(itr)
IteratorSize(::Type{<:SkipMissing}) = SizeUnknown()
eltype(::Type{SkipMissing{T}}) where {T} = nonmissingtype(eltype(T))
function iterate(s::SkipMissing, st...)
    y = iterate(s.x, st...)
    while y !== nothing && y[1] === missing
        y = iterate(s.x, y[2])
    end
    y
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
