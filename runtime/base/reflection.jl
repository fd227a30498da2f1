# Types, functions, methods and modules as data.

# What InteractiveUtils offers in a session.
export supertypes, subtypes, edit, less, methodswith, versioninfo, clipboard, varinfo, apropos, @which, @functionloc, @edit, @less,
    @code_lowered, @code_typed, @code_warntype, @code_llvm, @code_native

## modules

"""
    nameof(x)

The name of a module, a function or a type, as a symbol.
"""
nameof(m::Module) = module_name(m)
nameof(f::Function) = function_name(f)
nameof(t::Type) = type_name(t)
"""
    parentmodule(x)

The module that a module, function or type stands in.
"""
parentmodule(m::Module) = module_parent(m)
parentmodule(t::Type) = type_module(t)
parentmodule(f::Function) = type_module(typeof(f))
parentmodule(m::Method) = m.module
parentmodule(f, types) = parentmodule(which(f, types))
function fullname(m::Module)
    n = nameof(m)
    (m === Main || m === Base || m === Core) && return (n,)
    p = parentmodule(m)
    p === m ? (n,) : (fullname(p)..., n)
end
moduleroot(m::Module) = (p = parentmodule(m); p === m ? m : moduleroot(p))
"""
    names(m::Module; all=false, imported=false, usings=false)

The names that a module exports or declares public, sorted.
"""
names(m::Module; all::Bool=false, imported::Bool=false, usings::Bool=false) = module_names(m, all, imported, usings)
isexported(m::Module, s::Symbol) = module_isexported(m, s)
ispublic(m::Module, s::Symbol) = module_ispublic(m, s)
isconst(m::Module, s::Symbol) = module_isconst(m, s)
isconst(g::GlobalRef) = module_isconst(g.mod, g.name)
function isconst(@nospecialize(T::Type), field::Union{Symbol,Int})
    t = unwrap_unionall(T)
    t isa DataType && (!ismutabletype(t) || (i = declared_field(t, field)) == 0 || type_field_marks(t, i)[1])
end
"""
    Base.isfieldatomic(T, field)

Whether a field of a type is declared `@atomic`.
"""
isfieldatomic(@nospecialize(T::Type), field::Union{Symbol,Int}) = (i = declared_field(unwrap_unionall(T), field)) > 0 && type_field_marks(T, i)[2]
# The number of a type's field, or 0.
function declared_field(@nospecialize(t), field)
    t isa DataType && isstructtype(t) && !(t <: Tuple) || return 0
    field isa Symbol ? fieldindex(t, field, false) : 1 <= field <= fieldcount(t) ? field : 0
end
isdeprecated(m::Module, s::Symbol) = false
isbindingresolved(m::Module, s::Symbol) = isdefined(m, s)

binding_module(m::Module, s::Symbol) = module_owner(m, s)
ismutationallowed(m) = true

## types

supertype(t::DataType) = t.super
"""
    supertype(T)

The type directly above `T`.
"""
supertype(t::UnionAll) = type_super(t)
supertype(::Type{Union{}}) = throw(MethodError(supertype, (Union{},)))
function supertypes(t::Type)
    s = supertype(t)
    t === s ? (t,) : (t, supertypes(s)...)
end
"""
    subtypes(T)

The types directly below `T` that the loaded modules name.
"""
function subtypes(t::Type)
    w = type_wrapper_or_nothing(t)
    w === nothing || w === t || return subtypes(t, w)
    out = Any[]
    seen = Any[]
    subtypes_in(Core, t, out, seen)
    subtypes_in(Base, t, out, seen)
    subtypes_in(Main, t, out, seen)
    sort!(out; by=string)
end
# What of the subtypes of a type's wrapper is below the type.
function subtypes(t::Union{DataType,UnionAll}, w)
    out = Any[]
    for s in subtypes(w)
        u = typeintersect(s, t)
        u === Union{} || push!(out, u)
    end
    out
end
function subtypes_in(m::Module, t, out, seen)
    any(x -> x === m, seen) && return
    push!(seen, m)
    for n in module_names(m, true, true, false)
        isdefined(m, n) || continue
        x = getglobal(m, n)
        if x isa Module
            module_parent(x) === m && subtypes_in(x, t, out, seen)
        elseif names_type(n, x) && (x isa DataType && x !== Any && x.super === t || x isa UnionAll && type_wrapper_or_nothing(x) === x && same_super(x, t))
            any(y -> y === x, out) || push!(out, x)
        end
    end
