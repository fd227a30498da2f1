package vm

// This file has property access and splatting calls.

import (
	"slices"
	"unsafe"
	"weak"

	"weft/interp/code"
	"weft/runtime/core"
	"weft/runtime/task"
)

// plainProperty reports whether a.name of values of type d is a field access:
// no method of the property function but the general one applies.
func (e *Engine) plainProperty(t *task.Task, fn core.Value, d *core.DataType, more ...*core.DataType) bool {
	if fn.P == nil {
		return true
	}
	types := append([]*core.DataType{core.TypeOf(fn), d, core.SymbolType}, more...)
	ce, err := e.RT.Lookup(types, nil, t.World)
	if err != nil {
		return false
	}
	return len(ce.Method.SigTup.Params) == len(types) && ce.Method.SigTup.Params[1] == core.Any.Value()
}

// watch makes changes of fn's methods empty ic.
func (e *Engine) watch(fn core.Value, ic *code.PropIC) {
	if fn.P == nil {
		return
	}
	s := e.sitesOf(e.tableOf(fn))
	s.prop = append(s.prop, weak.Make(ic))
}

// getProp serves GetProp.
func (e *Engine) getProp(t *task.Task) outcome {
	pc := t.PC
	x := *slotB(t.FP, pc)
	ic := (*code.PropIC)(word(pc, 1))
	d := core.TypeOf(x)
	var fn core.Value
	if ic.Site != nil {
		fn = ic.Site.Callee
	}
	if d.Kind == core.KindObject && (d == ic.Type || e.plainProperty(t, fn, d)) {
		d.Fields()
		i := d.FieldIndex(ic.Name)
		if i < 0 {
			return e.fail(t, e.noField(d, ic.Name))
		}
		if ic.Type != d {
			ic.Type, ic.Offset = d, core.FieldOffset(i)
			e.watch(fn, ic)
		}
		v := x.Field(i)
		if v.P == nil {
			return e.fail(t, core.Err("UndefRefError"))
		}
		*slotA(t.FP, pc) = v
		t.PC = unsafe.Add(pc, 16)
		return running
	}
	if d == core.ModuleType {
		v, err := e.moduleGlobal(core.As[core.Module](x), ic.Name)
		if err != nil {
			return e.fail(t, err)
		}
		*slotA(t.FP, pc) = v
		t.PC = unsafe.Add(pc, 16)
		return running
	}
	if fn.P == nil || ic.IC == nil {
		if e.getfield == nil {
			return e.fail(t, e.noField(d, ic.Name))
		}
		return e.callPrim(t, e.getfield, []core.Value{x, ic.Name.Value()}, unsafe.Add(pc, 16), retPlain)
	}
	return e.genericCall(t, ic.IC, retPlain, []core.Value{x, ic.Name.Value()})
}

// hasField serves HasField.
func (e *Engine) hasField(t *task.Task) outcome {
	pc := t.PC
	x := *slotB(t.FP, pc)
	ic := (*code.PropIC)(word(pc, 1))
	d := core.TypeOf(x)
	var offset uintptr
	switch {
	case ic.Name == nil:
		if d.Name != core.NamedTupleName {
			break
		}
		offset = 1
		known := tupleValues(ic.Names)
		for _, k := range tupleValues(d.Params[0]) {
			if !slices.Contains(known, k) {
				offset = 0
			}
		}
	case d.Kind != core.KindObject:
		args := []core.Value{x, ic.Name.Value()}
		return e.callPrim(t, e.isdefined, args, unsafe.Add(pc, 16), retPlain)
	default:
		d.Fields()
		if i := d.FieldIndex(ic.Name); i >= 0 {
			offset = core.FieldOffset(i)
		}
	}
	ic.Type, ic.Offset = d, offset
	if offset > 1 && (*core.Value)(unsafe.Add(x.P, offset)).P == nil {
		offset = 0
	}
	*slotA(t.FP, pc) = core.MakeBool(offset != 0)
	t.PC = unsafe.Add(pc, 16)
	return running
}

