# Graph search: breadth first, depth first, Dijkstra with a heap, topological order, components.

struct Graph{T,W<:Real}
    edges::Dict{T,Vector{Pair{T,W}}}
    directed::Bool
end
Graph{T,W}(; directed=false) where {T,W} = Graph{T,W}(Dict{T,Vector{Pair{T,W}}}(), directed)

vertices(g::Graph) = sort!(collect(keys(g.edges)))
neighbours(g::Graph, v) = g.edges[v]
function addvertex!(g::Graph{T,W}, v) where {T,W}
    get!(() -> Pair{T,W}[], g.edges, v)
    g
end
function addedge!(g::Graph, a, b, w=1)
    addvertex!(addvertex!(g, a), b)
    push!(g.edges[a], b => w)
    g.directed || push!(g.edges[b], a => w)
    g
end
nedges(g::Graph) = sum(length, values(g.edges)) ÷ (g.directed ? 1 : 2)
Base.show(io::IO, g::Graph{T,W}) where {T,W} =
    print(io, "Graph{", T, ", ", W, "} with ", length(g.edges), " vertices and ", nedges(g), " edges")

# a heap of pairs, least priority first
struct Heap{K,V}
    items::Vector{Pair{K,V}}
end
Heap{K,V}() where {K,V} = Heap{K,V}(Pair{K,V}[])
Base.isempty(h::Heap) = isempty(h.items)
Base.length(h::Heap) = length(h.items)
function Base.push!(h::Heap, p::Pair)
    push!(h.items, p)
    i = length(h.items)
    while i > 1 && first(h.items[i]) < first(h.items[i>>1])
        h.items[i], h.items[i>>1] = h.items[i>>1], h.items[i]
        i >>= 1
    end
    h
end
function Base.popfirst!(h::Heap)
    isempty(h) && throw(ArgumentError("heap must be non-empty"))
    top = h.items[1]
    last = pop!(h.items)
    if !isempty(h.items)
        h.items[1] = last
        i, n = 1, length(h.items)
        while 2i <= n
            c = 2i < n && first(h.items[2i+1]) < first(h.items[2i]) ? 2i + 1 : 2i
            first(h.items[c]) < first(h.items[i]) || break
            h.items[i], h.items[c] = h.items[c], h.items[i]
            i = c
        end
    end
    top
end

function dijkstra(g::Graph{T,W}, source::T) where {T,W}
    dist = Dict{T,W}(source => zero(W))
    from = Dict{T,T}()
    heap = push!(Heap{W,T}(), zero(W) => source)
    done = Set{T}()
    while !isempty(heap)
        d, v = popfirst!(heap)
        v in done && continue
        push!(done, v)
        for (u, w) in neighbours(g, v)
            new = d + w
            if new < get(dist, u, typemax(W))
                dist[u] = new
                from[u] = v
                push!(heap, new => u)
            end
        end
    end
    dist, from
end

function path(from, source, target)
    steps = [target]
    while steps[1] != source
        haskey(from, steps[1]) || return nothing
        pushfirst!(steps, from[steps[1]])
    end
    steps
end

function bfs(visit, g::Graph{T}, start::T) where {T}
    queue, seen = [start], Set([start])
    while !isempty(queue)
        v = popfirst!(queue)
        visit(v)
        for (u, _) in sort(neighbours(g, v); by=first)
            u in seen && continue
            push!(seen, u)
            push!(queue, u)
        end
    end
    seen
end

function components(g::Graph{T}) where {T}
    left = Set(vertices(g))
    out = Vector{T}[]
    for v in vertices(g)
        v in left || continue
        part = bfs(_ -> nothing, g, v)
        setdiff!(left, part)
        push!(out, sort!(collect(part)))
    end
    out
end

struct CycleError{T} <: Exception
    at::T
end
function toposort(g::Graph{T}) where {T}
    state, order = Dict{T,Symbol}(), T[]
    function visit(v)
        s = get(state, v, :new)
        s === :done && return
        s === :open && throw(CycleError(v))
        state[v] = :open
        foreach(p -> visit(first(p)), sort(neighbours(g, v); by=first))
        state[v] = :done
        pushfirst!(order, v)
    end
    foreach(visit, vertices(g))
    order
end

roads = Graph{String,Int}()
for line in split("""
    Bern Zurich 125
    Bern Basel 100
    Basel Zurich 85
    Zurich Chur 120
    Bern Geneva 160
    Geneva Sion 160
    Bern Sion 150
    Chur Sion 330
    Como Lugano 32""", '\n')
    a, b, d = split(line)
    addedge!(roads, String(a), String(b), parse(Int, d))
end
println(roads)
dist, from = dijkstra(roads, "Basel")
for v in vertices(roads)
    d = get(dist, v, nothing)
    route = path(from, "Basel", v)
    println(rpad(v, 8), d === nothing ? "unreachable" : string(lpad(d, 4), "  ", join(route, " → ")))
end
order = String[]
bfs(v -> push!(order, v), roads, "Chur")
println("breadth first: ", join(order, " "))
println("components: ", components(roads))

tasks = Graph{Symbol,Int}(directed=true)
for (a, b) in [:shirt => :tie, :tie => :jacket, :trousers => :shoes, :trousers => :belt, :belt => :jacket, :socks => :shoes]
    addedge!(tasks, a, b)
end
println("order: ", toposort(tasks))
addedge!(tasks, :jacket, :shirt)
try
    toposort(tasks)
catch err
    println(err isa CycleError ? "a cycle at $(err.at)" : rethrow())
end

grid = Graph{Tuple{Int,Int},Float64}()
walls = Set([(2, 2), (2, 3), (3, 2), (4, 4)])
for i in 1:5, j in 1:5
    (i, j) in walls && continue
    for (di, dj) in ((0, 1), (1, 0), (1, 1))
        p = (i + di, j + dj)
        (p in walls || any(p .> 5)) && continue
        addedge!(grid, (i, j), p, di == dj ? sqrt(2) : 1.0)
    end
end
println(length(vertices(grid)), " cells, ", nedges(grid), " ways")
gd, gf = dijkstra(grid, (1, 1))
println(round(gd[(5, 5)]; digits=4), " ", path(gf, (1, 1), (5, 5)))
far = sort!([(round(d; digits=3), v) for (v, d) in gd]; rev=true)
println(far[1:3])

h = Heap{Float64,Char}()
for (i, c) in enumerate("heapsorts")
    push!(h, Float64(Int(c)) + i / 100 => c)
end
println(String([last(popfirst!(h)) for _ in 1:length(h)]))
try
    popfirst!(h)
catch err
    println(sprint(showerror, err))
end
