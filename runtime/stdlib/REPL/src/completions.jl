# What a prompt proposes at a cursor: names, fields, methods, keys, paths, symbols.

"""
    REPL.REPLCompletions

What can stand at a place of a text: [`completions`](@ref), and `completion_text` of each.
"""
module REPLCompletions

export completions, shell_completions, bslash_completions, completion_text, named_completion

"A proposal; `completion_text` is what it puts in the place of the word before the cursor."
abstract type Completion end
struct KeywordCompletion <: Completion
    keyword::String
end
struct KeyvalCompletion <: Completion
    keyval::String
end
struct PathCompletion <: Completion
    path::String
end
struct ModuleCompletion <: Completion
    parent::Module
    mod::String
end
struct PackageCompletion <: Completion
    package::String
end
struct PropertyCompletion <: Completion
    value
    property::Symbol
end
struct FieldCompletion <: Completion
    typ::DataType
    field::Symbol
end
struct MethodCompletion <: Completion
    tt
    method::Method
end
struct BslashCompletion <: Completion
    completion::String
    name::String
end
struct ShellCompletion <: Completion
    text::String
end
struct DictCompletion <: Completion
    dict::AbstractDict
    key::String
end
struct KeywordArgumentCompletion <: Completion
    kwarg::String
end

"""
    completion_text(c)

The text that a proposal stands for.
"""
completion_text(c::KeywordCompletion) = c.keyword
completion_text(c::KeyvalCompletion) = c.keyval
completion_text(c::PathCompletion) = c.path
completion_text(c::ModuleCompletion) = c.mod
completion_text(c::PackageCompletion) = c.package
completion_text(c::PropertyCompletion) = Base.symbol_text(c.property)
completion_text(c::FieldCompletion) = Base.symbol_text(c.field)
completion_text(c::MethodCompletion) = repr(c.method)
completion_text(c::BslashCompletion) = c.completion
completion_text(c::ShellCompletion) = c.text
completion_text(c::DictCompletion) = c.key
completion_text(c::KeywordArgumentCompletion) = string(c.kwarg, '=')

"A proposal's text and the name to show for it."
struct NamedCompletion
    completion::String
    name::String
end
named_completion(c::BslashCompletion) = NamedCompletion(c.completion, c.name)
named_completion(c) = (t = completion_text(c); NamedCompletion(t, t))

const keywords = ["abstract type", "baremodule", "begin", "break", "catch", "const", "continue", "do", "else", "elseif", "end",
    "export", "finally", "for", "function", "global", "if", "import", "let", "local", "macro", "module", "mutable struct",
    "primitive type", "public", "quote", "return", "struct", "try", "using", "while"]

"""
    REPLCompletions.latex_symbols

The characters that names like `\\\\alpha` stand for; those of emoji are in `emoji_symbols`.
"""
const latex_symbols = Dict{String,String}()
const emoji_symbols = Dict{String,String}()
let all = Core.Prims.input_symbols()
    for i in 1:2:length(all)
        (startswith(all[i], "\\:") ? emoji_symbols : latex_symbols)[all[i]] = all[i+1]
    end
end
"The names of what a symbol can be typed as, or an empty text."
function symbol_latex(s::AbstractString)
    names = sort!([k for (k, v) in latex_symbols if v == s]; by=k -> (length(k), k))
    isempty(names) ? "" : names[1]
end

# Characters that do not belong to a name.
const non_identifier = Set(" \t\n\r\"'`\$&()*+,-/:;<=>?[\\]^{|}~!%÷⊻≤≥≠∈∉√·")
const nothing_found = (Completion[], 0:-1, false)

sorted(cs) = sort!(unique(completion_text, cs); by=completion_text)