end
# Whether a name is that of a type, and not of an alias.
names_type(n, x) = (u = unwrap_unionall(x); u isa DataType && nameof(u) === n)
type_wrapper_or_nothing(x) = unwrap_unionall(x) isa DataType ? type_wrapper(x) : nothing
same_super(x, t) = (s = unwrap_unionall(x).super; type_wrapper(s) === t || s === t)
isstructtype(t) = type_is(t, :struct)
isprimitivetype(t) = type_is(t, :primitive)
isabstracttype(t) = type_is(t, :abstract)
"""
    isconcretetype(T)

Whether values can have exactly type `T`.
"""
isconcretetype(t) = type_is(t, :concrete)
"`Base.isType(t)`: whether `t` is a type `Type{T}`."
isType(t) = t isa DataType && t.name === Type.body.name
ismutabletype(t) = type_is(t, :mutable) || t === String || t === Symbol
"""
    isbitstype(T)

Whether values of type `T` are plain immutable bits.
"""
isbitstype(t) = type_is(t, :bits)
isbits(x) = isbitstype(typeof(x))
ismutable(x) = ismutabletype(typeof(x))
isimmutable(x) = !ismutable(x)
issingletontype(t) = type_is(t, :singleton)
isdispatchtuple(t) = t isa DataType && t <: Tuple && all(is_of_one_call, t.parameters)
# The types of arguments: concrete ones, and of a type T its Type{T}.
is_of_one_call(t) = t isa DataType && (t.name === Type.body.name ? !(t.parameters[1] isa TypeVar) : isconcretetype(t) && !(t in (DataType, UnionAll, Union)))
isvarargtype(t) = t isa Core.TypeofVararg
has_free_typevars(t) = type_hasfree(t)
unwrap_unionall(t) = type_unwrap(t)
function rewrap_unionall(t, u)
    u isa UnionAll ? UnionAll(u.var, rewrap_unionall(t, u.body)) : t
end
typename(t::Type) = unwrap_unionall(t).name
function typename(t::Union)
    names = map(typename, uniontypes(t))
    all(n -> n === names[1], names) || error("typename does not apply to unions whose components have different typenames")
    names[1]
end
uniontypes(t) = [type_union_members(t)...]
nonmissingtype_of(t) = t
typeintersect(a, b) = type_intersect(a, b)
fieldnames(t::DataType) = type_fieldnames(t)
fieldnames(t::Union) = (fieldcount(t); fieldnames(typename(t).wrapper))
fieldnames(::Type{Union{}}) = fieldcount(Union{})
function fieldname(t::DataType, i::Integer)
    names = type_fieldnames(t)
    1 <= i <= length(names) && return names[i]
    t <: Tuple && throw(BoundsError(t, i))
    i < 1 && throw(ArgumentError("Field numbers must be positive integers. " * string(i, " is invalid.")))
    throw(ArgumentError(string("Cannot access field ", i, " since type ", t, " only has ", length(names), " fields.")))
end
fieldname(t::UnionAll, i::Integer) = fieldname(unwrap_unionall(t), i)
fieldcount(t::Type) = type_fieldcount(t)
fieldcount(t) = throw(TypeError(:fieldcount, DataType, t))
fieldcount(::Type{Union{}}) = throw(ArgumentError("The empty type does not have a well-defined number of fields since it does not have instances."))
function fieldcount(t::Union)
    parts = uniontypes(t)
    all(p -> typename(p) === typename(parts[1]), parts) || throw(ArgumentError("type does not have a definite number of fields"))
    fieldcount(typename(t).wrapper)
end
fieldcount_or_nothing(t) = try type_fieldcount(t) catch; nothing end
fieldoffset(t::DataType, i::Integer) = type_field_offset(t, Int(i))
fieldtypes(t::Type) = ntuple(i -> fieldtype(t, i), fieldcount(t))
datatype_name(t) = type_name(t)
ndims_type(t) = t
typeof_name(x) = type_name(typeof(x))
"""
    instances(T)

The values of an enumeration.
"""
function instances end
isprimitive_value(x) = isprimitivetype(typeof(x))

"""
    deepcopy(x)

A copy of `x` and of all that it refers to.
"""
deepcopy(x) = deepcopy_internal(x, IdDict())
deepcopy_internal(::Module, d::IdDict) = error("deepcopy of Modules not supported")
deepcopy_internal(x::Core.SimpleVector, d::IdDict) = Core.svec(Any[deepcopy_internal(y, d) for y in x]...)
function deepcopy_internal(x::Expr, d::IdDict)
    haskey(d, x) && return d[x]
    y = d[x] = Expr(x.head)
    y.args = deepcopy_internal(x.args, d)
    y
