# More of arrays: strided arrays, permuted views.

const DenseVecOrMat{T} = Union{DenseArray{T,1},DenseArray{T,2}}
const StridedFastContiguousSubArray{T,N,A<:DenseArray} = FastContiguousSubArray{T,N,A}
const StridedReinterpretArray{T,N,A<:Union{DenseArray,StridedFastContiguousSubArray},R} = ReinterpretArray{T,N,S,A,R} where {S}
const StridedReshapedArray{T,N,A<:Union{DenseArray,StridedFastContiguousSubArray,StridedReinterpretArray}} = ReshapedArray{T,N,A}
const StridedIndex = Union{AbstractRange{Int},Int,AbstractCartesianIndex}
const StridedSubArray{T,N,A<:Union{DenseArray,StridedReshapedArray,StridedReinterpretArray},I<:Tuple{Vararg{StridedIndex}}} = SubArray{T,N,A,I}
const StridedArray{T,N} = Union{DenseArray{T,N},StridedSubArray{T,N},StridedReshapedArray{T,N},StridedReinterpretArray{T,N}}
const StridedVector{T} = StridedArray{T,1}
const StridedMatrix{T} = StridedArray{T,2}
const StridedVecOrMat{T} = Union{StridedVector{T},StridedMatrix{T}}

"""
    permutedims!(dest, src, perm)

`permutedims` into an array.
"""
permutedims!(dest, src::AbstractArray, perm) = copyto!(dest, permutedims(src, perm))

"""
    PermutedDimsArray(a, perm)

A view of `a` with its dimensions permuted.
"""
struct PermutedDimsArray{T,N,perm,iperm,AA<:AbstractArray} <: AbstractArray{T,N}
    parent::AA
end
function PermutedDimsArray(a::AbstractArray{T,N}, perm) where {T,N}
    p = tuple(perm...)
    isperm(collect(p)) && length(p) == N || throw(ArgumentError(string(p, " is not a valid permutation of dimensions 1:", N)))
    PermutedDimsArray{T,N,p,tuple(invperm(collect(p))...),typeof(a)}(a)
end
function showarg(io::IO, a::PermutedDimsArray{T,N,perm}, toplevel) where {T,N,perm}
    print(io, "PermutedDimsArray(")
    showarg(io, a.parent, false)
    print(io, ", ", perm, ')')
    toplevel && print(io, " with eltype ", T)
end
dataids(a::PermutedDimsArray) = dataids(a.parent)
unaliascopy(a::T) where {T<:PermutedDimsArray} = T(unaliascopy(a.parent))
parent(a::PermutedDimsArray) = a.parent
size(a::PermutedDimsArray{T,N,perm}) where {T,N,perm} = map(d -> size(a.parent, d), perm)
strides(a::PermutedDimsArray{T,N,perm}) where {T,N,perm} = (ps = strides(a.parent); map(d -> ps[d], perm))
unsafe_convert(::Type{Ptr{T}}, a::PermutedDimsArray{T}) where {T} = pointer(a.parent)
pointer(a::PermutedDimsArray, i::Integer) = throw(ArgumentError("pointer(A, i) is deliberately unsupported for PermutedDimsArray"))
elsize(::Type{<:PermutedDimsArray{T,N,perm,iperm,P}}) where {T,N,perm,iperm,P} = elsize(P)
getindex(a::PermutedDimsArray{T,N,perm,iperm}, i::Vararg{Int,N}) where {T,N,perm,iperm} = a.parent[map(d -> i[d], iperm)...]
setindex!(a::PermutedDimsArray{T,N,perm,iperm}, v, i::Vararg{Int,N}) where {T,N,perm,iperm} = (a.parent[map(d -> i[d], iperm)...] = v; a)
IndexStyle(::Type{<:PermutedDimsArray}) = IndexCartesian()
similar(a::PermutedDimsArray, ::Type{T}, dims::Tuple{Vararg{Int}}) where {T} = similar(a.parent, T, dims)

"""
    sortslices(a; dims, kwargs...)

The slices of `a` along the dimension `dims`, or along several, sorted.
"""
function sortslices(a::AbstractArray; dims, kws...)
    ds = tuple(dims...)
    places = vec(collect(Iterators.product(map(d -> d in ds ? axes(a, d) : (:,), ntuple(identity, ndims(a)))...)))
    length(ds) > 1 && (places = slices_in_order(places, ds))
    p = sortperm([view(a, is...) for is in places]; kws...)
    out = similar(a)
    for (is, i) in zip(places, p)
        out[is...] = view(a, places[i]...)
    end
    out
end
# The slices' places so that the index of the first of the dims changes fastest.
slices_in_order(places, ds) = sort(places; by=is -> reverse(map(d -> is[d], ds)))

conj!(a::AbstractArray) = map!(conj, a, a)
conj!(a::AbstractArray{<:Real}) = a
acscd(y) = rad2deg(acsc(y))
asecd(y) = rad2deg(asec(y))
acotd(y) = rad2deg(acot(y))

"""
    nextprod(factors, n)

The smallest product of powers of the factors that is not less than `n`.
"""
function nextprod(factors, n::Real)
    n > typemax(Int) && throw(ArgumentError("unsafe for x > typemax(Int), got $n"))
    m = ceil(Int, n)
    while true
        r = m
        for f in factors
            while f > 1 && r % f == 0
                r = div(r, f)
            end
        end
        r == 1 && return m
        m += 1
    end
