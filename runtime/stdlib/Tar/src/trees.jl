# Archives as trees: written from folders, from other archives, and hashed as git does.

# Write what is in a folder, names in order.
function write_folder(predicate, io::IO, root::String, portable::Bool)
    empty = true
    function add(file, path)
        portable && check_windows_path(path)
        h = header_of(file, path)
        path == "." || (write_entry(io, h, file); empty = false)
        h.type === :directory || return
        for name in sort!(readdir(file))
            below = joinpath(file, name)
            predicate(below) && add(below, path == "." ? name : "$path/$name")
        end
    end
    add(root, ".")
    empty && write_entry(io, Header(".", :directory, 0o755, 0, ""), root)
    nothing
end
function write_entry(io::IO, h::Header, file)
    check_header(h)
    write_header(io, h)
    h.type === :file && open(from -> write_whole(io, from, h.size, file), file)
end
function write_whole(io, from, size, file)
    write_data(io, from; size=size)
    eof(from) || error("data file too large: ", file)
end

# Write an archive again from its skeleton and the files in a folder.
function write_again(io::IO, root::String, bones::IO, portable::Bool)
    h = read_standard_header(bones)
    is_skeleton(h) || error("not a skeleton file: $bones")
    skip_contents(bones, h.size)
    globals = Dict{String,String}()
    while !eof(bones)
        h = read_header(bones, globals, io)
        h === nothing && break
        check_header(h)
        portable && check_windows_path(h.path)
        h.type === :file && open(from -> write_whole(io, from, h.size, h.path), joinpath(root, h.path))
    end
end

# The place of an entry in a tree of dictionaries: that of its folder, which is made.
function folder_in(tree, parts)
    for part in parts[1:end-1]
        next = get(tree, part, nothing)
        tree = next isa Dict ? next : tree[part] = Dict{String,Any}()
    end
    tree
end
find_in(tree, path) = foldl(getindex, split(path, '/'); init=tree)

# The tree of an archive; its leaves are headers and where the contents are.
function read_tree(predicate, io::IO, portable::Bool)
    tree = Dict{String,Any}()
    each_entry(predicate, io) do h, parts
        portable && check_windows_path(h.path, parts)
        isempty(parts) && return
        folder, name = folder_in(tree, parts), parts[end]
        if h.type === :hardlink
            same, at = find_in(tree, h.link)
            folder[name] = (Header(same; path=h.path, mode=h.mode), at)
        elseif h.type === :directory
            get(folder, name, nothing) isa Dict || (folder[name] = Dict{String,Any}())
        else
            folder[name] = (h, position(io))
        end
        skip_contents(io, h.size)
    end
    tree
end
function write_tree(io::IO, tree::Dict, from::IO, path::String=".")
    path == "." && !isempty(tree) || write_header(io, Header(path, :directory, 0o755, 0, ""))
    for name in sort!(collect(keys(tree)))
        write_tree(io, tree[name], from, path == "." ? name : "$path/$name")
    end
end
function write_tree(io::IO, leaf::Tuple{Header,Any}, from::IO, path::String)
    h, at = leaf
    write_header(io, Header(h; path=path, mode=h.type === :file && h.mode & 0o100 == 0 ? 0o644 : 0o755))
    h.type === :file || return
    seek(from, at)
    write_data(io, from; size=h.size)
end

# The hash of the tree of an archive: of each file and link, then of each folder.
function git_tree_hash(predicate, io::IO, T, skip_empty::Bool)
    tree = Dict{String,Any}()
    each_entry(predicate, io) do h, parts
        isempty(parts) && return
        folder, name = folder_in(tree, parts), parts[end]
        runs(h) = h.mode & 0o100 == 0 ? "100644" : "100755"
        if h.type === :directory
            get(folder, name, nothing) isa Dict || (folder[name] = Dict{String,Any}())
        elseif h.type === :symlink
            folder[name] = ("120000", git_hash(T, "blob", h.link))
        elseif h.type === :hardlink
            folder[name] = (runs(h), find_in(tree, h.link)[2])
        else
            folder[name] = (runs(h), git_hash(T, "blob", read_padded(io, h.size, devnull)))
        end
    end
    skip_empty && prune!(tree)
    bytes2hex(hash_of(tree, T)[2])
end
prune!(leaf::Tuple) = true
prune!(tree::Dict) = (filter!(p -> prune!(p.second), tree); !isempty(tree))
hash_of(leaf::Tuple, T) = leaf
function hash_of(tree::Dict, T)
    body = IOBuffer()
    for name in sort!(collect(keys(tree)); by=n -> tree[n] isa Dict ? n * "/" : n)
        mode, hash = hash_of(tree[name], T)
        write(body, mode, ' ', name, '\0', hash)
    end
    ("40000", git_hash(T, "tree", take!(body)))
end
function git_hash(T, kind, body)
    c = T()
    SHA.update!(c, codeunits("$kind $(sizeof(body))\0"))
    SHA.update!(c, body isa String ? codeunits(body) : body)
    SHA.digest!(c)
end
