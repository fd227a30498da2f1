# Reductions along dimensions of arrays.

# The dimensions that are reduced, as a tuple of Ints.
function reduction_dims(dims)
    ds = dims isa Integer ? (Int(dims),) : map(check_reduction_dim, tuple(dims...))
    for d in ds
        d >= 1 || throw(ArgumentError("region dimension(s) must be ≥ 1, got $d"))
    end
    ds
end
check_reduction_dim(d::Integer) = Int(d)
check_reduction_dim(d) = throw(ArgumentError("reduced dimension(s) must be integers"))
"""
    Base.reduced_indices(a, dims)

The axes of a reduction of `a` along `dims`: those have one index.
"""
reduced_indices(a::AbstractArray, dims) = reduced_indices(axes(a), dims)
function reduced_indices(inds::Tuple, dims)
    ds = reduction_dims(dims)
    ntuple(d -> d in ds ? reduced_index(inds[d]) : inds[d], length(inds))
end
reduced_index(r::OneTo{T}) where {T} = OneTo(one(T))
reduced_index(r::AbstractUnitRange) = oftype(r, first(r):first(r))
reduced_index(r::IdentityUnitRange) = IdentityUnitRange(first(r):first(r))
reduced_index(r::Slice) = Slice(first(r):first(r))
"As `reduced_indices`, but a dimension without indices stays so."
reduced_indices0(a::AbstractArray, dims) = reduced_indices0(axes(a), dims)
function reduced_indices0(inds::Tuple, dims)
    ds = reduction_dims(dims)
    ntuple(d -> d in ds && !isempty(inds[d]) ? reduced_index(inds[d]) : inds[d], length(inds))
end
# The number of the place in a result with axes out that the item at I belongs to.
function reduced_place(out, I)
    k = 0
    m = 1
    for d in 1:length(out)
        n = length(out[d])
        n == 1 || (k += (I[d] - first(out[d])) * m)
        m *= n
    end
    k + 1
end
# A vector as an array with the axes out, like a.
shaped_like(v, a, out) = a isa Array ? reshape(v, map(length, out)) : copyto!(similar(a, eltype(v), out), v)

function mapreduce_dims(f, op, itr, init, dims)
    throw(MethodError(mapreduce, (f, op, itr)))
end
function mapreduce_dims(f, op, a::AbstractArray, init, dims)
    ds = reduction_dims(dims)
    f === identity && op === add_sum && init isa _InitialValue && ds === (1,) && a isa Matrix{Float64} && return array_sum_columns(a)
    if f !== identity && a isa Array && !isempty(a)
        return mapreduce_dims(identity, op, map(f, a), init, ds)
    end
    r = f === identity ? reduce_machine(op, a, init, ds) : nothing
    r === nothing || return r
    out = reduced_indices(a, ds)
    n = prod_dims(map(length, out))
    begun = !(init isa _InitialValue)
    if isempty(a)
        n == 0 && return similar(a, begun ? promote_typejoin(typeof(init), promote_op(f, eltype(a))) : empty_dims_type(f, op, eltype(a)), out)
        x = begun ? init : empty_slice_value(f, op, eltype(a))
        return shaped_like(fill(x, n), a, out)
    end
    vals = Vector{Any}(undef, n)
    if begun
        fill!(vals, init)
    end
    if ndims(a) == 2 && a isa Array
        fold_matrix!(vals, f, op, a, ds, begun)
    else
        for I in CartesianIndices(a)
            k = reduced_place(out, I)
            x = f(a[I])
            vals[k] = begun || isassigned(vals, k) ? op(vals[k], x) : reduce_first(op, x)
        end
    end
    shaped_like(narrow(vals, Any), a, out)
