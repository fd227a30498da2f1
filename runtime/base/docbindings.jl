# Module Docs: bindings, docstrings as values, and how they are found.

"""
    Docs.Binding(module, name)

A name in the module that owns it.
"""
struct Binding
    mod::Module
    var::Symbol
    function Binding(m::Module, v::Symbol)
        m = nameof(m) === v ? parentmodule(m) : m
        o = Base.binding_module(m, v)
        o = o === nothing ? m : o
        x = isdefined(o, v) ? getglobal(o, v) : nothing
        new(x isa Module && nameof(x) === v ? parentmodule(x) : o, v)
    end
end
"Whether a binding has a value."
defined(b::Binding) = isdefined(b.mod, b.var)
"The value of a binding."
resolve(b::Binding) = getglobal(b.mod, b.var)
function Base.show(io::IO, b::Binding)
    b.mod === Main || print(io, b.mod, '.', Base.isoperator(b.var) ? ":" : "")
    print(io, b.var)
end

"""
    Docs.aliasof(object, kind)

The binding that an object got its name from.
"""
aliasof(b::Binding) = defined(b) ? (a = aliasof(resolve(b), b); defined(a) ? a : b) : b
aliasof(x) = aliasof(x, typeof(x))
aliasof(d::DataType, kind) = Binding(parentmodule(d), nameof(d))
aliasof(d::UnionAll, kind) = aliasof(Base.unwrap_unionall(d), kind)
aliasof(f::Function, kind) = Binding(parentmodule(f), nameof(f))
aliasof(m::Module, kind) = Binding(m, nameof(m))
aliasof(m::Method, kind) = Binding(m.module, m.name)
aliasof(other, b) = b

# The name that an expression is about.
namify(x) = x
namify(q::QuoteNode) = namify(q.value)
function namify(ex::Expr)
    h = ex.head
    if h === :.
        isempty(ex.args) && return ex
        last = ex.args[end]
        last isa Expr && last.head === :macrocall && return Expr(:., ex.args[1], QuoteNode(last.args[1]))
        return ex
    elseif h === :macro
        return Symbol('@', namify(ex.args[1]))
    elseif h === :struct
        return namify(ex.args[2])
    elseif h === :(::)
        return namify(ex.args[end])
    elseif h === :module
        return ex.args[end-1]
    end
    isempty(ex.args) ? ex : namify(ex.args[1])
end
# The expression that makes the binding of a name.
bindingexpr(mod, x) = nothing
bindingexpr(mod, s::Symbol) = :($Binding($mod, $(QuoteNode(s))))
bindingexpr(mod, r::GlobalRef) = :($Binding($(r.mod), $(QuoteNode(r.name))))
function bindingexpr(mod, ex::Expr)
    ex.head === :. && length(ex.args) == 2 || return nothing
    name = ex.args[2]
    name = name isa QuoteNode ? name.value : name isa Expr && name.head in (:quote, :inert) ? name.args[1] : name
    name isa Symbol ? :($Binding($(ex.args[1]), $(QuoteNode(name)))) : nothing
end
"""
    Docs.@var name

The binding of a name.
"""
macro var(x)
    b = bindingexpr(__module__, namify(x))
    b === nothing ? error("Invalid @var syntax `", x, "`.") : esc(b)
end
"""
    @doc Docs.@ref(name) definition

Give a definition the docstring of another name.
"""
macro ref(x)
    QuoteNode(GlobalRef(__module__, namify(x)))
end

# The type that a head's arguments make.
argtype(x) = Any
function argtype(ex::Expr)
    h = ex.head
    h === :(::) && return ex.args[end]
    h === :... && return :($Vararg{$(argtype(ex.args[1]))})
    h in (:kw, :(=)) && return argtype(ex.args[1])
    h === :macrocall && return argtype(ex.args[end])
    Any
end
function typevar(x)
    x isa Expr && x.head === :comparison && length(x.args) == 5 || return x isa Expr ? x : :($Union{} <: $x <: $Any)
    x
end
varname(x) = x
function varname(ex::Expr)
    ex.head === :comparison && return ex.args[3]
    ex.args[1] isa Symbol || ex.args[1] isa TypeVar ? ex.args[1] : varname(ex.args[1])
