package prim

import (
	"math"
	"math/rand/v2"
	"testing"

	"weft/runtime/core"
	"weft/runtime/task"
)

func TestNamesAreUnique(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range All() {
		if seen[p.Name] {
			t.Errorf("primitive %s is there twice", p.Name)
		}
		seen[p.Name] = true
		if p.Doc == "" || p.Max >= 0 && p.Max < p.Min {
			t.Errorf("primitive %s: no doc, or bad arity %d..%d", p.Name, p.Min, p.Max)
		}
		if core.TypeOf(p.Ref).Name.Prim != p {
			t.Errorf("primitive %s: its type does not lead back to it", p.Name)
		}
	}
}

// call runs a primitive by name.
func call(t *testing.T, name string, a ...core.Value) (core.Value, error) {
	t.Helper()
	rt := core.NewRuntime()
	tk := &task.Task{Origin: &task.Origin{Sched: task.NewScheduler(rt, task.NewRealClock())}}
	return primOf(t, name)(tk, a)
}

// primOf is the primitive of that name.
func primOf(t *testing.T, name string) task.Fn {
	t.Helper()
	for _, p := range All() {
		if p.Name == name {
			return p.Fn.(task.Fn)
		}
	}
	t.Fatalf("no primitive %s", name)
	return nil
}

// TestLongWorkStops has primitives whose work is long find an interrupt pending.
func TestLongWorkStops(t *testing.T) {
	const n = longWork / 4
	ints, err := call(t, "array_iota", core.Int(n), core.Int(1), core.Int(1))
	if err != nil {
		t.Fatal(err)
	}
	floats := core.NewArray(core.VectorOf(core.Float64.Value()), n, nil).Value()
	for name, a := range map[string][]core.Value{
		"array_iota":        {core.Int(n), core.Int(1), core.Int(1)},
		"array_copy":        {ints},
		"array_slice":       {ints, core.Int(1), core.Int(n)},
		"array_join":        {ints, ints},
		"array_fill":        {ints, core.Int(1)},
		"array_copyto":      {core.NewArray(core.VectorOf(core.Int64.Value()), n, nil).Value(), core.Int(1), ints, core.Int(1), core.Int(n)},
		"array_grow_end":    {ints, core.Int(1)},
		"array_sum_int":     {ints},
		"array_sum_float":   {floats},
		"array_float_range": {core.Float(0), core.Float(0), core.Float(1), core.Float(0), core.Int(1), core.Int(n)},
	} {
		rt := core.NewRuntime()
		s := task.NewScheduler(rt, task.NewRealClock())
		tk := &task.Task{Origin: &task.Origin{Sched: s}}
		s.Foreground[tk] = true
		s.Interrupt()
		_, err := primOf(t, name)(tk, a)
		if named, ok := err.(*core.NamedError); !ok || named.Name != "InterruptException" {
			t.Errorf("%s: %v, want an InterruptException", name, err)
		}
	}
}

func TestFloatText(t *testing.T) {
	for _, c := range []struct {
		v          core.Value
		text, repr string
	}{
		{core.Float(1), "1.0", "1.0"},
		{core.Float(100000), "100000.0", "100000.0"},
		{core.Float(1234567), "1.234567e6", "1.234567e6"},
		{core.Float(1e10), "1.0e10", "1.0e10"},
		{core.Float(0.0001), "0.0001", "0.0001"},
		{core.Float(0.00001), "1.0e-5", "1.0e-5"},
		{core.Float(-2.5e-300), "-2.5e-300", "-2.5e-300"},
		{makeFloat(core.Float32, 0.1), "0.1", "0.1f0"},
		{makeFloat(core.Float32, 1e10), "1.0e10", "1.0f10"},
		{makeFloat(core.Float16, 0.1), "0.1", "Float16(0.1)"},
	} {
		if got := floatText(c.v, "e"); got != c.text {
			t.Errorf("print: got %s, want %s", got, c.text)
		}
		if got := floatRepr(c.v); got != c.repr {
			t.Errorf("show: got %s, want %s", got, c.repr)
		}
	}
}

