# Measures the engine: engine.jl NAME REPS [N]. Prints what an operation takes, in
# nanoseconds of processor time, REPS times after a first, shorter run.

proc_time() = isdir("/proc/self/task") ?
    sum(parse(Int, split(read("/proc/self/task/$d/schedstat", String))[1]) for d in readdir("/proc/self/task")) : Int(time_ns())

fib(n) = n < 2 ? n : fib(n - 1) + fib(n - 2)
fibcalls(n) = fib(26)

function loop(n)
    s = 1
    for i in 1:n
        s = (s * 31 + i) ⊻ s
    end
    s
end

function sieve(n)
    p = fill(true, n)
    for i in 2:isqrt(n)
        if p[i]
            for j in i*i:i:n
                p[j] = false
            end
        end
    end
    count(p)
end

thrower(x) = x > 0 ? throw(ArgumentError("no")) : x
function throws(n)
    k = 0
    for i in 1:n
        try
            thrower(i)
        catch e
            k += e isa ArgumentError
        end
    end
    k
end

function complexes(n)
    z = 0.0 + 0.0im
    c = -0.2 + 0.3im
    for i in 1:n
        z = z * z + c
    end
    z
end

struct Point
    x::Float64
    y::Float64
end
plus(a::Point, b::Point) = Point(a.x + b.x, a.y + b.y)
function structs(n)
    p = Point(0, 0)
    q = Point(1, 2)
    for i in 1:n
        p = plus(p, q)
    end
    p.x
end

mutable struct Counter
    n::Int
end
bump!(c::Counter) = (c.n += 1)
function fields(n)
    c = Counter(0)
    for i in 1:n
        bump!(c)
    end
    c.n
end

withkw(a; b=1, c=2) = a + b + c
function keywords(n)
    s = 0
    for i in 1:n
        s += withkw(i; c=3)
    end
    s
end

abstract type Shape end
struct Square <: Shape; a::Float64; end
struct Circle <: Shape; r::Float64; end
struct Box2 <: Shape; a::Float64; b::Float64; end
area(s::Square) = s.a * s.a
area(s::Circle) = 3.14 * s.r * s.r
area(s::Box2) = s.a * s.b
function dispatch(n)
    shapes = Shape[Square(1.0), Circle(2.0), Box2(1.0, 2.0)]
    t = 0.0
    for i in 1:n
        t += area(shapes[i % 3 + 1])
    end
    t
end

function interpolate(n)
    k = 0
    for i in 1:n
        k += length("item $i of $n")
    end
    k
end

function printing(n)
    io = IOBuffer()
    for i in 1:n
        print(io, i, ',')
    end
    length(String(take!(io)))
end

function dictint(n)
    d = Dict{Int,Int}()
    for i in 1:n
        d[i * 7919] = i
    end
    s = 0
    for i in 1:n
        s += d[i * 7919]
    end
    s
end

function dictstring(n)
    keys = [string("k", i % 1000) for i in 1:n]
    d = Dict{String,Int}()
    for k in keys
        d[k] = get(d, k, 0) + 1
    end
    length(d)
end

function pushes(n)
    v = Int[]
    for i in 1:n
        push!(v, i)
    end
    length(v)
end

sortby(n) = sort([(i * 7919) % n for i in 1:n]; by = x -> -x)[1]

function broadcasts(n)
    a = collect(1.0:1000.0)
    b = copy(a)
    for i in 1:cld(n, 1000)
        b = a .+ 2 .* b .- 1.0
    end
    b[1]
end

function closures(n)
    v = collect(1:n)
    sum(map(x -> 2x + 1, filter(x -> x % 3 == 0, v)))
end

function comprehension(n)
    v = [i^2 + 1 for i in 1:n if i % 2 == 0]
    length(v)
end

function cell(n)
    io = IOBuffer()
    for i in 1:n
        k = i % 4
        k == 0 ? println(io, "a$i = $i * 2 + 1") :
        k == 1 ? println(io, "if a$(i - 1) > 3; b$i = string(a$(i - 1), \"x\") else b$i = \"\" end") :
        k == 2 ? println(io, "c$i = [$i, a$(i - 2), 3]") :
                 println(io, "for j in 1:3; global d = length(c$(i - 1)) + j end")
    end
    text = "a0 = 1\n" * String(take!(io))
    m = Module(:Cell)
    Core.eval(m, :(using Base))
    t = proc_time()
    include_string(m, text)
    (proc_time() - t) / sizeof(text) * n
end

const SIZES = Dict(
    "fib" => (fibcalls, 392835), "loop" => (loop, 10^7), "sieve" => (sieve, 2 * 10^6), "throws" => (throws, 10^5),
    "complex" => (complexes, 10^6), "structs" => (structs, 10^6), "fields" => (fields, 10^6), "keywords" => (keywords, 10^6),
    "dispatch" => (dispatch, 10^6), "interpolate" => (interpolate, 10^5), "print" => (printing, 10^5),
    "dictint" => (dictint, 10^5), "dictstring" => (dictstring, 10^5), "push" => (pushes, 10^6), "sortby" => (sortby, 10^5),
    "broadcast" => (broadcasts, 10^6), "closures" => (closures, 10^6), "comprehension" => (comprehension, 10^6),
    "cell" => (cell, 25000))

let name = ARGS[1], reps = parse(Int, ARGS[2])
    f, n = SIZES[name]
    length(ARGS) > 2 && (n = parse(Int, ARGS[3]))
    f(min(n, 1000))
    times = Float64[]
    for i in 1:reps
        GC.gc()
        t = proc_time()
        r = f(n)
        push!(times, name == "cell" ? r / n : (proc_time() - t) / n)
    end
    println(join(times, " "))
end