end
# The reduction of machine numbers by the machine's own operations: nothing for others.
function reduce_machine(op, a, init, ds)
    init isa _InitialValue || op === (|) && init === false || op === (&) && init === true || return nothing
    op === add_sum || op === mul_prod || op === max || op === min || op === (|) || op === (&) || op === (+) || op === (*) || return nothing
    isempty(a) && return nothing
    x = a isa BitArray ? bools_of(a) : in_one_piece(a)
    r = x isa Array ? array_reduce_dims(op, x, ds) : nothing
    r isa Array{Bool} && a isa BitArray ? bits_of(r) : r
end
function fold_matrix!(vals, f, op, a, ds, begun)
    m, n = size(a)
    one, two = 1 in ds, 2 in ds
    for j in 1:n
        for i in 1:m
            k = one ? (two ? 1 : j) : two ? i : (j - 1) * m + i
            x = f(a[i, j])
            vals[k] = begun || isassigned(vals, k) ? op(vals[k], x) : reduce_first(op, x)
        end
    end
    vals
end
empty_dims_type(f, op, T) = (S = promote_op(f, T); promote_op(op, S, S))
# What a slice without items reduces to.
empty_slice_value(f, op, T) = mapreduce_empty(f, op, T)
empty_slice_value(f, op::typeof(add_sum), T) = f === identity ? mapreduce_empty(f, op, T) : reduce_empty(op, promote_op(f, T))
empty_slice_value(f, op::typeof(mul_prod), T) = f === identity ? mapreduce_empty(f, op, T) : reduce_empty(op, promote_op(f, T))
empty_slice_value(f, op::typeof(+), T) = f === identity ? mapreduce_empty(f, op, T) : reduce_empty(op, promote_op(f, T))
empty_slice_value(f, op::typeof(*), T) = f === identity ? mapreduce_empty(f, op, T) : reduce_empty(op, promote_op(f, T))

## into an array

# The dimensions along which r has one index and a has others: those that are reduced.
function reduced_dims(r, a)
    ndims(r) <= ndims(a) || throw(DimensionMismatch(string("cannot reduce ", ndims(a), "-dimensional array to ", ndims(r), " dimensions")))
    ds = Int[]
    for d in 1:ndims(a)
        x, y = axes(r, d), axes(a, d)
        if length(x) == 1
            length(y) == 1 || push!(ds, d)
        else
            x == y || throw(DimensionMismatch(string("reduction on array with indices ", axes(a), " with output with indices ", axes(r))))
        end
    end
    tuple(ds...)
end
"""
    Base.mapreducedim!(f, op, r, a)

Reduce `f` of the items of `a` by `op` into the array `r`, beginning with what is in it.
"""
function mapreducedim!(f, op, r::AbstractArray, a::AbstractArray)
    ds = reduced_dims(r, a)
    isempty(a) && return r
    if (f === identity || a isa Array) && (eltype(r) <: Union{Bool,Int64} || op === max || op === min || op === add_sum && all(iszero, r))
        x = reduce_machine(op, f === identity ? a : map(f, a), _InitialValue(), ds)
        x isa AbstractArray && length(x) == length(r) && return copyto!(r, map(op, vec(r), vec(x)))
    end
    for I in CartesianIndices(a)
        J = CartesianIndex(ntuple(d -> length(axes(r, d)) == 1 ? first(axes(r, d)) : I[d], max(ndims(r), ndims(a))))
        r[J] = op(r[J], f(a[I]))
    end
    r
end
reducedim!(op, r::AbstractArray, a::AbstractArray) = mapreducedim!(identity, op, r, a)
"Base.initarray!(r, f, op, init, a): begin a reduction into `r` with the first items of `a`."
function initarray!(r, f, op, init::Bool, a)
    init || return r
    ds = reduced_dims(r, a)
    isempty(a) && return r
    for J in CartesianIndices(r)
        r[J] = f(a[CartesianIndex(ntuple(d -> length(axes(r, d)) == 1 ? first(axes(a, d)) : J[d], max(ndims(r), ndims(a))))])
    end
    r
