# Expressions: quoting, parsing, showing, expanding.

module Meta

export quot, isexpr, isidentifier, isoperator, isunaryoperator, isbinaryoperator, ispostfixoperator, replace_sourceloc!, show_sexpr, @dump, ParseError

using ..Base: isidentifier, isoperator, isunaryoperator, isbinaryoperator, ispostfixoperator

"An error in source text."
struct ParseError <: Exception
    msg::AbstractString
    detail::Any
end
ParseError(msg::AbstractString) = ParseError(msg, nothing)
Base.showerror(io::IO, e::ParseError) = print(io, startswith(e.msg, "ParseError") ? "" : "ParseError: ", e.msg)

"""
    quot(ex)

`ex` as quoted code.
"""
quot(ex) = Expr(:quote, ex)

"""
    isexpr(ex, head, [n])

Whether `ex` is an `Expr` with the head (one of the heads) and `n` arguments.
"""
isexpr(ex, head) = ex isa Expr && ex.head === head
isexpr(ex, heads::Union{Set,Vector,Tuple}) = ex isa Expr && ex.head in heads
isexpr(ex, head, n::Int) = isexpr(ex, head) && length(ex.args) == n

"""
    Meta.parse(text, start; greedy=true, raise=true)
    Meta.parse(text; raise=true)

The expression that a text writes; `Expr(:incomplete, ...)` if more has to follow.
"""
function parse(s::AbstractString; filename="none", raise::Bool=true, depwarn::Bool=true)
    ex, pos = parse_some(s, 1, true, filename, raise)
    if !(ex isa Expr && ex.head in (:error, :incomplete)) && pos <= ncodeunits(s)
        more, _ = Core.Prims.syntax_parse(String(s), pos, true, String(filename), raise)
        more === nothing || return raise ? throw(ParseError("extra tokens after end of expression")) : Expr(:error, ParseError("extra tokens after end of expression"))
    end
    ex
end
# An incomplete text is told by the expression, one with errors is raised.
function parse_some(s, i, greedy, filename, raise)
    ex, next = Core.Prims.syntax_parse(String(s), i, greedy, String(filename), false)
    if raise && ex isa Expr && ex.head === :error
        Core.Prims.syntax_parse(String(s), i, greedy, String(filename), true)
        throw(ex.args[1] isa Exception ? ex.args[1] : ParseError(string(ex.args[1])))
    end
    (ex, next)
end
function parse(s::AbstractString, pos::Integer; filename="none", greedy::Bool=true, raise::Bool=true, depwarn::Bool=true)
    parse_some(s, Int(pos), greedy, filename, raise)
end
"""
    Meta.parseall(text; filename="none", lineno=1)

All statements of a text, as a `:toplevel` expression.
"""
parseall(s::AbstractString; filename="none", lineno::Integer=1) = Core.Prims.syntax_parse_all(String(s), string(filename), Int(lineno))
parseatom(s::AbstractString, pos::Integer; filename="none", lineno::Integer=1) = Core.Prims.syntax_parse(String(s), Int(pos), false, string(filename), false, Int(lineno))

"""
    Meta.show_sexpr([io,] ex)

Print an expression as a list of lists.
"""
show_sexpr(ex) = show_sexpr(stdout, ex)
show_sexpr(io::IO, ex) = show_sexpr(io, ex, 0)
show_sexpr(io::IO, ex, indent::Int) = show(io, ex)
function show_sexpr(io::IO, q::QuoteNode, indent::Int)
    print(io, "(:quote, #QuoteNode\n", " "^(indent + 2))
    show_sexpr(io, q.value, indent + 2)
    print(io, "\n", " "^indent, ")")
end
function show_sexpr(io::IO, ex::Expr, indent::Int)
    inner = indent + 2
    print(io, "(")
    show(io, ex.head)
    for a in ex.args
        print(io, ex.head === :block ? ",\n" * " "^inner : ", ")
        show_sexpr(io, a, inner)
    end
    isempty(ex.args) && print(io, ",")
    print(io, ex.head === :block ? "\n" * " "^indent * ")" : ")")
end

"""
    Meta.@dump expr

Show the parts of an expression, which is not evaluated.
"""
macro dump(ex)
    :(dump($(QuoteNode(ex))))
end

"""
    Meta.lower(m, ex)
    Meta.@lower ex

What `ex` compiles to: the engine's instructions, one to a line.
"""
function lower(m::Module, ex)
    x = try
        macroexpand(m, ex)
    catch
        ex # what is wrong with it is told below
    end
    x isa Union{Expr,QuoteNode} || return x
    isexpr(x, (:error, :incomplete)) && return x
    l = Core.Prims.syntax_listing(m, ex)
    l isa String && return Expr(:thunk, Base.CodeInfo(l, m, ex))
    at = first_line(ex)
    placed = at !== nothing && !l.args[2] # a jump's error names no place
    Expr(:error, placed ? string(l.args[1], " around ", at.file, ":", at.line) : l.args[1])
end
# The line that the statements of a block say first.
first_line(x) = x isa LineNumberNode ? x : nothing
function first_line(ex::Expr)
    ex.head in (:block, :toplevel) || return nothing
    for a in ex.args
        at = first_line(a)
        at === nothing || return at
    end
    nothing
end
macro lower(ex)
    :(lower($__module__, $(QuoteNode(ex))))
