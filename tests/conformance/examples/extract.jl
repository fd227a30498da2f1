# Writes the examples in the docstrings of a Julia 1.5 that a REPL can show, and whether that Julia
# itself gives what they say. Each example is a group of inputs that share a module:
#
#     julia extract.jl [PAGE] > FILE
#
# With a page of the manual in HTML, its examples, which share a module.
#
# FILE is lines of fields that tabs separate, with \n, \t and \\ escaped:
#
#     D module name            a docstring begins
#     I input expected got     one input of it: the text in the docstring, and what this Julia shows
using Base.Docs

const libraries = [:LinearAlgebra, :Random, :Statistics, :Dates, :Printf, :Test, :Markdown, :Unicode, :UUIDs, :SHA, :Base64,
    :DelimitedFiles, :Logging, :Sockets, :Serialization, :SparseArrays, :CRC32c, :FileWatching, :InteractiveUtils, :Mmap, :Profile,
    :Distributed, :SharedArrays, :Future]
for l in libraries
    Core.eval(Main, :(import $l))
end

escaped(s) = replace(replace(replace(s, "\\" => "\\\\"), "\n" => "\\n"), "\t" => "\\t")

# The inputs and expected texts of the blocks that begin with a prompt.
function examples(text)
    out = Tuple{String,String}[]
    for block in eachmatch(r"^```(?:jldoctest|julia-repl|julia)[^\n]*\n(.*?)^```"ms, text)
        body = block.captures[1]
        occursin(r"^julia> "m, body) || continue
        for piece in split("\n" * body, "\njulia> ")[2:end]
            lines = split(piece, '\n')
            n = 1
            while n < length(lines) && startswith(lines[n+1], "       ") && Meta.isexpr(Meta.parseall_(join(lines[1:n], "\n")), :incomplete)
                n += 1
            end
            push!(out, (join([i == 1 ? lines[i] : lines[i][8:end] for i in 1:n], "\n"), rstrip(join(lines[n+1:end], "\n"))))
        end
    end
    out
end
@eval Meta parseall_(s) = try
    pos, last = 1, nothing
    while pos <= ncodeunits(s)
        last, pos = parse(s, pos; raise = false)
        Meta.isexpr(last, :incomplete) && return last
    end
    last
catch
    nothing
end

# What a REPL prints and shows for an input.
function shown(m, input)
    path, io = mktemp()
    text = ""
    value = nothing
    failed = false
    try
        redirect_stdout(io) do
            redirect_stderr(io) do
                try
                    value = include_string(m, input)
                catch err
                    failed = true
                    err isa LoadError && (err = err.error)
                    print("ERROR: ")
                    Base.invokelatest(showerror, stdout, err)
                end
                if !failed && value !== nothing && !endswith(input, ";")
                    Base.invokelatest(show, IOContext(stdout, :limit => true, :displaysize => (24, 80), :module => m), MIME("text/plain"), value)
                end
            end
        end
        flush(io)
        text = read(path, String)
    finally
        close(io)
        rm(path; force = true)
    end
    rstrip(text)
end

# Writes the examples of a docstring or a page, which share a module.
function report(top, name, list, library)
    println("D\t", top, "\t", escaped(name))
    m = Module(:Main)
    Core.eval(m, :(eval(x) = Core.eval($m, x); include(x) = Base.include($m, x)))
    library === nothing || Core.eval(m, :(using $library))
    for (input, want) in list
        got = try
            shown(m, input)
        catch err
            string("?? ", err)
        end
        println("I\t", escaped(input), "\t", escaped(want), "\t", escaped(got))
    end
    flush(stdout)
end

const entities = ["&gt;" => ">", "&lt;" => "<", "&quot;" => "\"", "&#39;" => "'", "&amp;" => "&"]

if isempty(ARGS)
    for mod in Docs.modules
        top = string(mod)
        root = split(top, '.')[1]
        for (binding, multi) in Docs.meta(mod)
            for sig in multi.order
                text = join(filter(x -> x isa AbstractString, collect(multi.docs[sig].text)))
                list = examples(text)
                isempty(list) || report(top, string(binding), list, root in ("Base", "Core", "Main") ? nothing : Symbol(root))
            end
        end
    end
else
    # a page of the manual, as HTML
    page = read(ARGS[1], String)
    list = Tuple{String,String}[]
    for block in eachmatch(r"<pre><code[^>]*>(.*?)</code>"s, page)
        text = replace(block.captures[1], r"<[^>]*>" => "")
        text = foldl(replace, entities; init = text)
        append!(list, examples("```julia-repl\n" * text * "\n```\n"))
    end
    isempty(list) || report("manual/" * splitext(basename(ARGS[1]))[1], splitext(basename(ARGS[1]))[1], list, nothing)
end
