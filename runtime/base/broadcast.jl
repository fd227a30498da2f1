# Broadcasting: f.(x, y), a .+ b, x .= y.

module Broadcast

using ..Base: axes, size, length, ndims, eltype, iterate, getindex, copy, copyto!, show, similar, IteratorSize, IteratorEltype, eachindex,
    keys, isempty, first, last, collect, IndexStyle, copy, convert
using ..Base: array_broadcast, array_part, array_set_part, SubArray, array_stretch, array_reshape, isnothing, bits_of, bools_of, BitArray, literal_pow, OneTo, CartesianIndex, CartesianIndices, DimensionMismatch, AbstractRange,
    OrdinalRange, UnitRange, StepRange, StepRangeLen, LinRange, promote_typejoin, promote_typejoin_union, HasShape, HasEltype, EltypeUnknown,
    shifted_range, scaled_range, divided_range, range_start_step_length, identity, AbstractDict, AbstractSet, Pairs, Fix1, RefValue, mightalias, unalias,
    AbstractUnitRange, UndefInitializer, UUID, AbstractPattern, Ptr, array_alloc, array_set, IndexLinear, IndexCartesian, tail, promote_op, inferred_return

export broadcast, broadcast!, BroadcastStyle, broadcast_axes, broadcastable, dotview, @__dot__, BroadcastFunction

end

using .Broadcast: broadcast, broadcast!, BroadcastStyle, broadcast_axes, broadcasted, materialize, materialize!, BroadcastFunction, andand, oror, broadcastable,
    @__dot__, broadcasted_kwsyntax, dotview
