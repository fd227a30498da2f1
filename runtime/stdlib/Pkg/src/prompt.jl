# The words of the package prompt, `]command`.

const commands = Dict{String,Function}(
    "add" => args -> foreach(add_word, args), "dev" => args -> foreach(develop, args), "develop" => args -> foreach(develop, args),
    "rm" => args -> foreach(rm, args), "remove" => args -> foreach(rm, args),
    "activate" => args -> isempty(args) ? activate() : args[1] == "--temp" ? activate(; temp=true) : activate(args[1]),
    "status" => args -> status(), "st" => args -> status(), "instantiate" => args -> instantiate(), "resolve" => args -> resolve(),
    "update" => args -> update(), "up" => args -> update(), "precompile" => args -> precompile(), "gc" => args -> gc(),
    "build" => args -> build(), "generate" => args -> foreach(generate, args), "test" => args -> isempty(args) ? test() : foreach(test, args),
    "help" => args -> help(), "?" => args -> help())
add_word(word) = occursin("://", word) || startswith(word, "git@") ? add(; url=word) : occursin('/', word) ? develop(word) : add(first(split(word, '@')))

"""
    Pkg.prompt(line)
    pkg"line"

Do what is written at the package prompt, such as `activate folder`.
"""
function prompt(line::AbstractString)
    words = String.(split(line))
    isempty(words) && return help()
    haskey(commands, words[1]) || pkgerror("`", words[1], "` is not a recognized command. Type ? for help with available commands")
    commands[words[1]](words[2:end])
    nothing
end
macro pkg_str(line)
    :(prompt($line))
end

help() = println("""
    Packages in folders can be used; there is no registry, and nothing is downloaded.

      activate [folder]   make the project in a folder the active one
      develop folder      add the package in a folder to the active project
      status              what is in the active project
      rm name             take a package out of it
      instantiate         see that all its packages are there
      resolve             make its manifest anew
      test [name]         run the tests of a package
      generate folder     make a new package
      add name            says what can be had""")
