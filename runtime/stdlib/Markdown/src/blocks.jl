# The blocks of a document, found line by line.

isblank(l) = all(isspace, l)
indent_of(l) = something(findfirst(!=(' '), l), ncodeunits(l) + 1) - 1
# A line without up to n blanks at its beginning.
unindent(l, n) = SubString(l, min(indent_of(l), n) + 1)

const header_line = r"^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$"
const rule_line = r"^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$"
const fence_line = r"^ {0,3}(`{3,}|~{3,})[ \t]*([^`]*)$"
const item_line = r"^( {0,3})([*+\-•]|\d{1,9}[.)])( +|$)(.*)$"s
const admonition_line = r"^ {0,3}!!! +(\w+)(?: +\"(.*)\")?[ \t]*$"
const footnote_line = r"^ {0,3}\[\^([\w\-]+)\]:[ \t]?(.*)$"

starts_block(l) = occursin(header_line, l) || occursin(fence_line, l) || occursin(r"^ {0,3}>", l) || occursin(item_line, l) || occursin(rule_line, l) ||
    occursin(admonition_line, l) || occursin(footnote_line, l)

function parse_blocks(lines, values)
    out = Any[]
    lines = [replace(l, '\t' => "    ") for l in lines]
    i = 1
    while i <= length(lines)
        isblank(lines[i]) && (i += 1; continue)
        for f in (code_block, fenced_code, heading, rule, quotation, list_block, admonition, footnote, table, value_block, text_block)
            r = f(lines, i, values)
            r === nothing && continue
            push!(out, r[1])
            i = r[2]
            break
        end
    end
    out
end

function code_block(lines, i, values)
    indent_of(lines[i]) >= 4 || return nothing
    j = i
    while j <= length(lines) && (isblank(lines[j]) || indent_of(lines[j]) >= 4)
        j += 1
    end
    (Code("", rstrip(join((unindent(l, 4) for l in lines[i:j-1]), '\n'))), j)
end
function fenced_code(lines, i, values)
    m = match(fence_line, lines[i])
    m === nothing && return nothing
    fence, language = m[1], strip(m[2])
    j = i + 1
    while j <= length(lines) && !(startswith(lstrip(lines[j]), fence) && all(==(fence[1]), strip(lines[j])))
        j += 1
    end
    text = join((unindent(l, indent_of(lines[i])) for l in lines[i+1:j-1]), '\n')
    (language == "math" ? LaTeX(text) : Code(String(language), text), j + 1)
end
function heading(lines, i, values)
    m = match(header_line, lines[i])
    m === nothing && return nothing
    (Header{length(m[1])}(parse_inline(String(something(m[2], "")), values)), i + 1)
end
rule(lines, i, values) = occursin(rule_line, lines[i]) ? (HorizontalRule(), i + 1) : nothing
function quotation(lines, i, values)
    occursin(r"^ {0,3}>", lines[i]) || return nothing
    inside = String[]
    j = i
    while j <= length(lines) && !isblank(lines[j])
        push!(inside, replace(lines[j], r"^ {0,3}> ?" => ""))
        j += 1
    end
    (BlockQuote(parse_blocks(inside, values)), j)
end
function list_block(lines, i, values)
    m = match(item_line, lines[i])
    m === nothing && return nothing
    ordered = isdigit(m[2][1])
    width = length(m[1]) + length(m[2]) + 1     # what stands as far in as the text of the first item belongs to an item
    items = Any[]
    loose = false
    j = i
    while j <= length(lines)
        m = match(item_line, lines[j])
        (m === nothing || isdigit(m[2][1]) != ordered || ordered && last(m[2]) != last(match(item_line, lines[i])[2]) || occursin(rule_line, lines[j])) && break
        inside = [String(m[4])]
        j += 1
        while j <= length(lines)
            if isblank(lines[j])
                (j == length(lines) || isblank(lines[j + 1])) && break
                if indent_of(lines[j + 1]) >= width
                    push!(inside, "")
                    loose = true
                    j += 1
                    continue
                end
                break
            end
            indent_of(lines[j]) >= width || break
            push!(inside, unindent(lines[j], width))
            j += 1
        end
        push!(items, parse_blocks(inside, values))
        j < length(lines) && isblank(lines[j]) || continue
        m = match(item_line, lines[j + 1])  # one blank line may stand between items
        m !== nothing && isdigit(m[2][1]) == ordered || break
        loose = true
        j += 1
    end
    (List(items, ordered ? Base.parse(Int, chop(match(item_line, lines[i])[2])) : -1, loose), j)
