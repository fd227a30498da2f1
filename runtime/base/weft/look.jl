# How tasks, waits and times are put into words, for all that shows them.

using ..Base: task_facts, task_status, task_name, task_id, task_address, timer_left, queue_tasks, channel_queue,
    channel_capacity, channel_length, channel_avail, channel_site, ChannelCore, WaitQueue, ReentrantLock, Semaphore,
    current_exceptions, display_text, printstyled, task_result

"A length of time as people say it: `3 ms`, `1.2 s`, `4 min 5 s`."
function duration(s::Float64)
    s < 0.0005 && return "0 ms"
    s < 0.0995 && return string(round(Int, 1000s), " ms")
    s < 60 && return string(round(s; digits=s < 10 ? 2 : 1), " s")
    m, sec = divrem(round(Int, s), 60)
    m < 60 && return string(m, " min ", sec, " s")
    h, min = divrem(m, 60)
    string(h, " h ", min, " min")
end

"A number of things, with the word in the right form."
plural(n, word) = string(n, " ", word, n == 1 ? "" : "s")

"How a task is called: its number, and its name if it has one."
function label(t::Task)
    name = task_name(t)
    isempty(name) || return string("#", task_id(t), " ", name)
    string("#", task_id(t), TaskInfo(t).main ? " main" : "")
end

"A place in code, `file:line`, or `\"\"`."
place(::Nothing) = ""
function place(site)
    file = site[2]
    i = findlast('/', file)
    string(i === nothing ? file : file[nextind(file, i):end], ":", site[3])
end

"A channel in short: its type, capacity, and how full it is."
function channel_text(c::Channel)
    n = channel_capacity(getfield(c, :core))
    n == 0 ? string(typeof(c)) : string(typeof(c), ", ", fill_text(c))
end

# How full a buffered channel is.
function fill_text(c::Channel)
    core = getfield(c, :core)
    n = channel_capacity(core)
    n == 0 && return "no buffer"
    n == typemax(Int) ? plural(channel_length(core), "item") : string(channel_length(core), " of ", plural(n, "item"))
end

"What a task that waits waits for, in words; with `now`, how long a sleep still takes."
function wait_text(kind::Symbol, @nospecialize(on), now::Bool=true)
    kind === :task && return on isa Task ? string("task ", label(on)) : "a task"
    on isa Vector{Task} && return string("ends of ", join((label(t) for t in on if !istaskdone(t)), ", "))
    kind === :take && return string("take! from ", object_text(on))
    kind === :put && return string("put! to ", object_text(on))
    kind === :channel && return string("an item in ", object_text(on))
    if kind === :sleep || kind === :timer
        what = kind === :sleep ? "sleep" : "Timer"
        return now ? string(what, ", ", duration(timer_left(on)), " left") : what
    end
    kind === :input && return "input"
    kind === :select && return "one of several"
    kind === :external && return "something outside"
    kind === :schedule && return "a schedule or yieldto that names it"
    kind === :lock && return string(on isa Semaphore ? "a place in " : "lock of ", object_text(on))
    on === nothing ? string("a ", kind) : string(on isa Union{Condition,Base.GenericCondition} ? "notify of " : "", object_text(on))
end

function object_text(@nospecialize x)
    x isa Channel && return channel_text(x)
    if x isa ReentrantLock
        t = x.locked_by
        return t isa Task ? string("ReentrantLock, held by ", label(t)) : "ReentrantLock"
    end
    x isa Semaphore && return string("Semaphore(", x.sem_size, ")")
    x === nothing && return "something"
    string(typeof(x))
end

