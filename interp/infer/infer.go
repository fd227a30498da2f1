// Package infer tells what calls return without running them: an abstract
// interpreter of package code's instructions.
//
// # Elements
//
// What is known of a value is an [Elem]: a type that it has, the value itself if that
// is known (types, functions, Symbols, small constants), or elements for the fields of
// a tuple, struct or closure. A Bool may know what its being true or false says of
// another value, by which branches narrow it.
//
// # Frames
//
// A frame is a method with elements for its arguments. Its code is followed from block
// to block with one element per slot, joined where ways meet, until nothing changes; the
// result is the join of what its Returns give. An element has a number that
// copies share, so that a test of a copy says something of the original.
//
// A call finds the methods that may be meant (at most [maxMethods], after splitting
// unions into at most [maxSplit] calls) and joins the results of their frames. Frames
// are remembered by method and arguments for as long as the world stays the same.
// A frame that comes to itself takes the result so far, and is followed again until
// that is the result: all begins at Union{}, and grows.
//
// Primitives have a table of return types, beside them in package prim, and rules here
// where a type depends on more.
//
// # Soundness
//
// What is not known is Any. Nothing of a program's is run, but constructors of
// types on constant types and a few pure primitives. When a question takes too many steps
// the answer is Any.
package infer

import (
	"cmp"
	"math"
	"slices"
	"unsafe"

	"weft/interp/code"
	"weft/runtime/core"
)

// Limits, Julia's where it has them.
const (
	maxMethods = 3      // methods that an abstract call may mean
	maxSplit   = 4      // calls that unions in arguments are split into
	maxUnion   = 3      // members of a union that grows by joining
	maxDepth   = 160    // frames on top of each other
	maxSteps   = 400000 // instructions per question
	maxNested  = 6      // depth of parts in elements
)

// Host is what the engine does for inference.
type Host interface {
	// Code is the code of a method that a lookup found, with its static parameters.
	Code(ce *core.CacheEntry) (*code.Func, error)
	// Body is the code of a method without static parameters.
	Body(m *core.Method) (*code.Func, error)
	// Define adds the method of a closure, as fn does when it runs.
	Define(fn *code.Func, site *code.ExecSite, ops []core.Value) error
	// Pure calls a primitive that has no effect.
	Pure(p *core.Prim, args []core.Value) (core.Value, bool)
	// Returns is what the table of primitives says that p returns.
	Returns(p *core.Prim) string
}

// Inferrer answers questions for one runtime.
type Inferrer struct {
	rt    *core.Runtime
	host  Host
	world uint64
	memo  map[string]*entry
	meth  map[string]*matches
	warm  map[string]Elem

	stack  []*frame
	steps  int
	doubt  bool // something is Any, or wider than it would have to be, for want of knowledge
	epoch  int  // grows whenever the result of a frame under way does
	folded int  // calls under way that keep constants

	specs map[string]*spec
	names map[string]core.Value
}

// entry is what is known of a frame.
type entry struct {
	result Elem
	done   bool
	doubt  bool
	depth  int // on the stack, while under way
	asked  bool
	epoch  int  // of a provisional result
	low    int  // the lowest frame that a provisional result depends on
	prov   bool // provisional
}

// frame is a method with arguments that is under way.
type frame struct {
	in     *Inferrer
	fn     *code.Func
	method *core.Method
	args   []Elem
	sp     []core.Value
	own    bool // fn is the very Func that the engine would run
	entry  *entry
	low    int // the lowest frame whose unfinished result was used
	size   int // of the arguments' types

	states   map[place][]Elem
	merges   map[place]int
	starts   map[int]bool
	variants map[int]int  // of each block
	flags    map[int]bool // slots that say where to go on
	pinned   map[int]bool // slots that count the items of a tuple
	unroll   bool         // the frame works on a tuple: variables that count are followed
	work     []place
	result   Elem
	none     bool // no return was seen yet
}

// New makes an Inferrer.
func New(rt *core.Runtime, h Host) *Inferrer {
	return &Inferrer{rt: rt, host: h, specs: map[string]*spec{}, names: map[string]core.Value{}}
}

// begin prepares for a question in a world.
func (in *Inferrer) begin(world uint64) {
	if in.memo == nil || in.world != world {
		in.world = world
		in.memo, in.meth, in.warm = map[string]*entry{}, map[string]*matches{}, map[string]Elem{}
	}
	in.steps, in.stack, in.folded, in.doubt = 0, in.stack[:0], 0, false
}

