# One task or one channel, looked at closely; the tasks that wait for ever.

using ..Base: channel_queue, channel_isopen, channel_error, channel_binders, channels_live, tasks_stuck, task_backtrace, task_origins,
    show_backtrace, task_result

"""
    Weft.ChannelInfo

What is known of a channel at one moment, as `Weft.inspect(channel)` gives it: `channel`,
`length` and `capacity`, `state` (`:open` or `:closed`), the tasks that wait in it (`putters`,
`takers`, `waiters`), those whose end closes it (`binders`), and where it was made.
"""
struct ChannelInfo
    channel::Channel
    length::Int
    capacity::Int
    state::Symbol
    putters::Vector{TaskInfo}
    takers::Vector{TaskInfo}
    waiters::Vector{TaskInfo}
    binders::Vector{TaskInfo}
    made::Any
end

infos(tasks) = TaskInfo[TaskInfo(t) for t in tasks]

function ChannelInfo(c::Channel)
    core = getfield(c, :core)
    queue(kind) = infos(queue_tasks(channel_queue(core, kind)))
    ChannelInfo(c, channel_length(core), channel_capacity(core), channel_isopen(core) ? :open : :closed,
        queue(:put), queue(:take), queue(:wait), infos(channel_binders(core)), channel_site(core))
end

"""
    Weft.inspect(c::Channel) -> Weft.ChannelInfo
    Weft.inspect(t::Task) -> Weft.TaskView

Look at a channel: how full it is, who waits to put and to take, where it was made. Or at a
task: its state, what it waits for, and its stack.

# Examples
```julia
julia> c = Channel{Int}(1);

julia> t = @async (put!(c, 1); put!(c, 2));

julia> yield(); i = Weft.inspect(c);

julia> i.length, i.capacity, length(i.putters), i.putters[1].task === t
(1, 1, 1, true)
```
"""
inspect(c::Channel) = ChannelInfo(c)

"""
    Weft.TaskView

A task looked at closely, as `Weft.inspect(task)` gives it: `info`, a `Weft.TaskInfo`, and
`stack`, the frames at which it stands or has failed.
"""
struct TaskView
    info::TaskInfo
    stack::Any
end
inspect(t::Task) = TaskView(TaskInfo(t), task_backtrace(t))

"""
    Weft.channels()

The channels that tasks, or the variables of `Main`, can reach, as a vector of
`Weft.ChannelInfo`, shown as a table.
"""
channels() = ChannelTable(ChannelInfo[ChannelInfo(c) for c in channels_live()])

"""
    Weft.ChannelTable

What `Weft.channels()` gives: a vector of `Weft.ChannelInfo`.
"""
struct ChannelTable <: Table{ChannelInfo}
    rows::Vector{ChannelInfo}
end
Base.show(io::IO, t::ChannelTable) = print(io, "ChannelTable(", plural(length(t), "channel"), ")")

function Base.show(io::IO, ::MIME"text/plain", t::ChannelTable)
    isempty(t) && return print(io, "no channels")
    print(io, plural(length(t), "channel"))
    rows = [("channel", "holds", "blocked in put!", "blocked in take!", "made at"); [channel_columns(i) for i in t]]
    width = [maximum(textwidth(r[j]) for r in rows) for j in 1:5]
    limit = get(io, :limit, false) ? max(5, displaysize(io)[1] - 4) : typemax(Int)
    for r in first(rows, limit)
        print(io, "\n  ", rstrip(join((rpad(r[j], width[j]) for j in 1:5), "  ")))
    end
    length(rows) > limit && print(io, "\n  ⋮ ", length(rows) - limit, " more")
    nothing
end

Base.show(io::IO, ::MIME"text/html", t::ChannelTable) =
    html(io, isempty(t) ? "no channels" : sprint(channels_html, t))

# The columns of a channel, as texts.
channel_columns(i::ChannelInfo) = (channel_title(i.channel), string(i.state === :open ? "" : "closed, ", fill_text(i.channel)),
    names_of(i.putters), names_of(i.takers), place(i.made))
names_of(rows) = length(rows) > 3 ? string(length(rows), " tasks") : join((label(r.task) for r in rows), ", ")

const shown_channels = 40

function channels_html(io, found)
    print(io, "<div class=\"s\"><table><tr><th>channel</th><th></th><th>holds</th><th>blocked in put!</th><th>blocked in take!</th><th>made at</th></tr>")
    for i in first(found, shown_channels)
        title, holds, putters, takers, _ = channel_columns(i)
        print(io, "<tr><td>", escape(title), "</td><td>", bar(i), "</td><td>", holds, "</td><td>", escape(putters), "</td><td>", escape(takers), "</td><td>",
            place_html(i.made), "</td></tr>")
    end
    print(io, "</table></div>")
    length(found) > shown_channels && print(io, "<div class=\"m\">and ", length(found) - shown_channels, " more</div>")
end

# What is told of a channel, line by line: (heading, text).
function lines(i::ChannelInfo)
    out = Tuple{String,String}[("state", string(i.state, ", ", fill_text(i.channel)))]
    for (what, tasks) in (("put!", i.putters), ("take!", i.takers), ("wait", i.waiters))
        isempty(tasks) || push!(out, (string("blocked in ", what), several(tasks)))
    end
    isempty(i.binders) || push!(out, ("closed by the end of", join((label(r.task) for r in i.binders), ", ")))
    i.made === nothing || push!(out, ("made at", place(i.made)))
    out
end

