# More names of Base that are not exported but that packages call or extend: folds of empty collections, lengths and
# places of arrays, tables of text, settings of packages.

## calls and types

oneto(r) = OneTo(r)
unsafe_length(r::AbstractUnitRange) = length(r)
"`Core.throw_inexacterror(f, T, x)`: the error of a conversion by `f` to `T` that would change `x`."
throw_inexacterror(f::Symbol, @nospecialize(T), x) = throw(InexactError(f, T, x))
"`Core.check_top_bit(T, x)`: `x`, or an InexactError if its highest bit is set."
check_top_bit(::Type{T}, x) where {T} = signed(x) < 0 ? throw_inexacterror(:check_top_bit, T, x) : x
module_set_const(Core, :throw_inexacterror, throw_inexacterror)
module_set_const(Core, :check_top_bit, check_top_bit)
module_set_const(Core, :finalizer, finalizer)
module_set_const(Core, :invokelatest, invokelatest)
module_set_const(Core, :_apply_latest, invokelatest)
donotdelete(xs...) = nothing
module_set_const(Core, :donotdelete, donotdelete)
no_op_err(name, T) = error(name, " not defined for ", T)
not_sametype(x::T, y::T) where {T} = sametype_error(x)
not_sametype(x, y) = nothing
sametype_error(input) = error("promotion of types ", join(map(x -> string(typeof(x)), input), ", ", " and "), " failed to change any arguments")
"Machine code cannot be called here: there is none."
llvmcall(xs...) = error("llvmcall is not supported: there is no machine code")
tuple_type_cons(::Type{Union{}}, ::Type{T}) where {T<:Tuple} = Union{}
tuple_type_cons(::Type{S}, ::Type{T}) where {S,T<:Tuple} = Tuple{S,T.parameters...}
datatype_fieldcount(t::DataType) = isabstracttype(t) && !(t <: Tuple) || isvatuple(t) ? nothing : fieldcount(t)
datatype_fieldcount(@nospecialize t) = nothing
promote_union(T::Union) = promote_type(promote_union(T.a), promote_union(T.b))
promote_union(T) = T
isvatuple(@nospecialize t) = (u = unwrap_unionall(t); u <: Tuple && !isempty(u.parameters) && isvarargtype(u.parameters[end]))
ismutationfree(@nospecialize T) = T === Symbol || T === String || isbitstype(T) || T isa DataType && T <: Tuple && all(ismutationfree, T.parameters)
isidentityfree(@nospecialize T) = isbitstype(T) || T === String || T === Symbol
to_power_type(x) = convert(promote_op(*, typeof(x), typeof(x)), x)
range_length(len::Integer) = OneTo(len)
range_stop(stop) = range(oftype(stop, 1); stop)
range_stop(stop::Integer) = range_length(stop)
is_syntactic_operator(s) = s in (:&&, :||, :(=), :(:=), :.=, :(::), :->, :..., :., :$, :?, :&, :<:, :>:, Symbol("'")) || isassignment(string(s))
isassignment(s) = endswith(s, '=') && !(s in ("==", "===", "!=", "!==", "<=", ">=", "≤", "≥")) && isoperator(Symbol(s))
"The expression with `begin` and `end` of its references as calls: what `@view` and `@views` do."
replace_ref_begin_end!(ex) = replace_ends(ex)
replace_ref_end!(ex) = replace_ends(ex)
replace_ends(ex) = ex
function replace_ends(ex::Expr)
    ex.head === :quote && return ex
    ex.head === :ref && (ex = replace_ref_end(ex))
    Expr(ex.head, map(replace_ends, ex.args)...)
end

"""
    @deprecate_binding old new [export_old=true]

Make `old` another name of `new`, which is what one should write.
"""
macro deprecate_binding(old, new, export_old=true)
    out = Expr(:toplevel, Expr(:const, Expr(:(=), esc(old), esc(new))))
    export_old && pushfirst!(out.args, Expr(:export, esc(old)))
    push!(out.args, nothing)
    out
