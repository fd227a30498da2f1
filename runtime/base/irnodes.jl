# What stands in lowered code beside expressions: values and variables by number, jumps, merges.

"A place for a variable in lowered code, by its number."
struct SlotNumber
    id::Int
end
"The same, with the type that the variable has there."
struct TypedSlot
    id::Int
    typ::Any
end
"An argument in lowered code, by its number."
struct Argument
    n::Int
end
"A value that lowered code computes, by its number."
struct SSAValue
    id::Int
end
"A jump in lowered code to a statement."
struct GotoNode
    label::Int
end
"A jump in lowered code that is taken where `cond` is `false`."
struct GotoIfNot
    cond::Any
    dest::Int
end
"The end of a function in lowered code; without a value, what is never reached."
struct ReturnNode
    val::Any
    ReturnNode(val) = new(val)
    ReturnNode() = new()
end
"A value in lowered code that depends on the statement that the code came from."
struct PhiNode
    edges::Vector{Int32}
    values::Vector{Any}
end
"A value in lowered code that comes out of a `try`, from one of several places."
struct PhiCNode
    values::Vector{Any}
end
"A value in lowered code of which more is known: its type."
struct PiNode
    val::Any
    typ::Any
end
"A value in lowered code that is kept for a `PhiCNode`."
struct UpsilonNode
    val::Any
    UpsilonNode(val) = new(val)
    UpsilonNode() = new()
end
module_set_const(Core, :SlotNumber, SlotNumber)
module_set_const(Core, :TypedSlot, TypedSlot)
module_set_const(Core, :Argument, Argument)
module_set_const(Core, :SSAValue, SSAValue)
module_set_const(Core, :GotoNode, GotoNode)
module_set_const(Core, :GotoIfNot, GotoIfNot)
module_set_const(Core, :ReturnNode, ReturnNode)
module_set_const(Core, :PhiNode, PhiNode)
module_set_const(Core, :PhiCNode, PhiCNode)
module_set_const(Core, :PiNode, PiNode)
module_set_const(Core, :UpsilonNode, UpsilonNode)

const IRNode = Union{SlotNumber,TypedSlot,Argument,SSAValue,GotoNode,GotoIfNot,ReturnNode,PhiNode,PhiCNode,UpsilonNode}
show(io::IO, x::IRNode) = (print(io, ":("); show_node(io, x); print(io, ')'))
print(io::IO, x::IRNode) = show_node(io, x)
show_unquoted(io::IO, x::Union{IRNode,PiNode}, ::Int, ::Int) = show_node(io, x)

show_node(io, x::Union{SlotNumber,TypedSlot}) = print(io, '_', x.id)
show_node(io, x::Argument) = print(io, '_', x.n)
show_node(io, x::SSAValue) = print(io, '%', x.id)
show_node(io, x::GotoNode) = print(io, "goto %", x.label)
show_node(io, x::GotoIfNot) = (print(io, "goto %", x.dest, " if not "); show_unquoted(io, x.cond))
show_node(io, x::ReturnNode) = isdefined(x, :val) ? (print(io, "return "); show_unquoted(io, x.val)) : print(io, "unreachable")
show_node(io, x::PhiNode) = show_values(io, "φ (", [(e, i) for (i, e) in enumerate(x.edges)], x.values)
show_node(io, x::PhiCNode) = show_values(io, "φᶜ (", [(nothing, i) for i in eachindex(x.values)], x.values)
show_node(io, x::PiNode) = (print(io, "π ("); show_unquoted(io, x.val); print(io, ", ", x.typ, ')'))
show_node(io, x::UpsilonNode) = (print(io, "ϒ ("); isdefined(x, :val) ? show_unquoted(io, x.val) : print(io, "#undef"); print(io, ')'))
function show_values(io, from, places, values)
    print(io, from)
    for (edge, i) in places
        i > 1 && print(io, ", ")
        edge === nothing || print(io, '%', edge, " => ")
        isassigned(values, i) ? show_unquoted(io, values[i]) : print(io, "#undef")
    end
    print(io, ')')
end