// Call is the type of what f(args...) returns, args being types. It is sure when no
// part of the answer is wide for want of knowledge.
func (in *Inferrer) Call(f core.Value, args []core.Value, world uint64) (t core.Value, sure bool) {
	if len(in.stack) > 0 { // asked by code that a macro ran
		return core.Any.Value(), false
	}
	in.begin(world)
	defer func() { in.stack = in.stack[:0] }()
	es := make([]Elem, 0, len(args))
	var rest *Elem
	for _, a := range args {
		if core.TypeOf(a) == core.VarargType {
			v := core.As[core.Vararg](a)
			if v.N.P != nil && v.N.Is(core.Int64) {
				for range min(v.N.Int64(), 64) {
					es = append(es, ofType(v.T))
				}
				continue
			}
			r := ofType(v.T)
			rest = &r
			continue
		}
		es = append(es, ofType(a))
	}
	r := in.call(ofConst(f), es, rest)
	if in.spent() {
		return core.Any.Value(), false
	}
	if rest != nil || !in.ownMethod(f, es) {
		in.doubt = true
	}
	return r.T, !in.doubt
}

// ownMethod reports whether a call of f runs a method of a program, not one of Base or the standard library.
func (in *Inferrer) ownMethod(f core.Value, args []Elem) bool {
	if core.TypeOf(f).Name.Prim != nil {
		return false
	}
	ms, ok := in.rt.Matches(in.signature(ofConst(f), args, nil), in.world, maxMethods)
	for i := range ms {
		ok = ok && ms[i].Method.Module != nil && !in.rt.OfSystem(ms[i].Method.Module)
	}
	return ok
}

// unknown is what is returned for want of knowledge.
func (in *Inferrer) unknown() Elem {
	in.doubt = true
	return anyElem
}

// Methods is what each method that a call may mean returns, the oldest first.
func (in *Inferrer) Methods(f core.Value, args core.Value, world uint64) []core.Value {
	in.begin(world)
	defer func() { in.stack = in.stack[:0] }()
	d, ok := core.IsDataType(core.Unwrap(args))
	if !ok || !d.Has(core.FlagTuple) {
		return nil
	}
	ps := append([]core.Value{core.CalleeType(f)}, d.Params...)
	sig := core.Rewrap(core.TupleOf(ps...).Value(), args)
	ms, _ := in.rt.Matches(sig, world, math.MaxInt)
	slices.SortStableFunc(ms, func(a, b core.Match) int { return cmp.Compare(a.Method.From, b.Method.From) })
	var out []core.Value
	for i := range ms {
		m := &ms[i]
		n := len(d.Params)
		es := make([]Elem, 0, n)
		var rest *Elem
		whole := core.Unwrap(m.Sig)
		sd, ok := core.IsDataType(whole)
		if !ok {
			out = append(out, core.Any.Value())
			continue
		}
		for _, p := range sd.Params[1:] {
			if core.TypeOf(p) == core.VarargType {
				v := core.As[core.Vararg](p)
				r := ofType(core.Rewrap(v.T, m.Sig))
				rest = &r
				continue
			}
			es = append(es, ofType(core.Rewrap(p, m.Sig)))
		}
		r := in.invoke(ofConst(f), m, es, rest)
		if in.spent() {
			r = anyElem
		}
		out = append(out, r.T)
	}
	return out
}

func (in *Inferrer) spent() bool { return in.steps > maxSteps }

