package interp

import (
	"context"
	"os"
	"runtime"
	"testing"
	"time"
)

// cycles makes and cancels tasks, timers and channels in each way there is; each of
// its n rounds starts four waits and ends them from outside.
const cycles = `
function cycles(n)
    stop = ErrorException("stop")
    quiet(t) = (yield(); schedule(t, stop; error=true); yield(); istaskfailed(t) || error("still there"))
    for _ in 1:n
        quiet(@async sleep(1000))
        quiet(@async wait(Condition()))
        c = Channel{Int}(0)
        t = @async take!(c)
        yield()
        close(c)
        yield()
        istaskdone(t) || error("still there")
        timer = Timer(1000)
        t = @async wait(timer)
        yield()
        close(timer)
        yield()
        istaskdone(t) || error("still there")
    end
end
`

// TestNothingLeaks asserts that tasks that were made and cancelled leave no task, no
// timer, no goroutine and no memory behind: 40,000, or with WEFT_FULL a million.
func TestNothingLeaks(t *testing.T) {
	in, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	run := func(text string) {
		t.Helper()
		if r := in.Eval(t.Context(), Source{Name: "leak", Text: text}, nowhere{}, EvalOptions{}); r.Err != nil {
			t.Fatal(r.Err.Value)
		}
	}
	count := func() (live int, quiet bool, goroutines int, heap uint64) {
		in.onBaton(t.Context(), func() { live, quiet = in.sched.Live, in.sched.Quiet() })
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return live, quiet, runtime.NumGoroutine(), m.HeapAlloc
	}
	rounds := "cycles(10_000)"
	if os.Getenv("WEFT_FULL") != "" {
		rounds = "cycles(250_000)"
	}
	run(cycles)
	run("cycles(1000)")
	live, quiet, goroutines, heap := count()
	if !quiet {
		t.Fatal("something is armed or ready before the test")
	}
	start := time.Now()
	run(rounds)
	t.Log(rounds, "took", time.Since(start))
	l, q, g, h := count()
	if l != live || !q || g > goroutines {
		t.Errorf("%d tasks (%d before), quiet %v, %d goroutines (%d before)", l, live, q, g, goroutines)
	}
	if h > heap+2<<20 {
		t.Errorf("the heap has %d bytes, %d before", h, heap)
	}
}

// nowhere is an Output that drops all.
type nowhere struct{}

func (nowhere) Write(Stream, []byte) error { return nil }
func (nowhere) Display(Display) error      { return nil }
func (nowhere) ClearOutput(bool) error     { return nil }
func (nowhere) ReadLine(context.Context, string, bool) (string, error) {
	return "", ErrNoStdin
}
func (nowhere) Flush()           {}
func (nowhere) Size() (int, int) { return 24, 80 }
