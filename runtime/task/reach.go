package task

import (
	"maps"
	"slices"
	"strings"
	"unsafe"

	"weft/runtime/core"
)

// This file finds out what tasks can reach: which blocked tasks nobody can wake any
// more, and which channels there are.

// reachLimit bounds the values looked at.
const reachLimit = 4 << 20

// walker visits the values that can be reached from those given to it.
type walker struct {
	s     *Scheduler
	seen  map[unsafe.Pointer]bool
	todo  []core.Value
	left  int
	found func(v core.Value, t *core.DataType) // called once for each heap object
	names *named                               // what code can name counts too; nil: it does not
}

func (s *Scheduler) newWalker(found func(core.Value, *core.DataType)) *walker {
	return &walker{s: s, seen: map[unsafe.Pointer]bool{}, left: reachLimit, found: found}
}

func (w *walker) add(v core.Value) {
	if v.P != nil {
		w.todo = append(w.todo, v)
	}
}

// frames adds what a task's frames hold, its function and its value.
func (w *walker) frames(t *Task) {
	// In the frames of Base, the task that asks has what it asked about before.
	w.s.Engine.Slots(t, t == w.s.Current, w.add)
	w.add(t.Code())
	w.add(t.Result)
	if t.Ext != nil {
		w.add(t.Ext.Storage)
		for _, c := range t.Ext.Bound {
			w.add(core.ToValue(c))
		}
	}
	if t.Scope != nil {
		w.add(t.Scope.Values)
	}
	if w.names != nil && t != w.s.Current {
		w.s.Engine.Codes(t, w.code)
	}
}

// run visits all that has been added. It reports whether it came to the end.
func (w *walker) run() bool {
	for len(w.todo) > 0 || w.names != nil && w.extend() {
		if len(w.todo) == 0 {
			continue
		}
		v := w.todo[len(w.todo)-1]
		w.todo = w.todo[:len(w.todo)-1]
		t := core.TypeOf(v)
		if w.names != nil {
			w.called(v, t)
		}
		if t.Kind == core.KindBits || t.Kind == core.KindSingleton || t.Kind == core.KindString || t.Kind == core.KindSymbol || w.seen[v.P] {
			continue
		}
		if w.left--; w.left < 0 {
			return false
		}
		w.seen[v.P] = true
		w.parts(v, t)
		w.found(v, t)
	}
	return true
}

// parts adds what v consists of.
func (w *walker) parts(v core.Value, t *core.DataType) {
	switch {
	case t.Kind == core.KindObject:
		for _, f := range v.Fields(len(t.Fields())) {
			w.add(f)
		}
	case t == core.BoxType:
		w.add(v.Field(0))
	case t.Kind == core.KindArray:
		a := core.As[core.Array](v)
		if a.Kind == core.ElemAny {
			for _, x := range a.Values() {
				w.add(x)
			}
		}
	case t == ChannelType:
		c := core.As[Channel](v)
		for i := range c.n {
			w.add(c.buf[(c.head+i)%len(c.buf)])
		}
	case t == CancelSourceType:
		for _, p := range core.As[CancelSource](v).Parents {
			w.add(core.ToValue(p))
		}
	case w.names != nil:
		w.hidden(v, t)
	}
}

// globals adds the values of a module's global variables; f, if not nil, is told
// each variable before what it holds is visited.
func (w *walker) globals(m *core.Module, f func(name string)) {
	names := slices.SortedFunc(maps.Keys(m.Bindings), func(a, b *core.Symbol) int {
		if last := core.Sym("ans"); (a == last) != (b == last) {
			return map[bool]int{true: 1, false: -1}[a == last]
		}
		return strings.Compare(a.Name, b.Name)
	})
	for _, name := range names {
		b := m.Bindings[name]
		if b.Value.P == nil || b.Owner != m || b.Value.Is(core.ModuleType) {
			continue
		}
		if f != nil {
			f(name.Name)
		}
		w.add(b.Value)
		if f != nil {
			w.run()
		}
	}
}

// queues are those that t waits in, one for each case of a select; nil stands for a
// task that waits in none.
func (t *Task) queues() []*Queue {
	if t.Queue == nil || t.Queue.Kind != WaitSelect || t.Ext == nil || t.Ext.Select == nil {
		return []*Queue{t.Queue}
	}
	var qs []*Queue
	for i := range t.Ext.Select.seats {
		if q := t.Ext.Select.seats[i].Queue; q != nil {
			qs = append(qs, q)
		}
	}
	return qs
}

