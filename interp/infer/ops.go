package infer

// This file has the instructions.

import (
	"weft/interp/code"
	"weft/runtime/core"
)

// step does the instruction at a word; it gives the next one, or -1 where the way ends.
func (f *frame) step(at int, op code.Op, st []Elem) int {
	fn, in := f.fn, f.in
	w := fn.Code[at]
	a, b, c := slots(w)
	next := at + op.Words()
	imm := core.Int(int64(int16(w >> 48)))
	switch op {
	case code.Move, code.MoveCall:
		st[a] = st[b]
	case code.LoadK:
		f.set(at, a, st, ofConst(*(*core.Value)(pointer(fn, at+1))))
	case code.LoadInt:
		f.set(at, a, st, ofConst(core.Int(int64(int32(w>>32)))))
	case code.LoadNothing:
		f.set(at, a, st, nothing)
	case code.LoadUndef:
		st[a] = bottom
	case code.GetGlobal:
		return f.put(at, a, st, in.global((*core.Binding)(pointer(fn, at+1))), next)
	case code.SetGlobal, code.SetBox, code.PopExc, code.Nop, code.SetCached, code.Ext, code.SetIndex, code.SetIndex2, code.SetProp:
		if op == code.SetCached && f.own {
			f.keep(int(w>>32&0xffff), st[a])
		}
	case code.GetBox:
		f.set(at, a, st, anyElem)
	case code.NewBox:
		f.set(at, a, st, Elem{T: core.BoxType.Value()})
	case code.GetCap:
		return f.put(at, a, st, in.captured(st[b], (int(w>>48)-16)/16), next)
	case code.GetSParam:
		return f.put(at, a, st, f.sparam(int(w>>32&0xffff)), next)
	case code.CheckDef:
		if st[a].none() {
			return -1
		}
	case code.Jump, code.Loop:
		f.reach(target(fn, at), st)
		return -1
	case code.JumpFalse, code.AddIf, code.JumpTrue, code.LoopTrue:
		yes := op == code.JumpTrue || op == code.LoopTrue
		if s := branch(st, a, yes); s != nil {
			f.reach(target(fn, at), s)
		}
		if s := branch(st, a, !yes); s != nil {
			f.reach(next, s)
		}
		return -1
	case code.JumpDef:
		if !st[a].none() {
			f.reach(target(fn, at), st)
		}
		f.reach(next, st)
		return -1
	case code.JumpNothing, code.JumpSome, code.LoopSome:
		f.jumpNothing(at, a, st, op == code.JumpNothing)
		return -1
	case code.JumpEgal, code.JumpNotEgal:
		e := in.egal(st[a], st[b])
		s := append([]Elem(nil), st...)
		s = append(s, e) // a slot beyond the last
		yes, no := branch(s, len(s)-1, true), branch(s, len(s)-1, false)
		if op == code.JumpNotEgal {
			yes, no = no, yes
		}
		if yes != nil {
			f.reach(target(fn, at), yes[:len(st)])
		}
		if no != nil {
			f.reach(next, no[:len(st)])
		}
		return -1
	case code.Return:
		f.returns(st[a])
		return -1
	case code.Call:
		args := st[b+1 : b+1+int(w>>48)]
		return f.put(at, a, st, f.call(st[b], args), next)
	case code.CallF:
		ic := (*code.CallIC)(pointer(fn, at+1))
		args := st[b+1 : b+1+int(w>>48)]
		return f.put(at, a, st, f.call(ofConst(ic.Site.Callee), args), next)
	case code.CallPrim:
		p := (*core.Prim)(pointer(fn, at+1))
		args := st[b : b+int(w>>48)]
		return f.put(at, a, st, f.call(ofConst(p.Ref), args), next)
	case code.Apply:
		site := (*code.ApplySite)(pointer(fn, at+1))
		n := int(w >> 48)
		ops := make([]Elem, n)
		for i := range ops {
			ops[i] = st[b+1+i].plain()
		}
		return f.put(at, a, st, in.apply(st[b].plain(), ops, site.Splat).plain(), next)
	case code.Add, code.AddReturn, code.Sub, code.Mul, code.Div, code.IDiv, code.Rem, code.Mod, code.Lt, code.Le, code.Gt, code.Ge, code.Eq, code.Ne,
		code.BitAnd, code.BitOr, code.BitXor, code.Shl, code.Shr, code.Ushr, code.GetIndex,
		code.JLt, code.JLe, code.JGt, code.JGe, code.JEq, code.JNe, code.LLt, code.LLe, code.LGt, code.LGe, code.LEq, code.LNe:
		return f.put(at, a, st, f.operator(at, op, st[b], st[c]), next)
	case code.AddI, code.SubI, code.SubICall, code.MulI, code.LtI, code.EqI, code.RemI, code.IDivI, code.BitAndI, code.GetIndexI,
		code.JLtI, code.JLeI, code.JGtI, code.JGeI, code.JEqI, code.JNeI, code.LLtI, code.LLeI, code.LGtI, code.LGeI, code.LEqI, code.LNeI:
		return f.put(at, a, st, f.operator(at, op, st[b], ofConst(imm)), next)
	case code.PowI:
		site := (*code.CallIC)(pointer(fn, at+1)).Site
		args := []Elem{ofConst(site.Around[0]), st[b], ofConst(site.Around[1])}
		return f.put(at, a, st, f.call(ofConst(site.Callee), args), next)
	case code.GetIndex2:
		d, _, _ := slots(fn.Code[next])
		site := (*code.CallIC)(pointer(fn, at+1)).Site
		return f.put(at, a, st, f.call(ofConst(site.Callee), []Elem{st[b], st[c], st[d]}), next)
	case code.Neg, code.BitNot, code.Length:
		site := (*code.CallIC)(pointer(fn, at+1)).Site
		return f.put(at, a, st, f.call(ofConst(site.Callee), []Elem{st[b]}), next)
	case code.Not, code.JNot:
		e := st[b]
		if core.Subtype(e.T, core.Bool.Value()) {
			return f.put(at, a, st, not(e), next)
		}
		site := (*code.CallIC)(pointer(fn, at+1)).Site
		return f.put(at, a, st, f.call(ofConst(site.Callee), []Elem{e}), next)
	case code.Egal:
		return f.put(at, a, st, in.egal(st[b], st[c]), next)
	case code.GetProp:
		ic := (*code.PropIC)(pointer(fn, at+1))
		return f.put(at, a, st, f.property(st[b], ic), next)
	case code.HasField:
		return f.put(at, a, st, hasField(st[b], (*code.PropIC)(pointer(fn, at+1))), next)
	case code.AddInt, code.SubInt, code.MulInt, code.NegInt, code.AndInt, code.OrInt, code.XorInt, code.NotInt,
		code.AddFloat, code.SubFloat, code.MulFloat, code.DivFloat, code.NegFloat, code.SqrtFloat:
		if v, ok := foldInt(op, st[b], st[c]); ok {
			return f.put(at, a, st, v, next)
		}
		return f.put(at, a, st, Elem{T: st[b].T}, next)
	case code.SltInt, code.SleInt, code.UltInt, code.UleInt, code.EqInt, code.NeInt, code.LtFloat, code.LeFloat, code.EqFloat, code.NeFloat:
		if v, ok := foldInt(op, st[b], st[c]); ok {
			return f.put(at, a, st, v, next)
		}
		f.set(at, a, st, boolElem)
	case code.ItoF:
		f.set(at, a, st, Elem{T: core.Float64.Value()})
	case code.Iter1, code.Iter2, code.IterNext:
		return f.iterate(at, op, st)
	case code.ForInt:
		return f.forInt(at, st)
	case code.New:
		d := (*core.DataType)(pointer(fn, at+1))
		return f.put(at, a, st, object(d, st[b:b+int(w>>48)]), next)
	case code.NewDyn:
		return f.put(at, a, st, newOf(st[b], st[b+1:b+1+int(w>>48)]), next)
	case code.Tuple:
		es := st[b : b+int(w>>48)]
		e := tupleOf(es, nil)
		if ic := (*code.TupleIC)(pointer(fn, at+1)); ic != nil && ic.Names.P != nil {
			e = namedTuple(ofConst(ic.Names), es)
		}
		return f.put(at, a, st, e, next)
	case code.NewClosure:
		d := (*core.DataType)(pointer(fn, at+1))
		return f.put(at, a, st, closure(d, st[b:b+int(w>>48)]), next)
	case code.GetField:
		return f.put(at, a, st, in.field(st[b].plain(), int(w>>48)), next)
	case code.TypeAssert:
		if t := st[b]; t.C.P != nil && core.IsType(t.C) {
			e := narrow(st[a], t.C)
			if e.none() {
				return -1
			}
			id := st[a].id
			if id == 0 {
				st[a] = e
			} else if !know(st, id, e) {
				return -1
			}
		}
	case code.Isa:
		return f.put(at, a, st, in.isa(st[b], st[c]), next)
	case code.EnterTry:
		f.set(at, a, st, intElem)
	case code.GetExc:
		f.set(at, a, st, anyElem)
	case code.Throw, code.Rethrow, code.Halt:
		return -1
	case code.Once:
	case code.GetCached:
		if i := int(w >> 32 & 0xffff); f.own && i < len(fn.Cache) && fn.Cache[i].P != nil {
			f.set(at, a, st, ofConst(fn.Cache[i]))
			f.reach(target(fn, at), st)
			return -1
		}
	case code.Exec:
		return f.exec(at, a, st[b:b+int(w>>48)], st, next)
	default:
		f.result = in.unknown()
		return -1
	}
	return next
}

