# The traffic of channels, as a sequence diagram.

using ..Base: record_start, record_stop

"""
    Weft.Message

A value that `task` put into `channel` (`put` is true) or took from it, `at` a time in
seconds; `text` is the value in short.
"""
struct Message
    task::Task
    channel::Any
    put::Bool
    text::String
    at::Float64
end

"""
    Weft.Trace

What `Weft.@trace` gives: the `value` of the expression and its `messages`. Shown as a
sequence diagram: in Mermaid's language as text, drawn in front ends with HTML.
"""
struct Trace
    value::Any
    messages::Vector{Message}
    lost::Int
end

"""
    Weft.@trace expr

Evaluate `expr` and show what tasks put into channels and took from them meanwhile, as a
sequence diagram.

# Examples
```julia
julia> c = Channel{Int}(0);

julia> t = Weft.@trace begin
           @async put!(c, 42)
           take!(c)
       end;

julia> t.value, [m.put for m in t.messages]
(42, Bool[1, 0])
```
"""
macro trace(ex)
    Base.count_as_at!(:(trace(() -> $(esc(ex)))), __source__)
end

function trace(f)
    record_start()
    value = try
        f()
    catch
        record_stop()
        rethrow()
    end
    _, moves, lost, _ = record_stop()
    messages = Message[Message(moves[k], moves[k + 1], moves[k + 3], value_text(moves[k + 2]), moves[k + 4]) for k in 1:5:length(moves)]
    Trace(value, messages, lost)
end

function value_text(@nospecialize x)
    try
        one_line(sprint(show, x; context=:limit => true), 30)
    catch
        string("a ", typeof(x))
    end
end

# Who takes part, in the order of first appearance: (object, name).
function parties(t::Trace)
    seen = IdDict{Any,Int}()
    out = Tuple{Any,String}[]
    channels = 0
    for m in t.messages, x in (m.put ? (m.task, m.channel) : (m.channel, m.task))
        haskey(seen, x) && continue
        x isa Task || (channels += 1)
        push!(out, (x, x isa Task ? label(x) : string("c", channels, " ", x isa Channel ? channel_title(x) : "Channel")))
        seen[x] = length(out)
    end
    (out, seen)
end

Base.show(io::IO, t::Trace) = print(io, "Trace(", plural(length(t.messages), "message"), ")")

mermaid(s) = replace(s, '#' => "task ", ';' => ",", '"' => "'")

function Base.show(io::IO, ::MIME"text/plain", t::Trace)
    who, at = parties(t)
    print(io, "sequenceDiagram")
    for (k, (x, name)) in enumerate(who)
        print(io, "\n    ", x isa Task ? "actor" : "participant", " P", k, " as ", mermaid(name))
    end
    for m in t.messages
        a, b = m.put ? (m.task, m.channel) : (m.channel, m.task)
        print(io, "\n    P", at[a], "->>P", at[b], ": ", m.put ? "put! " : "take! ", mermaid(m.text))
    end
    t.lost > 0 && print(io, "\n    %% ", t.lost, " later messages were not recorded")
end

const drawn_messages = 200

function Base.show(io::IO, ::MIME"text/html", t::Trace)
    html(io, trace_svg(t), length(t.messages) > drawn_messages ? string("<div class=\"m\">and ", length(t.messages) - drawn_messages, " more</div>") : "")
end

function trace_svg(t::Trace)
    who, at = parties(t)
    rows = Lane[(m.put ? Lane(at[m.task], at[m.channel], string("put! ", m.text), :running) : Lane(at[m.channel], at[m.task], string("take! ", m.text), :done))
                for m in first(t.messages, drawn_messages)]
    sequence_svg([(name, x isa Task) for (x, name) in who], rows)
end

"""
    Weft.Lane

A line of a sequence diagram: an arrow with a text from one column to another, or a note
in a column, `to` being 0; `state` gives the colour.
"""
struct Lane
    from::Int
    to::Int
    text::String
    state::Symbol
end

# Draws a sequence diagram; heads are names, and whether they are of tasks.
function sequence_svg(heads, rows)
    step, row = 170, 24
    width, height = step * max(length(heads), 1), 44 + row * length(rows)
    middle(k) = step * (k - 1) + step ÷ 2
    io = IOBuffer()
    print(io, "<div class=\"s\"><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"", width, "\" height=\"", height, "\" role=\"img\">")
    for (k, (name, task)) in enumerate(heads)
        print(io, "<line x1=\"", middle(k), "\" y1=\"26\" x2=\"", middle(k), "\" y2=\"", height, "\" style=\"stroke:var(--l)\"/><rect x=\"", middle(k) - 78,
            "\" y=\"2\" width=\"156\" height=\"24\" rx=\"", task ? 12 : 3, "\" style=\"fill:var(--z);stroke:var(--", task ? "running" : "waiting", ")\"/><text x=\"", middle(k),
            "\" y=\"18\" text-anchor=\"middle\">", escape(one_line(name, 24)), "</text>")
    end
    for (i, m) in enumerate(rows)
        m.to == 0 ? draw_note(io, m, middle(m.from), 36 + row * i) : draw_arrow(io, m, middle(m.from), middle(m.to), 36 + row * i)
    end
    print(io, "</svg></div>")
    String(take!(io))
end

function draw_arrow(io, m::Lane, x1, x2, y)
    tip = x2 > x1 ? -7 : 7
    print(io, "<line x1=\"", x1, "\" y1=\"", y, "\" x2=\"", x2, "\" y2=\"", y, "\" style=\"stroke:var(--", m.state, ")\"/><path d=\"M", x2, ' ', y, " l", tip, " -4 v8 z\" style=\"fill:var(--",
        m.state, ")\"/><text x=\"", (x1 + x2) ÷ 2, "\" y=\"", y - 4, "\" text-anchor=\"middle\">", escape(m.text), "</text>")
end

draw_note(io, m::Lane, x, y) = print(io, "<rect x=\"", x - 78, "\" y=\"", y - 15, "\" width=\"156\" height=\"19\" rx=\"3\" style=\"fill:var(--b);stroke:var(--",
    m.state, ")\"/><text x=\"", x, "\" y=\"", y - 2, "\" text-anchor=\"middle\"><title>", escape(m.text), "</title>", escape(one_line(m.text, 26)), "</text>")
