# How colours and faces are shown.

hex_color(c::RGBTuple) = string(UInt32(c.r) << 16 | UInt32(c.g) << 8 | c.b; base=16, pad=6)
function Base.show(io::IO, c::SimpleColor)
    show(io, SimpleColor)
    print(io, '(')
    c.value isa Symbol ? show(io, c.value) : print(io, "0x", hex_color(c.value))
    print(io, ')')
end
function Base.show(io::IO, ::MIME"text/plain", c::SimpleColor)
    bare = get(io, :typeinfo, nothing) === SimpleColor
    bare || (show(io, SimpleColor); print(io, '('))
    get(io, :color, false)::Bool && print(io, in_face("■", Face(foreground=c)), ' ')
    c.value isa Symbol ? print(io, c.value) : print(io, '#', hex_color(c.value))
    bare || print(io, ')')
    nothing
end
in_face(text, face) = AnnotatedString(text, [(1:ncodeunits(text), :face, face)])

Base.show(io::IO, f::Face) = show(IOContext(io, :compact => true), MIME("text/plain"), f)
function Base.show(io::IO, ::MIME"text/plain", f::Face)
    show(io, Face)
    if !get(io, :compact, false)::Bool
        print(io, AnnotatedString(" (sample)", [(3:8, :face, f)]))
        show_settings(io, f)
    elseif get(io, :color, false)::Bool
        print(io, AnnotatedString("(sample)", [(2:7, :face, f)]))
    else
        print(io, '(')
        said = [name for name in fieldnames(Face) if name !== :inherit && getfield(f, name) !== nothing]
        isempty(f.inherit) || push!(said, :inherit)
        for (k, name) in enumerate(said)
            k > 1 && print(io, ", ")
            print(io, name, '=')
            show(IOContext(io, :typeinfo => name === :inherit ? Vector{Symbol} : Any), getfield(f, name))
        end
        print(io, ')')
    end
end
# What a face says, a line each.
function show_settings(io, f)
    for name in fieldnames(Face)
        value = getfield(f, name)
        (value === nothing || value == Symbol[]) && continue
        print(io, '\n', lpad(String(name), 14), ": ")
        show_setting(io, value)
    end
end
show_setting(io, value) = print(io, value)
show_setting(io, c::SimpleColor) = show(IOContext(io, :typeinfo => SimpleColor), MIME("text/plain"), c)
function show_setting(io, (color, style)::Tuple)
    color === nothing || (show_setting(io, color); print(io, ", "))
    print(io, style)
end
function show_setting(io, names::Vector{Symbol})
    for (k, name) in enumerate(names)
        k > 1 && print(io, ", ")
        print(io, name, '(', in_face("*", name), ')')
    end
end
