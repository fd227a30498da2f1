# Distributed: calls in other processes of this program, which run on the same machine
# and are connected by sockets.

"""
    Distributed

Work shared among processes. `addprocs(n)` starts workers; `remotecall`, `remotecall_fetch`,
`@spawnat`, `@everywhere`, `@distributed` and `pmap` have them do something, `Future` and
`RemoteChannel` refer to what is in another process. Functions without names are sent with
their code, and with the global variables of `Main` that they use.
"""
module Distributed

using Sockets, Serialization
using Random: RandomDevice
using Serialization: AbstractSerializer, serialize_type, serialize_any, serialize_cycle
using Base: sync_varname, spawn_form, sync_add, new_object, CompositeException, CapturedException, TaskFailedException, IdSet, StackTraces
import Serialization: serialize, deserialize, type_named
import Base: fetch, wait, put!, take!, isready, isopen, close, show, showerror, length, isempty, eltype, getindex, iterate, push!, kill,
    hash, ==

export @spawn, @spawnat, @fetch, @fetchfrom, @everywhere, @distributed, AbstractWorkerPool, CachingPool, ClusterManager, Future, ProcessExitedException,
    RemoteChannel, RemoteException, WorkerConfig, WorkerPool, addprocs, channel_from_id, clear!, cluster_cookie, connect, default_worker_pool,
    fetch, init_worker, interrupt, isready, kill, launch, manage, myid, nprocs, nworkers, pmap, procs, process_messages, put!, remote, remote_do,
    remotecall, remotecall_fetch, remotecall_wait, remoteref_id, rmprocs, start_worker, take!, wait, worker_id_from_socket, workers

include("processes.jl")
include("references.jl")
include("code.jl")
include("messages.jl")
include("calls.jl")
include("managers.jl")
include("starting.jl")
include("worker.jl")
include("pools.jl")
include("pmap.jl")
include("macros.jl")

end
