# Expressions as source text, in the form that Julia gives them.

# What travels with the printing of an expression: how far lines are indented, how strongly the
# operator around it binds (-1: nothing around), and how many quotes it stands in.
struct ExprContext
    indent::Int
    prec::Int
    level::Int
end
within(c::ExprContext, prec::Int, indent::Int=c.indent) = ExprContext(indent, prec, c.level)
const indent_step = 4

"""
    Base.show_unquoted(io, ex, [indent, prec, quote_level])

Write an expression as source, without the `:( )` around it.
"""
show_unquoted(io::IO, ex) = show_unquoted(io, ex, 0, -1)
show_unquoted(io::IO, ex, indent::Int) = show_unquoted(io, ex, indent, -1)
show_unquoted(io::IO, ex, indent::Int, prec::Int) = show(io, ex)
show_unquoted(io::IO, ex, indent::Int, prec::Int, level::Int) = show_unquoted(io, ex, indent, prec)
show_unquoted(io::IO, s::Symbol, ::Int, ::Int) = show_symbol(io, s)
show_unquoted(io::IO, l::LineNumberNode, ::Int, ::Int) = show_line_node(io, l)
show_unquoted(io::IO, r::GlobalRef, ::Int, ::Int) = show_globalref(io, r)
function show_unquoted(io::IO, q::QuoteNode, indent::Int, prec::Int)
    q.value isa Symbol && return show_quoted(io, q.value, ExprContext(indent, prec, 0))
    print(io, "\$(QuoteNode(")
    show(io, q.value)
    print(io, "))")
end
show_unquoted(io::IO, ex::Expr, indent::Int, prec::Int) = show_unquoted(io, ex, indent, prec, 0)
show_unquoted(io::IO, ex::Expr, indent::Int, prec::Int, level::Int) = show_expr(io, ex, ExprContext(indent, prec, level))

show(io::IO, ex::Expr) = show_quoted(io, ex, ExprContext(0, -1, 0))
show(io::IO, q::QuoteNode) = show_quoted(io, q, ExprContext(0, -1, 0))
print(io::IO, q::QuoteNode) = (show_unquoted(io, q, 0, -1); nothing)
show(io::IO, l::LineNumberNode) = (print(io, ":("); show_line_node(io, l); print(io, ')'))
show(io::IO, r::GlobalRef) = (print(io, ":("); show_globalref(io, r); print(io, ')'))
print(io::IO, l::LineNumberNode) = show_line_node(io, l)
print(io::IO, r::GlobalRef) = show_globalref(io, r)
print(io::IO, ex::Expr) = (show_unquoted(IOContext(io, :unquote_fallback => false), ex, 0, -1, 0); nothing)

show_line_node(io, l) = print(io, "#= ", l.file === nothing ? "line " : string(l.file, ":"), l.line, " =#")

# Operators that are written in parentheses behind a colon.
const quoted_symbols = (:(:), :(::), :(:=), :(=), :(==), :(!=), :(===), :(!==), :(=>), :(>=), :(<=))
const unary_operators = (:+, :-, :!, :¬, :~, :<:, :>:, :√, :∛, :∜)

symbol_text(s::Symbol) = isidentifier(s) || isoperator(s) && s !== Symbol("'") ? string(s) : string("var", repr(string(s)))
show_symbol(io::IO, s::Symbol) = print(io, symbol_text(s))
macro_symbol_text(s::Symbol) = (t = string(s); startswith(t, '@') ? string("@", symbol_text(Symbol(t[2:end]))) : symbol_text(s))

function show_globalref(io::IO, r::GlobalRef)
    print(io, r.mod, ".")
    name = string(r.name)
    if startswith(name, '@')
        print(io, macro_symbol_text(r.name))
    elseif isidentifier(r.name)
        print(io, name)
    elseif isoperator(r.name)
        print(io, r.name in quoted_symbols ? string(":(", name, ")") : string(":", name))
    else
        print(io, ":(", symbol_text(r.name), ")")
    end
end

