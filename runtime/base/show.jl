# show: how values look. Numbers, names, types, structs, tuples, dictionaries, sets.

"""
    show([io,] x)
    show([io,] mime, x)

Write `x` as Julia would read it back, or in the form of a MIME type; methods of it
say how values of a type look.
"""
show(io::IO, @nospecialize(x)) = show_default(io, x)
show(x) = show(stdout, x)
show(io::IO, ::MIME"text/plain", @nospecialize(x)) = show(io, x)
show(m::MIME, x) = show(stdout, m, x)

const undef_ref_str = "#undef"

"""
    show_default(io, x)

The look of a value that has no method of `show`: its type and its fields.
"""
function show_default(io::IO, @nospecialize(x))
    t = typeof(x)
    show(io, t)
    print(io, '(')
    n = nfields(x)
    if n != 0 || sizeof_value(x) == 0 || ismutabletype(t) || !isprimitivetype(t)
        if !show_circular(io, x)
            inner = with_property(with_property(io, :SHOWN_SET, x), :typeinfo, Any)
            for i in 1:n
                i > 1 && print(io, ", ")
                isdefined(x, i) ? show(inner, getfield(x, i)) : print(io, undef_ref_str)
            end
        end
    else
        print(io, "0x")
        for b in Iterators.reverse(bits_to_bytes(x))
            print(io, int_string(b, 16, 2))
        end
    end
    print(io, ')')
    nothing
end

## numbers

show(io::IO, n::Signed) = (write(io, int_string(n, 10, 1)); nothing)
show(io::IO, n::Unsigned) = (write(io, string_concat("0x", int_string(n, 16, 2 * sizeof(n)))); nothing)
show(io::IO, n::BigInt) = (write(io, int_string(n, 10, 1)); nothing)
print(io::IO, n::Unsigned) = (write(io, int_string(n, 10, 1)); nothing)
show(io::IO, b::Bool) = (write(io, get(io, :typeinfo, Any) === Bool ? (b ? "1" : "0") : (b ? "true" : "false")); nothing)
function show(io::IO, x::Union{Float16,Float32,Float64})
    if io isa IOContext
        if get(io, :compact, false) === true
            write(io, with_exponent(x, float_compact(x)))
        else
            write(io, known_type_of_value(io) === typeof(x) ? with_exponent(x, float_string(x)) : float_repr(x))
        end
    else
        write(io, float_repr(x))
    end
    nothing
end
# The exponent of a Float32 is written with an f even where nothing else tells its type.
with_exponent(x, text) = x isa Float32 && occursin('e', text) ? replace(text, 'e' => 'f') : text
function print(io::IO, x::Union{Float16,Float32})
    write(io, get(io, :compact, false) === true ? float_compact(x) : float_string(x))
    nothing
end

string(n::Integer; base::Integer=10, pad::Integer=1) = integer_string(n, Int(base), Int(pad))
integer_string(n::Bool, base, pad) = base == 10 && pad == 1 ? (n ? "true" : "false") : int_string(n, base, pad)
integer_string(n::Union{BitInteger,BigInt}, base, pad) = int_string_signed(n, base, pad)
integer_string(n::Integer, base, pad) = base == 10 && pad == 1 ? print_to_string(n) : int_string_signed(big(n), base, pad)
# A base below -1 or 0 writes a number with negative digits.
function int_string_signed(n, base, pad)
    base > 0 && return int_string(n, base, pad)
    base < -1 || throw(ArgumentError("`base` must not be in [-1, 0, 1], got $base"))
    digits_text = ""
    m = big(n)
    b = -base
    while m != 0
        r = mod(m, b)
        digits_text = int_string(r, 62 < b ? 10 : max(b, 2), 1) * digits_text
        m = div(m - r, base)
    end
    lpad(digits_text, pad, '0')
end

## names

show(io::IO, ::Nothing) = (write(io, "nothing"); nothing)
show(io::IO, s::Symbol) = (write(io, symbol_literal(s)); nothing)
show_sym(io::IO, s::Symbol) = (write(io, quote_name(s)); nothing)

