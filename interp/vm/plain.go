package vm

// This file tells which functions a method calls, if it does nothing else: for
// finding out what a function returns by calling it on samples.

import (
	"unsafe"

	"weft/interp/code"
	"weft/runtime/core"
	"weft/runtime/task"
)

// primPlainCalls gives the functions and types in the code that a call of a[0]
// with arguments of the types a[1] runs; nothing when the code has loops or stores
// something, so that it cannot be tried out. It may make closures if a[2] is true.
func (e *Engine) primPlainCalls(t *task.Task, a []core.Value) (core.Value, error) {
	ce, err := e.lookupSig(t, a[0], a[1])
	if err != nil || ce.Method.Gen {
		return core.Nothing(), nil
	}
	fn, err := e.body(ce.Method)
	if err != nil {
		return core.Nothing(), nil
	}
	closures := len(a) > 2 && a[2].N != 0
	out := []core.Value{}
	for i := 0; i < len(fn.Code); {
		op := code.Op(fn.Code[i] & 0xffff)
		n := op.Words()
		if n == 0 || !plainOp(op) && !(closures && makesClosure(op, fn.Code[i:])) {
			return core.Nothing(), nil
		}
		if n > 1 {
			switch p := *(*unsafe.Pointer)(unsafe.Pointer(&fn.Code[i+1])); op {
			case code.LoadK:
				out = append(out, *(*core.Value)(p))
			case code.GetGlobal:
				b := (*core.Binding)(p)
				if b.Value.P == nil {
					return core.Nothing(), nil
				}
				out = append(out, b.Value)
			case code.CallF:
				out = append(out, (*code.CallIC)(p).Site.Callee)
			}
		}
		i += n
	}
	return core.VectorAny(out).Value(), nil
}

// makesClosure reports whether the instruction op, with which words begins, is one of those
// that make a closure: the making itself, or, the first time, of its method.
func makesClosure(op code.Op, words []uint64) bool {
	if op == code.Exec {
		kind := (*(**code.ExecSite)(unsafe.Pointer(&words[1]))).Kind
		return kind == code.ExecMethod || kind == code.ExecOnce
	}
	return op == code.NewClosure || op == code.Once
}

// plainOp reports whether an instruction neither loops nor stores, apart from calls.
func plainOp(op code.Op) bool {
	switch op {
	case code.SetGlobal, code.SetBox, code.NewBox, code.Loop, code.LLt, code.LLe, code.LGt, code.LGe, code.LEq, code.LNe,
		code.LLtI, code.LLeI, code.LGtI, code.LGeI, code.LEqI, code.LNeI, code.LoopTrue, code.LoopSome,
		code.Apply, code.SetIndex, code.SetIndex2, code.SetProp, code.IterNext, code.IterBack, code.ForInt,
		code.NewClosure, code.EnterTry, code.Once, code.Exec:
		return false
	}
	return true
}
