package prim

// This file: numbers to text and back, as Julia prints and parses them.

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"weft/runtime/core"
	"weft/runtime/task"
)

var numTextTable = []entry{
	{"int_string", 3, 3, "digits of an integer in a base, padded with zeros", intString},
	{"float_string", 1, 1, "shortest text of a float, as print gives it", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.MakeString(floatText(a[0], "e")), nil
	}},
	{"float_repr", 1, 1, "shortest text of a float, as show gives it", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.MakeString(floatRepr(a[0])), nil
	}},
	{"float_compact", 1, 1, "text of a float with at most 6 digits", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.MakeString(floatCompact(a[0])), nil
	}},
	{"float_format", 3, 3, "x in format e, f, g or a with n decimals (-1: as many as needed)", func(_ *task.Task, a []core.Value) (core.Value, error) {
		n, err := intArg(a[2])
		if err != nil {
			return core.Value{}, err
		}
		f, err := textArg("float_format", a[1])
		if err != nil || len(f) != 1 || n > 10000 {
			return core.Value{}, core.ArgErrorf("float_format: bad format")
		}
		bits := 64
		if core.TypeOf(a[0]) == core.Float32 {
			bits = 32
		}
		return core.MakeString(strconv.FormatFloat(floatOf(a[0]), f[0], n, bits)), nil
	}},
	{"bigf_format", 3, 3, "a BigFloat in format e, f or g with n decimals", func(_ *task.Task, a []core.Value) (core.Value, error) {
		n, err := intArg(a[2])
		if err != nil {
			return core.Value{}, err
		}
		f, err := textArg("bigf_format", a[1])
		if err != nil || len(f) != 1 || n > 100000 {
			return core.Value{}, core.ArgErrorf("bigf_format: bad format")
		}
		return core.MakeString(bigFloatOf(a[0]).Text(f[0], n)), nil
	}},
	{"parse_int", 4, 4, "text as integer type T in a base (0: by prefix); nothing if it is none and the 4th argument is false", parseInt},
	{"parse_float", 2, 2, "text as float type T, or nothing", parseFloat},
	{"simple_string", 0, -1, "the printed arguments in one String when all are strings, numbers, Bool, Char, Symbol or nothing; else nothing", simpleString},
}

// intText is the text of any integer.
func intText(v core.Value, base int) string {
	t := core.TypeOf(v)
	switch {
	case t == core.Bool:
		return strconv.FormatBool(v.N != 0)
	case t == BigIntType || t.Kind == core.KindInt128:
		return bigOf(v).Text(base)
	case signed(t):
		return strconv.FormatInt(int64(v.N), base)
	}
	return strconv.FormatUint(v.N, base)
}

func intString(t *task.Task, a []core.Value) (core.Value, error) {
	base, err := intArg(a[1])
	if err != nil {
		return core.Value{}, err
	}
	pad, err := intArg(a[2])
	if err != nil {
		return core.Value{}, err
	}
	if base < 2 || base > 62 {
		return core.Value{}, core.Err("DomainError", a[1], core.MakeString("base must satisfy 2 ≤ abs(base) ≤ 62"))
	}
	if pad > 1<<26 {
		return core.Value{}, core.Err("OutOfMemoryError")
	}
	var s string
	switch kind := core.TypeOf(a[0]); {
	case kind == core.Bool:
		s = strconv.FormatUint(a[0].N, base)
	case kind == BigIntType || base > 36:
		b := bigOf(a[0])
		if err := long(t, bigWork(b, b), func() { s = b.Text(base) }); err != nil {
			return core.Value{}, err
		}
		if base > 36 {
			s = swapCase(s)
		}
	default:
		s = intText(a[0], base)
	}
	neg := strings.HasPrefix(s, "-")
	s = strings.TrimPrefix(s, "-")
	if pad == 0 && s == "0" {
		s = ""
	}
	if n := pad - len(s); n > 0 {
		s = strings.Repeat("0", n) + s
	}
	if neg {
		s = "-" + s
	}
	return core.MakeString(s), nil
}

