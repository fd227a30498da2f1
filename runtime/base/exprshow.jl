# Expressions as source text.

show(io::IO, ex::Expr) = show_quoted(io, ex)
function show_quoted(io::IO, ex::Expr)
    h = ex.head
    if h === :block
        show_block_quote(io, ex)
    elseif h === :quote && length(ex.args) == 1 && ex.args[1] isa Expr && ex.args[1].head === :block
        print(io, ":(")
        show_unquoted(io, ex, 2, 0)
        print(io, ")")
    elseif h in (:struct, :function, :if, :for, :while, :let, :try, :module, :macro, :abstract, :primitive, :do)
        print(io, ":(")
        show_unquoted(io, ex, 2, 0)
        print(io, ")")
    else
        print(io, ":(")
        show_unquoted(io, ex, 2, -1)
        print(io, ")")
    end
end
function show_block_quote(io, ex)
    print(io, "quote")
    show_lines(io, ex.args, 4)
    print(io, "\nend")
end
show(io::IO, q::QuoteNode) = (print(io, ":("); show_unquoted(io, q, 0, -1); print(io, ")"))
show(io::IO, l::LineNumberNode) = show_line_node(io, l)
show_line_node(io, l) = print(io, "#= ", l.file === nothing ? "none" : l.file, ":", l.line, " =#")
show(io::IO, r::GlobalRef) = print(io, ":(", r.mod, ".", r.name, ")")
print(io::IO, ex::Expr) = show_unquoted(io, ex, 0, -1)

"""
    Base.show_unquoted(io, ex)

Write an expression as source, without the `:( )` around it.
"""
show_unquoted(io::IO, ex) = show_unquoted(io, ex, 0, -1)
show_unquoted(io::IO, ex, indent::Int, prec::Int) = show(io, ex)
show_unquoted(io::IO, s::Symbol, indent::Int, prec::Int) = print(io, symbol_text(s))
show_unquoted(io::IO, l::LineNumberNode, indent::Int, prec::Int) = show_line_node(io, l)
show_unquoted(io::IO, r::GlobalRef, indent::Int, prec::Int) = print(io, r.mod, ".", symbol_text(r.name))
function show_unquoted(io::IO, q::QuoteNode, indent::Int, prec::Int)
    v = q.value
    if v isa Symbol
        s = string(v)
        print(io, ":", symbol_is_identifier(v) ? s : isoperator(v) ? (v in (:(:), :(=), :(::), :., :&&, :||, :(=>)) || endswith(s, "=") && !(s in ("==", "<=", ">=", "!=", "===", "!==")) ? "($s)" : s) : string("(", symbol_text(v), ")"))
    elseif v isa Expr
        print(io, "\$(QuoteNode(")
        show(io, v)
        print(io, "))")
    else
        print(io, "\$(QuoteNode(")
        show(io, v)
        print(io, "))")
    end
end
symbol_text(s::Symbol) = symbol_is_identifier(s) || isoperator(s) || startswith(string(s), "@") ? string(s) : string("var", repr(string(s)))

# binding strengths, as the parser has them
function binary_precedence(s::Symbol)
    t = string(s)
    startswith(t, ".") && length(t) > 1 && t != ".." && (t = t[2:end])
    t in ("=", "+=", "-=", "*=", "/=", ":=", "÷=", "%=", "^=", "|=", "&=", "⊻=", "//=", "<<=", ">>=", ">>>=", "\\=") && return 1
    t == "=>" && return 2
    t in ("→", "←", "↔", "-->", "<-->", "⇒") && return 4
    t == "||" && return 5
    t == "&&" && return 6
    t in (">", "<", ">=", "<=", "==", "===", "!=", "!==", "≤", "≥", "≠", "≡", "≢", "≈", "≉", "∈", "∉", "∋", "⊆", "⊇", "⊂", "⊊", "in", "isa", "<:", ">:", "∌", "⊈") && return 7
    t == "<|" && return 8
    t == "|>" && return 9
    t in (":", "..") && return 10
    t in ("+", "-", "|", "⊻", "±", "∓", "∪", "++", "⊕", "∨", "⊽", "⊔") && return 11
    t in ("*", "/", "÷", "%", "&", "\\", "∩", "⋅", "∘", "×", "⊗", "∧", "⊼", "⊓", "⊙", "⋆", "⊚") && return 12
    t == "//" && return 13
    t in ("<<", ">>", ">>>") && return 14
    t in ("^", "↑", "↓") && return 15
    t in ("::",) && return 17
    t in (".",) && return 18
    isoperator(s) && !(t in ("!", "¬", "√", "∛", "∜", "~")) ? 11 : 0