module_path(m::Module) = (p = module_parent(m); p === m || m === Main || m === Base || m === Core ? string(module_name(m)) : string(module_path(p), ".", module_name(m)))
show(io::IO, m::Module) = (write(io, module_path(m)); nothing)
print(io::IO, m::Module) = (write(io, module_path(m)); nothing)

show_type(io::IO, @nospecialize(t)) = (write(io, io isa IOContext ? type_text(io, t) : type_string(t)); nothing)
# The text of a type, its names seen from a module; what in it has its own way to be shown is shown so.
type_string(@nospecialize(t), from=Main) = (s = type_marked(t, from); s isa String ? s : type_string_filled(s...))
function type_string_filled(text, parts...)
    pieces = split(text, "\0")
    out = IOBuffer()
    for (k, piece) in enumerate(pieces)
        write(out, piece)
        k <= length(parts) && show(out, parts[k])
    end
    String(take!(out))
end
function type_text(io, t)
    m = get(io, :module, Main)
    m === Main || m === nothing ? type_string(t) : type_string(t, m)
end
show(io::IO, @nospecialize(t::Type)) = show_type(io, t)
function show(io::IO, v::Core.TypeofVararg)
    print(io, "Vararg")
    v === Vararg && return nothing
    print(io, "{", type_or_variable(v.T))
    v.N === nothing || print(io, ", ", type_or_variable(v.N))
    print(io, "}")
end
print(io::IO, @nospecialize(t::Type)) = show(io, t)
function show(io::IO, ::MIME"text/plain", @nospecialize(t::Type))
    show(io, t)
    get(io, :compact, false) === true && return nothing
    note = type_alias_note(t)
    isempty(note) || printstyled(io, " (", note, ")"; color=:light_black)
    show_function_note(io, t)
end
# What the type of a named function says beside its name.
function show_function_note(io, @nospecialize(t))
    t isa DataType && t !== Union{} && t <: Function && type_is(t, :singleton) || return nothing
    f = t.instance
    is_named_global(f) || return nothing
    print(io, " (singleton type of function ")
    show_sym(io, function_name(f))
    print(io, ", subtype of Function)")
end
function show(io::IO, tv::TypeVar)
    lower = tv.lb !== Union{}
    upper = tv.ub !== Any
    if lower
        upper ? (show_bound(io, tv.lb); print(io, "<:")) : (print(io, quote_name(tv.name), ">:"); return show_bound(io, tv.lb))
    end
    print(io, quote_name(tv.name))
    if upper
        print(io, "<:")
        show_bound(io, tv.ub)
    end
    nothing
end
# What bounds a variable: another one by its name, in parentheses what is more than the name of a type.
function show_bound(io::IO, @nospecialize(b))
    b isa TypeVar && return print(io, quote_name(b.name))
    T = unwrap_unionall(b)
    bare = !(b isa UnionAll) || T isa DataType && b === T.name.wrapper
    bare ? show(io, b) : (print(io, '('); show(io, b); print(io, ')'))
    nothing
end

show(io::IO, ::MIME"text/plain", ::UndefInitializer) = print(io, "UndefInitializer(): array initializer with undefined values")

## functions

# Whether a function is what its name means in its module.
function is_named_global(@nospecialize(f))
    m = parentmodule(typeof(f))
    n = function_name(f)
    isdefined(m, n) && getglobal(m, n) === f
end
function show(io::IO, @nospecialize(f::Function))
    (f isa Core.Builtin || get(io, :compact, false) === true) && return show_sym(io, function_name(f))
    is_named_global(f) || return show_default(io, f)
    m = parentmodule(typeof(f))
    n = function_name(f)
    if m !== Main && !exported_from_stdlib(m, n, f)
        print(io, m, '.')
        isoperator_name(n) && print(io, ':')
    end
    show_sym(io, n)
end
# Whether f is what every module means by n, as Base or Core exports it.
function exported_from_stdlib(m, n, f)
    while m !== Base && m !== Core
        (m === Main || parentmodule(m) in (m, Main)) && return false
        m = parentmodule(m)
    end
    isexported(m, n) && isdefined(m, n) && getglobal(m, n) === f
