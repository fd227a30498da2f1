package vm

// This file has the primitives that need the engine: those that run code, and
// those that look at frames and exceptions.

import (
	"cmp"
	"slices"
	"strings"
	"unsafe"

	"weft/interp/code"
	"weft/runtime/core"
	"weft/runtime/prim"
	"weft/runtime/task"
)

// request is a call of a primitive that runs code itself.
type request struct {
	args []core.Value
	ret  unsafe.Pointer
	kind uint64
}

// engineFn is a primitive that is part of the engine: it arranges for a value to
// be delivered, usually by a frame that it pushes.
type engineFn func(e *Engine, t *task.Task, r *request) outcome

// primDef is a line of the engine's table.
type primDef struct {
	name     string
	min, max int
	doc      string
	fn       any
	core     bool // stands in Core under Julia's name
}

// install puts the engine's primitives into the runtime.
func (e *Engine) install() {
	prims := e.RT.Core
	if b := e.RT.Core.Own(core.Sym("Prims")); b != nil && b.Value.P != nil {
		prims = core.As[core.Module](b.Value)
	}
	for _, d := range e.table() {
		p := &core.Prim{Name: d.name, Min: d.min, Max: d.max, Doc: d.doc, Fn: d.fn}
		t := core.NewOpaque("typeof("+d.name+")", core.BuiltinType, false)
		t.Kind = core.KindSingleton
		t.Size, t.Align = 0, 1
		t.Flags = core.FlagConcrete | core.FlagLaidOut | core.FlagIsBits | core.FlagFunction
		t.Name.FuncName = core.Sym(d.name)
		t.Name.Prim = p
		p.Ref = core.Value{P: unsafe.Pointer(&t.Tag)}
		t.Instance = p.Ref
		m := prims
		if d.core {
			m = e.RT.Core
		}
		t.Name.Module = m
		m.SetConst(d.name, p.Ref)
		m.Exported[core.Sym(d.name)] = true
		if d.name == "eval" {
			e.evalPrim = p
		}
	}
	e.tg.arrayPush = unsafe.Pointer(primOf(prims, "array_push"))
	e.channelPut, e.channelTake = primOf(prims, "channel_put"), primOf(prims, "channel_take")
	e.taskSwitch = primOf(prims, "task_switch")
	e.getfield, e.isdefined = primOf(e.RT.Core, "getfield"), primOf(e.RT.Core, "isdefined")
	if b := e.RT.Core.Own(core.Sym("kwcall")); b == nil || b.Value.P == nil {
		d := core.FunctionTypeOf(e.RT.Core, core.Sym("kwcall"), core.FunctionType)
		e.RT.Core.SetConst("kwcall", d.Instance)
	}
}

// primOf is the primitive name of m, nil if there is none.
func primOf(m *core.Module, name string) *core.Prim {
	if b := m.Own(core.Sym(name)); b != nil && b.Value.P != nil {
		return core.TypeOf(b.Value).Name.Prim
	}
	return nil
}

