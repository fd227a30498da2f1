package prim

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The values are those of 400-bit arithmetic, rounded once.
func TestElementaryFunctions(t *testing.T) {
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"sin(1)", sin64(1), 0.8414709848078965},
		{"sin(3)", sin64(3), 0.1411200080598672},
		{"cos(1e22)", cos64(1e22), 0.523214785395139},
		{"tan(0.5)", tan64(0.5), 0.5463024898437905},
		{"exp(1)", mExp(1), 2.718281828459045},
		{"exp(-20)", mExp(-20), 2.061153622438558e-9},
		{"log(10)", mLog(10), 2.302585092994046},
		{"log10(1000)", mLog10(1000), 3},
		{"log2(8)", mLog2(8), 3},
		{"2^0.5", mPow(2, 0.5), 1.4142135623730951},
		{"10^-3", powi(10, -3), 0.001},
		{"1.1^10", powi(1.1, 10), 2.5937424601000023},
		{"atan(1)", atan64(1), 0.7853981633974483},
		{"acos(0.5)", acos64(0.5), 1.0471975511965979},
		{"tanh(0.5)", tanh64(0.5), 0.46211715726000974},
		{"hypot(3,4)", mHypot(3, 4), 5},
		{"cbrt(27)", cbrt64(27), 3},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, c.got, c.want)
		}
	}
}

// TestQuickAttempts compares what is certain at the first attempt with the long way.
func TestQuickAttempts(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for _, c := range []struct {
		name         string
		from, to     float64 // the arguments; logarithms of them for positive
		positive     bool
		quick        func(x float64) (float64, bool)
		slow         func(x float64) dd
		leastCertain float64
	}{
		{"exp", -700, 700, false, func(x float64) (float64, bool) { return quickExp(dd{x, 0}, 0) }, func(x float64) dd { return expDD(dd{x, 0}) }, 0.995},
		{"exp, small", -1, 1, false, func(x float64) (float64, bool) { return quickExp(dd{x, 0}, 0) }, func(x float64) dd { return expDD(dd{x, 0}) }, 0.995},
		{"exp2", -1000, 1000, false, quickExp2, func(x float64) dd { return expDD(ln2DD.mul(dd{x, 0})) }, 0.995},
		{"log", -600, 600, true, func(x float64) (float64, bool) { return roundedLog(quickLog(x)) }, func(x float64) dd { return logDD(dd{x, 0}) }, 0.995},
		{"log, near 1", -0.03, 0.03, true, func(x float64) (float64, bool) { return roundedLog(quickLog(x)) }, func(x float64) dd { return logDD(dd{x, 0}) }, 0.995},
		{"log10", -600, 600, true, func(x float64) (float64, bool) { return roundedLog(quickLog(x).mul(perLn10)) }, func(x float64) dd { return logDD(dd{x, 0}).div(ln10DD) }, 0.995},
		{"x^2.7", -200, 200, true, func(x float64) (float64, bool) { return quickPow(x, 2.7) }, func(x float64) dd { return expDD(logDD(dd{x, 0}).mul(dd{2.7, 0})) }, 0.8},
	} {
		const n = 20000
		certain := 0
		for range n {
			x := c.from + (c.to-c.from)*random.Float64()
			if c.positive {
				x = math.Exp(x)
			}
			got, sure := c.quick(x)
			if !sure {
				continue
			}
			certain++
			if want := c.slow(x); got != want.value() && math.Abs(math.Abs(want.lo)/(math.Nextafter(math.Abs(want.hi), math.Inf(1))-math.Abs(want.hi))-0.5) > 1e-7 {
				t.Fatalf("%s of %x: %x at once, %x in the end", c.name, x, got, want.value())
			}
		}
		if float64(certain) < c.leastCertain*n {
			t.Errorf("%s: %d of %d are certain", c.name, certain, n)
		}
	}
}
