package tests

// This file puts a kernel under load.

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"weft/interp"
	"weft/kernel"
	"weft/messaging"
)

// TestManyTasksPrint has many tasks print ten times a second: each line arrives,
// under its cell, and requests are answered meanwhile. With WEFT_FULL there are
// 10,000 tasks.
func TestManyTasksPrint(t *testing.T) {
	tasks, rounds := 1000, 10
	if os.Getenv("WEFT_FULL") != "" {
		tasks = 10_000
	}
	f := openKernel(t, interp.Options{}, kernel.Options{})
	id := f.run(fmt.Sprintf(`@async (@sync for i in 1:%d
    @async for k in 1:%d
        println("task ", i, " line ", k)
        sleep(0.1)
    end
end; println("all done")); nothing`, tasks, rounds))
	var took []time.Duration
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for !strings.Contains(text(f.about(id)), "all done") {
		start := time.Now()
		var r messaging.CompleteReply
		if _, err := f.client.Request(ctx, messaging.Shell, "complete_request", messaging.CompleteRequest{Code: "printl", CursorPos: 6}, &r); err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(r.Matches, "println") {
			t.Fatalf("the completions of printl are %v", r.Matches)
		}
		took = append(took, time.Since(start))
		time.Sleep(50 * time.Millisecond)
	}
	lines := map[string]int{}
	for l := range strings.Lines(text(f.about(id))) {
		lines[l]++
	}
	if len(lines) != tasks*rounds+1 {
		t.Errorf("%d different lines, want %d", len(lines), tasks*rounds+1)
	}
	for l, n := range lines {
		if n != 1 {
			t.Errorf("%q came %d times", l, n)
		}
	}
	slices.Sort(took)
	t.Logf("%d answers: median %v, longest %v", len(took), took[len(took)/2], took[len(took)-1])
}
