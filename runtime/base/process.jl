# Processes: running commands.

"""
    Base.Process

A program that was started: `wait` for it, ask `success`, `kill` it. What it writes
can be read from it, and what is written to it it reads, as far as that was asked for.
"""
mutable struct Process <: AbstractProcess
    cmd::Cmd
    in::IO
    out::IO
    err::IO
    core::ProcessCore
    copying::Vector{Task}    # what carries its streams to and from others
end
"Several programs that were started together."
mutable struct ProcessChain <: AbstractProcess
    processes::Vector{Process}
    in::IO
    out::IO
    err::IO
end

pipe_reader(p::AbstractProcess) = p.out
pipe_writer(p::AbstractProcess) = p.in
isopen(p::AbstractProcess) = process_running(p)
close(p::AbstractProcess) = (close(p.in); close(p.out); nothing)

function getproperty(p::Process, name::Symbol)
    if name === :exitcode || name === :termsignal
        code = process_code(getfield(p, :core))
        return code === nothing ? (name === :exitcode ? typemin(Int64) : typemin(Int32)) : name === :exitcode ? code[1] : Int32(code[2])
    end
    getfield(p, name)
end

function show(io::IO, p::Process)
    print(io, "Process(")
    show(io, p.cmd)
    print(io, ", ", process_status(p), ")")
end
process_status(p::Process) = process_running(p) ? "ProcessRunning" :
    p.termsignal != 0 ? "ProcessSignaled($(p.termsignal))" : "ProcessExited($(p.exitcode))"
show(io::IO, p::ProcessChain) = print(io, "Base.ProcessChain(", p.processes, ", ", p.in, ", ", p.out, ", ", p.err, ")")

"""
    process_running(p)

Whether a process runs (any of several).
"""
process_running(p::Process) = process_code(p.core) === nothing
process_running(p::ProcessChain) = any(process_running, p.processes)
"""
    process_exited(p)

Whether a process has ended (all of several).
"""
process_exited(p::Process) = !process_running(p)
process_exited(p::ProcessChain) = all(process_exited, p.processes)

"""
    wait(p::Process)

Wait until a process has ended and its output has been taken.
"""
wait(p::Process; cancel::CancelTokenArg) = governed(() -> wait(p), cancel)
function wait(p::Process)
    process_wait(p.core)
    foreach(wait, p.copying)
end
wait(p::ProcessChain) = foreach(wait, p.processes)

const SIGHUP = 1
const SIGINT = 2
const SIGQUIT = 3
const SIGKILL = 9
const SIGPIPE = 13
const SIGTERM = 15

ended_well(p::Process) = p.exitcode == 0 && p.termsignal in (0, SIGPIPE)
"""
    success(command; cancel)
    success(process; cancel)

Run a command without showing its output, or wait for a process; whether it ended
with the code 0. A token `cancel` ends the wait.

# Examples
```julia
julia> success(`true`), success(`false`)
(true, false)
```
"""
success(p::Process; cancel::CancelTokenArg=DEFAULT_CANCEL) = (governed(() -> wait(p), cancel); ended_well(p))
success(p::ProcessChain; cancel::CancelTokenArg=DEFAULT_CANCEL) = (governed(() -> wait(p), cancel); all(ended_well, p.processes))
success(ps::Vector{Process}; cancel::CancelTokenArg=DEFAULT_CANCEL) = all(p -> success(p; cancel=cancel), ps)
success(c::AbstractCmd; cancel::CancelTokenArg=DEFAULT_CANCEL) = success(spawn(c, (devnull, devnull, devnull)); cancel=cancel)

"""
    ProcessFailedException

A program ended with an error: `e.procs` are the processes.
"""
struct ProcessFailedException <: Exception
    procs::Vector{Process}
end
ProcessFailedException(p::Process) = ProcessFailedException([p])
function showerror(io::IO, e::ProcessFailedException)
    if length(e.procs) == 1
        println(io, "failed process: ", e.procs[1], " [", e.procs[1].exitcode, "]")
    else
        println(io, "failed processes:")
        for p in e.procs
            println(io, "  ", p, " [", p.exitcode, "]")
        end
    end
end

# Throws unless all ended well or their failure does not matter.
function check_ended(p)
    failed = Process[q for q in processes_of(p) if !ended_well(q) && !q.cmd.ignorestatus]
    isempty(failed) ? nothing : throw(ProcessFailedException(failed))
end
processes_of(p::Process) = Process[p]
processes_of(p::ProcessChain) = p.processes

"""
    kill(p::Process, signum=15)

Send a signal to a process; the default ends it.
"""
kill(p::Process, signum::Integer=SIGTERM) = (process_kill(p.core, Int(signum)); nothing)
kill(p::ProcessChain, signum::Integer=SIGTERM) = foreach(q -> kill(q, signum), p.processes)
getpid(p::Process) = Int32(process_pid(p.core))

