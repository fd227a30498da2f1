# REPL: what programs use of the prompt's library: help by name and symbols by their
# LaTeX names. The prompt itself is the command's.

"""
    REPL

What the prompt knows besides evaluating: help (`REPL.@repl`), names that a module can
reach (`REPL.accessible`).
"""
module REPL

using Markdown
using Base.Docs: Docs, Binding, DocStr, MultiDoc, doc, docsearch

"""
    REPL.@repl expr

What `?expr` shows at the prompt.
"""
macro repl(ex, brief::Bool=false)
    _repl(ex, brief)
end
_repl(x, brief::Bool=true) = lookup(x)
function _repl(s::Symbol, brief::Bool=true)
    :(@doc $(esc(s)))
end
function _repl(x::Expr, brief::Bool=true)
    x.head === :call || return lookup(x)
    args = Any[bytype(a) for a in x.args[2:end]]
    named = Any[]
    for a in args
        a isa Expr && a.head === :parameters ? append!(named, a.args) : a isa Expr && a.head === :kw && push!(named, a)
    end
    filter!(a -> !(a isa Expr && a.head in (:parameters, :kw)), args)
    isempty(named) || pushfirst!(args, Expr(:parameters, named...))
    lookup(Expr(:call, x.args[1], args...))
end
lookup(x) = esc(:(@doc $x))

# An argument as a signature has it: its type.
bytype(a) = :(::typeof($a))
function bytype(a::Expr)
    a.head in (:(::), :...) && return a
    a.head === :kw && return Expr(:kw, :($(a.args[1])::typeof($(a.args[2]))), a.args[2])
    a.head === :parameters && return Expr(:parameters, map(bytype, a.args)...)
    :(::typeof($a))
end

include("completions.jl")
using .REPLCompletions: latex_symbols, emoji_symbols, symbol_latex

"""
    REPL.repl_latex(io, text)

Say how a character, or each of several, can be typed, if there is a way.
"""
function repl_latex(io::IO, s::String)
    how = symbol_latex(s)
    if isempty(how)
        parts = [isascii(c) ? string(c) : symbol_latex(string(c)) for c in s]
        (all(isascii, s) || any(isempty, parts)) && return nothing
        how = join((startswith(p, '\\') ? p * "<tab>" : p for p in parts))
    else
        how *= "<tab>"
    end
    println(io, '"', s, "\" can be typed by ", how, '\n')
end
repl_latex(s::String) = repl_latex(stdout, s)

"""
    REPL.accessible(module)

The names that a program in a module can use, as strings.
"""
accessible(m::Module) = unique!(String[string(n) for n in vcat(names(m; all=true, imported=true), names(Base), names(Core)) if !startswith(string(n), '#')])

"""
    REPL.doc_completions(text, module=Main)

The names that have a meaning or documentation, those nearest to a text first.
"""
function doc_completions(name::AbstractString, m::Module=Main)
    words = String[string(e[1]) for e in Base.BaseDocs.keywords]
    others = ["?", "=", "[]", "[", "]", "{}", "{", "}", ";", "", "'", "&&", "||", "julia", "Julia", "new", "@var_str"]
    sort!(unique!(vcat(words, others, accessible(m))); by=w -> (w != name, !startswith(w, name), !occursin(name, w), w))
end

end
