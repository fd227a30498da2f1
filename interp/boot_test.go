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
