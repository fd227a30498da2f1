package core

// Modules and their bindings: what a name means, and who may change it.

// Module is a namespace of bindings.
type Module struct {
	Type     *DataType
	Name     *Symbol
	Parent   *Module // itself for a top module
	Bindings map[*Symbol]*Binding
	Usings   []*Module // `using M`: exported names are visible
	Exported map[*Symbol]bool
	Public   map[*Symbol]bool
	File     string
	Bare     bool
	Root     bool               // named alone, whatever its parent: Base, Core, packages
	Packages bool               // the modules in it are packages
	Docs     map[*Symbol][]*Doc // docstrings by name
	Gensym   map[string]int     // counters for names of closures

	imported map[*Symbol]ImportKind // how a binding of another module came here

	// Pending, if not nil, defines name if its definition is still to be loaded,
	// and tells whether it was.
	Pending func(name *Symbol) bool
	// PendingNames, if not nil, lists the names whose definitions may be still to be loaded.
	PendingNames func() []*Symbol
}

// Binding is a global variable. Code refers to it by pointer. An imported name
// stands in its importer's Bindings as the very binding of its owner.
type Binding struct {
	Type    *DataType
	Value   Value // undefined until assigned
	Flags   BindingFlags
	Owner   *Module
	Name    *Symbol
	Decl    Value    // declared type, or undefined (Any)
	Changed []func() // called when a constant gets another value
	Since   uint64   // the world in which the constant got its value; 0: it was always there
	Past    []Past   // what the constant was before, oldest first
}

// Past is a value that a constant had once.
type Past struct {
	Value        Value
	Since, Until uint64 // first and last world
}

// In is the value that the constant b has in a world, and the world since when it has
// that. In worlds before the first it has the first one.
func (b *Binding) In(world uint64) (Value, uint64) {
	if world >= b.Since || len(b.Past) == 0 {
		return b.Value, b.Since
	}
	for i := len(b.Past) - 1; i > 0; i-- {
		if world >= b.Past[i].Since {
			return b.Past[i].Value, b.Past[i].Since
		}
	}
	return b.Past[0].Value, b.Past[0].Since
}

// BindingFlags are facts about a global.
type BindingFlags uint32

// The flags.
const (
	BindConst      BindingFlags = 1 << iota // const
	BindTyped                               // has a declared type other than Any
	BindImported                            // kept for engines that mark copies; core's imports share the binding
	BindDeclared                            // global x
	BindDeprecated                          // of two usings that provide a name the other one counts
)

// ImportKind says how a module came to another module's binding.
type ImportKind uint8

// The kinds.
const (
	NotImported   ImportKind = iota
	ViaUsing                 // `using M`: exported by M
	ViaUsingName             // `using M: x`
	ViaImportName            // `import M: x`: may be given methods
)

// NewModule makes an empty module.
func NewModule(name *Symbol, parent *Module) *Module {
	m := &Module{Type: ModuleType, Name: name, Parent: parent, Bindings: map[*Symbol]*Binding{},
		Exported: map[*Symbol]bool{}, Public: map[*Symbol]bool{}, Docs: map[*Symbol][]*Doc{}}
	if parent == nil {
		m.Parent = m
	} else {
		m.Root = parent.Packages
	}
	return m
}

// Value returns m as a Julia value.
func (m *Module) Value() Value { return ToValue(m) }

// FullName returns the names from the top module down to m.
func (m *Module) FullName() []*Symbol {
	if m.Root || m.Parent == m || m.Parent == nil {
		return []*Symbol{m.Name}
	}
	return append(m.Parent.FullName(), m.Name)
}

// Path returns the dotted full name of m.
func (m *Module) Path() string {
	s := ""
	for i, n := range m.FullName() {
		if i > 0 {
			s += "."
		}
		s += quoteName(n.Name)
	}
	return s
}

// Own returns m's own binding of name (possibly an import), or nil.
func (m *Module) Own(name *Symbol) *Binding {
	b := m.Bindings[name]
	if m.Pending != nil && (b == nil || b.Value.P == nil) {
		m.Pending(name)
		b = m.Bindings[name]
	}
	return b
}

// Declares reports whether m has a variable name that can be assigned.
func (m *Module) Declares(name *Symbol) bool {
	b := m.Own(name)
	return b != nil && m.settled(b)
}

