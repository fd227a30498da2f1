package prim

// This file: types and functions as data.

import (
	"slices"
	"strings"

	"weft/runtime/core"
	"weft/runtime/task"
)

var typeTable = []entry{
	{"type_super", 1, 1, "supertype of a type", func(_ *task.Task, a []core.Value) (core.Value, error) { return superOf(a[0]) }},
	{"type_name", 1, 1, "name of a type, as a Symbol", func(_ *task.Task, a []core.Value) (core.Value, error) {
		t, err := nominal("nameof", a[0])
		if err != nil {
			return core.Value{}, err
		}
		return t.Name.Name.Value(), nil
	}},
	{"type_module", 1, 1, "module that a type was defined in", func(_ *task.Task, a []core.Value) (core.Value, error) {
		t, err := nominal("parentmodule", a[0])
		if err != nil {
			return core.Value{}, err
		}
		if t.Name.Module == nil {
			return nothing, nil
		}
		return t.Name.Module.Value(), nil
	}},
	{"type_wrapper", 1, 1, "the type without its parameters", func(_ *task.Task, a []core.Value) (core.Value, error) {
		t, err := nominal("type_wrapper", a[0])
		if err != nil {
			return core.Value{}, err
		}
		return t.Name.Wrapper, nil
	}},
	{"type_marked", 2, 2, "text of a type, names seen from a module (nothing: all qualified); or a tuple of a text and of what stands in it as \x00 and is for show", func(t *task.Task, a []core.Value) (core.Value, error) {
		return typeMarked(t.Sched.RT, a[0], a[1])
	}},
	{"type_alias_note", 1, 1, "\"alias for ...\" when the text of the type is an alias, else an empty string", func(t *task.Task, a []core.Value) (core.Value, error) {
		return core.MakeString(t.Sched.RT.NewPrinter().AliasNote(a[0])), nil
	}},
	{"closure_source", 1, 1, "the expressions that define the methods of a closure's type, as far as they are known, as a Vector{Any}", func(t *task.Task, a []core.Value) (core.Value, error) {
		d, err := nominal("closure_source", a[0])
		if err != nil {
			return core.Value{}, err
		}
		var out []core.Value
		for _, m := range t.Sched.RT.Table(d.Name).Methods {
			if m.Source.P != nil && !slices.Contains(out, m.Source) {
				out = append(out, m.Source)
			}
		}
		return core.VectorAny(out).Value(), nil
	}},
	{"type_fieldnames", 1, 1, "names of the fields as a tuple of Symbols (of Ints for tuples)", typeFieldNames},
	{"type_fieldcount", 1, 1, "number of fields", func(_ *task.Task, a []core.Value) (core.Value, error) {
		t, err := nominal("fieldcount", a[0])
		if err != nil {
			return core.Value{}, err
		}
		if t.Name == core.NamedTupleName && !namesKnown(t) && len(t.Params) == 2 {
			// The types tell how many there are, if the names do not.
			if tt, ok := core.IsDataType(t.Params[1]); ok && tt.Has(core.FlagTuple) && !tt.Has(core.FlagVarargTup) {
				return core.Int(int64(len(tt.Params))), nil
			}
		}
		if t.Name.Abstract || t.Has(core.FlagVarargTup) || t.Name == core.NamedTupleName && !namesKnown(t) {
			return core.Value{}, core.ArgErrorf("type does not have a definite number of fields")
		}
		return core.Int(int64(declaredFields(t))), nil
	}},
	{"type_is", 2, 2, "property of a type: :abstract :concrete :mutable :bits :primitive :struct :singleton :function :closure :tuple :namedtuple :type", typeIs},
	{"type_field_offset", 2, 2, "byte offset of field i", func(_ *task.Task, a []core.Value) (core.Value, error) {
		t, err := typeArg("fieldoffset", a[0])
		if err != nil {
			return core.Value{}, err
		}
		l, ok := core.LayoutOf(t)
		i := int(a[1].N)
		if !ok || i < 1 || i > len(l.Offsets) {
			return core.Value{}, core.Err("BoundsError", a[0], a[1])
		}
		return core.Uint(uint64(l.Offsets[i-1])), nil
	}},
	{"type_field_marks", 2, 2, "whether field i is declared const and @atomic, a tuple", func(_ *task.Task, a []core.Value) (core.Value, error) {
		t, ok := core.IsDataType(core.Unwrap(a[0]))
		i := int(a[1].N) - 1
		marked := func(marks []bool) core.Value { return core.MakeBool(ok && i >= 0 && i < len(marks) && marks[i]) }
		if !ok {
			return makeTuple(marked(nil), marked(nil)), nil
		}
		return makeTuple(marked(t.Name.ConstFields), marked(t.Name.AtomicFields)), nil
	}},
	{"type_union_members", 1, 1, "the members of a Union as a tuple", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return makeTuple(core.UnionMembers(a[0])...), nil
	}},
	{"type_unionall", 2, 2, "body where var", func(_ *task.Task, a []core.Value) (core.Value, error) {
		if !a[0].Is(core.TypeVarType) {
			return core.Value{}, core.TypeErr("UnionAll", "", core.TypeVarType.Value(), a[0])
		}
		if !core.IsType(a[1]) && !a[1].Is(core.TypeVarType) && !a[1].Is(core.VarargType) {
			return core.Value{}, core.TypeErr("UnionAll", "", core.TypeType.Value(), a[1])
		}
		return core.MakeUnionAll(core.As[core.TypeVar](a[0]), a[1]), nil
	}},
	{"type_unwrap", 1, 1, "a type without its where", func(_ *task.Task, a []core.Value) (core.Value, error) { return core.Unwrap(a[0]), nil }},
	{"type_join", 2, 2, "the closest common supertype", func(_ *task.Task, a []core.Value) (core.Value, error) {
		for _, v := range a {
			if !core.IsType(v) && core.TypeOf(v) != core.TypeVarType {
				return core.Value{}, core.TypeErr("typejoin", "", core.TypeType.Value(), v)
			}
		}
		return joinTypes(a[0], a[1]), nil
	}},
	{"type_intersect", 2, 2, "what two types have in common", func(_ *task.Task, a []core.Value) (core.Value, error) {
		for _, v := range a {
			if !core.IsType(v) {
				return core.Value{}, core.TypeErr("typeassert", "", core.TypeType.Value(), v)
			}
		}
		return core.TypeIntersect(a[0], a[1]), nil
	}},
	{"ambiguity_fix", 2, 2, "ambiguity_fix(f, args): the signature of a method that would settle an ambiguous call, or an empty string", func(t *task.Task, a []core.Value) (core.Value, error) {
		args := append([]core.Value{a[0]}, tupleFields(a[1])...)
		types, exact := make([]*core.DataType, len(args)), make([]core.Value, len(args))
		for i, v := range args {
			types[i] = core.TypeOf(v)
			if core.IsType(v) {
				exact[i] = v
			}
		}
		_, err := t.Sched.RT.Lookup(types, exact, t.World)
		if e, ok := err.(*core.LookupError); ok && len(e.Ambiguous) > 0 {
			return core.MakeString(t.Sched.RT.AmbiguityFix(e.Ambiguous)), nil
		}
		return core.MakeString(""), nil
	}},
	{"type_morespecific", 2, 2, "whether of two signatures the first is preferred", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.MakeBool(core.MoreSpecific(a[0], a[1])), nil
	}},
	{"type_hasfree", 1, 1, "mentions type variables that are not bound in it", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.MakeBool(core.HasFree(a[0])), nil
	}},
	{"type_methods", 1, 1, "the methods of a function or type as a Vector{Any}", typeMethods},
	{"method_delete", 1, 1, "takes a method out of its function", func(t *task.Task, a []core.Value) (core.Value, error) {
		if !a[0].Is(core.MethodType) {
			return core.Value{}, unexpected("delete_method", core.MethodType, a[0])
		}
		return nothing, t.Sched.RT.DeleteMethod(core.As[core.Method](a[0]))
	}},
	{"type_alignment", 1, 1, "what objects of a type are aligned to, in bytes", func(_ *task.Task, a []core.Value) (core.Value, error) {
		t, err := typeArg("datatype_alignment", a[0])
		if err != nil {
			return core.Value{}, err
		}
		l, ok := core.LayoutOf(t)
		if !ok {
			return core.Value{}, core.Err("UndefRefError")
		}
		return core.Int(int64(l.Align)), nil
	}},
	{"type_match_env", 2, 2, "type_match_env(T, S): what the variables of S stand for in T <: S, as a tuple; the variables themselves where that is open", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return makeTuple(core.MatchEnv(a[0], a[1])...), nil
	}},
	{"method_which", 2, 3, "method_which(f, T, world): the method of f that a call with arguments of the tuple type T takes, or nothing", methodWhich},
	{"svec_length", 1, 1, "length of a SimpleVector", func(_ *task.Task, a []core.Value) (core.Value, error) {
		if !a[0].Is(core.SimpleVectorType) {
			return core.Value{}, unexpected("length", core.SimpleVectorType, a[0])
		}
		return core.Int(int64(len(core.As[core.SimpleVector](a[0]).Elems))), nil
	}},
	{"svec_get", 2, 2, "element i of a SimpleVector", func(_ *task.Task, a []core.Value) (core.Value, error) {
		if !a[0].Is(core.SimpleVectorType) {
			return core.Value{}, unexpected("getindex", core.SimpleVectorType, a[0])
		}
		e := core.As[core.SimpleVector](a[0]).Elems
		i := int(a[1].N)
		if i < 1 || i > len(e) {
			return core.Value{}, core.Err("BoundsError", a[0], a[1])
		}
		return defined(e[i-1])
	}},
	{"function_name", 1, 1, "the name of a function as a Symbol", func(_ *task.Task, a []core.Value) (core.Value, error) {
		n := core.TypeOf(a[0]).Name
		if n.FuncName != nil {
			return n.FuncName.Value(), nil
		}
		return core.Sym(strings.TrimPrefix(n.Name.Name, "#")).Value(), nil
	}},
	{"new_object", 1, -1, "new_object(T, fields...): an instance made without a constructor", func(_ *task.Task, a []core.Value) (core.Value, error) {
		t, err := typeArg("new", a[0])
		if err != nil {
			return core.Value{}, err
		}
		if t.Kind == core.KindSingleton {
			return t.Instance, nil
		}
		fs := t.Fields()
		if t.Kind != core.KindObject || !t.Has(core.FlagConcrete) || len(a)-1 > len(fs) {
			return core.Value{}, core.ArgErrorf("new: cannot make an instance of %s from %d fields", t.Name.Name.Name, len(a)-1)
		}
		for i, v := range a[1:] {
			if !core.Isa(v, fs[i]) {
				return core.Value{}, core.TypeErr("new", "", fs[i], v)
			}
		}
		v := core.NewObject(t, len(fs))
		for i, f := range a[1:] {
			v.SetField(i, f)
		}
		return v, nil
	}},
	{"object_copy", 1, 1, "a struct with the same fields", func(_ *task.Task, a []core.Value) (core.Value, error) {
		t := core.TypeOf(a[0])
		if t.Kind != core.KindObject {
			return a[0], nil
		}
		return core.NewStruct(t, a[0].Fields(core.NFields(a[0]))...), nil
	}},
	{"line_node", 2, 2, "LineNumberNode(line, file)", func(_ *task.Task, a []core.Value) (core.Value, error) {
		n, err := intArg(a[0])
		return core.ToValue(&core.LineNumberNode{Type: core.LineNumberNodeType, Line: int64(n), File: a[1]}), err
	}},
	{"quote_node", 1, 1, "QuoteNode(x)", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.ToValue(&core.QuoteNode{Type: core.QuoteNodeType, V: a[0]}), nil
	}},
	{"global_ref", 2, 2, "GlobalRef(module, name)", func(_ *task.Task, a []core.Value) (core.Value, error) {
		m, s, err := globalArgs("GlobalRef", a)
		if err != nil {
			return core.Value{}, err
		}
		return core.ToValue(&core.GlobalRef{Type: core.GlobalRefType, Mod: m, Name: s}), nil
	}},
	{"register_tags", 3, 3, "tells the engine the types UnitRange{Int}, StepRange{Int,Int}, OneTo{Int}", func(t *task.Task, a []core.Value) (core.Value, error) {
		for i, p := range []**core.DataType{&t.Sched.RT.Tags.UnitRangeInt, &t.Sched.RT.Tags.StepRangeInt, &t.Sched.RT.Tags.OneToInt} {
			d, err := typeArg("register_tags", a[i])
			if err != nil {
				return core.Value{}, err
			}
			*p = d
		}
		return nothing, nil
	}},
	{"quote_name", 1, 1, "a Symbol as it is written in source", func(_ *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("quote_name", a[0])
		return core.MakeString(core.QuoteName(s)), err
	}},
	{"symbol_literal", 1, 1, "a Symbol as show writes it, with the colon", func(_ *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("symbol_literal", a[0])
		return core.MakeString(core.SymbolLiteral(s)), err
	}},
	{"symbol_is_operator", 1, 1, "is an operator's name", func(_ *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("isoperator", a[0])
		return core.MakeBool(core.IsOperator(s)), err
	}},
}