end
for (fname, op, zero_of) in ((:sum, :add_sum, :zero), (:prod, :mul_prod, :one))
    f! = fname === :sum ? :sum! : :prod!
    @eval begin
        $f!(f, r::AbstractArray, a::AbstractArray; init::Bool=true) = mapreducedim!(f, $op, init ? fill!(r, $zero_of(eltype(r))) : r, a)
        $f!(r::AbstractArray, a::AbstractArray; init::Bool=true) = $f!(identity, r, a; init=init)
    end
end
"""
    maximum!(r, a)

The maxima of `a` along the dimensions in which `r` has one index, in `r`.
"""
maximum!(f, r::AbstractArray, a::AbstractArray; init::Bool=true) = mapreducedim!(f, max, initarray!(r, f, max, init, a), a)
maximum!(r::AbstractArray, a::AbstractArray; init::Bool=true) = maximum!(identity, r, a; init=init)
"""
    minimum!(r, a)

The minima of `a` along the dimensions in which `r` has one index, in `r`.
"""
minimum!(f, r::AbstractArray, a::AbstractArray; init::Bool=true) = mapreducedim!(f, min, initarray!(r, f, min, init, a), a)
minimum!(r::AbstractArray, a::AbstractArray; init::Bool=true) = minimum!(identity, r, a; init=init)
any!(f, r::AbstractArray, a::AbstractArray; init::Bool=true) = mapreducedim!(f, |, init ? fill!(r, false) : r, a)
any!(r::AbstractArray, a::AbstractArray; init::Bool=true) = any!(identity, r, a; init=init)
all!(f, r::AbstractArray, a::AbstractArray; init::Bool=true) = mapreducedim!(f, &, init ? fill!(r, true) : r, a)
all!(r::AbstractArray, a::AbstractArray; init::Bool=true) = all!(identity, r, a; init=init)
count!(f, r::AbstractArray, a::AbstractArray; init::Bool=true) = mapreducedim!(x -> f(x)::Bool ? 1 : 0, +, init ? fill!(r, 0) : r, a)
count!(r::AbstractArray, a::AbstractArray; init::Bool=true) = count!(identity, r, a; init=init)
extrema!(r::AbstractArray, a::AbstractArray; init::Bool=true) = mapreducedim!(x -> (x, x), extrema_pair, initarray!(r, x -> (x, x), extrema_pair, init, a), a)
"""
    findmax!(values, indices, a)

The largest items of `a` along the dimensions in which `values` has one index, and
where they are.
"""
findmax!(v::AbstractArray, at::AbstractArray, a::AbstractArray; init::Bool=true) = find_best!(findmax(a; dims=reduced_dims(v, a)), v, at)
findmin!(v::AbstractArray, at::AbstractArray, a::AbstractArray; init::Bool=true) = find_best!(findmin(a; dims=reduced_dims(v, a)), v, at)
find_best!(r, v, at) = (copyto!(v, r[1]), copyto!(at, r[2]))

sum(a::Vector{Float64}) = array_sum_float(a)
reduce(::typeof(+), a::Vector{Float64}) = array_sum_float(a)
sum(a::Array{Int64}) = array_sum_int(a)
sum(a::Array{Bool}) = array_count(a)
count(a::Array{Bool}; dims=:, init=0) = dims === (:) ? init + array_count(a) : count(identity, a; dims=dims, init=init)
function sum(a::Array{Float64}; dims=:, init=_InitialValue())
    dims === (:) || return mapreduce_dims(identity, add_sum, a, init, dims)
    init isa _InitialValue ? array_sum_float(a) : mapfoldl_impl(identity, add_sum, init, a)
end
# A vector of Any as a vector of the type its items share; T0 if there are none.
function narrow(vals::Vector{Any}, T0)
    isempty(vals) && return Vector{T0}(undef, 0)
    T = typeof(vals[1])
    for v in vals
        v isa T || (T = promote_typejoin(T, typeof(v)))
    end
    out = Vector{T}(undef, length(vals))
    copyto!(out, vals)
end
