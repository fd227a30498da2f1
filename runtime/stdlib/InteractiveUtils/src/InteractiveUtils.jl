# InteractiveUtils: what a session offers to look around. It is part of Base here.

"""
    InteractiveUtils

What a session offers to look around: `subtypes`, `methodswith`, `@which`, `varinfo`,
`versioninfo` and their kin.
"""
module InteractiveUtils

using Base: apropos, clipboard, define_editor, edit, editor, less, code_llvm, code_lowered, code_native, code_typed, code_warntype, methodswith, subtypes, supertypes, varinfo, versioninfo,
    @code_llvm, @code_lowered, @code_native, @code_typed, @code_warntype, @edit, @functionloc, @less, @which

export apropos, clipboard, code_llvm, code_lowered, code_native, code_typed, code_warntype, edit, less, methodswith, peakflops, subtypes, supertypes,
    varinfo, versioninfo, @code_llvm, @code_lowered, @code_native, @code_typed, @code_warntype, @edit, @functionloc, @less, @time_imports, @trace_compile,
    @trace_dispatch, @which

"`peakflops(n=4096)`: how many operations on numbers a second the product of two matrices reaches; see `LinearAlgebra.peakflops`."
peakflops(n::Integer=4096; kw...) = Base.LinearAlgebra.peakflops(n; kw...)
"`gen_call_with_extracted_types(module, f, expr)`: the expression that calls `f` with the function of a call and the types of its arguments."
gen_call_with_extracted_types(m::Module, f, ex, kws=Expr[]) = Base.reflect_call(m, f, ex, Any[Expr(:kw, k.args...) for k in kws])

"`@time_imports expr`: evaluate an expression. Elsewhere this prints how long packages took to load, which is not noted here."
macro time_imports(ex)
    esc(ex)
end
"`@trace_compile expr`: evaluate an expression. Nothing is compiled here that could be traced."
macro trace_compile(ex)
    esc(ex)
end
"`@trace_dispatch expr`: evaluate an expression. Elsewhere this prints the calls that are decided as the program runs; here all are."
macro trace_dispatch(ex)
    esc(ex)
end

end