end
"""
    Docs.signature(expr)

The expression of the type of a call's arguments; one of a union for each number of
arguments that defaults allow.
"""
function signature(ex)
    vars = Any[]
    while ex isa Expr && !(ex.head in (:call, :macrocall))
        isempty(ex.args) && return Union{}
        ex.head === :where && append!(vars, ex.args[2:end])
        ex = ex.args[1]
    end
    ex isa Expr || return Union{}
    first = ex.head === :macrocall ? 3 : 2
    types, all = Any[], Any[]
    for a in ex.args[first:end]
        a isa Expr && a.head === :parameters && continue
        a isa Expr && a.head === :kw && push!(all, :($Tuple{$(types...)}))
        push!(types, argtype(a))
    end
    callee = ex.args[1]
    callee isa Expr && callee.head === :curly && isempty(vars) && append!(vars, callee.args[2:end])
    push!(all, :($Tuple{$(types...)}))
    for v in Iterators.reverse(vars)
        push!(all, :($Tuple{$(varname(v))}))
    end
    sig = :($Union{$(all...)})
    for v in Iterators.reverse(vars)
        sig = Expr(:where, sig, v)
    end
    sig
end

"""
    Docs.DocStr

One docstring: its parts, what it became (`object`), and facts about it in `data`
(`:module`, `:path`, `:linenumber`, `:binding`, `:typesig`, `:fields`).
"""
mutable struct DocStr
    text::Core.SimpleVector
    object::Any
    data::Dict{Symbol,Any}
end
docstr(text, data) = text isa Core.SimpleVector ? DocStr(text, nothing, data) :
    text isa AbstractString ? DocStr(Core.svec(text), nothing, data) : DocStr(Core.svec(), text, data)
"""
    Docs.MultiDoc

The docstrings of one binding in one module, by signature, and their order.
"""
mutable struct MultiDoc
    order::Vector{Type}
    docs::IdDict{Any,Any}
    MultiDoc() = new(Type[], IdDict())
end

# What each module says; the modules in order.
const metas = IdDict{Module,IdDict{Any,Any}}()
"The modules that have docstrings."
const modules = Module[]
function metaof(m::Module)
    get!(metas, m) do
        push!(modules, m)
        IdDict{Any,Any}()
    end
end
function keep(m::Module, b::Binding, d::DocStr, sig)
    multi = get!(MultiDoc, metaof(m), b)
    haskey(multi.docs, sig) || push!(multi.order, sig)
    multi.docs[sig] = d
    nothing
end
# Take up what was written since the last time about a name.
function takeup(owner::Module, name::Symbol)
    for r in Base.take_docs(owner, name)
        from, text, head, fields, line = r
        b = Binding(owner, name)
        if text isa GlobalRef
            other = findall_docs(Binding(text.mod, text.name), Union{})
            isempty(other) || keep(from, b, other[1], typesig(from, head))
            continue
        end
        sig = typesig(from, head)
        data = Dict{Symbol,Any}(:module => from, :binding => b, :typesig => sig)
        line isa LineNumberNode && (data[:linenumber] = line.line; data[:path] = string(line.file))
        data[:fields] = Dict{Symbol,Any}()
        if fields isa Core.SimpleVector
            for i in 1:2:length(fields)
                data[:fields][fields[i]] = fields[i+1]
            end
        end
        keep(from, b, docstr(text, data), sig)
    end
end
typesig(m, head) = Union{}
typesig(m, T::Type) = T
function typesig(m, head::Expr)
    try
        Core.eval(m, signature(head))::Type
    catch
        Union{}
    end
end
function takeup_all()
    for owner in Base.doc_modules(), name in Base.doc_names(owner)
        takeup(owner, name)
    end
end
"""
    Docs.meta(module)

What a module documents: a dictionary from bindings to `MultiDoc`.
"""
function meta(m::Module)
    takeup_all()
    metaof(m)
