package infer

// This file has functions of Base whose results are of more certain types than their
// code says: they find element types out while they run.

import (
	"strings"

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
	case "string":
		// One string of another type may be given back as it is.
		ok := d.Name.Module == in.rt.Base && (len(args) > 1 || len(args) == 1 && rest == nil &&
			(args[0].T == core.StringType.Value() || core.TypeIntersect(args[0].T, core.AbstractString.Value()) == core.Bottom))
		return Elem{T: core.StringType.Value()}, ok
	case "repr":
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
		return in.sideBySide(args[0], args[1:])
	case name == "tuple_of_items" && len(args) == 2:
		return in.tupleOfItems(args[0], args[1])
	case (name == "compute" || name == "compute_items") && len(args) == 2:
		return in.computed(args[0], args[1])
	case name == "copy" && len(args) == 1:
		return in.broadcastTuple(args[0])
	case name == "floatrange" && len(args) == 5 && args[0].C.P != nil && args[3].T == intElem.T,
		name == "steprangelen_hp" && len(args) == 6 && args[0].C.P != nil && args[4].T == intElem.T:
		return in.floatRange(args[0].C)
	case name == "to_indices" && (len(args) == 2 || len(args) == 3):
		return in.indicesOf(args[0], args[len(args)-1])
	case name == "accumulate" && len(args) == 2:
		return in.accumulated(args[0], args[1], core.Value{})
	case strings.HasPrefix(name, "#accumulate#") && len(args) == 5 && args[0].C.P != nil && args[0].C.IsNothing():
		return in.accumulated(args[3], args[4], args[1].T)
	case (name == "take!" || name == "fetch" || name == "put!") && len(args) > 0:
		return channelItem(args[0])
	case (name == "print" || name == "println" || name == "printstyled" || name == "dump") && d.Name.Module == in.rt.Base && in.onlyOfBase(d):
		return nothing, true
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
func (in *Inferrer) sideBySide(itr Elem, state []Elem) (Elem, bool) {
	if itr.C.P != nil && core.TypeOf(itr.C) == core.SimpleVectorType {
		return parametersFrom(core.As[core.SimpleVector](itr.C).Elems, state)
	}
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

// parametersFrom is what iterating the known parameters of a type gives.
func parametersFrom(ps []core.Value, state []Elem) (Elem, bool) {
	i := 0
	if len(state) > 0 {
		if state[0].C.P == nil || !state[0].C.Is(core.Int64) {
			return Elem{}, false
		}
		i = int(state[0].C.Int64()) - 1
	}
	if i < 0 || i >= len(ps) {
		return nothing, true
	}
	return tupleOf([]Elem{ofConst(ps[i]), ofConst(core.Int(int64(i) + 2))}, nil), true
}

// onlyOfBase reports whether a function has no methods from outside of Base.
func (in *Inferrer) onlyOfBase(d *core.DataType) bool {
	for _, m := range in.rt.Table(d.Name).Methods {
		if m.Module != nil && !in.rt.OfBase(m.Module) {
			return false
		}
	}
	return true
}

// channelItem is an item of a channel.
func channelItem(c Elem) (Elem, bool) {
	d, ok := core.IsDataType(c.T)
	if !ok || d.Name.Name.Name != "Channel" || len(d.Params) != 1 || !core.IsType(d.Params[0]) {
		return Elem{}, false
	}
	return ofType(d.Params[0]), true
}

// floatRange is a range of floats of a type.
func (in *Inferrer) floatRange(t core.Value) (Elem, bool) {
	d, ok := core.IsDataType(t)
	if !ok || d != core.Float64 && d != core.Float32 && d != core.Float16 {
		return Elem{}, false
	}
	text := "StepRangeLen{=1,Float64,Float64,Int64}"
	if d == core.Float64 {
		text = "StepRangeLen{=1,TwicePrecision{Float64},TwicePrecision{Float64},Int64}"
	}
	s, _ := parseSpec(text)
	return in.read(s, []Elem{ofConst(t)}), true
}

// isInitialValue reports whether a type is that of what stands for no initial value.
func isInitialValue(t core.Value) bool {
	d, ok := core.IsDataType(t)
	return ok && d.Name.Name.Name == "_InitialValue"
}

// accumulated is the vector of what folding op over a vector gives step by step.
func (in *Inferrer) accumulated(op, itr Elem, init core.Value) (Elem, bool) {
	d, ok := core.IsDataType(itr.T)
	if !ok || d.Name != core.ArrayName || !d.Params[1].Is(core.Int64) || d.Params[1].Int64() != 1 {
		return Elem{}, false
	}
	x, first := in.items(itr).plain(), bottom
	if init.P != nil && !isInitialValue(init) {
		first = in.call(op, []Elem{ofType(init), x}, nil).plain()
	} else if f, ok := in.base("reduce_first"); ok {
		first = in.call(f, []Elem{op, x}, nil).plain()
	}
	acc := first
	for range 4 {
		more := join(acc, in.call(op, []Elem{acc, x}, nil).plain())
		if same(more, acc) {
			return arrayOf(acc, 1), true
		}
		acc = more
	}
	return Elem{}, false
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
	if core.Subtype(core.Bool.Value(), t) {
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

// broadcastTuple is the tuple that a broadcast over tuples gives.
func (in *Inferrer) broadcastTuple(b Elem) (Elem, bool) {
	d, ok := core.IsDataType(b.T)
	if !ok || d.Name.Name.Name != "Broadcasted" || !in.rt.OfBase(d.Name.Module) {
		return Elem{}, false
	}
	style, ok := core.IsDataType(in.fieldNamed(b, core.Sym("style")).T)
	if !ok || style.Name.Name.Name != "Style" {
		return Elem{}, false
	}
	args, ok := tupleElems(in.fieldNamed(b, core.Sym("args")))
	n := 1
	for i := 0; ok && i < len(args); i++ {
		if a, isData := core.IsDataType(args[i].T); isData && a.Has(core.FlagTuple) {
			if a.Has(core.FlagVarargTup) {
				return Elem{}, false
			}
			if n == 1 || len(a.Params) == 0 {
				n = len(a.Params)
			}
		} else if !isData || a.Name.Name.Name == "Broadcasted" {
			return Elem{}, false
		}
	}
	if !ok || n > maxItems {
		return Elem{}, false
	}
	valueAt := in.global(in.broadcast("value_at"))
	out := make([]Elem, n)
	for i := range out {
		if out[i] = in.call(valueAt, []Elem{b, ofConst(core.Int(int64(i + 1)))}, nil).plain(); out[i].none() {
			return bottom, true
		}
	}
	return tupleOf(out, nil), true
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

// indexDims is how many dimensions an index gives the part of an Array that it takes.
func indexDims(e Elem) (int, bool) {
	d, ok := core.IsDataType(e.T)
	if !ok || !d.Has(core.FlagConcrete) {
		return 0, false
	}
	if core.Subtype(e.T, core.Integer.Value()) {
		return 0, true
	}
	switch d.Name.Name.Name {
	case "Colon", "UnitRange", "StepRange", "OneTo", "Slice":
		return 1, true
	case "Array":
		n := int(d.Params[1].N)
		return n, d.Params[0] == core.Int64.Value()
	}
	return 0, false
}

// arrayPartRule is array_part(a, i...): the part, or nothing.
func arrayPartRule(_ *Inferrer, a []Elem) (Elem, bool) {
	d, ok := core.IsDataType(a[0].T)
	if !ok || d.Name != core.ArrayName || !core.IsType(d.Params[0]) {
		return Elem{}, false
	}
	n := 0
	for _, e := range a[1:] {
		k, ok := indexDims(e)
		if !ok {
			return join(arrayAny(d.Params[0]), nothing), true
		}
		n += k
	}
	if n == 0 { // numbers alone
		return nothing, true
	}
	return join(Elem{T: core.ArrayName.Apply([]core.Value{d.Params[0], core.Int(int64(n))}).Value()}, nothing), true
}

// arrayAny is an Array of a type in any number of dimensions.
func arrayAny(el core.Value) Elem {
	v := core.NewVar("N", core.Value{}, core.Value{})
	return Elem{T: core.MakeUnionAll(v, core.ArrayName.Apply([]core.Value{el, v.Value()}).Value())}
}

// indicesOf is to_indices of an Array and of plain indices.
func (in *Inferrer) indicesOf(a, is Elem) (Elem, bool) {
	es, ok := tupleElems(is)
	d, isData := core.IsDataType(a.T)
	if !ok || !isData || d.Name != core.ArrayName {
		return Elem{}, false
	}
	out := make([]Elem, len(es))
	for i, e := range es {
		if _, ok := indexDims(e); !ok || e.T != intElem.T && core.Subtype(e.T, core.Integer.Value()) {
			return Elem{}, false
		}
		out[i] = e
		if t, _ := core.IsDataType(e.T); t.Name.Name.Name == "Colon" {
			s, _ := parseSpec("Slice{OneTo{Int64}}")
			out[i] = in.read(s, nil)
		}
	}
	return tupleOf(out, nil), true
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