# :( ) or quote around an expression.
function show_quoted(io::IO, @nospecialize(x), c::ExprContext)
    if x isa Symbol && !(x in quoted_symbols)
        isidentifier(x) || isoperator(x) && x !== Symbol("'") ? print(io, ":", x) : print(io, "Symbol(", repr(string(x)), ")")
    elseif x isa Expr && x.head === :block
        show_block(outside_index(io), "quote", Any[], x, c)
        print(io, "end")
    else
        print(io, ":(")
        show_unquoted(io, x, c.indent + 2, -1, c.level)
        print(io, ")")
    end
    nothing
end

# Within an index `begin` is a number, so that blocks are written in parentheses.
in_index(io::IO) = IOContext(io, :within_index => true)
outside_index(io::IO) = get(io, :within_index, false) ? IOContext(io, :within_index => false) : io

is_head(x, head::Symbol) = x isa Expr && x.head === head
is_quoted_name(x) = x isa QuoteNode || is_head(x, :quote) && length(x.args) == 1 || is_head(x, :inert) && length(x.args) == 1
quoted_name(x::QuoteNode) = x.value
quoted_name(x::Expr) = x.args[1]

# Items in a row. The first of them may need parentheses where an operator binds strongly.
function show_list(io::IO, items, sep, c::ExprContext; operators::Bool=false, keywords::Bool=false)
    inner = within(c, c.prec, c.indent + indent_step)
    for (i, item) in enumerate(items)
        i > 1 && print(io, sep)
        parens = !is_quoted_name(item) && (i == 1 && c.prec >= 15 && starts_with_sign(item) || operators && item isa Symbol && isoperator(item))
        parens && print(io, '(')
        if keywords && is_head(item, :kw) && length(item.args) == 2
            item = Expr(:(=), item.args...)
        elseif keywords && is_head(item, :(=)) && length(item.args) == 2
            show_fallback(io, item)
            parens && print(io, ')')
            continue
        end
        show_unquoted(io, item, inner.indent, parens ? 0 : inner.prec, inner.level)
        parens && print(io, ')')
    end
end
starts_with_sign(x) = is_head(x, :call) && length(x.args) == 2 && x.args[1] isa Symbol && x.args[1] in unary_operators || x isa Real && x < 0
function show_enclosed(io::IO, open, items, sep, close, c::ExprContext; kws...)
    print(io, open)
    show_list(io, items, sep, c; kws...)
    print(io, close)
end
# An operator between its operands, in parentheses where what is around binds as strongly.
function show_infix(io::IO, items, sep, prec::Int, c::ExprContext; operators::Bool=true)
    prec <= c.prec ? show_enclosed(io, '(', items, sep, ')', within(c, prec); operators=operators) : show_list(io, items, sep, within(c, prec); operators=operators)
end

# word args ... statements ..., each on a line; what ends the block is written by the caller.
function show_block(io::IO, word, args, body, c::ExprContext)
    print(io, word)
    if !isempty(args)
        print(io, ' ')
        word == "elseif" ? show_condition(io, args[1], c) : show_list(io, args, ", ", within(c, 0))
    end
    show_statements(io, body, c, word == "module" || word == "baremodule" ? 0 : indent_step)
end
function show_statements(io::IO, body, c::ExprContext, step::Int=indent_step)
    statements = body isa Expr && body.head in (:block, :quote) ? body.args : Any[body]
    for s in statements
        print(io, '\n', " "^(c.indent + step))
        show_unquoted(io, s, c.indent + step, -1, c.level)
    end
    print(io, '\n', " "^c.indent)
end
# The condition of an elseif is a block of its line and itself.
function show_condition(io::IO, cond, c::ExprContext)
    if is_head(cond, :block)
        show_list(io, cond.args, " ", within(c, -1))
    else
        show_unquoted(io, cond, c.indent + indent_step, -1, c.level)
    end
end
block_args(x) = is_head(x, :block) ? x.args : Any[x]

function show_fallback(io::IO, ex::Expr)
    print(io, "\$(Expr(")
    show(io, ex.head)
    for a in ex.args
        print(io, ", ")
        show(io, a)
    end
    print(io, "))")
end

