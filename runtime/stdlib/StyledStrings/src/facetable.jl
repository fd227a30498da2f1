# The faces that have names, and how a program or a user changes them.

"""
    FACES

The faces with names: `FACES.default`, as they are at first, and `FACES.current[]`, as
they are now.
"""
const FACES = let
    colors = (:black, :red, :green, :yellow, :blue, :magenta, :cyan, :white)
    faces = Dict{Symbol,Face}(
        :default => Face("monospace", 120, :normal, :normal, SimpleColor(:default), SimpleColor(:default), false, false, false, Symbol[]),
        :bold => Face(weight=:bold), :light => Face(weight=:light), :italic => Face(slant=:italic), :underline => Face(underline=true),
        :strikethrough => Face(strikethrough=true), :inverse => Face(inverse=true),
        :grey => Face(foreground=:bright_black), :gray => Face(foreground=:bright_black),
        :shadow => Face(foreground=:bright_black), :region => Face(background=0x003a3a3a), :emphasis => Face(foreground=:blue),
        :highlight => Face(inherit=:emphasis, inverse=true), :code => Face(foreground=:cyan),
        :error => Face(foreground=:bright_red), :warning => Face(foreground=:yellow), :success => Face(foreground=:green),
        :info => Face(foreground=:bright_cyan), :note => Face(foreground=:grey), :tip => Face(foreground=:bright_green),
        :julia_stacktrace_frameindex => Face(), :julia_stacktrace_location => Face(inherit=:shadow),
        :julia_stacktrace_filename => Face(underline=true, inherit=:julia_stacktrace_location),
        :julia_stacktrace_fileline => Face(inherit=:julia_stacktrace_filename),
        :julia_stacktrace_repetition => Face(inherit=:warning),
        :julia_stacktrace_inlined => Face(inherit=:julia_stacktrace_repetition),
        :julia_stacktrace_basemodule => Face(inherit=:shadow),
        :log_error => Face(inherit=[:error, :bold]), :log_warn => Face(inherit=[:warning, :bold]),
        :log_info => Face(inherit=[:info, :bold]), :log_debug => Face(foreground=:blue, inherit=:bold),
        :repl_prompt => Face(weight=:bold), :repl_prompt_julia => Face(inherit=[:green, :repl_prompt]),
        :repl_prompt_help => Face(inherit=[:yellow, :repl_prompt]), :repl_prompt_shell => Face(inherit=[:red, :repl_prompt]),
        :repl_prompt_pkg => Face(inherit=[:blue, :repl_prompt]), :repl_prompt_beep => Face(inherit=[:shadow, :repl_prompt]))
    for name in (colors..., map(c -> Symbol(:bright_, c), colors)...)
        faces[name] = Face(foreground=name)
    end
    (default=faces, current=ScopedValue(copy(faces)), lock=ReentrantLock())
end
named_face(name::Symbol) = get(Face, FACES.current[], name)

"""
    addface!(name => face)

Make a new named face. If there is one of that name, nothing is done and nothing returned.
"""
function addface!((name, face)::Pair{Symbol,Face})
    lock(FACES.lock) do
        haskey(FACES.default, name) && return nothing
        FACES.default[name] = face
        now = FACES.current[]
        now[name] = haskey(now, name) ? merge(face, now[name]) : copy(face)
    end
end

"""
    loadface!(name => face)
    loadface!(name => nothing)

Put `face` on top of the named face, for the rest of the session, or set that one back.
"""
function loadface!((name, face)::Pair{Symbol,Face})
    lock(FACES.lock) do
        now = FACES.current[]
        now[name] = haskey(now, name) ? merge(now[name], face) : face
    end
end
loadface!((name, _)::Pair{Symbol,Nothing}) = resetfaces!(name)

"""
    resetfaces!([name])

Set all named faces, or one, back to what they are at first.
"""
function resetfaces!()
    lock(FACES.lock) do
        merge!(empty!(FACES.current[]), FACES.default)
    end
end
function resetfaces!(name::Symbol)
    lock(FACES.lock) do
        now = FACES.current[]
        haskey(now, name) || return nothing
        haskey(FACES.default, name) && return now[name] = copy(FACES.default[name])
        delete!(now, name)
        @warn "The face $name was reset, but it had no default value: it is deleted. addface! gives a face one."
    end
end

"""
    withfaces(f, name => face, ...)

Call `f` while the named faces are others: a `Face`, the name of one, a list of names, or
nothing for none.
"""
withfaces(f) = f()
withfaces(f, changes::Pair{Symbol,<:Union{Face,Symbol,Vector{Symbol},Nothing}}...) = withfaces(f, changes)
function withfaces(f, changes)
    eltype(changes) <: Pair{Symbol} || throw(MethodError(withfaces, (f, changes)))
    faces = copy(FACES.current[])
    for (name, face) in changes
        if face === nothing
            delete!(faces, name)
        else
            faces[name] = face isa Face ? face : face isa Symbol ? named_face(face) : Face(inherit=face)
        end
    end
    with(f, FACES.current => faces)
end

## faces in TOML

"""
    loaduserfaces!(faces::Dict)

Put the faces that a table, or a TOML file, describes on top of the named ones.
A table within a table makes names of both.
"""
function loaduserfaces!(faces::Dict{String,Any}, prefix::Union{String,Nothing}=nothing)
    for (name, spec) in faces
        full = prefix === nothing ? name : string(prefix, '_', name)
        own = filter(p -> !(p.second isa Dict), spec)
        inner = filter(p -> p.second isa Dict, spec)
        isempty(own) || loadface!(Symbol(full) => convert(Face, own))
        isempty(inner) || loaduserfaces!(inner, full)
    end
end
loaduserfaces!(file::String) = loaduserfaces!(Base.parsed_toml(file))

function Base.convert(::Type{Face}, spec::Dict{String,Any})
    entry(T, names...) = (for n in names; v = get(spec, n, nothing); v isa T && return v; end; nothing)
    symbol(name) = (v = entry(String, name); v === nothing ? nothing : Symbol(v))
    color(names...) = (v = entry(String, names...); v === nothing ? nothing : tryparse(SimpleColor, v))
    flag(name, on, off) = (v = entry(Bool, name); v === nothing ? nothing : v ? on : off)
    underline = entry(Union{Bool,String,Vector}, "underline")
    Face(entry(String, "font"), entry(Union{Int,Float64}, "height"),
        something(symbol("weight"), flag("bold", :bold, :normal), Some(nothing)),
        something(symbol("slant"), flag("italic", :italic, :normal), Some(nothing)),
        color("foreground", "fg"), color("background", "bg"),
        underline isa String ? tryparse(SimpleColor, underline) :
            underline isa Vector ? (tryparse(SimpleColor, underline[1]), Symbol(underline[2])) : underline,
        entry(Bool, "strikethrough"), entry(Bool, "inverse"), names_in(entry(Union{String,Vector}, "inherit")))
end
names_in(::Nothing) = Symbol[]
names_in(name::String) = [Symbol(name)]
names_in(list::Vector) = [Symbol(name) for name in list]
