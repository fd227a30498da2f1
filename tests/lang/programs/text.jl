# Text: frequencies, wrapping, an index, edit distance, a cipher, Markov chains, anagrams, Roman numbers.

const poem = """
    The owl and the pussy-cat went to sea
    In a beautiful pea-green boat:
    They took some honey, and plenty of money
    Wrapped up in a five-pound note.
    The owl looked up to the stars above,
    And sang to a small guitar,
    "O lovely Pussy, O Pussy, my love,
    What a beautiful Pussy you are!"
    """

words(s) = [m.match for m in eachmatch(r"[a-z]+(?:-[a-z]+)*", lowercase(s))]

function frequencies(items)
    n = Dict{eltype(items),Int}()
    for x in items
        n[x] = get(n, x, 0) + 1
    end
    sort!(collect(n); lt=(a, b) -> a[2] != b[2] ? a[2] > b[2] : a[1] < b[1])
end

function wrap(text, width)
    lines, current = String[], ""
    for w in split(text)
        if isempty(current)
            current = w
        elseif textwidth(current) + 1 + textwidth(w) <= width
            current = string(current, ' ', w)
        else
            push!(lines, current)
            current = w
        end
    end
    isempty(current) || push!(lines, current)
    lines
end

function justify(line, width)
    parts = split(line)
    length(parts) == 1 && return rpad(line, width)
    gaps = width - sum(textwidth, parts)
    q, r = divrem(gaps, length(parts) - 1)
    join((p * (i == length(parts) ? "" : " "^(q + (i <= r))) for (i, p) in enumerate(parts)))
end

function index(text)
    at = Dict{String,Set{Int}}()
    for (n, line) in enumerate(eachline(IOBuffer(text))), w in words(line)
        push!(get!(at, w, Set{Int}()), n)
    end
    at
end

function distance(a, b)
    a, b = collect(a), collect(b)
    row = collect(0:length(b))
    for i in eachindex(a)
        last, row[1] = row[1], i
        for j in eachindex(b)
            last, row[j+1] = row[j+1], min(row[j+1] + 1, row[j] + 1, last + (a[i] != b[j]))
        end
    end
    row[end]
end

shifted(c::Char, k) = isletter(c) && isascii(c) ? (base = isuppercase(c) ? 'A' : 'a'; base + mod(c - base + k, 26)) : c
caesar(s, k) = map(c -> shifted(c, k), s)
function crack(s)
    common = Dict('e' => 12.7, 't' => 9.1, 'a' => 8.2, 'o' => 7.5, 'i' => 7.0, 'n' => 6.7, 's' => 6.3, 'h' => 6.1)
    score(k) = sum(get(common, lowercase(c), 0.0) for c in caesar(s, k))
    scores = [score(k) for k in 0:25]
    k = argmax(scores) - 1
    k, caesar(s, k)
end

function roman(n::Integer)
    0 < n < 4000 || throw(DomainError(n, "roman numbers are from 1 to 3999"))
    out = ""
    for (v, s) in [1000 => "M", 900 => "CM", 500 => "D", 400 => "CD", 100 => "C", 90 => "XC", 50 => "L", 40 => "XL", 10 => "X", 9 => "IX", 5 => "V", 4 => "IV", 1 => "I"]
        while n >= v
            out *= s
            n -= v
        end
    end
    out
end
function arabic(s)
    v = Dict(zip("IVXLCDM", [1, 5, 10, 50, 100, 500, 1000]))
    total = 0
    for (i, c) in enumerate(s)
        total += i < length(s) && v[c] < v[s[i+1]] ? -v[c] : v[c]
    end
    total
end

ws = words(poem)
println(length(ws), " words, ", length(unique(ws)), " different, ", count(isuppercase, poem), " capitals, ", ncodeunits(poem), " bytes")
for (w, n) in frequencies(ws)[1:6]
    println(lpad(n, 3), " ", w)
end
println(join(("$c$n" for (c, n) in frequencies(filter(isletter, lowercase(poem)))[1:8]), ' '))
println("longest: ", sort(unique(ws); by=w -> (-length(w), w))[1:3])

for line in wrap(poem, 34)
    println('|', justify(line, 34), '|')
end

at = index(poem)
for w in ["pussy", "owl", "beautiful", "the"]
    println(rpad(w, 10), join(sort(collect(at[w])), ", "))
end
println("words of one line only: ", count(length(l) == 1 for l in values(at)))

for (a, b) in [("kitten", "sitting"), ("flaw", "lawn"), ("", "abc"), ("naïve", "naive"), ("same", "same")]
    println(a, " → ", b, ": ", distance(a, b))
end
guess(w) = argmin(Dict(v => distance(w, v) for v in keys(at)))
println([string(w, "?", distance(w, guess(w))) for w in ["hony", "monney", "stras"]])

secret = caesar("The quick brown fox, having eaten the hens, sat on the stone.", 7)
println(secret)
println(crack(secret))

chain = Dict{String,Vector{String}}()
for (a, b) in zip(ws, ws[2:end])
    push!(get!(() -> String[], chain, a), b)
end
function babble(chain, word, n, seed)
    out = [word]
    for _ in 1:n
        seed = (seed * 1103515245 + 12345) % 2^31
        next = get(chain, word, nothing)
        next === nothing && break
        word = next[1+seed÷65536%length(next)]
        push!(out, word)
    end
    join(out, ' ')
end
println(babble(chain, "the", 12, 42))

signature(w) = String(sort(collect(w)))
list = split("listen silent enlist google elbow below inlets banana tinsel state taste")
groups = Dict{String,Vector{SubString{String}}}()
foreach(w -> push!(get!(groups, signature(w), []), w), list)
foreach(g -> println(join(g, ' ')), sort!([sort(g) for g in values(groups) if length(g) > 1]))

println([roman(n) for n in (1, 4, 9, 14, 1990, 2024, 3999)])
println(all(arabic(roman(n)) == n for n in 1:3999))
try
    roman(0)
catch err
    println(sprint(showerror, err))
end

# Unicode
s = "Ünïcödé: ∀x∈ℝ, 日本 😀"
println(length(s), " characters, ", ncodeunits(s), " bytes, width ", textwidth(s), ", ", uppercase(s), " ", reverse(s))
println([i for i in eachindex(s)][1:8], " ", isvalid(s, 2), " ", nextind(s, 1), " ", s[1], " ", s[end])
foreach(c -> println((c, isletter(c), isascii(c))), "aé∈1")
println(join(titlecase.(split("the owl and the cat")), ' '), " | ", strip("  x y  "), " | ", lpad("7", 3, '0'), " | ", rpad(lpad("mid", 6), 9, "."))
println(replace("a1b22c333", r"\d+" => m -> string(length(m))), " ", occursin(r"^\w+$", "abc_1"), " ", split("a,b;c", [',', ';']), " ", chop("abc"), " ", repeat("ab", 3))
