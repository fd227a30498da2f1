# Serialization: values as bytes and back, in the format of Julia.

"""
    Serialization

`serialize` and `deserialize`: values of any type as bytes and back, in this program or
another run of it. The bytes of numbers, texts, arrays, tuples, dictionaries and structs are those of Julia.
"""
module Serialization

using Base: new_object, bits_to_bytes, bits_fill, ismutabletype, unwrap_unionall

export serialize, deserialize, AbstractSerializer, Serializer

include("tags.jl")
include("write.jl")
include("read.jl")

end
