package lower

// This file prints forms as S-expressions, for tests and for people.

import (
	"fmt"
	"strings"

	"weft/interp/code"
	"weft/runtime/core"
)

var kindNames = [...]string{
	Const: "const", CopyAST: "copyast", Name: "name", Global: "global", SParam: "sparam", Slot: "slot",
	Call: "call", Apply: "apply", New: "new", NewSplat: "newsplat",
	Assign: "=", LocalDecl: "local", LocalDef: "localdef", GlobalDecl: "global", ConstDecl: "constdecl", TypedDecl: "decl",
	Latest: "latestworld", IsDefined: "isdefined", Destructure: "destructure", IsLocal: "islocal", Locals: "locals",
	Block: "block", If: "if", While: "while", For: "for", BreakBlock: "breakblock", Break: "break", Return: "return",
	Try: "try", TheExc: "exc", Label: "label", Goto: "goto", Scope: "scope",
	Lambda: "lambda", Method: "method", FuncDecl: "funcdecl", OpaqueFn: "opaque",
	Struct: "struct", Abstract: "abstract", Primitive: "primitive", Module: "module", Import: "import", Export: "export",
	TopLevel: "toplevel", Line: "line", Meta: "meta",
}

// String renders f on one line: names as they are, globals as Module.name,
// temporaries as %1, %2 in the order of their appearance.
func (f *Form) String() string {
	p := printer{temps: map[*Var]int{}, names: map[*core.Symbol]int{}}
	p.form(f)
	return p.b.String()
}

type printer struct {
	b     strings.Builder
	temps map[*Var]int
	names map[*core.Symbol]int
}

// sym prints a name; names of the desugarer's own get a number.
func (p *printer) sym(s *core.Symbol) {
	if s == nil {
		p.b.WriteString("_")
		return
	}
	p.b.WriteString(s.Name)
	if s.Hash == 0 {
		n, ok := p.names[s]
		if !ok {
			n = len(p.names) + 1
			p.names[s] = n
		}
		fmt.Fprint(&p.b, n)
	}
}

func (p *printer) list(head string, fs []*Form) {
	p.b.WriteString("(" + head)
	for _, f := range fs {
		p.b.WriteByte(' ')
		p.form(f)
	}
	p.b.WriteByte(')')
}

func (p *printer) form(f *Form) {
	if f == nil {
		p.b.WriteString("_")
		return
	}
	switch f.Kind {
	case Const:
		if f.Val.Is(core.SymbolType) {
			p.b.WriteByte(':')
		}
		if t := core.TypeOf(f.Val); t.Has(core.FlagTuple) {
			p.b.WriteByte('(')
			for i, v := range f.Val.Fields(len(t.Params)) {
				if i > 0 {
					p.b.WriteByte(' ')
				}
				p.form(&Form{Kind: Const, Val: v})
			}
			p.b.WriteByte(')')
			return
		}
		deparse(&p.b, f.Val)
	case CopyAST:
		p.b.WriteString("(copyast ")
		deparse(&p.b, f.Val)
		p.b.WriteByte(')')
	case Name:
		p.sym(f.Sym)
	case Global:
		p.b.WriteString(f.Mod.Name.Name + ".")
		p.sym(f.Sym)
	case Slot:
		n, ok := p.temps[f.Var]
		if !ok {
			n = len(p.temps) + 1
			p.temps[f.Var] = n
		}
		fmt.Fprintf(&p.b, "%%%d", n)
	case Call:
		p.list("call", f.Kids)
	case Apply:
		p.b.WriteString("(apply")
		for i, k := range f.Kids {
			p.b.WriteByte(' ')
			p.form(k)
			if i > 0 && f.Def.([]bool)[i-1] {
				p.b.WriteString("...")
			}
		}
		p.b.WriteByte(')')
	case LocalDecl, LocalDef, GlobalDecl, Latest, Break, Label, Goto, IsLocal:
		p.b.WriteString("(" + kindNames[f.Kind] + " ")
		p.sym(f.Sym)
		p.b.WriteByte(')')
	case Meta:
		p.b.WriteString("(meta ")
		p.sym(f.Sym)
		p.b.WriteByte(')')
	case For, BreakBlock:
		h := kindNames[f.Kind]
		if f.Flags&Outer != 0 {
			h += "-outer"
		}
		p.b.WriteString("(" + h + " ")
		p.sym(f.Sym)
		for _, k := range f.Kids {
			p.b.WriteByte(' ')
			p.form(k)
		}
		p.b.WriteByte(')')
	case Destructure:
		h := "destructure"
		if f.Index >= 0 {
			h = fmt.Sprintf("destructure:%d", f.Index)
		}
		p.list(h, f.Kids)
	case Scope:
		if f.Flags&Hard != 0 {
			p.list("hard", f.Kids)
		} else {
			p.list("soft", f.Kids)
		}
	case Lambda, Method:
		p.function(f)
	case Struct, Abstract, Primitive:
		p.typeDef(f)
	case Module:
		fmt.Fprintf(&p.b, "(module %s)", f.Def.(*code.ModuleDef).Name)
	case Import:
		fmt.Fprintf(&p.b, "(import %+v)", *f.Def.(*code.ImportDef))
	case Export:
		fmt.Fprintf(&p.b, "(export %+v)", *f.Def.(*code.ExportDef))
	case Line:
		fmt.Fprintf(&p.b, "(line %s:%d)", f.Def, f.Line)
	case TopLevel:
		p.b.WriteString("(toplevel)")
	default:
		p.list(kindNames[f.Kind], f.Kids)
	}
}

