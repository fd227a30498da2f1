# The elements of documents.

"A document: its blocks in `content`, and what is known about it in `meta`."
mutable struct MD
    content::Vector{Any}
    meta::Dict{Any,Any}
    MD(content::AbstractVector, meta::Dict=Dict()) = new(content, meta)
end
MD(xs...) = MD(Any[xs...])
"A paragraph."
mutable struct Paragraph
    content::Any
end
"A heading of level `N`."
mutable struct Header{N}
    text::Any
end
Header(text, level::Int) = Header{level}(text)
level(::Header{N}) where {N} = N
"Code: a block, or within a line."
mutable struct Code
    language::String
    code::String
end
Code(code) = Code("", code)
"A quotation."
mutable struct BlockQuote
    content::Any
end
"A list; `ordered` is its first number or -1."
mutable struct List
    items::Vector{Any}
    ordered::Int
    loose::Bool
end
List(items::AbstractVector, ordered::Int=-1) = List(Vector{Any}(items), ordered, false)
List(items...) = List(Any[items...])
isordered(l::List) = l.ordered >= 0
"A line across."
mutable struct HorizontalRule end
"A table; `align` has `:l`, `:r` or `:c` for each column."
mutable struct Table
    rows::Vector{Vector{Any}}
    align::Vector{Symbol}
end
"A box with a title."
mutable struct Admonition
    category::String
    title::String
    content::Any
end
"A footnote, or, without text, where it belongs."
mutable struct Footnote
    id::String
    text::Any
end
"A formula."
mutable struct LaTeX
    formula::String
end
"Bold text."
mutable struct Bold
    text::Any
end
"Italic text."
mutable struct Italic
    text::Any
end
"A link."
mutable struct Link
    text::Any
    url::String
end
"A picture."
mutable struct Image
    url::String
    alt::String
end
"The end of a line."
mutable struct LineBreak end
# An expression whose value will stand in the document.
struct Interpolation
    ex::Any
end

const Element = Union{MD,Paragraph,Header,Code,BlockQuote,List,HorizontalRule,Table,Admonition,Footnote,LaTeX,Bold,Italic,Link,Image,LineBreak}
# Two documents are the same if they look the same.
==(a::MD, b::MD) = html(a) == html(b)
==(a::T, b::T) where {T<:Element} = all(f -> getfield(a, f) == getfield(b, f), fieldnames(T))
Base.getindex(md::MD, i...) = md.content[i...]
Base.setindex!(md::MD, x, i...) = setindex!(md.content, x, i...)
Base.length(md::MD) = length(md.content)
Base.isempty(md::MD) = isempty(md.content)
Base.iterate(md::MD, st...) = iterate(md.content, st...)
Base.push!(md::MD, xs...) = (push!(md.content, xs...); md)
Base.lastindex(md::MD) = length(md.content)
Base.copy(md::MD) = MD(copy(md.content), copy(md.meta))
"""
    Docs.catdoc(docs...)

Documents one after the other as one.
"""
Base.Docs.catdoc(docs::MD...) = MD(Any[docs...])

# The expression that makes a document with its values.
construct(x) = x
construct(x::Symbol) = QuoteNode(x)
construct(x::Interpolation) = esc(x.ex)
construct(v::Vector) = Expr(:ref, eltype(v) === Any ? Any : eltype(v), map(construct, v)...)
construct(x::T) where {T<:Element} = Expr(:call, T, (construct(getfield(x, f)) for f in fieldnames(T) if f !== :meta)...)
