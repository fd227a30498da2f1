package core

// Docstrings: what was written about a name, by whom, for which signature.

import (
	"slices"
	"strconv"
	"strings"
)

// Doc is one docstring. It stands with the module that owns the name; From wrote
// it. What has to be evaluated is kept as source until somebody asks.
type Doc struct {
	From   *Module
	Text   Value // a String, a SimpleVector of parts, a GlobalRef whose docs are meant, or any object
	Sig    Value // the head of the definition, unevaluated, or nothing
	Fields Value // a SimpleVector of field names and their docs, or nothing
	Line   Value // a LineNumberNode, or nothing
	Taken  bool  // Julia's side has it
}

// AddDoc adds a docstring of name to those of its owner, in the place of an
// earlier one with the same head.
func (r *Runtime) AddDoc(owner *Module, name *Symbol, d *Doc) {
	if len(owner.Docs) == 0 {
		r.Documented = append(r.Documented, owner)
	}
	for i, old := range owner.Docs[name] {
		if old.From == d.From && SameSource(old.Sig, d.Sig) {
			owner.Docs[name][i] = d
			return
		}
	}
	owner.Docs[name] = append(owner.Docs[name], d)
}

// Submodule returns the module that a binding has the name of, or nil.
func (b *Binding) Submodule() *Module {
	if !b.Value.Is(ModuleType) || As[Module](b.Value).Name != b.Name {
		return nil
	}
	return As[Module](b.Value)
}

// DocText joins the docstrings of a name of m, "" if there are none.
func (m *Module) DocText(name *Symbol) string {
	docs := m.Docs[name]
	if b := m.Lookup(name); b != nil {
		if sub := b.Submodule(); sub != nil {
			docs = append(docs[:len(docs):len(docs)], sub.Docs[name]...)
		} else if docs == nil && b.Owner != nil {
			docs = b.Owner.Docs[name]
		}
	}
	var parts []string
	for _, d := range docs {
		text := strings.Trim(docText(d.From, d.Text), "\n")
		if text += "\n"; text != "\n" && !slices.Contains(parts, text) {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "\n---\n\n")
}

func docText(from *Module, v Value) string {
	switch {
	case v.Is(StringType):
		return v.Str()
	case v.Is(SymbolType):
		return As[Symbol](v).Name
	case v.Is(GlobalRefType):
		if r := As[GlobalRef](v); r.Mod != from || len(r.Mod.Docs[r.Name]) > 0 {
			return r.Mod.DocText(r.Name)
		}
	case v.Is(SimpleVectorType):
		s := ""
		for _, e := range (*SimpleVector)(v.P).Elems {
			s += docText(from, e)
		}
		return s
	case v.Is(Int64):
		return strconv.FormatInt(int64(v.N), 10)
	case v.Is(ModuleType):
		return As[Module](v).Path()
	case IsType(v):
		return new(Printer).Type(v)
	}
	return ""
}

// SameSource reports whether two pieces of source are written alike, lines aside.
func SameSource(a, b Value) bool {
	if a.P == nil || b.P == nil {
		return a.P == b.P
	}
	if !a.Is(ExprType) || !b.Is(ExprType) {
		return Egal(a, b) || a.Is(LineNumberNodeType) && b.Is(LineNumberNodeType)
	}
	x, y := As[Expr](a), As[Expr](b)
	if x.Head != y.Head || x.Args.Len != y.Args.Len {
		return false
	}
	for i := range x.Args.Len {
		if !SameSource(x.Args.Get(i), y.Args.Get(i)) {
			return false
		}
	}
	return true
}
