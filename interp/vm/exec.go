package vm

// This file has the Exec statements: definitions of methods, types and modules,
// imports, evaluation of Exprs.

import (
	"fmt"
	"strconv"
	"unsafe"

	"weft/interp/code"
	"weft/runtime/core"
	"weft/runtime/task"
)

// execNext is the engine's own Exec: the next statement of an eval.
const execNext code.ExecKind = -1

// evalState is an eval under way: a list of statements in a module. It stands in
// slot 1 of the frame that runs them.
type evalState struct {
	typ   *core.DataType
	mod   *core.Module
	stmts []core.Value
	next  int
	where Position
	// module block: the module is the value, and __init__ is called at the end.
	module *core.Module
	inited bool
}

// statementsFunc is the code of that frame: it runs statements until there are no
// more, and returns the value of the last.
func statementsFunc() *code.Func {
	f := &code.Func{Type: code.FuncType, Name: "eval", NArgs: 2, NSlots: 4, Toplevel: "\x00eval"}
	s := &code.ExecSite{Kind: execNext}
	f.Refs = []any{s}
	back := int64(-16)
	f.Code = []uint64{
		uint64(code.Exec) | 2*16<<16, uint64(uintptr(unsafe.Pointer(s))),
		uint64(code.Jump), uint64(back),
		uint64(code.Return) | 2*16<<16, 0,
	}
	return f
}

// statements lists what is to be evaluated one by one in ex.
func statements(ex core.Value) []core.Value {
	if core.TypeOf(ex) == core.ExprType {
		if x := core.As[core.Expr](ex); x.Head.Name == "toplevel" {
			return append([]core.Value(nil), x.Args.Values()...)
		}
	}
	return []core.Value{ex}
}

// eval pushes the frame that evaluates ex in m; its value goes where the
// instruction before ret says.
func (e *Engine) eval(t *task.Task, m *core.Module, ex core.Value, where Position, ret unsafe.Pointer, kind uint64) outcome {
	if v, ok := e.constant(ex); ok {
		return e.deliver(t, v, ret, kind)
	}
	return e.pushEval(t, &evalState{mod: m, stmts: statements(ex), where: where}, ret, kind)
}

// constant is the value of an expression that evaluates to itself.
func (e *Engine) constant(ex core.Value) (core.Value, bool) {
	switch core.TypeOf(ex) {
	case core.ExprType, core.SymbolType, core.GlobalRefType:
		return core.Value{}, false
	case core.QuoteNodeType:
		return core.As[core.QuoteNode](ex).V, true
	case core.LineNumberNodeType:
		return core.Nothing(), true
	}
	return ex, true
}

func (e *Engine) pushEval(t *task.Task, s *evalState, ret unsafe.Pointer, kind uint64) outcome {
	s.typ = e.evalType
	base := uintptr(funcAt(t.FP).NSlots+2) * 16
	if err := e.ensure(t, base+frameBytes(e.statements)); err != nil {
		return e.fail(t, err)
	}
	*at(t.FP, base-32) = core.Value{N: t.World}
	*at(t.FP, base) = core.Nothing()
	*at(t.FP, base+16) = core.ToValue(s)
	*at(t.FP, base+32) = core.Nothing()
	if err := e.push(t, e.statements, base, ret, kind|retWorld); err != nil {
		return e.fail(t, err)
	}
	return running
}

