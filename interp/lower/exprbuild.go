package lower

// This file makes core Exprs from parsed source: the Builder that package
// syntax drives, and the helpers by which the passes read and write Exprs.

import (
	"math"

	"weft/interp/syntax"
	"weft/runtime/core"
)

// Exprs is the syntax.Builder that makes core values. File is the name that
// its line nodes carry.
type Exprs struct{}

var headSyms = func() (h [syntax.NumKinds]*core.Symbol) {
	for k := range h {
		h[k] = core.Sym(syntax.Kind(k).String())
	}
	return h
}()

// Symbol makes a Symbol.
func (Exprs) Symbol(name string) core.Value { return core.Sym(name).Value() }

// Expr makes an Expr; args is copied.
func (Exprs) Expr(head syntax.Kind, args []core.Value) core.Value {
	return core.MakeExpr(headSyms[head], append([]core.Value(nil), args...)...)
}

// Line makes a LineNumberNode.
func (Exprs) Line(line int, file string) core.Value { return lineNode(line, file) }

// Quote makes a QuoteNode.
func (Exprs) Quote(v core.Value) core.Value { return quoteNode(v) }

// Nothing makes nothing.
func (Exprs) Nothing() core.Value { return core.Nothing() }

// Bool makes a Bool.
func (Exprs) Bool(v bool) core.Value { return core.MakeBool(v) }

// Int64 makes an Int64.
func (Exprs) Int64(v int64) core.Value { return core.Int(v) }

// UInt makes an unsigned integer of 8, 16, 32 or 64 bits.
func (Exprs) UInt(width int, v uint64) core.Value {
	switch width {
	case 8:
		return core.Bits(core.UInt8, v)
	case 16:
		return core.Bits(core.UInt16, v)
	case 32:
		return core.Bits(core.UInt32, v)
	}
	return core.Uint(v)
}

// Float64 makes a Float64.
func (Exprs) Float64(v float64) core.Value { return core.Float(v) }

// Float32 makes a Float32.
func (Exprs) Float32(v float32) core.Value {
	return core.Bits(core.Float32, uint64(math.Float32bits(v)))
}

// Char makes a Char from Julia's bits.
func (Exprs) Char(bits uint32) core.Value { return core.MakeChar(bits) }

// String makes a String.
func (Exprs) String(s string) core.Value { return core.MakeString(s) }

// SystemExprs is Exprs with the module that GlobalRefs of the parser name.
type SystemExprs struct {
	Exprs
	RT *core.Runtime
}

// Expr makes an Expr; that of a text with errors has a Meta.ParseError.
func (b SystemExprs) Expr(head syntax.Kind, args []core.Value) core.Value {
	if (head == syntax.KError || head == syntax.KIncomplete) && len(args) > 0 && args[0].Is(core.StringType) {
		detail := core.Nothing()
		if len(args) > 1 {
			detail = args[1]
		}
		if c := b.RT.Base.Own(core.Sym("ParseError")); c != nil && c.Value.P != nil {
			if t, ok := core.IsDataType(c.Value); ok {
				return b.Exprs.Expr(head, []core.Value{core.NewStruct(t, args[0], detail)})
			}
		}
	}
	return b.Exprs.Expr(head, args)
}

// GlobalRef makes a GlobalRef of module Core (or Base).
func (b SystemExprs) GlobalRef(module, name string) core.Value {
	m := b.RT.Core
	if module == "Base" || name == "@cmd" {
		m = b.RT.Base
	}
	return globalRef(m, core.Sym(name))
}

// ParseAll parses a whole text to Expr(:toplevel, line, statement, ...), as
// Meta.parseall does. Errors are in the tree.
func ParseAll(rt *core.Runtime, f *syntax.File) (core.Value, *syntax.Tree) {
	t := syntax.Parse(f)
	return syntax.ToExpr[core.Value](SystemExprs{RT: rt}, t, t.Root), t
}

