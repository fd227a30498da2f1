# Schedules: an order of tasks that can be repeated, and the search for one that fails.

using ..Base: bubble_open, bubble_close, bubble_enter, bubble_main, bubble_log, bubble_steps, bubble_tasks, bubble_quiet,
    task_schedule_with, task_id, task_name, task_site, task_observe, current_task, MIME, Random

# What is restored after a schedule: the bubble around it and the random numbers.
struct Scheduled
    bubble::Any
    was::Any
    random::Any
end

function begin_schedule(seed::Integer, preempt::Bool, steps::Int)
    random = copy(Random.default_rng())
    Random.seed!(seed)
    b = bubble_open(true, seed % Int, preempt)
    was = bubble_enter(b)
    bubble_main(b, current_task())
    bubble_log(b, steps)
    yield() # so that all that the main task does is in a step
    Scheduled(b, was, random)
end

function end_schedule(s::Scheduled)
    bubble_enter(s.was)
    bubble_close(s.bubble)
    copy!(Random.default_rng(), s.random)
    nothing
end

"""
    Weft.@schedule seed [preempt=true] expr

Evaluate `expr` with the order of its tasks chosen by a number: whenever several can
run, the seed decides which one does, and which case of a `Weft.@select` happens. The
same seed gives the same order, so that an error that depends on it can be repeated.
Time is virtual (see [`Weft.@virtual`](@ref)) and random numbers begin at the seed,
for else a run could not be repeated. With even seeds each choice is made at random, with
odd ones tasks have priorities that seldom change.

Tasks change only where they wait or `yield`, as those of `@async` do in Julia; with
`preempt=true` also between any two calls, as `Threads.@spawn` allows.

If nothing in `expr` can run any more, it gets a `DeadlockError`.

# Examples
```julia
julia> order(seed) = Weft.@schedule seed begin
           seen = Int[]
           @sync for i in 1:5
               @async push!(seen, i)
           end
           seen
       end;

julia> order(1) == order(1), sort(order(2))
(true, [1, 2, 3, 4, 5])

julia> length(unique(order(seed) for seed in 1:100)) > 20
true
```
"""
macro schedule(args...)
    length(args) >= 2 || throw(ArgumentError("@schedule takes a seed and an expression"))
    preempt = :(false)
    for a in args[2:end-1]
        a isa Expr && a.head === :(=) && a.args[1] === :preempt || throw(ArgumentError("@schedule knows the option preempt, got `$a`"))
        preempt = a.args[2]
    end
    s = gensym("schedule")
    Base.count_as_at!(quote
        local $s = begin_schedule($(esc(args[1])), $(esc(preempt)), 0)
        try
            $(esc(args[end]))
        finally
            end_schedule($s)
        end
    end, __source__)
end

# One run of a task in a schedule; see the primitive bubble_steps.
struct Step
    time::Int
    task::Union{Nothing,Task}
    from::String
    to::String
    what::String
    on::Union{Nothing,Task}
    woke::Vector{Pair{Task,String}}
end
Step(row::Vector) = Step(row[1], row[2], row[3], row[4], row[5], row[6],
    [row[i] => row[i+1] for i in 7:2:length(row)])

"""
    Weft.Exploration

What [`Weft.@explore`](@ref) found: `failed` tells whether a schedule failed, then
`seed` is its number, `exception` what was thrown, and showing it gives the steps that led
there, in front ends with Markdown as a sequence diagram too. `Weft.again(x)` runs that
schedule once more.
"""
struct Exploration
    failed::Bool
    schedules::Int   # how many were run
    seed::Int
    exception::Any
    steps::Vector{Step}
    lost::Int        # steps before those that were kept
    main::Task
    code::Any        # the function that was run
    text::String     # the expression
    preempt::Bool
end

"""
    Weft.again(x::Exploration)

Run the schedule that failed once more.
"""
again(x::Exploration) = @schedule x.seed preempt=x.preempt x.code()

