# Display: small matrices as a table with dots, large ones as a picture of their pattern.

const Shown = Union{SparseMat,Turned}
entries(n) = string(n, " stored ", n == 1 ? "entry" : "entries")
function Base.show(io::IO, ::MIME"text/plain", A::Shown)
    m, n = size(A)
    print(io, m, "×", n, " ", typeof(A), " with ", entries(nnz(A)))
    (m == 0 || n == 0) && return nothing
    println(io, ":")
    Base.print_array(IOContext(io, :typeinfo => eltype(A)), A)
end
Base.print_array(io::IO, A::Shown) = max(size(A)...) < 16 ? Base.print_matrix(io, A) : show_pattern(io, A)
Base.isstored(A::Turned, i::Integer, j::Integer) = Base.isstored(parent(A), j, i)
Base.replace_in_print_matrix(A::Shown, i::Integer, j::Integer, s::AbstractString) = Base.isstored(A, i, j) ? s : Base.replace_with_centered_mark(s)

# The dots of a Braille character, from above, left column first.
const dot_bits = (0x01, 0x02, 0x04, 0x40, 0x08, 0x10, 0x20, 0x80)
function show_pattern(io, A)
    m, n = size(A)
    high, wide = displaysize(io)[1] - 4, displaysize(io)[2] ÷ 2
    h, w = m, n
    if get(io, :limit, true) && (m > 4 * high || n > 2 * wide)
        s = min(2 * wide / n, 4 * high / m)
        h, w = floor(Int, s * m), floor(Int, s * n)
    end
    h, w = max(h, 8), max(w, 4)
    grid = fill(0x2800, (h - 1) ÷ 4 + 1, (w - 1) ÷ 2 + 1)
    down, across = max(1, h - 1) / max(1, m - 1), max(1, w - 1) / max(1, n - 1)
    I, J, _ = findnz(A)
    for (i, j) in zip(I, J)
        y, x = round(Int, (i - 1) * down), round(Int, (j - 1) * across)
        grid[y÷4+1, x÷2+1] |= dot_bits[4*(x%2)+y%4+1]
    end
    last_line = size(grid, 1)
    for k in 1:last_line
        print(io, k == 1 ? '⎡' : k == last_line ? '⎣' : '⎢')
        foreach(c -> print(io, Char(c)), view(grid, k, :))
        print(io, k == 1 ? '⎤' : k == last_line ? '⎦' : '⎥')
        k < last_line && println(io)
    end
end

function Base.show(io::IO, A::SparseMat)
    I, J, V = findnz(A)
    print(io, "sparse(", I, ", ", J, ", ", V, ", ", size(A, 1), ", ", size(A, 2), ")")
end
Base.show(io::IO, A::Turned) = print(io, A isa Adjoint ? "adjoint(" : "transpose(", parent(A), ")")
Base.show(io::IO, v::SparseVec) = print(io, "sparsevec(", nonzeroinds(v), ", ", nonzeros(v), ", ", length(v), ")")
function Base.show(io::IO, ::MIME"text/plain", v::SparseVec)
    n = nnz(v)
    print(io, length(v), "-element ", typeof(v), " with ", entries(n))
    n == 0 && return nothing
    print(io, ":")
    most = get(io, :limit, false) ? max(displaysize(io)[1] - 4, 2) : n
    half = most ÷ 2
    width = ndigits(length(v))
    item = IOContext(io, :typeinfo => eltype(v), :compact => get(io, :compact, true))
    for k in 1:n
        if n <= most || k <= half || k > n - half
            print(io, "\n  [", rpad(nonzeroinds(v)[k], width), "]  =  ")
            show(item, nonzeros(v)[k])
        elseif k == half + 1
            print(io, "\n   ", ' '^width, "   \u22ee")
        end
    end
end