end
"""
    logrange(start, stop, length)

`length` numbers from `start` to `stop`, each the same multiple of the one before.
"""
struct LogRange{T<:Real,X} <: AbstractArray{T,1}
    start::T
    stop::T
    len::Int
    extra::Tuple{X,X} # the logarithms of the ends
    function LogRange{T}(start::T, stop::T, len::Int) where {T}
        T <: Integer && throw(ArgumentError("LogRange{T} does not support integer types"))
        (iszero(start) || iszero(stop)) && throw(DomainError((start, stop), "LogRange cannot start or stop at zero"))
        (start < 0 || stop < 0) && throw(DomainError((start, stop), "LogRange does not accept negative numbers"))
        isfinite(start) && isfinite(stop) || throw(DomainError((start, stop), "LogRange is only defined for finite start & stop"))
        len < 0 && throw(ArgumentError(string("LogRange(", start, ", ", stop, ", ", len, "): can't have negative length")))
        len == 1 && start != stop && throw(ArgumentError(string("LogRange(", start, ", ", stop, ", ", len, "): endpoints differ, while length is 1")))
        ends = (log_beyond(start), log_beyond(stop))
        new{T,typeof(ends[1])}(start, stop, len, ends)
    end
end
LogRange{T}(start, stop, len) where {T} = LogRange{T}(convert(T, start), convert(T, stop), Int(len))
LogRange(start, stop, len) = LogRange{float(promote_type(typeof(start), typeof(stop)))}(start, stop, Int(len))
# The logarithm with more digits than the number has.
log_beyond(x::Float64) = TwicePrecision{Float64}(setprecision(() -> log(big(x)), 128))
log_beyond(x::Union{Float16,Float32}) = log(Float64(x))
log_beyond(x) = log(x)
exp_beyond(x::TwicePrecision) = (e = exp(x.hi); e + e * x.lo)
exp_beyond(x) = exp(x)
logrange(start::Real, stop::Real, n::Integer) = LogRange(start, stop, n)
logrange(start::Real, stop::Real; length::Integer) = logrange(start, stop, length)
size(r::LogRange) = (r.len,)
length(r::LogRange) = r.len
first(r::LogRange) = r.start
last(r::LogRange) = r.stop
function getindex(r::LogRange{T}, i::Int) where {T}
    checkbounds(r, i)
    i == 1 && return r.start
    i == r.len && return r.stop
    a, b = r.extra
    T(exp_beyond((a * (r.len - i) + b * (i - 1)) / (r.len - 1)))
end
function getindex(r::LogRange{T}, is::AbstractRange{<:Integer}) where {T}
    checkbounds(r, is)
    isempty(is) ? LogRange{T}(one(T), one(T), 0) : LogRange{T}(r[first(is)], r[last(is)], length(is))
end
IndexStyle(::Type{<:LogRange}) = IndexLinear()
show(io::IO, ::MIME"text/plain", r::LogRange) = show_in_line(io, r)
function show(io::IO, r::LogRange{T}) where {T}
    io = IOContext(io, :typeinfo => T)
    print(io, "LogRange{", T, "}(")
    show(io, r.start)
    print(io, ", ")
    show(io, r.stop)
    print(io, ", ", r.len, ")")
end

unsafe_copyto!(dest::Array, di, src::Array, si, n) = copyto!(dest, di, src, si, n)
systemerror(p, b::Bool; extrainfo=nothing) = b ? throw(SystemError(string(p), Libc.errno(), extrainfo)) : nothing
systemerror(p, e::Integer; extrainfo=nothing) = throw(SystemError(string(p), e, extrainfo))
"""
    precompile(f, types)

Whether calls of `f` with arguments of the types run one method; there is nothing to compile.
"""
precompile(f, types::Tuple, m::Method...) = hasmethod(f, types)
precompile(args...) = true
"""
    __precompile__(x::Bool=true)

Says whether a package may be compiled ahead of time. Here none is.
"""
__precompile__(x::Bool=true) = nothing
include_dependency(path) = nothing
disable_sigint(f) = f()
reenable_sigint(f) = f()
"""
    atreplinit(f)

Has `f` called when Julia's prompt starts. The prompt here is another one, and does not call it.
"""
atreplinit(f) = nothing
set_zero_subnormals(x::Bool) = !x

## comprehensions over what loops run fastest over

function collect(g::Generator{<:Union{UnitRange{Int64},StepRange{Int64,Int64},OneTo{Int64},Vector}})
    it = g.iter
    n = length(it)
    n == 0 && return collect_any(g, EltypeUnknown(), HasShape{1}())
    f = g.f
    v = Any[]
    T = Union{}
    i = 0
    for x in it
        y = f(x)
        i += 1
        if !(y isa T)
            if i == 1
                T = typeof(y)
                v = array_alloc(Vector{T}, n)
            else
                v = widen_collect(v, i - 1, y)
                T = eltype(v)
            end
        end
        v[i] = y
    end
    v
end
function collect(g::Generator{<:Iterators.ProductIterator{<:Tuple{A,B}}}) where {A<:Union{AbstractRange{Int64},Vector},B<:Union{AbstractRange{Int64},Vector}}
    as, bs = g.iter.iterators
    m = length(as)
    n = length(bs)
    m * n == 0 && return collect_any(g, EltypeUnknown(), HasShape{2}())
    f = g.f
    v = Any[]
    T = Union{}
    i = 0
    for b in bs
        for a in as
            y = f((a, b))
            i += 1
            if !(y isa T)
                if i == 1
                    T = typeof(y)
                    v = array_alloc(Matrix{T}, m, n)
                else
                    v = widen_collect(v, i - 1, y)
                    T = eltype(v)
                end
            end
            v[i] = y
        end
    end
    v
end