// swapCase turns math/big's digits (lower case first) into Julia's.
func swapCase(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return r - 32
		case r >= 'A' && r <= 'Z':
			return r + 32
		}
		return r
	}, s)
}

// layoutDigits places the decimal point pt digits from the left of digits, or
// writes an exponent when that would be far away. exp is the exponent's letter,
// with a + when positive exponents get one.
func layoutDigits(digits string, pt int, exp string) string {
	return placePoint(digits, pt, 6, exp)
}

// placePoint is layoutDigits with the last place that needs no exponent.
func placePoint(digits string, pt, last int, exp string) string {
	n := len(digits)
	if -4 < pt && pt <= last {
		switch {
		case pt <= 0:
			return "0." + strings.Repeat("0", -pt) + digits
		case n <= pt:
			return digits + strings.Repeat("0", pt-n) + ".0"
		}
		return digits[:pt] + "." + digits[pt:]
	}
	frac := digits[1:]
	if frac == "" {
		frac = "0"
	}
	e := pt - 1
	if e < 0 {
		exp = strings.TrimSuffix(exp, "+")
	}
	return digits[:1] + "." + frac + exp + strconv.Itoa(e)
}

// splitDigits gives the digits and the place of the point of a FormatFloat 'e' text.
func splitDigits(s string) (string, int) {
	mant, exp, _ := strings.Cut(s, "e")
	e, err := strconv.Atoi(exp)
	if err != nil {
		e = 0
	}
	digits := strings.TrimRight(strings.Replace(mant, ".", "", 1), "0")
	if digits == "" {
		digits = "0"
	}
	return digits, e + 1
}

// shortest gives the fewest digits that read back as f in the type's precision.
func shortest(t *core.DataType, f float64) (string, int) {
	switch t {
	case core.Float32:
		return splitDigits(strconv.FormatFloat(f, 'e', -1, 32))
	case core.Float16:
		h := ToFloat16(f)
		for n := range 6 {
			s := strconv.FormatFloat(f, 'e', n, 64)
			if g, err := strconv.ParseFloat(s, 64); err == nil && ToFloat16(g) == h {
				return splitDigits(s)
			}
		}
	}
	return splitDigits(strconv.FormatFloat(f, 'e', -1, 64))
}

func special(f float64, suffix string) (string, bool) {
	switch {
	case f != f:
		return "NaN" + suffix, true
	case math.IsInf(f, 1):
		return "Inf" + suffix, true
	case math.IsInf(f, -1):
		return "-Inf" + suffix, true
	case f == 0:
		s := "0.0"
		if math.Signbit(f) {
			s = "-0.0"
		}
		return s, true
	}
	return "", false
}

func floatText(v core.Value, exp string) string {
	t, f := core.TypeOf(v), floatOf(v)
	if s, ok := special(f, ""); ok {
		return s
	}
	digits, pt := shortest(t, math.Abs(f))
	last := 6
	if t == core.Float16 { // beyond, its digits do not tell the number
		last = 3
	}
	s := placePoint(digits, pt, last, exp)
	if f < 0 {
		return "-" + s
	}
	return s
}

func floatRepr(v core.Value) string {
	switch core.TypeOf(v) {
	case core.Float32:
		if s, ok := special(floatOf(v), "32"); ok {
			if s == "0.0" || s == "-0.0" {
				s += "f0"
			}
			return s
		}
		s := floatText(v, "f")
		if !strings.Contains(s, "f") {
			s += "f0"
		}
		return s
	case core.Float16:
		if s, ok := special(floatOf(v), "16"); ok && !strings.Contains(s, ".") {
			return s
		}
		return "Float16(" + floatText(v, "e") + ")"
	}
	return floatText(v, "e")
}

func floatCompact(v core.Value) string {
	t, f := core.TypeOf(v), floatOf(v)
	if s, ok := special(f, ""); ok {
		return s
	}
	digits, pt := shortest(t, math.Abs(f))
	if len(digits) > 6 {
		digits, pt = splitDigits(strconv.FormatFloat(math.Abs(f), 'e', 5, 64))
	}
	last := 6
	if unit := math.Pow10(pt - len(digits)); pt >= len(digits) && math.Abs(math.Mod(math.Abs(f)+0.05, unit)-0.05) > 0.05 {
		last = -4 // the digits are not all of the number
	}
	s := placePoint(digits, pt, last, "e")
	if f < 0 {
		return "-" + s
	}
	return s
}