end
macro lower(mod, ex)
    :(lower($(esc(mod)), $(QuoteNode(ex))))
end

"""
    replace_sourceloc!(loc::LineNumberNode, ex)

Put `loc` in the place of the lines that the macro calls in `ex` tell.
"""
replace_sourceloc!(loc, x) = x
function replace_sourceloc!(loc, ex::Expr)
    ex.head === :macrocall && length(ex.args) > 1 && (ex.args[2] = loc)
    for i in 1:length(ex.args)
        ex.args[i] = replace_sourceloc!(loc, ex.args[i])
    end
    ex
end
unblock(ex) = ex
function unblock(ex::Expr)
    ex.head === :block || return ex
    rest = filter(x -> !(x isa LineNumberNode), ex.args)
    length(rest) == 1 ? unblock(rest[1]) : ex
end
unescape(ex) = ex
unescape(ex::Expr) = ex.head === :escape || ex.head === Symbol("var\"hygienic-scope\"") ? unescape(ex.args[1]) : ex
partially_inline!(x, args...) = x
lazy_iterate(x) = x
end

const ParseError = Meta.ParseError

"""
    remove_linenums!(ex)

Remove the line numbers from an expression.
"""
remove_linenums!(x) = x
function remove_linenums!(ex::Expr)
    if ex.head === :block || ex.head === :toplevel
        filter!(x -> !(x isa LineNumberNode || (x isa Expr && x.head === :line)), ex.args)
    end
    for a in ex.args
        remove_linenums!(a)
    end
    ex
end

"""
    macroexpand(m::Module, ex; recursive=true)

`ex` with its macros expanded.
"""
macroexpand(m::Module, ex; recursive::Bool=true) = expand_quotes(Core.Prims.syntax_expand(m, ex, recursive))
# Quotes as the calls that make what they quote.
expand_quotes(x) = x
function expand_quotes(ex::Expr)
    ex.head === :quote && length(ex.args) == 1 && return expand_quote(ex.args[1], 0)
    ex.head in (:inert, :copyast, :module) ? ex : Expr(ex.head, map(expand_quotes, ex.args)...)
end
# What makes x; depth counts the quotes around it that are left.
expand_quote(x, depth) = x
expand_quote(x::Union{Symbol,LineNumberNode}, depth) = QuoteNode(x)
expand_quote(x::QuoteNode, depth) = Expr(:copyast, QuoteNode(x))
function expand_quote(x::Expr, depth)
    x.head === :$ && depth == 0 && length(x.args) == 1 && return expand_quotes(x.args[1])
    interpolates(x, depth) || return Expr(:copyast, QuoteNode(x))
    inner = depth + (x.head === :quote) - (x.head === :$)
    Expr(:call, GlobalRef(Core, :_expr), QuoteNode(x.head), Any[expand_quote(a, inner) for a in x.args]...)
end
interpolates(x, depth) = false
interpolates(x::Expr, depth) = x.head === :$ && depth == 0 || any(a -> interpolates(a, depth + (x.head === :quote) - (x.head === :$)), x.args)
macro macroexpand(ex)
    :(macroexpand($__module__, $(QuoteNode(ex)); recursive=true))
end
macro macroexpand(m, ex)
    :(macroexpand($(esc(m)), $(QuoteNode(ex)); recursive=true))
end
macro macroexpand1(ex)
    :(macroexpand($__module__, $(QuoteNode(ex)); recursive=false))
end
macro macroexpand1(m, ex)
    :(macroexpand($(esc(m)), $(QuoteNode(ex)); recursive=false))
end

isidentifier(s::Symbol) = symbol_is_identifier(s)
isidentifier(s::AbstractString) = symbol_is_identifier(String(s))
isoperator(s::Symbol) = symbol_is_operator(s)
isoperator(s::AbstractString) = symbol_is_operator(String(s))
"""
    Base.operator_precedence(s::Symbol)

How strongly a binary operator binds, as a number; 0 if `s` is no such operator.
"""
operator_precedence(s::Symbol) = symbol_precedence(s)
operator_precedence(x) = 0
"""
    Base.operator_associativity(s::Symbol)

`:left`, `:right` or `:none`: which of two equal operators in a row comes first.
"""
function operator_associativity(s::Symbol)
    p = operator_precedence(s)
    p in (5, 6, 15, 4, 2, 8) || s === :(=) ? :right : p == 7 || s in (:+, :*, :++) || p == 0 || p == 3 || p == 1 ? :none : :left
end

"""
    eval([m::Module,] ex)

Evaluate an expression at the top level of a module.
"""
eval(m::Module, ex) = Core.eval(m, ex)
eval(ex) = Core.eval(Main, ex)
"""
    Base.isunaryoperator(s)
    Base.isbinaryoperator(s)
    Base.ispostfixoperator(s)

Whether a symbol can be used as an operator before, between or after operands.
"""
isunaryoperator(s::Symbol) = s in (:+, :-, :!, :~, :¬, :√, :∛, :∜, :⋆, :±, :∓, :<:, :>:, :&, :(::), :$)
isbinaryoperator(s::Symbol) = isoperator(s) && !(s in (:!, :¬, :√, :∛, :∜, Symbol("'")))
ispostfixoperator(s::Symbol) = s === Symbol("'")
