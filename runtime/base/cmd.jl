# Commands: `program arg` as a value, and running them.

abstract type AbstractCmd end

"""
    `program args...`

A command to be `run`. `\$x` inside is one argument, whatever it contains; an array
gives several.

# Examples
```julia
julia> run(`echo hello`);
hello
```
"""
struct Cmd <: AbstractCmd
    exec::Vector{String}
    ignorestatus::Bool
    env::Union{Nothing,Vector{String}}
    dir::String
    Cmd(exec::Vector{String}) = new(exec, false, nothing, "")
    Cmd(exec::Vector{String}, ignorestatus, env, dir) = new(exec, ignorestatus, env, dir)
end
Cmd(parts::AbstractVector) = Cmd(String[string(x) for x in parts])
function Cmd(c::Cmd; ignorestatus::Bool=c.ignorestatus, env=c.env, dir=c.dir, detach::Bool=false, windows_verbatim::Bool=false, windows_hide::Bool=false)
    Cmd(c.exec, ignorestatus, env_list_of(env), string(dir))
end
env_list_of(::Nothing) = nothing
env_list_of(v::Vector{String}) = v
env_list_of(d) = String[string(k, "=", v) for (k, v) in d]

"""
    ignorestatus(cmd)

The command, whose failure `run` does not turn into an error.
"""
ignorestatus(c::Cmd) = Cmd(c; ignorestatus=true)
"""
    setenv(cmd, env; dir)

The command with another environment.
"""
setenv(c::Cmd, env; dir=c.dir) = Cmd(c; env=env, dir=dir)
setenv(c::Cmd; dir=c.dir) = Cmd(c; dir=dir)
setenv(c::Cmd, pairs::Pair...; dir=c.dir) = Cmd(c; env=pairs, dir=dir)
"""
    addenv(cmd, pairs...)

The command with more in its environment.
"""
function addenv(c::Cmd, pairs::Pair...)
    env = Dict{String,String}(string(k) => string(v) for (k, v) in ENV)
    for (k, v) in pairs
        env[string(k)] = string(v)
    end
    Cmd(c; env=env)
end
addenv(c::Cmd, d::AbstractDict) = addenv(c, d...)

length(c::Cmd) = length(c.exec)
getindex(c::Cmd, i) = c.exec[i]
iterate(c::Cmd, s...) = iterate(c.exec, s...)
firstindex(c::Cmd) = 1
lastindex(c::Cmd) = length(c.exec)
eltype(::Type{Cmd}) = String
isempty(c::Cmd) = isempty(c.exec)
==(a::Cmd, b::Cmd) = a.exec == b.exec && a.dir == b.dir && a.env == b.env
hash(c::Cmd, h::UInt) = hash(c.exec, h + 0x1f3c)

function show(io::IO, c::Cmd)
    shown = string('`', join(map(shell_shown, c.exec), ' '), '`')
    if c.env === nothing && isempty(c.dir)
        print(io, shown)
    else
        print(io, "setenv(", shown)
        c.env === nothing || (print(io, ","); show(io, c.env))
        isempty(c.dir) || (print(io, "; dir="); show(io, c.dir))
        print(io, ")")
    end
end
show(io::IO, ::MIME"text/plain", c::Cmd) = show(io, c)
function shell_shown(s)
    isempty(s) && return "''"
    all(ch -> isletter(ch) || isdigit(ch) || ch in "-_=/.,:@%+", s) && return s
    '\'' in s ? string('"', replace(s, "\\" => "\\\\", "\"" => "\\\"", "\$" => "\\\$"), '"') : string('\'', s, '\'')
end

"""
    @cmd "text"

The command that `` `text` `` means.
"""
macro cmd(text)
    parts = shell_parts(text)
    :(Cmd(cmd_words($(Expr(:ref, :Any, parts...)))))
end

