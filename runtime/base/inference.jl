# What a function returns, as far as that can be told: for the element types of empty
# results. A function that only computes is tried on a sample of each type.

"""
    Base.promote_op(f, argtypes...)

A type that the results of `f` on arguments of these types have; `Any` if it cannot be
told.
"""
promote_op(f, ts::Type...) = return_type_guess(f, Tuple{ts...})
promote_op(::Union{typeof(+),typeof(-),typeof(*),typeof(max),typeof(min),typeof(add_sum),typeof(mul_prod)}, ::Type{T}, ::Type{T}) where {T<:Union{Int64,Float64}} = T
"""
    Base.return_types(f, types)

What the methods of `f` for arguments of `types` return, as far as it can be told.
"""
return_types(f, t=Tuple; kw...) = Any[return_type_guess(f, t isa Type ? t : Tuple{t...})]

# A type for values of all the types in a tuple.
promote_typejoin_of(ts) = foldl(promote_typejoin, ts; init=Union{})

function return_type_guess(f, types)
    Union{} in types.parameters && return Union{}
    if f isa Type && !(f <: Tuple) && f isa DataType && isconcretetype(f)
        return f
    end
    f isa DataType && f <: Number && isabstracttype(f) && return f
    f === identity && length(types.parameters) == 1 && return types.parameters[1]
    if f isa Splat
        T = length(types.parameters) == 1 ? types.parameters[1] : Any
        return T isa DataType && T <: Tuple && !any(isvarargtype, T.parameters) ? return_type_guess(f.f, T) : Any
    end
    f === Core.typeof && return DataType
    union_split(f, Any[types.parameters...], 1)
end
# Each member of a union that an argument's type is, on its own.
function union_split(f, ts, i)
    i > length(ts) && return sampled_type(f, ts)
    t = ts[i]
    t isa Union || return union_split(f, ts, i + 1)
    r = Union{}
    for m in type_union_members(t)
        us = copy(ts)
        us[i] = m
        r = Union{r,union_split(f, us, i + 1)}
    end
    r
end
function sampled_type(f, ts)
    samples = Any[]
    for t in ts
        s = samples_of(t)
        s === nothing && return Any
        push!(samples, s[1])
    end
    draws = RefValue(false)
    is_computation(f, Any[typeof(s) for s in samples], 0, draws) || return Any
    draws[] || return tried_type(f, samples)
    # Numbers that are drawn at random here shall not be missed.
    state = Random.state(Random.GLOBAL_RNG)
    kept = copy(state)
    try
        return tried_type(f, samples)
    finally
        copy!(state, kept)
    end
end
function tried_type(f, samples)
    r = result_type(f, samples)
    # What is decided by a value may come out otherwise for another one.
    for other in (s -> s isa Bool ? false : s isa Union{Int64,Float64} ? s + one(s) : s isa String ? "a" : s,
                  s -> s isa Union{Int64,Float64} ? -s : s isa String ? "" : s)
        more = Any[other(s) for s in samples]
        isequal(more, samples) || (r = Union{r,result_type(f, more)})
    end
    r === Union{} ? Any : r
end
# The type of what an iterator of iterators gives.
function flattened_eltype(outer)
    outer isa Generator || return eltype(eltype(outer))
    s = samples_of(iterated_eltype(outer.iter))
    s !== nothing && makes_iterator(outer.f, typeof(s[1])) || return Any
    try
        inner = outer.f(s[1])
        return inner isa Iterators.Flatten ? flattened_eltype(inner.it) : iterated_eltype(inner)
    catch
        return Any
    end
end
function result_type(f, samples)
    try
        return typeof(f(samples...))
    catch
        return Union{}
    end
end

# Whether f(::T) only puts an iterator together, with closures that it does not call.
function makes_iterator(f, T)
    called = plain_calls(f, Tuple{T}, true)
    called !== nothing && all(called) do g
        !(g isa Function) || startswith(string(nameof(g)), "#") || g in (identity, :, +, -, *, div, min, max, length, size, axes, eachindex, firstindex, lastindex, getindex, first, last,
            keys, values, pairs, zip, enumerate, reverse, range, Iterators.filter)
    end
end

# A value of a type, in a tuple; nothing where none is at hand. One of a user's struct is made
# of samples of its fields.
samples_of(t) = struct_sample(t)
function struct_sample(t)
    t isa DataType && isconcretetype(t) && isstructtype(t) && !(t <: Function) && is_users(parentmodule(t)) && !holds_itself(t) || return nothing
    s = samples_of(Tuple{fieldtypes(t)...})
    s === nothing ? nothing : (new_object(t, s[1]...),)
