# The two forms in which samples are shown: a tree of calls, or a list of places.

"""
    Profile.print([io, [data, lidict]]; format=:tree, sortedby=:filefuncline, maxdepth, mincount=0, C=false)

Print the samples: as a tree of who called what, or with `format=:flat` place by place, sorted by
`:filefuncline`, `:count` or `:overhead`. Overhead is how often a place was the innermost one.
"""
print(; kw...) = print(stdout; kw...)
print(data::Vector{UInt64}, lidict=getdict(data); kw...) = print(stdout, data, lidict; kw...)
function print(io::IO, data::Vector{UInt64}=store.data, lidict=getdict(data); format::Symbol=:tree, sortedby::Symbol=:filefuncline,
               maxdepth::Int=typemax(Int), mincount::Int=0, noisefloor::Real=0, C::Bool=false, combine::Bool=true, groupby=:none,
               recur::Symbol=:off, threads=nothing, tasks=nothing)
    format in (:tree, :flat) || throw(ArgumentError("output format $(repr(format)) not recognized"))
    all = samples(data)
    if isempty(all)
        @warn """There were no samples collected.
                 Run your program longer (perhaps by running it multiple times),
                 or adjust the delay between samples with `Profile.init()`."""
        return nothing
    end
    if format === :flat
        print_flat(io, all, lidict, sortedby, mincount)
    else
        print_tree(io, all, lidict, maxdepth, max(mincount, 1), noisefloor)
    end
    println(io, "Total snapshots: ", length(all), ". Utilization: 100% across all threads and tasks. Use the `groupby` kwarg to break down by thread and/or task.")
end

function place_text(f::StackFrame)
    m = f.mod
    file = string(f.file)
    string(m isa Module && m !== Main ? "@$(nameof(Base.moduleroot(m)))/" : "", file)
end
name_text(f::StackFrame) = isempty(f.signature) ? string(f.func) : f.signature

function print_flat(io, all, lidict, sortedby, mincount)
    counts, own = Dict{UInt64,Int}(), Dict{UInt64,Int}()
    for s in all
        own[s[1]] = get(own, s[1], 0) + 1
        for n in unique(s)
            counts[n] = get(counts, n, 0) + 1
        end
    end
    frame(n) = only(lidict[n])
    rows = [(counts[n], get(own, n, 0), place_text(frame(n)), frame(n).line, name_text(frame(n))) for n in keys(counts) if counts[n] >= mincount]
    sort!(rows; by=sortedby === :count ? (r -> (r[1], r[3], r[4])) : sortedby === :overhead ? (r -> (r[2], r[3], r[4])) : r -> (r[3], r[5], r[4]))
    wide(i, title) = max(length(title), maximum(r -> length(string(r[i])), rows; init=0))
    wc, wo, wf, wl = wide(1, "Count"), wide(2, "Overhead"), wide(3, "File"), wide(4, "Line")
    println(io, " ", lpad("Count", wc), " ", lpad("Overhead", wo), " ", rpad("File", wf), " ", lpad("Line", wl), " Function")
    println(io, " ", lpad("=====", wc), " ", lpad("========", wo), " ", rpad("====", wf), " ", lpad("====", wl), " ========")
    for (c, o, file, line, name) in rows
        println(io, " ", lpad(c, wc), " ", lpad(o, wo), " ", rpad(file, wf), " ", lpad(line, wl), " ", name)
    end
end

# A place in the tree: how often it was met, how often as the innermost, and what it called.
mutable struct Node
    frame::Union{StackFrame,Nothing}
    count::Int
    own::Int
    below::Dict{UInt64,Node}
end
Node(f=nothing) = Node(f, 0, 0, Dict{UInt64,Node}())

function print_tree(io, all, lidict, maxdepth, mincount, noisefloor)
    root = Node()
    for s in all
        at = root
        for n in reverse(s)
            at = get!(() -> Node(only(lidict[n])), at.below, n)
            at.count += 1
        end
        at.own += 1
    end
    println(io, "Overhead ╎ [+additional indent] Count File:Line  Function")
    println(io, "=========================================================")
    show_below(io, root, 1, maxdepth, mincount, noisefloor)
end
function show_below(io, node, depth, maxdepth, mincount, noisefloor)
    depth > maxdepth && return nothing
    floor = max(mincount, noisefloor > 0 ? ceil(Int, noisefloor * sqrt(node.count)) : 0)
    for n in sort!([n for n in values(node.below) if n.count >= floor]; by=n -> (place_text(n.frame), n.frame.line))
        extra = depth > 20 ? string("+", depth - 20, " ") : ""
        println(io, lpad(n.own == 0 ? "" : n.own, 9), "╎", " "^min(depth - 1, 20), extra, n.count, " ", place_text(n.frame), ":", n.frame.line, "  ", name_text(n.frame))
        show_below(io, n, depth + 1, maxdepth, mincount, noisefloor)
    end
end
