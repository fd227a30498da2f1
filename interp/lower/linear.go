package lower

import (
	"slices"

	"weft/interp/code"
	"weft/runtime/core"
)

// This file drives the linear pass, which writes the instructions of a
// function: entry points, slots, access to variables.

// Thunk compiles one top-level statement.
func Thunk(rt *core.Runtime, mod *core.Module, expr core.Value, opts *Options) (*code.Func, error) {
	f, err := desugarTop(rt, mod, expr, opts)
	if err != nil {
		return nil, err
	}
	return ThunkForm(rt, mod, f, opts)
}

// ThunkForm compiles a desugared top-level statement.
func ThunkForm(rt *core.Runtime, mod *core.Module, f *Form, opts *Options) (*code.Func, error) {
	u := &unit{rt: rt, mod: mod, opts: opts, defines: &defined{}}
	s := &scoper{rt: rt, mod: mod, opts: opts, file: opts.File, line: opts.Line}
	fn, err := s.thunk(f)
	if err != nil {
		return nil, located(err, s)
	}
	captures(fn)
	boxes(fn)
	return u.function(fn, nil)
}

// located gives an error of the scope pass the place where it was found.
func located(err error, s *scoper) error {
	if e, ok := err.(*LowerError); ok && e.File == "" {
		e.File, e.Line = s.file, s.line
	}
	return err
}

// unit is what the functions of one top-level statement share.
type unit struct {
	rt   *core.Runtime
	mod  *core.Module
	opts *Options
	self core.Value
	// outer is the name of the top-level function around, for closures' names.
	outer string
	// defines holds the globals that the statement itself defines: its code means
	// these, though when it is compiled the names still belong to a used module.
	defines *defined
}

// defined is a set of globals.
type defined struct{ names map[globalName]bool }

// globalName is a name in a module.
type globalName struct {
	mod *core.Module
	sym *core.Symbol
}

// claim notes that the statement defines a global.
func (u *unit) claim(m *core.Module, sym *core.Symbol) {
	if u.defines == nil {
		return
	}
	if u.defines.names == nil {
		u.defines.names = map[globalName]bool{}
	}
	u.defines.names[globalName{m, sym}] = true
}

// lookup finds the binding that code of the statement means by a name.
func (u *unit) lookup(m *core.Module, sym *core.Symbol) *core.Binding {
	if u.defines != nil && u.defines.names[globalName{m, sym}] {
		return ownBinding(m, sym)
	}
	return m.Lookup(sym)
}

// ownBinding is the binding of a name in a module itself, new if there is none.
func ownBinding(m *core.Module, sym *core.Symbol) *core.Binding {
	if b := m.Own(sym); b != nil {
		return b
	}
	return m.Define(sym)
}

// compileMethod compiles the body of a global method when it is first called.
// self is the generic function that it belongs to, if it is a method of one.
func (u *unit) compileMethod(fn *Function, self core.Value) (*code.Func, error) {
	s := &scoper{rt: u.rt, mod: u.mod, opts: u.opts, file: fn.File, line: fn.Line}
	if fn.info == nil {
		if err := s.method(fn); err != nil {
			return nil, located(err, s)
		}
		captures(fn)
		boxes(fn)
	}
	v := *u
	if fn.Name != nil {
		v.outer = code.PlainName(fn.Name.Name)
	}
	v.self = self
	return v.function(fn, nil)
}

// function compiles a function that has been through the scope pass. caps holds
// the captured values of a global method in a let.
func (u *unit) function(fn *Function, caps map[*Var]core.Value) (*code.Func, error) {
	analyse(fn)
	g := u.opts.Work.take()
	defer g.giveBack()
	g.unit, g.fn, g.info, g.caps = u, fn, fn.info, caps
	g.a.line = fn.Line
	g.entry()
	g.tail(fn.Body)
	if err := g.a.finish(); err != nil {
		return nil, located2(err, fn)
	}
	return g.build(), nil
}

// located2 gives an error of the linear pass the place of its function.
func located2(err error, fn *Function) error {
	if e, ok := err.(*LowerError); ok && e.File == "" {
		e.File = fn.File
	}
	return err
}

// Workspace is memory that the linear pass uses again and again.
type Workspace struct {
	g    gen
	busy bool
}

// take gives an empty gen: the workspace's, unless it is used already.
func (w *Workspace) take() *gen {
	if w == nil || w.busy {
		return &gen{}
	}
	w.busy = true
	w.g.work = w
	return &w.g
}

// giveBack empties g for the next one, if it is a workspace's.
func (g *gen) giveBack() {
	if w := g.work; w != nil {
		clear(g.slots)
		clear(g.pre)
		w.g = gen{slots: g.slots, pre: g.pre, local: g.local[:0], names: g.names[:0], a: g.a.emptied()}
		w.busy = false
	}
}

