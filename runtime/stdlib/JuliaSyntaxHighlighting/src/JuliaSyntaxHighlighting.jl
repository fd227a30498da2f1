# JuliaSyntaxHighlighting: code with faces. words.jl takes code apart into words; here each gets its face.

"""
    JuliaSyntaxHighlighting

Code as text with faces, to be shown in colours: `highlight(code)`.
"""
module JuliaSyntaxHighlighting

using StyledStrings: Face, addface!
using Base: AnnotatedString, annotate!

public highlight, highlight!

include("words.jl")

# The faces, which user's settings may change.
const HIGHLIGHT_FACES = Pair{Symbol,Face}[
    (Symbol("julia_", n) => Face() for n in (:macro, :symbol, :singleton_identifier, :type, :typedec, :regex, :backslash_literal, :cmdstring, :number, :bool,
        :funcall, :broadcast, :builtin, :operator, :comparator, :assignment, :parentheses))...,
    :julia_comment => Face(foreground=:grey), :julia_string => Face(foreground=:green), :julia_string_delim => Face(foreground=:julia_string),
    :julia_char => Face(inherit=:julia_string), :julia_char_delim => Face(inherit=:julia_string_delim), :julia_keyword => Face(foreground=:red),
    :julia_unpaired_parentheses => Face(inherit=[:julia_error, :julia_parentheses]), :julia_error => Face(background=:red),
    (Symbol("julia_rainbow_", kind, '_', i) => Face(inherit=i <= own ? :julia_parentheses : Symbol("julia_rainbow_", kind, '_', mod1(i, own)))
        for (kind, own) in (:paren => 3, :bracket => 2, :curly => 2) for i in 1:6)...]
__init__() = foreach(addface!, HIGHLIGHT_FACES)

const depths = 6
const keywords = Set(split("baremodule begin break catch const continue do else elseif end export finally for function global if import let local macro module mutable outer primitive public quote return struct try using while abstract type where as"))
const types = Set(string(n) for m in (Base, Core) for n in names(m) if isdefined(m, n) && getglobal(m, n) isa Type)
const builtins = Set(string(n) for n in names(Core) if isdefined(Core, n) && getglobal(Core, n) isa Core.Builtin)
const comparisons = Set(split("== != < > <= >= ≤ ≥ ≠ ∈ ∉ ∋ ⊆ ⊇ ⊂ ⊃ ≈ ≉ ≡ !== >:"))

"""
    highlight(code; syntax_errors=false)

Code, a text or what is in a stream, as text with faces.
"""
highlight(io::IO; kw...) = highlight(read(io, String); kw...)
highlight(code::AbstractString; kw...) = highlight!(AnnotatedString(String(code)); kw...)
"""
    highlight!(text; syntax_errors=false)

Give a text with annotations the faces of code.
"""
function highlight!(text::AnnotatedString; syntax_errors::Bool=false)
    each_face((region, face) -> annotate!(text, region, :face, face), String(text))
    text
end
function highlight!(text::SubString{<:AnnotatedString}; syntax_errors::Bool=false)
    each_face((region, face) -> annotate!(text, region, :face, face), String(text))
    text
end

# Call put(region, face) for each word of code that has a face.
function each_face(put, code)
    all = words(code)
    open = Dict(:paren => 0, :bracket => 0, :curly => 0)
    for (i, w) in enumerate(all)
        face = face_of(all, i, open, code)
        face === nothing || put(w.from:w.to, face)
        w.kind === :string && foreach(m -> put(w.from+m.offset-1:w.from+m.offset+ncodeunits(m.match)-2, :julia_backslash_literal), eachmatch(r"\\.", w.text))
    end
end
function face_of(all, i, open, code)
    w = all[i]
    k = w.kind
    before, after = i > 1 ? all[i-1] : blank, i < length(all) ? all[i+1] : blank
    touches = after.from == w.to + 1
    k === :open && return nested(open, w.text, 1)
    k === :close && return nested(open, w.text, -1)
    k === :operator && return operator_face(w.text)
    k === :word || return k === :newline ? nothing : Symbol("julia_", k)
    w.text in keywords && before.text != "." ? :julia_keyword :
    w.text in ("true", "false") ? :julia_bool : w.text in ("nothing", "missing") ? :julia_singleton_identifier : w.text == "NaN" ? :julia_number :
    w.text in ("in", "isa") ? (w.text == "isa" ? :julia_builtin : in_loop(all, i) ? :julia_keyword : :julia_comparator) :
    touches && after.text == "(" || touches && after.text == "." && i + 2 <= length(all) && all[i+2].text == "(" && all[i+2].from == after.to + 1 ?
        (w.text in builtins ? :julia_builtin : :julia_funcall) :
    w.text in types || before.text in ("::", "<:") ? :julia_type : nothing
end
function nested(open, text, change)
    kind = text in ("(", ")") ? :paren : text in ("[", "]") ? :bracket : :curly
    depth = change > 0 ? (open[kind] += 1) : open[kind]
    change < 0 && (open[kind] = max(0, depth - 1))
    depth <= 0 ? :julia_unpaired_parentheses : Symbol("julia_rainbow_", kind, '_', mod1(depth, depths))
end
operator_face(op) = op == "::" ? :julia_typedec : op == "=" ? :julia_assignment : op in ("&&", "||", "<:", "===") ? :julia_builtin : op == "->" ? :julia_keyword :
    op in comparisons ? :julia_comparator : op in (",", ";", ".", ":") ? nothing :
    endswith(op, "=") ? :julia_assignment : :julia_operator
# Whether an `in` stands in the head of a loop.
function in_loop(all, i)
    for j in i-1:-1:1
        all[j].text == "for" && return true
        all[j].text in ("\n", ";", "if", "while", "&&", "||", "=") && return false
    end
    false
end

end
