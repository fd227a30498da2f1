# What an archive says of an entry, and what is allowed.

"""
    Tar.Header

An entry of an archive: its `path` in it, its `type` (`:file`, `:directory`, `:symlink`, `:hardlink`, `:chardev`, `:blockdev`,
`:fifo`, or the letter of another), its `mode`, its `size` in bytes and the `link`, the path that a link has.
"""
struct Header
    path::String
    type::Symbol
    mode::UInt16
    size::Int64
    link::String
end
Header(h::Header; path::AbstractString=h.path, type::Symbol=h.type, mode::Integer=h.mode, size::Integer=h.size, link::AbstractString=h.link) =
    Header(path, type, mode, size, link)
function Base.show(io::IO, h::Header)
    show(io, Header)
    print(io, '(', repr(h.path), ", ", repr(h.type), ", 0o", string(h.mode; base=8, pad=3), ", ", h.size, ", ", repr(h.link), ')')
end

# The kinds of entries and their letters.
const kinds = ['0' => :file, '1' => :hardlink, '2' => :symlink, '3' => :chardev, '4' => :blockdev, '5' => :directory, '6' => :fifo]
function kind_of(c::Char)
    c == '\0' && return :file
    isascii(c) || error("invalid type flag: ", repr(c))
    i = findfirst(k -> k[1] == c, kinds)
    i === nothing ? Symbol(c) : kinds[i][2]
end
function letter_of(kind::Symbol)
    i = findfirst(k -> k[2] === kind, kinds)
    i === nothing || return kinds[i][1]
    s = String(kind)
    length(s) == 1 && isascii(s) || throw(ArgumentError("invalid type symbol: $(repr(kind))"))
    s[1]
end

goes_up(path) = ".." in split(path, '/')
islinked(h) = h.type in (:symlink, :hardlink)
# What is wrong with an entry: pairs of a condition and what to say.
faults(h::Header) = String[text for (wrong, text) in (
    isempty(h.path) => "path is empty",
    '\0' in h.path => "path contains NUL bytes",
    '\0' in h.link => "link contains NUL bytes",
    startswith(h.path, '/') => "path is absolute",
    goes_up(h.path) => "path contains '..' component",
    !(h.type in (:file, :hardlink, :symlink, :directory)) => "unsupported entry type",
    !islinked(h) && !isempty(h.link) => "non-link with link path",
    islinked(h) && isempty(h.link) => "$(h.type) with empty link path",
    islinked(h) && h.size != 0 => "$(h.type) with non-zero size",
    h.type === :hardlink && startswith(h.link, '/') => "hardlink with absolute link path",
    h.type === :hardlink && goes_up(h.link) => "hardlink contains '..' component",
    h.type === :directory && h.size != 0 => "directory with non-zero size",
    h.type !== :directory && endswith(h.path, '/') => "non-directory path ending with '/'",
    h.type !== :directory && last(split(h.path, '/')) == "." => "non-directory path ending with '.' component",
    h.size < 0 => "negative file size") if wrong]
"`check_header(header)`: an error if an entry is one that `extract` refuses."
function check_header(h::Header)
    found = faults(h)
    isempty(found) && return
    error(length(found) == 1 ? found[1] * "\n" : string("tar header with multiple errors:\n", (" * $e\n" for e in sort!(found))...), repr(h))
end

# The names that Windows keeps for itself, and letters that it forbids.
const kept_names = r"^(?:con|prn|aux|nul|(?:com|lpt)[1-9])(?:\.|$)"i
function check_windows_path(path, parts=split(path, '/'; keepempty=false))
    for part in parts
        isvalid(part) || error("invalid Unicode: ", repr(part), " in ", repr(path))
        bad = findfirst(c -> c < ' ' || c in "\"*:<>?\\|", part)
        bad === nothing || error("illegal Windows char: ", repr(part[bad]), " in ", repr(path))
        occursin(kept_names, part) && error("reserved Windows name: ", repr(part), " in ", repr(path))
    end
end

# The header of what is at a path of the system.
function header_of(file::AbstractString, path::AbstractString)
    s = lstat(file)
    islink(s) ? Header(path, :symlink, 0o755, 0, readlink(file)) :
    isdir(s) ? Header(path, :directory, 0o755, 0, "") :
    isfile(s) ? Header(path, :file, Sys.isexecutable(file) && filemode(s) & 0o100 != 0 ? 0o755 : 0o644, filesize(s), "") :
    error("unsupported file type: ", repr(file))
end
