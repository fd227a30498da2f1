# Broadcasting and map: f is called where something is stored, if f of zeros is zero.

using Base.Broadcast: Broadcasted, BroadcastStyle, AbstractArrayStyle, DefaultArrayStyle, flatten

struct SparseMatStyle <: AbstractArrayStyle{2} end
struct SparseVecStyle <: AbstractArrayStyle{1} end
Base.Broadcast.BroadcastStyle(::Type{<:Union{SparseMat,Turned,TurnedVec}}) = SparseMatStyle()
Base.Broadcast.BroadcastStyle(::Type{<:SparseVec}) = SparseVecStyle()
SparseMatStyle(::Val{0}) = SparseMatStyle()
SparseMatStyle(::Val{1}) = SparseMatStyle()
SparseMatStyle(::Val{2}) = SparseMatStyle()
SparseMatStyle(::Val{N}) where {N} = DefaultArrayStyle{N}()
SparseVecStyle(::Val{0}) = SparseVecStyle()
SparseVecStyle(::Val{1}) = SparseVecStyle()
SparseVecStyle(::Val{2}) = SparseMatStyle()
SparseVecStyle(::Val{N}) where {N} = DefaultArrayStyle{N}()
Base.Broadcast.BroadcastStyle(::SparseMatStyle, ::SparseVecStyle) = SparseMatStyle()
Base.Broadcast.BroadcastStyle(::SparseVecStyle, ::DefaultArrayStyle{2}) = SparseMatStyle()
Base.Broadcast.BroadcastStyle(::Union{SparseMatStyle,SparseVecStyle}, ::LinearAlgebra.StructuredMatrixStyle) = SparseMatStyle()
# With a tuple, whose items are all there, the result is a plain array.
for (S, n) in ((:SparseVecStyle, 1), (:SparseMatStyle, 2))
    @eval Base.Broadcast.BroadcastStyle(::$S, ::Base.Broadcast.Style{Tuple}) = DefaultArrayStyle{$n}()
    @eval Base.Broadcast.BroadcastStyle(::Base.Broadcast.Style{Tuple}, ::$S) = DefaultArrayStyle{$n}()
end

Base.copy(b::Broadcasted{SparseMatStyle}) = (g = flatten(b); by_places(g.f, size(b), g.args))
Base.copy(b::Broadcasted{SparseVecStyle}) = (g = flatten(b); uncolumn(by_places(g.f, (size(b)..., 1), g.args)))
Base.map(f, A::SparseMat, Bs::SparseMat...) = same_size_map(f, A, Bs)
Base.map(f, A::SparseVec, Bs::SparseVec...) = same_size_map(f, A, Bs)
Base.map(f, A::Union{SparseMat,SparseVec}, B::Union{SparseMat,SparseVec}, Cs::Union{SparseMat,SparseVec}...) = same_size_map(f, A, (B, Cs...))
Base.map(f, A::SparseMat, Bs::Union{SparseMat,LinearAlgebra.Structured}...) = same_size_map(f, A, Bs)
Base.map(f, A::LinearAlgebra.Structured, B::SparseMat, Cs::Union{SparseMat,LinearAlgebra.Structured}...) = same_size_map(f, A, (B, Cs...))
Base.map!(f, C::SparseMatrixCSC, A::SparseMat, Bs::Union{SparseMat,LinearAlgebra.Structured}...) = map_into!(f, C, A, Bs)
Base.map!(f, w::SparseVector, v::SparseVec, vs::SparseVec...) = map_into!(f, w, v, vs)
map_into!(f, C, A, Bs) = size(C) == size(A) ? (C .= same_size_map(f, A, Bs)) : throw(DimensionMismatch("argument shapes must match"))
same_size_map(f, A, Bs) = all(B -> size(B) == size(A), Bs) ? broadcast(f, A, Bs...) : throw(DimensionMismatch("argument shapes must match"))