# Runs f by one schedule: nothing, or how it failed.
function try_schedule(f, seed::Int, preempt::Bool, steps::Int, schedules::Int, text::String)
    s = begin_schedule(seed, preempt, steps)
    failure = nothing
    try
        f()
    catch e
        e isa InterruptException && rethrow()
        rows, lost, _ = bubble_steps(s.bubble)
        failure = Exploration(true, schedules, seed, e, map(Step, rows), lost, current_task(), f, text, preempt)
    finally
        leave_none(s.bubble)
        end_schedule(s)
    end
    failure
end

# Ends what the main task of a bubble has left: what can run runs, what waits is
# given up.
function leave_none(b)
    me = current_task()
    for round in 1:3
        n = 0
        while !bubble_quiet(b) && n < 1000
            yield()
            n += 1
        end
        left = [t for t in bubble_tasks(b) if t !== me]
        isempty(left) && return
        for t in left
            task_observe(t)
            istaskdone(t) || task_schedule_with(t, InterruptException(), true)
        end
    end
end

"""
    Weft.explore(f, n; seed=1, preempt=false, steps=20_000)

Call `f()` in `n` schedules; see [`Weft.@explore`](@ref).
"""
function explore(f, n::Integer; seed::Integer=1, preempt::Bool=false, steps::Integer=20_000, text::String=string(f, "()"))
    for i in 1:n
        x = try_schedule(f, Int(seed) + i - 1, preempt, Int(steps), i, text)
        x === nothing || return x
    end
    Exploration(false, n, 0, nothing, Step[], 0, current_task(), f, text, preempt)
end

"""
    Weft.@explore n [seed=1] [preempt=false] [steps=20_000] expr

Evaluate `expr` again and again, in `n` different orders of its tasks (see
[`Weft.@schedule`](@ref)), until one fails: throws, comes to a deadlock, or has not ended
after a number of steps. The [`Weft.Exploration`](@ref) that it returns shows the first
failure with its seed, the steps that led there and how to repeat it. Half of the orders
are random; in the other half tasks have random priorities that change a few times,
which finds errors that need a long run of one task (the method is known as PCT).

`expr` is evaluated in a function: it should make all that its tasks share, since what is
left from one run is there in the next one.

# Examples
```julia
julia> function transfer()
           balance = 100
           @sync for i in 1:2
               @async begin
                   b = balance
                   yield()             # asks the bank
                   balance = b - 10
               end
           end
           @assert balance == 80
       end;

julia> x = Weft.@explore 100 transfer();

julia> x.failed, x.exception
(true, AssertionError("balance == 80"))
```
"""
macro explore(args...)
    length(args) >= 2 || throw(ArgumentError("@explore takes a number of schedules and an expression"))
    options = Any[]
    for a in args[2:end-1]
        a isa Expr && a.head === :(=) && a.args[1] in (:seed, :preempt, :steps) ||
            throw(ArgumentError("@explore knows the options seed, preempt and steps, got `$a`"))
        push!(options, Expr(:kw, a.args[1], esc(a.args[2])))
    end
    ex = args[end]
    :(explore($(Base.thunk_form(esc(ex), __source__)), $(esc(args[1])); text=$(code_text(ex)), $(options...)))
end

# An expression as text, without the lines it stands on.
code_text(ex) = string(without_lines(ex))
without_lines(ex) = ex
function without_lines(ex::Expr)
    args = Any[without_lines(a) for a in ex.args if !(a isa LineNumberNode && ex.head !== :macrocall)]
    Expr(ex.head, args...)
end

## showing

label(x::Exploration, t::Task) = t === x.main ? "main" : isempty(task_name(t)) ? "task $(task_id(t))" : task_name(t)

function one_liner(x::Exploration)
    text = occursin('\n', x.text) ? "begin … end" : x.text
    string("Weft.@schedule ", x.seed, x.preempt ? " preempt=true " : " ", text)
end

# The lines of the list of steps: who, where, what.
function step_lines(x::Exploration)
    rows = Vector{String}[]
    for (i, s) in enumerate(x.steps)
        who = s.task === nothing ? "" : label(x, s.task)
        parts = [string(isempty(waited) ? "starts " : "wakes ", label(x, t)) for (t, waited) in s.woke]
        push!(parts, s.task === nothing ? "at $(s.time / 1e9) s" : s.on === nothing ? s.what : "waits for " * label(x, s.on))
        what = join(parts, "; ")
        push!(rows, [string(i + x.lost), who, s.to, what])
    end
    widths = [maximum(textwidth(r[k]) for r in rows; init=0) for k in 1:3]
    [rstrip(string(lpad(r[1], widths[1]), "  ", rpad(r[2], widths[2]), "  ", rpad(r[3], widths[3]), "  ", r[4])) for r in rows]
