package vm

// This file has the calls that the hot loop does not do by itself: finding the
// target, filling inline caches, variable arguments, primitives.

import (
	"slices"
	"unsafe"
	"weak"

	"weft/interp/code"
	"weft/runtime/core"
	"weft/runtime/task"
)

// never is the Min of an empty cache.
const never = ^uint64(0)

// maxEntries is how many targets a call site remembers. A site that has forgotten
// patience of them for others is called with ever new types: it takes note of a new
// one only once in so many times, and is served from the tables' caches.
const (
	maxEntries = 4
	patience   = 16
)

// target is what a call of given types runs.
type target struct {
	fn    *code.Func
	prim  *core.Prim
	tuple code.TupleIC // of the variable arguments
}

// site is what a CallIC remembers beside its first entry.
type site struct {
	ic      *code.CallIC
	entries []entry
	missed  uint // how often it has missed while full
	known   map[*sites]bool
}

// crowded notes a miss and reports whether the site should not take note of it.
func (s *site) crowded() bool {
	if s == nil || len(s.entries) < maxEntries {
		return false
	}
	s.missed++
	return s.missed > patience && s.missed%patience != 0
}

type entry struct {
	min  uint64
	n    int
	keys [code.MaxKeys]unsafe.Pointer
	tgt  *target
}

// siteOf is what ic remembers beside its first entry, or nil.
func siteOf(ic *code.CallIC) *site {
	s, _ := ic.Miss.(*site)
	return s
}

// sites are the caches that hold results of one method table.
type sites struct {
	list []weak.Pointer[site]
	next int // length at which to look for dead ones
	prop []weak.Pointer[code.PropIC]
}

// clear empties the caches.
func (s *sites) clear() {
	for _, w := range s.list {
		if c := w.Value(); c != nil {
			c.ic.Min = never
			c.entries = c.entries[:0]
		}
	}
	for _, w := range s.prop {
		if c := w.Value(); c != nil {
			c.Type = nil
		}
	}
	s.prop = s.prop[:0]
}

// add notes that c holds a result of the table.
func (s *sites) add(c *site) {
	if c.known[s] {
		return
	}
	if len(s.list) > s.next {
		live := s.list[:0]
		for _, w := range s.list {
			if w.Value() != nil {
				live = append(live, w)
			}
		}
		clear(s.list[len(live):])
		s.list = live
		s.next = 2*len(live) + 64
	}
	s.list = append(s.list, weak.Make(c))
	if c.known == nil {
		c.known = map[*sites]bool{}
	}
	c.known[s] = true
}

// sitesOf are the caches that depend on the table mt.
func (e *Engine) sitesOf(mt *core.MethodTable) *sites {
	s := e.tables[mt]
	if s == nil {
		s = &sites{}
		e.tables[mt] = s
		mt.Flush = append(mt.Flush, s.clear)
	}
	return s
}

// key is what stands for an argument in a cache.
func key(v core.Value) unsafe.Pointer {
	if core.IsType(v) && v != core.Bottom {
		return unsafe.Add(v.P, 8)
	}
	return unsafe.Pointer(core.TypeOf(v))
}

// find returns what a call of args (callee first) runs.
func (e *Engine) find(t *task.Task, ic *code.CallIC, args []core.Value) (*target, error) {
	if ic != nil {
		if s := siteOf(ic); s != nil {
		next:
			for i := range s.entries {
				en := &s.entries[i]
				if t.World < en.min {
					continue
				}
				for k := 0; k < en.n; k++ {
					if p := args[k].P; *(*unsafe.Pointer)(p) != en.keys[k] && unsafe.Add(p, 8) != en.keys[k] {
						continue next
					}
				}
				return en.tgt, nil
			}
		}
	}
	return e.resolve(t, ic, args)
}