"""
    completions(text, pos, context=Main, shift=true, hint=false)

What can stand at the byte `pos` of `text`, for the names of a module: the proposals, the range
of bytes that one would replace, and whether it should be done.
"""
function completions(string::String, pos::Int, context_module::Module=Main, shift::Bool=true, hint::Bool=false)
    partial = pos == 0 ? "" : string[1:pos]
    tag = incomplete_kind(partial)
    found = dict_completions(string, partial, pos, context_module)
    found === nothing || return found
    if tag === :string || tag === :cmd
        found = path_in_quotes(string, partial, pos, tag, hint)
        found === nothing || return found
    end
    ok, symbols = bslash_completions(string, pos, hint)
    ok && return symbols
    tag in (:string, :cmd, :comment, :char) && return nothing_found
    if tag === :other
        found = method_completions(partial, context_module)
        found === nothing || return found
    end
    name_completions(partial, pos, context_module)
end
completions(string::AbstractString, pos::Integer, rest...) = completions(String(string), Int(pos), rest...)

function incomplete_kind(partial)
    ex = Meta.parseall(partial)
    isempty(ex.args) && return :none
    # a path may have escapes that no text has
    tag = Base.incomplete_tag(ex.args[end])
    tag === :none && Meta.isexpr(ex.args[end], :error) && isodd(length(findall(r"(?<!\\)\"", partial))) ? :string : tag
end
# The character behind a place, or nothing at the end.
function char_after(text, pos)
    j = nextind(text, pos)
    j <= ncodeunits(text) ? text[j] : nothing
end

"""
    REPLCompletions.within_brackets(text)

What can stand at the end of a text within `d[` and within quotes, keys and paths: the byte where
it begins and the proposals. The kernel asks for it; names it finds by itself.
"""
function within_brackets(text::String)
    pos = lastindex(text)
    found = dict_completions(text, text, pos, Main)
    if found === nothing
        tag = incomplete_kind(text)
        found = tag === :string || tag === :cmd ? path_in_quotes(text, text, pos, tag, false) : nothing
    end
    found === nothing ? Any[] : Any[first(found[2]), map(completion_text, found[1])...]
end

## names

# Where the word begins that ends at the end of the text; with `dots` also what stands before its dots.
function word_start(text)
    i = lastindex(text)
    first = ncodeunits(text) + 1
    while i >= 1 && !(text[i] in non_identifier) && text[i] != '.' || i >= 1 && text[i] == '!' && first <= ncodeunits(text)
        text[i] == '!' && (i == 1 || text[prevind(text, i)] in non_identifier) && break
        first = i
        i = prevind(text, i)
    end
    first
end

function name_completions(partial, pos, mod)
    start = word_start(partial)
    name = partial[start:end]
    range = start:pos
    m = match(r"(?:^|[;\n])\s*(using|import)\s([^\n;]*)$", partial)
    if m !== nothing && !occursin(':', m[2]) && !endswith(partial[1:prevind(partial, start)], '.')
        return sorted(package_names(name, mod)), range, true
    end
    before = partial[1:prevind(partial, start)]
    if endswith(before, '.')
        owner = owner_expression(before[1:prevind(before, end)])
        return owner === nothing ? (Completion[], range, false) : (sorted(member_completions(owner, name, mod)), range, true)
    end
    out = Completion[]
    append!(out, module_names(name, mod, false))
    for k in keywords
        startswith(k, name) && push!(out, KeywordCompletion(k))
    end
    for k in ("true", "false")
        startswith(k, name) && push!(out, KeyvalCompletion(k))
    end
    sorted(out), range, true
end

# The longest expression at the end of a text, as it stands before a dot.
function owner_expression(text)
    i = ncodeunits(text) + 1
    best = nothing
    while i > 1
        i = prevind(text, i)
        (i == 1 || text[prevind(text, i)] in " \t\n;,(=[{!+-*/<>|&?:\$^~%\\'" || text[i] in "([") || continue
        piece = text[i:end]
        ex = Meta.parse(piece; raise=false)
        ex isa Expr && ex.head in (:error, :incomplete) && continue
        startswith(piece, r"[\s;,]") && break
        best = ex
        i > 1 && text[prevind(text, i)] in " \t\n;,=" && break
    end
    best isa Expr && best.head in (:toplevel, :tuple) && length(best.args) != 1 ? nothing : best
