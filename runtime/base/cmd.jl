# Commands: `program arg` as a value, and running them.

abstract type AbstractCmd end

"""
    `program args...`

A command to be `run`. `\$x` inside is one argument, whatever it contains; an array
gives several.

# Examples
```julia
julia> run(`echo hello`);
hello
```
"""
struct Cmd <: AbstractCmd
    exec::Vector{String}
    ignorestatus::Bool
    flags::UInt32       # see detach_flag and the following
    env::Union{Nothing,Vector{String}}
    dir::String
    Cmd(exec::Vector{String}) = new(exec, false, 0x00000000, nothing, "")
    Cmd(c::Cmd, ignorestatus, flags, env, dir) = new(c.exec, ignorestatus, flags, env, dir)
end
const detach_flag = 0x00000008
const verbatim_flag = 0x00000004
const hide_flag = 0x00000010
Cmd(parts::AbstractVector{<:AbstractString}) = Cmd(String[string(x) for x in parts])
function Cmd(c::Cmd; ignorestatus::Bool=c.ignorestatus, env=c.env, dir::AbstractString=c.dir, detach::Bool=c.flags & detach_flag != 0,
    windows_verbatim::Bool=c.flags & verbatim_flag != 0, windows_hide::Bool=c.flags & hide_flag != 0)
    flags = detach * detach_flag | windows_verbatim * verbatim_flag | windows_hide * hide_flag
    Cmd(c, ignorestatus, flags, env_list_of(env), without_nul(dir))
end
isplain(c::Cmd) = !c.ignorestatus && c.flags == 0 && c.env === nothing && isempty(c.dir)

function without_nul(s::AbstractString)
    '\0' in s && throw(ArgumentError("strings containing NUL cannot be passed to spawned processes"))
    String(s)
end
env_list_of(::Nothing) = nothing
env_list_of(v::AbstractVector{<:AbstractString}) = String[without_nul(s) for s in v]
env_list_of(d) = String[without_nul(string(k, "=", v)) for (k, v) in d]

"""
    ignorestatus(cmd)

The command, whose failure `run` does not turn into an error.
"""
ignorestatus(c::Cmd) = Cmd(c; ignorestatus=true)
"""
    detach(cmd)

The command, which goes on when this program ends.
"""
detach(c::Cmd) = Cmd(c; detach=true)
"""
    setenv(cmd, env; dir)
    setenv(cmd, "NAME" => value, ...; dir)

The command with another environment; with nothing but `dir`, in another folder.
"""
setenv(c::Cmd, env; dir=c.dir) = Cmd(c; env=env_list_of(env), dir=dir)
setenv(c::Cmd; dir=c.dir) = Cmd(c; dir=dir)
setenv(c::Cmd, pairs::Pair{<:AbstractString}...; dir=c.dir) = Cmd(c; env=env_list_of(pairs), dir=dir)
"""
    addenv(cmd, "NAME" => value, ...; inherit=true)

The command with more in its environment, which is that of this program unless the
command has its own or `inherit` is false; a value of `nothing` takes a name out.
"""
function addenv(c::Cmd, env::AbstractDict; inherit::Bool=true)
    d = Dict{String,String}()
    if c.env !== nothing
        for entry in c.env
            name, value = split(entry, '='; limit=2)
            d[name] = value
        end
    elseif inherit
        merge!(d, ENV)
    end
    for (k, v) in env
        v === nothing ? delete!(d, string(k)) : (d[string(k)] = string(v))
    end
    Cmd(c; env=d)
end
addenv(c::Cmd, pairs::Pair{<:AbstractString}...; inherit::Bool=true) = addenv(c, Dict(pairs); inherit=inherit)
addenv(c::Cmd, entries::Vector{<:AbstractString}; inherit::Bool=true) =
    addenv(c, Dict(Pair(split(e, '='; limit=2)...) for e in entries); inherit=inherit)

keys(c::Cmd) = keys(c.exec)
length(c::Cmd) = length(c.exec)
getindex(c::Cmd, i) = c.exec[i]
iterate(c::Cmd, s...) = iterate(c.exec, s...)
firstindex(c::Cmd) = 1
lastindex(c::Cmd) = length(c.exec)
eachindex(c::Cmd) = eachindex(c.exec)
last(c::Cmd) = last(c.exec)
eltype(::Type{Cmd}) = String
isempty(c::Cmd) = isempty(c.exec)
==(a::Cmd, b::Cmd) = a.exec == b.exec && a.ignorestatus == b.ignorestatus && a.flags == b.flags && a.env == b.env && a.dir == b.dir
hash(c::Cmd, h::UInt) = hash(c.exec, hash(c.env, hash(c.ignorestatus, hash(c.dir, hash(c.flags, h)))))
Broadcast.broadcastable(c::AbstractCmd) = RefValue{Any}(c)

