package lower

// This file is how the passes refuse source: LowerError, and short renderings
// of Exprs for its messages.

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"weft/runtime/core"
)

// LowerError is an error found while lowering; users see it as
// `ERROR: syntax: Msg`.
type LowerError struct {
	Msg  string
	File string
	Line int
	Flow bool // about labels and loops: the text names no place
}

// Error gives Julia's text of the error.
func (e *LowerError) Error() string {
	s := "syntax: " + e.Msg
	if e.File != "" && e.Line > 0 && !e.Flow {
		s += fmt.Sprintf(" around %s:%d", e.File, e.Line)
	}
	return s
}

// thrown carries an error out of the recursion of a pass; catch turns it back.
type thrown struct{ err error }

// catch is deferred by the entries of the passes.
func catch(err *error) {
	if r := recover(); r != nil {
		t, ok := r.(thrown)
		if !ok {
			panic(r)
		}
		*err = t.err
	}
}

// describe renders an expression for an error message as Julia's
// deparser does for the usual cases.
func describe(v core.Value) string {
	var b strings.Builder
	deparse(&b, v)
	return b.String()
}

func firstOf(vs []core.Value) core.Value {
	if len(vs) == 0 {
		return core.Value{}
	}
	return vs[0]
}

func deparseList(b *strings.Builder, vs []core.Value, sep string) {
	for i, v := range vs {
		if i > 0 {
			b.WriteString(sep)
		}
		deparse(b, v)
	}
}

func deparse(b *strings.Builder, v core.Value) {
	switch {
	case v.IsUndef():
		b.WriteString("#undef")
	case v.Is(core.SymbolType):
		b.WriteString(symOf(v).Name)
	case v.Is(core.StringType):
		fmt.Fprintf(b, "%q", v.Str())
	case v.Is(core.Int64):
		fmt.Fprint(b, v.Int64())
	case v.Is(core.Float64):
		s := fmt.Sprint(v.Float64())
		if !strings.ContainsAny(s, ".eIN") {
			s += ".0"
		}
		b.WriteString(s)
	case v.Is(core.Bool):
		fmt.Fprint(b, v.N == 1)
	case v.IsNothing():
		b.WriteString("nothing")
	case v.Is(core.GlobalRefType):
		r := refOf(v)
		b.WriteString(r.Mod.Name.Name + "." + r.Name.Name)
	case v.Is(core.QuoteNodeType):
		q := core.As[core.QuoteNode](v).V
		if symOf(q) == core.Sym(":") {
			b.WriteString(":(:)")
			return
		}
		b.WriteString(":")
		deparse(b, q)
	case v.Is(core.ExprType):
		deparseExpr(b, exprOf(v))
	default:
		b.WriteString("#<" + core.TypeOf(v).Name.Name.Name + ">")
	}
}

func isOperatorName(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case n == 0 || r == '_' || r == '@' || r == '#' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z':
		return false
	}
	return r < 0x80 || strings.ContainsRune("÷⊻≤≥≠∈∉⊆∘√", r)
}

