# Ordinary differential equations: fixed and adaptive Runge-Kutta methods over any state type.
using Printf

struct Problem{F,U}
    f::F
    u0::U
    tspan::Tuple{Float64,Float64}
end

struct Solution{U}
    t::Vector{Float64}
    u::Vector{U}
    steps::Int
    rejected::Int
end
Base.length(s::Solution) = length(s.t)
Base.last(s::Solution) = s.u[end]
Base.iterate(s::Solution, i=1) = i > length(s) ? nothing : ((s.t[i], s.u[i]), i + 1)
Base.eltype(::Type{Solution{U}}) where {U} = Tuple{Float64,U}
function (s::Solution)(t)
    first(s.t) <= t <= s.t[end] || throw(DomainError(t, "outside of the solution's span"))
    i = clamp(searchsortedlast(s.t, t), 1, length(s.t) - 1)
    θ = (t - s.t[i]) / (s.t[i+1] - s.t[i])
    (1 - θ) * s.u[i] + θ * s.u[i+1]
end

abstract type Method end
struct Euler <: Method end
struct Midpoint <: Method end
struct RK4 <: Method end
Base.@kwdef struct Adaptive <: Method
    rtol::Float64 = 1e-6
    atol::Float64 = 1e-9
end
order(::Euler) = 1
order(::Midpoint) = 2
order(::RK4) = 4

step(::Euler, f, u, t, h) = u + h * f(u, t)
function step(::Midpoint, f, u, t, h)
    k = f(u, t)
    u + h * f(u + h / 2 * k, t + h / 2)
end
function step(::RK4, f, u, t, h)
    k1 = f(u, t)
    k2 = f(u + h / 2 * k1, t + h / 2)
    k3 = f(u + h / 2 * k2, t + h / 2)
    k4 = f(u + h * k3, t + h)
    u + h / 6 * (k1 + 2k2 + 2k3 + k4)
end

size_of(x::Number) = abs(x)
size_of(x) = maximum(abs, x)

function solve(p::Problem{F,U}, m::Method; n=100) where {F,U}
    t0, t1 = p.tspan
    ts = range(t0, t1; length=n + 1)
    us = U[p.u0]
    for t in ts[1:end-1]
        push!(us, step(m, p.f, us[end], t, Base.step(ts)))
    end
    Solution{U}(collect(ts), us, n, 0)
end

function solve(p::Problem{F,U}, m::Adaptive; h=0.1) where {F,U}
    t, t1 = p.tspan
    u = p.u0
    ts, us = [t], U[u]
    rejected = 0
    while t < t1
        h = min(h, t1 - t)
        big = step(RK4(), p.f, u, t, h)
        half = step(RK4(), p.f, u, t, h / 2)
        small = step(RK4(), p.f, half, t + h / 2, h / 2)
        err = size_of(small - big) / 15
        tol = m.atol + m.rtol * size_of(small)
        if err <= tol
            t = t1 - t <= h ? t1 : t + h
            u = small + (small - big) / 15
            push!(ts, t)
            push!(us, u)
        else
            rejected += 1
        end
        h *= clamp(0.9 * (tol / max(err, 1e-16))^0.2, 0.2, 5.0)
    end
    Solution{U}(ts, us, length(ts) - 1, rejected)
end

# a state of our own: a point with a velocity
struct Phase
    x::Float64
    v::Float64
end
Base.:+(a::Phase, b::Phase) = Phase(a.x + b.x, a.v + b.v)
Base.:-(a::Phase, b::Phase) = Phase(a.x - b.x, a.v - b.v)
Base.:*(k::Real, a::Phase) = Phase(k * a.x, k * a.v)
Base.:/(a::Phase, k::Real) = Phase(a.x / k, a.v / k)
size_of(p::Phase) = hypot(p.x, p.v)

decay = Problem((u, t) -> -u, 1.0, (0.0, 2.0))
@printf("exact %22.15f\n", exp(-2))
for m in (Euler(), Midpoint(), RK4())
    errs = [abs(last(solve(decay, m; n=n)) - exp(-2)) for n in (20, 40, 80)]
    rates = [log2(errs[i] / errs[i+1]) for i in 1:2]
    @printf("%-9s order %d: errors %.3e %.3e %.3e, rates %.2f %.2f\n", nameof(typeof(m)), order(m), errs..., rates...)
end

spring = Problem((u, t) -> Phase(u.v, -4u.x), Phase(1.0, 0.0), (0.0, Float64(π)))
s = solve(spring, RK4(); n=200)
energy(p::Phase) = p.v^2 / 2 + 2p.x^2
@printf("spring after one period: x = %.6f, v = %.6f, energy %.8f\n", last(s).x, last(s).v, energy(last(s)))
@printf("zero crossing near %.4f\n", first(t for (t, u) in s if u.x < 0))

a = solve(spring, Adaptive())
println("adaptive: ", a.steps < 120, " ", isapprox(last(a).x, 1.0; atol=1e-5), " ", a.rejected < a.steps)

lotka(u, t) = [u[1] * (1.1 - 0.4u[2]), u[2] * (0.1u[1] - 0.4)]
lv = solve(Problem(lotka, [10.0, 10.0], (0.0, 50.0)), Adaptive(rtol=1e-8))
@printf("predators and prey at 50: %.4f %.4f\n", lv(50.0)...)
invariant(u) = 0.1u[1] - 0.4log(u[1]) + 0.4u[2] - 1.1log(u[2])
drift = maximum(abs(invariant(u) - invariant([10.0, 10.0])) for (_, u) in lv)
println("invariant kept: ", drift < 1e-5)

vdp(μ) = (u, t) -> [u[2], μ * (1 - u[1]^2) * u[2] - u[1]]
for μ in (0.5, 2, 5)
    sol = solve(Problem(vdp(μ), [2.0, 0.0], (0.0, 30.0)), Adaptive())
    late = [u[1] for (t, u) in sol if t > 10]
    @printf("van der Pol μ = %-4s amplitude %.2f\n", μ, maximum(late))
end
c = solve(Problem((u, t) -> im * u, 1.0 + 0.0im, (0.0, 2π)), RK4(); n=400)
println("rotation returns: ", isapprox(last(c), 1; atol=1e-8), " ", typeof(last(c)) == Complex{Float64})
r = solve(Problem((u, t) -> -u // 1, 1 // 1, (0.0, 1.0)), Euler(); n=1).u[1]
println(r)
try
    s(10.0)
catch err
    println(sprint(showerror, err))
end