end
# What only tells a compiler something.
macro _total_meta() end
macro _foldable_meta() end
macro _nothrow_meta() end
macro _nospecializeinfer_meta() end
"The definition; nothing is inferred from types here."
macro nospecializeinfer(ex)
    esc(ex)
end
macro aggressive_constprop(ex)
    esc(ex)
end

isexpr(x, heads) = Meta.isexpr(x, heads)
isexpr(x, heads, n::Int) = Meta.isexpr(x, heads, n)
"How many bytes of machine code have been made: there is none."
jit_total_bytes() = 0
"Whether an interrupt ends the program rather than being an exception: it is always an exception."
exit_on_sigint(on::Bool) = nothing
const DL_LOAD_PATH = String[]
reseteof(io::IO) = nothing
"""
What accepts connections: `TCPServer` and `PipeServer`.
"""
abstract type IOServer end
runtests(xs...; kw...) = error("the tests of Base are not part of this program")

## folds of nothing

reduce_empty(op::MappingRF, ::Type{T}) where {T} = mapreduce_empty(op.f, op.rf, T)
reduce_empty(op::BottomRF, ::Type{T}) where {T} = reduce_empty(op.rf, T)
"""
    Base.reduce_empty_iter(op, itr)

What folding a collection of no items by `op` gives.
"""
reduce_empty_iter(op, itr) = reduce_empty_iter(op, itr, IteratorEltype(itr))
reduce_empty_iter(op, itr, ::HasEltype) = reduce_empty(op, eltype(itr))
reduce_empty_iter(op, itr, ::EltypeUnknown) = reduce_empty_error()
"Move the functions of generators and filters from the collection into the function that folds it."
_xfadjoint(op, itr) = (op, itr)
_xfadjoint(op, itr::Generator) = itr.f === identity ? _xfadjoint(op, itr.iter) : _xfadjoint(MappingRF(itr.f, op), itr.iter)
_xfadjoint(op, itr::Iterators.Filter) = _xfadjoint(FilteringRF(itr.flt, op), itr.itr)
_xfadjoint(op, itr::Iterators.Flatten) = _xfadjoint(FlatteningRF(op), itr.it)
function _foldl_impl(op, init, itr)
    for x in itr
        init = op(init, x)
    end
    init
end
_mapreduce(f, op, ::IndexStyle, a::AbstractArray) = mapfoldl_impl(f, op, _InitialValue(), a)
_mapreduce(f, op, a::AbstractArray) = _mapreduce(f, op, IndexStyle(a), a)
for (inner, f) in ((:_sum, :sum), (:_prod, :prod), (:_maximum, :maximum), (:_minimum, :minimum), (:_extrema, :extrema), (:_all, :all), (:_any, :any))
    @eval begin
        $inner(a, dims; kw...) = $f(a; dims, kw...)
        $inner(f, a, dims; kw...) = $f(f, a; dims, kw...)
    end
end
_count(f, a, dims, init) = count(f, a; dims, init)
_mapreducedim!(f, op, r::AbstractArray, a::AbstractArray) = mapreducedim!(f, op, r, a)
"""
    Base.reducedim_init(f, op, a, dims)

An array that `a` can be reduced into along `dims`, with what the reduction begins with.
"""
reducedim_init(f, op, a::AbstractArray, dims) = reducedim_initarray(a, dims, mapreduce_empty(f, op, eltype(a)))
function reducedim_init(f, op::Union{typeof(max),typeof(min)}, a::AbstractArray, dims)
    r = similar(a, promote_op(f, eltype(a)), reduced_indices0(a, dims))
    initarray!(r, f, op, true, a)
end

## arrays