# Each form has a function that writes it, found by the head; it returns false for an
# expression that no source makes, which is written as $(Expr(...)).
function show_expr(io::IO, ex::Expr, c::ExprContext)
    f = get(form_writers, ex.head, nothing)
    done = f === nothing ? show_other(io, ex, c) : f(io, ex, c)
    done === false && show_fallback(io, ex)
    nothing
end
function show_other(io, ex, c)
    length(ex.args) == 2 && is_assignment(ex.head) || return false
    show_infix(io, ex.args, string(" ", ex.head, " "), max(operator_precedence(ex.head), 1), c)
end
is_assignment(head) = endswith(string(head), '=') && operator_precedence(head) == 1

## calls

const call_brackets = Dict{Symbol,Tuple{String,String}}(:call => ("(", ")"), :calldecl => ("(", ")"), :ref => ("[", "]"), :curly => ("{", "}"), :. => (".(", ")"))
# f(args...; keywords...) with the brackets of the head.
function show_call(io::IO, head::Symbol, f, args, c::ExprContext, keywords::Bool)
    open, close = call_brackets[head]
    bare = f isa Symbol ? f !== :(:) && !(head === :. && isoperator(f)) : f isa GlobalRef || is_head(f, :.) || is_head(f, :curly) || is_head(f, :macroname)
    if bare
        show_unquoted(io, f, c.indent, 0, c.level)
    else
        print(io, '(')
        show_unquoted(io, f, c.indent, 0, c.level)
        print(io, ')')
    end
    print(io, open)
    if !isempty(args) && is_head(args[1], :parameters)
        show_list(io, args[2:end], ", ", within(c, 0); keywords=keywords)
        print(io, "; ")
        show_list(io, args[1].args, ", ", within(c, 0); keywords=keywords)
    else
        show_list(io, args, ", ", within(c, 0); keywords=keywords)
    end
    print(io, close)
end

function write_call(io, ex, c)
    isempty(ex.args) && return false
    f = ex.args[1]
    name = f isa GlobalRef ? f.name : f
    prec = name isa Symbol ? operator_precedence(name) : 0
    (prec > 0 || name in unary_operators) && (f = name)
    args = ex.args[2:end]
    n = length(args)
    if any(a -> is_head(a, :kw), args) || n > 0 && is_head(args[1], :parameters)
        show_call(io, :call, f, args, c, true)
    elseif f === :* && n == 2 && args[1] isa Union{Int,Float32,Float64} && args[2] isa Symbol && is_juxtaposed(args[1], string(args[2]))
        show_infix(io, args, "", prec, c; operators=false)
    elseif f isa Symbol && f in unary_operators && n == 1
        print(io, f)
        a = args[1]
        a isa Expr || a isa Symbol && isoperator(a) ? show_enclosed(io, '(', args, ", ", ')', within(c, prec)) : show_unquoted(io, a, c.indent, prec, c.level)
    elseif prec > 0 && (n == 2 || n > 2 && f in (:+, :++, :*) || n == 3 && f === :(:)) && !any(a -> is_head(a, :...), args)
        show_infix(io, args, f === :(:) ? ":" : string(" ", f, " "), prec, c)
    elseif prec > 0 && n == 1
        print(io, "(", f, ")")
        show_enclosed(io, '(', args, ", ", ')', within(c, 0))
    else
        show_call(io, :call, f, args, c, true)
    end
end
# 2x, but not where the name would read as part of the number.
is_juxtaposed(n, s) = !(s[1] in ('e', 'E', 'f')) && !(n === 0 && s[1] in ('b', 'o', 'x'))

function write_dot(io, ex, c)
    args = ex.args
    if length(args) == 2 && is_head(args[2], :tuple)
        return show_call(io, :., args[1], args[2].args, c, true)
    elseif length(args) == 1 && args[1] isa Symbol && isoperator(args[1])
        return print(io, "(.", args[1], ")")
    end
    length(args) == 2 && is_quoted_name(args[2]) || return false
    x, field = args[1], quoted_name(args[2])
    parens = !is_quoted_name(x) && !(x isa Symbol && isidentifier(x)) && !is_head(x, :.)
    parens && print(io, '(')
    show_unquoted(io, x, c.indent, 0, c.level)
    parens && print(io, ')')
    print(io, '.')
    parens = !(field isa Symbol) || field in quoted_symbols
    (parens || isoperator(field)) && print(io, ':')
    parens && print(io, '(')
    show_unquoted(io, field, c.indent, 0, c.level)
    parens && print(io, ')')
    nothing
