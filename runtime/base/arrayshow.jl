# show of arrays: [1 2; 3 4], and the table with a header of text/plain.

## one line

# The items between delimiters; only those from i to j if given.
function show_delimited(io::IO, itr, open, close)
    print(io, open)
    if !show_circular(io, itr)
        inner = with_property(io, :SHOWN_SET, itr)
        first = true
        for x in itr
            first || write(io, ", ")
            first = false
            show(inner, x)
        end
    end
    print(io, close)
    nothing
end
function show_delimited(io::IO, a::AbstractArray, open, close)
    I = LinearIndices(a)
    show_delimited(io, a, open, close, first(I), last(I))
end
function show_delimited(io::IO, a::AbstractArray, open, close, i, j)
    print(io, open)
    if !show_circular(io, a)
        inner = with_property(io, :SHOWN_SET, a)
        for k in i:j
            k > i && write(io, ", ")
            isassigned(a, k) ? show(inner, a[k]) : print(io, undef_ref_str)
        end
    end
    print(io, close)
    nothing
end

# As other code calls it: l items from the i-th on, and of an array those from i to l.
show_delim_array(io::IO, itr::Union{AbstractArray,Core.SimpleVector}, op, delim, cl, delim_one, i=firstindex(itr), l=lastindex(itr)) =
    show_items(io, (itr[k] for k in i:l), op, delim, cl, delim_one)
show_delim_array(io::IO, itr, op, delim, cl, delim_one, i=1, l=typemax(Int)) =
    show_items(io, Iterators.take(Iterators.drop(itr, i - 1), l), op, delim, cl, delim_one)
function show_items(io::IO, items, op, delim, cl, delim_one)
    print(io, op)
    n = 0
    for x in items
        n > 0 && print(io, delim, ' ')
        show(io, x)
        n += 1
    end
    delim_one && n == 1 && print(io, delim)
    print(io, cl)
end

function show_vector(io::IO, v, open='[', close=']')
    prefix, implicit = typeinfo_prefix(io, v)
    print(io, prefix)
    inner = implicit ? io : with_property(io, :typeinfo, eltype(v))
    if get(io, :limit, false) === true && length(v) > 20
        w = v isa AbstractArray ? v : collect(v)
        I = LinearIndices(w)
        a, b = first(I), last(I)
        show_delimited(inner, w, open, "", a, a + 9)
        print(io, "  …  ")
        show_delimited(inner, w, "", close, b - 9, b)
    else
        show_delimited(inner, v, open, close)
    end
end

function show(io::IO, a::AbstractArray)
    n = ndims(a)
    n == 1 && return show_vector(io, a)
    n == 0 && return show_zero_dim(io, a)
    prefix, implicit = typeinfo_prefix(io, a)
    inner = implicit ? io : with_property(io, :typeinfo, eltype(a))
    if isempty(a)
        print(io, typeof(a), "(undef, ")
        join(io, size(a), ", ")
        print(io, ')')
    elseif show_circular(io, a)
    else
        print(io, prefix, '[')
        inner = with_property(inner, :SHOWN_SET, a)
        n == 2 ? show_matrix_inline(inner, a, ()) : show_slices_inline(inner, a, n, ())
        n == 2 && size(a, 2) == 1 && print(io, ";;")
        n > 2 && size(a, n) == 1 && print(io, ";"^n)
        print(io, ']')
    end
    nothing
end
show_zero_dim(io::IO, a::BitArray) = print(io, "BitArray(", Int(a[]), ')')
function show_zero_dim(io::IO, a)
    if isassigned(a)
        print(io, "fill(")
        show(io, a[])
        print(io, ')')
    else
        print(io, "Array{", eltype(a), ", 0}(", undef, ')')
    end
end
# The first two dimensions at the indices `rest` of the others.
function show_matrix_inline(io::IO, a, rest)
    limited = get(io, :limit, false) === true
    rows, cols = axes(a, 1), axes(a, 2)
    rdots = limited && length(rows) > 4
    cdots = limited && length(cols) > 4
    for (r, i) in enumerate(rows)
        if rdots && 2 < r <= length(rows) - 2
            r == 3 && print(io, "… ; ")
            continue
        end
        for (c, j) in enumerate(cols)
            if cdots && 2 < c <= length(cols) - 2
                c == 3 && print(io, " …")
                continue
            end
            c > 1 && print(io, ' ')
            isassigned(a, i, j, rest...) ? show(io, a[i, j, rest...]) : print(io, undef_ref_str)
        end
        r < length(rows) && print(io, "; ")
    end
