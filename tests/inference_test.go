package tests

import (
	"context"
	"testing"
	"time"

	"weft/interp"
)

// TestInferenceIsSound checks that what the calls in some tables of expressions give is of the types that are
// inferred for them. `weft tests/infer/sound.jl FILES` does the same for others.
func TestInferenceIsSound(t *testing.T) {
	in, err := interp.New(interp.Options{Plain: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := in.Close(); err != nil {
			t.Error(err)
		}
	}()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	out := &transcript{}
	const expr = `(include("infer/sound.jl"); Watch.wrong(["lang/expr/$f.txt" for f in ("inference", "numbers", "collections", "strings", "closures", "empty_results")]))`
	if r := in.Eval(ctx, interp.Source{Name: "none", Text: showStatement(1, expr)}, out, interp.EvalOptions{Count: 1}); r.Err != nil {
		t.Fatal(r.Err.Traceback)
	}
	if got := shownTexts(out.take())[1]; got != "String[]" {
		t.Errorf("wrong: %s", got)
	}
}
