package core

// Printing of types, as Julia's show.

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unsafe"
)

// Printer writes types. Names are qualified unless they are visible from
// module From.
type Printer struct {
	RT      *Runtime
	From    *Module // nil: qualify every name
	Compact bool    // never qualify
	NoAlias bool    // write Array{Int64, 1} rather than Vector{Int64}
	// Show writes a type parameter that is no type; nil knows the common ones.
	Show func(Value) string
	// Mark, where it is not nil, is asked for the text of all that stands within what is printed.
	Mark func(Value) (string, bool)

	env []*TypeVar // variables whose bounds are printed elsewhere
}

// NewPrinter returns the Printer of messages: names are seen from Main.
func (r *Runtime) NewPrinter() *Printer { return &Printer{RT: r, From: r.Main} }

// TypeString returns the type (or type variable, Vararg, parameter) v as text,
// seen from Main.
func (r *Runtime) TypeString(v Value) string { return r.NewPrinter().Type(v) }

// Type returns v as text.
func (p *Printer) Type(v Value) string {
	var b strings.Builder
	if TypeOf(v) == DataTypeType {
		p.showType(&b, v)
	} else {
		p.show(&b, v)
	}
	return b.String()
}

// KnowsParam reports whether the text of a type parameter that is no type is known here, and not
// only to the methods of show.
func KnowsParam(v Value) bool {
	t := TypeOf(v)
	switch t {
	case Bool, Int8, Int16, Int32, Int64, UInt8, UInt16, UInt32, UInt64, Float64, Char:
		return true
	}
	return t == SymbolType || t == StringType || t == ModuleType ||
		t == NothingType || t.Has(FlagTuple) || t.Kind == KindSingleton && t.Has(FlagFunction)
}

// AliasNote returns the text in brackets that the display of an alias
// adds, "alias for Array{Int64, 1}", or nothing.
func (p *Printer) AliasNote(v Value) string {
	if !IsType(v) || printsBare(v) || !p.showAlias(new(strings.Builder), v) && !p.aliasesCover(v) {
		return ""
	}
	q := *p
	q.NoAlias = true
	return "alias for " + q.Type(v)
}

// printsBare reports whether the type is what its name alone denotes.
func printsBare(v Value) bool {
	d, ok := IsDataType(unwrap(v))
	return ok && d.Name.Wrapper == v
}

func (p *Printer) show(b *strings.Builder, v Value) {
	if v.P == nil {
		b.WriteString("#undef")
		return
	}
	if p.Mark != nil {
		if s, ok := p.Mark(v); ok {
			b.WriteString(s)
			return
		}
	}
	switch TypeOf(v) {
	case TypeVarType:
		p.showVar(b, (*TypeVar)(v.P))
	case VarargType:
		a := (*Vararg)(v.P)
		b.WriteString("Vararg{")
		p.show(b, a.T)
		if a.N.P != nil {
			b.WriteString(", ")
			p.show(b, a.N)
		}
		b.WriteByte('}')
	case DataTypeType, UnionType, UnionAllType, BottomType:
		p.showType(b, v)
	default:
		p.showParam(b, v)
	}
}

func (p *Printer) showType(b *strings.Builder, v Value) {
	if v == Bottom {
		b.WriteString("Union{}")
		return
	}
	if printsBare(v) {
		p.typeName(b, (*DataType)(unwrap(v).P).Name)
		return
	}
	if !p.NoAlias && p.showAlias(b, v) {
		return
	}
	switch TypeOf(v) {
	case DataTypeType:
		p.dataType(b, (*DataType)(v.P), nil)
		return
	case UnionType:
		p.union(b, v)
		return
	}
	q := *p
	var wheres []*TypeVar
	for TypeOf(v) == UnionAllType {
		u := (*UnionAll)(v.P)
		if q.nameTaken(u.Var) || u.Var.Name.Name == "_" {
			for i := 1; ; i++ {
				nv := &TypeVar{TypeVarType, Sym(u.Var.Name.Name + strconv.Itoa(i)), u.Var.Lower, u.Var.Upper}
				if !q.nameTaken(nv) {
					u = &UnionAll{UnionAllType, nv, Subst(u.Body, []*TypeVar{u.Var}, []Value{nv.Value()})}
					break
				}
			}
		}
		wheres = append(wheres, u.Var)
		q.env = append(q.env[:len(q.env):len(q.env)], u.Var)
		v = u.Body
	}
	if d, ok := IsDataType(v); ok {
		wheres = q.dataType(b, d, wheres)
	} else {
		q.show(b, v)
	}
	p.wheres(b, wheres)
}

