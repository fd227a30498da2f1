# Random numbers: generators, seeds, and how `rand` finds what to do.

"""
    Random

Random numbers: `rand`, `randn`, `shuffle`, seeds and generators.
"""
module Random

import ..Base: rand, randn, copy, copy!, ==, show, eltype, hash, getindex
using ..Base: xoshiro_next, xoshiro_below, xoshiro_between, xoshiro_fill, xoshiro_fill_below, random_normal, random_exponential, random_normals, random_exponentials,
    twister_float, twister_reserve, twister_int, twister_fill, twister_fill_bits, twister_fill_narrow, twister_fill_bools,
    BitInteger, BitInteger64, BitInteger_types, BitUnsigned, Dims, hash_word

export AbstractRNG, Xoshiro, TaskLocalRNG, MersenneTwister, RandomDevice, rand!, randn!, randexp, randexp!, shuffle, shuffle!,
    randperm, randperm!, randcycle, randcycle!, randsubseq, randsubseq!, randstring, bitrand, rand, randn

end
