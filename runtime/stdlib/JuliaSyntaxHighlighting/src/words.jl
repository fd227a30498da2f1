# Code taken apart into words by the look of their beginnings.

# A word: its kind, its text, and where its first and its last byte are.
struct Word
    kind::Symbol
    text::String
    from::Int
    to::Int
end
Word(kind, text, from) = Word(kind, text, from, from + ncodeunits(text) - 1)
const blank = Word(:space, "", 0, 0)

# What may stand at a place, the first that fits.
const forms = [
    :space => r"\G[ \t\r]+", :newline => r"\G\n", :comment => r"\G#(?!=)[^\n]*",
    :macro => r"\G@[^\s()\[\]{},;\"'`]+", :symbol => r"\G(?<![\w\)\]}:]):[A-Za-z_\x{80}-\x{10ffff}][\w!\x{80}-\x{10ffff}]*",
    :char => r"\G(?<![\w\)\]}'.])'(?:\\[^\n]+?|[^\\'\n])'",
    :number => r"\G(?:0x[0-9a-fA-F_]+|0b[01_]+|0o[0-7_]+|(?:\d[\d_]*\.?(?![.A-Za-z_])[\d_]*|\.\d[\d_]*|\d[\d_]*)(?:[eEf][+-]?\d+)?)",
    :word => r"\G[A-Za-z_\x{a1}-\x{ab}\x{ae}-\x{b0}\x{b2}-\x{d6}\x{d8}-\x{f6}\x{f8}-\x{2061}\x{2070}-\x{218f}\x{1f300}-\x{1faff}][\w!\x{b2}\x{b3}\x{b9}\x{2032}-\x{2034}\x{2070}-\x{209c}\x{c0}-\x{d6}\x{d8}-\x{f6}\x{f8}-\x{1fff}]*",
    :open => r"\G[(\[{]", :close => r"\G[)\]}]",
    :operator => r"\G(?:\.\.\.|===|!==|>>>=|<<=|>>=|>>>|->|<:|>:|::|=>|==|!=|<=|>=|&&|\|\||\|>|<\||[-+*/÷%^&|⊻\\]=|//|<<|>>|[-+*/÷%^&|~!<>=?:.,;\\'$]|[\x{2190}-\x{2bff}\x{d7}\x{ac}\x{b1}])"]

function words(code::String)
    found = Word[]
    at = 1
    while at <= ncodeunits(code)
        w = something(text_at(code, at), comment_at(code, at), word_at(code, at))
        w isa Vector ? append!(found, w) : push!(found, w)
        at = (w isa Vector ? w[end] : w).to + 1
    end
    filter!(w -> w.kind !== :space, found)
end
function word_at(code, at)
    for (kind, form) in forms
        m = match(form, code, at)
        m === nothing && continue
        kind === :word && endswith(m.match, '!') && startswith(SubString(code, at + ncodeunits(m.match)), r"=(?!=)") && (m = match(r"\G[^!]+", code, at))
        return Word(kind, m.match, at)
    end
    Word(:space, string(code[at]), at)
end

# A comment of several lines, which may hold others; nothing if none begins here.
function comment_at(code, at)
    startswith(SubString(code, at), "#=") || return nothing
    depth, ends = 0, at
    for m in eachmatch(r"#=|=#", SubString(code, at))
        depth += m.match == "#=" ? 1 : -1
        ends = at + m.offset
        depth == 0 && break
    end
    depth == 0 || (ends = lastindex(code))
    Word(:comment, code[at:ends], at)
end

# A text, with what stands before its quotes; the quotes are words of their own. nothing if none begins here.
function text_at(code, at)
    m = match(r"\G([A-Za-z_]\w*)?(\"\"\"|\"|```|`)", code, at)
    m === nothing && return nothing
    name, quotes = something(m[1], ""), m[2]
    begins = at + ncodeunits(name)
    inside = begins + ncodeunits(quotes)
    ends = inside
    while ends <= ncodeunits(code) && !startswith(SubString(code, ends), quotes)
        code[ends] == '\\' && ends < ncodeunits(code) && (ends = nextind(code, ends))
        ends = nextind(code, ends)
    end
    ticks = quotes[1] == '`'
    delim = ticks ? :cmdstring : :string_delim
    parts = Word[]
    isempty(name) || push!(parts, Word(:macro, name, at))
    push!(parts, Word(delim, quotes, begins))
    ends > inside && push!(parts, Word(ticks ? :cmdstring : :string, code[inside:prevind(code, ends)], inside))
    ends <= ncodeunits(code) && push!(parts, Word(delim, quotes, ends))
    parts
end
