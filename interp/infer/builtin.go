package infer

// This file has what Core's own functions return, by rules.

import (
	"weft/interp/code"
	"weft/runtime/core"
)

// egal is x === y.
func (in *Inferrer) egal(x, y Elem) Elem {
	if x.none() || y.none() {
		return bottom
	}
	if x.C.P != nil && y.C.P != nil {
		return ofConst(core.MakeBool(core.Egal(x.C, y.C)))
	}
	if core.TypeIntersect(x.T, y.T) == core.Bottom {
		return ofConst(core.MakeBool(false))
	}
	out := boolElem
	if x.C.P != nil {
		x, y = y, x
	}
	if y.C.P == nil || x.id == 0 {
		return out
	}
	yes, no := y.plain(), x
	if core.IsType(y.C) || core.TypeOf(y.C).Kind == core.KindSingleton {
		no = without(x, y.T)
	}
	out.cond = &cond{x.id, yes, no.plain()}
	return out
}

// isa is x isa t.
func (in *Inferrer) isa(x, t Elem) Elem {
	if x.none() || t.none() {
		return bottom
	}
	if t.C.P == nil || !core.IsType(t.C) {
		return boolElem
	}
	yes, no := narrow(x, t.C), without(x, t.C)
	switch {
	case yes.none():
		return ofConst(core.MakeBool(false))
	case no.none():
		return ofConst(core.MakeBool(true))
	}
	out := boolElem
	if x.id != 0 {
		out.cond = &cond{x.id, yes.plain(), no.plain()}
	}
	return out
}

// global is the value of a global variable.
func (in *Inferrer) global(b *core.Binding) Elem {
	if b.Value.P == nil && b.Owner != nil {
		if o := b.Owner.Lookup(b.Name); o != nil {
			b = o
		}
	}
	if b.Flags&core.BindConst != 0 {
		if v, _ := b.In(in.world); v.P != nil {
			return ofConst(v)
		}
	}
	if b.Decl.P != nil {
		return ofType(b.Decl)
	}
	return anyElem
}

// byType is what is known of a variable that holds v now: its type, and what is in closures.
func byType(v core.Value, depth int) Elem {
	d := core.TypeOf(v)
	switch {
	case core.IsType(v) || d.Kind == core.KindSingleton || d == core.ModuleType || d.Has(core.FlagClosure):
		return ofConst(v)
	case d.Kind != core.KindObject || d.Has(core.FlagMutable) || depth == 0:
		return Elem{T: d.Value()}
	}
	fs := d.Fields()
	ps := make([]Elem, len(fs))
	for i := range fs {
		if f := v.Field(i); f.P != nil {
			ps[i] = byType(f, depth-1)
		} else {
			ps[i] = ofType(fs[i])
		}
	}
	return object(d, ps)
}

// captured is a variable that a closure holds.
func (in *Inferrer) captured(f Elem, i int) Elem {
	if f.C.P != nil && core.TypeOf(f.C).Kind == core.KindObject {
		if v := f.C.Field(i); v.P != nil {
			return byType(v, 4)
		}
		return anyElem
	}
	if i < len(f.Parts) {
		return f.Parts[i]
	}
	return anyElem
}

// closure is a new closure.
func closure(d *core.DataType, caps []Elem) Elem {
	e := Elem{T: d.Value()}
	if d.Instance.P != nil {
		e.C = d.Instance
		return e
	}
	e.Parts = make([]Elem, len(caps))
	for i := range caps {
		e.Parts[i] = shallow(caps[i], maxNested)
		if e.Parts[i].none() { // not assigned yet
			e.Parts[i] = anyElem
		}
	}
	return e
}

// newOf is a new instance of the type that an element is.
func newOf(t Elem, fields []Elem) Elem {
	if t.none() {
		return bottom
	}
	for i := range fields {
		if fields[i].none() && t.C.P == nil {
			return anyElem
		}
	}
	if t.C.P == nil {
		return instance(t)
	}
	d, ok := core.IsDataType(t.C)
	if !ok {
		return bottom
	}
	if d.Has(core.FlagClosure) {
		return closure(d, fields)
	}
	for i := range fields {
		if fields[i].none() {
			return Elem{T: d.Value()}
		}
	}
	return object(d, fields)
}

