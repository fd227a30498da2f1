# Lists of methods, and how methods are shown.

"""
    MethodList

What [`methods`](@ref) gives: the methods of a function.
"""
struct MethodList <: AbstractVector{Method}
    ms::Vector{Any}
    f::Any
end
size(l::MethodList) = size(l.ms)
getindex(l::MethodList, i::Int) = l.ms[i]::Method

"""
    methods(f, [types], [module])

The methods of a function: all, those for arguments of the types, or those of a module.
"""
methods(f) = MethodList(specific_first(filter(m -> is_method_of(m, f), type_methods(f))), f)
# Each before those that are less specific, otherwise as they were defined.
function specific_first(ms)
    out = Any[]
    for m in ms
        at = findfirst(o -> morespecific(m, o), out)
        insert!(out, at === nothing ? length(out) + 1 : at, m)
    end
    out
end
# One table holds the methods of all objects of a parametric type.
function is_method_of(m::Method, f)
    f isa Type && return is_constructor(m)
    is_constructor(m) && return false
    T = typeof(f)
    isempty(T.parameters) || T <: rewrap_unionall(unwrap_unionall(m.sig).parameters[1], m.sig)
end
# The methods of a type's objects stand in one table with its constructors.
is_constructor(m::Method) = (t = unwrap_unionall(unwrap_unionall(m.sig).parameters[1]); t isa DataType && t <: Type)
methods(f, m::Module) = MethodList(filter(x -> x.module === m, methods(f).ms), f)
methods(f, t) = MethodList(reachable(f, applying_methods(f, argument_tuple(t)), argument_tuple(t)), f)
# Of methods that fit tuple type t, those that calls get to: not those behind more specific ones,
# and not those whose calls are all ambiguous.
function reachable(f, ms, t)
    sig = signature_type(f, t)
    filter(ms) do m
        both = typeintersect(sig, m.sig)
        !any(o -> o !== m && both <: o.sig && !morespecific(m, o), ms)
    end
end
methods(f, t, m::Module) = methods(f, t, (m,))
methods(f, t, mods::Union{Tuple{Vararg{Module}},AbstractArray{Module}}) = MethodList(filter(x -> x.module in mods, methods(f, t).ms), f)
methods(f, mods::Union{Tuple{Module,Vararg{Module}},AbstractArray{Module}}) = MethodList(filter(x -> x.module in mods, methods(f).ms), f)

"""
    methodswith(T[, m::Module]; supertypes=false)
    methodswith(T, f)

The methods that have an argument of type `T`, or with `supertypes` of one above it: of the
functions that a module names, by default Main and Base, or of a function.
"""
function methodswith(t::Type, f; supertypes::Bool=false)
    wanted = supertypes ? filter(x -> x !== Any, collect(Base.supertypes(t))) : Any[t]
    filter(m -> any(p -> mentions_one_of(unwrapped_parameter(p), wanted), unwrap_unionall(m.sig).parameters[2:end]), collect(methods(f)))
end
methodswith(t::Type; supertypes::Bool=false) = vcat(methodswith(t, Main; supertypes=supertypes), methodswith(t, Base; supertypes=supertypes))
function methodswith(t::Type, m::Module; supertypes::Bool=false)
    out = Method[]
    for n in names(m; all=m === Main)
        isdefined(m, n) || continue
        f = getglobal(m, n)
        f isa Function && append!(out, methodswith(t, f; supertypes=supertypes))
    end
    unique!(out)
end
unwrapped_parameter(p) = isvarargtype(p) ? p.T : p isa TypeVar ? p.ub : p
mentions_one_of(p, wanted) = any(w -> w === p, wanted) || p isa Union && any(q -> mentions_one_of(q, wanted), uniontypes(p))

