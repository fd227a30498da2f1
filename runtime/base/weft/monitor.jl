# The dashboard of tasks and channels.

using ..Base: watch_display, unwatch_display, output_display, output_rich, time_ns, task_facts

# The least time between two updates, in seconds; how far back, and how many tasks, the
# history reaches.
const monitor_interval = 0.5
const monitor_history = 60.0
const monitor_tasks = 40

# A dashboard: what each task was at each look.
mutable struct Monitor
    id::String
    began::Float64
    at::Vector{Float64}                     # times of the looks
    states::IdDict{Task,Vector{Tuple{Int,Symbol}}}   # look, state: where that changes
    order::Vector{Task}
end
Monitor() = Monitor(next_id(), time_ns() / 1e9, Float64[], IdDict{Task,Vector{Tuple{Int,Symbol}}}(), Task[])

mutable struct Shown
    monitor::Union{Monitor,Nothing}
end
const shown = Shown(nothing)

"""
    Weft.monitor()
    Weft.monitor(false)

Show a dashboard that keeps itself up to date: the tasks by cell, what they did over the last
minute, and the channels with how full they are. It changes at most twice a second, and
only when tasks have run. There is one at a time; `Weft.monitor(false)` leaves it as it is.
"""
function monitor(on::Bool=true)
    m = shown.monitor
    m === nothing || unwatch_display(m)
    shown.monitor = nothing
    on || return nothing
    m = shown.monitor = Monitor()
    if output_rich()
        output_display(monitor_data(m), Any[], m.id, false)
        watch_display(m, () -> output_display(monitor_data(m), Any[], m.id, true), monitor_interval)
    else
        show(stdout, MIME("text/plain"), tasks())
        println()
    end
    nothing
end

function look!(m::Monitor, rows)
    now = time_ns() / 1e9 - m.began
    push!(m.at, now)
    k = length(m.at)
    alive = IdDict{Task,Bool}()
    for r in rows
        alive[r.task] = true
        note!(m, r.task, k, r.state)
    end
    for t in m.order
        haskey(alive, t) || note!(m, t, k, task_status(t))
    end
    # forget what has left the picture
    filter!(m.order) do t
        s = m.states[t]
        keep = haskey(alive, t) || now - m.at[s[end][1]] < monitor_history
        keep || delete!(m.states, t)
        keep
    end
end

function note!(m::Monitor, t::Task, k, state)
    s = get!(m.states, t) do
        push!(m.order, t)
        Tuple{Int,Symbol}[]
    end
    isempty(s) || s[end][2] !== state || return
    push!(s, (k, state))
end

# The spans of a task in the part of the history that is shown, which begins at from.
function monitor_spans(m::Monitor, t::Task, from, now)
    out = Span[]
    s = m.states[t]
    for (j, (k, state)) in enumerate(s)
        state in (:done, :failed, :abandoned) && (push!(out, Span(state, m.at[k] - from, m.at[k] - from + 0.01 * (now - from), Symbol(""))); continue)
        stop = j < length(s) ? m.at[s[j + 1][1]] : now
        stop > from && push!(out, Span(state, max(m.at[k] - from, 0.0), stop - from, Symbol("")))
    end
    out
end

function monitor_data(m::Monitor)
    here = current_task()
    table = TaskTable("task", filter(r -> !r.main || r.task !== here, collect(tasks())))
    look!(m, table)
    now = m.at[end]
    from = max(0.0, now - monitor_history)
    seen = last(m.order, monitor_tasks)
    spans = [monitor_spans(m, t, from, now) for t in seen]
    keep = [k for k in 1:length(seen) if !isempty(spans[k])]
    io = IOBuffer()
    print(io, "<b>Tasks and channels</b> <span class=\"m\">", Base.Libc.strftime("%H:%M:%S", Base.time()), "</span>", table_html(table))
    isempty(keep) || print(io, "<div class=\"m\" style=\"margin-top:8px\">the last ", duration(now - from), "</div>",
        chart([label(seen[k]) for k in keep], spans[keep], max(now - from, 0.001)), legend((:running, :ready, :waiting, :done, :failed)))
    found = channels()
    isempty(found) || (print(io, "<div class=\"g\"></div>"); channels_html(io, found))
    Any["text/plain", string(summary_text(table), ", ", plural(length(found), "channel")), "text/html", sprint(html, String(take!(io)))]
end
