# The operations that Julia's compiler knows, on the bits of numbers and of other primitive types.

"""
    Core.Intrinsics

The operations that Julia's compiler knows, as functions of values of equal primitive types. What an
operation on integers does to a float or a pointer, it does to its bits.
"""
module Intrinsics
using ..Base: IEEEFloat

bitcast(T, x) = (T isa Type || throw(TypeError(:bitcast, Type, T)); Core.Prims.bits_reinterpret(T, x))
integer_type(T, sizes, name) = (i = findfirst(==(sizeof(T)), (1, 2, 4, 8, 16)); i === nothing ? error(name, ": value is not a primitive type") : sizes[i])
unsigned_type(T, name) = integer_type(T, (UInt8, UInt16, UInt32, UInt64, UInt128), name)
signed_type(T, name) = integer_type(T, (Int8, Int16, Int32, Int64, Int128), name)
function check_bits(name, x)
    isprimitivetype(typeof(x)) || error(name, ": value is not a primitive type")
end
function check_pair(name, x, y)
    check_bits(name, x)
    typeof(x) === typeof(y) || error(name, ": types of a and b must match")
end
# A Bool holds the last bit alone.
back(::Type{Bool}, r) = r & 0x01 != 0x00
back(T, r) = bitcast(T, r)

for (name, kind, op) in ((:add_int, :unsigned_type, :+), (:sub_int, :unsigned_type, :-), (:mul_int, :unsigned_type, :*),
        (:and_int, :unsigned_type, :&), (:or_int, :unsigned_type, :|), (:xor_int, :unsigned_type, :xor),
        (:sdiv_int, :signed_type, :div), (:srem_int, :signed_type, :rem), (:udiv_int, :unsigned_type, :div), (:urem_int, :unsigned_type, :rem),
        (:checked_sdiv_int, :signed_type, :div), (:checked_srem_int, :signed_type, :rem), (:checked_udiv_int, :unsigned_type, :div), (:checked_urem_int, :unsigned_type, :rem))
    text = string(name)
    @eval function $name(x, y)
        check_pair($text, x, y)
        U = $kind(typeof(x), $text)
        back(typeof(x), $op(bitcast(U, x), bitcast(U, y)))
    end
end
for (name, kind, op) in ((:eq_int, :unsigned_type, :(==)), (:ne_int, :unsigned_type, :(!=)), (:slt_int, :signed_type, :<), (:sle_int, :signed_type, :<=),
        (:ult_int, :unsigned_type, :<), (:ule_int, :unsigned_type, :<=))
    text = string(name)
    @eval function $name(x, y)
        check_pair($text, x, y)
        U = $kind(typeof(x), $text)
        $op(bitcast(U, x), bitcast(U, y))
    end
end
for (name, op) in ((:neg_int, :-), (:not_int, :~), (:bswap_int, :bswap), (:ctpop_int, :count_ones), (:ctlz_int, :leading_zeros), (:cttz_int, :trailing_zeros))
    text = string(name)
    @eval function $name(x)
        check_bits($text, x)
        U = unsigned_type(typeof(x), $text)
        back(typeof(x), $op(bitcast(U, x)) % U)
    end
end
# By how much is a number without a sign: what is too much shifts everything out.
for (name, kind, op) in ((:shl_int, :unsigned_type, :<<), (:lshr_int, :unsigned_type, :>>>), (:ashr_int, :signed_type, :>>))
    text = string(name)
    @eval function $name(x, n)
        check_bits($text, x)
        check_bits($text, n)
        U = $kind(typeof(x), $text)
        back(typeof(x), $op(bitcast(U, x), bitcast(unsigned_type(typeof(n), $text), n)))
    end
end
for (name, op) in ((:checked_sadd_int, :add_with_overflow), (:checked_ssub_int, :sub_with_overflow), (:checked_smul_int, :mul_with_overflow),
        (:checked_uadd_int, :add_with_overflow), (:checked_usub_int, :sub_with_overflow), (:checked_umul_int, :mul_with_overflow))
    kind = startswith(string(name), "checked_s") ? :signed_type : :unsigned_type
    text = string(name)
    @eval function $name(x, y)
        check_pair($text, x, y)
        U = $kind(typeof(x), $text)
        r, over = Base.Checked.$op(bitcast(U, x), bitcast(U, y))
        (back(typeof(x), r), over)
    end
end
flipsign_int(x, y) = (check_pair("flipsign_int", x, y); slt_int(y, back(typeof(y), zero(unsigned_type(typeof(y), "flipsign_int")))) ? neg_int(x) : x)