// waker is what has to be reached for t to be woken from q: the core of its channel, its
// wait queue, or t itself; nil when that will come by itself.
func waker(t *Task, q *Queue) unsafe.Pointer {
	if q == nil {
		return unsafe.Pointer(t)
	}
	switch q.Kind {
	case WaitReady, WaitSleep, WaitInput, WaitExternal:
		return nil
	case WaitTimer:
		if tm := core.As[Timer](q.Owner); q.Owner.P != nil && tm.index >= 0 {
			return nil
		}
	case WaitTask:
		return q.Owner.P
	case WaitTake, WaitPut, WaitChannel:
		if q.Owner.P != nil {
			return q.Owner.Field(0).P
		}
	case WaitEvent:
		if q.Owner.P != nil && (q.Owner.Is(TimerType) || q.Owner.Is(CancelSourceType)) {
			return q.Owner.P // which has the queue in it
		}
	}
	return unsafe.Pointer(q)
}

// Stuck is a task that waits for ever.
type Stuck struct {
	Task *Task
	// Global is a variable of Main through which a later cell could still wake
	// it, or "".
	Global string
}

// ends are the tasks whose end, or whose leaving a lock, wakes what stands in q.
func (q *Queue) ends() []*Task {
	switch {
	case q == nil:
		return nil
	case q.Kind == WaitCondition:
		return leftOf(q.Owner)
	case q.Head == nil:
		return nil
	}
	if o := heldBy(q.Head); o != nil {
		return []*Task{o}
	}
	return nil
}

// alive finds the tasks that can go on: those that run, or wait for what is due or under
// way outside, and those that these can wake. What a task can get hold of counts as what
// it may wake. It looks at most values at most, and reports whether it came to the end, and
// whether there is code that can get at anything.
func (s *Scheduler) alive(most int) (alive map[*Task]bool, free, ok bool) {
	waiting := map[unsafe.Pointer][]*Task{} // by what would wake them
	alive = map[*Task]bool{}
	var todo []*Task
	reached := func(p unsafe.Pointer) { todo = append(todo, waiting[p]...) }
	w := s.newWalker(func(v core.Value, _ *core.DataType) { reached(v.P) })
	w.names, w.left = newNamed(), most
	others := s.external > 0
	ended := map[*Task][]*Task{} // those that the end of a task wakes, or its leaving a lock
	for _, t := range s.Tasks() {
		waits := t != s.Current
		for _, q := range t.queues() {
			p := waker(t, q)
			waits = waits && p != nil
			if q == nil || q.Kind != WaitTask {
				waiting[p] = append(waiting[p], t)
			}
			for _, o := range q.ends() {
				ended[o] = append(ended[o], t)
			}
		}
		if !waits {
			others = others || !s.Foreground[t]
			todo = append(todo, t)
			continue
		}
		// Who has hold of the task, or of what cancels it, may wake it as well.
		waiting[unsafe.Pointer(t)] = append(waiting[unsafe.Pointer(t)], t)
		for _, c := range t.Scope.Cancel.lineage() {
			waiting[unsafe.Pointer(c)] = append(waiting[unsafe.Pointer(c)], t)
		}
	}
	for _, tm := range s.timers {
		for _, p := range tm.target {
			reached(p)
		}
	}
	if others {
		w.shared()
	}
	for {
		for len(todo) > 0 {
			t := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			if !alive[t] {
				alive[t] = true
				todo = append(todo, ended[t]...)
				w.frames(t)
			}
		}
		if !w.run() {
			return nil, true, false
		}
		if w.names.free && !free {
			free = true
			w.module(s.RT.Main)
		} else if len(todo) == 0 {
			return alive, free, true
		}
	}
}

// Stuck finds the background tasks that nothing can wake which runs, is due or is
// under way outside. If there is code that can get at any variable, all those of Main count.
func (s *Scheduler) Stuck() []Stuck {
	all := s.Tasks()
	alive, _, ok := s.alive(reachLimit)
	if !ok {
		return nil // too much to look at: nothing is certain
	}
	var out []Stuck
	for _, t := range all {
		if !alive[t] && !s.Foreground[t] {
			x := Stuck{Task: t}
			for _, q := range t.queues() {
				if x.Global == "" {
					x.Global = s.global(waker(t, q))
				}
			}
			out = append(out, x)
		}
	}
	return out
}

// global names a variable of Main through which p can be reached.
func (s *Scheduler) global(p unsafe.Pointer) string {
	name, found := "", ""
	w := s.newWalker(func(v core.Value, _ *core.DataType) {
		if v.P == p && found == "" {
			found = name
		}
	})
	w.globals(s.RT.Main, func(n string) { name = n })
	return found
}

// Channels finds the channels that tasks and the globals of Main can reach.
func (s *Scheduler) Channels() []core.Value {
	var out []core.Value
	w := s.newWalker(func(v core.Value, t *core.DataType) {
		if t.Kind == core.KindObject && len(t.Fields()) == 1 && t.Name.Name.Name == "Channel" && v.Field(0).Is(ChannelType) {
			out = append(out, v)
		}
	})
	w.left = reachLimit / 64
	for _, t := range s.Tasks() {
		if t.Queue != nil && t.Queue.Owner.P != nil {
			w.add(t.Queue.Owner)
		}
		w.frames(t)
	}
	w.globals(s.RT.Main, nil)
	w.run()
	return out
}
