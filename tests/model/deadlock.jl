# Ways of waking and waiting, for the random programs of deadlock_test.go.

wake(c::Channel) = put!(c, 1)
wake(c::Condition) = notify(c)
wake(e::Base.Event) = notify(e)
wake(s::Base.Semaphore) = Base.release(s)
await(c::Channel) = take!(c)
await(c::Condition) = wait(c)
await(e::Base.Event) = wait(e)
await(s::Base.Semaphore) = Base.acquire(s)
taken() = (s = Base.Semaphore(1); Base.acquire(s); s)

keyword(; what, rest...) = wake(what)
several(xs...) = foreach(wake, xs)
macro waking(x) :(wake($(esc(x)))) end
@generated generated(x) = :(wake(x))

abstract type Waking end
struct Waker <: Waking
    of
end
act(w::Waking) = wake(w.of)
Base.length(w::Waker) = (wake(w.of); 1)
Base.iterate(w::Waker, more=true) = more ? (wake(w.of); (1, false)) : nothing
Base.show(io::IO, w::Waker) = (wake(w.of); print(io, "w"))
Base.:+(w::Waker, n::Int) = (wake(w.of); n)
Base.isless(v::Waker, ::Waker) = (wake(v.of); false)
struct Caller{F}
    f::F
end
(c::Caller)() = c.f()
struct Lazy
    items::Dict{Symbol,Any}
end
Base.getproperty(l::Lazy, name::Symbol) = wake(getfield(l, :items)[name])
mutable struct Link
    item
    next
end
module Far
const things = Dict{Any,Any}()
module Farther
const things = Dict{Any,Any}()
end
end

# Something that goes on for ever, in another cell.
@async while true
    sleep(0.25)
end