// put stores the result of an instruction; the way ends where there is none.
func (f *frame) put(at, slot int, st []Elem, e Elem, next int) int {
	if e.none() {
		return -1
	}
	f.set(at, slot, st, e)
	return next
}

// returns joins a value into the frame's result.
func (f *frame) returns(e Elem) {
	c := e.cond
	if c != nil {
		if c.id < 2 || c.id > len(f.args) {
			c = nil
		} else {
			c = &cond{c.id - 1, c.yes.plain(), c.no.plain()} // by the number of the argument
		}
	}
	e = shallow(e, maxNested)
	if f.none {
		f.none = false
		e.cond = c
		f.result = join(f.result, e)
		return
	}
	f.result = join(f.result.plain(), e)
}

// call calls with elements of the frame; what a Bool says of an argument holds for its copies.
func (f *frame) call(callee Elem, args []Elem) Elem {
	if p := callee.C; p.P != nil && len(args) == 2 {
		if prim := core.TypeOf(p).Name.Prim; prim != nil {
			switch prim.Name {
			case "isa":
				return f.in.isa(args[0], args[1])
			case "===":
				return f.in.egal(args[0], args[1])
			case "!==":
				return not(f.in.egal(args[0], args[1]))
			}
		}
	}
	r := f.in.call(callee, append([]Elem(nil), args...), nil)
	if r.cond == nil {
		return r
	}
	i := r.cond.id - 1
	if i < 0 || i >= len(args) || args[i].id == 0 {
		r.cond = nil
		return r
	}
	yes, no := narrow(args[i], r.cond.yes.T), narrow(args[i], r.cond.no.T)
	r.cond = &cond{args[i].id, yes, no}
	return r
}

