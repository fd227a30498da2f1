# DelimitedFiles: tables in files of text.

"""
    DelimitedFiles

`readdlm` and `writedlm`: tables with a delimiter between the cells.
"""
module DelimitedFiles

export readdlm, writedlm

"""
    readdlm(source, [delim,] [T,] [eol='\\n']; header=false, skipstart=0, skipblanks=true, quotes=true, dims, comments=false, comment_char='#', use_mmap)

The table in a file, a stream or bytes: as a matrix of `T`, or of numbers if all cells
are, else of numbers and strings. Without a delimiter cells end at blanks. With
`header`, the first row is given apart: `(cells, header)`.
"""
readdlm(source, T::Type; kw...) = readdlm(source, ' ', T, '\n', true; kw...)
readdlm(source; kw...) = readdlm(source, ' ', Any, '\n', true; kw...)
readdlm(source, delim::AbstractChar; kw...) = readdlm(source, delim, Any, '\n', false; kw...)
readdlm(source, delim::AbstractChar, T::Type; kw...) = readdlm(source, delim, T, '\n', false; kw...)
readdlm(source, delim::AbstractChar, eol::AbstractChar; kw...) = readdlm(source, delim, Any, eol, false; kw...)
readdlm(source, delim::AbstractChar, T::Type, eol::AbstractChar; kw...) = readdlm(source, delim, T, eol, false; kw...)

source_text(path::AbstractString) = isfile(path) ? read(path, String) : throw(ArgumentError("Cannot open '$path': not a file"))
source_text(io::IO) = read(io, String)
source_text(v::AbstractVector{UInt8}) = String(copyto!(Vector{UInt8}(undef, length(v)), v))

function readdlm(source, delim::AbstractChar, T::Type, eol::AbstractChar, blanks::Bool; header::Bool=false, has_header::Bool=header, skipstart::Integer=0,
                 skipblanks::Bool=true, quotes::Bool=true, comments::Bool=false, comment_char::AbstractChar='#', use_mmap::Bool=false,
                 ignore_invalid_chars::Bool=false, dims=nothing)
    skipstart >= 0 || throw(ArgumentError("skipstart must be ≥ 0, got $skipstart"))
    rows = read_rows(source_text(source), delim, eol, blanks, Int(skipstart), skipblanks, quotes, comments ? comment_char : nothing)
    head = nothing
    if has_header
        isempty(rows) && throw(ArgumentError("the header is missing"))
        head = popfirst!(rows)
    end
    n = length(rows)
    m = max(maximum(length, rows; init=0), head === nothing ? 0 : length(head))
    dims === nothing || ((n, m) = dims)
    cells = fill_cells(T, rows, n, m)
    head === nothing ? cells : (cells, permutedims(AbstractString[j <= length(head) ? head[j] : "" for j in 1:m]))
end

# The rows as vectors of text.
function read_rows(text, delim, eol, blanks, skip, skipblanks, quotes, comment)
    rows = Vector{String}[]
    row = String[]
    cell = IOBuffer()
    z = ncodeunits(text)
    i = 1
    for _ in 1:skip
        j = findnext(eol, text, i)
        j === nothing && return rows
        i = nextind(text, j)
    end
    started = false      # the cell has something, if only quotes
    pending = false      # a delimiter was read: a cell follows
    endcell() = (push!(row, String(take!(cell))); started = false)
    function endrow()
        (started || pending && !blanks) && endcell()
        pending = false
        if !isempty(row) || !skipblanks
            push!(rows, row)
            row = String[]
        end
    end
    while i <= z
        c = text[i]
        j = nextind(text, i)
        if quotes && c == '"' && !started
            started = true
            while j <= z
                d = text[j]
                j = nextind(text, j)
                if d == '"'
                    j <= z && text[j] == '"' || break
                    j = nextind(text, j)
                end
                print(cell, d)
            end
        elseif c == comment
            k = findnext(eol, text, j)
            j = k === nothing ? z + 1 : k
        elseif c == eol || (c == '\r' && eol == '\n' && j <= z && text[j] == '\n')
            c == '\r' && (j = nextind(text, j))
            endrow()
        elseif blanks ? isspace(c) : c == delim
            blanks ? started && endcell() : endcell()
            pending = true
        else
            print(cell, c)
            started = true
        end
        i = j
    end
    (started || pending || !isempty(row)) && endrow()
    rows
end

number_of(s) = (n = tryparse(Int, s); n !== nothing ? n : tryparse(Float64, s))
function fill_cells(::Type{Any}, rows, n, m)
    a = Array{Any}(undef, n, m)
    numbers = true
    for i in 1:n, j in 1:m
        s = i <= length(rows) && j <= length(rows[i]) ? rows[i][j] : ""
        t = strip(s)
        v = number_of(t)
        numbers &= v !== nothing
        a[i, j] = v !== nothing ? v : t == "true" ? true : t == "false" ? false : SubString(s)
    end
    numbers && n * m > 0 ? Float64.(a) : a
end
function fill_cells(::Type{T}, rows, n, m) where {T}
    a = Array{T}(undef, n, m)
    for i in 1:n, j in 1:m
        s = i <= length(rows) && j <= length(rows[i]) ? rows[i][j] : ""
        a[i, j] = cell_value(T, s, i, j)
    end
    a
end
cell_value(::Type{T}, s, i, j) where {T<:AbstractString} = convert(T, s)
cell_value(::Type{Char}, s, i, j) = length(s) == 1 ? only(s) : throw(ErrorException("file entry \"$s\" cannot be converted to Char"))
function cell_value(::Type{T}, s, i, j) where {T}
    v = tryparse(T, strip(s))
    v === nothing ? throw(ErrorException("at row $i, column $j : ErrorException(\"file entry \\\"$s\\\" cannot be converted to $T\")")) : v
end

"""
    writedlm(file, a, delim='\\t'; quotes=true)

Write a vector, a matrix or an iterator of rows as a table.
"""
writedlm(io::IO, a, delim; opts...) = write_table(io, a, delim; opts...)
writedlm(io::IO, a; opts...) = write_table(io, a, '\t'; opts...)
writedlm(path::AbstractString, a, delim='\t'; opts...) = open(io -> write_table(io, a, delim; opts...), path, "w")
write_table(io, a::AbstractMatrix, delim; opts...) = foreach(i -> write_row(io, (a[i, j] for j in axes(a, 2)), delim; opts...), axes(a, 1))
function write_table(io, a, delim; opts...)
    for row in a
        write_row(io, row isa Union{AbstractString,Number,Symbol,AbstractChar} ? (row,) : row, delim; opts...)
    end
end
function write_row(io, row, delim; quotes::Bool=true)
    first = true
    for x in row
        first || print(io, delim)
        first = false
        write_cell(io, x, delim, quotes)
    end
    print(io, '\n')
end
write_cell(io, x, delim, quotes) = print(io, x)
function write_cell(io, s::AbstractString, delim, quotes)
    if quotes && (any(in("\"\n"), s) || occursin(delim, s))
        print(io, '"', replace(s, '"' => "\"\""), '"')
    else
        print(io, s)
    end
end
Base.show(io::IO, ::MIME"text/csv", a::AbstractVecOrMat) = writedlm(io, a, ',')
Base.show(io::IO, ::MIME"text/tab-separated-values", a::AbstractVecOrMat) = writedlm(io, a, '\t')

end