end

function member_completions(owner, name, mod)
    v = value_of(owner, mod)
    if v !== nothing
        x = something(v)
        x isa Module && return module_names(name, x, true)
        return Completion[PropertyCompletion(x, n) for n in propertynames(x) if n isa Symbol && startswith(string(n), name)]
    end
    T = type_of(owner, mod)
    T isa DataType && isconcretetype(T) && !(T <: Tuple) || return Completion[]
    Completion[FieldCompletion(T, n) for n in fieldnames(T) if startswith(string(n), name)]
end

function module_names(name, m::Module, qualified::Bool)
    all = names(m; all=true, imported=true)
    qualified || (all = vcat(all, names(m; usings=true, imported=true), names(Base), names(Core)))
    out = Completion[]
    for n in all
        s = string(n)
        startswith(s, '#') && continue
        n === nameof(m) && m !== Main && !isdefined(m, n) && continue
        n === nameof(m) && m !== Main && !qualified && continue
        if startswith(s, '@')
            call = endswith(s, "_str") ? string(chop(s; head=1, tail=4), '"') : endswith(s, "_cmd") ? string(chop(s; head=1, tail=4), '`') : ""
            !isempty(call) && startswith(call, name) && push!(out, ModuleCompletion(m, call))
            (isempty(name) || startswith(name, '@')) && startswith(s, name) && push!(out, ModuleCompletion(m, s))
        elseif startswith(s, name) && isdefined(m, n)
            push!(out, ModuleCompletion(m, Base.symbol_text(n)))
        end
    end
    out
end

function package_names(name, mod)
    out = Completion[PackageCompletion(n) for n in Core.Prims.library_names() if startswith(n, name)]
    for env in Base.load_path()
        isfile(env) || isdir(env) || continue
        for n in packages_of(env)
            startswith(n, name) && push!(out, PackageCompletion(n))
        end
    end
    for n in names(mod; all=true, imported=true)
        startswith(string(n), name) && isdefined(mod, n) && getglobal(mod, n) isa Module && push!(out, ModuleCompletion(mod, string(n)))
    end
    out
end
function packages_of(env)
    if isfile(env)
        d = Base.parsed_toml(env)
        return String[k for k in keys(get(d, "deps", Dict{String,Any}()))] |> l -> haskey(d, "name") ? push!(l, d["name"]) : l
    end
    String[endswith(n, ".jl") ? n[1:end-3] : n for n in readdir(env)
           if endswith(n, ".jl") && isfile(joinpath(env, n)) || isfile(joinpath(env, n, "src", n * ".jl"))]
end

## values and types of expressions, without running the program's code

# The value in a Some, or nothing where it could be known only by calling functions.
value_of(x, mod) = x isa Union{Number,Char,String} ? Some(x) : nothing
value_of(q::QuoteNode, mod) = Some(q.value)
value_of(s::Symbol, mod) = isdefined(mod, s) ? Some(getglobal(mod, s)) : nothing
function value_of(ex::Expr, mod)
    h = ex.head
    if h === :. && length(ex.args) == 2 && ex.args[2] isa QuoteNode
        owner = value_of(ex.args[1], mod)
        name = ex.args[2].value
        (owner === nothing || !(name isa Symbol)) && return nothing
        x = something(owner)
        x isa Module && return isdefined(x, name) ? Some(getglobal(x, name)) : nothing
        return hasfield(typeof(x), name) && isdefined(x, name) ? Some(getfield(x, name)) : nothing
    elseif h === :block && count(a -> !(a isa LineNumberNode), ex.args) == 1
        return value_of(ex.args[end], mod)
    end
    values = Any[value_of(a, mod) for a in ex.args]
    any(isnothing, values) && return nothing
    xs = map(something, values)
    if h === :call && any(f -> f === xs[1], (+, -, *, /)) && all(x -> x isa Number, xs[2:end])
        return Some(xs[1](xs[2:end]...))
    elseif h === :ref && xs[1] isa Union{Array,Tuple} && all(i -> i isa Int, xs[2:end]) && checkbounds(Bool, collect_indexable(xs[1]), xs[2:end]...)
        return isassigned_at(xs[1], xs[2:end]) ? Some(xs[1][xs[2:end]...]) : nothing
    elseif h === :ref && xs[1] isa Dict && length(xs) == 2 && xs[2] isa Union{String,Symbol,Number,Char}
        return haskey(xs[1], xs[2]) ? Some(xs[1][xs[2]]) : nothing
    elseif h === :tuple
        return Some((xs...,))
    end
    nothing
