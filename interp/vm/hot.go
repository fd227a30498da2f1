package vm

// This file is the hot loop: one leaf function that runs instructions until one
// needs the engine. Its shape is dictated by what the compiler makes of it; the
// rules are checked by assembly_test.go. It is long because it cannot be divided: a
// call in it would have all registers saved and read again at each instruction: a plain
// loop then took 16 ns an iteration instead of 4.4. Each case stands alone; operands.go says how to
// read one, serve.go does what it leaves.

import (
	"math"
	"unsafe"

	"weft/interp/code"
	"weft/runtime/core"
	"weft/runtime/task"
)

// hot runs t from its PC until something needs the engine.
//
//go:nocheckptr
//go:norace
func hot(t *task.Task, tg *tags) exit {
	// The service of an instruction counts too; and the subtraction moves the head
	// of the loop to where it does not straddle two cache lines.
	pc, fp, budget := t.PC, t.FP, int64(t.Budget)-1
	why := exitOp
	for {
		switch opAt(pc) {
		case code.Halt:
			why = exitHalt
			goto leave
		case code.Nop:
			pc = unsafe.Add(pc, 8)
		case code.Move:
			*slotA(fp, pc) = *slotB(fp, pc)
			pc = unsafe.Add(pc, 8)
		case code.LoadK:
			*slotA(fp, pc) = *(*core.Value)(word(pc, 1))
			pc = unsafe.Add(pc, 16)
		case code.LoadInt:
			r := slotA(fp, pc)
			r.P, r.N = tg.i, uint64(int64(*(*int32)(unsafe.Add(pc, 4))))
			pc = unsafe.Add(pc, 8)
		case code.LoadNothing:
			r := slotA(fp, pc)
			r.P, r.N = tg.nothing, 0
			pc = unsafe.Add(pc, 8)
		case code.LoadUndef:
			slotA(fp, pc).P = nil
			pc = unsafe.Add(pc, 8)
		case code.GetGlobal:
			v := &(*core.Binding)(word(pc, 1)).Value
			if v.P == nil {
				goto leave
			}
			*slotA(fp, pc) = *v
			pc = unsafe.Add(pc, 16)
		case code.SetGlobal:
			b := (*core.Binding)(word(pc, 1))
			if b.Value.P == nil || b.Flags&(core.BindConst|core.BindTyped|core.BindImported) != 0 {
				goto leave
			}
			b.Value = *slotA(fp, pc)
			pc = unsafe.Add(pc, 16)
		case code.GetBox:
			v := (*core.Value)(unsafe.Add(slotB(fp, pc).P, 16))
			if v.P == nil {
				goto leave
			}
			*slotA(fp, pc) = *v
			pc = unsafe.Add(pc, 16)
		case code.SetBox:
			*(*core.Value)(unsafe.Add(slotA(fp, pc).P, 16)) = *slotB(fp, pc)
			pc = unsafe.Add(pc, 8)
		case code.GetCap:
			*slotA(fp, pc) = *(*core.Value)(unsafe.Add(slotB(fp, pc).P, *(*uint16)(unsafe.Add(pc, 6))))
			pc = unsafe.Add(pc, 8)
		case code.GetSParam:
			f := (*code.Func)((*core.Value)(unsafe.Add(fp, -16)).P)
			i := int(*(*uint16)(unsafe.Add(pc, 4)))
			if i >= len(f.SParams) {
				goto leave
			}
			v := (*core.Value)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(f.SParams)), 16*i))
			if v.P == nil {
				goto leave
			}
			*slotA(fp, pc) = *v
			pc = unsafe.Add(pc, 8)
		case code.CheckDef:
			if slotA(fp, pc).P == nil {
				goto leave
			}
			pc = unsafe.Add(pc, 16)
		case code.Jump:
			pc = unsafe.Add(pc, disp(pc, 1))
		case code.Loop:
			pc = unsafe.Add(pc, disp(pc, 1))
			budget--
			if budget < 0 {
				why = exitBudget
				goto leave
			}
		case code.JumpFalse:
			v := slotA(fp, pc)
			if v.P != tg.b {
				goto leave
			}
			if v.N == 0 {
				pc = unsafe.Add(pc, disp(pc, 1))
			} else {
				pc = unsafe.Add(pc, 16)
			}
		case code.JumpTrue:
			v := slotA(fp, pc)
			if v.P != tg.b {
				goto leave
			}
			if v.N != 0 {
				pc = unsafe.Add(pc, disp(pc, 1))
			} else {
				pc = unsafe.Add(pc, 16)
			}
		case code.JumpDef:
			if slotA(fp, pc).P != nil {
				pc = unsafe.Add(pc, disp(pc, 1))
			} else {
				pc = unsafe.Add(pc, 16)
			}
		case code.JumpNothing:
			if slotA(fp, pc).P == tg.nothing {
				pc = unsafe.Add(pc, disp(pc, 1))
			} else {
				pc = unsafe.Add(pc, 16)
			}
		case code.JLt:
			x, y := slotB(fp, pc), slotC(fp, pc)
			if x.P != y.P {
				goto leave
			}
			if x.P == tg.i {
				if int64(x.N) < int64(y.N) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else if x.P == tg.f {
				if flt(x) < flt(y) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 16+disp(pc, 3))
		case code.JLe:
			x, y := slotB(fp, pc), slotC(fp, pc)
			if x.P != y.P {
				goto leave
			}
			if x.P == tg.i {
				if int64(x.N) <= int64(y.N) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else if x.P == tg.f {
				if flt(x) <= flt(y) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 16+disp(pc, 3))
		case code.JGt:
			x, y := slotB(fp, pc), slotC(fp, pc)
			if x.P != y.P {
				goto leave
			}
			if x.P == tg.i {
				if int64(x.N) > int64(y.N) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else if x.P == tg.f {
				if flt(x) > flt(y) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 16+disp(pc, 3))
		case code.JGe:
			x, y := slotB(fp, pc), slotC(fp, pc)
			if x.P != y.P {
				goto leave
			}
			if x.P == tg.i {
				if int64(x.N) >= int64(y.N) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else if x.P == tg.f {
				if flt(x) >= flt(y) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 16+disp(pc, 3))
		case code.JEq:
			x, y := slotB(fp, pc), slotC(fp, pc)
			if x.P != y.P {
				goto leave
			}
			if x.P == tg.i {
				if int64(x.N) == int64(y.N) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else if x.P == tg.f {
				if flt(x) == flt(y) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 16+disp(pc, 3))
		case code.JNe:
			x, y := slotB(fp, pc), slotC(fp, pc)
			if x.P != y.P {
				goto leave
			}
			if x.P == tg.i {
				if int64(x.N) != int64(y.N) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else if x.P == tg.f {
				if flt(x) != flt(y) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 16+disp(pc, 3))
		case code.JLtI:
			x := slotB(fp, pc)
			if x.P == tg.i {
				if int64(x.N) < immC(pc) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else if x.P == tg.f {
				if flt(x) < float64(immC(pc)) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 16+disp(pc, 3))
		case code.JLeI:
			x := slotB(fp, pc)
			if x.P == tg.i {
				if int64(x.N) <= immC(pc) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else if x.P == tg.f {
				if flt(x) <= float64(immC(pc)) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 16+disp(pc, 3))
		case code.JGtI:
			x := slotB(fp, pc)
			if x.P == tg.i {
				if int64(x.N) > immC(pc) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else if x.P == tg.f {
				if flt(x) > float64(immC(pc)) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 16+disp(pc, 3))
		case code.JGeI:
			x := slotB(fp, pc)
			if x.P == tg.i {
				if int64(x.N) >= immC(pc) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else if x.P == tg.f {
				if flt(x) >= float64(immC(pc)) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 16+disp(pc, 3))
		case code.JEqI:
			x := slotB(fp, pc)
			if x.P == tg.i {
				if int64(x.N) == immC(pc) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else if x.P == tg.f {
				if flt(x) == float64(immC(pc)) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 16+disp(pc, 3))
		case code.JNeI:
			x := slotB(fp, pc)
			if x.P == tg.i {
				if int64(x.N) != immC(pc) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else if x.P == tg.f {
				if flt(x) != float64(immC(pc)) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 16+disp(pc, 3))
		case code.Return:
			n := (*core.Value)(unsafe.Add(fp, -16)).N
			if n>>returnShift != 0 {
				goto leave
			}
			v := slotA(fp, pc)
			pc = unsafe.Add(nil, n&addrMask)
			fp = unsafe.Add(fp, -int(n>>deltaShift<<4))
			*slotA(fp, unsafe.Add(pc, -16)) = *v
		case code.Call:
			ic := (*code.CallIC)(word(pc, 1))
			base := unsafe.Add(fp, *(*uint16)(unsafe.Add(pc, 4)))
			if t.World < ic.Min {
				goto leave
			}
			if ic.N > 0 {
				p := *(*unsafe.Pointer)(unsafe.Add(base, 0))
				if *(*unsafe.Pointer)(p) != ic.Keys[0] && unsafe.Add(p, 8) != ic.Keys[0] {
					goto leave
				}
				if ic.N > 1 {
					p := *(*unsafe.Pointer)(unsafe.Add(base, 16))
					if *(*unsafe.Pointer)(p) != ic.Keys[1] && unsafe.Add(p, 8) != ic.Keys[1] {
						goto leave
					}
					if ic.N > 2 {
						p := *(*unsafe.Pointer)(unsafe.Add(base, 32))
						if *(*unsafe.Pointer)(p) != ic.Keys[2] && unsafe.Add(p, 8) != ic.Keys[2] {
							goto leave
						}
						if ic.N > 3 {
							p := *(*unsafe.Pointer)(unsafe.Add(base, 48))
							if *(*unsafe.Pointer)(p) != ic.Keys[3] && unsafe.Add(p, 8) != ic.Keys[3] {
								goto leave
							}
							if ic.N > 4 {
								p := *(*unsafe.Pointer)(unsafe.Add(base, 64))
								if *(*unsafe.Pointer)(p) != ic.Keys[4] && unsafe.Add(p, 8) != ic.Keys[4] {
									goto leave
								}
								if ic.N > 5 {
									p := *(*unsafe.Pointer)(unsafe.Add(base, 80))
									if *(*unsafe.Pointer)(p) != ic.Keys[5] && unsafe.Add(p, 8) != ic.Keys[5] {
										goto leave
									}
								}
							}
						}
					}
				}
			}
			if uintptr(base)+ic.Frame > uintptr(t.Limit) {
				why = exitGrow
				goto leave
			}
			h := (*core.Value)(unsafe.Add(base, -16))
			h.P = unsafe.Pointer(ic.Func)
			h.N = uint64(uintptr(pc)+16) | uint64(*(*uint16)(unsafe.Add(pc, 4)))<<(deltaShift-4)
			fp, pc = base, ic.Entry
			budget--
			if budget < 0 {
				why = exitBudget
				goto leave
			}
		case code.CallPrim:
			// An item pushed to an array that has room for it; all else is the engine's.
			x := slotB(fp, pc)
			if word(pc, 1) != tg.arrayPush || typeWord(x).Kind != core.KindArray {
				goto leave
			}
			v, arr := (*core.Value)(unsafe.Add(unsafe.Pointer(x), 16)), (*core.Array)(x.P)
			n := arr.Len
			if n >= arr.Cap {
				goto leave
			}
			if arr.Kind == core.ElemW64 {
				if v.P != arr.Tag {
					goto leave
				}
				*(*uint64)(unsafe.Add(arr.Data, 8*n)) = v.N
			} else if arr.Kind == core.ElemAny {
				if el := (*core.Value)(unsafe.Pointer(unsafe.SliceData(typeWord(x).Params))).P; el != tg.anyType && el != unsafe.Pointer(typeWord(v)) {
					goto leave
				}
				*(*core.Value)(unsafe.Add(arr.Data, 16*n)) = *v
			} else {
				goto leave
			}
			arr.Len = n + 1
			*slotA(fp, pc) = *x
			pc = unsafe.Add(pc, 16)
		case code.CallF:
			ic := (*code.CallIC)(word(pc, 1))
			base := unsafe.Add(fp, *(*uint16)(unsafe.Add(pc, 4)))
			if t.World < ic.Min {
				goto leave
			}
			if ic.N > 1 {
				p := *(*unsafe.Pointer)(unsafe.Add(base, 16))
				if *(*unsafe.Pointer)(p) != ic.Keys[1] && unsafe.Add(p, 8) != ic.Keys[1] {
					goto leave
				}
				if ic.N > 2 {
					p := *(*unsafe.Pointer)(unsafe.Add(base, 32))
					if *(*unsafe.Pointer)(p) != ic.Keys[2] && unsafe.Add(p, 8) != ic.Keys[2] {
						goto leave
					}
					if ic.N > 3 {
						p := *(*unsafe.Pointer)(unsafe.Add(base, 48))
						if *(*unsafe.Pointer)(p) != ic.Keys[3] && unsafe.Add(p, 8) != ic.Keys[3] {
							goto leave
						}
						if ic.N > 4 {
							p := *(*unsafe.Pointer)(unsafe.Add(base, 64))
							if *(*unsafe.Pointer)(p) != ic.Keys[4] && unsafe.Add(p, 8) != ic.Keys[4] {
								goto leave
							}
							if ic.N > 5 {
								p := *(*unsafe.Pointer)(unsafe.Add(base, 80))
								if *(*unsafe.Pointer)(p) != ic.Keys[5] && unsafe.Add(p, 8) != ic.Keys[5] {
									goto leave
								}
							}
						}
					}
				}
			}
			if uintptr(base)+ic.Frame > uintptr(t.Limit) {
				why = exitGrow
				goto leave
			}
			h := (*core.Value)(unsafe.Add(base, -16))
			h.P = unsafe.Pointer(ic.Func)
			h.N = uint64(uintptr(pc)+16) | uint64(*(*uint16)(unsafe.Add(pc, 4)))<<(deltaShift-4)
			fp, pc = base, ic.Entry
			budget--
			if budget < 0 {
				why = exitBudget
				goto leave
			}
		case code.Add:
			x, y, r := slotB(fp, pc), slotC(fp, pc), slotA(fp, pc)
			if x.P == tg.i {
				if y.P == tg.i {
					r.N = x.N + y.N
					r.P = x.P
				} else if y.P == tg.f {
					r.N = math.Float64bits(float64(int64(x.N)) + flt(y))
					r.P = y.P
				} else {
					goto leave
				}
			} else if x.P == tg.f {
				if y.P == tg.f {
					r.N = math.Float64bits(flt(x) + flt(y))
				} else if y.P == tg.i {
					r.N = math.Float64bits(flt(x) + float64(int64(y.N)))
				} else {
					goto leave
				}
				r.P = x.P
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 16)
			// The next turn of a loop over integers often comes right behind.
			if opAt(pc) == code.IterNext {
				x, s := slotC(fp, pc), slotB(fp, pc)
				i := s.N
				if x.P == tg.i {
					if i == x.N || s.P != tg.i {
						continue
					}
					i++
				} else if d := typeWord(x); d == tg.stepInt {
					if i == *(*uint64)(unsafe.Add(x.P, 56)) {
						continue
					}
					i += *(*uint64)(unsafe.Add(x.P, 40))
				} else {
					if arr := (*core.Array)(x.P); d.Kind != core.KindArray || arr.Kind != core.ElemW64 || i-1 >= uint64(arr.Len) {
						continue
					}
					arr := (*core.Array)(x.P)
					r := slotA(fp, pc)
					r.P, r.N = arr.Tag, *(*uint64)(unsafe.Add(arr.Data, 8*i-8))
					s.N = i + 1
					pc = unsafe.Add(pc, 16+disp(pc, 3))
					budget--
					if budget < 0 {
						why = exitBudget
						goto leave
					}
					continue
				}
				r := slotA(fp, pc)
				r.P, r.N = tg.i, i
				s.N = i
				pc = unsafe.Add(pc, 16+disp(pc, 3))
				budget--
				if budget < 0 {
					why = exitBudget
					goto leave
				}
			}
		case code.Sub:
			x, y, r := slotB(fp, pc), slotC(fp, pc), slotA(fp, pc)
			if x.P == tg.i {
				if y.P == tg.i {
					r.N = x.N - y.N
					r.P = x.P
				} else if y.P == tg.f {
					r.N = math.Float64bits(float64(int64(x.N)) - flt(y))
					r.P = y.P
				} else {
					goto leave
				}
			} else if x.P == tg.f {
				if y.P == tg.f {
					r.N = math.Float64bits(flt(x) - flt(y))
				} else if y.P == tg.i {
					r.N = math.Float64bits(flt(x) - float64(int64(y.N)))
				} else {
					goto leave
				}
				r.P = x.P
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 16)
		case code.Mul:
			x, y, r := slotB(fp, pc), slotC(fp, pc), slotA(fp, pc)
			if x.P == tg.i {
				if y.P == tg.i {
					r.N = x.N * y.N
					r.P = x.P
				} else if y.P == tg.f {
					r.N = math.Float64bits(float64(int64(x.N)) * flt(y))
					r.P = y.P
				} else {
					goto leave
				}
			} else if x.P == tg.f {
				if y.P == tg.f {
					r.N = math.Float64bits(flt(x) * flt(y))
				} else if y.P == tg.i {
					r.N = math.Float64bits(flt(x) * float64(int64(y.N)))
				} else {
					goto leave
				}
				r.P = x.P
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 16)
		case code.Div:
			x, y, r := slotB(fp, pc), slotC(fp, pc), slotA(fp, pc)
			if x.P == tg.f {
				if y.P == tg.f {
					r.N = math.Float64bits(flt(x) / flt(y))
				} else if y.P == tg.i {
					r.N = math.Float64bits(flt(x) / float64(int64(y.N)))
				} else {
					goto leave
				}
			} else if x.P == tg.i {
				if y.P == tg.i {
					r.N = math.Float64bits(float64(int64(x.N)) / float64(int64(y.N)))
				} else if y.P == tg.f {
					r.N = math.Float64bits(float64(int64(x.N)) / flt(y))
				} else {
					goto leave
				}
			} else {
				goto leave
			}
			r.P = tg.f
			pc = unsafe.Add(pc, 16)
		case code.IDiv:
			u, v := slotB(fp, pc), slotC(fp, pc)
			if u.P != tg.i || v.P != tg.i || v.N+1 <= 1 {
				goto leave // also for 0 and -1
			}
			x, y := int64(u.N), int64(v.N)
			r := slotA(fp, pc)
			r.P, r.N = u.P, uint64(x/y)
			pc = unsafe.Add(pc, 16)
		case code.Rem:
			u, v := slotB(fp, pc), slotC(fp, pc)
			if u.P != tg.i || v.P != tg.i || v.N+1 <= 1 {
				goto leave // also for 0 and -1
			}
			x, y := int64(u.N), int64(v.N)
			r := slotA(fp, pc)
			r.P, r.N = u.P, uint64(x%y)
			pc = unsafe.Add(pc, 16)
		case code.Mod:
			u, v := slotB(fp, pc), slotC(fp, pc)
			if u.P != tg.i || v.P != tg.i || v.N+1 <= 1 {
				goto leave
			}
			x, y := int64(u.N), int64(v.N)
			m := x % y
			if m != 0 && m^y < 0 {
				m += y
			}
			r := slotA(fp, pc)
			r.P, r.N = u.P, uint64(m)
			pc = unsafe.Add(pc, 16)
		case code.Lt:
			x, y := slotB(fp, pc), slotC(fp, pc)
			if x.P != y.P {
				goto leave
			}
			var z uint64
			if x.P == tg.i {
				z = b2u(int64(x.N) < int64(y.N))
			} else if x.P == tg.f {
				z = b2u(flt(x) < flt(y))
			} else {
				goto leave
			}
			r := slotA(fp, pc)
			r.P, r.N = tg.b, z
			pc = unsafe.Add(pc, 16)
		case code.Le:
			x, y := slotB(fp, pc), slotC(fp, pc)
			if x.P != y.P {
				goto leave
			}
			var z uint64
			if x.P == tg.i {
				z = b2u(int64(x.N) <= int64(y.N))
			} else if x.P == tg.f {
				z = b2u(flt(x) <= flt(y))
			} else {
				goto leave
			}
			r := slotA(fp, pc)
			r.P, r.N = tg.b, z
			pc = unsafe.Add(pc, 16)
		case code.Gt:
			x, y := slotB(fp, pc), slotC(fp, pc)
			if x.P != y.P {
				goto leave
			}
			var z uint64
			if x.P == tg.i {
				z = b2u(int64(x.N) > int64(y.N))
			} else if x.P == tg.f {
				z = b2u(flt(x) > flt(y))
			} else {
				goto leave
			}
			r := slotA(fp, pc)
			r.P, r.N = tg.b, z
			pc = unsafe.Add(pc, 16)
		case code.Ge:
			x, y := slotB(fp, pc), slotC(fp, pc)
			if x.P != y.P {
				goto leave
			}
			var z uint64
			if x.P == tg.i {
				z = b2u(int64(x.N) >= int64(y.N))
			} else if x.P == tg.f {
				z = b2u(flt(x) >= flt(y))
			} else {
				goto leave
			}
			r := slotA(fp, pc)
			r.P, r.N = tg.b, z
			pc = unsafe.Add(pc, 16)
		case code.Eq:
			x, y := slotB(fp, pc), slotC(fp, pc)
			if x.P != y.P {
				goto leave
			}
			var z uint64
			if x.P == tg.i || x.P == tg.c || x.P == tg.b {
				z = b2u(x.N == y.N)
			} else if x.P == tg.f {
				z = b2u(flt(x) == flt(y))
			} else {
				goto leave
			}
			r := slotA(fp, pc)
			r.P, r.N = tg.b, z
			pc = unsafe.Add(pc, 16)
		case code.Ne:
			x, y := slotB(fp, pc), slotC(fp, pc)
			if x.P != y.P {
				goto leave
			}
			var z uint64
			if x.P == tg.i || x.P == tg.c || x.P == tg.b {
				z = b2u(x.N != y.N)
			} else if x.P == tg.f {
				z = b2u(flt(x) != flt(y))
			} else {
				goto leave
			}
			r := slotA(fp, pc)
			r.P, r.N = tg.b, z
			pc = unsafe.Add(pc, 16)
		case code.BitAnd:
			x, y := slotB(fp, pc), slotC(fp, pc)
			if x.P != y.P || x.P != tg.i && x.P != tg.b {
				goto leave
			}
			r := slotA(fp, pc)
			r.P, r.N = x.P, x.N&y.N
			pc = unsafe.Add(pc, 16)
		case code.BitOr:
			x, y := slotB(fp, pc), slotC(fp, pc)
			if x.P != y.P || x.P != tg.i && x.P != tg.b {
				goto leave
			}
			r := slotA(fp, pc)
			r.P, r.N = x.P, x.N|y.N
			pc = unsafe.Add(pc, 16)
		case code.BitXor:
			x, y := slotB(fp, pc), slotC(fp, pc)
			if x.P != y.P || x.P != tg.i && x.P != tg.b {
				goto leave
			}
			r := slotA(fp, pc)
			r.P, r.N = x.P, x.N^y.N
			pc = unsafe.Add(pc, 16)
		case code.Shl:
			x, y := slotB(fp, pc), slotC(fp, pc)
			if x.P != tg.i || y.P != tg.i || y.N > 63 {
				goto leave
			}
			r := slotA(fp, pc)
			r.P, r.N = x.P, x.N<<y.N
			pc = unsafe.Add(pc, 16)
		case code.Shr:
			x, y := slotB(fp, pc), slotC(fp, pc)
			if x.P != tg.i || y.P != tg.i || y.N > 63 {
				goto leave
			}
			r := slotA(fp, pc)
			r.P, r.N = x.P, uint64(int64(x.N)>>y.N)
			pc = unsafe.Add(pc, 16)
		case code.Ushr:
			x, y := slotB(fp, pc), slotC(fp, pc)
			if x.P != tg.i || y.P != tg.i || y.N > 63 {
				goto leave
			}
			r := slotA(fp, pc)
			r.P, r.N = x.P, x.N>>y.N
			pc = unsafe.Add(pc, 16)
		case code.AddI:
			x, r := slotB(fp, pc), slotA(fp, pc)
			if x.P == tg.i {
				r.N = uint64(int64(x.N) + immC(pc))
			} else if x.P == tg.f {
				r.N = math.Float64bits(flt(x) + float64(immC(pc)))
			} else {
				goto leave
			}
			r.P = x.P
			pc = unsafe.Add(pc, 16)
		case code.SubI:
			x, r := slotB(fp, pc), slotA(fp, pc)
			if x.P == tg.i {
				r.N = uint64(int64(x.N) - immC(pc))
			} else if x.P == tg.f {
				r.N = math.Float64bits(flt(x) - float64(immC(pc)))
			} else {
				goto leave
			}
			r.P = x.P
			pc = unsafe.Add(pc, 16)
		case code.MulI:
			x, r := slotB(fp, pc), slotA(fp, pc)
			if x.P == tg.i {
				r.N = uint64(int64(x.N) * immC(pc))
			} else if x.P == tg.f {
				r.N = math.Float64bits(flt(x) * float64(immC(pc)))
			} else {
				goto leave
			}
			r.P = x.P
			pc = unsafe.Add(pc, 16)
		case code.PowI:
			x, r := slotB(fp, pc), slotA(fp, pc)
			if x.P == tg.i {
				n := x.N * x.N
				if immC(pc) == 3 {
					n *= x.N
				}
				r.N = n
			} else if x.P == tg.f {
				f := flt(x)
				n := float64(f * f)
				if immC(pc) == 3 {
					n = float64(n * f)
				}
				r.N = math.Float64bits(n)
			} else {
				goto leave
			}
			r.P = x.P
			pc = unsafe.Add(pc, 16)
		case code.LtI:
			x, r := slotB(fp, pc), slotA(fp, pc)
			if x.P == tg.i {
				r.N = b2u(int64(x.N) < immC(pc))
			} else if x.P == tg.f {
				r.N = b2u(flt(x) < float64(immC(pc)))
			} else {
				goto leave
			}
			r.P = tg.b
			pc = unsafe.Add(pc, 16)
		case code.EqI:
			x, r := slotB(fp, pc), slotA(fp, pc)
			if x.P == tg.i {
				r.N = b2u(int64(x.N) == immC(pc))
			} else if x.P == tg.f {
				r.N = b2u(flt(x) == float64(immC(pc)))
			} else {
				goto leave
			}
			r.P = tg.b
			pc = unsafe.Add(pc, 16)
		case code.Neg:
			x, r := slotB(fp, pc), slotA(fp, pc)
			if x.P == tg.i {
				r.N = -x.N
			} else if x.P == tg.f {
				r.N = math.Float64bits(-flt(x))
			} else {
				goto leave
			}
			r.P = x.P
			pc = unsafe.Add(pc, 16)
		case code.Not:
			x := slotB(fp, pc)
			if x.P != tg.b {
				goto leave
			}
			r := slotA(fp, pc)
			r.P, r.N = x.P, x.N^1
			pc = unsafe.Add(pc, 16)
		case code.BitNot:
			x := slotB(fp, pc)
			if x.P != tg.i {
				goto leave
			}
			r := slotA(fp, pc)
			r.P, r.N = x.P, ^x.N
			pc = unsafe.Add(pc, 16)
		case code.Egal:
			x, y := slotB(fp, pc), slotC(fp, pc)
			var z uint64
			if x.P == y.P {
				z = b2u(x.N == y.N)
			} else {
				if d := typeWord(x); d == typeWord(y) && d.Flags&core.FlagMutable == 0 {
					goto leave
				}
			}
			r := slotA(fp, pc)
			r.P, r.N = tg.b, z
			pc = unsafe.Add(pc, 16)
		case code.GetIndex:
			x, y, r := slotB(fp, pc), slotC(fp, pc), slotA(fp, pc)
			if y.P != tg.i {
				goto leave
			}
			i := y.N - 1
			d := typeWord(x)
			if d.Kind == core.KindArray {
				arr := (*core.Array)(x.P)
				if i >= uint64(arr.Len) {
					goto leave
				}
				switch arr.Kind {
				case core.ElemW64:
					r.P, r.N = arr.Tag, *(*uint64)(unsafe.Add(arr.Data, 8*i))
				case core.ElemAny:
					v := (*core.Value)(unsafe.Add(arr.Data, 16*i))
					if v.P == nil {
						goto leave
					}
					*r = *v
				case core.ElemU8:
					r.P, r.N = arr.Tag, uint64(*(*uint8)(unsafe.Add(arr.Data, i)))
				case core.ElemI32:
					r.P, r.N = arr.Tag, uint64(int64(*(*int32)(unsafe.Add(arr.Data, 4*i))))
				case core.ElemU32:
					r.P, r.N = arr.Tag, uint64(*(*uint32)(unsafe.Add(arr.Data, 4*i)))
				default:
					goto leave
				}
			} else if d.Flags&core.FlagTuple != 0 {
				if i >= uint64(len(d.Params)) {
					goto leave
				}
				*r = *(*core.Value)(unsafe.Add(x.P, 16+16*i))
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 16)
		case code.SetIndex:
			x, y, v := slotA(fp, pc), slotB(fp, pc), slotC(fp, pc)
			d := typeWord(x)
			if y.P != tg.i || d.Kind != core.KindArray {
				goto leave
			}
			i := y.N - 1
			arr := (*core.Array)(x.P)
			if i >= uint64(arr.Len) {
				goto leave
			}
			if arr.Kind == core.ElemAny {
				if el := (*core.Value)(unsafe.Pointer(unsafe.SliceData(d.Params))).P; el != tg.anyType && el != unsafe.Pointer(typeWord(v)) {
					goto leave
				}
				*(*core.Value)(unsafe.Add(arr.Data, 16*i)) = *v
			} else {
				if v.P != arr.Tag {
					goto leave
				}
				switch arr.Kind {
				case core.ElemW64:
					*(*uint64)(unsafe.Add(arr.Data, 8*i)) = v.N
				case core.ElemU8, core.ElemI8:
					*(*uint8)(unsafe.Add(arr.Data, i)) = uint8(v.N)
				case core.ElemI32, core.ElemU32:
					*(*uint32)(unsafe.Add(arr.Data, 4*i)) = uint32(v.N)
				default:
					goto leave
				}
			}
			pc = unsafe.Add(pc, 16)
			// The next turn of a loop over integers often comes right behind.
			if opAt(pc) == code.IterNext {
				x, s := slotC(fp, pc), slotB(fp, pc)
				i := s.N
				if x.P == tg.i {
					if i == x.N || s.P != tg.i {
						continue
					}
					i++
				} else if typeWord(x) == tg.stepInt {
					if i == *(*uint64)(unsafe.Add(x.P, 56)) {
						continue
					}
					i += *(*uint64)(unsafe.Add(x.P, 40))
				} else {
					continue
				}
				r := slotA(fp, pc)
				r.P, r.N = tg.i, i
				s.N = i
				pc = unsafe.Add(pc, 16+disp(pc, 3))
				budget--
				if budget < 0 {
					why = exitBudget
					goto leave
				}
			}
		case code.GetProp:
			x := slotB(fp, pc)
			ic := (*code.PropIC)(word(pc, 1))
			if typeWord(x) != ic.Type {
				goto leave
			}
			v := (*core.Value)(unsafe.Add(x.P, ic.Offset))
			if v.P == nil {
				goto leave
			}
			*slotA(fp, pc) = *v
			pc = unsafe.Add(pc, 16)
		case code.SetProp:
			x, v := slotA(fp, pc), slotB(fp, pc)
			ic := (*code.PropIC)(word(pc, 1))
			if typeWord(x) != ic.Type || ic.Want != nil && ic.Want != typeWord(v) {
				goto leave
			}
			*(*core.Value)(unsafe.Add(x.P, ic.Offset)) = *v
			pc = unsafe.Add(pc, 16)
		case code.HasField:
			x, r := slotB(fp, pc), slotA(fp, pc)
			ic := (*code.PropIC)(word(pc, 1))
			if typeWord(x) != ic.Type {
				goto leave
			}
			n := uint64(ic.Offset)
			if n > 1 {
				n = b2u((*core.Value)(unsafe.Add(x.P, n)).P != nil)
			}
			r.P, r.N = tg.b, n
			pc = unsafe.Add(pc, 16)
		case code.Length:
			x := slotB(fp, pc)
			d := typeWord(x)
			var n uint64
			if d.Kind == core.KindArray {
				n = uint64((*core.Array)(x.P).Len)
			} else if d.Flags&core.FlagTuple != 0 {
				n = uint64(len(d.Params))
			} else {
				goto leave
			}
			r := slotA(fp, pc)
			r.P, r.N = tg.i, n
			pc = unsafe.Add(pc, 16)
		case code.AddInt:
			x, y, r := slotB(fp, pc), slotC(fp, pc), slotA(fp, pc)
			r.N = x.N + y.N
			r.P = x.P
			pc = unsafe.Add(pc, 8)
		case code.SubInt:
			x, y, r := slotB(fp, pc), slotC(fp, pc), slotA(fp, pc)
			r.N = x.N - y.N
			r.P = x.P
			pc = unsafe.Add(pc, 8)
		case code.MulInt:
			x, y, r := slotB(fp, pc), slotC(fp, pc), slotA(fp, pc)
			r.N = x.N * y.N
			r.P = x.P
			pc = unsafe.Add(pc, 8)
		case code.AndInt:
			x, y, r := slotB(fp, pc), slotC(fp, pc), slotA(fp, pc)
			r.N = x.N & y.N
			r.P = x.P
			pc = unsafe.Add(pc, 8)
		case code.OrInt:
			x, y, r := slotB(fp, pc), slotC(fp, pc), slotA(fp, pc)
			r.N = x.N | y.N
			r.P = x.P
			pc = unsafe.Add(pc, 8)
		case code.XorInt:
			x, y, r := slotB(fp, pc), slotC(fp, pc), slotA(fp, pc)
			r.N = x.N ^ y.N
			r.P = x.P
			pc = unsafe.Add(pc, 8)
		case code.NegInt:
			x, r := slotB(fp, pc), slotA(fp, pc)
			r.N = -x.N
			r.P = x.P
			pc = unsafe.Add(pc, 8)
		case code.NotInt:
			x, r := slotB(fp, pc), slotA(fp, pc)
			r.N = ^x.N
			r.P = x.P
			pc = unsafe.Add(pc, 8)
		case code.SltInt:
			x, y, r := slotB(fp, pc), slotC(fp, pc), slotA(fp, pc)
			r.N = b2u(int64(x.N) < int64(y.N))
			r.P = tg.b
			pc = unsafe.Add(pc, 8)
		case code.SleInt:
			x, y, r := slotB(fp, pc), slotC(fp, pc), slotA(fp, pc)
			r.N = b2u(int64(x.N) <= int64(y.N))
			r.P = tg.b
			pc = unsafe.Add(pc, 8)
		case code.UltInt:
			x, y, r := slotB(fp, pc), slotC(fp, pc), slotA(fp, pc)
			r.N = b2u(x.N < y.N)
			r.P = tg.b
			pc = unsafe.Add(pc, 8)
		case code.UleInt:
			x, y, r := slotB(fp, pc), slotC(fp, pc), slotA(fp, pc)
			r.N = b2u(x.N <= y.N)
			r.P = tg.b
			pc = unsafe.Add(pc, 8)
		case code.EqInt:
			x, y, r := slotB(fp, pc), slotC(fp, pc), slotA(fp, pc)
			r.N = b2u(x.N == y.N)
			r.P = tg.b
			pc = unsafe.Add(pc, 8)
		case code.NeInt:
			x, y, r := slotB(fp, pc), slotC(fp, pc), slotA(fp, pc)
			r.N = b2u(x.N != y.N)
			r.P = tg.b
			pc = unsafe.Add(pc, 8)
		case code.LtFloat:
			x, y, r := slotB(fp, pc), slotC(fp, pc), slotA(fp, pc)
			r.N = b2u(flt(x) < flt(y))
			r.P = tg.b
			pc = unsafe.Add(pc, 8)
		case code.LeFloat:
			x, y, r := slotB(fp, pc), slotC(fp, pc), slotA(fp, pc)
			r.N = b2u(flt(x) <= flt(y))
			r.P = tg.b
			pc = unsafe.Add(pc, 8)
		case code.EqFloat:
			x, y, r := slotB(fp, pc), slotC(fp, pc), slotA(fp, pc)
			r.N = b2u(flt(x) == flt(y))
			r.P = tg.b
			pc = unsafe.Add(pc, 8)
		case code.NeFloat:
			x, y, r := slotB(fp, pc), slotC(fp, pc), slotA(fp, pc)
			r.N = b2u(flt(x) != flt(y))
			r.P = tg.b
			pc = unsafe.Add(pc, 8)
		case code.AddFloat:
			x, y, r := slotB(fp, pc), slotC(fp, pc), slotA(fp, pc)
			r.N = math.Float64bits(flt(x) + flt(y))
			r.P = x.P
			pc = unsafe.Add(pc, 8)
		case code.SubFloat:
			x, y, r := slotB(fp, pc), slotC(fp, pc), slotA(fp, pc)
			r.N = math.Float64bits(flt(x) - flt(y))
			r.P = x.P
			pc = unsafe.Add(pc, 8)
		case code.MulFloat:
			x, y, r := slotB(fp, pc), slotC(fp, pc), slotA(fp, pc)
			r.N = math.Float64bits(flt(x) * flt(y))
			r.P = x.P
			pc = unsafe.Add(pc, 8)
		case code.DivFloat:
			x, y, r := slotB(fp, pc), slotC(fp, pc), slotA(fp, pc)
			r.N = math.Float64bits(flt(x) / flt(y))
			r.P = x.P
			pc = unsafe.Add(pc, 8)
		case code.NegFloat:
			x, r := slotB(fp, pc), slotA(fp, pc)
			r.N = x.N ^ 1<<63
			r.P = x.P
			pc = unsafe.Add(pc, 8)
		case code.SqrtFloat:
			x := slotB(fp, pc)
			if flt(x) < 0 {
				goto leave
			}
			r := slotA(fp, pc)
			r.N = math.Float64bits(math.Sqrt(flt(x)))
			r.P = x.P
			pc = unsafe.Add(pc, 8)
		case code.ItoF:
			x, r := slotB(fp, pc), slotA(fp, pc)
			r.N = math.Float64bits(float64(int64(x.N)))
			r.P = tg.f
			pc = unsafe.Add(pc, 8)
		case code.Iter1:
			x, r, s := slotC(fp, pc), slotA(fp, pc), slotB(fp, pc)
			d := typeWord(x)
			if d == tg.rangeInt {
				lo, hi := *(*uint64)(unsafe.Add(x.P, 24)), *(*uint64)(unsafe.Add(x.P, 40))
				if int64(lo) > int64(hi) {
					pc = unsafe.Add(pc, 16+disp(pc, 3))
					continue
				}
				r.P, r.N = tg.i, lo
				s.P, s.N = tg.i, lo
			} else if d.Kind == core.KindArray {
				arr, i := (*core.Array)(x.P), 0
				if arr.Len <= 0 {
					pc = unsafe.Add(pc, 16+disp(pc, 3))
					continue
				}
				switch arr.Kind {
				case core.ElemW64:
					r.P, r.N = arr.Tag, *(*uint64)(unsafe.Add(arr.Data, 8*i))
				case core.ElemAny:
					v := (*core.Value)(unsafe.Add(arr.Data, 16*i))
					if v.P == nil {
						goto leave
					}
					*r = *v
				case core.ElemU8:
					r.P, r.N = arr.Tag, uint64(*(*uint8)(unsafe.Add(arr.Data, i)))
				case core.ElemI32:
					r.P, r.N = arr.Tag, uint64(int64(*(*int32)(unsafe.Add(arr.Data, 4*i))))
				case core.ElemU32:
					r.P, r.N = arr.Tag, uint64(*(*uint32)(unsafe.Add(arr.Data, 4*i)))
				default:
					goto leave
				}
				s.P, s.N = tg.i, 2
			} else if d.Flags&core.FlagTuple != 0 {
				if len(d.Params) == 0 {
					pc = unsafe.Add(pc, 16+disp(pc, 3))
					continue
				}
				*r = *(*core.Value)(unsafe.Add(x.P, 16))
				s.P, s.N = tg.i, 2
			} else if d == tg.oneTo {
				if int64(*(*uint64)(unsafe.Add(x.P, 24))) < 1 {
					pc = unsafe.Add(pc, 16+disp(pc, 3))
					continue
				}
				r.P, r.N = tg.i, 1
				s.P, s.N = tg.i, 1
			} else if d == tg.stepInt {
				lo, st, hi := *(*int64)(unsafe.Add(x.P, 24)), *(*int64)(unsafe.Add(x.P, 40)), *(*int64)(unsafe.Add(x.P, 56))
				if lo != hi && (st > 0) != (hi > lo) {
					pc = unsafe.Add(pc, 16+disp(pc, 3))
					continue
				}
				r.P, r.N = tg.i, uint64(lo)
				s.P, s.N = tg.i, uint64(lo)
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 32)
		case code.Iter2:
			x, r, s := slotC(fp, pc), slotA(fp, pc), slotB(fp, pc)
			d := typeWord(x)
			i := s.N
			if d == tg.rangeInt {
				if i == *(*uint64)(unsafe.Add(x.P, 40)) {
					pc = unsafe.Add(pc, 16+disp(pc, 3))
					continue
				}
				r.P, r.N = tg.i, i+1
				s.N = i + 1
			} else if d.Kind == core.KindArray {
				arr := (*core.Array)(x.P)
				i--
				if i >= uint64(arr.Len) {
					pc = unsafe.Add(pc, 16+disp(pc, 3))
					continue
				}
				switch arr.Kind {
				case core.ElemW64:
					r.P, r.N = arr.Tag, *(*uint64)(unsafe.Add(arr.Data, 8*i))
				case core.ElemAny:
					v := (*core.Value)(unsafe.Add(arr.Data, 16*i))
					if v.P == nil {
						goto leave
					}
					*r = *v
				case core.ElemU8:
					r.P, r.N = arr.Tag, uint64(*(*uint8)(unsafe.Add(arr.Data, i)))
				case core.ElemI32:
					r.P, r.N = arr.Tag, uint64(int64(*(*int32)(unsafe.Add(arr.Data, 4*i))))
				case core.ElemU32:
					r.P, r.N = arr.Tag, uint64(*(*uint32)(unsafe.Add(arr.Data, 4*i)))
				default:
					goto leave
				}
				s.N = i + 2
			} else if d.Flags&core.FlagTuple != 0 {
				if i > uint64(len(d.Params)) {
					pc = unsafe.Add(pc, 16+disp(pc, 3))
					continue
				}
				*r = *(*core.Value)(unsafe.Add(x.P, 16*i))
				s.N = i + 1
			} else if d == tg.oneTo {
				if i == *(*uint64)(unsafe.Add(x.P, 24)) {
					pc = unsafe.Add(pc, 16+disp(pc, 3))
					continue
				}
				r.P, r.N = tg.i, i+1
				s.N = i + 1
			} else if d == tg.stepInt {
				if i == *(*uint64)(unsafe.Add(x.P, 56)) {
					pc = unsafe.Add(pc, 16+disp(pc, 3))
					continue
				}
				i += *(*uint64)(unsafe.Add(x.P, 40))
				r.P, r.N = tg.i, i
				s.N = i
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 32)
		case code.IterUnpack:
			x := slotA(fp, pc)
			if x.P == tg.nothing {
				pc = unsafe.Add(pc, disp(pc, 1))
				continue
			}
			d := typeWord(x)
			if d.Flags&core.FlagTuple == 0 || len(d.Params) != 2 {
				goto leave
			}
			s, o := slotB(fp, pc), x.P
			*x = *(*core.Value)(unsafe.Add(o, 16))
			*s = *(*core.Value)(unsafe.Add(o, 32))
			pc = unsafe.Add(pc, 16)
		case code.GetField:
			x := slotB(fp, pc)
			d := typeWord(x)
			i := uintptr(*(*uint16)(unsafe.Add(pc, 6)))
			if d.Kind != core.KindObject || i >= uintptr(len(d.FieldTypes)) {
				goto leave
			}
			v := (*core.Value)(unsafe.Add(x.P, 16+16*i))
			if v.P == nil {
				goto leave
			}
			*slotA(fp, pc) = *v
			pc = unsafe.Add(pc, 8)
		case code.TypeAssert:
			if unsafe.Pointer(typeWord(slotA(fp, pc))) != slotB(fp, pc).P {
				goto leave
			}
			pc = unsafe.Add(pc, 16)
		case code.Isa:
			x, y := slotB(fp, pc), slotC(fp, pc)
			z := uint64(1)
			if unsafe.Pointer(typeWord(x)) != y.P {
				if typeWord(y) != core.DataTypeType || (*core.DataType)(y.P).Flags&core.FlagConcrete == 0 {
					goto leave
				}
				z = 0
			}
			r := slotA(fp, pc)
			r.P, r.N = tg.b, z
			pc = unsafe.Add(pc, 16)
		case code.EnterTry:
			r := slotA(fp, pc)
			r.P, r.N = tg.i, 0
			if t.Ext != nil {
				r.N = uint64(len(t.Ext.Excs))
			}
			pc = unsafe.Add(pc, 8)
		case code.PopExc:
			if t.Ext != nil && slotA(fp, pc).N != uint64(len(t.Ext.Excs)) {
				goto leave
			}
			pc = unsafe.Add(pc, 8)
		case code.LLt:
			x, y := slotB(fp, pc), slotC(fp, pc)
			if x.P != y.P {
				goto leave
			}
			if x.P == tg.i {
				if !(int64(x.N) < int64(y.N)) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else if x.P == tg.f {
				if !(flt(x) < flt(y)) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 16+disp(pc, 3))
			budget--
			if budget < 0 {
				why = exitBudget
				goto leave
			}
		case code.LLe:
			x, y := slotB(fp, pc), slotC(fp, pc)
			if x.P != y.P {
				goto leave
			}
			if x.P == tg.i {
				if !(int64(x.N) <= int64(y.N)) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else if x.P == tg.f {
				if !(flt(x) <= flt(y)) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 16+disp(pc, 3))
			budget--
			if budget < 0 {
				why = exitBudget
				goto leave
			}
		case code.LGt:
			x, y := slotB(fp, pc), slotC(fp, pc)
			if x.P != y.P {
				goto leave
			}
			if x.P == tg.i {
				if !(int64(x.N) > int64(y.N)) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else if x.P == tg.f {
				if !(flt(x) > flt(y)) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 16+disp(pc, 3))
			budget--
			if budget < 0 {
				why = exitBudget
				goto leave
			}
		case code.LGe:
			x, y := slotB(fp, pc), slotC(fp, pc)
			if x.P != y.P {
				goto leave
			}
			if x.P == tg.i {
				if !(int64(x.N) >= int64(y.N)) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else if x.P == tg.f {
				if !(flt(x) >= flt(y)) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 16+disp(pc, 3))
			budget--
			if budget < 0 {
				why = exitBudget
				goto leave
			}
		case code.LEq:
			x, y := slotB(fp, pc), slotC(fp, pc)
			if x.P != y.P {
				goto leave
			}
			if x.P == tg.i {
				if !(int64(x.N) == int64(y.N)) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else if x.P == tg.f {
				if !(flt(x) == flt(y)) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 16+disp(pc, 3))
			budget--
			if budget < 0 {
				why = exitBudget
				goto leave
			}
		case code.LNe:
			x, y := slotB(fp, pc), slotC(fp, pc)
			if x.P != y.P {
				goto leave
			}
			if x.P == tg.i {
				if !(int64(x.N) != int64(y.N)) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else if x.P == tg.f {
				if !(flt(x) != flt(y)) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 16+disp(pc, 3))
			budget--
			if budget < 0 {
				why = exitBudget
				goto leave
			}
		case code.LLtI:
			x := slotB(fp, pc)
			if x.P == tg.i {
				if !(int64(x.N) < immC(pc)) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else if x.P == tg.f {
				if !(flt(x) < float64(immC(pc))) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 16+disp(pc, 3))
			budget--
			if budget < 0 {
				why = exitBudget
				goto leave
			}
		case code.LLeI:
			x := slotB(fp, pc)
			if x.P == tg.i {
				if !(int64(x.N) <= immC(pc)) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else if x.P == tg.f {
				if !(flt(x) <= float64(immC(pc))) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 16+disp(pc, 3))
			budget--
			if budget < 0 {
				why = exitBudget
				goto leave
			}
		case code.LGtI:
			x := slotB(fp, pc)
			if x.P == tg.i {
				if !(int64(x.N) > immC(pc)) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else if x.P == tg.f {
				if !(flt(x) > float64(immC(pc))) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 16+disp(pc, 3))
			budget--
			if budget < 0 {
				why = exitBudget
				goto leave
			}
		case code.LGeI:
			x := slotB(fp, pc)
			if x.P == tg.i {
				if !(int64(x.N) >= immC(pc)) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else if x.P == tg.f {
				if !(flt(x) >= float64(immC(pc))) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 16+disp(pc, 3))
			budget--
			if budget < 0 {
				why = exitBudget
				goto leave
			}
		case code.LEqI:
			x := slotB(fp, pc)
			if x.P == tg.i {
				if !(int64(x.N) == immC(pc)) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else if x.P == tg.f {
				if !(flt(x) == float64(immC(pc))) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 16+disp(pc, 3))
			budget--
			if budget < 0 {
				why = exitBudget
				goto leave
			}
		case code.LNeI:
			x := slotB(fp, pc)
			if x.P == tg.i {
				if !(int64(x.N) != immC(pc)) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else if x.P == tg.f {
				if !(flt(x) != float64(immC(pc))) {
					pc = unsafe.Add(pc, 32)
					continue
				}
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 16+disp(pc, 3))
			budget--
			if budget < 0 {
				why = exitBudget
				goto leave
			}
		case code.LoopTrue:
			v := slotA(fp, pc)
			if v.P != tg.b {
				goto leave
			}
			if v.N == 0 {
				pc = unsafe.Add(pc, 16)
				continue
			}
			pc = unsafe.Add(pc, disp(pc, 1))
			budget--
			if budget < 0 {
				why = exitBudget
				goto leave
			}
		case code.JumpSome:
			if slotA(fp, pc).P != tg.nothing {
				pc = unsafe.Add(pc, disp(pc, 1))
			} else {
				pc = unsafe.Add(pc, 16)
			}
		case code.LoopSome:
			if slotA(fp, pc).P == tg.nothing {
				pc = unsafe.Add(pc, 16)
				continue
			}
			pc = unsafe.Add(pc, disp(pc, 1))
			budget--
			if budget < 0 {
				why = exitBudget
				goto leave
			}
		case code.JumpEgal:
			x, y := slotA(fp, pc), slotB(fp, pc)
			same := false
			if x.P == y.P {
				same = x.N == y.N
			} else if d := typeWord(x); d == typeWord(y) && d.Flags&core.FlagMutable == 0 {
				goto leave
			}
			if same {
				pc = unsafe.Add(pc, disp(pc, 1))
			} else {
				pc = unsafe.Add(pc, 16)
			}
		case code.JumpNotEgal:
			x, y := slotA(fp, pc), slotB(fp, pc)
			same := false
			if x.P == y.P {
				same = x.N == y.N
			} else if d := typeWord(x); d == typeWord(y) && d.Flags&core.FlagMutable == 0 {
				goto leave
			}
			if !same {
				pc = unsafe.Add(pc, disp(pc, 1))
			} else {
				pc = unsafe.Add(pc, 16)
			}
		case code.JNot:
			x := slotB(fp, pc)
			if x.P != tg.b {
				goto leave
			}
			if x.N != 0 {
				pc = unsafe.Add(pc, 16+disp(pc, 3))
			} else {
				pc = unsafe.Add(pc, 32)
			}
		case code.IDivI:
			x := slotB(fp, pc)
			y := immC(pc)
			if x.P != tg.i || y == 0 || y == -1 {
				goto leave
			}
			r := slotA(fp, pc)
			r.P, r.N = x.P, uint64(int64(x.N)/y)
			pc = unsafe.Add(pc, 16)
		case code.RemI:
			x := slotB(fp, pc)
			y := immC(pc)
			if x.P != tg.i || y == 0 || y == -1 {
				goto leave
			}
			r := slotA(fp, pc)
			r.P, r.N = x.P, uint64(int64(x.N)%y)
			pc = unsafe.Add(pc, 16)
		case code.BitAndI:
			x := slotB(fp, pc)
			if x.P != tg.i {
				goto leave
			}
			r := slotA(fp, pc)
			r.P, r.N = x.P, x.N&uint64(immC(pc))
			pc = unsafe.Add(pc, 16)
		case code.Ext:
			pc = unsafe.Add(pc, 8)
		case code.Once:
			pc = unsafe.Add(pc, 16)
		case code.GetCached:
			f := (*code.Func)((*core.Value)(unsafe.Add(fp, -16)).P)
			i := int(*(*uint16)(unsafe.Add(pc, 4)))
			if i >= len(f.Cache) {
				goto leave
			}
			v := (*core.Value)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(f.Cache)), 16*i))
			if v.P == nil {
				pc = unsafe.Add(pc, 16)
				continue
			}
			*slotA(fp, pc) = *v
			pc = unsafe.Add(pc, disp(pc, 1))
		case code.ForInt:
			x, y := slotC(fp, pc), (*core.Value)(unsafe.Add(unsafe.Pointer(slotC(fp, pc)), 16))
			if x.P != tg.i || y.P != tg.i {
				pc = unsafe.Add(pc, 16)
				continue
			}
			lo := x.N
			x.N = y.N
			if int64(lo) > int64(y.N) {
				pc = unsafe.Add(pc, int(*(*int32)(unsafe.Add(pc, 12))))
				continue
			}
			r, s := slotA(fp, pc), slotB(fp, pc)
			r.P, r.N = tg.i, lo
			s.P, s.N = tg.i, lo
			pc = unsafe.Add(pc, int(*(*int32)(unsafe.Add(pc, 8))))
		case code.IterNext:
			x, r, s := slotC(fp, pc), slotA(fp, pc), slotB(fp, pc)
			i := s.N
			d := typeWord(x)
			if x.P == tg.i {
				if s.P != tg.i {
					goto leave // a number as a collection of itself
				}
				if i == x.N {
					pc = unsafe.Add(pc, 32)
					continue
				}
				r.P, r.N = tg.i, i+1
				s.N = i + 1
			} else if d == tg.rangeInt {
				if i == *(*uint64)(unsafe.Add(x.P, 40)) {
					pc = unsafe.Add(pc, 32)
					continue
				}
				r.P, r.N = tg.i, i+1
				s.N = i + 1
			} else if d == tg.stepInt {
				if i == *(*uint64)(unsafe.Add(x.P, 56)) {
					pc = unsafe.Add(pc, 32)
					continue
				}
				i += *(*uint64)(unsafe.Add(x.P, 40))
				r.P, r.N = tg.i, i
				s.N = i
			} else if d.Kind == core.KindArray {
				arr := (*core.Array)(x.P)
				i--
				if i >= uint64(arr.Len) {
					pc = unsafe.Add(pc, 32)
					continue
				}
				switch arr.Kind {
				case core.ElemW64:
					r.P, r.N = arr.Tag, *(*uint64)(unsafe.Add(arr.Data, 8*i))
				case core.ElemAny:
					v := (*core.Value)(unsafe.Add(arr.Data, 16*i))
					if v.P == nil {
						goto leave
					}
					*r = *v
				case core.ElemU8:
					r.P, r.N = arr.Tag, uint64(*(*uint8)(unsafe.Add(arr.Data, i)))
				case core.ElemI32:
					r.P, r.N = arr.Tag, uint64(int64(*(*int32)(unsafe.Add(arr.Data, 4*i))))
				case core.ElemU32:
					r.P, r.N = arr.Tag, uint64(*(*uint32)(unsafe.Add(arr.Data, 4*i)))
				default:
					goto leave
				}
				s.N = i + 2
			} else if d.Flags&core.FlagTuple != 0 {
				if i > uint64(len(d.Params)) {
					pc = unsafe.Add(pc, 32)
					continue
				}
				*r = *(*core.Value)(unsafe.Add(x.P, 16*i))
				s.N = i + 1
			} else if d == tg.oneTo {
				if i == *(*uint64)(unsafe.Add(x.P, 24)) {
					pc = unsafe.Add(pc, 32)
					continue
				}
				r.P, r.N = tg.i, i+1
				s.N = i + 1
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 16+disp(pc, 3))
			budget--
			if budget < 0 {
				why = exitBudget
				goto leave
			}
		case code.IterBack:
			x := slotA(fp, pc)
			if x.P == tg.nothing {
				pc = unsafe.Add(pc, 16)
				continue
			}
			d := typeWord(x)
			if d.Flags&core.FlagTuple == 0 || len(d.Params) != 2 {
				goto leave
			}
			s, o := slotB(fp, pc), x.P
			*x = *(*core.Value)(unsafe.Add(o, 16))
			*s = *(*core.Value)(unsafe.Add(o, 32))
			pc = unsafe.Add(pc, disp(pc, 1))
			budget--
			if budget < 0 {
				why = exitBudget
				goto leave
			}
		case code.SubICall:
			x, r := slotB(fp, pc), slotA(fp, pc)
			ic := (*code.CallIC)(word(pc, 3))
			if x.P == tg.i {
				n := uint64(int64(x.N) - immC(pc))
				if t.World >= ic.Min && n-ic.Func.Base.Lo < ic.Func.Base.Span && (ic.N < 2 || ic.Keys[1] == *(*unsafe.Pointer)(tg.i)) {
					r := slotA(fp, unsafe.Add(pc, 16))
					r.P, r.N = x.P, n&ic.Func.Base.Mask|ic.Func.Base.Or
					pc = unsafe.Add(pc, 32)
					continue
				}
				r.N = n
			} else if x.P == tg.f {
				r.N = math.Float64bits(flt(x) - float64(immC(pc)))
			} else {
				goto leave
			}
			r.P = x.P
			pc = unsafe.Add(pc, 16)
			// The call of one argument.
			base := unsafe.Add(fp, *(*uint16)(unsafe.Add(pc, 4)))
			if t.World < ic.Min || ic.N > 2 {
				goto leave
			}
			if ic.N > 1 {
				if p := *(*unsafe.Pointer)(unsafe.Add(base, 16)); *(*unsafe.Pointer)(p) != ic.Keys[1] && unsafe.Add(p, 8) != ic.Keys[1] {
					goto leave
				}
			}
			if uintptr(base)+ic.Frame > uintptr(t.Limit) {
				why = exitGrow
				goto leave
			}
			h := (*core.Value)(unsafe.Add(base, -16))
			h.P = unsafe.Pointer(ic.Func)
			h.N = uint64(uintptr(pc)+16) | uint64(*(*uint16)(unsafe.Add(pc, 4)))<<(deltaShift-4)
			fp, pc = base, ic.Entry
			budget--
			if budget < 0 {
				why = exitBudget
				goto leave
			}
		case code.MoveCall:
			*slotA(fp, pc) = *slotB(fp, pc)
			pc = unsafe.Add(pc, 8)
			// The call of one argument.
			ic := (*code.CallIC)(word(pc, 1))
			base := unsafe.Add(fp, *(*uint16)(unsafe.Add(pc, 4)))
			if t.World < ic.Min || ic.N > 2 {
				goto leave
			}
			if ic.N > 1 {
				if p := *(*unsafe.Pointer)(unsafe.Add(base, 16)); *(*unsafe.Pointer)(p) != ic.Keys[1] && unsafe.Add(p, 8) != ic.Keys[1] {
					goto leave
				}
			}
			if uintptr(base)+ic.Frame > uintptr(t.Limit) {
				why = exitGrow
				goto leave
			}
			h := (*core.Value)(unsafe.Add(base, -16))
			h.P = unsafe.Pointer(ic.Func)
			h.N = uint64(uintptr(pc)+16) | uint64(*(*uint16)(unsafe.Add(pc, 4)))<<(deltaShift-4)
			fp, pc = base, ic.Entry
			budget--
			if budget < 0 {
				why = exitBudget
				goto leave
			}
		case code.AddReturn:
			x, y := slotB(fp, pc), slotC(fp, pc)
			n := (*core.Value)(unsafe.Add(fp, -16)).N
			if x.P != y.P || n>>returnShift != 0 {
				goto leave
			}
			var z uint64
			if x.P == tg.i {
				z = x.N + y.N
			} else if x.P == tg.f {
				z = math.Float64bits(flt(x) + flt(y))
			} else {
				goto leave
			}
			p := x.P
			pc = unsafe.Add(nil, n&addrMask)
			fp = unsafe.Add(fp, -int(n>>deltaShift<<4))
			r := slotA(fp, unsafe.Add(pc, -16))
			r.P, r.N = p, z
		case code.AddIf:
			v, n := slotA(fp, pc), slotA(fp, unsafe.Add(pc, 16))
			if v.P != tg.b {
				goto leave
			}
			if n.P != tg.i {
				pc = unsafe.Add(pc, 16)
				if v.N == 0 {
					pc = unsafe.Add(pc, 16)
				}
				continue
			}
			n.N += uint64(immC(unsafe.Add(pc, 16))) & -v.N
			pc = unsafe.Add(pc, 32)
			// The next turn of a loop comes right behind.
			if opAt(pc) == code.IterNext {
				x, s := slotC(fp, pc), slotB(fp, pc)
				i := s.N
				r := slotA(fp, pc)
				if x.P == tg.i {
					if i == x.N || s.P != tg.i {
						continue
					}
					i++
					r.P, r.N = tg.i, i
				} else {
					arr := (*core.Array)(x.P)
					if typeWord(x).Kind != core.KindArray || arr.Kind != core.ElemU8 || i-1 >= uint64(arr.Len) {
						continue
					}
					r.P, r.N = arr.Tag, uint64(*(*uint8)(unsafe.Add(arr.Data, i-1)))
					i++
				}
				s.N = i
				pc = unsafe.Add(pc, 16+disp(pc, 3))
				budget--
				if budget < 0 {
					why = exitBudget
					goto leave
				}
			}
		case code.GetIndexI:
			x, r := slotB(fp, pc), slotA(fp, pc)
			i := uint64(immC(pc) - 1)
			d := typeWord(x)
			if d.Kind == core.KindArray {
				arr := (*core.Array)(x.P)
				if i >= uint64(arr.Len) {
					goto leave
				}
				switch arr.Kind {
				case core.ElemW64:
					r.P, r.N = arr.Tag, *(*uint64)(unsafe.Add(arr.Data, 8*i))
				case core.ElemAny:
					v := (*core.Value)(unsafe.Add(arr.Data, 16*i))
					if v.P == nil {
						goto leave
					}
					*r = *v
				case core.ElemU8:
					r.P, r.N = arr.Tag, uint64(*(*uint8)(unsafe.Add(arr.Data, i)))
				case core.ElemI32:
					r.P, r.N = arr.Tag, uint64(int64(*(*int32)(unsafe.Add(arr.Data, 4*i))))
				case core.ElemU32:
					r.P, r.N = arr.Tag, uint64(*(*uint32)(unsafe.Add(arr.Data, 4*i)))
				default:
					goto leave
				}
			} else if d.Flags&core.FlagTuple != 0 {
				if i >= uint64(len(d.Params)) {
					goto leave
				}
				*r = *(*core.Value)(unsafe.Add(x.P, 16+16*i))
			} else {
				goto leave
			}
			pc = unsafe.Add(pc, 16)
		case code.GetIndex2:
			x, y, r := slotB(fp, pc), slotC(fp, pc), slotA(fp, pc)
			z := slotA(fp, unsafe.Add(pc, 16))
			d := typeWord(x)
			if y.P != tg.i || z.P != tg.i || d.Kind != core.KindArray {
				goto leave
			}
			arr := (*core.Array)(x.P)
			if len(arr.Dims) != 2 {
				goto leave
			}
			dims := unsafe.Pointer(unsafe.SliceData(arr.Dims))
			m, i, j := *(*uint64)(dims), y.N-1, z.N-1
			if i >= m || j >= *(*uint64)(unsafe.Add(dims, 8)) {
				goto leave
			}
			i += j * m
			switch arr.Kind {
			case core.ElemW64:
				r.P, r.N = arr.Tag, *(*uint64)(unsafe.Add(arr.Data, 8*i))
			case core.ElemAny:
				v := (*core.Value)(unsafe.Add(arr.Data, 16*i))
				if v.P == nil {
					goto leave
				}
				*r = *v
			case core.ElemU8:
				r.P, r.N = arr.Tag, uint64(*(*uint8)(unsafe.Add(arr.Data, i)))
			case core.ElemI32:
				r.P, r.N = arr.Tag, uint64(int64(*(*int32)(unsafe.Add(arr.Data, 4*i))))
			case core.ElemU32:
				r.P, r.N = arr.Tag, uint64(*(*uint32)(unsafe.Add(arr.Data, 4*i)))
			default:
				goto leave
			}
			pc = unsafe.Add(pc, 24)
		case code.SetIndex2:
			x, y, z := slotA(fp, pc), slotB(fp, pc), slotC(fp, pc)
			v := slotA(fp, unsafe.Add(pc, 16))
			d := typeWord(x)
			if y.P != tg.i || z.P != tg.i || d.Kind != core.KindArray {
				goto leave
			}
			arr := (*core.Array)(x.P)
			if len(arr.Dims) != 2 {
				goto leave
			}
			dims := unsafe.Pointer(unsafe.SliceData(arr.Dims))
			m, i, j := *(*uint64)(dims), y.N-1, z.N-1
			if i >= m || j >= *(*uint64)(unsafe.Add(dims, 8)) {
				goto leave
			}
			i += j * m
			switch arr.Kind {
			case core.ElemW64:
				if v.P != arr.Tag {
					goto leave
				}
				*(*uint64)(unsafe.Add(arr.Data, 8*i)) = v.N
			case core.ElemU8, core.ElemI8:
				if v.P != arr.Tag {
					goto leave
				}
				*(*uint8)(unsafe.Add(arr.Data, i)) = uint8(v.N)
			case core.ElemAny:
				if el := (*core.Value)(unsafe.Pointer(unsafe.SliceData(d.Params))).P; el != tg.anyType && el != unsafe.Pointer(typeWord(v)) {
					goto leave
				}
				*(*core.Value)(unsafe.Add(arr.Data, 16*i)) = *v
			default:
				goto leave
			}
			pc = unsafe.Add(pc, 24)
		default:
			goto leave
		}
	}
leave:
	t.PC, t.FP, t.Budget = pc, fp, int16(budget)
	return why
}
