# Files and folders: what there is, making, moving and removing it.

## what there is

"""
    StatStruct

What the file system knows of a path; made by `stat`. Its fields are `desc`, `device`,
`inode`, `mode`, `nlink`, `uid`, `gid`, `rdev`, `size`, `blksize`, `blocks`, `mtime`,
`ctime`.
"""
struct StatStruct
    desc::Union{String,Cint}
    device::UInt
    inode::UInt
    mode::UInt
    nlink::Int
    uid::UInt
    gid::UInt
    rdev::UInt
    size::Int64
    blksize::Int64
    blocks::Int64
    mtime::Float64
    ctime::Float64
    ioerrno::Int32
end
StatStruct(desc="") = StatStruct(desc, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.0, 0.0, Int32(-2))
function stat_struct(desc, s)
    s === nothing && return StatStruct(desc)
    StatStruct(desc, s[3], s[4], s[1], Int(s[5]), s[6], s[7], s[8], s[2], s[9], s[10], s[11], s[12], Int32(0))
end
"""
    stat(path)
    stat(io)

What the file system knows of a file; all zero if there is none.
"""
stat(p::AbstractString) = stat_struct(String(p), file_stat(String(p), true))
stat(parts::AbstractString...) = stat(joinpath(parts...))
"""
    lstat(path)

`stat` of a symbolic link itself.
"""
lstat(p::AbstractString) = stat_struct(String(p), file_stat(String(p), false))
lstat(parts::AbstractString...) = lstat(joinpath(parts...))
==(a::StatStruct, b::StatStruct) = all(f -> f === :desc || getfield(a, f) == getfield(b, f), fieldnames(StatStruct))

function show_stat(io, st, sep)
    line(name, xs...) = print(io, sep === nothing ? string(" ", name) : string(lpad(name, sep)), ": ", xs...)
    next() = sep === nothing || println(io)
    line("size", st.size, " bytes"); next()
    line("device", st.device); next()
    line("inode", st.inode); next()
    line("mode", "0o", string(filemode(st); base=8, pad=6), " (", mode_text(st), ")"); next()
    line("nlink", st.nlink); next()
    line("uid", st.uid, owner_text(:user, st.uid)); next()
    line("gid", st.gid, owner_text(:group, st.gid)); next()
    line("rdev", st.rdev); next()
    line("blksz", st.blksize); next()
    line("blocks", st.blocks); next()
    line("mtime", time_text(st.mtime)); next()
    line("ctime", time_text(st.ctime))
end
function show(io::IO, st::StatStruct)
    print(io, "StatStruct(")
    show(io, st.desc)
    st.ioerrno == 0 ? show_stat(io, st, nothing) : print(io, " ENOENT: No such file or directory")
    print(io, ")")
end
function show(io::IO, ::MIME"text/plain", st::StatStruct)
    print(io, "StatStruct for ")
    show(io, st.desc)
    println(io)
    st.ioerrno == 0 ? show_stat(io, st, 7) : print(io, " ENOENT: No such file or directory")
end
owner_text(kind, id) = (name = sys_owner(kind, Int(id)); isempty(name) ? "" : string(" (", name, ")"))
function mode_text(st)
    m = st.mode
    kind = m >> 12 & 0xf
    c = kind == 4 ? 'd' : kind == 10 ? 'l' : kind == 2 ? 'c' : kind == 6 ? 'b' : kind == 1 ? 'p' : kind == 12 ? 's' : '-'
    bit(k, letter) = m >> k & 1 == 1 ? letter : '-'
    x(k, special, letter) = m >> special & 1 == 1 ? (m >> k & 1 == 1 ? letter : uppercase(letter)) : bit(k, 'x')
    string(c, bit(8, 'r'), bit(7, 'w'), x(6, 11, 's'), bit(5, 'r'), bit(4, 'w'), x(3, 10, 's'), bit(2, 'r'), bit(1, 'w'), x(0, 9, 't'))
end
function time_text(t)
    d = floor(Int, time()) - floor(Int, t)
    n = abs(d)
    n, unit = n < 60 ? (n, "second") : n < 3600 ? (n ÷ 60, "minute") : n < 86400 ? (n ÷ 3600, "hour") : n < 604800 ? (n ÷ 86400, "day") :
        n < 2592000 ? (n ÷ 604800, "week") : n < 31557600 ? (n ÷ 2592000, "month") : (n ÷ 31557600, "year")
    ago = d == 0 ? "just now" : string(n, " ", unit, n == 1 ? "" : "s", d > 0 ? " ago" : " in the future")
    string(Libc.strftime("%FT%T%z", t), " (", ago, ")")
end

