# Text whose parts carry labelled values: AnnotatedString, AnnotatedChar and what keeps
# the values with their characters.

"A labelled value: what a character carries."
const Annotation = NamedTuple{(:label, :value),Tuple{Symbol,Any}}
"A labelled value and the code units of a string that it is for."
const RegionAnnotation = NamedTuple{(:region, :label, :value),Tuple{UnitRange{Int},Symbol,Any}}

"""
    AnnotatedString(s, annotations)

The text `s` with labelled values for parts of it. Each annotation is a region of
indices, a label and a value: `AnnotatedString("ab", [(1:1, :face, :bold)])`. They stay
with their characters when the string is cut, joined, padded or changed in case.
See `annotations`, `annotate!`, `annotatedstring`; StyledStrings shows the label `:face`.
"""
struct AnnotatedString{S<:AbstractString} <: AbstractString
    string::S
    annotations::Vector{RegionAnnotation}
    AnnotatedString{S}(s::S, list::Vector{RegionAnnotation}) where {S<:AbstractString} = new{S}(s, list)
end
AnnotatedString{S}(s::S, list::AbstractVector) where {S<:AbstractString} = AnnotatedString{S}(s, region_annotations(list))
AnnotatedString(s::S, list::AbstractVector) where {S<:AbstractString} = AnnotatedString{S}(s, list)
AnnotatedString(s::AnnotatedString, list::AbstractVector) = AnnotatedString(s.string, vcat(s.annotations, region_annotations(list)))
AnnotatedString(s::AbstractString) = AnnotatedString(s, RegionAnnotation[])
AnnotatedString(s::AnnotatedString) = s
AnnotatedString(chars::AbstractVector{<:AbstractChar}) = annotatedstring(chars...)
region_annotations(list) = RegionAnnotation[region_annotation(a) for a in list]
region_annotation(a::NamedTuple) = RegionAnnotation((a.region, a.label, a.value))
region_annotation((region, label, value)::Tuple) = RegionAnnotation((region, label, value))

"""
    AnnotatedChar(c, annotations)

The character `c` with labelled values: `AnnotatedChar('a', [(:face, :bold)])`.
"""
struct AnnotatedChar{C<:AbstractChar} <: AbstractChar
    char::C
    annotations::Vector{Annotation}
end
AnnotatedChar(c::C, list::AbstractVector) where {C<:AbstractChar} = AnnotatedChar{C}(c, Annotation[char_annotation(a) for a in list])
AnnotatedChar(c::AnnotatedChar, list::Vector{Annotation}) = AnnotatedChar(c.char, vcat(c.annotations, list))
AnnotatedChar(c::AbstractChar) = AnnotatedChar(c, Annotation[])
AnnotatedChar(c::AnnotatedChar) = c
AnnotatedChar(c::UInt32) = AnnotatedChar(Char(c))
AnnotatedChar{C}(c::UInt32) where {C<:AbstractChar} = AnnotatedChar(C(c))
char_annotation(a::NamedTuple) = Annotation((a.label, a.value))
char_annotation((label, value)::Tuple) = Annotation((label, value))

const AnyAnnotated = Union{AnnotatedString,SubString{<:AnnotatedString}}

## what strings and characters need

convert(::Type{AnnotatedString}, s::AbstractString) = AnnotatedString(s)
convert(::Type{AnnotatedString}, s::AnnotatedString) = s
convert(::Type{AnnotatedString{S}}, s::S) where {S<:AbstractString} = AnnotatedString(s)
convert(::Type{AnnotatedString{S}}, s::AnnotatedString{S}) where {S<:AbstractString} = s
convert(::Type{AnnotatedChar}, c::AbstractChar) = AnnotatedChar(c)
convert(::Type{AnnotatedChar}, c::AnnotatedChar) = c
convert(::Type{AnnotatedChar{C}}, c::C) where {C<:AbstractChar} = AnnotatedChar(c)
promote_rule(::Type{<:AnnotatedString}, ::Type{<:AbstractString}) = AnnotatedString
promote_rule(::Type{<:AbstractString}, ::Type{<:AnnotatedString}) = AnnotatedString
promote_rule(::Type{<:AnnotatedString}, ::Type{<:AnnotatedString}) = AnnotatedString
String(s::AnnotatedString) = String(s.string)
string(s::AnnotatedString) = String(s)
String(s::SubString{<:AnnotatedString}) = String(unannotate(s))
plain(s::AnnotatedString) = plain(s.string)
plain(s::SubString{<:AnnotatedString}) = plain(unannotate(s))