end

function Base.show(io::IO, x::Exploration)
    x.failed ? print(io, "Weft.Exploration(failed: seed ", x.seed, ")") : print(io, "Weft.Exploration(", x.schedules, " schedules passed)")
end

const SHOWN_STEPS = 40

function Base.show(io::IO, ::MIME"text/plain", x::Exploration)
    if !x.failed
        print(io, x.schedules, " schedules, all passed: ", x.text)
        return
    end
    print(io, "Schedule ", x.schedules, " failed, with seed ", x.seed, ":\n  ")
    print(io, replace(sprint(showerror, x.exception), '\n' => "\n  "))
    print(io, "\nRepeat it: ", one_liner(x), "\nSteps:")
    lines = step_lines(x)
    from = max(1, length(lines) - SHOWN_STEPS + 1)
    from + x.lost > 1 && print(io, "\n  … ", from - 1 + x.lost, " before these")
    for l in lines[from:end]
        print(io, "\n  ", l)
    end
end

Base.showable(::MIME"text/html", x::Exploration) = x.failed
function Base.show(io::IO, ::MIME"text/html", x::Exploration)
    html(io, "<div class=\"c failed\">", badge(:failed), " <b>Schedule ", x.schedules, ", with seed ", x.seed, "</b><pre>", escape(sprint(showerror, x.exception)),
        "</pre>Repeat it: <code>", escape(one_liner(x)), "</code></div><div class=\"g\"></div>", steps_svg(x),
        "<details><summary>the steps as a list</summary><pre>", escape(join(last(step_lines(x), SHOWN_STEPS), '\n')), "</pre></details>")
end

# Who takes part in steps, in the order of first appearance; nothing stands for time.
function parties(steps::Vector{Step})
    seen = Any[]
    note(t) = any(s -> s === t, seen) || push!(seen, t)
    for s in steps
        note(s.task)
        foreach(w -> note(w[1]), s.woke)
    end
    seen
end

# What a task did at the end of a step, and where.
function step_end(x::Exploration, s::Step)
    what = s.on === nothing ? s.what : "waits for " * label(x, s.on)
    isempty(s.to) ? what : string(what, " (", s.to, ")")
end

function steps_svg(x::Exploration)
    steps = last(x.steps, SHOWN_STEPS)
    seen = parties(steps)
    at(t) = findfirst(s -> s === t, seen)
    rows = Lane[]
    for s in steps
        for (t, waited) in s.woke
            push!(rows, Lane(at(s.task), at(t), isempty(waited) ? "starts" : string("wakes (", waited, ")"), isempty(waited) ? :running : :done))
        end
        s.task === nothing || push!(rows, Lane(at(s.task), 0, step_end(x, s), :waiting))
    end
    sequence_svg([(t === nothing ? "time" : label(x, t), t !== nothing) for t in seen], rows)
end

"""
    Weft.mermaid(x::Exploration)

The steps as a sequence diagram in the notation of Mermaid.
"""
function mermaid(x::Exploration)
    io = IOBuffer()
    println(io, "sequenceDiagram")
    steps = last(x.steps, SHOWN_STEPS)
    seen = filter!(!isnothing, parties(steps))
    id(t) = "T$(findfirst(==(t), seen))"
    any(s -> s.task === nothing, steps) && println(io, "    participant time")
    for t in seen
        println(io, "    participant ", id(t), " as ", label(x, t))
    end
    for s in steps
        from = s.task === nothing ? "time" : id(s.task)
        for (t, waited) in s.woke
            println(io, "    ", from, "->>", id(t), ": ", isempty(waited) ? "starts" : "wakes (" * tame(waited) * ")")
        end
        s.task === nothing && continue
        println(io, "    Note over ", from, ": ", tame(step_end(x, s)))
    end
    String(take!(io))
end
# Mermaid takes ; and # as its own.
tame(s) = replace(s, r"[;#\n]" => ' ')
