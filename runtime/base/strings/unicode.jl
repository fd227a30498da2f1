# Unicode: normal forms and graphemes.

"""
    Unicode

`Unicode.normalize`, `graphemes`, `Unicode.isassigned`.
"""
module Unicode

using ..Base: string_normalize, string_casefold, string_grapheme_end, char_ignorable, char_category, category_abbrev, category_code, category_string
import ..Base: iterate, length, eltype, show, ==, hash, isassigned, isless

"Whether `c` is a letter that has a case, or a title-case one."
iscased(c::AbstractChar) = islowercase(c) || isuppercase(c) || char_category(Char(c)) == 3

export graphemes, textwidth, isvalid, islowercase, isuppercase, isletter, isdigit, isnumeric, iscntrl, ispunct, isspace, isprint, isxdigit,
    lowercase, uppercase, titlecase, lowercasefirst, uppercasefirst

"""
    Unicode.normalize(s, form)
    Unicode.normalize(s; casefold, stripmark, stripignore, stripcc, newline2lf, newline2ls, newline2ps, decompose, compose, compat, rejectna, chartransform)

`s` in the normal form `:NFC`, `:NFD`, `:NFKC` or `:NFKD`, or changed as the keywords say.
"""
normalize(s::AbstractString, form::Symbol) = string_normalize(String(s), String(form))
function normalize(s::AbstractString; stable::Bool=false, compat::Bool=false, compose::Bool=true, decompose::Bool=false, stripignore::Bool=false,
                   rejectna::Bool=false, newline2ls::Bool=false, newline2ps::Bool=false, newline2lf::Bool=false, stripcc::Bool=false,
                   casefold::Bool=false, lump::Bool=false, stripmark::Bool=false, chartransform=identity)
    newline2ls + newline2ps + newline2lf > 1 && throw(ArgumentError("only one newline conversion may be specified"))
    compose || decompose || !(compat || stripmark) || throw(ArgumentError("compat=true or stripmark=true require compose=true or decompose=true"))
    compose && decompose && (compose = false)
    t = String(s)
    chartransform === identity || (t = map(chartransform, t))
    if newline2ls || newline2ps || newline2lf || stripcc
        t = change_controls(t, newline2ls ? '\u2028' : newline2ps ? '\u2029' : newline2lf ? '\n' : stripcc ? ' ' : nothing, stripcc)
    end
    stripignore && (t = filter(!char_ignorable, t))
    rejectna && any(c -> !isassigned(c), t) && throw(ArgumentError("Unassigned Unicode code point found in UTF-8 string."))
    lump && (t = map(lumped, t))
    t = string_normalize(t, compat ? "NFKD" : "NFD")
    stripmark && (t = filter(c -> !(6 <= char_category(c) <= 8), t))
    casefold && (t = string_normalize(string_casefold(t), compat ? "NFKD" : "NFD"))
    decompose ? t : compose ? string_normalize(t, compat ? "NFKC" : "NFC") : t
end
function change_controls(s, newline, strip)
    io = IOBuffer()
    previous = '\0'
    for c in s
        if c in ('\n', '\r', '\u85') && newline !== nothing
            c == '\n' && previous == '\r' || print(io, newline)
        elseif strip && c in ('\t', '\v', '\f')
            print(io, ' ')
        elseif !(strip && iscntrl(c))
            print(io, c)
        end
        previous = c
    end
    String(take!(io))
end
# Characters that are often written as another.
function lumped(c)
    k = char_category(c)
    k == 23 ? ' ' : c in "\u2018\u2019\u02bc\u02c8" ? '\'' : k == 13 || c == '\u2212' ? '-' : c in "\u2044\u2215" ? '/' : c == '\u2236' ? ':' :
    c in "\u2039\u2329\u3008" ? '<' : c in "\u203a\u232a\u3009" ? '>' : c in "\u02c4\u02c6\u2038\u2303" ? '^' : c == '\u02cd' ? '_' :
    c == '\u02cb' ? '`' : c == '\u2223' ? '|' : c == '\u223c' ? '~' : c
end

"""
    Unicode.julia_chartransform(c)

The character that names in Julia take for `c`.
"""
julia_chartransform(c::Char) = c == 'ɛ' ? 'ε' : c == 'µ' ? 'μ' : c == '·' || c == '·' ? '⋅' : c == '−' ? '-' : c == 'ℏ' ? 'ħ' : c

"""
    Unicode.isequal_normalized(a, b; casefold=false, stripmark=false, chartransform=identity)

Whether two strings are the same up to their normal form.
"""
isequal_normalized(a::AbstractString, b::AbstractString; casefold::Bool=false, stripmark::Bool=false, chartransform=identity) =
    normalize(a; decompose=true, compose=false, casefold=casefold, stripmark=stripmark, chartransform=chartransform) ==
    normalize(b; decompose=true, compose=false, casefold=casefold, stripmark=stripmark, chartransform=chartransform)

"""
    Unicode.isassigned(c)

Whether Unicode has given the code point a meaning.
"""
isassigned(c::Integer) = isassigned(Char(c))

"What a reader takes for the characters of a string; made by `graphemes`."
struct GraphemeIterator{S<:AbstractString}
    s::S
end
"""
    graphemes(s)
    graphemes(s, m:n)

The graphemes of a string, what a reader takes for characters, one by one; or the part
of `s` from grapheme `m` to `n`.
"""
graphemes(s::AbstractString) = GraphemeIterator{typeof(s)}(s)
function graphemes(s::AbstractString, r::AbstractUnitRange{<:Integer})
    m, n = Int(first(r)), Int(last(r))
    m > 0 || throw(ArgumentError("starting index $m is not ≥ 1"))
    n < m && return @view s[1:0]
    text = String(s)
    starts = Int[1]
    while starts[end] <= ncodeunits(text) && length(starts) <= n
        push!(starts, string_grapheme_end(text, starts[end]))
    end
    length(starts) > n || throw(BoundsError(s, r))
    SubString(s, starts[m], prevind(s, starts[n + 1]))
end
eltype(::Type{GraphemeIterator{S}}) where {S} = SubString{S}
eltype(::Type{GraphemeIterator{SubString{S}}}) where {S} = SubString{S}
function length(g::GraphemeIterator)
    s = String(g.s)
    n = 0
    i = 1
    while i <= ncodeunits(s)
        i = string_grapheme_end(s, i)
        n += 1
    end
    n
end
function iterate(g::GraphemeIterator, i::Int=1)
    i > ncodeunits(g.s) && return nothing
    j = string_grapheme_end(String(g.s), i)
    (SubString(g.s, i, prevind(g.s, j)), j)
end
==(a::GraphemeIterator, b::GraphemeIterator) = a.s == b.s
hash(g::GraphemeIterator, h::UInt) = hash(g.s, h)
isless(a::GraphemeIterator, b::GraphemeIterator) = isless(a.s, b.s)
show(io::IO, g::GraphemeIterator) = print(io, "length-$(length(g)) GraphemeIterator{$(typeof(g.s))} for \"$(g.s)\"")

end