end
function show_slices_inline(io::IO, a, d, rest)
    if d == 2
        show_matrix_inline(io, a, rest)
        return nothing
    end
    limited = get(io, :limit, false) === true
    ax = axes(a, d)
    for (n, k) in enumerate(ax)
        if limited && length(ax) > 4 && 2 < n <= length(ax) - 2
            n == 3 && print(io, ";"^d, " … ")
            continue
        end
        n > 1 && print(io, ";"^d, ' ')
        show_slices_inline(io, a, d - 1, (k, rest...))
    end
end

## summary

dims2string(d) = length(d) == 0 ? "0-dimensional" : length(d) == 1 ? string(d[1], "-element") : join(d, '×')
inds2string(inds) = join(map(string_of_axis, inds), '×')
string_of_axis(r) = string(first(r), ':', last(r))
string_of_axis(n::Integer) = string(n)

summary(io::IO, a::AbstractArray) = array_summary(io, a, axes(a))
function array_summary(io::IO, a, inds)
    print(io, dims2string(map(length, inds)), ' ')
    showarg(io, a, true)
    if !(inds isa Tuple{Vararg{OneTo}})
        print(io, " with indices ", inds2string(inds))
    end
end
function showarg(io::IO, v::SubArray, toplevel)
    print(io, "view(")
    showarg(io, parent(v), false)
    showindices(io, v.indices...)
    print(io, ')')
    toplevel && print(io, " with eltype ", eltype(v))
end
showindices(io) = nothing
showindices(io, r, more...) = (print(io, ", ", r); showindices(io, more...))
showindices(io, ::Union{Slice,IdentityUnitRange}, more...) = (print(io, ", :"); showindices(io, more...))

## tables

function show(io::IO, m::MIME"text/plain", a::AbstractArray)
    if isempty(a) && (get(io, :compact, false) === true || a isa Vector)
        return show(io, a)
    end
    summary(io, a)
    isempty(a) && return nothing
    print(io, ':')
    show_circular(io, a) && return nothing
    if ndims(a) > 1 && size(a, 2) > 1 && !haskey(io, :compact)
        io = with_property(io, :compact, true)
    end
    if get(io, :limit, false) === true && displaysize(io)[1] - 4 <= 0
        return print(io, " …")
    end
    println(io)
    inner = with_property(with_property(io, :typeinfo, eltype(a)), :SHOWN_SET, a)
    print_array(inner, a)
    nothing
end
show(io::IO, ::MIME"text/plain", r::AbstractRange) = show(io, r)
show(io::IO, ::MIME"text/plain", r::LinRange) = show_in_line(io, r)
function show_in_line(io::IO, r)
    isempty(r) && return show(io, r)
    summary(io, r)
    println(io, ":")
    print_range(io, r)
end
# The items in one line, with dots where the screen has no room for all.
function print_range(io::IO, r::AbstractArray)
    io isa IOContext && haskey(io, :compact) || (io = IOContext(io, :compact => true))
    room = displaysize(io)[2] - 1
    n, most = length(r), room ÷ 3
    shown = n <= most ? collect(r) : [r[1:most÷2+1]; r[n-most÷2:n]]
    texts = [sprint(show, x; context=IOContext(io, :typeinfo => eltype(r))) for x in shown]
    if n <= fitting(texts, room)
        return print(io, ' ', join(texts, ", "))
    end
    right = fitting(reverse(texts), (room - 4) ÷ 2 + 1)
    behind = texts[end-right+1:end]
    left = fitting(texts, room - sum(textwidth, behind) - 2 * (right - 1) - 5)
    print(io, ' ', join(texts[1:left], ", "), ", …, ", join(behind, ", "))
end
# How many of the texts, with commas and blanks between them, have room.
function fitting(texts, room)
    width = 0
    for (i, t) in enumerate(texts)
        width += textwidth(t) + 2
        i > 1 && width >= room && return i - 1
    end
    length(texts)
end

print_array(io::IO, a::AbstractArray) = ndims(a) == 0 ? (isassigned(a) ? show(io, a[]) : print(io, undef_ref_str)) :
    ndims(a) <= 2 ? print_matrix(io, a) : print_slices(io, a)

# The text of an item, and how many columns of it lie left and right of where the
# items of its column are aligned.
function cell_text(io::IO, @nospecialize(x))
    s = sprint(show, MIME("text/plain"), x; context=io)
    occursin('\n', s) && (s = sprint(show, x; context=io))
    s
