# Writing TOML.

"""
    TOML.print([convert,] [io,] settings; sorted=false, by=identity, inline_tables)

Write a dictionary as TOML; `convert` makes a value that TOML has of one that it has not.
"""
print(io::IO, d::AbstractDict; kw...) = print(nothing, io, d; kw...)
print(d::AbstractDict; kw...) = print(nothing, stdout, d; kw...)
print(f::Function, d::AbstractDict; kw...) = print(f, stdout, d; kw...)
function print(f::Union{Nothing,Function}, io::IO, d::AbstractDict; sorted::Bool=false, by=identity, inline_tables=Base.IdSet{Any}())
    write_table(f, io, d, String[], sorted, by, inline_tables, 0)
end

bare(k) = !isempty(k) && all(is_bare, k)
write_key(k) = bare(k) ? k : string('"', quoted(k), '"')
function quoted(s)
    io = IOBuffer()
    for c in s
        c == '"' ? Base.print(io, "\\\"") : c == '\\' ? Base.print(io, "\\\\") : c == '\n' ? Base.print(io, "\\n") : c == '\t' ? Base.print(io, "\\t") :
        c == '\r' ? Base.print(io, "\\r") : c == '\b' ? Base.print(io, "\\b") : c == '\f' ? Base.print(io, "\\f") :
        iscntrl(c) ? Base.print(io, "\\u", string(UInt32(c); base=16, pad=4)) : Base.print(io, c)
    end
    String(take!(io))
end

const Writable = Union{AbstractString,Bool,Integer,AbstractFloat,DateTime,Date,Time,AbstractVector,AbstractDict}
function plain(f, x)
    x isa Writable && return x
    f === nothing && error("type `$(typeof(x))` is not a valid TOML type, pass a conversion function to `TOML.print`")
    y = f(x)
    y isa Writable || error("TOML syntax function returned type `$(typeof(y))` but it is not a valid TOML type")
    y
end
write_value(f, io, x::AbstractString, s, b) = Base.print(io, '"', quoted(x), '"')
write_value(f, io, x::Union{Bool,Integer}, s, b) = Base.print(io, x)
write_value(f, io, x::Unsigned, s, b) = Base.print(io, "0x", string(x; base=16, pad=2ndigits(x; base=256)))
write_value(f, io, x::AbstractFloat, s, b) = Base.print(io, isnan(x) ? "nan" : isinf(x) ? (x > 0 ? "+inf" : "-inf") : Float64(x))
write_value(f, io, x::DateTime, s, b) = Base.print(io, Dates.format(x, "yyyy-mm-dd\\THH:MM:SS.sss"), 'Z')
write_value(f, io, x::Date, s, b) = Base.print(io, x)
write_value(f, io, x::Time, s, b) = Base.print(io, Dates.format(x, "HH:MM:SS.sss"))
function write_value(f, io, v::AbstractVector, s, b)
    Base.print(io, '[')
    for (i, x) in enumerate(v)
        i == 1 || Base.print(io, ", ")
        write_value(f, io, plain(f, x), s, b)
    end
    Base.print(io, ']')
end
function write_value(f, io, d::AbstractDict, s, b)
    Base.print(io, '{')
    for (i, k) in enumerate(ordered_keys(d, s, b))
        i == 1 || Base.print(io, ", ")
        Base.print(io, write_key(string(k)), " = ")
        write_value(f, io, plain(f, d[k]), s, b)
    end
    Base.print(io, '}')
end
ordered_keys(d, sorted, by) = sorted ? sort!(collect(keys(d)); by=by) : collect(keys(d))
is_tables(x) = x isa AbstractVector && !isempty(x) && all(y -> y isa AbstractDict, x)

# Values first, then the tables with their headers.
function write_table(f, io, d, path, sorted, by, inline, indent)
    ks = ordered_keys(d, sorted, by)
    as_table(x) = (x isa AbstractDict || is_tables(x)) && !(x in inline)
    begun = false
    for k in ks
        x = plain(f, d[k])
        as_table(x) && continue
        begun = true
        Base.print(io, ' '^4max(0, indent - 1), write_key(string(k)), " = ")
        write_value(f, io, x, sorted, by)
        Base.print(io, '\n')
    end
    for k in ks
        x = plain(f, d[k])
        as_table(x) || continue
        here = [path; write_key(string(k))]
        for t in (x isa AbstractDict ? (x,) : x)
            # a table of tables alone needs no header
            if !(x isa AbstractDict) || isempty(x) || !all(v -> as_table(plain(f, v)), values(x))
                begun && Base.print(io, '\n')
                begun = true
                Base.print(io, ' '^4indent, x isa AbstractDict ? "[" : "[[", join(here, '.'), x isa AbstractDict ? "]" : "]]", '\n')
                write_table(f, io, t, here, sorted, by, inline, indent + 1)
            else
                write_nested(f, io, t, here, sorted, by, inline, indent, begun)
                begun = true
            end
        end
    end
end
write_nested(f, io, t, here, sorted, by, inline, indent, begun) =
    (begun && Base.print(io, '\n'); write_table(f, io, t, here, sorted, by, inline, indent))