end
# The lines from i on that stand four further in.
function indented(lines, i)
    j = i
    while j <= length(lines) && (isblank(lines[j]) || indent_of(lines[j]) >= 4)
        j += 1
    end
    while j > i && isblank(lines[j - 1])
        j -= 1
    end
    ([String(unindent(l, 4)) for l in lines[i:j-1]], j)
end
function admonition(lines, i, values)
    m = match(admonition_line, lines[i])
    m === nothing && return nothing
    inside, j = indented(lines, i + 1)
    (Admonition(String(m[1]), m[2] === nothing ? uppercasefirst(String(m[1])) : String(m[2]), parse_blocks(inside, values)), j)
end
function footnote(lines, i, values)
    m = match(footnote_line, lines[i])
    m === nothing && return nothing
    inside, j = indented(lines, i + 1)
    (Footnote(String(m[1]), parse_blocks([String(m[2]); inside], values)), j)
end

# The cells of a line of a table.
function table_cells(l)
    l = strip(l)
    startswith(l, '|') && (l = SubString(l, 2))
    endswith(l, '|') && !endswith(l, "\\|") && (l = chop(l))
    [replace(String(strip(c)), "\\|" => "|") for c in split(l, r"(?<!\\)\|")]
end
function table(lines, i, values)
    i < length(lines) && occursin('|', lines[i]) && occursin('|', lines[i + 1]) || return nothing
    marks = table_cells(lines[i + 1])
    all(c -> occursin(r"^:?-+:?$", c), marks) || return nothing
    align = [startswith(c, ':') && endswith(c, ':') ? :c : startswith(c, ':') ? :l : :r for c in marks]
    rows = Vector{Any}[]
    j = i
    while j <= length(lines) && occursin('|', lines[j])
        if j != i + 1
            cells = table_cells(lines[j])
            push!(rows, Any[parse_inline(k <= length(cells) ? cells[k] : "", values) for k in 1:length(align)])
        end
        j += 1
    end
    (Table(rows, align), j)
end

# A value in front of a text is a block of its own; the text goes on behind it.
function value_block(lines, i, values)
    values && startswith(lines[i], '$') || return nothing
    r = formula_or_value(lines[i], 1, values)
    r isa Tuple{Interpolation,Int} || return nothing
    rest = lstrip(SubString(lines[i], r[2]))
    isempty(rest) && return (r[1], i + 1)
    lines[i] = rest
    (r[1], i)
end
function text_block(lines, i, values)
    j = i + 1
    while j <= length(lines) && !isblank(lines[j])
        if occursin(r"^ {0,3}(=+|-+) *$", lines[j]) && j == i + 1
            return (Header{lstrip(lines[j])[1] == '=' ? 1 : 2}(parse_inline(String(strip(lines[i])), values)), j + 1)
        end
        starts_block(lines[j]) && break
        j += 1
    end
    text = join((strip(l) for l in lines[i:j-1]), '\n')
    if startswith(text, "\$\$") && endswith(text, "\$\$") && length(text) > 4
        return (LaTeX(String(strip(text[3:end-2]))), j)
    end
    parts = parse_inline(text, values)
    length(parts) == 1 && parts[1] isa LaTeX && startswith(text, '\$') && return (parts[1], j)
    (Paragraph(Any[p isa String ? replace(p, '\n' => ' ') : p for p in parts]), j)
end
