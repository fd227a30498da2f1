# Methods as HTML, for notebooks.

"Whether a module is Base or one of its own."
inbase(m::Module) = m === Base || (p = parentmodule(m); p !== m && p !== Main && inbase(p))

# What a program that moves code about says of a method's place: (file, line).
const methodloc_callback = RefValue{Any}(nothing)
method_place(m::Method) = methodloc_callback[] === nothing ? (m.file, m.line) : invokelatest(methodloc_callback[], m)

html_text(x) = replace(string(x), '&' => "&amp;", '<' => "&lt;", '>' => "&gt;")
function show(io::IO, ::MIME"text/html", m::Method)
    sig = unwrap_unionall(m.sig)
    ps, names = sig.parameters, m.argnames
    print(io, html_text(method_title(m, ps[1])), "(")
    for i in 2:length(ps)
        i > 2 && print(io, ", ")
        n = i <= length(names) ? names[i] : Symbol("")
        hidden = n === Symbol("#unused#") || n === Symbol("")
        hidden || print(io, html_text(symbol_text(n)))
        p = ps[i]
        rest = isvarargtype(p)
        T = rest ? something(p.T, Any) : p
        T === Any && !hidden || print(io, "::<b>", html_text(type_or_variable(T)), "</b>")
        rest && print(io, "...")
    end
    isempty(m.kwnames) || print(io, "; <i>", html_text(join(map(keyword_text, m.kwnames), ", ")), "</i>")
    print(io, ")")
    vars = Any[]
    s = m.sig
    while s isa UnionAll
        push!(vars, s.var)
        s = s.body
    end
    isempty(vars) || print(io, "<i> where ", html_text(length(vars) == 1 ? vars[1] : string("{", join(vars, ", "), "}")), "</i>")
    file, line = method_place(m)
    print(io, " in ", m.module, " at ", html_text(file), ":", line)
end
function show(io::IO, mime::MIME"text/html", l::MethodList)
    f, n = l.f, length(l)
    print(io, n, n == 1 ? " method" : " methods", " for ")
    print(io, f isa Type ? "type constructor" : f isa Function ? string("generic function <b>", html_text(nameof(f)), "</b>") : "callable object", ":<ul>")
    for m in l
        print(io, "<li> ")
        show(io, mime, m)
        print(io, "</li> ")
    end
    print(io, "</ul>")
end

"""
    Base.GIT_VERSION_INFO

Which commit this Julia is built from: none, as it is not built from Julia's sources.
"""
struct GitVersionInfo
    commit::String
    commit_short::String
    branch::String
    build_number::Int
    date_string::String
    tagged_commit::Bool
end
const GIT_VERSION_INFO = GitVersionInfo("", "", "", 0, "", true)
"Where the source of a method can be read on the web: nowhere, an empty string."
url(m::Method) = ""
