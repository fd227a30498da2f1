# What ccall can call: there is no C code here, but some functions of Julia's own runtime and of
# the C library that programs name are written here.

module CFunctions
jl_get_tls_world_age() = Core.Prims.world_age()
jl_ver_major() = Int32(Base.VERSION.major)
jl_ver_minor() = Int32(Base.VERSION.minor)
jl_ver_patch() = Int32(Base.VERSION.patch)
jl_get_world_counter() = Core.Prims.newest_world()
jl_type_morespecific(a, b) = Int32(Base.morespecific(a, b))
jl_type_intersection(a, b) = Base.typeintersect(a, b)
jl_intersect_types(a, b) = Base.typeintersect(a, b)
jl_subtype(a, b) = Int32(a <: b)
jl_types_equal(a, b) = Int32(a == b)
jl_egal(a, b) = Int32(a === b)
jl_throw(e) = throw(e)
jl_array_grow_end(a, n) = (Base.resize!(a, Base.length(a) + Int(n)); nothing)
jl_array_del_end(a, n) = (Base.resize!(a, Base.length(a) - Int(n)); nothing)
jl_array_del_beg(a, n) = (Base.deleteat!(a, 1:Int(n)); nothing)
jl_array_del_at(a, i, n) = (Base.deleteat!(a, Int(i)+1:Int(i)+Int(n)); nothing)
jl_array_grow_beg(a, n) = (for _ in 1:Int(n); Core.Prims.array_insert(a, 1, 1); end; nothing)
jl_array_grow_at(a, i, n) = (Core.Prims.array_insert(a, Int(i) + 1, Int(n)); nothing)
jl_array_sizehint(a, n) = (Base.sizehint!(a, Int(n)); nothing)
function jl_new_structv(T, fields, n)
    xs = fields isa Ptr ? Base.unsafe_wrap(Array, Ptr{Any}(fields), Int(n)) : fields[1:Int(n)]
    T === UnionAll ? UnionAll(xs...) : Core.Prims.new_object(T, xs...)
end
malloc(n) = Base.Libc.malloc(n)
calloc(n, size) = Base.Libc.calloc(n, size)
realloc(p, n) = Base.Libc.realloc(p, n)
free(p) = Base.Libc.free(p)
const jl_malloc, jl_calloc, jl_realloc, jl_free = malloc, calloc, realloc, free
memcpy(dst, src, n) = Base.memcpy(bytes_at(dst), bytes_at(src), n)
memmove(dst, src, n) = memcpy(dst, src, n)
memset(p, x, n) = Base.memset(bytes_at(p), x, n)
memcmp(a, b, n) = Int32(Base.memcmp(bytes_at(a), bytes_at(b), n))
strlen(s) = UInt(Base.ncodeunits(Base.unsafe_string(bytes_at(s))))
bytes_at(x) = Base.unsafe_convert(Ptr{UInt8}, x)
jl_value_ptr(x) = Base.pointer_from_objref(x)
jl_type_intersection_with_env(a, b) = (t = Base.typeintersect(a, b); Core.svec(t, Core.svec(Core.Prims.type_match_env(t, b)...)))
jl_call1(f, x) = f(x)
jl_box_int64(x) = Int64(x)
getpid() = Base.getpid()
clock() = Base.time_ns() ÷ 1000
time(x) = trunc(Int64, Base.time())
jl_is_memdebug() = false
jl_get_module_of_binding(m, s) = Base.binding_module(m, s)
jl_set_nth_field(x, i, v) = (Core.setfield!(x, Int(i) + 1, v); nothing)
jl_new_bits(T, p) = Base.unsafe_load(Base.Ptr{T}(p isa Base.Array ? Base.pointer(p) : Base.unsafe_convert(Base.Ptr{Cvoid}, p)))
jl_running_on_valgrind() = Int32(0)
jl_threading_enabled() = Int32(1)
jl_has_so_reuseport() = Int32(0)
setlocale(category, name) = C_NULL
jl_gc_safepoint() = nothing
jl_gc_enable(on) = Int32(Base.GC.enable(on != 0))
jl_generating_output() = Int32(0)
jl_gf_invoke_lookup(signature, world) = Base.method_by_signature(signature)
jl_gf_invoke_lookup(signature, table, world) = Base.method_by_signature(signature)
function jl_register_newmeth_tracer(p)
    f = p == C_NULL ? nothing : Base.c_function(p)
    Core.Prims.trace_methods(f === nothing ? f : (m, value) -> (f(Base.pointer_from_objref(m)); value))