// instance is an instance of the type that an element is.
func instance(t Elem) Elem {
	if t.C.P != nil && core.IsType(t.C) {
		return ofType(t.C)
	}
	if d, ok := core.IsDataType(core.Unwrap(t.T)); ok && d.Name == core.TypeTypeName {
		p := d.Params[0]
		if core.TypeOf(p) == core.TypeVarType {
			if up := core.As[core.TypeVar](p).Upper; !core.HasFree(up) {
				return ofType(up)
			}
			return anyElem
		}
		if x := core.Rewrap(p, t.T); !core.HasFree(x) {
			return ofType(x)
		}
	}
	return anyElem
}

func newSplat(t, fields Elem) Elem {
	if d, ok := core.IsDataType(fields.T); ok && d.Has(core.FlagTuple|core.FlagConcrete) {
		return newOf(t, fields.parts(d))
	}
	return instance(t)
}

// namedTuple is a named tuple.
func namedTuple(names Elem, fields []Elem) Elem {
	ts := make([]core.Value, len(fields))
	for i := range fields {
		if fields[i].none() {
			return bottom
		}
		ts[i] = fields[i].fieldType()
	}
	n, ok := names.value()
	if !ok || !core.TypeOf(n).Has(core.FlagTuple) || len(core.TypeOf(n).Params) != len(fields) {
		return Elem{T: core.NamedTupleName.Wrapper}
	}
	t, err := core.ApplyType(core.NamedTupleName.Wrapper, []core.Value{n, core.TupleOf(ts...).Value()})
	if err != nil {
		return bottom
	}
	d, ok := core.IsDataType(t)
	if !ok {
		return Elem{T: t}
	}
	return object(d, fields)
}

// field is field i of x, counted from 0.
func (in *Inferrer) field(x Elem, i int) Elem {
	if x.none() {
		return bottom
	}
	if x.C.P != nil && core.TypeOf(x.C).Kind == core.KindObject && !core.TypeOf(x.C).Has(core.FlagMutable) {
		if i < 0 || i >= core.NFields(x.C) {
			return bottom
		}
		if v := x.C.Field(i); v.P != nil {
			return ofConst(v)
		}
		return bottom
	}
	if x.Parts != nil {
		if i < 0 || i >= len(x.Parts) {
			return bottom
		}
		return x.Parts[i]
	}
	if core.TypeOf(x.T) == core.UnionType {
		out := bottom
		for _, m := range core.UnionMembers(x.T) {
			out = join(out, in.field(ofType(m), i))
		}
		return out
	}
	d, ok := core.IsDataType(core.Unwrap(x.T))
	if !ok || d.Kind == core.KindAbstract {
		return anyElem
	}
	if d.Has(core.FlagTuple) {
		ps := d.Params
		n := len(ps)
		if n > 0 && core.TypeOf(ps[n-1]) == core.VarargType && i >= n-1 {
			return ofType(core.Rewrap(core.As[core.Vararg](ps[n-1]).T, x.T))
		}
		if i < 0 || i >= n {
			return bottom
		}
		return ofType(core.Rewrap(ps[i], x.T))
	}
	fs := d.Fields()
	if i < 0 || i >= len(fs) {
		if d.Kind == core.KindOpaque || d.Name == core.NamedTupleName {
			return anyElem
		}
		return bottom
	}
	if core.TypeOf(x.T) == core.UnionAllType {
		t := core.Rewrap(fs[i], x.T)
		if core.TypeOf(t) == core.TypeVarType || core.HasFree(t) {
			return anyElem
		}
		return ofType(t)
	}
	return ofType(fs[i])
}