// nominal is the DataType that a type is about.
func nominal(fn string, v core.Value) (*core.DataType, error) {
	if core.IsType(v) {
		if t, ok := core.IsDataType(core.Unwrap(v)); ok {
			return t, nil
		}
	}
	return nil, core.TypeErr(fn, "", core.DataTypeType.Value(), v)
}

func superOf(v core.Value) (core.Value, error) {
	if core.TypeOf(v) == core.UnionAllType {
		u := core.As[core.UnionAll](v)
		s, err := superOf(u.Body)
		if err != nil {
			return s, err
		}
		return core.MakeUnionAll(u.Var, s), nil
	}
	t, err := typeArg("supertype", v)
	if err != nil {
		return core.Value{}, err
	}
	return t.Super.Value(), nil
}

func namesKnown(t *core.DataType) bool {
	return len(t.Params) == 2 && core.TypeOf(t.Params[0]).Has(core.FlagTuple)
}

func declaredFields(t *core.DataType) int {
	switch {
	case t.Has(core.FlagTuple):
		return len(t.Params)
	case t.Name == core.NamedTupleName:
		return len(core.TypeOf(t.Params[0]).Params)
	}
	return len(t.Name.FieldNames)
}

func typeFieldNames(_ *task.Task, a []core.Value) (core.Value, error) {
	t, err := nominal("fieldnames", a[0])
	if err != nil {
		return core.Value{}, err
	}
	if t.Name.Abstract || t.Has(core.FlagVarargTup) {
		return core.Value{}, core.ArgErrorf("type does not have a definite number of fields")
	}
	switch {
	case t.Name == core.NamedTupleName:
		if !namesKnown(t) {
			return core.Value{}, core.ArgErrorf("type does not have a definite number of fields")
		}
		return t.Params[0], nil
	case t.Has(core.FlagTuple):
		vs := make([]core.Value, len(t.Params))
		for i := range vs {
			vs[i] = core.Int(int64(i + 1))
		}
		return makeTuple(vs...), nil
	}
	return makeTuple(symbolValues(t.Name.FieldNames)...), nil
}

