abstract type Shape end
struct Sq <: Shape; a::Float64; end
struct Ci <: Shape; r::Float64; end
struct Re <: Shape; a::Float64; b::Float64; end
struct Tr <: Shape; a::Float64; b::Float64; end
struct Li <: Shape; end
struct Po <: Shape; end
area(s::Sq) = s.a^2
area(s::Ci) = 3s.r^2
area(s::Re) = s.a * s.b
area(s::Tr) = s.a * s.b / 2
area(::Shape) = 0.0
total(xs) = (t = 0.0; for x in xs; t += area(x); end; t)
shapes = Shape[Sq(1), Ci(2), Re(2, 3), Tr(2, 3), Li(), Po()]
println(total(shapes))
println(total(shapes))
area(::Li) = 100.0
println(total(shapes))
k(x::Int, y) = 1
k(x, y::Int) = 2
k(x, y) = 3
println(k(1, "a"), k("a", 1), k("a", "b"))
println(try k(1, 1) catch e; e isa MethodError end)
k(x::Int, y::Int) = 4
println(k(1, 1))
t(::Type{Int}) = "int"
t(::Type{T}) where {T<:AbstractFloat} = "float $T"
t(::Type) = "other"
t(x) = "value"
for x in (Int, Float64, Float32, String, 3, Int)
    print(t(x), ";")
end
println()
p(x::T, y::T) where {T} = "same $T"
p(x, y) = "different"
println(p(1, 2), " ", p(1, 2.0), " ", p("a", "b"))
va(x) = 1
va(x, y...) = length(y)
va(x::Int, y::Int...) = (isempty(y) ? 0 : sum(y), "ints")
println(va("a"), va("a", 1, 2), va(1), va(1, 2, 3))
opt(a, b=a + 1, c=a * b) = (a, b, c)
println(opt(1), opt(1, 5), opt(1, 5, 9))
kw(a; b=a, c=b + 1, rest...) = (a, b, c, length(rest))
println(kw(1), kw(1; c=0), kw(1; b=5, z=1, y=2))
kw2(; opts...) = sort(collect(keys(opts)))
println(kw2(b=1, a=2))
println(try kw3() catch e; e isa UndefVarError end)
req(; x) = x
println(try req() catch e; (e isa UndefKeywordError, e.var) end)
struct Adder; n::Int; end
(a::Adder)(x) = a.n + x
(a::Adder)(x, y) = a.n * x * y
println(Adder(3)(4), " ", Adder(3)(4, 5), " ", map(Adder(1), [1, 2, 3]))
struct Pt{T<:Real}
    x::T
    y::T
    Pt(x::T, y::T) where {T<:Real} = new{T}(x, y)
    Pt{T}(x) where {T} = new{T}(x, x)
end
println(Pt(1, 2).y, Pt{Float64}(3).x, typeof(Pt(1.0, 2.0)))
mutable struct Node; val; next; Node(v) = (n = new(v); n.next = n; n); end
n = Node(5)
println(n.next.next.val)
mutable struct Part; a::Int; b; Part(a) = new(a); end
println(try Part(1).b catch e; e isa UndefRefError end)
Base.getproperty(p::Part, s::Symbol) = s === :double ? 2 * getfield(p, :a) : getfield(p, s)
q = Part(21)
println(q.double, " ", q.a)
Base.setproperty!(p::Part, s::Symbol, v) = setfield!(p, s, s === :a ? v + 1 : v)
q.a = 1
println(q.a)
println(applicable(area, Sq(1)), " ", applicable(area, 1))
println(invoke(area, Tuple{Shape}, Sq(5)))
addone(x) = x + 1
println(addone(1), addone(1.5), addone(0x01), addone(1//2), addone(big(1)), addone(true))
m1(x) = "one"
println(m1(1))
m1(x::Int) = "two"
println(m1(1), m1("a"))
