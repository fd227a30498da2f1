# Documents as Markdown.

plain(io::IO, md::MD) = plain(io, md.content)
function plain(io::IO, blocks::Vector)
    for (i, x) in enumerate(blocks)
        i == 1 || println(io)
        plain(io, x)
    end
end
function plain(io::IO, h::Header{N}) where {N}
    print(io, '#'^N, ' ')
    plaininline(io, h.text)
    println(io)
end
function plain(io::IO, p::Paragraph)
    plaininline(io, p.content)
    println(io)
end
function plain(io::IO, c::Code)
    n = max(3, maximum((length(m.match) + 1 for m in eachmatch(r"^`+"m, c.code)); init=3))
    println(io, '`'^n, c.language)
    println(io, c.code)
    println(io, '`'^n)
end
# Text with something before its first line and something before the others.
function with_prefix(io, text, first_line, others)
    for (i, line) in enumerate(split(chomp(text), '\n'))
        println(io, i == 1 ? first_line : isempty(line) ? "" : others, line)
    end
end
function plain(io::IO, q::BlockQuote)
    for line in split(rstrip(sprint(plain, q.content)), '\n')
        println(io, isempty(line) ? ">" : "> $line")
    end
    println(io)
end
function plain(io::IO, l::List)
    for (i, item) in enumerate(l.items)
        i > 1 && l.loose && println(io)
        mark = isordered(l) ? "$(i + l.ordered - 1). " : "  * "
        with_prefix(io, sprint(plain, item), mark, ' '^length(mark))
    end
end
plain(io::IO, ::HorizontalRule) = println(io, "* * *")
function plain(io::IO, a::Admonition)
    println(io, "!!! ", a.category, a.title == uppercasefirst(a.category) ? "" : " \"$(a.title)\"")
    indented(io, sprint(plain, a.content), "    ")
    println(io)
end
function plain(io::IO, f::Footnote)
    text = rstrip(sprint(plain, f.text))
    print(io, "[^", f.id, "]:")
    '\n' in text || return println(io, ' ', text)
    println(io)
    indented(io, text, "    ")
    println(io)
end
function plain(io::IO, t::Table)
    texts = [[replace(sprint(plaininline, c), "|" => "\\|") for c in row] for row in t.rows]
    widths = [max(3, maximum(textwidth(r[j]) for r in texts)) for j in 1:length(t.align)]
    for (i, row) in enumerate(texts)
        println(io, "| ", join((t.align[j] === :r ? lpad(row[j], widths[j]) : t.align[j] === :l ? rpad(row[j], widths[j]) : centered(row[j], widths[j]) for j in 1:length(row)), " | "), " |")
        i == 1 && println(io, "|", join((mark(t.align[j], widths[j]) for j in 1:length(row)), "|"), "|")
    end
end
centered(s, w) = (gap = w - textwidth(s); string(' '^(gap ÷ 2), s, ' '^(gap - gap ÷ 2)))
mark(align, w) = align === :l ? ":$('-'^w) " : align === :r ? " $('-'^w):" : ":$('-'^w):"
plain(io::IO, x::LaTeX) = println(io, "\$\$\n", x.formula, "\n\$\$")
plain(io::IO, x) = (show(io, MIME("text/plain"), x); println(io))

plaininline(x) = sprint(plaininline, x)
plaininline(io::IO, parts::Vector) = foreach(x -> plaininline(io, x), parts)
plaininline(io::IO, s::AbstractString) = print(io, replace(s, r"[\\`*_\$]" => c -> string('\\', c)))
plaininline(io::IO, l::Link) = (print(io, '['); plaininline(io, l.text); print(io, "](", l.url, ")"))
plaininline(io::IO, x::Image) = print(io, "![", x.alt, "](", x.url, ")")
plaininline(io::IO, b::Bold) = (print(io, "**"); plaininline(io, b.text); print(io, "**"))
plaininline(io::IO, x::Italic) = (print(io, '*'); plaininline(io, x.text); print(io, '*'))
plaininline(io::IO, ::LineBreak) = print(io, "\\\n")
plaininline(io::IO, f::Footnote) = print(io, "[^", f.id, "]")
plaininline(io::IO, x::LaTeX) = print(io, '$', x.formula, '$')
function plaininline(io::IO, c::Code)
    n = maximum((length(m.match) for m in eachmatch(r"`+", c.code)); init=0) + 1
    iseven(n) && (n += 1)
    print(io, '`'^n, startswith(c.code, '`') ? " " : "", c.code, endswith(c.code, '`') ? " " : "", '`'^n)
end
plaininline(io::IO, x) = show(io, MIME("text/plain"), x)
