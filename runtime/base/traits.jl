# Types that many files name: what iteration and display know of a value, the
# supertypes of collections, missing, the names of arrays by dimension.

## iteration

abstract type IteratorSize end
struct SizeUnknown <: IteratorSize end
struct HasLength <: IteratorSize end
struct HasShape{N} <: IteratorSize end
struct IsInfinite <: IteratorSize end

"""
    IteratorSize(itr)

What is known beforehand of how many items `itr` gives: `SizeUnknown()`,
`HasLength()`, `HasShape{N}()` or `IsInfinite()`.
"""
IteratorSize(x) = IteratorSize(typeof(x))
IteratorSize(::Type) = HasLength()
IteratorSize(::Type{Any}) = SizeUnknown()
IteratorSize(::Type{<:AbstractArray{T,N}}) where {T,N} = HasShape{N}()

abstract type IteratorEltype end
struct EltypeUnknown <: IteratorEltype end
struct HasEltype <: IteratorEltype end

"""
    IteratorEltype(itr)

Whether the type of the items is known beforehand: `HasEltype()` or `EltypeUnknown()`.
"""
IteratorEltype(x) = IteratorEltype(typeof(x))
IteratorEltype(::Type) = HasEltype()

haslength(itr) = (s = IteratorSize(itr); s isa HasLength || s isa HasShape)

## numbers

"""
    Complex{T}

A complex number with real and imaginary parts of type `T`. Written `1 + 2im`.
"""
struct Complex{T<:Real} <: Number
    re::T
    im::T
end

"""
    Rational{T}

An exact fraction of integers, in lowest terms, with a denominator that is not
negative. Written `3 // 4`.
"""
struct Rational{T<:Integer} <: Real
    num::T
    den::T
    # fields as they are: for results already in lowest terms
    global unsafe_rational(::Type{T}, num, den) where {T} = new{T}(num, den)
end
## collections

"""
    eltype(collection)

The type of the items.
"""
eltype(x) = eltype(typeof(x))
eltype(::Type) = Any
eltype(::Type{Union{}}) = throw(ArgumentError("Union{} does not have elements"))

abstract type AbstractDict{K,V} end
abstract type AbstractSet{T} end

## arrays

const Vector = Array{T,1} where {T}
const Matrix = Array{T,2} where {T}
const AbstractVector = AbstractArray{T,1} where {T}
const AbstractMatrix = AbstractArray{T,2} where {T}
const AbstractVecOrMat = Union{AbstractArray{T,1},AbstractArray{T,2}} where {T}
const VecOrMat = Union{Array{T,1},Array{T,2}} where {T}
const DenseVector = DenseArray{T,1} where {T}
const DenseMatrix = DenseArray{T,2} where {T}

"""
    IndexStyle(A)

`IndexLinear()` for arrays that are fast with one index, else `IndexCartesian()`.
"""
abstract type IndexStyle end
struct IndexLinear <: IndexStyle end
struct IndexCartesian <: IndexStyle end

"What arrays are made without values for their elements: `Vector{Int}(undef, 3)`."
struct UndefInitializer end
"`undef`, for making arrays without values."
const undef = UndefInitializer()
UndefInitializer(::Any...) = undef
show(io::IO, ::UndefInitializer) = print(io, "UndefInitializer()")

"Arrays whose sizes do not fit together."
struct DimensionMismatch <: Exception
    msg::AbstractString
end
DimensionMismatch() = DimensionMismatch("")

## display

"""
    MIME{mime}

A MIME type as a type, so that `show` can have a method for it. Written `MIME"text/plain"`.
"""
struct MIME{mime} end
MIME(s) = MIME{Symbol(s)}()
show(io::IO, ::MIME{m}) where {m} = print(io, "MIME type ", string(m))
print(io::IO, ::MIME{m}) where {m} = print(io, m)

"""
    MIME"type"

The type `MIME{Symbol("type")}`.
"""
macro MIME_str(s)
    :(MIME{$(Expr(:quote, Symbol(s)))})
end

## missing

"""
    Missing

The type of `missing`.
"""
struct Missing end

"""
    missing

A value that is not known. Most operations on it give `missing`.
"""
const missing = Missing()


## functions that modules below add methods to before their own file is loaded

for f in (:values, :keys, :get, :get!, :haskey, :merge, :filter, :map, :reverse, :popfirst!, :pop!, :push!, :delete!, :empty!, :isdone,
          :peek, :firstindex, :lastindex, :eachindex, :show, :print, :getindex, :setindex!, :copy, :copyto!, :similar, :first, :last,
          :isempty, :length, :size, :axes, :ndims, :iterate, :rand, :randn, :hash, :tail, :promote_type, :foreach, :sort, :sum)
    Core.eval(Base, Expr(:function, f))
end

"""
    Dims{N}

The sizes of an array of `N` dimensions.
"""
const Dims{N} = NTuple{N,Int}
"Dimensions as integers of any kind."
const DimsInteger{N} = NTuple{N,Integer}

"A `missing` where there must be a value."
struct MissingException <: Exception
    msg::AbstractString
end
