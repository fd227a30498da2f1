package lower

import "weft/runtime/core"

// This file is the scope pass for definitions: functions, closures, types.

// checkGotos refuses jumps to labels that do not exist, into try blocks, and
// out of those with a finally.
func (in *fnInfo) checkGotos() error {
	for _, j := range in.gotos {
		tries, ok := in.labels[j.to]
		if !ok {
			return flowErr("label \"%s\" referenced but not defined", j.to.Name)
		}
		if len(tries) > len(j.tries) {
			return j.intoTry()
		}
		for i, f := range j.tries {
			if i < len(tries) {
				if tries[i] != f {
					return j.intoTry()
				}
			} else if kid(f, 3) != nil {
				return syntaxErr("goto from a try/finally block is not permitted")
			}
		}
	}
	return nil
}

// intoTry is the error of a jump to a label inside a try block.
func (j jump) intoTry() error {
	if j.back {
		return flowErr("cannot goto label \"%s\" inside try/catch block", j.to.Name)
	}
	return flowErr("misplaced label")
}

// method resolves the body of a global method on its own.
func (s *scoper) method(fn *Function) error {
	return s.function(fn, &env{fn: &Function{info: &fnInfo{top: true}}, top: true})
}

// function resolves fn's body, in a new hard scope inside up.
func (s *scoper) function(fn *Function, up *env) error {
	fn.info = &fnInfo{}
	e := &env{up: up, fn: fn, vars: map[*core.Symbol]*Var{}, sparams: map[*core.Symbol]int{}}
	for i, v := range fn.SVars {
		e.sparams[v.Sym] = i
	}
	for i, a := range fn.Args {
		if unnamed(a) {
			continue
		}
		if e.vars[a] != nil {
			return syntaxErr("function argument names not unique")
		}
		if _, ok := e.sparams[a]; ok {
			return syntaxErr("function argument and static parameter names must be distinct")
		}
		v := &Var{Sym: a, Owner: fn, Arg: i}
		e.vars[a] = v
		s.addVar(fn, v)
	}
	if fn.Body == nil && fn.Desugar != nil {
		b, err := fn.Desugar()
		if err != nil {
			return err
		}
		fn.Body = b
	}
	if fn.Body == nil {
		fn.Body = &Form{Kind: Block}
	}
	if err := s.declare(fn.Body, e); err != nil {
		return err
	}
	if err := s.form(fn.Body, e); err != nil {
		return err
	}
	fn.Locals = e.list
	return fn.info.checkGotos()
}

// unnamed reports whether an argument's name cannot be mentioned.
func unnamed(a *core.Symbol) bool {
	if a == nil || a.Name == "#unused#" {
		return true
	}
	for i := 0; i < len(a.Name); i++ {
		if a.Name[i] != '_' {
			return false
		}
	}
	return true
}

// groupOf returns the closure that the methods of the local function v make up.
func (s *scoper) groupOf(v *Var, e *env) *group {
	if v.Group != nil && v.Group.owner == e.fn {
		return v.Group
	}
	g := &group{v: v, owner: e.fn}
	v.Group = g
	v.groups++
	if e.fn != v.Owner {
		v.groups++ // a closure assigned from inside another: an ordinary assignment
		v.Assigned += 2
	}
	e.fn.info.inner = append(e.fn.info.inner, g)
	return g
}

// signature resolves the types of a Method or Lambda, with its where-variables
// in scope.
func (s *scoper) signature(f *Form, e *env) error {
	fn := f.Fn
	c := e.child()
	c.soft = false
	ms := f.Def.(*methodScope)
	if fn.VarargLen != nil {
		last := len(fn.Types) - 1
		t := fn.Types[last]
		if t == nil {
			t = &Form{Kind: Global, Mod: s.rt.Core, Sym: core.Sym("Any")}
		}
		fn.Types[last] = &Form{Kind: Call, Kids: []*Form{{Kind: Global, Mod: s.rt.Core, Sym: core.Sym("apply_type")},
			{Kind: Global, Mod: s.rt.Core, Sym: core.Sym("Vararg")}, t, fn.VarargLen}}
	}
	for _, sv := range fn.SVars {
		if err := s.form(sv.Lower, c); err != nil {
			return err
		}
		if err := s.form(sv.Upper, c); err != nil {
			return err
		}
		v := s.newVar(sv.Sym, c)
		s.assigned(v, c)
		ms.svars = append(ms.svars, v)
	}
	if err := s.form(fn.SelfType, c); err != nil {
		return err
	}
	if len(f.Kids) > 0 && f.Kids[0] != nil && f.Kids[0].Kind != Slot && f.Kids[0].Kind != Global {
		if err := s.form(f.Kids[0], c); err != nil {
			return err
		}
	}
	if err := s.forms(fn.Types, c); err != nil {
		return err
	}
	if ms.group == nil || e.fn.info.top {
		return nil
	}
	types := append([]*Form{fn.SelfType}, fn.Types...)
	for _, sv := range fn.SVars {
		types = append(types, sv.Lower, sv.Upper)
	}
	if v := localIn(types, e); v != nil {
		return syntaxErr("local variable %s cannot be used in closure declaration", v.Sym.Name)
	}
	return nil
}