## showing, and the words of a shell

# What must be quoted in a command, besides what every word quotes.
const shell_special = "#{}()[]<>|&*?~;"

"""
    Base.shell_escape(words...; special="")

The words as one would write them in a command, quoted where that is needed.
"""
shell_escape(words::AbstractString...; special::AbstractString="") = join((quoted_word(w, special) for w in words), ' ')
shell_escape(c::Cmd; special::AbstractString="") = shell_escape(c.exec...; special=special)
function quoted_word(w, special)
    isempty(w) && return "''"
    any(c -> isspace(c) || c in "\\'\"\$" || c in special, w) || return w
    '\'' in w || return string('\'', w, '\'')
    string('"', replace(w, '"' => "\\\"", '$' => "\\\$"), '"')
end

"""
    Base.shell_escape_posixly(words...)

The words as one would write them for a shell of POSIX.
"""
shell_escape_posixly(words::AbstractString...) = join((posix_word(w, i == 1) for (i, w) in enumerate(words)), ' ')
shell_escape_posixly(c::Cmd) = shell_escape_posixly(c.exec...)
function posix_word(w, first)
    isempty(w) && return "''"
    # an = in the first word would set a variable; one double quote is simple enough
    simple = all(c -> isascii(c) && (isletter(c) || isdigit(c)) || c in "_/+-'\"" || !first && c == '=', w) && count(==('"'), w) < 2
    simple ? replace(w, '\'' => "\\'", '"' => "\\\"") : string('\'', replace(w, '\'' => "'\\''"), '\'')
end

"""
    Base.shell_escape_csh(words...)
    Base.shell_escape_csh(io, words...)

The words as one would write them for the C shell.
"""
shell_escape_csh(words::AbstractString...) = sprint(shell_escape_csh, words...)
function shell_escape_csh(io::IO, words::AbstractString...)
    for (i, w) in enumerate(words)
        i > 1 && print(io, ' ')
        print(io, csh_word(w))
    end
end
function csh_word(w)
    isempty(w) && return "''"
    '\0' in w && throw(ArgumentError("strings containing NUL cannot be escaped for the C shell"))
    all(c -> isascii(c) && (isletter(c) || isdigit(c)) || c in "/._-+=:@%", w) && return w
    # within quotes an exclamation mark and a line end still need a backslash
    string('\'', replace(w, '\'' => "'\\''", '!' => "\\!", '\n' => "\\\n"), '\'')
end

"""
    Base.shell_escape_winsomely(words...)

The words as one would write them on Windows.
"""
shell_escape_winsomely(words::AbstractString...) = join(map(windows_word, words), ' ')
shell_escape_winsomely(c::Cmd) = shell_escape_winsomely(c.exec...)
function windows_word(w)
    isempty(w) || any(c -> c in " \t\"", w) || return w
    # backslashes count double before a quote, also before the closing one
    inner = replace(w, r"\\*\"" => t -> string(chop(t), t[1:end-1], "\\\""), r"\\+$" => t -> t^2)
    string('"', inner, '"')
end

"""
    Base.shell_split(text)

The words of a command line, whose quotes are those of a shell.
"""
function shell_split(text::AbstractString)
    out = String[]
    for word in shell_words(text, false, "")[1]
        push!(out, join(word))
    end
    out
end
"""
    Base.shell_parse(text; special="")

The expression that gives the words of a command line, and the range of its last
word's last piece.
"""
function shell_parse(text::AbstractString, interpolate::Bool=true; special::AbstractString="")
    words, last = shell_words(text, interpolate, special)
    (Expr(:tuple, [Expr(:tuple, w...) for w in words]...), last)
end

function show(io::IO, c::Cmd)
    special = c.env !== nothing || !isempty(c.dir)
    special && print(io, "setenv(")
    print(io, '`')
    for (i, word) in enumerate(c.exec) # where there are colours, each word is underlined
        i > 1 && print(io, ' ')
        printstyled(io, replace(shell_escape(word; special=shell_special), '`' => "\\`"); underline=true, color=:nothing)
    end
    print(io, '`')
    c.env === nothing || (print(io, ","); show(io, c.env))
    isempty(c.dir) || (print(io, "; dir="); show(io, c.dir))
    special && print(io, ")")
    nothing