func typeIs(_ *task.Task, a []core.Value) (core.Value, error) {
	what, err := textArg("type_is", a[1])
	if err != nil {
		return core.Value{}, err
	}
	t, isData := core.IsDataType(a[0])
	var ok bool
	switch what {
	case "type":
		ok = core.IsType(a[0])
	case "abstract":
		if u, is := core.IsDataType(core.Unwrap(a[0])); is {
			ok = u.Name.Abstract
		}
	case "mutable":
		if u, is := core.IsDataType(core.Unwrap(a[0])); is {
			ok = u.Name.Mutable || u.Has(core.FlagMutable)
		}
	case "concrete":
		ok = isData && t.Has(core.FlagConcrete)
	case "bits":
		ok = isData && t.Has(core.FlagConcrete) && t.IsBits()
	case "primitive":
		ok = isData && t.Has(core.FlagPrimitive)
	case "struct":
		if u, is := core.IsDataType(core.Unwrap(a[0])); is {
			ok = !u.Name.Abstract && !u.Has(core.FlagPrimitive)
		}
	case "singleton":
		ok = isData && t.Instance.P != nil
	case "function":
		ok = isData && t.Has(core.FlagFunction)
	case "closure":
		ok = isData && t.Has(core.FlagClosure)
	case "tuple":
		ok = isData && t.Has(core.FlagTuple)
	case "namedtuple":
		ok = isData && t.Name == core.NamedTupleName
	}
	return core.MakeBool(ok), nil
}