// table lists the engine's primitives.
func (e *Engine) table() []primDef {
	return []primDef{
		{"eval", 2, 2, "Core.eval(m, ex): evaluates ex in module m.", engineFn(primEval), true},
		{"_call_latest", 1, -1, "_call_latest(f, args...): calls f in the newest world.", engineFn(primInvokeLatest), true},
		{"_call_in_world", 2, -1, "_call_in_world(world, f, args...): calls f in that world.", engineFn(primInvokeInWorld), true},
		{"_apply_iterate", 2, -1, "_apply_iterate(iterate, f, xs...): calls f with the elements of all xs.", engineFn(primApply), true},
		{"invoke", 2, -1, "invoke(f, types, args...): calls the method of f that arguments of these types would call.", engineFn(primInvoke), true},
		{"rethrow", 0, 1, "rethrow([e]): throws the exception being handled on.", engineFn(primRethrow), false},
		{"throw_with_trace", 2, 2, "throw_with_trace(e, bt): throws e with a backtrace taken earlier.", engineFn(primThrowWith), false},
		{"applicable", 1, -1, "applicable(f, args...): whether a method would be called.", task.Fn(e.primApplicable), true},
		{"world_age", 0, 0, "world_age(): the running task's world.", task.Fn(e.primWorld), false},
		{"newest_world", 0, 0, "newest_world(): the world of the newest method.", task.Fn(e.primNewest), false},
		{"task_exceptions", 1, 1, "task_exceptions(t): the exceptions t is handling and their backtraces, oldest first.", task.Fn(e.primExceptions), false},
		{"profile_start", 2, 2, "profile_start(delay, most): notes the running task's frames each delay seconds, at most so often.", task.Fn(e.primProfileStart), false},
		{"profile_stop", 0, 0, "profile_stop(): ends that; the backtraces, a Vector{Any}.", task.Fn(e.primProfileStop), false},
		{"backtrace", 0, 0, "backtrace(): the running task's frames.", task.Fn(e.primBacktrace), false},
		{"task_backtrace", 1, 1, "task_backtrace(t): the frames of a task, or of its failure.", task.Fn(e.primTaskBacktrace), false},
		{"backtrace_frames", 1, 1, "backtrace_frames(bt): (function, file, line, signature, module, method or nothing) of each frame, innermost first.", task.Fn(e.primFrames), false},
		{"method_ambiguous", 2, 2, "method_ambiguous(f, args): whether the call is ambiguous.", task.Fn(e.primAmbiguous), false},
		{"isempty_methods", 1, 1, "isempty_methods(f): whether f has no methods.", task.Fn(e.primNoMethods), false},
		{"closest_methods", 3, 3, "closest_methods(f, types, world): (signature, method, what methods of show write for zero bytes) of the methods that come nearest to a call, best first.", task.Fn(e.primClosest), false},
		{"closure_type_text", 1, 1, "closure_type_text(f): how the type of a function is written, with the types of what it captures.", task.Fn(func(_ *task.Task, a []core.Value) (core.Value, error) {
			d := core.TypeOf(a[0])
			if d.Has(core.FlagClosure) && d.Kind == core.KindObject {
				d = shownClosure(d, a[0])
			}
			return core.MakeString(e.RT.TypeString(d.Value())), nil
		}), false},
		{"disassemble", 1, 2, "disassemble(f, types): the instructions of a method, which may be given itself.", task.Fn(e.primDisassemble), false},
		{"infer_return", 3, 3, "infer_return(f, types, world): the type of what a call with arguments of these types returns.", task.Fn(e.primInferReturn), false},
		{"infer_sure", 3, 3, "infer_sure(f, types, world): the same, and whether it is not wide for want of knowledge, as a tuple.", task.Fn(e.primInferSure), false},
		{"infer_methods", 3, 3, "infer_methods(f, types, world): the types of what the methods that such a call may mean return, as a Vector{Any}.", task.Fn(e.primInferMethods), false},
		{"trace_methods", 1, 1, "trace_methods(f): calls f(method, value) at each definition of a method and takes what that gives for its value; nothing ends that.", task.Fn(e.primTraceMethods), false},
		{"macro_module", 0, 0, "macro_module(): the module of the running function.", task.Fn(e.primModule), false},
	}
}

func primEval(e *Engine, t *task.Task, r *request) outcome {
	if core.TypeOf(r.args[0]) != core.ModuleType {
		return e.fail(t, core.TypeErr("eval", "", core.ModuleType.Value(), r.args[0]))
	}
	if core.TypeOf(r.args[1]) == e.evalType {
		return e.pushEval(t, core.As[evalState](r.args[1]), r.ret, r.kind)
	}
	return e.eval(t, core.As[core.Module](r.args[0]), r.args[1], Position{File: "none", Line: 1}, r.ret, r.kind)
}

func primInvokeLatest(e *Engine, t *task.Task, r *request) outcome {
	return e.callInWorld(t, e.RT.World, r.args[0], r.args[1:], r.ret, r.kind)
}

func primInvokeInWorld(e *Engine, t *task.Task, r *request) outcome {
	return e.callInWorld(t, min(r.args[0].N, e.RT.World), r.args[1], r.args[2:], r.ret, r.kind)
}

func primApply(e *Engine, t *task.Task, r *request) outcome {
	return e.applyTo(t, r.args[1], r.args[2:], nil, r.ret, r.kind)
}

