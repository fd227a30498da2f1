# The game of life on a torus, with patterns read from text and periods found.

struct Life
    cells::BitMatrix
end
Life(rows::Int, cols::Int) = Life(falses(rows, cols))

function Life(text::AbstractString)
    lines = split(strip(text, '\n'), '\n')
    width = maximum(length, lines)
    g = Life(length(lines), width)
    for (i, line) in enumerate(lines), (j, c) in enumerate(line)
        g.cells[i, j] = c == '#'
    end
    g
end

Base.size(g::Life) = size(g.cells)
Base.:(==)(a::Life, b::Life) = a.cells == b.cells
Base.hash(g::Life, h::UInt) = hash(g.cells, h)
Base.copy(g::Life) = Life(copy(g.cells))
population(g::Life) = count(g.cells)

function Base.show(io::IO, ::MIME"text/plain", g::Life)
    println(io, join(size(g), '×'), " life, ", population(g), " alive")
    for i in 1:size(g)[1]
        for j in 1:size(g)[2]
            print(io, g.cells[i, j] ? '#' : '.')
        end
        i < size(g)[1] && println(io)
    end
end

function place!(g::Life, p::Life, i, j)
    r, c = size(p)
    g.cells[i:i+r-1, j:j+c-1] .|= p.cells
    g
end

function neighbours(g::Life)
    cells = Int.(g.cells)
    sum(circshift(cells, (di, dj)) for di in -1:1, dj in -1:1 if (di, dj) != (0, 0))
end

function step(g::Life)
    n = neighbours(g)
    Life(BitMatrix((n .== 3) .| (g.cells .& (n .== 2))))
end

# The same rule, cell by cell, to check the one above.
function step_slow(g::Life)
    r, c = size(g)
    new = Life(r, c)
    for I in CartesianIndices(g.cells)
        alive = 0
        for d in CartesianIndices((-1:1, -1:1))
            d == CartesianIndex(0, 0) && continue
            J = CartesianIndex(mod1(I[1] + d[1], r), mod1(I[2] + d[2], c))
            alive += g.cells[J]
        end
        new.cells[I] = alive == 3 || (g.cells[I] && alive == 2)
    end
    new
end

struct Generations
    start::Life
end
Base.iterate(gs::Generations, g=gs.start) = (g, step(g))
Base.IteratorSize(::Type{Generations}) = Base.IsInfinite()
Base.eltype(::Type{Generations}) = Life

"How many generations until a state comes again, and how long the cycle is."
function period(g::Life; limit=1000)
    seen = Dict{Life,Int}()
    for (n, state) in enumerate(Generations(g))
        haskey(seen, state) && return (start=seen[state] - 1, period=n - seen[state])
        seen[state] = n
        n > limit && return nothing
    end
end

const patterns = Dict(
    "block" => Life("##\n##"),
    "blinker" => Life("###"),
    "glider" => Life(".#.\n..#\n###"),
    "r-pentomino" => Life(".##\n##.\n.#."),
    "toad" => Life(".###\n###."),
)

show_plain(x) = (show(stdout, MIME("text/plain"), x); println())

board = Life(8, 12)
place!(board, patterns["glider"], 1, 1)
place!(board, patterns["blinker"], 5, 8)
show_plain(board)
for (n, g) in zip(0:4, Generations(board))
    println("generation ", n, ": ", population(g), " alive")
end
show_plain(first(Iterators.drop(Generations(board), 4)))

for name in sort!(collect(keys(patterns)))
    g = place!(Life(16, 16), patterns[name], 6, 6)
    println(rpad(name, 12), period(g))
end

g = place!(Life(20, 20), patterns["r-pentomino"], 9, 9)
history = [population(s) for s in Iterators.take(Generations(g), 30)]
println(history)
println("most: ", maximum(history), " at ", argmax(history) - 1)
ok = all(step(s) == step_slow(s) for s in Iterators.take(Generations(g), 15))
println("both rules agree: ", ok)

# Which cells were ever alive in 60 generations
ever = reduce((a, b) -> a .| b, (s.cells for s in Iterators.take(Generations(g), 60)))
println("ever alive: ", count(ever), " of ", length(ever))
rows = vec(any(ever, dims=2))
println("rows touched: ", findfirst(rows), " to ", findlast(rows))
println(typeof(step(g).cells) == BitMatrix, " ", eltype(g.cells))
