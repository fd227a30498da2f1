# The markup of styled"..." literals: {bold,key=value,(fg=red):text}, read by descent.
module StyledMarkup

using Base: AnnotatedString, RegionAnnotation, AnyAnnotated, annotations, annotatedstring, unannotate
using ..StyledStrings: Face, SimpleColor, underline_styles

export @styled_str, styled

const weights = ("thin", "extralight", "light", "semilight", "normal", "medium", "semibold", "bold", "extrabold", "black")
const slants = ("italic", "oblique", "normal")
const face_keys = ("font", "foreground", "fg", "background", "bg", "height", "weight", "slant", "underline", "strikethrough", "inverse", "inherit")
const later_keys = ("shape", "style", "variant", "features", "alpha")

"What is wrong in a markup: a message, the index before the place, and a word about the place."
const Problem = NamedTuple{(:message, :position, :hint),Tuple{AnnotatedString{String},Int,String}}

"""
    MalformedStylingMacro

What reading a styled string's markup throws, with all that is wrong in it.
"""
struct MalformedStylingMacro <: Exception
    raw::String
    problems::Vector{Problem}
end

# A label and a value for all that is read while it is open, and where that began in the
# present piece of text.
mutable struct Style
    label::Any
    value::Any
    place::Int
    from::Int
end

# Reading one markup. In a macro the values of interpolations are expressions. The pieces are texts,
# each with its styles, and interpolations.
mutable struct Reader
    text::String
    at::Int
    in_macro::Bool
    interpolations::Int
    open::Vector{Vector{Style}}
    piece::IOBuffer
    styles::Vector{Tuple{UnitRange{Int},Any,Any}}
    pieces::Vector{Any}
    problems::Vector{Problem}
end
Reader(text::String, in_macro::Bool) = Reader(text, firstindex(text), in_macro, 0, Vector{Style}[], IOBuffer(), [], [], Problem[])

struct TextPiece
    text::String
    styles::Vector{Tuple{UnitRange{Int},Any,Any}}
end
struct ValuePiece
    value::Any
    styles::Vector{Tuple{Any,Any}}
end

done(r::Reader) = r.at > ncodeunits(r.text)
next(r::Reader) = done(r) ? '\0' : r.text[r.at]
function take(r::Reader)
    c = r.text[r.at]
    r.at = nextind(r.text, r.at)
    c
end
blank(c) = c in (' ', '\t', '\n', '\r')
function skip_blanks(r::Reader)
    while blank(next(r))
        take(r)
    end
end
function take_while(f, r::Reader)
    from = r.at
    while !done(r) && f(next(r))
        take(r)
    end
    r.text[from:prevind(r.text, r.at)]
end
# Note what is wrong behind the byte `position`; `at` is a part of the message to point out.
problem(r::Reader, message, position=max(r.at - 2, 0), hint="around here"; at=1:0) =
    push!(r.problems, (message=AnnotatedString(message, isempty(at) ? [] : [(at, :face, :warning)]), position=position, hint=hint))
fail(r::Reader, what...; opts...) = (problem(r, what...; opts...); throw(MalformedStylingMacro(r.text, r.problems)))

function read_markup(text::String, in_macro::Bool)
    r = Reader(text, in_macro)
    while !done(r)
        at = r.at
        c = take(r)
        if c == '\\'
            read_escape(r)
        elseif c == '$' && in_macro
            value = read_expression(r, at)
            end_piece(r)
            push!(r.pieces, ValuePiece(value, [(s.label, s.value) for group in r.open for s in group]))
        elseif c == '{'
            read_styles(r, at)
        elseif c == '}'
            isempty(r.open) ? fail(r, "Contains extraneous style terminations", at - 1, "right here") : close_styles(r)
        else
            print(r.piece, c)
        end
    end
    for group in r.open, s in group
        problem(r, "Unterminated annotation (missing closing '}')", s.place - 1, "starts here"; at=43:43)
    end
    isempty(r.problems) || throw(MalformedStylingMacro(r.text, r.problems))
    end_piece(r)
    r
end