end
write_ref(io, ex, c) = isempty(ex.args) ? false : show_call(in_index(io), :ref, ex.args[1], ex.args[2:end], c, true)
write_curly(io, ex, c) = isempty(ex.args) ? false : show_call(io, :curly, ex.args[1], ex.args[2:end], c, false)
write_calldecl(io, ex, c) = show_call(io, :calldecl, ex.args[1], ex.args[2:end], c, true)
write_new(io, ex, c) = show_enclosed(io, string("%", ex.head, "("), ex.args, ", ", ")", within(c, 0))

## operators with heads of their own

function infix_writer(head::Symbol, sep)
    prec = head === :-> ? 0 : operator_precedence(head)
    (io, ex, c) -> length(ex.args) == 2 ? show_infix(io, ex.args, sep, prec, c) : write_prefix(io, ex, c)
end
function write_prefix(io, ex, c)
    length(ex.args) == 1 && ex.head in (:(::), :<:, :>:) || return false
    print(io, ex.head)
    show_unquoted(io, ex.args[1], c.indent, 0, c.level)
end
function write_comparison(io, ex, c)
    n = length(ex.args)
    n >= 3 && isodd(n) || return false
    prec = minimum(operator_precedence, ex.args[2:2:end])
    show_infix(io, ex.args, " ", prec, c; operators=false)
end
function write_splat(io, ex, c)
    length(ex.args) == 1 || return false
    show_unquoted(io, ex.args[1], c.indent, 0, c.level)
    print(io, "...")
end
function write_adjoint(io, ex, c)
    length(ex.args) == 1 || return false
    a = ex.args[1]
    a isa Symbol || print(io, "(")
    show_unquoted(io, a, 0, 0, c.level)
    print(io, a isa Symbol ? "'" : ")'")
end
function write_where(io, ex, c)
    length(ex.args) > 1 || return false
    parens = c.prec >= 1
    parens && print(io, "(")
    show_unquoted(io, ex.args[1], c.indent, operator_precedence(:(::)), c.level)
    print(io, " where ")
    if length(ex.args) == 2
        show_unquoted(io, ex.args[2], c.indent, 1, c.level)
    else
        show_enclosed(io, "{", ex.args[2:end], ", ", "}", within(c, 0))
    end
    parens && print(io, ")")
    nothing
end

## tuples and arrays

function write_tuple(io, ex, c)
    args = ex.args
    inner = within(c, 0)
    print(io, "(")
    if !isempty(args) && is_head(args[1], :parameters)
        show_list(io, args[2:end], ", ", inner)
        length(args) == 2 && print(io, ',')
        print(io, isempty(args[1].args) ? ";" : "; ")
        show_list(io, args[1].args, ", ", inner; keywords=true)
    else
        show_list(io, args, ", ", inner)
        length(args) == 1 && print(io, ',')
    end
    print(io, ")")
end
function bracket_writer(open, close, sep)
    function (io, ex, c)
        args = ex.args
        if ex.head === :typed_vcat || ex.head === :typed_hcat
            show_unquoted(io, args[1], c.indent, c.prec, c.level)
            args = args[2:end]
        end
        show_enclosed(io, open, args, sep, close, within(c, 0))
    end
end
function write_vcat(io, ex, c)
    args = ex.args
    if ex.head === :typed_vcat
        show_unquoted(io, args[1], c.indent, c.prec, c.level)
        args = args[2:end]
    end
    show_enclosed(io, "[", args, "; ", length(args) == 1 ? ";]" : "]", within(c, 0))
end
# [a;; b ;;; c]: the first argument is the dimension.
function write_ncat(io, ex, c)
    args = ex.args
    if ex.head === :typed_ncat
        show_unquoted(io, args[1], c.indent, c.prec, c.level)
        args = args[2:end]
    end
    semicolons = ";"^args[1]
    brackets = ex.head === :nrow ? ("", "") : ("[", "]")
    show_enclosed(io, brackets[1], args[2:end], string(semicolons, " "), string(length(args) == 2 ? semicolons : "", brackets[2]), within(c, 0))
