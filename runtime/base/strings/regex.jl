# Regular expressions.

abstract type AbstractMatch end

"""
    Regex(pattern, flags="")
    r"pattern"flags

A regular expression. Flags: `i` ignores case, `m` lets `^` and `\$` match at lines,
`s` lets `.` match newlines, `x` allows blanks and comments.

# Examples
```julia
julia> match(r"(\\d+)-(\\d+)", "tel 12-34").captures
2-element Vector{Union{Nothing, SubString{String}}}:
 "12"
 "34"
```
"""
struct Regex <: AbstractPattern
    pattern::String
    flags::String
    core::RegexCore
end
Regex(pattern::AbstractString, flags::AbstractString="") = compiled_regex(String(pattern), String(flags))
Regex(pattern::String) = compiled_regex(pattern, "")
Regex(pattern::String, flags::String) = compiled_regex(pattern, flags)
Regex(r::Regex) = r
function compiled_regex(pattern, flags)
    core = regex_compile(pattern, flags)
    Regex(pattern, flags === "" ? flags : flags_in_order(flags), core)
end
# By primitives: `r"..."` is made when a program is read.
function flags_in_order(flags)
    s = ""
    string_find(flags, "i", 1) > 0 && (s = string_concat(s, "i"))
    string_find(flags, "m", 1) > 0 && (s = string_concat(s, "m"))
    string_find(flags, "s", 1) > 0 && (s = string_concat(s, "s"))
    string_find(flags, "x", 1) > 0 && (s = string_concat(s, "x"))
    string_find(flags, "a", 1) > 0 && (s = string_concat(s, "a"))
    s
end

macro r_str(pattern, flags...)
    Regex(pattern, flags...)
end

==(a::Regex, b::Regex) = a.pattern == b.pattern && a.flags == b.flags
hash(r::Regex, h::UInt) = hash(r.pattern, hash(r.flags, h + 0x5e1f))
show(io::IO, r::Regex) = print(io, "r\"", escape_raw_string(r.pattern), "\"", r.flags)

const RegexPart = Union{Regex,AbstractString,AbstractChar}
"""
    *(r::Regex, t...)
    ^(r::Regex, n)

A regular expression for one match after the other; strings and characters among
them stand for themselves.
"""
*(a::RegexPart, b::RegexPart) = joined_regex(a, b)
*(a::RegexPart, b::RegexPart, c::RegexPart) = joined_regex(a, b, c)
*(a::RegexPart, b::RegexPart, c::RegexPart, more::RegexPart...) = joined_regex(a, b, c, more...)
function joined_regex(parts...)
    first_regex = findfirst(x -> x isa Regex, parts)
    first_regex === nothing && return string(parts...)
    all(x -> !(x isa Regex) || ('a' in x.flags) == ('a' in parts[first_regex].flags), parts) ||
        throw(ArgumentError("cannot multiply regexes: incompatible options"))
    # the flags that all have; the others are put into the parts
    flags = join(c for c in "imsxa" if all(x -> !(x isa Regex) || c in x.flags, parts))
    Regex(join(regex_part(x, flags) for x in parts), flags)
end
*(r::Regex) = r
function regex_part(r::Regex, flags)
    own = join(c for c in r.flags if !(c in flags))
    string(isempty(own) ? "(?:" : "(?$own:", r.pattern, ")")
end
regex_part(s, flags) = string("\\Q", replace(string(s), "\\E" => "\\E\\\\E\\Q"), "\\E")
^(r::Regex, n::Integer) = Regex(string("(?:", r.pattern, "){", n, "}"), r.flags)

"""
    RegexMatch

What `match` found: `m.match`, `m.captures`, `m.offset`, `m.offsets`, `m[1]`, `m[:name]`.
"""
struct RegexMatch{S<:AbstractString} <: AbstractMatch
    match::SubString{S}
    captures::Vector{Union{Nothing,SubString{S}}}
    offset::Int
    offsets::Vector{Int}
    regex::Regex
end
regex_match_of(r::Regex, s::String, v) = regex_match(RegexMatch{String}, SubString{String}, Vector{Union{Nothing,SubString{String}}}, r, s, v)
symbol_text(x) = x isa Symbol ? symbol_string(x) : x
function group_number(m::RegexMatch, name)
    names = regex_names(m.regex.core)
    for k in 1:2:length(names)
        names[k + 1] == symbol_text(name) && return names[k]
    end
    0
end
getindex(m::RegexMatch, i::Integer) = m.captures[i]
function getindex(m::RegexMatch, name::Union{AbstractString,Symbol})
    k = group_number(m, name)
    k == 0 && error("no capture group named $name found in regex")
    m.captures[k]
end
haskey(m::RegexMatch, i::Integer) = 1 <= i <= length(m.captures)
haskey(m::RegexMatch, name::Union{AbstractString,Symbol}) = group_number(m, name) > 0
length(m::RegexMatch) = length(m.captures)
iterate(m::RegexMatch, st...) = iterate(m.captures, st...)
eltype(::Type{<:RegexMatch}) = Union{Nothing,SubString{String}}
function keys(m::RegexMatch)
    names = regex_names(m.regex.core)
    by = Dict{Int,String}(names[k] => names[k + 1] for k in 1:2:length(names))
    [get(by, i, i) for i in 1:length(m.captures)]
end
function show(io::IO, m::RegexMatch)
    print(io, "RegexMatch(")
    show(io, m.match)
    ks = keys(m)
    for i in 1:length(m.captures)
        print(io, ", ", ks[i], "=")
        show(io, m.captures[i])
    end
    print(io, ")")
end

