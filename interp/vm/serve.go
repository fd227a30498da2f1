package vm

// This file serves the instructions that the hot loop leaves.

import (
	"unsafe"

	"weft/interp/code"
	"weft/runtime/core"
	"weft/runtime/prim"
	"weft/runtime/task"
)

// serve does the instruction at t's PC. Another task may be the current one after it.
func (e *Engine) serve(t *task.Task) outcome {
	pc, fp := t.PC, t.FP
	switch op := opAt(pc); op {
	case code.Call:
		base := uintptr(*(*uint16)(unsafe.Add(pc, 4)))
		return e.invoke(t, (*code.CallIC)(word(pc, 1)), base, int(*(*uint16)(unsafe.Add(pc, 6))), unsafe.Add(pc, 16), retPlain)
	case code.CallF:
		ic := (*code.CallIC)(word(pc, 1))
		base := uintptr(*(*uint16)(unsafe.Add(pc, 4)))
		*at(fp, base) = ic.Site.Callee
		return e.invoke(t, ic, base, int(*(*uint16)(unsafe.Add(pc, 6))), unsafe.Add(pc, 16), retPlain)
	case code.CallPrim:
		switch (*core.Prim)(word(pc, 1)) {
		case e.channelPut:
			if o, done := e.putNow(t, pc, fp); done {
				return o
			}
		case e.channelTake:
			if o, done := e.takeNow(t, pc, fp); done {
				return o
			}
		case e.taskSwitch:
			if o, done := e.switchNow(t, pc, fp); done {
				return o
			}
		}
		args := unsafe.Slice(slotB(fp, pc), int(*(*uint16)(unsafe.Add(pc, 6))))
		return e.callPrim(t, (*core.Prim)(word(pc, 1)), args, unsafe.Add(pc, 16), retPlain)
	case code.Return:
		return e.returnSpecial(t, *slotA(fp, pc))
	case code.Apply:
		return e.apply(t)

	case code.Add, code.AddReturn:
		if x, y := slotB(fp, pc), slotC(fp, pc); (x.P == e.tg.i || x.P == e.tg.b) && (y.P == e.tg.i || y.P == e.tg.b) {
			*slotA(fp, pc) = core.Int(int64(x.N + y.N)) // a Bool counts as 0 or 1
			t.PC = unsafe.Add(pc, 16)
			return running
		}
		if e.plainOp(t, code.Add, *slotB(fp, pc), *slotC(fp, pc)) {
			return running
		}
		return e.generic(t, retPlain, *slotB(fp, pc), *slotC(fp, pc))
	case code.Sub, code.Mul:
		if e.plainOp(t, op, *slotB(fp, pc), *slotC(fp, pc)) {
			return running
		}
		return e.generic(t, retPlain, *slotB(fp, pc), *slotC(fp, pc))
	case code.AddI, code.SubI, code.SubICall, code.MulI, code.PowI:
		of, y := op, core.Int(immC(pc))
		switch op {
		case code.AddI:
			of = code.Add
		case code.SubI, code.SubICall:
			of = code.Sub
		case code.MulI:
			of = code.Mul
		case code.PowI:
			of, y = code.Mul, *slotB(fp, pc)
		}
		if (op != code.PowI || immC(pc) == 2) && e.plainOp(t, of, *slotB(fp, pc), y) {
			return running
		}
		if op == code.PowI {
			site := (*code.CallIC)(word(pc, 1)).Site
			return e.generic(t, retPlain, site.Around[0], *slotB(fp, pc), site.Around[1])
		}
		return e.generic(t, retPlain, *slotB(fp, pc), core.Int(immC(pc)))
	case code.Lt, code.Le, code.Gt, code.Ge, code.Eq, code.Ne, code.BitAnd, code.BitOr, code.BitXor,
		code.Div, code.IDiv, code.Rem, code.Mod, code.Shl, code.Shr, code.Ushr,
		code.JLt, code.JLe, code.JGt, code.JGe, code.JEq, code.JNe, code.LLt, code.LLe, code.LGt, code.LGe, code.LEq, code.LNe:
		if e.plainOp(t, op, *slotB(fp, pc), *slotC(fp, pc)) {
			return running
		}
		return e.generic(t, retPlain, *slotB(fp, pc), *slotC(fp, pc))
	case code.RemI, code.IDivI, code.BitAndI:
		if op == code.BitAndI && e.plainOp(t, code.BitAnd, *slotB(fp, pc), core.Int(immC(pc))) {
			return running
		}
		return e.generic(t, retPlain, *slotB(fp, pc), core.Int(immC(pc)))
	case code.LtI, code.EqI,
		code.JLtI, code.JLeI, code.JGtI, code.JGeI, code.JEqI, code.JNeI, code.LLtI, code.LLeI, code.LGtI, code.LGeI, code.LEqI, code.LNeI:
		if e.plainOp(t, op, *slotB(fp, pc), core.Int(immC(pc))) {
			return running
		}
		return e.generic(t, retPlain, *slotB(fp, pc), core.Int(immC(pc)))
	case code.Neg, code.Not, code.BitNot, code.Length, code.JNot:
		if (op == code.Neg || op == code.BitNot) && e.negated(t, op, *slotB(fp, pc)) {
			return running
		}
		return e.generic(t, retPlain, *slotB(fp, pc))
	case code.GetIndex:
		x, key := *slotB(fp, pc), *slotC(fp, pc)
		if v, ok := prim.DictGet(e.RT, x, key); ok {
			*slotA(fp, pc) = v
			t.PC = unsafe.Add(pc, 16)
			return running
		}
		if v, ok := prim.BitGet(e.RT, x, key); ok {
			*slotA(fp, pc) = v
			t.PC = unsafe.Add(pc, 16)
			return running
		}
		return e.generic(t, retPlain, x, key)
	case code.GetIndexI:
		if v, ok := prim.DictGet(e.RT, *slotB(fp, pc), core.Int(immC(pc))); ok {
			*slotA(fp, pc) = v
			t.PC = unsafe.Add(pc, 16)
			return running
		}
		return e.generic(t, retPlain, *slotB(fp, pc), core.Int(immC(pc)))
	case code.SetIndex:
		if storeFloat(*slotA(fp, pc), *slotC(fp, pc), *slotB(fp, pc)) {
			t.PC = unsafe.Add(pc, 16)
			return running
		}
		if prim.DictSet(e.RT, *slotA(fp, pc), *slotB(fp, pc), *slotC(fp, pc)) || prim.BitSet(e.RT, *slotA(fp, pc), *slotC(fp, pc), *slotB(fp, pc)) {
			t.PC = unsafe.Add(pc, 16)
			return running
		}
		return e.generic(t, retDrop, *slotA(fp, pc), *slotC(fp, pc), *slotB(fp, pc))
	case code.GetIndex2:
		if v, ok := prim.BitGet(e.RT, *slotB(fp, pc), *slotC(fp, pc), *slotA(fp, unsafe.Add(pc, 16))); ok {
			*slotA(fp, pc) = v
			t.PC = unsafe.Add(pc, 24)
			return running
		}
		return e.generic(t, retPlain, *slotB(fp, pc), *slotC(fp, pc), *slotA(fp, unsafe.Add(pc, 16)))
	case code.SetIndex2:
		if storeFloat(*slotA(fp, pc), *slotA(fp, unsafe.Add(pc, 16)), *slotB(fp, pc), *slotC(fp, pc)) ||
			prim.BitSet(e.RT, *slotA(fp, pc), *slotA(fp, unsafe.Add(pc, 16)), *slotB(fp, pc), *slotC(fp, pc)) {
			t.PC = unsafe.Add(pc, 24)
			return running
		}
		return e.generic(t, retDrop, *slotA(fp, pc), *slotA(fp, unsafe.Add(pc, 16)), *slotB(fp, pc), *slotC(fp, pc))
	case code.Iter1:
		if c := channelOf(*slotC(fp, pc)); c != nil {
			return e.nextItem(t, c)
		}
		if o, done := e.firstItem(t, *slotC(fp, pc)); done {
			return o
		}
		return e.generic(t, retPlain, *slotC(fp, pc))
	case code.Iter2, code.IterNext:
		if o, done := e.nextNow(t, pc, fp); done {
			return o
		}
		if o, done := e.nextOf(t, *slotC(fp, pc), *slotB(fp, pc)); done {
			return o
		}
		if c := channelOf(*slotC(fp, pc)); c != nil {
			return e.nextItem(t, c)
		}
		return e.generic(t, retPlain, *slotC(fp, pc), *slotB(fp, pc))
	case code.IterUnpack, code.IterBack:
		x := *slotA(fp, pc)
		if d := core.TypeOf(x); d.Kind != core.KindObject || len(d.Fields()) < 2 {
			return e.fail(t, core.Err("BoundsError", x, core.Int(1)))
		}
		*slotA(fp, pc), *slotB(fp, pc) = x.Field(0), x.Field(1)
		t.PC = unsafe.Add(pc, 16)
		if op == code.IterBack {
			t.PC = unsafe.Add(pc, disp(pc, 1))
		}
		return running
	case code.GetProp:
		return e.getProp(t)
	case code.SetProp:
		return e.setProp(t)
	case code.HasField:
		return e.hasField(t)
	}
	v, size, err := e.simple(t, pc, fp)
	if err != nil {
		return e.fail(t, err)
	}
	switch size {
	case inPlace: // the instruction has set the PC
		return running
	case thrown:
		return e.throw(t, v, nil)
	case rethrown:
		return e.rethrow(t, v)
	case statement:
		return e.exec(t)
	}
	*slotA(fp, pc) = v
	t.PC = unsafe.Add(pc, size)
	return running
}