end
isoperator_name(n) = symbol_is_operator(n)
print(io::IO, f::Function) = is_named_global(f) || type_is(typeof(f), :closure) ? print(io, function_name(f)) : show(io, f)
function show(io::IO, ::MIME"text/plain", @nospecialize(f::Function))
    get(io, :compact, false) === true && return show(io, f)
    t = typeof(f)
    n = string(function_name(f))
    if f isa Core.Builtin
        print(io, n, " (built-in function)")
        return nothing
    end
    count = length(filter(m -> is_method_of(m, f), type_methods(f)))
    shown = is_named_global(f) || '#' in n ? n : string("(::", t, ")")
    print(io, shown, startswith(n, '@') ? " (macro with " : " (generic function with ", count, count == 1 ? " method)" : " methods)")
end

## pairs and tuples

isdelimited(io::IO, @nospecialize(x)) = true
isdelimited(io::IO, f::Function) = !(is_named_global(f) && isoperator_name(function_name(f)))
isdelimited(io::IO, p::Pair) = !(has_tight_type(p) || get(io, :typeinfo, Any) == typeof(p))
has_tight_type(p::Pair) = typeof(p.first) == fieldtype(typeof(p), 1) && typeof(p.second) == fieldtype(typeof(p), 2)

function show(io::IO, p::Pair)
    isdelimited(io, p) && return show_default(io, p)
    known = get(io, :typeinfo, Any)
    knows = known !== Any && p isa known && known <: Pair
    for i in 1:2
        inner = with_property(io, :typeinfo, knows ? fieldtype(known, i) : Any)
        x = getfield(p, i)
        d = isdelimited(inner, x)
        d || print(io, '(')
        show(inner, x)
        d || print(io, ')')
        i == 1 && print(io, get(io, :compact, false) === true ? "=>" : " => ")
    end
    nothing
end

function show(io::IO, t::Tuple)
    n = nfields(t)
    n == 0 && return (write(io, "()"); nothing)
    known = get(io, :typeinfo, Any)
    knows = known !== Any && known <: Tuple && t isa known
    print(io, '(')
    if !show_circular(io, t)
        inner = with_property(io, :SHOWN_SET, t)
        for i in 1:n
            i > 1 && write(io, ", ")
            show(knows ? with_property(inner, :typeinfo, fieldtype(known, i)) : inner, getfield(t, i))
        end
        n == 1 && print(io, ',')
    end
    print(io, ')')
    nothing
end

function show(io::IO, t::NamedTuple)
    T = typeof(t)
    n = nfields(t)
    names = fieldnames(T)
    for i in 1:n
        if typeof(getfield(t, i)) !== fieldtype(T, i)
            show(io, T)
            print(io, '(')
            show(io, Tuple(t))
            print(io, ')')
            return nothing
        end
    end
    n == 0 && return (write(io, "NamedTuple()"); nothing)
    known = get(io, :typeinfo, Any)
    knows = known !== Any && known <: NamedTuple && t isa known
    print(io, '(')
    for i in 1:n
        i > 1 && write(io, ", ")
        print(io, quote_name(names[i]), " = ")
        show(with_property(io, :typeinfo, knows ? fieldtype(known, i) : Any), getfield(t, i))
    end
    n == 1 && print(io, ',')
    print(io, ')')
    nothing
end

isassigned(v::Core.SimpleVector, i::Int) = 1 <= i <= length(v)
show(io::IO, v::Core.SimpleVector) = show_delimited(io, v, "svec(", ")")

## what the context knows of the type of elements

# The type that what is shown tells of a value already, if there is one.
function known_type_of_value(io::IO)
    T = get(io, :typeinfo, Any)
    T === Any ? T : nonmissingtype(nonnothingtype(T))
end