// localIn finds a local variable of e that the forms mention. Those that the forms bring along,
// for the variables of a where, are none.
func localIn(forms []*Form, e *env) *Var {
	for _, f := range forms {
		if f == nil {
			continue
		}
		if f.Kind == Slot && f.Var.Sym != nil && f.Var.Group == nil {
			if v, _, _, _ := e.lookup(f.Var.Sym); v == f.Var {
				return v
			}
		}
		if v := localIn(f.Kids, e); v != nil {
			return v
		}
	}
	return nil
}

// methodForm resolves a Method: one of a closure, or of a global function.
func (s *scoper) methodForm(f *Form, e *env) error {
	fn := f.Fn
	ms := &methodScope{}
	f.Def = ms
	var k *Form
	if len(f.Kids) > 0 {
		k = f.Kids[0]
	}
	if fn.KwOf != nil {
		v, _, _, _ := e.lookup(fn.KwOf)
		if v != nil {
			ms.group = s.groupOf(v, e)
			ms.kw = true
		} else if len(fn.Types) >= 2 && fn.Types[1] == nil {
			fn.Types[1] = &Form{Kind: Call, Kids: []*Form{
				{Kind: Global, Mod: s.rt.Core, Sym: core.Sym("Typeof")},
				// The function itself: what the name means when this is compiled may
				// be another one, which a used module exports.
				{Kind: FuncDecl, Kids: []*Form{{Kind: Global, Mod: s.mod, Sym: fn.KwOf}}}}}
		}
	} else if k != nil && k.Kind == Name {
		v, _, _, spFn := e.lookup(k.Sym)
		if v != nil {
			k.Kind, k.Var = Slot, v
			if v.Arg < 0 || v.Owner != e.fn {
				ms.group = s.groupOf(v, e)
				s.use(v, e)
				if e.loop > v.loop {
					v.groups++
				}
			} else {
				ms.group = s.groupOf(v, e)
				v.Assigned++
				s.use(v, e)
			}
			f.Var = v
		} else if spFn == nil {
			k.Kind, k.Mod = Global, s.mod
		}
	}
	if g := ms.group; g != nil {
		g.methods = append(g.methods, f)
	} else if !e.fn.info.top {
		return syntaxErr("Global method definition around %s:%d needs to be placed at the top level, or use \"eval\".", s.file, s.line)
	}
	if fn.Generated && ms.group != nil && !e.fn.info.top {
		return syntaxErr("Global method definition around %s:%d needs to be placed at the top level, or use \"eval\".", s.file, s.line)
	}
	if err := s.signature(f, e); err != nil {
		return err
	}
	if ms.group == nil && fn.Body == nil && !e.hasLocals() {
		return nil // the body is resolved when it is first called
	}
	if err := s.function(fn, e); err != nil {
		return err
	}
	fn.info.group = ms.group
	if ms.kw {
		fn.info.selfSlot = 2
	}
	if ms.group == nil {
		e.fn.info.inner = append(e.fn.info.inner, &group{owner: e.fn, methods: []*Form{f}})
	}
	return nil
}

// hasLocals reports whether any variable is visible in e.
func (e *env) hasLocals() bool {
	for ; e != nil; e = e.up {
		if len(e.vars) > 0 || len(e.sparams) > 0 {
			return true
		}
	}
	return false
}

// typeDef resolves a type definition: its name and variables are visible in the
// types, not in the inner constructors.
func (s *scoper) typeDef(f *Form, e *env) error {
	def := f.Def.(*TypeDef)
	if !e.fn.info.top {
		kind := map[Kind]string{Struct: "struct", Abstract: "abstract type", Primitive: "primitive type"}[f.Kind]
		return syntaxErr("\"%s\" expression not at top level", kind)
	}
	ts := &typeScope{def: def}
	f.Def = ts
	c := e.child()
	c.soft = false
	types := c.child() // what the bounds and types compute on the way
	for _, sv := range def.Vars {
		if err := s.forms([]*Form{sv.Lower, sv.Upper}, types); err != nil {
			return err
		}
		v := s.newVar(sv.Sym, c)
		s.assigned(v, c)
		ts.svars = append(ts.svars, v)
	}
	ts.self = s.newVar(def.Sym, c)
	s.assigned(ts.self, c)
	if err := s.forms(append([]*Form{def.Super, def.Bits}, def.FieldTypes...), types); err != nil {
		return err
	}
	ts.types = types.list
	in := e.child()
	in.soft = false
	in.globals = map[*core.Symbol]bool{def.Sym: true}
	for _, k := range def.Inner {
		if err := s.declare(k, in); err != nil {
			return err
		}
	}
	for _, k := range def.Inner {
		if err := s.form(k, in); err != nil {
			return err
		}
	}
	ts.inner = in.list
	return nil
}