end
right_assoc(s) = binary_precedence(s) in (1, 2, 4, 5, 6, 15) || s in (:<|,)
unary_ops = (:+, :-, :!, :~, :√, :∛, :∜, :¬, :±, :<:, :>:)

function show_lines(io, args, indent)
    for a in args
        print(io, "\n", " "^indent)
        show_unquoted(io, a, indent, -1)
    end
end
function show_body(io, ex, indent)
    args = ex isa Expr && ex.head === :block ? ex.args : Any[ex]
    show_lines(io, args, indent + 4)
end
function show_list(io, args, sep, indent, prec=0, kw=false)
    for i in 1:length(args)
        i > 1 && print(io, sep)
        a = args[i]
        if kw && a isa Expr && a.head === :kw
            show_unquoted(io, a.args[1], indent, 1)
            print(io, " = ")
            show_unquoted(io, a.args[2], indent, 1)
        else
            show_unquoted(io, a, indent, prec)
        end
    end
end
# arguments with keywords behind a semicolon
function show_arguments(io, args, indent, kw=true)
    if !isempty(args) && args[1] isa Expr && args[1].head === :parameters
        show_list(io, args[2:end], ", ", indent, 0, kw)
        print(io, "; ")
        show_list(io, args[1].args, ", ", indent, 0, true)
    else
        show_list(io, args, ", ", indent, 0, kw)
    end
end
function show_callee(io, f, indent)
    if f isa Symbol
        isoperator(f) && !(f in (:(:),)) || f === :(:) ? print(io, isoperator(f) ? symbol_text(f) : f) : print(io, symbol_text(f))
    elseif f isa Expr && !(f.head in (:., :curly, :$, :ref, :call))
        print(io, "(")
        show_unquoted(io, f, indent, 0)
        print(io, ")")
    else
        show_unquoted(io, f, indent, 18)
    end
end
parens(f, io, on) = (on && print(io, "("); f(); on && print(io, ")"); nothing)

