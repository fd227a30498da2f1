# Markdown: text with marks for headings, lists, emphasis ...

"""
    Markdown

`md"..."` and `Markdown.parse`: text in Markdown as a document, which is shown in a
terminal, in a notebook as HTML, and as LaTeX.
"""
module Markdown

import Base: show, ==, string, print

export @md_str, @doc_str, html, latex

include("elements.jl")
include("inline.jl")
include("blocks.jl")
include("html.jl")
include("terminal.jl")
include("plain.jl")
include("rst.jl")
include("latex.jl")

"""
    Markdown.parse(text)

The document that a text in Markdown writes.
"""
parse(text::AbstractString; flavor=:julia) = MD(parse_blocks(lines_of(text), false))
"""
    Markdown.parse_file(path)

The document in a file.
"""
parse_file(path::AbstractString; flavor=:julia) = parse(read(path, String); flavor=flavor)
"""
    Markdown.html([io,] doc)

A document as HTML.
"""
html(x) = sprint(html, x)
"""
    Markdown.latex([io,] doc)

A document as LaTeX.
"""
latex(x) = sprint(latex, x)
"""
    Markdown.plain([io,] doc)

A document as Markdown again.
"""
plain(x) = sprint(plain, x)
"""
    Markdown.rst([io,] doc)

A document as reStructuredText.
"""
rst(x) = sprint(rst, x)

lines_of(text) = split(replace(text, r"\r\n?" => "\n"), '\n')
document(text) = construct(MD(parse_blocks(lines_of(text), true)))
"""
    md"text"

A document in Markdown; `\$x` and `\$(x)` stand for values.
"""
macro md_str(text, flavor...)
    :($(document(text))::MD)
end
"""
    doc"text"

A document in Markdown, as `md"text"`.
"""
macro doc_str(text, flavor...)
    :($(document(text))::MD)
end

show(io::IO, md::MD) = print(io, plain(md))
show(io::IO, ::MIME"text/plain", md::MD) = term(io, md)
show(io::IO, ::MIME"text/html", md::MD) = html_document(io, md)
show(io::IO, ::MIME"text/latex", md::MD) = latex(io, md)
show(io::IO, ::MIME"text/markdown", md::MD) = plain(io, md)
show(io::IO, ::MIME"text/rst", md::MD) = rst(io, md)

end