function read_escape(r::Reader)
    c = next(r)
    if c in ('{', '}') || c == '$' && r.in_macro
        print(r.piece, take(r))
    elseif c in ('\n', '\r')
        take(r) == '\r' && next(r) == '\n' && take(r)
        take_while(c -> c in (' ', '\t'), r)
    else
        print(r.piece, '\\')
    end
end

# The expression behind the $ at index `at`.
function read_expression(r::Reader, at)
    done(r) && fail(r, "Identifier or parenthesised expression expected after \$ in string", at - 1, "right here"; at=55:55)
    ex, r.at = Meta.parse(r.text, r.at; greedy=false)
    r.interpolations += 1
    esc(ex)
end

## pieces

function open_styles(r::Reader, group)
    push!(r.open, group)
    for s in group
        s.from = r.piece.size + 1
        push!(r.styles, (s.from:typemax(Int), s.label, s.value))
    end
end
# The styles of the last group end here: theirs are the last entries without an end.
function close_styles(r::Reader)
    for s in reverse(pop!(r.open))
        k = findlast(e -> last(e[1]) == typemax(Int), r.styles)
        r.styles[k] = (s.from:r.piece.size, s.label, s.value)
    end
end
# End a piece of text; what is open goes on in the next.
function end_piece(r::Reader)
    n = r.piece.size
    if n > 0
        styles = [(first(range):min(last(range), n), label, value) for (range, label, value) in r.styles]
        push!(r.pieces, TextPiece(String(take!(r.piece)), filter(e -> !isempty(e[1]), styles)))
    end
    empty!(r.styles)
    for group in r.open, s in group
        s.from = 1
        push!(r.styles, (1:typemax(Int), s.label, s.value))
    end
end

## styles

# From behind the { at index `at` to behind the colon.
function read_styles(r::Reader, at)
    group = Style[]
    while true
        skip_blanks(r)
        done(r) && fail(r, "Incomplete annotation declaration", at - 1, "starts here")
        c = next(r)
        if c == ':'
            take(r)
            return open_styles(r, group)
        elseif c == '('
            read_face(r, group, at)
        else
            read_named(r, group, at)
        end
        skip_blanks(r)
        done(r) && fail(r, "Incomplete annotation declaration", at - 1, "starts here")
        next(r) == ',' ? take(r) : next(r) == ':' || fail(r, "Malformed styled string construct")
    end
end

interpolated(r::Reader) = r.in_macro && next(r) == '$'
take_expression(r::Reader) = (at = r.at; take(r); read_expression(r, at))

# The name of a face, or key=value.
function read_named(r::Reader, group, at)
    key = interpolated(r) ? take_expression(r) : rstrip(take_while(!in((',', '=', ':')), r))
    skip_blanks(r)
    if next(r) == '='
        take(r)
        skip_blanks(r)
        value = next(r) == '{' ? read_braced(r) : interpolated(r) ? take_expression(r) : take_while(!in((',', ':')), r)
        push!(group, Style(key isa AbstractString ? Symbol(key) : key, value, at, 0))
    elseif key != ""
        push!(group, Style(:face, key isa AbstractString ? Symbol(key) : key, at, 0))
    end
end
function read_braced(r::Reader)
    take(r)
    out = IOBuffer()
    while !done(r)
        c = take(r)
        c == '}' && break
        if c == '\\' && (next(r) in ('\\', '{', '}') || interpolated(r))
            c = take(r)
        end
        print(out, c)
    end
    String(take!(out))
end

# (key=value, ...): a face.
function read_face(r::Reader, group, at)
    take(r)
    settings = Pair{Symbol,Any}[]
    before = r.interpolations
    while true
        skip_blanks(r)
        next(r) == ')' && break
        start = r.at
        key = take_while(c -> 'a' <= c <= 'z', r)
        skip_blanks(r)
        next(r) == '=' || fail(r, "Keyword argument has no value", start - 1)
        take(r)
        skip_blanks(r)
        done(r) && break
        name = key == "fg" ? :foreground : key == "bg" ? :background : Symbol(key)
        value = interpolated(r) ? take_expression(r) : read_setting(r, key, start)
        any(p -> p.first === name, settings) && problem(r, "Contains repeated face key '$key'", start - 1; at=29:28+ncodeunits(key))
        push!(settings, name => value)
        skip_blanks(r)
        next(r) == ',' ? take(r) : next(r) == ')' || break
    end
    done(r) && fail(r, "Incomplete inline face declaration")
    next(r) == ')' ? take(r) : fail(r, "Malformed styled string construct")
    isempty(settings) && return
    isempty(r.problems) || throw(MalformedStylingMacro(r.text, r.problems))
    face = r.interpolations == before ? Face(; settings...) :
        Expr(:call, Face, (Expr(:kw, p.first, p.second isa Symbol ? QuoteNode(p.second) : p.second) for p in settings)...)
    push!(group, Style(:face, face, at, 0))
