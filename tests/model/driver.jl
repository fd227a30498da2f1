# Runs the programs of the model test: one per line, as the test writes them. It
# runs in any Julia, so that the same programs can be compared.

const wait_op = Base.wait

# Performs one operation of a task and returns what it gave.
function perform(w, op)
    k, a = op[1], op[2:end]
    c(i) = w.channels[parse(Int, a[i])]
    if k == "put"
        put!(c(1), parse(Int, a[2])); ""
    elseif k == "take"
        string(take!(c(1)))
    elseif k == "each"
        items = Int[]
        for x in c(1)
            push!(items, x)
        end
        join(items, '+')
    elseif k == "ready"
        string(isready(c(1)))
    elseif k == "close"
        close(c(1)); ""
    elseif k == "wait"
        string(wait_op(w.conditions[parse(Int, a[1])]))
    elseif k == "notify"
        string(notify(w.conditions[parse(Int, a[1])], parse(Int, a[2])))
    elseif k == "notify1"
        string(notify(w.conditions[parse(Int, a[1])], parse(Int, a[2]); all=false))
    elseif k == "await"
        wait_op(w.events[parse(Int, a[1])]); ""
    elseif k == "set"
        notify(w.events[parse(Int, a[1])]); ""
    elseif k == "lock"
        lock(w.locks[parse(Int, a[1])]); ""
    elseif k == "unlock"
        unlock(w.locks[parse(Int, a[1])]); ""
    elseif k == "yield"
        yield(); ""
    elseif k == "join"
        wait_op(w.tasks[parse(Int, a[1])]); ""
    elseif k == "bind"
        bind(c(1), w.tasks[parse(Int, a[2])]); ""
    elseif k == "throw"
        schedule(w.tasks[parse(Int, a[1])], ErrorException("thrown"); error=true); ""
    elseif k == "sleep"
        sleep(parse(Int, a[1])); ""
    elseif k == "fail"
        throw(Failed())
    else
        extra(w, k, a)
    end
end

struct Failed <: Exception end

function describe(e)
    e isa InvalidStateException && return "closed"
    e isa TaskFailedException && return "failed"
    e isa Failed && return "fail"
    e isa ErrorException && return e.msg == "thrown" ? "thrown" : e.msg == "schedule: Task not runnable" ? "over" : e.msg
    string(typeof(e))
end

function run_ops(w, name, ops)
    for op in ops
        r = try
            "=" * perform(w, op)
        catch e
            e isa Failed && (push!(w.log, string(name, ":fail")); rethrow())
            "!" * describe(e)
        end
        push!(w.log, string(name, ":", op[1], r))
    end
end

# A program: sections divided by |: capacities of channels; numbers of conditions,
# events and locks; then the operations of the main task and of each other task,
# divided by ; with words divided by blanks.
function run_program(text, finish)
    parts = split(text, '|')
    caps = [x == "inf" ? Inf : parse(Int, x) for x in split(parts[1], ' ', keepempty=false)]
    n = [parse(Int, x) for x in split(parts[2])]
    w = (channels=[Channel{Int}(x) for x in caps], conditions=[Condition() for _ in 1:n[1]], events=[Base.Event() for _ in 1:n[2]],
        locks=[ReentrantLock() for _ in 1:n[3]], tasks=Task[], log=String[])
    ops = [[split(op, ' ') for op in split(p, ';', keepempty=false)] for p in parts[3:end]]
    for i in 2:length(ops)
        let i = i
            push!(w.tasks, @async run_ops(w, i - 1, ops[i]))
        end
    end
    run_ops(w, 0, ops[1])
    finish()
    for (i, t) in enumerate(w.tasks)
        push!(w.log, string(i, istaskdone(t) ? istaskfailed(t) ? " failed" : " done" : " waits"))
    end
    join(w.log, ",")
end

spin() = for _ in 1:200 yield() end
run_all(texts) = foreach(t -> println(run_program(t, spin)), texts)
