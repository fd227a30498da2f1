# Documentation: docstrings are text that stands with the names.

"""
    @doc "text" definition
    @doc name

Document a definition, or show the documentation of a name.
"""
macro doc(args...)
    length(args) == 1 && return doc_lookup_form(args[1], __module__)
    text, def = args
    name = doc_name(def)
    if name === nothing
        return esc(def)
    end
    doc_defines(def) || return :(set_doc($__module__, $(QuoteNode(name)), string($(esc(text)))))
    quote
        local v = $(esc(def))
        set_doc($__module__, $(QuoteNode(name)), string($(esc(text))))
        v
    end
end
module_set_const(Core, Symbol("@doc"), var"@doc")

# The name that a definition is about.
doc_name(x) = nothing
doc_name(s::Symbol) = s
doc_name(q::QuoteNode) = doc_name(q.value)
function doc_name(ex::Expr)
    h = ex.head
    if h in (:function, :macro, :(=), :const, :global, :abstract, :primitive, :call, :where, :(::), :curly, :<:)
        isempty(ex.args) && return nothing
        n = doc_name(h === :(::) && length(ex.args) == 1 ? ex.args[1] : ex.args[1])
        return h === :macro && n !== nothing ? Symbol("@", n) : n
    elseif h === :struct || h === :module
        return doc_name(ex.args[2])
    elseif h === :macrocall
        isempty(ex.args) && return nothing
        length(ex.args) > 2 || return doc_name(ex.args[1])
        return doc_name(ex.args[end])
    elseif h === :.
        return doc_name(ex.args[end])
    elseif h === :block
        for a in ex.args
            a isa LineNumberNode || return doc_name(a)
        end
    end
    nothing
end
doc_defines(x) = false
doc_defines(ex::Expr) = ex.head in (:function, :macro, :(=), :const, :global, :abstract, :primitive, :struct, :module, :block) || ex.head === :macrocall && length(ex.args) > 2

doc_lookup_form(x, mod) = doc_lookup(x, mod)
function doc_lookup(x, mod)
    if x isa Symbol
        return :(doc_of($mod, $(QuoteNode(x))))
    elseif x isa Expr && x.head === :. && length(x.args) == 2
        return :(doc_of($(esc(x.args[1])), $(x.args[2])))
    elseif x isa Expr && x.head === :macrocall
        return :(doc_of($mod, $(QuoteNode(doc_name(x.args[1])))))
    elseif x isa Expr && x.head in (:call, :curly)
        return doc_lookup(x.args[1], mod)
    elseif x isa Expr && x.head === :quote || x isa QuoteNode
        return :(doc_of($mod, $(QuoteNode(doc_name(x isa QuoteNode ? x : x.args[1])))))
    end
    :(doc_of_value($(esc(x))))
end

"The documentation of something, as text in Markdown."
struct DocText
    text::String
end
show(io::IO, d::DocText) = print(io, d.text)
show(io::IO, ::MIME"text/plain", d::DocText) = print(io, d.text)
show(io::IO, ::MIME"text/markdown", d::DocText) = print(io, d.text)
string(d::DocText) = d.text

function doc_of(m::Module, name::Symbol)
    d = get_doc(m, name)
    d === nothing || return DocText(string(d))
    isdefined(m, name) || return DocText(string("No documentation found.\n\nBinding `", m, ".", name, "` does not exist.\n"))
    doc_fallback(m, name, getglobal(m, name))
end
doc_of(x, name::Symbol) = DocText("No documentation found.\n")
function doc_of_value(x)
    x isa Module && return doc_of(x, nameof(x))
    if x isa Function || x isa Type
        m = parentmodule(x)
        m isa Module && return doc_of(m, nameof(x))
    end
    DocText(string("No documentation found.\n\n", summary_of_value(x)))
end
summary_of_value(x) = string("`", typeof(x), "`\n")
function doc_fallback(m, name, x)
    if x isa Function
        p = primitive_doc(x)
        p === nothing || return DocText(string("    ", name, "\n\n", p, "\n"))
        n = length(type_methods(x))
        lines = string("No documentation found.\n\n`", m, ".", name, "` is a `Function`.\n\n```\n", methods(x), "\n```\n")
        return DocText(lines)
    elseif x isa Type
        s = string("No documentation found.\n\n# Summary\n\n```\n", type_summary(x), "\n```\n")
        return DocText(s)
    end
    DocText(string("No documentation found.\n\nBinding `", m, ".", name, "` exists.\n"))
end
function type_summary(x)
    isabstracttype(x) && return string("abstract type ", x)
    s = string(ismutabletype(x) ? "mutable struct " : "struct ", x)
    t = unwrap_unionall(x)
    t isa DataType && t.super !== Any && (s = string(s, " <: ", t.super))
    s
end
const Docs = module_new(:Docs, Base)
module_set_const(Docs, :doc, doc_of_value)
module_set_const(Docs, :DocText, DocText)