// noField is the error of a field that does not exist.
func (e *Engine) noField(d *core.DataType, name *core.Symbol) error {
	return core.Err("FieldError", d.Value(), name.Value())
}

// moduleGlobal is the value of M.name.
func (e *Engine) moduleGlobal(m *core.Module, name *core.Symbol) (core.Value, error) {
	if b := m.Lookup(name); b != nil && b.Value.P != nil {
		return b.Value, nil
	}
	return core.Value{}, e.undefVar(name, m.Value())
}

// setProp serves SetProp.
func (e *Engine) setProp(t *task.Task) outcome {
	pc := t.PC
	x, v := *slotA(t.FP, pc), *slotB(t.FP, pc)
	ic := (*code.PropIC)(word(pc, 1))
	d := core.TypeOf(x)
	var fn core.Value
	if ic.Site != nil {
		fn = ic.Site.Callee
	}
	if d.Kind == core.KindObject && d.Has(core.FlagMutable) {
		fs := d.Fields()
		i := d.FieldIndex(ic.Name)
		if i >= 0 && (i >= len(d.Name.ConstFields) || !d.Name.ConstFields[i]) &&
			(i >= len(d.Name.AtomicFields) || !d.Name.AtomicFields[i]) {
			want, concrete := core.IsDataType(fs[i])
			any := concrete && want == core.Any
			if any || concrete && want == core.TypeOf(v) {
				if e.plainProperty(t, fn, d, core.TypeOf(v)) {
					ic.Type, ic.Offset, ic.Want = d, core.FieldOffset(i), want
					if any {
						ic.Want = nil
					}
					e.watch(fn, ic)
					x.SetField(i, v)
					t.PC = unsafe.Add(pc, 16)
					return running
				}
			}
		}
	}
	if fn.P == nil || ic.IC == nil {
		return e.fail(t, e.noField(d, ic.Name))
	}
	return e.genericCall(t, ic.IC, retDrop, []core.Value{x, ic.Name.Value(), v})
}

// apply serves Apply: a call with splatted operands.
func (e *Engine) apply(t *task.Task) outcome {
	pc := t.PC
	s := (*code.ApplySite)(word(pc, 1))
	n := int(*(*uint16)(unsafe.Add(pc, 6)))
	ops := unsafe.Slice(slotB(t.FP, pc), n+1)
	return e.applyTo(t, ops[0], ops[1:], s, unsafe.Add(pc, 16), retPlain)
}

// applyTo calls f with the elements of the operands that site says (nil: all),
// and the others as they are. An operand that only Julia code can iterate is
// replaced by a vector first, and the instruction before ret done again.
func (e *Engine) applyTo(t *task.Task, f core.Value, ops []core.Value, site *code.ApplySite, ret unsafe.Pointer, kind uint64) outcome {
	var splat []bool
	if site != nil {
		splat = site.Splat
	}
	total := 0
	for i, v := range ops {
		if splat != nil && !splat[i] {
			total++
			continue
		}
		n, ok := e.elements(v)
		if !ok {
			if kind != retPlain || opAt(unsafe.Add(ret, -16)) != code.Apply && opAt(unsafe.Add(ret, -16)) != code.CallPrim {
				return e.fail(t, core.Errorf("cannot splat a value of type %s here", core.TypeOf(v).Name.Name.Name))
			}
			b := e.RT.Base.Lookup(core.Sym("append_any"))
			if b == nil || b.Value.P == nil {
				return e.fail(t, core.Err("MethodError", core.Nothing(), e.makeTuple([]core.Value{v}, nil), core.Uint(t.World)))
			}
			return e.call(t, b.Value, []core.Value{v}, ret, retSplat)
		}
		total += n
	}
	if total+8 > maxStack/2 {
		return e.fail(t, core.Err("StackOverflowError"))
	}
	base := uintptr(funcAt(t.FP).NSlots+2) * 16
	var keep [8]core.Value
	need := base + uintptr(total+4)*16
	if len(ops) > 0 && (uintptr(unsafe.Pointer(&ops[0])) >= uintptr(t.FP)+base-16 || uintptr(t.FP)+need > uintptr(t.Limit)) {
		ops = append(keep[:0], ops...) // they stand where the arguments go, or on a stack that is left and cleared
	}
	if err := e.ensure(t, need); err != nil {
		return e.fail(t, err)
	}
	out := unsafe.Slice(at(t.FP, base), total+1)
	out[0] = f
	k := 1
	for i, v := range ops {
		if splat != nil && !splat[i] {
			out[k] = v
			k++
			continue
		}
		n, err := spread(v, out[k:], &e.tg)
		if err != nil {
			return e.fail(t, err)
		}
		k += n
	}
	var ic *code.CallIC
	if site != nil && total < len(site.ICs) {
		if ic = site.ICs[total]; ic == nil {
			ic = &code.CallIC{Min: never}
			site.ICs[total] = ic
		}
	}
	return e.invoke(t, ic, base, total, ret, kind)
}

