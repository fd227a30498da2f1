package interp

import (
	"slices"
	"testing"

	"weft/runtime/core"
)

// Names are completed without loading the definitions of others.
func TestCompletionLoadsWhatItShows(t *testing.T) {
	in, err := New(Options{Plain: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := in.Close(); err != nil {
			t.Error(err)
		}
	}()
	loaded := func(name string) bool {
		b := in.rt.Base.Bindings[core.Sym(name)]
		return b != nil && b.Value.P != nil
	}
	for _, c := range []struct{ text, want, kind string }{
		{"printl", "println", "function"}, {"x = asyncm", "asyncmap!", "function"}, {"Base.ExponentialB", "ExponentialBackOff", "type"},
		{"@asyn", "@async", "macro"}, {"whi", "while", "keyword"},
	} {
		found := in.Complete(c.text, len(c.text)).Matches
		if !slices.Contains(found, Match{Text: c.want, Type: c.kind}) {
			t.Errorf("%s: no %s in %v", c.text, c.want, found)
		}
	}
	if !loaded("asyncmap!") || loaded("permutedims") {
		t.Errorf("asyncmap! is loaded: %v; permutedims: %v", loaded("asyncmap!"), loaded("permutedims"))
	}
}