"""
    match(r::Regex, s[, i])

The first match of `r` in `s` (from index `i` on), or nothing.
"""
function match(r::Regex, s::Union{String,SubString{String}}, i::Integer=1)
    t = String(s)
    1 <= i <= ncodeunits(t) + 1 || error("PCRE.exec error: bad offset value")
    v = regex_exec(r.core, t, Int(i) - 1, 0)
    v === nothing ? nothing : regex_match_of(r, t, v)
end
match(r::Regex, s::AbstractString, i::Integer=1) = throw(ArgumentError("regex matching is only available for the String type; use String(s) to convert"))

"All matches of a regular expression, one after the other."
struct RegexMatchIterator{S<:AbstractString}
    regex::Regex
    string::S
    overlap::Bool
end
"""
    eachmatch(r::Regex, s; overlap=false)

All matches of `r` in `s`, as they are asked for.
"""
eachmatch(r::Regex, s::AbstractString; overlap::Bool=false) = (t = String(s); RegexMatchIterator{String}(r, t, overlap))
IteratorSize(::Type{<:RegexMatchIterator}) = SizeUnknown()
eltype(::Type{RegexMatchIterator{S}}) where {S} = RegexMatch{S}
# The state: where to search, and whether the last match was empty. After an empty
# one, a longer one at the same place comes first.
function iterate(it::RegexMatchIterator, (at, after_empty)=(1, false))
    s = it.string
    while true
        v = at > ncodeunits(s) + 1 ? nothing : regex_exec(it.regex.core, s, at - 1, after_empty ? 3 : 0)
        if v === nothing
            after_empty && at <= ncodeunits(s) || return nothing
            at = nextind(s, at)
            after_empty = false
        else
            m = regex_match_of(it.regex, s, v)
            none = isempty(m.match)
            at = none ? m.offset : it.overlap ? nextind(s, m.offset) : m.offset + ncodeunits(m.match)
            return (m, (at, none))
        end
    end
end

occursin(r::Regex, s::AbstractString; offset::Integer=0) = regex_exec(r.core, String(s), Int(offset), 0) !== nothing
startswith(s::AbstractString, r::Regex) = regex_exec(r.core, String(s), 0, 1) !== nothing
endswith(s::AbstractString, r::Regex) = regex_exec(r.core, String(s), 0, 2) !== nothing
function chopprefix(s::AbstractString, r::Regex)
    v = regex_exec(r.core, String(s), 0, 1)
    v === nothing ? SubString(s) : SubString(s, v[2] + 1)
end
function chopsuffix(s::AbstractString, r::Regex)
    v = regex_exec(r.core, String(s), 0, 2)
    v === nothing || v[1] == v[2] ? SubString(s) : SubString(s, 1, prevind(s, v[1] + 1))
end
function findnext(r::Regex, s::AbstractString, i::Integer)
    s isa PlainString || throw(ArgumentError("regex search is only available for the String type; use String(s) to convert"))
    i > ncodeunits(s) + 1 && throw(BoundsError())
    v = regex_exec(r.core, String(s), Int(i) - 1, 0)
    v === nothing ? nothing : v[1]+1:(v[1] == v[2] ? v[1] : prevind(s, v[2] + 1))
end

"""
    s"text"

A replacement in which `\\1` and `\\g<name>` stand for groups.
"""
struct SubstitutionString{T<:AbstractString} <: AbstractString
    string::T
end
ncodeunits(s::SubstitutionString) = ncodeunits(s.string)
codeunit(s::SubstitutionString) = codeunit(s.string)
codeunit(s::SubstitutionString, i::Integer) = codeunit(s.string, i)
isvalid(s::SubstitutionString, i::Integer) = isvalid(s.string, i)
iterate(s::SubstitutionString, i::Integer=1) = iterate(s.string, i)
show(io::IO, s::SubstitutionString) = print(io, "s\"", escape_raw_string(s.string), "\"")
macro s_str(text)
    SubstitutionString(text)
end

function write_replacement(io, x::SubstitutionString, s, r, pattern::Regex, original)
    write_groups(io, match(pattern, s, first(r)), unescape_string(x.string, "\\g0123456789"))
end
write_replacement(io, x::SubstitutionString, s, r, pattern, original) =
    write_groups(io, SubString(s, first(r), last(r)), unescape_string(x.string, "\\g0123456789"))
bad_replacement(text) = error("Bad replacement string: $text")
function write_groups(io, m, text)
    i = 1
    n = ncodeunits(text)
    while i <= n
        c = text[i]
        i = nextind(text, i)
        c == '\\' || (print(io, c); continue)
        i <= n || bad_replacement(text)
        d = text[i]
        if d == '\\'
            print(io, d)
            i = nextind(text, i)
        elseif isdigit(d)
            stop = something(findnext(!isdigit, text, i), n + 1)
            write_group(io, m, parse(Int, SubString(text, i, prevind(text, stop))))
            i = stop
        elseif d == 'g'
            i < n && text[i + 1] == '<' || bad_replacement(text)
            close = findnext('>', text, i)
            close === nothing && bad_replacement(text)
            name = SubString(text, i + 2, prevind(text, close))
            all(isdigit, name) ? write_group(io, m, parse(Int, name)) : write_group(io, m, name)
            i = nextind(text, close)
        else
            bad_replacement(text)
        end
    end
end
function write_group(io, m, k::Int)
    k <= length(m.captures) || error("PCRE error: unknown substring")
    c = k == 0 ? m.match : m.captures[k]
    c === nothing || print(io, c)
end
write_group(io, m::SubString, k::Int) = k == 0 ? print(io, m) : error("Bad replacement string: pattern is not a Regex")
write_group(io, m::SubString, name) = error("Bad replacement string: pattern is not a Regex")
function write_group(io, m, name)
    k = group_number(m, name)
    k == 0 && error("PCRE error: unknown substring")
    write_group(io, m, k)
end
