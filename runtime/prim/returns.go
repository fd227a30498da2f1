package prim

// This file has the types of what primitives return, for package infer, which says how
// they are written. A primitive that is not named here may return anything.

import (
	"strings"
	"sync"
)

// returned lists for each type the primitives that return it.
var returned = []struct{ typ, names string }{
	{"Never", "throw rethrow throw_with_trace"},
	{"Bool", `=== !== isa <: isdefined isdefinedglobal kw_known applicable
		slt_int sle_int ult_int ule_int eq_int ne_int int_eq int_lt int_le bool_not
		float_signbit lt_float le_float eq_float ne_float float_lt float_le float_eq float_isless float_isequal float_isnan float_isinf float_isinteger
		bigf_signbit bits_get array_isassigned array_copyto array_gather_nd array_scatter_nd array_set_part array_fill_part array_sort
		char_ismalformed char_isoverlong char_test char_ignorable
		string_isvalid_index string_eq string_lt string_isvalid string_isascii string_hasprefix string_hassuffix
		symbol_is_identifier symbol_is_operator
		type_is type_morespecific type_hasfree module_isexported module_ispublic module_ambiguous module_declares module_isconst module_stands_alone
		dict_put dict_rehash_plain
		channel_isopen timer_isopen task_failed task_done task_started task_queued task_hidden task_is_root queue_remove
		stream_isopen stream_ended stream_begun net_isopen output_color output_rich`},
	{"Int64", `nfields sizeof_value array_length array_size bits_count bits_next bits_prev
		int_popcount int_leading_zeros int_trailing_zeros num_compare
		big_cmp big_sign big_trailing_zeros big_popcount bigf_cmp bigf_class bigf_precision bigf_exponent
		char_category char_width char_nbytes
		string_sizeof string_length string_thisind string_nextind string_prevind string_cmp string_width string_find string_rfind string_count string_grapheme_end
		type_fieldcount type_field_offset type_alignment svec_length
		dict_find view_place array_sum_int array_count xoshiro_between
		channel_length channel_avail channel_capacity queue_length
		buffer_write`},
	{"Float64", "itof array_sum_float twister_float clock_wall random_normal random_exponential range_float_at"},
	{"UInt64", "hash_word hash_ratio object_id clock_ns xoshiro_next xoshiro_below world_age newest_world"},
	{"UInt128", "uint_widemul"},
	{"UInt32", "char_codepoint char_decode_overlong"},
	{"UInt8", "string_byte"},
	{"Char", "char_from_codepoint char_upper char_lower char_title string_char"},
	{"String", `string_range string_concat string_repeat string_make string_from_bytes string_undef string_from_chars string_reverse string_upper string_lower
		string_escape string_unescape char_string char_escape string_normalize string_casefold string_replace
		int_string float_string float_repr float_compact float_format bigf_format bigf_string
		buffer_take_string buffer_read_string buffer_read_until quote_name symbol_string symbol_literal time_format base64_encode task_name disassemble file_temp file_temp_dir path_real file_readlink`},
	{"Symbol", "symbol_from_string symbol_gensym type_name function_name module_name task_state"},
	{"Vector{UInt8}", "string_bytes buffer_take buffer_read bits_to_bytes base64_decode digest_sum"},
	{"Vector{UInt64}", "bits_pack"},
	{"Vector{Char}", "string_chars"},
	{"Vector{Int64}", "array_iota bits_findall bools_findall"},
	{"Vector{Float64}", "array_float_range"},
	{"Vector{Symbol}", "module_names"},
	{"Vector{SubString{String}}", "string_split"},
	{"Vector{Any}", "type_methods task_exceptions"},
	{"BigInt", "big_int big_add big_sub big_mul big_and big_or big_xor big_gcd big_neg big_not big_div big_pow big_powmod big_shift big_isqrt big_from_float"},
	{"BigFloat", "bigf_make bigf_ratio bigf_op bigf_fma bigf_neg bigf_sqrt bigf_round bigf_scale bigf_next bigf_rem bigf_fn bigf_fn2 bigf_const"},
	{"Module", "module_parent module_fresh module_new type_module"},
	{"SimpleVector", "svec"},
	{"Expr", "_expr expr"},
	{"QuoteNode", "quote_node"},
	{"GlobalRef", "global_ref"},
	{"LineNumberNode", "line_node"},
	{"TypeVar", "_typevar"},
	{"DataType", "typeof"},
	{"Type", "apply_type fieldtype type_super type_join type_intersect type_wrapper type_unwrap type_unionall"},
	{"Task", "task_new task_current"},
	{"Tuple", "type_fieldnames type_union_members"},
	{"NamedTuple", "named_tuple kw_rest namedtuple_merge"},

	{"$1", `add_int sub_int mul_int and_int or_int xor_int int_add int_sub int_mul int_and int_or int_xor neg_int int_neg not_int int_not
		int_shl int_ashr int_lshr int_div int_rem int_fld int_cld int_mod int_checked_add int_checked_sub int_checked_mul
		int_bswap int_bitreverse int_gcd int_powmod int_pow
		add_float sub_float mul_float div_float float_add float_sub float_mul float_div float_rem float_mod float_ieee_rem neg_float float_neg float_abs
		sqrt_float float_sqrt float_floor float_ceil float_trunc float_round float_round_away float_fma float_copysign float_ldexp float_nextafter float_eps
		math_sin math_cos math_tan math_asin math_acos math_atan math_atan2 math_sinh math_cosh math_tanh math_asinh math_acosh math_atanh
		math_exp math_exp2 math_exp10 math_expm1 math_log math_log2 math_log10 math_log1p math_cbrt math_pow math_powi math_hypot math_gamma math_lgamma
		math_sinpi math_cospi math_sind math_cosd
		array_push array_pushfirst array_grow_end array_sizehint array_copy array_fill array_unset array_reverse object_copy array_permute`},
	{"$3", "setfield!"},
	{"=1", "int_convert int_trunc bits_reinterpret float_convert float_to_int float_unsafe_trunc int128_make array_alloc new_object memory_load memory_array bits_from_bytes named_tuple_as array_permute2"},
	{"=2", "array_reshape typeassert"},
	{"#1", "array_get array_pop array_popfirst"},
	{"Vector{=1}", "array_vect"},
	{"Vector{#1}", "array_slice array_gather"},
	{"Matrix{#1}", "array_half array_mirrored"},
	{"Matrix{Float64}", "array_sum_columns lapack_inverse"},
	{"Tuple{Matrix{Float64},Vector{Int64}}", "lapack_lu"},
	{"Tuple{Matrix{Float64},Vector{Float64},Vector{Int64}}", "lapack_qr"},
	{"Tuple{Matrix{Float64},Int64}", "lapack_cholesky"},
	{"Tuple{Vector{Float64},Matrix{Float64}}", "lapack_symeig"},
	{"Tuple{Vector{Float64},Vector{Float64},Matrix{Float64}}", "lapack_eig"},
	{"Tuple{Matrix{Float64},Vector{Float64},Matrix{Float64}}", "lapack_svd"},
	{"Tuple{Matrix{Float64},Matrix{Float64}}", "lapack_hessenberg"},
	{"Tuple{Matrix{Float64},Matrix{Float64},Vector{Float64},Vector{Float64}}", "lapack_schur"},
	{"Tuple{$1,Bool}", "int_add_flag int_sub_flag int_mul_flag"},
	{"Tuple{$1,Int64}", "float_frexp"},
	{"Tuple{Int64,Float64,Float64}", "math_rem_pio2"},
	{"Tuple{Float64,Float64}", "twice_fraction"},
	{"Union{Nothing,Tuple{Char,Int64}}", "string_iterate"},
	{"Tuple{Int64,Int64}", "string_strip output_size"},
	{"Union{Nothing,Bool}", "array_equal array_isequal array_approx"},
	{"Union{Nothing,UInt64}", "hash_plain"},
	{"Union{Nothing,BigInt}", "bigf_to_int"},
	{"Union{Nothing,BigFloat}", "bigf_parse"},
	{"Union{Nothing,=1}", "parse_int parse_float float_colon float_steps"},
	{"Tuple{Int64,Int64,Int64,Int64,Int64,Int64,Int64,Int64}", "time_parts"},
	{"Vector{String}", "file_list"},
	{"Union{Nothing,Vector{UInt8}}", "file_read"},
	{"Union{Nothing,String}", "file_read_string simple_string printf_plain env_get"},
	{"Union{Nothing,Char}", "buffer_read_char"},
	{"Union{Nothing,Vector{Int64}}", "array_sortperm"},
	{"Union{Nothing,Float64}", "array_abs2"},
	{"Union{Nothing,Method}", "method_which"},
	{"Nothing", "task_set_storage"},
}

