package interp

import (
	"testing"

	"weft/runtime/core"
)

// start makes an interpreter that ends with the test.
func start(t *testing.T, opts Options) *Interp {
	t.Helper()
	in, err := New(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := in.Close(); err != nil {
			t.Error(err)
		}
	})
	return in
}

// isLoaded reports whether Base's definition of name is there.
func isLoaded(in *Interp, name string) bool {
	b := in.rt.Base.Bindings[core.Sym(name)]
	return b != nil && b.Value.P != nil
}
