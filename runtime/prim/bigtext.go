package prim

// This file: BigFloat as text, both ways.

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"weft/runtime/core"
	"weft/runtime/task"
)

var bigTextTable = []entry{
	{"bigf_parse", 3, 3, "bigf_parse(text, base, ctx): the BigFloat that text writes, or nothing; base 0 goes by a prefix.", bigFloatParse},
	{"bigf_string", 2, 2, "bigf_string(x, digits): as Julia prints it; digits 0 for as many as tell x from its neighbours.", func(_ *task.Task, a []core.Value) (core.Value, error) {
		if !a[0].Is(BigFloatType) {
			return core.Value{}, unexpected("string", BigFloatType, a[0])
		}
		return core.MakeString(bigNumText(core.As[core.BigNum](a[0]), int(int64(a[1].N)))), nil
	}},
}

func bigFloatParse(_ *task.Task, a []core.Value) (core.Value, error) {
	s, err := textArg("bigf_parse", a[0])
	if err != nil {
		return core.Value{}, err
	}
	p, m := contextOf(a[2])
	s = strings.TrimSpace(s)
	switch strings.ToLower(strings.TrimLeft(s, "+-")) {
	case "nan", "@nan@":
		return nanLike(a[2], strings.HasPrefix(s, "-")), nil
	case "inf", "infinity", "@inf@":
		return makeBigFloat(contextFloat(a[2]).SetInf(strings.HasPrefix(s, "-"))), nil
	}
	base := int(int64(a[1].N))
	if strings.ContainsAny(s, "_") || base == 0 && strings.ContainsAny(s, "oO") {
		return nothing, nil
	}
	// A 0 in front does not make a number octal.
	if t := strings.TrimLeft(s, "+-"); base == 0 && !(len(t) > 1 && t[0] == '0' && strings.ContainsRune("xXbB", rune(t[1]))) {
		base = 10
	}
	f, _, err := big.ParseFloat(s, base, p, m)
	if err != nil {
		return nothing, nil
	}
	return makeBigFloat(f), nil
}

// bigNumText is a BigFloat as Julia prints it.
func bigNumText(n *core.BigNum, digits int) string {
	if n.NaN {
		return "NaN"
	}
	return bigFloatText(n.F, digits)
}

// bigFloatText prints that many significant digits, or with 0 as many as tell the
// number from its neighbours, without trailing zeros.
func bigFloatText(f *big.Float, digits int) string {
	sign := ""
	if f.Signbit() {
		sign = "-"
	}
	switch {
	case f.IsInf():
		return sign + "Inf"
	case f.Sign() == 0:
		return sign + "0.0"
	case digits <= 0:
		digits = 1 + int(math.Ceil(float64(f.Prec())*math.Log10(2)))
	}
	a, shift := withoutPower(new(big.Float).Abs(f))
	digitText, point := splitDigits(a.Text('e', digits-1))
	point += shift
	out := layoutDigits(digitText, point, "e+")
	// The exponent has two digits at least.
	if mant, exp, ok := strings.Cut(out, "e"); ok {
		if n, err := strconv.Atoi(exp); err == nil && n > -10 && n < 10 {
			out = mant + "e" + exp[:1] + "0" + exp[1:]
		}
	}
	return sign + out
}

// withoutPower gives y and k with x = y * 10^k, where y is not so large or small
// that writing all its digits would take long.
func withoutPower(x *big.Float) (*big.Float, int) {
	e := exponentOf(x)
	if e > -1<<16 && e < 1<<16 {
		return x, 0
	}
	k := int(float64(e) * math.Log10(2))
	w := x.Prec() + 128
	return bf{w}.quo(x, powTo(big.NewFloat(10), big.NewFloat(float64(k)), w)), k
}
