# The macro @inferred. No types are inferred here, so it checks what needs no inference.

"""
    @inferred [AllowedType] f(x)

The value of the call `f(x)`. In Julia it is an error if the compiler cannot tell the type of
the value; here types are not inferred, so all calls pass.
"""
macro inferred(ex)
    inferred_code(ex, nothing, __source__)
end
macro inferred(allow, ex)
    inferred_code(ex, allow, __source__)
end
function inferred_code(ex, allow, source)
    is_call(ex) || error("@inferred requires a call expression")
    code = allow === nothing ? esc(ex) : :(checked_allowance($(esc(allow))); $(esc(ex)))
    at_source(code, source)
end
is_call(ex) = Meta.isexpr(ex, (:call, :., :ref, :macrocall)) || Meta.isexpr(ex, Symbol("'"))
checked_allowance(T) = T isa Type || throw(ArgumentError("@inferred requires a type as second argument"))