end
function write_generator_in(open, close)
    function (io, ex, c)
        args = ex.args
        if ex.head === :typed_comprehension
            length(args) == 2 || return false
            show_unquoted(io, args[1], c.indent, 0, c.level)
            args = args[2:end]
        end
        gen = ex.head in (:generator, :flatten) ? ex : args[1]
        print(io, open)
        show_generator(io, gen, c)
        print(io, close)
    end
end
function show_generator(io, gen, c)
    inner = within(c, 0)
    is_head(gen, :generator) || is_head(gen, :flatten) || return show_unquoted(io, gen, c.indent, 0, c.level)
    ranges = Any[]
    while is_head(gen, :flatten)
        push!(ranges, gen.args[1].args[2:end])
        gen = gen.args[1].args[1]
    end
    push!(ranges, gen.args[2:end])
    show_unquoted(io, gen.args[1], c.indent, 0, c.level)
    for r in ranges
        print(io, " for ")
        show_list(io, r, ", ", inner)
    end
end
function write_filter(io, ex, c)
    length(ex.args) >= 2 || return false
    show_list(io, ex.args[2:end], ", ", within(c, 0))
    print(io, " if ")
    show_unquoted(io, ex.args[1], c.indent, 0, c.level)
end

## statements

function write_function(io, ex, c)
    io = outside_index(io)
    args = ex.args
    if length(args) == 1
        print(io, ex.head, " ")
        show_unquoted(io, args[1])
        print(io, " end")
    elseif length(args) == 2
        head = ex.head === :function && is_head(args[1], :call) ? Expr(:calldecl, args[1].args...) : args[1]
        show_block(io, string(ex.head), Any[head], args[2], c)
        print(io, "end")
    else
        return false
    end
end
function write_loop(io, ex, c)
    length(ex.args) == 2 || return false
    io = outside_index(io)
    head = ex.args[1]
    show_block(io, string(ex.head), ex.head === :while ? Any[head] : block_args(head), ex.args[2], c)
    print(io, "end")
end
function write_if(io, ex, c)
    args = ex.args
    2 <= length(args) <= 3 || return false
    io = outside_index(io)
    show_block(io, string(ex.head), args[1:1], args[2], c)
    if length(args) == 3 && is_head(args[3], :elseif)
        return write_if(io, args[3], c)
    elseif length(args) == 3
        show_block(io, "else", Any[], args[3], c)
    end
    print(io, "end")
end
function write_do(io, ex, c)
    length(ex.args) == 2 || return false
    io = outside_index(io)
    show_unquoted(io, ex.args[1], c.indent, -1, c.level)
    print(io, " do ")
    show_list(io, ex.args[2].args[1].args, ", ", within(c, 0, 0))
    show_statements(io, ex.args[2].args[2], c)
    print(io, "end")
end
function write_try(io, ex, c)
    args = ex.args
    3 <= length(args) <= 5 || return false
    io = outside_index(io)
    show_block(io, "try", Any[], args[1], c)
    is_head(args[3], :block) && show_block(io, "catch", args[2] === false ? Any[] : args[2:2], args[3], c)
    length(args) == 5 && is_head(args[5], :block) && show_block(io, "else", Any[], args[5], c)
    length(args) >= 4 && is_head(args[4], :block) && show_block(io, "finally", Any[], args[4], c)
    print(io, "end")
end
function write_module(io, ex, c)
    n = length(ex.args)
    n in (3, 4) && ex.args[end-2] isa Bool || return false
    show_block(outside_index(io), ex.args[end-2] ? "module" : "baremodule", ex.args[end-1:end-1], ex.args[end], c)
    print(io, "end")
end
function write_struct(io, ex, c)
    length(ex.args) == 3 || return false
    show_block(outside_index(io), ex.args[1] === true ? "mutable struct" : "struct", ex.args[2:2], ex.args[3], c)
    print(io, "end")
end
function write_type(io, ex, c)
    length(ex.args) == (ex.head === :primitive ? 2 : 1) || return false
    print(io, ex.head, " type ")
    show_list(outside_index(io), ex.args, " ", within(c, 0))
    print(io, " end")
