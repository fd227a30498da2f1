# TOML: files of settings.

"""
    TOML

`TOML.parse`, `TOML.parsefile` and `TOML.print`: settings in TOML as dictionaries.
"""
module TOML

using Dates

include("read.jl")
include("write.jl")

"""
    TOML.parse(text)
    TOML.parse(io)

The settings that a text writes, as a `Dict{String,Any}`; a `TOML.ParserError` if there
is a mistake in it.
"""
parse(s::AbstractString) = parse_document(String(s), nothing)
parse(io::IO) = parse(read(io, String))
"""
    TOML.tryparse(text)

The settings that a text writes, or the `TOML.ParserError`.
"""
function tryparse(x)
    try
        parse(x)
    catch e
        e isa ParserError ? e : rethrow()
    end
end
"""
    TOML.parsefile(path)

The settings in a file.
"""
parsefile(path::AbstractString) = parse_document(read(path, String), abspath(path))
"""
    TOML.tryparsefile(path)

The settings in a file, or the `TOML.ParserError`.
"""
function tryparsefile(path::AbstractString)
    try
        parsefile(path)
    catch e
        e isa ParserError ? e : rethrow()
    end
end
"A reader of TOML; `TOML.parse(p, text)` reads with it."
struct Parser end
parse(::Parser, x) = parse(x)
tryparse(::Parser, x) = tryparse(x)
parsefile(::Parser, x) = parsefile(x)
tryparsefile(::Parser, x) = tryparsefile(x)

end
