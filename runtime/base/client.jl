# What runs a cell, a program or a line of the REPL, and shows how it ended.

"""
    CellRunner(statements, file, count, flags...)

The main task of a cell: evaluates the statements one by one, each in the newest
world, and makes what is shown. Calling it gives a `CellOutcome`.
"""
mutable struct CellRunner
    statements::Vector{Any}
    count::Int       # execution count; 0: not kept
    hide::Bool       # no result: silent, or a trailing semicolon
    input::String
    expressions::Vector{Any}   # name, Expr, name, Expr ...: evaluated after the statements
end

"What became of a cell; read by the host."
struct CellOutcome
    ok::Bool
    shown::Bool
    data::Vector{Any}          # representations of the value
    ename::String
    evalue::String
    traceback::Vector{Any}     # lines
    expressions::Vector{Any}   # name, CellOutcome, ...
    id::String                 # of the display that will be updated, or ""
end
CellOutcome(ok, shown, data, ename, evalue, traceback, expressions) =
    CellOutcome(ok, shown, data, ename, evalue, traceback, expressions, "")

const no_outcome = Any[]

function (c::CellRunner)()
    try
        c.count > 0 && invokelatest(begin_cell, c)
        value = recording_cells[] && c.count > 0 ? Weft.recorded(() -> eval_all(c), "In[$(c.count)]") : eval_all(c)
        invokelatest(keep_result, c, value)
        invokelatest(run_cell_hooks, c, cell_hooks.postexecute)
        data, id = c.hide || value === nothing ? (no_outcome, "") : invokelatest(display_data_of_result, value)
        return CellOutcome(true, !(c.hide || value === nothing), data, "", "", no_outcome, invokelatest(run_expressions, c.expressions), id)
    catch
        failed = invokelatest(failed_outcome, current_exceptions())
        invokelatest(run_cell_hooks, c, cell_hooks.posterror)
        return failed
    end
end

# What programs want to be called before and after cells: see IJulia.
const cell_hooks = (preexecute=Function[], postexecute=Function[], posterror=Function[])

run_cell_hooks(c::CellRunner, hooks) = c.count > 0 && foreach(invokelatest, copy(hooks))

# What comes before the statements of a cell that is kept. In a notebook In, Out and
# clear_history are names in Main, unless the notebook has its own.
function begin_cell(c::CellRunner)
    In[c.count] = c.input
    cells_run[] = c.count
    output_rich() && !isdefined(Main, :In) && Core.eval(Main, :(using Base.IJulia.CellNames))
    run_cell_hooks(c, cell_hooks.preexecute)
end

# Whether cells are recorded; see Weft.record.
const recording_cells = Ref(false)

function eval_all(c::CellRunner)
    value = nothing
    for ex in c.statements
        value = eval_statement(ex)
    end
    value
end

eval_statement(@nospecialize ex) = Core.eval(Main, ex)

# The representations of a cell's value, and the id of their display if it will be
# updated.
display_data_of_result(x) = (display_data(x), "")
display_data_of_result(d::DisplayData) = (d.data, "")
display_data_of_result(x::Union{Task,Channel}) = output_rich() ? Weft.card(x) : (display_data(x), "")

"""
    Notice(task)

Tells, in the task's cell, that it has failed and nobody waits for it. The host calls it.
"""
struct Notice
    task::Task
end
(n::Notice)() = Weft.show_notice(n.task)

# In[n], Out[n] and ans, and the number of the cell that runs
const In = Dict{Int,String}()
const Out = Dict{Int,Any}()
const cells_run = Ref(0)

function keep_result(c::CellRunner, @nospecialize(value))
    c.count > 0 || return nothing
    if value !== nothing && value !== Out && !c.hide
        Out[c.count] = value
    end
    value === nothing || keep_answer(value)
    nothing
end

function keep_answer(@nospecialize value)
    isdefined(Main, :ans) || Core.eval(Main, :(global ans))
    setglobal!(Main, :ans, value)
    nothing
end

function run_expressions(list)
    out = Any[]
    i = 1
    while i < length(list)
        push!(out, list[i])
        push!(out, run_expression(list[i + 1]))
        i += 2
    end
    out
end

function run_expression(@nospecialize ex)
    try
        value = eval_statement(ex)
        return CellOutcome(true, true, invokelatest(display_data, value), "", "", no_outcome, no_outcome)
    catch
        return invokelatest(failed_outcome, current_exceptions())
    end
end

# Front ends put the name of the exception before its message themselves.
without_prefix(s, prefix) = startswith(s, prefix) ? s[ncodeunits(prefix)+1:end] : s

function failed_outcome(stack)
    exc = stack[end].exception
    ename = string(nameof(typeof(exc)))
    evalue = try
        without_prefix(sprint(showerror, exc; context=:limit => true), ename * ": ")
    catch
        "(showerror failed)"
    end
    text = try
        sprint(io -> display_error(io, stack); context=:color => output_color())
    catch e
        string("ERROR: ", ename, " (and showing it failed: ", typeof(e), ")")
    end
    lines = Any[line for line in split(chomp(text), '\n')]
    CellOutcome(false, false, no_outcome, ename, evalue, lines, no_outcome)
