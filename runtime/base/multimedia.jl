# Display: values shown by MIME type.

"""
    istextmime(m)

Whether data of MIME type `m` is text.
"""
istextmime(m::MIME) = istextmime(string(m))
function istextmime(m::AbstractString)
    startswith(m, "text/") || m in ("image/svg+xml", "application/json", "application/javascript",
        "application/x-latex", "application/xml", "application/julia") || endswith(m, "+json") || endswith(m, "+xml")
end

"""
    showable(mime, x)

Whether `show(io, mime, x)` has a method.
"""
showable(::MIME{m}, @nospecialize(x)) where {m} = m === Symbol("text/plain") || hasmethod(show, Tuple{IO,MIME{m},typeof(x)})
showable(m::AbstractString, @nospecialize(x)) = showable(MIME(m), x)

show(io::IO, m::AbstractString, x) = show(io, MIME(m), x)

"""
    repr(mime, x; context=nothing)

What `show(io, mime, x)` writes: a String for text, else bytes.
"""
function repr(m::MIME, x; context=nothing)
    is_raw(m, x) && return x
    istextmime(m) ? sprint(show, m, x; context=context) : showbytes(m, x, context)
end
repr(m::AbstractString, x; context=nothing) = repr(MIME(m), x; context=context)
repr(::MIME"text/plain", x::AbstractString; context=nothing) = sprint(show, MIME("text/plain"), x; context=context)
# Text and bytes that are in the format of m already.
is_raw(m::MIME, x) = x isa String ? istextmime(m) && m !== MIME("text/plain") : x isa Vector{UInt8} && !istextmime(m)
function showbytes(m, x, context)
    io = IOBuffer()
    show(context === nothing ? io : IOContext(io, context), m, x)
    take!(io)
end

"Something that shows values; see [`pushdisplay`](@ref)."
abstract type AbstractDisplay end
const pushed_displays = AbstractDisplay[]

"""
    display(x)
    display(mime, x)

Show `x` in the cell's output, in the richest forms there are.
"""
function display(@nospecialize x)
    if !isempty(pushed_displays) && display_pushed(x)
        nothing
    elseif output_rich()
        output_display(display_data(x), Any[], "", false)
    else
        text = display_text(x)
        output_write(1, string(text, "\n"))
    end
    nothing
end
function display(x::Union{Task,Channel})
    if output_rich()
        data, id = Weft.card(x)
        output_display(data, Weft.card_metadata, id, false)
    else
        output_write(1, string(display_text(x), "\n"))
    end
    nothing
end
function display(m::MIME, @nospecialize(x))
    name = string(m)
    if !isempty(pushed_displays) && display_pushed(m, x)
        nothing
    elseif output_rich()
        data = if istextmime(m)
            x isa AbstractString && !hasmethod(show, Tuple{IO,typeof(m),typeof(x)}) || x isa AbstractString && name == "text/plain" ? String(x) : display_string(m, x)
        else
            x isa Vector{UInt8} ? x : showbytes(m, x, nothing)
        end
        output_display(Any[name, data], Any[], "", false)
    else
        istextmime(m) || throw(MethodError(display, (m, x)))
        output_write(1, string(x isa AbstractString ? x : display_string(m, x), "\n"))
    end
    nothing
end
display(m::AbstractString, @nospecialize(x)) = display(MIME(m), x)

"""
    displayable(mime)

Whether the front end can show `mime`.
"""
displayable(m::MIME) = output_rich() || string(m) == "text/plain"
displayable(m::AbstractString) = displayable(MIME(m))

"""
    DisplayData(data; metadata, id, update)

Representations of a value by MIME type, ready to be shown by `display`.
"""
struct DisplayData
    data::Vector{Any}
    id::String
    update::Bool
end
DisplayData(pairs::Pair...; id="", update=false) =
    DisplayData(Any[x for p in pairs for x in (string(first(p)), last(p))], id, update)
display(d::DisplayData) = (output_display(d.data, Any[], d.id, d.update); nothing)

# The types tried for rich front ends, beside text/plain.
const rich_mimes = ["text/html", "text/markdown", "text/latex", "image/svg+xml", "image/png", "image/jpeg", "image/gif",
    "application/pdf", "application/json", "application/javascript", "application/vnd.vegalite.v5+json", "application/vnd.vega.v5+json"]

display_context(io) = IOContext(io, :limit => true, :displaysize => output_size(), :color => output_color())

display_string(m, x) = sprint(io -> show(display_context(io), m, x))

display_text(@nospecialize x) = sprint(io -> invokelatest(show, display_context(io), MIME("text/plain"), x))

# What is known of the types shown before: the rich MIME types that they have,
# as long as no method has been added since.
mutable struct RichTypes
    world::UInt
    known::IdDict{Any,Vector{Any}}
end
const rich_types = RichTypes(UInt(0), IdDict{Any,Vector{Any}}())

# The MIME types beside text/plain that x can be shown as.
function rich_mimes_of(@nospecialize x)
    world = UInt(Core.Prims.newest_world())
    if rich_types.world != world
        rich_types.world = world
        empty!(rich_types.known)
    end
    T = typeof(x)
    found = get(rich_types.known, T, nothing)
    found === nothing || return found
    names = Any[]
    for name in rich_mimes # plain, as it is part of every first cell: little of Base has to be loaded for it
        invokelatest(showable, MIME(name), x) && push!(names, name)
    end
    # a method of showable may look at the value
    length(type_methods(showable)) == showable_methods && (rich_types.known[T] = names)
    names
end
const showable_methods = 3

# The representations of x: MIME type, data, MIME type, data ...
function display_data(@nospecialize x)
    data = Any["text/plain", display_text(x)]
    for name in rich_mimes_of(x)
        m = MIME(name)
        push!(data, name)
        push!(data, istextmime(m) ? invokelatest(display_string, m, x) : invokelatest(showbytes, m, x, nothing))
    end
    data
end

"""
    redisplay(x)

Show `x` again; the same as `display` here.
"""
redisplay(x) = display(x)
