# Hashing.

"""
    hash(x, [h::UInt])

A number that is the same for values that are `isequal`, mixed with `h`. A type
of one's own with `==` needs a method of two arguments.
"""
hash(x) = hash(x, 0x0000000000000000)
hash(@nospecialize(x), h::UInt) = hash_word(int_sub(int_mul(0x0000000000000003, h), objectid(x)))
hash(x::Union{Int64,String,Symbol}) = hash_plain(x, 0x0000000000000000)
hash(x::Symbol, h::UInt) = hash_plain(x, h)
hash(x::Nothing, h::UInt) = hash_plain(x, h)
hash(x, h::Integer) = hash(x, h % UInt)