# In one line, and in two where it stands by itself.
show(io::IO, m::Method) = (show_signature_of(io, m); print(io, ' '); show_place_of(io, m, nothing))
show(io::IO, ::MIME"text/plain", m::Method) = (show_signature_of(io, m); print(io, "\n     "); show_place_of(io, m, nothing))
function show_signature_of(io::IO, m::Method)
    sig = unwrap_unionall(m.sig)
    ps, names = sig.parameters, m.argnames
    print(io, method_title(m, ps[1]), "(")
    for i in 2:length(ps)
        i > 2 && print(io, ", ")
        n = i <= length(names) ? names[i] : Symbol("")
        hidden = n === Symbol("#unused#") || n === Symbol("")
        hidden || print(io, symbol_text(plain_name(n)))
        p = ps[i]
        if i == length(names) && i < length(ps) && all(q -> q === p, ps[i:end]) # collects a fixed number
            print(io, "::Vararg{", p, ", ", length(ps) - i + 1, "}")
            break
        end
        if isvarargtype(p)
            T = p.T === nothing ? Any : p.T
            if p.N !== nothing
                print(io, "::Vararg{", T, ", ", p.N, "}")
            else
                T === Any ? print(io, "...") : print(io, "::", type_or_variable(T), "...")
            end
        elseif p !== Any || hidden
            print(io, "::", type_or_variable(p))
        end
    end
    isempty(m.kwnames) || print(io, "; ", join(map(keyword_text, m.kwnames), ", "))
    print(io, ")", where_text(m.sig))
end
# A name without what `gensym` puts around it.
plain_name(n::Symbol) = (m = match(r"^##(.+)#\d+$", string(n)); m === nothing ? n : Symbol(m[1]))
constructor_title(t::TypeVar) = string("(::Type{", t.name, "})")
constructor_title(t) = string(t)
constructor_title(t::UnionAll) = (s = string(t); occursin(" where ", s) ? string('(', s, ')') : s)
constructor_title(t::DataType) = foldl((s, p) -> p isa TypeVar ? replace(s, string(p) => string(p.name)) : s, t.parameters; init=string(t))
type_or_variable(t) = t isa TypeVar ? t.name : t
keyword_text(k) = (s = string(k); endswith(s, "...") ? string(symbol_text(Symbol(s[1:end-3])), "...") : symbol_text(k))
# A function by its name, a type by itself, another callable object as (x::T).
function method_title(m::Method, t)
    t isa TypeVar && return string("(::", t, ")")
    u = unwrap_unionall(t)
    u isa DataType || return string("(::", t, ")")
    u.name === Type.body.name && return constructor_title(u.parameters[1])
    u <: Function && isdefined(u, :instance) && is_named_global(u.instance) && return symbol_text_of_method(m)
    n = length(m.argnames) >= 1 ? m.argnames[1] : Symbol("#self#")
    string("(", startswith(string(n), "#") ? "" : n, "::", t, ")")
end
symbol_text_of_method(m) = macro_symbol_text(m.name)
function show_place_of(io::IO, m::Method, home)
    print(io, "@ ")
    m.module === home || print(io, m.module, " ")
    file, line = method_place(m)
    print_grey(io, string(file, ":", line))
end

function show(io::IO, l::MethodList)
    f, n = l.f, length(l)
    home = f isa Function && is_named_global(f) ? parentmodule(f) : nothing
    print(io, "# ", n, n == 1 ? " method" : " methods", " for ")
    if f isa Type
        print(io, "type constructor")
    elseif f isa Function && is_named_global(f)
        name = string(nameof(f))
        kind = startswith(name, "@") ? "macro" : f isa Core.Builtin ? "builtin function" : "generic function"
        print(io, kind, " \"", name, "\" from ", home)
    elseif f isa Function && '#' in string(nameof(f))
        print(io, "anonymous function \"", nameof(f), "\"")
    else
        print(io, "callable object")
    end
    n == 0 || print(io, ":")
    for (i, m) in enumerate(l.ms)
        print(io, "\n", lpad(string("[", i, "]"), ndigits(n) + 3), " ")
        show_signature_of(io, m)
        print(io, "\n     ")
        show_place_of(io, m, home)
    end
end
show(io::IO, ::MIME"text/plain", l::MethodList) = show(io, l)
# Methods in a plain vector, as `methodswith` gives them.
function show(io::IO, ::MIME"text/plain", ms::AbstractVector{Method})
    isempty(ms) && summary(io, ms)
    for (i, m) in enumerate(ms)
        print(io, i == 1 ? "[" : "\n[", i, "] ", m)
    end
end