end
word(r::Reader) = take_while(c -> !blank(c) && c != ',' && c != ')', r)
function read_setting(r::Reader, key, start)
    if key == "font"
        next(r) == '"' || return take_while(!in((',', ')')), r)
        value, r.at = Meta.parse(r.text, r.at; greedy=false)
        value
    elseif key == "height"
        text = word(r)
        something(tryparse(Int, text), tryparse(Float64, text), Some(nothing)) isa Real && return something(tryparse(Int, text), tryparse(Float64, text))
        problem(r, "Invalid height '$text', should be a natural number or positive float", start - 1; at=17:16+ncodeunits(text))
    elseif key == "weight"
        chosen(r, key, weights, start)
    elseif key == "slant"
        chosen(r, key, slants, start)
    elseif key in ("foreground", "fg", "background", "bg")
        color(word(r))
    elseif key in ("strikethrough", "inverse")
        get(flags, word(r), nothing)
    elseif key == "underline"
        next(r) == '(' ? read_underline(r) : underline(word(r))
    elseif key == "inherit"
        read_inherit(r)
    elseif key in later_keys
        word(r)
        nothing
    else
        problem(r, "Uses unrecognised face key '$key'. Recognised keys are: $(join(face_keys, ", ", ", and "))", start - 1; at=29:28+ncodeunits(key))
        word(r)
        nothing
    end
end
const flags = Dict("true" => true, "false" => false)
function chosen(r::Reader, key, allowed, start)
    text = word(r)
    text in allowed || problem(r, "Invalid $key '$text' (should be $(join(allowed, ", ", ", or ")))", start - 1; at=11+ncodeunits(key):10+ncodeunits(key)+ncodeunits(text))
    Symbol(text)
end
function color(text)
    text == "nothing" && return nothing
    startswith(text, "0x") && length(text) == 8 && (text = "#" * text[3:end])
    startswith(text, '#') ? tryparse(SimpleColor, text) : SimpleColor(Symbol(text))
end
underline(text) = text in ("", "nothing") ? nothing : haskey(flags, text) ? flags[text] : Symbol(text) in underline_styles ? Symbol(text) : color(text)
# (colour, style)
function read_underline(r::Reader)
    start = r.at
    take(r)
    skip_blanks(r)
    hue = interpolated(r) ? take_expression(r) : (text = word(r); text == "" ? nothing : color(text))
    skip_blanks(r)
    next(r) == ',' || fail(r, "Malformed underline value, should be (<color>, <style>)", start - 1)
    take(r)
    skip_blanks(r)
    if interpolated(r)
        style = take_expression(r)
    else
        text = word(r)
        style = Symbol(text)
        style in underline_styles || problem(r, "Invalid underline style '$text' (should be $(join(underline_styles, ", ", ", or ")))", start - 1; at=26:25+ncodeunits(text))
    end
    skip_blanks(r)
    next(r) == ')' || fail(r, "Malformed underline value, should be (<color>, <style>)", start - 1)
    take(r)
    hue isa Expr || style isa Expr ? Expr(:tuple, hue, style isa Symbol ? QuoteNode(style) : style) : (hue, style)
end
# A name, or [name, ...]
function read_inherit(r::Reader)
    name() = (skip_blanks(r); next(r) == ':' && take(r); Symbol(rstrip(take_while(!in((',', ']', ')')), r))))
    next(r) == '[' || return [name()]
    take(r)
    names = Symbol[]
    while true
        skip_blanks(r)
        next(r) == ']' && break
        push!(names, name())
        next(r) == ',' ? take(r) : break
    end
    next(r) == ']' && take(r)
    names