// joinTypes is typejoin.
func joinTypes(a, b core.Value) core.Value {
	anyT := core.Any.Value()
	switch {
	case core.Subtype(a, b):
		return b
	case core.Subtype(b, a):
		return a
	case core.TypeOf(a) == core.UnionType:
		u := core.As[core.Union](a)
		return joinTypes(joinTypes(u.A, u.B), b)
	case core.TypeOf(b) == core.UnionType:
		return joinTypes(b, a)
	case core.TypeOf(a) == core.UnionAllType:
		u := core.As[core.UnionAll](a)
		return core.MakeUnionAll(u.Var, joinTypes(u.Body, b))
	case core.TypeOf(b) == core.UnionAllType:
		return joinTypes(b, a)
	}
	x, ok := core.IsDataType(a)
	y, ok2 := core.IsDataType(b)
	if !ok || !ok2 {
		return anyT
	}
	if x.Has(core.FlagTuple) && y.Has(core.FlagTuple) {
		return joinTuples(x, y)
	}
	for ; y != core.Any; y = y.Super {
		if !core.Subtype(a, y.Name.Wrapper) {
			continue
		}
		for x.Name != y.Name && x != core.Any {
			x = x.Super
		}
		if x.Name != y.Name || len(x.Params) != len(y.Params) {
			return anyT
		}
		out := y.Name.Wrapper
		var vars []*core.TypeVar
		for i, p := range x.Params {
			u := core.As[core.UnionAll](out)
			// a kind, as DataType, is below Type with its variable
			own := core.Egal(p, u.Var.Value())
			if q := y.Params[i]; !own && core.Egal(p, q) || !own && core.IsType(p) && core.IsType(q) && core.Subtype(p, q) && core.Subtype(q, p) {
				var err error
				if out, err = core.ApplyType(out, []core.Value{p}); err != nil {
					return anyT
				}
				continue
			}
			vars = append(vars, u.Var)
			out = u.Body
		}
		for i := len(vars) - 1; i >= 0; i-- {
			out = core.MakeUnionAll(vars[i], out)
		}
		return out
	}
	return anyT
}