// resolve looks a call up, and remembers it in ic if there is one.
func (e *Engine) resolve(t *task.Task, ic *code.CallIC, args []core.Value) (*target, error) {
	if p := core.TypeOf(args[0]).Name.Prim; p != nil {
		tgt := e.prims[p]
		if tgt == nil {
			tgt = &target{prim: p}
			e.prims[p] = tgt
		}
		if ic != nil && !siteOf(ic).crowded() {
			e.remember(ic, args[:1], 0, tgt)
		}
		return tgt, nil
	}
	var tb [8]*core.DataType
	var xb [8]core.Value
	types, exact := signature(args, tb[:0], xb[:0])
	ce := e.RT.Cached(types, exact, t.World)
	if ce == nil {
		var err error
		lasting, lastingExact := signature(args, nil, nil) // the answer keeps them
		if ce, err = e.RT.Search(lasting, lastingExact, t.World); err != nil {
			return nil, e.methodError(t, err, args)
		}
	}
	tgt, _ := ce.Aux.(*target)
	if tgt == nil {
		args = slices.Clone(args) // macros may run, and move the stack that they stand on
		var err error
		if tgt, err = e.compile(t, ce, args); err != nil {
			return nil, err
		}
		ce.Aux = tgt
		if d, ok := ce.Method.Aux.(*methodData); ok {
			d.entries = append(d.entries, ce)
		}
	}
	if tgt.fn != nil && t.World < tgt.fn.Since {
		return e.asOf(t, ce, tgt)
	}
	if ic != nil && ce.To == core.Forever && !siteOf(ic).crowded() {
		mt := e.tableOf(args[0])
		if n := e.relevant(mt, args); n <= code.MaxKeys {
			from := ce.From
			if tgt.fn != nil {
				from = max(from, tgt.fn.Since)
			}
			e.sitesOf(mt).add(e.remember(ic, args[:n], from, tgt))
		}
	}
	return tgt, nil
}

// signature appends to types the types of the arguments of a call, and to exact those
// arguments that are types themselves, each in its place.
func signature(args []core.Value, types []*core.DataType, exact []core.Value) ([]*core.DataType, []core.Value) {
	for i, v := range args {
		types = append(types, core.TypeOf(v))
		if core.IsType(v) {
			for len(exact) < i {
				exact = append(exact, core.Value{})
			}
			exact = append(exact, v)
		}
	}
	return types, exact
}

// relevant is how many of the arguments a cache for a function with the table mt
// has to compare: those up to the last one that makes a difference to some method.
func (e *Engine) relevant(mt *core.MethodTable, args []core.Value) int {
	if core.IsType(args[0]) { // constructors of supertypes are in other tables
		return len(args)
	}
	for t := core.TypeOf(args[0]).Super; ; t = t.Super {
		if o := e.RT.Callable(t.Name); o != nil && ofInstances(o) {
			return len(args)
		}
		if t == core.Any {
			break
		}
	}
	if core.IsType(args[0]) && e.commonConstructor(args[0]) {
		return len(args)
	}
	any, n := core.Any.Value(), 1
	for _, m := range mt.Methods {
		ps := m.SigTup.Params
		if more := len(ps) > 0 && core.TypeOf(ps[len(ps)-1]) == core.VarargType; len(ps) != len(args) && (!more || len(ps) > len(args)+1) {
			continue // it takes another number of them
		}
		if len(m.SParams) > 0 || m.Gen {
			return len(args)
		}
		for i := n; i < len(ps); i++ {
			p := ps[i]
			if core.TypeOf(p) == core.VarargType {
				if v := core.As[core.Vararg](p); v.T != any || v.N.P != nil {
					return len(args)
				}
			} else if p != any {
				n = i + 1
			}
		}
	}
	return min(n, len(args))
}

// commonConstructor reports whether constructors for many types, as in
// (::Type{T})(x) where T<:Integer, may be meant by a call of the type f.
func (e *Engine) commonConstructor(f core.Value) bool {
	if d, ok := core.IsDataType(core.Unwrap(f)); !ok || d.Super != core.Any || d.Has(core.FlagTuple) {
		return true
	}
	o := e.RT.Callable(core.TypeTypeName)
	if o == nil {
		return false
	}
	any := core.Any.Value()
	for _, m := range o.Methods {
		for _, v := range m.SParams {
			if v.Upper == any {
				if d, ok := core.IsDataType(m.SigTup.Params[0]); ok && len(d.Params) == 1 && d.Params[0] == v.Value() {
					return true
				}
			}
		}
	}
	return false
}

// ofInstances reports whether a method in the table of a type is for calls of its
// instances: the others are constructors.
func ofInstances(mt *core.MethodTable) bool {
	for _, m := range mt.Methods {
		if d, ok := core.IsDataType(core.Unwrap(m.SigTup.Params[0])); !ok || d.Name != core.TypeTypeName {
			return true
		}
	}
	return false
}

