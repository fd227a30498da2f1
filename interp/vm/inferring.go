package vm

// This file answers what calls return, by package infer.

import (
	"weft/interp/code"
	"weft/interp/infer"
	"weft/runtime/core"
	"weft/runtime/prim"
	"weft/runtime/task"
)

// inference is what the engine does for package infer.
type inference struct{ e *Engine }

// Code implements [infer.Host]: the code that a call would run.
func (h inference) Code(ce *core.CacheEntry) (*code.Func, error) {
	if tgt, ok := ce.Aux.(*target); ok && tgt.fn != nil {
		return tgt.fn, nil
	}
	fn, err := h.e.body(ce.Method)
	if err != nil {
		return nil, err
	}
	tgt := &target{fn: specialized(fn, ce)}
	ce.Aux = tgt
	if d, ok := ce.Method.Aux.(*methodData); ok {
		d.entries = append(d.entries, ce)
	}
	return tgt.fn, nil
}

// Body implements [infer.Host].
func (h inference) Body(m *core.Method) (*code.Func, error) { return h.e.body(m) }

// Define implements [infer.Host].
func (h inference) Define(fn *code.Func, site *code.ExecSite, ops []core.Value) error {
	_, err := h.e.addMethod(fn.Module, site, ops)
	return err
}

// Pure implements [infer.Host].
func (h inference) Pure(p *core.Prim, args []core.Value) (core.Value, bool) {
	fn, ok := p.Fn.(task.Fn)
	if !ok || !prim.Foldable(p.Name) {
		return core.Value{}, false
	}
	v, err := fn(h.e.current, args)
	return v, err == nil && v.P != nil
}

// Returns implements [infer.Host].
func (h inference) Returns(p *core.Prim) string { return prim.Returns(p.Name) }

// inferrer is the engine's Inferrer, made when it is first needed.
func (e *Engine) inferrer() *infer.Inferrer {
	if e.infers == nil {
		e.infers = infer.New(e.RT, inference{e})
	}
	return e.infers
}

// primInferReturn is the type of what a call of a[0] with arguments of the types in a[1]
// returns, in the world a[2].
func (e *Engine) primInferReturn(_ *task.Task, a []core.Value) (core.Value, error) {
	r, _ := e.infer(a)
	return r, nil
}

// primInferSure is the same with whether the answer is all that can be known, as a tuple.
func (e *Engine) primInferSure(_ *task.Task, a []core.Value) (core.Value, error) {
	r, sure := e.infer(a)
	return e.makeTuple([]core.Value{r, core.MakeBool(sure)}, nil), nil
}

func (e *Engine) infer(a []core.Value) (r core.Value, sure bool) {
	d, ok := core.IsDataType(a[1])
	if !ok || !d.Has(core.FlagTuple) {
		return core.Any.Value(), false
	}
	return e.inferrer().Call(a[0], d.Params, a[2].N)
}

// primInferMethods is the types that the methods that such a call may mean return, as a Vector{Any}.
func (e *Engine) primInferMethods(_ *task.Task, a []core.Value) (core.Value, error) {
	return core.VectorAny(e.inferrer().Methods(a[0], a[1], a[2].N)).Value(), nil
}
