# Arrays as stacks and queues: items added and taken away.

"""
    push!(collection, items...)

Add items at the end.
"""
push!(a::Vector{T}, x) where {T} = (array_push(a, x isa T ? x : convert(T, x)); a)
push!(a::Vector, x, y, more...) = (push!(a, x); push!(a, y, more...))
push!(a::Vector) = a
function push!(a::AbstractVector{T}, x) where {T}
    v = convert(T, x)::T
    resize!(a, length(a) + 1)
    a[lastindex(a)] = v
    a
end
push!(a, x, y) = push!(push!(a, x), y)
push!(a, x, y, more...) = push!(push!(push!(a, x), y), more...)
"""
    pop!(collection)

Remove the last item and return it.
"""
function pop!(a::Vector)
    isempty(a) && throw(ArgumentError("array must be non-empty"))
    array_pop(a)
end
"""
    pushfirst!(collection, items...)

Add items at the front.
"""
pushfirst!(a::Vector{T}, x) where {T} = (array_pushfirst(a, x isa T ? x : convert(T, x)); a)
function pushfirst!(a::Vector, xs...)
    for i in length(xs):-1:1
        pushfirst!(a, xs[i])
    end
    a
end
pushfirst!(a, x, y) = pushfirst!(pushfirst!(a, y), x)
pushfirst!(a, x, y, more...) = pushfirst!(pushfirst!(a, more...), x, y)
"""
    popfirst!(collection)

Remove the first item and return it.
"""
function popfirst!(a::Vector)
    isempty(a) && throw(ArgumentError("array must be non-empty"))
    array_popfirst(a)
end
"""
    append!(collection, collections...)

Add the items of other collections at the end.
"""
function append!(a::Vector{T}, b::Vector{<:T}) where {T}
    n = length(b)
    n == 0 && return a
    m = length(a)
    array_grow_end(a, n)
    copyto!(a, m + 1, b, 1, n)
end
function append!(a::AbstractVector, itr)
    for x in itr
        push!(a, x)
    end
    a
end
append!(a, b, c, more...) = append!(append!(append!(a, b), c), more...)
append!(a::AbstractVector) = a
"""
    prepend!(a, items)

Add the items of another collection at the front.
"""
function prepend!(a::Vector, itr)
    v = itr isa AbstractVector && !mightalias(a, itr) ? itr : collect(itr)
    n = length(v)
    n == 0 && return a
    eltype(v) <: eltype(a) || (v = convert(Vector{eltype(a)}, v))
    array_insert(a, 1, n)
    copyto!(a, 1, v, firstindex(v), n)
end
prepend!(a::AbstractVector, b, c, more...) = prepend!(prepend!(a, c, more...), b)
prepend!(a::AbstractVector) = a
"""
    insert!(a, i, x)

Insert `x` before item `i`.
"""
function insert!(a::Vector{T}, i::Integer, x) where {T}
    1 <= i <= length(a) + 1 || throw(BoundsError(a, i))
    v = convert(T, x)
    array_insert(a, Int(i), 1)
    a[Int(i)] = v
    a
end
"""
    deleteat!(a, i)

Remove the item at `i`, or the items at a range or at sorted indices.
"""
function deleteat!(a::Vector, i::Integer)
    1 <= i <= length(a) || throw(BoundsError(a, i))
    array_delete(a, Int(i), 1)
    a
end
function deleteat!(a::Vector, r::AbstractUnitRange{<:Integer})
    isempty(r) && return a
    (first(r) >= 1 && last(r) <= length(a)) || throw(BoundsError(a, r))
    array_delete(a, Int(first(r)), length(r))
    a
end
function deleteat!(a::Vector, inds)
    inds isa AbstractVector{Bool} && length(inds) != length(a) && throw(BoundsError(a, inds))
    is = inds isa AbstractVector{Bool} ? findall(inds) : inds
    next, kept, n = 1, 0, length(a)    # what is before `next` has been moved to the first `kept` places
    for i in is
        if i < next
            next == 1 && throw(BoundsError(a, i))
            throw(ArgumentError("indices must be unique and sorted"))
        end
        i <= n || throw(next == 1 ? BoundsError(a, i) : BoundsError())
        kept < next - 1 && copyto!(a, kept + 1, a, next, i - next)
        kept += i - next
        next = i + 1
    end
    kept < next - 1 && copyto!(a, kept + 1, a, next, n - next + 1)
    resize!(a, kept + n - next + 1)
end
"""
    keepat!(a, inds)

Keep only the items at the sorted indices.
"""
function keepat!(a::Vector, inds)
    v = a[inds]
    eltype(inds) === Bool || issorted(inds, lt=<=) || throw(ArgumentError("indices must be unique and sorted"))
    resize!(a, length(v))
    copyto!(a, v)
end
"""
    popat!(a, i[, default])

Remove the item at `i` and return it.
"""
function popat!(a::Vector, i::Integer)
    x = a[i]
    deleteat!(a, i)
    x
end
popat!(a::Vector, i::Integer, default) = 1 <= i <= length(a) ? popat!(a, i) : default
"""
    splice!(a, i[, replacement])

Remove the item at `i` (or the items of a range), put others in their place, and
return what was removed.
"""
function splice!(a::Vector, i::Integer, ins=())
    v = a[i]
    deleteat!(a, i)
    insert_all!(a, i, ins)
    v
end
function splice!(a::Vector, r::AbstractUnitRange{<:Integer}, ins=())
    v = a[r]
    deleteat!(a, r)
    insert_all!(a, first(r), ins)
    v
end
function splice!(a::Vector, inds)
    v = a[inds]
    deleteat!(a, inds)
    v
end
insert_all!(a::Vector{T}, i, ins::Vector{T}) where {T} = insert_items!(a, Int(i), ins === a ? copy(ins) : ins)
function insert_items!(a, i, items)
    n, m = length(a), length(items)
    m == 0 && return a
    resize!(a, n + m)
    copyto!(a, i + m, a, i, n - i + 1)
    copyto!(a, i, items, 1, m)
end
function insert_all!(a, i, ins)
    k = i
    for x in ins
        insert!(a, k, x)
        k += 1
    end
    a
end
"""
    resize!(a, n)

Make the vector `n` items long; new ones have no value.
"""
function resize!(a::Vector, n::Integer)
    m = length(a)
    n < 0 && throw(ArgumentError("new length must be ≥ 0"))
    n > m ? array_grow_end(a, Int(n) - m) : n < m ? array_delete(a, Int(n) + 1, m - Int(n)) : nothing
    a
end
empty!(a::Vector) = resize!(a, 0)
sizehint!(a::Vector, n::Integer; kw...) = (array_sizehint(a, Int(n)); a)
sizehint!(a::AbstractVector, n; kw...) = a
