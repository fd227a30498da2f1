package lower

// This file is the scope pass for loops and try, and for what @locals asks.

import (
	"slices"
	"strings"

	"weft/runtime/core"
)

// localForms is what a Locals form f becomes: for each name that stands for a local variable
// or a static parameter, its value goes into the Dict if it has one.
func (e *env) localForms(f *Form) []*Form {
	seen := map[*core.Symbol]bool{}
	var names []*core.Symbol
	add := func(n *core.Symbol) {
		if !seen[n] && !strings.HasPrefix(n.Name, "#") {
			names = append(names, n)
		}
		seen[n] = true
	}
	for ; e != nil; e = e.up {
		for n := range e.globals {
			seen[n] = true
		}
		for _, v := range e.list {
			if v.Sym != nil && e.vars[v.Sym] == v {
				add(v.Sym)
			}
		}
		for n := range e.vars { // arguments
			add(n)
		}
		for n := range e.sparams {
			add(n)
		}
	}
	slices.SortFunc(names, func(a, b *core.Symbol) int { return strings.Compare(a.Name, b.Name) })
	var out []*Form
	for _, n := range names {
		name := func() *Form { return &Form{Kind: Name, Sym: n, Line: f.Line} }
		key := &Form{Kind: Const, Val: n.Value(), Line: f.Line}
		put := &Form{Kind: Call, Flags: Gen, Line: f.Line, Kids: []*Form{dup(f.Kids[1]), dup(f.Kids[0]), name(), key}}
		out = append(out, &Form{Kind: If, Line: f.Line, Flags: Dropped, Kids: []*Form{{Kind: IsDefined, Line: f.Line, Kids: []*Form{name()}}, put}})
	}
	return out
}

// forLoop resolves a For: its variable and body are one scope.
func (s *scoper) forLoop(f *Form, e *env) error {
	if err := s.form(f.Kids[0], e); err != nil {
		return err
	}
	c := e.child()
	c.loop++
	c.breaks = append(e.breaks[:len(e.breaks):len(e.breaks)], nil)
	if f.Flags&Outer != 0 {
		v, _, _, _ := e.lookup(f.Sym)
		if v == nil {
			return flowErr("no outer local variable declaration exists for \"for outer\"")
		}
		f.Var = v
		s.use(v, c)
		s.assigned(v, c)
	} else {
		f.Var = s.newVar(f.Sym, c)
		c.item = f.Var
		s.assigned(f.Var, c)
	}
	vars, err := s.block(f.Kids[1], c)
	f.Def = vars
	return err
}

// try resolves the parts of a Try, each a scope.
func (s *scoper) try(f *Form, e *env) error {
	ts := &tryScope{}
	f.Def = ts
	// A goto may leave the catch part of a try with a finally, not its other parts.
	if f.Sym == openTry {
		around := e.tries
		e.tries = append(append([]*Form(nil), around...), f)
		err := s.form(f.Kids[0], e)
		e.tries = around
		if err != nil {
			return err
		}
		return s.form(f.Kids[3], e)
	}
	inCatch := &Form{Kind: Try, Kids: f.Kids[:min(len(f.Kids), 3)], Def: f}
	for i, k := range f.Kids {
		if k == nil {
			continue
		}
		c := e.child()
		if i != 3 {
			c.tries = append(append([]*Form(nil), e.tries...), f)
			if i == 1 {
				c.tries[len(e.tries)] = inCatch
			}
		}
		vars, err := s.block(k, c)
		if err != nil {
			return err
		}
		ts.vars[i] = vars
	}
	return nil
}
