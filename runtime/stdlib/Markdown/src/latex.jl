# Documents as LaTeX.

function environment(f, io, name)
    print(io, "\\begin{", name, "}\n")
    f()
    println(io, "\\end{", name, "}")
end
function command(f, io, name)
    print(io, "\\", name, "{")
    f()
    print(io, "}")
end
latex(io::IO, md::MD) = latex(io, md.content)
latex(io::IO, blocks::Vector) = foreach(x -> latex(io, x), blocks)
function latex(io::IO, h::Header{N}) where {N}
    command(() -> latex_inline(io, h.text), io, ("section", "subsection", "subsubsection", "paragraph", "subparagraph", "subparagraph")[N])
    println(io)
end
latex(io::IO, p::Paragraph) = (latex_inline(io, p.content); println(io); println(io))
latex(io::IO, c::Code) = c.language == "latex" ? println(io, c.code) : environment(() -> println(io, c.code), io, "verbatim")
latex(io::IO, q::BlockQuote) = environment(() -> latex(io, q.content), io, "quote")
function latex(io::IO, l::List)
    environment(io, isordered(l) ? "enumerate" : "itemize") do
        for item in l.items
            print(io, "\\item ")
            latex(io, item)
            println(io)
        end
    end
end
latex(io::IO, ::HorizontalRule) = println(io, "\\rule{\\textwidth}{1pt}")
function latex(io::IO, a::Admonition)
    environment(io, "quote") do
        environment(io, "quote") do
            println(io, "\\textbf{", a.category, "}\n\n", a.title, "\n")
        end
        latex(io, a.content)
    end
end
function latex(io::IO, f::Footnote)
    print(io, "\\footnotetext[", f.id, "]{")
    latex(io, f.text)
    println(io, "}")
end
function latex(io::IO, t::Table)
    environment(io, "tabular") do
        println(io, "{", join(t.align, " | "), "}")
        for (i, row) in enumerate(t.rows)
            for (j, cell) in enumerate(row)
                j == 1 || print(io, " & ")
                latex_inline(io, cell)
            end
            println(io, " \\\\")
            i == 1 && println(io, "\\hline")
        end
    end
end
latex(io::IO, x::LaTeX) = println(io, "\$\$", x.formula, "\$\$")
latex(io::IO, x) = showable(MIME("text/latex"), x) ? show(io, MIME("text/latex"), x) : latex(io, Paragraph(Any[sprint(print, x)]))

latex_inline(io::IO, parts::Vector) = foreach(x -> latex_inline(io, x), parts)
const latex_escapes = Dict{Char,String}('#' => "\\#", '\$' => "\\\$", '%' => "\\%", '&' => "\\&", '_' => "\\_", '{' => "\\{", '}' => "\\}",
    '^' => "\\^{}", '~' => "\\textasciitilde{}", '\\' => "{\\textbackslash}")
latex_inline(io::IO, s::AbstractString) = print(io, join(get(latex_escapes, c, c) for c in s))
latex_inline(io::IO, c::Code) = command(() -> latex_inline(io, c.code), io, "texttt")
latex_inline(io::IO, b::Bold) = command(() -> latex_inline(io, b.text), io, "textbf")
latex_inline(io::IO, x::Italic) = command(() -> latex_inline(io, x.text), io, "emph")
latex_inline(io::IO, ::LineBreak) = println(io, "\\\\")
latex_inline(io::IO, f::Footnote) = print(io, "\\footnotemark[", f.id, "]")
latex_inline(io::IO, l::Link) = (print(io, "\\href{", l.url, "}{"); latex_inline(io, l.text); print(io, "}"))
latex_inline(io::IO, x::LaTeX) = print(io, '\$', x.formula, '\$')
function latex_inline(io::IO, x::Image)
    environment(io, "figure") do
        println(io, "\\centering\n\\includegraphics{", x.url, "}\n\\caption{", x.alt, "}")
    end
end
latex_inline(io::IO, x) = latex_inline(io, sprint(print, x))
