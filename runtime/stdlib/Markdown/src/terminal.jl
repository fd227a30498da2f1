# Documents on a terminal: paragraphs in lines of its width, two columns in.

const margin = 2
term(io::IO, md::MD, columns::Integer=displaysize(io)[2]) = term(io, md.content, columns)
function term(io::IO, blocks::Vector, columns)
    for (i, x) in enumerate(blocks)
        i == 1 || print(io, "\n\n")
        term(io, x, columns)
    end
end

# The words of inline elements with their style; a line break is "\n".
struct Word
    text::String
    style::Vector{Pair{Symbol,Any}}
    space::Bool    # a blank comes before it
end
function collect_words(parts)
    words = Word[]
    space = false
    function add(text, style)
        pieces = split(text, ' ')
        for (i, p) in enumerate(pieces)
            i == 1 || (space = true)
            isempty(p) && continue
            push!(words, Word(p, style, space))
            space = false
        end
    end
    visit(x::Vector, style) = foreach(y -> visit(y, style), x)
    visit(x::AbstractString, style) = add(x, style)
    visit(x::Bold, style) = visit(x.text, [style; :bold => true])
    visit(x::Italic, style) = visit(x.text, [style; :underline => true])
    visit(x::Code, style) = add(x.code, [style; :color => :cyan])
    visit(x::LaTeX, style) = add(x.formula, [style; :color => :magenta])
    visit(x::Image, style) = add("(Image: $(x.alt))", style)
    visit(x::Footnote, style) = add("[^$(x.id)]", [style; :bold => true])
    visit(x::LineBreak, style) = (push!(words, Word("\n", style, false)); space = false)
    visit(x::Paragraph, style) = visit(x.content, style)
    function visit(x::Link, style)
        visit(x.text, style)
        startswith(x.url, "@ref") || add(" ($(x.url))", style)
    end
    visit(x, style) = add(repr("text/plain", x), style)
    visit(parts, Pair{Symbol,Any}[])
    words
end
# The width of what follows without a blank between.
joined_width(words, i) = i > length(words) || words[i].space || words[i].text == "\n" ? 0 : textwidth(words[i].text) + joined_width(words, i + 1)
# Prints words in lines of some width; `at` columns are taken, `pre` begins new lines.
function print_wrapped(io, words, width, pre, at=0)
    begun = false
    for (i, w) in enumerate(words)
        if w.text == "\n"
            print(io, "\n", pre)
            at, begun = 0, false
            continue
        end
        n = textwidth(w.text)
        if begun && w.space && at + 1 + n + joined_width(words, i + 1) > width
            print(io, "\n", pre)
            at, begun = 0, false
        elseif begun && w.space
            print(io, ' ')
            at += 1
        end
        printstyled(io, w.text; w.style...)
        at += n
        begun = true
    end
end
function term(io::IO, p::Paragraph, columns)
    print(io, ' '^margin)
    print_wrapped(io, collect_words(p.content), columns - 2margin, ' '^margin)
end
const underlines = collect("≡=–-⋅ ")
function term(io::IO, h::Header{N}, columns) where {N}
    text = join((w.space && i > 1 ? " " : "") * w.text for (i, w) in enumerate(collect_words(h.text)))
    print(io, ' '^margin)
    printstyled(io, text; bold=true)
    underlines[N] == ' ' || printstyled(io, '\n', ' '^margin, underlines[N]^min(textwidth(text), columns); bold=true)
end
function term(io::IO, c::Code, columns)
    for (i, line) in enumerate(split(c.code, '\n'))
        i == 1 || println(io)
        print(io, ' '^margin)
        printstyled(io, line; color=:cyan)
    end
end
# Blocks behind a line at the left; the context has colours and width.
function term_boxed(io, draw, first_line, color)
    text = sprint(draw; context=io)
    bar() = (print(io, ' '^margin); printstyled(io, '│'; bold=color !== nothing, color=something(color, :normal)))
    if first_line !== nothing
        bar()
        printstyled(io, ' ', first_line; bold=true, color=something(color, :normal))
        println(io)
        bar()
        println(io)
    end
    for (i, line) in enumerate(split(text, '\n'))
        i == 1 || println(io)
        bar()
        print(io, line)
    end
end
term(io::IO, q::BlockQuote, columns) = term_boxed(io, x -> term(x, q.content, columns - 10), nothing, nothing)
function term(io::IO, a::Admonition, columns)
    color = a.category == "danger" ? :red : a.category == "warning" ? :yellow : a.category in ("info", "note") ? :cyan :
        a.category == "tip" ? :green : :default
    title = isempty(a.title) ? uppercasefirst(a.category) : a.title
    term_boxed(io, x -> term(x, a.content, columns - 10), title, color)
end
term(io::IO, f::Footnote, columns) = term_boxed(io, x -> term(x, f.text, columns - 10), "[^$(f.id)]", :default)
function term(io::IO, l::List, columns)
    for (i, item) in enumerate(l.items)
        i == 1 || print(io, "\n\n")
        print(io, ' '^2margin, isordered(l) ? "$(i + l.ordered - 1). " : "•  ")
        inside = split(sprint(x -> term(x, item, columns - 10 + margin); context=io), '\n')
        for (k, line) in enumerate(inside)
            k == 1 || print(io, "\n", isempty(line) ? "" : ' '^(2margin + 3))
            print(io, startswith(line, ' '^margin) ? SubString(line, margin + 1) : line)
        end
    end
end
term(io::IO, ::HorizontalRule, columns) = print(io, ' '^margin, '─'^(columns - 2margin))
term(io::IO, x::LaTeX, columns) = printstyled(io, ' '^margin, x.formula; color=:magenta)
function term(io::IO, t::Table, columns)
    texts = [[sprint(x -> print_wrapped(x, collect_words(c), typemax(Int), "")) for c in row] for row in t.rows]
    widths = [maximum(max(textwidth(r[j]), 1) for r in texts) for j in 1:length(t.align)]
    for (i, row) in enumerate(t.rows)
        i == 1 || print(io, '\n')
        print(io, ' '^margin)
        for (j, cell) in enumerate(row)
            j == 1 || print(io, ' ')
            gap = widths[j] - textwidth(texts[i][j])
            left = t.align[j] === :l ? 0 : t.align[j] === :r ? gap : gap ÷ 2
            print(io, ' '^left)
            print_wrapped(io, collect_words(cell), typemax(Int), "")
            j == length(row) || print(io, ' '^(gap - left))
        end
        i == 1 && print(io, '\n', ' '^margin, join(('–'^w for w in widths), ' '))
    end
end
term(io::IO, x, columns) = show(io, MIME("text/plain"), x)
