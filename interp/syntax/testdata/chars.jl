# Writes what the parser makes of each assigned character outside ASCII: may it
# begin a name, go on in one, is it an operator and of which precedence, may it
# follow one, is it a blank.
function main(io)
    for c in 0x80:0x10ffff
        0xd800 <= c <= 0xdfff && continue
        ch = Char(c)
        Base.Unicode.isassigned(ch) || continue
        # Asking for operators is slow; letters and private characters are none.
        s = Symbol(Base.Unicode.category_code(ch) in (1:5..., 29) ? "a" : string(ch))
        op, level = s === :a ? (false, 0) : (Base.isoperator(s), Base.operator_precedence(s))
        println(io, c, ' ', Int(Base.is_id_start_char(ch)), ' ', Int(Base.is_id_char(ch)), ' ', Int(op), ' ',
            Int(level), ' ', ccall(:jl_op_suffix_char, Cint, (UInt32,), c), ' ', Int(isspace(ch)))
    end
end
io = IOBuffer()
main(io)
write(stdout, take!(io))