end

"""
    ProgramRunner(statements)

The main task of a program file or of `-e`: evaluates the statements; an exception
is printed to stderr. Calling it gives the exit code.
"""
struct ProgramRunner
    statements::Vector{Any}
    print::Bool   # show the last value (-E)
    file::String  # of a program's file; "" for -e
    interactive::Bool
end

# Whether somebody types the program.
const somebody_types = Ref(true)

function (p::ProgramRunner)()
    line = 0
    somebody_types[] = p.interactive
    isempty(p.file) || (task_local_storage()[:SOURCE_PATH] = abspath(p.file))
    try
        value = nothing
        for ex in p.statements
            line = statement_line(ex)
            value = eval_statement(ex)
        end
        p.print && invokelatest(println, invokelatest(repr, value))
        has_entry[] || return 0
    catch e
        e isa ExitException && return e.code
        invokelatest(report_failure, current_exceptions(), p.file, line)
        return 1
    end
    invokelatest(run_entry)
end

"The main task of a program that comes by standard input, which is evaluated line by line and shown."
struct InputRunner end
function (::InputRunner)()
    text = ""
    somebody_types[] = false
    while !eof(stdin)
        text *= readline(stdin; keep=true)
        ex = parse_input_line(text)
        ex isa Expr && ex.head === :incomplete && !eof(stdin) && continue
        text = ""
        code = eval_shown(ex)
        code === nothing || return code
    end
    0
end
# An exit code, or nothing to go on.
function eval_shown(@nospecialize ex)
    try
        value = eval_statement(ex)
        keep_answer(value)
        value === nothing || invokelatest(display, value)
    catch e
        e isa ExitException && return e.code
        invokelatest(report_failure, current_exceptions(), "", 0)
    end
    nothing
end

"Whether the program said `@main`."
const has_entry = Ref(false)

"""
    (@main)(args)

As the name of a function, `main`, which is called with the program's arguments after its
file has been run; what it returns, if it is an integer, is the exit code.

# Examples
```julia
function (@main)(args)
    println("Hello, ", isempty(args) ? "world" : args[1])
end
```
"""
macro main(args...)
    isempty(args) || error("`@main` is expected to be used as `(@main)` without macro arguments.")
    has_entry[] = true
    esc(:main)
end

# Calls the program's main; gives the exit code.
function run_entry()
    has_entry[] = false
    try
        isdefined(Main, :main) || return 0
        code = eval_statement(:(main($(Main.ARGS))))
        return code isa Integer ? Int(code) : 0
    catch e
        e isa ExitException && return e.code
        invokelatest(report_failure, current_exceptions(), "", 0)
        return 1
    end
end

# The line of a statement as the host hands it over: (toplevel line expression).
statement_line(ex) = ex isa Expr && !isempty(ex.args) && ex.args[1] isa LineNumberNode ? ex.args[1].line : 0

function report_failure(stack, file, line)
    text = try
        sprint(io -> display_program_error(io, stack, file, line); context=:color => output_color())
    catch e
        string_concat("ERROR: ", type_string(typeof(stack[end].exception)), " (and showing it failed: ", type_string(typeof(e)), ")\n")
    end
    output_write(2, text)
    nothing
end

# The failure of a file is a LoadError, which tells the statement that failed.
function display_program_error(io, stack, file, line)
    isempty(file) && return display_error(io, stack)
    items = Any[x for x in stack]
    items[end] = (exception=LoadError(file, line, items[end].exception), backtrace=items[end].backtrace)
    display_error(io, items)
end

"Thrown by `exit`; ends the program."
struct ExitException <: Exception
    code::Int
end

"""
    exit(code=0)

End the program, or the kernel, with an exit code, after what `atexit` asked for.
"""
function exit(code=0)
    run_exit_hooks(Int(code))
    process_exit(Int(code))
end

"What is called at the end of the program, in this order."
const atexit_hooks = Callable[]

"""
    atexit(f)

Have `f()` called when the program ends; of several, the last asked for comes first.
If `f` takes an argument it is given the exit code. An `exit` in `f` changes the code.

# Examples
```julia
julia> atexit(() -> println("bye"))
```
"""
atexit(f::Function) = (pushfirst!(atexit_hooks, f); nothing)

function run_exit_hooks(code)
    while !isempty(atexit_hooks)
        f = popfirst!(atexit_hooks)
        try
            hasmethod(f, Tuple{Int}) && !hasmethod(f, Tuple{}) ? invokelatest(f, code) : invokelatest(f)
        catch e
            e isa ExitException && rethrow()
            output_write(2, string_concat(sprint(display_error, current_exceptions()), ""))
        end
    end
end

"The main task of the end of a program that did not call `exit`."
struct ExitRunner
    code::Int
end
(r::ExitRunner)() = (run_exit_hooks(r.code); r.code)