func quote(s string) string { return "\"" + escapeText(s, "\"$") + "\"" }

// parseInt follows Julia: blanks around, a sign, a prefix 0x 0o 0b when no base
// is given, then digits.
func parseInt(caller *task.Task, a []core.Value) (core.Value, error) {
	t, err := typeArg("parse", a[0])
	if err != nil {
		return core.Value{}, err
	}
	s, err := textArg("parse", a[1])
	if err != nil {
		return core.Value{}, err
	}
	base, err := intArg(a[2])
	if err != nil {
		return core.Value{}, err
	}
	fail := func(e error) (core.Value, error) {
		if a[3].IsTrue() {
			return core.Value{}, e
		}
		return nothing, nil
	}
	if base != 0 && (base < 2 || base > 62) {
		return core.Value{}, core.ArgErrorf("invalid base: base must be 2 ≤ base ≤ 62, got %d", base)
	}
	rest := strings.TrimLeftFunc(s, unicode.IsSpace)
	if rest == "" {
		return fail(core.ArgErrorf("input string is empty or only contains whitespace"))
	}
	neg := false
	if c := rest[0]; c == '+' || c == '-' && (signed(t)) {
		neg = c == '-'
		rest = rest[1:]
		if strings.TrimSpace(rest) == "" {
			return fail(core.ArgErrorf("input string is empty or only contains whitespace"))
		}
	}
	if base == 0 {
		base = 10
		if len(rest) > 2 && rest[0] == '0' {
			if b := map[byte]int{'x': 16, 'o': 8, 'b': 2}[rest[1]]; b != 0 {
				base, rest = b, rest[2:]
			}
		}
	}
	if t == core.Bool {
		switch strings.TrimSpace(rest) {
		case "true":
			return core.MakeBool(true), nil
		case "false":
			return core.MakeBool(false), nil
		}
	}
	n := 0
	var small uint64
	var more []byte // digits after those in small
	limit := (uint64(1)<<63 - 1) / uint64(base) / 2
	for n < len(rest) {
		r, w := utf8.DecodeRuneInString(rest[n:])
		d := digitValue(r, base)
		if d < 0 || d >= base {
			if n > 0 && unicode.IsSpace(r) {
				if strings.TrimSpace(rest[n:]) != "" {
					return fail(core.ArgErrorf("extra characters after whitespace in %s", quote(s)))
				}
				break
			}
			if t == BigIntType {
				return fail(core.ArgErrorf("invalid BigInt: %s", quote(s)))
			}
			return fail(core.ArgErrorf("invalid base %d digit %s in %s", base, charQuote(rest[n:n+w]), quote(s)))
		}
		if small > limit {
			more = append(more, byte(d))
		} else {
			small = small*uint64(base) + uint64(d)
		}
		n += w
	}
	b := new(big.Int).SetUint64(small)
	if len(more) > 0 {
		work := func() {
			b.Mul(b, new(big.Int).Exp(big.NewInt(int64(base)), big.NewInt(int64(len(more))), nil))
			b.Add(b, digitsNumber(more, base))
		}
		if err := long(caller, len(more)*len(more)/64, work); err != nil {
			return core.Value{}, err
		}
	}
	if neg {
		b.Neg(b)
	}
	v, ok := intFromBig(t, b)
	if !ok {
		if t == core.Bool {
			return fail(core.ArgErrorf("invalid Bool representation: %s", quote(s)))
		}
		return fail(core.Err("OverflowError", core.MakeString("overflow parsing "+quote(s))))
	}
	return v, nil
}

