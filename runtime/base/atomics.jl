# Atomic access to fields. Tasks switch only where they wait, so plain reads and
# writes are atomic already; the macros keep the rules and results.

"""
    @atomic x.f
    @atomic x.f = v
    @atomic x.f += v
    @atomic max(x.f, v)
    @atomic m[i] ...

Read or change a field, or an element of an [`AtomicMemory`](@ref), atomically. In a struct, `@atomic f::T` declares such a field.
"""
macro atomic(ex)
    ex isa Symbol || is_form(ex, :(::)) || is_form(ex, :(=)) && is_form(ex.args[1], :(::)) ? esc(Expr(:atomic, ex)) : atomic_form(in_sequence, ex)
end
macro atomic(order, ex)
    atomic_form(order_form(order), ex)
end
macro atomic(a, op, b)
    atomic_modify(in_sequence, a, op, b)
end
macro atomic(order, a, op, b)
    atomic_modify(order_form(order), a, op, b)
end
const in_sequence = QuoteNode(:sequentially_consistent)
order_form(order) = order isa QuoteNode ? order : esc(order)
is_form(ex, head) = ex isa Expr && ex.head === head
is_form(ex, head, n) = is_form(ex, head) && length(ex.args) == n
is_field(ex) = is_form(ex, :., 2)
is_item(ex) = is_form(ex, :ref)
indices(ex) = map(esc, ex.args[2:end])
function atomic_form(order, ex)
    is_field(ex) && return :(getproperty($(esc(ex.args[1])), $(esc(ex.args[2])), $order))
    is_item(ex) && return :(getindex_atomic($(esc(ex.args[1])), $order, $(indices(ex)...)))
    if is_form(ex, :(=), 2)
        place, v = ex.args
        is_field(place) && return :(setproperty!($(esc(place.args[1])), $(esc(place.args[2])), $(esc(v)), $order))
        is_item(place) && return :(setindex_atomic!($(esc(place.args[1])), $order, $(esc(v)), $(indices(place)...)))
    elseif is_form(ex, :call, 3)
        return atomic_modify(order, ex.args[2], ex.args[1], ex.args[3])
    elseif ex isa Expr && length(ex.args) == 2 && endswith(string(ex.head), "=")
        s = string(ex.head)
        return :($(atomic_modify(order, ex.args[1], Symbol(s[1:prevind(s, lastindex(s))]), ex.args[2]))[2])
    end
    error("could not parse @atomic expression $ex")
end
function atomic_modify(order, place, op, v)
    is_field(place) && return :(modifyproperty!($(esc(place.args[1])), $(esc(place.args[2])), $(esc(op)), $(esc(v)), $order))
    is_item(place) || error("@atomic modify expression missing field access or indexing")
    :(modifyindex_atomic!($(esc(place.args[1])), $order, $(esc(op)), $(esc(v)), $(indices(place)...)))
end
"""
    @atomicswap x.f = v

Store `v` and return the old value.
"""
macro atomicswap(ex)
    atomic_swap(in_sequence, ex)
end
macro atomicswap(order, ex)
    atomic_swap(order_form(order), ex)
end
function atomic_swap(order, ex)
    is_form(ex, :(=), 2) || error("@atomicswap expression missing assignment")
    place, v = ex.args
    is_field(place) && return :(swapproperty!($(esc(place.args[1])), $(esc(place.args[2])), $(esc(v)), $order))
    is_item(place) || error("@atomicswap expression missing field access or indexing")
    :(swapindex_atomic!($(esc(place.args[1])), $order, $(esc(v)), $(indices(place)...)))
end
"""
    @atomicreplace x.f expected => desired

Store `desired` if the field holds `expected`; a named tuple of the old value and `success`.
"""
macro atomicreplace(ex, pair)
    atomic_replace(in_sequence, in_sequence, ex, pair)
end
macro atomicreplace(order, ex, pair)
    atomic_replace(order_form(order), order_form(order), ex, pair)
end
macro atomicreplace(order, fail, ex, pair)
    atomic_replace(order_form(order), order_form(fail), ex, pair)
end
function atomic_replace(order, fail, ex, pair)
    is_field(ex) && return :(replaceproperty!($(esc(ex.args[1])), $(esc(ex.args[2])), $(esc(pair))::Pair..., $order, $fail))
    is_item(ex) || error("@atomicreplace expression missing field access or indexing")
    :(replaceindex_atomic!($(esc(ex.args[1])), $order, $fail, $(esc(pair))::Pair..., $(indices(ex)...)))
