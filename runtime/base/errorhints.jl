# What may help after an exception's text: hints by the kind of the mistake.

# Adding a number to an array, or taking it away, wants a dot.
function hint_at_dots(io::IO, f, types)
    (f === (+) || f === (-)) && length(types) == 2 || return nothing
    any(t -> t <: AbstractArray{<:Number}, types) && any(t -> t <: Number, types) || return nothing
    left, right = types[1] <: Number ? ("scalar", "array") : ("array", "scalar")
    print(io, "\nFor element-wise ", f === (+) ? "addition" : "subtraction", ", use broadcasting with dot syntax: ", left, " .", nameof(f), " ", right)
end

# A module's own function may hide one of Base that has a method for these arguments.
function hint_at_shadowed(io::IO, f, calls)
    f isa Function && is_named_global(f) || return nothing
    n = nameof(f)
    isdefined(Base, n) || return nothing
    b = getglobal(Base, n)
    b === f || method_which(b, calls) === nothing && !(b isa Core.Builtin) && return nothing
    b === f && return nothing
    print(io, "\nYou may have intended to import ")
    show_unquoted(io, Expr(:., :Base, QuoteNode(n)))
end

# A matrix of one row may stand where a vector is wanted.
function hint_at_rows(io::IO, f, types, args)
    isrow(x) = x isa Matrix && size(x, 1) == 1 && size(x, 2) != 1
    any(isrow, args) || return nothing
    vectors = (map(x -> isrow(x) ? typeof(vec(x)) : typeof_arg(x), args)...,)
    method_which(f, Tuple{vectors...}) === nothing && return nothing
    print(io, "\n\nYou might have used a 2d row vector where a 1d column vector was required.",
        "\nNote the difference between 1d column vector [1,2,3] and 2d row vector [1 2 3].",
        "\nYou can convert to a column vector with the vec() function.")
end

function number_call_hint(io::IO, ex::MethodError, types, kws)
    ex.f isa Number || return nothing
    print(io, "\nMaybe you forgot to use an operator such as ")
    printstyled(io, "*, ^, %, / etc. "; color=:cyan)
    print(io, '?')
end

function setindex_hint(io::IO, ex::MethodError, types, kws)
    ex.f === setindex! && !isempty(types) || return nothing
    T = types[1]
    if T <: Number
        print(io, "\nAre you trying to index into an array? For multi-dimensional arrays, separate the indices with commas: ")
        printstyled(io, "a[1, 2]"; color=:cyan)
        print(io, " rather than a[1][2]")
    elseif T <: Type && ex.args isa Tuple
        C = ex.args[1]
        print(io, "\nYou attempted to index the type ", C, ", rather than an instance of the type. Make sure you create the type using its constructor: ")
        printstyled(io, "d = ", C, "([...])"; color=:cyan)
        print(io, " rather than d = ", C)
    end
end

function string_addition_hint(io::IO, ex::MethodError, types, kws)
    ex.f === (+) && !isempty(types) && all(T -> T <: AbstractString, types) || return nothing
    print(io, "\nString concatenation is performed with ")
    printstyled(io, "*"; color=:cyan)
    print(io, " (See also: https://docs.julialang.org/en/v1/manual/strings/#man-concatenation).")
end

function iterable_hint(io::IO, ex::MethodError, types, kws)
    f = ex.f
    if (f === max || f === min) && length(types) == 1 && hasmethod(iterate, Tuple{types[1]})
        name = f === max ? "maximum" : "minimum"
        print(io, "\nFinding the ", name, " of an iterable is performed with `", name, "`.")
    elseif (f === length || f === size) && length(types) == 1 && hasmethod(iterate, Tuple{types[1]})
        size_kind = IteratorSize(types[1])
        if size_kind isa HasLength
            print(io, "\nYou may need to implement the `length` method or define `IteratorSize` for this type to be `SizeUnknown`.")
        elseif size_kind isa HasShape
            print(io, "\nYou may need to implement the `length` and `size` methods for `IteratorSize` `HasShape`.")
        end
    end
end

