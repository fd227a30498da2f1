# Finding characters, strings and patterns in strings.

"What can be searched for in a string beside characters and strings, as Regex."
abstract type AbstractPattern end

plain(s::PlainString) = s
plain(s::AbstractString) = String(s)

## forwards

function findnext(c::AbstractChar, s::PlainString, i::Integer)
    check_search_start(s, i)
    k = string_find(s, Char(c), Int(i))
    k == 0 ? nothing : k
end
function findnext(t::AbstractString, s::AbstractString, i::Integer)
    1 <= i <= ncodeunits(s) + 1 || throw(BoundsError(s, i))
    isempty(t) && return Int(i):Int(i)-1
    check_search_start(s, i)
    p = plain(t)
    k = string_find(plain(s), p, Int(i))
    k == 0 ? nothing : k:(k + lastindex(p) - 1)
end
function check_search_start(s, i)
    1 <= i <= ncodeunits(s) + 1 || throw(BoundsError(s, i))
    i <= ncodeunits(s) && !isvalid(s, i) && string_index_err(s, i)
    nothing
end
function findnext(f::Function, s::AbstractString, i::Integer)
    n = ncodeunits(s)
    1 <= i <= n + 1 || throw(BoundsError(s, i))
    k = Int(i)
    k <= n && !isvalid(s, k) && string_index_err(s, k)
    while k <= n
        y = iterate(s, k)
        f(y[1]) && return k
        k = y[2]
    end
    nothing
end
findnext(c::AbstractChar, s::AbstractString, i::Integer) = findnext(x -> x == c, s, i)
const SomeBytes = AbstractVector{<:Union{Int8,UInt8}}
findnext(t::SomeBytes, a::SomeBytes, i::Integer) = 1 <= i <= length(a) + 1 ? find_bytes(t, a, Int(i)) : throw(BoundsError(a, i))
function find_bytes(t, a, i)
    m = length(t)
    for k in i:length(a)-m+1
        j = 0
        while j < m && a[k + j] == t[j + 1]
            j += 1
        end
        j == m && return k:k+m-1
    end
    nothing
end

"""
    findfirst(pattern, s)

Where a character (its index), a string or a Regex (a range) occurs first in `s`;
`nothing` if nowhere.
"""
findfirst(p::Union{AbstractString,AbstractPattern}, s::AbstractString) = findnext(p, s, 1)
findfirst(c::AbstractChar, s::AbstractString) = findnext(c, s, 1)
findfirst(f::Function, s::AbstractString) = findnext(f, s, 1)
findfirst(t::SomeBytes, a::SomeBytes) = find_bytes(t, a, 1)

## backwards

function findprev(c::AbstractChar, s::PlainString, i::Integer)
    i == ncodeunits(s) + 1 && return nothing
    0 <= i <= ncodeunits(s) || throw(BoundsError(s, i))
    i == 0 && return nothing
    k = string_rfind(s, Char(c), Int(i))
    k == 0 ? nothing : k
end
function findprev(t::AbstractString, s::AbstractString, i::Integer)
    p = plain(t)
    h = plain(s)
    m = ncodeunits(p)
    last_byte = i >= ncodeunits(h) ? Int(i) : nextind(h, Int(i)) - 1
    m == 0 && i > ncodeunits(h) + 1 && throw(BoundsError(s, i))
    last_byte = min(last_byte, ncodeunits(h) + (m == 0))
    i < 0 && throw(BoundsError(s, i))
    k = last_byte - m + 1
    k < 1 && return nothing
    k = string_rfind(h, p, k)
    k == 0 ? nothing : k:(k + lastindex(p) - 1)
end
function findprev(f::Function, s::AbstractString, i::Integer)
    z = ncodeunits(s) + 1
    0 <= i <= z || throw(BoundsError(s, i))
    i == z && return nothing
    k = i == 0 ? 0 : thisind(s, Int(i))
    while k >= 1
        f(s[k]) && return k
        k = prevind(s, k)
    end
    nothing
