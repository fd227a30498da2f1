# The blocks of 512 bytes that an archive is made of.

# Where the fields of a header's block are: name, place, length.
const fields = [(:name, 0, 100), (:mode, 100, 8), (:uid, 108, 8), (:gid, 116, 8), (:size, 124, 12), (:mtime, 136, 12), (:chksum, 148, 8),
    (:typeflag, 156, 1), (:linkname, 157, 100), (:magic, 257, 6), (:version, 263, 2), (:uname, 265, 32), (:gname, 297, 32),
    (:devmajor, 329, 8), (:devminor, 337, 8), (:prefix, 345, 155), (:rest, 500, 12)]
"`index_range(field)`: the places of a field's bytes in the block of a header."
index_range(name::Symbol) = (f = fields[findfirst(f -> f[1] === name, fields)]; f[2]+1:f[2]+f[3])
field(block, name) = String(block[index_range(name)])
# The text of a field up to its first zero.
text_in(block, name) = first(split(field(block, name), '\0'; limit=2))
"`dump_header(block)`: the names of the fields of a header's block and their texts."
dump_header(block) = Pair{Symbol,String}[f[1] => field(block, f[1]) for f in fields]
no_archive(what) = error("This does not appear to be a TAR file/stream — ", what, ". Note: Tar.jl does not handle decompression; if the tarball is ",
    "compressed you must use an external command like `gzcat` or package like CodecZlib.jl to decompress it. See the README file for examples.")

# The number in a field: octal digits, or bytes where its first bit is set.
function number_in(block, name)
    bytes = block[index_range(name)]
    if name === :size && bytes[1] & 0x80 != 0
        n = foldl((n, b) -> n << 8 | b, bytes[2:end]; init=big(0))
        bytes[1] == 0x80 && n <= typemax(Int64) || no_archive("binary integer size value too large: $(repr(String(bytes)))")
        return Int64(n)
    end
    digits = strip(text_in(block, name), ' ')
    digits = first(split(digits, ' '; limit=2))
    !isempty(digits) && all(c -> '0' <= c <= '7', digits) || no_archive("malformed $name field: $(repr(text_in(block, name)))")
    parse(Int64, digits; base=8)
end
blanked_sum(block) = (r = index_range(:chksum); sum(i in r ? 0x20 : Int(block[i]) for i in 1:512))

padded(size) = cld(size, 512) * 512
# `size` bytes of an archive, without what fills the last block.
function read_padded(io::IO, size::Integer, bones::IO)
    bytes = read(io, padded(size))
    length(bytes) == padded(size) || throw(EOFError())
    write(bones, bytes)
    resize!(bytes, size)
end
# Pass over the contents of an entry.
function skip_contents(io::IO, size::Integer)
    n = padded(size)
    n == 0 && return
    applicable(seek, io, 0) && !(io isa Base.AbstractPipe) ? skip(io, n) : copy_out(io, n, devnull)
end
# Copy n bytes of an archive.
function copy_out(io::IO, n::Integer, to::IO)
    while n > 0
        bytes = read(io, min(n, 1 << 20))
        isempty(bytes) && throw(EOFError())
        write(to, bytes)
        n -= length(bytes)
    end
end

"The header in the next block as it stands there; nothing at the end of the archive."
function read_standard_header(io::IO, bones::IO=devnull; block::Vector{UInt8}=UInt8[])
    resize!(block, 512) .= read_padded(io, 512, bones)
    if all(iszero, block)
        while !eof(io)
            write(bones, read(io, 1 << 16))
        end
        return nothing
    end
    occursin(r"^0* *$", text_in(block, :version)) || no_archive("invalid version string for tar file: $(repr(text_in(block, :version)))")
    sum, true_sum = number_in(block, :chksum), blanked_sum(block)
    sum == true_sum || no_archive("incorrect header checksum = $sum; should be $true_sum")
    prefix, name = text_in(block, :prefix), text_in(block, :name)
    mode = number_in(block, :mode)
    mode <= typemax(UInt16) || no_archive("mode value too large: $(string(mode; base=8))")
    Header(isempty(prefix) ? name : "$prefix/$name", kind_of(Char(block[157])), mode, number_in(block, :size), text_in(block, :linkname))
