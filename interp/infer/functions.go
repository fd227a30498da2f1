package infer

// This file has functions of Base whose results are of more certain types than their
// code says: they find element types out while they run.

import (
	"weft/runtime/core"
)

// known is what a function of Base returns, if that is not to be told from its code.
func (in *Inferrer) known(f core.Value, args []Elem, rest *Elem) (Elem, bool) {
	d := core.TypeOf(f)
	if !d.Has(core.FlagFunction) || d.Name.FuncName == nil || d.Name.Module == nil || !in.rt.OfBase(d.Name.Module) {
		return Elem{}, false
	}
	name := d.Name.FuncName.Name
	switch name {
	case "error":
		return bottom, true
	case "string", "repr":
		return Elem{T: core.StringType.Value()}, d.Name.Module == in.rt.Base
	}
	if rest != nil {
		return Elem{}, false
	}
	switch {
	case name == "inferred_return" && len(args) == 2 && args[1].C.P != nil:
		return in.returnType(args[0], args[1].C), true
	case name == "inferred_return":
		return Elem{T: core.TypeType.Value()}, true
	case name == "fill_collect" && len(args) == 2:
		return in.collected(args[0], shapeDims(args[1])), true
	case name == "grow_collect" && len(args) == 1:
		return in.collected(args[0], 1), true
	case name == "collect" && len(args) == 1 && isGenerator(args[0]):
		return in.collected(args[0], in.dimsOfItems(args[0])), true
	case name == "iterate" && len(args) > 0 && len(args) <= 2:
		return in.sideBySide(args[0])
	case name == "tuple_of_items" && len(args) == 2:
		return in.tupleOfItems(args[0], args[1])
	case name == "compute" && len(args) == 2:
		return in.computed(args[0], args[1])
	}
	return Elem{}, false
}

func isGenerator(e Elem) bool {
	d, ok := core.IsDataType(e.T)
	return ok && d.Name.Name.Name == "Generator"
}

// dimsOfItems is the number of dimensions of the array that an iterator's items make up.
func (in *Inferrer) dimsOfItems(itr Elem) int {
	if size, ok := in.base("IteratorSize"); ok {
		return shapeDims(in.call(size, []Elem{itr}, nil))
	}
	return -1
}

// sideBySide is what iterating a Zip or a ProductIterator gives: a tuple with an item of each of their
// iterators.
func (in *Inferrer) sideBySide(itr Elem) (Elem, bool) {
	d, ok := core.IsDataType(itr.T)
	if !ok || !d.Has(core.FlagConcrete) || d.Kind != core.KindObject {
		return Elem{}, false
	}
	field := "is"
	switch d.Name.Name.Name {
	case "ProductIterator":
		field = "iterators"
	case "Zip":
	default:
		return Elem{}, false
	}
	its, ok := tupleElems(in.fieldNamed(itr, core.Sym(field)))
	if !ok || len(its) < 2 || !in.rt.OfBase(d.Name.Module) {
		return Elem{}, false
	}
	out := make([]Elem, len(its))
	for i := range its {
		if out[i] = in.items(its[i]).plain(); out[i].none() {
			return nothing, true
		}
	}
	return join(tupleOf([]Elem{tupleOf(out, nil), anyElem}, nil), nothing), true
}

// shapeDims is the number of dimensions that an iterator's size says, -1 if it is not known.
func shapeDims(size Elem) int {
	d, ok := core.IsDataType(size.T)
	if !ok || !d.Has(core.FlagConcrete) {
		return -1
	}
	if d.Name.Name.Name != "HasShape" {
		return 1
	}
	if len(d.Params) == 1 && d.Params[0].Is(core.Int64) {
		return int(d.Params[0].Int64())
	}
	return -1
}

// arrayOf is an array with elements that are found out one by one, n dimensions, -1 for any.
func arrayOf(el Elem, n int) Elem {
	vars := []*core.TypeVar{}
	open := func(name string) core.Value {
		v := core.NewVar(name, core.Value{}, core.Value{})
		vars = append(vars, v)
		return v.Value()
	}
	var t, dims core.Value
	if ft := el.fieldType(); isLeaf(ft) {
		t = ft
	} else if ft == core.Bottom {
		t = ft
	} else {
		t = open("T")
	}
	if n < 0 {
		dims = open("N")
	} else {
		dims = core.Int(int64(n))
	}
	r := core.ArrayName.Apply([]core.Value{t, dims}).Value()
	for i := len(vars) - 1; i >= 0; i-- {
		r = core.MakeUnionAll(vars[i], r)
	}
	return Elem{T: r}
}

// isLeaf reports whether t is the type of values.
func isLeaf(t core.Value) bool {
	d, ok := core.IsDataType(t)
	return ok && d.Has(core.FlagConcrete)
}

// collected is the array of an iterator's items.
func (in *Inferrer) collected(itr Elem, n int) Elem {
	el := in.items(itr)
	if el.none() { // it may be empty, or never end
		el = bottom
	}
	return arrayOf(el, n)
}

