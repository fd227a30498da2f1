# Test: unit tests.

"""
    Test

Unit tests: `@test`, `@test_throws`, `@testset` and their kin.
"""
module Test

export @test, @test_throws, @test_broken, @test_skip, @test_warn, @test_nowarn, @test_logs, @test_deprecated, @testset, @inferred,
    detect_ambiguities, detect_unbound_args, GenericString, GenericSet, GenericDict, GenericArray, GenericOrder, TestSetException,
    TestLogger, LogRecord

using Random
using Random: AbstractRNG, default_rng
import Base.CoreLogging as Logging
using Base.CoreLogging: AbstractLogger, LogLevel, Info, with_logger

include("results.jl")
include("testsets.jl")
include("summary.jl")
include("testset.jl")
include("check.jl")
include("throws.jl")
include("output.jl")
include("logs.jl")
include("inferred.jl")
include("ambiguities.jl")
include("generic.jl")

end