ncodeunits(s::AnnotatedString) = ncodeunits(s.string)
codeunits(s::AnnotatedString) = codeunits(s.string)
codeunit(s::AnnotatedString) = codeunit(s.string)
codeunit(s::AnnotatedString, i::Int) = codeunit(s.string, i)
isvalid(s::AnnotatedString, i::Int) = isvalid(s.string, i)
firstindex(s::AnnotatedString) = firstindex(s.string)
lastindex(s::AnnotatedString) = lastindex(s.string)
eltype(::Type{<:AnnotatedString{S}}) where {S} = AnnotatedChar{eltype(S)}
iterate(s::AnnotatedString, i::Int=firstindex(s)) = i > lastindex(s) ? nothing : (s[i], nextind(s, i))
getindex(s::AnnotatedString, i::Int) =
    AnnotatedChar(s.string[i], Annotation[(label=a.label, value=a.value) for a in s.annotations if i in a.region])

ncodeunits(c::AnnotatedChar) = ncodeunits(c.char)
codepoint(c::AnnotatedChar) = codepoint(c.char)
Char(c::AnnotatedChar) = Char(c.char)
uppercase(c::AnnotatedChar) = AnnotatedChar(uppercase(c.char), c.annotations)
lowercase(c::AnnotatedChar) = AnnotatedChar(lowercase(c.char), c.annotations)
titlecase(c::AnnotatedChar) = AnnotatedChar(titlecase(c.char), c.annotations)

cmp(a::AnnotatedString, b::AbstractString) = cmp(a.string, b)
cmp(a::AbstractString, b::AnnotatedString) = cmp(a, b.string)
cmp(a::AnnotatedString, b::AnnotatedString) = cmp(a.string, b.string)
==(a::AnyAnnotated, b::AnyAnnotated) = unannotate(a) == unannotate(b) && annotations(a) == annotations(b)
==(a::AnyAnnotated, b::AbstractString) = unannotate(a) == b && isempty(annotations(a))
==(a::AbstractString, b::AnyAnnotated) = b == a
==(a::AnnotatedChar, b::AnnotatedChar) = a.char == b.char && a.annotations == b.annotations
hash(s::AnyAnnotated, h::UInt) = hash(annotations(s), hash(unannotate(s), h))

# The form that gives the string when it is evaluated.
function show(io::IO, s::AnnotatedString)
    show(io, typeof(s))
    print(io, '(')
    show(io, s.string)
    print(io, ", ")
    show(IOContext(io, :typeinfo => Vector{Tuple{UnitRange{Int},Symbol,Any}}), Tuple{UnitRange{Int},Symbol,Any}[Tuple(a) for a in s.annotations])
    print(io, ')')
end
function show(io::IO, c::AnnotatedChar)
    if get(io, :color, false) === true
        quoted = repr(c.char)
        text = SubString(quoted, 2, prevind(quoted, lastindex(quoted)))
        print(io, '\'', AnnotatedString(String(text), [(1:ncodeunits(text), a.label, a.value) for a in c.annotations]), '\'')
    else
        show(io, c.char)
    end
end
show(io::IO, m::MIME"text/plain", c::AnnotatedChar) = show(io, m, c.char)
show(io::IO, ::MIME"text/plain", s::AnnotatedString) = (print(io, '"'); escape_string(io, s, "\"\$"); print(io, '"'))
show(io::IO, s::SubString{<:AnnotatedString}) = (print(io, '"'); escape_string(io, s, "\"\$"); print(io, '"'))

## asking and changing

"""
    unannotate(s)

The text of an annotated string without its annotations.
"""
unannotate(s::AnnotatedString) = s.string
unannotate(s::SubString{<:AnnotatedString}) = SubString(s.string.string, s.offset + 1, s.offset + lastindex(s))
unannotate(c::AnnotatedChar) = c.char