end
"""
    Docs.doc!(module, binding, docstr, sig=Union{})

Document a binding in a module, for arguments of a signature.
"""
function doc!(m::Module, b::Binding, d::DocStr, sig=Union{})
    takeup(b.mod, b.var)
    if haskey(metaof(m), b) && haskey(metaof(m)[b].docs, sig) && m !== Main
        Base.warn_of_docs(b, sig, m)
    end
    d.data[:typesig] = sig
    d.data[:binding] = b
    d.data[:module] = m
    keep(m, b, d, sig)
    Base.set_doc(m, b.mod, b.var, isempty(d.text) ? string(d.object) : d.text, sig, nothing, nothing)
    b
end

"""
    Docs.getdoc(object, sig)

The documentation of an object that makes its own, else `nothing`: a method for a type
gives its values documentation that is made when it is asked for.
"""
getdoc(x, sig) = getdoc(x)
getdoc(x) = nothing
"""
    Docs.catdoc(docs...)

Several docs as one.
"""
catdoc(xs...) = vcat(xs...)
"""
    Docs.formatdoc(buffer, docstr, part)

Write one part of a docstring; a method for a type says what its values stand for.
"""
formatdoc(buffer, d, part) = print(buffer, part)
function formatdoc(d::DocStr)
    buffer = IOBuffer()
    for part in d.text
        formatdoc(buffer, d, part)
    end
    markdown(String(take!(buffer)))
end
"""
    Docs.help_text(text)

What `?text` shows: the documentation of a name, a keyword or what an expression means.
"""
function help_text(text::AbstractString)
    name = Symbol(strip(text))
    isempty(strip(text)) && return doc(Binding(Base, Symbol("@doc")))
    any(e -> e[1] === name, Base.BaseDocs.keywords) && return doc(Binding(Base, name))
    ex = Meta.parse(text)
    field = field_doc(ex)
    field === nothing || return field
    Core.eval(Main, Expr(:macrocall, GlobalRef(Core, Symbol("@doc")), LineNumberNode(0, :help), ex))
end
# What `?T.x` shows: what is said of a field of a type.
function field_doc(ex)
    Meta.isexpr(ex, :., 2) && ex.args[2] isa QuoteNode || return nothing
    T = try
        Core.eval(Main, ex.args[1])
    catch
        return nothing
    end
    T isa Type || return nothing
    name = ex.args[2].value
    for d in findall_docs(aliasof(T), Union{})
        text = get(get(d.data, :fields, Dict()), name, nothing)
        text === nothing || return text isa AbstractString ? markdown(text) : text
    end
    D = Base.unwrap_unionall(T)
    D isa DataType && !isabstracttype(D) || return nothing
    names = fieldnames(D)
    markdown(string('`', T, "` has ", isempty(names) ? "no fields" : "fields " * join(string.('`', names, '`'), ", ", ", and "), "."))
end

# Markdown is loaded when the first document is made.
function markdownlib()
    isdefined(Docs, :Markdown) || load_markdown()
    getglobal(Docs, :Markdown)
end
# What is running shall see its methods.
function load_markdown()
    Core.Prims.boot_depth(1)
    try
        Core.eval(Docs, :(import Markdown))
    finally
        Core.Prims.boot_depth(-1)
    end
end
markdown(text) = (m = markdownlib(); Base.invokelatest(m.MD, Any[Base.invokelatest(m.parse, text)]))
"""
    Docs.parsedoc(docstr)

What a docstring says, as a document.
"""
function parsedoc(d::DocStr)
    if d.object === nothing
        md = formatdoc(d)
        md.meta[:module] = get(d.data, :module, nothing)
        md.meta[:path] = get(d.data, :path, nothing)
        d.object = md
    end
    d.object
end

# Base loads definitions when they are asked for, and docstrings with them.
function load(b::Binding)
    Base.BaseDocs
    defined(b) || return
    x = resolve(b)
    (x isa Function || Base.unwrap_unionall(x) isa DataType) && methods(x)
    nothing
end
function groups_of(b::Binding)
    load(b)
    takeup(b.mod, b.var)
    m = defined(b) ? resolve(b) : nothing
    m isa Module && takeup(m, b.var)
    MultiDoc[metas[m][b] for m in modules if haskey(metas[m], b)]
