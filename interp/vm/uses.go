package vm

// This file tells what code can get at by name, for the scheduler's search for
// deadlocks.

import (
	"unsafe"

	"weft/interp/code"
	"weft/runtime/core"
	"weft/runtime/task"
)

// Codes visits the functions of programs in whose frames t stands.
func (e *Engine) Codes(t *task.Task, visit func(unsafe.Pointer)) {
	if t.FP == nil || t.Base == nil {
		return
	}
	for fp := t.FP; ; {
		if fn := funcAt(fp); !e.RT.OfSystem(fn.Module) {
			visit(unsafe.Pointer(fn))
		}
		if isBottom(fp) {
			return
		}
		fp, _ = caller(fp)
	}
}

// Body is the function of a method, compiled if it has not been; nil if there is none, or
// one for each call.
func (e *Engine) Body(m *core.Method) unsafe.Pointer {
	if m.Gen {
		return nil
	}
	fn, err := e.body(m)
	if err != nil {
		return nil
	}
	return unsafe.Pointer(fn)
}

// Uses visits the values and globals that the code of the function fn names. It reports
// whether that is all it can get at, besides what it is given and what is called.
func (e *Engine) Uses(fn unsafe.Pointer, value func(core.Value), global func(*core.Binding)) bool {
	f := (*code.Func)(fn)
	for _, c := range f.Consts {
		value(*c)
	}
	for _, v := range f.SParams {
		value(v)
	}
	for _, v := range f.Cache {
		value(v)
	}
	for _, b := range f.Embeds {
		global(b)
	}
	for _, r := range f.Refs {
		switch r := r.(type) {
		case *core.Binding:
			global(r)
		case *core.DataType:
			value(r.Value())
		case *code.CallIC:
			value(r.Site.Callee)
		case *code.PropIC:
			if r.Name != nil {
				value(r.Name.Value())
			}
		case *core.Prim:
			value(core.Sym(r.Name).Value())
		case *core.Symbol, *code.ApplySite, *code.TupleIC: // the name of a local variable, and what has no values
		case *code.ExecSite:
			switch r.Kind {
			case code.ExecIsDefGlobal, code.ExecLatest, code.ExecTypeVar, code.ExecOnce, code.ExecCopyAST, code.ExecIsDefBox, code.ExecIsDefSParam, code.ExecNewSplat:
			default:
				return false
			}
		default:
			return false
		}
	}
	return true
}