func (p *Printer) nameTaken(v *TypeVar) bool {
	for _, o := range p.env {
		if o != v && o.Name == v.Name {
			return true
		}
	}
	return false
}

// wheres writes ` where ...`.
func (p *Printer) wheres(b *strings.Builder, vs []*TypeVar) {
	if len(vs) == 0 {
		return
	}
	q := *p
	for i, v := range vs {
		switch {
		case len(vs) == 1:
			b.WriteString(" where ")
		case i == 0:
			b.WriteString(" where {")
		default:
			b.WriteString(", ")
		}
		q.showVar(b, v)
		q.env = append(q.env[:len(q.env):len(q.env)], v)
	}
	if len(vs) > 1 {
		b.WriteByte('}')
	}
}

func (p *Printer) showVar(b *strings.Builder, v *TypeVar) {
	for _, o := range p.env {
		if o == v {
			b.WriteString(quoteName(v.Name.Name))
			return
		}
	}
	bound := func(t Value) {
		if TypeOf(t) == UnionAllType && !printsBare(t) {
			b.WriteByte('(')
			p.show(b, t)
			b.WriteByte(')')
			return
		}
		p.show(b, t)
	}
	anyUpper := v.Upper.P == unsafe.Pointer(Any)
	switch {
	case v.Lower == Bottom:
		b.WriteString(quoteName(v.Name.Name))
	case anyUpper:
		b.WriteString(quoteName(v.Name.Name))
		b.WriteString(">:")
		bound(v.Lower)
	default:
		bound(v.Lower)
		b.WriteString("<:")
		b.WriteString(quoteName(v.Name.Name))
	}
	if !anyUpper {
		b.WriteString("<:")
		bound(v.Upper)
	}
}

// isGensym reports whether a variable has no name of its own, as T in Vector{<:Real}.
func isGensym(s *Symbol) bool { return strings.Contains(s.Name, "#") }

// dataType writes t with its parameters and returns the wheres that are still to
// be written: those that could be put into the parameters are done.
func (p *Printer) dataType(b *strings.Builder, t *DataType, wheres []*TypeVar) []*TypeVar {
	if t.Name == TupleName {
		p.tuple(b, t)
		return wheres
	}
	if t.Name == NamedTupleName && len(t.Params) == 2 && TypeOf(t.Params[0]).Has(FlagTuple) {
		if tt, ok := IsDataType(t.Params[1]); ok && tt.Has(FlagTuple) && !tt.Has(FlagVarargTup) {
			b.WriteString("@NamedTuple{")
			for i, n := range t.Params[0].Fields(len(TypeOf(t.Params[0]).Params)) {
				if i > 0 {
					b.WriteString(", ")
				}
				b.WriteString(quoteName((*Symbol)(n.P).Name))
				if i < len(tt.Params) && tt.Params[i].P != unsafe.Pointer(Any) {
					b.WriteString("::")
					p.show(b, tt.Params[i])
				}
			}
			b.WriteByte('}')
			return wheres
		}
	}
	p.typeName(b, t.Name)
	var orig []Value
	if t.Name.Primary != nil {
		orig = t.Name.Primary.Params
	}
	return p.params(b, t.Params, orig, wheres)
}

