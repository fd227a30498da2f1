# The load order of Base. Types come before the methods that name them.

include(Core, "boot.jl")
include(Core, "coretypes.jl")

# What everything uses
include("exports.jl")
include("essentials.jl")
include("traits.jl")
include("operators.jl")

# Numbers
include("promotion.jl")
include("hashing.jl")
include("number.jl")
include("bool.jl")
include("int.jl")
include("float.jl")

# Collections
include("pair.jl")
include("some.jl")
include("range.jl")
include("tuple.jl")
include("array.jl")
include("abstractarray.jl")
include("arrayshape.jl")
include("bitarray.jl")
include("reduce.jl")
include("iterators.jl")
include("namedtuple.jl")
include("dict.jl")
include("set.jl")
include("sort.jl")

# More numbers
include("bigint.jl")
include("intfuncs.jl")
include("irrationals.jl")
include("math.jl")
include("rational.jl")
include("complex.jl")

# Text
include("char.jl")
include("strings/substring.jl")
include("strings/basic.jl")
include("iobuffer.jl")
include("io.jl")
include("strings/search.jl")
include("strings/util.jl")
include("strings/io.jl")
include("strings/regex.jl")
include("version.jl")
include("parse.jl")

# Code
include("meta.jl")
include("reflection.jl")
include("ambiguity.jl")
include("docs.jl")
include("file.jl")
include("env.jl")
include("options.jl")

# Tasks
include("condition.jl")
include("lock.jl")
include("task.jl")
include("channels.jl")
include("timer.jl")
include("threads.jl")
include("include.jl")

include("missing.jl")
include("exprshow.jl")
include("multimedia.jl")
include("show.jl")
include("enums.jl")
include("arrayshow.jl")
include("stacktraces.jl")
include("errorshow.jl")
include("logging.jl")
include("broadcast.jl")
include("arraymore.jl")
include("atomics.jl")
include("cmd.jl")
include("random.jl")
include("client.jl")
include("weft.jl")
include("ijulia.jl")

# Module Weft: a file each for its parts
include(Weft, "weft/time.jl")
include(Weft, "weft/look.jl")
include(Weft, "weft/tasks.jl")
include(Weft, "weft/select.jl")
include(Weft, "weft/inspect.jl")
