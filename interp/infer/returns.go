package infer

// This file reads the return types in the table of primitives:
//
//	Int64, Union{Nothing,String}, Vector{UInt8}, Tuple{Int64,Bool}   types by their names
//	$1                                  the type of the first argument
//	=2                                  an instance of the type that the second argument is
//	#1                                  the type of the elements of an array or tuple
//
// They stand wherever a type does.

import (
	"strings"

	"weft/runtime/core"
)

// spec is a return type as the table has it.
type spec struct {
	kind byte // 'n' name, '$', '=', '#'
	name string
	arg  int
	of   []*spec
}

// parseSpec reads one type from the front of s.
func parseSpec(s string) (*spec, string) {
	switch s[0] {
	case '$', '=', '#':
		return &spec{kind: s[0], arg: int(s[1] - '1')}, s[2:]
	}
	i := strings.IndexAny(s, "{},")
	if i < 0 {
		i = len(s)
	}
	p := &spec{kind: 'n', name: s[:i]}
	s = s[i:]
	if strings.HasPrefix(s, "{") {
		for s[0] != '}' {
			var q *spec
			q, s = parseSpec(s[1:])
			p.of = append(p.of, q)
		}
		s = s[1:]
	}
	return p, s
}

// tabled is what the table says that a primitive returns.
func (in *Inferrer) tabled(p *core.Prim, args []Elem) Elem {
	text := in.host.Returns(p)
	if text == "" {
		return in.unknown()
	}
	s := in.specs[text]
	if s == nil {
		s, _ = parseSpec(text)
		in.specs[text] = s
	}
	return in.read(s, args)
}

// read is the element that a return type stands for.
func (in *Inferrer) read(s *spec, args []Elem) Elem {
	switch s.kind {
	case '$':
		if s.arg < len(args) {
			return Elem{T: args[s.arg].T}
		}
		return anyElem
	case '=':
		if s.arg < len(args) {
			return instance(args[s.arg])
		}
		return anyElem
	case '#':
		if s.arg < len(args) {
			return elements(args[s.arg])
		}
		return anyElem
	}
	if s.name == "Never" {
		return bottom
	}
	if s.name == "Union" {
		out := bottom
		for _, o := range s.of {
			out = join(out, in.read(o, args))
		}
		return out
	}
	t, ok := in.names[s.name]
	if !ok {
		if b := in.rt.Base.Lookup(core.Sym(s.name)); b != nil && b.Value.P != nil && core.IsType(b.Value) {
			t = b.Value
		} else {
			t = core.Any.Value()
		}
		in.names[s.name] = t
	}
	if s.of == nil {
		return ofType(t)
	}
	ps := make([]core.Value, len(s.of))
	for i, o := range s.of {
		e := in.read(o, args)
		ps[i] = e.T
		if d, ok := core.IsDataType(e.T); t.P != core.TupleType.Value().P && (!ok || !d.Has(core.FlagConcrete)) && o.kind != '#' && o.kind != 'n' {
			return Elem{T: t} // some instance
		}
	}
	r, err := core.ApplyType(t, ps)
	if err != nil {
		return in.unknown()
	}
	return ofType(r)
}

// elements is what an array or a tuple holds.
func elements(e Elem) Elem {
	d, ok := core.IsDataType(e.T)
	switch {
	case !ok:
		return anyElem
	case d.Name == core.ArrayName && core.IsType(d.Params[0]):
		return ofType(d.Params[0])
	case d.Has(core.FlagTuple):
		out := bottom
		for _, p := range d.Params {
			if core.TypeOf(p) == core.VarargType {
				p = core.As[core.Vararg](p).T
			}
			out = join(out, ofType(p))
		}
		return out
	}
	return anyElem
}

// returnType is the type that a call returns, as a value.
func (in *Inferrer) returnType(f Elem, types core.Value) Elem {
	d, ok := core.IsDataType(types)
	if !ok || !d.Has(core.FlagTuple) {
		return Elem{T: core.TypeType.Value()}
	}
	var as []Elem
	var rest *Elem
	for _, p := range d.Params {
		if core.TypeOf(p) == core.VarargType {
			r := ofType(core.As[core.Vararg](p).T)
			rest = &r
			continue
		}
		as = append(as, ofType(p))
	}
	low := -1
	if n := len(in.stack); n > 0 {
		low = in.stack[n-1].low
	}
	r := in.call(f, as, rest)
	if n := len(in.stack); n > 0 && in.stack[n-1].low < low { // not final yet
		return Elem{T: core.TypeType.Value()}
	}
	if in.spent() {
		return Elem{T: core.TypeType.Value()}
	}
	return ofConst(r.T)
}
