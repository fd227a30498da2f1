# Writes the reference: one page per area, from the docstrings of Base and the libraries.
#
#     weft docs/reference.jl FOLDER

# The pages and the files of Base whose docstrings stand in them, a star for the rest of a name; "" is for all others.
const PAGES = [
    "numbers" => ["numbers", "int.jl", "float.jl", "number.jl", "math.jl", "bool.jl", "intfuncs.jl", "rational.jl", "complex.jl", "complexfn.jl", "bigint.jl",
        "bigfloat.jl", "irrationals.jl", "numbermods.jl", "hashing.jl", "promotion.jl", "operators.jl", "twiceprecision.jl", "random*", "fastmath.jl"],
    "strings" => ["char.jl", "strings/*", "version.jl", "parse.jl", "uuid.jl"],
    "collections" => ["collections", "abstractarray.jl", "abstractdict.jl", "array*", "bitarray.jl", "bitset.jl", "broadcast*", "cartesian.jl", "dict.jl", "iddict.jl",
        "indices.jl", "linkedlist.jl", "memory.jl", "namedtuple.jl", "pair.jl", "persistentdict.jl", "range.jl", "rangeops.jl", "reinterpretarray.jl", "replace.jl", "set.jl",
        "slices.jl", "some.jl", "sort.jl", "subarray.jl", "tuple.jl", "linalg.jl", "linalg/*"],
    "iteration" => ["iterator*", "reduce.jl", "reducedim.jl", "traits.jl"],
    "types" => ["types", "macros.jl", "essentials.jl", "coretypes.jl", "boot.jl", "enums.jl", "missing.jl", "reflection.jl", "reflectmacros.jl", "method*", "ambiguity.jl",
        "inference.jl", "error*", "trace*", "stacktraces.jl", "opaque.jl"],
    "metaprogramming" => ["meta.jl", "metainfo.jl", "codeinfo.jl", "include.jl", "loading.jl", "doc*", "simdloop.jl", "expr*", "irnodes.jl", "bindings.jl", "compilehints.jl"],
    "tasks" => ["task.jl", "async.jl", "channels.jl", "condition.jl", "lock.jl", "timer.jl", "threads.jl", "asyncmap.jl", "atomics.jl", "once.jl", "cancel*",
        "scopedvalues.jl", "retry.jl", "experimental.jl"],
    "io" => ["io*", "filesystem.jl", "tempfiles.jl", "path.jl", "env.jl", "cmd.jl", "process.jl", "streams.jl", "bufferstream.jl", "secretbuffer.jl", "redirect.jl",
        "multimedia.jl", "displays.jl", "show.jl", "staticshow.jl", "log*", "client.jl", "editless.jl", "sysinfo.jl", "ijulia.jl"],
    "base" => [""],
]
const LIBRARIES = [:ArgTools, :Artifacts, :Base64, :CRC32c, :Dates, :DelimitedFiles, :Distributed, :Downloads, :FileWatching, :Future, :InteractiveUtils, :LibGit2, :Libdl,
    :LinearAlgebra, :Logging, :Markdown, :Mmap, :NetworkOptions, :OhMyThreads, :Pkg, :Printf, :Profile, :Random, :REPL, :Serialization, :SHA, :SharedArrays, :Sockets,
    :SparseArrays, :Statistics, :StyledStrings, :Tar, :Test, :TOML, :UUIDs, :Unicode, :Weft]

page_of(file) = something(findfirst(p -> any(f -> f == file || endswith(f, "*") && startswith(file, chop(f)), p.second), PAGES), length(PAGES))

# The texts about a name, and the file of the first.
function texts(m, name)
    docs = Docs.findall_docs(Docs.Binding(m, name), Union{})
    unique([strip(join(d.text), '\n') for d in docs if !isempty(d.text)]), isempty(docs) ? "" : get(docs[1].data, :path, "")
end

function write_page(path, title, entries)
    open(path, "w") do io
        println(io, "# ", title, "\n\nMade from the docstrings; `?name` shows the same.")
        for (name, ts) in sort!(entries; by=e -> (lowercase(lstrip(e[1], '@')), e[1]))
            println(io, "\n## `", name, "`\n")
            println(io, join(ts, "\n\n---\n\n"))
        end
    end
    length(entries)
end

function write_reference(folder)
    mkpath(folder)
    pages = [Tuple{String,Vector{String}}[] for _ in PAGES]
    for name in names(Base)
        ts, file = texts(Base, name)
        isempty(ts) || push!(pages[page_of(file)], (string(name), ts))
    end
    total = 0
    for ((title, _), entries) in zip(PAGES, pages)
        total += write_page(joinpath(folder, "$title.md"), title, entries)
    end
    for lib in LIBRARIES
        m = Core.eval(Main, Expr(:block, Expr(:import, Expr(:., lib)), lib))
        entries = Tuple{String,Vector{String}}[]
        for name in names(m)
            ts, _ = texts(m, name)
            isempty(ts) || push!(entries, (string(name), ts))
        end
        total += write_page(joinpath(folder, lowercase("$lib.md")), string(lib), entries)
    end
    println(total, " names in ", length(PAGES) + length(LIBRARIES), " pages")
    missing_docs = Docs.undocumented_names(Base)
    println(length(missing_docs), " names of Base have no docstring: ", join(missing_docs, " "))
end

write_reference(only(ARGS))