// primInvoke calls a method by the types of its signature.
func primInvoke(e *Engine, t *task.Task, r *request) outcome {
	f, sig := r.args[0], r.args[1]
	if sig.Is(core.MethodType) {
		m := core.As[core.Method](sig)
		env, ok := m.Env(core.CallTuple(f, r.args[2:]))
		if !ok {
			return e.fail(t, core.TypeErr("invoke", "argument type error", m.Sig, e.makeTuple(r.args[2:], nil)))
		}
		return e.invokeEntry(t, &core.CacheEntry{Method: m, SParams: env, From: m.From, To: m.To}, r)
	}
	ce, err := e.lookupSig(t, f, sig)
	if err != nil {
		if _, ok := err.(*core.LookupError); ok {
			err = core.Err("MethodError", r.args[0], sig, core.Uint(t.World))
		}
		return e.fail(t, err)
	}
	if args := r.args[2:]; !core.Isa(e.makeTuple(args, nil), sig) && !core.Subtype(core.CallTuple(f, args), calleeWith(f, sig)) {
		return e.fail(t, core.TypeErr("invoke", "argument type error", sig, e.makeTuple(r.args[2:], nil)))
	}
	args := r.args[2:]
	if slices.ContainsFunc(ce.SParams, core.Value.IsUndef) { // the types leave it open, the arguments may tell
		if env, ok := ce.Method.Env(core.CallTuple(f, args)); ok {
			open := *ce
			open.SParams = env
			ce = &open
		}
	}
	return e.invokeEntry(t, ce, r)
}

// invokeEntry calls the method of ce with the arguments of an invoke.
func (e *Engine) invokeEntry(t *task.Task, ce *core.CacheEntry, r *request) outcome {
	args := r.args[2:]
	tgt, err := e.compile(t, ce, append(r.args[:1:1], args...))
	if err != nil {
		return e.fail(t, err)
	}
	base, _, err := e.layOut(t, r.args[0], args)
	if err != nil {
		return e.fail(t, err)
	}
	return e.enter(t, tgt, base, len(args), r.ret, r.kind)
}

// lookupSig finds the method of f for a tuple type of arguments.
func (e *Engine) lookupSig(t *task.Task, f, sig core.Value) (*core.CacheEntry, error) {
	d, ok := core.IsDataType(core.Unwrap(sig))
	if !ok || !d.Has(core.FlagTuple) {
		return nil, core.TypeErr("invoke", "", core.TupleType.Value(), sig)
	}
	return e.RT.LookupType(calleeWith(f, sig), t.World)
}

// calleeWith is the signature of calls of f with arguments of the tuple type sig.
func calleeWith(f, sig core.Value) core.Value {
	d, _ := core.IsDataType(core.Unwrap(sig))
	ft := core.TypeOf(f).Value()
	if core.IsType(f) {
		ft = core.TypeTypeName.Apply([]core.Value{f}).Value()
	}
	ps := append([]core.Value{ft}, d.Params...)
	full := core.TupleOf(ps...).Value()
	var vars []*core.TypeVar
	for v := sig; core.TypeOf(v) == core.UnionAllType; v = core.As[core.UnionAll](v).Body {
		vars = append(vars, core.As[core.UnionAll](v).Var)
	}
	for i := len(vars) - 1; i >= 0; i-- {
		full = core.MakeUnionAll(vars[i], full)
	}
	return full
}

func primRethrow(e *Engine, t *task.Task, r *request) outcome {
	if len(r.args) == 1 {
		return e.rethrow(t, r.args[0])
	}
	return e.rethrow(t, core.Value{})
}

func primThrowWith(e *Engine, t *task.Task, r *request) outcome {
	return e.throw(t, r.args[0], traceOf(r.args[1]))
}

func (e *Engine) primApplicable(t *task.Task, a []core.Value) (core.Value, error) {
	if p := core.TypeOf(a[0]).Name.Prim; p != nil {
		n := len(a) - 1
		return core.MakeBool(n >= p.Min && (p.Max < 0 || n <= p.Max)), nil
	}
	types, exact := signature(a, nil, nil)
	_, err := e.RT.Lookup(types, exact, t.World)
	return core.MakeBool(err == nil), nil
}

func (e *Engine) primWorld(t *task.Task, _ []core.Value) (core.Value, error) {
	return core.Uint(t.World), nil
}