# Pointers and the like count as floats of their size.
function as_float(name, x)
    x isa IEEEFloat && return x
    x isa Integer || !isprimitivetype(typeof(x)) || !(sizeof(x) in (2, 4, 8)) ?
        error(name, ": runtime floating point intrinsics require both arguments to be Float16, BFloat16, Float32, or Float64") :
        bitcast(sizeof(x) == 8 ? Float64 : sizeof(x) == 4 ? Float32 : Float16, x)
end
for (name, op) in ((:add_float, :+), (:sub_float, :-), (:mul_float, :*), (:div_float, :/), (:rem_float, :rem), (:copysign_float, :copysign))
    text = string(name)
    @eval function $name(x, y)
        typeof(x) === typeof(y) || error($text, ": types of a and b must match")
        bitcast(typeof(x), $op(as_float($text, x), as_float($text, y)))
    end
    fast = Symbol(name, :_fast)
    name in (:add_float, :sub_float, :mul_float, :div_float, :rem_float) && @eval const $fast = $name
end
for (name, op) in ((:eq_float, :(==)), (:ne_float, :(!=)), (:lt_float, :<), (:le_float, :<=), (:fpiseq, :isequal))
    text = string(name)
    @eval function $name(x, y)
        typeof(x) === typeof(y) || error($text, ": types of a and b must match")
        $op(as_float($text, x), as_float($text, y))
    end
end
for (name, op) in ((:neg_float, :-), (:abs_float, :abs), (:sqrt_llvm, :sqrt), (:floor_llvm, :floor), (:ceil_llvm, :ceil), (:trunc_llvm, :trunc), (:rint_llvm, :round))
    text = string(name)
    @eval $name(x) = bitcast(typeof(x), $op(as_float($text, x)))
end
const fma_float, muladd_float = fma, muladd
have_fma(T) = T <: IEEEFloat
arraylen(a) = a isa Array ? length(a) : throw(TypeError(:arraylen, Array, a))

function trunc_int(T, x)
    sizeof(T) < sizeof(x) || error("Trunc: output bitsize must be < input bitsize")
    Core.Prims.bits_from_bytes(T, Core.Prims.bits_to_bytes(x), 1)
end
zext_int(T, x) = (sizeof(T) > sizeof(x) || error("ZExt: output bitsize must be > input bitsize"); extended(T, x, 0x00))
sext_int(T, x) = (sizeof(T) > sizeof(x) || error("SExt: output bitsize must be > input bitsize"); extended(T, x, Core.Prims.bits_to_bytes(x)[end] > 0x7f ? 0xff : 0x00))
extended(T, x, byte) = (b = Core.Prims.bits_to_bytes(x); Core.Prims.bits_from_bytes(T, [b; fill(byte, sizeof(T) - length(b))], 1))
float_type(T, name) = T <: IEEEFloat ? T : sizeof(T) == 8 ? Float64 : sizeof(T) == 4 ? Float32 : sizeof(T) == 2 ? Float16 : error(name, ": only floats have such a size")
as_any_float(name, x) = (check_bits(name, x); bitcast(float_type(typeof(x), name), x))
fptrunc(T, x) = sizeof(T) < sizeof(x) ? bitcast(T, float_type(T, "fptrunc")(as_any_float("fptrunc", x))) : error("fptrunc: output bitsize must be < input bitsize")
fpext(T, x) = sizeof(T) > sizeof(x) ? bitcast(T, float_type(T, "fpext")(as_any_float("fpext", x))) : error("fpext: output bitsize must be > input bitsize")
sitofp(T, x) = bitcast(T, float_type(T, "sitofp")(bitcast(signed_type(typeof(x), "sitofp"), x)))
uitofp(T, x) = bitcast(T, float_type(T, "uitofp")(bitcast(unsigned_type(typeof(x), "uitofp"), x)))
fptosi(T, x) = bitcast(T, unsafe_trunc(signed_type(T, "fptosi"), as_any_float("fptosi", x)))
fptoui(T, x) = bitcast(T, unsafe_trunc(unsigned_type(T, "fptoui"), as_any_float("fptoui", x)))
pointerref(p, i, align) = unsafe_load(p, i)
pointerset(p, x, i, align) = unsafe_store!(p, x, i)
end
module_set_const(Core, :Intrinsics, Intrinsics)
module_set_const(Core, :bitcast, Intrinsics.bitcast)
