# Documentation: docstrings stand with the names they are about; here they become
# values, by module, name and signature, and are found again.

"""
    @doc "text" definition
    @doc name
    @doc f(::Type)

Document a definition, or show what is documented about a name: all of it, or what is
for these arguments.
"""
macro doc(args...)
    Docs.docm(__source__, __module__, args...)
end
module_set_const(Core, :var"@doc", var"@doc")
# Not in Docs, where the macro would be run whenever something has a docstring.
warn_of_docs(b, sig, m) = @warn "Replacing docs for `$b :: $sig` in module `$m`"
# Documents a name; the value of a definition that has a docstring.
function document(from, owner, name, text, signature, fields, line)
    set_doc(from, owner, name, text, signature, fields, line)
    Docs.Binding(owner, name)
end

"""
    Docs

Documentation as values: `@doc`, `Docs.doc`, `Docs.meta(module)`, `Docs.hasdoc`,
`Docs.undocumented_names`, and the texts `HTML` and `Text`.
"""
module Docs

export doc, hasdoc, undocumented_names

end
