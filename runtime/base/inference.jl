# What calls return, told from the code without running it (package interp/infer): for the
# element types of empty results, and for those who ask.

"""
    Base.promote_op(f, argtypes...)

A type that the results of `f` on arguments of these types have; `Any` if it cannot be
told.
"""
promote_op(f, ts::Type...) = Union{} in ts ? Union{} : inferred_return(f, Tuple{ts...})
promote_op(::Union{typeof(+),typeof(-),typeof(*),typeof(max),typeof(min),typeof(add_sum),typeof(mul_prod)}, ::Type{T}, ::Type{T}) where {T<:Union{Int64,Float64}} = T
# The type of what f returns for arguments of the types in a tuple type.
inferred_return(f, types) = infer_return(f, types, world_age())

"""
    Base.return_types(f, types)

What the methods of `f` for arguments of `types` return, one for each method that such a call may
mean.
"""
function return_types(f, t=Tuple; kw...)
    tt = t isa Type ? t : Tuple{t...}
    f isa Core.Builtin ? Any[inferred_return(f, tt)] : infer_methods(f, tt, world_age())
end
"""
    Base.infer_return_type(f, types)

The type of what a call of `f` with arguments of `types` returns.
"""
infer_return_type(f, t=Tuple; kw...) = inferred_return(f, t isa Type ? t : Tuple{t...})

# The type of the items of an iterator, told without taking any.
inferred_items(itr) = inferred_return(() -> first_item(itr), Tuple{})
function first_item(itr)
    for x in itr
        return x
    end
    reduce_empty_error()
end
# A type for values of all the types in a tuple.
promote_typejoin_of(ts) = foldl(promote_typejoin, ts; init=Union{})