// Sizes that [Engine.simple] gives beside an instruction's length.
const (
	inPlace = -iota - 1
	thrown
	rethrown
	statement
)

// simple does the instructions that call nothing: it returns the value of slot a
// and the length of the instruction.
func (e *Engine) simple(t *task.Task, pc, fp unsafe.Pointer) (v core.Value, size int, err error) {
	switch op := opAt(pc); op {
	case code.GetGlobal:
		v, err = e.global((*core.Binding)(word(pc, 1)), funcAt(fp))
		return v, 16, err
	case code.SetGlobal:
		v = *slotA(fp, pc)
		return v, 16, e.setGlobal(t, (*core.Binding)(word(pc, 1)), v)
	case code.GetBox:
		return v, 16, e.undefVar((*core.Symbol)(word(pc, 1)), core.Sym("local").Value())
	case code.CheckDef:
		return v, 16, e.undefVar((*core.Symbol)(word(pc, 1)), core.Sym("local").Value())
	case code.GetSParam:
		f, i := funcAt(fp), int(*(*uint16)(unsafe.Add(pc, 4)))
		name := core.Sym("T")
		if i < len(f.SPNames) {
			name = f.SPNames[i]
		}
		return v, 8, e.undefVar(name, core.Sym("static_parameter").Value())
	case code.NewBox:
		b := core.NewObject(core.BoxType, 1)
		if *(*uint16)(unsafe.Add(pc, 4)) != 0xffff {
			b.SetField(0, *slotB(fp, pc))
		}
		return b, 8, nil
	case code.JumpFalse, code.AddIf, code.JumpTrue, code.LoopTrue:
		return v, 16, core.TypeErr("if", "", core.Bool.Value(), *slotA(fp, pc))
	case code.JumpEgal, code.JumpNotEgal:
		t.PC = unsafe.Add(pc, 16)
		if core.Egal(*slotA(fp, pc), *slotB(fp, pc)) == (op == code.JumpEgal) {
			t.PC = unsafe.Add(pc, disp(pc, 1))
		}
		return v, inPlace, nil
	case code.Egal:
		return core.MakeBool(core.Egal(*slotB(fp, pc), *slotC(fp, pc))), 16, nil
	case code.SqrtFloat:
		return v, 8, core.Err("DomainError", *slotB(fp, pc),
			core.MakeString("sqrt was called with a negative real argument but will only return a complex result if called with a complex argument. Try sqrt(Complex(x))."))
	case code.Isa:
		x, ty := *slotB(fp, pc), *slotC(fp, pc)
		if !core.IsType(ty) {
			return v, 16, core.TypeErr("isa", "", core.TypeType.Value(), ty)
		}
		return core.MakeBool(e.isa(x, ty)), 16, nil
	case code.TypeAssert:
		x, ty := *slotA(fp, pc), *slotB(fp, pc)
		if !core.IsType(ty) {
			return v, 16, core.TypeErr("typeassert", "", core.TypeType.Value(), ty)
		}
		if !e.isa(x, ty) {
			return v, 16, core.TypeErr("typeassert", "", ty, x)
		}
		return x, 16, nil
	case code.New:
		args := unsafe.Slice(slotB(fp, pc), int(*(*uint16)(unsafe.Add(pc, 6))))
		v, err = newObject((*core.DataType)(word(pc, 1)), args)
		return v, 16, err
	case code.NewDyn:
		ty := *slotB(fp, pc)
		d, ok := core.IsDataType(ty)
		if !ok || !d.Has(core.FlagConcrete) {
			return v, 16, core.TypeErr("new", "", core.DataTypeType.Value(), ty)
		}
		args := unsafe.Slice((*core.Value)(unsafe.Add(unsafe.Pointer(slotB(fp, pc)), 16)), int(*(*uint16)(unsafe.Add(pc, 6))))
		v, err = newObject(d, args)
		return v, 16, err
	case code.Tuple:
		args := unsafe.Slice(slotB(fp, pc), int(*(*uint16)(unsafe.Add(pc, 6))))
		return e.makeTuple(args, (*code.TupleIC)(word(pc, 1))), 16, nil
	case code.NewClosure:
		d, n := (*core.DataType)(word(pc, 1)), int(*(*uint16)(unsafe.Add(pc, 6)))
		if n == 0 {
			return core.Value{P: unsafe.Pointer(&d.Tag)}, 16, nil
		}
		return core.NewStruct(d, unsafe.Slice(slotB(fp, pc), n)...), 16, nil
	case code.GetField:
		v, err = e.fieldAt(*slotB(fp, pc), int(*(*uint16)(unsafe.Add(pc, 6))))
		return v, 8, err
	case code.SetCached:
		f, i := funcAt(fp), int(*(*uint16)(unsafe.Add(pc, 4)))
		for len(f.Cache) <= i {
			f.Cache = append(f.Cache, core.Value{})
		}
		v = *slotA(fp, pc)
		f.Cache[i] = v
		return v, 8, nil
	case code.GetCached: // of a cache not made yet
		f, i := funcAt(fp), int(*(*uint16)(unsafe.Add(pc, 4)))
		for len(f.Cache) <= i {
			f.Cache = append(f.Cache, core.Value{})
		}
		t.PC = unsafe.Add(pc, 16)
		return v, inPlace, nil
	case code.GetExc:
		n := t.ExcDepth()
		if n == 0 {
			return core.Nothing(), 8, nil
		}
		return t.Ext.Excs[n-1].Value, 8, nil
	case code.PopExc:
		v = *slotA(fp, pc)
		popExcs(t, int32(v.N))
		return v, 8, nil
	case code.Throw:
		return *slotA(fp, pc), thrown, nil
	case code.Rethrow:
		return v, rethrown, nil
	case code.Exec:
		return v, statement, nil
	}
	return v, 0, core.Errorf("no such instruction: %d", opAt(pc))
}

