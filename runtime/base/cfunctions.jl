# What ccall can call: there is no C code here, but some functions of Julia's own runtime and of
# the C library that programs name are written here.

module CFunctions
jl_get_tls_world_age() = Core.Prims.world_age()
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
jl_call1(f, x) = f(x)
jl_box_int64(x) = Int64(x)
getpid() = Base.getpid()
clock() = Base.time_ns() ÷ 1000
time(x) = trunc(Int64, Base.time())
end

"""
    ccall((name, library), returntype, (argtypes...), args...)

Call a function of C. There is no C code to call here: all but a few functions of Julia's own
runtime are refused.
"""
function c_function(name)
    name isa Symbol && isdefined(CFunctions, name) && return getglobal(CFunctions, name)
    error("ccall is not supported: there is no C code here to call, ", name isa Symbol ? string("`", name, "` for one") : "not even that of a pointer")
end
