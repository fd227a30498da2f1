# How the program was started.

"""
    JLOptions

The options of the command line of Julia that programs ask for, as fields.
"""
struct JLOptions
    quiet::Int8
    startupfile::Int8
    check_bounds::Int8
    depwarn::Int8
    can_inline::Int8
    use_compiled_modules::Int8
    opt_level::Int8
    debug_level::Int8
    code_coverage::Int8
    malloc_log::Int8
    warn_overwrite::Int8
    warn_scope::Int8
    handle_signals::Int8
    isinteractive::Int8
    fast_math::Int8
    color::Int8
    nprocs::Int32
    nthreads::Int16
end
JLOptions() = JLOptions(0, 1, 0, 0, 1, 0, 2, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1)

"""
    Base.julia_cmd([program])

The command that runs another process of this program.
"""
julia_cmd(julia=sys_info(:exe); cpu_target=nothing) = Cmd([String(julia)])
julia_exename() = basename(sys_info(:exe))
function show(io::IO, o::JLOptions)
    print(io, "JLOptions(", join((string(f, " = ", repr(getfield(o, f))) for f in fieldnames(JLOptions)), ", "), ")")
end
