# Documents as HTML.

const html_escapes = Dict{Char,String}('<' => "&lt;", '>' => "&gt;", '"' => "&quot;", '&' => "&amp;",
    (c => "&#$(Int(c));" for c in "'`!\$%()=+{}[]\u00a0")...)
function escape_html(io::IO, s)
    for c in s
        print(io, get(html_escapes, c, c))
    end
end
function with_tag(f, io, tag, attributes::Pair...)
    print(io, '<', tag)
    for (k, v) in attributes
        print(io, ' ', k, "=\"")
        escape_html(io, string(v))
        print(io, '"')
    end
    print(io, '>')
    f === nothing || (f(); print(io, "</", tag, '>'))
    nothing
end
function html_document(io::IO, md::MD)
    with_tag(io, :div, :class => "markdown") do
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
html(io::IO, h::Header{N}) where {N} = with_tag(() -> html_inline(io, h.text), io, "h$N")
html(io::IO, p::Paragraph) = with_tag(() -> html_inline(io, p.content), io, :p)
function html(io::IO, c::Code)
    language = isempty(c.language) ? () : (:class => "language-$(c.language)",)
    with_tag(() -> with_tag(() -> escape_html(io, c.code), io, :code, language...), io, :pre)
end
html(io::IO, q::BlockQuote) = with_tag(() -> (println(io); html(io, q.content)), io, :blockquote)
function html(io::IO, l::List)
    start = l.ordered > 1 ? (:start => string(l.ordered),) : ()
    with_tag(io, isordered(l) ? :ol : :ul, start...) do
        for item in l.items
            println(io)
            with_tag(() -> html(io, item), io, :li)
        end
        println(io)
    end
end
html(io::IO, ::HorizontalRule) = print(io, "<hr />")
function html(io::IO, a::Admonition)
    with_tag(io, :div, :class => "admonition $(a.category)") do
        with_tag(() -> print(io, a.title), io, :p, :class => "admonition-title")
        html(io, a.content)
    end
end
function html(io::IO, f::Footnote)
    with_tag(io, :div, :class => "footnote", :id => "footnote-$(f.id)") do
        with_tag(() -> print(io, f.id), io, :p, :class => "footnote-title")
        html(io, f.text)
    end
end
function html(io::IO, t::Table)
    sides = Dict(:l => "left", :r => "right", :c => "center")
    with_tag(io, :table) do
        for (i, row) in enumerate(t.rows)
            with_tag(io, :tr) do
                for (j, cell) in enumerate(row)
                    with_tag(() -> html_inline(io, cell), io, i == 1 ? :th : :td, :align => sides[t.align[j]])
                end
            end
        end
    end
end
html(io::IO, x::LaTeX) = with_tag(() -> html_inline(io, x), io, :p, :class => "math")
html(io::IO, x) = showable(MIME("text/html"), x) ? show(io, MIME("text/html"), x) : with_tag(() -> html_inline(io, x), io, :p)

html_inline(io::IO, parts::Vector) = foreach(x -> html_inline(io, x), parts)
html_inline(io::IO, c::Code) = with_tag(() -> escape_html(io, c.code), io, :code)
html_inline(io::IO, s::AbstractString) = escape_html(io, s)
html_inline(io::IO, b::Bold) = with_tag(() -> html_inline(io, b.text), io, :strong)
html_inline(io::IO, x::Italic) = with_tag(() -> html_inline(io, x.text), io, :em)
function html_inline(io::IO, x::Image)
    print(io, "<img src=\"")
    escape_html(io, x.url)
    print(io, "\" alt=\"")
    escape_html(io, x.alt)
    print(io, "\" />")
end
html_inline(io::IO, f::Footnote) = with_tag(() -> print(io, "[", f.id, "]"), io, :a, :href => "#footnote-$(f.id)", :class => "footnote")
html_inline(io::IO, l::Link) = with_tag(() -> html_inline(io, l.text), io, :a, :href => l.url)
html_inline(io::IO, ::LineBreak) = print(io, "<br />")
html_inline(io::IO, x::LaTeX) = escape_html(io, string('$', x.formula, '$'))
html_inline(io::IO, x) = showable(MIME("text/html"), x) ? show(io, MIME("text/html"), x) : escape_html(io, repr("text/plain", x))
