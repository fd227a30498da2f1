# The colours of printstyled, and of the environment, as faces.
module Legacy

using ..StyledStrings: SimpleColor, Face, AnnotatedIOBuffer, loadface!, face!, annotatedstring

# Colour n of a terminal that has 256.
function numbered_color(n::Int)
    0 <= n <= 255 || return nothing
    if n < 16
        n == 7 && return SimpleColor(0x00c0c0c0)
        n == 8 && return SimpleColor(0x00808080)
        part(bit) = n & bit == 0 ? 0 : n < 8 ? 128 : 255
        SimpleColor(part(1), part(2), part(4))
    elseif n < 232
        level(k) = k == 0 ? 0 : 55 + 40k
        SimpleColor(level((n - 16) ÷ 36), level((n - 16) ÷ 6 % 6), level((n - 16) % 6))
    else
        grey = 8 + 10 * (n - 232)
        SimpleColor(grey, grey, grey)
    end
end
const names = (:black, :red, :green, :yellow, :blue, :magenta, :cyan, :white)

"""
    legacy_color(color)

The colour that `printstyled` knows by this name or number, or nothing.
"""
legacy_color(n::Int) = numbered_color(n)
function legacy_color(name::Symbol)
    text = String(name)
    base = Symbol(chopprefix(chopprefix(text, "bright_"), "light_"))
    base in names || name in (:grey, :gray) || return nothing
    SimpleColor(startswith(text, "light_") ? Symbol(:bright_, base) : name)
end
function legacy_color(text::String)
    n = tryparse(Int, text)
    n === nothing ? legacy_color(Symbol(text)) : legacy_color(n)
end

"""
    load_env_colors!()

Give faces the colours that `JULIA_ERROR_COLOR` and its kin ask for.
"""
function load_env_colors!()
    for (face, key) in (:error => "JULIA_ERROR_COLOR", :warn => "JULIA_WARN_COLOR", :info => "JULIA_INFO_COLOR", :log_debug => "JULIA_DEBUG_COLOR")
        color = haskey(ENV, key) ? legacy_color(ENV[key]) : nothing
        color === nothing || loadface!(face => Face(foreground=color))
    end
end

function Base.printstyled(io::AnnotatedIOBuffer, xs...; bold::Bool=false, italic::Bool=false, underline::Bool=false, blink::Bool=false,
                          reverse::Bool=false, hidden::Bool=false, color::Union{Int,Symbol}=:normal)
    text = annotatedstring(xs...)
    for (on, face) in (bold => :bold, italic => :italic, underline => :underline, reverse => :inverse)
        on && face!(text, face)
    end
    color === :normal || face!(text, Face(foreground=legacy_color(color)))
    write(io, text)
    nothing
end

end