end
deepcopy_internal(x::QuoteNode, d::IdDict) = QuoteNode(deepcopy_internal(x.value, d))
deepcopy_internal(x::Union{Symbol,LineNumberNode,GlobalRef,Method,DataType,Union,UnionAll,String,Function,Number,Char,Nothing,Missing,Task}, d::IdDict) = x
deepcopy_internal(x::Tuple, d::IdDict) = map(y -> deepcopy_internal(y, d), x)
function deepcopy_internal(x::Array, d::IdDict)
    haskey(d, x) && return d[x]
    y = array_copy(x)
    d[x] = y
    isbitstype(eltype(x)) && return y
    for i in 1:length(x)
        isassigned(x, i) && (y[i] = deepcopy_internal(x[i], d))
    end
    y
end
function deepcopy_internal(x, d::IdDict)
    T = typeof(x)
    (isbitstype(T) || T === String || T === Symbol) && return x
    n = nfields(x)
    n == 0 && !ismutable(x) && return x
    haskey(d, x) && return d[x]
    y = object_copy(x)
    if ismutable(x)
        d[x] = y
        for i in 1:n
            isdefined(x, i) && setfield!(y, i, deepcopy_internal(getfield(x, i), d))
        end
        return y
    end
    fs = Any[]
    for i in 1:n
        isdefined(x, i) || break
        push!(fs, deepcopy_internal(getfield(x, i), d))
    end
    x isa NamedTuple ? T(Tuple(fs)) : new_object(T, fs...)
end

"The type without values: `Union{}`."
const Bottom = Union{}
"""
    Base.get_world_counter()
    Base.tls_world_age()

The number of the newest definition of a method, and of the newest that the running code sees.
"""
get_world_counter() = Core.Prims.newest_world()
tls_world_age() = Core.Prims.world_age()

# The types of the fields, as a SimpleVector.
datatype_fieldtypes(t::DataType) = t.types

## functions and methods

argument_tuple(t::Type) = t
argument_tuple(t::Tuple) = all(x -> x isa Type || x isa Core.TypeofVararg, t) ? Tuple{t...} : error("argument tuple type must contain only types")
argument_tuple(t) = error("expected tuple type")
function method_applies(m, tt)
    ps = unwrap_unionall(m.sig).parameters
    rest = rewrap_unionall(Tuple{ps[2:end]...}, m.sig)
    tt <: rest || rest <: tt || typeintersect(tt, rest) !== Union{}
end
"""
    hasmethod(f, types)

Whether `f` can be called with arguments of the types.
"""
hasmethod(f, t; world=get_world_counter()) = method_which(f, argument_tuple(t), UInt(world)) !== nothing
function hasmethod(f, t, names::Tuple{Vararg{Symbol}}; world=get_world_counter())
    m = method_which(f, argument_tuple(t), UInt(world))
    m !== nothing && (any(k -> endswith(string(k), "..."), m.kwnames) || all(n -> n in m.kwnames, names))
end
"""
    which(f, types)

The method that a call of `f` with arguments of the types takes.
"""
function which(f, t)
    f isa Core.Builtin && throw(ArgumentError("argument is not a generic function"))
    m = method_which(f, argument_tuple(t))
    m === nothing || return m
    error(sprint() do io
        println(io, "Calling invoke(f, t, args...) would throw:")
        showerror(io, MethodError(f, t, get_world_counter()))
    end)
end
which(m::Module, s::Symbol) = (o = module_owner(m, s); o === nothing ? error("\"", s, "\" is not defined in module ", m) : o)
which(s::Symbol) = which(Main, s)
functionloc(m::Method) = (string(m.file), Int(m.line))
functionloc(f, types) = functionloc(which(f, types))
function functionloc(f)
    ms = methods(f)
    isempty(ms) && error("function has no definitions")
    length(ms) > 1 && error("function has multiple methods; please specify a type signature")
    functionloc(first(ms))
end
"""
    methods_including_ambiguous(f, types)

The methods that calls with arguments of the types may reach, also those that are ambiguous.
"""
function methods_including_ambiguous(f, t)
    tt = argument_tuple(t)
    ms = applying_methods(f, tt)
    t === Tuple && return MethodList(ms, f)
    sig = signature_type(f, tt)
    MethodList(filter(m -> !is_hidden(m, typeintersect(sig, m.sig), ms), ms), f)
