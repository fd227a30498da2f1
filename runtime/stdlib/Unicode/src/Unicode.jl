# Unicode: normal forms and graphemes, from Base.

"""
    Unicode

`Unicode.normalize`, `graphemes`, `Unicode.isassigned`.
"""
module Unicode

using Base.Unicode: normalize, julia_chartransform, isequal_normalized, isassigned, GraphemeIterator

for name in names(Base.Unicode)
    name === :Unicode && continue
    @eval using Base.Unicode: $name
    @eval export $name
end

end