end
function findall_docs(b::Binding, sig)
    groups = groups_of(b)
    found = DocStr[g.docs[s] for g in groups for s in g.order if sig <: s]
    isempty(found) && (found = DocStr[g.docs[s] for g in groups for s in g.order])
    found
end

"""
    Docs.doc(binding, sig=Union{})
    Docs.doc(object, types...)

The documentation of a binding or an object, for arguments of a signature if there is
one; what is not documented is described.
"""
function doc(b::Binding, sig::Type=Union{})
    if defined(b)
        own = getdoc(resolve(b), sig)
        own === nothing || return own
    end
    found = findall_docs(b, sig)
    if isempty(found)
        alias = aliasof(b)
        return alias == b ? summarize(b, sig) : doc(alias, sig)
    end
    md = Base.invokelatest(catdoc, Any[parsedoc(d) for d in found]...)
    about(md, found, b, sig)
end
doc(x, sig::Type=Union{}) = doc(aliasof(x), sig)
doc(x::Union{Function,Type}, sig::Type, more::Type...) = doc(aliasof(x), sig <: Tuple && isempty(more) ? sig : Tuple{sig,more...})
function about(md, found, b, sig)
    if hasproperty(md, :meta)
        md.meta[:results], md.meta[:binding], md.meta[:typesig] = found, b, sig
    end
    md
end

# What can be said of what has no docstring.
function summarize(b::Binding, sig)
    io = IOBuffer()
    if defined(b)
        x = resolve(b)
        x isa Module || println(io, "No documentation found for ", Base.ispublic(b.mod, b.var) ? "public" : "private", " binding `", b.mod, ".", b.var, "`.\n")
        summarize(io, x, b)
    else
        println(io, "No documentation found.\n")
        println(io, "Binding `", b, "` does not exist.")
    end
    about(Base.invokelatest(markdownlib().parse, String(take!(io))), DocStr[], b, sig)
end
function summarize(io::IO, f::Function, b::Binding)
    println(io, "`", b, "` is a ", startswith(string(b.var), '@') ? "macro" : "`Function`", ".\n")
    println(io, "```\n", methods(f), "\n```")
end
summarize(io::IO, T::UnionAll, b::Binding) = summarize(io, Base.unwrap_unionall(T), b)
function summarize(io::IO, T::DataType, b::Binding)
    kind = isabstracttype(T) ? "abstract type " : isprimitivetype(T) ? "primitive type " : Base.ismutabletype(T) ? "mutable struct " : "struct "
    println(io, "# Summary\n```\n", kind, T, isabstracttype(T) || supertype(T) !== Any ? string(" <: ", supertype(T)) : "", "\n```\n")
    if isabstracttype(T)
        below = Base.subtypes(T)
        isempty(below) || println(io, "# Subtypes\n```\n", join(below, '\n'), "\n```\n")
    elseif isstructtype(T) && !isempty(fieldnames(T))
        width = maximum(n -> textwidth(string(n)), fieldnames(T))
        println(io, "# Fields\n```")
        for (n, t) in zip(fieldnames(T), fieldtypes(T))
            println(io, rpad(n, width), " :: ", t)
        end
        println(io, "```\n")
    end
    supertype(T) === Any || println(io, "# Supertype Hierarchy\n```\n", join(Base.supertypes(T), " <: "), "\n```\n")
end
function summarize(io::IO, m::Module, b::Binding)
    println(io, "No docstring or readme file found for ", Base.ispublic(b.mod, b.var) ? "public" : "private", " module `", m, "`.\n")
    public = filter(!=(nameof(m)), names(m))
    isempty(public) || println(io, "# Public names\n\n", join(map(n -> "`$n`", public), ", "))
end
function summarize(io::IO, x, b::Binding)
    println(io, "`", b, "` is of type `", typeof(x), "`.\n")
    summarize(io, typeof(x), b)
end

"""
    Docs.hasdoc(module, name)

Whether a name has a docstring.
"""
function hasdoc(m::Module, name::Symbol)
    b = Binding(m, name)
    isempty(groups_of(b)) || return true
    a = aliasof(b)
    a != b && !isempty(groups_of(a))
