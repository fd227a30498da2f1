function order()
    r = Int[]
    try
        push!(r, 1)
        try
            push!(r, 2)
            error("a")
        catch
            push!(r, 3)
            rethrow()
        finally
            push!(r, 4)
        end
    catch e
        push!(r, 5)
        println(e.msg)
    finally
        push!(r, 6)
    end
    r
end
println(order())
function early()
    for i in 1:3
        try
            i == 2 && return i
        finally
            print("f", i, " ")
        end
    end
    0
end
println(early())
function loops()
    out = Int[]
    for i in 1:6
        try
            i == 2 && continue
            i == 5 && break
            push!(out, i)
        finally
            push!(out, -i)
        end
    end
    out
end
println(loops())
function nested()
    try
        try
            error("inner")
        catch
            error("outer")
        end
    catch e
        1, e.msg
    end
end
println(nested()[2])
v = try
    throw(42)
catch x
    x + 1
end
println(v)
struct MyErr <: Exception; code::Int; end
println(try throw(MyErr(7)) catch e; e.code end)
function deep(n)
    n == 0 ? throw(MyErr(n)) : deep(n - 1)
end
println(try deep(1000) catch e; e isa MyErr end)
println(try [1, 2][3] catch e; (e isa BoundsError, e.i) end)
println(try div(1, 0) catch e; e end)
println(try Dict(1 => 2)[3] catch e; (e isa KeyError, e.key) end)
println(try "a" + 1 catch e; e isa MethodError end)
println(try convert(Int, 1.5) catch e; e isa InexactError end)
println(try (1)::String catch e; e isa TypeError end)
println(try if 1 end catch e; (e isa TypeError, e.expected, e.got) end)
over(n) = over(n + 1) + 1
println(try over(1) catch e; e end)
println(try over(1) catch e; typeof(e) end)
f() = try error("x") catch; return "caught" end
println(f())
g() = (try; return 1; finally; print("fin "); end)
println(g())
println(try rethrow() catch e; e isa ErrorException end)