end
function write_block(io, ex, c)
    if !get(io, :within_index, false)
        show_block(io, "begin", Any[], ex, c)
        return print(io, "end")
    end
    ind = c.indent + indent_step
    print(io, '(')
    for (i, a) in enumerate(ex.args)
        # A comment before the first semicolon would make it a NamedTuple.
        i == 1 || i == 2 && ex.args[1] isa LineNumberNode || print(io, ';')
        i == 1 || print(io, "\n", " "^ind)
        show_unquoted(io, a, ind, -1, c.level)
    end
    n = length(ex.args)
    print(io, n == 0 ? ";;)" : n == 1 ? ";)" : ")")
end
function write_word(io, ex, c)
    args = ex.args
    if ex.head in (:break, :continue)
        return isempty(args) ? print(io, ex.head) : false
    end
    ex.head in (:return, :const) && length(args) != 1 && return false
    print(io, ex.head)
    ex.head === :return && args[1] === nothing && return nothing
    print(io, ' ')
    show_list(io, args, ", ", within(c, 0))
end
function write_export(io, ex, c)
    print(io, ex.head, ' ')
    join(io, map(a -> a isa Symbol ? macro_symbol_text(a) : string(a), ex.args), ", ")
end

function write_import(io, ex, c)
    all(is_import, ex.args) || return false
    print(io, ex.head, ' ')
    for (i, a) in enumerate(ex.args)
        i > 1 && print(io, ", ")
        show_import(io, a)
    end
end
is_path(x) = is_head(x, :.) && !isempty(x.args) && all(a -> a isa Symbol, x.args) || is_head(x, :as) && length(x.args) == 2 && is_path(x.args[1])
is_import(x) = is_path(x) || is_head(x, :(:)) && length(x.args) > 1 && all(is_path, x.args)
function show_import(io, x)
    if x.head === :(:)
        show_import(io, x.args[1])
        print(io, ": ")
        for i in 2:length(x.args)
            i > 2 && print(io, ", ")
            show_import(io, x.args[i])
        end
    elseif x.head === :as
        show_import(io, x.args[1])
        print(io, " as ", symbol_text(x.args[2]))
    else
        for (i, s) in enumerate(x.args)
            i > 1 && x.args[i-1] !== :. && print(io, '.')
            print(io, s === :. ? "." : i == length(x.args) ? macro_symbol_text(s) : symbol_text(s))
        end
    end
end

## quotes, strings, macros

function write_quote(io, ex, c)
    args = ex.args
    io = outside_index(io)
    inner = ExprContext(c.indent, 0, c.level + 1)
    if length(args) == 1 && args[1] isa Symbol
        return show_quoted(io, args[1], inner)
    elseif get(io, :unquote_fallback, true)
        return false
    elseif length(args) == 1 && !is_head(args[1], :block)
        print(io, ":(")
        show_unquoted(io, args[1], c.indent + 2, 0, c.level + 1)
        print(io, ")")
    else
        show_block(io, "quote", Any[], length(args) == 1 ? args[1] : ex, inner)
        print(io, "end")
    end
end
function write_interpolation(io, ex, c)
    length(ex.args) == 1 || return false
    ex.head === :$ && get(io, :unquote_fallback, true) && return false
    a = ex.args[1]
    parens = a isa Expr && !(a.head in (:tuple, :$, :vect, :braces)) || a isa Symbol && isoperator(a)
    print(io, ex.head, parens ? "(" : "")
    show_unquoted(io, a, 0, 0, ex.head === :$ ? c.level - 1 : c.level)
    parens && print(io, ")")
    nothing
end
function write_string(io, ex, c)
    args = ex.args
    length(args) == 1 && args[1] isa AbstractString && return show(io, args[1])
    print(io, '"')
    for a in args
        if a isa AbstractString
            escape_string(io, a, "\"\$")
        else
            print(io, "\$(")
            a isa Symbol && !(a in quoted_symbols) ? show_symbol(io, a) : show_unquoted(io, a, 0, 0, c.level)
            print(io, ")")
        end
    end
    print(io, '"')