func joinTuples(x, y *core.DataType) core.Value {
	fixed := func(t *core.DataType) ([]core.Value, core.Value) {
		if t.Has(core.FlagVarargTup) {
			n := len(t.Params) - 1
			return t.Params[:n], core.As[core.Vararg](t.Params[n]).T
		}
		return t.Params, core.Value{}
	}
	xs, xr := fixed(x)
	ys, yr := fixed(y)
	n := min(len(xs), len(ys))
	ps := make([]core.Value, 0, n+1)
	for i := range n {
		ps = append(ps, joinTypes(xs[i], ys[i]))
	}
	rest := core.Value{}
	add := func(t core.Value) {
		if t.P == nil {
			return
		}
		if rest.P == nil {
			rest = t
		} else {
			rest = joinTypes(rest, t)
		}
	}
	for _, t := range append(append([]core.Value(nil), xs[n:]...), ys[n:]...) {
		add(t)
	}
	add(xr)
	add(yr)
	if rest.P != nil {
		ps = append(ps, core.ToValue(&core.Vararg{Type: core.VarargType, T: rest}))
	}
	return core.TupleOf(ps...).Value()
}

// calleeName is what the method table of a function, a type or a callable object belongs to.
func calleeName(f core.Value) *core.TypeName {
	tn := core.TypeOf(f).Name
	if core.IsType(f) {
		if d, ok := core.IsDataType(core.Unwrap(f)); ok {
			tn = d.Name
		}
	}
	return tn
}

func typeMethods(t *task.Task, a []core.Value) (core.Value, error) {
	var vs []core.Value
	if mt := t.Sched.RT.Known(calleeName(a[0])); mt != nil {
		for _, m := range mt.Methods {
			if m.To == core.Forever { // else another one has replaced it
				vs = append(vs, core.ToValue(m))
			}
		}
	}
	return core.VectorAny(vs).Value(), nil
}

func methodWhich(t *task.Task, a []core.Value) (core.Value, error) {
	tt, ok := core.IsDataType(core.Unwrap(a[1]))
	if !ok || !tt.Has(core.FlagTuple) {
		return core.Value{}, core.TypeErr("which", "", core.TupleType.Value(), a[1])
	}
	ft := core.TypeOf(a[0]).Value()
	if core.IsType(a[0]) {
		var err error
		if ft, err = core.ApplyType(core.TypeType.Value(), a[:1]); err != nil {
			return core.Value{}, err
		}
	}
	sig := core.Rewrap(core.TupleOf(append([]core.Value{ft}, tt.Params...)...).Value(), a[1])
	world := t.World
	if len(a) > 2 {
		world = a[2].N
	}
	var best *core.Method
	rt := t.Sched.RT
	seen := []*core.MethodTable{rt.Callable(calleeName(a[0]))}
	if core.IsType(a[0]) {
		seen = append(seen, rt.Callable(core.TypeTypeName))
	}
	for _, mt := range seen {
		if mt == nil {
			continue
		}
		for _, m := range mt.Methods {
			if m.From <= world && world <= m.To && core.Subtype(sig, m.Sig) && (best == nil || core.MoreSpecific(m.Sig, best.Sig)) {
				best = m
			}
		}
	}
	if best == nil {
		return nothing, nil
	}
	for _, mt := range seen {
		if mt == nil {
			continue
		}
		for _, m := range mt.Methods {
			if m != best && m.From <= t.World && t.World <= m.To && core.Subtype(sig, m.Sig) && !core.MoreSpecific(best.Sig, m.Sig) {
				return nothing, nil // neither is preferred
			}
		}
	}
	return core.ToValue(best), nil
}
