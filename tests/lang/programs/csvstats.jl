# Statistics of a table in CSV: quoting, missing values, types guessed by column, grouping, joins, a pivot.
using Statistics, Printf

const data = """
id,name,team,score,joined,note
1,"Ada Lovelace",red,88.5,2021,"likes ""quotes\"\""
2,Ben,blue,72.0,2020,
3,"Cleo, the third",red,95.25,2019,"two
lines"
4,Dan,green,NA,2021,
5,Eve,blue,60.75,2018,ok
6,Finn,red,81.0,2020,
7,Gil,green,79.5,NA,late
8,Hana,blue,91.0,2021,
"""
const teams = "team,city,budget\nred,Bern,100\nblue,Basel,80\nblack,Chur,10\n"

struct CSVError <: Exception
    line::Int
    msg::String
end
Base.showerror(io::IO, e::CSVError) = print(io, "CSVError in line ", e.line, ": ", e.msg)

"Splits text into rows of fields."
function rows(text::AbstractString)
    out, row, field = Vector{String}[], String[], IOBuffer()
    quoted, line = false, 1
    i = firstindex(text)
    while i <= lastindex(text)
        c = text[i]
        c == '\n' && (line += 1)
        if quoted
            if c == '"' && i < lastindex(text) && text[nextind(text, i)] == '"'
                print(field, '"')
                i = nextind(text, i)
            elseif c == '"'
                quoted = false
            else
                print(field, c)
            end
        elseif c == '"'
            position(field) == 0 || throw(CSVError(line, "a quote inside of a field"))
            quoted = true
        elseif c == ','
            push!(row, String(take!(field)))
        elseif c == '\n'
            push!(row, String(take!(field)))
            push!(out, row)
            row = String[]
        else
            print(field, c)
        end
        i = nextind(text, i)
    end
    quoted && throw(CSVError(line, "a quote is not closed"))
    out
end

struct Table
    names::Vector{Symbol}
    columns::Vector{AbstractVector}
end
Base.getindex(t::Table, name::Symbol) = t.columns[something(findfirst(==(name), t.names))]
Base.getproperty(t::Table, s::Symbol) = s in (:names, :columns) ? getfield(t, s) : t[s]
Base.propertynames(t::Table) = t.names
Base.length(t::Table) = isempty(t.columns) ? 0 : length(t.columns[1])
eachrecord(t::Table) = ((; zip(t.names, (c[i] for c in t.columns))...) for i in 1:length(t))
Base.filter(f, t::Table) = (keep = [f(r) for r in eachrecord(t)]; Table(t.names, [c[keep] for c in t.columns]))

function guess(strings::Vector{String})
    gone = s -> s == "" || s == "NA"
    for T in (Int, Float64)
        parsed = [gone(s) ? missing : tryparse(T, s) for s in strings]
        any(isnothing, parsed) && continue
        return all(ismissing, parsed) ? strings : identity.(parsed)
    end
    any(gone, strings) ? [gone(s) ? missing : s for s in strings] : strings
end

function Table(text::AbstractString)
    all = rows(text)
    head = Symbol.(all[1])
    for (k, r) in enumerate(all[2:end])
        length(r) == length(head) || throw(CSVError(k + 1, "$(length(r)) fields, not $(length(head))"))
    end
    Table(head, [guess([r[j] for r in all[2:end]]) for j in eachindex(head)])
end

function Base.show(io::IO, t::Table)
    cells = [[string(n); [ismissing(x) ? "·" : replace(string(x), '\n' => '↵') for x in c]] for (n, c) in zip(t.names, t.columns)]
    widths = [maximum(textwidth, c) for c in cells]
    numeric = [nonmissingtype(eltype(c)) <: Number for c in t.columns]
    for i in 1:length(t)+1
        println(io, join((numeric[j] ? lpad(c[i], widths[j]) : rpad(c[i], widths[j]) for (j, c) in enumerate(cells)), " │ "))
        i == 1 && println(io, join(("─"^w for w in widths), "─┼─"))
    end
end

t = Table(data)
print(t)
println(propertynames(t), " ", length(t))
println(map(nonmissingtype ∘ eltype, t.columns))

known = collect(skipmissing(t.score))
@printf("n %d, mean %.3f, median %.2f, std %.4f, var %.4f\n", length(known), mean(known), median(known), std(known), var(known))
@printf("quartiles %s, extrema %s\n", join(quantile(known, [0.25, 0.5, 0.75]), ' '), extrema(known))
println("correlation with the year: ", round(cor([(r.score, r.joined) for r in eachrecord(t) if !ismissing(r.score) && !ismissing(r.joined)] |> v -> [x for p in v for x in p[1]], Float64[r.joined for r in eachrecord(t) if !ismissing(r.score) && !ismissing(r.joined)]); digits=6))

groups = Dict{String,Vector{NamedTuple}}()
for r in eachrecord(t)
    push!(get!(groups, r.team, NamedTuple[]), r)
end
for team in sort(collect(keys(groups)))
    s = [r.score for r in groups[team]]
    m = mean(skipmissing(s))
    println(rpad(team, 6), length(s), " members, ", count(ismissing, s), " unknown, mean ", round(m; digits=2), ", best ",
        argmax(Dict(r.name => coalesce(r.score, 0.0) for r in groups[team])) |> x -> x)
end

u = Table(teams)
joined = [(; a.name, a.team, city=b === nothing ? missing : b.city) for a in eachrecord(t) for b in (let m = [b for b in eachrecord(u) if b.team == a.team]; isempty(m) ? nothing : m[1] end,)]
for j in joined[1:4]
    println(j)
end
println("no city: ", [j.name for j in joined if ismissing(j.city)])
println("unused teams: ", setdiff(u.team, t.team))

years = sort(unique(skipmissing(t.joined)))
println(rpad("team", 7), join(lpad.(years, 6)))
for team in sort(unique(t.team))
    counts = [count(r -> r.team == team && isequal(r.joined, y), collect(eachrecord(t))) for y in years]
    println(rpad(team, 7), join(lpad.(replace(string.(counts), "0" => "."), 6)))
end

best = filter(r -> coalesce(r.score > 80, false), t)
println(best.name, " ", sum(best.score))
z = (known .- mean(known)) ./ std(known)
println(round.(z; digits=3))
ranks = sortperm(t.score; by=x -> coalesce(x, -Inf), rev=true)
println(join(("$k. $(t.name[i])" for (k, i) in enumerate(ranks[1:3])), "  "))
edges = 60:10:100
h = [count(x -> a <= x < a + 10, known) for a in edges[1:end-1]]
foreach((a, n) -> println(a, "–", a + 9, " ", "■"^n), edges, h)

for bad in ["a,b\n1\n", "a\n\"open\n", "a,b\nx\"y,2\n"]
    try
        Table(bad)
    catch err
        println(sprint(showerror, err))
    end
end
