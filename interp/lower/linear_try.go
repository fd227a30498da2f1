package lower

import (
	"weft/interp/code"
	"weft/runtime/core"
)

// This file writes try, catch, else and finally.

// tryCtx is what a jump out of a place has to leave: the handling of an
// exception (depth: the slot with the depth to go back to) or the reach of a
// finally block.
type tryCtx struct {
	form  *Form
	depth int
	fin   *finally
}

// finally is a finally block that is being reached. All ways into it put a
// number into tag: 0 for falling in, -1 for an exception, n for exits[n-1],
// which go on after it.
type finally struct {
	tag   int
	entry label
	exits []finalExit
}

type finalExit struct {
	to   int
	last func()
}

func hasFinally(f *Form) bool {
	if f == nil {
		return false
	}
	if f.Kind == Try && len(f.Kids) > 3 && f.Kids[3] != nil {
		return true
	}
	for _, k := range f.Kids {
		if hasFinally(k) {
			return true
		}
	}
	return false
}

func (g *gen) inFinally() bool {
	for _, c := range g.ctx {
		if c.fin != nil {
			return true
		}
	}
	return false
}

// leave writes what a jump out of the contexts from number to on has to do, and
// then the jump. A finally block on the way does the rest when it is done.
func (g *gen) leave(to int, last func()) {
	if g.a.dead {
		return
	}
	pop := -1
	for i := len(g.ctx) - 1; i >= to; i-- {
		c := g.ctx[i]
		if c.fin == nil {
			pop = c.depth
			continue
		}
		if pop >= 0 {
			g.a.abc(code.PopExc, pop, 0, 0)
		}
		c.fin.exits = append(c.fin.exits, finalExit{to, last})
		g.a.load(c.fin.tag, core.Int(int64(len(c.fin.exits))))
		g.a.goTo(c.fin.entry)
		return
	}
	if pop >= 0 {
		g.a.abc(code.PopExc, pop, 0, 0)
	}
	last()
}

// kid returns part i of a Try, or nil.
func kid(f *Form, i int) *Form {
	if i < len(f.Kids) {
		return f.Kids[i]
	}
	return nil
}

// try writes a Try; its value goes to dst unless that is -1.
func (g *gen) try(f *Form, dst int) {
	if g.a.dead {
		return
	}
	mark := g.top
	depth := g.tmp()
	g.named(depth, nil)
	g.a.abc(code.EnterTry, depth, 0, 0)
	if kid(f, 3) == nil {
		g.tryCatch(f, dst, depth)
		g.end(mark)
		return
	}
	fin := &finally{tag: g.tmp(), entry: g.a.newLabel()}
	g.named(fin.tag, nil)
	// The finally block may still read what dst names.
	val := dst
	if dst >= 0 && g.isLocal(dst) {
		val = g.tmp()
		g.named(val, nil)
	}
	lo, hi, handler := g.a.newLabel(), g.a.newLabel(), g.a.newLabel()
	g.a.keep(handler)
	g.a.place(lo)
	g.ctx = append(g.ctx, tryCtx{form: f, fin: fin})
	g.tryCatch(f, val, depth)
	g.ctx = g.ctx[:len(g.ctx)-1]
	normal := !g.a.dead
	if normal {
		g.a.load(fin.tag, core.Int(0))
		g.a.goTo(fin.entry)
	}
	g.a.labels[hi] = len(g.a.words)
	g.a.place(handler)
	g.a.load(fin.tag, core.Int(-1))
	g.a.handlers = append(g.a.handlers, handlerSpan{lo, hi, handler})
	g.a.place(fin.entry)
	ts := f.Def.(*tryScope)
	g.ctx = append(g.ctx, tryCtx{form: f, depth: depth})
	g.inScope(ts.vars[3], func() { g.effect(f.Kids[3]) })
	g.ctx = g.ctx[:len(g.ctx)-1]
	t := g.tmp()
	end := g.a.newLabel()
	if normal {
		g.a.load(t, core.Int(0))
		g.a.jump2(code.JumpEgal, fin.tag, t, end)
	}
	for i, x := range fin.exits {
		next := g.a.newLabel()
		g.a.load(t, core.Int(int64(i+1)))
		g.a.jump2(code.JumpNotEgal, fin.tag, t, next)
		g.leave(x.to, x.last)
		g.a.place(next)
	}
	if !g.a.dead {
		g.a.raw(code.Rethrow, 0, 0, 0)
		g.a.dead = true
	}
	g.a.place(end)
	if val != dst {
		g.a.abc(code.Move, dst, val, 0)
	}
	g.end(mark)
}

// tryCatch writes the parts of a Try but finally.
func (g *gen) tryCatch(f *Form, dst, depth int) {
	ts := f.Def.(*tryScope)
	part := func(i int) {
		g.inScope(ts.vars[i], func() {
			if dst >= 0 {
				g.expr(f.Kids[i], dst)
			} else {
				g.effect(f.Kids[i])
			}
		})
	}
	if kid(f, 1) == nil {
		part(0)
		if kid(f, 2) != nil {
			part(2)
		}
		return
	}
	lo, hi, handler, end := g.a.newLabel(), g.a.newLabel(), g.a.newLabel(), g.a.newLabel()
	g.a.keep(handler)
	g.a.place(lo)
	part(0)
	g.a.labels[hi] = len(g.a.words)
	if kid(f, 2) != nil {
		part(2)
	}
	g.a.goTo(end)
	g.a.place(handler)
	g.a.handlers = append(g.a.handlers, handlerSpan{lo, hi, handler})
	g.ctx = append(g.ctx, tryCtx{form: f, depth: depth})
	part(1)
	g.ctx = g.ctx[:len(g.ctx)-1]
	g.a.abc(code.PopExc, depth, 0, 0)
	g.a.place(end)
}