# The words of a command line, each a list of pieces: Strings, and expressions to be
# put in. Quotes and backslashes work as in a shell.
function shell_parts(s)
    words = Any[]
    word = Any[]
    text = IOBuffer()
    started = false
    i = 1
    n = ncodeunits(s)
    flush() = (t = String(take!(text)); isempty(t) || push!(word, t))
    quoted = '\0'
    while i <= n
        c = s[i]
        if quoted == '\0' && isspace(c)
            flush()
            started || !isempty(word) ? push!(words, Expr(:tuple, word...)) : nothing
            word = Any[]
            started = false
            i = nextind(s, i)
        elseif c == '\'' && quoted != '"'
            quoted = quoted == '\'' ? '\0' : '\''
            started = true
            i = nextind(s, i)
        elseif c == '"' && quoted != '\''
            quoted = quoted == '"' ? '\0' : '"'
            started = true
            i = nextind(s, i)
        elseif c == '\\' && quoted != '\'' && i < n
            i = nextind(s, i)
            c = s[i]
            quoted == '"' && !(c in "\"\\\$`") && print(text, '\\')
            print(text, c)
            i = nextind(s, i)
        elseif c == '\$' && quoted != '\''
            flush()
            ex, j = Meta.parse(s, i + 1; greedy=false)
            push!(word, quoted == '"' ? Expr(:call, GlobalRef(Base, :string), esc(ex)) : esc(ex))
            i = j
        elseif quoted == '\0' && c in "#{}()[]<>|&*?~;"
            throw(ArgumentError("parsing command `$s`: special characters \"#{}()[]<>|&*?~;\" must be quoted in commands"))
        else
            print(text, c)
            i = nextind(s, i)
        end
    end
    quoted == '\0' || throw(ArgumentError(quoted == '\'' ? "unterminated single quote" : "unterminated double quote"))
    flush()
    (started || !isempty(word)) && push!(words, Expr(:tuple, word...))
    words
end

# Joins the pieces of each word; an array among them makes several words.
function cmd_words(words)
    out = String[]
    for w in words
        acc = [""]
        for p in w
            vals = p isa AbstractString ? [String(p)] : p isa Cmd ? p.exec : p isa Union{AbstractArray,Tuple} ? String[string(x) for x in p] : [string(p)]
            acc = String[a * v for a in acc for v in vals]
        end
        append!(out, acc)
    end
    out
end

## processes

"A program that was started; `wait` for it, look at `success`."
struct Process
    cmd::Cmd
    core::ProcessCore
end

"A program ended with an error."
struct ProcessFailedException <: Exception
    procs::Vector{Process}
end
function showerror(io::IO, e::ProcessFailedException)
    print(io, "failed process")
    length(e.procs) == 1 ? print(io, ": ") : print(io, "es:")
    for p in e.procs
        length(e.procs) == 1 || print(io, "\n  ")
        show(io, p)
        code, sig = process_code(p.core)
        print(io, " [", sig == 0 ? code : "signal $sig", "]")
    end
end
function show(io::IO, p::Process)
    print(io, "Process(")
    show(io, p.cmd)
    print(io, ", ", process_status(p), ")")
end
function process_status(p)
    c = process_code(p.core)
    c === nothing ? "ProcessRunning" : c[2] != 0 ? "ProcessSignaled($(c[2]))" : "ProcessExited($(c[1]))"
end
function getproperty(p::Process, name::Symbol)
    name === :exitcode && return (c = process_code(getfield(p, :core)); c === nothing ? typemin(Int64) : c[1])
    name === :termsignal && return (c = process_code(getfield(p, :core)); c === nothing ? typemin(Int64) : c[2])
    getfield(p, name)
end

start_process(c::Cmd, input, out, err) = Process(c, process_start(c.exec, isempty(c.dir) ? nothing : c.dir, c.env, input, out, err))

"""
    run(cmd; wait=true)

Run a command; its output goes to the cell. Throws a `ProcessFailedException` if it
fails. With `wait=false` it goes on beside the tasks.
"""
function run(c::Cmd; wait::Bool=true)
    p = start_process(c, nothing, :cell, :cell)
    if wait
        process_wait(p.core)
        check_process(p)
    end
    p
end
function check_process(p)
    p.cmd.ignorestatus || success(p) || throw(ProcessFailedException([p]))
    nothing