end
function cell(io::IO, @nospecialize(x))
    if x isa Number
        s = sprint(show, x; context=io)
        return x isa Integer ? (s, ncodeunits(s), 0) : x isa Float64 ? number_cell(s) : (s, alignment(io, x)...)
    end
    (cell_text(io, x), alignment(io, x)...)
end
# A float is aligned in front of the point or the exponent; as in Julia the f of
# Inf counts as one.
function number_cell(s)
    l = leading_digits(s)
    (s, l, ncodeunits(s) - l)
end
function leading_digits(s)
    for k in 1:ncodeunits(s)
        c = codeunit(s, k)
        (c == 0x2e || c == 0x65 || c == 0x45 || c == 0x66 || c == 0x46) && return k - 1
    end
    ncodeunits(s)
end

"""
    alignment(io, x)

The columns of `x` left and right of where it is aligned in a table.
"""
alignment(io::IO, @nospecialize(x)) = (0, textwidth_shown(io, x))
alignment(io::IO, x::Number) = (textwidth_shown(io, x), 0)
alignment(io::IO, x::Integer) = (textwidth_shown(io, x), 0)
function alignment(io::IO, x::Real)
    s = sprint(show, x; context=io)
    l = leading_digits(s)
    (l, textwidth(s) - l)
end
function alignment(io::IO, x::Rational)
    s = sprint(show, x; context=io)
    i = findfirst("//", s)
    i === nothing ? (textwidth(s), 0) : (first(i), ncodeunits(s) - first(i))
end
function alignment(io::IO, x::Complex)
    s = sprint(show, x; context=io)
    for i in length(s):-1:2 # the sign between the parts belongs to the left side
        s[i] in "+-" && !(s[i-1] in "ef") && return (i, length(s) - i)
    end
    (length(s), 0)
end
function alignment(io::IO, p::Pair)
    s = sprint(show, p; context=io)
    isdelimited(io, p) && return (0, textwidth(s))
    known = get(io, :typeinfo, Any)
    inner = with_property(io, :typeinfo, known !== Any && p isa known && known <: Pair ? fieldtype(known, 1) : Any)
    l = textwidth_shown(inner, p.first)
    isdelimited(inner, p.first) || (l += 2)
    get(io, :compact, false) === true || (l += 1)
    (l, textwidth(s) - l)
end
textwidth_shown(io, x) = textwidth(sprint(show, x; context=io))

"""
    replace_in_print_matrix(A, i, j, s)

What is shown for the item of `A` at `(i, j)`, whose text is `s`: matrices with a structure show a
dot for what is zero by it.
"""
replace_in_print_matrix(a, i, j, s) = s
"`replace_with_centered_mark(s)`: blanks as wide as `s`, with a dot in the middle."
function replace_with_centered_mark(s; c='⋅')
    n = textwidth(s)
    k = cld(n, 2)
    string(" "^max(k - 1, 0), c, " "^(n - k))
end

# A column of a table: the texts, their alignments, and the widths left and right.
struct TableColumn
    texts::Vector{String}
    left::Vector{Int}
    right::Vector{Int}
    l::Int
    r::Int
end
function table_column(io::IO, a, rows, j, rest)
    texts = String[]
    left = Int[]
    right = Int[]
    l = 0
    r = 0
    for i in rows
        if j === nothing ? isassigned(a, i) : isassigned(a, i, j, rest...)
            s, p, q = cell(io, j === nothing ? a[i] : a[i, j, rest...])
            j === nothing || a isa Array || !isempty(rest) || (s = replace_in_print_matrix(a, i, j, s))
        else
            s, p, q = undef_ref_str, 3, 3
        end
        push!(texts, s)
        push!(left, p)
        push!(right, q)
        p > l && (l = p)
        q > r && (r = q)
    end
    TableColumn(texts, left, right, l, r)
end

# The columns that fit into a width, from the first of cols on.
function fitting_columns(io, a, rows, cols, rest, width, sep)
    out = TableColumn[]
    total = 0
    for j in cols
        c = table_column(io, a, rows, j, rest)
        push!(out, c)
        total += c.l + c.r
        if length(out) > 1 && total + sep * length(out) >= width
            pop!(out)
            break
        end
    end
    out
end
function drop_to_fit(out, width, sep)
    while length(out) > 1 && sum(c -> c.l + c.r, out) + sep * length(out) >= width
        pop!(out)
    end
    out