function dict_field_hint(io::IO, ex::FieldError)
    ex.type <: AbstractDict || return nothing
    print(io, "\nDid you mean to access dict values using key: `:", ex.field, "` ? Consider using indexing syntax ")
    printstyled(io, "dict[:", ex.field, "]"; color=:cyan)
    println(io)
end

function fields_hint(io::IO, ex::FieldError)
    fields = fieldnames(ex.type)
    if isempty(fields)
        print(io, "; ", nameof(ex.type), " has no fields at all.")
    else
        print(io, ", available fields: ", join(map(f -> string('`', f, '`'), fields), ", "))
    end
    properties = setdiff(properties_of_type(ex.type), fields)
    isempty(properties) || print(io, "\nAvailable properties: ", join(map(p -> string('`', p, '`'), properties), ", "))
end
# The properties of a type's objects where they can be told without one.
function properties_of_type(T)
    m = method_which(propertynames, Tuple{T})
    m === nothing || m === method_which(propertynames, Tuple{Any}) && return ()
    V = inferred_return(x -> Val(propertynames(x)), Tuple{T})
    V isa DataType && V <: Val && V.parameters[1] isa Tuple{Vararg{Symbol}} ? V.parameters[1] : ()
end

# Where a variable that has no value may be found instead.
function UndefVarError_hint(io::IO, ex::UndefVarError)
    scope = isdefined(ex, :scope) ? ex.scope : nothing
    if scope isa Module
        if module_ambiguous(scope, ex.var)
            print(io, "\nHint: It looks like two or more modules export different bindings with this name, resulting in ambiguity. ",
                "Try explicitly importing it from a particular module, or qualifying the name with the module it should come from.")
        elseif Core.Prims.module_declares(scope, ex.var)
            print(io, "\nSuggestion: add an appropriate import or assignment. This global was declared but not assigned.")
        else
            print(io, "\nSuggestion: check for spelling errors or missing imports.")
        end
    elseif scope === :static_parameter
        print(io, "\nSuggestion: run Test.detect_unbound_args to detect method arguments that do not fully constrain a type parameter.")
    elseif scope === :local
        print(io, "\nSuggestion: check for an assignment to a local variable that shadows a global of the same name.")
    end
    scope === Base || hint_at_others(io, (Base,), ex.var) ||
        hint_at_others(io, (m for m in modules_to_hint() if m !== scope), ex.var) || hint_at_others(io, (Core, Main), ex.var)
    nothing
end

# What stands beside Base from the start, and the packages that have been loaded.
modules_to_hint() = unique!(Module[LinearAlgebra; Random; loaded_modules_order])

# Modules that offer a variable, under the one that it comes from.
function hint_at_others(io::IO, modules, var::Symbol)
    found = false
    owners = Pair{Module,Vector{Module}}[]
    for m in modules
        isdefined(m, var) && (isexported(m, var) || ispublic(m, var)) || continue
        found = true
        if nameof(m) === var && parentmodule(m) === m && !isdefined(Main, var)
            print(io, "\nHint: ", m, " is loaded but not imported in the active module Main.")
            continue
        end
        owner = binding_module(m, var)
        at = findfirst(p -> p.first === owner, owners)
        at === nothing ? push!(owners, owner => [m]) : push!(owners[at].second, m)
    end
    for (owner, list) in owners
        print(io, "\nHint: a global variable of this name also exists in ", owner, '.')
        for m in list
            m === owner && continue
            print(io, "\n    - Also ", isexported(m, var) ? "exported by " : "declared public in ", m)
            isdefined(Main, nameof(m)) && getglobal(Main, nameof(m)) === m || print(io, " (loaded but not imported in Main)")
            print(io, '.')
        end
    end
    found
end

# What stands in Base's own list of hints, in the order in which they are shown.
own_hints(::MethodError) = (number_call_hint, setindex_hint, string_addition_hint, iterable_hint)
own_hints(::FieldError) = (dict_field_hint, fields_hint)
own_hints(::UndefVarError) = (UndefVarError_hint,)
own_hints(ex) = ()
