# Trying again after an error.

"""
    ExponentialBackOff(; n=1, first_delay=0.05, max_delay=10.0, factor=5.0, jitter=0.1)

The delays, in seconds, before `n` further attempts: each is `factor` times the one before, at
most `max_delay`, and random within `jitter`.
"""
struct ExponentialBackOff
    n::Int
    first_delay::Float64
    max_delay::Float64
    factor::Float64
    jitter::Float64
    function ExponentialBackOff(n, first_delay, max_delay, factor, jitter)
        all(x -> x >= 0, (n, first_delay, max_delay, factor, jitter)) || error("all inputs must be non-negative")
        new(n, first_delay, max_delay, factor, jitter)
    end
end
ExponentialBackOff(; n=1, first_delay=0.05, max_delay=10.0, factor=5.0, jitter=0.1) = ExponentialBackOff(n, first_delay, max_delay, factor, jitter)
function iterate(b::ExponentialBackOff, state=(b.n, min(b.first_delay, b.max_delay)))
    left, delay = state
    left < 1 && return nothing
    next = min(b.max_delay, delay * b.factor * (1 - b.jitter + rand() * 2 * b.jitter))
    (delay, (left - 1, next))
end
length(b::ExponentialBackOff) = b.n
eltype(::Type{ExponentialBackOff}) = Float64

"""
    retry(f; delays=ExponentialBackOff(), check=nothing)

A function that calls `f`, and calls it again after each of the delays while it throws.
`check(state, e)` says whether an exception is worth another attempt; it may also return
`(state, decision)`.

# Examples
```julia
julia> n = 0;

julia> f() = (global n += 1) < 3 ? error("not yet") : n;

julia> retry(f; delays=[0.01, 0.01, 0.01])()
3
```
"""
function retry(f; delays=ExponentialBackOff(), check=nothing)
    (args...; kwargs...) -> begin
        y = iterate(delays)
        while y !== nothing
            delay, state = y
            try
                return f(args...; kwargs...)
            catch e
                if check !== nothing
                    answer = check(state, e)
                    state, again = answer isa Tuple && length(answer) == 2 ? answer : (state, answer)
                    again || rethrow()
                end
            end
            sleep(delay)
            y = iterate(delays, state)
        end
        f(args...; kwargs...)
    end
end