// fieldNamed is x.name as getfield gives it.
func (in *Inferrer) fieldNamed(x Elem, name *core.Symbol) Elem {
	if core.TypeOf(x.T) == core.UnionType && x.C.P == nil {
		out := bottom
		for _, m := range core.UnionMembers(x.T) {
			out = join(out, in.fieldNamed(ofType(m), name))
		}
		return out
	}
	if x.C.P != nil && core.TypeOf(x.C) == core.ModuleType {
		if b := core.As[core.Module](x.C).Lookup(name); b != nil {
			return in.global(b)
		}
		return anyElem
	}
	if x.C.P != nil && core.IsType(x.C) {
		return typeField(x.C, name)
	}
	d, ok := core.IsDataType(core.Unwrap(x.T))
	if !ok || d.Kind == core.KindAbstract || d.Kind == core.KindOpaque {
		return opaqueField(d, ok, name)
	}
	if d.Name == core.NamedTupleName && !d.Has(core.FlagNamedTuple) {
		return anyElem
	}
	d.Fields()
	i := d.FieldIndex(name)
	if i < 0 {
		return bottom
	}
	return in.field(x, i)
}

// opaqueField is a field of what has no fields in memory.
func opaqueField(d *core.DataType, ok bool, name *core.Symbol) Elem {
	if !ok {
		return anyElem
	}
	switch d {
	case core.ExprType:
		switch name.Name {
		case "head":
			return Elem{T: core.SymbolType.Value()}
		case "args":
			return Elem{T: core.VectorAnyT.Value()}
		}
	case core.LineNumberNodeType:
		if name.Name == "line" {
			return intElem
		}
	}
	return anyElem
}

// typeField is a field of a type.
func typeField(t core.Value, name *core.Symbol) Elem {
	d, ok := core.IsDataType(t)
	if !ok {
		return anyElem
	}
	switch name.Name {
	case "parameters":
		return ofConst(core.Svec(d.Params...))
	case "super":
		if d.Super != nil {
			return ofConst(d.Super.Value())
		}
	case "name":
		return Elem{T: core.TypeNameType.Value()}
	}
	return anyElem
}

// property is x.name.
func (f *frame) property(x Elem, ic *code.PropIC) Elem {
	in := f.in
	if x.none() {
		return bottom
	}
	if core.TypeOf(x.T) == core.UnionType && x.C.P == nil {
		if ms := core.UnionMembers(x.T); len(ms) <= maxSplit {
			out := bottom
			for _, m := range ms {
				out = join(out, f.property(ofType(m), ic).plain())
			}
			return out
		}
		return anyElem
	}
	if ic.Site == nil || ic.Site.Callee.P == nil || in.plainProperty(x, ic.Site.Callee) {
		return in.fieldNamed(x.plain(), ic.Name).plain()
	}
	return in.call(ofConst(ic.Site.Callee), []Elem{x.plain(), ofConst(ic.Name.Value())}, nil).plain()
}

// plainProperty reports whether getproperty of x is getfield.
func (in *Inferrer) plainProperty(x Elem, fn core.Value) bool {
	d, ok := core.IsDataType(x.T)
	if !ok || !d.Has(core.FlagConcrete) || isKind(d) || d.Kind != core.KindObject {
		return x.C.P != nil && core.TypeOf(x.C) == core.ModuleType
	}
	ce, err := in.rt.Lookup([]*core.DataType{core.TypeOf(fn), d, core.SymbolType}, nil, in.world)
	if err != nil {
		return false
	}
	return len(ce.Method.SigTup.Params) == 3 && ce.Method.SigTup.Params[1] == core.Any.Value()
}

// hasField is what HasField gives.
func hasField(x Elem, ic *code.PropIC) Elem {
	if x.none() {
		return bottom
	}
	d, ok := core.IsDataType(x.T)
	if !ok || !d.Has(core.FlagNamedTuple) && !(d.Name == core.NamedTupleName && d.Has(core.FlagConcrete)) {
		return boolElem
	}
	names := tupleItems(d.Params[0])
	if ic.Name == nil {
		known := tupleItems(ic.Names)
		for _, n := range names {
			if !contains(known, n) {
				return ofConst(core.MakeBool(false))
			}
		}
		return ofConst(core.MakeBool(true))
	}
	return ofConst(core.MakeBool(contains(names, ic.Name.Value())))
}

func contains(vs []core.Value, v core.Value) bool {
	for _, o := range vs {
		if o == v {
			return true
		}
	}
	return false
}

// tupleItems are the items of a tuple.
func tupleItems(t core.Value) []core.Value {
	d := core.TypeOf(t)
	if !d.Has(core.FlagTuple) || len(d.Params) == 0 {
		return nil
	}
	return t.Fields(len(d.Params))
}