func deparseExpr(b *strings.Builder, e *core.Expr) {
	as := args(e)
	h := e.Head.Name
	bracket := func(first int, open, end string) {
		if first == 1 {
			deparse(b, as[0])
		}
		b.WriteString(open)
		deparseList(b, as[first:], ", ")
		b.WriteString(end)
	}
	switch {
	case h == "call" && len(as) == 3 && symOf(as[0]) != nil && isOperatorName(symOf(as[0]).Name):
		op := symOf(as[0]).Name
		if op == ":" {
			deparse(b, as[1])
			b.WriteString(op)
			deparse(b, as[2])
			return
		}
		b.WriteString("(")
		deparse(b, as[1])
		b.WriteString(" " + op + " ")
		deparse(b, as[2])
		b.WriteString(")")
	case h == "call" && len(as) > 0:
		bracket(1, "(", ")")
	case h == "curly" && len(as) > 0:
		bracket(1, "{", "}")
	case h == "ref" && len(as) > 0:
		bracket(1, "[", "]")
	case h == "vect" || h == "hcat" || h == "vcat":
		b.WriteString("[")
		deparseList(b, as, map[string]string{"vect": ", ", "hcat": " ", "vcat": "; "}[h])
		b.WriteString("]")
	case h == "tuple":
		b.WriteString("(")
		if p := exprHead(firstOf(as), "parameters"); p != nil {
			deparseList(b, as[1:], ", ")
			b.WriteString("; ")
			deparseList(b, args(p), ", ")
		} else {
			deparseList(b, as, ", ")
		}
		if len(as) == 1 {
			b.WriteString(",")
		}
		b.WriteString(")")
	case h == "." && len(as) == 2:
		deparse(b, as[0])
		b.WriteString(".")
		if q, ok := quoted(as[1]); ok {
			deparse(b, q)
		} else {
			deparse(b, as[1])
		}
	case h == "..." && len(as) == 1:
		deparse(b, as[0])
		b.WriteString("...")
	case h == "::" && len(as) == 1:
		b.WriteString("::")
		deparse(b, as[0])
	case h == "::" && len(as) == 2:
		deparse(b, as[0])
		b.WriteString("::")
		deparse(b, as[1])
	case h == "where" && len(as) == 2:
		deparse(b, as[0])
		b.WriteString(" where ")
		deparse(b, as[1])
	case h == "kw" && len(as) == 2:
		deparse(b, as[0])
		b.WriteString("=")
		deparse(b, as[1])
	case h == "'" && len(as) == 1:
		deparse(b, as[0])
		b.WriteString("'")
	case h == "$" && len(as) == 1:
		b.WriteString("$")
		deparse(b, as[0])
	case h == "quote" && len(as) == 1:
		b.WriteString(":(")
		deparse(b, as[0])
		b.WriteString(")")
	case len(as) == 2 && (isOperatorName(h)):
		deparse(b, as[0])
		b.WriteString(" " + h + " ")
		deparse(b, as[1])
	case h == "if" || h == "while" || h == "for" || h == "function" || h == "let" || h == "do" || h == "block":
		deparseNested(b, e)
	case h == "global" || h == "local" || h == "const" || h == "return":
		b.WriteString(h + " ")
		deparseList(b, as, ", ")
	default:
		b.WriteString("(" + h)
		for _, a := range as {
			b.WriteString(" ")
			deparse(b, a)
		}
		b.WriteString(")")
	}
}

// deparseNested renders what ends with an end: its parts are indented, each on a line.
func deparseNested(b *strings.Builder, e *core.Expr) {
	as := args(e)
	word := e.Head.Name
	if word == "block" {
		word = "begin"
	}
	if word == "do" && len(as) == 2 { // a call, then a function
		deparse(b, as[0])
		b.WriteString(" do")
		if f := exprHead(as[1], "->"); f != nil && f.Args.Len == 2 {
			if t := exprHead(f.Args.Get(0), "tuple"); t != nil && t.Args.Len > 0 {
				b.WriteString(" ")
				deparseList(b, args(t), ", ")
			}
			deparseBody(b, f.Args.Get(1))
		}
		b.WriteString("end")
		return
	}
	b.WriteString(word)
	if word != "begin" && len(as) > 0 {
		b.WriteString(" ")
		deparse(b, as[0])
		as = as[1:]
	}
	if e.Head.Name == "block" {
		deparseBody(b, core.ToValue(e))
	} else {
		for i, a := range as {
			if i > 0 {
				b.WriteString("else")
			}
			deparseBody(b, a)
		}
	}
	b.WriteString("end")
}

// deparseBody renders the statements of v, between the line before and the one after.
func deparseBody(b *strings.Builder, v core.Value) {
	vs := []core.Value{v}
	if bl := exprHead(v, "block"); bl != nil {
		vs = args(bl)
	}
	b.WriteString("\n")
	for _, v := range vs {
		var part strings.Builder
		if line, file, ok := lineOf(v); ok {
			if file == "" {
				file = "none"
			}
			fmt.Fprintf(&part, "# %s, line %d", file, line)
		} else {
			deparse(&part, v)
		}
		b.WriteString("    " + strings.ReplaceAll(part.String(), "\n", "\n    ") + "\n")
	}
}
