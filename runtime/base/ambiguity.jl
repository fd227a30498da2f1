# Which of two methods is preferred, and when neither is.

"""
    morespecific(a::Method, b::Method)

Whether calls that both methods fit go to `a`.
"""
morespecific(a::Method, b::Method) = morespecific(a.sig, b.sig) || a.sig == b.sig && a.primary_world > b.primary_world
morespecific(a::Type, b::Type) = type_morespecific(a, b)

"""
    Base.isambiguous(m1, m2; ambiguous_bottom=false)

Whether there are calls that fit both methods, for which neither is preferred, and which no
third method settles. Calls with an argument of type `Union{}` count only with
`ambiguous_bottom`.
"""
function isambiguous(m1::Method, m2::Method; ambiguous_bottom::Bool=false)
    m1 === m2 && return false
    both = typeintersect(m1.sig, m2.sig)
    both === Union{} && return false
    if !(both <: m1.sig && both <: m2.sig) # too wide: the other way round it may be exact
        other = typeintersect(m2.sig, m1.sig)
        other <: m1.sig && other <: m2.sig && (both = other)
    end
    ambiguous_bottom || !has_bottom_parameter(both) || return false
    morespecific(m1, m2) || morespecific(m2, m1) || return !is_settled(both, m1, m2)
    false
end
# Each part of what the two have in common may be settled by another method.
is_settled(both::Union, m1, m2) = is_settled(both.a, m1, m2) && is_settled(both.b, m1, m2)
function is_settled(both, m1, m2)
    any(signature_methods(unwrap_unionall(unwrap_unionall(m1.sig).parameters[1]))) do m
        m !== m1 && m !== m2 && both <: m.sig && morespecific(m, m1) && morespecific(m, m2)
    end
end
# The methods that calls of a callee of type t can reach.
function signature_methods(t)
    t isa DataType && t.name === Type.body.name && return type_methods(t.parameters[1])
    t isa DataType && t <: Function && isdefined(t, :instance) && return type_methods(t.instance)
    t isa DataType ? filter(!is_constructor, type_methods(t)) : Any[]
end

"Whether a type has `Union{}` for one of its parameters, or for one of theirs."
has_bottom_parameter(t::DataType) = any(has_bottom_parameter, t.parameters)
has_bottom_parameter(::Type{Union{}}) = true
has_bottom_parameter(t::UnionAll) = has_bottom_parameter(unwrap_unionall(t))
has_bottom_parameter(t::Union) = has_bottom_parameter(t.a) && has_bottom_parameter(t.b)
has_bottom_parameter(t::TypeVar) = has_bottom_parameter(t.ub)
has_bottom_parameter(x) = false