// params writes {...}. A trailing variable that is as declared is left out, and
// one that has no name is written as its bound.
func (p *Printer) params(b *strings.Builder, ps, orig []Value, wheres []*TypeVar) []*TypeVar {
	n, elide := len(ps), len(wheres)
	canElide := func(v *TypeVar, skip int) bool {
		if elide == 0 || wheres[elide-1] != v {
			return false
		}
		for _, w := range wheres[elide:] {
			if occursFree(w.Lower, v) || occursFree(w.Upper, v) {
				return false
			}
		}
		for i, q := range ps {
			if i != skip && occursFree(q, v) {
				return false
			}
		}
		return true
	}
	for i := n - 1; i >= 0; i-- {
		if TypeOf(ps[i]) != TypeVarType {
			continue
		}
		v := (*TypeVar)(ps[i].P)
		if !canElide(v, i) {
			continue
		}
		if i == n-1 && i < len(orig) && sameBounds(v, orig[i]) {
			n--
			elide--
		} else if isGensym(v.Name) && (v.Lower == Bottom || v.Upper.P == unsafe.Pointer(Any)) {
			elide--
		}
	}
	if n > 0 {
		b.WriteByte('{')
		for i, q := range ps[:n] {
			if i > 0 {
				b.WriteString(", ")
			}
			if TypeOf(q) == TypeVarType && indexVar(wheres, (*TypeVar)(q.P)) >= elide {
				if v := (*TypeVar)(q.P); v.Lower == Bottom {
					b.WriteString("<:")
					p.show(b, v.Upper)
				} else {
					b.WriteString(">:")
					p.show(b, v.Lower)
				}
				continue
			}
			p.show(b, q)
		}
		b.WriteByte('}')
	}
	return wheres[:elide]
}

func sameBounds(v *TypeVar, o Value) bool {
	if TypeOf(o) != TypeVarType {
		return false
	}
	w := (*TypeVar)(o.P)
	return sameParam(v.Lower, w.Lower) && sameParam(v.Upper, w.Upper)
}

func indexVar(vs []*TypeVar, v *TypeVar) int {
	for i, o := range vs {
		if o == v {
			return i
		}
	}
	return -1
}

// tuple writes a Tuple type; a tail of more than three equal elements is
// contracted.
func (p *Printer) tuple(b *strings.Builder, t *DataType) {
	n := len(t.Params)
	tail := 1
	for i := n - 2; i >= 0 && sameParam(t.Params[i], t.Params[n-1]); i-- {
		tail++
	}
	if n == tail && tail > 3 {
		fmt.Fprintf(b, "NTuple{%d, ", n)
		p.show(b, t.Params[0])
		b.WriteByte('}')
		return
	}
	b.WriteString("Tuple{")
	head := n
	if tail > 3 {
		head = n - tail
	}
	for i, q := range t.Params[:head] {
		if i > 0 {
			b.WriteString(", ")
		}
		p.show(b, q)
	}
	if tail > 3 {
		b.WriteString(", Vararg{")
		p.show(b, t.Params[n-1])
		fmt.Fprintf(b, ", %d}", tail)
	}
	b.WriteByte('}')
}

// typeName writes the name of a type, qualified where it is not visible; the
// type of a function as typeof(f).
func (p *Printer) typeName(b *strings.Builder, n *TypeName) {
	sym, isFunc := n.Name, false
	if n.FuncName != nil && !strings.ContainsAny(n.FuncName.Name, "#@") && n.Primary.Kind == KindSingleton && n.Module != nil {
		if f := n.Module.Lookup(n.FuncName); f != nil && f.Value.P != nil && TypeOf(f.Value) == n.Primary {
			sym, isFunc = n.FuncName, true
		}
	}
	if isFunc {
		b.WriteString("typeof(")
	}
	if n.Until != 0 { // replaced by another type of this name
		b.WriteString("@world(")
		defer fmt.Fprintf(b, ", %d:%d)", n.Since, n.Until)
	}
	quote := false
	if !p.Compact && n.Module != nil && (p.From == nil || !p.visible(sym, n.Module)) {
		b.WriteString(n.Module.Path())
		b.WriteByte('.')
		if isFunc && IsOperator(sym.Name) {
			b.WriteByte(':')
			if sym.Name == "." || strings.HasPrefix(SymbolLiteral(sym.Name), ":(") {
				b.WriteByte('(')
				quote = true
			}
		}
	}
	b.WriteString(quoteName(sym.Name))
	if quote {
		b.WriteByte(')')
	}
	if isFunc {
		b.WriteByte(')')
	}
}