end
collect_indexable(x) = x isa Tuple ? Base.OneTo(length(x)) : x
isassigned_at(x, is) = x isa Tuple || isassigned(x, is...)

# The type of what an expression gives, as far as it can be told; Any otherwise.
function type_of(x, mod)
    v = value_of(x, mod)
    v === nothing || return Core.Typeof(something(v))
    x isa Expr || return x isa Symbol ? Any : typeof(x)
    h, args = x.head, x.args
    if h === :call
        f = value_of(args[1], mod)
        types = Any[type_of(a, mod) for a in args[2:end] if !(a isa Expr && a.head in (:parameters, :kw))]
        if f === nothing
            F = type_of(args[1], mod)
            f = F isa DataType && isdefined(F, :instance) ? Some(F.instance) : nothing
            F isa DataType && f === nothing && F !== Any && return returned(F, types)
        end
        f === nothing && return Any
        something(f) isa DataType && isconcretetype(something(f)) && return something(f)
        return returned(something(f), types)
    elseif h === :vect
        return isempty(args) ? Vector{Any} : Vector{promote_type(map(a -> plain_type(type_of(a, mod)), args)...)}
    elseif h in (:typed_comprehension, :ref, :typed_vcat, :typed_hcat)
        T = value_of(args[1], mod)
        T !== nothing && something(T) isa Type && return Array{something(T),h === :typed_hcat ? 2 : 1}
        A = type_of(args[1], mod)
        return h === :ref && A isa DataType && A <: AbstractArray ? eltype(A) : h === :ref && A isa DataType && A <: Tuple && length(args) == 2 && args[2] isa Int && args[2] in 1:fieldcount(A) ? fieldtype(A, args[2]) : Any
    elseif h === :tuple
        return Tuple{map(a -> plain_type(type_of(a, mod)), args)...}
    elseif h === :string
        return String
    elseif h === :comparison || h === :&& && type_of(args[2], mod) === Bool
        return Bool
    elseif h === :macrocall
        name = args[1] isa GlobalRef ? args[1].name : args[1]
        return name === Symbol("@cmd") ? Cmd : name === Symbol("@r_str") ? Regex : name === Symbol("@v_str") ? VersionNumber : Any
    elseif h === :. && length(args) == 2 && args[2] isa QuoteNode
        T = type_of(args[1], mod)
        return T isa DataType && isconcretetype(T) && hasfield(T, args[2].value) ? fieldtype(T, args[2].value) : Any
    end
    Any
end
plain_type(T) = T isa DataType && T <: Type ? DataType : T
function returned(f, types)
    try
        ts = f isa DataType && !(f <: Type) && f <: Function ? Any[] : Base.return_types(f, Tuple{types...})
        length(ts) == 1 ? ts[1] : Any
    catch
        Any
    end
end

## methods

