package vm

// This file has exceptions: throwing, finding the handler, backtraces.

import (
	"unsafe"

	"weft/interp/code"
	"weft/runtime/core"
	"weft/runtime/task"
)

// maxTrace is how many levels a backtrace keeps at each end of a deep stack.
const maxTrace = 40000

// typedTrace is how many levels of a backtrace know the types of arguments.
const typedTrace = 64

// fail throws the exception that err stands for.
func (e *Engine) fail(t *task.Task, err error) outcome {
	return e.throw(t, e.RT.ExceptionOf(err), nil)
}

// throw throws exc at t's PC: t goes on at the handler, or has failed. A nil
// trace means that the exception starts here.
func (e *Engine) throw(t *task.Task, exc core.Value, trace []task.Frame) outcome {
	if trace == nil {
		trace = e.Trace(t)
	}
	fp, pc := t.FP, t.PC
	for {
		fn := funcAt(fp)
		off := int(uintptr(pc) - uintptr(fn.Entry()))
		for i := range fn.Handlers {
			h := &fn.Handlers[i]
			if off < h.Lo || off >= h.Hi {
				continue
			}
			t.FP, t.PC = fp, unsafe.Add(fn.Entry(), h.Target)
			x := t.Extra()
			x.Excs = append(x.Excs, task.Exc{Value: exc, Trace: trace})
			if stackLen(t) > 1<<15 {
				e.Tidy(t)
			}
			return running
		}
		if isBase(fn) || isBottom(fp) {
			t.FP, t.PC = fp, pc
			e.failure = failure{exc, trace}
			return failed
		}
		if kindOf(fp)&retWorld != 0 {
			t.World = savedWorld(fp).N
		}
		fp, pc = caller(fp)
		pc = unsafe.Add(pc, -16)
	}
}

// rethrow throws v, or if undefined the exception being handled, with the
// backtrace of the exception being handled.
func (e *Engine) rethrow(t *task.Task, v core.Value) outcome {
	depth := t.ExcDepth()
	if depth == 0 {
		if v.P != nil {
			return e.fail(t, core.Errorf("rethrow(exc) not allowed outside a catch block"))
		}
		return e.fail(t, core.Errorf("rethrow() not allowed outside a catch block"))
	}
	x := t.Ext.Excs[depth-1]
	if v.P == nil {
		v = x.Value
	}
	popExcs(t, depth-1)
	return e.throw(t, v, x.Trace)
}

// popExcs forgets the exceptions above depth.
func popExcs(t *task.Task, depth int32) {
	if depth < 0 || depth >= t.ExcDepth() {
		return
	}
	clear(t.Ext.Excs[depth:])
	t.Ext.Excs = t.Ext.Excs[:depth]
}

// Trace captures t's frames, innermost first.
func (e *Engine) Trace(t *task.Task) []task.Frame {
	if t.FP == nil {
		return []task.Frame{}
	}
	frames, args := 0, 0 // to be kept
	depth := 0
	for fp := t.FP; ; depth++ {
		if fn := funcAt(fp); !hidden(fn) {
			frames++
			if depth < typedTrace && !fn.TopLevel {
				args += fn.NArgs
			}
		}
		if isBottom(fp) {
			break
		}
		fp, _ = caller(fp)
	}
	out := make([]task.Frame, 0, min(frames, 2*maxTrace))
	types := make([]*core.DataType, 0, args)
	fp, pc := t.FP, t.PC
	if t != e.current && t.Budget < iterating {
		pc = unsafe.Add(pc, -16) // it waits in the call before
	}
	for i := 0; i <= depth; i++ {
		fn := funcAt(fp)
		if !hidden(fn) && (i < maxTrace || i > depth-maxTrace) {
			f := task.Frame{Code: fn, PC: int(uintptr(pc) - uintptr(fn.Entry()))}
			if i < typedTrace && !fn.TopLevel && fn.NArgs > 0 {
				from := len(types)
				types = append(types, calleeType(fn, fp))
				for k := 1; k < fn.NArgs; k++ {
					var d *core.DataType
					if v := at(fp, uintptr(k)*16); uintptr(unsafe.Pointer(v)) <= uintptr(t.Limit) && v.P != nil {
						d = argumentType(fn.Method, k, *v)
					}
					types = append(types, d)
				}
				f.Args = types[from:len(types):len(types)]
			}
			out = append(out, f)
		}
		fp, pc = caller(fp)
		pc = unsafe.Add(pc, -16)
	}
	return out
}