// visible reports whether name means in From what it means in m.
func (p *Printer) visible(name *Symbol, m *Module) bool {
	if p.From == m {
		return true
	}
	a := p.From.Lookup(name)
	if a == nil || a.Value.P == nil {
		return false
	}
	o := m.Lookup(name)
	return o == a || o != nil && sameConst(o, a)
}

func (p *Printer) showParam(b *strings.Builder, v Value) {
	if p.Show != nil {
		b.WriteString(p.Show(v))
		return
	}
	t := TypeOf(v)
	switch {
	case t == SymbolType:
		b.WriteString(SymbolLiteral((*Symbol)(v.P).Name))
	case t == Bool:
		b.WriteString(strconv.FormatBool(v.N == 1))
	case t == Int64 || t == Int32 || t == Int16 || t == Int8:
		b.WriteString(strconv.FormatInt(int64(v.N), 10))
	case t == UInt64 || t == UInt32 || t == UInt16 || t == UInt8:
		fmt.Fprintf(b, "0x%0*x", 2*t.Size, v.N)
	case t == Float64:
		b.WriteString(floatLiteral(v.Float64()))
	case t == Char:
		u := uint32(v.N)
		bs := []byte{byte(u >> 24), byte(u >> 16), byte(u >> 8), byte(u)}
		n := 4
		for n > 1 && bs[n-1] == 0 {
			n--
		}
		b.WriteString("'" + string(bs[:n]) + "'")
	case t == StringType:
		b.WriteString(strconv.Quote(v.Str()))
	case t == ModuleType:
		b.WriteString((*Module)(v.P).Path())
	case t.Has(FlagTuple):
		b.WriteByte('(')
		n := len(t.Params)
		for i, f := range v.Fields(n) {
			if i > 0 {
				b.WriteString(", ")
			}
			p.show(b, f)
		}
		if n == 1 {
			b.WriteByte(',')
		}
		b.WriteByte(')')
	case t.Kind == KindSingleton && t.Has(FlagFunction):
		b.WriteString(quoteName(t.Name.FuncName.Name))
	case t == NothingType:
		b.WriteString("nothing")
	default:
		p.typeName(b, t.Name)
		b.WriteByte('(')
		if t.Kind == KindObject {
			for i, f := range v.Fields(NFields(v)) {
				if i > 0 {
					b.WriteString(", ")
				}
				p.show(b, f)
			}
		} else if t.Kind == KindBits {
			fmt.Fprintf(b, "0x%0*x", 2*t.Size, v.N)
		}
		b.WriteByte(')')
	}
}

func floatLiteral(f float64) string {
	switch {
	case math.IsInf(f, 1):
		return "Inf"
	case math.IsInf(f, -1):
		return "-Inf"
	case f != f:
		return "NaN"
	}
	s := strconv.FormatFloat(f, 'g', -1, 64)
	if !strings.ContainsAny(s, ".e") {
		s += ".0"
	}
	return s
}

// SymbolLiteral writes a Symbol as an expression: :x, :+, :for, Symbol("a b").
func SymbolLiteral(s string) string {
	switch {
	case strings.Contains(" : :: := = == != === !== => >= <= ", " "+s+" "):
		return ":(" + s + ")"
	case s == "'":
	case IsIdentifier(s) || IsOperator(s):
		return ":" + s
	}
	return "Symbol(" + strings.ReplaceAll(strconv.Quote(s), "$", "\\$") + ")"
}
