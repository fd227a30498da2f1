// Package boot loads Base on demand. Base is some thousand definitions, of which
// a program uses a few: the index (index.txt, made by `go generate`) tells for
// each top-level statement of Base where it stands and which names it defines, and
// a statement is parsed and evaluated when one of them is first asked for. Methods
// of a function are loaded together, when the function is first called.
//
// A module of Base may have files of its own (include(M, "m/part.jl") in Base.jl).
// They too are loaded on demand once the module has been; methods that they add to
// functions of Base, written Base.f(...) = ..., come with the module.
//
// A statement that is loaded late counts as having been there from the beginning:
// its methods are valid in every world. When the index does not fit the sources
// (while Base is being worked on) everything is loaded at once, in order.
package boot

import (
	_ "embed"
	"fmt"
	"hash/crc32"
	"maps"
	"slices"
	"strconv"
	"strings"

	"weft/interp/lower"
	"weft/interp/syntax"
	"weft/runtime/base"
	"weft/runtime/core"
)

//go:generate go run weft/interp/boot/gen

//go:embed index.txt
var index string

// Eval evaluates one top-level statement that stands at a line of a file.
type Eval func(m *core.Module, ex core.Value, file string, line int) error

// Load puts Base into a runtime: by the index if that fits the sources, else all
// of it. With whole it loads everything at once in any case.
//
// A statement that fails when it is loaded later is a mistake in Base: report, if
// not nil, is told.
func Load(rt *core.Runtime, eval Eval, whole bool, report func(error)) error {
	l := newLoader(rt)
	l.eval, l.report = eval, report
	if whole || !l.read(index) {
		return l.loadAll()
	}
	return l.loadEager()
}