func (e *Engine) primNewest(*task.Task, []core.Value) (core.Value, error) {
	return core.Uint(e.RT.World), nil
}

func (e *Engine) primModule(t *task.Task, _ []core.Value) (core.Value, error) {
	if m := funcAt(t.FP).Module; m != nil {
		return m.Value(), nil
	}
	return e.RT.Main.Value(), nil
}

// backtrace is a captured trace as a Julia value.
type backtrace struct {
	typ    *core.DataType
	frames []task.Frame
}

// traceValue makes a Julia value of a trace.
func (e *Engine) traceValue(fs []task.Frame) core.Value {
	return core.ToValue(&backtrace{e.traceType, fs})
}

// traceOf is the trace in a Julia value, never nil.
func traceOf(v core.Value) []task.Frame {
	if d := core.TypeOf(v); d.Kind == core.KindOpaque && d.Name.Name.Name == traceName {
		if b := core.As[backtrace](v); b.frames != nil {
			return b.frames
		}
	}
	return []task.Frame{}
}

const traceName = "Backtrace"

func taskArg(v core.Value) (*task.Task, error) {
	if core.TypeOf(v) != core.TaskType {
		return nil, core.TypeErr("task", "", core.TaskType.Value(), v)
	}
	return core.As[task.Task](v), nil
}

func (e *Engine) primExceptions(_ *task.Task, a []core.Value) (core.Value, error) {
	u, err := taskArg(a[0])
	if err != nil {
		return core.Value{}, err
	}
	var out []core.Value
	var handled []task.Exc
	var failed []task.Frame
	if u.Ext != nil {
		handled, failed = u.Ext.Excs, u.Ext.Backtrace
		if u.State.Failing() {
			handled = u.Ext.Causes
		}
	}
	for _, x := range handled {
		out = append(out, x.Value, e.traceValue(x.Trace))
	}
	if u.State.Failing() {
		out = append(out, u.Result, e.traceValue(failed))
	}
	return core.VectorAny(out).Value(), nil
}

func (e *Engine) primBacktrace(t *task.Task, _ []core.Value) (core.Value, error) {
	return e.traceValue(e.Trace(t)), nil
}

func (e *Engine) primTaskBacktrace(_ *task.Task, a []core.Value) (core.Value, error) {
	u, err := taskArg(a[0])
	if err != nil {
		return core.Value{}, err
	}
	if u.State.Failing() && u.Ext != nil {
		return e.traceValue(u.Ext.Backtrace), nil
	}
	return e.traceValue(e.Trace(u)), nil
}

func (e *Engine) primFrames(_ *task.Task, a []core.Value) (core.Value, error) {
	var out []core.Value
	for _, f := range traceOf(a[0]) {
		fn, ok := f.Code.(*code.Func)
		if !ok {
			continue
		}
		if fn.Name == "kwcall" && !fn.TopLevel {
			continue // what sorts keywords: the body that it calls tells more
		}
		file, line := fn.LineAt(f.PC)
		mod, method := core.Nothing(), core.Nothing()
		if fn.Module != nil {
			mod = fn.Module.Value()
		}
		if fn.Method != nil {
			method = core.ToValue(fn.Method)
		}
		out = append(out, e.makeTuple([]core.Value{
			core.Sym(funcName(fn)).Value(), core.Sym(file).Value(), core.Int(int64(line)),
			core.MakeString(e.signature(fn, f.Args)), mod, method,
		}, nil))
	}
	return core.VectorAny(out).Value(), nil
}

// signature is how a trace writes a frame: f(x::Int64, y::String; k::Bool).
func (e *Engine) signature(fn *code.Func, types []*core.DataType) string {
	if fn.TopLevel {
		return funcName(fn)
	}
	var names []*core.Symbol
	if fn.Method != nil {
		names = fn.Method.Args
	}
	first, keywords := 1, ""
	name := e.calleeText(fn, names, types, 0)
	if strings.HasPrefix(fn.Name, "#") { // a body with keywords has them first, then the function
		if i := slices.IndexFunc(names, isCallee); i > 0 {
			first, keywords = i+1, "; "+e.argumentsText(fn, names, types, 1, i)
			if i == 1 {
				keywords = ""
			}
			name = e.calleeText(fn, names, types, i)
		}
	}
	return name + "(" + e.argumentsText(fn, names, types, first, fn.NArgs) + keywords + ")"
}

