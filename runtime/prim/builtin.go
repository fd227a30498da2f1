package prim

// This file: the builtin functions of Core under Julia's own names. What has to
// run code (eval, invoke, kwcall, ...) is the engine's.

import (
	"weft/runtime/core"
	"weft/runtime/task"
)

var builtinTable = []entry{
	{"typeof", 1, 1, "the concrete type of x", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.TypeOf(a[0]).Value(), nil
	}},
	{"===", 2, 2, "whether two values cannot be told apart", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.MakeBool(core.Egal(a[0], a[1])), nil
	}},
	{"!==", 2, 2, "the opposite of ===", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.MakeBool(!core.Egal(a[0], a[1])), nil
	}},
	{"isa", 2, 2, "whether x is of type T", func(_ *task.Task, a []core.Value) (core.Value, error) {
		if !core.IsType(a[1]) {
			return core.Value{}, core.TypeErr("isa", "", core.TypeType.Value(), a[1])
		}
		return core.MakeBool(core.Isa(a[0], a[1])), nil
	}},
	{"<:", 2, 2, "whether every value of type A is of type B", func(_ *task.Task, a []core.Value) (core.Value, error) {
		for _, v := range a {
			if !core.IsType(v) {
				return core.Value{}, core.TypeErr("<:", "", core.TypeType.Value(), v)
			}
		}
		return core.MakeBool(core.Subtype(a[0], a[1])), nil
	}},
	{"typeassert", 2, 2, "x if it is of type T, else a TypeError", func(_ *task.Task, a []core.Value) (core.Value, error) {
		if !core.IsType(a[1]) {
			return core.Value{}, core.TypeErr("typeassert", "", core.TypeType.Value(), a[1])
		}
		if !core.Isa(a[0], a[1]) {
			return core.Value{}, core.TypeErr("typeassert", "", a[1], a[0])
		}
		return a[0], nil
	}},
	{"tuple", 0, -1, "the tuple of the arguments", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return makeTuple(a...), nil
	}},
	{"Typeof", 1, 1, "the type of x, Type{x} for a type", func(_ *task.Task, a []core.Value) (core.Value, error) {
		if core.IsType(a[0]) {
			return core.TypeTypeName.Apply(a[:1]).Value(), nil
		}
		return core.TypeOf(a[0]).Value(), nil
	}},
	{"svec", 0, -1, "the SimpleVector of the arguments", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.Svec(append([]core.Value(nil), a...)...), nil
	}},
	{"throw", 1, 1, "throws an object as an exception", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.Value{}, &core.Throw{Value: a[0]}
	}},
	{"ifelse", 3, 3, "the second or the third argument; both have been evaluated", func(_ *task.Task, a []core.Value) (core.Value, error) {
		if !a[0].Is(core.Bool) {
			return core.Value{}, core.TypeErr("ifelse", "", core.Bool.Value(), a[0])
		}
		if a[0].N != 0 {
			return a[1], nil
		}
		return a[2], nil
	}},
	{"apply_type", 1, -1, "T{params...}", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.ApplyType(a[0], a[1:])
	}},
	{"getfield", 2, 4, "the field of x with a name or a number", getField},
	{"setfield!", 3, 4, "stores v into a field of x; v must be of the field's type", setField},
	{"swapfield!", 3, 4, "stores v into a field of x and returns what was there", func(t *task.Task, a []core.Value) (core.Value, error) {
		old, unset := getField(t, a[:2])
		if _, err := storeField("swapfield!", a, true); err != nil {
			return core.Value{}, err
		}
		return old, unset
	}},
	{"replace_field", 5, 5, "replace_field(who, x, name, want, v): stores v into a field if it held want: (old, success)", func(t *task.Task, a []core.Value) (core.Value, error) {
		who, err := textArg("replace_field", a[0])
		if err != nil {
			return core.Value{}, err
		}
		old, err := getField(t, a[1:3])
		if err != nil {
			return core.Value{}, err
		}
		if !core.Egal(old, a[3]) {
			return tuple2(old, core.MakeBool(false)), nil
		}
		_, err = storeField(who, []core.Value{a[1], a[2], a[4]}, false)
		return tuple2(old, core.MakeBool(true)), err
	}},
	{"store_field", 4, 4, "store_field(who, x, name, v): stores v into a field whatever its order", func(t *task.Task, a []core.Value) (core.Value, error) {
		who, err := textArg("store_field", a[0])
		if err != nil {
			return core.Value{}, err
		}
		return storeField(who, a[1:], false)
	}},
	{"field_order", 5, 5, "field_order(who, x, name, order, what): throws where a field may not be :written or :accessed in an order", func(t *task.Task, a []core.Value) (core.Value, error) {
		who, err := textArg("field_order", a[0])
		if err != nil {
			return core.Value{}, err
		}
		what, err := textArg("field_order", a[4])
		if err != nil {
			return core.Value{}, err
		}
		vt := core.TypeOf(a[1])
		if vt.Kind != core.KindObject {
			return nothing, nil
		}
		i, err := fieldIndex(who, a[1], a[2])
		if err != nil {
			return core.Value{}, err
		}
		return nothing, checkOrder(who, what, vt, i, a[3], true)
	}},
	{"isdefined", 2, 3, "whether a field of x is assigned, or a global of a module defined", isDefined},
	{"nfields", 1, 1, "number of fields of x", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.Int(int64(fieldCount(a[0]))), nil
	}},
	{"fieldtype", 2, 3, "declared type of a field of T", fieldType},
	{"getglobal", 2, 3, "the value of a global", getGlobal},
	{"setglobal!", 3, 4, "assigns a global", func(_ *task.Task, a []core.Value) (core.Value, error) {
		m, s, err := globalArgs("setglobal!", a)
		if err != nil {
			return core.Value{}, err
		}
		b := m.Own(s)
		if b == nil {
			return core.Value{}, m.Undeclared(s)
		}
		if b.Flags&core.BindConst != 0 {
			return core.Value{}, core.Errorf("invalid assignment to constant %s.%s. This redefinition may be permitted using the `const` keyword.", m.Name.Name, s.Name)
		}
		if len(a) > 3 && a[3].Is(core.SymbolType) && core.As[core.Symbol](a[3]).Name == "not_atomic" {
			return core.Value{}, core.Err("ConcurrencyViolationError", core.MakeString("setglobal!: module binding cannot be written non-atomically"))
		}
		if b.Flags&core.BindTyped != 0 && !core.Isa(a[2], b.Decl) {
			return core.Value{}, core.TypeErr("setglobal!", "", b.Decl, a[2])
		}
		b.Value = a[2]
		return a[2], nil
	}},
	{"isdefinedglobal", 2, 4, "whether a global is defined", isDefined},
	{"_expr", 1, -1, "Expr(head, args...)", makeExpr},
	{"expr", 1, -1, "Expr(head, args...)", makeExpr},
	{"_typevar", 3, 3, "TypeVar(name, lower, upper)", func(_ *task.Task, a []core.Value) (core.Value, error) {
		n, err := textArg("TypeVar", a[0])
		if err != nil {
			return core.Value{}, err
		}
		if err := core.CheckBound(a[1], "lower"); err != nil {
			return core.Value{}, err
		}
		if err := core.CheckBound(a[2], "upper"); err != nil {
			return core.Value{}, err
		}
		return core.NewVar(n, a[1], a[2]).Value(), nil
	}},
	{"sizeof_value", 1, 1, "bytes that x takes", sizeOf},
}