end

## the string

# The string of pieces without interpolations.
plain_string(r::Reader) = merge_annotations!(annotatedstring((AnnotatedString(p.text, p.styles) for p in r.pieces)...))

"""
    merge_annotations!(s)

Make one of annotations with the same label and value that follow each other.
"""
function merge_annotations!(s::AnnotatedString)
    list = annotations(s)
    latest = Dict{Tuple{Symbol,Any},Int}()
    kept = RegionAnnotation[]
    for a in list
        k = get(latest, (a.label, a.value), 0)
        if k > 0 && last(kept[k].region) + 1 == first(a.region)
            kept[k] = (region=first(kept[k].region):last(a.region), label=a.label, value=a.value)
        else
            push!(kept, a)
            latest[(a.label, a.value)] = length(kept)
        end
    end
    copy!(list, kept)
    s
end

# An interpolated value, as text in these styles.
function styled_value(x, styles...)
    text = x isa AnyAnnotated ? annotatedstring(x) : annotatedstring(string(x))
    n = ncodeunits(text)
    n == 0 && return AnnotatedString("")
    AnnotatedString(unannotate(text), vcat(RegionAnnotation[(region=1:n, label=label, value=value) for (label, value) in styles], annotations(text)))
end

literal(x) = x isa Symbol ? QuoteNode(x) : x
piece_expr(p::TextPiece) =
    isempty(p.styles) ? p.text : :(AnnotatedString($(p.text), [$((:(($range, $(literal(label)), $(literal(value)))) for (range, label, value) in p.styles)...)]))
piece_expr(p::ValuePiece) =
    isempty(p.styles) ? p.value : :(styled_value($(p.value), $((:(($(literal(label)), $(literal(value)))) for (label, value) in p.styles)...)))

"""
    styled"text {bold:text} {(fg=#9558b2),link={https://julialang.org}:text} \$value"

Text with styles: what stands between `{...:` and `}` is in the faces that are named there, or
described in parentheses, and has the values that are given for other labels. A value
with special characters stands in braces. `\\{` and `\\}` are braces. Values, faces and
labels may be interpolated. See `StyledStrings.Face` for what a face can say.
"""
macro styled_str(raw::String)
    content = unescape_string(Base.escape_raw_string(raw), ('{', '}', '$', '\n', '\r'))
    r = read_markup(content, true)
    r.interpolations == 0 && return plain_string(r)
    parts = map(piece_expr, r.pieces)
    length(parts) == 1 ? :(annotatedstring($(parts[1]))) : :(merge_annotations!(annotatedstring($(parts...))))
end

"""
    styled(text)

What `styled"..."` makes, of a text that is known only when the program runs; without
interpolation.
"""
styled(text::AbstractString) = plain_string(read_markup(String(text), false))

function Base.showerror(io::IO, e::MalformedStylingMacro)
    println(io, "MalformedStylingMacro")
    bar = styled("{error:│}")
    for p in e.problems
        room = displaysize(stderr)[2] ÷ 3
        from = thisind(e.raw, max(firstindex(e.raw), p.position - room))
        to = thisind(e.raw, min(lastindex(e.raw), p.position + room))
        before, behind = from > firstindex(e.raw) ? "…" : "", to < lastindex(e.raw) ? "…" : ""
        window = escape_string(e.raw[from:to])
        lead = textwidth(before) + textwidth(escape_string(e.raw[from:thisind(e.raw, min(p.position, to))]))
        println(io, bar, " ", p.message, ":")
        println(io, bar, "  ", merge_annotations!(styled_value(annotatedstring("\"", styled_value(before, (:face, :shadow)), window, styled_value(behind, (:face, :shadow)), "\""), (:face, :bright_green))))
        println(io, bar, "  ", " "^(1 + lead), styled_value("╰─╴" * p.hint, (:face, :info)))
    end
    n = length(e.problems)
    println(io, styled("{error:┕} "), styled_value(string(n, n == 1 ? " issue" : " issues"), (:face, :light), (:face, :italic)))
end

end
