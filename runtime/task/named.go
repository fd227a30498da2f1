package task

import (
	"unsafe"

	"weft/runtime/core"
)

// This file finds out what code can get at by name: the part of reachability that tells
// whether other tasks can wake one that waits.
//
// A task's code is that of its frames, of the functions and callable objects that it holds,
// and of what these name. Only code of programs counts; functions of Core and Base work on
// what they are given, except for those in reflective. What cannot be told counts as reaching
// everything.

// reflective are names that give code a hold of what it neither names nor is given.
var reflective = map[string]bool{
	"eval": true, "include": true, "include_string": true, "evalfile": true, "getglobal": true, "setglobal!": true,
	"parentmodule": true, "moduleroot": true, "active_module": true, "loaded_modules": true, "require": true,
	"roottask": true, "deserialize": true, "module": true,
	"tasks": true, "channels": true, "stuck": true, "cancel": true, // of Weft
}

// codeLimit bounds the functions looked at: some of them have to be compiled for it.
const codeLimit = 2000

// named is what a walker knows about code.
type named struct {
	codes  map[unsafe.Pointer]bool
	tables map[*core.TypeName]bool
	mods   map[*core.Module]bool
	free   bool // something was found that may reach everything
}

func newNamed() *named {
	return &named{codes: map[unsafe.Pointer]bool{}, tables: map[*core.TypeName]bool{}, mods: map[*core.Module]bool{}}
}

// code follows what a function of a program names.
func (w *walker) code(c unsafe.Pointer) {
	n := w.names
	if c == nil || n.free || n.codes[c] {
		return
	}
	n.codes[c] = true
	if len(n.codes) > codeLimit || !w.s.Engine.Uses(c, w.add, w.global) {
		n.free = true
	}
}

// global follows a global variable that code names.
func (w *walker) global(b *core.Binding) {
	if reflective[b.Name.Name] {
		w.names.free = true
	}
	w.add(b.Value)
}

// called follows the methods that a value has if it is called, or makes objects.
func (w *walker) called(v core.Value, t *core.DataType) {
	n := w.names
	switch {
	case t == core.ModuleType:
		w.module(core.As[core.Module](v))
	case t == core.SymbolType:
		n.free = n.free || reflective[core.As[core.Symbol](v).Name]
	case t == core.GlobalRefType || t == core.BindingType:
		n.free = true
	}
	w.table(t.Name)
	if d, ok := core.IsDataType(v); ok {
		w.table(d.Name)
	}
}

// module follows the variables of a program's module: one that is at hand can be asked for any.
func (w *walker) module(m *core.Module) {
	n := w.names
	if n.mods[m] || w.s.RT.OfBase(m) {
		return
	}
	n.mods[m] = true
	for _, b := range m.Bindings {
		w.add(b.Value)
	}
}

// table follows the methods of programs in the table of a type's objects.
func (w *walker) table(tn *core.TypeName) {
	if tn == nil || w.names.tables[tn] {
		return
	}
	w.names.tables[tn] = true
	mt := w.s.RT.Tables[tn]
	if mt == nil {
		return
	}
	for _, m := range mt.Methods {
		if w.names.free {
			return
		}
		if w.s.RT.OfBase(m.Module) {
			continue
		}
		if c := w.s.Engine.Body(m); c != nil {
			w.code(c)
		} else {
			w.names.free = true
		}
	}
}

// hidden follows what is in an object of the system.
func (w *walker) hidden(v core.Value, t *core.DataType) {
	switch t {
	case core.TaskType:
		o := core.As[Task](v)
		w.add(o.Code())
		w.add(o.Result)
		if o.Ext != nil {
			w.add(o.Ext.Storage)
		}
	case core.SimpleVectorType:
		for _, x := range (*core.SimpleVector)(v.P).Elems {
			w.add(x)
		}
	}
}

// shared adds what all code of Base may have to do with: the objects that its global
// variables hold, and the methods by which programs extend its functions.
func (w *walker) shared() {
	seen := map[*core.Module]bool{}
	var visit func(m *core.Module)
	visit = func(m *core.Module) {
		if seen[m] {
			return
		}
		seen[m] = true
		for _, b := range m.Bindings {
			switch v := b.Value; {
			case v.P == nil || b.Owner != m:
			case v.Is(core.ModuleType):
				if o := core.As[core.Module](v); w.s.RT.OfBase(o) {
					visit(o)
				}
			case v.Is(core.TaskType): // the root task, which is no variable of anybody's
			default:
				if k := core.TypeOf(v).Kind; k == core.KindObject || k == core.KindArray {
					w.add(v)
				}
			}
		}
	}
	visit(w.s.RT.Base)
	for tn, mt := range w.s.RT.Tables {
		if len(mt.Methods) > 0 && w.s.RT.OfBase(tn.Module) {
			w.table(tn)
		}
	}
}

// search is when the foreground is looked at while other things go on.
type search struct {
	task  *Task
	turns uint32 // of task, when it began to wait
	look  int64  // not before this time
	next  int64  // when it is due; 0: the foreground does not wait
	step  int64
}

// How long the foreground waits before it is looked at, and how often later. Other cells
// may still do what is needed, and a search takes some milliseconds.
const (
	patience     = 300_000_000
	lastPatience = 20_000_000_000
	lookEvery    = 50_000_000
	searchLimit  = 1 << 19 // the values looked at in one search
)

// searchDeadlock is breakDeadlock while other tasks run, timers do or something outside is under
// way: a foreground task that none of that can get at waits for ever too. It reports whether there
// was such a task.
func (s *Scheduler) searchDeadlock() bool {
	now := s.Clock.Now()
	s.search.look = now + lookEvery
	for t := range s.Foreground {
		if t.State != Runnable || !t.Started || t == s.Current || t.Queue == &s.ready || waker(t, t.Queue) == nil && t.Queue != nil && t.Queue.Kind != WaitSelect {
			continue
		}
		if s.search.task != t || s.search.turns != t.Turns || s.search.next == 0 {
			s.search = search{task: t, turns: t.Turns, look: s.search.look, next: now + patience, step: patience}
		}
		if now < s.search.next {
			return false
		}
		s.search.step = min(2*s.search.step, lastPatience)
		s.search.next = now + s.search.step
		if s.lost(t) {
			s.WakeErr(t, core.Err("DeadlockError", core.MakeString(s.explainWait(t))))
			return true
		}
		return false
	}
	s.search = search{look: s.search.look}
	return false
}

// lost reports whether it is certain that nothing can wake t any more.
func (s *Scheduler) lost(t *Task) bool {
	if len(s.bubbles.open) > 0 {
		return false // each looks after itself
	}
	outside := 0
	for _, o := range s.Tasks() {
		if q := o.Queue; q != nil && (q.Kind == WaitExternal || q.Kind == WaitInput) {
			outside++
		}
	}
	if outside < s.external {
		return false // something is under way whose end may do anything
	}
	alive, free, ok := s.alive(searchLimit)
	return ok && !free && !alive[t]
}