// Undeclared is the error of assigning a variable that m does not have.
func (m *Module) Undeclared(name *Symbol) error {
	return Errorf("Global %s.%s does not exist and cannot be assigned.\n"+
		"Note: Julia 1.9 and 1.10 inadvertently omitted this error check (#56933).\n"+
		"Hint: Declare it using `global %s` inside `%s` before attempting assignment.", m.Name.Name, name.Name, name.Name, m.Name.Name)
}

// settled reports whether b is m's answer for its name: assigned, declared or
// imported, not merely mentioned.
func (m *Module) settled(b *Binding) bool {
	return b.Value.P != nil || b.Owner != m || b.Flags&(BindDeclared|BindImported|BindConst) != 0
}

// Lookup finds the binding that name means in m: its own, an imported one, or
// one exported by a module m uses; nil if there is none or if used modules
// disagree.
func (m *Module) Lookup(name *Symbol) *Binding {
	b := m.Bindings[name]
	if b != nil && m.settled(b) {
		return b
	}
	if m.Pending != nil && m.Pending(name) {
		if b = m.Bindings[name]; b != nil && m.settled(b) {
			return b
		}
	}
	if u, _ := m.lookupUsing(name, nil); u != nil {
		return u
	}
	return b
}

// lookupUsing finds what the modules that m uses export under name; conflict
// when they export different things.
func (m *Module) lookupUsing(name *Symbol, seen []*Module) (found *Binding, conflict []*Module) {
	for _, s := range seen {
		if s == m {
			return nil, nil
		}
	}
	var from *Module
	for i := len(m.Usings) - 1; i >= 0; i-- {
		u := m.Usings[i]
		if !u.Exported[name] {
			continue
		}
		b := u.Bindings[name]
		if (b == nil || !u.settled(b)) && u.Pending != nil && u.Pending(name) {
			b = u.Bindings[name]
		}
		if b == nil || !u.settled(b) {
			if seen == nil {
				seen = append(make([]*Module, 0, 8), m)
			}
			if c, _ := u.lookupUsing(name, append(seen, m)); c != nil {
				b = c
			}
		}
		switch {
		case b == nil:
		case found == nil || found.Flags&BindDeprecated != 0:
			found, from = b, u
		case found != b && b.Flags&BindDeprecated == 0 && !sameConst(found, b):
			return nil, []*Module{from, u}
		}
	}
	return found, nil
}

func sameConst(a, b *Binding) bool {
	return a.Flags&b.Flags&BindConst != 0 && a.Value.P != nil && Egal(a.Value, b.Value)
}

// Conflict returns two used modules that export different things under name,
// or nil.
func (m *Module) Conflict(name *Symbol) []*Module {
	if b := m.Bindings[name]; b != nil && m.settled(b) {
		return nil
	}
	_, c := m.lookupUsing(name, nil)
	return c
}

// Define returns m's own binding of name, making an undefined one if needed. It
// never resolves through `using`. Where name is an explicit import it is that.
func (m *Module) Define(name *Symbol) *Binding {
	if b := m.Bindings[name]; b != nil {
		return b
	}
	b := &Binding{Type: BindingType, Owner: m, Name: name}
	m.Bindings[name] = b
	return b
}

// Resolve returns the binding that code in m means by name: Lookup, or m's own
// undefined binding. A read that finds it undefined looks again, since a later
// `using` may provide it.
func (m *Module) Resolve(name *Symbol) *Binding {
	if b := m.Lookup(name); b != nil {
		return b
	}
	return m.Define(name)
}

// SetConst defines name in m as a constant.
func (m *Module) SetConst(name string, v Value) *Binding {
	b := m.Define(Sym(name))
	b.Value = v
	b.Flags |= BindConst
	return b
}

// How returns how m came to what name means in it: NotImported if it is m's
// own, or nothing.
func (m *Module) How(name *Symbol) ImportKind {
	b := m.Bindings[name]
	if b != nil && m.settled(b) {
		if b.Owner == m {
			return NotImported
		}
		if k := m.imported[name]; k != NotImported {
			return k
		}
		return ViaUsingName
	}
	if u, _ := m.lookupUsing(name, nil); u != nil {
		return ViaUsing
	}
	return NotImported
}