func (p *printer) svars(vs []SVar) {
	if len(vs) == 0 {
		return
	}
	p.b.WriteString(" where{")
	for i, v := range vs {
		if i > 0 {
			p.b.WriteByte(' ')
		}
		if v.Lower != nil {
			p.form(v.Lower)
			p.b.WriteString("<:")
		}
		p.sym(v.Sym)
		if v.Upper != nil {
			p.b.WriteString("<:")
			p.form(v.Upper)
		}
	}
	p.b.WriteByte('}')
}

func (p *printer) function(f *Form) {
	fn := f.Fn
	p.b.WriteString("(" + kindNames[f.Kind])
	for _, k := range f.Kids {
		p.b.WriteByte(' ')
		p.form(k)
	}
	if fn.Generated {
		p.b.WriteString(" generated")
	}
	if fn.KwOf != nil {
		p.b.WriteString(" kwof:")
		p.sym(fn.KwOf)
	}
	p.b.WriteString(" (")
	for i, a := range fn.Args {
		if i > 0 {
			p.b.WriteByte(' ')
		}
		p.sym(a)
		t := fn.SelfType
		if i > 0 {
			t = nil
			if i-1 < len(fn.Types) {
				t = fn.Types[i-1]
			}
		}
		if t != nil {
			p.b.WriteString("::")
			p.form(t)
		}
	}
	if fn.Vararg {
		p.b.WriteString("...")
		if fn.VarargLen != nil {
			p.form(fn.VarargLen)
		}
	}
	p.b.WriteByte(')')
	p.svars(fn.SVars)
	p.b.WriteByte(' ')
	body := fn.Body
	if body == nil && fn.Desugar != nil {
		var err error
		if body, err = fn.Desugar(); err != nil {
			p.b.WriteString("error: " + err.Error())
		}
	}
	p.form(body)
	p.b.WriteByte(')')
}

func (p *printer) typeDef(f *Form) {
	def := f.Def.(*TypeDef)
	p.b.WriteString("(" + kindNames[f.Kind] + " ")
	if def.Mutable {
		p.b.WriteString("mutable ")
	}
	p.sym(def.Sym)
	p.svars(def.Vars)
	if def.Super != nil {
		p.b.WriteString(" <: ")
		p.form(def.Super)
	}
	for i, s := range def.Fields {
		p.b.WriteByte(' ')
		if def.Const[i] {
			p.b.WriteString("const ")
		}
		if def.Atomic[i] {
			p.b.WriteString("atomic ")
		}
		p.sym(s)
		if t := def.FieldTypes[i]; t != nil {
			p.b.WriteString("::")
			p.form(t)
		}
	}
	if def.Bits != nil {
		p.b.WriteByte(' ')
		p.form(def.Bits)
	}
	if f.Kind == Struct {
		fmt.Fprintf(&p.b, " ninit:%d", def.NInit)
	}
	for _, k := range def.Inner {
		p.b.WriteByte(' ')
		p.form(k)
	}
	p.b.WriteByte(')')
}