// Names lists the names that the index knows, for tests and completion.
func Names() []string {
	l := newLoader(nil)
	l.read(index)
	seen := map[string]bool{}
	for s := range l.names {
		seen[s.Name] = true
	}
	for s := range l.methods {
		seen[s.Name] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

// item is one top-level statement of Base. There are thousands of them.
type item struct {
	*part
	start, end int32
	line       int32
	inCore     bool // its names are Core's, wherever it is evaluated
	method     bool // defines methods of its names, and nothing else
	extends    bool // these are functions of Base: the module is opened for them
	isType     bool // defines a type
	done       bool
	loading    bool
	within     *core.Symbol // the module that its names come from: not before that is loaded
	needs      string       // types, with commas between (| where one will do), without which its methods cannot be called
	held       []heldMethod // what waits for the type that it defines
}

// part is a file and the module that it is evaluated in.
type part struct{ module, file string }

// home is the module that an item's names are defined in.
func (it *item) home() string {
	if it.inCore {
		return "Core"
	}
	return it.module
}

// heldMethod is a method of a function in use that cannot be called before types are
// there.
type heldMethod struct {
	of *core.Symbol
	it *item
}

// loader holds what is still to be loaded.
type loader struct {
	rt      *core.Runtime
	eval    Eval
	eager   []*item
	names   map[*core.Symbol][]*item // what defines a global
	methods map[*core.Symbol][]*item // what adds methods to a function or type
	held    map[*core.Symbol][]*item // methods of functions in use that wait for types
	inner   map[string][]*item       // what is eager in a module of Base, until that is loaded
	depth   int                      // names asked for that are not there yet, each for the one before
	waiting []heldMethod             // to be evaluated next; of is nil for eager statements of shared modules
	err     error
	report  func(error)
}

func newLoader(rt *core.Runtime) *loader {
	return &loader{
		rt: rt, names: map[*core.Symbol][]*item{}, methods: map[*core.Symbol][]*item{},
		held: map[*core.Symbol][]*item{}, inner: map[string][]*item{},
	}
}

// Sum is the checksum of the names and sizes of Base's files, which the index carries: it
// tells an index that belongs to other sources without reading them. That it is the
// right one is checked by a test.
func Sum() string {
	h := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	for _, p := range base.Order() {
		fmt.Fprintf(h, "%s %s %d\n", p.Module, p.File, base.Size(p.File))
	}
	return strconv.FormatUint(uint64(h.Sum32()), 16)
}

// read reads an index: a line with the checksum; then lines "> module file" and,
// for each statement of that file, "kind start end line name...", kind e (eager),
// t (defines a type), d (defines names; of those with a + it brings the methods; ~M says that the
// names come from module M, >Core that they are Core's), m (methods) or x (methods that a module of Base
// adds to functions of Base). Behind ? stand types that the methods need: see
// [types.needed].
func (l *loader) read(text string) bool {
	sum, rest, _ := strings.Cut(text, "\n")
	if base.Changing() || sum != Sum() {
		return false
	}
	var in *part
	items := make([]item, 0, strings.Count(rest, "\n"))
	for len(rest) > 0 {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		if strings.HasPrefix(line, "> ") {
			in = &part{}
			in.module, in.file, _ = strings.Cut(line[2:], " ")
			if _, known := l.inner[in.module]; !known && inBase(in.module) {
				l.inner[in.module] = nil
			}
			continue
		}
		kind, line, _ := strings.Cut(line, " ")
		items = append(items, item{part: in, method: kind == "m" || kind == "x", extends: kind == "x", isType: kind == "t"})
		it := &items[len(items)-1]
		for _, to := range []*int32{&it.start, &it.end, &it.line} {
			var n string
			n, line, _ = strings.Cut(line, " ")
			*to = int32(atoi(n))
		}
		if in == nil || it.line == 0 {
			return false
		}
		if kind == "e" {
			if inBase(in.module) {
				l.inner[in.module] = append(l.inner[in.module], it)
			} else {
				l.eager = append(l.eager, it)
			}
			continue
		}
		for len(line) > 0 {
			var name string
			name, line, _ = strings.Cut(line, " ")
			if len(name) > 1 && name[0] == '~' && name[1] != '=' {
				it.within = core.Sym(name[1:])
				continue
			}
			if name == ">Core" {
				it.inCore = true
				continue
			}
			if len(name) > 1 && name[0] == '?' {
				it.needs = name[1:]
				continue
			}
			more := name[0] == '+' && len(name) > 1 && !it.method
			if more {
				name = name[1:]
			}
			s := core.Sym(name)
			if it.method || more {
				l.methods[s] = append(l.methods[s], it)
			} else {
				l.names[s] = append(l.names[s], it)
			}
		}
	}
	return true
}

// inBase reports whether the module of that name is one that Base defines.
func inBase(name string) bool { return name != "Core" && name != "Base" }

func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// loadAll evaluates every file in its order.
func (l *loader) loadAll() error {
	for _, p := range base.Order() {
		if err := l.run(l.module(p.Module), p.File, base.Source(p.File), 1); err != nil {
			return err
		}
	}
	return nil
}

// run evaluates the statements of a text that begins at a line of a file.
func (l *loader) run(m *core.Module, file, text string, line int) error {
	tree := syntax.Parse(syntax.NewFile(file, text, line))
	if tree.HasErrors() {
		return fmt.Errorf("%s: %s", file, syntax.RenderError(tree.File, tree.Diagnostics))
	}
	b := lower.SystemExprs{RT: l.rt}
	for _, n := range tree.Statements() {
		at := tree.File.Line(tree.Span(n).Start)
		if err := l.eval(m, syntax.ToExpr[core.Value](b, tree, n), file, at); err != nil {
			return &Error{File: file, Line: at, Err: err}
		}
	}
	return nil
}

// Error is the failure of a statement of Base.
type Error struct {
	File string
	Line int
	Err  error
}

// Error tells the place; the exception is Err.
func (e *Error) Error() string { return fmt.Sprintf("%s:%d: %v", e.File, e.Line, e.Err) }

// Unwrap returns the exception.
func (e *Error) Unwrap() error { return e.Err }

// loadEager evaluates the statements that define no name and hooks the rest into
// the runtime.
func (l *loader) loadEager() error {
	l.rt.Core.Pending = l.definer(l.rt.Core)
	l.rt.Base.Pending = l.definer(l.rt.Base)
	l.rt.PendingMethods = func(s *core.Symbol, all bool) {
		l.depth++
		l.addMethods(s, all)
		l.depth--
		l.wake()
	}
	for _, it := range l.eager {
		l.load(it)
	}
	return l.err
}

// load evaluates a statement, once.
func (l *loader) load(it *item) {
	if it.done {
		return
	}
	it.done, it.loading = true, true
	l.rt.Booting++
	err := l.run(l.module(it.module), it.file, base.Section(it.file, int(it.start), int(it.end)), int(it.line))
	l.rt.Booting--
	it.loading = false
	if err != nil {
		if l.err == nil {
			l.err = err
		}
		if l.report != nil {
			l.report(err)
		}
	}
	l.release(it)
}

// release has the methods loaded that have waited for the type that an item has
// defined. That is not done at once: they may name what is being defined from the
// type.
func (l *loader) release(it *item) {
	l.waiting = append(l.waiting, it.held...)
	it.held = nil
}

// busy reports whether the definition of s is being evaluated.
func (l *loader) busy(s *core.Symbol) bool {
	if s == nil {
		return false
	}
	for _, it := range l.names[s] {
		if it.loading {
			return true
		}
	}
	return false
}

// making reports whether the definition of s in the module m is being evaluated.
func (l *loader) making(m, s *core.Symbol) bool {
	return m != nil && slices.ContainsFunc(l.names[s], func(it *item) bool { return it.loading && it.module == m.Name })
}

// module finds a module by name, loading one that Base defines.
func (l *loader) module(name string) *core.Module {
	switch name {
	case "Core":
		return l.rt.Core
	case "Base":
		return l.rt.Base
	}
	if b := l.rt.Base.Own(core.Sym(name)); b != nil && b.Value.P != nil {
		return core.As[core.Module](b.Value)
	}
	return nil
}

// open makes the files of a module of Base, which has just been loaded, load on
// demand too. What is eager in them is loaded now.
func (l *loader) open(name string) {
	eager, ok := l.inner[name]
	if !ok {
		return // no module with files of its own
	}
	m := l.module(name)
	if m == nil || m.Pending != nil {
		return
	}
	m.Pending = l.definer(m)
	m.PendingNames = func() []*core.Symbol { return l.namesOf(name) }
	if !shared[name] {
		delete(l.inner, name)
		for _, it := range eager {
			l.load(it)
		}
	}
}

// namesOf lists the names that the index has for a module.
func (l *loader) namesOf(module string) (all []*core.Symbol) {
	for _, by := range []map[*core.Symbol][]*item{l.names, l.methods} {
		for s, items := range by {
			if slices.ContainsFunc(items, func(it *item) bool { return it.home() == module && !it.extends && it.within == nil }) {
				all = append(all, s)
			}
		}
	}
	return all
}

// definer makes the function that a module asks for a global that it has not.
func (l *loader) definer(m *core.Module) func(*core.Symbol) bool {
	return func(s *core.Symbol) bool {
		l.depth++
		found := l.define(m, s)
		l.depth--
		l.wake()
		return found
	}
}

// wake loads what is eager in a shared module, one of whose own types has been asked
// for: no method is of use before; and the methods whose types are there now. It
// waits until all is there that was asked for.
func (l *loader) wake() {
	for l.depth == 0 && len(l.waiting) > 0 {
		h := l.waiting[0]
		l.waiting = l.waiting[1:]
		l.depth++ // one after the other: a later method may replace an earlier one
		if h.of == nil {
			l.load(h.it)
		} else {
			l.addHeld(h)
		}
		l.depth--
	}
}

// addHeld loads a method, unless it waits for yet another type.
func (l *loader) addHeld(h heldMethod) {
	if h.it.done {
		return
	}
	if l.hold(h) {
		return
	}
	l.addMethod(h.of, h.it)
}

// closed reports whether an item belongs to a module of Base that has not been
// loaded.
func (l *loader) closed(it *item) bool {
	if !inBase(it.module) {
		return false
	}
	b := l.rt.Base.Bindings[core.Sym(it.module)]
	return b == nil || b.Value.P == nil
}

// define makes m's global s, if the index has it.
func (l *loader) define(m *core.Module, s *core.Symbol) bool {
	found, own := false, false
	if items := l.names[s]; items != nil {
		for _, it := range items {
			if it.home() != m.Name.Name || it.done {
				continue
			}
			if l.busy(it.within) || l.making(it.within, s) {
				return false // it will be what the module makes it
			}
			found, own = true, own || it.within == nil
			l.load(it)
			if m == l.rt.Base {
				l.open(s.Name) // what is next may add methods to its functions
			}
		}
	}
	if own && m != l.rt.Base && m != l.rt.Core {
		if eager, ok := l.inner[m.Name.Name]; ok {
			delete(l.inner, m.Name.Name)
			for _, it := range eager {
				l.waiting = append(l.waiting, heldMethod{it: it})
			}
		}
	}
	if found {
		return true
	}
	// A function that has methods only is made without them; what Core exports is
	// extended by them.
	for _, it := range l.methods[s] {
		if it.module == m.Name.Name && !it.extends {
			if b := m.Bindings[s]; b != nil && b.Value.P != nil {
				return false
			}
			if m != l.rt.Core && l.rt.Core.Exported[s] && l.rt.Core.Own(s) != nil {
				return false
			}
			return l.rt.AssignConst(m, s, core.FunctionTypeOf(m, s, core.FunctionType).Instance) == nil
		}
	}
	return false
}

// addMethods loads the methods of a function or type: all of them, or those that
// can be called while some types of Base do not exist yet.
func (l *loader) addMethods(s *core.Symbol, all bool) {
	if all {
		held := l.held[s]
		delete(l.held, s)
		for _, it := range held {
			l.addMethod(s, it)
		}
	}
	for i := 0; i < len(l.waiting); i++ { // what could be loaded must be, for a call
		if h := l.waiting[i]; h.of == s {
			l.waiting = slices.Delete(l.waiting, i, i+1)
			i = -1
			l.addHeld(h)
		}
	}
	items := l.methods[s]
	if items == nil {
		return
	}
	delete(l.methods, s)
	for _, it := range items {
		if !all && l.hold(heldMethod{s, it}) {
			l.held[s] = append(l.held[s], it)
			continue
		}
		l.addMethod(s, it)
	}
}

func (l *loader) addMethod(s *core.Symbol, it *item) {
	if it.extends && l.closed(it) {
		l.define(l.rt.Base, core.Sym(it.module))
	}
	if l.closed(it) {
		l.methods[s] = append(l.methods[s], it)
		return
	}
	l.load(it)
	for name := range l.inner {
		if slices.Contains(l.names[core.Sym(name)], it) {
			l.open(name)
		}
	}
}

// hold has a method wait for types that it needs and that do not exist yet; false
// if there are none.
func (l *loader) hold(h heldMethod) bool {
	for rest := h.it.needs; rest != ""; {
		var need string
		need, rest, _ = strings.Cut(rest, ",")
		if missing := l.missing(need); missing != nil {
			for _, t := range missing {
				t.held = append(t.held, h)
			}
			return true
		}
	}
	return false
}

// missing finds what defines the types of which one must exist, if none does.
func (l *loader) missing(need string) (all []*item) {
	for need != "" {
		var t string
		t, need, _ = strings.Cut(need, "|")
		module, name, inner := strings.Cut(t, ".")
		if !inner {
			module, name = "", t
		}
		for _, d := range l.names[core.Sym(name)] {
			if d.isType && (inner && d.module == module || !inner && !inBase(d.module)) {
				if d.done && !d.loading {
					return nil
				}
				all = append(all, d)
				break
			}
		}
	}
	return all
}
