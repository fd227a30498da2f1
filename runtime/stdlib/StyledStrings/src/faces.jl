# What text may look like: colours and faces, and how faces are put on top of each other.

const RGBTuple = NamedTuple{(:r, :g, :b),NTuple{3,UInt8}}

"""
    SimpleColor(name::Symbol)
    SimpleColor(r, g, b)
    SimpleColor(rgb::UInt32)

A colour: one that has a name, like `:red`, or one mixed of red, green and blue, each
from 0 to 255, or all three in one number, like `0x9558b2`.
"""
struct SimpleColor
    value::Union{Symbol,RGBTuple}
end
SimpleColor(r::Integer, g::Integer, b::Integer) = SimpleColor((r=UInt8(r), g=UInt8(g), b=UInt8(b)))
SimpleColor(rgb::UInt32) = SimpleColor(rgb >> 16 & 0xff, rgb >> 8 & 0xff, rgb & 0xff)
Base.convert(::Type{SimpleColor}, name::Symbol) = SimpleColor(name)
Base.convert(::Type{SimpleColor}, rgb::RGBTuple) = SimpleColor(rgb)
Base.convert(::Type{SimpleColor}, rgb::UInt32) = SimpleColor(rgb)

"""
    tryparse(SimpleColor, text)

The colour that `text` names (`"red"`, `"#9558b2"`), or nothing.
"""
function Base.tryparse(::Type{SimpleColor}, text::String)
    if startswith(text, '#')
        occursin(r"^#[0-9a-fA-F]{6}$", text) ? SimpleColor(parse(UInt32, SubString(text, 2); base=16)) : nothing
    elseif occursin(r"^[a-zA-Z]", text)
        SimpleColor(Symbol(text))
    end
end
function Base.parse(::Type{SimpleColor}, text::String)
    color = tryparse(SimpleColor, text)
    color === nothing ? throw(ArgumentError("invalid color \"$text\"")) : color
end

const Underline = Union{Nothing,Bool,SimpleColor,Tuple{<:Union{Nothing,SimpleColor},Symbol}}
const underline_styles = (:straight, :double, :curly, :dotted, :dashed)

"""
    Face(; font, height, weight, slant, foreground, background, underline, strikethrough, inverse, inherit)

What text looks like. What is not said stays as it is below:

- `font`: a name
- `height`: in tenths of a point, or as a factor of what it is (a Float64)
- `weight`: `:thin`, `:extralight`, `:light`, `:semilight`, `:normal`, `:medium`, `:semibold`, `:bold`, `:extrabold`, `:black`
- `slant`: `:normal`, `:italic`, `:oblique`
- `foreground`, `background`: colours
- `underline`: true, false, a colour, a style (`:straight`, `:double`, `:curly`, `:dotted`, `:dashed`), or `(colour, style)`
- `strikethrough`, `inverse`: true or false
- `inherit`: the names of faces to take the rest from, the most important first
"""
struct Face
    font::Union{Nothing,String}
    height::Union{Nothing,Int,Float64}
    weight::Union{Nothing,Symbol}
    slant::Union{Nothing,Symbol}
    foreground::Union{Nothing,SimpleColor}
    background::Union{Nothing,SimpleColor}
    underline::Underline
    strikethrough::Union{Nothing,Bool}
    inverse::Union{Nothing,Bool}
    inherit::Vector{Symbol}
end
function Face(; font::Union{Nothing,String}=nothing, height::Union{Nothing,Int,Float64}=nothing, weight::Union{Nothing,Symbol}=nothing,
              slant::Union{Nothing,Symbol}=nothing, foreground=nothing, background=nothing,
              underline::Union{Nothing,Bool,SimpleColor,Symbol,RGBTuple,UInt32,Tuple{<:Any,Symbol}}=nothing,
              strikethrough::Union{Nothing,Bool}=nothing, inverse::Union{Nothing,Bool}=nothing,
              inherit::Union{Symbol,Vector{Symbol}}=Symbol[], others...)
    Face(font, height, weight, slant, as_color(foreground), as_color(background), as_underline(underline), strikethrough, inverse,
        inherit isa Symbol ? [inherit] : inherit)
