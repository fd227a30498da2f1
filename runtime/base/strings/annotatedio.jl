# Annotated text and streams: AnnotatedIOBuffer, which keeps annotations, and how
# annotated text is written on other streams.

"""
    AnnotatedIOBuffer()

A buffer that keeps the annotations of what is written to it;
`read(seekstart(io), AnnotatedString)` gives it back.
"""
struct AnnotatedIOBuffer <: AbstractPipe
    io::IOBuffer
    annotations::Vector{RegionAnnotation}
end
AnnotatedIOBuffer(io::IOBuffer) = AnnotatedIOBuffer(io, RegionAnnotation[])
AnnotatedIOBuffer() = AnnotatedIOBuffer(IOBuffer())

function show(io::IO, b::AnnotatedIOBuffer)
    n, m = b.io.size, length(b.annotations)
    show(io, AnnotatedIOBuffer)
    print(io, '(', n, " byte", n == 1 ? "" : "s", ", ", m, " annotation", m == 1 ? "" : "s", ')')
end

pipe_reader(b::AnnotatedIOBuffer) = b.io
pipe_writer(b::AnnotatedIOBuffer) = b.io
position(b::AnnotatedIOBuffer) = position(b.io)
seek(b::AnnotatedIOBuffer, n::Integer) = (seek(b.io, n); b)
seekend(b::AnnotatedIOBuffer) = (seekend(b.io); b)
skip(b::AnnotatedIOBuffer, n::Integer) = (skip(b.io, n); b)
copy(b::AnnotatedIOBuffer) = AnnotatedIOBuffer(copy(b.io), copy(b.annotations))
annotations(b::AnnotatedIOBuffer) = b.annotations
annotate!(b::AnnotatedIOBuffer, range::UnitRange{Int}, label::Symbol, @nospecialize(value)) =
    (annotate_list!(b.annotations, range, label, value); b)
function truncate(b::AnnotatedIOBuffer, n::Integer)
    truncate(b.io, n)
    kept = annotations(AnnotatedString("", copy(b.annotations)), 1:Int(n))
    copy!(b.annotations, kept)
    b
end

## writing

write(b::AnnotatedIOBuffer, x::UInt8) = write(b.io, x)
write(b::AnnotatedIOBuffer, s::String) = write(b.io, s)
write(b::AnnotatedIOBuffer, s::SubString{String}) = write(b.io, s)
write(b::AnnotatedIOBuffer, c::Char) = write(b.io, c)
function write(b::AnnotatedIOBuffer, s::AnyAnnotated)
    at = position(b)
    n = ncodeunits(s)
    at < b.io.size && clear_annotations!(b.annotations, at+1:at+n)
    write(b.io, unannotate(s))
    add_annotations!(b.annotations, annotations(s), at)
    n
end
write(b::AnnotatedIOBuffer, c::AnnotatedChar) = write(b, annotatedstring(c))
write(b::AnnotatedIOBuffer, from::AnnotatedIOBuffer) = write(b, read(from, AnnotatedString))
write(io::IO, from::AnnotatedIOBuffer) = write(io, read(from, AnnotatedString))

# Take the range out of the regions; one around it falls into two.
function clear_annotations!(list, range)
    left = RegionAnnotation[]
    for a in list
        if isempty(intersect(a.region, range))
            push!(left, a)
        else
            before, after = first(a.region):first(range)-1, last(range)+1:last(a.region)
            isempty(before) || push!(left, RegionAnnotation((before, a.label, a.value)))
            isempty(after) || push!(left, RegionAnnotation((after, a.label, a.value)))
        end
    end
    copy!(list, left)
end
# Add annotations of text that was written behind the first `at` bytes. Where the last ones
# of the list end there and the first new ones go on with the same, in the same order, they are
# made longer.
function add_annotations!(list, new, at)
    goes_on(old, a) = last(old.region) == at && first(a.region) == 1 && old.label === a.label && old.value == a.value
    run = min(length(list), length(new))
    while run > 0 && !all(k -> goes_on(list[end-run+k], new[k]), 1:run)
        run -= 1
    end
    n = length(list)
    for (k, a) in pairs(new)
        if k <= run
            old = list[n-run+k]
            list[n-run+k] = RegionAnnotation((first(old.region):last(a.region)+at, a.label, a.value))
        else
            push!(list, moved(a, at))
        end
    end
end

## reading

function read(b::AnnotatedIOBuffer, ::Type{<:AnnotatedString})
    at = position(b)
    text = read(b.io, String)
    AnnotatedString(text, annotations_behind(b, at, ncodeunits(text)))
end
function read(b::AnnotatedIOBuffer, ::Type{<:AnnotatedChar})
    at = position(b)
    c = read(b.io, Char)
    AnnotatedChar(c, annotations_behind(b, at, ncodeunits(c)))
end
read(b::AnnotatedIOBuffer, ::Type{String}) = read(b.io, String)
annotations_behind(b, at, n) = [moved(a, -at) for a in annotations(AnnotatedString("", b.annotations), at+1:at+n)]
buffer_text(b::AnnotatedIOBuffer) = isempty(b.annotations) ? buffer_take_string(b.io) : read(seekstart(b), AnnotatedString)

## on other streams

"""
    ansi_write(f, io, s)

Have `f` write annotated text or an annotated character on a stream that keeps no annotations:
as plain text. StyledStrings adds methods that write the colours and styles of a terminal.
"""
ansi_write(f, io, s) = f(io, unannotate(s))

annotated_target(io::IO) = (target = unwrapcontext(io)[1]; target isa AnnotatedIOBuffer ? target : nothing)
function write(io::IO, s::AnyAnnotated)
    target = annotated_target(io)
    target === nothing ? ansi_write(write, io, s) : write(target, s)
end
function write(io::IO, c::AnnotatedChar)
    target = annotated_target(io)
    target === nothing ? ansi_write(write, io, c) : write(target, c)
end
print(io::IO, s::AnyAnnotated) = (write(io, s); nothing)
print(io::IO, c::AnnotatedChar) = (write(io, c); nothing)
escape_string(io::IO, s::AnyAnnotated, esc=""; keep=(), ascii::Bool=false, fullhex::Bool=false) =
    (ansi_write((out, text) -> escape_string(out, text, esc; keep=keep, ascii=ascii, fullhex=fullhex), io, s); nothing)