end
"""
    @atomiconce x.f = v

Store `v` if the field has no value yet; whether it was stored.
"""
macro atomiconce(ex)
    atomic_once(in_sequence, in_sequence, ex)
end
macro atomiconce(order, ex)
    atomic_once(order_form(order), order_form(order), ex)
end
macro atomiconce(order, fail, ex)
    atomic_once(order_form(order), order_form(fail), ex)
end
function atomic_once(order, fail, ex)
    is_form(ex, :(=), 2) || error("@atomiconce expression missing assignment")
    place, v = ex.args
    is_field(place) && return :(setpropertyonce!($(esc(place.args[1])), $(esc(place.args[2])), $(esc(v)), $order, $fail))
    is_item(place) || error("@atomiconce expression missing field access or indexing")
    :(setindexonce_atomic!($(esc(place.args[1])), $order, $fail, $(esc(v)), $(indices(place)...)))
end
"""
    swapproperty!(x, name, value[, order])

Give a property a value; what it was before.
"""
swapproperty!(x, f::Symbol, v, order::Symbol=:not_atomic) = swapfield!(x, f, convert(fieldtype(typeof(x), f), v), order)
"""
    modifyproperty!(x, name, op, value[, order])

Give a property the value `op(old, value)`; the pair of the old and the new one.
"""
modifyproperty!(x, f::Symbol, op, v, order::Symbol=:not_atomic) = modifyfield!(x, f, op, v, order)
"""
    replaceproperty!(x, name, expected, desired[, orders...])

Give a property the value `desired` if it is `expected`; the old value and whether it was.
"""
replaceproperty!(x, f::Symbol, expected, desired, order::Symbol=:not_atomic, fail::Symbol=order) =
    replacefield!(x, f, expected, convert(fieldtype(typeof(x), f), desired), order, fail)
"""
    setpropertyonce!(x, name, value[, orders...])

Give a property a value if it has none; whether it had none.
"""
setpropertyonce!(x, f::Symbol, v, order::Symbol=:not_atomic, fail::Symbol=order) =
    setfieldonce!(x, f, convert(fieldtype(typeof(x), f), v), order, fail)
"""
    modifyfield!(x, name, op, value[, order])

Give a field the value `op(old, value)`; the pair of the old and the new one.
"""
function modifyfield!(x, f, op, v, order::Symbol=:not_atomic)
    field_order("modifyfield!", x, f, order, "written")
    T = fieldtype(typeof(x), f)
    while true
        old = getfield(x, f)
        new = op(old, v)
        replace_field("modifyfield!", x, f, old, new)[2] && return Pair{T,T}(old, new)
    end
end
"""
    replacefield!(x, name, expected, desired[, orders...])

Give a field the value `desired` if it holds `expected`; the old value and whether it did.
"""
replacefield!(x, f, expected, desired, order::Symbol=:not_atomic) = replaced_field(x, f, expected, desired, order)
function replacefield!(x, f, expected, desired, order::Symbol, fail::Symbol)
    fail_order("replacefield!", x, f, order, fail)
    replaced_field(x, f, expected, desired, order)
end
function replaced_field(x, f, expected, desired, order)
    field_order("replacefield!", x, f, order, "written")
    NamedTuple{(:old, :success),Tuple{fieldtype(typeof(x), f),Bool}}(replace_field("replacefield!", x, f, expected, desired))
end
# The order of an access that finds another value may not be the stronger one.
const access_orders = (:not_atomic, :unordered, :monotonic, :acquire, :release, :acquire_release, :sequentially_consistent)
function fail_order(who, x, f, order, fail)
    order in access_orders && fail in access_orders && !(fail in (:release, :acquire_release)) || throw(ConcurrencyViolationError("invalid atomic ordering"))
    field_order(who, x, f, order, "written")
    field_order(who, x, f, fail, "accessed")
    findfirst(==(fail), access_orders) > findfirst(==(order), access_orders) && throw(ConcurrencyViolationError("invalid atomic ordering"))
end
"""
    setfieldonce!(x, name, value[, orders...])

Give a field a value if it has none; whether it had none.
"""
setfieldonce!(x, f, v, order::Symbol=:not_atomic) = stored_once(x, f, v, order)
function setfieldonce!(x, f, v, order::Symbol, fail::Symbol)
    fail_order("setfieldonce!", x, f, order, fail)
    stored_once(x, f, v, order)
end
function stored_once(x, f, v, order)
    field_order("setfieldonce!", x, f, order, "written")
    ok = !isdefined(x, f)
    ok && store_field("setfieldonce!", x, f, v)
    ok
end

