function redefine()
    eval(:(late() = 1))
    try
        late()
    catch e
        e isa MethodError || e isa UndefVarError
    end
end
println(redefine())
println(late())
function latest()
    eval(:(late() = 2))
    Base.invokelatest(late)
end
println(latest())
w() = 1
function tasked()
    w()
end
println(tasked())
w() = 2
println(tasked())
loop() = begin
    a = w()
    eval(:(w() = 3))
    b = w()
    (a, b)
end
println(loop())
println(loop())
ex = :(y0 = 10; y0 + 1)
println(eval(ex), " ", y0)
module M
    export ext
    ext() = 1
    hidden() = 2
    module Inner
        deep() = 3
    end
    const c = 5
    v = 6
end
using .M
println(ext(), M.hidden(), M.Inner.deep(), M.c, M.v)
import .M: hidden
hidden(x) = x
println(hidden(), hidden(9))
M.eval(:(v = 7))
println(M.v)
println(Core.eval(M, :(ext() + v)))
println(@eval M begin c + 1 end)
for s in (:aa, :bb)
    @eval $(Symbol(s, "_f"))(x) = (x, $(QuoteNode(s)))
end
println(aa_f(1), bb_f(2))
@generated function gen(x, y...)
    x <: Number ? :((x, $(length(y)))) : :("not a number")
end
println(gen(1, 2, 3), gen("a"), gen(2.5))
@generated sz(::Val{N}) where {N} = :($N * 2)
println(sz(Val(4)))
println(isdefined(Main, :nope), isdefined(Main, :late), isdefined(M, :c))
nt = (a=1, b=2)
println((; nt..., c=3))
println(+(1:4...), max([3, 1, 2]...), string("ab"..., 'c'))
println((1:3..., [4, 5]..., (6,)..., Dict(7 => 8)...))
println(Core._apply_iterate(iterate, +, (1, 2), [3]))
struct Countdown; n::Int; end
Base.iterate(c::Countdown, s=c.n) = s == 0 ? nothing : (s, s - 1)
Base.length(c::Countdown) = c.n
for i in Countdown(3); print(i, " "); end
println(collect(Countdown(4)), (Countdown(2)...,))
a, (b, c), d = 1, (2, 3), 5
println(a, b, c, d)