## starting

# Starts a command with its three streams connected; a Process or a ProcessChain.
function spawn(c::AbstractCmd, streams)
    started = connected(streams, 1:3) do ends
        spawn_all(c, ends)
    end
    c isa Union{Cmd,CmdRedirect} && length(started) == 1 ? started[1] : ProcessChain(started, devnull, devnull, devnull)
end

# Calls start, which starts processes, with what process_start takes for streams; n are
# their numbers, 1 for what is read.
function connected(start, streams, n)
    after = Any[]      # ends that belong to the processes alone once they run
    copying = Task[]
    started = try
        start(Any[process_end(streams[i], n[i], after, copying) for i in 1:length(streams)])
    finally
        foreach(close, after)
    end
    for t in copying
        schedule(t)
        foreach(p -> push!(p.copying, t), started)
    end
    started
end

# The processes of a command, whose streams have been made ready.
function spawn_all(c::Cmd, ends)
    isempty(c.exec) && throw(ArgumentError("cannot spawn empty command"))
    foreach(without_nul, c.exec)
    core = process_start(c.exec, isempty(c.dir) ? nothing : c.dir, c.env, ends[1:3]..., c.flags & detach_flag != 0, ends[4:end])
    Process[Process(c, devnull, devnull, devnull, core, Task[])]
end
function spawn_all(c::CmdRedirect, ends)
    n = c.stream_no + 1
    connected((c.handle,), (n <= 3 ? n : c.readable ? 1 : 2,)) do handle
        mine = copy(ends)
        while length(mine) < n
            push!(mine, :null)
        end
        mine[n] = handle[1]
        spawn_all(c.cmd, mine)
    end
end
spawn_all(c::AndCmds, ends) = vcat(spawn_all(c.a, ends), spawn_all(c.b, ends))
spawn_all(c::OrCmds, ends) = spawn_connected(c, ends, 2)
spawn_all(c::ErrOrCmds, ends) = spawn_connected(c, ends, 3)
function spawn_connected(c, ends, n)
    from, to = stream_pipe()
    try
        first = copy(ends)
        first[n] = to
        second = copy(ends)
        second[1] = from
        return vcat(spawn_all(c.a, first), spawn_all(c.b, second))
    finally
        stream_close(from)
        stream_close(to)
    end
end

# What process_start is given for a stream: n is 1 for what the process reads, 2 and 3
# for what it writes. Ends to be closed when it runs go into `after`, tasks that carry
# bytes into `copying`.
process_end(core::StreamCore, n, after, copying) = core
process_end(::DevNull, n, after, copying) = :null
process_end(::Union{TaskStream,InputStream}, n, after, copying) = :cell
process_end(s::IOStream, n, after, copying) = (flush(s); s.handle)
process_end(s::IOContext, n, after, copying) = process_end(s.io, n, after, copying)
function process_end(f::FileRedirect, n, after, copying)
    s = open(f.filename, n == 1 ? "r" : f.append ? "a" : "w")
    push!(after, s)
    s.handle
end
function process_end(s::PipeEndpoint, n, after, copying)
    s.core === nothing || return s.core
    # not connected yet: this becomes our end of a new pipe
    from, to = stream_pipe()
    s.core = n == 1 ? to : from
    n == 1 ? (s.writable = true) : (s.readable = true)
    theirs = n == 1 ? read_end(from) : write_end(to)
    push!(after, theirs)
    theirs.core
end
function process_end(p::Pipe, n, after, copying)
    ensure_linked(p)
    theirs = n == 1 ? p.out : p.in
    theirs.core
end
process_end(p::AbstractProcess, n, after, copying) = process_end(n == 1 ? p.out : p.in, n, after, copying)
process_end(s::LibuvStream, n, after, copying) = s.core === nothing ? throw(ArgumentError("$s is not initialized")) : s.core
process_end(s::IO, n, after, copying) = carried_end(s, n, after, copying)
process_end(n1::RawFD, n, after, copying) = n1.fd < 3 ? :cell : stream_fd(Int(n1.fd))

# Any other stream is at the other end of a pipe, with a task that carries bytes.
function carried_end(s, n, after, copying)
    from, to = stream_pipe()
    if n == 1
        push!(after, read_end(from))
        w = write_end(to)
        push!(copying, shielded_task() do
            try
                write(w, s)
            catch e
                e isa IOError || rethrow()    # it does not want to read more
            finally
                close(w)
            end
        end)
        return from
    end
    push!(after, write_end(to))
    r = read_end(from)
    push!(copying, shielded_task() do
        while !eof(r)
            write(s, readavailable(r))
        end
        close(r)
    end)
    to