# What orders an element may be accessed with: in an AtomicMemory with any but :not_atomic, in others with that alone.
memory_order(who, m::GenericMemory{:atomic}, order, how) =
    order === :not_atomic ? throw(ConcurrencyViolationError("$who: atomic memory cannot be $how non-atomically")) : known_order(order)
memory_order(who, m::GenericMemory, order, how) =
    known_order(order) === :not_atomic || throw(ConcurrencyViolationError("$who: non-atomic memory cannot be $how atomically"))
known_order(order) = order in access_orders ? order : throw(ConcurrencyViolationError("invalid atomic ordering"))
function memory_orders(who, m, order, fail)
    memory_order(who, m, order, "written")
    memory_order(who, m, fail, "accessed")
    fail in (:release, :acquire_release) && throw(ConcurrencyViolationError("invalid atomic ordering"))
end
linear_index(m, I...) = LinearIndices(m)[I...]
"""
    Base.getindex_atomic(m::GenericMemory, order, i)

An element of an `AtomicMemory`: what `@atomic m[i]` is.
"""
function getindex_atomic(m::GenericMemory, order::Symbol, I...)
    order in (:release, :acquire_release) && throw(ConcurrencyViolationError("invalid atomic ordering"))
    memory_order("memoryrefget", m, order, "accessed")
    m[linear_index(m, I...)]
end
"""
    Base.setindex_atomic!(m::GenericMemory, order, value, i)

Give an element a value: what `@atomic m[i] = value` is.
"""
function setindex_atomic!(m::GenericMemory{<:Any,T}, order::Symbol, value, I...) where {T}
    order in (:acquire, :acquire_release) && throw(ConcurrencyViolationError("invalid atomic ordering"))
    memory_order("memoryrefset!", m, order, "written")
    m[linear_index(m, I...)] = convert(T, value)
end
"""
    Base.swapindex_atomic!(m::GenericMemory, order, value, i)

Give an element a value; what it was before: `@atomicswap m[i] = value`.
"""
function swapindex_atomic!(m::GenericMemory{<:Any,T}, order::Symbol, value, I...) where {T}
    memory_order("memoryrefswap!", m, order, "written")
    i = linear_index(m, I...)
    old = m[i]
    m[i] = convert(T, value)
    old
end
"""
    Base.modifyindex_atomic!(m::GenericMemory, order, op, value, i)

Give an element the value `op(old, value)`; the pair of the old and the new one.
"""
function modifyindex_atomic!(m::GenericMemory{<:Any,T}, order::Symbol, op, value, I...) where {T}
    memory_order("memoryrefmodify!", m, order, "written")
    i = linear_index(m, I...)
    while true
        old = m[i]
        new = op(old, value)::T
        m[i] === old && (m[i] = new; return Pair{T,T}(old, new))
    end
end
"""
    Base.replaceindex_atomic!(m::GenericMemory, order, fail_order, expected, desired, i)

Give an element the value `desired` if it is `expected`; the old value and whether it was.
"""
function replaceindex_atomic!(m::GenericMemory{<:Any,T}, order::Symbol, fail::Symbol, expected, desired, I...) where {T}
    memory_orders("memoryrefreplace!", m, order, fail)
    i = linear_index(m, I...)
    old = m[i]
    new = convert(T, desired)
    old === expected && (m[i] = new)
    NamedTuple{(:old, :success),Tuple{T,Bool}}((old, old === expected))
end
"""
    Base.setindexonce_atomic!(m::GenericMemory, order, fail_order, value, i)

Give an element a value if it has none; whether it had none.
"""
function setindexonce_atomic!(m::GenericMemory{<:Any,T}, order::Symbol, fail::Symbol, value, I...) where {T}
    memory_orders("memoryrefsetonce!", m, order, fail)
    i = linear_index(m, I...)
    new = convert(T, value)
    free = !isassigned(m, i)
    free && (m[i] = new)
    free
end

"""
    swapglobal!(m, name, value[, order])

Give a global of a module a value; what it was before.
"""
swapglobal!(m::Module, s::Symbol, v, order::Symbol=:monotonic) = (old = getglobal(m, s); setglobal!(m, s, v); old)
"""
    modifyglobal!(m, name, op, value[, order])

Give a global the value `op(old, value)`; the pair of the old and the new one.
"""
modifyglobal!(m::Module, s::Symbol, op, v, order::Symbol=:monotonic) = (old = getglobal(m, s); new = op(old, v); setglobal!(m, s, new); Pair(old, new))
"""
    replaceglobal!(m, name, expected, desired[, orders...])

Give a global the value `desired` if it is `expected`; the old value and whether it was.
"""
replaceglobal!(m::Module, s::Symbol, expected, desired, orders::Symbol...) =
    (old = getglobal(m, s); ok = old === expected; ok && setglobal!(m, s, desired); (old=old, success=ok))
