# Looking for methods that cannot be called: ambiguous ones, and those with type parameters
# that their arguments do not determine.

"""
    detect_ambiguities(mod1, mod2...; recursive=false, ambiguous_bottom=false, allowed_undefineds=nothing)

The pairs of methods defined in the modules that are ambiguous, as a vector of
`(Method, Method)`.
"""
function detect_ambiguities(mods::Module...; recursive::Bool=false, imported::Bool=false, ambiguous_bottom::Bool=false, allowed_undefineds=nothing)
    found = Set{Tuple{Method,Method}}()
    each_method_table(mods, recursive) do list
        for i in 1:length(list), j in i+1:length(list)
            a, b = list[i], list[j]
            (is_in_mods(parentmodule(a), recursive, mods) || is_in_mods(parentmodule(b), recursive, mods)) || continue
            Base.isambiguous(a, b; ambiguous_bottom=ambiguous_bottom) && push!(found, in_order(a, b))
        end
    end
    collect(found)
end
in_order(a, b) = (string(a.file), a.line) <= (string(b.file), b.line) ? (a, b) : (b, a)

"""
    detect_unbound_args(mod1, mod2...; recursive=false, allowed_undefineds=nothing)

The methods defined in the modules that have a type parameter which a call need not determine.
"""
function detect_unbound_args(mods::Module...; recursive::Bool=false, imported::Bool=false, allowed_undefineds=nothing)
    found = Set{Method}()
    each_method_table(mods, recursive) do list
        for m in list
            is_in_mods(parentmodule(m), recursive, mods) && has_unbound_vars(m.sig) && !is_shadowed(m, list) && push!(found, m)
        end
    end
    collect(found)
end

# Call f with the methods of each function and type that the modules name.
function each_method_table(f, mods, recursive)
    seen = Base.IdSet{Any}()
    for mod in mods
        each_named(mod, recursive) do x
            x in seen && return
            push!(seen, x)
            f(collect(methods(x)))
            x isa DataType && f(filter(!Base.is_constructor, Base.type_methods(x)))
        end
    end
end
function each_named(f, mod, recursive)
    for n in names(mod; all=true, imported=true)
        isdefined(mod, n) || continue
        x = getglobal(mod, n)
        if x isa Module
            recursive && x !== mod && parentmodule(x) === mod && nameof(x) === n && each_named(f, x, recursive)
        elseif x isa Function || x isa Type && Base.unwrap_unionall(x) isa DataType
            f(x)
        end
    end
end
function is_in_mods(m::Module, recursive, mods)
    while true
        m in mods && return true
        p = parentmodule(m)
        (!recursive || p === m) && return false
        m = p
    end
end

function has_unbound_vars(sig)
    while sig isa UnionAll
        var, sig = sig.var, sig.body
        determines(sig, var, true) || return true
    end
    false
end

# A vararg method whose call without those arguments is another method's is never called with
# the parameter left open.
function is_shadowed(m, list)
    sig = Base.unwrap_unionall(m.sig)
    isempty(sig.parameters) && return false
    Base.isvarargtype(sig.parameters[end]) || return false
    short = Base.rewrap_unionall(Tuple{sig.parameters[1:end-1]...}, m.sig)
    any(o -> o !== m && short <: o.sig && o.sig <: short, list)
end

# Whether every value of the type says what var is.
function determines(t, var::TypeVar, covariant::Bool)
    t === var && return true
    while t isa UnionAll
        covariant && determines(t.var.ub, var, covariant) && return true
        t = t.body
    end
    if t isa Union
        return determines(t.a, var, covariant) && determines(t.b, var, covariant)
    elseif t isa DataType
        tuple = t.name === Tuple.name
        return any(p -> tuple && Base.isvarargtype(p) ? isdefined(p, :N) && p.N === var : determines(p, var, covariant && tuple), t.parameters)
    end
    false
end