// nextStatement serves execNext.
func (e *Engine) nextStatement(t *task.Task) outcome {
	s := core.As[evalState](e.slot(t, 1))
	for s.next < len(s.stmts) {
		ex := s.stmts[s.next]
		s.next++
		if ex.P == nil {
			continue
		}
		if core.TypeOf(ex) == core.LineNumberNodeType {
			l := core.As[core.LineNumberNode](ex)
			s.where.Line = int(l.Line)
			if core.TypeOf(l.File) == core.SymbolType {
				s.where.File = core.As[core.Symbol](l.File).Name
			}
			continue
		}
		t.World = e.RT.World
		if v, ok := e.constant(ex); ok {
			*at(t.FP, 2*16) = v
			continue
		}
		if core.TypeOf(ex) == core.ExprType {
			switch x := core.As[core.Expr](ex); x.Head.Name {
			case "toplevel":
				rest := s.stmts[s.next:]
				s.stmts = append(append([]core.Value(nil), x.Args.Values()...), rest...)
				s.next = 0
				continue
			case "softscope":
				if x.Args.Len == 1 {
					inner := &evalState{mod: s.mod, stmts: statements(x.Args.Get(0)), where: s.where}
					inner.where.Soft = true
					return e.pushEval(t, inner, unsafe.Add(t.PC, 16), retPlain)
				}
			}
		}
		fn, err := e.Lower(t, s.mod, ex, s.where)
		if err != nil {
			return e.fail(t, err)
		}
		t.World = e.RT.World // its macros may have defined something
		base := uintptr(e.statements.NSlots+1) * 16
		if err := e.ensure(t, base+frameBytes(fn)); err != nil {
			return e.fail(t, err)
		}
		*at(t.FP, base) = core.Nothing()
		if err := e.push(t, fn, base, unsafe.Add(t.PC, 16), retPlain); err != nil {
			return e.fail(t, err)
		}
		return running
	}
	if s.module != nil {
		*at(t.FP, 2*16) = s.module.Value()
		if !s.inited {
			s.inited = true
			if b := s.module.Own(core.Sym("__init__")); b != nil && b.Value.P != nil && b.Owner == s.module {
				t.World = e.RT.World
				if run, err := e.baseFunction("run_module_init"); err == nil {
					return e.call(t, run, []core.Value{s.module.Value()}, unsafe.Add(t.PC, 16), retPlain)
				}
				return e.call(t, b.Value, nil, unsafe.Add(t.PC, 16), retPlain)
			}
		}
	}
	t.PC = unsafe.Add(t.PC, 32)
	return running
}

// exec serves Exec.
func (e *Engine) exec(t *task.Task) outcome {
	pc := t.PC
	site := (*code.ExecSite)(word(pc, 1))
	n := int(*(*uint16)(unsafe.Add(pc, 6)))
	ops := unsafe.Slice(slotB(t.FP, pc), n)
	ret := unsafe.Add(pc, 16)
	switch site.Kind {
	case execNext:
		return e.nextStatement(t)
	case code.ExecEval:
		if n < 2 || core.TypeOf(ops[0]) != core.ModuleType {
			return e.fail(t, core.TypeErr("eval", "", core.ModuleType.Value(), ops[0]))
		}
		return e.eval(t, core.As[core.Module](ops[0]), ops[1], e.position(t), ret, retPlain)
	case code.ExecModule:
		return e.defineModule(t, site, ret)
	case code.ExecImport:
		if load, args := e.packageToLoad(site); load.P != nil {
			return e.call(t, load, args, ret, retPlain)
		}
	}
	v, err := e.execValue(t, site, ops)
	if err != nil {
		return e.fail(t, err)
	}
	*slotA(t.FP, pc) = v
	if funcAt(t.FP).TopLevel {
		t.World = e.RT.World
	}
	if m := e.traced; m != nil {
		e.traced = nil
		return e.call(t, e.tracer, []core.Value{core.ToValue(m), v}, ret, retPlain)
	}
	t.PC = ret
	return running
}

// position is where t stands.
func (e *Engine) position(t *task.Task) Position {
	file, line := funcAt(t.FP).LineAt(e.offset(t))
	return Position{File: file, Line: line}
}

