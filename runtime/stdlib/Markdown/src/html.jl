# Documents as HTML.

const html_escapes = Dict{Char,String}('<' => "&lt;", '>' => "&gt;", '"' => "&quot;", '&' => "&amp;",
    (c => "&#$(Int(c));" for c in "'`!\$%()=+{}[]\u00a0")...)
function htmlesc(io::IO, s)
    for c in s
        print(io, get(html_escapes, c, c))
    end
end
function withtag(f, io, tag, attributes::Pair...)
    print(io, '<', tag)
    for (k, v) in attributes
        print(io, ' ', k, "=\"")
        htmlesc(io, string(v))
        print(io, '"')
    end
    print(io, '>')
    f === nothing || (f(); print(io, "</", tag, '>'))
    nothing
end
function html_document(io::IO, md::MD)
    withtag(io, :div, :class => "markdown") do
        html(io, md)
    end
end
function html(io::IO, blocks::Vector)
    for x in blocks
        html(io, x)
        println(io)
    end
end
html(io::IO, md::MD) = html(io, md.content)
html(io::IO, h::Header{N}) where {N} = withtag(() -> htmlinline(io, h.text), io, "h$N")
html(io::IO, p::Paragraph) = withtag(() -> htmlinline(io, p.content), io, :p)
function html(io::IO, c::Code)
    language = isempty(c.language) ? () : (:class => "language-$(c.language)",)
    withtag(() -> withtag(() -> htmlesc(io, c.code), io, :code, language...), io, :pre)
end
html(io::IO, q::BlockQuote) = withtag(() -> (println(io); html(io, q.content)), io, :blockquote)
function html(io::IO, l::List)
    start = l.ordered > 1 ? (:start => string(l.ordered),) : ()
    withtag(io, isordered(l) ? :ol : :ul, start...) do
        for item in l.items
            println(io)
            withtag(() -> html(io, item), io, :li)
        end
        println(io)
    end
end
html(io::IO, ::HorizontalRule) = print(io, "<hr />")
function html(io::IO, a::Admonition)
    withtag(io, :div, :class => "admonition $(a.category)") do
        withtag(() -> print(io, a.title), io, :p, :class => "admonition-title")
        html(io, a.content)
    end
end
function html(io::IO, f::Footnote)
    withtag(io, :div, :class => "footnote", :id => "footnote-$(f.id)") do
        withtag(() -> print(io, f.id), io, :p, :class => "footnote-title")
        html(io, f.text)
    end
end
function html(io::IO, t::Table)
    sides = Dict(:l => "left", :r => "right", :c => "center")
    withtag(io, :table) do
        for (i, row) in enumerate(t.rows)
            withtag(io, :tr) do
                for (j, cell) in enumerate(row)
                    withtag(() -> htmlinline(io, cell), io, i == 1 ? :th : :td, :align => sides[t.align[j]])
                end
            end
        end
    end
end
html(io::IO, x::LaTeX) = withtag(() -> htmlinline(io, x), io, :p, :class => "math")
html(io::IO, x) = showable(MIME("text/html"), x) ? show(io, MIME("text/html"), x) : withtag(() -> htmlinline(io, x), io, :p)

htmlinline(io::IO, parts::Vector) = foreach(x -> htmlinline(io, x), parts)
htmlinline(io::IO, c::Code) = withtag(() -> htmlesc(io, c.code), io, :code)
htmlinline(io::IO, s::AbstractString) = htmlesc(io, s)
htmlinline(io::IO, b::Bold) = withtag(() -> htmlinline(io, b.text), io, :strong)
htmlinline(io::IO, x::Italic) = withtag(() -> htmlinline(io, x.text), io, :em)
function htmlinline(io::IO, x::Image)
    print(io, "<img src=\"")
    htmlesc(io, x.url)
    print(io, "\" alt=\"")
    htmlesc(io, x.alt)
    print(io, "\" />")
end
htmlinline(io::IO, f::Footnote) = withtag(() -> print(io, "[", f.id, "]"), io, :a, :href => "#footnote-$(f.id)", :class => "footnote")
htmlinline(io::IO, l::Link) = withtag(() -> htmlinline(io, l.text), io, :a, :href => l.url)
htmlinline(io::IO, ::LineBreak) = print(io, "<br />")
htmlinline(io::IO, x::LaTeX) = htmlesc(io, string('$', x.formula, '$'))
htmlinline(io::IO, x) = showable(MIME("text/html"), x) ? show(io, MIME("text/html"), x) : htmlesc(io, repr("text/plain", x))