# Whether a literal of such a value says the type by itself.
function typeinfo_implicit(@nospecialize(T))
    (T === Float64 || T === Int || T === Char || T === String || T === Symbol) && return true
    T isa DataType || return false
    type_is(T, :singleton) && return true
    type_is(T, :concrete) || return false
    T <: Array && return typeinfo_implicit(eltype(T))
    (T <: Tuple || T <: NamedTuple || T <: Pair) && return all(typeinfo_implicit, fieldtypes(T))
    T <: AbstractDict && return typeinfo_implicit(keytype(T)) && typeinfo_implicit(valtype(T))
    false
end
function typeinfo_eltype(@nospecialize(T))
    T <: AbstractArray || T <: AbstractDict || T <: AbstractSet || return nothing
    E = eltype(T)
    T isa DataType || T <: AbstractArray{E} || T <: AbstractSet{E} ? E : nothing
end
# What to write in front of a collection so that its type can be read, and whether
# the elements say the type by themselves.
function typeinfo_prefix(io::IO, X)
    known = get(io, :typeinfo, Any)
    context = known === Any || known === Union{} || !(X isa known) ? nothing : typeinfo_eltype(known)
    E = eltype(X)
    if X isa AbstractDict
        E === context && return (type_name_text(io, X), false)
        !isempty(X) && typeinfo_implicit(keytype(X)) && typeinfo_implicit(valtype(X)) && return (type_name_text(io, X), true)
        return (type_text_of(io, typeof(X)), false)
    end
    E === context && return ("", false)
    !isempty(X) && typeinfo_implicit(E) && return ("", true)
    (type_text_of(io, E), false)
end
type_text_of(io, @nospecialize(t)) = sprint(show, t; context=io)
type_name_text(io, X) = type_text_of(io, type_wrapper(typeof(X)))

## dictionaries and sets

function show(io::IO, d::AbstractDict)
    prefix, implicit = typeinfo_prefix(io, d)
    print(io, prefix, '(')
    if !isempty(d) && !show_circular(io, d)
        inner = with_property(with_property(io, :SHOWN_SET, d), :typeinfo, eltype(d))
        limited = get(io, :limit, false) === true
        n = 0
        for p in d
            n > 0 && print(io, ", ")
            show(inner, p)
            n += 1
            limited && n >= 10 && (print(io, '…'); break)
        end
    end
    print(io, ')')
end

summary(io::IO, d::AbstractDict) = (showarg(io, d, true); print(io, " with ", length(d), length(d) == 1 ? " entry" : " entries"))

function show(io::IO, ::MIME"text/plain", d::AbstractDict)
    isempty(d) && return show(io, d)
    inner = with_property(io, :SHOWN_SET, d)
    haskey(io, :compact) || (inner = with_property(inner, :compact, true))
    inner_k = with_property(inner, :typeinfo, keytype(d))
    inner_v = with_property(inner, :typeinfo, valtype(d))
    summary(io, d)
    print(io, ':')
    show_circular(io, d) && return nothing
    if get(io, :limit, false) !== true
        for (k, v) in d
            print(io, "\n  ")
            show(inner_k, k)
            print(io, " => ")
            show(inner_v, v)
        end
        return nothing
    end
    size = displaysize(io)
    rows = size[1] - 3
    rows < 2 && return print(io, " …")
    cols = max(size[2], 12) - 6
    rows -= 1
    ks = String[]
    vs = String[]
    kw = 0
    vw = 0
    for (k, v) in d
        length(ks) == rows && break
        push!(ks, sprint(show, k; context=inner_k))
        push!(vs, sprint(show, v; context=inner_v))
        kw = clamp(textwidth(ks[end]), kw, cols)
        vw = clamp(textwidth(vs[end]), vw, cols)
    end
    if kw > max(div(cols, 2), cols - vw)
        kw = max(cld(cols, 3), cols - vw)
    end
    for i in 1:length(ks)
        print(io, "\n  ")
        if i == rows < length(d)
            print(io, rpad("⋮", kw), " => ⋮")
            break
        end
        print(io, rpad(cut_to_width(ks[i], kw), kw), " => ", cut_to_width(vs[i], cols - kw))
    end
    nothing
