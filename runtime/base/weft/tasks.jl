# The list of tasks.

using ..Base: tasks_live, task_facts, task_current, task_id, task_name

"""
    Weft.TaskInfo

What is known of one task at one moment; a row of `Weft.tasks()`.

`task`, `id`, `name`, `cell`; `state` (`:new`, `:ready`, `:running`, `:waiting`, `:done`,
`:failed`, `:abandoned`); `waits` and `on`: the kind of thing and the thing it waits for; `since`: for how
many seconds it has been in its state; `runtime` in seconds; `switches`: how often it
has run; `spawned` and `at`: where it was made and where it stands, as `(function, file,
line)` or `nothing`; `parent`: the number of the task that made it; `main`: whether it is a
cell's or the program's own.
"""
struct TaskInfo
    task::Task
    id::Int
    name::String
    cell::String
    state::Symbol
    waits::Union{Symbol,Nothing}
    on::Any
    since::Float64
    runtime::Float64
    switches::Int
    spawned::Any
    at::Any
    parent::Int
    main::Bool
end
TaskInfo(t::Task) = TaskInfo(task_facts(t)...)

wait_text(i::TaskInfo) = i.waits === nothing ? "" : wait_text(i.waits, i.on)

function Base.show(io::IO, i::TaskInfo)
    print(io, "TaskInfo(", label(i.task), ", ", i.state)
    i.waits === nothing || print(io, ": ", wait_text(i))
    print(io, ")")
end

# What is shown as a table: a vector of its field rows.
abstract type Table{T} <: AbstractVector{T} end
Base.size(t::Table) = size(t.rows)
Base.getindex(t::Table, i::Int) = t.rows[i]

"""
    Weft.TaskTable

A list of tasks, as `Weft.tasks()` gives it: a vector of `Weft.TaskInfo` that is shown as a
tree, by cell.
"""
struct TaskTable <: Table{TaskInfo}
    title::String
    rows::Vector{TaskInfo}
end

cell_name(n::Integer) = string("In[", n, "]")
cell_name(s::AbstractString) = String(s)

"""
    Weft.tasks(; cell=nothing, state=nothing)

The tasks that were started and have not ended: those of all cells, or of one (a number
or a name such as `"In[3]"`), in any state or in one. What is shown is grouped by cell, and
within a cell each task stands under the one that made it.

# Examples
```julia
julia> c = Channel{Int}(2);

julia> t = Weft.name!(@async(foreach(i -> put!(c, i), 1:9)), "producer");

julia> yield(); i = only(i for i in Weft.tasks() if i.task === t);

julia> i.name, i.state, i.waits, i.on === c
("producer", :waiting, :put, true)

julia> Weft.cancel(t);
```
"""
function tasks(; cell=nothing, state=nothing)
    rows = TaskInfo[TaskInfo(t) for t in tasks_live()]
    cell === nothing || filter!(i -> i.cell == cell_name(cell), rows)
    state === nothing || filter!(i -> i.state === state, rows)
    TaskTable("task", rows)
end

"""
    Weft.name!(t::Task, name) -> t

Give a task a name, for lists, cards and error reports.
"""
name!(t::Task, name) = (task_name(t, String(name)); t)

"""
    Weft.name(t::Task)

The name that `Weft.name!` gave, or `""`.
"""
name(t::Task) = task_name(t)

# The rows in the order they are shown: (depth, row); each cell begins with its name.
function arranged(rows)
    here = Dict{Int,Int}(r.id => k for (k, r) in enumerate(rows))
    under = Dict{Int,Vector{Int}}()
    groups = Pair{String,Vector{Int}}[]
    at = Dict{String,Int}()
    for (k, r) in enumerate(rows)
        p = get(here, r.parent, 0)
        if p > 0 && rows[p].cell == r.cell
            push!(get!(Vector{Int}, under, r.parent), k)
        else
            g = get!(at, r.cell) do
                push!(groups, r.cell => Int[])
                length(groups)
            end
            push!(groups[g].second, k)
        end
    end
    out = Tuple{Int,Any}[]
    for (cell, tops) in groups
        push!(out, (-1, cell))
        for k in tops
            arrange!(out, rows, under, k, 0)
        end
    end
    out
