package code

import (
	"strings"
	"testing"
)

// word makes an instruction word from slots.
func word(op Op, a, b, c uint64) uint64 { return uint64(op) | a*16<<16 | b*16<<32 | c*16<<48 }

// TestVerify checks that each kind of damage is found, and that sound code passes.
func TestVerify(t *testing.T) {
	for _, c := range []struct {
		name string
		code []uint64
		want string // part of the message; empty: sound
	}{
		{"sound", []uint64{word(AddInt, 1, 0, 0), word(Jump, 0, 0, 0), 16, word(Return, 1, 0, 0)}, ""},
		{"backward jump", []uint64{word(Nop, 0, 0, 0), word(Loop, 0, 0, 0), ^uint64(7)}, ""},
		{"jump into an instruction", []uint64{word(Jump, 0, 0, 0), 8, word(Return, 0, 0, 0)}, "where no instruction begins"},
		{"jump out of the code", []uint64{word(Jump, 0, 0, 0), 800}, "where no instruction begins"},
		{"slot outside the frame", []uint64{word(Move, 5, 0, 0)}, "outside the frame"},
		{"odd operand", []uint64{uint64(Return) | 8<<16}, "outside the frame"},
		{"arguments outside the frame", []uint64{uint64(Call) | 1*16<<32 | 9<<48, 0}, "operands up to slot"},
		{"unknown instruction", []uint64{uint64(NumOps)}, "no instruction"},
		{"cut off", []uint64{word(Jump, 0, 0, 0)}, "no instruction"},
		{"compare without its jump", []uint64{word(JLt, 0, 0, 0), 0, word(Return, 0, 0, 0)}, "not followed by JumpFalse"},
		{"loop test without its jump", []uint64{word(LLtI, 0, 0, 0), 0, word(JumpFalse, 0, 0, 0), 0}, "not followed by LoopTrue"},
	} {
		err := Verify(&Func{Name: "f", NSlots: 2, Code: c.code})
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s: %v", c.name, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
	if err := Verify(&Func{NSlots: 1, Code: []uint64{word(Return, 0, 0, 0)}, Handlers: []Handler{{0, 8, 4}}}); err == nil {
		t.Error("a handler that leads into an instruction passes")
	}
}

// TestShapes checks that every instruction is described.
func TestShapes(t *testing.T) {
	for op := range NumOps {
		if op == CallKw {
			continue // reserved
		}
		s, ok := shapes[op]
		if !ok || s.name == "" || len(s.args) != 3 || s.words < 1 || s.words > 2 {
			t.Errorf("instruction %d is not described: %+v", op, s)
		}
	}
}

func TestLineAt(t *testing.T) {
	f := &Func{File: "a.jl", Lines: []LineEntry{{0, 1, ""}, {16, 5, "b.jl"}, {32, 2, ""}}}
	for _, c := range []struct {
		pc   int
		file string
		line int
	}{{0, "a.jl", 1}, {15, "a.jl", 1}, {16, "b.jl", 5}, {40, "a.jl", 2}} {
		if file, line := f.LineAt(c.pc); file != c.file || line != c.line {
			t.Errorf("at %d: %s:%d, want %s:%d", c.pc, file, line, c.file, c.line)
		}
	}
}