// gen writes the code of one function.
type gen struct {
	*unit
	work     *Workspace // that it belongs to, or nil
	a        asm
	fn       *Function
	info     *fnInfo
	slots    map[*Var]int // of the function's own variables
	pre      map[*Var]int // slots that captured variables were copied to
	caps     map[*Var]core.Value
	top      int // first free slot
	max      int // slots needed
	local    []bool
	names    []string
	hoisted  map[core.Value]int // constants in slots during the outermost loop
	loop     int
	loops    []loopCtx
	ctx      []tryCtx
	labels   map[*core.Symbol]label
	retSlot  int // where `return` through a finally keeps its value; 0: none yet
	ncache   int
	embeds   []*core.Binding
	since    uint64 // see code.Func
	turns    bool   // at top level: the world changes meanwhile, and with it constants
	usesSelf bool
	fixedVar map[*Var]bool // temporaries whose value is of that kind (see fixed)
}

// entry reserves the argument slots and prepares the variables of the function.
func (g *gen) entry() {
	n := len(g.fn.Args)
	if g.info.top {
		n = 1
		g.turns = turnsWorld(g.fn.Body)
	}
	g.top, g.max = n, n
	for i := range n {
		name := ""
		if i < len(g.fn.Args) && !unnamed(g.fn.Args[i]) {
			name = g.fn.Args[i].Name
		}
		g.local = append(g.local, true)
		g.names = append(g.names, name)
	}
	for _, v := range g.info.vars {
		if v.Arg >= 0 {
			g.put(v, v.Arg)
			if v.Arg == 0 && g.info.used[v] > 0 {
				// Calls of a known function do not put it there.
				if g.self.P != nil {
					g.a.load(0, g.self)
				} else {
					g.usesSelf = true
				}
				if t := g.fn.SelfType; t != nil && t.Kind == Call && len(t.Kids) == 3 {
					// The one instance of Type{X} follows from the static parameters.
					if x, ok := g.constant(t.Kids[1]); ok && x == core.TypeTypeName.Wrapper {
						g.fixedVar = map[*Var]bool{v: true}
					}
				}
			}
			if v.Boxed {
				s := g.reserve(v)
				g.a.abc(code.NewBox, s, v.Arg, 0)
			}
		}
	}
	for _, v := range g.fn.Captures {
		if g.caps == nil && g.info.used[v] > 1 && !g.info.self(v) {
			s := g.tmp()
			g.named(s, v)
			g.loadCaptured(v, s)
			if g.pre == nil {
				g.pre = map[*Var]int{}
			}
			g.pre[v] = s
		}
	}
	g.begin(g.fn.Locals)
	if hasFinally(g.fn.Body) {
		g.retSlot = g.tmp()
		g.named(g.retSlot, nil)
	}
}

// turnsWorld reports whether f, at top level, has something in it after which constants
// may have other values.
func turnsWorld(f *Form) bool {
	switch {
	case f == nil:
		return false
	case f.Kind == Latest, f.Kind == ConstDecl, f.Kind == Struct, f.Kind == Abstract, f.Kind == Primitive, f.Kind == TopLevel:
		return true
	}
	return slices.ContainsFunc(f.Kids, turnsWorld)
}

func (g *gen) build() *code.Func {
	f := &code.Func{Type: code.FuncType, Module: g.mod, File: g.fn.File, Code: slices.Clone(g.a.words), Consts: slices.Clone(g.a.consts), Refs: slices.Clone(g.a.refs),
		Embeds: g.embeds, Since: g.since, NSlots: g.max, NArgs: len(g.fn.Args), Vararg: g.fn.Vararg, Lines: slices.Clone(g.a.lines), Names: slices.Clone(g.names), TopLevel: g.info.top}
	if g.fn.Name != nil {
		f.Name = g.fn.Name.Name
	}
	if g.info.top {
		f.NArgs = 1
		f.Toplevel = "top-level scope"
	}
	for _, v := range g.fn.SVars {
		f.SPNames = append(f.SPNames, v.Sym)
	}
	f.UsesSelf = g.usesSelf
	f.FindBase()
	if g.ncache > 0 {
		f.Cache = make([]core.Value, g.ncache)
	}
	for _, h := range g.a.handlers {
		lo, hi := 8*g.a.labels[h.lo], 8*g.a.labels[h.hi]
		if lo < hi {
			f.Handlers = append(f.Handlers, code.Handler{Lo: lo, Hi: hi, Target: 8 * g.a.labels[h.target]})
		}
	}
	return f
}