function show_unquoted(io::IO, ex::Expr, indent::Int, prec::Int)
    h = ex.head
    args = ex.args
    n = length(args)
    if h === :call && n >= 1
        show_call_expr(io, ex, indent, prec)
    elseif h === :. && n == 2 && args[2] isa QuoteNode && args[2].value isa Symbol
        show_unquoted(io, args[1], indent, 18)
        print(io, ".", isoperator(args[2].value) ? ":" * string(args[2].value) : symbol_text(args[2].value))
    elseif h === :. && n == 2 && args[2] isa Expr && args[2].head === :tuple
        show_callee(io, args[1], indent)
        print(io, ".(")
        show_arguments(io, args[2].args, indent)
        print(io, ")")
    elseif h === :. && n == 1
        print(io, "(.", args[1], ")")
    elseif h in (:(=), :+=, :-=, :*=, :/=, :^=, :÷=, :%=, :|=, :&=, :⊻=, ://=, :<<=, :>>=, :>>>=, :.=, :.+=, :.-=, :.*=, :./=, :.^=) && n == 2
        parens(io, prec >= 1) do
            show_unquoted(io, args[1], indent, 1)
            print(io, " ", h, " ")
            show_unquoted(io, args[2], indent, 0)
        end
    elseif h === :kw && n == 2
        show_unquoted(io, args[1], indent, 1)
        print(io, " = ")
        show_unquoted(io, args[2], indent, 1)
    elseif h in (:&&, :||) && n == 2
        p = binary_precedence(h)
        parens(io, prec >= p) do
            show_unquoted(io, args[1], indent, p)
            print(io, " ", h, " ")
            show_unquoted(io, args[2], indent, p - 1)
        end
    elseif h === :comparison
        parens(io, prec >= 7) do
            for i in 1:n
                i > 1 && print(io, " ")
                iseven(i) ? print(io, args[i]) : show_unquoted(io, args[i], indent, 7)
            end
        end
    elseif h === :(::)
        if n == 2
            show_unquoted(io, args[1], indent, 17)
            print(io, "::")
            show_unquoted(io, args[2], indent, 17)
        else
            print(io, "::")
            show_unquoted(io, args[1], indent, 17)
        end
    elseif (h === :<: || h === :>:) && n == 2
        parens(io, prec >= 7) do
            show_unquoted(io, args[1], indent, 7)
            print(io, " ", h, " ")
            show_unquoted(io, args[2], indent, 7)
        end
    elseif (h === :<: || h === :>:) && n == 1
        print(io, h)
        show_unquoted(io, args[1], indent, 17)
    elseif h === :-> && n == 2
        parens(io, prec >= 1) do
            a = args[1]
            a isa Expr && a.head === :tuple ? (print(io, "("); show_arguments(io, a.args, indent); print(io, ")")) :
                a isa Expr && a.head === :(::) ? (print(io, "("); show_unquoted(io, a, indent, 0); print(io, ")")) : show_unquoted(io, a, indent, 1)
            print(io, "->")
            if args[2] isa Expr && args[2].head === :block
                print(io, "begin")
                show_body(io, args[2], indent)
                print(io, "\n", " "^indent, "end")
            else
                show_unquoted(io, args[2], indent, 0)
            end
        end
    elseif h === :tuple
        if n == 1 && !(args[1] isa Expr && args[1].head === :parameters)
            print(io, "(")
            show_unquoted(io, args[1], indent, 0)
            print(io, ",)")
        else
            print(io, "(")
            show_arguments(io, args, indent)
            print(io, ")")
        end
    elseif h === :parameters
        print(io, "; ")
        show_list(io, args, ", ", indent, 0, true)
    elseif h === :vect
        print(io, "[")
        show_arguments(io, args, indent)
        print(io, "]")
    elseif h === :braces
        print(io, "{")
        show_arguments(io, args, indent)
        print(io, "}")
    elseif h === :hcat || h === :row
        h === :hcat && print(io, "[")
        show_list(io, args, " ", indent, 12)
        h === :hcat && print(io, "]")
    elseif h === :vcat
        print(io, "[")
        show_list(io, args, "; ", indent)
        print(io, "]")
    elseif h === :typed_hcat || h === :typed_vcat
        show_unquoted(io, args[1], indent, 18)
        print(io, "[")
        show_list(io, args[2:end], h === :typed_hcat ? " " : "; ", indent)
        print(io, "]")
    elseif h === :ref
        show_callee(io, args[1], indent)
        print(io, "[")
        show_arguments(io, args[2:end], indent)
        print(io, "]")
    elseif h === :curly
        show_callee(io, args[1], indent)
        print(io, "{")
        show_arguments(io, args[2:end], indent, false)
        print(io, "}")
    elseif h === :where
        show_unquoted(io, args[1], indent, 17)
        print(io, " where ")
        if n == 2 && !(args[2] isa Expr && args[2].head === :braces)
            show_unquoted(io, args[2], indent, 17)
        else
            print(io, "{")
            show_list(io, args[2:end], ", ", indent)
            print(io, "}")
        end
    elseif h === :...
        show_unquoted(io, args[1], indent, 17)
        print(io, "...")
    elseif h === :$
        a = args[1]
        if a isa Symbol
            print(io, "\$", a)
        else
            print(io, "\$(")
            show_unquoted(io, a, indent, 0)
            print(io, ")")
        end
    elseif h === :& && n == 1
        print(io, "&")
        show_unquoted(io, args[1], indent, 17)
    elseif h === Symbol("'")
        show_unquoted(io, args[1], indent, 17)
        print(io, "'")
    elseif h === :string
        print(io, '"')
        for a in args
            if a isa AbstractString
                print(io, escape_string(a, "\"\$"))
            elseif a isa Symbol
                print(io, "\$(", a, ")")
            else
                print(io, "\$(")
                show_unquoted(io, a, indent, 0)
                print(io, ")")
            end
        end
        print(io, '"')
    elseif h === :quote && n == 1
        a = args[1]
        if a isa Expr && a.head === :block
            show_block_at(io, "quote", a, indent)
        elseif a isa Symbol
            show_unquoted(io, QuoteNode(a), indent, prec)
        else
            print(io, ":(")
            show_unquoted(io, a, indent, 0)
            print(io, ")")
        end
    elseif h === :block
        show_block_at(io, "begin", ex, indent)
    elseif h === :toplevel
        print(io, "\$(Expr(:toplevel")
        for a in args
            print(io, ", ")
            show(io, a)
        end
        print(io, "))")
    elseif h === :return
        print(io, "return")
        n > 0 && args[1] !== nothing ? (print(io, " "); show_unquoted(io, args[1], indent, 0)) : n > 0 && print(io, " nothing")
    elseif h in (:break, :continue) && n == 0
        print(io, h)
    elseif h in (:local, :global, :const, :outer)
        print(io, h, " ")
        show_list(io, args, ", ", indent)
    elseif h === :if || h === :elseif
        show_if(io, ex, indent)
    elseif h === :for || h === :while
        print(io, h, " ")
        a = args[1]
        h === :for && a isa Expr && a.head === :block ? show_list(io, a.args, ", ", indent) : show_unquoted(io, a, indent, -1)
        show_body(io, args[2], indent)
        print(io, "\n", " "^indent, "end")
    elseif h === :let
        print(io, "let")
        a = args[1]
        if a isa Expr && a.head === :block
            isempty(a.args) || print(io, " ")
            show_list(io, a.args, ", ", indent)
        else
            print(io, " ")
            show_unquoted(io, a, indent, -1)
        end
        show_body(io, args[2], indent)
        print(io, "\n", " "^indent, "end")
    elseif h === :function || h === :macro
        print(io, h, " ")
        show_unquoted(io, args[1], indent, -1)
        n > 1 && show_body(io, args[2], indent)
        print(io, n > 1 ? "\n" * " "^indent : " ", "end")
    elseif h === :do
        show_unquoted(io, args[1], indent, 0)
        print(io, " do ")
        show_list(io, args[2].args[1].args, ", ", indent)
        show_body(io, args[2].args[2], indent)
        print(io, "\n", " "^indent, "end")
    elseif h === :struct
        print(io, args[1] === true ? "mutable struct " : "struct ")
        show_unquoted(io, args[2], indent, -1)
        show_body(io, args[3], indent)
        print(io, "\n", " "^indent, "end")
    elseif h === :abstract
        print(io, "abstract type ")
        show_unquoted(io, args[1], indent, -1)
        print(io, " end")
    elseif h === :primitive
        print(io, "primitive type ")
        show_list(io, args, " ", indent)
        print(io, " end")
    elseif h === :module
        print(io, args[1] === true ? "module " : "baremodule ", args[2])
        show_lines(io, args[3].args, indent + 4)
        print(io, "\n", " "^indent, "end")
    elseif h === :try
        print(io, "try")
        show_body(io, args[1], indent)
        if args[3] !== false || args[2] !== false
            print(io, "\n", " "^indent, "catch", args[2] === false ? "" : string(" ", args[2]))
            args[3] === false || show_body(io, args[3], indent)
        end
        if n >= 5
            print(io, "\n", " "^indent, "else")
            show_body(io, args[5], indent)
        end
        if n >= 4 && args[4] !== false
            print(io, "\n", " "^indent, "finally")
            show_body(io, args[4], indent)
        end
        print(io, "\n", " "^indent, "end")
    elseif h === :generator || h === :comprehension || h === :typed_comprehension || h === :flatten || h === :filter
        show_comprehension(io, ex, indent)
    elseif h === :macrocall
        show_macrocall(io, ex, indent, prec)
    elseif (h === :using || h === :import)
        print(io, h, " ")
        show_imports(io, args)
    elseif h === :export || h === :public
        print(io, h, " ", join(args, ", "))
    elseif h === :as
        show_path(io, args[1])
        print(io, " as ", args[2])
    elseif h === :escape
        print(io, "\$(Expr(:escape, ")
        show(io, args[1])
        print(io, "))")
    else
        print(io, "\$(Expr(")
        show(io, h)
        for a in args
            print(io, ", ")
            show(io, a)
        end
        print(io, "))")
    end
    nothing
end
function show_block_at(io, word, ex, indent)
    print(io, word)
    show_lines(io, ex.args, indent + 4)
    print(io, "\n", " "^indent, "end")
end
function show_if(io, ex, indent)
    print(io, ex.head, " ")
    show_unquoted(io, ex.args[1], indent, -1)
    show_body(io, ex.args[2], indent)
    if length(ex.args) == 3
        e = ex.args[3]
        print(io, "\n", " "^indent)
        if e isa Expr && e.head === :elseif
            show_if(io, e, indent)
            return
        end
        print(io, "else")
        show_body(io, e, indent)
    end
    print(io, "\n", " "^indent, "end")
end
function show_path(io, ex)
    if ex isa Expr && ex.head === :.
        names = ex.args
        i = 1
        while i <= length(names) && names[i] === :.
            print(io, ".")
            i += 1
        end
        print(io, join(names[i:end], "."))
    elseif ex isa Expr && ex.head === :as
        show_path(io, ex.args[1])
        print(io, " as ", ex.args[2])
    else
        print(io, ex)
    end
end
function show_imports(io, args)
    if length(args) == 1 && args[1] isa Expr && args[1].head === :(:)
        show_path(io, args[1].args[1])
        print(io, ": ")
        for i in 2:length(args[1].args)
            i > 2 && print(io, ", ")
            show_path(io, args[1].args[i])
        end
    else
        for i in 1:length(args)
            i > 1 && print(io, ", ")
            show_path(io, args[i])
        end
    end
end
function show_comprehension(io, ex, indent)
    if ex.head === :comprehension
        print(io, "[")
        show_generator(io, ex.args[1], indent)
        print(io, "]")
    elseif ex.head === :typed_comprehension
        show_unquoted(io, ex.args[1], indent, 18)
        print(io, "[")
        show_generator(io, ex.args[2], indent)
        print(io, "]")
    else
        print(io, "(")
        show_generator(io, ex, indent)
        print(io, ")")
    end
end
function show_generator(io, ex, indent)
    if !(ex isa Expr)
        show_unquoted(io, ex, indent, 0)
    elseif ex.head === :flatten
        inner = ex.args[1]
        show_generator(io, inner.args[1], indent)
        print(io, " for ")
        show_iterations(io, inner.args[2:end], indent)
    elseif ex.head === :generator
        show_unquoted(io, ex.args[1], indent, 0)
        print(io, " for ")
        show_iterations(io, ex.args[2:end], indent)
    else
        show_unquoted(io, ex, indent, 0)
    end
end
function show_iterations(io, its, indent)
    if length(its) == 1 && its[1] isa Expr && its[1].head === :filter
        show_list(io, its[1].args[2:end], ", ", indent)
        print(io, " if ")
        show_unquoted(io, its[1].args[1], indent, 0)
    else
        show_list(io, its, ", ", indent)
    end
end
function show_macrocall(io, ex, indent, prec)
    m = ex.args[1]
    rest = filter(a -> !(a isa LineNumberNode), ex.args[2:end])
    if m === Symbol("@cmd") || m isa GlobalRef && m.name === Symbol("@cmd") && length(rest) == 1
        print(io, '`', rest[1], '`')
        return
    end
    if m isa Symbol && endswith(string(m), "_str") && length(rest) >= 1 && rest[1] isa AbstractString
        print(io, string(m)[2:end-4], '"', rest[1], '"')
        length(rest) > 1 && print(io, rest[2])
        return
    end
    parens(io, prec >= 0 && !isempty(rest)) do
        m isa GlobalRef ? print(io, m.mod, ".", m.name) : show_unquoted(io, m, indent, 18)
        if !isempty(ex.args) && length(ex.args) > 1 && ex.args[2] isa LineNumberNode
            print(io, " ")
            show_line_node(io, ex.args[2])
        end
        for a in rest
            print(io, " ")
            show_unquoted(io, a, indent, -1)
        end
    end
end
function show_call_expr(io, ex, indent, prec)
    f = ex.args[1]
    args = ex.args[2:end]
    n = length(args)
    plain = !any(a -> a isa Expr && a.head in (:parameters, :kw, :...), args)
    if f isa Symbol && isoperator(f) && plain
        p = binary_precedence(f)
        if n == 1 && (f in unary_ops || p == 0 && f !== :(:))
            a = args[1]
            parens(io, prec >= 15) do
                print(io, f)
                wrap = a isa Expr && (a.head === :call && a.args[1] isa Symbol && isoperator(a.args[1]) && length(a.args) > 2 || a.head in (:&&, :||, :comparison, :(=)))
                parens(() -> show_unquoted(io, a, indent, wrap ? 0 : 15), io, wrap)
            end
            return
        end
        # a product of a number and a name: 2x
        if f === :* && n == 2 && args[1] isa Union{Int,Float64} && args[2] isa Symbol && args[1] >= 0 && !(first(string(args[2])) in "eEfF_")
            parens(io, prec >= 15) do
                print(io, args[1], args[2])
            end
            return
        end
        if p > 0 && (n == 2 || n > 2 && f in (:+, :*, :++)) || f === :(:) && n in (2, 3)
            parens(io, prec >= p) do
                for i in 1:n
                    i > 1 && print(io, p in (10,) ? string(f) : (f === :^ || f === :.^) ? string(" ", f, " ") : string(" ", f, " "))
                    show_operand(io, args[i], indent, right_assoc(f) ? (i < n ? p : p - 1) : (i > 1 ? p : p - 1), f, i)
                end
            end
            return
        end
    end
    show_callee(io, f, indent)
    print(io, "(")
    show_arguments(io, args, indent)
    print(io, ")")
end
function show_operand(io, a, indent, prec, op, i)
    if a isa Number && (a isa Real && a < 0) && op === :^ && i == 1
        print(io, "(")
        show(io, a)
        print(io, ")")
    else
        show_unquoted(io, a, indent, prec)
    end
end
