package prim

import "testing"

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
