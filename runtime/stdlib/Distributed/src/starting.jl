# Starting and ending processes, from the first.

"""
    default_addprocs_params(manager)

The keywords of `addprocs` and their values.
"""
default_addprocs_params() = Dict{Symbol,Any}(:topology => :all_to_all, :dir => pwd(), :exename => Base.julia_cmd(), :exeflags => ``,
    :env => [], :enable_threaded_blas => false, :lazy => true)
default_addprocs_params(::ClusterManager) = default_addprocs_params()

"""
    addprocs(n=Sys.CPU_THREADS; exename, exeflags, dir, env, ...)
    addprocs(manager::ClusterManager; ...)

Start `n` worker processes on this machine and return their numbers. `exeflags` are options of the command `exename`, which is
this program, `env` variables of its environment, `dir` is its folder. Machines cannot be given.
"""
addprocs(n::Integer=Sys.CPU_THREADS; restrict=true, kwargs...) = addprocs(LocalManager(n, restrict); kwargs...)
addprocs(machines::AbstractVector; kwargs...) = error("processes on other machines cannot be started: all workers run on this one")
function addprocs(manager::ClusterManager; kwargs...)
    myid() == 1 || throw(ErrorException("Only process 1 can add and remove workers"))
    params = merge(default_addprocs_params(manager), Dict{Symbol,Any}(kwargs))
    unknown = setdiff(keys(params), keys(default_addprocs_params(manager)), (:tunnel, :multiplex, :sshflags, :max_parallel, :shell, :ssh))
    isempty(unknown) || throw(ArgumentError("Invalid keyword argument(s) $(join(unknown, ", "))"))
    set_shape(Symbol(params[:topology]), params[:lazy])
    launched, c, ids = WorkerConfig[], Condition(), Int[]
    starter = @async launch(manager, params, launched, c)
    @sync begin
        seen = 0
        while !istaskdone(starter) || seen < length(launched)
            if seen < length(launched)
                config = launched[seen += 1]
                @async push!(ids, start_one(manager, config))
            else
                timedwait(() -> istaskdone(starter) || seen < length(launched), 10.0; pollint=0.005)
            end
        end
    end
    istaskfailed(starter) && throw(TaskFailedException(starter))
    tell_of_peers()
    foreach(id -> known_worker(id) === nothing || add_to_pool(id), sort!(ids))
    ids
end

# All workers are connected in the same way.
function set_shape(topology, lazy)
    topology in (:all_to_all, :master_worker, :custom) || throw(ArgumentError("unknown topology $topology"))
    if nprocs() > 1
        topology == PGRP.topology || error("Workers with Topology $(PGRP.topology) already exist. Requested Topology $topology cannot be set.")
        lazy == PGRP.lazy || throw(ArgumentError("Active workers with lazy=$(PGRP.lazy). Cannot set lazy=$lazy"))
    end
    PGRP.topology, PGRP.lazy = topology, lazy
end

# Connects with a process that has been started; its number.
function start_one(manager, config)
    if config.io !== nothing && config.port === nothing
        config.host, config.port = read_address(config.io)
    end
    id = next_number(:worker)
    w = Worker(id, config, manager)
    r, s = Sockets.connect(manager, id, config)
    connected!(w, r, s)
    write_cookie_to(s)
    push!(PGRP.workers, w)
    behind(() -> serve(w, false))
    config.io === nothing || behind(() -> pass_output(id, config.io))
    ask(w, Join, nobody, id, PGRP.topology)
    manage(manager, id, config, :register)
    id
end

worker_timeout() = parse(Float64, get(ENV, "JULIA_WORKER_TIMEOUT", "60.0"))
# The line by which a new process tells where it listens.
function read_address(io)
    found = @async begin
        result = nothing
        for n in 1:1000
            line = readline(io)
            m = match(r"^julia_worker:(\d+)#(.*)", line)
            m === nothing || (result = (String(m.captures[2]), parse(Int, m.captures[1])); break)
            isempty(line) && eof(io) && error("Unable to read host:port string from worker. Launch command exited with error?")
            println("\tFrom worker startup:\t", line)
        end
        result
    end
    timedwait(() -> istaskdone(found), worker_timeout(); pollint=0.01) === :ok || error("Timed out waiting to read host:port string from worker.")
    istaskfailed(found) && throw(found.result)
    something(found.result, Some(nothing)) === nothing && error("Unexpected output from worker launch command. Host:port string not found.")
    found.result
end
# What a process prints appears here.
function pass_output(id, io)
    while !eof(io)
        println("      From worker ", id, ":\t", readline(io))
    end
end

# Calls f in all other workers.
function tell_others(f, args...; except=())
    for w in copy(PGRP.workers)
        w isa Worker && w.state === :connected && !(w.id in except) && remote_do(f, w, args...)
    end
end
function tell_of_peers()
    all = Worker[w for w in PGRP.workers if w isa Worker && w.state === :connected]
    for f in (PGRP.lazy ? (know_peers,) : (know_peers, meet_peers))
        @sync for w in all
            @async remotecall_wait(f, w, [(p.id, p.config.host, linked(w, p) ? p.config.port : nothing) for p in all])
        end
    end
end
# Whether two workers may talk with each other.
linked(a, b) = PGRP.topology === :all_to_all || PGRP.topology === :custom && (names(a, b) || names(b, a))
names(a, b) = a.config.connect_idents !== nothing && b.config.ident in a.config.connect_idents

"""
    rmprocs(pids...; waitfor=typemax(Int))

End worker processes, and wait for so many seconds until they have ended. With `waitfor=0` a task is returned that waits.
"""
function rmprocs(pids...; waitfor=typemax(Int))
    myid() == 1 || throw(ErrorException("Only process 1 can add and remove workers"))
    ids = Int[id for p in pids for id in p]
    if waitfor == 0
        t = @async remove(ids, typemax(Int))
        yield()
        return t
    end
    remove(ids, waitfor)
    Task(() -> nothing) |> schedule
end
function remove(ids, seconds)
    leaving = Worker[]
    for id in ids
        if id == 1
            @warn "rmprocs: process 1 not removed"
            continue
        end
        w = known_worker(id)
        w === nothing && continue
        leave_pool(id)
        push!(leaving, w)
        w.state = :terminating
        kill(w.manager, id, w.config)
    end
    left() = Int[w.id for w in leaving if w.state !== :terminated]
    if seconds >= typemax(Int)
        foreach(w -> wait(w.ended), leaving)
    else
        timedwait(() -> isempty(left()), Float64(seconds); pollint=0.01)
    end
    isempty(left()) || throw(ErrorException("rmprocs: pids $(left()) not terminated after $seconds seconds."))
    nothing
end

"""
    interrupt(pids=workers())

Interrupt what worker processes do just now.
"""
interrupt(pids::AbstractVector=workers()) = foreach(interrupt, pids)
interrupt(pids::Integer...) = interrupt(collect(pids))
interrupt(pid::Integer) = (w = worker_from_id(pid); w isa Worker && w.manager !== nothing && manage(w.manager, w.id, w.config, :interrupt); nothing)
