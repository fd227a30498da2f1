package lower

import (
	"fmt"

	"weft/runtime/core"
)

// This file is the scope pass: it binds every Name to a local variable, an
// argument, a static parameter or a global, by Julia's scope rules.

// Var is a local variable, an argument, or a static parameter that an inner
// function uses.
type Var struct {
	Sym        *core.Symbol // nil for a temporary of the desugarer
	Owner      *Function    // the function whose frame it lives in
	Arg        int          // argument slot, or -1
	SP         int          // 1 + index of the static parameter it stands for, or 0
	Captured   bool         // by an inner function
	Assigned   int          // number of assignments; one in a loop inside its scope counts twice
	Boxed      bool         // captured and assigned more than once or after capture
	MaybeUndef bool         // must be made undefined when its scope begins
	Group      *group       // its function, when it is the name of a local function
	groups     int          // how many groups assign it
	loop       int          // loop depth of its scope
	index      int          // in Owner's flow analysis
	typ        *Form        // its declared type, unresolved, or nil
}

// fnInfo is what the scope pass knows of one function.
type fnInfo struct {
	top      bool // a top-level thunk
	uses     []*Var
	used     map[*Var]int
	inner    []*group
	vars     []*Var // all locals, arguments included
	spVars   map[int]*Var
	labels   map[*core.Symbol][]*Form // label -> chain of Try forms around it
	gotos    []jump
	group    *group // the closure it belongs to, nil for global methods
	selfSlot int    // argument slot that holds the closure
	free     bool   // Captures is computed
	flowed   bool
}

// count adds to how often v is used.
func (in *fnInfo) count(v *Var, n int) {
	if in.used == nil {
		in.used = map[*Var]int{}
	}
	in.used[v] += n
}

// jump is a @goto: where it leads and from inside which Try forms.
type jump struct {
	to    *core.Symbol
	tries []*Form
	back  bool // its label stands before it
}

// group is the methods of one closure: a local function or a lambda.
type group struct {
	v        *Var // the local function's name, nil for a lambda
	owner    *Function
	methods  []*Form // Method or Lambda forms
	captures []*Var
	done     bool
	typ      *core.DataType
	inst     core.Value // the instance, when nothing is captured
	cache    int        // 1 + the cache entry of its type, when that depends on static parameters
}

// pure reports whether the group's variable can be nothing else than its closure.
func (g *group) pure() bool {
	return g.v != nil && g.v.groups == 1 && g.v.Assigned == 0
}

// methodScope is what the scope pass adds to a Method form (in Def).
type methodScope struct {
	svars []*Var // the where-variables while the signature is evaluated
	group *group // nil: a global method
	kw    bool   // a keyword method of the group's function
}

// typeScope is what the scope pass makes of a type definition's Def.
type typeScope struct {
	def   *TypeDef
	self  *Var
	svars []*Var
	types []*Var // variables in the bounds and types
	inner []*Var // local functions and variables of the body
}

// tryScope is what the scope pass adds to a Try form.
type tryScope struct {
	vars [4][]*Var
}

// env is one scope.
type env struct {
	up       *env
	fn       *Function
	vars     map[*core.Symbol]*Var
	globals  map[*core.Symbol]bool
	sparams  map[*core.Symbol]int // on a function's outermost scope
	list     []*Var               // in order of declaration
	top      bool                 // the thunk's outermost scope
	soft     bool                 // all scopes up to top are soft
	item     *Var                 // of a loop's scope: the variable that has the item
	loop     int
	tries    []*Form
	breaks   []*core.Symbol        // what break can leave; nil stands for a loop
	assigned map[*core.Symbol]bool // top: globals that the statement assigns
}

// scoper runs the pass over one top-level statement or one method body.
type scoper struct {
	rt   *core.Runtime
	mod  *core.Module
	opts *Options
	file string
	line int
	soft bool // a softscope expression was met
}

// flowErr is the error of a jump that cannot be.
func flowErr(format string, a ...any) error {
	return &LowerError{Msg: fmt.Sprintf(format, a...), Flow: true}
}

func syntaxErr(format string, a ...any) error { return &LowerError{Msg: fmt.Sprintf(format, a...)} }

// thunk resolves a top-level statement; the Function it gives is the thunk's.
func (s *scoper) thunk(f *Form) (*Function, error) {
	fn := &Function{Name: core.Sym("top-level scope"), Body: f, File: s.file, Line: s.line, NoCapture: true}
	fn.info = &fnInfo{top: true}
	e := &env{fn: fn, top: true, soft: true}
	if err := s.declare(f, e); err != nil {
		return nil, err
	}
	if err := s.form(f, e); err != nil {
		return nil, err
	}
	fn.Locals = e.list
	return fn, fn.info.checkGotos()
}

func (s *scoper) addVar(fn *Function, v *Var) {
	v.index = len(fn.info.vars)
	fn.info.vars = append(fn.info.vars, v)
}