end
findprev(c::AbstractChar, s::AbstractString, i::Integer) = findprev(x -> x == c, s, i)
function findprev(t::SomeBytes, a::SomeBytes, i::Integer)
    0 <= i || throw(BoundsError(a, i))
    m = length(t)
    for k in min(Int(i), length(a) + (m == 0))-m+1:-1:1
        all(j -> a[k+j-1] == t[j], 1:m) && return k:k+m-1
    end
    nothing
end

"""
    findlast(pattern, s)

Where a character or a string occurs last in `s`; `nothing` if nowhere.
"""
findlast(t::AbstractString, s::AbstractString) = findprev(t, s, isempty(t) ? ncodeunits(s) + 1 : lastindex(s))
findlast(c::AbstractChar, s::AbstractString) = findprev(c, s, lastindex(s))
findlast(f::Function, s::AbstractString) = findprev(f, s, lastindex(s))
findlast(t::SomeBytes, a::SomeBytes) = findprev(t, a, length(a) + isempty(t))

## all

"""
    findall(pattern, s; overlap=false)

The places where `pattern` occurs in `s`: ranges, or indices for a character.
"""
function findall(t::Union{AbstractString,AbstractPattern}, s::AbstractString; overlap::Bool=false)
    found = UnitRange{Int}[]
    i = 1
    while true
        r = findnext(t, s, i)
        r === nothing && return found
        push!(found, r)
        j = overlap || isempty(r) ? first(r) : last(r)
        j > ncodeunits(s) && return found
        i = nextind(s, j)
    end
end
findall(c::AbstractChar, s::AbstractString) = findall(x -> x == c, s)
function findall(t::SomeBytes, a::SomeBytes; overlap::Bool=false)
    found = UnitRange{Int}[]
    i = 1
    while i <= length(a) + 1 && (r = find_bytes(t, a, i)) !== nothing
        push!(found, r)
        i = overlap || isempty(r) ? first(r) + 1 : last(r) + 1
    end
    found
end
function findall(f::Function, s::AbstractString)
    found = Int[]
    for (i, c) in pairs(s)
        f(c) && push!(found, i)
    end
    found
end

"""
    count(pattern, s; overlap=false)

How often a character, a string or a Regex occurs in `s`.
"""
count(t::AbstractPattern, s::AbstractString; overlap::Bool=false) = length(findall(t, s; overlap=overlap))
function count(t::Union{AbstractString,AbstractChar}, s::AbstractString; overlap::Bool=false)
    overlap && t isa AbstractString ? length(findall(t, s; overlap=true)) : string_count(plain(s), t isa AbstractChar ? Char(t) : plain(t))
end
count(t::SomeBytes, a::SomeBytes; overlap::Bool=false) = length(findall(t, a; overlap=overlap))
function count(f::Function, s::AbstractString; init=0)
    n = init
    for c in s
        f(c) && (n += 1)
    end
    n
end

## occurs

"""
    occursin(needle, haystack)

Whether a string, a character or a Regex occurs in `haystack`.
"""
occursin(t::AbstractString, s::AbstractString) = string_find(plain(s), plain(t), 1) != 0
occursin(c::AbstractChar, s::AbstractString) = string_find(plain(s), Char(c), 1) != 0
in(c::AbstractChar, s::AbstractString) = string_find(plain(s), Char(c), 1) != 0
in(::AbstractString, ::AbstractString) = error("use occursin(needle, haystack) for string containment")

"""
    startswith(s, prefix)

Whether `s` starts with a string, with one of some characters, or with a Regex.
"""
startswith(s::AbstractString, p::AbstractString) = string_hasprefix(plain(s), plain(p))
startswith(s::AbstractString, c::AbstractChar) = !isempty(s) && first(s) == c
startswith(s::AbstractString, cs) = !isempty(s) && first(s) in cs
"""
    endswith(s, suffix)

Whether `s` ends with a string, or with one of some characters.
"""
endswith(s::AbstractString, p::AbstractString) = string_hassuffix(plain(s), plain(p))
endswith(s::AbstractString, c::AbstractChar) = !isempty(s) && last(s) == c
endswith(s::AbstractString, cs) = !isempty(s) && last(s) in cs
