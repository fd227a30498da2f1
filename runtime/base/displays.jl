# Displays: what a program pushes before the front end, to show values on.

"""
    TextDisplay(io)

A display that writes the text of what it is given to `io`.
"""
struct TextDisplay <: AbstractDisplay
    io::IO
end
display(d::TextDisplay, ::MIME"text/plain", @nospecialize(x)) = (show(d.io, MIME("text/plain"), x); println(d.io); nothing)
display(d::TextDisplay, m::MIME, @nospecialize(x)) = (istextmime(m) || throw(MethodError(display, (d, m, x))); show(d.io, m, x); nothing)
display(d::TextDisplay, @nospecialize(x)) = display(d, MIME("text/plain"), x)
display(d::AbstractDisplay, m::AbstractString, @nospecialize(x)) = display(d, MIME(m), x)
display(d::AbstractDisplay, m::MIME, @nospecialize(x)) = throw(MethodError(display, (d, m, x)))
display(d::AbstractDisplay, @nospecialize(x)) = throw(MethodError(display, (d, x)))
displayable(d::AbstractDisplay, m) = hasmethod(display, Tuple{typeof(d),typeof(m isa MIME ? m : MIME(m)),Any})
displayable(d::TextDisplay, m::MIME) = istextmime(m)
redisplay(d::AbstractDisplay, xs...) = display(d, xs...)
redisplay(m::Union{MIME,AbstractString}, @nospecialize(x)) = display(m, x)

"""
    pushdisplay(d)

Have `display` show values on `d` first; where `d` can't, on what was pushed before, at last in the
front end.
"""
pushdisplay(d::AbstractDisplay) = push!(pushed_displays, d)
"""
    popdisplay()
    popdisplay(d)

Undo the last `pushdisplay`, or the last one of `d`.
"""
popdisplay() = pop!(pushed_displays)
function popdisplay(d::AbstractDisplay)
    i = findlast(x -> x === d, pushed_displays)
    i === nothing && throw(KeyError(d))
    splice!(pushed_displays, i)
end
# Whether one of the pushed displays showed it.
function display_pushed(args...)
    for d in reverse(pushed_displays)
        try
            invokelatest(display, d, args...)
            return true
        catch err
            err isa MethodError && err.f in (display, show) || rethrow()
        end
    end
    false
end
