# Analysis of a web server's log: parsing with a regular expression, counting, grouping, percentiles.
using Printf, Dates

struct Entry
    host::String
    time::DateTime
    verb::String
    path::String
    status::Int
    bytes::Union{Int,Missing}
end

const line_pattern = r"""
    ^(?<host>\S+)\s\S+\s(?<user>\S+)\s
    \[(?<time>[^\]]+)\]\s
    "(?<verb>[A-Z]+)\s(?<path>[^\s"]+)(?:\sHTTP/(?<version>[\d.]+))?"\s
    (?<status>\d{3})\s(?<bytes>\d+|-)$"""x

function parse_entry(line)
    m = match(line_pattern, line)
    m === nothing && return nothing
    t = DateTime(m[:time], dateformat"dd/u/yyyy:HH:MM:SS")
    Entry(m[:host], t, m[:verb], m[:path], parse(Int, m[:status]), m[:bytes] == "-" ? missing : parse(Int, m[:bytes]))
end

# the log is made here, by a small generator, so that it is the same each time
mutable struct Dice
    s::UInt64
end
roll!(d::Dice) = (d.s = d.s * 6364136223846793005 + 1442695040888963407; d.s >> 33)
pick!(d::Dice, v) = v[1+Int(roll!(d) % UInt64(length(v)))]

function make_log(io::IO, n)
    d = Dice(2024)
    t = DateTime(2024, 3, 30, 22, 0, 0)
    hosts = ["10.0.0.$k" for k in 1:6]
    paths = ["/", "/index.html", "/about", "/img/logo.png", "/api/items?id=7", "/api/items?id=12", "/login", "/missing"]
    for k in 1:n
        t += Second(roll!(d) % 300)
        path = pick!(d, paths)
        status = path == "/missing" ? 404 : roll!(d) % 40 == 0 ? 500 : path == "/login" && isodd(roll!(d)) ? 302 : 200
        bytes = status == 302 ? "-" : string(200 + roll!(d) % 20_000)
        verb = path == "/login" ? "POST" : "GET"
        if k % 50 == 0
            println(io, "!! log rotated at ", t)
        else
            println(io, pick!(d, hosts), " - - [", Dates.format(t, "dd/u/yyyy:HH:MM:SS"), "] \"", verb, " ", path, " HTTP/1.1\" ", status, " ", bytes)
        end
    end
end

buffer = IOBuffer()
make_log(buffer, 400)
seekstart(buffer)

entries, bad = Entry[], Pair{Int,String}[]
for (n, line) in enumerate(eachline(buffer))
    e = parse_entry(line)
    e === nothing ? push!(bad, n => line) : push!(entries, e)
end
println(length(entries), " entries, ", length(bad), " lines not understood, the first: ", first(bad))
println("from ", first(entries).time, " to ", last(entries).time, ", ", Date(last(entries).time) - Date(first(entries).time))

function countby(f, xs)
    counts = Dict{Any,Int}()
    for x in xs
        k = f(x)
        counts[k] = get(counts, k, 0) + 1
    end
    sort!(collect(counts); by=p -> (-p.second, string(p.first)))
end
function groupby(f, xs)
    groups = Dict{Any,Vector{eltype(xs)}}()
    for x in xs
        push!(get!(() -> eltype(xs)[], groups, f(x)), x)
    end
    groups
end

println("\nstatus")
for (s, n) in countby(e -> e.status, entries)
    @printf("  %d %5d  %5.1f%%  %s\n", s, n, 100n / length(entries), '#'^(n ÷ 10))
end
println("\npaths")
for (p, n) in countby(e -> first(split(e.path, '?')), entries)[1:5]
    println("  ", rpad(p, 16, '.'), lpad(n, 5, '.'))
end

percentile(v, p) = sort(v)[clamp(ceil(Int, p / 100 * length(v)), 1, length(v))]
sizes = collect(skipmissing(e.bytes for e in entries))
@printf("\nbytes: total %d, mean %.1f, median %d, p95 %d, max %d, unknown %d\n", sum(sizes), sum(sizes) / length(sizes),
    percentile(sizes, 50), percentile(sizes, 95), maximum(sizes), count(e -> ismissing(e.bytes), entries))

println("\nhosts")
by_host = groupby(e -> e.host, entries)
for host in sort!(collect(keys(by_host)))
    es = by_host[host]
    errors = count(e -> e.status >= 400, es)
    gaps = [Dates.value(Second(b.time - a.time)) for (a, b) in zip(es, es[2:end])]
    @printf("  %-9s %3d requests %2d errors, longest gap %4ds, %s\n", host, length(es), errors, maximum(gaps), join(sort(unique(e.verb for e in es)), "/"))
end

println("\nhours")
hours = groupby(e -> trunc(e.time, Hour), entries)
for h in sort!(collect(keys(hours)))[1:6]
    println("  ", Dates.format(h, "E dd u HH:00"), "  ", lpad(length(hours[h]), 3), " ", repeat("▇", length(hours[h]) ÷ 2))
end
busiest = last(maximum((length(es), h) for (h, es) in hours))
println("busiest: ", busiest, ", ", dayname(busiest), ", day ", dayofyear(busiest), " of the year")

query(path) = Dict(String(k) => parse(Int, v) for (k, v) in (split(kv, '=') for kv in split(split(path, '?')[2], '&')))
ids = [query(e.path)["id"] for e in entries if startswith(e.path, "/api/")]
println("ids asked for: ", sort!(unique(ids)), ", ", count(==(7), ids), " times 7")

redacted(line) = replace(line, r"\d+\.\d+\.\d+\.(\d+)" => s"x.x.x.\1")
make_log(buffer, 2)
for line in split(chomp(String(take!(buffer))), '\n')
    println(redacted(line))
end
