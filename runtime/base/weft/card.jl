# Live cards of tasks and channels, and notices of failures.

using ..Base: watch_display, unwatch_display, notices_on, output_display, output_rich, output_write, display_text, display_string,
    show_task_failure, show_exception_stack, task_result, task_observe

# Marks the outputs that are cards.
const card_metadata = Any["weft_card", true]

mutable struct Counter
    n::Int
end
const cards = Counter(0)
next_id() = string("weft-", string(hash(Base.time_ns()), base=16), "-", cards.n += 1)

# The least time between two updates of a card, in seconds.
const card_interval = 0.1

"""
    Weft.card(x) -> (data, id)

The representations of a task or a channel as a live card, and the id of its display,
which is updated from now on until nothing can change any more.
"""
function card(x::Union{Task,Channel})
    id = next_id()
    text = display_text(x)
    data = card_data(x, text)
    x isa Task && istaskdone(x) || watch_display(subject(x), () -> update_card(x, text, id), card_interval)
    (data, id)
end

subject(t::Task) = t
subject(c::Channel) = getfield(c, :core)

# The text stays what it was at first, as it does in Julia.
update_card(x, text, id) = output_display(card_data(x, text), card_metadata, id, true)

card_data(x, text) = Any["text/plain", text, "text/html", sprint(html, card_html(x))]

function card_html(t::Task)
    i = TaskInfo(t)
    io = IOBuffer()
    print(io, "<div class=\"c ", i.state, "\">", badge(i.state), " <b>Task ", escape(label(t)), "</b> ")
    i.waits === nothing || print(io, "waits for ", escape(wait_text(i.waits, i.on, false)), " ")
    if i.state === :done
        value = task_value(t)
        isempty(value) || print(io, "<code>", escape(value), "</code> ")
    end
    where = place(i.spawned)
    istaskdone(t) && (where = string(where, isempty(where) ? "" : " · ", "ran ", duration(i.runtime)))
    isempty(where) || print(io, "<span class=\"m l\">", isempty(place(i.spawned)) ? "" : "spawned at ", escape(where), "</span>")
    istaskfailed(t) && print(io, failure_html(t))
    print(io, "</div>")
    String(take!(io))
end

# The value of a task that is done, in one line.
function task_value(t::Task)
    result = task_result(t)
    result === nothing && return ""
    try
        one_line(sprint(show, result; context=:limit => true), 120)
    catch
        string("a ", typeof(result))
    end
end

# The exception in one line, and the rest folded.
failure_html(t::Task) =
    string("<details><summary>", escape(failure_text(t)), "</summary><pre>", escape(trace_text(t)), "</pre></details>")

function failure_text(t::Task)
    e = task_result(t)
    name = string(nameof(typeof(e)))
    text = try
        s = sprint(showerror, e)
        one_line(contains(s, ":\n") ? replace(s, ":\n" => ": "; count=1) : s, 160)
    catch
        ""
    end
    startswith(text, name) ? text : isempty(text) ? name : string(name, ": ", text)
end

function trace_text(t::Task)
    try
        sprint(io -> show_task_failure(io, t))
    catch
        "(showing the error failed)"
    end
end

function card_html(c::Channel)
    i = ChannelInfo(c)
    io = IOBuffer()
    print(io, "<div class=\"c ", i.state === :open ? "running" : "new", "\">", "<b>", escape(channel_title(c)), "</b> ", bar(i), " ")
    print(io, "<table>")
    for (head, text) in lines(i)
        print(io, "<tr><td class=\"m\">", head, "</td><td>", escape(text), "</td></tr>")
    end
    print(io, "</table></div>")
    String(take!(io))
end

# How full a channel is, as a bar; "" where there is no telling.
function bar(i::ChannelInfo)
    0 < i.capacity < typemax(Int) || return ""
    string("<span class=\"bar\"><i style=\"width:", round(Int, 100 * i.length / i.capacity), "%\"></i></span>")
end

"""
    Weft.notices(on::Bool)
    Weft.notices()

Whether, in a notebook, the failure of a task that nobody waits for is told in the cell of
that task. It is, unless turned off.
"""
notices() = notices_on()
notices(on::Bool) = notices_on(on)

# One line, and the error folded behind it, in the cell of the task.
function show_notice(t::Task)
    where = place(TaskInfo(t).spawned)
    from = isempty(where) ? "" : string(", spawned at ", where)
    text = string("Task ", label(t), " failed: ", failure_text(t), from)
    if output_rich()
        page = string("<div class=\"c failed\">", badge(:failed), " <b>Task ", escape(label(t)), "</b> <span class=\"m\">", escape(lstrip(from, [',', ' '])),
            "</span>", failure_html(t), "</div>")
        output_display(Any["text/plain", text, "text/html", sprint(html, page)], Any[], "", false)
    else
        output_write(2, string(text, "\n"))
    end
    nothing
end