// elements is the number of elements of a value that the engine can iterate.
func (e *Engine) elements(v core.Value) (int, bool) {
	d := core.TypeOf(v)
	switch {
	case d.Has(core.FlagTuple):
		return len(d.Params), true
	case d.Has(core.FlagNamedTuple):
		return len(d.Fields()), true
	case d.Kind == core.KindArray:
		return core.As[core.Array](v).Len, true
	case d == core.SimpleVectorType:
		return len(core.As[core.SimpleVector](v).Elems), true
	case d == e.tg.rangeInt && d != nil:
		return max(0, int(v.Field(1).N-v.Field(0).N)+1), true
	}
	return 0, false
}

// spread copies the elements of v to out.
func spread(v core.Value, out []core.Value, tg *tags) (int, error) {
	d := core.TypeOf(v)
	switch {
	case d.Kind == core.KindArray:
		a := core.As[core.Array](v)
		for i := range a.Len {
			x := a.Get(i)
			if x.P == nil {
				return 0, core.Err("UndefRefError")
			}
			out[i] = x
		}
		return a.Len, nil
	case d == core.SimpleVectorType:
		return copy(out, core.As[core.SimpleVector](v).Elems), nil
	case d == tg.rangeInt:
		n := max(0, int(v.Field(1).N-v.Field(0).N)+1)
		for i := range n {
			out[i] = core.Int(int64(v.Field(0).N) + int64(i))
		}
		return n, nil
	}
	n := len(d.Fields())
	if d.Kind == core.KindSingleton {
		return 0, nil
	}
	return copy(out, v.Fields(n)), nil
}

// splatted puts the vector v in the place of the operand of t's instruction that
// could not be iterated, and lets it run again.
func (e *Engine) splatted(t *task.Task, v core.Value) outcome {
	pc := t.PC
	if _, ok := e.elements(v); !ok {
		return e.fail(t, core.TypeErr("append_any", "", core.VectorAnyT.Value(), v))
	}
	n := int(*(*uint16)(unsafe.Add(pc, 6)))
	ops := unsafe.Slice(slotB(t.FP, pc), n)
	var splat []bool
	if opAt(pc) == code.Apply {
		ops = unsafe.Slice(slotB(t.FP, pc), n+1)[1:]
		splat = (*code.ApplySite)(word(pc, 1)).Splat
	} else if len(ops) > 2 { // Core._apply_iterate(iterate, f, operands...)
		ops = ops[2:]
	}
	for i := range ops {
		if splat != nil && !splat[i] {
			continue
		}
		if _, ok := e.elements(ops[i]); !ok {
			ops[i] = v
			return running
		}
	}
	return e.fail(t, core.Errorf("splatting found nothing to replace"))
}