// tmp takes the next free slot. The caller gives it back by resetting g.top.
func (g *gen) tmp() int {
	s := g.top
	g.top++
	g.need(g.top)
	if s < len(g.local) {
		g.local[s] = false
	}
	return s
}

// need says that the frame has at least n slots.
func (g *gen) need(n int) {
	if n > g.max {
		g.max = n
	}
}

// take reserves n slots in a row.
func (g *gen) take(n int) int {
	s := g.top
	for range n {
		g.tmp()
	}
	return s
}

func (g *gen) named(s int, v *Var) {
	for len(g.local) <= s {
		g.local = append(g.local, false)
	}
	for len(g.names) <= s {
		g.names = append(g.names, "")
	}
	g.local[s] = true
	if v != nil && v.Sym != nil && g.names[s] == "" {
		g.names[s] = v.Sym.Name
	}
}

func (g *gen) isLocal(s int) bool { return s >= 0 && s < len(g.local) && g.local[s] }

// put makes slot s the place of v.
func (g *gen) put(v *Var, s int) {
	if g.slots == nil {
		g.slots = map[*Var]int{}
	}
	g.slots[v] = s
}

// reserve gives v a slot.
func (g *gen) reserve(v *Var) int {
	s := g.tmp()
	g.put(v, s)
	g.named(s, v)
	return s
}

// begin starts the scope of vars: each gets a slot, a box if it needs one, and
// is made undefined where that can be seen.
func (g *gen) begin(vars []*Var) {
	for _, v := range vars {
		if v.SP == 0 && v.Arg < 0 {
			g.start(v, g.reserve(v))
		}
	}
}

// start makes the variable in slot s undefined, or gives it a new box.
func (g *gen) start(v *Var, s int) {
	if v.Boxed {
		g.a.raw(code.NewBox, g.a.slot(s), 0xffff, 0)
	} else if v.MaybeUndef {
		g.a.abc(code.LoadUndef, s, 0, 0)
	}
}

// loadCaptured puts the captured variable v (its value or its box) into dst.
func (g *gen) loadCaptured(v *Var, dst int) {
	if c, ok := g.caps[v]; ok {
		g.a.load(dst, c)
		return
	}
	i := g.info.group.field(v)
	g.a.raw(code.GetCap, g.a.slot(dst), g.a.slot(g.info.selfSlot), uint64(core.FieldOffset(i)))
}

// slotOf returns the slot that holds variable v (its value or its box) without
// writing code, or -1.
func (g *gen) slotOf(v *Var) int {
	if v.Owner == g.fn {
		if v.SP > 0 {
			return -1
		}
		s, ok := g.slots[v]
		if !ok && g.a.err == nil {
			g.a.err = &LowerError{Msg: "variable " + varSym(v).Name + " is used outside its scope"}
		}
		return s
	}
	if g.info.self(v) {
		return g.info.selfSlot
	}
	if s, ok := g.pre[v]; ok {
		return s
	}
	return -1
}

// boxed reports whether v is reached through a box here.
func (g *gen) boxed(v *Var) bool { return v.Boxed && !g.info.self(v) }

// holder puts v's value or box where it can be an operand.
func (g *gen) holder(v *Var) int {
	if s := g.slotOf(v); s >= 0 {
		return s
	}
	t := g.tmp()
	g.holderInto(v, t)
	return t
}

// holderInto puts v's value or box into dst.
func (g *gen) holderInto(v *Var, dst int) {
	if v.SP > 0 && v.Owner == g.fn {
		g.a.raw(code.GetSParam, g.a.slot(dst), uint64(v.SP-1), 0)
		return
	}
	if s := g.slotOf(v); s >= 0 {
		if s != dst {
			g.a.abc(code.Move, dst, s, 0)
		}
		return
	}
	g.loadCaptured(v, dst)
}

// readVar puts the value of the variable form f into dst.
func (g *gen) readVar(f *Form, dst int) {
	v := f.Var
	if g.boxed(v) {
		mark := g.top
		b := g.holder(v)
		g.a.abc(code.GetBox, dst, b, 0)
		ptr(&g.a, varSym(v))
		g.top = mark
		return
	}
	if f.Flags&checkUse != 0 {
		g.checkDef(g.slotOf(v), v)
	}
	g.holderInto(v, dst)
}

func (g *gen) checkDef(s int, v *Var) {
	g.a.abc(code.CheckDef, s, 0, 0)
	ptr(&g.a, varSym(v))
}

// store assigns the value in slot src to the variable v.
func (g *gen) store(v *Var, src int) {
	if g.boxed(v) {
		mark := g.top
		b := g.holder(v)
		g.a.abc(code.SetBox, b, src, 0)
		g.top = mark
		return
	}
	if s := g.slotOf(v); s >= 0 && s != src {
		g.a.abc(code.Move, s, src, 0)
	}
}