"""
    annotations(s[, position])
    annotations(c::AnnotatedChar)

The annotations of a string, as a vector of `(region, label, value)`, or those that
touch an index or a range of them, in the order in which they were put on. Of a
character it is a vector of `(label, value)`.
"""
annotations(s::AnnotatedString) = s.annotations
annotations(c::AnnotatedChar) = c.annotations
annotations(s::AnnotatedString, i::Integer) = annotations(s, i:i)
function annotations(s::AnnotatedString, at::UnitRange{<:Integer})
    cut = RegionAnnotation[]
    for a in s.annotations
        part = intersect(a.region, at)
        isempty(part) || push!(cut, RegionAnnotation((part, a.label, a.value)))
    end
    cut
end
annotations(s::SubString{<:AnnotatedString}) = annotations(s, 1:s.ncodeunits)
annotations(s::SubString{<:AnnotatedString}, i::Integer) = annotations(s, i:i)
annotations(s::SubString{<:AnnotatedString}, at::UnitRange{<:Integer}) =
    RegionAnnotation[moved(a, -s.offset) for a in annotations(s.string, s.offset .+ at)]
moved(a, by) = RegionAnnotation((a.region .+ by, a.label, a.value))

"""
    annotate!(s, [range,] label::Symbol, value)
    annotate!(c::AnnotatedChar, label::Symbol, value)

Put a labelled value on a part of `s`, or on all of it. The value `nothing` takes those
with this range and label away.
"""
function annotate!(s::AnnotatedString, range::UnitRange{Int}, label::Symbol, @nospecialize(value))
    annotate_list!(s.annotations, range, label, value)
    s
end
annotate!(s::AnnotatedString, label::Symbol, @nospecialize(value)) = annotate!(s, firstindex(s):lastindex(s), label, value)
annotate!(s::SubString{<:AnnotatedString}, range::UnitRange{Int}, label::Symbol, @nospecialize(value)) =
    (annotate!(s.string, s.offset .+ range, label, value); s)
annotate!(s::SubString{<:AnnotatedString}, label::Symbol, @nospecialize(value)) = annotate!(s, 1:s.ncodeunits, label, value)
annotate!(c::AnnotatedChar, label::Symbol, @nospecialize(value)) = (push!(c.annotations, Annotation((label, value))); c)
function annotate_list!(list, range, label, @nospecialize(value))
    if value === nothing
        filter!(a -> !(a.region == range && a.label === label), list)
    else
        push!(list, RegionAnnotation((range, label, value)))
    end
end

## putting together

"""
    annotatedstring(values...)

Like `string`, but an `AnnotatedString`, with the annotations of those `values` that
have some.
"""
function annotatedstring(xs...)
    out = IOBuffer()
    list = RegionAnnotation[]
    for x in xs
        at = out.size
        if x isa AnyAnnotated
            for a in annotations(x)
                push!(list, moved(a, at))
            end
            print(out, unannotate(x))
        elseif x isa AnnotatedChar
            for a in x.annotations
                push!(list, RegionAnnotation((at+1:at+ncodeunits(x), a.label, a.value)))
            end
            print(out, x.char)
        else
            print(IOContext(out, :color => true), x)
        end
    end
    AnnotatedString(buffer_take_string(out), list)
end
annotatedstring(s::AnnotatedString) = s
AnnotatedString(s::SubString{<:AnnotatedString}) = annotatedstring(s)

# Whether text made of x should be annotated.
_isannotated(::AnyAnnotated) = true
_isannotated(::AnnotatedChar) = true

function repeat(s::AnnotatedString, n::Integer)
    n == 0 && return AnnotatedString("")
    n == 1 && return s
    text = repeat(s.string, n)
    all = firstindex(s):lastindex(s)
    list = RegionAnnotation[]
    if !isempty(s.annotations) && all_equal_regions(s.annotations, all)
        for a in s.annotations
            push!(list, RegionAnnotation((firstindex(text):lastindex(text), a.label, a.value)))
        end
    else
        for k in 0:n-1, a in s.annotations
            push!(list, moved(a, k * ncodeunits(s)))
        end
    end
    AnnotatedString(text, list)
