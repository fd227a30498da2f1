package interp

import (
	"math/rand/v2"
	"testing"

	"weft/interp/boot"
	"weft/runtime/core"
)

// TestBaseOnDemand asks for each name of Base and for the methods of each
// function, in orders that no program has.
func TestBaseOnDemand(t *testing.T) {
	for seed := range uint64(3) {
		in, err := New(Options{})
		if err != nil {
			t.Fatal(err)
		}
		names := boot.Names()
		rand.New(rand.NewPCG(seed, 1)).Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		in.onBaton(t.Context(), func() {
			for i, n := range names {
				s := core.Sym(n)
				in.rt.Base.Own(s)
				in.rt.PendingMethods(s, i%2 == 0)
			}
			if in.bootFailures > 0 {
				t.Errorf("seed %d: %d parts of Base failed to load", seed, in.bootFailures)
			}
		})
		if err := in.Close(); err != nil {
			t.Error(err)
		}
	}
}

// A method comes with its function only if it could be called: not before the types
// that it takes are there.
func TestMethodsWaitForTheirTypes(t *testing.T) {
	in := start(t, Options{Plain: true})
	loaded := func(name string) bool { return isLoaded(in, name) }
	eval := func(text string) {
		t.Helper()
		if r := in.Eval(t.Context(), Source{Name: "cell", Text: text}, nowhere{}, EvalOptions{}); r.Err != nil {
			t.Fatalf("%s: %s: %s", text, r.Err.Name, r.Err.Value)
		}
	}
	eval(`sprint(show, 1) == "1" || error("show")`)
	for _, name := range []string{"Regex", "Rational", "VersionNumber"} {
		if loaded(name) {
			t.Errorf("%s is loaded to show a number", name)
		}
	}
	eval(`sprint(show, 1//2) == "1//2" && sprint(show, r"a") == "r\"a\"" || error("methods are missing")`)
	eval(`sprint(show, MIME("text/plain"), [1 2]') == "2×1 adjoint(::Matrix{Int64}) with eltype Int64:\n 1\n 2" || error("show of an adjoint")`)
	eval(`any(m -> occursin("UUID", string(m.sig)), methods(show)) || error("methods lists what is loaded")`)
}
