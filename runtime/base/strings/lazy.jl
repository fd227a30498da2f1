# Strings that are made when they are first looked at.

"""
    LazyString(parts...)

The text that `string(parts...)` gives, made when it is first needed: a message of an error
that may never be read costs nothing. `lazy"text \$x"` writes one.

# Examples
```julia
julia> n = 5; LazyString("n is ", n)
"n is 5"
```
"""
mutable struct LazyString <: AbstractString
    const parts::Tuple
    text::Union{String,Nothing}
    LazyString(parts...) = new(parts, nothing)
end

"""
    lazy"text \$x"

A [`LazyString`](@ref).
"""
macro lazy_str(text)
    parts = Any[]
    rest = firstindex(text)
    while (at = findnext(==('$'), text, rest)) !== nothing
        at > rest && push!(parts, SubString(text, rest, prevind(text, at)))
        ex, rest = Meta.parse(text, nextind(text, at); greedy=false)
        push!(parts, esc(ex))
    end
    rest <= ncodeunits(text) && push!(parts, SubString(text, rest))
    :(LazyString($(parts...)))
end

String(s::LazyString) = s.text === nothing ? (s.text = string(s.parts...)) : s.text
convert(::Type{String}, s::LazyString) = String(s)
ncodeunits(s::LazyString) = ncodeunits(String(s))
codeunit(s::LazyString) = codeunit(String(s))
codeunit(s::LazyString, i::Integer) = codeunit(String(s), i)
isvalid(s::LazyString, i::Integer) = isvalid(String(s), i)
iterate(s::LazyString, i::Integer=firstindex(s)) = iterate(String(s), i)
lastindex(s::LazyString) = lastindex(String(s))
thisind(s::LazyString, i::Int) = thisind(String(s), i)
nextind(s::LazyString, i::Int) = nextind(String(s), i)
prevind(s::LazyString, i::Int) = prevind(String(s), i)
print(io::IO, s::LazyString) = print(io, String(s))
show(io::IO, s::LazyString) = show(io, String(s))