end
all_equal_regions(list, region) = all(a -> a.region == region, list)
repeat(s::SubString{<:AnnotatedString}, n::Integer) = repeat(AnnotatedString(s), n)
function repeat(c::AnnotatedChar, n::Integer)
    text = repeat(c.char, n)
    AnnotatedString(text, [(firstindex(text):lastindex(text), a.label, a.value) for a in c.annotations])
end
function reverse(s::AnnotatedString)
    n = lastindex(s)
    AnnotatedString(reverse(s.string), [(n+1-last(a.region):n+1-first(a.region), a.label, a.value) for a in s.annotations])
end
reverse(s::SubString{<:AnnotatedString}) = reverse(AnnotatedString(s))

## case

# s with each character changed; the regions follow the characters, which may become longer.
function change_chars(change, s::AnnotatedString)
    out = IOBuffer()
    starts = Vector{Int}(undef, ncodeunits(s))
    ends = Vector{Int}(undef, ncodeunits(s))
    for (i, c) in pairs(s.string)
        from = out.size + 1
        print(out, change(c))
        for k in i:i+ncodeunits(c)-1
            starts[k] = from
            ends[k] = out.size
        end
    end
    list = [(starts[first(a.region)]:ends[last(a.region)], a.label, a.value) for a in s.annotations]
    AnnotatedString(buffer_take_string(out), list)
end
change_chars(change, s::SubString{<:AnnotatedString}) = change_chars(change, AnnotatedString(s))
# change for the first character only
function change_first(change, s)
    start = true
    change_chars(c -> start ? (start = false; change(c)) : c, s)
end
uppercase(s::AnyAnnotated) = change_chars(uppercase, s)
lowercase(s::AnyAnnotated) = change_chars(lowercase, s)
uppercasefirst(s::AnyAnnotated) = change_first(titlecase, s)
lowercasefirst(s::AnyAnnotated) = change_first(lowercase, s)
function titlecase(s::AnyAnnotated; wordsep::Function=!isletter_or_mark, strict::Bool=true)
    start = true
    change_chars(s) do c
        if wordsep(c)
            start = true
            return c
        end
        changed = start ? titlecase(c) : strict ? lowercase(c) : c
        start = false
        changed
    end
end

## searching

function match(r::Regex, s::AnnotatedString, i::Integer=1)
    m = match(r, String(s), i)
    m === nothing ? nothing : annotated_match(m, s)
end
match(r::Regex, s::SubString{<:AnnotatedString}, i::Integer=1) = match(r, AnnotatedString(s), i)
eachmatch(r::Regex, s::AnyAnnotated; overlap::Bool=false) =
    (t = AnnotatedString(s); Iterators.map(m -> annotated_match(m, t), eachmatch(r, String(t); overlap=overlap)))
# The match m of the text of s, as one of s.
function annotated_match(m::RegexMatch, s::S) where {S<:AnnotatedString}
    piece(p) = SubString{S}(s, p.offset, p.ncodeunits, Val(:noshift))
    caps = Union{Nothing,SubString{S}}[c === nothing ? nothing : piece(c) for c in m.captures]
    RegexMatch{S}(piece(m.match), caps, m.offset, m.offsets, m.regex)
end

## parts of the same look

"""
    eachregion(s)

The parts of an annotated string that have the same annotations throughout, each with
these annotations.
"""
function eachregion(s::AnyAnnotated)
    text = plain(s)
    list = annotations(s)
    parts = Tuple{SubString{String},Vector{Annotation}}[]
    isempty(text) && return parts
    cuts = Int[firstindex(text)]
    for a in list
        push!(cuts, first(a.region), nextind(text, thisind(text, last(a.region))))
    end
    sort!(unique!(cuts))
    for (k, from) in pairs(cuts)
        from > lastindex(text) && break
        to = k == length(cuts) ? lastindex(text) : prevind(text, cuts[k+1])
        to < from && continue
        push!(parts, (SubString(text, from, to), Annotation[(label=a.label, value=a.value) for a in list if from in a.region]))
    end
    parts
end