# What the call at the end of a text may go to: after `f(` and after each comma.
function method_completions(partial, mod)
    body = rstrip(partial)
    isempty(body) && return nothing
    body[end] in "(,;" || return nothing
    open = open_parenthesis(body)
    (open === nothing || open == 1) && return nothing
    head = body[1:prevind(body, open)]
    start = ncodeunits(head) + 1
    while start > 1
        i = prevind(head, start)
        head[i] in non_identifier && !(head[i] == '!' && start <= ncodeunits(head)) && !(i == ncodeunits(head) && all(in("!+-*/<>^&|%"), head)) && break
        start = i
    end
    call = head[start:end]
    while startswith(call, '!') && length(call) > 1
        call = call[2:end]
    end
    isempty(call) && return nothing
    start = ncodeunits(head) - ncodeunits(call) + 1
    callee = Meta.parse(chopsuffix(call, "."); raise=false)
    f = value_of(callee, mod)
    range = 1:ncodeunits(head)
    f === nothing && return nothing
    range = start:ncodeunits(chopsuffix(head, "."))
    start > 1 && all(==('!'), head[1:prevind(head, start)]) && (range = 1:ncodeunits(head))
    ex = Meta.parse(string("f(", rstrip(body[nextind(body, open):end], [',', ';', ' ', '\t', '\n']), ")"); raise=false)
    ex isa Expr && ex.head === :call || return nothing
    types = Any[type_of(a, mod) for a in ex.args[2:end] if !(a isa Expr && a.head in (:parameters, :kw))]
    Completion[MethodCompletion(types, m) for m in possible_methods(something(f), types)], range, false
end
"""
    REPLCompletions.complete_methods(call::Expr, context=Main, shift=false)

The methods that a call may go to, as completions.
"""
function complete_methods(call::Expr, context_module::Module=Main, shift::Bool=false)
    f = value_of(call.args[1], context_module)
    f === nothing && return Completion[]
    types = Any[type_of(a, context_module) for a in call.args[2:end] if !(a isa Expr && a.head in (:parameters, :kw))]
    Completion[MethodCompletion(types, m) for m in possible_methods(something(f), types)]
end
function possible_methods(f, types)
    wanted = Tuple{Core.Typeof(f),types...,Vararg{Any}}
    filter(m -> typeintersect(m.sig, wanted) !== Union{}, collect(methods(f)))
end
# Where the parenthesis stands that is still open at the end of a text.
function open_parenthesis(text)
    stack = Int[]
    i = firstindex(text)
    while i <= ncodeunits(text)
        c = text[i]
        if c == '"' || c == '`'
            j = nextind(text, i)
            while j <= ncodeunits(text) && text[j] != c
                text[j] == '\\' && (j = nextind(text, j))
                j = j <= ncodeunits(text) ? nextind(text, j) : j
            end
            i = j
        elseif c == '\'' && i < ncodeunits(text) && (m = match(r"^'(?:\\.[^']*|[^'\\])'", SubString(text, i))) !== nothing
            i += ncodeunits(m.match) - 1
        elseif c in "([{"
            push!(stack, i)
        elseif c in ")]}" && !isempty(stack)
            pop!(stack)
        end
        i <= ncodeunits(text) && (i = nextind(text, i))
    end
    isempty(stack) || text[stack[end]] != '(' ? nothing : stack[end]
end

## keys

"""
    REPLCompletions.dict_identifier_key(text, tag, context=Main)

The dictionary that is being indexed at the end of a text, the key as far as it is written and
where that begins; three times `nothing` if there is none.
"""
function dict_identifier_key(str::String, tag::Symbol, context_module::Module=Main)
    none = (nothing, nothing, nothing)
    m = match(r"([\p{L}_][\p{L}\p{N}\p{Sm}\p{So}\p{Lm}_!.]*)\[\s*([^\[\]]*)$", str)
    m === nothing && return none
    ex = Meta.parse(m[1]; raise=false)
    ex isa Expr && ex.head in (:error, :incomplete) && return none
    d = value_of(ex, context_module)
    d !== nothing && something(d) isa AbstractDict || return none
    something(d), m[2], m.offsets[2]
end
function dict_completions(string, partial, pos, mod)
    d, key, start = dict_identifier_key(partial, :other, mod)
    d === nothing && return nothing
    length(d)::Int < 1_000_000 || return nothing
    fits = sort!(String[k for k in (repr(k) for k in keys(d)) if startswith(k, key)])
    isempty(fits) && return nothing
    if length(fits) == 1 && char_after(string, pos) != ']'
        fits[1] *= ']'
    end
    Completion[DictCompletion(d, k) for k in fits], start:pos, true
end

## symbols

