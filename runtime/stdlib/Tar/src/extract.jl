# The files of an archive, written into a folder.

# Whether links can be made in a folder.
function makes_links(dir)
    link = joinpath(dir, "link")
    try
        symlink("target", link)
        true
    catch e
        e isa Base.IOError || rethrow()
        false
    finally
        rm(link; force=true)
    end
end

function extract_into(predicate, io::IO, root::String, bones::IO, copies::Bool, set_permissions::Bool)
    seen = each_entry(predicate, io, bones) do h, parts
        file = joinpath(root, parts...)
        isempty(parts) && h.type === :directory && return
        make_room(h, root, file)
        put_entry(h, io, root, file, copies)
        set_permissions && h.type in (:file, :hardlink) && set_mode(file, h.mode)
    end
    copies && copy_links(seen, root)
    nothing
end
# Take away what stands in the way of an entry, and make the folder that it goes into.
function make_room(h, root, file)
    dir = dirname(file)
    if !isdir(dir)
        ispath(dir) && rm(dir; force=true, recursive=true)
        mkpath(dir)
    end
    old = lstat(file)
    h.type === :directory && isdir(old) || h.type === :hardlink && joinpath(root, h.link) == file || !ispath(old) || rm(file; force=true, recursive=true)
end
function put_entry(h, io, root, file, copies)
    if h.type === :directory
        isdir(file) || mkdir(file)
    elseif h.type === :symlink
        copies || symlink(h.link, file)
    elseif h.type === :hardlink
        joinpath(root, h.link) == file || cp(joinpath(root, h.link), file)
    else
        open(to -> copy_out(io, h.size, to), file; write=true)
        copy_out(io, padded(h.size) - h.size, devnull)
    end
end
# A file that can be run may be by all who may read it.
function set_mode(file, mode)
    now = filemode(file)
    chmod(file, mode & 0o100 == 0 ? 0o644 & now : 0o755 & (now | 0o100 | (now & 0o444) >> 2))
end

# Instead of links, copies of what they lead to, where that is in the archive.
function copy_links(seen, root)
    links = Dict{String,String}(path => t for (path, what) in seen if what isa String for t in (end_of(seen, path, what),) if t !== nothing)
    left = sort!(collect(links); by=last)
    while !isempty(left)
        # first those whose target waits for no other copy
        i = something(findfirst(l -> !any(o -> startswith(o.first, l.second * "/") || o.first == l.second, left), left), 0)
        i == 0 && break
        path, target = popat!(left, i)
        cp(joinpath(root, split(target, '/')...), joinpath(root, split(path, '/')...))
    end
end
# Where a chain of links ends; nothing if it leaves the archive or turns in a circle.
function end_of(seen, path, link)
    passed = [path]
    target = resolved(seen, path, link)
    while target !== nothing && get(seen, target, nothing) isa String
        target in passed && return nothing
        push!(passed, target)
        target = resolved(seen, target, seen[target])
    end
    target
end
# The path in the archive that a link leads to; nothing if it is not in it, or holds the link itself.
function resolved(seen, path, link, depth=0)
    (startswith(link, '/') || depth > 40) && return nothing
    at = split(path, '/')[1:end-1]
    parts = split(link, '/'; keepempty=false)
    while !isempty(parts)
        part = popfirst!(parts)
        part == "." && continue
        if part == ".."
            isempty(at) && return nothing
            pop!(at)
            continue
        end
        push!(at, part)
        there(seen, join(at, '/')) || return nothing
        isempty(parts) && break
        what = get(seen, join(at, '/'), nothing)
        if what isa String
            inner = resolved(seen, join(at, '/'), what, depth + 1)
            inner === nothing && return nothing
            at = split(inner, '/')
        end
    end
    target = join(at, '/')
    (isempty(target) || path == target || startswith(path, target * "/")) && return nothing
    occursin(r"(^|/)\.?$", link) && get(seen, target, :directory) !== :directory ? nothing : target
end
there(seen, path) = haskey(seen, path) || any(p -> startswith(p, path * "/"), keys(seen))