// execValue does the Exec statements that run no Julia code.
func (e *Engine) execValue(t *task.Task, site *code.ExecSite, ops []core.Value) (core.Value, error) {
	none := core.Nothing()
	switch site.Kind {
	case code.ExecMethod:
		return e.addMethod(funcAt(t.FP).Module, site, ops)
	case code.ExecGeneric:
		return e.genericFunction(site.Module, site.Name, true)
	case code.ExecConst:
		return ops[0], e.RT.AssignConst(site.Module, site.Name, ops[0])
	case code.ExecDeclGlobal:
		if len(ops) > 0 && ops[0].P != nil {
			return none, site.Module.DeclareType(site.Name, ops[0])
		}
		b := site.Module.Define(site.Name)
		if b.Owner == site.Module {
			if e.RT.Booting == 0 && !site.Module.Declares(site.Name) {
				e.RT.World++
			}
			b.Flags |= core.BindDeclared
		}
		return none, nil
	case code.ExecSetGlobal:
		b, err := site.Module.CheckAssign(site.Name)
		if err != nil {
			return none, err
		}
		v, err := e.asDeclared(t, b, ops[0])
		if err != nil {
			return none, err
		}
		b.Value = v
		return v, nil
	case code.ExecImport:
		return none, e.importNames(site)
	case code.ExecExport:
		d := site.Data.(*code.ExportDef)
		for _, s := range d.Names {
			site.Module.Export(core.Sym(s), d.Public)
		}
		return none, nil
	case code.ExecType:
		return e.beginType(site, ops)
	case code.ExecTypeEnd:
		return e.endType(site, ops)
	case code.ExecTypeVar:
		var lo, up core.Value
		if len(ops) > 0 {
			lo = ops[0]
		}
		if len(ops) > 1 {
			up = ops[1]
		}
		if err := core.CheckBound(lo, "lower"); err != nil {
			return none, err
		}
		if err := core.CheckBound(up, "upper"); err != nil {
			return none, err
		}
		return core.NewVar(site.Name.Name, lo, up).Value(), nil
	case code.ExecOnce:
		f := funcAt(t.FP)
		w := &f.Code[site.Data.(*code.OnceSite).Pos]
		*w = *w&^0xffff | uint64(code.Jump)
		return none, nil
	case code.ExecCopyAST:
		v, _ := site.Data.(core.Value)
		return copyAST(v), nil
	case code.ExecIsDefBox:
		return core.MakeBool(ops[0].Field(0).P != nil), nil
	case code.ExecIsDefSParam:
		i, bound := site.Data.(int), funcAt(t.FP).SParams
		return core.MakeBool(i < len(bound) && bound[i].P != nil), nil
	case code.ExecNewSplat:
		d, ok := core.IsDataType(ops[0])
		if !ok || !d.Has(core.FlagConcrete) {
			return none, core.TypeErr("new", "", core.DataTypeType.Value(), ops[0])
		}
		td := core.TypeOf(ops[1])
		if !td.Has(core.FlagTuple) {
			return none, core.TypeErr("new", "", core.TupleType.Value(), ops[1])
		}
		if n := len(td.Params); n != len(d.Fields()) {
			return none, core.ArgErrorf("new: expected %d arguments, got %d", len(d.Fields()), n)
		}
		return newObject(d, tupleValues(ops[1]))
	case code.ExecClosureType:
		return site.Data.(func() *core.DataType)().Value(), nil
	case code.ExecLatest:
		return none, nil
	case code.ExecIsDefGlobal:
		b := site.Module.Lookup(site.Name)
		return core.MakeBool(b != nil && b.Value.P != nil), nil
	}
	return none, core.Errorf("no such statement: %d", site.Kind)
}

// baseFunction is the function that Base calls name.
func (e *Engine) baseFunction(name string) (core.Value, error) {
	b := e.RT.Base.Lookup(core.Sym(name))
	if b == nil || b.Value.P == nil {
		return core.Value{}, e.undefVar(core.Sym(name), e.RT.Base.Value())
	}
	return b.Value, nil
}

// warn prints a warning of a definition.
func (e *Engine) warn(msg string) {
	if msg != "" && e.Warn != nil {
		e.Warn(msg, "", 0)
	}
}

// genericFunction gets, or makes, the function name of m. With bare, as by
// `function f end`, a function that m only uses is not extended.
func (e *Engine) genericFunction(m *core.Module, name *core.Symbol, bare bool) (core.Value, error) {
	v, warning, err := m.MethodTarget(name)
	if err != nil {
		return v, err
	}
	if v.P != nil && !(bare && m.How(name) == core.ViaUsing) {
		e.warn(warning)
		return v, nil
	}
	d := core.FunctionTypeOf(m, name, core.FunctionType)
	if err := e.RT.AssignConst(m, name, d.Instance); err != nil {
		return v, err
	}
	return d.Instance, nil
}

