# Linked lists whose members hold the links themselves, so that one can be taken out of the
# middle. The scheduler does not use them here; programs that look into Julia's may.

"""
    Base.InvasiveLinkedList{T}

A list of objects that have the fields `next` (the object behind, or `nothing`) and `queue` (the list that they are in).
"""
mutable struct InvasiveLinkedList{T}
    head::Union{T,Nothing}
    tail::Union{T,Nothing}
    InvasiveLinkedList{T}() where {T} = new{T}(nothing, nothing)
end

const IntrusiveLinkedList = InvasiveLinkedList

"An item of a `LinkedList`."
mutable struct LinkedListItem{T}
    next::Union{LinkedListItem{T},Nothing}
    queue::Union{InvasiveLinkedList{LinkedListItem{T}},Nothing}
    value::T
    LinkedListItem{T}(value::T) where {T} = new{T}(nothing, nothing, value)
end
"A list of items of type `T`."
const LinkedList{T} = InvasiveLinkedList{LinkedListItem{T}}

eltype(::Type{InvasiveLinkedList{T}}) where {T} = T
eltype(::Type{LinkedList{T}}) where {T} = T
content(x) = x
content(x::LinkedListItem) = x.value
iterate(q::InvasiveLinkedList, x=q.head) = x === nothing ? nothing : (content(x), x.next)
isempty(q::InvasiveLinkedList) = q.head === nothing
function length(q::InvasiveLinkedList)
    n, x = 0, q.head
    while x !== nothing
        n, x = n + 1, x.next
    end
    n
end

function push!(q::InvasiveLinkedList{T}, x::T) where {T}
    x.queue === nothing || error("val already in a list")
    x.queue = q
    q.tail === nothing ? (q.head = x) : (q.tail.next = x)
    q.tail = x
    q
end
function pushfirst!(q::InvasiveLinkedList{T}, x::T) where {T}
    x.queue === nothing || error("val already in a list")
    x.queue, x.next = q, q.head
    q.tail === nothing && (q.tail = x)
    q.head = x
    q
end
push!(q::LinkedList{T}, v::T) where {T} = push!(q, LinkedListItem{T}(v))
pushfirst!(q::LinkedList{T}, v::T) where {T} = pushfirst!(q, LinkedListItem{T}(v))
pop!(q::InvasiveLinkedList) = (x = q.tail; list_deletefirst!(q, x); content(x))
popfirst!(q::InvasiveLinkedList) = (x = q.head; list_deletefirst!(q, x); content(x))

"`Base.list_deletefirst!(list, x)`: take the first member that is, or has the value, `x` out of the list, if there is one."
function list_deletefirst!(q::InvasiveLinkedList{T}, x::T) where {T}
    x.queue === q || return q
    before, y = nothing, q.head
    while y !== x
        before, y = y, y.next
    end
    before === nothing ? (q.head = x.next) : (before.next = x.next)
    q.tail === x && (q.tail = before)
    x.next = x.queue = nothing
    q
end
function list_deletefirst!(q::LinkedList{T}, v::T) where {T}
    x = q.head
    while x !== nothing && !isequal(x.value, v)
        x = x.next
    end
    x === nothing ? q : list_deletefirst!(q, x)
end
"`Base.list_append!!(a, b)`: move all members of `b` to the end of `a`."
function list_append!!(a::InvasiveLinkedList{T}, b::InvasiveLinkedList{T}) where {T}
    a === b && error("can't append list to itself")
    x = b.head
    while x !== nothing
        x.queue, x = a, x.next
    end
    a.tail === nothing ? (a.head = b.head) : (a.tail.next = b.head)
    b.tail === nothing || (a.tail = b.tail)
    b.head = b.tail = nothing
    a
end
