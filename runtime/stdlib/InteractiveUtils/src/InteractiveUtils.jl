# InteractiveUtils: what a session offers to look around. It is part of Base here.

"""
    InteractiveUtils

What a session offers to look around: `subtypes`, `methodswith`, `@which`, `varinfo`,
`versioninfo` and their kin.
"""
module InteractiveUtils

using Base: apropos, clipboard, editor, code_llvm, code_lowered, code_native, code_typed, code_warntype, methodswith, subtypes, supertypes, varinfo, versioninfo,
    @code_llvm, @code_lowered, @code_native, @code_typed, @code_warntype, @edit, @functionloc, @less, @which

export apropos, clipboard, code_llvm, code_lowered, code_native, code_typed, code_warntype, methodswith, subtypes, supertypes, varinfo, versioninfo,
    @code_llvm, @code_lowered, @code_native, @code_typed, @code_warntype, @edit, @functionloc, @less, @which

end
