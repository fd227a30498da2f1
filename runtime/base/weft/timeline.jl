# When tasks ran and waited, as a chart.

using ..Base: record_start, record_stop, cell_history

"""
    Weft.Span

A piece of a task's life: its `state` (`:running`, `:ready`, `:waiting`), from and to in
seconds since the chart's beginning, and what it waited for (`:sleep`, `:take`, ...).
"""
struct Span
    state::Symbol
    from::Float64
    to::Float64
    waits::Symbol
end

"""
    Weft.Timeline

What `Weft.@timeline` gives: for each task its `Weft.Span`s. Shown as a chart.
"""
struct Timeline
    tasks::Vector{Task}
    spans::Vector{Vector{Span}}
    stop::Float64
    lost::Int
end

"""
    Weft.@timeline expr

Evaluate `expr` and show when each task ran and waited meanwhile: a chart with a row for
each task.

# Examples
```julia
julia> t = Weft.@timeline @sync for i in 1:3
           @async sleep(0.01i)
       end;

julia> length(t.tasks) >= 4
true
```
"""
macro timeline(ex)
    Base.count_as_at!(:(timeline(() -> $(esc(ex)))), __source__)
end

"""
    Weft.timeline()
    Weft.timeline(f)

Show when each task of the cell before ran and waited, those that go on until now; or call
`f()` and show the same of all tasks meanwhile, as [`Weft.@timeline`](@ref) does. Of a cell that
has run already times are known to a millisecond or so, and the first 1024 things that its
tasks did.
"""
function timeline()
    history = cell_history()
    history === nothing && throw(ArgumentError("no cell has run before this one"))
    runs, _, lost, stop = history
    Timeline(runs, lost, stop)
end
function timeline(f)
    record_start()
    try
        f()
    catch
        record_stop()
        rethrow()
    end
    runs, _, lost, stop = record_stop()
    Timeline(runs, lost, stop)
end

function Timeline(runs::Vector{Any}, lost, stop)
    tasks, spans = Task[], Vector{Span}[]
    rows = IdDict{Task,Int}()
    after = Tuple{Symbol,Symbol}[]
    for k in 1:5:length(runs)
        t, from, to, state, waits = runs[k], runs[k + 1], runs[k + 2], runs[k + 3], runs[k + 4]
        row = get(rows, t, 0)
        if row == 0
            push!(tasks, t)
            push!(spans, Span[])
            push!(after, (:new, Symbol("")))
            row = rows[t] = length(tasks)
        end
        list = spans[row]
        gap(list, after[row], from)
        push!(list, Span(:running, from, to, Symbol("")))
        after[row] = (state, waits)
    end
    foreach((list, a) -> gap(list, a, stop), spans, after)
    Timeline(tasks, spans, stop, lost)
end

# What lies between the last run in a list and a time.
function gap(list, after, to)
    state, waits = after
    isempty(list) || state in (:done, :failed, :abandoned, :running) || to <= last(list).to ||
        push!(list, Span(state, last(list).to, to, waits))
end

Base.show(io::IO, t::Timeline) = print(io, "Timeline(", plural(length(t.tasks), "task"), ", ", duration(t.stop), ")")

total(list, state) = sum((s.to - s.from for s in list if s.state === state); init=0.0)

function Base.show(io::IO, ::MIME"text/plain", t::Timeline)
    print(io, plural(length(t.tasks), "task"), " in ", duration(t.stop))
    width = 50
    names = [label(task) for task in t.tasks]
    pad = maximum(textwidth, names; init=0)
    for (name, list) in zip(names, t.spans)
        bar = fill(' ', width)
        for s in list
            a, b = (clamp(floor(Int, x / t.stop * width) + 1, 1, width) for x in (s.from, s.to))
            for k in a:b
                c = s.state === :running ? '█' : '·'
                (c == '█' || bar[k] == ' ') && (bar[k] = c)
            end
        end
        print(io, "\n  ", rpad(name, pad), " │", String(bar), "│ ran ", duration(total(list, :running)), ", waited ", duration(total(list, :waiting)))
    end
    t.lost > 0 && print(io, "\n  ", t.lost, " later events were not recorded")
end

const chart_width = 560
const chart_rows = 60

# Joins what is too narrow to be seen: spans in pixels.
function narrowed(list, scale)
    out = Tuple{Symbol,Float64,Float64,Symbol}[]
    for s in list
        x, w = s.from * scale, (s.to - s.from) * scale
        if !isempty(out)
            state, px, pw, what = out[end]
            if w < 0.3 && x - (px + pw) < 0.3 || state === s.state && what === s.waits && x - (px + pw) < 0.3
                out[end] = (state, px, x + w - px, what)
                continue
            end
        end
        push!(out, (s.state, x, w, s.waits))
    end
    out
end

# A row for each task: name, and coloured pieces.
function chart(names, rows, stop)
    scale = chart_width / max(stop, 1e-9)
    io = IOBuffer()
    n = min(length(rows), chart_rows)
    left, height = 130, 20n + 22
    print(io, "<div class=\"s\"><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"", left + chart_width + 60, "\" height=\"", height, "\" role=\"img\">")
    for f in 0:4
        x = left + chart_width * f / 4
        print(io, "<line x1=\"", x, "\" y1=\"0\" x2=\"", x, "\" y2=\"", 20n, "\" style=\"stroke:var(--l)\"/><text class=\"m\" x=\"", x, "\" y=\"", 20n + 14,
            "\" text-anchor=\"middle\">", f == 0 ? "0" : duration(stop * f / 4), "</text>")
    end
    for k in 1:n
        y = 20(k - 1)
        print(io, "<text x=\"0\" y=\"", y + 14, "\">", escape(one_line(names[k], 20)), "</text>")
        for (state, x, w, waits) in narrowed(rows[k], scale)
            h = state === :running ? 14 : 6
            print(io, "<rect x=\"", round(left + x; digits=1), "\" y=\"", y + 10 - h ÷ 2, "\" width=\"", round(max(w, 0.7); digits=1), "\" height=\"", h,
                "\" rx=\"1\" style=\"fill:var(--", state, ")\"><title>", state, isempty(string(waits)) ? "" : string(" for ", waits), ", ", duration(w / scale), "</title></rect>")
        end
    end
    print(io, "</svg></div>")
    length(rows) > n && print(io, "<div class=\"m\">and ", length(rows) - n, " more tasks</div>")
    String(take!(io))
end

legend(states) = string("<div class=\"m\">", join((string("<span class=\"b ", s, "\">", s, "</span>") for s in states), " "), "</div>")

function Base.show(io::IO, ::MIME"text/html", t::Timeline)
    html(io, "<div class=\"m\">", plural(length(t.tasks), "task"), " in ", duration(t.stop), "</div>",
        chart([label(task) for task in t.tasks], t.spans, t.stop), legend((:running, :ready, :waiting)),
        t.lost > 0 ? "<div class=\"m\">$(t.lost) later events were not recorded</div>" : "")
end
