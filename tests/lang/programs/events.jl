# Discrete event simulation of a shop: a queue of events, several tills, patience, statistics, and the same by tasks.
using Printf

# a generator of our own, so that a run is the same everywhere
mutable struct Gen
    x::UInt64
end
function draw!(g::Gen)
    g.x ⊻= g.x << 13
    g.x ⊻= g.x >> 7
    g.x ⊻= g.x << 17
    (g.x >> 11) / 2.0^53
end
exponential!(g::Gen, mean) = -mean * log(1 - draw!(g))
uniform!(g::Gen, a, b) = a + (b - a) * draw!(g)

@enum Kind Arrival Finish GiveUp Closing

struct Event
    time::Float64
    order::Int
    kind::Kind
    who::Int
end
Base.isless(a::Event, b::Event) = isless((a.time, a.order), (b.time, b.order))

mutable struct Customer
    id::Int
    arrived::Float64
    started::Union{Nothing,Float64}
    left::Union{Nothing,Float64}
    happy::Bool
end
Customer(id, t) = Customer(id, t, nothing, nothing, false)
waited(c::Customer) = something(c.started, c.left, c.arrived) - c.arrived

Base.@kwdef mutable struct Shop
    tills::Int = 2
    rate::Float64 = 1.0
    service::Float64 = 1.6
    patience::Tuple{Float64,Float64} = (3.0, 6.0)
    closes::Float64 = 60.0
    gen::Gen = Gen(88172645463325252)
    now::Float64 = 0.0
    events::Vector{Event} = Event[]
    scheduled::Int = 0
    customers::Vector{Customer} = Customer[]
    queue::Vector{Int} = Int[]
    busy::Int = 0
    area::Float64 = 0.0
    longest::Int = 0
    log::Vector{String} = String[]
end

function at!(s::Shop, delay, kind, who=0)
    e = Event(s.now + delay, s.scheduled += 1, kind, who)
    insert!(s.events, searchsortedfirst(s.events, e), e)
end

function serve_next!(s::Shop)
    while s.busy < s.tills && !isempty(s.queue)
        c = s.customers[popfirst!(s.queue)]
        c.started = s.now
        s.busy += 1
        at!(s, uniform!(s.gen, 0.5s.service, 1.5s.service), Finish, c.id)
    end
end

handle!(s::Shop, e::Event) = handle!(s, Val(e.kind), e.who)
function handle!(s::Shop, ::Val{Arrival}, _)
    c = Customer(length(s.customers) + 1, s.now)
    push!(s.customers, c)
    push!(s.queue, c.id)
    at!(s, uniform!(s.gen, s.patience...), GiveUp, c.id)
    at!(s, exponential!(s.gen, s.rate), Arrival)
    serve_next!(s)
end
function handle!(s::Shop, ::Val{Finish}, id)
    s.customers[id].left = s.now
    s.customers[id].happy = true
    s.busy -= 1
    serve_next!(s)
end
function handle!(s::Shop, ::Val{GiveUp}, id)
    k = findfirst(==(id), s.queue)
    k === nothing && return
    deleteat!(s.queue, k)
    s.customers[id].left = s.now
    length(s.log) < 4 && push!(s.log, @sprintf("%6.2f customer %d gives up after %.2f, %d in front", s.now, id, waited(s.customers[id]), k - 1))
end
handle!(s::Shop, ::Val{Closing}, _) = filter!(e -> e.kind != Arrival, s.events)

function run!(s::Shop)
    at!(s, 0.0, Arrival)
    at!(s, s.closes, Closing)
    while !isempty(s.events)
        e = popfirst!(s.events)
        s.area += length(s.queue) * (e.time - s.now)
        s.now = e.time
        handle!(s, e)
        s.longest = max(s.longest, length(s.queue))
    end
    s
end

function report(s::Shop)
    happy = filter(c -> c.happy, s.customers)
    w = sort(waited.(happy))
    @printf("%d tills: %3d came, %3d served, %2d gave up, closed at %.2f\n", s.tills, length(s.customers), length(happy), count(c -> !c.happy, s.customers), s.now)
    @printf("   waited: mean %.3f, median %.3f, most %.3f; queue: mean %.3f, longest %d\n", sum(w) / length(w), w[cld(end, 2)], last(w), s.area / s.now, s.longest)
end

shops = [run!(Shop(tills=n)) for n in 1:3]
foreach(report, shops)
println(join(shops[1].log, '\n'))
println(instances(Kind), " ", Int(Finish), " ", Kind(2), " ", typeof(Arrival))
println("customers 1 to 3: ", join([(c.id, round(c.arrived; digits=3), c.happy) for c in shops[2].customers[1:3]], ' '))

histogram = zeros(Int, 7)
for c in shops[1].customers
    histogram[clamp(floor(Int, waited(c)) + 1, 1, 7)] += 1
end
for (k, n) in enumerate(histogram)
    println(k == 7 ? "6+ " : "$(k - 1)-$k", " ", lpad(n, 3), " ", "*"^cld(n, 2))
end

# Little's law: mean number in the queue = arrivals per time × mean wait (of all)
for s in shops
    l = s.area / s.now
    λw = sum(waited, s.customers) / s.now
    println(s.tills, ": ", isapprox(l, λw; rtol=1e-9))
end

# The same idea with tasks: tills take from a channel, and time is what the tasks agree on.
function by_tasks(tills, jobs)
    queue = Channel{Tuple{Int,Int}}(length(jobs))
    foreach(j -> put!(queue, j), enumerate(jobs))
    close(queue)
    done = Channel{Tuple{Int,Int,Int}}(length(jobs))
    clock = zeros(Int, tills)
    @sync for till in 1:tills
        @async for (id, length) in queue
            clock[till] += length
            put!(done, (id, till, clock[till]))
            while clock[till] > minimum(clock) && isready(queue)
                yield()
            end
        end
    end
    close(done)
    sort!(collect(done)), clock
end
order, clock = by_tasks(3, [5, 3, 8, 2, 7, 4, 1, 6])
for (id, till, t) in order
    println("job ", id, " at till ", till, " done at ", t)
end
println("clocks ", clock, ", in all ", sum(clock))
