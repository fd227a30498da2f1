# The processes that this one knows.

"What starts, watches and ends processes: see `launch`, `manage` and `kill`."
abstract type ClusterManager end

"""
    WorkerConfig

What a manager knows of a process that it has started: how to reach it (`io` tells, or `host` and `port`) and how it was started.
"""
mutable struct WorkerConfig
    io::Any
    host::Union{Nothing,String}
    port::Union{Nothing,Int}
    count::Any
    exename::Any
    exeflags::Any
    process::Any
    ospid::Union{Nothing,Int}
    environ::Any
    ident::Any
    connect_idents::Any         # of those that it is connected with, in a cluster of topology :custom
    connect_at::Any
    enable_threaded_blas::Union{Nothing,Bool}
    userdata::Any
    WorkerConfig() = new(ntuple(_ -> nothing, 14)...)
end

"This process, as one of all."
mutable struct LocalProcess
    id::Int
    bind_addr::String
    bind_port::Int
    cookie::String
end

"Another process."
mutable struct Worker
    id::Int
    config::WorkerConfig
    manager::Union{Nothing,ClusterManager}
    state::Symbol               # :created, :connected, :terminating, :terminated
    sending::ReentrantLock
    sent::Set{Any}              # functions whose code that process has
    globals::Dict{Symbol,Tuple{UInt,UInt}}    # variables that it has: hash and object
    ended::Base.Event
    r_stream::IO                # the connection, once it is made
    w_stream::IO
    Worker(id, config=WorkerConfig(), manager=nothing) =
        new(id, config, manager, :created, ReentrantLock(), Set{Any}(), Dict{Symbol,Tuple{UInt,UInt}}(), Base.Event())
end
function connected!(w::Worker, r, s)
    w.r_stream, w.w_stream, w.state = r, s, :connected
    w
end

"The processes known here, and what they refer to here."
mutable struct ProcessGroup
    name::String
    workers::Vector{Any}
    refs::Dict{Any,Any}
    topology::Symbol
    lazy::Bool
end

const LPROC = LocalProcess(1, "127.0.0.1", 0, "")
const PGRP = ProcessGroup("pg-default", Any[LPROC], Dict{Any,Any}(), :all_to_all, true)
const last_numbers = (worker=Ref(1), ref=Ref(0), used=Ref(0))
next_number(which::Symbol) = getfield(last_numbers, which)[] += 1

"""
    cluster_cookie([cookie])

The word by which the processes of a cluster know each other; with an argument, it is set.
"""
function cluster_cookie()
    isempty(LPROC.cookie) && !cookie_given[] && (LPROC.cookie = bytes2hex(rand(RandomDevice(), UInt8, 8)))
    LPROC.cookie
end
function cluster_cookie(cookie)
    length(cookie) <= 16 || throw(ArgumentError("a cookie has at most 16 characters"))
    cookie_given[] = true
    LPROC.cookie = cookie
end
const cookie_given = Ref(false)

"The number of this process; 1 is the one that has started the others."
myid() = LPROC.id
"`:master` in process 1, `:worker` in the others."
myrole() = myid() == 1 ? :master : :worker
alive(w) = w isa LocalProcess || w.state in (:created, :connected)

"The numbers of all processes."
procs() = sort!(Int[w.id for w in PGRP.workers if alive(w)])
"`procs(pid)`: the numbers of the processes on the machine of process `pid`."
procs(pid::Integer) = (worker_from_id(pid); procs())
"How many processes there are."
nprocs() = length(procs())
"The numbers of the processes that do work for others: all but the first, or that if it is alone."
function workers()
    ids = procs()
    length(ids) == 1 ? ids : filter!(!=(1), ids)
end
"How many processes do work for others."
nworkers() = length(workers())

known_worker(pid) = (i = findfirst(w -> w.id == pid && (alive(w) || w.state === :terminating), PGRP.workers); i === nothing ? nothing : PGRP.workers[i])
"The process of that number."
function worker_from_id(pid::Integer)
    w = known_worker(pid)
    w === nothing || return w
    pid in departed && throw(ProcessExitedException(pid))
    error("no process with id $pid exists")
end
worker_from_id(::ProcessGroup, pid) = worker_from_id(pid)
const departed = Set{Int}()

"""
    worker_id_from_socket(s)

The number of the process at the other end of a connection; -1 if there is none.
"""
function worker_id_from_socket(s)
    for w in PGRP.workers
        w isa Worker && isdefined(w, :r_stream) && (w.r_stream === s || w.w_stream === s) && return w.id
    end
    -1
end

"A process that was to do something has ended."
struct ProcessExitedException <: Exception
    worker_id::Int
end
ProcessExitedException() = ProcessExitedException(-1)

"""
    RemoteException(pid, captured)

What a call in process `pid` threw.
"""
struct RemoteException <: Exception
    pid::Int
    captured::CapturedException
end
RemoteException(captured) = RemoteException(myid(), captured)
function showerror(io::IO, e::RemoteException)
    e.pid == myid() || print(io, "On worker ", e.pid, ":\n")
    showerror(io, e.captured)
end
