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