"""
    bslash_completions(text, pos, hint=false)

Whether a name like `\\\\alpha` ends at a byte of a text, and what it stands for or can go on to be.
"""
function bslash_completions(string::String, pos::Int, hint::Bool=false)
    none = (false, nothing_found)
    i = findprev('\\', string, pos)
    i === nothing && return none
    i > 1 && string[prevind(string, i)] == '\\' && return none
    word = string[i:pos]
    occursin(r"[\s\"'()\[\]{},;`@\$]", word) && return none
    for table in (latex_symbols, emoji_symbols)
        haskey(table, word) && return (true, (Completion[BslashCompletion(table[word], word)], i:pos, true))
    end
    table = startswith(word, "\\:") ? emoji_symbols : latex_symbols
    found = sort!([k for k in keys(table) if startswith(k, word)])
    isempty(found) && return none
    (true, (Completion[BslashCompletion(k, string_of(table, k)) for k in found], i:pos, true))
end
string_of(table, k) = string(table[k], ' ', k)

## paths

# A path in quotes that are open at the end of a text.
function path_in_quotes(string, partial, pos, tag, hint)
    quote_mark = tag === :cmd ? '`' : '"'
    i = findlast(quote_mark, partial)
    i === nothing && return nothing
    i = maximum((m.offset for m in eachmatch(r"(?<!\\) |[\t\n\r><=*?|]", partial)); init=i)
    text = partial[nextind(partial, i):end]
    written = replace(text, r"\\(.)" => s"\1")
    slash = findlast('/', text)
    start = nextind(partial, i) + (slash === nothing ? 0 : slash)
    if startswith(text, '~') && slash !== nothing
        full = expanduser(written)
        full == written || return (Completion[PathCompletion(full)], nextind(partial, i):pos, true)
    end
    found = paths_beginning(written)
    isempty(found) && return nothing
    if length(found) == 1 && !endswith(found[1], '/') && char_after(string, pos) != quote_mark
        found[1] *= quote_mark
    end
    Completion[PathCompletion(escaped(p)) for p in found], start:pos, true
end
escaped(p) = escape_string(p, "\$")
# The names in a path's folder that begin like its last part; folders end in a slash.
function paths_beginning(path)
    dir, name = splitdir(expanduser(path))
    dir = isempty(dir) ? "." : dir
    isdir(dir) || return String[]
    list = try
        readdir(dir)
    catch
        String[]
    end
    String[isdir(joinpath(dir, n)) ? n * "/" : n for n in list if startswith(n, name)]
end

"""
    shell_completions(text, pos, hint=false)

What can stand at a byte of a command line: paths, programs, and after `\$` what Julia has.
"""
function shell_completions(string::String, pos::Int, hint::Bool=false)
    partial = string[1:pos]
    dollar = findlast('$', partial)
    if dollar !== nothing
        code = partial[nextind(partial, dollar):end]
        startswith(code, '(') || return (Completion[], 0:-1, false)
        cs, r, should = completions(code, ncodeunits(code))
        return cs, r .+ dollar, should
    end
    blank = ncodeunits(partial)
    while blank >= 1 && !(partial[blank] == ' ' && (blank == 1 || partial[prevind(partial, blank)] != '\\'))
        blank = prevind(partial, blank)
    end
    word = partial[nextind(partial, blank):end]
    slash = findlast('/', word)
    start = blank + 1 + (slash === nothing ? 0 : slash)
    found = paths_beginning(replace(word, r"\\(.)" => s"\1"))
    blank == 0 && slash === nothing && !isempty(word) && append!(found, programs(word))
    Completion[PathCompletion(replace(p, r"([ \\])" => s"\\\1")) for p in unique!(sort!(found))], start:pos, !isempty(found)
end
function programs(word)
    out = String[]
    for dir in split(get(ENV, "PATH", ""), ':')
        list = try
            readdir(dir)
        catch
            continue
        end
        append!(out, filter(n -> startswith(n, word) && isfile(joinpath(dir, n)), list))
    end
    out
end
end
