# Writes subtype.txt, specific.txt and intersect.txt for the types of types.txt:
# julia oracle.jl DIR
dir = ARGS[1]
names = readlines(joinpath(dir, "types.txt"))
types = [Core.eval(Main, Meta.parse(n)) for n in names]
specific(a, b) = ccall(:jl_type_morespecific, Cint, (Any, Any), a, b) != 0
for (file, f) in (("subtype.txt", <:), ("specific.txt", specific))
    open(joinpath(dir, file), "w") do io
        for a in types
            println(io, join(f(a, b) ? "1" : "0" for b in types))
        end
    end
end
# Intersections: E empty, L the left type, R the right one, B both (equal), O another,
# ? the search overflowed.
open(joinpath(dir, "intersect.txt"), "w") do io
    for a in types
        for b in types
            t = try typeintersect(a, b) catch; missing end
            print(io, t === missing ? '?' : t === Union{} ? 'E' : t == a ? (t == b ? 'B' : 'L') : t == b ? 'R' : 'O')
        end
        println(io)
    end
end