end
show(io::IO, ::MIME"text/plain", c::Cmd) = show(io, c)

"""
    @cmd "text"

The command that `` `text` `` means.
"""
macro cmd(text)
    words, _ = shell_words(text, true, shell_special; filename=string(__source__.file))
    pieces = [Expr(:tuple, map(p -> p isa String ? p : esc(p), w)...) for w in words]
    :(cmd_of_words($(Expr(:tuple, pieces...))))
end

# The words of a command line, each a vector of pieces: Strings, and expressions to be
# put in; and where in the text the last piece lies. Quotes and backslashes work as in
# a shell.
function shell_words(text, interpolate, special; filename="none")
    s = String(text)
    words = Any[]
    word = Any[]
    piece = IOBuffer()
    started = false
    last = 0:-1
    i = firstindex(s)
    n = ncodeunits(s)
    quoted = '\0'
    flush() = (t = takestring!(piece); isempty(t) || push!(word, t))
    function finish()
        flush()
        started && push!(words, isempty(word) ? Any[""] : word)
        word = Any[]
        started = false
    end
    while i <= n
        c = s[i]
        next = nextind(s, i)
        if quoted == '\0' && isspace(c)
            finish()
        elseif c == '\'' && quoted != '"'
            quoted = quoted == '\'' ? '\0' : '\''
            started = true
        elseif c == '"' && quoted != '\''
            quoted = quoted == '"' ? '\0' : '"'
            started = true
        elseif c == '$' && quoted != '\'' && interpolate
            next > n && error("\$ right before end of command")
            isspace(s[next]) && error("space not allowed right after \$")
            flush()
            started = true
            # a variable ends where a quote begins
            ex, j = s[next] == '(' ? Meta.parse(s, next; greedy=false, filename=filename) : variable_at(s, next)
            last = next:prevind(s, j)
            push!(word, quoted == '"' && !(ex isa String) ? Expr(:call, GlobalRef(Base, :quoted_piece), ex) : ex)
            next = j
        elseif c == '\\' && quoted != '\''
            next > n && error("dangling backslash")
            e = s[next]
            next = nextind(s, next)
            if e in "\n\r"   # the line goes on behind the blanks of the next
                e == '\r' && next <= n && s[next] == '\n' && (next += 1)
                while next <= n && s[next] in " \t"
                    next += 1
                end
            else
                started = true
                # within double quotes a backslash stands for itself before other characters
                quoted == '"' && !(e in "\"\\\$`") && print(piece, '\\')
                print(piece, e)
            end
        elseif quoted == '\0' && c in special
            error("parsing command `$s`: special characters \"$special\" must be quoted in commands")
        else
            print(piece, c)
            started = true
        end
        i = next
    end
    quoted == '\0' || error(quoted == '\'' ? "unterminated single quote" : "unterminated double quote")
    finish()
    (words, last)
end

# The variable at s[i] and the index after it.
function variable_at(s, i)
    j = i
    while j <= ncodeunits(s) && (isletter(s[j]) || isdigit(s[j]) || s[j] in "_!" || !isascii(s[j]))
        j = nextind(s, j)
    end
    j > i ? (Symbol(s[i:prevind(s, j)]), j) : Meta.parse(s, i; greedy=false)
end

# What is put in within double quotes is one piece.
quoted_piece(c::Cmd) = c
quoted_piece(x) = piece_text(x)
piece_text(x::AbstractString) = without_nul(x)
piece_text(::Nothing) = throw(ArgumentError("`nothing` can not be interpolated into commands (`Cmd`)"))
piece_text(x) = without_nul(string(x))

# What a piece may stand for: one text or several.
piece_texts(x::AbstractString) = String[piece_text(x)]
piece_texts(x::Union{Number,AbstractChar,Symbol,Nothing}) = String[piece_text(x)]
function piece_texts(c::Cmd)
    isplain(c) || throw(ArgumentError("Non-default environment behavior is only permitted for the first interpolant."))
    c.exec
end
piece_texts(x) = isiterable(typeof(x)) ? String[piece_text(y) for y in x] : String[piece_text(x)]

function word_texts(pieces)
    out = piece_texts(pieces[1])
    for i in 2:length(pieces)
        out = String[a * b for a in out for b in piece_texts(pieces[i])]
    end
    out
end

