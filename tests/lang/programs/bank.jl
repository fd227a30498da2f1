# A bank in which clients are tasks: transfers over channels, locks, a ledger that must balance.
using Test

struct InsufficientFunds <: Exception
    owner::String
    balance::Int
    wanted::Int
end
Base.showerror(io::IO, e::InsufficientFunds) =
    print(io, "InsufficientFunds: ", e.owner, " has ", e.balance, ", needs ", e.wanted)

mutable struct Account
    owner::String
    balance::Int
    history::Vector{Pair{Symbol,Int}}
    guard::ReentrantLock
end
Account(owner, balance=0) = Account(owner, balance, [], ReentrantLock())

Base.show(io::IO, a::Account) = print(io, "Account(", a.owner, ", ", a.balance, ")")

function deposit!(a::Account, n::Integer)
    n > 0 || throw(ArgumentError("a deposit must be positive, got $n"))
    lock(a.guard) do
        a.balance += n
        push!(a.history, :deposit => n)
    end
    return a
end

function withdraw!(a::Account, n::Integer)
    lock(a.guard)
    try
        a.balance >= n || throw(InsufficientFunds(a.owner, a.balance, n))
        a.balance -= n
        push!(a.history, :withdraw => n)
    finally
        unlock(a.guard)
    end
    return a
end

abstract type Request end
struct Transfer <: Request
    from::String
    to::String
    amount::Int
    reply::Channel{Any}
end
struct Report <: Request
    reply::Channel{Any}
end
struct Stop <: Request end

mutable struct Bank
    accounts::Dict{String,Account}
    inbox::Channel{Request}
    served::Int
    refused::Int
end
Bank() = Bank(Dict{String,Account}(), Channel{Request}(8), 0, 0)

open!(b::Bank, owner, n) = (b.accounts[owner] = Account(owner, n); b)
total(b::Bank) = sum(a.balance for a in values(b.accounts))

function handle!(b::Bank, t::Transfer)
    try
        haskey(b.accounts, t.to) || throw(KeyError(t.to))
        withdraw!(b.accounts[t.from], t.amount)
        deposit!(b.accounts[t.to], t.amount)
        b.served += 1
        put!(t.reply, :ok)
    catch err
        b.refused += 1
        put!(t.reply, err)
    end
    true
end
function handle!(b::Bank, r::Report)
    rows = sort!([(a.owner, a.balance) for a in values(b.accounts)])
    put!(r.reply, rows)
    true
end
handle!(::Bank, ::Stop) = false

function serve(b::Bank)
    for request in b.inbox
        handle!(b, request) || break
    end
    close(b.inbox)
    b
end

function transfer(b::Bank, from, to, amount)
    reply = Channel{Any}(1)
    put!(b.inbox, Transfer(from, to, amount, reply))
    answer = take!(reply)
    answer isa Exception && throw(answer)
    answer
end

# A small generator of our own, so that every run is the same.
mutable struct LCG
    state::UInt32
end
next!(g::LCG) = (g.state = g.state * 0x0019660d + 0x3c6ef35f; g.state >> 8)
next!(g::LCG, range) = first(range) + Int(next!(g) % UInt32(length(range)))

bank = Bank()
names = ["Ada", "Ben", "Cleo", "Dan", "Eve"]
for (i, n) in enumerate(names)
    open!(bank, n, 100i)
end
println("opened: ", join(sort(collect(keys(bank.accounts))), ", "))
println("total: ", total(bank))

server = @async serve(bank)

results = Dict{Symbol,Int}()
@sync for (k, name) in enumerate(names)
    @async begin
        g = LCG(k)
        for step in 1:20
            to = names[next!(g, 1:5)]
            to == name && continue
            try
                transfer(bank, name, to, next!(g, 10:90))
                results[:ok] = get(results, :ok, 0) + 1
            catch err
                err isa InsufficientFunds || rethrow()
                results[:short] = get(results, :short, 0) + 1
            end
            iseven(step) && yield()
        end
    end
end

reply = Channel{Any}(1)
put!(bank.inbox, Report(reply))
for (owner, balance) in take!(reply)
    println(rpad(owner, 6), lpad(balance, 5))
end
println("total: ", total(bank))
println("served + refused == ", bank.served + bank.refused, " of ", sum(values(results)))
@test results[:ok] == bank.served
@test get(results, :short, 0) == bank.refused

try
    transfer(bank, "Ada", "Nobody", 1)
catch err
    println("refused: ", sprint(showerror, err))
end
try
    withdraw!(bank.accounts["Ada"], 10^6)
catch err
    println(typeof(err), ": wanted ", err.wanted)
end
try
    deposit!(bank.accounts["Ben"], -5)
catch err
    println("refused: ", sprint(showerror, err))
end

put!(bank.inbox, Stop())
wait(server)
println("server: ", istaskdone(server), ", inbox open: ", isopen(bank.inbox))
try
    put!(bank.inbox, Stop())
catch err
    println(err.msg)
end

# Interest is paid by a timer of sorts: a producer that the bank consumes.
rates = Channel{Float64}() do c
    for r in (0.01, 0.02, 0.005)
        put!(c, r)
    end
end
for r in rates, a in sort!(collect(values(bank.accounts)); by=a -> a.owner)
    gain = round(Int, a.balance * r)
    gain > 0 && deposit!(a, gain)
end
println("after interest: ", sort!([a.owner => a.balance for a in values(bank.accounts)]))

function summary_of(a::Account)
    sums = Dict(:deposit => 0, :withdraw => 0)
    for (kind, n) in a.history
        sums[kind] += n
    end
    (; owner=a.owner, ins=sums[:deposit], outs=sums[:withdraw])
end
for n in names
    s = summary_of(bank.accounts[n])
    a = bank.accounts[n]
    start = 100 * findfirst(==(n), names)
    println(s.owner, ": ", start, " + ", s.ins, " - ", s.outs, " = ", start + s.ins - s.outs)
    @test start + s.ins - s.outs == a.balance
end
println(bank.accounts["Cleo"])
