package core

// A reader of type expressions for tests.

import (
	"strconv"
	"strings"
	"testing"
	"unicode"
)

// typeParser reads types such as `Vector{T} where T<:Real`.
type typeParser struct {
	t     *testing.T
	s     string
	pos   int
	scope map[string]Value
	fresh int
}

// testTypes are what names mean besides the builtin types.
func testTypes(rt *Runtime) map[string]Value {
	m := map[string]Value{}
	for n, b := range rt.Core.Bindings {
		m[n.Name] = b.Value
	}
	for n, b := range rt.Base.Bindings {
		m[n.Name] = b.Value
	}
	m["Union"] = UnionType.Value()
	return m
}

// newTestRuntime returns a runtime with the types of Base that tests mention.
func newTestRuntime(t *testing.T) *Runtime {
	t.Helper()
	rt := NewRuntime()
	rt.Main.Use(rt.Core)
	rt.Main.Use(rt.Base)
	rt.Base.Use(rt.Core)
	rt.Base.SetConst("Base", rt.Base.Value())
	def := func(name string, form TypeForm, vars string, super string, fields ...string) {
		p := &typeParser{t: t, scope: testTypes(rt)}
		spec := &TypeSpec{Form: form, Name: Sym(name), Module: rt.Base}
		for _, v := range strings.Fields(vars) {
			tv := NewVar(v, Value{}, Value{})
			spec.Vars = append(spec.Vars, tv)
			p.scope[v] = tv.Value()
		}
		for i := range fields {
			spec.Fields = append(spec.Fields, Sym("f"+strconv.Itoa(i)))
		}
		spec.NInit = len(fields)
		n, err := BeginType(spec)
		if err != nil {
			t.Fatal(err)
		}
		if err := n.SetSuper(p.read(super)); err != nil {
			t.Fatal(err)
		}
		if form == StructForm {
			var ts []Value
			for _, f := range fields {
				ts = append(ts, p.read(f))
			}
			if err := n.SetFields(ts); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := rt.EndType(n); err != nil {
			t.Fatal(err)
		}
		rt.Base.Export(Sym(name), false)
	}
	def("Pair", StructForm, "A B", "Any", "A", "B")
	def("AbstractDict", AbstractForm, "K V", "Any")
	def("Dict", StructForm, "K V", "AbstractDict{K,V}", "Any")
	def("Missing", StructForm, "", "Any")
	def("Complex", StructForm, "T", "Number", "T", "T")
	p := &typeParser{t: t, scope: testTypes(rt)}
	for _, a := range [][2]string{
		{"Vector", "Array{T,1} where T"}, {"Matrix", "Array{T,2} where T"},
		{"AbstractVector", "AbstractArray{T,1} where T"}, {"AbstractMatrix", "AbstractArray{T,2} where T"},
		{"DenseVector", "DenseArray{T,1} where T"},
		{"NTuple", "Tuple{Vararg{T,N}} where {N,T}"}, {"VecOrMat", "Union{Array{T,1},Array{T,2}} where T"},
	} {
		rt.Base.SetConst(a[0], p.read(a[1]))
		rt.Base.Export(Sym(a[0]), false)
		p.scope = testTypes(rt)
	}
	return rt
}

func (p *typeParser) read(s string) Value {
	p.s, p.pos = s, 0
	v := p.expr()
	p.space()
	if p.pos != len(p.s) {
		p.t.Fatalf("%q: rest %q", s, p.s[p.pos:])
	}
	return v
}

func (p *typeParser) space() {
	for p.pos < len(p.s) && p.s[p.pos] == ' ' {
		p.pos++
	}
}

func (p *typeParser) eat(tok string) bool {
	p.space()
	if strings.HasPrefix(p.s[p.pos:], tok) {
		p.pos += len(tok)
		return true
	}
	return false
}

func (p *typeParser) word() string {
	p.space()
	i := p.pos
	for p.pos < len(p.s) && (p.s[p.pos] == '_' || unicode.IsLetter(rune(p.s[p.pos])) || unicode.IsDigit(rune(p.s[p.pos]))) {
		p.pos++
	}
	return p.s[i:p.pos]
}

// expr reads `T where ...`: the variables must be known while T is read, so it
// finds the wheres first.
func (p *typeParser) expr() Value {
	start := p.pos
	// Skip the body.
	depth := 0
	i := p.pos
	for ; i < len(p.s); i++ {
		switch p.s[i] {
		case '{', '(':
			depth++
		case '}', ')':
			depth--
		case ',':
			if depth == 0 {
				depth = -1
			}
		}
		if depth < 0 || depth == 0 && strings.HasPrefix(p.s[i:], " where ") {
			break
		}
	}
	if i >= len(p.s) || !strings.HasPrefix(p.s[i:], " where ") {
		return p.prim()
	}
	old := p.scope
	p.scope = map[string]Value{}
	for k, v := range old {
		p.scope[k] = v
	}
	p.pos = i
	var groups [][]*TypeVar
	// Later wheres are outer: read their text first, in reverse.
	var texts []string
	for strings.HasPrefix(p.s[p.pos:], " where ") {
		p.pos += len(" where ")
		b := p.pos
		d := 0
	scan:
		for ; p.pos < len(p.s); p.pos++ {
			switch p.s[p.pos] {
			case '{', '(':
				d++
			case '}', ')':
				d--
			case ',':
				if d == 0 {
					break scan
				}
			}
			if d < 0 || d == 0 && strings.HasPrefix(p.s[p.pos:], " where ") {
				break
			}
		}
		texts = append(texts, p.s[b:p.pos])
	}
	end := p.pos
	for i := len(texts) - 1; i >= 0; i-- {
		q := &typeParser{t: p.t, s: texts[i], scope: p.scope}
		var vs []*TypeVar
		braces := q.eat("{")
		for {
			vs = append(vs, q.bound())
			if !q.eat(",") {
				break
			}
		}
		if braces {
			q.eat("}")
		}
		groups = append(groups, vs)
	}
	p.pos = start
	body := p.prim()
	for i := len(groups) - 1; i >= 0; i-- {
		for j := len(groups[i]) - 1; j >= 0; j-- {
			body = MakeUnionAll(groups[i][j], body)
		}
	}
	p.pos = end
	p.scope = old
	return body
}

// bound reads `T`, `T<:B`, `T>:B`, `A<:T<:B`, and puts T in scope.
func (p *typeParser) bound() *TypeVar {
	save := p.pos
	name := p.word()
	var lo, up Value
	switch {
	case p.eat("<:"):
		if _, known := p.scope[name]; known && len(name) > 1 {
			p.pos = save
			lo = p.prim()
			p.eat("<:")
			name = p.word()
			if p.eat("<:") {
				up = p.prim()
			}
		} else {
			up = p.prim()
		}
	case p.eat(">:"):
		lo = p.prim()
	}
	v := NewVar(name, lo, up)
	p.scope[name] = v.Value()
	return v
}

func (p *typeParser) prim() Value {
	p.space()
	if p.eat("(") {
		if p.s[p.pos] == ':' {
			var names []Value
			for !p.eat(")") {
				p.eat(":")
				names = append(names, Sym(p.word()).Value())
				p.eat(",")
			}
			ts := make([]Value, len(names))
			for i := range ts {
				ts[i] = SymbolType.Value()
			}
			return NewStruct(TupleOf(ts...), names...)
		}
		v := p.expr()
		p.eat(")")
		return v
	}
	if p.eat(":") {
		return Sym(p.word()).Value()
	}
	w := p.word()
	if w == "" {
		p.t.Fatalf("%q at %d: a type expected", p.s, p.pos)
	}
	if n, err := strconv.Atoi(w); err == nil {
		return Int(int64(n))
	}
	v, ok := p.scope[w]
	if !ok {
		p.t.Fatalf("%q: unknown name %s", p.s, w)
	}
	if p.pos >= len(p.s) || p.s[p.pos] != '{' {
		return v
	}
	p.pos++
	var ps []Value
	var anon []*TypeVar
	for !p.eat("}") {
		switch {
		case p.eat("<:"):
			p.fresh++
			tv := NewVar("#s"+strconv.Itoa(p.fresh), Value{}, p.expr())
			anon = append(anon, tv)
			ps = append(ps, tv.Value())
		case p.eat(">:"):
			p.fresh++
			tv := NewVar("#s"+strconv.Itoa(p.fresh), p.expr(), Value{})
			anon = append(anon, tv)
			ps = append(ps, tv.Value())
		default:
			ps = append(ps, p.expr())
		}
		p.eat(",")
	}
	r, err := ApplyType(v, ps)
	if err != nil {
		p.t.Fatalf("%q: %v", p.s, err)
	}
	for i := len(anon) - 1; i >= 0; i-- {
		r = MakeUnionAll(anon[i], r)
	}
	return r
}