end
# Whether an instance of t may lead to another one, by fields and what is in them.
function holds_itself(t)
    seen, left = Set{Any}(), Any[fieldtypes(t)...]
    while !isempty(left)
        u = pop!(left)
        u === t && return true
        u isa DataType && !(u in seen) || continue
        push!(seen, u)
        append!(left, u.parameters)
        isstructtype(u) && isconcretetype(u) && is_users(parentmodule(u)) && append!(left, fieldtypes(u))
    end
    false
end
# Whether a module belongs to a program, not to Julia.
is_users(m) = m !== Base && m !== Core && (p = parentmodule(m); p === m || is_users(p))
samples_of(::Type{T}) where {T<:Number} = isconcretetype(T) ? number_sample(T) : nothing
number_sample(T) = hasmethod(one, Tuple{Type{T}}) ? (one(T),) : nothing
samples_of(::Type{Nothing}) = (nothing,)
samples_of(::Type{Missing}) = (missing,)
samples_of(::Type{Char}) = ('a',)
samples_of(::Type{String}) = ("1",)    # a number, which can be parsed
samples_of(::Type{SubString{String}}) = (SubString("1", 1, 1),)
samples_of(::Type{Symbol}) = (:a,)
samples_of(::Type{Dict{K,V}}) where {K,V} = (Dict{K,V}(),)
samples_of(::Type{Set{T}}) where {T} = (Set{T}(),)
samples_of(::Type{Type{T}}) where {T} = (T,)
samples_of(::Type{Array{T,N}}) where {T,N} = array_sample(Array{T,N}, T, N)
function array_sample(A, T, N)
    s = samples_of(T)
    s === nothing && return nothing
    a = A(undef, ntuple(_ -> 1, N)...)
    a[1] = s[1]
    (a,)
end
samples_of(::Type{UnitRange{T}}) where {T} = (UnitRange{T}(one(T), one(T)),)
samples_of(::Type{Pair{A,B}}) where {A,B} = (s = samples_of(Tuple{A,B}); s === nothing ? nothing : (Pair{A,B}(s[1][1], s[1][2]),))
function samples_of(::Type{T}) where {T<:Tuple}
    T isa DataType && isconcretetype(T) || return nothing
    vals = Any[]
    for p in T.parameters
        s = samples_of(p)
        s === nothing && return nothing
        push!(vals, s[1])
    end
    (tuple(vals...),)
end
function samples_of(::Type{T}) where {T<:Function}
    isconcretetype(T) && isdefined(T, :instance) ? (T.instance,) : nothing
end

# Whether calling f has no effect but its result: functions of Base that do not write,
# and methods that only call such ones. What draws random numbers of the task says so in draws.
function is_computation(f, types, depth, draws)
    f isa Type && return true
    f isa Union{Fix1,Fix2} && return is_computation(f.f, nothing, depth, draws)
    f isa ComposedFunction && return is_computation(f.outer, nothing, depth, draws) && is_computation(f.inner, nothing, depth, draws)
    f isa Core.Builtin && return !(f in (Core.setfield!, Core.throw))
    f isa Function || return !(f isa Module || f isa Core.Box || is_generator(f))
    m = parentmodule(f)
    if m === Base || m === Core || m === Iterators
        nameof(f) in (:rand, :randn) && (draws[] = true)
        return is_harmless_name(nameof(f))
    end
    (depth > 3 || types === nothing) && return false
    for k in 1:nfields(f)
        is_computation(getfield(f, k), nothing, depth + 1, draws) || return false
    end
    called = plain_calls(f, Tuple{types...})
    called === nothing && return false
    for g in called
        is_generator(g) && return false
        g isa Function || continue
        is_computation(g, g === f ? nothing : sample_signature(g), depth + 1, draws) || return false
    end
    true
end
# Whether x is a generator of random numbers other than the task's.
function is_generator(x)
    T = typeof(x)
    while T !== Any && nameof(T) !== :AbstractRNG
        T = supertype(T)
    end
    T !== Any && nameof(typeof(x)) !== :TaskLocalRNG
end
# The types that the one method of a user's function is for.
function sample_signature(f)
    parentmodule(f) === Base && return nothing
    ms = methods(f)
    length(ms) == 1 || return nothing
    ps = unwrap_unionall(first(ms).sig).parameters
    Any[isvarargtype(ps[i]) ? Any : ps[i] for i in 2:length(ps)]
end
function is_harmless_name(name)
    s = string(name)
    endswith(s, '!') && !(s in ("!", "==!")) && return false
    !(name in (:print, :println, :show, :display, :write, :read, :error, :throw, :rethrow, :exit, :run, :open, :close, :sleep, :wait,
        :fetch, :yield, :eval, :include, :readline, :readlines, :cd, :rm, :mv, :cp, :mkdir, :mkpath, :touch,
        :schedule, :lock, :unlock, :notify, :printstyled, :flush, :atexit, :time, :time_ns, :dump, :foreach))
end
