# Styled text as HTML.

const html_colors = Dict{Symbol,String}(:black => "#1c1a23", :red => "#a51c2c", :green => "#25a268", :yellow => "#e5a509", :blue => "#195eb3",
    :magenta => "#803d9b", :cyan => "#0097a7", :white => "#dddcd9", :bright_black => "#76757a", :grey => "#76757a", :gray => "#76757a",
    :bright_red => "#ed333b", :bright_green => "#33d079", :bright_yellow => "#f6d22c", :bright_blue => "#3583e4",
    :bright_magenta => "#bf60ca", :bright_cyan => "#26c6da", :bright_white => "#f6f5f4")
const html_weights = Dict{Symbol,Int}(:thin => 100, :extralight => 200, :light => 300, :semilight => 300, :normal => 400, :medium => 500,
    :semibold => 600, :bold => 700, :extrabold => 800, :black => 900)

"""
    htmlcolor(io, color)

Write a colour as CSS has it.
"""
function htmlcolor(io::IO, c::SimpleColor)
    c.value isa RGBTuple && return print(io, '#', hex_color(c.value))
    c.value === :default && return print(io, "initial")
    own = get(FACES.current[], c.value, getface()).foreground
    own != c && own !== nothing ? htmlcolor(io, own) : print(io, get(html_colors, c.value, "initial"))
end
css_color(c) = sprint(htmlcolor, c)

"""
    cssattrs(io, face, last=getface(), escapequotes=true)

Write the CSS that makes text in the face `last` look like `face`.
"""
function cssattrs(io::IO, face::Face, last::Face=getface(), escapequotes::Bool=true)
    items = Pair{String,Any}[]
    quoted = escapequotes ? "&quot;" : "\""
    face.font == last.font || push!(items, "font-family" => quoted * replace(face.font, '"' => "\\&quot;", '\'' => "&#39;") * quoted)
    face.height == last.height || push!(items, "font-size" => string(face.height ÷ 10, "pt"))
    face.weight == last.weight || push!(items, "font-weight" => get(html_weights, face.weight, 400))
    face.slant == last.slant || push!(items, "font-style" => face.slant)
    fore, back = shown_colors(face)
    lastfore, lastback = shown_colors(last)
    fore == lastfore || push!(items, "color" => css_color(fore))
    back == lastback || push!(items, "background-color" => css_color(back))
    face.underline == last.underline || push!(items, "text-decoration" => css_underline(face.underline, last.underline))
    if face.strikethrough != last.strikethrough && (face.strikethrough || face.underline === false)
        push!(items, "text-decoration" => face.strikethrough ? "line-through" : "none")
    end
    join(io, (string(name, ": ", value) for (name, value) in items), "; ")
end
shown_colors(f) = f.inverse === true ? (f.background, f.foreground) : (f.foreground, f.background)
const css_underlines = (straight="solid ", double="double ", curly="wavy ", dotted="dotted ", dashed="dashed ")
function css_underline((color, style)::Tuple, last)
    string(color === nothing ? "" : css_color(color) * " ", get(css_underlines, style, ""), "underline")
end
css_underline(color::SimpleColor, last) =
    string(css_color(color), last isa Tuple && last[2] !== :straight ? " solid" : "", " underline")
function css_underline(on, last)
    color, style = last isa Tuple ? last : (last, :straight)
    string(color isa SimpleColor ? "currentcolor " : "", style === :straight ? "" : "straight ", on === true ? "underline" : "none")
end

"""
    htmlstyle(io, face, last=getface())

Open a `<span>` in which text looks like `face`.
"""
function htmlstyle(io::IO, face::Face, last::Face=getface())
    print(io, "<span style=\"")
    cssattrs(io, face, last)
    print(io, "\">")
end

function Base.show(io::IO, ::MIME"text/html", s::AnyAnnotated)
    out = IOBuffer()
    last = getface()
    open = 0
    for (text, list) in eachregion(s)
        face = getface(list)
        link = link_of(list)
        link === nothing || print(out, "<a href=\"", link, "\">")
        plain = face == getface()
        # Colours cannot be taken back, only begun anew.
        if plain || (last.inverse, last.foreground, last.background) != (face.inverse, face.foreground, face.background)
            print(out, "</span>"^open)
            open = 0
            last = getface()
        end
        if !plain
            htmlstyle(out, face, last)
            open += 1
        end
        print(out, replace(text, '&' => "&amp;", '<' => "&lt;", '>' => "&gt;"))
        link === nothing || print(out, "</a>")
        last = face
    end
    print(out, "</span>"^open)
    write(io, take!(out))
    nothing
end