# A command of words, each a tuple of pieces. A command that is the first word gives
# its environment.
function cmd_of_words(words)
    if !isempty(words) && length(words[1]) == 1 && words[1][1] isa Cmd
        first = words[1][1]
        exec = copy(first.exec)
        foreach(w -> append!(exec, word_texts(w)), words[2:end])
        return Cmd(Cmd(exec), first.ignorestatus, first.flags, first.env, first.dir)
    end
    exec = String[]
    foreach(w -> append!(exec, word_texts(w)), words)
    Cmd(exec)
end

## commands made of commands

"Two commands of which the second reads what the first writes (its errors, for `ErrOrCmds`)."
struct OrCmds <: AbstractCmd
    a::AbstractCmd
    b::AbstractCmd
end
struct ErrOrCmds <: AbstractCmd
    a::AbstractCmd
    b::AbstractCmd
end
"Two commands that run side by side."
struct AndCmds <: AbstractCmd
    a::AbstractCmd
    b::AbstractCmd
end
"A file that a command reads or writes."
struct FileRedirect
    filename::String
    append::Bool
    function FileRedirect(name::AbstractString, append::Bool)
        lowercase(name) == "/dev/null" && @warn "For portability use devnull instead of a file redirect" maxlog = 1
        new(name, append)
    end
end
"A command one of whose streams is connected to something else."
struct CmdRedirect <: AbstractCmd
    cmd::AbstractCmd
    handle::Any
    stream_no::Int
    readable::Bool
end
CmdRedirect(cmd, handle, stream_no) = CmdRedirect(cmd, handle, stream_no, stream_no == 0)
const Redirectable = Union{IO,FileRedirect,RawFD}

==(x::AndCmds, y::AndCmds) = x.a == y.a && x.b == y.b
hash(x::AndCmds, h::UInt) = hash(x.a, hash(x.b, h))
ignorestatus(c::CmdRedirect) = CmdRedirect(ignorestatus(c.cmd), c.handle, c.stream_no, c.readable)
ignorestatus(c::T) where {T<:Union{OrCmds,ErrOrCmds,AndCmds}} = T(ignorestatus(c.a), ignorestatus(c.b))

function show(io::IO, c::Union{OrCmds,ErrOrCmds})
    print(io, "pipeline(")
    show(io, c.a)
    print(io, ", ", c isa ErrOrCmds ? "stderr=" : "stdout=")
    show(io, c.b)
    print(io, ")")
end
function show(io::IO, c::AndCmds)
    show(io, c.a)
    print(io, " & ")
    show(io, c.b)
end
function show(io::IO, c::CmdRedirect)
    print(io, "pipeline(")
    show(io, c.cmd)
    print(io, ", ", c.stream_no == 0 ? "stdin" : c.stream_no == 1 ? "stdout" : c.stream_no == 2 ? "stderr" : c.stream_no, c.readable ? '<' : '>')
    show(io, c.handle)
    print(io, ")")
end

"`a & b`: commands that run side by side."
(&)(a::AbstractCmd, b::AbstractCmd) = AndCmds(a, b)

"""
    pipeline(from, to, ...)
    pipeline(cmd; stdin, stdout, stderr, append=false)

Commands connected: each reads what the one before writes. A String names a file;
streams can be read from and written to.

# Examples
```julia
julia> read(pipeline(`echo hello`, `tr a-z A-Z`), String)
"HELLO\n"
```
"""
function pipeline(c::AbstractCmd; stdin=nothing, stdout=nothing, stderr=nothing, append::Bool=false)
    append && stdout === nothing && stderr === nothing &&
        throw(ArgumentError("append set to true, but no output redirections specified"))
    stdin === nothing || (c = redirected(c, stdin, 0, false))
    stdout === nothing || (c = redirected(c, stdout, 1, append))
    stderr === nothing || (c = redirected(c, stderr, 2, append))
    c
end
pipeline(a::AbstractCmd, b) = pipeline(a; stdout=b)
pipeline(a::Union{Redirectable,AbstractString}, b::AbstractCmd) = pipeline(b; stdin=a)
pipeline(a, b, c, more...) = pipeline(pipeline(a, b), c, more...)
redirected(c, name::AbstractString, n, append) = CmdRedirect(c, FileRedirect(name, append), n)
redirected(c, stream::Redirectable, n, append) = CmdRedirect(c, stream, n)
redirected(c, other::AbstractCmd, n, append) = n == 0 ? OrCmds(other, c) : n == 1 ? OrCmds(c, other) : ErrOrCmds(c, other)
