# What Base has of module Docs, and the search through all docstrings.

const var"@html_str" = Docs.var"@html_str"
const var"@text_str" = Docs.var"@text_str"
const HTML = Docs.HTML
const Text = Docs.Text

"""
    apropos([io,] text or regex)

Print the names whose documentation speaks of something.
"""
apropos(needle) = apropos(stdout, needle)
apropos(io::IO, s::AbstractString) = apropos(io, Regex("\\Q$s", "i"))
function apropos(io::IO, needle::Regex)
    foreach(n -> Docs.load(Docs.Binding(Base, n)), names(Base))
    Docs.takeup_all()
    for m in Docs.modules, (b, d) in sort!(collect(Docs.metaof(m)); by=p -> string(p.first))
        Docs.docsearch(d, needle) && println(io, b.var === nameof(m) ? m : b)
    end
end
