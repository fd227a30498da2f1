# What stands within a line: emphasis, code, links.

# The elements of a text; with `values`, $x stands for one.
function parse_inline(text, values)
    out = Any[]
    buf = IOBuffer()
    z = ncodeunits(text)
    i = 1
    add(x, next) = (position(buf) > 0 && push!(out, String(take!(buf))); push!(out, x); next)
    while i <= z
        c = text[i]
        r = c == '\\' ? escaped(text, i) :
            c == '`' ? inline_code(text, i) :
            c == '*' || c == '_' ? emphasis(text, i, values) :
            c == '!' && startswith(SubString(text, i), "![") ? image(text, i) :
            c == '[' ? link(text, i, values) :
            c == '<' ? autolink(text, i) :
            c == '-' && startswith(SubString(text, i), "--") ? ("–", i + 2) :
            c == '$' ? formula_or_value(text, i, values) : nothing
        if r === nothing
            print(buf, c)
            i = nextind(text, i)
        elseif r[1] isa Char
            print(buf, r[1])
            i = r[2]
        else
            i = add(r[1], r[2])
        end
    end
    position(buf) > 0 && push!(out, String(take!(buf)))
    out
end

function escaped(text, i)
    j = i + 1
    j > ncodeunits(text) && return nothing
    text[j] == '\n' && return (LineBreak(), j + 1)
    text[j] in "\\`*_#+-.!{}[]()\$" ? (text[j], j + 1) : nothing
end

# Code between backticks; a formula if there are two or another even number.
function inline_code(text, i)
    n = 0
    while i + n <= ncodeunits(text) && text[i + n] == '`'
        n += 1
    end
    marks = "`"^n
    j = i + n
    while true
        r = findnext(marks, text, j)
        r === nothing && return nothing
        after = last(r) + 1
        if after <= ncodeunits(text) && text[after] == '`'
            j = after
            while j <= ncodeunits(text) && text[j] == '`'
                j += 1
            end
            continue
        end
        inside = String(strip(SubString(text, i + n, prevind(text, first(r)))))
        inside = replace(inside, r"\s*\n\s*" => " ")
        return (iseven(n) ? LaTeX(inside) : Code("", inside), after)
    end
end

function emphasis(text, i, values)
    c = text[i]
    n = i < ncodeunits(text) && text[i + 1] == c ? 2 : 1
    for k in n:-1:1
        j = i + k
        j <= ncodeunits(text) && !isspace(text[j]) && text[j] != c || continue
        stop = closing(text, j, c, k)
        stop === nothing && continue
        inside = parse_inline(String(SubString(text, j, prevind(text, stop))), values)
        return (k == 2 ? Bold(inside) : Italic(inside), stop + k)
    end
    nothing
end
# Where k marks close: behind something that is no blank, outside of code.
function closing(text, j, c, k)
    z = ncodeunits(text)
    while j <= z
        d = text[j]
        if d == '\\'
            j = nextind(text, j)
        elseif d == '`'
            r = inline_code(text, j)
            r === nothing || (j = r[2]; continue)
        elseif d == c
            n = 1
            while j + n <= z && text[j + n] == c
                n += 1
            end
            n >= k && (n == k || n == 3) && !isspace(text[prevind(text, j)]) && return n == 3 && k == 1 ? j + 2 : j
            j += n
            continue
        end
        j = nextind(text, min(j, z))
    end
    nothing
end

# [text] at i: the text and the index behind it.
function bracketed(text, i, open, close)
    depth = 0
    j = i
    while j <= ncodeunits(text)
        c = text[j]
        if c == '\\'
            j = nextind(text, j)
            j > ncodeunits(text) && return nothing
        elseif c == open
            depth += 1
        elseif c == close
            depth -= 1
            depth == 0 && return (String(SubString(text, nextind(text, i), prevind(text, j))), nextind(text, j))
        end
        j = nextind(text, j)
    end
    nothing
end
function link(text, i, values)
    r = bracketed(text, i, '[', ']')
    r === nothing && return nothing
    label, j = r
    if startswith(label, '^') && length(label) > 1 && all(c -> isletter(c) || isdigit(c) || c in "_-", SubString(label, 2))
        return (Footnote(String(SubString(label, 2)), nothing), j)
    end
    j <= ncodeunits(text) && text[j] == '(' || return nothing
    u = bracketed(text, j, '(', ')')
    u === nothing ? nothing : (Link(parse_inline(label, values), String(strip(u[1]))), u[2])
end
function image(text, i)
    r = bracketed(text, i + 1, '[', ']')
    r === nothing && return nothing
    r[2] <= ncodeunits(text) && text[r[2]] == '(' || return nothing
    u = bracketed(text, r[2], '(', ')')
    u === nothing ? nothing : (Image(String(strip(u[1])), r[1]), u[2])
end
function autolink(text, i)
    r = bracketed(text, i, '<', '>')
    r === nothing && return nothing
    url = r[1]
    occursin(r"^(https?|ftp)://\S+$", url) && return (Link(Any[url], url), r[2])
    occursin(r"^[^\s@]+@[^\s@]+\.[^\s@]+$", url) && return (Link(Any[url], startswith(url, "mailto:") ? url : string("mailto:", url)), r[2])
    nothing
end

function formula_or_value(text, i, values)
    j = i + 1
    j <= ncodeunits(text) || return nothing
    if !isspace(text[j]) && text[j] != '('
        k = findnext('$', text, j)
        if k !== nothing && k > j && !isspace(text[prevind(text, k)])
            return (LaTeX(String(SubString(text, j, prevind(text, k)))), k + 1)
        end
    end
    values && (isletter(text[j]) || text[j] in "(_") || return nothing
    ex, next = Meta.parse(text, j; greedy=false, raise=false)
    ex isa Expr && ex.head in (:error, :incomplete) && return nothing
    (Interpolation(ex), next)
end