var returns = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for _, r := range returned {
		for _, n := range strings.Fields(r.names) {
			m[n] = r.typ
		}
	}
	return m
})

// Returns is the type of what a primitive returns, "" if it may be anything.
func Returns(name string) string { return returns()[name] }

// foldable are the primitives that can be called while a type is inferred: they have no
// effect, are quick, and give the same for the same.
var foldable = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, n := range strings.Fields(`add_int sub_int mul_int and_int or_int xor_int int_add int_sub int_mul int_and int_or int_xor neg_int int_neg not_int int_not
		slt_int sle_int ult_int ule_int eq_int ne_int int_eq int_lt int_le int_shl int_ashr int_lshr int_div int_rem int_convert int_trunc bool_not
		lt_float le_float eq_float ne_float
		int_popcount int_leading_zeros int_trailing_zeros int_gcd int_checked_add int_checked_sub int_checked_mul
		sizeof_value type_super type_name type_is type_fieldcount type_wrapper type_join type_intersect type_hasfree type_union_members type_unionall type_unwrap type_field_offset type_alignment
		svec_length svec_get tuple_part tuple_join namedtuple_values kw_known kw_rest namedtuple_merge function_name string_sizeof string_eq symbol_string`) {
		m[n] = true
	}
	return m
})

// Foldable reports whether a primitive may be called while a type is inferred.
func Foldable(name string) bool { return foldable()[name] }