func makeExpr(_ *task.Task, a []core.Value) (core.Value, error) {
	if !a[0].Is(core.SymbolType) {
		return core.Value{}, core.TypeErr("Expr", "", core.SymbolType.Value(), a[0])
	}
	return core.MakeExpr(core.As[core.Symbol](a[0]), append([]core.Value(nil), a[1:]...)...), nil
}

// fieldCount is nfields.
func fieldCount(v core.Value) int {
	t := core.TypeOf(v)
	switch t.Kind {
	case core.KindObject:
		return core.NFields(v)
	case core.KindOpaque:
		return len(t.Name.FieldNames)
	}
	return 0
}

// fieldIndex finds the field (from 0) that a name or number means.
func fieldIndex(fn string, v, which core.Value) (int, error) {
	t := core.TypeOf(v)
	if which.Is(core.SymbolType) {
		s := core.As[core.Symbol](which)
		if i := t.FieldIndex(s); i >= 0 {
			return i, nil
		}
		return 0, core.Err("FieldError", t.Value(), which)
	}
	if !which.Is(core.Int64) {
		return 0, core.TypeErr(fn, "", numberOrName(), which)
	}
	if i := int(which.N); i >= 1 && i <= fieldCount(v) {
		return i - 1, nil
	}
	return 0, core.Err("BoundsError", v, which)
}