// run is the result of a frame.
func (in *Inferrer) run(fn *code.Func, m *core.Method, own bool, sp []core.Value, args []Elem) Elem {
	if in.spent() || len(in.stack) >= maxDepth {
		return in.unknown()
	}
	args, ok := in.limit(m, args)
	if !ok {
		return in.unknown()
	}
	key := frameKey(m, sp, args)
	e := in.memo[key]
	if e != nil {
		if e.done {
			in.doubt = in.doubt || e.doubt
			return e.result
		}
		if !e.prov {
			e.asked = true
			in.depend(e.depth)
			return e.result
		}
		if e.epoch == in.epoch {
			in.depend(e.low)
			in.doubt = in.doubt || e.doubt
			return e.result
		}
	}
	doubt := in.doubt
	in.doubt = false
	defer func() { in.doubt = in.doubt || doubt }()
	e = &entry{result: bottom, depth: len(in.stack)}
	if w, ok := in.warm[key]; ok {
		e.result = w
	}
	in.memo[key] = e
	f := &frame{in: in, fn: fn, method: m, args: args, sp: sp, own: own, entry: e, low: len(in.stack), size: sizeOf(args)}
	in.stack = append(in.stack, f)
	for round := 0; ; round++ {
		e.asked = false
		r := f.flow()
		if in.spent() {
			r = anyElem
		}
		if round > 12 {
			r = in.unknown()
		}
		r = join(e.result, r)
		if same(r, e.result) {
			break
		}
		e.result = r
		if !e.asked || in.spent() {
			break
		}
		in.epoch++
	}
	in.stack = in.stack[:len(in.stack)-1]
	switch {
	case settled(e.result) || e.result.T == core.Bool.Value():
		in.doubt = false
	case in.rt.OfSystem(fn.Module) && !plainResult(m):
		in.doubt = true
	}
	e.doubt = in.doubt
	if f.low < e.depth && !in.spent() { // part of a circle that goes further down
		in.warm[key] = e.result
		e.prov, e.low, e.epoch = true, f.low, in.epoch
		in.depend(f.low)
		return e.result
	}
	e.done = true
	if in.spent() {
		delete(in.memo, key)
		return in.unknown()
	}
	return e.result
}

// plainResult reports whether a method of Base gives an item of what it is given, or does so little
// that Julia's own says the same of it.
func plainResult(m *core.Method) bool {
	switch m.Name.Name {
	case "getindex", "get", "iterate", "getproperty", "first", "last", "pop!", "popfirst!", "identity", "convert", "ifelse",
		"findfirst", "findlast", "findnext", "findprev", "tryparse", "match", "+", "-", "*", "/", "^":
		return true
	}
	return false
}

// depend notes that the frame on top of the stack used the unfinished result of the one at
// depth.
func (in *Inferrer) depend(depth int) {
	if n := len(in.stack); n > 0 {
		f := in.stack[n-1]
		f.low = min(f.low, depth)
	}
}

// limit keeps arguments of a method that calls itself from growing for ever.
func (in *Inferrer) limit(m *core.Method, args []Elem) ([]Elem, bool) {
	n, last := 0, (*frame)(nil)
	for i := len(in.stack) - 1; i >= 0; i-- {
		if in.stack[i].method == m {
			if last == nil {
				last = in.stack[i]
			}
			n++
		}
	}
	if n < 3 {
		return args, true
	}
	if size := sizeOf(args); size < last.size {
		return args, n < 40
	}
	out := make([]Elem, len(args))
	for i, a := range args {
		out[i] = Elem{T: a.T}
		if a.C.P != nil && (core.IsType(a.C) || core.TypeOf(a.C).Kind == core.KindSingleton) {
			out[i] = a
		}
	}
	if n > 6 {
		return out, sizeOf(out) <= last.size && n < 16
	}
	return out, true
}

// frameKey tells frames apart.
func frameKey(m *core.Method, sp []core.Value, args []Elem) string {
	b := make([]byte, 0, 64)
	b = word(b, uint64(uintptr(unsafe.Pointer(m))))
	for _, v := range sp {
		b = typeKey(b, v)
	}
	b = append(b, '|')
	for i := range args {
		b = args[i].key(b)
	}
	return string(b)
}

func word(b []byte, w uint64) []byte {
	for range 8 {
		b = append(b, byte(w))
		w >>= 8
	}
	return b
}

// typeKey appends what tells a type or parameter apart.
func typeKey(b []byte, t core.Value) []byte {
	if t.P == nil {
		return append(b, 'u')
	}
	if core.TypeOf(t) == core.TypeVarType {
		v := core.As[core.TypeVar](t)
		return typeKey(append(b, 'v'), v.Upper)
	}
	if core.IsType(t) {
		if d, ok := core.IsDataType(t); !ok || !d.Has(core.FlagConcrete) {
			t = core.TypeTypeName.Apply([]core.Value{t}).Value() // one for all that are equal
		}
	}
	return word(word(append(b, 't'), uint64(uintptr(t.P))), t.N)
}