end
jl_static_show(io, x) = (Base.static_show(io, x); nothing)
jl_method_instance_for_thunk(src, m) = Base.MethodInstance(m, Tuple{}, Core.svec(), src)
jl_new_method_instance_uninit() = Base.MethodInstance()
jl_specializations_get_linfo(m, types, env, world...) = Base.MethodInstance(m, types, env)
jl_arrayunset(a, i) = (Base.unset!(a, Int(i) + 1); nothing)
jl_array_ptr(a) = Base.pointer(a)
jl_alloc_array_1d(T, n) = T(Base.undef, Int(n))
jl_alloc_array_2d(T, n, m) = T(Base.undef, Int(n), Int(m))
jl_alloc_string(n) = Base._string_n(n)
jl_string_to_array(s) = Base.Vector{UInt8}(s)
jl_pchar_to_string(p, n) = Base.unsafe_string(bytes_at(p), Int(n))
jl_cstr_to_string(p) = Base.unsafe_string(bytes_at(p))
jl_symbol_n(p, n) = Symbol(Base.unsafe_string(bytes_at(p), Int(n)))
jl_symbol(p) = Symbol(Base.unsafe_string(bytes_at(p)))
jl_tagged_gensym(p, n) = Base.gensym(jl_pchar_to_string(p, n))
jl_is_operator(p) = Int32(Base.isoperator(jl_symbol(p)))
jl_is_unary_operator(p) = Int32(Base.isunaryoperator(jl_symbol(p)))
jl_is_binary_operator(p) = Int32(Base.isbinaryoperator(jl_symbol(p)))
jl_operator_precedence(p) = Int32(Base.operator_precedence(jl_symbol(p)))
jl_typeof(x) = typeof(x)
jl_object_id(x) = Base.objectid(x)
jl_hrtime() = Base.time_ns()
const uv_hrtime = jl_hrtime
jl_cpu_threads() = Int32(Base.Sys.CPU_THREADS)
jl_field_index(T, name, raise) = Int32(Base.fieldindex(T, name, raise != 0) - 1)
jl_get_nth_field(x, i) = Core.getfield(x, Int(i) + 1)
const jl_get_nth_field_checked = jl_get_nth_field
jl_module_name(m) = Base.nameof(m)
jl_module_parent(m) = Base.parentmodule(m)
jl_is_const(m, s) = Int32(Base.isconst(m, s))
jl_boundp(m, s) = Int32(Base.isdefined(m, s))
jl_get_global(m, s) = Core.getglobal(m, s)
jl_type_unionall(v, body) = Base.UnionAll(v, body)
jl_type_union(types, n) = Union{types[1:Int(n)]...}
jl_isa(x, T) = Int32(x isa T)
# of ASCII, as in the locale "C"
toupper(c) = (n = Int32(c); 97 <= n <= 122 ? n - Int32(32) : n)
tolower(c) = (n = Int32(c); 65 <= n <= 90 ? n + Int32(32) : n)
jl_crc32c_sw(crc, a, n) = Base.crc32c(a isa String ? Vector{UInt8}(a)[1:Int(n)] : Base.collect(UInt8, Base.vec(a))[1:Int(n)], crc)
umask(mask) = UInt32(Core.Prims.process_umask(Int(mask)))
uv_kill(pid, signal) = Int32(Core.Prims.process_signal(Int(pid), Int(signal)) === nothing ? 0 : -1)
uv_async_send(c) = (Base.notify(c); Int32(0))
descriptor(fd) = fd isa Base.RawFD ? Int(fd.fd) : Int(fd)
open(path, flags, mode...) = Int32(Core.Prims.fd_open(String(path), Int(flags)))
close(fd) = Int32(Core.Prims.fd_close(descriptor(fd)))
read(fd, bytes, n) = Core.Prims.fd_read(descriptor(fd), bytes, Int(n))
write(fd, bytes, n) = Core.Prims.fd_write(descriptor(fd), bytes, Int(n))
fread(bytes, size, n, file) = Base.readbytes!(file.io, bytes, Int(size) * Int(n)) ÷ Int(size)
pair(fds, sockets) = (fds[] = map(Base.RawFD, Core.Prims.fd_pair(sockets)); Int32(0))
uv_pipe(fds, flags...) = pair(fds, false)
uv_socketpair(kind, protocol, fds, flags...) = pair(fds, true)
end

"""
    ccall((name, library), returntype, (argtypes...), args...)

Call a function of C. There is no C code to call here: all but a few functions of Julia's own
runtime are refused.
"""
function c_function(name)
    name isa Symbol && isdefined(CFunctions, name) && return getglobal(CFunctions, name)
    name isa CFunction && return name
    name isa Ptr{Nothing} && address(name) != 0 && return (unsafe_pointer_to_objref(name)::RefValue{CFunction})[]
    error("ccall is not supported: there is no C code here to call, ", name isa Symbol ? string("`", name, "` for one") : "not even that of a pointer")
end
# Of libraries there are only those whose functions these are.
c_function(name, library) = string(library) in c_libraries ? c_function(name) :
    error("could not load library \"", library, "\"\n", library, occursin(".so", string(library)) ? "" : ".so",
        ": cannot open shared object file: No such file or directory")
const c_libraries = ("libc", "libc.so.6", "libm", "libm.so.6", "libjulia", "libjulia-internal")
