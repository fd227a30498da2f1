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
    messages = first(t.messages, drawn_messages)
    step, row = 170, 24
    width, height = step * max(length(who), 1), 44 + row * length(messages)
    middle(k) = step * (k - 1) + step ÷ 2
    io = IOBuffer()
    print(io, "<div class=\"s\"><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"", width, "\" height=\"", height, "\" role=\"img\">")
    for (k, (x, name)) in enumerate(who)
        color = x isa Task ? "running" : "waiting"
        print(io, "<line x1=\"", middle(k), "\" y1=\"26\" x2=\"", middle(k), "\" y2=\"", height, "\" style=\"stroke:var(--l)\"/><rect x=\"", middle(k) - 78,
            "\" y=\"2\" width=\"156\" height=\"24\" rx=\"", x isa Task ? 12 : 3, "\" style=\"fill:var(--z);stroke:var(--", color, ")\"/><text x=\"", middle(k),
            "\" y=\"18\" text-anchor=\"middle\">", escape(one_line(name, 24)), "</text>")
    end
    for (i, m) in enumerate(messages)
        a, b = m.put ? (at[m.task], at[m.channel]) : (at[m.channel], at[m.task])
        y, x1, x2 = 36 + row * i, middle(a), middle(b)
        tip = x2 > x1 ? -7 : 7
        color = m.put ? "running" : "done"
        print(io, "<line x1=\"", x1, "\" y1=\"", y, "\" x2=\"", x2, "\" y2=\"", y, "\" style=\"stroke:var(--", color, ")\"/><path d=\"M", x2, ' ', y, " l", tip, " -4 v8 z\" style=\"fill:var(--",
            color, ")\"/><text x=\"", (x1 + x2) ÷ 2, "\" y=\"", y - 4, "\" text-anchor=\"middle\">", m.put ? "put! " : "take! ", escape(m.text), "</text>")
    end
    print(io, "</svg></div>")
    String(take!(io))
end