// Use makes m use u, as `using u`.
func (m *Module) Use(u *Module) {
	if u == m {
		return
	}
	for i, o := range m.Usings {
		if o == u {
			m.Usings = append(append(m.Usings[:i:i], m.Usings[i+1:]...), u)
			return
		}
	}
	m.Usings = append(m.Usings, u)
}

// Import makes name of module from visible in m as `as` (nil: the same name).
// The string is a warning to print, empty if there is none.
func (m *Module) Import(from *Module, name, as *Symbol, kind ImportKind) (string, error) {
	if as == nil {
		as = name
	}
	b := from.Lookup(name)
	if b == nil || !b.Owner.settled(b) {
		if b == nil {
			b = from.Define(name)
		}
		warn := ""
		if m.Bindings[as] == nil {
			m.bind(as, b, kind)
			warn = "WARNING: Imported binding " + from.Name.Name + "." + quoteName(name.Name) + " was undeclared at import time during import to " + m.Name.Name + ".\n"
		}
		return warn, nil
	}
	old := m.Bindings[as]
	switch {
	case old == b:
		if kind > m.imported[as] && b.Owner != m {
			m.bind(as, b, kind)
		}
		return "", nil
	case old == nil || !m.settled(old):
		m.bind(as, b, kind)
		return "", nil
	case old.Owner != m:
		if sameConst(old, b) {
			return "", nil
		}
		return "WARNING: ignoring conflicting import of " + from.Name.Name + "." + quoteName(name.Name) + " into " + m.Name.Name + "\n", nil
	}
	if sameConst(old, b) {
		return "", nil
	}
	return "WARNING: import of " + from.Name.Name + "." + quoteName(name.Name) + " into " + m.Name.Name +
		" conflicts with an existing identifier; ignored.\n", nil
}

func (m *Module) bind(as *Symbol, b *Binding, kind ImportKind) {
	if m.imported == nil {
		m.imported = map[*Symbol]ImportKind{}
	}
	m.Bindings[as] = b
	m.imported[as] = kind
}

// Export adds name to what m exports (or, with public, only declares public).
func (m *Module) Export(name *Symbol, public bool) {
	if !public {
		m.Exported[name] = true
	}
	m.Public[name] = true
}

// AssignConst is `const name = v` in m. A constant that has another value gets
// a new one; a plain global stays one.
func (r *Runtime) AssignConst(m *Module, name *Symbol, v Value) error {
	b := m.Bindings[name]
	if b != nil && b.Owner != m && m.settled(b) {
		if b.Flags&BindConst != 0 && b.Value.P != nil && Egal(b.Value, v) {
			return nil
		}
		return Errorf("cannot declare %s.%s constant; it was already declared as an import", m.Name.Name, quoteName(name.Name))
	}
	b = m.Define(name)
	if b.Flags&BindConst != 0 && b.Value.P != nil && Egal(b.Value, v) {
		return nil
	}
	if b.Flags&BindConst == 0 && (b.Value.P != nil || b.Flags&BindTyped != 0) {
		return Errorf("cannot declare %s.%s constant; it was already declared global", m.Name.Name, quoteName(name.Name))
	}
	changed := b.Value.P != nil
	before := namedType(b)
	if r.Booting == 0 && (changed || !r.OfBase(m)) {
		if b.Flags&BindConst != 0 && changed {
			b.Past = append(b.Past, Past{b.Value, b.Since, r.World})
		}
		r.World++
		b.Since = r.World
	}
	b.Value = v
	b.Flags = b.Flags&^BindTyped | BindConst
	b.Decl = Value{}
	if changed {
		for _, f := range b.Changed {
			f()
		}
	}
	if now := namedType(b); now != before {
		if before != nil {
			before.Until = r.World - 1
		}
		if now != nil {
			now.Since, now.Until = r.World, 0
		}
	}
	return nil
}

// namedType is the type that b holds and that is called so after it; nil if there is none.
func namedType(b *Binding) *TypeName {
	if b.Value.P == nil || !IsType(b.Value) {
		return nil
	}
	d, ok := IsDataType(unwrap(b.Value))
	if !ok || d.Name.Name != b.Name || d.Name.Module != b.Owner {
		return nil
	}
	return d.Name
}

