# Writes the reference: one page per area, from the docstrings of Base and the libraries.
#
#     weft docs/reference.jl FOLDER

# The pages and the files of Base whose docstrings stand in them; "" is for the rest.
const PAGES = [
    "numbers" => ["numbers", "int.jl", "float.jl", "number.jl", "math.jl", "bool.jl", "intfuncs.jl", "rational.jl", "complex.jl", "complexfn.jl", "bigint.jl",
        "bigfloat.jl", "irrationals.jl", "numbermods.jl", "hashing.jl", "promotion.jl", "operators.jl", "twiceprecision.jl", "random.jl", "randommisc.jl"],
    "strings" => ["char.jl", "strings/*", "version.jl", "parse.jl", "uuid.jl"],
    "collections" => ["collections", "abstractarray.jl", "array.jl", "arraymore.jl", "arrayshape.jl", "bitarray.jl", "bitset.jl", "broadcast.jl", "dict.jl", "indices.jl",
        "namedtuple.jl", "pair.jl", "range.jl", "rangeops.jl", "reinterpretarray.jl", "replace.jl", "set.jl", "slices.jl", "some.jl", "sort.jl", "subarray.jl",
        "tuple.jl", "linalg.jl", "linalg/*"],
    "iteration" => ["iterators.jl", "reduce.jl", "reducedim.jl", "traits.jl"],
    "types" => ["types", "essentials.jl", "coretypes.jl", "boot.jl", "enums.jl", "missing.jl", "reflection.jl", "methodshow.jl", "errorshow.jl", "stacktraces.jl"],
    "metaprogramming" => ["meta.jl", "metainfo.jl", "codeinfo.jl", "include.jl", "docs.jl", "simdloop.jl", "expr.jl", "compilehints.jl"],
    "tasks" => ["task.jl", "channels.jl", "condition.jl", "lock.jl", "timer.jl", "threads.jl", "asyncmap.jl", "atomics.jl", "once.jl", "cancellation.jl",
        "scopedvalues.jl", "retry.jl", "experimental.jl"],
    "io" => ["io", "io.jl", "iobuffer.jl", "iostream.jl", "iotransfer.jl", "filesystem.jl", "path.jl", "env.jl", "cmd.jl", "process.jl", "streams.jl", "redirect.jl",
        "multimedia.jl", "show.jl", "logging.jl", "client.jl", "sysinfo.jl", "ijulia.jl"],
    "base" => [""],
]
const LIBRARIES = [:Base64, :CRC32c, :Dates, :DelimitedFiles, :Distributed, :FileWatching, :Libdl, :LinearAlgebra, :Logging, :Markdown, :Mmap, :Printf, :Random, :Serialization,
    :SHA, :SharedArrays, :Sockets, :Statistics, :TOML, :Test, :UUIDs, :Unicode, :Weft]

page_of(file) = something(findfirst(p -> any(f -> f == file || endswith(f, "/*") && startswith(file, chop(f)), p.second), PAGES), length(PAGES))

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