_isdisjoint(a, b) = isdisjoint(a, b)
rdims(::Val{N}, inds::NTuple{N,Any}) where {N} = inds
rdims(::Val{N}, inds::Tuple) where {N} = ntuple(d -> d < N ? get(inds, d, OneTo(1)) : OneTo(prod_dims(map(length, inds[N:end]))), N)
rdims(::Val{1}, ::Tuple{}) = (OneTo(1),)
__reshape(p::Tuple{AbstractArray,IndexStyle}, dims::Tuple{Vararg{Int}}) = reshape(p[1], dims)
_unsafe_setindex!(::IndexStyle, a::AbstractArray, x, is...) = setindex!(a, x, is...)
index_dimsum(i1, is...) = (i1 isa Real ? () : ntuple(_ -> true, ndims(i1))..., index_dimsum(is...)...)
index_dimsum() = ()
ensure_indexable(is::Tuple) = map(ready_index, is)
_similar_shape(itr, ::SizeUnknown) = nothing
_similar_shape(itr, ::HasLength) = length(itr)::Integer
_similar_shape(itr, ::HasShape) = axes(itr)
copyto_unaliased!(::IndexStyle, dest::AbstractArray, ::IndexStyle, src::AbstractArray) = copyto!(dest, src)
_copyto_impl!(dest::AbstractArray, at::Integer, src::AbstractArray, from::Integer, n::Integer) = copyto!(dest, at, src, from, n)
_unsafe_copyto!(dest::AbstractArray, at::Integer, src::AbstractArray, from::Integer, n::Integer) = copyto!(dest, at, src, from, n)
_growend!(a::Vector, n::Integer) = (resize!(a, length(a) + n); nothing)
_deleteend!(a::Vector, n::Integer) = (resize!(a, length(a) - n); nothing)
_growbeg!(a::Vector, n::Integer) = _growat!(a, 1, n)
_deletebeg!(a::Vector, n::Integer) = (deleteat!(a, 1:n); nothing)
function _growat!(a::Vector, i::Integer, n::Integer)
    m = length(a)
    resize!(a, m + n)
    copyto!(a, i + n, a, i, m - i + 1)
    nothing
end
_deleteat!(a::Vector, i::Integer, n::Integer) = (deleteat!(a, i:i+n-1); nothing)
dims2cat(dims) = ntuple(in(dims), maximum(dims))
dims2cat(::Val{dims}) where {dims} = dims2cat(dims)
cat_shape(dims, shapes::Tuple) = ntuple(d -> d <= length(dims) && dims[d] ? sum(s -> get(s, d, 1), shapes) : get(shapes[1], d, 1), max(length(dims), maximum(length, shapes)))
cat_size(x) = (1,)
cat_size(x::AbstractArray) = size(x)

## tables of text

const undef_ref_alignment = (3, 3)
"""
    Base.alignment(io, X, rows, cols, cols_if_complete, cols_otherwise, sep)

For each column of `X` that has room, the greatest widths left and right of where its items are aligned.
"""
function alignment(io::IO, X::AbstractVecOrMat, rows::AbstractVector{T}, cols::AbstractVector{V},
    cols_if_complete::Integer, cols_otherwise::Integer, sep::Integer, ncols::Integer=size(X, 2)) where {T,V}
    widths = Tuple{Int,Int}[]
    for j in cols
        l = r = 0
        for i in rows
            p, q = isassigned(X, i, j) ? alignment(io, X[i, j]) : undef_ref_alignment
            l, r = max(l, p), max(r, q)
        end
        push!(widths, (l, r))
        if length(widths) > 1 && sum(sum, widths) + sep * length(widths) >= cols_if_complete
            pop!(widths)
            break
        end
    end
    if 1 < length(widths) < ncols
        while sum(sum, widths) + sep * length(widths) >= cols_otherwise
            pop!(widths)
        end
    end
    widths
end
"""
    Base.print_matrix_row(io, X, A, i, cols, sep)

The items of row `i` of `X`, aligned as `A`, the result of `alignment`, says.
"""
function print_matrix_row(io::IO, X::AbstractVecOrMat, A::Vector, i::Integer, cols::AbstractVector, sep::AbstractString, last_col::Integer=last(axes(X, 2)))
    for (k, (l, r)) in enumerate(A)
        j = cols[k]
        s, p, q = isassigned(X, i, j) ? cell(io, X[i, j]) : (undef_ref_str, undef_ref_alignment...)
        s = replace_in_print_matrix(X, i, j, s)
        print(io, " "^(l - p), s)
        k < length(A) && print(io, " "^(r - q), sep)
    end
