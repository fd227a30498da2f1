# Globals by world: calls in an earlier world, and what a name meant when.

"""
    Base.invoke_in_world(world, f, args...; kwargs...)

Call `f` as in a world of the past, a number that `Base.get_world_counter()` has given: with
the methods and constants of then.
"""
invoke_in_world(world::UInt, f, args...; kwargs...) =
    isempty(kwargs) ? Core._call_in_world(world, f, args...) : Core._call_in_world(world, kwcall_later, f, args, values(kwargs))

"""
    @world(name, world)

What a name, which may be written `M.name`, meant in a world of the past: that of a number,
or of the worlds `first:last`. With `∞` it is what it means now.

    @world(MyStruct, 38452:38455)
"""
macro world(name, world)
    world === :∞ && (world = :(get_world_counter()))
    if Meta.isexpr(world, :call) && length(world.args) == 3 && world.args[1] === :(:)
        world = world.args[2]
    end
    m, s = name isa Symbol ? (__module__, name) :
        Meta.isexpr(name, :., 2) && name.args[2] isa QuoteNode ? (esc(name.args[1]), name.args[2].value) :
        name isa GlobalRef ? (name.mod, name.name) : error("@world: a name, or M.name, is expected")
    :(invoke_in_world(UInt($(world isa Expr && world.head === :call && world.args[1] === :get_world_counter ? world : esc(world))), getglobal, $m, $(QuoteNode(s))))
end

Base.convert(::Type{Core.Binding}, r::GlobalRef) = Core.Prims.module_binding(r.mod, r.name)

"""
    Core.BindingPartition

What a binding meant in the worlds from `min_world` to `max_world`: `restriction` is the value of a constant.
"""
struct BindingPartition
    restriction::Any
    min_world::UInt
    max_world::UInt
    next::Union{BindingPartition,Nothing}
    kind::Symbol
end
module_set_const(Core, :BindingPartition, BindingPartition)
function getproperty(b::Core.Binding, s::Symbol)
    m, name, parts = Core.Prims.binding_parts(b)
    s === :globalref && return GlobalRef(m, name)
    s === :value && return getglobal(m, name)
    s === :partitions || return getfield(b, s)
    foldr((p, next) -> BindingPartition(p[4], p[1], p[2], next, p[3]), parts; init=nothing)
end
function show(io::IO, b::Core.Binding)
    m, name, parts = Core.Prims.binding_parts(b)
    print(io, "Binding ")
    show_globalref(io, GlobalRef(m, name))
    for (first, last, kind, value) in parts
        print(io, "\n   ", first, ":", last == typemax(UInt) ? "∞" : string(last), " - ")
        show_partition(io, kind, value)
    end
end
function show_partition(io::IO, kind::Symbol, value)
    if kind === :const
        print(io, "constant binding to ")
        show(io, value)
    elseif kind === :backdated
        print(io, "backdated constant binding to ")
        show(io, value)
    elseif kind === :global
        print(io, "global variable with type ", value)
    elseif kind === :declared
        print(io, "weak global binding declared using `global` (implicit type Any)")
    elseif kind === :implicit
        print(io, "implicit `using` resolved to constant ")
        show(io, value)
    elseif kind === :implicit_global
        m, name = Core.Prims.binding_parts(value)
        print(io, "implicit `using` resolved to global ", m, ".", name)
    elseif kind === :ambiguous
        print(io, "ambiguous binding - guard entry")
    else
        print(io, "undefined binding - guard entry")
    end
end

# import and using as calls: names `from` a module, or the paths themselves.
function eval_import(imported::Bool, to::Module, from, paths...)
    Core.eval(to, Expr(imported ? :import : :using, (from === nothing ? paths : (Expr(:(:), from, paths...),))...))
end
module_set_const(Core, :_eval_import, eval_import)
module_set_const(Core, :_eval_using, (to, path) -> Core.eval(to, Expr(:using, path)))
