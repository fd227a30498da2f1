package core

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
	Docs     map[*Symbol]Value // docstrings by name
	Gensym   map[string]int    // counters for names of closures
}

// Binding is a global variable. Code refers to it by pointer.
type Binding struct {
	Type  *DataType
	Value Value // undefined until assigned
	Flags BindingFlags
	Owner *Module
	Name  *Symbol
	Decl  Value // declared type, or undefined (Any)
}

// BindingFlags are facts about a global.
type BindingFlags uint32

// The flags.
const (
	BindConst    BindingFlags = 1 << iota // const
	BindTyped                             // has a declared type other than Any
	BindImported                          // explicit import of another module's binding (stored under the importer's name)
	BindDeclared                          // global x
)

// NewModule makes an empty module.
func NewModule(name *Symbol, parent *Module) *Module {
	m := &Module{Type: ModuleType, Name: name, Parent: parent, Bindings: map[*Symbol]*Binding{},
		Exported: map[*Symbol]bool{}, Public: map[*Symbol]bool{}, Docs: map[*Symbol]Value{}}
	if parent == nil {
		m.Parent = m
	}
	return m
}

// Value returns m as a Julia value.
func (m *Module) Value() Value { return ToValue(m) }

// Own returns m's own binding of name (possibly an import), or nil.
func (m *Module) Own(name *Symbol) *Binding { return m.Bindings[name] }

// Lookup finds the binding that name means in m: its own, an imported one, or
// one exported by a module m uses; nil if there is none.
func (m *Module) Lookup(name *Symbol) *Binding {
	if b := m.Bindings[name]; b != nil && (b.Value.P != nil || b.Flags&(BindDeclared|BindImported|BindConst) != 0) {
		return b
	}
	if b := m.lookupUsing(name, nil); b != nil {
		return b
	}
	return m.Bindings[name]
}

func (m *Module) lookupUsing(name *Symbol, seen []*Module) *Binding {
	for _, s := range seen {
		if s == m {
			return nil
		}
	}
	seen = append(seen, m)
	for i := len(m.Usings) - 1; i >= 0; i-- {
		u := m.Usings[i]
		if !u.Exported[name] {
			continue
		}
		if b := u.Bindings[name]; b != nil {
			return b
		}
		if b := u.lookupUsing(name, seen); b != nil {
			return b
		}
	}
	return nil
}

// Define returns m's own binding of name, making an undefined one if needed. It
// never resolves through `using`.
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