"""
    isfile(path)

Whether there is a regular file.
"""
isfile(s::StatStruct) = s.mode & 0xf000 == 0x8000
"""
    isdir(path)

Whether there is a folder.
"""
isdir(s::StatStruct) = s.mode & 0xf000 == 0x4000
"""
    islink(path)

Whether there is a symbolic link.
"""
islink(s::StatStruct) = s.mode & 0xf000 == 0xa000
"""
    isfifo(path)

Whether there is a named pipe.
"""
isfifo(s::StatStruct) = s.mode & 0xf000 == 0x1000
"""
    issocket(path)

Whether there is a socket.
"""
issocket(s::StatStruct) = s.mode & 0xf000 == 0xc000
"""
    ischardev(path)

Whether there is a character device.
"""
ischardev(s::StatStruct) = s.mode & 0xf000 == 0x2000
"""
    isblockdev(path)

Whether there is a block device.
"""
isblockdev(s::StatStruct) = s.mode & 0xf000 == 0x6000
"""
    ispath(path)

Whether there is something.
"""
ispath(s::StatStruct) = s.ioerrno == 0
"""
    issetuid(path)

Whether a program runs as its owner.
"""
issetuid(s::StatStruct) = s.mode & 0o4000 > 0
"""
    issetgid(path)

Whether a program runs as its group.
"""
issetgid(s::StatStruct) = s.mode & 0o2000 > 0
"""
    issticky(path)

Whether only owners remove what is in a folder.
"""
issticky(s::StatStruct) = s.mode & 0o1000 > 0
"""
    uperm(path)

The permissions of the owner: 4 to read, 2 to write, 1 to run.
"""
uperm(s::StatStruct) = UInt8(s.mode >> 6 & 0x7)
"""
    gperm(path)

The permissions of the group.
"""
gperm(s::StatStruct) = UInt8(s.mode >> 3 & 0x7)
"""
    operm(path)

The permissions of all others.
"""
operm(s::StatStruct) = UInt8(s.mode & 0x7)
"""
    filemode(path)

Kind and permissions as one number.
"""
filemode(s::StatStruct) = s.mode
"""
    filesize(path)

The size in bytes.
"""
filesize(s::StatStruct) = s.size
"""
    mtime(path)

When the contents changed last, in seconds since 1970.
"""
mtime(s::StatStruct) = s.mtime
"""
    ctime(path)

When what is known of the file changed last, in seconds since 1970.
"""
ctime(s::StatStruct) = s.ctime
isfile(path...) = isfile(stat(path...))
isdir(path...) = isdir(stat(path...))
islink(path...) = islink(lstat(path...))
ispath(path...) = ispath(stat(path...))
isfifo(path...) = isfifo(stat(path...))
issocket(path...) = issocket(stat(path...))
ischardev(path...) = ischardev(stat(path...))
isblockdev(path...) = isblockdev(stat(path...))
issetuid(path...) = issetuid(stat(path...))
issetgid(path...) = issetgid(stat(path...))
issticky(path...) = issticky(stat(path...))
uperm(path...) = uperm(stat(path...))
gperm(path...) = gperm(stat(path...))
operm(path...) = operm(stat(path...))
filemode(path...) = filemode(stat(path...))
filesize(path...) = filesize(stat(path...))
mtime(path...) = mtime(stat(path...))
ctime(path...) = ctime(stat(path...))
"""
    samefile(a, b)

Whether two paths lead to the same file.
"""
samefile(a::AbstractString, b::AbstractString) = (s = stat(a); ispath(s) && samefile(s, stat(b)))
samefile(a::StatStruct, b::StatStruct) = a.device == b.device && a.inode == b.inode
"""
    ismount(path)

Whether a folder is where a file system begins.
"""
function ismount(p::AbstractString...)
    path = joinpath(p...)
    isdir(path) || return false
    here = lstat(path)
    islink(here) && return false
    above = lstat(joinpath(path, ".."))
    here.device != above.device || here.inode == above.inode
end

"""
    readdir(dir="."; join=false, sort=true)

The names in a folder, or with `join` their paths.
"""
readdir(; join::Bool=false, sort::Bool=true) = readdir(join ? pwd() : "."; join=join, sort=sort)
function readdir(dir::AbstractString; join::Bool=false, sort::Bool=true)
    names = file_list(String(dir))
    join ? String[joinpath(dir, n) for n in names] : names
end
"""
    walkdir(dir="."; topdown=true, follow_symlinks=false, onerror=throw)

Iterate over `(folder, subfolders, files)` of a folder and all below it. The folders
are read as they are asked for.
"""
walkdir(root::AbstractString="."; topdown::Bool=true, follow_symlinks::Bool=false, onerror=throw) =
    Channel{Tuple{String,Vector{String},Vector{String}}}(out -> walk_into(out, String(root), topdown, follow_symlinks, onerror))
function walk_into(out, root, topdown, follow, onerror)
    # What f gives for p, or, when the system refuses and onerror goes on, nothing.
    function attempt(f, p)
        try
            f(p)
        catch e
            e isa IOError || rethrow()
            onerror(e)
            nothing
        end
    end
    names = attempt(readdir, root)
    names === nothing && return nothing
    dirs = String[]
    files = String[]
    for n in names
        path = joinpath(root, n)
        below = !follow && something(attempt(islink, path), true) ? false : something(attempt(isdir, path), false)
        push!(below ? dirs : files, n)
    end
    topdown && put!(out, (root, dirs, files))
    for d in dirs
        walk_into(out, joinpath(root, d), topdown, follow, onerror)
    end
    topdown || put!(out, (root, dirs, files))
    nothing