end

## running

"""
    run(command, streams...; wait=true)

Run a command and wait for it; its output goes to the cell. Throws a
`ProcessFailedException` if it fails. With `wait=false` it goes on beside the tasks, with
its streams connected to nothing in a program; in a notebook what it writes goes to the
cell, as that of a task does. `streams` are others for its input, output and
errors. Returns the process.

# Examples
```julia
julia> run(`echo hello`);
hello
```
"""
function run(c::AbstractCmd, streams...; wait::Bool=true, cancel::CancelTokenArg=DEFAULT_CANCEL)
    defaults = wait ? (stdin, stdout, stderr) : output_rich() ? (devnull, stdout, stderr) : (devnull, devnull, devnull)
    connected = (map(stream_given, streams)..., defaults[length(streams)+1:3]...)
    p = spawn(c, connected)
    if wait
        ok = or_kill(() -> governed(() -> success(p), cancel), p)
        ok || check_ended(p)
    else
        length(streams) >= 1 && connected[1] isa IO && (p.in = connected[1])
        length(streams) >= 2 && connected[2] isa IO && (p.out = connected[2])
        length(streams) >= 3 && connected[3] isa IO && (p.err = connected[3])
    end
    p
end
# Calls f, which waits for what p does; ends p when nobody waits any more.
function or_kill(f, p)
    try
        return f()
    catch e
        e isa Union{CancellationRequest,InterruptException} && kill(p, e isa InterruptException ? SIGINT : SIGTERM)
        rethrow()
    end
end
stream_given(name::AbstractString) = FileRedirect(name, false)
stream_given(s) = s

"""
    open(command, mode="r", stream=devnull)
    open(command, stream=devnull; write=false, read=!write)
    open(f, command, args...; kwargs...)

Start a command whose output is read from what is returned, or whose input is written
to it (`"w"`), or both (`"r+"`). With `f`, call `f` with it and then wait for the end.

# Examples
```julia
julia> open(`cat`, "r+") do p
           write(p, "hello")
           closewrite(p)
           read(p, String)
       end
"hello"
```
"""
function open(c::AbstractCmd, mode::AbstractString, stream=devnull)
    mode in ("r+", "w+") && return open(c, stream; read=true, write=true)
    mode == "r" && return open(c, stream)
    mode == "w" && return open(c, stream; write=true)
    throw(ArgumentError("mode must be \"r\", \"w\", \"r+\", or \"w+\", not $(repr(mode))"))
end
function open(c::AbstractCmd, stream::Union{Redirectable,AbstractString}=devnull; write::Bool=false, read::Bool=!write)
    given = stream_given(stream)
    read == write && given !== devnull &&
        throw(ArgumentError("no stream can be specified for `stdio` in $(read ? "read-write" : "no-access") mode"))
    input = write ? PipeEndpoint() : given
    output = read ? PipeEndpoint() : given
    p = spawn(c, (input, output, stderr))
    write && (p.in = input)
    read && (p.out = output)
    p
end
function open(f::Function, c::AbstractCmd, args...; kwargs...)
    p = open(c, args...; kwargs...)
    value = try
        f(p)
    catch
        kill(p)
        rethrow()
    finally
        close(p.in)
    end
    # what it still writes is not wanted, and must not keep it from ending
    p.out isa PipeEndpoint && while !eof(p.out)
        readavailable(p.out)
    end
    success(p) || check_ended(p)
    value
end

"""
    read(command)
    read(command, String)

Run a command and return what it writes, as bytes or as a String.
"""
function read(c::AbstractCmd)
    p = open(c, "r", devnull)
    or_kill(p) do
        bytes = read(p.out)
        success(p) || check_ended(p)
        bytes
    end
end
read(c::AbstractCmd, ::Type{String}) = String(read(c))
readchomp(c::AbstractCmd) = chomp(read(c, String))
readlines(c::AbstractCmd; keep::Bool=false) = collect(eachline(c; keep=keep))
function eachline(c::AbstractCmd; keep::Bool=false)
    p = open(c, "r", devnull)
    EachLine(p.out; ondone=() -> success(p) || check_ended(p), keep=keep)
end

# Runs what was typed after `;` at the prompt in the user's shell; `cd` changes this program's folder.
function shell_prompt(line::String)
    words = split(line)
    if words[1] == "cd" && length(words) <= 2
        cd(expanduser(length(words) == 2 ? String(words[2]) : "~"))
        println(pwd())
        return nothing
    end
    run(ignorestatus(Cmd([get(ENV, "SHELL", "sh"), "-c", line])))
    nothing
end
