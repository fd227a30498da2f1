# Hints in the bodies of functions, and incomplete source text.

# The block that a definition's hints stand in: its body.
function body_of(ex::Expr)
    if ex.head === :function
        return ex.args[2]
    elseif ex.head === :(=) || ex.head === :->
        ex.args[2] isa Expr && ex.args[2].head === :block || (ex.args[2] = Expr(:block, ex.args[2]))
        return ex.args[2]
    elseif ex.head in (:where, :macrocall, :escape)
        return body_of(ex.args[end])
    end
    nothing
end
body_of(x) = nothing

# The first Expr(:meta, ...) of a body and where it stands, or (0, []).
function find_meta(block)
    block isa Expr && block.head === :block || return 0, []
    for (i, a) in enumerate(block.args)
        a isa Expr && a.head === :meta && return i, a.args
        a isa LineNumberNode || return 0, []
    end
    0, []
end

"""
    Base.pushmeta!(ex, hint, args...)

Add a hint, as `:inline`, to the body of the function that `ex` defines.
"""
function pushmeta!(ex::Expr, tag::Symbol, args...)
    hint = isempty(args) ? tag : Expr(tag, args...)
    inner = ex
    while inner.head === :macrocall
        inner = inner.args[end]::Expr
    end
    body = body_of(inner)
    body === nothing && error(inner, " is not a function expression")
    i, metas = find_meta(body)
    if i > 0
        push!(metas, hint)
    else
        pushfirst!(body.args, Expr(:meta, hint))
    end
    ex
end

"""
    Base.peekmeta(body, hint)
    Base.popmeta!(body, hint)

Whether a body has a hint, and its arguments; `popmeta!` takes it out.
"""
popmeta!(body, hint) = take_meta(body, hint, true)
peekmeta(body, hint) = take_meta(body, hint, false)
function take_meta(body, hint, delete::Bool)
    body isa Expr || return false, []
    b = body.head === :block ? body : body_of(body)
    b === nothing ? (false, []) : take_from(b.args, hint, delete)
end
function take_from(args, hint, delete)
    for (i, a) in enumerate(args)
        a isa Expr || continue
        if a.head === :block
            found, values = take_from(a.args, hint, delete)
            found && return true, values
        elseif a.head === :meta
            k = findfirst(m -> (m isa Expr ? m.head : m) === hint, a.args)
            k === nothing && continue
            m = a.args[k]
            delete && (deleteat!(a.args, k); isempty(a.args) && deleteat!(args, i))
            return true, m isa Expr ? m.args : []
        end
    end
    false, []
end
"Where the first hint among statements is: its index and the list that it is in; 0 if there is none."
function findmeta(args::Vector{Any})
    for (i, a) in enumerate(args)
        a isa Expr || continue
        a.head === :meta && return i, args
        if a.head === :block
            k, list = findmeta(a.args)
            k == 0 || return k, list
        end
    end
    0, Any[]
end

"""
    Base.incomplete_tag(ex)

What is missing in a text that ends too early: `:string`, `:comment`, `:cmd`, `:char`, `:block` or `:other`;
`:none` when nothing is.
"""
incomplete_tag(ex) = :none
function incomplete_tag(ex::Expr)
    ex.head === :incomplete || return isempty(ex.args) ? :none : incomplete_tag(ex.args[end])
    e = isempty(ex.args) ? nothing : ex.args[1]
    e isa ParseError && e.detail isa Symbol ? e.detail : :other
end

"""
    Base.parse_input_line(text; filename="none")

The statements that were entered at a prompt, as a `:toplevel` expression.
"""
function parse_input_line(s::String; filename::String="none", depwarn=true)
    ex = Meta.parseall(s; filename=filename)
    all(a -> a isa LineNumberNode, ex.args) && return nothing
    last = ex.args[end]
    last isa Expr && last.head in (:error, :incomplete) ? last : ex
end
function parse_input_line(io::IO; kws...)
    text = ""
    while !eof(io)
        text *= readline(io; keep=true)
        ex = parse_input_line(text; kws...)
        ex isa Expr && ex.head === :incomplete || return ex
    end
    isempty(text) ? nothing : parse_input_line(text; kws...)
end
parse_input_line(s::AbstractString; kws...) = parse_input_line(String(s); kws...)
