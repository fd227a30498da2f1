package vm

// This file checks what the compiler made of the hot loop: the rules that its
// speed rests on.

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// instruction is one line of a disassembly.
type instruction struct {
	line int // of hot.go, or of what is inlined there
	addr uint64
	text string
}

var objdumpLine = regexp.MustCompile(`^\s*(?:hot|operands)\.go:(\d+)\s+0x([0-9a-f]+)\s+[0-9a-f]+\s+(.*?)\s*$`)

// disassembly lists the instructions of the hot loop in this test's binary.
func disassembly(t *testing.T) []instruction {
	t.Helper()
	exe := filepath.Join(t.TempDir(), "vm.test") // the running one has no symbols
	if out, err := exec.Command("go", "test", "-c", "-o", exe, ".").CombinedOutput(); err != nil {
		t.Fatalf("go test -c: %v\n%s", err, out)
	}
	out, err := exec.Command("go", "tool", "objdump", "-s", `vm\.hot$`, exe).Output()
	if err != nil {
		t.Fatalf("go tool objdump: %v", err)
	}
	var ins []instruction
	for l := range strings.Lines(string(out)) {
		m := objdumpLine.FindStringSubmatch(l)
		if m == nil {
			continue
		}
		line, _ := strconv.Atoi(m[1])
		addr, _ := strconv.ParseUint(m[2], 16, 64)
		ins = append(ins, instruction{line, addr, m[3]})
	}
	if len(ins) < 1000 {
		t.Fatalf("the disassembly of hot has %d instructions", len(ins))
	}
	return ins
}

// TestAssembly checks the hot loop on amd64: it calls nothing but write barriers,
// dispatches by one jump table at its head, and comes back there from every case.
func TestAssembly(t *testing.T) {
	if runtime.GOARCH != "amd64" || raceEnabled {
		return // the rules are about the plain amd64 build
	}
	ins := disassembly(t)
	jumps := map[string]int{}
	total, tables := 0, 0
	var head uint64
	for i, in := range ins {
		f := strings.Fields(in.text)
		switch {
		case f[0] == "CALL":
			if !strings.Contains(in.text, "runtime.gcWriteBarrier") && !strings.Contains(in.text, "runtime.morestack") {
				t.Errorf("hot.go:%d calls %s", in.line, f[1])
			}
		case f[0] == "JMP" && strings.Contains(f[1], "*8)"):
			tables++
			if head == 0 {
				head = headOf(ins, i)
			}
		case f[0] == "JMP":
			total++
			jumps[f[1]]++
		}
	}
	if tables == 0 {
		t.Fatal("the dispatch is no jump table")
	}
	at := "0x" + strconv.FormatUint(head, 16)
	cases := jumps[at]
	if cases < 130 {
		t.Errorf("only %d of %d jumps go to the head of the loop at %s", cases, total, at)
	}
	if off := (head - ins[0].addr) % 32; off > 4 {
		t.Errorf("the head of the loop stands at offset %d of 32: its 28 bytes may straddle a cache line", off)
	}
}

// headOf is the address of the dispatch that ends in the table jump ins[i]: the
// load of the instruction word before it.
func headOf(ins []instruction, i int) uint64 {
	for ; i > 0; i-- {
		if strings.HasPrefix(ins[i].text, "MOVZX 0(") {
			return ins[i].addr
		}
	}
	return 0
}