// isCallee reports whether a parameter stands for the function that is called.
func isCallee(s *core.Symbol) bool {
	return s != nil && (s.Name == "#f#" || s.Name == "#obj#" || s.Name == "#ctor-self#")
}

// calleeText names what is called, which is the argument at i: a function by its name,
// one without a name and an object that can be called by its type.
func (e *Engine) calleeText(fn *code.Func, names []*core.Symbol, types []*core.DataType, i int) string {
	name := fn.Name
	if i > 0 {
		name = code.PlainName(name)
	}
	var t *core.DataType
	if i > 0 && i < len(types) {
		t = types[i]
	} else if i == 0 && fn.Method != nil { // the slot of the callee is not always filled
		t, _ = core.IsDataType(core.Unwrap(fn.Method.SigTup.Params[0]))
	}
	if t != nil && t.Name == core.TypeTypeName && core.IsType(t.Params[0]) && !core.HasFree(t.Params[0]) {
		return e.RT.TypeString(t.Params[0])
	}
	if i == 0 && t != nil && len(types) > 0 && types[0] != nil { // one of the types that the method is for
		if t.Name == core.TypeTypeName {
			return e.RT.TypeString(types[0].Value())
		}
		t = types[0]
	}
	if t == nil || t.Name == core.TypeTypeName || t.Has(core.FlagFunction) && name != "" && !strings.HasPrefix(name, "#") {
		return name
	}
	self := ""
	if i < len(names) && names[i] != nil && !strings.HasPrefix(names[i].Name, "#") {
		self = names[i].Name
	}
	return "(" + self + "::" + e.RT.TypeString(t.Value()) + ")"
}

// argumentsText writes the arguments from a first one up to another, which is not
// among them.
func (e *Engine) argumentsText(fn *code.Func, names []*core.Symbol, types []*core.DataType, first, end int) string {
	var texts []string
	rest := -1 // how many arguments a last x... has collected
	if last := fn.NArgs - 1; fn.Vararg && end == fn.NArgs && last < len(types) && types[last] != nil && types[last].Has(core.FlagTuple) {
		rest = len(types[last].Params)
		end--
	}
	for i := first; i < end; i++ {
		s := ""
		if i < len(names) && names[i] != nil && !strings.HasPrefix(names[i].Name, "#") && (rest < 0 || rest == 1) {
			s = names[i].Name
		}
		if i < len(types) && types[i] != nil {
			s += "::" + e.argumentType(types[i])
		}
		texts = append(texts, s)
	}
	if rest > 0 {
		name := ""
		if rest == 1 && end < len(names) && names[end] != nil && !strings.HasPrefix(names[end].Name, "#") {
			name = names[end].Name
		}
		texts = append(texts, e.collectedTexts(fn, types[end].Params, name)...)
	}
	return strings.Join(texts, ", ")
}

// collectedTexts writes the types of collected arguments: each of as many as Julia has code for,
// and of more what the others have in common.
func (e *Engine) collectedTexts(fn *code.Func, types []core.Value, name string) []string {
	own := e.ownArguments(fn)
	var texts []string
	for i, t := range types {
		if i == own {
			common := core.Any.Value()
			if p := fn.Method.SigTup.Params[fn.NArgs-1]; core.TypeOf(p) == core.VarargType && !core.HasFree(core.As[core.Vararg](p).T) {
				common = core.As[core.Vararg](p).T
			}
			if i > 0 && !slices.ContainsFunc(types[i:], func(u core.Value) bool { return u.P != types[i-1].P }) {
				common = types[i-1]
			}
			return append(texts, "::Vararg{"+e.RT.TypeString(common)+"}")
		}
		texts = append(texts, name+"::"+e.collectedType(t))
	}
	return texts
}

// collectedType writes the type of a collected argument: Type for one that is a type.
func (e *Engine) collectedType(t core.Value) string {
	if d, ok := core.IsDataType(t); ok && (d == core.DataTypeType || d == core.UnionAllType || d == core.UnionType) {
		return "Type"
	}
	return e.RT.TypeString(t)
}