"Text for HTML: `&`, `<`, `>` and quotes written as entities."
function escape(s::AbstractString)
    any(c -> c in ('&', '<', '>', '"', '\''), s) || return String(s)
    replace(s, '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", '"' => "&quot;", '\'' => "&#39;")
end

"A place in code for HTML; nothing if there is none."
place_html(site) = (text = place(site); isempty(text) ? "" : string("<code>", escape(text), "</code>"))

"The first line of a text, at most `n` characters of it."
function one_line(s::AbstractString, n::Int)
    line = first(eachsplit(s, '\n'))
    short = length(line) > n ? string(first(line, n - 1), "…") : line
    length(line) < length(s) && length(short) == length(line) ? string(short, " …") : String(short)
end

# Colours follow JupyterLab's or VS Code's theme; elsewhere what the reader prefers.
const style_text = """
<style>
.weft{--wf:#1f2328;--wm:#656d76;--wb:#ffffff;--wl:#d0d7de;--wz:#f6f8fa}
@media (prefers-color-scheme:dark){.weft{--wf:#e6edf3;--wm:#8d96a0;--wb:#0d1117;--wl:#30363d;--wz:#161b22}}
.weft{--f:var(--jp-content-font-color1,var(--vscode-foreground,var(--wf)));--m:var(--jp-content-font-color2,var(--vscode-descriptionForeground,var(--wm)));
--b:var(--jp-layout-color0,var(--vscode-editor-background,var(--wb)));--l:var(--jp-border-color2,var(--vscode-panel-border,var(--wl)));
--z:var(--jp-layout-color2,var(--vscode-editorWidget-background,var(--wz)));
--new:#7d8590;--ready:#8a63d2;--running:#2f81f7;--waiting:#c08418;--done:#2da160;--failed:#e5534b;
color:var(--f);background:var(--b);font:13px/1.45 var(--jp-ui-font-family,system-ui,sans-serif)}
.weft table{border-collapse:collapse;margin:0;font-size:13px;color:var(--f)}
.weft .s{overflow-x:auto}
.weft th,.weft td{padding:2px 14px 2px 0!important;text-align:left!important;vertical-align:top!important;border:0;white-space:nowrap!important;background:none;max-width:none}
.weft th{color:var(--m);font-weight:normal}
.weft tr{background:none!important}
.weft td.n,.weft th.n{text-align:right!important}
.weft tr.g td{padding-top:8px;font-weight:600;border-bottom:1px solid var(--l)}
.weft code,.weft pre{font-family:var(--jp-code-font-family,ui-monospace,monospace);font-size:12px;color:var(--f);background:none;padding:0;margin:0;border:0}
.weft pre{overflow-x:auto;padding:6px 0;white-space:pre}
.weft .m{color:var(--m)}
.weft .l{white-space:nowrap}
.weft div.g{height:8px}
.weft .c{border:1px solid var(--l);border-left:4px solid var(--k,var(--l));border-radius:4px;padding:6px 12px;display:inline-block;max-width:100%;box-sizing:border-box;background:var(--b)}
.weft .b{display:inline-block;border-radius:9px;padding:0 8px;font-size:12px;line-height:18px;color:#fff;background:var(--k,#7d8590)}
.weft summary{cursor:pointer}
.weft .new{--k:var(--new)}.weft .ready{--k:var(--ready)}.weft .running{--k:var(--running)}.weft .waiting{--k:var(--waiting)}.weft .done{--k:var(--done)}.weft .failed{--k:var(--failed)}.weft .abandoned{--k:var(--failed)}
.weft .bar{display:inline-block;width:90px;height:9px;border:1px solid var(--l);border-radius:3px;vertical-align:middle;background:var(--z);overflow:hidden}
.weft .bar i{display:block;height:100%;background:var(--running)}
.weft svg text{fill:var(--f);font:11px var(--jp-ui-font-family,system-ui,sans-serif)}.weft svg text.m{fill:var(--m)}
</style>
"""

"A piece of HTML in the house's style."
html(io::IO, parts...) = print(io, "<div class=\"weft\">", style_text, parts..., "</div>")

"A word in a coloured pill."
badge(state) = string("<span class=\"b ", state, "\">", state, "</span>")
