function counter()
    n = 0
    inc() = (n += 1; n)
    get() = n
    inc, get
end
i, g = counter()
i(); i(); i()
println(g())
fs = [() -> k^2 for k in 1:4]
println([f() for f in fs])
adders = Function[]
for k in 1:3
    push!(adders, x -> x + k)
end
println([a(10) for a in adders])
function undefcap(flag)
    if flag
        z = 1
    end
    h = () -> z
    try
        h()
    catch e
        e isa UndefVarError ? e.var : e
    end
end
println(undefcap(true), " ", undefcap(false))
let f
    f = n -> n < 2 ? 1 : n * f(n - 1)
    println(f(10))
end
compose(f, g) = x -> f(g(x))
println(compose(sin, cos)(0.0) == sin(1.0))
