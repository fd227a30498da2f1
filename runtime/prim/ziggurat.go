package prim

// This file: the tables of the Ziggurat method of Marsaglia and Tsang for normal and
// exponential random numbers, 256 strips each.

import (
	"math"
	"math/big"
	"sync"

	"weft/runtime/core"
	"weft/runtime/task"
)

// zigguratTables are, for one distribution: bounds below which a number is accepted at
// once, widths of the strips, and the density.
type zigguratTables struct {
	k    [256]uint64
	w, f [256]float64
}

var zigguratTable = []entry{
	{"ziggurat_tables", 1, 1, "ziggurat_tables(exponential): three vectors: bounds, widths, densities.", func(_ *task.Task, a []core.Value) (core.Value, error) {
		t := normalTables()
		if a[0].IsTrue() {
			t = exponentialTables()
		}
		vec := func(el *core.DataType, get func(i int) core.Value) core.Value {
			arr := core.NewArray(core.ArrayName.Apply([]core.Value{el.Value(), core.Int(1)}), 256, nil)
			for i := range 256 {
				arr.Set(i, get(i))
			}
			return arr.Value()
		}
		return makeTuple(vec(core.UInt64, func(i int) core.Value { return core.Uint(t.k[i]) }),
			vec(core.Float64, func(i int) core.Value { return core.Float(t.w[i]) }),
			vec(core.Float64, func(i int) core.Value { return core.Float(t.f[i]) })), nil
	}},
}

const (
	normalR      = 3.6541528853610087963519472518
	exponentialR = 7.6971174701310497140446280481
)

var normalTables = sync.OnceValue(func() *zigguratTables {
	c := bf{160}
	half := func(x *big.Float) *big.Float { return c.mul(c.mul(x, x), c.of(-0.5)) }
	r := c.number("3.65415288536100879635194725185604664812733315920964488827246397029393565706474")
	tail := c.number("2.580324876539008898343885504487203185398584536409033046076029509351995983934371e-04")
	density := func(x *big.Float) *big.Float { return expTo(half(x), 150) }
	// the strip's area: r*f(r) and the tail beyond r
	area := c.add(c.mul(r, density(r)), c.mul(tail, c.sqrt(c.scale(piTo(150), -1))))
	inverse := func(y *big.Float) *big.Float { return c.sqrt(c.mul(c.of(-2), logTo(y, 150))) }
	return ziggurat(c, r, area, 51, density, inverse)
})

var exponentialTables = sync.OnceValue(func() *zigguratTables {
	c := bf{160}
	r := c.number("7.69711747013104971404462804811408952334296818528283253278834867283241051210533")
	density := func(x *big.Float) *big.Float { return expTo(c.new().Neg(x), 150) }
	area := c.mul(c.add(r, c.of(1)), density(r))
	inverse := func(y *big.Float) *big.Float { return c.new().Neg(logTo(y, 150)) }
	return ziggurat(c, r, area, 52, density, inverse)
})

// number reads decimal text that is known to be a number.
func (c bf) number(s string) *big.Float {
	f, ok := c.new().SetString(s)
	if !ok {
		return c.new()
	}
	return f
}

// ziggurat computes the tables from where the tail begins and the area of a strip;
// random numbers of so many bits choose the place in a strip.
func ziggurat(c bf, x, area *big.Float, bits int, density, inverse func(*big.Float) *big.Float) *zigguratTables {
	t := new(zigguratTables)
	float := func(v *big.Float) float64 { f, _ := v.Float64(); return f }
	bound := func(v *big.Float) uint64 { n, _ := c.scale(v, bits).Uint64(); return n }
	f := density(x)
	t.w[255], t.f[255] = float(c.scale(x, -bits)), float(f)
	t.k[0] = bound(c.quo(c.mul(x, f), area))
	t.w[0], t.f[0] = float(c.scale(c.quo(area, f), -bits)), 1
	for i := 254; i >= 1; i-- {
		next := inverse(c.add(c.quo(area, x), f))
		t.k[i+1] = bound(c.quo(next, x))
		x, f = next, density(next)
		t.w[i], t.f[i] = float(c.scale(x, -bits)), float(f)
	}
	return t
}

// bitSource gives words of which at least the lower 52 bits are random, and floats.
type bitSource interface {
	word() uint64
	unit() float64
}

// normalFrom draws a number of the standard normal distribution.
func normalFrom(r bitSource) float64 {
	t := normalTables()
	for {
		u := r.word() & 0x000fffffffffffff
		m := int64(u >> 1)
		i := m & 0xff
		x := float64(m) * t.w[i]
		if u&1 == 1 {
			x = -x
		}
		switch {
		case uint64(m) < t.k[i]:
			return x
		case i == 0:
			for {
				xx := -mLog(r.unit()) * (1 / normalR)
				yy := -mLog(r.unit())
				if yy+yy > xx*xx {
					if m>>8&1 == 1 {
						return -normalR - xx
					}
					return normalR + xx
				}
			}
		case (t.f[i-1]-t.f[i])*r.unit()+t.f[i] < mExp(-0.5*x*x):
			return x
		}
	}
}

// exponentialFrom draws a number of the exponential distribution with mean 1.
func exponentialFrom(r bitSource) float64 {
	t := exponentialTables()
	for {
		u := r.word() & 0x000fffffffffffff
		i := u & 0xff
		x := float64(u) * t.w[i]
		switch {
		case u < t.k[i]:
			return x
		case i == 0:
			return exponentialR - mLog(r.unit())
		case (t.f[i-1]-t.f[i])*r.unit()+t.f[i] < mExp(-x):
			return x
		}
	}
}

func (r *twister) word() uint64  { return r.next() }
func (r *twister) unit() float64 { return math.Float64frombits(r.next()) - 1 }
