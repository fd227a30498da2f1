package lower

import "weft/runtime/core"

// This file finds out where local variables may be read before they are
// assigned (they are made undefined when their scope begins and checked there),
// and which are captured before they are assigned (they get a box).

// Flags that the analysis sets on forms.
const (
	checkUse Flags = 1 << 7 // Slot: the variable may be undefined here
	makesFn  Flags = 1 << 6 // Method: the closure does not exist yet
)

// bitset is a set of variables; nil stands for all (code that is not reached).
type bitset []uint64

func (b bitset) has(i int) bool { return b == nil || b[i>>6]>>(i&63)&1 != 0 }

func (b bitset) add(i int) {
	if b != nil {
		b[i>>6] |= 1 << (i & 63)
	}
}

func (b bitset) del(i int) {
	if b != nil {
		b[i>>6] &^= 1 << (i & 63)
	}
}

func (b bitset) clone() bitset {
	if b == nil {
		return nil
	}
	return append(bitset{}, b...)
}

// meet returns what is in both.
func meet(a, b bitset) bitset {
	if a == nil {
		return b
	}
	if b == nil {
		return a
	}
	for i := range a {
		a[i] &= b[i]
	}
	return a
}

var (
	symLoopExit = core.Sym("loop-exit")
	symLoopCont = core.Sym("loop-cont")
)

// flow walks the body of one function.
type flow struct {
	fn     *Function
	set    bitset
	breaks []jumpTarget
}

// jumpTarget collects the states of the breaks to one label.
type jumpTarget struct {
	label *core.Symbol
	out   bitset // nil: none yet
}

// analyse marks uses and variables of fn.
func analyse(fn *Function) {
	if fn.info.flowed {
		return
	}
	fn.info.flowed = true
	fl := &flow{fn: fn, set: make(bitset, len(fn.info.vars)/64+1)}
	fl.args()
	fl.walk(fn.Body)
}

func (fl *flow) args() {
	for _, v := range fl.fn.info.vars {
		if v.Arg >= 0 || v.SP > 0 {
			fl.set.add(v.index)
		}
	}
}

func (fl *flow) read(f *Form) {
	v := f.Var
	if v == nil || v.Owner != fl.fn || fl.set.has(v.index) {
		return
	}
	f.Flags |= checkUse
	v.MaybeUndef = true
	fl.set.add(v.index)
}

func (fl *flow) write(f *Form) {
	if f != nil && f.Kind == Slot && f.Var.Owner == fl.fn {
		fl.set.add(f.Var.index)
	}
}

func (fl *flow) kill(vs []*Var) {
	for _, v := range vs {
		if v.Arg < 0 {
			fl.set.del(v.index)
		}
	}
}

func (fl *flow) capture(g *group) {
	for _, v := range g.captured() {
		if v.Owner == fl.fn && v.SP == 0 && !fl.set.has(v.index) {
			v.Boxed = true
		}
	}
}

func (fl *flow) all(fs []*Form) {
	for _, f := range fs {
		fl.walk(f)
	}
}

// jump notes a break to the innermost target that fits.
func (fl *flow) jump(label *core.Symbol) {
	for i := len(fl.breaks) - 1; i >= 0; i-- {
		t := &fl.breaks[i]
		if t.label == label {
			if t.out == nil {
				t.out = fl.set.clone()
			} else {
				t.out = meet(t.out, fl.set)
			}
			break
		}
	}
	fl.set = nil
}

func (fl *flow) push(label *core.Symbol) {
	fl.breaks = append(fl.breaks, jumpTarget{label: label})
}

func (fl *flow) pop() bitset {
	t := fl.breaks[len(fl.breaks)-1]
	fl.breaks = fl.breaks[:len(fl.breaks)-1]
	return t.out
}

