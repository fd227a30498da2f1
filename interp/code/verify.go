package code

import "fmt"

// This file checks code: that it can be read from start to end, that jumps hit
// instructions and that operands lie in the frame.

// Verify reports the first thing wrong with f's code, or nil.
func Verify(f *Func) error {
	starts := map[int]bool{}
	for i := 0; i < len(f.Code); {
		n := Op(f.Code[i] & 0xffff).Words()
		if n == 0 || i+n > len(f.Code) {
			return fmt.Errorf("code of %s: no instruction at byte %d: %#x", f.Name, 8*i, f.Code[i])
		}
		starts[8*i] = true
		i += n
	}
	check := func(at, to int, what string) error {
		if !starts[to] {
			return fmt.Errorf("code of %s: %s at byte %d goes to %d, where no instruction begins", f.Name, what, at, to)
		}
		return nil
	}
	for i := 0; i < len(f.Code); {
		w := f.Code[i]
		op := Op(w & 0xffff)
		s := shapes[op]
		for k := range 3 {
			v := uint16(w >> (16 + 16*k))
			if s.args[k] != 's' && (s.args[k] != 'u' || v == 0xffff) {
				continue
			}
			if v%16 != 0 || int(v/16) >= f.NSlots {
				return fmt.Errorf("code of %s: %s at byte %d: operand %d (%d) is outside the frame of %d slots", f.Name, s.name, 8*i, k, v, f.NSlots)
			}
		}
		switch op {
		case Call, CallF, New, NewDyn, NewClosure, Tuple, CallPrim, Apply, Exec:
			n := int(w >> 48)
			last := int(w>>32&0xffff)/16 + n
			if op == Call || op == CallF || op == NewDyn || op == Apply {
				last++
			}
			if n > 0 && last > f.NSlots {
				return fmt.Errorf("code of %s: %s at byte %d: operands up to slot %d, the frame has %d", f.Name, s.name, 8*i, last, f.NSlots)
			}
		}
		if s.words > 1 {
			var err error
			switch d := f.Code[i+1]; s.extra {
			case 'j':
				err = check(8*i, 8*i+int(d), s.name)
			case 'r':
				if err = check(8*i, 8*i+int(int32(d)), s.name); err == nil {
					err = check(8*i, 8*i+int(int32(d>>32)), s.name)
				}
			}
			if err != nil {
				return err
			}
		}
		if err := f.pair(i, op); err != nil {
			return err
		}
		i += s.words
	}
	for _, h := range f.Handlers {
		if err := check(h.Lo, h.Target, "handler"); err != nil {
			return err
		}
		if h.Lo >= h.Hi {
			return fmt.Errorf("code of %s: handler covers nothing: %d..%d", f.Name, h.Lo, h.Hi)
		}
	}
	return nil
}

// pair checks that a fused instruction is followed by its second half.
func (f *Func) pair(i int, op Op) error {
	var want Op
	switch {
	case op >= JLt && op <= JNeI || op == JNot:
		want = JumpFalse
	case op >= LLt && op <= LNeI:
		want = LoopTrue
	case op == Iter1 || op == Iter2:
		want = IterUnpack
	case op == IterNext:
		want = IterBack
	case op == GetIndex2 || op == SetIndex2:
		want = Ext
	case op == SubICall || op == MoveCall:
		want = CallF
	case op == AddIf:
		want = AddI
	case op == AddReturn:
		want = Return
	default:
		return nil
	}
	if next := i + op.Words(); next >= len(f.Code) || Op(f.Code[next]&0xffff) != want {
		return fmt.Errorf("code of %s: %s at byte %d is not followed by %s", f.Name, op, 8*i, want)
	}
	return nil
}
