# Operators on pairs of values of many types, also where they overflow: what the engine
# does by itself has to be what Julia's methods do.
operators = Any[
    (x, y) -> x + y, (x, y) -> x - y, (x, y) -> x * y, (x, y) -> x < y, (x, y) -> x <= y, (x, y) -> x > y, (x, y) -> x >= y,
    (x, y) -> x == y, (x, y) -> x != y, (x, y) -> x < y ? 1 : 2, (x, y) -> x + 1, (x, y) -> x - 1, (x, y) -> x * 2, (x, y) -> x^2,
    (x, y) -> x < 2, (x, y) -> x == 0, (x, y) -> x > 1 ? 1 : 0, (x, y) -> x & y, (x, y) -> x | y, (x, y) -> xor(x, y)]
function show_all(values)
    for x in values
        for y in values, f in operators
            z = try
                f(x, y)
            catch e
                nameof(typeof(e))
            end
            print(nameof(typeof(z)), ' ', z, "; ")
        end
        println()
    end
end
show_all(Any[1//2, -3//4, 0//1, 7//3, typemax(Int)//1, typemin(Int)//3, 3, 0, typemax(Int), typemin(Int), 0.5, UInt8(2)])
show_all(Any[1.5+2.0im, -0.0+0.0im, complex(-0.0, -0.0), 2.0-Inf*im, NaN+1.0im, 3, 2.5, -0.0, 1+2im])
show_all(Any['a', 'é', "x", "xy", "", Int8(100), Int8(-100), UInt8(200), Int16(-1), UInt32(5), typemax(UInt64), :a])

# Integers stored in arrays of floats, entries of dictionaries, sorting by keys.
a = zeros(2, 3)
a[1, 2] = 3
a[2] = 7
a[end] = typemax(Int)
println(a)
for f in (() -> a[7] = 1, () -> a[3, 1] = 1, () -> a[0] = 1)
    try
        f()
    catch e
        println(e)
    end
end
d = Dict(1 => 2, 3 => 4)
d[5] = 6
d[1] = 7
println(sort(collect(d)), d[5], get(d, 9, 0), haskey(d, 3), try d[8] catch e; e end, try d["x"] = 1 catch e; nameof(typeof(e)) end)
println(sort([3, -1, 2, -3], by=abs), sort(["bb", "a", "ccc", "dd"], by=length, rev=true), sortperm([3, 1, 2], by=x -> (x % 2, x)))
println(findmax([1, 5, 2, 5]), findmin([2.0, NaN, 1.0]), findmax([-0.0, 0.0]), vcat([1 2], [3 4; 5 6]), hcat([1, 2], [3 4; 5 6]))