// newVar declares a local in e.
func (s *scoper) newVar(sym *core.Symbol, e *env) *Var {
	v := &Var{Sym: sym, Owner: e.fn, Arg: -1, loop: e.loop}
	s.addVar(e.fn, v)
	if sym != nil {
		if e.vars == nil {
			e.vars = map[*core.Symbol]*Var{}
		}
		e.vars[sym] = v
	}
	e.list = append(e.list, v)
	return v
}

// child makes a scope inside e.
func (e *env) child() *env {
	return &env{up: e, fn: e.fn, soft: e.soft, loop: e.loop, tries: e.tries, breaks: e.breaks}
}

// globalExists reports whether the module has a global n of its own, or gets it
// from the statement itself.
func (s *scoper) globalExists(n *core.Symbol, e *env) bool {
	if b := s.mod.Own(n); b != nil && (b.Value.P != nil || b.Flags&core.BindDeclared != 0) {
		return true
	}
	for ; e != nil; e = e.up {
		if e.top {
			return e.assigned[n]
		}
	}
	return false
}

// lookup finds what n means in e: a variable, a declared global, or a static
// parameter (with its function).
func (e *env) lookup(n *core.Symbol) (v *Var, global bool, sp int, spFn *Function) {
	for ; e != nil; e = e.up {
		if e.globals[n] { // even if it is an argument
			return nil, true, 0, nil
		}
		if v := e.vars[n]; v != nil {
			return v, false, 0, nil
		}
		if i, ok := e.sparams[n]; ok {
			return nil, false, i, e.fn
		}
	}
	return nil, false, 0, nil
}

// use notes that e's function mentions v.
func (s *scoper) use(v *Var, e *env) {
	w := 1
	for range min(e.loop, 3) {
		w *= 4
	}
	in := e.fn.info
	if _, ok := in.used[v]; !ok {
		in.uses = append(in.uses, v)
	}
	in.count(v, w)
}

// name binds a Name that is read.
func (s *scoper) name(f *Form, e *env) {
	v, _, sp, spFn := e.lookup(f.Sym)
	if spFn != nil {
		if spFn == e.fn {
			f.Kind, f.Index = SParam, sp
			return
		}
		in := spFn.info
		if in.spVars == nil {
			in.spVars = map[int]*Var{}
		}
		v = in.spVars[sp]
		if v == nil {
			v = &Var{Sym: f.Sym, Owner: spFn, Arg: -1, SP: sp + 1}
			in.spVars[sp] = v
			s.addVar(spFn, v)
		}
	}
	if v == nil {
		f.Kind = Global
		f.Mod = s.mod
		return
	}
	f.Kind, f.Var = Slot, v
	s.use(v, e)
}

// target binds a Name that is assigned.
func (s *scoper) target(f *Form, e *env) error {
	if f.Kind == Slot {
		err := s.form(f, e)
		s.assigned(f.Var, e)
		return err
	}
	if f.Kind != Name {
		return nil
	}
	v, _, _, spFn := e.lookup(f.Sym)
	if spFn != nil {
		return syntaxErr("local variable name \"%s\" conflicts with a static parameter", f.Sym.Name)
	}
	if v == nil {
		f.Kind = Global
		f.Mod = s.mod
		return nil
	}
	f.Kind, f.Var = Slot, v
	s.use(v, e)
	s.assigned(v, e)
	return nil
}

// assigned counts an assignment of v.
func (s *scoper) assigned(v *Var, e *env) {
	v.Assigned++
	if e.fn != v.Owner || e.loop > v.loop {
		v.Assigned++
	}
}

// block resolves f in a new scope and returns the scope's variables.
func (s *scoper) block(f *Form, e *env) ([]*Var, error) {
	if f == nil {
		return nil, nil
	}
	if err := s.declare(f, e); err != nil {
		return nil, err
	}
	if err := s.form(f, e); err != nil {
		return nil, err
	}
	return e.list, nil
}

func (s *scoper) forms(fs []*Form, e *env) error {
	for _, f := range fs {
		if err := s.form(f, e); err != nil {
			return err
		}
	}
	return nil
}