end
"""
    Docs.undocumented_names(module; private=false)

The public names of a module that have no docstring, sorted; with `private` all names.
"""
function undocumented_names(m::Module; private::Bool=false)
    sort!(filter(n -> (private ? !startswith(string(n), '#') : Base.ispublic(m, n)) && !hasdoc(m, n), names(m; all=true)))
end

# What `@doc` becomes.
function docm(source::LineNumberNode, mod::Module, ex)
    markdownlib()
    ex isa Expr && ex.head === :-> && length(ex.args) > 1 && return docm(source, mod, ex.args...)
    if ex isa Integer
        s = ex isa Union{Int128,UInt128} ? "@int128_str" : "@big_str"
        return ex isa Union{Int128,UInt128,BigInt} ? :($doc($Binding($Base, $(QuoteNode(Symbol(s)))))) : :($doc($ex))
    elseif ex isa QuoteNode || ex isa Expr && ex.head in (:quote, :inert)
        ex = ex isa QuoteNode ? ex.value : ex.args[1]
        ex isa Expr && ex.head === :macrocall && (ex = ex.args[1])
    end
    name = namify(ex)
    if ex isa Expr && ex.head === :macrocall && ex.args[1] isa GlobalRef
        name = ex.args[1]
    end
    b = bindingexpr(mod, name)
    b === nothing && return :($doc($(esc(ex))))
    if ex isa Expr && ex.head in (:call, :where, :macrocall)
        return :($doc($(esc(b)), $(esc(signature(ex)))))
    end
    :($doc($(esc(b))))
end
function docm(source::LineNumberNode, mod::Module, text, ex, define=true)
    isbad(ex) && return :($error($("cannot document the following expression:\n\n$ex"), "\n"))
    Expr(:block, Expr(:macrocall, GlobalRef(Core, Symbol("@doc")), source, esc(text), esc(ex)))
end
isbad(ex) = !(ex isa Symbol || ex isa QuoteNode)
isbad(ex::Expr) = ex.head === :call && any(a -> !(a isa Symbol || a isa Expr && a.head in (:(::), :kw, :..., :parameters, :(=))), ex.args[2:end])

"""
    Docs.HTML(text)
    html"text"

HTML as it stands, for front ends that show it.
"""
mutable struct HTML{T}
    content::T
end
HTML(xs...) = HTML(io -> foreach(x -> print(io, x), xs))
HTML(f::Function, more...) = HTML{Function}(io -> (f(io); foreach(x -> print(io, x), more)))
"""
    Docs.Text(text)
    text"text"

A plain text as an object.
"""
mutable struct Text{T}
    content::T
end
put(io::IO, x) = print(io, x)
put(io::IO, f::Function) = f(io)
Base.:(==)(a::Text, b::Text) = a.content == b.content
Base.:(==)(a::HTML, b::HTML) = a.content == b.content
Base.hash(a::Text, h::UInt) = hash(Text, hash(a.content, h))
Base.hash(a::HTML, h::UInt) = hash(HTML, hash(a.content, h))
Base.print(io::IO, t::Text) = put(io, t.content)
Base.show(io::IO, t::Text) = put(io, t.content)
Base.show(io::IO, ::MIME"text/html", h::HTML) = put(io, h.content)
Base.show(io::IO, ::MIME"text/plain", t::Text) = put(io, t.content)
"The object that `html\"...\"` writes."
macro html_str(s)
    :($HTML($s))
end
"The object that `text\"...\"` writes."
macro text_str(s)
    :($Text($s))
end

# Whether something documented speaks of a pattern.
docsearch(x::AbstractString, needle) = occursin(needle, x)
docsearch(x::Symbol, needle) = occursin(needle, string(x))
docsearch(::Nothing, needle) = false
docsearch(xs::Union{AbstractArray,Core.SimpleVector}, needle) = any(x -> docsearch(x, needle), xs)
# The text with its marks is looked at first, since that is fast.
docsearch(d::DocStr, needle) = docsearch(d.text, needle) && docsearch(parsedoc(d), needle) || any(f -> docsearch(string(f), needle), values(get(d.data, :fields, Dict())))
docsearch(m::MultiDoc, needle) = any(d -> docsearch(d, needle), values(m.docs))
docsearch(x, needle) = docsearch(sprint(print, x), needle)