// argumentType is how a trace knows an argument: by its type; one that is a type itself by Type{x},
// or Type where the method takes anything there.
func argumentType(m *core.Method, k int, v core.Value) *core.DataType {
	d := core.TypeOf(v)
	if m == nil || k >= len(m.SigTup.Params) || !core.IsType(v) || core.HasFree(v) {
		return d
	}
	switch want := m.SigTup.Params[k]; {
	case want.P == d.Value().P:
		return d
	case want.P == core.Any.Value().P || want.P == core.TypeType.Value().P:
		return core.TypeTypeName.Primary
	}
	return core.TypeTypeName.Apply([]core.Value{v})
}

// calleeType is the type of what is called where it tells more than the method does, the type
// itself for a constructor; else nil. The callee may not stand in its slot.
func calleeType(fn *code.Func, fp unsafe.Pointer) *core.DataType {
	if fn.Method == nil {
		return nil
	}
	want, ok := core.IsDataType(core.Unwrap(fn.Method.SigTup.Params[0]))
	v := at(fp, 0)
	if ok && v.P != nil && want.Has(core.FlagClosure) && want.Kind == core.KindObject && core.TypeOf(*v) == want {
		return shownClosure(want, *v)
	}
	if !ok || v.P == nil || !core.HasFree(want.Value()) {
		return nil
	}
	d := core.TypeOf(*v)
	if want.Name == core.TypeTypeName {
		if d != core.DataTypeType {
			return nil
		}
		d = core.As[core.DataType](*v)
		want, ok = core.IsDataType(core.Unwrap(want.Params[0]))
	}
	if !ok || d.Name != want.Name {
		return nil
	}
	return d
}

// shownClosure is the type of a closure as Julia has it: with the static parameters that it
// captures and the types of the variables, but for those that are assigned later.
func shownClosure(d *core.DataType, v core.Value) *core.DataType {
	var params, vars []core.Value
	for i, x := range v.Fields(len(d.Name.FieldNames)) {
		switch {
		case x.P == nil || d.Name.FieldDecl[i] == core.BoxType.Value():
		case d.Name.ConstFields[i]:
			params = append(params, x)
		default:
			t := core.TypeOf(x)
			if t.Has(core.FlagClosure) && t.Kind == core.KindObject && x != v {
				t = shownClosure(t, x)
			}
			vars = append(vars, t.Value())
		}
	}
	shown := *d
	shown.Params = append(params, vars...)
	return &shown
}

// Site names a place in code.
func (e *Engine) Site(p unsafe.Pointer, pc uint32) (function, file string, line int) {
	if p == nil {
		return "", "", 0
	}
	fn := (*code.Func)(p)
	file, line = fn.LineAt(int(pc))
	return code.PlainName(funcName(fn)), file, line
}

// funcName is the name of a function in traces.
func funcName(fn *code.Func) string {
	if fn.TopLevel {
		if fn.Toplevel != "" {
			return fn.Toplevel
		}
		return "top-level scope"
	}
	return fn.Name
}

// Where names the place in the user's code at which t stands: the innermost
// frame outside Core and Base, or else the innermost one.
func (e *Engine) Where(t *task.Task) (function, file string, line int) {
	if !t.Started || t.FP == nil {
		return "", "", 0
	}
	trace := e.Trace(t)
	for i := range trace {
		if fn := trace[i].Code.(*code.Func); !e.RT.OfBase(fn.Module) {
			file, line = fn.LineAt(trace[i].PC)
			return code.PlainName(funcName(fn)), file, line
		}
	}
	if len(trace) > 0 {
		fn := trace[0].Code.(*code.Func)
		file, line = fn.LineAt(trace[0].PC)
		return code.PlainName(funcName(fn)), file, line
	}
	return "", "", 0
}