// form resolves f in e.
func (s *scoper) form(f *Form, e *env) error {
	if f == nil {
		return nil
	}
	switch f.Kind {
	case Name:
		s.name(f, e)
	case Slot:
		if f.Var.Owner == nil {
			f.Var.Owner, f.Var.Arg, f.Var.loop = e.fn, -1, e.loop
			s.addVar(e.fn, f.Var)
			e.list = append(e.list, f.Var)
		}
		s.use(f.Var, e)
	case Line:
		s.line = f.Line
		if file := f.Def.(string); file != "" {
			s.file = file
		}
	case Assign:
		if k := f.Kids[0]; k.Kind == Name {
			if v, _, _, _ := e.lookup(k.Sym); v != nil && v.typ != nil {
				f.Kids[1] = ConvertTo(s.rt, f.Kids[1], copyForm(v.typ))
			}
		}
		if err := s.form(f.Kids[1], e); err != nil {
			return err
		}
		return s.target(f.Kids[0], e)
	case Destructure:
		if err := s.form(f.Kids[0], e); err != nil {
			return err
		}
		for _, k := range f.Kids[1:] {
			if err := s.target(k, e); err != nil {
				return err
			}
		}
	case LocalDecl, LocalDef:
		f.Var = e.vars[f.Sym]
		if f.Var != nil && f.Var == e.item {
			f.Kind = LocalDecl // it keeps the item
		}
	case GlobalDecl:
		if f.Flags&Misplaced != 0 {
			return syntaxErr("misplaced \"global\" declaration")
		}
		f.Mod = s.mod
	case ConstDecl:
		if err := s.form(f.Kids[1], e); err != nil {
			return err
		}
		k := f.Kids[0]
		if k.Kind == Name {
			if v, _, _, _ := e.lookup(k.Sym); v != nil {
				if f.Flags&Outer != 0 {
					f.Kind = Assign
					return s.target(k, e)
				}
				return syntaxErr("unsupported `const` declaration on local variable")
			}
			if !e.fn.info.top {
				return syntaxErr("`global const` declaration not allowed inside function")
			}
			k.Kind, k.Mod = Global, s.mod
		}
	case TypedDecl:
		k := f.Kids[0]
		if k.Kind == Name {
			if v, _, _, _ := e.lookup(k.Sym); v != nil {
				f.Kind, f.Kids = Block, nil // what it says is in Var.typ
				return nil
			}
			if !e.fn.info.top {
				return syntaxErr("type declaration for global \"%s\" not at top level", k.Sym.Name)
			}
			k.Kind, k.Mod = Global, s.mod
		}
		return s.forms(f.Kids, e)
	case Meta:
		s.soft = s.soft || f.Sym == core.Sym("softscope")
	case Locals:
		f.Kind, f.Kids = Block, e.localForms(f)
		return s.forms(f.Kids, e)
	case IsLocal:
		v, _, _, sp := e.lookup(f.Sym)
		f.Kind, f.Val = Const, core.MakeBool(v != nil || sp != nil)
	case Scope:
		c := e.child()
		if f.Flags&Hard != 0 {
			c.soft = false
		}
		vars, err := s.block(f.Kids[0], c)
		f.Def = vars
		return err
	case While:
		c := e.child()
		c.loop++
		// The condition belongs to the scope around the loop.
		e.loop++
		err := s.form(f.Kids[0], e)
		e.loop--
		if err != nil {
			return err
		}
		c.breaks = append(e.breaks[:len(e.breaks):len(e.breaks)], nil)
		vars, err := s.block(f.Kids[1], c)
		f.Def = vars
		return err
	case BreakBlock:
		b := e.breaks
		e.breaks = append(b[:len(b):len(b)], f.Sym)
		err := s.forms(f.Kids, e)
		e.breaks = b
		return err
	case Break:
		for _, l := range e.breaks {
			if l == f.Sym || l == nil && (f.Sym == symLoopExit || f.Sym == symLoopCont) {
				return nil
			}
		}
		return flowErr("break or continue outside loop")
	case Goto:
		_, back := e.fn.info.labels[f.Sym]
		e.fn.info.gotos = append(e.fn.info.gotos, jump{f.Sym, e.tries, back})
	case For:
		return s.forLoop(f, e)
	case Try:
		return s.try(f, e)
	case Label:
		in := e.fn.info
		if in.labels == nil {
			in.labels = map[*core.Symbol][]*Form{}
		}
		if _, dup := in.labels[f.Sym]; dup {
			return flowErr("label \"%s\" defined multiple times", f.Sym.Name)
		}
		in.labels[f.Sym] = append([]*Form(nil), e.tries...)
	case Lambda:
		g := &group{owner: e.fn, methods: []*Form{f}}
		e.fn.info.inner = append(e.fn.info.inner, g)
		f.Def = &methodScope{group: g}
		if err := s.signature(f, e); err != nil {
			return err
		}
		if err := s.function(f.Fn, e); err != nil {
			return err
		}
		f.Fn.info.group = g
	case Method:
		return s.methodForm(f, e)
	case FuncDecl:
		k := f.Kids[0]
		if err := s.target(k, e); err != nil {
			return err
		}
		if k.Kind == Slot {
			g := s.groupOf(k.Var, e)
			f.Var = k.Var
			f.Def = &methodScope{group: g}
		}
	case Struct, Abstract, Primitive:
		return s.typeDef(f, e)
	case Module, Import, Export, TopLevel:
	default:
		return s.forms(f.Kids, e)
	}
	return nil
}
