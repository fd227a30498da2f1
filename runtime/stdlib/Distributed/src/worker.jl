# The side of a worker: it listens, joins the group of the process that has started it,
# and connects with its peers when it needs them.

"""
    start_worker([out,] cookie=nothing; close_stdin=true, stderr_to_stdout=true)

Make this process a worker: it tells on `out` where it listens, and serves until the first process ends. Without a cookie, a
line of standard input tells it.
"""
start_worker(cookie::AbstractString=readline(stdin); kwargs...) = start_worker(stdout, cookie; kwargs...)
function start_worker(out::IO, cookie::AbstractString=readline(stdin); close_stdin::Bool=true, stderr_to_stdout::Bool=true)
    init_worker(rstrip(cookie))
    close_stdin && close(stdin)
    stderr_to_stdout && redirect_stderr(stdout)
    port, server = listenany(parse(IPAddr, LPROC.bind_addr), 9009 + getpid() % 1000)
    LPROC.bind_port = Int(port)
    println(out, "julia_worker:", LPROC.bind_port, "#", LPROC.bind_addr)
    flush(out)
    overdue = Timer(_ -> myid() == 0 && exit(1), worker_timeout())
    while isopen(server)
        try
            process_messages(accept(server))
        catch e
            e isa InterruptException || rethrow()
            foreach(t -> schedule(t, e; error=true), collect(obeying))    # it is meant for what others have asked for
        end
    end
    close(overdue)
    exit()
end
"""
    init_worker(cookie, manager=LocalManager())

Have this process wait for its number, which the first process tells a worker.
"""
function init_worker(cookie::AbstractString, manager::ClusterManager=LocalManager(0, true))
    cluster_cookie(String(cookie))
    LPROC.id = 0
    empty!(PGRP.workers)
    push!(PGRP.workers, LPROC)
    nothing
end

# Who has connected says its number.
function met(w::Worker, id)
    old = known_worker(id)
    old isa Worker && old.state === :created && return connected!(old, w.r_stream, w.w_stream)
    w.id = id
    old === nothing && push!(PGRP.workers, w)
    w
end
# The first process tells this one its number and who else there is.
function join_group(w::Worker, to, id, topology)
    PGRP.topology = topology
    LPROC.id = id
    w.id = 1
    pushfirst!(PGRP.workers, w)
    send(w, Joined, to, nobody, getpid())
    w
end
function know_peers(list)
    for (id, host, port) in list
        id == myid() || known_worker(id) !== nothing || id in departed || meet_later(id, host, port)
    end
end
function meet_later(id, host, port)
    config = WorkerConfig()
    config.host, config.port = host, port
    push!(PGRP.workers, Worker(id, config))
end
# Connects at once with those that came before.
meet_peers(list) = foreach(p -> p[1] < myid() && p[3] !== nothing && remotecall_fetch(myid, p[1]), list)
function forget_peer(id)
    w = known_worker(id)
    w isa Worker || return nothing
    if w.state === :created
        filter!(x -> x !== w, PGRP.workers)
        push!(departed, id)
        gone(id)
    else
        w.state = :terminating    # the connection is about to end
    end
    nothing
end

# Makes the connection to a peer, if there is none yet.
function connected(w::Worker)
    w.state === :created || return w.state in (:terminated,) ? throw(ProcessExitedException(w.id)) : nothing
    lock(w.sending) do
        w.state === :created || return nothing
        w.config.port === nothing && error("peer $(w.id) is not connected to $(myid()). Topology : $(PGRP.topology)")
        s = Sockets.connect(w.config.host, w.config.port)
        connected!(w, s, s)
        write_cookie_to(s)
        send(w, Hello, nobody, nobody, myid())
        behind(() -> serve(w, false))
    end
    nothing
end
