package model

import (
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

// What is created and given up again leaves nothing behind: no task, no goroutine, no
// memory. With WEFT_FULL a million things are.
func TestNothingIsLeftOfWhatWasGivenUp(t *testing.T) {
	d := newDriver(t)
	const code = `
function churn(n)
    c, d = Channel{Int}(0), Channel{Int}(1)
    k = Condition()
    for i in 1:n
        t = @async Weft.@select begin
            take!(c) => 1
            take!(d) => 2
            wait(k)  => 3
            after(1000) => 4
        end
        u = @async try Weft.@timeout 1000 take!(c) catch end
        v = Timer(1000)
        src = Base.CancellationTokenSource()
        w = Base.ScopedValues.with(() -> @async(sleep(1000)), Base.CANCEL_TOKEN => Base.CancellationToken(src))
        yield()
        put!(d, i)
        schedule(u, ErrorException("stop"); error=true)
        close(v)
        Base.cancel!(src)
        try Weft.@nursery begin @async sleep(1000); @async error("x") end catch end
        wait(t); wait(u); wait(w; throw=false)
    end
    isempty(c.cond_take.waitq) && isempty(d.cond_take.waitq) && isempty(k) || error("a queue is not empty")
end
report() = print(length(Weft.tasks()))
`
	if _, err := d.eval("churn", code); err != nil {
		t.Fatal(err)
	}
	measure := func(rounds int) (tasks string, goroutines int, heap uint64) {
		for ; rounds > 0; rounds -= 2000 {
			if _, err := d.eval("run", "churn(2000)"); err != nil {
				t.Fatal(err)
			}
		}
		tasks, err := d.eval("report", "report()")
		if err != nil {
			t.Fatal(err)
		}
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return tasks, runtime.NumGoroutine(), m.HeapAlloc
	}
	_, goroutines, heap := measure(2000)
	rounds := 6000
	switch {
	case testing.Short():
		rounds = 2000
	case os.Getenv("WEFT_FULL") != "":
		rounds = 126_000 // of eight things each: a million
	}
	start := time.Now()
	tasks, after, used := measure(rounds)
	t.Logf("%d rounds in %v", rounds, time.Since(start))
	if strings.TrimSpace(tasks) != "1" {
		t.Errorf("%s tasks live, want only the one that counts", tasks)
	}
	if after > goroutines {
		t.Errorf("%d goroutines, were %d", after, goroutines)
	}
	if used > heap+1<<20 {
		t.Errorf("%d bytes live, were %d", used, heap)
	}
}
