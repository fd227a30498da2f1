# Styled text in terminals.

const ansi_colors = Dict{Symbol,Int}(:black => 0, :red => 1, :green => 2, :yellow => 3, :blue => 4, :magenta => 5, :cyan => 6, :white => 7,
    :bright_black => 8, :grey => 8, :gray => 8, :bright_red => 9, :bright_green => 10, :bright_yellow => 11, :bright_blue => 12,
    :bright_magenta => 13, :bright_cyan => 14, :bright_white => 15)

"""
    ansi_4bit_color_code(name, background=false)

The number that sets a terminal's colour of this name; for an unknown one it sets the default.
"""
function ansi_4bit_color_code(name::Symbol, background::Bool=false)
    code = get(ansi_colors, name, nothing)
    (code === nothing ? 39 : code < 8 ? 30 + code : 82 + code) + 10background
end

# What the terminal can do, as its name tells.
struct Terminal
    italics::Bool
    dim::Bool
    strikethrough::Bool
    underlines::Bool
    truecolor::Bool
end
function this_terminal()
    name = get(ENV, "TERM", "")
    plain = name in ("dumb", "linux", "ansi") || startswith(name, "vt")
    Terminal(!plain, !plain, !plain, any(t -> startswith(name, t), ("xterm-kitty", "alacritty", "wezterm", "foot", "contour", "ghostty")),
        get(ENV, "COLORTERM", "") in ("truecolor", "24bit"))
end

# The nearest of the 256 colours: of a cube of six levels each way, or of 24 greys.
function color_number(c::RGBTuple)
    levels = (0, 95, 135, 175, 215, 255)
    rgb = (Int(c.r), Int(c.g), Int(c.b))
    cube = map(v -> max(0, (v - 35) ÷ 40), rgb)
    near = map(k -> levels[k+1], cube)
    at = 16 + 36cube[1] + 6cube[2] + cube[3]
    near == rgb && return at
    step = min(23, max(0, (sum(rgb) ÷ 3 - 3) ÷ 10))
    grey = 8 + 10step
    color_distance(rgb, (grey, grey, grey)) <= color_distance(rgb, near) ? 232 + step : at
end
# How different two colours look, about: eyes see green best, and red less the darker it is.
function color_distance((r, g, b), (r2, g2, b2))
    red = (r + r2) / 2
    (2 + r / 256) * (r - r2)^2 + 4 * (g - g2)^2 + (2 + (255 - red) / 256) * (b - b2)^2
end

"""
    termcolor8bit(io, rgb, category)
    termcolor24bit(io, rgb, category)

Set the foreground (category `'3'`), background (`'4'`) or underline colour (`'5'`), on
terminals with 256 colours, or with all.
"""
termcolor8bit(io::IO, c::RGBTuple, category::Char) = print(io, "\e[", category, "8;5;", color_number(c), 'm')
termcolor24bit(io::IO, c::RGBTuple, category::Char) =
    print(io, "\e[", category, "8;2;", Int(c.r), ';', Int(c.g), ';', Int(c.b), 'm')

"""
    termcolor(io, color, category)

Set the colour of the category, or with nothing set it back.
"""
termcolor(io::IO, ::Nothing, category::Char) = print(io, "\e[", category, "9m")
function termcolor(io::IO, c::SimpleColor, category::Char, t::Terminal=this_terminal())
    name = c.value
    if name isa RGBTuple
        t.truecolor ? termcolor24bit(io, name, category) : termcolor8bit(io, name, category)
    elseif name === :default
        termcolor(io, nothing, category)
    else
        own = get(FACES.current[], name, getface()).foreground
        if own != c && own !== nothing
            termcolor(io, own, category, t)
        elseif category == '5'
            print(io, haskey(ansi_colors, name) ? "\e[58;5;$(ansi_colors[name])m" : "\e[59m")
        else
            print(io, "\e[", ansi_4bit_color_code(name, category == '4'), 'm')
        end
    end
end

"""
    termstyle(io, face, last=getface())

Write what brings a terminal from one face to another.
"""
function termstyle(io::IO, face::Face, last::Face=getface(), t::Terminal=this_terminal())
    face.foreground == last.foreground || termcolor(io, face.foreground, '3', t)
    face.background == last.background || termcolor(io, face.background, '4', t)
    face.weight == last.weight || print(io, weight_code(face.weight, last.weight, t))
    sloped, was_sloped = face.slant in (:italic, :oblique), last.slant in (:italic, :oblique)
    if face.slant != last.slant
        if t.italics
            print(io, sloped ? "\e[3m" : "\e[23m")
        elseif sloped ? !underlined(face) : !underlined(last)
            print(io, sloped ? "\e[4m" : "\e[24m")
        end
    end
    face.underline == last.underline || underline_code(io, face.underline, last.underline, t)
    face.strikethrough == last.strikethrough || !t.strikethrough || print(io, face.strikethrough === true ? "\e[9m" : "\e[29m")
    face.inverse == last.inverse || print(io, face.inverse === true ? "\e[7m" : "\e[27m")
    nothing
end
termcolor(io::IO, ::Nothing, category::Char, ::Terminal) = termcolor(io, nothing, category)
underlined(f) = !(f.underline === nothing || f.underline === false)
function weight_code(weight, last, t)
    heavy = weight in (:medium, :semibold, :bold, :extrabold, :black)
    light = weight in (:semilight, :light, :extralight, :thin)
    code = heavy ? "\e[1m" : light ? (t.dim ? "\e[2m" : "") : "\e[22m"
    last != :normal && weight != :normal ? "\e[22m" * code : code
end
function underline_code(io, underline, last, t)
    colored(u) = u isa SimpleColor || u isa Tuple && u[1] isa SimpleColor
    if !t.underlines
        print(io, underline !== false ? "\e[4m" : "\e[24m")
    elseif underline isa Tuple
        color, style = underline
        print(io, "\e[4:", something(findfirst(==(style), underline_styles), 0), 'm')
        color === nothing || termcolor(io, color, '5', t)
    elseif underline isa SimpleColor
        last isa SimpleColor || last === true || print(io, "\e[4m")
        termcolor(io, underline, '5', t)
    else
        colored(last) && print(io, "\e[59m")
        print(io, underline === true ? "\e[4m" : "\e[24m")
    end
end

function Base.ansi_write(f::Function, io::IO, s::AnyAnnotated)
    get(io, :color, false)::Bool || return f(io, unannotate(s))
    out = IOBuffer()
    t = this_terminal()
    last = getface()
    for (text, list) in eachregion(s)
        face = getface(list)
        link = link_of(list)
        link === nothing || print(out, "\e]8;;", link, "\e\\")
        termstyle(out, face, last, t)
        f(out, text)
        link === nothing || print(out, "\e]8;;\e\\")
        last = face
    end
    termstyle(out, getface(), last, t)
    write(io, take!(out))
end
function Base.ansi_write(f::Function, io::IO, c::AnnotatedChar)
    get(io, :color, false) === true || return f(io, c.char)
    t = this_terminal()
    termstyle(io, getface(c), getface(), t)
    n = f(io, c.char)
    termstyle(io, getface(), getface(c), t)
    n
end
# Where text with these annotations leads to, if anywhere.
function link_of(list)
    k = findfirst(a -> a.label === :link, list)
    k === nothing ? nothing : string(list[k].value)
end