// addMethod adds a method that code of the module mod defines.
func (e *Engine) addMethod(mod *core.Module, site *code.ExecSite, ops []core.Value) (core.Value, error) {
	def := site.Data.(*code.MethodDef)
	f := ops[0]
	if f.P == nil && def.NTypes > 0 && (len(ops) < 2 || ops[1].P == nil) {
		name := def.Name
		if name == nil {
			name = site.Name
		}
		var err error
		if f, err = e.genericFunction(site.Module, name, false); err != nil {
			return f, err
		}
	}
	types := append([]core.Value(nil), ops[1:1+def.NTypes]...)
	vars := ops[1+def.NTypes : 1+def.NTypes+def.NVars]
	caps := ops[1+def.NTypes+def.NVars:]
	if len(types) > 0 && types[0].P == nil {
		if core.IsType(f) {
			types[0] = core.TypeTypeName.Apply([]core.Value{f}).Value()
		} else {
			types[0] = core.TypeOf(f).Value()
		}
	}
	for i, ty := range types {
		switch {
		case core.TypeOf(ty) == core.VarargType:
			if i != len(types)-1 {
				return f, core.Errorf("Vararg on non-final argument")
			}
		case !core.IsType(ty) && core.TypeOf(ty) != core.TypeVarType:
			return f, core.ArgErrorf("invalid type for argument %s in method definition for %s at %s:%d",
				argName(def, i), def.Name.Name, def.File, def.Line)
		case def.Vararg && i == len(types)-1:
			types[i] = core.ToValue(&core.Vararg{Type: core.VarargType, T: ty})
		}
	}
	sig := core.TupleOf(types...).Value()
	for i := len(vars) - 1; i >= 0; i-- {
		sig = core.MakeUnionAll(core.As[core.TypeVar](vars[i]), sig)
	}
	m := &core.Method{
		Type: core.MethodType, Name: def.Name, Module: mod, Sig: sig, NArgs: def.NArgs, Vararg: def.Vararg,
		File: core.Sym(def.File), Line: def.Line, Args: def.Args, KwNames: def.KwNames, Gen: def.Gen, Doc: def.Doc, Source: def.Source,
	}
	if d, ok := core.IsDataType(core.Unwrap(types[0])); ok && (m.Name == nil || m.Name.Name == "anonymous" && d.Name.FuncName != nil) {
		if m.Name = d.Name.FuncName; m.Name == nil {
			m.Name = d.Name.Name
		}
	}
	for _, v := range vars {
		m.SParams = append(m.SParams, core.As[core.TypeVar](v))
	}
	for _, v := range def.Unused {
		e.warn(fmt.Sprintf("WARNING: method definition for %s at %s:%d declares type variable %s but does not use it.", m.Name.Name, def.File, def.Line, v.Name))
	}
	compile := def.Compile
	if def.Bind != nil {
		compile = def.Bind(append([]core.Value(nil), caps...))
	}
	if def.Body != nil {
		m.Body = def.Body
	}
	if compile != nil {
		var self core.Value
		if f.P != nil && core.TypeOf(f).Has(core.FlagFunction) && types[0] == core.TypeOf(f).Value() {
			self = f
		}
		m.Compile = func() (core.Code, error) { return compile(self) }
	}
	if def.Closure {
		if err := e.RT.AddClosure(m); err != nil {
			return f, err
		}
	} else if _, err := e.RT.AddMethod(m); err != nil {
		return f, err
	} else if e.tracer.P != nil && e.RT.Booting == 0 {
		e.traced = m
	}
	if f.P == nil {
		return core.Nothing(), nil
	}
	return f, nil
}

func argName(def *code.MethodDef, i int) string {
	if i < len(def.Args) && def.Args[i] != nil && def.Args[i].Name == "#unused#" {
		return "number " + strconv.Itoa(i)
	}
	if i < len(def.Args) && def.Args[i] != nil {
		return def.Args[i].Name
	}
	return "#unused#"
}

// beginType serves ExecType.
func (e *Engine) beginType(site *code.ExecSite, ops []core.Value) (core.Value, error) {
	d := site.Data.(*code.StructDef)
	s := &core.TypeSpec{
		Name: d.Name, Module: site.Module, Fields: d.Fields, Const: d.Const, Atomic: d.Atomic,
		Mutable: d.Mutable, NInit: d.NInit, Inner: d.Inner,
	}
	switch d.Kind {
	case code.AbstractKind:
		s.Form = core.AbstractForm
	case code.PrimitiveKind:
		s.Form = core.PrimitiveForm
	}
	for _, v := range ops {
		if core.TypeOf(v) != core.TypeVarType {
			return v, core.TypeErr("type parameter", "", core.TypeVarType.Value(), v)
		}
		s.Vars = append(s.Vars, core.As[core.TypeVar](v))
	}
	n, err := core.BeginType(s)
	if err != nil {
		return core.Value{}, err
	}
	n.Doc = d.Doc
	return n.Wrapper, nil
}

// endType serves ExecTypeEnd.
func (e *Engine) endType(site *code.ExecSite, ops []core.Value) (core.Value, error) {
	d := site.Data.(*code.StructDef)
	t, ok := core.IsDataType(core.Unwrap(ops[0]))
	if !ok {
		return ops[0], core.TypeErr("type definition", "", core.DataTypeType.Value(), ops[0])
	}
	n := t.Name
	if len(ops) > 1 && ops[1].P != nil {
		if err := n.SetSuper(ops[1]); err != nil {
			return ops[0], err
		}
	}
	var err error
	switch d.Kind {
	case code.StructKind:
		err = n.SetFields(ops[2:])
	case code.PrimitiveKind:
		if core.TypeOf(ops[2]) != core.Int64 {
			return ops[0], core.TypeErr("primitive type", "", core.Int64.Value(), ops[2])
		}
		err = n.SetBits(ops[2].Int64())
	}
	if err != nil {
		return ops[0], err
	}
	return e.RT.EndType(n)
}

