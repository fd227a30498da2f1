package cli

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
)

// What a kernel at rest has no use for goes back to the system, and little is left
// alone.
func TestTrimmer(t *testing.T) {
	released := func() uint64 {
		s := []metrics.Sample{{Name: "/memory/classes/heap/released:bytes"}}
		metrics.Read(s)
		return s[0].Value.Uint64()
	}
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	tr := newTrimmer()
	tr.timer.Stop()
	tr.trim()
	for range 64 {
		runtime.KeepAlive(make([]byte, 1<<20))
	}
	before, held := released(), tr.read()
	tr.trim()
	if after := released(); after < before+32<<20 {
		t.Errorf("%d MB were held and %d given back", held>>20, (after-before)>>20)
	}
	runtime.KeepAlive(make([]byte, worthwhile/2))
	left := tr.held
	tr.trim()
	if tr.held != left {
		t.Error("it has looked again for nearly nothing")
	}
}