end

function arrange!(out, rows, under, k, depth)
    push!(out, (depth, rows[k]))
    for c in get(under, rows[k].id, ())
        arrange!(out, rows, under, c, depth + 1)
    end
end

# "12 tasks: 2 running, 10 waiting"
function summary_text(t::TaskTable)
    isempty(t.rows) && return string("no ", t.title)
    counts = Pair{Symbol,Int}[]
    for s in (:running, :ready, :waiting, :new, :done, :failed, :abandoned)
        n = count(r -> r.state === s, t.rows)
        n > 0 && push!(counts, s => n)
    end
    string(plural(length(t.rows), t.title), ": ", join((string(n, " ", s) for (s, n) in counts), ", "))
end

who(r::TaskInfo) = r.main && isempty(r.name) ? string("#", r.id, " main") : label(r.task)

# The columns of a row beside the first, as texts.
columns(r::TaskInfo) = (string(r.state), wait_text(r), r.state === :running ? "" : duration(r.since), duration(r.runtime),
    string(r.switches), place(r.at), place(r.spawned))
const column_names = ("task", "state", "waits for", "since", "ran", "switches", "at", "spawned at")

function Base.show(io::IO, ::MIME"text/plain", t::TaskTable)
    print(io, summary_text(t))
    isempty(t.rows) && return
    limit = get(io, :limit, false) ? max(5, displaysize(io)[1] - 4) : typemax(Int)
    all = arranged(t.rows)
    shown = first(all, limit)
    cells = [depth < 0 ? (row,) : (string("  "^(depth + 1), who(row)), columns(row)...) for (depth, row) in shown]
    heads = column_names
    width = [maximum(textwidth(c[j]) for c in cells if length(c) > 1; init=textwidth(heads[j])) for j in 1:length(heads)]
    right(j) = j in (4, 5, 6)
    line(c) = rstrip(join((right(j) ? lpad(c[j], width[j]) : rpad(c[j], width[j]) for j in 1:length(c)), "  "))
    print(io, '\n', line(heads))
    for c in cells
        print(io, '\n', length(c) == 1 ? c[1] : line(c))
    end
    length(all) > length(shown) && print(io, "\n  ⋮ ", length(t.rows) - count(x -> x[1] >= 0, shown), " more")
    nothing
end
Base.show(io::IO, t::TaskTable) = print(io, "TaskTable(", summary_text(t), ")")

const html_rows = 200

function Base.show(io::IO, ::MIME"text/html", t::TaskTable)
    html(io, table_html(t))
end

function table_html(t::TaskTable)
    buf = IOBuffer()
    print(buf, "<div class=\"m\">", summary_text(t), "</div>")
    isempty(t.rows) && return String(take!(buf))
    print(buf, "<div class=\"s\"><table><tr>")
    for (j, h) in enumerate(column_names)
        print(buf, "<th", j in (4, 5, 6) ? " class=\"n\"" : "", ">", h, "</th>")
    end
    print(buf, "</tr>")
    all = arranged(t.rows)
    for (depth, row) in first(all, html_rows)
        if depth < 0
            print(buf, "<tr class=\"g\"><td colspan=\"", length(column_names), "\">", escape(row), "</td></tr>")
        else
            row_html(buf, row, depth)
        end
    end
    print(buf, "</table></div>")
    length(all) > html_rows && print(buf, "<div class=\"m\">and ", length(all) - html_rows, " more</div>")
    String(take!(buf))
end

function row_html(io, r::TaskInfo, depth)
    print(io, "<tr><td style=\"padding-left:", 16depth, "px!important\">", escape(who(r)), "</td><td>", badge(r.state), "</td>")
    for (j, text) in enumerate(columns(r)[2:5])
        print(io, j > 1 ? "<td class=\"n\">" : "<td>", escape(text), "</td>")
    end
    print(io, "<td>", place_html(r.at), "</td><td>", place_html(r.spawned), "</td></tr>")
end
