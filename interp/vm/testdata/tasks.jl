log = String[]
t1 = @task begin
    push!(log, "a1")
    yield()
    push!(log, "a2")
    :done1
end
t2 = @task begin
    try
        push!(log, "b1")
        yield()
        error("b fails")
    finally
        push!(log, "b2")
    end
end
schedule(t1); schedule(t2)
println(fetch(t1))
println(try fetch(t2) catch e; typeof(e) end)
println(join(log, ","))
println(istaskdone(t1), istaskfailed(t2), istaskfailed(t1))
ch = Channel() do c
    for i in 1:5
        put!(c, i^2)
    end
end
println(collect(ch))
function pingpong(n)
    a, b = Channel{Int}(0), Channel{Int}(0)
    t = @async for _ in 1:n
        put!(b, take!(a) + 1)
    end
    x = 0
    for _ in 1:n
        put!(a, x)
        x = take!(b)
    end
    wait(t)
    x
end
println(pingpong(1000))
c = Condition()
r = Int[]
ts = [@async (push!(r, wait(c) + i)) for i in 1:3]
yield()
notify(c, 10)
foreach(wait, ts)
println(r)
println(sum(fetch.([@async(i^2) for i in 1:10])))
p = @async begin
    sleep(0.001)
    "slept"
end
println(fetch(p))
try
    @sync begin
        @async error("one")
        @async nothing
    end
catch e
    println(typeof(e), " ", length(e.exceptions))
end
tl = @async (task_local_storage(:k, 1) do; task_local_storage(:k) end)
println(fetch(tl))
sl = @async try; sleep(100); catch e; (e isa InterruptException); end
yield()
schedule(sl, InterruptException(); error=true)
println(fetch(sl))
st = Task(() -> 5)
println(istaskstarted(st)); schedule(st); wait(st); println(st.result, istaskstarted(st))