end
applying_methods(f, tt) = filter(m -> method_applies(m, tt), methods(f).ms)
# Whether calls of method m, with arguments of both, go to a more specific method, and no other one
# is in doubt with that but such as are more specific than m too.
is_hidden(m, both, ms) = any(ms) do o
    o !== m && both <: o.sig && morespecific(o, m) &&
        all(p -> p === o || p === m || morespecific(o, p) || morespecific(p, o) || morespecific(p, m) || typeintersect(both, p.sig) === Union{}, ms)
end
kwarg_decl(m::Method) = m.kwnames
method_argnames(m::Method) = m.argnames
applicable_types(f, ts) = hasmethod(f, ts)
promote_op_name(f) = f
"""
    code_typed(f, types)

The code of the methods of `f` for arguments of the types, each with what a call returns, as far as
that can be told: `Any` if it cannot.
"""
function code_typed(f, t=Tuple; optimize=true, debuginfo::Symbol=:default, kw...)
    f isa Core.Builtin && throw(ArgumentError("argument is not a generic function"))
    tt = argument_tuple(t)
    Any[c => inferred_return(f, tt) for c in code_lowered(f, tt)]
end
"""
    code_llvm([io], f, types)
    code_native([io], f, types)

Write the code that runs for a call of `f`: the engine's instructions, since no machine code is made.
"""
code_llvm(io::IO, f, t=Tuple; kw...) = write_code(io, f, argument_tuple(t), ";  ")
code_native(io::IO, f, t=Tuple; kw...) = write_code(io, f, argument_tuple(t), "#  ")
code_llvm(f, t=Tuple; kw...) = code_llvm(stdout, f, t)
code_native(f, t=Tuple; kw...) = code_native(stdout, f, t)
function write_code(io::IO, f, t, comment)
    for (c, r) in code_typed(f, t)
        println(io, comment, "the engine's instructions; a call returns ", r)
        print(io, c.listing)
    end
end
## the state of the process

"The version of the language."
const STDLIB = "stdlib"
nothing_type(x) = nothing
"""
    time_ns()

Nanoseconds of a clock that never goes back.
"""
time_ns() = clock_ns()
"""
    time()

Seconds since 1970.
"""
time() = clock_wall()
"""
    gethostname()

The computer's name.
"""
gethostname() = sys_info(:hostname)
getpid() = Int32(sys_info(:pid))
isinteractive() = somebody_types[]
clipboard() = error("there is no clipboard here")
clipboard(x) = error("there is no clipboard here")
function versioninfo(io::IO=stdout; verbose::Bool=false)
    println(io, "Julia Version ", VERSION, "\nPlatform Info:\n  OS: ", Sys.KERNEL, " (", Sys.ARCH, ")\n  CPU: ", Sys.CPU_THREADS, " × ", Sys.ARCH)
    println(io, "  WORD_SIZE: ", Sys.WORD_SIZE)
    println(io, "Threads: ", Threads.nthreads(), " default (on ", Sys.CPU_THREADS, " virtual cores)")
    settings = sort!([string("  ", k, " = ", v) for (k, v) in ENV if startswith(k, "JULIA_") || verbose && occursin(r"PATH|HOME|TERM|SHELL", k)])
    isempty(settings) && !verbose || println(io, "Environment:")
    foreach(s -> println(io, s), settings)
end

module GC
"Collect garbage."
gc(full::Bool=true) = (Core.Prims.gc_run(); Base.finalize_gone(); nothing)
const enabled = Ref(true)
"Say whether garbage is collected; returns what was said before. It has no effect here."
function enable(on::Bool)
    before = enabled[]
    enabled[] = on
    before
end
macro preserve(args...)
    esc(args[end])
end
safepoint() = nothing
in_finalizer() = false
end