// digitsNumber is the number that digits, the highest first, write: long ones by halves.
func digitsNumber(digits []byte, base int) *big.Int {
	if len(digits) > 200 {
		low := digits[len(digits)/2:]
		z := digitsNumber(digits[:len(digits)/2], base)
		z.Mul(z, new(big.Int).Exp(big.NewInt(int64(base)), big.NewInt(int64(len(low))), nil))
		return z.Add(z, digitsNumber(low, base))
	}
	z, b := new(big.Int), big.NewInt(int64(base))
	for _, d := range digits {
		z.Mul(z, b).Add(z, big.NewInt(int64(d)))
	}
	return z
}

func digitValue(r rune, base int) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case base <= 36 && r >= 'a' && r <= 'z':
		return int(r-'a') + 10
	case r >= 'A' && r <= 'Z':
		return int(r-'A') + 10
	case r >= 'a' && r <= 'z':
		return int(r-'a') + 36
	}
	return -1
}

func charQuote(s string) string { return "'" + escapeText(s, "'") + "'" }

func parseFloat(_ *task.Task, a []core.Value) (core.Value, error) {
	t, err := typeArg("parse", a[0])
	if err != nil {
		return core.Value{}, err
	}
	s, err := textArg("parse", a[1])
	if err != nil {
		return core.Value{}, err
	}
	s = strings.TrimSpace(s)
	if s == "" || strings.ContainsAny(s, "_iInN") {
		nan := math.Float64frombits(0x7ff8 << 48) // Julia's; Go's has another bit set
		switch strings.ToLower(s) {
		case "+nan", "nan":
			return makeFloat(t, nan), nil
		case "-nan":
			return makeFloat(t, -nan), nil
		case "inf", "+inf", "-inf", "infinity", "+infinity", "-infinity":
		default:
			return nothing, nil
		}
	}
	if i := strings.IndexAny(s, "fF"); i > 0 && !strings.ContainsAny(s, "xXiI") {
		s = s[:i] + "e" + s[i+1:]
	}
	if strings.ContainsAny(s, "xX") && !strings.ContainsAny(s, "pP") {
		s += "p0"
	}
	bits := 64
	if t == core.Float32 {
		bits = 32
	}
	f, err := strconv.ParseFloat(s, bits)
	if err != nil && !math.IsInf(f, 0) {
		return nothing, nil
	}
	return makeFloat(t, f), nil
}

// simpleString joins what print writes for the values that need no method of
// show: then printing them takes one call.
func simpleString(_ *task.Task, a []core.Value) (core.Value, error) {
	if len(a) == 1 {
		if core.TypeOf(a[0]) == core.StringType {
			return a[0], nil
		}
		s, ok := printText(a[0])
		if !ok {
			return nothing, nil
		}
		return core.MakeString(s), nil
	}
	var room [128]byte
	b, ok := room[:0], true
	for _, v := range a {
		switch core.TypeOf(v) {
		case core.StringType:
			b = append(b, v.Str()...)
		case core.Int64:
			b = strconv.AppendInt(b, v.Int64(), 10)
		default:
			var s string
			if s, ok = printText(v); !ok {
				return nothing, nil
			}
			b = append(b, s...)
		}
	}
	return core.MakeString(string(b)), nil
}

// printText is what print writes for a plain value.
func printText(v core.Value) (string, bool) {
	switch t := core.TypeOf(v); t {
	case core.StringType:
		return v.Str(), true
	case core.SymbolType:
		return core.As[core.Symbol](v).Name, true
	case core.Char:
		return charText(uint32(v.N)), true
	case core.Float64, core.Float32, core.Float16:
		return floatText(v, "e"), true
	case core.Bool, core.Int8, core.Int16, core.Int32, core.Int64, core.UInt8, core.UInt16, core.UInt32, core.UInt64, core.Int128, core.UInt128:
		return intText(v, 10), true
	case BigIntType:
		return intText(v, 10), true
	case BigFloatType:
		return bigNumText(core.As[core.BigNum](v), 0), true
	case core.NothingType:
		return "nothing", true
	default:
		if t.Kind == core.KindObject && isSubString(t) {
			s, err := textArg("print", v)
			return s, err == nil
		}
	}
	return "", false
}
