# The loops that `@simd` may stand before. They run as any other.

"How `@simd` would divide a loop; here it runs as any other."
module SimdLoop
export simd_outer_range, simd_inner_length, simd_index, SimdError
"Thrown for a loop that `@simd` cannot stand before."
struct SimdError <: Exception
    msg::String
end
simd_outer_range(r) = 0:0
simd_inner_length(r, j) = length(r)
simd_index(r, j, i) = first(r) + i * step(r)

"""
    @simd for i in r ... end

Permission to do the turns of a loop in any order. Here it runs as any other.
"""
macro simd(ex)
    esc(checked(ex))
end
macro simd(option, ex)
    option === :ivdep || throw(SimdError("Only ivdep is valid as the first argument to @simd"))
    esc(checked(ex))
end
function checked(ex)
    ex isa Expr && ex.head === :for || throw(SimdError("for loop expected"))
    head = ex.args[1]
    head isa Expr && head.head in (:(=), :in) && length(head.args) == 2 || throw(SimdError("= or in expected"))
    head.args[1] isa Symbol || throw(SimdError("simd loop index must be a symbol"))
    check_body(ex.args[2])
    ex
end
check_body(_) = nothing
function check_body(ex::Expr)
    ex.head === :break && throw(SimdError("break is not allowed inside a @simd loop body"))
    ex.head === :continue && throw(SimdError("continue is not allowed inside a @simd loop body"))
    ex.head === :macrocall && ex.args[1] === Symbol("@goto") && throw(SimdError("@goto is not allowed inside a @simd loop body"))
    foreach(check_body, ex.args)
end
end
using .SimdLoop: @simd