end

"""
    print_matrix(io, a, pre=" ", sep="  ", post="")

The items of a vector or matrix in aligned columns; with `⋮`, `⋯` and `⋱` for what
has no room if `io` is limited.
"""
function print_matrix(io::IO, a, pre=" ", sep="  ", post="", hdots="  ⋯  ", vdots="⋮", ddots="  ⋱  ", hmod=5, vmod=5; rest=())
    height = typemax(Int)
    width = typemax(Int)
    if get(io, :limit, false) === true
        size = displaysize(io)
        height, width = size[1] - 4, size[2]
    end
    width -= length(pre) + length(post)
    rows = collect(Int, axes(a, 1))
    cols = ndims(a) == 1 ? Any[nothing] : collect(Any, axes(a, 2))
    m, n = length(rows), length(cols)
    half = div(height, 2)
    cut = m > height
    cut && (rows = vcat(rows[1:half], rows[m-div(height - 1, 2)+1:m]))
    out = IOBuffer()
    isempty(rows) && cut && return print(io, pre, vdots, ndims(a) == 1 ? "" : "    " * ddots)
    all_columns = fitting_columns(io, a, rows, cols, rest, width, length(sep))
    if n <= length(all_columns)
        parts = (all_columns,)
    else
        c = div(width - length(hdots) + 1, 2) + 1
        right = reverse(drop_to_fit(fitting_columns(io, a, rows, reverse(cols), rest, c, length(sep)), c, length(sep)))
        c = width - sum(t -> t.l + t.r, right) - (length(right) - 1) * length(sep) - length(hdots)
        left = drop_to_fit(fitting_columns(io, a, rows, cols, rest, c, length(sep)), c, length(sep))
        parts = (left, right)
    end
    indent = " "^length(pre)
    for k in 1:length(rows)
        write(out, k == 1 ? pre : indent)
        for p in 1:length(parts)
            if p == 2
                d = k > half && cut ? k - half - 1 : k - 1
                write(out, (rows[k] - rows[1]) % hmod == 0 ? hdots : " "^length(hdots))
            end
            print_table_row(out, parts[p], k, sep, p == length(parts))
        end
        k == length(rows) && write(out, post)
        if cut && k == half
            write(out, "\n", indent)
            print_vdots(out, parts[1], vdots, sep, vmod, 1)
            if length(parts) == 2
                write(out, ddots)
                print_vdots(out, parts[2], vdots, sep, vmod, (vmod - length(parts[1]) % vmod) % vmod + 1)
            end
        end
        k < length(rows) && write(out, "\n")
    end
    write(io, buffer_take_string(out))
    nothing
end
function print_table_row(out, columns, k, sep, last)
    for j in 1:length(columns)
        c = columns[j]
        pad = c.l - c.left[k]
        pad > 0 && write(out, " "^pad)
        write(out, c.texts[k])
        if j < length(columns) || !last
            pad = c.r - c.right[k]
            pad > 0 && write(out, " "^pad)
        end
        j < length(columns) && write(out, sep)
    end
end
function print_vdots(out, columns, vdots, sep, every, first)
    for j in 1:length(columns)
        c = columns[j]
        w = c.l + c.r
        if j % every == first % every
            l = max(0, c.l - length(vdots))
            write(out, " "^l, vdots, j < length(columns) ? " "^max(0, w - length(vdots) - l) : "")
        else
            write(out, " "^w)
        end
        j < length(columns) && write(out, sep)
    end
end

# Arrays of more dimensions: one matrix for each index of the others.
function print_slices(io::IO, a::AbstractArray)
    n = ndims(a)
    tails = map(d -> axes(a, d), tuple((3:n)...))
    limited = get(io, :limit, false) === true
    first = true
    skipped = false
    for I in CartesianIndices(tails)
        t = Tuple(I)
        if limited && any(d -> length(tails[d]) > 10 && 3 < t[d] - tails[d][1] + 1 <= length(tails[d]) - 3, 1:length(t))
            d = findfirst(d -> length(tails[d]) > 10 && t[d] - tails[d][1] + 1 == 4, 1:length(t))
            if d !== nothing && all(e -> t[e] == tails[e][1], 1:d-1)
                print(io, "\n\n...")
            end
            continue
        end
        first || print(io, "\n\n")
        first = false
        print(io, "[:, :, ")
        join(io, t, ", ")
        print(io, "] =\n")
        print_matrix(io, a; rest=t)
    end
end
