# The bytes that values begin with, and the state of a stream.

"The supertype of what serializes."
abstract type AbstractSerializer end
"""
    Serializer(io)

A stream to serialize several values to, or to read them from, that share objects.
"""
mutable struct Serializer{I<:IO} <: AbstractSerializer
    io::I
    counter::Int
    table::IdDict{Any,Any}          # objects and their numbers; when reading, the other way around
    pending_refs::Vector{Int}       # numbers of objects of which the type is being read
    Serializer{I}(io::I) where {I<:IO} = new{I}(io, 0, IdDict{Any,Any}(), Int[])
end
Serializer(io::IO) = Serializer{typeof(io)}(io)

const n_int_literals = 33
const n_reserved_slots = 24
const n_reserved_tags = 10
const ser_version = 10 # of the format that is written
const newest_version = 30 # of those that are read

# Something of Core, or a symbol that stands for it in a system that has none.
core_type(name) = isdefined(Core, name) ? getfield(Core, name) : Symbol("__", name, "__")
# Values by their tags: a type's tag is followed by the content of a value of it, or follows a 0 byte and is the type.
const TAGS = Any[
    Symbol, Int8, UInt8, Int16, UInt16, Int32, UInt32, Int64, UInt64, Int128, UInt128, Float16, Float32, Float64, Char,
    DataType, Union, UnionAll, core_type(:TypeName), Tuple, Array, Expr, LineNumberNode, :__LabelNode__, core_type(:GotoNode), QuoteNode,
    core_type(:CodeInfo), TypeVar, core_type(:Box), core_type(:MethodInstance), Module, Task, String, Core.SimpleVector, Method,
    GlobalRef, core_type(:SlotNumber), core_type(:TypedSlot), core_type(:NewvarNode), core_type(:SSAValue),
    fill(Symbol, 17 + n_reserved_tags)..., # what follows is no value of one type: UNDEFREF_TAG to SHARED_REF_TAG
    (), Bool, Any, Union{}, core_type(:TypeofBottom), Type, Core.svec(), Tuple{}, false, true, nothing,
    :Any, :Array, :TypeVar, :Box, :Tuple, :Ptr, :return, :call, Symbol("::"), :Function,
    :(=), :(==), :(===), :gotoifnot, :A, :B, :C, :M, :N, :T, :S, :X, :Y, map(c -> Symbol(c), collect('a':'z'))..., :add_int,
    :sub_int, :mul_int, :add_float, :sub_float, :new, :mul_float, :bitcast, :start, :done, :next,
    :indexed_iterate, :getfield, :meta, :eq_int, :slt_int, :sle_int, :ne_int, :push_loc, :pop_loc,
    :pop, :arrayset, :arrayref, :apply_type, :inbounds, :getindex, :setindex!, :Core, :!, :+,
    :Base, :static_parameter, :convert, :colon, Symbol("#self#"), Symbol("#temp#"), :tuple, Symbol(""),
    fill(:_reserved_, n_reserved_slots)...,
    Int32(0):Int32(n_int_literals - 1)...,
    Int64(0):Int64(n_int_literals - 1)...,
]
const NTAGS = length(TAGS)
const tag_numbers = IdDict{Any,Int32}(TAGS[i] => Int32(i) for i in NTAGS-n_reserved_slots-2n_int_literals:-1:1)

"The tag of a value that has one of its own, else -1."
sertag(v) = get(tag_numbers, v, Int32(-1))
desertag(i) = TAGS[i]

const VALUE_TAGS = sertag(()) # these and those above are all there is of a value
const ZERO32_TAG = Int32(NTAGS - (2n_int_literals - 1))
const ZERO64_TAG = Int32(NTAGS - (n_int_literals - 1))
const TRUE_TAG, FALSE_TAG, EMPTYTUPLE_TAG, BOTTOM_TAG = sertag(true), sertag(false), sertag(()), sertag(Union{})
const SYMBOL_TAG, INT8_TAG, INT32_TAG, INT64_TAG, STRING_TAG = sertag(Symbol), sertag(Int8), sertag(Int32), sertag(Int64), sertag(String)
const TUPLE_TAG, SIMPLEVECTOR_TAG, EXPR_TAG = sertag(Tuple), sertag(Core.SimpleVector), sertag(Expr)
const ARRAY_TAG = Int32(findfirst(==(Array), TAGS))
const UNION_TAG, TYPEVAR_TAG = sertag(Union), sertag(TypeVar)
const DATATYPE_TAG, UNIONALL_TAG, MODULE_TAG, TASK_TAG, GLOBALREF_TAG = sertag(DataType), sertag(UnionAll), sertag(Module), sertag(Task), sertag(GlobalRef)
const UNDEFREF_TAG, BACKREF_TAG, LONGBACKREF_TAG, SHORTBACKREF_TAG, LONGTUPLE_TAG, LONGSYMBOL_TAG, LONGEXPR_TAG, LONGSTRING_TAG, SHORTINT64_TAG,
    FULL_DATATYPE_TAG, WRAPPER_DATATYPE_TAG, OBJECT_TAG, REF_OBJECT_TAG, FULL_GLOBALREF_TAG, HEADER_TAG, IDDICT_TAG, SHARED_REF_TAG = Int32(41):Int32(57)

writetag(s::IO, tag) = (write(s, UInt8(tag)); nothing)
# A value that is told by its tag alone.
function write_as_tag(s::IO, tag)
    tag < VALUE_TAGS && write(s, 0x00)
    writetag(s, tag)
end

# The flags of a regular expression as bits of PCRE's options, and those that each has.
const regex_flags = ('i' => 0x00000008, 'm' => 0x00000400, 's' => 0x00000020, 'x' => 0x00000080)
const regex_always = 0x400a0002
const regex_match = 0x40000000

# Types of functions without names, which no module knows, that were written in this run.
const nameless_types = Dict{Tuple{Module,Symbol},Any}()