// ownArguments is how many of the collected arguments have a type of their own in Julia's code
// for a method: as many as make up the longest method of the function.
func (e *Engine) ownArguments(fn *code.Func) int {
	if fn.Method == nil {
		return -1
	}
	most := 0
	if d, ok := core.IsDataType(core.Unwrap(fn.Method.SigTup.Params[0])); ok {
		for _, m := range e.RT.Table(d.Name).Methods {
			n := m.NArgs
			if m.Vararg {
				n--
			}
			most = max(most, n)
		}
	}
	return max(1, most-(fn.NArgs-2))
}

// tupleValues are the elements of a tuple.
func tupleValues(v core.Value) []core.Value {
	d := core.TypeOf(v)
	if !d.Has(core.FlagTuple) || len(d.Params) == 0 {
		return nil
	}
	return v.Fields(len(d.Params))
}

func (e *Engine) primTraceMethods(_ *task.Task, a []core.Value) (core.Value, error) {
	e.tracer = core.Value{}
	if a[0] != core.Nothing() {
		e.tracer = a[0]
	}
	return core.Nothing(), nil
}

func (e *Engine) primAmbiguous(t *task.Task, a []core.Value) (core.Value, error) {
	types, exact := signature(append([]core.Value{a[0]}, tupleValues(a[1])...), nil, nil)
	_, err := e.RT.Lookup(types, exact, t.World)
	le, ok := err.(*core.LookupError)
	return core.MakeBool(ok && len(le.Ambiguous) > 0), nil
}

func (e *Engine) primNoMethods(_ *task.Task, a []core.Value) (core.Value, error) {
	for _, m := range e.tableOf(a[0]).Methods {
		if m.To == core.Forever {
			return core.MakeBool(false), nil
		}
	}
	return core.MakeBool(true), nil
}

func (e *Engine) primClosest(_ *task.Task, a []core.Value) (core.Value, error) {
	given := tupleValues(a[1])
	named := func(name string) bool {
		b := e.RT.Base.Own(core.Sym(name))
		return b != nil && b.Value == a[0]
	}
	convert := named("convert")
	special := convert || named("getindex") || named("setindex!")
	mark := prim.Marking(e.RT)
	list := e.RT.ClosestCandidates(a[0], given, a[2].N, special, mark)
	if convert && len(given) > 0 { // whoever converts may mean to construct
		if d, ok := core.IsDataType(given[0]); ok && d.Name == core.TypeTypeName && core.IsType(d.Params[0]) && !core.HasFree(d.Params[0]) {
			list = append(list, e.RT.ClosestCandidates(d.Params[0], given[1:], a[2].N, true, mark)...)
			slices.SortStableFunc(list, func(a, b core.Candidate) int { return cmp.Compare(b.Score, a.Score) })
		}
	}
	var out []core.Value
	for _, c := range list {
		out = append(out, e.makeTuple([]core.Value{core.MakeString(c.Text), core.ToValue(c.Method), e.makeTuple(c.Marked, nil)}, nil))
	}
	return core.VectorAny(out).Value(), nil
}

// primDisassemble is the text of the instructions of the method of f that
// arguments of the given types call.
func (e *Engine) primDisassemble(t *task.Task, a []core.Value) (core.Value, error) {
	var m *core.Method
	if len(a) == 1 && a[0].Is(core.MethodType) {
		m = core.As[core.Method](a[0])
	} else {
		ce, err := e.lookupSig(t, a[0], a[len(a)-1])
		if err != nil {
			return core.Value{}, err
		}
		m = ce.Method
	}
	fn, err := e.body(m)
	if err != nil {
		return core.Value{}, err
	}
	return core.MakeString(code.Disassemble(fn)), nil
}

// argumentType is the type of an argument in traces. Keywords are told by what they are.
func (e *Engine) argumentType(t *core.DataType) string {
	if t.Name.Name.Name == "Pairs" && t.Name.Module == e.RT.Base && len(t.Params) == 4 {
		if fields, ok := strings.CutPrefix(e.RT.TypeString(t.Params[3]), "@NamedTuple"); ok {
			return "@Kwargs" + fields
		}
	}
	if t == core.TypeTypeName.Primary {
		return "Type"
	}
	return e.RT.TypeString(t.Value())
}