end

## writing

"""
    write_header(io, header)

Write the header of an entry, with an extension before it for what does not fit into a block. The value is the number of bytes.
"""
function write_header(io::IO, h::Header; buf=nothing)
    for (what, text) in ("path" => h.path, "link" => h.link)
        '\0' in text && throw(ArgumentError("$what contains NUL bytes: $(repr(text))"))
    end
    more = Pair{String,String}[]
    link = h.link
    if ncodeunits(link) > 100
        push!(more, "linkpath" => link)
        link = ""
    end
    prefix, name = "", h.path
    if ncodeunits(name) > 100
        slash = ncodeunits(name) < 256 ? findprev('/', name, thisind(name, 100)) : nothing
        slash === nothing || ((prefix, name) = (name[1:prevind(name, slash)], name[slash+1:end]))
        if ncodeunits(name) > 100 || ncodeunits(prefix) > 155
            push!(more, "path" => h.path)
            prefix = name = ""
        end
    end
    h.size < 8^12 || push!(more, "size" => string(h.size))
    n = isempty(more) ? 0 : write_extended_header(io, more)
    n + write_standard_header(io, Header(h; link=link); name=name, prefix=prefix)
end
"""
    write_extended_header(io, facts; type=:x)

Write facts, pairs of texts, of the next entry, or of all that follow with `type=:g`.
"""
function write_extended_header(io::IO, facts::Vector{Pair{String,String}}; type::Symbol=:x, name::AbstractString="", prefix::AbstractString="",
                               link::AbstractString="", mode::Integer=0o000, buf=nothing)
    type in (:x, :g) || throw(ArgumentError("invalid type flag for extended header: $(repr(type))"))
    text = join(counted(" $key=$value\n") for (key, value) in facts)
    path = isempty(name) || isempty(prefix) ? "$prefix$name" : "$prefix/$name"
    n = write_standard_header(io, Header(path, type, mode, ncodeunits(text), link); name=name, prefix=prefix)
    n + write_filled(io, codeunits(text))
end
# A line with its own length before it.
function counted(line)
    n = ncodeunits(line)
    while ncodeunits(line) + ndigits(n) != n
        n = ncodeunits(line) + ndigits(n)
    end
    string(n, line)
end
function write_standard_header(io::IO, h::Header; name::AbstractString=h.path, prefix::AbstractString="")
    h.size < 0 && throw(ArgumentError("negative file size is invalid: $(h.size)"))
    for (what, text, most) in (("path prefix", prefix, 155), ("path name", name, 100), ("symlink target", h.link, 100))
        ncodeunits(text) <= most || throw(ArgumentError("$what too long for standard header: $(repr(text))"))
    end
    block = zeros(UInt8, 512)
    put(field, text) = (r = index_range(field); copyto!(block, first(r), codeunits(text), 1, min(ncodeunits(text), length(r))))
    put(:name, name)
    put(:mode, string(string(h.mode; base=8, pad=6), " "))
    foreach(f -> put(f, "000000 "), (:uid, :gid, :devmajor, :devminor))
    if h.size < 8^12
        put(:size, rpad(string(h.size; base=8, pad=11), 12))
    else
        block[index_range(:size)] .= [0x80; reverse!(digits(UInt8, h.size; base=256, pad=11))]
    end
    put(:mtime, "00000000000 ")
    put(:typeflag, string(letter_of(h.type)))
    put(:linkname, h.link)
    put(:magic, "ustar\0")
    put(:version, "00")
    put(:prefix, prefix)
    put(:chksum, string(string(blanked_sum(block); base=8, pad=6), "\0 "))
    write(io, block)
end
# Bytes, and zeros up to the end of the block.
write_filled(io::IO, bytes) = write(io, bytes) + write(io, zeros(UInt8, padded(length(bytes)) - length(bytes)))
"`write_data(io, from; size)`: write the first `size` bytes of a stream, and zeros up to the end of the block."
function write_data(io::IO, from::IO; size::Integer, buf=nothing)
    copy_out(from, size, io)
    size + write(io, zeros(UInt8, padded(size) - size))
end