"""
    setglobalonce!(m, name, value[, orders...])

Give a global a value if it has none; whether it had none.
"""
setglobalonce!(m::Module, s::Symbol, v, orders::Symbol...) = (ok = !isdefinedglobal(m, s); ok && setglobal!(m, s, v); ok)

"""
    @invoke f(x::T, ...; kw...)
    @invoke x.name
    @invoke x[i]

Call the method of `f` for arguments of the annotated types; one without an annotation has
the type it is of. Fields and items may also be assigned to.
"""
macro invoke(ex)
    f, args, kw = call_parts(ex)
    names = Any[gensym(:arg) for _ in args]
    sets = Any[]
    types = Any[]
    for (name, a) in zip(names, args)
        annotated = a isa Expr && a.head === :(::)
        push!(sets, Expr(:(=), name, esc(annotated ? a.args[1] : a)))
        push!(types, annotated ? esc(a.args[2]) : Expr(:call, GlobalRef(Core, :Typeof), name))
    end
    Expr(:let, Expr(:block, sets...), Expr(:call, GlobalRef(Core, :invoke), esc_kw(kw)..., esc(f), Expr(:curly, GlobalRef(Core, :Tuple), types...), names...))
end
"""
    @invokelatest f(args...; kw...)
    @invokelatest x.name
    @invokelatest x[i]

`invokelatest(f, args...; kw...)`. Fields and items may also be assigned to.
"""
macro invokelatest(ex)
    f, args, kw = call_parts(ex)
    Expr(:call, GlobalRef(Base, :invokelatest), esc_kw(kw)..., esc(f), map(esc, args)...)
end
# The function that an expression calls, its arguments, and its keyword arguments or nothing.
function call_parts(ex)
    target = ex isa Expr && ex.head === :(=) ? ex.args[1] : ex
    values = target === ex ? () : (ex.args[2],)
    if target isa Expr && target.head === :ref
        (GlobalRef(Base, target === ex ? :getindex : :setindex!), Any[target.args[1], values..., target.args[2:end]...], nothing)
    elseif target isa Expr && target.head === :. && length(target.args) == 2
        (GlobalRef(Base, target === ex ? :getproperty : :setproperty!), Any[target.args..., values...], nothing)
    elseif target === ex && ex isa Expr && ex.head === :call
        kw = [a for a in ex.args if a isa Expr && a.head in (:parameters, :kw)]
        (ex.args[1], Any[a for a in ex.args[2:end] if !(a in kw)], kw)
    else
        throw(ArgumentError("expected a `:call` expression `f(args...; kwargs...)`"))
    end
end
esc_kw(::Nothing) = ()
esc_kw(kw) = (Expr(:parameters, (esc(b) for a in kw for b in (a.head === :parameters ? a.args : (a,)))...),)
macro timev(ex)
    :(@time $(esc(ex)))
end
"""
    @ccall library.function(x::T, ...)::R

Calls a function of C, as [`ccall`](@ref) does.
"""
macro ccall(ex)
    is_form(ex, :(::), 2) || throw(ArgumentError("@ccall needs a function signature with a return type"))
    call, result = ex.args
    is_form(call, :call) || throw(ArgumentError("@ccall has to take a function call"))
    f, args = call.args[1], call.args[2:end]
    if !isempty(args) && is_form(args[1], :parameters) # the variable arguments
        args = [args[2:end]; args[1].args]
    end
    all(a -> is_form(a, :(::), 2), args) || throw(ArgumentError("args in @ccall need type annotations. '$(first(a for a in args if !is_form(a, :(::), 2)))' doesn't have one."))
    target = f isa Symbol ? QuoteNode(f) : is_field(f) ? :(($(f.args[2]), $(esc(f.args[1])))) : is_form(f, :$, 1) ? esc(f.args[1]) :
        throw(ArgumentError("@ccall function name must be a symbol, a `.` node (e.g. `libc.printf`) or an interpolated function pointer (with `\$`)"))
    Expr(:call, :ccall, target, esc(result), Expr(:tuple, (esc(a.args[2]) for a in args)...), (esc(a.args[1]) for a in args)...)
end
"""
    @threadcall(function, R, (T, ...), x, ...)

Calls a function of C on a thread of its own. There is no C code to call: an error.
"""
macro threadcall(args...)
    :(error("C functions cannot be called here"))
end
