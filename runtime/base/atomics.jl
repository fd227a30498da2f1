# Atomic access to fields. Tasks switch only where they wait, so plain reads and
# writes are atomic already; the macros keep the rules and results.

"""
    @atomic x.f
    @atomic x.f = v
    @atomic x.f += v
    @atomic max(x.f, v)

Read or change a field atomically. In a struct, `@atomic f::T` declares such a field.
"""
macro atomic(ex)
    atomic_form(ex)
end
macro atomic(order, ex)
    order isa QuoteNode || order isa Expr && order.head === :quote ? atomic_form(ex) : atomic_call(order, ex)
end
macro atomic(a, op, b)
    atomic_modify(a, op, b)
end
macro atomic(order, a, op, b)
    atomic_modify(a, op, b)
end
isatomicplace(ex) = ex isa Expr && (ex.head === :. || ex.head === :ref)
function atomic_form(ex)
    ex isa Symbol && return esc(Expr(:atomic, ex))
    ex isa Expr || throw(ArgumentError("could not parse @atomic expression"))
    ex.head === :(::) && return esc(Expr(:atomic, ex))
    isatomicplace(ex) && return atomic_read(ex)
    if ex.head === :(=)
        isatomicplace(ex.args[1]) || return esc(Expr(:atomic, ex))
        return atomic_write(ex.args[1], esc(ex.args[2]))
    elseif ex.head === :call && length(ex.args) == 3 && isatomicplace(ex.args[2])
        return atomic_modify(ex.args[2], ex.args[1], ex.args[3])
    end
    s = string(ex.head)
    if endswith(s, "=") && length(ex.args) == 2 && isatomicplace(ex.args[1])
        op = Symbol(s[1:prevind(s, lastindex(s))])
        return :($(atomic_modify(ex.args[1], op, ex.args[2])).second)
    end
    throw(ArgumentError("could not parse @atomic expression"))
end
atomic_call(order, ex) = atomic_form(ex)
# The orders are all the same here: what was done before is seen.
atomic_read(place) = place.head === :. ? :(getproperty($(esc(place.args[1])), $(esc(place.args[2])), :sequentially_consistent)) : esc(place)
atomic_write(place, v) = place.head === :. ?
    :(setproperty!($(esc(place.args[1])), $(esc(place.args[2])), $v, :sequentially_consistent)) : Expr(:(=), esc(place), v)
order_of(orders) = isempty(orders) ? :not_atomic : orders[1]
function atomic_modify(place, op, v)
    if place.head === :.
        return quote
            local x = $(esc(place.args[1]))
            local old = getproperty(x, $(esc(place.args[2])), :sequentially_consistent)
            local new = $(esc(op))(old, $(esc(v)))
            setproperty!(x, $(esc(place.args[2])), new, :sequentially_consistent)
            Pair(old, new)
        end
    end
    quote
        local old = $(esc(place))
        local new = $(esc(op))(old, $(esc(v)))
        $(esc(place)) = new
        Pair(old, new)
    end
end
"""
    @atomicswap x.f = v

Store `v` and return the old value.
"""
macro atomicswap(ex)
    atomic_swap(ex)
end
macro atomicswap(order, ex)
    atomic_swap(ex)
end
function atomic_swap(ex)
    (ex isa Expr && ex.head === :(=)) || throw(ArgumentError("@atomicswap expression missing assignment"))
    quote
        local old = $(atomic_read(ex.args[1]))
        $(atomic_write(ex.args[1], esc(ex.args[2])))
        old
    end
end
"""
    @atomicreplace x.f expected => desired

Store `desired` if the field holds `expected`; a named tuple of the old value and `success`.
"""
macro atomicreplace(ex, pair)
    atomic_replace(ex, pair)
end
macro atomicreplace(order, ex, pair)
    atomic_replace(ex, pair)
end
macro atomicreplace(order, fail, ex, pair)
    atomic_replace(ex, pair)
end
function atomic_replace(ex, pair)
    quote
        local p = $(esc(pair))
        local old = $(atomic_read(ex))
        local success = old === p.first
        if success
            $(atomic_write(ex, :(p.second)))
        end
        (old=old, success=success)
    end
end
"""
    @atomiconce x.f = v

Store `v` if the field has no value yet; whether it was stored.
"""
macro atomiconce(ex)
    atomic_once(ex)
end
macro atomiconce(order, ex)
    atomic_once(ex)
end
macro atomiconce(order, fail, ex)
    atomic_once(ex)
end
function atomic_once(ex)
    place = ex.args[1]
    quote
        local free = !isdefined($(esc(place.args[1])), $(esc(place.args[2])))
        free && $(atomic_write(place, esc(ex.args[2])))
        free
    end
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
modifyproperty!(x, f::Symbol, op, v, order::Symbol=:not_atomic) = (old = getproperty(x, f); new = op(old, v); setproperty!(x, f, new, order); Pair(old, new))
"""
    replaceproperty!(x, name, expected, desired[, orders...])

Give a property the value `desired` if it is `expected`; the old value and whether it was.
"""
replaceproperty!(x, f::Symbol, expected, desired, orders::Symbol...) = (old = getproperty(x, f); ok = old === expected; ok && setproperty!(x, f, desired, order_of(orders)); (old=old, success=ok))
"""
    setpropertyonce!(x, name, value[, orders...])

Give a property a value if it has none; whether it had none.
"""
setpropertyonce!(x, f::Symbol, v, orders::Symbol...) = (ok = !isdefined(x, f); ok && setproperty!(x, f, v, order_of(orders)); ok)
"""
    modifyfield!(x, name, op, value[, order])

Give a field the value `op(old, value)`; the pair of the old and the new one.
"""
modifyfield!(x, f, op, v, order::Symbol=:not_atomic) = (old = getfield(x, f); new = op(old, v); setfield!(x, f, new, order); Pair(old, new))
"""
    replacefield!(x, name, expected, desired[, orders...])

Give a field the value `desired` if it holds `expected`; the old value and whether it did.
"""
replacefield!(x, f, expected, desired, orders::Symbol...) = (r = replace_field(x, f, expected, desired, order_of(orders)); (old=r[1], success=r[2]))
"""
    setfieldonce!(x, name, value[, orders...])

Give a field a value if it has none; whether it had none.
"""
setfieldonce!(x, f, v, orders::Symbol...) = (ok = !isdefined(x, f); ok && setfield!(x, f, v, order_of(orders)); ok)

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

Calls a function of C. There is no C code to call: an error.
"""
macro ccall(ex)
    :(error("C functions cannot be called here"))
end
"""
    @threadcall(function, R, (T, ...), x, ...)

Calls a function of C on a thread of its own. There is no C code to call: an error.
"""
macro threadcall(args...)
    :(error("C functions cannot be called here"))
end