// defineModule serves ExecModule.
func (e *Engine) defineModule(t *task.Task, site *code.ExecSite, ret unsafe.Pointer) outcome {
	d := site.Data.(*code.ModuleDef)
	parent := site.Module
	m := core.NewModule(core.Sym(d.Name), parent)
	m.Bare, m.File = d.Bare, d.File
	if old := parent.Own(m.Name); old != nil && old.Value.P != nil && core.TypeOf(old.Value) == core.ModuleType {
		e.warn("WARNING: replacing module " + d.Name + ".\n")
	}
	if err := e.RT.AssignConst(parent, m.Name, m.Value()); err != nil {
		return e.fail(t, err)
	}
	m.SetConst(d.Name, m.Value())
	m.Export(m.Name, false)
	m.Use(e.RT.Core)
	var first []core.Value
	if !d.Bare {
		m.Use(e.RT.Base)
		first = moduleFunctions(m)
	}
	s := &evalState{mod: m, module: m, where: Position{File: d.File, Line: d.Line, Lazy: e.LazyBodies}}
	s.stmts = first
	if core.TypeOf(d.Body) == core.ExprType {
		s.stmts = append(s.stmts, core.As[core.Expr](d.Body).Args.Values()...)
	} else {
		s.stmts = append(s.stmts, d.Body)
	}
	return e.pushEval(t, s, ret, retPlain)
}

// copyAST copies the Exprs in v.
func copyAST(v core.Value) core.Value {
	if v.P == nil || core.TypeOf(v) != core.ExprType {
		return v
	}
	x := core.As[core.Expr](v)
	args := make([]core.Value, x.Args.Len)
	for i := range args {
		args[i] = copyAST(x.Args.Get(i))
	}
	return core.MakeExpr(x.Head, args...)
}

// DefineEval gives m, a module made by Go, its functions eval and include.
func (e *Engine) DefineEval(m *core.Module) error {
	for _, ex := range moduleFunctions(m) {
		if _, err := e.EvalSync(m, ex); err != nil {
			return err
		}
	}
	return nil
}

// moduleFunctions are the definitions of eval and include that a module begins with.
func moduleFunctions(m *core.Module) []core.Value {
	sym := func(s string) core.Value { return core.Sym(s).Value() }
	def := func(name, mod string, args ...core.Value) core.Value {
		ref := core.MakeExpr(core.Sym("."), sym(mod), core.ToValue(&core.QuoteNode{Type: core.QuoteNodeType, V: sym(name)}))
		head := core.MakeExpr(core.Sym("call"), append([]core.Value{sym(name)}, args...)...)
		last := len(args) - 1
		full := append(append([]core.Value{ref}, args[:last]...), m.Value(), args[last])
		return core.MakeExpr(core.Sym("="), head, core.MakeExpr(core.Sym("block"), core.MakeExpr(core.Sym("call"), full...)))
	}
	return []core.Value{
		def("eval", "Core", sym("x")), def("include", "Base", sym("x")), def("include", "Base", sym("mapexpr"), sym("x")),
	}
}

// EvalSync evaluates one top-level statement in m to its end, on a task of its
// own or, when called from code that runs, above the running task's frames.
func (e *Engine) EvalSync(m *core.Module, ex core.Value) (core.Value, error) {
	return e.EvalAt(m, ex, Position{})
}

// EvalAt is EvalSync for a statement that stands at where.
func (e *Engine) EvalAt(m *core.Module, ex core.Value, where Position) (core.Value, error) {
	t := e.current
	if t == nil {
		t = e.Sched.NewHidden(core.Nothing(), &task.Scope{})
		e.beginAtBase(t, e.firstStack(t))
		t.World = e.RT.World
		e.Sched.Current = t
		defer func() { e.Sched.Current, e.current = nil, nil; e.finished(t, core.Nothing()) }()
		e.current = t
	}
	s := &evalState{typ: e.evalType, mod: m, stmts: statements(ex), where: where}
	return e.Call(t, e.evalPrim.Ref, m.Value(), core.ToValue(s))
}

// EvalApart is EvalAt on a task of its own, so that nothing moves on the stack of
// the running one. That is in the middle of an instruction: until the end neither timers
// nor interrupts are looked at, which might wake it.
func (e *Engine) EvalApart(m *core.Module, ex core.Value, where Position) (core.Value, error) {
	current, running := e.current, e.Sched.Current
	e.current = nil
	e.apart++
	defer func() { e.apart, e.current, e.Sched.Current = e.apart-1, current, running }()
	return e.EvalAt(m, ex, where)
}
