# Measures tasks: tasks.jl NAME REPS. Prints one value for each run; times are
# nanoseconds of processor time.

proc_time() = isdir("/proc/self/task") ?
    sum(parse(Int, split(read("/proc/self/task/$d/schedstat", String))[1]) for d in readdir("/proc/self/task")) : Int(time_ns())
resident() = parse(Int, split(first(filter(l -> startswith(l, "VmRSS"), readlines("/proc/self/status"))))[2]) * 1024

function yields(n)
    a = @async for _ in 1:n; yield(); end
    b = @async for _ in 1:n; yield(); end
    wait(a); wait(b)
    2n
end

function yieldtos(n)
    local a, b
    main = current_task()
    a = Task(() -> (for _ in 1:n; yieldto(b); end; yieldto(main)))
    b = Task(() -> while true; yieldto(a); end)
    yieldto(a)
    2n
end

function pass(n, size)
    c = Channel{Int}(size)
    p = @async (for i in 1:n; put!(c, i); end; close(c))
    s = 0
    for x in c
        s += x
    end
    wait(p)
    @assert s == n * (n + 1) ÷ 2
    n
end

function daisy(stages, items)
    cs = [Channel{Int}(0) for _ in 1:stages+1]
    for i in 1:stages
        @async (for x in cs[i]; put!(cs[i+1], x + 1); end; close(cs[i+1]))
    end
    @async (for i in 1:items; put!(cs[1], i); end; close(cs[1]))
    k = 0
    for x in cs[end]
        k += 1
    end
    @assert k == items
    stages * items
end

function roundtrips(n)
    a, b = Condition(), Condition()
    t = @async for _ in 1:n; wait(a); notify(b); end
    yield()
    for _ in 1:n
        notify(a)
        wait(b)
    end
    wait(t)
    n
end

function spawnone(n)
    for _ in 1:n
        wait(@async nothing)
    end
    n
end

function spawnall(n)
    @sync for i in 1:n
        @async nothing
    end
    n
end

# The memory that each of n waiting tasks takes; all are woken.
function blocked(n, on_condition)
    GC.gc()
    before = resident()
    c = Condition()
    ch = Channel{Int}(0)
    done = 0
    ts = Task[]
    for i in 1:n
        push!(ts, on_condition ? (@async (wait(c); done += 1)) : (@async (x = take!(ch); done += x)))
    end
    yield()
    mem = (resident() - before) / n
    on_condition ? notify(c) : foreach(i -> put!(ch, 1), 1:n)
    foreach(wait, ts)
    @assert done == n
    mem
end

# The median by which n sleeps of 0.2 to 1.2 s last too long, in microseconds.
function lateness(n)
    late = zeros(n)
    @sync for i in 1:n
        d = 0.2 + (i * 7919 % n) / n
        @async begin
            t = time_ns()
            sleep(d)
            late[i] = (time_ns() - t) / 1e3 - 1e6d
        end
    end
    sort!(late)[n÷2]
end

function times(f, n, reps)
    f(min(n, 1000))
    for _ in 1:reps
        GC.gc()
        t = proc_time()
        k = f(n)
        println((proc_time() - t) / k)
    end
end

let name = ARGS[1], reps = parse(Int, ARGS[2])
    name == "yield" ? times(yields, 10^6, reps) :
    name == "yieldto" ? times(yieldtos, 10^6, reps) :
    name == "chan0" ? times(n -> pass(n, 0), 10^6, reps) :
    name == "chan1000" ? times(n -> pass(n, 1000), 10^6, reps) :
    name == "daisy" ? times(n -> daisy(100, n), 2000, reps) :
    name == "cond" ? times(roundtrips, 10^6, reps) :
    name == "spawn1" ? times(spawnone, 10^5, reps) :
    name == "spawnall" ? times(spawnall, 10^6, reps) :
    name == "blocked" ? (blocked(10, true); println(blocked(10^6, true))) :
    name == "blockedchan" ? (blocked(10, false); println(blocked(10^6, false))) :
    name == "timers" ? (lateness(10); println(lateness(10^5))) :
    error("no measure $name")
end
