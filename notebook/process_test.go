package notebook

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// BenchmarkKernelStart measures the time from the start of a kernel's process until it answers, in a new
// process each time, and the memory in use then (on Linux), of weft and of ipykernel, where that is. PYTHON
// names the program that has ipykernel, else it is python3.
func BenchmarkKernelStart(b *testing.B) {
	weft := filepath.Join(b.TempDir(), "weft")
	if out, err := exec.Command("go", "build", "-o", weft, "weft").CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	python := cmp.Or(os.Getenv("PYTHON"), "python3")
	for _, k := range []struct {
		name string
		cmd  Command
	}{
		{"weft", Command{Executable: weft, Args: []string{"kernel"}}},
		{"ipykernel", Command{Executable: python, Args: []string{"-m", "ipykernel_launcher", "-f"}}},
	} {
		b.Run(k.name, func(b *testing.B) {
			if k.name != "weft" && exec.Command(k.cmd.Executable, "-c", "import ipykernel").Run() != nil {
				b.Skip("there is no ipykernel")
			}
			var kilobytes int
			for b.Loop() {
				p, err := Start(b.Context(), k.cmd)
				if err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				kilobytes = residentMemory(p.cmd.Process.Pid)
				if err := p.Stop(); err != nil {
					b.Log(err)
				}
				b.StartTimer()
			}
			b.ReportMetric(float64(kilobytes)/1024, "MB")
		})
	}
}

// residentMemory is the memory that a process has in use, in KiB; 0 if that cannot be told.
func residentMemory(pid int) (kilobytes int) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	if _, rest, ok := bytes.Cut(text, []byte("VmRSS:")); ok {
		fmt.Sscan(string(rest), &kilobytes)
	}
	return kilobytes
}