# What f sees of an argument: a sparse matrix, or a thing that is the same everywhere.
as_operand(x::SparseMat) = x
as_operand(x::SparseVec) = column(x)
as_operand(x::AbstractArray) = ndims(x) == 0 ? Ref(x[]) : sparse_of(eltype(x), index_type(x), ndims(x) == 1 ? reshape(x, length(x), 1) : x)
as_operand(x::Tuple) = as_operand(collect(x))
as_operand(x::Ref) = x
as_operand(x) = Ref(x)
zero_operand(x::SparseMat) = zero(eltype(x))
zero_operand(x::Ref) = x[]
operand_at(x::Ref, i, j) = x[]
function operand_at(x::SparseMat, i, j)
    k = place(x, size(x, 1) == 1 ? 1 : i, size(x, 2) == 1 ? 1 : j)
    k == 0 ? zero(eltype(x)) : nonzeros(x)[k]
end
function by_places(f, dims, args)
    m, n = dims
    xs = map(as_operand, args)
    z = f(map(zero_operand, xs)...)
    Ti = mapreduce(index_type, promote_type, filter(x -> x isa SparseMat, xs); init=Union{})
    everywhere = !(z isa Number) || !iszero(z)
    if !everywhere
        which = findall(x -> x isa SparseMat, xs)
        if length(which) <= 2 && all(k -> size(xs[k]) == dims, which)
            return narrowed(length(which) == 1 ? kept_by_item(f, xs, which[1]) : merged(f, xs, which...), z)
        end
    end
    rows, values, colptr = Ti[], Any[], Ti[1]
    for j in 1:n
        for i in (everywhere ? (1:m) : stored_rows(xs, m, j))
            y = f(map(x -> operand_at(x, i, j), xs)...)
            everywhere || !iszero(y) || continue
            push!(rows, i)
            push!(values, y)
        end
        push!(colptr, length(rows) + 1)
    end
    narrowed(SparseMatrixCSC{Any,Ti}(m, n, colptr, rows, values), z)
end
# One sparse operand among things that are the same everywhere: f goes through what it stores.
function kept_by_item(f, xs, k)
    A = xs[k]
    rest = map(x -> x isa SparseMat ? nothing : x[], xs)
    g = length(xs) == 1 ? f : length(xs) == 2 ? (k == 1 ? (y = rest[2]; x -> f(x, y)) : (y = rest[1]; x -> f(y, x))) : x -> f(Base.setindex(rest, x, k)...)
    fkeep!((i, j, x) -> !iszero(x), items(g, A))
end
# Two: both are gone through side by side.
function merged(f, xs, k, l)
    length(xs) == 2 && return combined(f, xs[1], xs[2], Any)
    rest = map(x -> x isa SparseMat ? nothing : x[], xs)
    combined((x, y) -> f(Base.setindex(Base.setindex(rest, x, k), y, l)...), xs[k], xs[l], Any)
end
# The matrix with a type of its items that holds all of them, and z.
function narrowed(A::SparseMatrixCSC{Tv,Ti}, z) where {Tv,Ti}
    values = isconcretetype(Tv) ? nonzeros(A) : identity.(nonzeros(A))
    S = eltype(values)
    T = isempty(values) ? typeof(z) : S <: Number && S !== typeof(z) && isconcretetype(promote_type(S, typeof(z))) ? promote_type(S, typeof(z)) : S
    Tv === T ? A : SparseMatrixCSC{T,Ti}(size(A)..., getcolptr(A), rowvals(A), Vector{T}(values))
end
# The rows of column j where one of the operands stores something.
function stored_rows(xs, m, j)
    rows = Int[]
    for x in xs
        x isa SparseMat || continue
        range = nzrange(x, size(x, 2) == 1 ? 1 : j)
        size(x, 1) == 1 && m != 1 && !isempty(range) && return 1:m
        append!(rows, view(rowvals(x), range))
    end
    length(xs) == 1 ? rows : sort!(unique!(rows))
end
function Base.copyto!(A::SparseMatrixCSC{Tv}, b::Broadcasted{SparseMatStyle}) where {Tv}
    size(A) == size(b) || throw(DimensionMismatch("array could not be broadcast to match destination"))
    replace_by!(A, SparseMatrixCSC{Tv,index_type(A)}(copy(b)))
end
function Base.copyto!(v::SparseVector{Tv}, b::Broadcasted{SparseVecStyle}) where {Tv}
    size(v) == size(b) || throw(DimensionMismatch("array could not be broadcast to match destination"))
    w = SparseVector{Tv,index_type(v)}(copy(b))
    copy!(nonzeroinds(v), nonzeroinds(w))
    copy!(nonzeros(v), nonzeros(w))
    v
end
