package core

import (
	"os"
	"strings"
	"testing"
)

// relationTypes reads testdata/types.txt.
func relationTypes(t *testing.T) ([]string, []Value) {
	rt := newTestRuntime(t)
	p := &typeParser{t: t, scope: testTypes(rt)}
	names := lines(t, "testdata/types.txt")
	var ts []Value
	for _, n := range names {
		ts = append(ts, p.read(n))
	}
	return names, ts
}

func lines(t *testing.T, file string) []string {
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(b)), "\n")
}

// checkRelation compares a relation on all pairs of types with a table.
func checkRelation(t *testing.T, file string, use func(i, j int, a, b Value) bool, f func(a, b Value) byte) {
	names, ts := relationTypes(t)
	table := lines(t, file)
	bad := 0
	for i, a := range ts {
		for j, b := range ts {
			if !use(i, j, a, b) {
				continue
			}
			if got := f(a, b); got != table[i][j] {
				bad++
				if bad <= 60 {
					t.Errorf("%s  ~  %s: %c, want %c", names[i], names[j], got, table[i][j])
				}
			}
		}
	}
	if bad > 0 {
		t.Errorf("%d of %d differ", bad, len(ts)*len(ts))
	}
}

func TestSubtypeTable(t *testing.T) {
	checkRelation(t, "testdata/subtype.txt", func(int, int, Value, Value) bool { return true }, func(a, b Value) byte {
		if Subtype(a, b) {
			return '1'
		}
		return '0'
	})
}

func TestSpecificTable(t *testing.T) {
	// Only signatures that some call fits both of are ever compared.
	common := lines(t, "testdata/intersect.txt")
	checkRelation(t, "testdata/specific.txt", func(i, j int, a, b Value) bool {
		return isSignature(a) && isSignature(b) && common[i][j] != 'E'
	}, func(a, b Value) byte {
		if MoreSpecific(a, b) {
			return '1'
		}
		return '0'
	})
}

// isSignature selects the types that methods have.
func isSignature(v Value) bool {
	d, ok := IsDataType(unwrap(v))
	return ok && d.Has(FlagTuple) && len(d.Params) > 0
}

// TestIntersectTable checks that intersections cover what is below both types,
// and that few are not empty that should be.
func TestIntersectTable(t *testing.T) {
	names, ts := relationTypes(t)
	empty, below := lines(t, "testdata/intersect.txt"), lines(t, "testdata/subtype.txt")
	larger := 0
	for i, a := range ts {
		for j, b := range ts {
			r := TypeIntersect(a, b)
			if empty[i][j] == 'E' && r != Bottom {
				larger++
			}
			for k, c := range ts {
				if below[k][i] == '1' && below[k][j] == '1' && !Subtype(c, r) {
					t.Errorf("%s and %s have %s in common, got %s", names[i], names[j], names[k], TypeStringOf(r))
				}
			}
		}
	}
	if n := len(ts) * len(ts); larger*200 > n {
		t.Errorf("%d of %d are not empty", larger, n)
	}
}

// TypeStringOf writes a type without aliases.
func TypeStringOf(v Value) string { return (&Printer{Compact: true}).Type(v) }