// tableOf is the table whose changes are seen by calls of the callee f.
func (e *Engine) tableOf(f core.Value) *core.MethodTable {
	tn := core.TypeOf(f).Name
	if core.IsType(f) {
		tn = core.TypeTypeName
		if d, ok := core.IsDataType(core.Unwrap(f)); ok {
			tn = d.Name
		}
	}
	return e.RT.Table(tn)
}

// remember puts a result into a cache.
func (e *Engine) remember(ic *code.CallIC, args []core.Value, from uint64, tgt *target) *site {
	s := siteOf(ic)
	if s == nil {
		s = &site{ic: ic}
		ic.Miss = s
	}
	en := entry{min: from, n: len(args), tgt: tgt}
	for i, v := range args {
		en.keys[i] = key(v)
	}
	if len(s.entries) == maxEntries {
		copy(s.entries, s.entries[1:])
		s.entries[maxEntries-1] = en
	} else {
		s.entries = append(s.entries, en)
	}
	// The loop does not set the callee of a CallF.
	fixed := ic.Site != nil && ic.Site.Callee.P != nil
	if tgt.fn != nil && !tgt.fn.Vararg && !(fixed && tgt.fn.UsesSelf) {
		ic.Min, ic.Func, ic.Entry, ic.Frame = from, tgt.fn, tgt.fn.Entry(), frameBytes(tgt.fn)
		ic.N, ic.Keys = en.n, en.keys
	} else if ic.Min == never {
		ic.Func = nil
	}
	return s
}

// compile makes the code of a looked-up method.
func (e *Engine) compile(t *task.Task, ce *core.CacheEntry, args []core.Value) (*target, error) {
	m := ce.Method
	if m.Gen {
		fn, err := e.generate(t, ce, args)
		if err != nil {
			return nil, err
		}
		return &target{fn: fn}, nil
	}
	fn, err := e.body(m)
	if err != nil {
		return nil, err
	}
	return &target{fn: specialized(fn, ce)}, nil
}

// specialized is fn with the static parameters of ce.
func specialized(fn *code.Func, ce *core.CacheEntry) *code.Func {
	if len(ce.SParams) == 0 {
		return fn
	}
	c := *fn
	c.SParams = ce.SParams
	c.Cache = make([]core.Value, len(fn.Cache))
	return &c
}

// body is the compiled body of m.
func (e *Engine) body(m *core.Method) (*code.Func, error) {
	if m.Body == nil {
		if m.Compile == nil {
			return nil, core.Errorf("method %s has no body", m.Name.Name)
		}
		e.RT.AsOf = lastWorld(m)
		b, err := m.Compile()
		e.RT.AsOf = 0
		if err != nil {
			return nil, err
		}
		m.Body = b
	}
	fn, ok := m.Body.(*code.Func)
	if !ok {
		return nil, core.Errorf("method %s has no code", m.Name.Name)
	}
	if fn.Method == nil {
		fn.Method = m
	}
	if len(fn.Embeds) > 0 && m.Compile != nil && m.Aux == nil {
		e.watchConstants(m, fn)
	}
	return fn, nil
}

// methodError makes the exception of a call without a method.
func (e *Engine) methodError(t *task.Task, err error, args []core.Value) error {
	if _, ok := err.(*core.LookupError); !ok {
		return err
	}
	return core.Err("MethodError", args[0], e.makeTuple(args[1:], nil), core.Uint(t.World))
}

// makeTuple makes a tuple of values, by the help of ic if there is one.
func (e *Engine) makeTuple(vs []core.Value, ic *code.TupleIC) core.Value {
	if len(vs) == 0 {
		return core.EmptyTuple.Instance // named ones are not without names
	}
	if ic != nil && len(ic.Keys) == len(vs) {
		same := true
		for i := range vs {
			if core.TypeOf(vs[i]) != ic.Keys[i] {
				same = false
				break
			}
		}
		if same {
			return core.NewStruct(ic.Type, vs...)
		}
	}
	ts := make([]core.Value, len(vs))
	for i, v := range vs {
		ts[i] = core.TypeOf(v).Value()
	}
	d := core.TupleOf(ts...)
	if ic != nil {
		if ic.Names.P != nil {
			d = core.NamedTupleName.Apply([]core.Value{ic.Names, d.Value()})
		}
		ks := make([]*core.DataType, len(vs))
		for i, v := range vs {
			ks[i] = core.TypeOf(v)
		}
		ic.Keys, ic.Type = ks, d
	}
	return core.NewStruct(d, vs...)
}