// sparam is a static parameter.
func (f *frame) sparam(i int) Elem {
	if i >= len(f.sp) || f.sp[i].P == nil {
		return anyElem
	}
	v := f.sp[i]
	if core.TypeOf(v) == core.TypeVarType {
		tv := core.As[core.TypeVar](v)
		if core.HasFree(tv.Upper) {
			return anyElem
		}
		return Elem{T: core.MakeUnionAll(tv, core.TypeTypeName.Apply([]core.Value{v}).Value())}
	}
	if core.IsType(v) && core.HasFree(v) {
		return anyElem
	}
	return ofConst(v)
}

// not is !e of a Bool.
func not(e Elem) Elem {
	if e.C.P != nil && e.C.Is(core.Bool) {
		return ofConst(core.MakeBool(!e.C.IsTrue()))
	}
	out := boolElem
	if e.cond != nil {
		out.cond = &cond{e.cond.id, e.cond.no, e.cond.yes}
	}
	return out
}

// operator is a call of a function of Base that is an instruction.
func (f *frame) operator(at int, op code.Op, x, y Elem) Elem {
	if x.none() || y.none() {
		return bottom
	}
	if r, ok := plain(op, x, y); ok {
		return r
	}
	site := (*code.CallIC)(pointer(f.fn, at+1)).Site
	return f.call(ofConst(site.Callee), []Elem{x, y})
}

// plain is an operator on numbers of one machine type.
func plain(op code.Op, x, y Elem) (Elem, bool) {
	d, ok := core.IsDataType(x.T)
	if !ok || x.T != y.T || d != core.Int64 && d != core.Float64 {
		return Elem{}, false
	}
	if v, ok := foldInt(op, x, y); ok {
		return v, true
	}
	switch op {
	case code.Add, code.AddReturn, code.AddI, code.Sub, code.SubI, code.SubICall, code.Mul, code.MulI:
		return Elem{T: x.T}, true
	case code.Lt, code.Le, code.Gt, code.Ge, code.Eq, code.Ne, code.LtI, code.EqI,
		code.JLt, code.JLe, code.JGt, code.JGe, code.JEq, code.JNe, code.LLt, code.LLe, code.LGt, code.LGe, code.LEq, code.LNe,
		code.JLtI, code.JLeI, code.JGtI, code.JGeI, code.JEqI, code.JNeI, code.LLtI, code.LLeI, code.LGtI, code.LGeI, code.LEqI, code.LNeI:
		return boolElem, true
	}
	return Elem{}, false
}

