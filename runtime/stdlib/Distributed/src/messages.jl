# Messages between processes: a length, what kind, the numbers of two references, and
# serialized values.

@enum Kind::UInt8 Call CallFetch CallWait Do Result Unread Hello Join Joined

const nobody = RRID(0, 0)

# Sends a message to process w; to is what it is about or where the answer goes.
function send(w::Worker, kind::Kind, to::RRID, about::RRID, args...)
    connected(w)
    lock(w.sending) do
        buf = IOBuffer()
        write(buf, UInt8(kind), to.whence, to.id, about.whence, about.id)
        try
            s = ClusterSerializer(buf, w)
            foreach(x -> serialize(s, x), args)
        catch
            forget_sent(w)
            rethrow()
        end
        bytes = take!(buf)
        try
            write(w.w_stream, Int64(length(bytes)))
            write(w.w_stream, bytes)
        catch e
            e isa Base.IOError && throw(ProcessExitedException(w.id))
            rethrow()
        end
    end
    nothing
end
# All code and variables have to be sent again.
forget_sent(w) = (empty!(w.sent); empty!(w.globals); nothing)

"""
    process_messages(r_stream, w_stream, incoming=true)

Serve what comes from a process at the other end of a connection.
"""
function process_messages(r_stream::IO, w_stream::IO=r_stream, incoming::Bool=true)
    w = connected!(Worker(-1), r_stream, w_stream)
    behind(() -> serve(w, incoming))
end
# A task of this library's own: nobody waits for it, and no list shows it.
function behind(f)
    t = Base.governed(() -> Task(f), nothing)
    Base.task_hide(t)
    schedule(t)
end

# Reads messages from w until the connection ends. Who has come from outside has to say
# the cookie first.
function serve(w::Worker, incoming)
    io = w.r_stream
    try
        if incoming && !check_cookie(io)
            println(stderr, "Process(", myid(), ") - Invalid connection credentials sent by remote.")
            close(io)
            return
        end
        while !eof(io)
            n = read(io, Int64)
            bytes = read(io, n)
            length(bytes) == n || break
            w = Base.invokelatest(receive, w, IOBuffer(bytes))    # with the newest methods
        end
    catch e
        e isa Union{EOFError,Base.IOError} || myid() == 1 || showerror(stderr, e, catch_backtrace())
    end
    lost(w)
end
write_cookie_to(io) = write(io, rpad(cluster_cookie(), 16))
function check_cookie(io)
    word = String(read(io, 16))
    word == rpad(cluster_cookie(), 16)
end

# Takes up one message; the process it comes from, which a first one tells.
function receive(w::Worker, buf)
    kind = Kind(read(buf, UInt8))
    to, about = RRID(read(buf, Int), read(buf, Int)), RRID(read(buf, Int), read(buf, Int))
    args = Any[]
    s = ClusterSerializer(buf, w)
    try
        while !eof(buf)
            push!(args, deserialize(s))
        end
    catch e
        unread(w, kind, to, about, RemoteException(CapturedException(e, catch_backtrace())))
        return w
    end
    if kind === Hello
        return met(w, args...)
    elseif kind === Join
        return join_group(w, to, args...)
    end
    kind === Result || kind === Unread || kind === Joined ? arrived(w, kind, to, args[1]) : schedule(Task(() -> obey(w, kind, to, about, args...)))
    w
end

# What was sent could not be read: whoever waits for an answer gets e.
function unread(w, kind, to, about, e)
    if kind === Call
        hold_result(about, e)
    elseif kind === CallFetch
        send(w, Unread, to, nobody, e)
    elseif kind === CallWait
        hold_result(about, e)
        send(w, Unread, to, nobody, e)
    elseif kind === Result || kind === Unread
        arrived(w, Result, to, e)
    else
        showerror(stderr, e)
    end
end
function arrived(w, kind, to, v)
    kind === Unread && forget_sent(w)
    x = get(PGRP.refs, to, nothing)
    x === nothing || isready(x) || put!(x, v)
    nothing
end
hold_result(r::RRID, v) = put!(lookup_ref(r), v)

# The tasks that do what other processes have asked for.
const obeying = Set{Task}()

function obey(w, kind, to, about, f, args, kwargs)
    kind === Call && lookup_ref(about)
    kind === CallWait && lookup_ref(about)
    t = current_task()
    push!(obeying, t)
    v = attempt(f, args, kwargs, kind === Do)
    delete!(obeying, t)
    kind === Do && return nothing
    kind === CallFetch || hold_result(about, v)
    kind === Call && return nothing
    answer = kind === CallFetch || v isa RemoteException ? v : :OK
    try
        send(w, Result, to, nobody, answer)
    catch e
        e isa ProcessExitedException && return nothing
        send(w, Result, to, nobody, RemoteException(CapturedException(e, catch_backtrace())))
    end
    nothing
end
# The value of a call, or the RemoteException for what it threw.
function attempt(f, args, kwargs, tell)
    try
        return Base.invokelatest(f, args...; kwargs...)
    catch e
        tell && (println(stderr, "ERROR: exception on ", myid(), ": "); showerror(stderr, e, catch_backtrace()); println(stderr))
        return e isa RemoteException && e.pid != myid() ? e : RemoteException(CapturedException(e, catch_backtrace()))
    end
end

# The connection to w has ended.
function lost(w::Worker)
    w.id < 1 && return nothing
    expected = w.state === :terminating || w.state === :terminated
    w.state = :terminated
    close(w.r_stream)
    close(w.w_stream)
    filter!(x -> x !== w, PGRP.workers)
    push!(departed, w.id)
    gone(w.id)
    for (r, v) in collect(PGRP.refs)
        v.waitingfor == w.id && !isready(v) && close(v.c, ProcessExitedException(w.id))
        delete!(v.clientset, w.id)
    end
    if w.id == 1
        exit()
    elseif myid() == 1
        expected || println(stderr, "Worker ", w.id, " terminated.")
        tell_others(forget_peer, w.id)
        w.manager === nothing || manage(w.manager, w.id, w.config, :deregister)
    end
    notify(w.ended)
    nothing
end
