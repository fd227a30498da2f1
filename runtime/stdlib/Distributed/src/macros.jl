# The macros.

# Has the @sync around wait for x.
macro sync_add(x)
    :(sync_add($(esc(sync_varname)), $(esc(x))))
end

"The worker that gets the next `@spawnat :any`: one after the other."
function nextproc()
    ids = workers()
    ids[mod1(next_number(:used), length(ids))]
end
somewhere(p::Symbol) = p === :any ? nextproc() : throw(ArgumentError("expected :any or the number of a process"))
somewhere(p) = p

"""
    @spawnat pid expr

Evaluate `expr` in process `pid` (`:any`: in some worker); a `Future`.
"""
macro spawnat(pid, ex)
    spawn_at(:(somewhere($(esc(pid)))), ex)
end
"`@spawnat :any expr`"
macro spawn(ex)
    spawn_at(:(nextproc()), ex)
end
function spawn_at(pid, ex)
    holder = Expr(:block, ex)
    lets = Base.lift_interpolations!(holder)
    var = esc(sync_varname)
    quote
        let $(lets...)
            local r = remotecall(() -> $(esc(holder)), $pid)
            if $(Expr(:islocal, var))
                sync_add($var, r)
            end
            r
        end
    end
end
"`fetch(@spawnat :any expr)`"
macro fetch(ex)
    :(remotecall_fetch(() -> $(esc(ex)), nextproc()))
end
"`fetch(@spawnat pid expr)`"
macro fetchfrom(pid, ex)
    :(remotecall_fetch(() -> $(esc(ex)), $(esc(pid))))
end

"""
    @everywhere [pids] expr

Evaluate `expr` in `Main` of all processes, or of those given. `\$x` in it is the value of `x` here. Errors are thrown together
as a `CompositeException`.
"""
macro everywhere(ex)
    everywhere_form(:(procs()), ex)
end
macro everywhere(pids, ex)
    everywhere_form(esc(pids), ex)
end
function everywhere_form(pids, ex)
    imports = Expr(:block, extract_imports(ex)...)
    quote
        $(isempty(imports.args) ? nothing : :(Core.eval(Main, $(Expr(:quote, imports)))))
        remotecall_eval(Main, $pids, $(esc(Expr(:quote, ex))))
    end
end
"The imports at the top of an expression: they are done here before the others."
extract_imports(ex) = extract_imports!(Any[], ex)
extract_imports!(found, ex) = found
function extract_imports!(found, ex::Expr)
    ex.head in (:import, :using) ? push!(found, ex) : ex.head in (:let, :block, :toplevel) ? foreach(x -> extract_imports!(found, x), ex.args) : nothing
    found
end
"""
    remotecall_eval(m::Module, pids, expr)

Evaluate `expr` in a module of processes; the value, of a single one.
"""
function remotecall_eval(m::Module, pids, ex)
    @sync begin
        here = 0
        for p in pids
            p == myid() && (here += 1; continue)
            r = remotecall(eval_for_nothing, p, m, ex)
            @sync_add r
        end
        yield()
        for _ in 1:here
            @async Core.eval(m, ex)
        end
    end
    nothing
end
remotecall_eval(m::Module, pid::Int, ex) = remotecall_fetch(Core.eval, pid, m, ex)
eval_for_nothing(m, ex) = (Core.eval(m, ex); nothing)
"""
    @distributed [reducer] for x = itr ... end

Share the iterations of a loop among the workers. With a reducer, the loop's values are combined by it, and that is the value;
without, the loop runs in the background, and its task is the value.
"""
macro distributed(args...)
    1 <= length(args) <= 2 || throw(ArgumentError("wrong number of arguments to @distributed"))
    loop = args[end]
    loop isa Expr && loop.head === :for || error("malformed @distributed loop")
    loop.args[1].head === :block && throw(ArgumentError("@distributed does not take several loops at once"))
    var, itr, body = loop.args[1].args[1], loop.args[1].args[2], loop.args[2]
    f = esc(Expr(:->, Expr(:tuple, var), body))
    length(args) == 2 && return :(preduce($(esc(args[1])), $f, $(esc(itr))))
    sync = esc(sync_varname)
    quote
        let t = pfor($f, $(esc(itr)))
            if $(Expr(:islocal, sync))
                sync_add($sync, t)
            end
            t
        end
    end
end

"The ranges of about equal length into which `first:last` is divided for `n` processes."
function splitrange(first::Int, last::Int, n::Int)
    each, more = divrem(last - first + 1, n)
    ranges, lo = UnitRange{Int}[], first
    for i in 1:(each == 0 ? more : n)
        hi = lo + each - 1 + (i <= more)
        push!(ranges, lo:hi)
        lo = hi + 1
    end
    ranges
end
struct ReducePart{R,F}
    reducer::R
    f::F
end
(p::ReducePart)(items, part) = mapfoldl(i -> p.f(items[i]), p.reducer, part)
function preduce(reducer, f, items)
    parts = splitrange(Int(firstindex(items)), Int(lastindex(items)), nworkers())
    w = workers()
    rs = [remotecall(ReducePart(reducer, f), w[i], items, parts[i]) for i in eachindex(parts)]
    reduce(reducer, Any[fetch(r) for r in rs])
end
struct LoopPart{F}
    f::F
end
(p::LoopPart)(items, part) = foreach(i -> p.f(items[i]), part)
function pfor(f, items)
    @async @sync begin
        for part in splitrange(Int(firstindex(items)), Int(lastindex(items)), nworkers())
            r = remotecall(LoopPart(f), nextproc(), items, part)
            @sync_add r
        end
    end
end