// generic calls the function of the instruction's cache with the operands.
func (e *Engine) generic(t *task.Task, kind uint64, args ...core.Value) outcome {
	ic := (*code.CallIC)(word(t.PC, 1))
	return e.genericCall(t, ic, kind, args)
}

func (e *Engine) genericCall(t *task.Task, ic *code.CallIC, kind uint64, args []core.Value) outcome {
	base := uintptr(funcAt(t.FP).NSlots+2) * 16
	if err := e.ensure(t, base+uintptr(len(args)+2)*16); err != nil {
		return e.fail(t, err)
	}
	out := unsafe.Slice(at(t.FP, base), len(args)+1)
	out[0] = ic.Site.Callee
	copy(out[1:], args)
	ret := unsafe.Add(t.PC, 16)
	if ic.Func != nil && t.World >= ic.Min { // the inline entry, as the hot loop does it
		hit := true
		for i := 1; i < ic.N; i++ {
			if p := out[i].P; *(*unsafe.Pointer)(p) != ic.Keys[i] && unsafe.Add(p, 8) != ic.Keys[i] {
				hit = false
				break
			}
		}
		if hit && len(args)+1 == ic.Func.NArgs {
			if err := e.push(t, ic.Func, base, ret, kind); err != nil {
				return e.fail(t, err)
			}
			return running
		}
	}
	return e.invoke(t, ic, base, len(args), ret, kind)
}