end

# s up to a width, or to the end of its line, with … for what is left out.
function cut_to_width(s::AbstractString, width)
    (textwidth(s) <= width && !occursin('\n', s) && !occursin('\r', s)) && return s
    n = 0
    fits = 0
    for (i, c) in pairs(s)
        n += textwidth(c)
        n <= width - 1 && (fits = i)
        if n > width || c == '\n' || c == '\r'
            return string(SubString(s, 1, c == '\n' || c == '\r' ? min(fits, prevind(s, i)) : fits), "…")
        end
    end
    s
end

summary(io::IO, k::KeySet) = (print(io, "KeySet for a "); summary(io, k.dict))
summary(io::IO, v::ValueIterator) = (print(io, "ValueIterator for a "); summary(io, v.dict))
show(io::IO, k::Union{KeySet,ValueIterator}) = show_vector(io, k)
function show(io::IO, ::MIME"text/plain", k::Union{KeySet,ValueIterator})
    isempty(k) && get(io, :compact, false) === true && return show(io, k)
    summary(io, k)
    isempty(k) && return nothing
    print(io, ". ", k isa KeySet ? "Keys" : "Values", ':')
    show_lines(io, k)
end

summary(io::IO, s::AbstractSet) = (n = length(s); showarg(io, s, true); print(io, " with ", n, n == 1 ? " element" : " elements"))
function show(io::IO, s::Set)
    if isempty(s)
        get(io, :typeinfo, Any) == typeof(s) ? print(io, "Set()") : print(io, typeof(s), "()")
    else
        print(io, "Set(")
        show_vector(io, s)
        print(io, ')')
    end
    nothing
end
function show(io::IO, s::IdSet)
    print(io, type_name_text(io, s), '(')
    show_vector(io, s)
    print(io, ')')
end
function show(io::IO, ::MIME"text/plain", s::AbstractSet)
    isempty(s) && return show(io, s)
    summary(io, s)
    print(io, ':')
    show_circular(io, s) && return nothing
    show_lines(io, s)
end
# The items below each other.
function show_lines(io, itr)
    inner = with_property(with_property(io, :SHOWN_SET, itr), :typeinfo, eltype(itr))
    limited = get(io, :limit, false) === true
    rows = typemax(Int)
    cols = typemax(Int)
    if limited
        size = displaysize(io)
        rows = size[1] - 3
        rows < 2 && return print(io, " …")
        rows -= 1
        cols = max(size[2], 4) - 2
    end
    n = length(itr)
    i = 0
    for x in itr
        i += 1
        print(io, "\n  ")
        if i == rows < n
            print(io, rpad("⋮", 2))
            break
        end
        limited ? print(io, cut_to_width(sprint(show, x; context=inner), cols)) : show(inner, x)
    end
    nothing
end

function show(io::IO, ::MIME"text/plain", p::Iterators.Pairs)
    isempty(p) && return show(io, p)
    invoke(show, Tuple{IO,MIME"text/plain",AbstractDict}, io, MIME("text/plain"), p)
end
showarg(io::IO, p::Iterators.Pairs, toplevel) = (print(io, "pairs("); showarg(io, p.data, false); print(io, ')'))
showarg(io::IO, p::Iterators.Pairs{<:Any,<:Any,<:Any,<:NamedTuple}, toplevel) = print(io, "pairs(::NamedTuple)")

## summary

"""
    summary([io,] x)

What `x` is, in a few words: its type, and its size if it has one.
"""
summary(io::IO, @nospecialize(x)) = print(io, typeof(x))
summary(x) = sprint(summary, x)
summary(io::IO, s::AbstractString) = print(io, isempty(s) ? "empty" : string(ncodeunits(s), "-codeunit"), " ", typeof(s))
summary(io::IO, f::Function) = show(io, MIME("text/plain"), f)

"""
    showarg(io, x, toplevel)

How `x` stands in the summary of an array made of it.
"""
function showarg(io::IO, @nospecialize(x), toplevel)
    toplevel || print(io, "::")
    print(io, typeof(x))
