# Managers: what starts processes. LocalManager is the only one of this library; programs
# may have their own.

"Starts processes on this machine."
struct LocalManager <: ClusterManager
    np::Int
    restrict::Bool
end
show(io::IO, ::LocalManager) = print(io, "LocalManager()")

"""
    launch(manager, params::Dict, launched::Array, c::Condition)

Start processes: push a `WorkerConfig` for each to `launched` and notify `c`.
"""
function launch(m::LocalManager, params::Dict, launched::Array, c::Condition)
    for _ in 1:m.np
        cmd = setenv(addenv(`$(params[:exename]) $(params[:exeflags]) --bind-to $(LPROC.bind_addr) --worker`, params[:env]...); dir=params[:dir])
        io = open(detach(cmd), "r+")
        write_cookie(io)
        config = WorkerConfig()
        config.process, config.io = io, io.out
        config.enable_threaded_blas = params[:enable_threaded_blas]
        push!(launched, config)
    end
    notify(c)
end

"""
    manage(manager, id, config, op)

Take note of what becomes of process `id`: `op` is `:register`, `:deregister`, `:interrupt` or `:finalize`.
"""
manage(::ClusterManager, ::Integer, ::WorkerConfig, ::Symbol) = nothing
function manage(::LocalManager, ::Integer, config::WorkerConfig, op::Symbol)
    op === :interrupt && config.process !== nothing && kill(config.process, 2)
    nothing
end

"""
    kill(manager::ClusterManager, pid, config)

End process `pid`; by default, it is told to exit.
"""
kill(::ClusterManager, pid::Int, ::WorkerConfig) = remote_do(exit, pid)

"""
    connect(manager::ClusterManager, pid, config)

The streams to read from and to write to process `pid`, at `config.host` and `config.port`.
"""
function Sockets.connect(::ClusterManager, ::Int, config::WorkerConfig)
    s = Sockets.connect(config.host, config.port)
    (s, s)
end
using Sockets: connect

"Tell a process that has been started the cookie of this cluster."
write_cookie(io::IO) = (println(io, rpad(cluster_cookie(), 16)); flush(io))

"The address that a text `host:port` means: a name and a number, or `nothing` for the latter."
function parse_machine(machine::AbstractString)
    m = match(r"^\[([^\]]+)\](?::(.*))?$", machine)
    m === nothing && (m = match(r"^([^:]*)(?::(.*))?$", machine))
    m === nothing && throw(ArgumentError("invalid machine definition format string: \"$machine\""))
    host, port = m.captures
    port === nothing && return String(host), nothing
    n = tryparse(Int, port)
    n !== nothing && 0 < n < 65536 || throw(ArgumentError("invalid machine definition format string: invalid port format \"$machine\""))
    String(host), n
end
