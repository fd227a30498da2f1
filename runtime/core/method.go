package core

// Runtime is what one running system owns: its modules, method tables and
// world. Types are shared by the process; all that changes hangs here.
type Runtime struct {
	Core, Base, Main *Module
	World            uint64 // of the newest method
	AsOf             uint64 // if not 0, the world that code is compiled for, which is not the newest
	Tables           map[*TypeName]*MethodTable
	Tags             Tags
	Documented       []*Module // that own documented names
	Pointees         Pointees

	// Parts of Base are loaded when they are first asked for. Booting is not 0
	// while one is being loaded: its methods count as having been there from the
	// beginning (world 1). PendingMethods loads the methods of a function, or the
	// constructors of a type, of Core or Base: all of them, or those that can be
	// called while some types are not loaded.
	Booting        int
	Nary           map[*Symbol]bool // functions such as + with methods of programs for three arguments and more
	PendingMethods func(name *Symbol, all bool)

	types    []*TypeName             // of all structs: flat instances do not keep theirs
	specific map[[2]*Method]bool     // results of MoreSpecific
	aliases  map[*Module]*aliasIndex // for printing
}

// NewRuntime makes a runtime with modules Core, Base and Main (empty but for
// the builtin types in Core).
func NewRuntime() *Runtime {
	r := &Runtime{World: 1, Tables: map[*TypeName]*MethodTable{}}
	r.Core = NewModule(Sym("Core"), nil)
	r.Main = NewModule(Sym("Main"), nil)
	r.Base = NewModule(Sym("Base"), nil)
	r.Base.Parent = r.Main
	r.Core.Parent = r.Main
	r.Core.Root, r.Base.Root = true, true
	r.defineCore()
	return r
}

// Tags are types that the engine knows but that Julia source defines; nil until
// Base has registered them.
type Tags struct {
	UnitRangeInt *DataType // UnitRange{Int64}: fields start, stop
	StepRangeInt *DataType // StepRange{Int64,Int64}: fields start, step, stop
	OneToInt     *DataType // Base.OneTo{Int64}: field stop
}

// Prim is a primitive: a leaf function in Go. Fn's type lives in package task;
// Core sees it as an opaque value. Its type is a singleton below Core.Builtin.
type Prim struct {
	Name string
	Min  int // arguments; Max < 0 means any number
	Max  int
	Doc  string
	Fn   any // task.Fn
	Ref  Value
}

// Code is the compiled form of a method body; interp/code's Func implements it.
type Code interface{ CodeName() string }

// Method is one method of a function.
type Method struct {
	Type    *DataType
	Name    *Symbol
	Module  *Module
	Sig     Value // Tuple{typeof(f), args...} or a UnionAll of it
	SigTup  *DataType
	SParams []*TypeVar // the where-variables of Sig, outermost first
	NArgs   int        // required positional slots, the callee included; with Vararg the last one is it
	Vararg  bool
	File    *Symbol
	Line    int
	Args    []*Symbol // names of arguments, callee first ("#unused#" where none)
	KwNames []*Symbol // of the keyword method that belongs to it
	From    uint64    // world it came with
	To      uint64    // last world it was valid in
	Body    Code      // nil until Compile has run
	Compile func() (Code, error)
	Gen     bool // @generated: Compile makes the generator
	Doc     Value
	Source  Value // of a closure outside of Base: the expression that defines it
	Aux     any   // engine's data
	deleted bool  // by DeleteMethod, or alive again as a copy

	// What Lookup knows of the signature; AddMethod fills it in.
	filter      []argFilter // of the fixed arguments
	varFilter   argFilter
	anyLength   bool // takes a Vararg
	exactLength int  // arguments in all if the Vararg has a count, else -1
	simple      bool // passing the filters is a match
}

// MethodTable holds the methods of one function (or constructor or callable type).
type MethodTable struct {
	Name     *Symbol
	Module   *Module
	Methods  []*Method // in the order of definition, replaced ones (To < Forever) included
	Flush    []func()  // empties the inline caches that hold results of this table
	MaxWorld uint64    // newest change
	Shared   bool      // of an abstract type: has a say in other tables' calls

	cache lookupCache
}

// CacheEntry is the result of one lookup: the method and its static parameters
// for one concrete argument type tuple.
type CacheEntry struct {
	Types    []*DataType // concrete, callee first; for an argument that is a type: nil and Exact holds it
	Exact    []Value     // per argument: the type passed (its identity matters), or undefined
	Method   *Method
	SParams  []Value
	From, To uint64
	Aux      any // engine's specialised code

	hash uint64
}
