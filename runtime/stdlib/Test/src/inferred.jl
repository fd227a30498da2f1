# The macro @inferred.

"""
    @inferred [AllowedType] f(x)

The value of the call `f(x)`. It is an error if the type of the value is not the type that is inferred for
the call, apart from `AllowedType`.

Where types are inferred less well than Julia's compiler does, the call passes.
"""
macro inferred(ex)
    inferred_code(ex, Union{}, __source__)
end
macro inferred(allow, ex)
    inferred_code(ex, esc(allow), __source__)
end
function inferred_code(ex, allow, source)
    is_call(ex) || error("@inferred requires a call expression")
    code = as_call(ex)
    code === nothing && return at_source(:(checked_allowance($allow); $(esc(ex))), source)
    f, args, kws = code
    at_source(:(inferred_value($allow, $(esc(f)), $(esc(Expr(:tuple, args...))), $(esc(kws)))), source)
end
# The function, arguments and keywords of what is written as a call; nothing for other forms.
function as_call(ex)
    ex.head === :ref && return any(mentions_end, ex.args) ? nothing : (:($(GlobalRef(Base, :getindex))), ex.args, :(NamedTuple()))
    ex.head === Symbol("'") && return (GlobalRef(Base, :adjoint), ex.args, :(NamedTuple()))
    ex.head === :call || return nothing
    f = ex.args[1]
    f isa Symbol && Base.isoperator(f) && startswith(string(f), '.') && length(string(f)) > 1 && return nothing
    args = ex.args[2:end]
    named = filter(is_keyword, args)
    kws = Expr(:parameters, [Expr(:kw, k.args...) for k in named if k.head === :kw]...)
    for k in named
        k.head === :parameters && append!(kws.args, k.args)
    end
    (f, filter(!is_keyword, args), isempty(kws.args) ? :(NamedTuple()) : Expr(:tuple, kws))
end
is_keyword(x) = Meta.isexpr(x, (:kw, :parameters))
mentions_end(x) = x === :end || x === :begin || x isa Expr && any(mentions_end, x.args)
is_call(ex) = Meta.isexpr(ex, (:call, :., :ref, :macrocall)) || Meta.isexpr(ex, Symbol("'"))
checked_allowance(T) = T isa Type || throw(ArgumentError("@inferred requires a type as second argument"))

function inferred_value(allow, f, args, kws)
    checked_allowance(allow)
    if isempty(kws)
        value = f(args...)
        inferred, sure = Core.Prims.infer_sure(f, Tuple{map(Core.Typeof, args)...}, Core.Prims.world_age())
    else
        value = f(args...; kws...)
        inferred, sure = Core.Prims.infer_sure(Core.kwcall, Tuple{typeof(kws),Core.Typeof(f),map(Core.Typeof, args)...}, Core.Prims.world_age())
    end
    T = Core.Typeof(value)
    T <: allow || T == without_part(inferred, allow) || !sure && T <: inferred ||
        error("return type $T does not match inferred return type $inferred")
    value
end
# What is left of a type without the members of a union that allow covers.
function without_part(T, allow)
    T <: allow && return Union{}
    T isa Union || return T
    Union{without_part(T.a, allow),without_part(T.b, allow)}
end