func getField(t *task.Task, a []core.Value) (core.Value, error) {
	v := a[0]
	vt := core.TypeOf(v)
	if vt.Kind == core.KindObject {
		i, err := fieldIndex("getfield", v, a[1])
		if err != nil {
			return core.Value{}, err
		}
		if len(a) > 2 {
			if err := checkOrder("getfield", "accessed", vt, i, a[len(a)-1], false); err != nil {
				return core.Value{}, err
			}
		}
		if f := v.Field(i); f.P != nil {
			return f, nil
		}
		return core.Value{}, core.Err("UndefRefError")
	}
	if vt == core.ModuleType {
		return getGlobal(t, a)
	}
	if a[1].Is(core.SymbolType) {
		f, ok, err := opaqueField(v, core.As[core.Symbol](a[1]).Name)
		if ok || err != nil {
			return f, err
		}
		return core.Value{}, core.Err("FieldError", vt.Value(), a[1])
	}
	if a[1].Is(core.Int64) {
		if i := int(a[1].N) - 1; i >= 0 && i < len(vt.Name.FieldNames) {
			f, ok, err := opaqueField(v, vt.Name.FieldNames[i].Name)
			if ok || err != nil {
				return f, err
			}
		}
		return core.Value{}, core.Err("BoundsError", v, a[1])
	}
	return core.Value{}, core.TypeErr("getfield", "", numberOrName(), a[1])
}

// numberOrName is the type of what says which field is meant.
func numberOrName() core.Value { return core.NewUnion(core.Int64.Value(), core.SymbolType.Value()) }

// checkOrder refuses atomic access to a plain field, and plain access to an atomic one if an
// order is asked for, or plainly means that it is not atomic.
func checkOrder(fn, what string, t *core.DataType, i int, order core.Value, plainly bool) error {
	name := ""
	if order.P != nil && order.Is(core.SymbolType) {
		name = core.As[core.Symbol](order).Name
	}
	if name != "" && !orderAllowed(fn, what, name) {
		return core.Err("ConcurrencyViolationError", core.MakeString("invalid atomic ordering"))
	}
	atomic := i < len(t.Name.AtomicFields) && t.Name.AtomicFields[i]
	switch {
	case atomic && (name == "not_atomic" || name == "" && plainly):
		return core.Err("ConcurrencyViolationError", core.MakeString(fn+": atomic field cannot be "+what+" non-atomically"))
	case !atomic && name != "" && name != "not_atomic":
		return core.Err("ConcurrencyViolationError", core.MakeString(fn+": non-atomic field cannot be "+what+" atomically"))
	}
	return nil
}

// orderAllowed reports whether name is an order in which fn may read or write a field.
func orderAllowed(fn, what, name string) bool {
	switch name {
	case "not_atomic", "unordered", "monotonic", "sequentially_consistent":
		return true
	case "acquire":
		return fn != "setfield!"
	case "release":
		return what == "written"
	case "acquire_release":
		return what == "written" && fn != "setfield!"
	}
	return false
}