function several(rows)
    shown = first(rows, 5)
    text = join((string(label(r.task), " for ", duration(r.since), isempty(place(r.at)) ? "" : string(" at ", place(r.at))) for r in shown), "; ")
    length(rows) > 5 ? string(text, "; and ", length(rows) - 5, " more") : text
end

function lines(i::TaskInfo)
    out = Tuple{String,String}[]
    push!(out, ("state", string(i.state, i.state === :running ? "" : string(" for ", duration(i.since)))))
    i.waits === nothing || push!(out, ("waits for", wait_text(i)))
    i.at === nothing || push!(out, ("stands at", place(i.at)))
    isempty(i.cell) || push!(out, ("cell", i.cell))
    sites = task_origins(i.task)
    isempty(sites) || push!(out, ("spawned at", join((place(s) for s in sites), ", by a task spawned at ")))
    push!(out, ("ran", string(duration(i.runtime), " in ", plural(i.switches, "turn"))))
    out
end

function show_lines(io, title, pairs)
    print(io, title)
    width = maximum(textwidth(p[1]) for p in pairs; init=0)
    for (head, text) in pairs
        print(io, "\n  ", rpad(head, width), "  ", text)
    end
end

function lines_html(title, pairs)
    rows = join((string("<tr><td class=\"m\">", h, "</td><td>", escape(t), "</td></tr>") for (h, t) in pairs))
    string("<div><b>", escape(title), "</b></div><table>", rows, "</table>")
end

channel_title(c::Channel) = string(typeof(c), "(", capacity_text(c), ")")
capacity_text(c) = (n = channel_capacity(getfield(c, :core)); n == typemax(Int) ? "Inf" : string(n))

Base.show(io::IO, i::ChannelInfo) = print(io, "ChannelInfo(", channel_title(i.channel), ", ", i.state, ", ", fill_text(i.channel), ")")
Base.show(io::IO, ::MIME"text/plain", i::ChannelInfo) = show_lines(io, channel_title(i.channel), lines(i))
Base.show(io::IO, ::MIME"text/html", i::ChannelInfo) = html(io, lines_html(channel_title(i.channel), lines(i)))

Base.show(io::IO, v::TaskView) = print(io, "TaskView(", label(v.info.task), ")")
function Base.show(io::IO, ::MIME"text/plain", v::TaskView)
    show_lines(io, string("Task ", label(v.info.task)), lines(v.info))
    show_backtrace(io, v.stack)
end
function Base.show(io::IO, ::MIME"text/html", v::TaskView)
    html(io, lines_html(string("Task ", label(v.info.task)), lines(v.info)),
        "<pre>", escape(lstrip(sprint(show_backtrace, v.stack), '\n')), "</pre>")
end

"""
    Weft.StuckTask

A task that waits for ever: `info`, a `Weft.TaskInfo`, and `variable`, the name of one
through which a later cell could still wake it, or `""`.
"""
struct StuckTask
    info::TaskInfo
    variable::String
end

"""
    Weft.StuckTable

What `Weft.stuck()` gives: a vector of `Weft.StuckTask`.
"""
struct StuckTable <: Table{StuckTask}
    rows::Vector{StuckTask}
end

"""
    Weft.stuck()

The background tasks that wait for ever: nothing that runs, is timed, or comes from outside
can wake them. Where a variable of `Main` leads to what a task waits for, a later cell
still can; the table names it.

# Examples
```julia
julia> c = Channel(); t = @async take!(c);

julia> yield(); s = only(s for s in Weft.stuck() if s.info.task === t);

julia> s.info.waits, s.variable
(:take, "c")
```
"""
function stuck()
    found = tasks_stuck()
    StuckTable(StuckTask[StuckTask(TaskInfo(found[i]), found[i + 1]) for i in 1:2:length(found)])
end

wakes(s::StuckTask) = isempty(s.variable) ? "nothing" : string("a cell, through ", s.variable)

Base.show(io::IO, s::StuckTask) = print(io, "StuckTask(", label(s.info.task), ", ", wait_text(s.info), ")")
Base.show(io::IO, t::StuckTable) = print(io, "StuckTable(", plural(length(t), "task"), ")")

stuck_title(t) = isempty(t) ? "no task waits for ever" : string(plural(length(t), "task"), length(t) == 1 ? " waits" : " wait", " for ever")

function Base.show(io::IO, ::MIME"text/plain", t::StuckTable)
    print(io, stuck_title(t))
    for s in t
        r = s.info
        print(io, "\n  ", r.cell, " ", label(r.task), " waits for ", wait_text(r), ", since ", duration(r.since))
        r.at === nothing || print(io, ", at ", place(r.at))
        r.spawned === nothing || print(io, ", spawned at ", place(r.spawned))
        print(io, "; can be woken by ", wakes(s))
    end
end

function Base.show(io::IO, ::MIME"text/html", t::StuckTable)
    buf = IOBuffer()
    print(buf, "<div class=\"m\">", stuck_title(t), "</div>")
    if !isempty(t)
        print(buf, "<div class=\"s\"><table><tr><th>task</th><th>cell</th><th>waits for</th><th class=\"n\">since</th><th>at</th><th>spawned at</th><th>can be woken by</th></tr>")
        for s in t
            r = s.info
            print(buf, "<tr><td>", escape(label(r.task)), "</td><td>", escape(r.cell), "</td><td>", escape(wait_text(r)), "</td><td class=\"n\">",
                duration(r.since), "</td><td>", place_html(r.at), "</td><td>", place_html(r.spawned), "</td><td>",
                escape(wakes(s)), "</td></tr>")
        end
        print(buf, "</table></div>")
    end
    html(io, String(take!(buf)))
end
