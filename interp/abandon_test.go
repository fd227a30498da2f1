package interp

import (
	"context"
	"testing"
)

// A task that computes without end and heeds nothing is given up by a request of the
// last severity that another cell makes.
func TestAbandonedTask(t *testing.T) {
	in := start(t, Options{})
	for i, c := range []struct{ code, want string }{
		{`s = Base.CancellationTokenSource(); t = Base.ScopedValues.with(() -> (@async while true end), Base.CANCEL_TOKEN => Base.CancellationToken(s)); nothing`, ""},
		{`Base.cancel!(s); sleep(0.02); t.state`, ":runnable"},
		{`Base.cancel!(s, Base.CANCEL_REQUEST_ABANDON_ALL); wait(t; throw=false); t.state`, ":abandoned"},
		{`[occursin(x, Weft.card_html(t)) for x in ("b abandoned", "CANCEL_REQUEST_ABANDON_ALL")]`, "2-element Vector{Bool}:\n 1\n 1"},
		// Nothing of its cell waits for what was stopped by hand.
		{`u = @async while true end; v = @async (sleep(0.001); 5); nothing`, ""},
		{`sleep(0.02); Base.unsafe_abandon!(u, Task(() -> 0)); (u.state, fetch(v))`, "(:abandoned, 5)"},
	} {
		r := in.Eval(context.Background(), Source{Name: "In", Text: c.code}, nowhere{}, EvalOptions{Count: i + 1})
		if r.Err != nil {
			t.Fatalf("%s: %v", c.code, r.Err)
		}
		if got, _ := r.Bundle["text/plain"].(string); got != c.want {
			t.Errorf("%s: got %q, want %q", c.code, got, c.want)
		}
	}
}
