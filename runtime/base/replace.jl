# replace: items of collections exchanged for others.

"""
    replace(a, old => new, ...; count)
    replace(f, a; count)

A copy with items replaced: those equal to an `old` by its `new`, or all by `f` of
them; no more than `count`.

# Examples
```julia
julia> replace([1, 2, 1, 3], 1 => 0, 2 => 4; count=2)
4-element Vector{Int64}:
 0
 4
 1
 3
```
"""
function replace(a, ps::Pair...; count::Integer=typemax(Int))
    n = check_replace_count(count)
    T = replaced_type(eltype(a), n, ps)
    replace_pairs!(similar_or_empty(a, T), a, n, ps)
end
function replace(f::Union{Function,Type}, a; count::Integer=typemax(Int))
    n = check_replace_count(count)
    replace_each!(f, similar_or_empty(a, eltype(a)), a, n)
end
replace(a::AbstractString, f::Union{Function,Type}; count::Integer=typemax(Int)) = throw(MethodError(replace, (a, f)))
replace(f::Union{Function,Type}, p::Pair; count::Integer=typemax(Int)) = throw(MethodError(replace, (f, p)))
function replace(f::Union{Function,Type}, t::Tuple; count::Integer=typemax(Int))
    n = check_replace_count(count)
    map(x -> n > 0 ? (y = f(x); x === y || (n -= 1); y) : x, t)
end
function replace(t::Tuple, ps::Pair...; count::Integer=typemax(Int))
    n = check_replace_count(count)
    map(t) do x
        n > 0 || return x
        y = replacement(ps, x)
        y === nothing && return x
        n -= 1
        something(y)
    end
end
"""
    replace!(a, old => new, ...; count)
    replace!(f, a; count)

`replace` in place.
"""
replace!(a::Union{AbstractArray,AbstractDict,AbstractSet}, ps::Pair...; count::Integer=typemax(Int)) = replace_pairs!(a, a, check_replace_count(count), ps)
replace!(f::Union{Function,Type}, a; count::Integer=typemax(Int)) = replace_each!(f, a, a, check_replace_count(count))

check_replace_count(n) = n < 0 ? throw(DomainError(n, "`count` must not be negative")) : min(n, typemax(Int)) % Int
similar_or_empty(a::AbstractArray, ::Type{T}) where {T} = similar(a, T)
similar_or_empty(a::AbstractSet, ::Type{T}) where {T} = union!(emptymutable(a, T), a)
similar_or_empty(a::AbstractDict, ::Type{Pair{K,V}}) where {K,V} = merge!(empty(a, K, V), a)
similar_or_empty(a::AbstractDict, T) = merge!(empty(a), a)
similar_or_empty(a, T) = Vector{T}()
# The type that items have after all replacements; those of a type that is replaced as
# a whole leave the union.
function replaced_type(T, n, ps)
    V = Union{}
    for p in ps
        V = promote_type(V, fieldtype(typeof(p), 2))
    end
    n > 0 && length(ps) > 0 || return T
    for p in ps
        x = p.first
        n == typemax(Int) && (x === missing || x === nothing) && !(typeof(x) <: V) && (T = type_without(T, typeof(x)))
    end
    promote_type(T, V)
end
type_without(T, S) = T === S ? Union{} : T isa Union ? Union{type_without(T.a, S),type_without(T.b, S)} : T
function replacement(ps, x)
    for p in ps
        isequal(p.first, x) && return Some(p.second)
    end
    nothing
end
replace_pairs!(out, a, n, ps) = replace_with!(x -> (y = replacement(ps, x); y === nothing ? x : something(y)), x -> replacement(ps, x) !== nothing, out, a, n)
replace_each!(f, out, a, n) = replace_with!(f, nothing, out, a, n)
function replace_with!(f, matches, out::AbstractArray, a::AbstractArray, n)
    k = 0
    for (i, j) in zip(eachindex(out), eachindex(a))
        x = a[j]
        if k < n
            y = f(x)
            (matches === nothing ? !(x === y) : matches(x)) && (k += 1)
            out[i] = y
        else
            out[i] = x
        end
    end
    out
end
# Keyed collections are changed in two rounds, so that what is put in is not met again.
function replace_with!(f, matches, out::Union{AbstractDict,AbstractSet}, a, n)
    news = Any[]
    k = 0
    for x in collect(a)
        k < n || break
        y = f(x)
        (matches === nothing ? x === y : !matches(x)) && continue
        k += 1
        delete!(out, x isa Pair && out isa AbstractDict ? x.first : x)
        push!(news, y)
    end
    for y in news
        push!(out, y)
    end
    out
end
function replace_with!(f, matches, out, a, n)
    k = 0
    for x in a
        y = k < n ? f(x) : x
        k < n && (matches === nothing ? !(x === y) : matches(x)) && (k += 1)
        push!(out, y)
    end
    out
end
