# The entries of an archive, with what extensions before them say.

"The next entry of an archive; nothing at its end. `globals` holds what was said of all that follow."
function read_header(io::IO, globals::Dict{String,String}=Dict{String,String}(), bones::IO=devnull; first=read_standard_header(io, bones), block=UInt8[])
    h = first
    h === nothing && return nothing
    facts = copy(globals)
    while true
        if h.type in (:g, :x)
            for (key, value) in facts_in(read_padded(io, h.size, bones))
                key in ("size", "path", "linkpath") || continue
                h.type === :g && (globals[key] = value)
                facts[key] = value
            end
        elseif long_name(h)
            bytes = read_padded(io, h.size, bones)
            bytes[end] == 0 || error("malformed GNU long header (trailing `\\0` expected): ", repr(String(bytes)))
            facts[h.type === :L ? "path" : "linkpath"] = String(bytes[1:end-1])
        else
            break
        end
        h = read_standard_header(io, bones; block=block)
        h === nothing && throw(EOFError())
    end
    size = haskey(facts, "size") ? tryparse(UInt64, facts["size"]) : h.size
    size === nothing && error("invalid extended header size value: ", repr(facts["size"]))
    Header(h; path=get(facts, "path", h.path), size=size, link=get(facts, "linkpath", h.link))
end
# Whether a header is GNU's, whose contents are the name or link of the next one.
long_name(h) = h.path == "././@LongLink" && h.type in (:L, :K)

# The facts in an extension: lines of a length, a key and a value.
function facts_in(bytes)
    facts = Pair{String,String}[]
    malformed() = error("malformed extended header metadata: ", repr(String(copy(bytes))))
    from = 1
    while from <= length(bytes)
        space = findnext(==(UInt8(' ')), bytes, from)
        space === nothing && malformed()
        n = tryparse(Int, String(bytes[from:space-1]))
        n === nothing && malformed()
        to = from + n - 1
        equals = findnext(==(UInt8('=')), bytes, space)
        equals !== nothing && equals < to <= length(bytes) && bytes[to] == UInt8('\n') || malformed()
        push!(facts, String(bytes[space+1:equals-1]) => String(bytes[equals+1:to-1]))
        from = to + 1
    end
    facts
end

# How a skeleton begins: the headers of an archive without the contents of its files.
const skeleton_mark = "%!skeleton:\x83\xe6\xa8\xfe"
begin_skeleton(bones::IO) = bones === devnull || write_extended_header(bones, ["comment" => "Tar.jl skeleton file", "size" => "0"]; type=:g, name=skeleton_mark)
is_skeleton(h) = h !== nothing && h.type === :g && h.path == skeleton_mark

# Call a function with each entry, as it stands (`raw`) or with its extensions taken in.
function list_entries(callback, io, raw, strict)
    eof(io) && return
    block = UInt8[]
    tell = hasmethod(callback, Tuple{Header,Vector{Pair{Symbol,String}}}) ? h -> callback(h, dump_header(block)) :
        hasmethod(callback, Tuple{Header,Vector{UInt8}}) ? h -> callback(h, copy(block)) : callback
    h = read_standard_header(io; block=block)
    bare = is_skeleton(h)
    bare && (skip_contents(io, h.size); h = eof(io) ? nothing : read_standard_header(io; block=block))
    globals = Dict{String,String}()
    while h !== nothing
        raw || (h = read_header(io, globals; first=h, block=block))
        strict && check_header(h)
        tell(h)
        bare && !(h.type in (:g, :x) || long_name(h)) || skip_contents(io, h.size)
        h = eof(io) ? nothing : read_standard_header(io; block=block)
    end
end

# Call visit(header, parts of the path) with each entry that the predicate takes; it has to read the contents. The value is
# what stands at each path: the size of a file, the target of a symbolic link, the kind of another entry.
function each_entry(visit, predicate, io::IO, bones::IO=devnull)
    begin_skeleton(bones)
    seen = Dict{String,Any}()
    globals = Dict{String,String}()
    while !eof(io)
        h = read_header(io, globals, bones)
        h === nothing && break
        parts = split_path(h.path)
        path = join(parts, '/')
        wrong = through_link(seen, h, parts)
        shown = Header(h; path=path)
        if wrong === nothing && h.type === :hardlink
            h = Header(h; link=join(split_path(h.link), '/'))
            target = get(seen, h.link, Symbol("non-existent"))
            shown = Header(shown; link=h.link)
            if target isa Int64
                shown = Header(shown; size=target)
            else
                wrong = refusal("hardlink with $(target isa String ? :symlink : target) target", "path" => h.path, "target" => h.link)
            end
        end
        if !predicate(shown)
            skip_contents(io, h.size)
            continue
        end
        check_header(h)
        wrong === nothing || error(wrong)
        seen[path] = h.type === :symlink ? h.link : h.type === :file ? h.size : h.type
        visit(h, parts)
    end
    seen
end
split_path(path) = String[p for p in split(path, '/') if !(p in ("", "."))]
# What is wrong with a path that goes through a symbolic link of the archive; nothing if it does not.
function through_link(seen, h, parts)
    for n in 1:length(parts)-1
        prefix = join(parts[1:n], '/')
        get(seen, prefix, nothing) isa String && return refusal("path with symlink prefix", "path" => h.path, "prefix" => prefix)
    end
    nothing
end
refusal(what, facts...) = string("Tarball contains ", what, ":\n", ("- $k = $(repr(v))\n" for (k, v) in facts)..., "Refusing to extract — possible attack!\n")