// tupleOfItems is the tuple of f of each item.
func (in *Inferrer) tupleOfItems(f, items Elem) (Elem, bool) {
	es, ok := tupleElems(items)
	if !ok {
		d, isData := core.IsDataType(items.T)
		if !isData || d.Name.Name.Name != "UnitRange" || len(items.Parts) != 2 {
			if isData && d.Has(core.FlagTuple) {
				r := in.call(f, []Elem{in.items(items)}, nil).plain()
				if r.none() {
					return tupleOf(nil, nil), true
				}
				return tupleOf(nil, &r), true
			}
			if isData && d.Name.Name.Name == "UnitRange" {
				r := in.call(f, []Elem{in.items(items)}, nil).plain()
				if r.none() {
					return tupleOf(nil, nil), true
				}
				return tupleOf(nil, &r), true
			}
			return Elem{}, false
		}
		from, to := items.Parts[0].C, items.Parts[1].C
		if from.P == nil || to.P == nil || !from.Is(core.Int64) || !to.Is(core.Int64) || to.Int64()-from.Int64() > maxItems {
			r := in.call(f, []Elem{intElem}, nil).plain()
			return tupleOf(nil, &r), true
		}
		for i := from.Int64(); i <= to.Int64(); i++ {
			es = append(es, ofConst(core.Int(i)))
		}
	}
	out := make([]Elem, len(es))
	for i := range es {
		if out[i] = in.call(f, []Elem{es[i]}, nil).plain(); out[i].none() {
			return bottom, true
		}
	}
	return tupleOf(out, nil), true
}

// computed is the array that a broadcast gives.
func (in *Inferrer) computed(b, axes Elem) (Elem, bool) {
	d, ok := core.IsDataType(b.T)
	if !ok || d.Name.Name.Name != "Broadcasted" {
		return Elem{}, false
	}
	style, ok := core.IsDataType(in.fieldNamed(b, core.Sym("style")).T)
	as, known := tupleElems(axes)
	if !ok || !known {
		return Elem{}, false
	}
	f, args := in.fieldNamed(b, core.Sym("f")), in.fieldNamed(b, core.Sym("args"))
	callAt := in.global(in.broadcast("call_at"))
	n := len(as)
	at := intElem
	if n > 1 {
		at = intTuple(n)
	}
	el := in.call(callAt, []Elem{f, args, at}, nil).plain()
	if el.none() {
		return bottom, true
	}
	if style.Name.Name.Name != "DefaultArrayStyle" {
		similar, ok := in.base("similar")
		if t := el.fieldType(); ok && isLeaf(t) {
			return in.call(similar, []Elem{b, ofConst(t)}, nil).plain(), true
		}
		return Elem{}, false
	}
	for i := range as {
		if t, ok := core.IsDataType(as[i].T); !ok || t.Name.Name.Name != "OneTo" {
			return Elem{}, false
		}
	}
	if el.T == core.Any.Value() {
		return anyElem, true
	}
	t := el.fieldType()
	bits := core.Subtype(core.Bool.Value(), t)
	if bits {
		if bt, ok := in.base("BitArray"); ok {
			if r, err := core.ApplyType(bt.C, []core.Value{core.Int(int64(n))}); err == nil {
				if t == core.Bool.Value() {
					return ofType(r), true
				}
				return join(ofType(r), arrayOf(el, n)), true
			}
		}
		return Elem{}, false
	}
	return arrayOf(el, n), true
}

// broadcast is a binding of Base.Broadcast.
func (in *Inferrer) broadcast(name string) *core.Binding {
	if b := in.rt.Base.Lookup(core.Sym("Broadcast")); b != nil && b.Value.P != nil && core.TypeOf(b.Value) == core.ModuleType {
		if g := core.As[core.Module](b.Value).Lookup(core.Sym(name)); g != nil {
			return g
		}
	}
	return &core.Binding{}
}

// dimsOf is the number of dimensions of an array.
func dimsOf(a Elem) (int, bool) {
	d, ok := core.IsDataType(core.Unwrap(a.T))
	if !ok || d.Name != core.ArrayName || !d.Params[1].Is(core.Int64) {
		return 0, false
	}
	return int(d.Params[1].Int64()), true
}

// intTuple is a tuple of n Int64.
func intTuple(n int) Elem {
	es := make([]Elem, n)
	for i := range es {
		es[i] = intElem
	}
	return tupleOf(es, nil)
}

// viewLayoutRule is view_layout(dims, indices): how many dimensions the view has, whether it is evenly
// spaced, and two numbers.
func viewLayoutRule(_ *Inferrer, a []Elem) (Elem, bool) {
	is, ok := tupleElems(a[1])
	if !ok {
		return Elem{}, false
	}
	n, even, state := 0, true, 0 // state: 0 before a range, 1 in whole dimensions, 2 after
	for _, e := range is {
		d, ok := core.IsDataType(e.T)
		if !ok {
			return Elem{}, false
		}
		switch d.Name.Name.Name {
		case "Int64":
			if state == 1 {
				state = 2
			}
			continue
		case "Slice":
			n++
			if state == 2 {
				even = false
			}
			state = 1
		case "UnitRange", "OneTo":
			n++
			if state == 2 {
				even = false
			}
			state = 2
		case "StepRange":
			n++
			if state != 0 {
				even = false
			}
			state = 2
		default:
			return Elem{}, false
		}
	}
	t := tupleOf([]Elem{ofConst(core.Int(int64(n))), ofConst(core.MakeBool(even)), intElem, intElem}, nil)
	return t, true
}

// viewIndicesRule is view_indices(slice, a, is): the indices of a view, colons made slices.
func viewIndicesRule(_ *Inferrer, a []Elem) (Elem, bool) {
	is, ok := tupleElems(a[2])
	if !ok {
		return Elem{}, false
	}
	out := make([]Elem, len(is))
	for i, e := range is {
		d, ok := core.IsDataType(e.T)
		if !ok {
			return Elem{}, false
		}
		switch d.Name.Name.Name {
		case "Colon":
			out[i] = instance(a[0])
		case "Int64", "UnitRange", "StepRange", "OneTo":
			out[i] = e
		default:
			return nothing, true
		}
	}
	return join(tupleOf(out, nil), nothing), true
}