// opaqueField reads the fields that Julia gives the builtin objects.
func opaqueField(v core.Value, name string) (core.Value, bool, error) {
	yes := func(x core.Value) (core.Value, bool, error) { return x, true, nil }
	switch core.TypeOf(v) {
	case core.ExprType:
		x := core.As[core.Expr](v)
		switch name {
		case "head":
			return yes(x.Head.Value())
		case "args":
			return yes(x.Args.Value())
		}
	case core.QuoteNodeType:
		if name == "value" {
			return yes(core.As[core.QuoteNode](v).V)
		}
	case core.LineNumberNodeType:
		switch name {
		case "line":
			return yes(core.Int(core.As[core.LineNumberNode](v).Line))
		case "file":
			return yes(core.As[core.LineNumberNode](v).File)
		}
	case core.GlobalRefType:
		switch name {
		case "mod":
			return yes(core.As[core.GlobalRef](v).Mod.Value())
		case "name":
			return yes(core.As[core.GlobalRef](v).Name.Value())
		}
	case core.DataTypeType:
		x := core.As[core.DataType](v)
		switch name {
		case "name":
			return yes(core.ToValue(x.Name))
		case "super":
			return yes(x.Super.Value())
		case "parameters":
			return yes(core.Svec(x.Params...))
		case "types":
			return yes(core.Svec(x.Fields()...))
		case "instance":
			if x.Instance.P == nil {
				return core.Value{}, false, core.Err("UndefRefError")
			}
			return yes(x.Instance)
		case "size":
			if l, ok := core.LayoutOf(x); ok {
				return yes(core.Bits(core.Int32, uint64(uint32(l.Size))))
			}
			return core.Value{}, false, core.Err("UndefRefError")
		case "hash":
			return yes(core.Int(int64(x.Hash)))
		case "isconcretetype":
			return yes(core.MakeBool(x.Has(core.FlagConcrete)))
		}
	case core.TypeNameType:
		x := core.As[core.TypeName](v)
		switch name {
		case "name":
			return yes(x.Name.Value())
		case "singletonname":
			if x.FuncName != nil {
				return yes(x.FuncName.Value())
			}
			return yes(x.Name.Value())
		case "module":
			if x.Module != nil {
				return yes(x.Module.Value())
			}
			return yes(nothing)
		case "wrapper":
			return yes(x.Wrapper)
		case "names":
			return yes(core.Svec(symbolValues(x.FieldNames)...))
		case "cache":
			return yes(core.Svec(x.Instances()...))
		case "n_uninitialized":
			return yes(core.Bits(core.Int32, uint64(len(x.FieldNames)-x.NInit)))
		}
	case core.UnionAllType:
		switch name {
		case "var":
			return yes(core.As[core.UnionAll](v).Var.Value())
		case "body":
			return yes(core.As[core.UnionAll](v).Body)
		}
	case core.UnionType:
		switch name {
		case "a":
			return yes(core.As[core.Union](v).A)
		case "b":
			return yes(core.As[core.Union](v).B)
		}
	case core.TypeVarType:
		x := core.As[core.TypeVar](v)
		switch name {
		case "name":
			return yes(x.Name.Value())
		case "lb":
			return yes(x.Lower)
		case "ub":
			return yes(x.Upper)
		}
	case core.VarargType:
		x := core.As[core.Vararg](v)
		switch name {
		case "T":
			return yes(orNothing(x.T))
		case "N":
			return yes(orNothing(x.N))
		}
	case core.MethodType:
		return methodField(core.As[core.Method](v), name)
	}
	return core.Value{}, false, nil
}

func symbolValues(ss []*core.Symbol) []core.Value {
	vs := make([]core.Value, len(ss))
	for i, s := range ss {
		vs[i] = s.Value()
	}
	return vs
}