end

## dump

"""
    dump([io,] x; maxdepth=8)

Write the fields of `x`, and of what they hold, down to `maxdepth`.
"""
dump(x; maxdepth=8) = dump(IOContext(stdout, :limit => true), x; maxdepth=maxdepth)
function dump(io::IO, @nospecialize(x); maxdepth=8)
    text = sprint(dump_item, x, maxdepth, ""; context=io)
    println(io, text)
end
function dump_item(io::IO, @nospecialize(x), n::Int, indent)
    if x === Union{}
        show(io, x)
        return nothing
    elseif x isa Core.SimpleVector
        isempty(x) && return print(io, "empty SimpleVector")
        print(io, "SimpleVector")
        n > 0 && foreach(i -> (print(io, '\n', indent, "  ", i, ": "); dump_item(io, x[i], n - 1, string(indent, "  "))), 1:length(x))
        return nothing
    end
    T = typeof(x)
    if x isa Function
        print(io, x, " (function of type ", T, ")")
    elseif x isa Union{String,Symbol,Nothing,Module} || T <: Number && isconcretetype(T) && nfields(x) == 0
        x isa Module ? print(io, "Module ", x) : print(io, T, x isa String ? " " : " ", x isa String || x isa Symbol ? sprint(show_plain_name, x) : repr(x))
    elseif x isa Type
        dump_type(io, x, n, indent)
    elseif x isa AbstractArray
        dump_array(io, x, n, indent)
    else
        print(io, T)
        nf = nfields(x)
        if nf > 0
            n > 0 && !show_circular(io, x) && dump_fields(with_property(io, :SHOWN_SET, x), x, nf, n, indent)
        else
            T <: Tuple || T <: NamedTuple || T <: Ptr || print(io, ' ', x)
            T <: Ptr && print(io, " @", repr(UInt(x)))
        end
    end
    nothing
end
show_plain_name(io, s::String) = show(io, s)
show_plain_name(io, s::Symbol) = print(io, s)
function dump_fields(io, x, nf, n, indent)
    names = x isa Tuple ? nothing : fieldnames(typeof(x))
    for i in 1:nf
        print(io, '\n', indent, "  ", names === nothing ? i : names[i], ": ")
        isdefined(x, i) ? dump_item(io, getfield(x, i), n - 1, string(indent, "  ")) : print(io, undef_ref_str)
    end
end
function dump_array(io, x, n, indent)
    if x isa Array
        print(io, "Array{", eltype(x), "}(", size(x), ")")
    else
        print(io, typeof(x))
        n > 0 && dump_fields(io, x, nfields(x), n, indent)
        return nothing
    end
    if eltype(x) <: Number
        print(io, ' ')
        show(io, x)
    elseif n > 0 && !isempty(x) && !show_circular(io, x)
        inner = with_property(io, :SHOWN_SET, x)
        cut = get(io, :limit, false) === true && length(x) > 10
        for i in 1:length(x)
            if cut && 5 < i <= length(x) - 5
                i == 6 && print(io, '\n', indent, "  ...")
                continue
            end
            print(io, '\n', indent, "  ", i, ": ")
            isassigned(x, i) ? dump_item(inner, x[i], n - 1, string(indent, "  ")) : print(io, undef_ref_str)
        end
    end
end
function dump_type(io, x, n, indent)
    x isa DataType || return print(io, x isa Union ? "" : string(typeof(x), ' '), x)
    fields = isstructtype(x) && !(x <: Tuple)
    fields && ismutabletype(x) && print(io, "mutable ")
    fields && print(io, "struct ")
    isprimitivetype(x) && print(io, "primitive type ")
    isabstracttype(x) && print(io, "abstract type ")
    print(io, x)
    x === Any || print(io, " <: ", supertype(x))
    if n > 0 && fields && type_fieldcount(x) > 0
        ts, ns = fieldtypes(x), fieldnames(x)
        for i in 1:length(ns)
            print(io, '\n', indent, "  ", ns[i], "::", ts[i])
        end
    end
end