end

## making

"""
    mkdir(path; mode=0o777)

Make a folder.
"""
function mkdir(p::AbstractString; mode::Integer=0o777)
    check_mode(mode)
    path = file_mkdir(String(p), false)
    mode == 0o777 || file_chmod(path, Int(mode) & ~0o022)
    path
end
check_mode(m::Integer) = 0 <= m <= 0o777 || throw(ArgumentError("Mode must be between 0 and 511 = 0o777"))
"""
    mkpath(path; mode=0o777)

Make a folder and all folders above it that are missing.
"""
function mkpath(p::AbstractString; mode::Integer=0o777)
    check_mode(mode)
    path = String(p)
    isdir(path) && return path
    above = dirname(isdirpath(path) ? rstrip(path, '/') : path)
    isempty(above) || above == path || mkpath(above; mode=mode)
    try
        mkdir(path; mode=mode)
    catch
        isdir(path) || rethrow()
    end
    path
end
"""
    touch(path)

Set the time of change to now; make an empty file if there is none.
"""
touch(p::AbstractString) = (file_touch(String(p)); String(p))
"""
    symlink(target, link; dir_target=false)

Make a symbolic link that leads to `target`.
"""
symlink(target::AbstractString, link::AbstractString; dir_target::Bool=false) = file_symlink(String(target), String(link))
"""
    hardlink(old, new)

Give a file another name.
"""
hardlink(old::AbstractString, new::AbstractString) = file_hardlink(String(old), String(new))
"""
    readlink(path)

Where a symbolic link leads.
"""
readlink(p::AbstractString) = file_readlink(String(p))
"""
    chmod(path, mode; recursive=false)

Set the permissions of a file, or of a folder and all in it.
"""
function chmod(p::AbstractString, mode::Integer; recursive::Bool=false)
    file_chmod(String(p), Int(mode))
    if recursive && isdir(p)
        for q in readdir(p; join=true)
            islink(q) || chmod(q, mode; recursive=true)
        end
    end
    String(p)
end
"""
    chown(path, owner, group=-1)

Set the owner and the group of a file; -1 leaves it.
"""
chown(p::AbstractString, owner::Integer, group::Integer=-1) = (file_chown(String(p), Int(owner), Int(group)); String(p))

## moving and removing

"""
    rm(path; force=false, recursive=false)

Remove a file or a folder, with `recursive` and all in it; with `force` it may be
missing.
"""
function rm(p::AbstractString; force::Bool=false, recursive::Bool=false)
    path = String(p)
    force && !ispath(lstat(path)) && return nothing
    if recursive && !islink(path) && isdir(path)
        for q in readdir(path; join=true)
            rm(q; force=force, recursive=true)
        end
    end
    file_remove(path, false)
    nothing
end
"""
    mv(src, dst; force=false)

Move a file or a folder.
"""
function mv(src::AbstractString, dst::AbstractString; force::Bool=false)
    check_target(src, dst, force, "moving")
    rename(src, dst)
    String(dst)
end
"""
    rename(old, new)

Give a file another path, on the same file system.
"""
function rename(src::AbstractString, dst::AbstractString)
    try
        file_rename(String(src), String(dst))
    catch e
        e isa IOError && e.code == -18 || rethrow()
        cp(src, dst; force=true)
        rm(src; recursive=true)
    end
    nothing
end
"""
    cp(src, dst; force=false, follow_symlinks=false)

Copy a file, or a folder and all in it.
"""
function cp(src::AbstractString, dst::AbstractString; force::Bool=false, follow_symlinks::Bool=false)
    check_target(src, dst, force, "copying")
    if !follow_symlinks && islink(src)
        symlink(readlink(src), dst)
    elseif isdir(src)
        copy_tree(src, dst; follow_symlinks=follow_symlinks)
    else
        file_copy(String(src), String(dst))
    end
    String(dst)
end
function cptree(src, dst; force::Bool=false, follow_symlinks::Bool=false)
    isdir(src) || throw(ArgumentError("'$src' is not a directory. Use `cp(src, dst)`"))
    check_target(src, dst, force, "copying")
    copy_tree(src, dst; follow_symlinks=follow_symlinks)
end
function copy_tree(src, dst; follow_symlinks::Bool)
    mkdir(dst)
    for n in readdir(src)
        from = joinpath(src, n)
        to = joinpath(dst, n)
        if !follow_symlinks && islink(from)
            symlink(readlink(from), to)
        elseif isdir(from)
            copy_tree(from, to; follow_symlinks=follow_symlinks)
        else
            file_copy(from, to)
        end
    end
end
function check_target(src, dst, force, doing)
    ispath(dst) || return nothing
    force || throw(ArgumentError("'$dst' exists. `force=true` is required to remove '$dst' before $doing."))
    if samefile(src, dst)
        of(p) = islink(p) ? readlink(p) : p
        throw(ArgumentError("'src' and 'dst' refer to the same file/dir. This is not supported.\n  `src` refers to: $(of(src))\n  `dst` refers to: $(of(dst))\n"))
    end
    rm(dst; recursive=true, force=true)
end