"""
    varinfo([m::Module], [pattern]; all=false, imported=false, recursive=false, sortby=:name, minsize=0)

The names of a module that it exports, and in Main those defined there, with sizes and types.
"""
function varinfo(m::Module=Main, pattern::Union{Regex,AbstractString}=r""; all::Bool=false, imported::Bool=false, recursive::Bool=false,
        sortby::Symbol=:name, minsize::Int=0)
    sortby in (:name, :size, :summary) || throw(ArgumentError(string("unsupported `sortby` value: ", repr(sortby))))
    rows = Any[]
    work, seen = Any[(m, "")], Any[m]
    while !isempty(work)
        from, before = popfirst!(work)
        for n in names(from; all=all, imported=imported)
            isdefined(from, n) && occursin(pattern, string(n)) || continue
            x = getglobal(from, n)
            bytes = x === Base || x === Core || x === Main ? typemax(Int) : summarysize(x)
            bytes < minsize && continue
            push!(rows, (string(before, n), bytes, string(summary(x))))
            if recursive && x isa Module && parentmodule(x) === from && !(x in seen)
                push!(seen, x)
                push!(work, (x, string(before, n, ".")))
            end
        end
    end
    sortby === :name ? sort!(rows; by=first) : sortby === :size ? sort!(rows; by=r -> r[2], rev=true) : sort!(rows; by=last)
    cells = Any[Any[r[1], r[2] == typemax(Int) ? "" : format_bytes(r[2]), r[3]] for r in rows]
    lib = Docs.markdownlib()
    invokelatest(lib.MD, Any[invokelatest(lib.Table, Any[Any["name", "size", "summary"], cells...], [:l, :r, :l])])
end
"""
    Base.summarysize(x; exclude=Union{DataType, Core.TypeName, Core.MethodInstance}, chargeall=Union{Core.TypeMapEntry, Method})

About how many bytes `x` and all that it refers to take. What is of the type `exclude` is not counted.
"""
summarysize(x; exclude=Union{DataType,Function,Type,Symbol,Method,Task}, chargeall=Union{Method}) = summarysize_of(x, IdDict(), exclude)
function summarysize_of(x, seen, exclude)
    isbits(x) && return sizeof(x)
    isempty(seen) && x isa DataType && return 184
    x isa Module && return haskey(seen, x) ? 0 : summarysize_names(x, seen, exclude)
    (x isa exclude || x isa Union{Function,Type,Symbol,Method,Task}) && return 0
    haskey(seen, x) && return 0
    seen[x] = true
    x isa String && return sizeof(x) + 8
    if x isa Array
        isbitstype(eltype(x)) && return sizeof(x) + 40
        n = 40 + 8 * length(x)
        for i in 1:length(x)
            isassigned(x, i) && (n += summarysize_of(x[i], seen, exclude))
        end
        return n
    end
    n = 8
    for i in 1:nfields(x)
        n += isdefined(x, i) ? summarysize_of(getfield(x, i), seen, exclude) : 8
    end
    n
end
# A module is as large as what has a name in it.
function summarysize_names(m::Module, seen, exclude)
    seen[m] = true
    n = 88
    for name in names(m; all=true)
        n += 32
        isdefined(m, name) || continue
        x = getfield(m, name)
        x isa Module && parentmodule(x) !== m || (n += summarysize_of(x, seen, exclude))
    end
    n
end

"""
    Base.show_supertypes([io,] T)

Write a type and the types above it.
"""
show_supertypes(io::IO, T::DataType) = join(io, supertypes(T), " <: ")
show_supertypes(T::DataType) = show_supertypes(stdout, T)

"Whether `iterate` has a method for the type `T`."
isiterable(T)::Bool = hasmethod(iterate, Tuple{T})

"""
    Base.isbitsunion(T)

Whether `T` is a union of types that are plain data.
"""
isbitsunion(T::Union) = all(isbits_part, uniontypes(T))
isbitsunion(@nospecialize T) = false
isbits_part(@nospecialize T) = isbitstype(T) || T isa Union && isbitsunion(T)
"""
    Base.bitsunionsize(T)

The size in bytes of the largest type in a union of types that are plain data.
"""
function bitsunionsize(T::Union)
    isbitsunion(T) || throw(AssertionError("isbitsunion(u)"))
    UInt(maximum(sizeof, uniontypes(T)))
end
"""
    Base.parameter_upper_bound(T, i)

The upper bound of parameter `i` of a type: `Foo{T<:Real}` has `Real` for 1.
"""
function parameter_upper_bound(T::UnionAll, i)
    p = unwrap_unionall(T).parameters[i]
    p isa TypeVar ? p.ub : p
end
"""
    Base.fieldindex(T, name, err=true)

The number of a field; without it an error, or 0 if `err` is false.
"""
function fieldindex(T::DataType, name::Symbol, err::Bool=true)
    i = findfirst(==(name), fieldnames(T))
    i === nothing ? (err ? throw(FieldError(T, name)) : 0) : i
end
fieldindex(T::UnionAll, name::Symbol, err::Bool=true) = fieldindex(unwrap_unionall(T), name, err)
