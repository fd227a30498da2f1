# What @fastmath makes of an expression.

"""
    FastMath

What `@fastmath` makes of operators and functions. Here they are those that are always used: nothing is gained
by being less exact, and only what asks for infinities and the like has its answer beforehand.
"""
module FastMath

import ..Base

for (op, fast) in ((:+, :add_fast), (:-, :sub_fast), (:*, :mul_fast), (:/, :div_fast), (:(==), :eq_fast), (:!=, :ne_fast), (:<, :lt_fast), (:<=, :le_fast), (:>, :gt_fast),
                   (:>=, :ge_fast), (:^, :pow_fast), (:rem, :rem_fast), (:!, :not_fast))
    @eval const $fast = Base.$op
end
const fast_op = Dict{Symbol,Symbol}(:+ => :add_fast, :- => :sub_fast, :* => :mul_fast, :/ => :div_fast, :(==) => :eq_fast, :!= => :ne_fast, :< => :lt_fast, :<= => :le_fast,
    :> => :gt_fast, :>= => :ge_fast, :≤ => :le_fast, :≥ => :ge_fast, :≠ => :ne_fast, :^ => :pow_fast, :% => :rem_fast, :rem => :rem_fast)
for f in (:abs, :abs2, :cmp, :conj, :inv, :sign, :acos, :acosh, :angle, :asin, :asinh, :atan, :atanh, :cbrt, :cis, :cos, :cosh, :exp10, :exp2, :exp, :expm1, :hypot,
          :log10, :log1p, :log2, :log, :sin, :sinh, :sqrt, :tan, :tanh, :max, :min, :minmax, :sincos, :maximum, :minimum, :maximum!, :minimum!)
    fast = Symbol(f, "_fast")
    @eval const $fast = Base.$f
    fast_op[f] = fast
end
for (f, always) in ((:isfinite, true), (:isinf, false), (:isnan, false), (:issubnormal, false))
    fast = Symbol(f, "_fast")
    @eval $fast(x) = $always
    fast_op[f] = fast
end

const updates = Dict{Symbol,Symbol}(:(+=) => :+, :(-=) => :-, :(*=) => :*, :(/=) => :/, :(^=) => :^, :(%=) => :%)
# An expression with what has a fast form replaced by that.
function make_fastmath(ex::Expr)
    ex.head === :quote && return ex
    if ex.head === :call && ex.args[1] === :^ && length(ex.args) == 3 && ex.args[3] isa Integer
        return Expr(:call, :(Base.literal_pow), :(Base.FastMath.pow_fast), make_fastmath(ex.args[2]), Expr(:call, Val{ex.args[3]}))
    end
    op = get(updates, ex.head, nothing)
    if op !== nothing && ex.args[1] isa Symbol
        return Expr(:(=), ex.args[1], make_fastmath(Expr(:call, op, ex.args...)))
    end
    Expr(ex.head, Base.map(make_fastmath, ex.args)...)
end
make_fastmath(s::Symbol) = haskey(fast_op, s) ? :(Base.FastMath.$(fast_op[s])) : s
make_fastmath(x) = x

end

macro fastmath(ex)
    esc(FastMath.make_fastmath(ex))
end
