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
Regex(pattern::AbstractString, flags::AbstractString="") = Regex(String(pattern), String(flags), regex_compile(String(pattern), String(flags)))
Regex(r::Regex) = r

macro r_str(pattern, flags...)
    Regex(pattern, isempty(flags) ? "" : flags[1])
end

==(a::Regex, b::Regex) = a.pattern == b.pattern && a.flags == b.flags
hash(r::Regex, h::UInt) = hash(r.pattern, hash(r.flags, h + 0x5e1f))
show(io::IO, r::Regex) = print(io, "r\"", replace(r.pattern, "\"" => "\\\""), "\"", r.flags)

"""
    RegexMatch

What `match` found: `m.match`, `m.captures`, `m.offset`, `m.offsets`, `m[1]`, `m[:name]`.
"""
struct RegexMatch <: AbstractMatch
    match::SubString{String}
    captures::Vector{Union{Nothing,SubString{String}}}
    offset::Int
    offsets::Vector{Int}
    regex::Regex
end
function regex_match_of(r::Regex, s::String, v)
    piece(lo, hi) = SubString(s, lo + 1, lo == hi ? lo : prevind(s, hi + 1))
    caps = Union{Nothing,SubString{String}}[]
    offs = Int[]
    for k in 3:2:length(v)
        lo, hi = v[k], v[k + 1]
        push!(caps, lo < 0 ? nothing : piece(lo, hi))
        push!(offs, lo + 1)
    end
    RegexMatch(piece(v[1], v[2]), caps, v[1] + 1, offs, r)
end
function group_number(m::RegexMatch, name)
    names = regex_names(m.regex.core)
    for k in 1:2:length(names)
        names[k + 1] == string(name) && return names[k]
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
eltype(::Type{RegexMatch}) = Union{Nothing,SubString{String}}
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
    v = regex_exec(r.core, t, Int(i) - 1)
    v === nothing ? nothing : regex_match_of(r, t, v)
end
match(r::Regex, s::AbstractString, i::Integer=1) = match(r, String(s), i)

"All matches of a regular expression, one after the other."
struct RegexMatchIterator
    regex::Regex
    string::String
    overlap::Bool
end
"""
    eachmatch(r::Regex, s; overlap=false)

All matches of `r` in `s`, as they are asked for.
"""
eachmatch(r::Regex, s::AbstractString; overlap::Bool=false) = RegexMatchIterator(r, String(s), overlap)
IteratorSize(::Type{RegexMatchIterator}) = SizeUnknown()
eltype(::Type{RegexMatchIterator}) = RegexMatch
function iterate(it::RegexMatchIterator, i::Int=1)
    i > ncodeunits(it.string) + 1 && return nothing
    m = match(it.regex, it.string, i)
    m === nothing && return nothing
    n = ncodeunits(m.match)
    (m, it.overlap || n == 0 ? (m.offset > ncodeunits(it.string) ? m.offset + 1 : nextind(it.string, m.offset)) : m.offset + n)
end

occursin(r::Regex, s::AbstractString; offset::Integer=0) = regex_exec(r.core, String(s), Int(offset)) !== nothing
startswith(s::AbstractString, r::Regex) = (v = regex_exec(r.core, String(s), 0); v !== nothing && v[1] == 0)
endswith(s::AbstractString, r::Regex) = occursin(Regex(string("(?:", r.pattern, ")\\z"), r.flags), s)
count(r::Regex, s::AbstractString; overlap::Bool=false) = (n = 0; for _ in eachmatch(r, s; overlap=overlap); n += 1; end; n)
function findnext(r::Regex, s::AbstractString, i::Integer)
    m = match(r, s, i)
    m === nothing ? nothing : m.offset:(ncodeunits(m.match) == 0 ? m.offset - 1 : m.offset + lastindex(m.match) - 1)
end
findfirst(r::Regex, s::AbstractString) = findnext(r, s, 1)
findall(r::Regex, s::AbstractString; overlap::Bool=false) = UnitRange{Int}[m.offset:(m.offset + lastindex(m.match) - 1) for m in eachmatch(r, s; overlap=overlap)]

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
show(io::IO, s::SubstitutionString) = (print(io, "s"); show(io, s.string))
macro s_str(text)
    SubstitutionString(text)
end

regex_replacement(m, r::SubstitutionString) = expand_groups(m, r.string)
regex_replacement(m, r::Function) = string(r(m.match))
regex_replacement(m, r) = string(r)
function expand_groups(m, text)
    out = IOBuffer()
    i = 1
    n = ncodeunits(text)
    while i <= n
        c = text[i]
        if c == '\\' && i < n
            i = nextind(text, i)
            d = text[i]
            if isdigit(d)
                k = Int(d - '0')
                print(out, k == 0 ? m.match : something(m.captures[k], ""))
            elseif d == 'g' && i < n && text[nextind(text, i)] == '<'
                close = findnext('>', text, i)
                close === nothing && throw(ArgumentError("Bad replacement string: $(repr(text))"))
                name = text[i+2:prevind(text, close)]
                k = tryparse(Int, name)
                print(out, k === nothing ? something(m[name], "") : k == 0 ? m.match : something(m.captures[k], ""))
                i = close
            else
                print(out, d)
            end
        else
            print(out, c)
        end
        i = nextind(text, i)
    end
    String(take!(out))
end
function replace(s::AbstractString, p::Pair{Regex}; count::Integer=typemax(Int))
    count < 0 && throw(DomainError(count, "`count` must be non-negative."))
    t = String(s)
    out = IOBuffer()
    at = 1
    n = 0
    for m in eachmatch(p.first, t)
        n >= count && break
        n += 1
        m.offset > at && print(out, SubString(t, at, prevind(t, m.offset)))
        print(out, regex_replacement(m, p.second))
        at = m.offset + ncodeunits(m.match)
    end
    at <= ncodeunits(t) && print(out, SubString(t, at))
    String(take!(out))
end
replace(s::AbstractString, p::Pair{Regex}, more::Pair...; count::Integer=typemax(Int)) = replace(replace(s, p; count=count), more...; count=count)

function split(s::AbstractString, r::Regex; limit::Integer=0, keepempty::Bool=true)
    t = String(s)
    out = SubString{String}[]
    at = 1
    for m in eachmatch(r, t)
        limit > 0 && length(out) >= limit - 1 && break
        ncodeunits(m.match) == 0 && (m.offset == 1 || m.offset > ncodeunits(t)) && continue
        piece = SubString(t, at, m.offset > 1 ? prevind(t, m.offset) : 0)
        (keepempty || !isempty(piece)) && push!(out, piece)
        at = m.offset + ncodeunits(m.match)
    end
    piece = at > ncodeunits(t) ? SubString(t, 1, 0) : SubString(t, at)
    (keepempty || !isempty(piece)) && push!(out, piece)
    out
end
eachsplit(s::AbstractString, r::Regex; kw...) = split(s, r; kw...)
*(a::Regex, b::Regex) = Regex(string("(?:", a.pattern, ")(?:", b.pattern, ")"), a.flags)
^(r::Regex, n::Integer) = Regex(string("(?:", r.pattern, "){", n, "}"), r.flags)