// undefVar is the error of a variable without a value.
func (e *Engine) undefVar(name *core.Symbol, scope core.Value) error {
	return core.Err("UndefVarError", name.Value(), core.Uint(e.RT.World), scope)
}

// global is the value of a global variable that the loop found undefined: a
// later `using` may provide it.
func (e *Engine) global(b *core.Binding, _ *code.Func) (core.Value, error) {
	if b.Value.P != nil {
		return b.Value, nil
	}
	if o := b.Owner.Lookup(b.Name); o != nil && o.Value.P != nil {
		return o.Value, nil
	}
	return core.Value{}, e.undefVar(b.Name, b.Owner.Value())
}

// setGlobal assigns to a global variable, converting to its declared type.
func (e *Engine) setGlobal(t *task.Task, b *core.Binding, v core.Value) error {
	if b.Flags&core.BindImported != 0 {
		return core.Errorf("cannot assign a value to imported variable %s.%s", b.Owner.Name.Name, b.Name.Name)
	}
	if b.Flags&core.BindConst != 0 && b.Value.P != nil {
		return core.Errorf("invalid assignment to constant %s.%s. This redefinition may be permitted using the `const` keyword.", b.Owner.Name.Name, b.Name.Name)
	}
	v, err := e.asDeclared(t, b, v)
	if err == nil {
		b.Value = v
	}
	return err
}