func TestHashOfStrings(t *testing.T) {
	// hash("abc") and hash('a') of a real Julia.
	for _, c := range []struct {
		v    core.Value
		want uint64
	}{
		{core.MakeString("abc"), 0x7690a66f302b3f70},
		{core.MakeChar('a' << 24), 0xe97752fcdf292627},
	} {
		if got, ok := hashValue(c.v, 0); !ok || got != c.want {
			t.Errorf("hash: got %#x, want %#x", got, c.want)
		}
	}
}

func TestDivision(t *testing.T) {
	for _, c := range []struct {
		op         string
		x, y, want int64
	}{
		{"int_div", -7, 2, -3}, {"int_rem", -7, 2, -1}, {"int_fld", -7, 2, -4}, {"int_mod", -7, 2, 1}, {"int_cld", -7, 2, -3},
		{"int_div", 7, -2, -3}, {"int_rem", 7, -2, 1}, {"int_fld", 7, -2, -4}, {"int_mod", 7, -2, -1}, {"int_cld", 7, -2, -3},
	} {
		v, err := call(t, c.op, core.Int(c.x), core.Int(c.y))
		if err != nil || v.Int64() != c.want {
			t.Errorf("%s(%d, %d): got %d, %v", c.op, c.x, c.y, v.Int64(), err)
		}
	}
	if _, err := call(t, "int_div", core.Int(1), core.Int(0)); err == nil {
		t.Error("1 ÷ 0 did not throw")
	}
	if v, err := call(t, "int_fld", core.Int(-7), core.Int(-1)); err != nil || v.Int64() != 7 {
		t.Errorf("fld(-7, -1): got %d, %v", v.Int64(), err)
	}
}

func TestChars(t *testing.T) {
	s := "aé€😀\xff\xe2\x82"
	var got []uint32
	for i := 0; i < len(s); {
		var u uint32
		u, i = nextChar(s, i)
		got = append(got, u)
	}
	want := []uint32{0x61000000, 0xc3a90000, 0xe282ac00, 0xf09f9880, 0xff000000, 0xe2820000}
	if len(got) != len(want) {
		t.Fatalf("got %x", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("character %d: got %x, want %x", i, got[i], want[i])
		}
	}
	for _, r := range []uint32{0, 0x7f, 0x80, 0x7ff, 0x800, 0xffff, 0x10000, 0x10ffff} {
		if back, ok := charRune(charBits(r)); !ok || back != r {
			t.Errorf("code point %x comes back as %x, %v", r, back, ok)
		}
	}
}

// TestProductsInBlocks compares the product by blocks with the plain one, bit by bit.
func TestProductsInBlocks(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, size := range [][3]int{{20, 50, 60}, {300, 260, 270}, {33, 600, 17}, {513, 5, 300}, {16, 3000, 1}} {
		m, k, n := size[0], size[1], size[2]
		for _, special := range []float64{0, math.Inf(1), math.NaN()} {
			var x [2]core.Value
			var plain [2][]float64
			for i, dims := range [][]int{{m, k}, {k, n}} {
				a := core.NewArray(core.ArrayName.Apply([]core.Value{core.Float64.Value(), core.Int(2)}), dims[0]*dims[1], dims)
				for j := range a.Floats() {
					a.Floats()[j] = random.Float64() - 0.5
				}
				a.Floats()[7] = special
				x[i], plain[i] = a.Value(), a.Floats()
			}
			got, err := call(t, "array_matmul", x[0], x[1])
			if err != nil {
				t.Fatal(err)
			}
			c := core.As[core.Array](got).Floats()
			for j := range n {
				for i := range m {
					want := 0.0
					for l := range k {
						want += float64(plain[0][l*m+i] * plain[1][j*k+l])
					}
					if c[j*m+i] != want && (c[j*m+i] == c[j*m+i] || want == want) {
						t.Fatalf("%v with a %v: item %d, %d is %v, want %v", size, special, i, j, c[j*m+i], want)
					}
				}
			}
		}
	}
}