func methodField(m *core.Method, name string) (core.Value, bool, error) {
	yes := func(x core.Value) (core.Value, bool, error) { return x, true, nil }
	switch name {
	case "name":
		return yes(m.Name.Value())
	case "module":
		if m.Module == nil {
			return yes(nothing)
		}
		return yes(m.Module.Value())
	case "sig":
		return yes(m.Sig)
	case "file":
		if m.File == nil {
			return yes(core.Sym("").Value())
		}
		return yes(m.File.Value())
	case "line":
		return yes(core.Bits(core.Int32, uint64(int64(int32(m.Line)))))
	case "is_generated":
		return yes(core.MakeBool(m.Gen))
	case "nargs":
		return yes(core.Bits(core.Int32, uint64(m.NArgs)))
	case "isva":
		return yes(core.MakeBool(m.Vararg))
	case "primary_world":
		return yes(core.Uint(m.From))
	case "nkw":
		return yes(core.Bits(core.Int32, uint64(len(m.KwNames))))
	case "argnames":
		return yes(core.VectorAny(symbolValues(m.Args)).Value())
	case "kwnames":
		return yes(core.VectorAny(symbolValues(m.KwNames)).Value())
	}
	return core.Value{}, false, nil
}

func setField(_ *task.Task, a []core.Value) (core.Value, error) {
	return storeField("setfield!", a, true)
}

// storeField stores a[2] into the field a[1] of a[0], in the order a[3] if it is to be ordered.
func storeField(fn string, a []core.Value, ordered bool) (core.Value, error) {
	v, x := a[0], a[2]
	t := core.TypeOf(v)
	if t == core.ExprType && a[1].Is(core.SymbolType) {
		e := core.As[core.Expr](v)
		switch core.As[core.Symbol](a[1]).Name {
		case "head":
			if !x.Is(core.SymbolType) {
				return core.Value{}, core.TypeErr(fn, "", core.SymbolType.Value(), x)
			}
			e.Head = core.As[core.Symbol](x)
			return x, nil
		case "args":
			if !x.Is(core.VectorAnyT) {
				return core.Value{}, core.TypeErr(fn, "", core.VectorAnyT.Value(), x)
			}
			e.Args = core.As[core.Array](x)
			return x, nil
		}
	}
	if t.Kind != core.KindObject || !t.Has(core.FlagMutable) {
		return core.Value{}, core.Errorf("%s: immutable struct of type %s cannot be changed", fn, t.Name.Name.Name)
	}
	i, err := fieldIndex(fn, v, a[1])
	if err != nil {
		return core.Value{}, err
	}
	if c := t.Name.ConstFields; i < len(c) && c[i] {
		return core.Value{}, core.Errorf("%s: const field .%s of type %s cannot be changed", fn, t.Name.FieldNames[i].Name, t.Name.Name.Name)
	}
	var order core.Value
	if len(a) > 3 {
		order = a[3]
	}
	if ordered {
		if err := checkOrder(fn, "written", t, i, order, true); err != nil {
			return core.Value{}, err
		}
	}
	ft := t.Fields()[i]
	if !(ft.P == core.Any.Value().P) && !core.Isa(x, ft) {
		return core.Value{}, core.TypeErr(fn, "", ft, x)
	}
	v.SetField(i, x)
	return x, nil
}

func isDefined(t *task.Task, a []core.Value) (core.Value, error) {
	v := a[0]
	if v.Is(core.ModuleType) {
		m, s, err := globalArgs("isdefined", a)
		if err != nil {
			return core.Value{}, err
		}
		b := m.Lookup(s)
		return core.MakeBool(b != nil && b.Value.P != nil), nil
	}
	if core.TypeOf(v).Kind != core.KindObject {
		_, err := getField(t, a[:2])
		return core.MakeBool(err == nil), nil
	}
	i, err := fieldIndex("isdefined", v, a[1])
	if err != nil {
		return core.MakeBool(false), nil
	}
	if len(a) > 2 {
		if err := checkOrder("isdefined", "accessed", core.TypeOf(v), i, a[2], false); err != nil {
			return core.Value{}, err
		}
	}
	return core.MakeBool(v.Field(i).P != nil), nil
}