// CheckAssign says whether code in m may assign to the binding b of name, and
// returns the binding to assign to: m's own, where b came by `using`.
func (m *Module) CheckAssign(name *Symbol) (*Binding, error) {
	b := m.Bindings[name]
	if b == nil {
		b = m.Define(name)
	}
	if b.Owner != m {
		return nil, Errorf("cannot assign a value to imported variable %s.%s from module %s", b.Owner.Name.Name, b.Name.Name, m.Name.Name)
	}
	if b.Flags&BindConst != 0 {
		return nil, Errorf("invalid assignment to constant %s.%s. This redefinition may be permitted using the `const` keyword.", m.Path(), quoteName(name.Name))
	}
	return b, nil
}

// DeclareType is `global name::t` in m.
func (m *Module) DeclareType(name *Symbol, t Value) error {
	b, err := m.CheckAssign(name)
	if err != nil {
		return err
	}
	now := b.Decl
	if now.P == nil && b.Value.P != nil {
		now = Any.Value()
	}
	if now.P != nil && !TypeEqual(now, t) {
		return Errorf("cannot set type for global %s.%s. It already has a value or is already set to a different type.", m.Name.Name, quoteName(name.Name))
	}
	b.Decl = t
	b.Flags |= BindDeclared
	if t != Any.Value() {
		b.Flags |= BindTyped
	}
	return nil
}

// MethodTarget finds what a definition `name(...) = ...` in m adds a method to:
// the function or type that name means, or undefined when a new function is to
// be made (and bound as a constant of m). The string is a warning to print.
func (m *Module) MethodTarget(name *Symbol) (Value, string, error) {
	b := m.Lookup(name)
	if b == nil || b.Value.P == nil {
		return Value{}, "", nil
	}
	how := m.How(name)
	isType := IsType(b.Value)
	switch {
	case isType && name.Name != "=>" && (how == ViaUsing || how == ViaUsingName): // => of Pair looks like an operator
		return b.Value, "WARNING: Constructor for type \"" + name.Name + "\" was extended in `" + m.Path() +
			"` without explicit qualification or import.\n  NOTE: Assumed \"" + name.Name + "\" refers to `" + b.Owner.Path() + "." + b.Name.Name +
			"`. This behavior is deprecated and may differ in future versions.\n  NOTE: This behavior may have differed in Julia versions prior to 1.12.\n  Hint: If you intended to create a new generic function of the same name, use `function " +
			name.Name + " end`.\n  Hint: To silence the warning, qualify `" + name.Name + "` as `" + b.Owner.Path() + "." + b.Name.Name +
			"` in the method signature or explicitly `import " + b.Owner.Path() + ": " + b.Name.Name + "`.\n", nil
	case isType && how == ViaUsing || how == ViaUsingName:
		return Value{}, "", notExtended(m, b, name)
	case how == ViaUsing:
		return Value{}, "", nil
	}
	if b.Flags&BindConst == 0 && how == NotImported {
		return Value{}, "", Errorf("cannot define function %s; it already has a value", quoteName(name.Name))
	}
	return b.Value, "", nil
}

// notExtended is the error of a definition in m that would add to another module's name.
func notExtended(m *Module, b *Binding, name *Symbol) error {
	return Errorf("invalid method definition in %s: function %s.%s must be explicitly imported to be extended",
		m.Name.Name, b.Owner.Name.Name, quoteName(name.Name))
}

// Release lets go of what the modules of r hold, when nothing runs any more. Types that
// are told apart by identity are kept for the process, Tuple{Foo} for one, and know
// their modules: without this one of them would keep all that an ended system had.
func (r *Runtime) Release() {
	seen := map[*Module]bool{}
	var release func(m *Module)
	release = func(m *Module) {
		if seen[m] {
			return
		}
		seen[m] = true
		bindings := m.Bindings
		m.Bindings, m.Exported, m.Public, m.Docs, m.Pending, m.PendingNames = map[*Symbol]*Binding{}, nil, nil, nil, nil, nil
		for _, b := range bindings {
			if b.Value.P != nil && TypeOf(b.Value) == ModuleType {
				release(As[Module](b.Value))
			}
			b.Value, b.Changed = Value{}, nil
		}
	}
	for _, m := range []*Module{r.Main, r.Base, r.Core} {
		release(m)
	}
	r.Tables = nil
}