// setGlobal assigns the value in slot src to a global. One that m has imported is refused
// when that is run.
func (g *gen) setGlobal(m *core.Module, sym *core.Symbol, src int) {
	g.claim(m, sym)
	b := ownBinding(m, sym)
	if g.rt.Booting == 0 && !m.Declares(sym) { // a variable more
		g.rt.World++
		b.Flags |= core.BindDeclared
	}
	if b.Owner != m {
		mark := g.top
		g.exec(g.tmp(), &code.ExecSite{Kind: code.ExecSetGlobal, Module: m, Name: sym}, src, 1)
		g.top = mark
		return
	}
	g.a.abc(code.SetGlobal, src, 0, 0)
	ptr(&g.a, b)
}

// getGlobal reads a global into dst.
func (g *gen) getGlobal(m *core.Module, sym *core.Symbol, dst int) {
	g.a.abc(code.GetGlobal, dst, 0, 0)
	b := g.lookup(m, sym)
	if b == nil {
		b = m.Define(sym)
	}
	ptr(&g.a, b)
}

// constant returns the value of f if it cannot change: a literal or a constant
// global that has been assigned.
func (g *gen) constant(f *Form) (core.Value, bool) {
	switch f.Kind {
	case Const:
		return f.Val, true
	case Global:
		return g.constBinding(g.lookup(f.Mod, f.Sym))
	case Slot:
		if v := f.Var; v.Owner != g.fn && !v.Boxed {
			if c, ok := g.caps[v]; ok {
				return c, true
			}
		}
	case Call:
		if m, s, ok := g.moduleMember(f); ok {
			return g.constBinding(g.lookup(m, s))
		}
	}
	return core.Value{}, false
}

// constBinding returns the value of a constant global. The function remembers
// the globals outside Core and Base whose values it uses: it has to be compiled
// anew when one of them is redefined.
func (g *gen) constBinding(b *core.Binding) (core.Value, bool) {
	if b == nil || b.Flags&core.BindConst == 0 || b.Value.P == nil {
		return core.Value{}, false
	}
	if b.Owner != g.rt.Core && b.Owner != g.rt.Base {
		if g.turns {
			return core.Value{}, false
		}
		if !slices.Contains(g.embeds, b) {
			g.embeds = append(g.embeds, b)
		}
	}
	if len(b.Past) == 0 {
		return b.Value, true
	}
	world := g.rt.AsOf
	if world == 0 {
		world = g.rt.World
	}
	v, since := b.In(world)
	g.since = max(g.since, since)
	return v, true
}

// moduleMember recognises M.x for a constant module M that has a global x.
func (g *gen) moduleMember(f *Form) (*core.Module, *core.Symbol, bool) {
	if f.Kind != Call || len(f.Kids) != 3 || !g.isBase(f.Kids[0], "getproperty") {
		return nil, nil, false
	}
	m, ok := g.constant(f.Kids[1])
	if !ok || !m.Is(core.ModuleType) {
		return nil, nil, false
	}
	k := f.Kids[2]
	if k.Kind != Const || !k.Val.Is(core.SymbolType) {
		return nil, nil, false
	}
	mod, sym := core.As[core.Module](m), core.As[core.Symbol](k.Val)
	if g.lookup(mod, sym) == nil {
		return nil, nil, false
	}
	return mod, sym, true
}

// isBase reports whether f is the function that module Base (or Core) calls
// name: Base's own binding, or the desugarer's mention of it.
func (g *gen) isBase(f *Form, name string) bool {
	if f.Kind == Global && (f.Mod == g.rt.Base || f.Mod == g.rt.Core) && f.Sym.Name == name {
		return true
	}
	if f.Kind != Global && f.Kind != Const {
		return false
	}
	v, ok := g.constant(f)
	if !ok {
		return false
	}
	return g.baseName(v) == name
}

// baseName is the name of the generic function v if it is one of Base's or
// Core's under that name, else "".
func (g *gen) baseName(v core.Value) string {
	t := core.TypeOf(v)
	if !t.Has(core.FlagFunction) || t.Name.FuncName == nil {
		return ""
	}
	m := t.Name.Module
	if m != g.rt.Base && m != g.rt.Core {
		return ""
	}
	if b := m.Own(t.Name.FuncName); b == nil || b.Value != v {
		return ""
	}
	return t.Name.FuncName.Name
}

// primOf returns the primitive that v is.
func primOf(v core.Value) *core.Prim {
	if v.P == nil {
		return nil
	}
	return core.TypeOf(v).Name.Prim
}