func globalArgs(fn string, a []core.Value) (*core.Module, *core.Symbol, error) {
	if !a[0].Is(core.ModuleType) {
		return nil, nil, core.TypeErr(fn, "", core.ModuleType.Value(), a[0])
	}
	if !a[1].Is(core.SymbolType) {
		return nil, nil, core.TypeErr(fn, "", core.SymbolType.Value(), a[1])
	}
	return core.As[core.Module](a[0]), core.As[core.Symbol](a[1]), nil
}

func getGlobal(t *task.Task, a []core.Value) (core.Value, error) {
	m, s, err := globalArgs("getglobal", a)
	if err != nil {
		return core.Value{}, err
	}
	if b := m.Lookup(s); b != nil && b.Value.P != nil {
		if len(b.Past) > 0 && t != nil {
			v, _ := b.In(t.World)
			return v, nil
		}
		return b.Value, nil
	}
	return core.Value{}, core.Err("UndefVarError", a[1], core.Uint(0), a[0])
}

// fieldTypeOfUnion is the union of what the field is in those members that have it.
func fieldTypeOfUnion(u, field core.Value) (core.Value, error) {
	var types []core.Value
	var failed error
	for _, m := range core.UnionMembers(u) {
		f, err := fieldType(nil, []core.Value{m, field})
		if err != nil {
			failed = err
			continue
		}
		types = append(types, f)
	}
	if types == nil {
		return core.Value{}, failed
	}
	return core.NewUnion(types...), nil
}

// fieldTypeOfNamedTuple reads the tuple of types, as far as it is known.
func fieldTypeOfNamedTuple(t *core.DataType, field core.Value) (core.Value, error) {
	if field.Is(core.SymbolType) {
		i := -1
		if namesKnown(t) {
			i = t.FieldIndex(core.As[core.Symbol](field))
		}
		if i < 0 {
			return core.Value{}, core.Err("FieldError", core.ToValue(t), field)
		}
		field = core.Int(int64(i + 1))
	}
	i, err := intArg(field)
	if err != nil {
		return core.Value{}, err
	}
	if i < 1 || namesKnown(t) && i > len(t.Params[0].Fields(len(core.TypeOf(t.Params[0]).Params))) {
		return core.Value{}, core.Err("BoundsError", core.ToValue(t), field)
	}
	return fieldType(nil, []core.Value{t.Params[1], field})
}

func fieldType(_ *task.Task, a []core.Value) (core.Value, error) {
	switch core.TypeOf(a[0]) {
	case core.UnionAllType:
		u := core.As[core.UnionAll](a[0])
		f, err := fieldType(nil, []core.Value{u.Body, a[1]})
		if err != nil {
			return f, err
		}
		return core.MakeUnionAll(u.Var, f), nil
	case core.UnionType:
		return fieldTypeOfUnion(a[0], a[1])
	case core.TypeVarType:
		return fieldType(nil, []core.Value{core.As[core.TypeVar](a[0]).Upper, a[1]})
	case core.DataTypeType:
	default:
		return core.Value{}, core.TypeErr("fieldtype", "", core.DataTypeType.Value(), a[0])
	}
	t := core.As[core.DataType](a[0])
	if t.Name == core.NamedTupleName {
		return fieldTypeOfNamedTuple(t, a[1])
	}
	fs := t.Fields()
	if a[1].Is(core.SymbolType) {
		i := t.FieldIndex(core.As[core.Symbol](a[1]))
		if i < 0 {
			return core.Value{}, core.Err("FieldError", a[0], a[1])
		}
		if i < len(fs) {
			return fs[i], nil
		}
		return core.Any.Value(), nil
	}
	i, err := intArg(a[1])
	if err != nil {
		return core.Value{}, err
	}
	if t.Has(core.FlagVarargTup) && i >= len(fs) && i > 0 {
		return core.As[core.Vararg](fs[len(fs)-1]).T, nil
	}
	if i < 1 || i > len(fs) {
		return core.Value{}, core.Err("BoundsError", a[0], a[1])
	}
	return fs[i-1], nil
}