// invoke calls what stands at byte offset base of t's frame with n arguments. The
// value goes where the instruction before ret says, and execution goes on at ret.
func (e *Engine) invoke(t *task.Task, ic *code.CallIC, base uintptr, n int, ret unsafe.Pointer, kind uint64) outcome {
	args := unsafe.Slice(at(t.FP, base), n+1)
	tgt, err := e.find(t, ic, args)
	if err != nil {
		return e.fail(t, err)
	}
	return e.enter(t, tgt, base, n, ret, kind)
}

// enter runs the target of a call; see invoke.
func (e *Engine) enter(t *task.Task, tgt *target, base uintptr, n int, ret unsafe.Pointer, kind uint64) outcome {
	args := unsafe.Slice(at(t.FP, base), n+1)
	if tgt.prim != nil {
		return e.callPrim(t, tgt.prim, args[1:], ret, kind)
	}
	fn := tgt.fn
	if fn.Vararg {
		if n+1 < fn.NArgs-1 {
			return e.fail(t, core.Errorf("too few arguments for %s", fn.Name))
		}
		v := e.makeTuple(args[fn.NArgs-1:], &tgt.tuple)
		if n+1 < fn.NArgs {
			if err := e.ensure(t, base+uintptr(fn.NArgs)*16); err != nil {
				return e.fail(t, err)
			}
		}
		*at(t.FP, base+uintptr(fn.NArgs-1)*16) = v
	}
	if err := e.push(t, fn, base, ret, kind); err != nil {
		return e.fail(t, err)
	}
	return running
}

// callPrim calls a primitive. Its value goes where the instruction before ret says.
func (e *Engine) callPrim(t *task.Task, p *core.Prim, args []core.Value, ret unsafe.Pointer, kind uint64) outcome {
	if len(args) < p.Min || p.Max >= 0 && len(args) > p.Max {
		return e.fail(t, primArity(p, len(args)))
	}
	switch fn := p.Fn.(type) {
	case task.Fn:
		v, err := fn(t, args)
		if err != nil {
			return e.primFailed(t, err, ret, kind)
		}
		if e.Sched.Pressing() {
			t.Budget = 0
		}
		return e.deliver(t, v, ret, kind)
	case engineFn:
		return fn(e, t, &request{args: args, ret: ret, kind: kind})
	}
	return e.fail(t, core.Errorf("primitive %s has no code", p.Name))
}

// primArity is the error of a wrong number of arguments.
func primArity(p *core.Prim, n int) error {
	how, want := "few", p.Min
	if n > p.Min {
		how, want = "many", p.Max
	}
	return core.ArgErrorf("%s: too %s arguments (expected %d)", p.Name, how, want)
}

// primFailed deals with a primitive's error, which may mean that the task parked.
func (e *Engine) primFailed(t *task.Task, err error, ret unsafe.Pointer, kind uint64) outcome {
	if t.Ext != nil && t.Ext.NoWait != "" && (err == task.ErrParked || err == task.ErrRetry) {
		e.Sched.WakeErr(t, core.Errorf("task switch not allowed from inside %s", t.Ext.NoWait))
	}
	switch err {
	case task.ErrParked:
		return e.awaits(t, ret, awaiting+int16(kind))
	case task.ErrRetry:
		return e.awaits(t, t.PC, retrying)
	}
	return e.fail(t, err)
}

// layOut puts f and args, which may be anywhere, above t's frame, where a callee's frame
// at the byte offset base has them: out.
func (e *Engine) layOut(t *task.Task, f core.Value, args []core.Value) (base uintptr, out []core.Value, err error) {
	base = uintptr(funcAt(t.FP).NSlots+2) * 16
	if err := e.ensure(t, base+uintptr(len(args)+2)*16); err != nil {
		return 0, nil, err
	}
	out = unsafe.Slice(at(t.FP, base), len(args)+1)
	copy(out[1:], args)
	out[0] = f
	return base, out, nil
}

// call calls f with args from the instruction being served. The value goes where
// the instruction before ret says. args may be anywhere.
func (e *Engine) call(t *task.Task, f core.Value, args []core.Value, ret unsafe.Pointer, kind uint64) outcome {
	base, _, err := e.layOut(t, f, args)
	if err != nil {
		return e.fail(t, err)
	}
	return e.invoke(t, nil, base, len(args), ret, kind)
}