end
_show_nonempty(io::IO, a::AbstractMatrix, prefix::String) = (print(io, prefix, '['); show_matrix_inline(io, a, ()); print(io, ']'))
_show_nonempty(io::IO, a::AbstractArray, prefix::String) = (print(io, prefix, '['); show_slices_inline(io, a, ndims(a), ()); print(io, ']'))
_show_empty(io::IO, a::AbstractArray) = (print(io, typeof(a), "(undef, "); join(io, size(a), ", "); print(io, ')'))
show_nd(io::IO, a::AbstractArray, print_matrix::Function, label_slices::Bool) = print_slices(io, a)
function prettyprint_getunits(value, numunits, factor)
    for unit in 1:numunits
        value < factor && return value, unit
        unit == numunits || (value /= factor)
    end
    value, numunits
end

# Whether what is printed has colors: `nothing` until somebody has said so.
have_color::Union{Nothing,Bool} = nothing
const disable_text_style = style_ends
const color_normal = text_colors[:normal]

## packages

generating_output(incremental=nothing) = false
"Whether a package has been compiled ahead: nothing is here."
isprecompiled(pkg::PkgId; kw...) = true
compilecache(pkg::PkgId, xs...; kw...) = error("packages are not compiled ahead")
is_root_module(m::Module) = parentmodule(m) === m || haskey(loaded_modules, PkgId(m))
root_module_key(m::Module) = PkgId(m)
"""
    Base.get_preferences(uuid)

The settings of a package: what stands under its name in `[preferences]` of the projects in the load path and in
`LocalPreferences.toml` beside them.
"""
function get_preferences(uuid::Union{UUID,Nothing}=nothing)
    out = Dict{String,Any}()
    for env in reverse(load_path())
        file = project_in_env(env)
        file === nothing && continue
        project = parsed_toml(file)
        names = preference_names(project, uuid)
        sources = Any[get(project, "preferences", Dict{String,Any}())]
        for local_name in preferences_names
            path = joinpath(dirname(file), local_name)
            isfile(path) && (push!(sources, parsed_toml(path)); break)
        end
        for prefs in sources
            uuid === nothing ? merge_preferences!(out, prefs) : foreach(n -> merge_preferences!(out, get(prefs, n, Dict{String,Any}())), names)
        end
    end
    out
end
project_in_env(env) = isfile(env) ? env : isdir(env) ? project_in(env) : nothing
# The names by which a project knows a package.
preference_names(project, uuid) = [name for (name, id) in [get(project, "name", "") => get(project, "uuid", ""),
    get(project, "deps", Dict{String,Any}())..., get(project, "extras", Dict{String,Any}())...] if id == string(uuid)]
function merge_preferences!(out, prefs)
    for (k, v) in prefs
        k == "__clear__" && (foreach(n -> delete!(out, n), v); continue)
        out[k] = v isa Dict && get(out, k, nothing) isa Dict ? merge_preferences!(copy(out[k]), v) : v
    end
    out
end
const preferences_names = ("JuliaLocalPreferences.toml", "LocalPreferences.toml")
"`Base.TOMLCache()`: where what has been read from settings could be kept: each is read anew."
struct TOMLCache end
"""
    Base.env_project_file(env)

The project file of an entry of `load_path()`; `true` for a folder of packages without one, `false` where there is nothing.
"""
env_project_file(env::String) = isdir(env) ? something(project_in(env), true) : basename(env) in project_names && isfile(env) ? env : false
"`Base.get_uuid_name(project_file, uuid)`: the name by which a project knows a package; `nothing` if it does not."
function get_uuid_name(project_file::String, uuid::UUID)
    names = preference_names(parsed_toml(project_file), uuid)
    isempty(names) ? nothing : first(names)
end
record_compiletime_preference(uuid::UUID, key::String) = nothing
"`Base.set_active_project(path)`: make `path` the project in whose folder `@` of `LOAD_PATH` looks; `nothing` for that of the folders above."
set_active_project(path::Union{AbstractString,Nothing}) = (ACTIVE_PROJECT[] = path === nothing ? nothing : abspath(expanduser(path)); nothing)
unsafe_indices(a) = axes(a)
range_error(start, step, stop, len) = throw_range_error(start, step, stop, len)