// asDeclared is v converted to the declared type of b.
func (e *Engine) asDeclared(t *task.Task, b *core.Binding, v core.Value) (core.Value, error) {
	if b.Decl.P == nil || core.Isa(v, b.Decl) {
		return v, nil
	}
	convert, err := e.baseFunction("convert")
	if err != nil {
		return v, err
	}
	x, err := e.Call(t, convert, b.Decl, v)
	if err == nil && !core.Isa(x, b.Decl) {
		err = core.TypeErr("typeassert", "", b.Decl, x)
	}
	return x, err
}

// newObject makes an instance of d from its first fields; the rest stays undefined,
// or zero where a type cannot be undefined.
func newObject(d *core.DataType, args []core.Value) (core.Value, error) {
	fs := d.Fields()
	if len(args) > len(fs) {
		return core.Value{}, core.ArgErrorf("new: too many arguments (expected %d)", len(fs))
	}
	if len(args) < d.Name.NInit {
		return core.Value{}, core.Errorf("invalid struct allocation")
	}
	for i, x := range args {
		f, t := fs[i].P, core.TypeOf(x)
		if f != unsafe.Pointer(t) && core.TypeOf(fs[i]) == core.DataTypeType && (*core.DataType)(f).Has(core.FlagConcrete) {
			return core.Value{}, core.TypeErr("new", "", fs[i], x)
		}
	}
	if d.Kind == core.KindSingleton {
		return core.Value{P: unsafe.Pointer(&d.Tag)}, nil
	}
	if len(args) == len(fs) {
		return core.NewStruct(d, args...), nil
	}
	v := core.NewObject(d, len(fs))
	copy(v.Fields(len(fs)), args)
	for i := len(args); i < len(fs); i++ {
		if f, ok := core.IsDataType(fs[i]); ok {
			v.SetField(i, zeroOf(f))
		} else if core.TypeOf(fs[i]) == core.UnionType {
			v.SetField(i, zeroOfUnion(fs[i]))
		}
	}
	return v, nil
}

// zeroOfUnion is what an uninitialised field of a union holds: where all members are plain
// data, that of the first one, with those that hold nothing before the others.
func zeroOfUnion(u core.Value) core.Value {
	var first core.Value
	for _, m := range core.UnionMembers(u) {
		d, ok := core.IsDataType(m)
		if !ok || !d.Has(core.FlagConcrete) || !d.IsBits() {
			return core.Value{}
		}
		if z := zeroOf(d); first.P == nil || d.Kind == core.KindSingleton && core.TypeOf(first).Kind != core.KindSingleton {
			first = z
		}
	}
	return first
}

// zeroOf is what an uninitialised field of type d holds.
func zeroOf(d *core.DataType) core.Value {
	switch {
	case !d.Has(core.FlagConcrete):
		return core.Value{}
	case d.Kind == core.KindBits:
		return core.Bits(d, 0)
	case d.Kind == core.KindInt128:
		return core.MakeInt128(d, 0, 0)
	case d.Kind == core.KindObject && d.IsBits():
		v, err := newObject(d, nil)
		if err == nil {
			return v
		}
	case d.Kind == core.KindSingleton && d.IsBits():
		return core.Value{P: unsafe.Pointer(&d.Tag)}
	}
	return core.Value{}
}

// fieldAt is field i (from 0) of x.
func (e *Engine) fieldAt(x core.Value, i int) (core.Value, error) {
	if d := core.TypeOf(x); d.Kind == core.KindObject {
		fs := d.Fields()
		if i >= len(fs) {
			return core.Value{}, core.Err("BoundsError", x, core.Int(int64(i+1)))
		}
		if v := x.Field(i); v.P != nil {
			return v, nil
		}
		return core.Value{}, core.Err("UndefRefError")
	}
	if e.getfield != nil {
		if fn, ok := e.getfield.Fn.(task.Fn); ok {
			return fn(e.current, []core.Value{x, core.Int(int64(i + 1))})
		}
	}
	return core.Value{}, core.Err("BoundsError", x, core.Int(int64(i+1)))
}