end
wait(p::Process) = (process_wait(p.core); check_process(p))
success(p::Process) = (process_wait(p.core); process_code(p.core) == (0, 0))
"""
    success(cmd)

Run a command without showing its output; whether it ended well.
"""
success(c::Cmd) = success(start_process(c, nothing, :drop, :drop))
process_running(p::Process) = process_code(p.core) === nothing
process_exited(p::Process) = process_code(p.core) !== nothing
"""
    kill(p::Process, signum=15)

Send a signal to a process.
"""
kill(p::Process, signum::Integer=15) = process_kill(p.core, Int(signum))
getpid(p::Process) = process_pid(p.core)

"A command whose streams are connected to something else."
struct CmdRedirect <: AbstractCmd
    cmd::Any
    input::Any
    out::Any
    err::Any
end
"Commands of which each reads what the one before writes."
struct CmdPipe <: AbstractCmd
    cmds::Vector{Any}
end
"""
    pipeline(from, to, ...)
    pipeline(cmd; stdin, stdout, stderr)

Commands connected: each reads what the one before writes; files are named by
Strings.
"""
pipeline(c::AbstractCmd; stdin=nothing, stdout=nothing, stderr=nothing, append=false) = CmdRedirect(c, stdin, stdout, stderr)
pipeline(a, b; kw...) = a isa AbstractCmd && b isa AbstractCmd ? CmdPipe(Any[(a isa CmdPipe ? a.cmds : Any[a])..., b]) :
    a isa AbstractCmd ? CmdRedirect(a, nothing, b, nothing) : CmdRedirect(b, a, nothing, nothing)
pipeline(a, b, c, more...) = pipeline(pipeline(a, b), c, more...)

# Runs a command of any kind to its end; the bytes it wrote, and its processes.
function run_to_end(c::Cmd, input, keep)
    p = start_process(c, input, keep ? :keep : :cell, :cell)
    process_wait(p.core)
    (keep ? process_output(p.core) : UInt8[], Process[p])
end
function run_to_end(c::CmdPipe, input, keep)
    procs = Process[]
    data = input
    for i in 1:length(c.cmds)
        data, ps = run_to_end(c.cmds[i], data, i < length(c.cmds) || keep)
        append!(procs, ps)
    end
    (data, procs)
end
function run_to_end(c::CmdRedirect, input, keep)
    data = c.input === nothing ? input : input_bytes(c.input)
    c.out === nothing && c.err === nothing && return run_to_end(c.cmd, data, keep)
    if c.cmd isa Cmd && !(c.out isa IO)
        p = start_process(c.cmd, data, c.out === nothing ? (keep ? :keep : :cell) : output_target(c.out), c.err === nothing ? :cell : output_target(c.err))
        process_wait(p.core)
        return (keep && c.out === nothing ? process_output(p.core) : UInt8[], Process[p])
    end
    bytes, procs = run_to_end(c.cmd, data, true)
    c.out isa IO ? write(c.out, bytes) : c.out === devnull ? nothing : write(c.out, bytes)
    (UInt8[], procs)
end
input_bytes(x::AbstractString) = read(x)
input_bytes(x::IO) = read(x)
output_target(x::AbstractString) = String(x)
output_target(x) = x === devnull ? :drop : :cell

function run(c::AbstractCmd; wait::Bool=true)
    _, procs = run_to_end(c, nothing, false)
    bad = Process[p for p in procs if !success(p) && !p.cmd.ignorestatus]
    isempty(bad) || throw(ProcessFailedException(bad))
    procs
end

"""
    read(cmd)
    read(cmd, String)

Run a command and return what it writes, as bytes or as a String.
"""
function read(c::AbstractCmd)
    bytes, procs = run_to_end(c, nothing, true)
    bad = Process[p for p in procs if !success(p) && !p.cmd.ignorestatus]
    isempty(bad) || throw(ProcessFailedException(bad))
    bytes
end
read(c::AbstractCmd, ::Type{String}) = String(read(c))
readchomp(c::AbstractCmd) = chomp(read(c, String))
readlines(c::AbstractCmd) = split_lines(read(c, String))
eachline(c::AbstractCmd) = readlines(c)
split_lines(s) = (v = String[String(l) for l in split(s, '\n')]; isempty(v) || !isempty(v[end]) || pop!(v); v)
open(f::Function, c::AbstractCmd) = f(IOBuffer(read(c)))
Broadcast.broadcastable(c::AbstractCmd) = RefValue{Any}(c)