end
as_color(::Nothing) = nothing
as_color(c::AbstractString) = parse(SimpleColor, String(c))
as_color(c) = convert(SimpleColor, c)
as_underline(u::Union{Nothing,Bool}) = u
as_underline((color, style)::Tuple{Any,Symbol}) = (as_color(color), style)
as_underline(u) = u in underline_styles ? (nothing, u) : as_color(u)

Base.:(==)(a::Face, b::Face) = a.height === b.height && all(f -> getfield(a, f) == getfield(b, f), fieldnames(Face))
Base.hash(f::Face, h::UInt) = foldr(hash, map(name -> getfield(f, name), fieldnames(Face)); init=hash(Face, h))
Base.copy(f::Face) = with_inherit(f, copy(f.inherit))
with_inherit(f::Face, names) =
    Face(f.font, f.height, f.weight, f.slant, f.foreground, f.background, f.underline, f.strikethrough, f.inverse, names)

"""
    merge(a::Face, faces::Face...)

The face `a` with the others on top of it: what a later one says counts.
"""
function Base.merge(a::Face, b::Face)
    isempty(b.inherit) || return merge(a, resolved(b))
    over(below, above) = above === nothing ? below : above
    Face(over(a.font, b.font), merged_height(a.height, b.height), over(a.weight, b.weight), over(a.slant, b.slant),
        over(a.foreground, b.foreground), over(a.background, b.background), over(a.underline, b.underline),
        over(a.strikethrough, b.strikethrough), over(a.inverse, b.inverse), a.inherit)
end
Base.merge(a::Face, b::Face, others::Face...) = merge(merge(a, b), others...)
# A height in points counts for itself, a factor is one of what is below.
merged_height(a, b::Union{Nothing,Int}) = b === nothing ? a : b
merged_height(::Nothing, b::Float64) = b
merged_height(a::Int, b::Float64) = round(Int, a * b)
merged_height(a::Float64, b::Float64) = a * b
# The face with all that it inherits.
resolved(f::Face) = merge(foldl(merge, map(named_face, reverse(f.inherit))), with_inherit(f, Symbol[]))

## the face of some text

"""
    getface(faces)
    getface(annotations)
    getface(c::AnnotatedChar)
    getface(s::AnnotatedString, i)

What text looks like that has these faces (names, `Face`s, or lists of them, the most
important last), or the face `:default`.
"""
getface() = FACES.current[][:default]
getface(face::Face) = merge(getface(), merge(Face(), face))
getface(name::Symbol) = getface(named_face(name))
function getface(faces)
    isempty(faces) && return getface()
    merge(getface(), merge(Face(), mapfoldl(one_face, merge, faces)))
end
getface(list::Vector{Annotation}) = getface([a.value for a in list if a.label === :face])
getface(c::AnnotatedChar) = getface(c.annotations)
getface(s::AnnotatedString, i::Integer) = getface([a.value for a in annotations(s, i) if a.label === :face])
one_face(f::Face) = f
one_face(name::Symbol) = named_face(name)
# In a list within the list the first counts most.
one_face(list::Vector) = mapfoldl(one_face, merge, Iterators.reverse(list))

"""
    face!(s, [range,] face)

Put a face, or a list of them, on a part of an annotated string, or on all of it.
"""
face!(s::AnyAnnotated, range::UnitRange{Int}, face::Union{Symbol,Face,Vector{<:Union{Symbol,Face}}}) = annotate!(s, range, :face, face)
face!(s::AnyAnnotated, face::Union{Symbol,Face,Vector{<:Union{Symbol,Face}}}) = annotate!(s, firstindex(s):lastindex(s), :face, face)
