# The table at the end of the outermost test set.

"""
    TestCounts

How many checks of a test set, and of those in it (`cumulative_...`), had each outcome, and
how long it took. `customized` says that the type of the set knows.
"""
struct TestCounts
    customized::Bool
    passes::Int
    fails::Int
    errors::Int
    broken::Int
    cumulative_passes::Int
    cumulative_fails::Int
    cumulative_errors::Int
    cumulative_broken::Int
    duration::String
end

"""
    get_test_counts(ts::AbstractTestSet)

The [`TestCounts`](@ref) of a test set. A type of test sets may have a method of its own.
"""
get_test_counts(ts::AbstractTestSet) = TestCounts(false, 0, 0, 0, 0, 0, 0, 0, 0, format_duration(ts))
function get_test_counts(ts::DefaultTestSet)
    passes, fails, errors, broken = ts.n_passed, 0, 0, 0
    below = [0, 0, 0, 0]
    for t in ts.results
        if t isa Fail
            fails += 1
        elseif t isa Error
            errors += 1
        elseif t isa Broken
            broken += 1
        elseif t isa AbstractTestSet
            c = get_test_counts(t)
            below .+= (c.passes + c.cumulative_passes, c.fails + c.cumulative_fails, c.errors + c.cumulative_errors, c.broken + c.cumulative_broken)
        end
    end
    ts.anynonpass = fails + errors + below[2] + below[3] > 0
    TestCounts(true, passes, fails, errors, broken, below..., format_duration(ts))
end

"""
    format_duration(ts::AbstractTestSet)

How long a test set took, as the summary prints it.
"""
format_duration(::AbstractTestSet) = "?s"
function format_duration(ts::DefaultTestSet)
    ts.time_end === nothing && return ""
    s = ts.time_end - ts.time_start
    s < 60 && return string(round(s; digits=1), "s")
    m, s = divrem(s, 60)
    s = string(round(s; digits=1))
    string(round(Int, m), "m", lpad(s, 4, "0"), "s")
end

"""
    print_verbose(ts::AbstractTestSet)

Whether the summary lists the sets in `ts` though all passed.
"""
print_verbose(::AbstractTestSet) = false
print_verbose(ts::DefaultTestSet) = ts.verbose

"""
    get_rng(ts::AbstractTestSet)

The generator that the test set began with, or nothing.
"""
get_rng(::AbstractTestSet) = nothing
get_rng(ts::DefaultTestSet) = ts.rng

"Adopt the state of the default generator at the beginning of a test set."
set_rng!(ts::AbstractTestSet, rng) = rng
set_rng!(ts::DefaultTestSet, rng) = ts.rng = rng

# The columns between the name and the time: title, colour, width.
struct SummaryColumn
    title::String
    color::Symbol
    width::Int
end
function summary_columns(counts)
    titles = ("Pass" => :green, "Fail" => Base.error_color(), "Error" => Base.error_color(), "Broken" => Base.warn_color(), "Total" => Base.info_color())
    [SummaryColumn(t.first, t.second, n > 0 ? max(length(t.first), ndigits(n)) : 0) for (t, n) in zip(titles, counts)]
end
function with_total(c)
    n = (c.passes + c.cumulative_passes, c.fails + c.cumulative_fails, c.errors + c.cumulative_errors, c.broken + c.cumulative_broken)
    (n..., sum(n))
end

"""
    print_test_results(ts::AbstractTestSet, depth_pad=0)

Print the summary of a test set: a line for it, and for each set in it where something failed.
"""
function print_test_results(ts::AbstractTestSet, depth_pad=0)
    c = get_test_counts(ts)
    n = with_total(c)
    columns = summary_columns(n)
    timing = hasfield(typeof(ts), :showtiming) && ts.showtiming
    duration_width = max(length("Time"), length(c.duration))
    align = max(get_alignment(ts, depth_pad), length("Test Summary:"))
    printstyled(rpad("Test Summary:", align), " |"; bold=true)
    for col in columns
        col.width > 0 || continue
        space = col.title == "Total" && timing ? "  " : col.title == "Total" ? "" : " "
        printstyled(" ", lpad(col.title, col.width), space; bold=true, color=col.color)
    end
    timing && printstyled(lpad("Time", duration_width); bold=true)
    println()
    print_counts(ts, depth_pad, align, columns, duration_width, timing)
    if n[2] + n[3] > 0
        rng = get_rng(ts)
        rng === nothing || println("RNG of the outermost testset: ", rng)
    end
    nothing
end

"The width that the names of a test set and of those to be listed below it take."
get_alignment(ts::AbstractTestSet, depth) = 2 * depth + (hasfield(typeof(ts), :description) ? textwidth(ts.description) : 0)
function get_alignment(ts::DefaultTestSet, depth)
    own = 2 * depth + textwidth(ts.description)
    get_test_counts(ts)
    ts.anynonpass || ts.verbose || return own
    maximum((get_alignment(t, depth + 1) for t in ts.results if t isa AbstractTestSet); init=own)
end

"Print the line of a test set, and those of the sets in it when they are wanted."
function print_counts(ts::AbstractTestSet, depth, align, columns, duration_width, timing)
    c = get_test_counts(ts)
    n = with_total(c)
    name = hasfield(typeof(ts), :description) ? ts.description : string(typeof(ts))
    print(rpad(string("  "^depth, name), align), " | ")
    for (i, col) in enumerate(columns)
        if i == 5
            total = n[5] > 0 ? string(n[5]) : c.customized ? "None" : "?"
            printstyled(lpad(total, col.width), timing ? "  " : ""; color=col.color)
        elseif n[i] > 0
            printstyled(lpad(n[i], col.width), "  "; color=col.color)
        elseif col.width > 0
            printstyled(lpad(c.customized ? " " : "x", col.width), "  "; color=col.color)
        end
    end
    timing && print(lpad(c.duration, duration_width))
    println()
    if n[1] + n[4] != n[5] || print_verbose(ts)
        for t in results(ts)
            t isa AbstractTestSet && print_counts(t, depth + 1, align, columns, duration_width, timing)
        end
    end
    nothing
end
