# A program with an entry point, called after the file has been run.
struct Report
    lines::Vector{String}
end
Base.show(io::IO, r::Report) = join(io, r.lines, " | ")

function (@main)(args)
    println("main with ", length(args), " arguments: ", Report(["a", "b"]))
    println(fourthroot(81), " ", rtruncate("a long line", 6))
    0
end
println("before")