// ParseOne parses one expression from the byte offset on, as Meta.parse(str,
// pos; greedy) does; next is where it ended. The value is nothing when only
// blanks are left.
func ParseOne(rt *core.Runtime, f *syntax.File, offset int, greedy bool) (v core.Value, next int, t *syntax.Tree) {
	t, next = syntax.ParseOne(f, offset, greedy)
	if t.Root == syntax.NoNode {
		return core.Nothing(), next, t
	}
	return syntax.ToExpr[core.Value](SystemExprs{RT: rt}, t, t.Root), next, t
}

func lineNode(line int, file string) core.Value {
	fv := core.Nothing()
	if file != "" {
		fv = core.Sym(file).Value()
	}
	return core.ToValue(&core.LineNumberNode{Type: core.LineNumberNodeType, Line: int64(line), File: fv})
}

func quoteNode(v core.Value) core.Value {
	return core.ToValue(&core.QuoteNode{Type: core.QuoteNodeType, V: v})
}

func globalRef(m *core.Module, s *core.Symbol) core.Value {
	return core.ToValue(&core.GlobalRef{Type: core.GlobalRefType, Mod: m, Name: s})
}

func makeExpr(head string, args ...core.Value) core.Value {
	return core.MakeExpr(core.Sym(head), args...)
}

func symValue(name string) core.Value { return core.Sym(name).Value() }

// exprOf returns v as an Expr, or nil.
func exprOf(v core.Value) *core.Expr {
	if v.Is(core.ExprType) {
		return core.As[core.Expr](v)
	}
	return nil
}

// exprHead returns v as an Expr with that head, or nil.
func exprHead(v core.Value, head string) *core.Expr {
	if e := exprOf(v); e != nil && e.Head.Name == head {
		return e
	}
	return nil
}

// symOf returns v as a Symbol, or nil.
func symOf(v core.Value) *core.Symbol {
	if v.Is(core.SymbolType) {
		return core.As[core.Symbol](v)
	}
	return nil
}

// nameOf returns the name of a Symbol or a GlobalRef, or nil.
func nameOf(v core.Value) *core.Symbol {
	if r := refOf(v); r != nil {
		return r.Name
	}
	return symOf(v)
}

// refOf returns v as a GlobalRef, or nil.
func refOf(v core.Value) *core.GlobalRef {
	if v.Is(core.GlobalRefType) {
		return core.As[core.GlobalRef](v)
	}
	return nil
}

// lineOf returns v as a line: a LineNumberNode or Expr(:line, n, file).
func lineOf(v core.Value) (line int, file string, ok bool) {
	if v.Is(core.LineNumberNodeType) {
		l := core.As[core.LineNumberNode](v)
		if s := symOf(l.File); s != nil {
			file = s.Name
		}
		return int(l.Line), file, true
	}
	if e := exprHead(v, "line"); e != nil && e.Args.Len > 0 && e.Args.Get(0).Is(core.Int64) {
		if e.Args.Len > 1 {
			if s := symOf(e.Args.Get(1)); s != nil {
				file = s.Name
			}
		}
		return int(e.Args.Get(0).Int64()), file, true
	}
	return 0, "", false
}

// args views the arguments of e.
func args(e *core.Expr) []core.Value { return e.Args.Values() }

// quoted returns what v quotes: a QuoteNode, Expr(:quote, x) or Expr(:inert, x).
func quoted(v core.Value) (core.Value, bool) {
	if v.Is(core.QuoteNodeType) {
		return core.As[core.QuoteNode](v).V, true
	}
	if e := exprOf(v); e != nil && e.Args.Len == 1 && (e.Head.Name == "quote" || e.Head.Name == "inert") {
		return e.Args.Get(0), true
	}
	return core.Value{}, false
}

// isUnderscores reports whether name has only underscores.
func isUnderscores(name string) bool {
	for i := range len(name) {
		if name[i] != '_' {
			return false
		}
	}
	return name != ""
}

// dotOperator returns the operator of a dotted one: + for .+; also in a GlobalRef.
func dotOperator(v core.Value) (core.Value, bool) {
	s := nameOf(v)
	if s == nil || len(s.Name) < 2 || s.Name[0] != '.' || s.Name[1] == '.' {
		return v, false
	}
	op := core.Sym(s.Name[1:])
	if r := refOf(v); r != nil {
		return globalRef(r.Mod, op), true
	}
	return op.Value(), true
}