func (fl *flow) walk(f *Form) {
	if f == nil {
		return
	}
	switch f.Kind {
	case Slot:
		fl.read(f)
	case Assign:
		fl.walk(f.Kids[1])
		fl.write(f.Kids[0])
	case Destructure:
		fl.walk(f.Kids[0])
		for _, k := range f.Kids[1:] {
			fl.write(k)
		}
	case IsDefined:
		if k := f.Kids[0]; k.Kind == Slot && k.Var.Owner == fl.fn && !fl.set.has(k.Var.index) {
			k.Var.MaybeUndef = true
		}
	case LocalDef:
		if v := f.Var; v != nil && v.Owner == fl.fn && v.Arg < 0 {
			fl.set.del(v.index)
		}
	case Scope:
		fl.kill(scopeVars(f))
		fl.walk(f.Kids[0])
	case If:
		fl.walk(f.Kids[0])
		// A branch on a condition that is itself a chain of ifs joins here too.
		s := fl.set.clone()
		fl.walk(f.Kids[1])
		then := fl.set
		fl.set = s
		if len(f.Kids) > 2 {
			fl.walk(f.Kids[2])
		}
		fl.set = meet(then, fl.set)
	case While:
		fl.push(symLoopExit)
		fl.walk(f.Kids[0])
		after := fl.set.clone()
		if isTrue(f.Kids[0]) {
			after = nil
		}
		fl.kill(scopeVars(f))
		fl.push(symLoopCont)
		fl.walk(f.Kids[1])
		fl.pop()
		out := fl.pop()
		fl.set = meet(after, out)
	case For:
		fl.walk(f.Kids[0])
		after := fl.set.clone()
		fl.push(symLoopExit)
		fl.kill(scopeVars(f))
		if f.Var.Owner == fl.fn {
			fl.set.add(f.Var.index)
		}
		fl.push(symLoopCont)
		fl.walk(f.Kids[1])
		fl.pop()
		out := fl.pop()
		fl.set = meet(after, out)
	case BreakBlock:
		fl.push(f.Sym)
		fl.walk(f.Kids[0])
		fl.set = meet(fl.set, fl.pop())
	case Break:
		fl.jump(f.Sym)
	case Return:
		fl.all(f.Kids)
		fl.set = nil
	case Goto:
		fl.set = nil
	case Label:
		fl.set = make(bitset, len(fl.fn.info.vars)/64+1)
		fl.args()
	case Try:
		fl.try(f)
	case Lambda, Method, FuncDecl:
		fl.method(f)
	case Struct, Abstract, Primitive:
		ts := f.Def.(*typeScope)
		for _, v := range append(ts.svars, ts.self) {
			fl.set.add(v.index)
		}
		fl.kill(ts.inner)
		fl.all(ts.def.Inner)
	default:
		fl.all(f.Kids)
	}
}

func (fl *flow) try(f *Form) {
	ts := f.Def.(*tryScope)
	start := fl.set.clone()
	part := func(i int) {
		if i < len(f.Kids) && f.Kids[i] != nil {
			fl.kill(ts.vars[i])
			fl.walk(f.Kids[i])
		}
	}
	part(0)
	part(2)
	end := fl.set
	if len(f.Kids) > 1 && f.Kids[1] != nil {
		fl.set = start.clone()
		part(1)
		end = meet(end, fl.set)
	}
	fl.set = end
	if len(f.Kids) > 3 && f.Kids[3] != nil {
		fl.set = start
		before := start.clone()
		part(3)
		// What the finally part assigns holds after it, on top of the rest.
		for _, v := range fl.fn.info.vars {
			if fl.set != nil && fl.set.has(v.index) && before != nil && !before.has(v.index) {
				end.add(v.index)
			}
		}
		if fl.set == nil {
			end = nil
		}
		fl.set = end
	}
}

func (fl *flow) method(f *Form) {
	ms, _ := f.Def.(*methodScope)
	if ms == nil {
		return
	}
	for _, v := range ms.svars {
		fl.set.add(v.index)
	}
	if fn := f.Fn; fn != nil {
		for _, sv := range fn.SVars {
			fl.walk(sv.Lower)
			fl.walk(sv.Upper)
		}
		fl.walk(fn.SelfType)
		fl.all(fn.Types)
	}
	if ms.group == nil {
		if len(f.Kids) > 0 && f.Kids[0] != nil && f.Kids[0].Kind != Slot {
			fl.walk(f.Kids[0])
		}
		if f.Fn != nil && f.Fn.info != nil {
			for _, v := range captures(f.Fn) {
				if v.Owner == fl.fn && v.SP == 0 && !fl.set.has(v.index) {
					v.Boxed = true
				}
			}
		}
		return
	}
	g := ms.group
	if g.v == nil {
		fl.capture(g)
		return
	}
	if g.v.Owner != fl.fn || !fl.set.has(g.v.index) || g.v.Arg >= 0 || g.v.Assigned > 0 {
		f.Flags |= makesFn
		fl.capture(g)
		if g.v.Owner == fl.fn {
			fl.set.add(g.v.index)
		}
	}
}

// scopeVars are the variables that Scope, For or While f begins.
func scopeVars(f *Form) []*Var {
	vs, _ := f.Def.([]*Var)
	return vs
}

func isTrue(f *Form) bool { return f.Kind == Const && f.Val.IsTrue() }