// foldInt does an operator on two known Int64.
func foldInt(op code.Op, x, y Elem) (Elem, bool) {
	if x.C.P == nil || !x.C.Is(core.Int64) {
		return Elem{}, false
	}
	i := x.C.Int64()
	if op == code.NegInt {
		return ofConst(core.Int(-i)), true
	}
	if y.C.P == nil || !y.C.Is(core.Int64) {
		return Elem{}, false
	}
	j := y.C.Int64()
	num := func(n int64) (Elem, bool) { return ofConst(core.Int(n)), true }
	truth := func(b bool) (Elem, bool) { return ofConst(core.MakeBool(b)), true }
	switch op {
	case code.Add, code.AddReturn, code.AddI, code.AddInt:
		return num(i + j)
	case code.Sub, code.SubI, code.SubICall, code.SubInt:
		return num(i - j)
	case code.Mul, code.MulI, code.MulInt:
		return num(i * j)
	case code.Lt, code.LtI, code.JLt, code.LLt, code.JLtI, code.LLtI, code.SltInt:
		return truth(i < j)
	case code.Le, code.JLe, code.LLe, code.JLeI, code.LLeI, code.SleInt:
		return truth(i <= j)
	case code.Gt, code.JGt, code.LGt, code.JGtI, code.LGtI:
		return truth(i > j)
	case code.Ge, code.JGe, code.LGe, code.JGeI, code.LGeI:
		return truth(i >= j)
	case code.Eq, code.EqI, code.JEq, code.LEq, code.JEqI, code.LEqI, code.EqInt:
		return truth(i == j)
	case code.Ne, code.JNe, code.LNe, code.JNeI, code.LNeI, code.NeInt:
		return truth(i != j)
	}
	return Elem{}, false
}

// jumpNothing is a branch on whether a value is nothing.
func (f *frame) jumpNothing(at, a int, st []Elem, jumpIf bool) {
	isNothing := f.in.egal(st[a], nothing)
	s := append(append([]Elem(nil), st...), isNothing)
	yes, no := branch(s, len(s)-1, true), branch(s, len(s)-1, false)
	if st[a].id == 0 { // no copies: this one
		if yes != nil {
			yes[a] = nothing
		}
		if no != nil {
			no[a] = without(st[a], core.NothingType.Value())
		}
	}
	if !jumpIf {
		yes, no = no, yes
	}
	if yes != nil {
		f.reach(target(f.fn, at), yes[:len(st)])
	}
	if no != nil {
		f.reach(at+2, no[:len(st)])
	}
}

// iterate does an instruction of iteration together with the one that unpacks.
func (f *frame) iterate(at int, op code.Op, st []Elem) int {
	fn, in := f.fn, f.in
	a, b, c := slots(fn.Code[at])
	unpack := at + op.Words()
	ic := (*code.CallIC)(pointer(fn, at+1))
	args := []Elem{st[c].plain()}
	if op != code.Iter1 {
		args = append(args, st[b].plain())
	}
	var r Elem
	if d, ok := core.IsDataType(st[c].T); ok && d == core.Int64 && op == code.IterNext {
		if i, n := st[b].C, st[c].C; f.unroll && i.P != nil && n.P != nil && i.Is(core.Int64) {
			return f.count(unpack, a, b, st, i.Int64()+1, n.Int64())
		}
		r = join(tupleOf([]Elem{intElem, intElem}, nil), nothing)
	} else {
		r = in.call(ofConst(ic.Site.Callee), args, nil).plain()
	}
	if r.none() {
		return -1
	}
	none, some := unpack+2, target(fn, unpack)
	if opAt(fn, unpack) == code.IterUnpack {
		none, some = some, none
	}
	if !narrow(r, core.NothingType.Value()).none() {
		s := append([]Elem(nil), st...)
		for _, k := range []int{a, b} {
			f.set(unpack, k, s, join(st[k].plain(), nothing))
			s[k].id = 0
		}
		f.reach(none, s)
	}
	r = without(r, core.NothingType.Value())
	if r.none() {
		return -1
	}
	v, s := in.field(r, 0).plain(), in.field(r, 1).plain()
	if v.none() || s.none() {
		return -1
	}
	if fewItems(st[c]) {
		f.pin(b)
	}
	f.set(unpack, b, st, s)
	st[b].id = 0
	f.set(unpack, a, st, v)
	f.reach(some, st)
	return -1
}