end
function write_macrocall(io, ex, c)
    args = ex.args
    length(args) >= 2 || return false
    name = args[1]
    of_core(s) = name isa GlobalRef && name.name === s
    if of_core(Symbol("@cmd")) && length(args) == 3
        return print(io, "`", args[3], "`")
    elseif (of_core(Symbol("@int128_str")) || of_core(Symbol("@uint128_str")) || of_core(Symbol("@big_str"))) && length(args) == 3
        return print(io, args[3])
    elseif name isa Symbol && length(args) >= 3 && args[3] isa String && startswith(string(name), "@") && endswith(string(name), "_str")
        print(io, string(name)[2:end-4], '"')
        escape_raw_string(io, args[3])
        print(io, '"')
        return length(args) == 4 ? print(io, args[4]) : nothing
    end
    args[2] isa LineNumberNode && (show_line_node(io, args[2]); print(io, ' '))
    called = Expr(:macroname, name)
    if c.prec >= 0
        show_call(io, :call, called, args[3:end], c, false)
    else
        show_list(io, Any[called, args[3:end]...], ' ', within(c, 0))
    end
end
function write_macroname(io, ex, c)
    name = ex.args[1]
    if name isa Symbol
        print(io, macro_symbol_text(name))
    elseif is_head(name, :.) && length(name.args) == 2 && is_quoted_name(name.args[2])
        m = name.args[1]
        parens = !(m isa Symbol || m isa GlobalRef || is_head(m, :.))
        parens && print(io, "(")
        show_unquoted(io, m)
        print(io, parens ? ")." : ".", macro_symbol_text(quoted_name(name.args[2])))
    else
        show_unquoted(io, name)
    end
end
write_line(io, ex, c) = 1 <= length(ex.args) <= 2 ? show_line_node(io, LineNumberNode(ex.args[1], length(ex.args) == 2 ? Symbol(ex.args[2]) : nothing)) : false

const form_writers = Dict{Symbol,Any}(
    :call => write_call, :. => write_dot, :ref => write_ref, :curly => write_curly, :calldecl => write_calldecl, :new => write_new, :splatnew => write_new,
    :(=) => infix_writer(:(=), " = "), :&& => infix_writer(:&&, " && "), :|| => infix_writer(:||, " || "), :.&& => infix_writer(:.&&, " .&& "),
    :.|| => infix_writer(:.||, " .|| "), :<: => infix_writer(:<:, " <: "), :>: => infix_writer(:>:, " >: "), :--> => infix_writer(:-->, " --> "),
    :-> => infix_writer(:->, "->"), :(::) => infix_writer(:(::), "::"), :(:) => infix_writer(:(:), ":"),
    :comparison => write_comparison, :... => write_splat, Symbol("'") => write_adjoint, :where => write_where,
    :tuple => write_tuple, :vect => bracket_writer("[", "]", ", "), :hcat => bracket_writer("[", "]", " "), :typed_hcat => bracket_writer("[", "]", " "),
    :row => bracket_writer("", "", " "), :braces => bracket_writer("{", "}", ", "), :bracescat => bracket_writer("{", "}", "; "),
    :vcat => write_vcat, :typed_vcat => write_vcat, :ncat => write_ncat, :typed_ncat => write_ncat, :nrow => write_ncat,
    :comprehension => write_generator_in("[", "]"), :typed_comprehension => write_generator_in("[", "]"), :generator => write_generator_in("(", ")"),
    :flatten => write_generator_in("(", ")"), :filter => write_filter,
    :function => write_function, :macro => write_function, :for => write_loop, :while => write_loop, :let => write_loop, :if => write_if, :elseif => write_if,
    :do => write_do, :try => write_try, :module => write_module, :struct => write_struct, :abstract => write_type, :primitive => write_type, :block => write_block,
    :return => write_word, :break => write_word, :continue => write_word, :const => write_word, :local => write_word, :global => write_word,
    :export => write_export, :public => write_export, :import => write_import, :using => write_import,
    :quote => write_quote, :$ => write_interpolation, :& => write_interpolation, :string => write_string,
    :macrocall => write_macrocall, :macroname => write_macroname, :line => write_line, :null => (io, ex, c) -> print(io, "nothing"))
