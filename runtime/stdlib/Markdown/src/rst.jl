# Documents as reStructuredText.

rst(io::IO, md::MD) = rst(io, md.content)
function rst(io::IO, blocks::Vector)
    for (i, x) in enumerate(blocks)
        i == 1 || println(io)
        rst(io, x)
    end
end
function rst(io::IO, h::Header{N}) where {N}
    text = sprint(rst_inline, h.text)
    println(io, text, '\n', "*=-~:."[N]^length(text), '\n')
end
rst(io::IO, p::Paragraph) = (rst_inline(io, p.content); println(io))
# The lines of a text, each after some blanks.
indented(io, text, blanks, filler="") = foreach(line -> println(io, isempty(line) ? filler : blanks, line), split(rstrip(text), '\n'))
function rst(io::IO, c::Code)
    c.language == "rst" || println(io, c.language == "jldoctest" ? ".. doctest::\n" : ".. code-block:: julia\n")
    indented(io, c.code, "    ", "    ")
end
rst(io::IO, q::BlockQuote) = (indented(io, sprint(rst, q.content), "    ", "    "); println(io))
function rst(io::IO, l::List)
    for (i, item) in enumerate(l.items)
        mark = isordered(l) ? "$(i + l.ordered - 1). " : "* "
        with_prefix(io, rstrip(sprint(rst, item)), mark, ' '^length(mark))
    end
end
rst(io::IO, ::HorizontalRule) = println(io, "–"^5)
function rst(io::IO, a::Admonition)
    println(io, ".. ", a.category, "::", a.title in ("", uppercasefirst(a.category)) ? "" : " $(a.title)")
    indented(io, sprint(rst, a.content), "   ")
    println(io)
end
function rst(io::IO, f::Footnote)
    text = rstrip(sprint(rst, f.text))
    print(io, ".. [", f.id, "]")
    '\n' in text || return println(io, ' ', text)
    println(io)
    indented(io, text, "   ")
    println(io)
end
function rst(io::IO, t::Table)
    texts = [[sprint(rst_inline, c) for c in row] for row in t.rows]
    widths = [max(3, maximum(textwidth(r[j]) for r in texts)) for j in 1:length(t.align)]
    line(c) = println(io, '+', join((c^(w + 2) for w in widths), '+'), '+')
    line("-")
    for (i, row) in enumerate(texts)
        println(io, "| ", join((t.align[j] === :r ? lpad(row[j], widths[j]) : t.align[j] === :l ? rpad(row[j], widths[j]) : centered(row[j], widths[j]) for j in 1:length(row)), " | "), " |")
        line(i == 1 ? "=" : "-")
    end
end
rst(io::IO, x::LaTeX) = (println(io, ".. math::\n"); indented(io, x.formula, "    "))
rst(io::IO, x) = (rst_inline(io, x); println(io))

rst_inline(io::IO, parts::Vector) = foreach(x -> rst_inline(io, x), parts)
rst_inline(io::IO, s::AbstractString) = print(io, s)
rst_inline(io::IO, c::Code) = print(io, "``", c.code, "``")
rst_inline(io::IO, b::Bold) = (print(io, "**"); rst_inline(io, b.text); print(io, "**"))
rst_inline(io::IO, x::Italic) = (print(io, '*'); rst_inline(io, x.text); print(io, '*'))
rst_inline(io::IO, ::LineBreak) = println(io)
rst_inline(io::IO, f::Footnote) = print(io, "[", f.id, "]_")
rst_inline(io::IO, x::LaTeX) = print(io, ":math:`", x.formula, "`")
# A link to something that Sphinx knows by its role stands as it is.
function rst_inline(io::IO, l::Link)
    occursin(r"^:(func|obj|ref|exc|class|const|data):`\.*", l.url) && return print(io, l.url)
    print(io, '`')
    rst_inline(io, l.text)
    print(io, " <", l.url, ">`_")
end
rst_inline(io::IO, x) = showable(MIME("text/rst"), x) ? show(io, MIME("text/rst"), x) : show(io, MIME("text/plain"), x)