// pin has the values of a slot that counts followed one by one.
func (f *frame) pin(slot int) {
	if f.pinned == nil {
		f.pinned = map[int]bool{}
	}
	f.pinned[slot] = true
}

// count goes on with a loop over integers at i of known numbers up to n.
func (f *frame) count(unpack, a, b int, st []Elem, i, n int64) int {
	if i > n {
		st[b] = join(st[b].plain(), nothing)
		f.reach(unpack+2, st)
		return -1
	}
	f.set(unpack, b, st, ofConst(core.Int(i)))
	st[b].id = 0
	f.set(unpack, a, st, ofConst(core.Int(i)))
	f.reach(target(f.fn, unpack), st)
	return -1
}

// forInt begins a loop over integers.
func (f *frame) forInt(at int, st []Elem) int {
	fn := f.fn
	a, b, c := slots(fn.Code[at])
	x, y := st[c], st[c+1]
	i := core.Int64.Value()
	both := core.Subtype(i, x.T) && core.Subtype(i, y.T)
	if from, to := x.C, y.C; f.unroll && both && from.P != nil && to.P != nil && to.Int64()-from.Int64() < maxItems {
		d := fn.Code[at+1]
		if from.Int64() > to.Int64() {
			f.reach(at+int(int32(d>>32))/8, st)
			return -1
		}
		f.pin(b)
		f.set(at, a, st, x.plain())
		f.set(at+1, b, st, x.plain())
		st[b].id = 0
		st[c] = y
		f.reach(at+int(int32(d))/8, st)
		return -1
	}
	if both {
		s := append([]Elem(nil), st...)
		f.set(at, a, s, intElem)
		f.set(at+1, b, s, intElem)
		s[b].id = 0
		s[c] = intElem
		d := fn.Code[at+1]
		f.reach(at+int(int32(d))/8, s)
		f.reach(at+int(int32(d>>32))/8, s)
	}
	if x.T != i || y.T != i {
		f.reach(at+2, st)
	}
	return -1
}

// exec does an Exec statement.
func (f *frame) exec(at, a int, ops []Elem, st []Elem, next int) int {
	fn := f.fn
	site := (*code.ExecSite)(pointer(fn, at+1))
	r := anyElem
	switch site.Kind {
	case code.ExecMethod:
		def := site.Data.(*code.MethodDef)
		if !def.Closure {
			break
		}
		vs := make([]core.Value, len(ops))
		for i := range ops {
			if ops[i].none() {
				continue // left out
			}
			v, ok := ops[i].value()
			if !ok {
				f.result = f.in.unknown()
				return -1
			}
			vs[i] = v
		}
		if err := f.in.host.Define(fn, site, vs); err != nil {
			f.result = f.in.unknown()
			return -1
		}
		if r = nothing; vs[0].P != nil {
			r = ofConst(vs[0])
		}
	case code.ExecOnce:
		w := &fn.Code[site.Data.(*code.OnceSite).Pos]
		*w = *w&^0xffff | uint64(code.Jump)
		r = nothing
	case code.ExecCopyAST:
		if v, ok := site.Data.(core.Value); ok && v.P != nil {
			r = Elem{T: core.TypeOf(v).Value()}
		}
	case code.ExecIsDefGlobal, code.ExecIsDefBox:
		r = boolElem
	case code.ExecIsDefSParam:
		r = boolElem
		if i := site.Data.(int); i < len(f.sp) && f.sp[i].P != nil && core.TypeOf(f.sp[i]) != core.TypeVarType {
			r = ofConst(core.MakeBool(true))
		}
	case code.ExecTypeVar:
		r = Elem{T: core.TypeVarType.Value()}
	case code.ExecLatest:
		r = nothing
	case code.ExecNewSplat:
		r = newSplat(ops[0], ops[1])
	case code.ExecClosureType:
		if !f.own {
			f.result = f.in.unknown()
			return -1
		}
		r = ofConst(site.Data.(func() *core.DataType)().Value())
	}
	return f.put(at, a, st, r, next)
}

// keep has the Func keep a value, as it does when it runs.
func (f *frame) keep(i int, e Elem) {
	if v, ok := e.value(); ok && i < len(f.fn.Cache) && core.IsType(v) || ok && i < len(f.fn.Cache) && v.IsNothing() {
		f.fn.Cache[i] = v
	}
}
