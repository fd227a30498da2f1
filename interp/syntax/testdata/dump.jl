# Writes the S-expression of each top-level statement of the files named in the
# list ARGS[1] to the directory ARGS[2], a file each, line numbers left out.

const OUT = ARGS[2]

function sym(io, s)
    n = String(s)
    plain = !isempty(n) && !isdigit(n[1]) && all(c -> isascii(c) && (isletter(c) || isdigit(c) || c == '_' || c == '!'), n)
    plain ? print(io, ':', n) : (print(io, "Symbol("); str(io, n); print(io, ')'))
end

function str(io, s)
    print(io, '"')
    for b in codeunits(s)
        if b == UInt8('"') || b == UInt8('\\')
            print(io, '\\', Char(b))
        elseif b < 0x20 || b >= 0x7f
            print(io, "\\x", string(b, base = 16, pad = 2))
        else
            print(io, Char(b))
        end
    end
    print(io, '"')
end

dump1(io, x::Symbol) = sym(io, x)
dump1(io, x::String) = str(io, x)
dump1(io, x::Char) = print(io, "char:", string(reinterpret(UInt32, x), base = 16, pad = 8))
dump1(io, x::Bool) = print(io, x)
dump1(io, x::Int64) = print(io, x)
dump1(io, x::Unsigned) = print(io, "0x", string(x, base = 16, pad = 2sizeof(x)))
dump1(io, x::Float64) = print(io, "f64:", string(reinterpret(UInt64, x), base = 16, pad = 16))
dump1(io, x::Float32) = print(io, "f32:", string(reinterpret(UInt32, x), base = 16, pad = 8))
dump1(io, x::Nothing) = print(io, "nothing")
dump1(io, x::QuoteNode) = (print(io, "QuoteNode("); dump1(io, x.value); print(io, ')'))
dump1(io, x::GlobalRef) = (print(io, "GlobalRef(", x.mod, ", "); sym(io, x.name); print(io, ')'))
dump1(io, x) = print(io, "?", typeof(x), "?")
function dump1(io, x::Expr)
    print(io, '(')
    sym(io, x.head)
    for a in x.args
        a isa LineNumberNode && continue
        print(io, ", ")
        dump1(io, a)
    end
    print(io, ')')
end

for (i, name) in enumerate(eachline(ARGS[1]))
    text = read(name, String)
    open(joinpath(OUT, string(i)), "w") do io
        ex = Base.parse_input_line(text; filename = name, depwarn = false)
        if ex isa Expr && ex.head === :toplevel
            for a in ex.args
                a isa LineNumberNode && continue
                dump1(io, a)
                println(io)
            end
        elseif ex !== nothing
            dump1(io, ex)
            println(io)
        end
    end
end
