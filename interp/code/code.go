// Package code is the engine's instruction set: what package lower writes and
// package vm runs.
//
// # Frames
//
// A frame is a run of 16-byte slots (core.Value) on a task's stack. FP points at
// slot 0. Slot -1 is the header: P = the running *Func, N = return address (low
// 48 bits) | slots from the caller's FP to this one << 48.
//
//	slot 0          the callee (function, closure, type) itself
//	slot 1..n       arguments; of a vararg method the last is a tuple
//	slot n+1..      locals, temporaries
//	NSlots          size; a callee's frame starts at base: header at base-1,
//	                callee in base, arguments from base+1 on
//
// Calls put callee and arguments into the caller's own slots base.., where the
// callee's frame then lies: nothing is copied. Slot base-1 must be free. For the
// generic instructions (Add, GetIndex, ...) that turn out to need a call the
// engine uses base = NSlots+1, so a frame always reserves NSlots slots only.
//
// # Instructions
//
// A stream of 64-bit words. The first word of an instruction is
//
//	op:16 | a:16 | b:16 | c:16        (op in the low bits)
//
// where a, b, c are byte offsets from FP (slot*16, at most 4095 slots), or an
// immediate. Further words are raw addresses (constants, *CallIC, *core.Binding)
// or byte displacements. Every instruction that may end in a call is exactly
// two words, or is followed by its unpacking instruction (Iter), so that a
// return finds it at return address - 16: `a` is where the result goes.
// Jumps are relative to the start of the jump instruction, in bytes.
// Func.Refs keeps every object alive whose address stands in the code.
package code

import (
	"strings"
	"unsafe"

	"weft/runtime/core"
)

// Op is an operation code.
type Op uint16

// The instructions. "->k" is a displacement in word 1, taken when the
// condition in front holds. rX is the slot at byte offset X. IC is a *CallIC.
const (
	Halt Op = iota // the bottom of a task's stack: the task ends with the value in slot 0

	// Moves and constants.
	Move        // ra = rb
	LoadK       // ra = *(*Value)(word 1), a constant held in Func.Consts
	LoadInt     // ra = Int64 sign-extended 32-bit immediate in b,c (b low half)
	LoadNothing // ra = nothing
	LoadUndef   // ra = undefined
	GetGlobal   // ra = global word 1 *core.Binding; exits when undefined
	SetGlobal   // global word 1 = ra; exits unless plain, unconst, untyped
	GetBox      // ra = contents of Box rb; exits when undefined (word 1: *core.Symbol, the variable's name)
	SetBox      // contents of Box ra = rb
	NewBox      // ra = Box with contents rb (b = 0xffff: undefined)
	GetCap      // ra = field c (byte offset in the object) of the closure rb (usually slot 0)
	GetSParam   // ra = static parameter number b of the running Func; exits when unbound
	CheckDef    // if ra undefined: UndefVarError of word 1 *core.Symbol

	// Control.
	Jump        // ->word 1
	Loop        // backward jump ->word 1; counts down the budget
	JumpFalse   // if !ra ->word 1; exits when ra is no Bool
	JumpTrue    // if ra ->word 1; exits when ra is no Bool
	JumpDef     // if ra is defined ->word 1
	JumpNothing // if ra === nothing ->word 1
	// Fused: compare Int64 or Float64 slots rb, rc and jump ->word 2 when the
	// result is FALSE. Word 1 is the IC of the generic comparison; on a slow
	// path its result goes to ra and the engine resumes at the instruction that
	// follows, a JumpFalse ra with the same target. Layout:
	// [op a b c][IC][JumpFalse a][disp from that JumpFalse][...]; the fast path
	// skips or takes that JumpFalse's displacement itself.
	JLt
	JLe
	JGt
	JGe
	JEq
	JNe
	JLtI // as JLt, but c is a signed 16-bit immediate (Int64 literal)
	JLeI
	JGtI
	JGeI
	JEqI
	JNeI
	// As JLt ..., but at the bottom of a loop: the jump is backward, taken when the
	// result is TRUE, and counts down the budget; the slow path resumes at a
	// LoopTrue ra in the place of the JumpFalse.
	LLt
	LLe
	LGt
	LGe
	LEq
	LNe
	LLtI // c is a signed 16-bit immediate
	LLeI
	LGtI
	LGeI
	LEqI
	LNeI
	LoopTrue    // if ra: backward jump ->word 1, counting down the budget; exits when ra is no Bool
	JumpSome    // if ra !== nothing ->word 1
	LoopSome    // the same, a backward jump that counts down the budget
	JumpEgal    // if ra === rb ->word 1
	JumpNotEgal // if ra !== rb ->word 1
	// Not of rb, fused as JLt is: [JNot a b 0][IC of !][JumpFalse a][disp]: jumps
	// when !rb is false.
	JNot
	Return // return ra to the caller

	// Calls. base = b bytes; nargs = c (arguments without the callee). a = result.
	Call     // rb(rb+1 .. rb+c); word 1 IC
	CallF    // as Call, but the callee is fixed: IC.Site.Callee; slot base is not set by the caller
	CallPrim // a = word 1 *core.Prim (arguments rb .. rb+c-1: no callee slot)
	Apply    // a = f(args..., splatted...): rb = f, then c operands, each a container to be iterated; word 1 *ApplySite
	CallKw   // reserved

	// Generic operations with fast paths. Word 1 IC of the generic function.
	Add // ra = rb + rc
	Sub
	Mul
	Div  // /
	IDiv // ÷
	Rem  // %
	Mod
	Lt
	Le
	Gt
	Ge
	Eq
	Ne
	BitAnd
	BitOr
	BitXor
	Shl // <<
	Shr // >>
	Ushr
	AddI // ra = rb + c, c a signed 16-bit immediate (Int64 literal)
	SubI
	MulI
	LtI // ra = rb < c ... immediates as in AddI
	EqI
	PowI      // ra = rb ^ c, c 2 or 3: products on Int64 and Float64
	RemI      // ra = rb % c
	IDivI     // ra = rb ÷ c
	BitAndI   // ra = rb & c
	GetIndexI // ra = rb[c]
	// Pairs that stand often, as one: the second instruction stands behind as it is, and
	// is carried out by itself when the first was not done in the loop.
	SubICall  // SubI of the argument, then the CallF with one argument behind it
	MoveCall  // Move of the argument, then the CallF with one argument behind it
	AddReturn // Add, then the Return of its result behind it
	AddIf     // JumpFalse over the AddI of an integer rb to itself behind it, both without a jump
	// Two indices: [GetIndex2 a b c][IC][Ext d 0 0], one word longer than others:
	// ra = rb[rc, rd]; SetIndex2: ra[rb, rc] = rd (result dropped). A generic call
	// returns to the Ext, which does nothing.
	GetIndex2
	SetIndex2
	Ext
	Neg      // ra = -rb
	Not      // ra = !rb
	BitNot   // ~
	Egal     // ra = rb === rc (word 1 unused)
	GetIndex // ra = rb[rc]
	SetIndex // ra[rb] = rc   (result of a generic call is dropped: the engine uses IC.Drop)
	GetProp  // ra = rb.name; word 1 *PropIC
	SetProp  // ra.name = rb; word 1 *PropIC (result dropped)
	HasField // ra = whether field name of rb is defined, or without a name whether its fields are among names; word 1 *PropIC
	Length   // ra = length(rb)

	// Intrinsics on known machine types: no generic fallback, operands already of
	// the right types (Base's own methods of +, <, ...). One word each.
	AddInt // ra = rb + rc on Int64 and UInt64 bits; ra's type is rb's
	SubInt
	MulInt
	NegInt
	SltInt
	SleInt
	UltInt
	UleInt
	EqInt
	NeInt
	AndInt
	OrInt
	XorInt
	NotInt
	AddFloat // Float64
	SubFloat
	MulFloat
	DivFloat
	NegFloat
	LtFloat
	LeFloat
	EqFloat
	NeFloat
	SqrtFloat
	ItoF // Float64(Int64)

	// Iteration: iterate(rc) into value ra and state rb, over ranges of Int64,
	// vectors, tuples; all else calls iterate.
	// [Iter1 a b c][IC][IterUnpack a b 0][disp][...]: the displacement, from
	// IterUnpack, is taken when there is nothing (left). Iter2 has the state in rb.
	Iter1
	Iter2
	IterUnpack
	// IterNext is Iter2 at the bottom of a loop: [IterNext a b c][IC][IterBack a b 0][disp]:
	// the displacement, from IterBack, is a backward jump, counting down the budget,
	// taken when there IS a next value; falls through to what follows when not.
	// rc may also be an Int64, with an Int64 state: a loop that ForInt started, over
	// the integers up to rc.
	IterNext
	IterBack
	// ForInt starts a loop over rc:r(c+1) without making the range: when both are
	// Int64 it sets ra = rb = rc, then rc = r(c+1) (the last value), and jumps by the
	// low 32 bits of word 1 (signed) when there is a value, by its high 32 bits when
	// there is none. Otherwise it falls through (to code that makes the range).
	ForInt

	// Objects.
	New        // ra = new word 1 *core.DataType with c fields from rb on
	NewDyn     // ra = new(type in rb) with c fields from rb+1 on; word 1 unused (0)
	Tuple      // ra = tuple of c values from rb on; word 1 *TupleIC
	NewClosure // ra = closure of word 1 *core.DataType with c captured values from rb on
	GetField   // ra = field number c (from 0) of tuple or object rb (getfield with a known index; exits on a miss)
	TypeAssert // ra::rb, else TypeError; word 1 0
	Isa        // ra = rb isa rc; word 1 0

	// Exceptions.
	EnterTry // ra = depth of the exception stack (handler ranges are in Func.Handlers)
	GetExc   // ra = the exception being handled
	PopExc   // drop exceptions above depth ra
	Throw    // throw ra
	Rethrow  // throw the exception being handled on, with its old backtrace

	// Rest: leave the loop with the instruction for the engine.
	// Once is a Nop of two words until an ExecOnce at the end of what follows has
	// turned it into a Jump ->word 1.
	Once
	// Values that depend on static parameters and constants only are kept per Func:
	// GetCached: if Func.Cache[b] is defined, ra = it and ->word 1; SetCached:
	// Func.Cache[b] = ra (one word).
	GetCached
	SetCached
	Exec // word 1 *ExecSite: a statement for the engine (method definition, const, import, eval thunk ...); a result, rb.. operands, c count
	Nop
	NumOps
)

// FuncType is the type of a Func, as a value that no program sees.
var FuncType = core.NewOpaque("Func", core.Any, true)

// Func is compiled code: one method body, closure body or top-level thunk.
// Methods with static parameters get a copy per set of them that shares Code.
type Func struct {
	// Type is FuncType: what looks at all slots of a frame may come across the header of one
	// that has ended, which points here.
	Type   *core.DataType
	Base   BaseCase
	Name   string
	Module *core.Module
	File   string
	Code   []uint64
	Consts []*core.Value // constants LoadK points at
	// Constant globals whose values the code was made for: when one gets another
	// value (Binding.Changed), the method has to be compiled again.
	Embeds   []*core.Binding
	Since    uint64 // the first world in which constants built in have the values that they were built in with
	Refs     []any  // everything else whose address is in Code
	NSlots   int    // slots of a frame
	NArgs    int    // argument slots, callee included
	Vararg   bool   // the last argument slot takes a tuple of the rest
	SParams  []core.Value
	SPNames  []*core.Symbol
	Handlers []Handler // innermost first
	Lines    []LineEntry
	Method   *core.Method // nil for thunks
	Cache    []core.Value // of GetCached; each copy for other static parameters has its own
	Names    []string     // of slots, "" for temporaries; for the disassembler and debuggers
	TopLevel bool
	UsesSelf bool   // reads slot 0, the callee: a CallF has to set it
	Toplevel string // "top-level scope"-style name in traces
}

// CodeName names the function for traces.
func (f *Func) CodeName() string { return f.Name }

// Entry is the address of the first instruction.
func (f *Func) Entry() unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(f.Code)) }

// PlainName is the name that a function has in the source: of f's body with keywords,
// #f#1, it is f.
func PlainName(name string) string {
	if rest, ok := strings.CutPrefix(name, "#"); ok {
		if plain, _, ok := strings.Cut(rest, "#"); ok && plain != "" {
			return plain
		}
	}
	return name
}

// Handler covers the code bytes [Lo, Hi): a throw there goes on at Target with
// the exception pushed on the task's stack of exceptions.
type Handler struct{ Lo, Hi, Target int }

// LineEntry says that code from byte offset PC on belongs to Line (and, of an
// expanded macro or included file, to another File).
type LineEntry struct {
	PC   int
	Line int
	File string // "" = Func.File
}

// LineAt returns file and line of the instruction at byte offset pc.
func (f *Func) LineAt(pc int) (string, int) {
	file, line := f.File, 0
	for _, e := range f.Lines {
		if e.PC > pc {
			break
		}
		line = e.Line
		if e.File != "" {
			file = e.File
		} else {
			file = f.File
		}
	}
	return file, line
}

// MaxKeys is how many argument types (callee included) a CallIC compares.
const MaxKeys = 6

// CallIC is the inline cache of a call site. The loop reads the fields up to
// Keys; the rest belongs to the engine. An entry is valid for worlds >= Min; an
// empty one has Min = ^uint64(0). Key i is the type word of argument slot i
// (0 the callee), or, for an argument that is itself a type, the type's address + 8.
type CallIC struct {
	Min   uint64
	Func  *Func          // target; nil when the target is not plain code (then the loop exits)
	Entry unsafe.Pointer // Func.Entry()
	Frame uintptr        // bytes the callee needs from its FP on
	N     int            // keys that count
	Keys  [MaxKeys]unsafe.Pointer
	Site  *CallSite
	Miss  any // engine: polymorphic entries, slow targets
}

// CallSite is what stays the same at a call site.
type CallSite struct {
	Callee core.Value // CallF and generic operations: the function
	NArgs  int
	Drop   bool // the result is not wanted (SetIndex, SetProp)
	Name   string
	Around *[2]core.Value // PowI: what stands before and after the operand in the call
}

// PropIC is the inline cache of a property access: for objects of Type the
// property is the field at Offset.
type PropIC struct {
	Type   *core.DataType // nil when empty
	Offset uintptr
	// HasField: an Offset of 0 or 1 is the answer.
	// SetProp: a value whose type word is Want may be stored as it is; nil: any.
	Want  *core.DataType
	Name  *core.Symbol
	Names core.Value // HasField: a tuple of symbols
	Site  *CallSite  // getproperty or setproperty!
	IC    *CallIC    // for the generic call
}

// TupleIC remembers the tuple type for the element types seen last.
type TupleIC struct {
	Keys  []*core.DataType
	Type  *core.DataType
	Names core.Value // of a named tuple; else undefined
}

// ApplySite is the fixed part of a splatting call.
type ApplySite struct {
	Splat []bool // per operand: iterate it, or pass it as it is
	Name  string
	ICs   [5]*CallIC // engine: by the number of arguments
}

// ExecKind says what an Exec instruction does.
type ExecKind int

// The kinds of Exec statement.
const (
	ExecMethod      ExecKind = iota // define a method: operands: function or type (or nothing: make the generic function Name), signature tuple type/svec; Data *MethodDef
	ExecGeneric                     // make (or get) the generic function Name in Module: `function f end`
	ExecConst                       // const Name = operand 0
	ExecDeclGlobal                  // global Name (operand 0: type, if there)
	ExecSetGlobal                   // Module.Name = operand 0, the general way (conversion to the declared type done before)
	ExecImport                      // import/using; Data *ImportDef
	ExecExport                      // export/public names; Data *ExportDef
	ExecModule                      // module ... end; Data *ModuleDef
	ExecEval                        // Core.eval(operand 0 module, operand 1 expr)
	ExecType                        // begin a type definition: Data *StructDef, operands: the TypeVars; result: the new type as its name will mean it
	ExecTypeEnd                     // end it: Data *StructDef, operands: that type, supertype, then field types or (primitive) the bits: checks for an equal older definition, binds Name; result: the type bound
	ExecIsDefGlobal                 // isdefined(Module, Name)
	ExecLatest                      // nothing; at top level what follows sees the newest methods
	ExecTypeVar                     // operands: lower, upper bound (undefined: none); result: TypeVar Name
	ExecOnce                        // Data *OnceSite: turn the Once into a Jump
	ExecCopyAST                     // result: a deep copy of the Expr (or QuoteNode ...) Data, a core.Value
	ExecIsDefBox                    // whether Box operand 0 has contents
	ExecIsDefSParam                 // whether the running Func's static parameter of number Data is bound
	ExecNewSplat                    // new(type operand 0) with the fields in tuple operand 1
	ExecClosureType                 // Data func() *core.DataType makes a closure's type: the result
)

// ExecSite is the fixed part of an Exec instruction.
type ExecSite struct {
	Kind   ExecKind
	Module *core.Module
	Name   *core.Symbol
	Data   any
	NArgs  int
}

// OnceSite finds the Once instruction that an ExecOnce ends: it stands at word
// Pos of the running Func's code.
type OnceSite struct{ Pos int }

// MethodDef is the fixed part of a method definition. Operand 0 is the function
// or type that gets it (or undefined: the generic function Name of the site's
// Module, made if needed), then the types of the argument slots (callee first,
// undefined: what operand 0 implies; of a vararg method the last is the type of
// each further argument, or a Vararg), then the TypeVars, then the captured
// values. The method's own module is the running Func's.
type MethodDef struct {
	Name   *core.Symbol
	NTypes int // operands that are argument types, after operand 0
	NVars  int // operands that are TypeVars
	NArgs  int
	Vararg bool
	Args   []*core.Symbol
	File   string
	Line   int
	Body   *Func // when already compiled (closures)
	// Otherwise: at the first call. self is the function, if it is the only value of
	// the first argument's type.
	Compile func(self core.Value) (*Func, error)
	// With captured values (a method of a global function in a let): makes Compile
	// for the values given as operands.
	NCaps int
	Bind  func(caps []core.Value) func(self core.Value) (*Func, error)
	// Closure: a method of a closure's type, which nobody has called yet: valid
	// in every world, so that the running task sees it.
	Closure bool
	Source  core.Value // the expression that defines the closure, if known
	Gen     bool
	KwNames []*core.Symbol
	Unused  []*core.Symbol // where-variables that the signature does not mention
	Doc     core.Value
}

// ImportDef is an import or using statement.
type ImportDef struct {
	Using bool
	Path  []string // leading "." for relative
	Names []ImportName
	As    string // import A as B
}

// ImportName is one name of `import A: x as y`.
type ImportName struct{ Name, As string }

// ExportDef is an export or public statement.
type ExportDef struct {
	Names  []string
	Public bool
}

// ModuleDef is a module block. Its statements are Exprs, evaluated one by one.
type ModuleDef struct {
	Name string
	Bare bool
	Body core.Value // :block Expr
	File string
	Line int
}

// TypeKind tells the kinds of type definition apart.
type TypeKind uint8

// The kinds of type definition.
const (
	StructKind TypeKind = iota
	AbstractKind
	PrimitiveKind
)

// StructDef is a type definition.
type StructDef struct {
	Name    *core.Symbol
	Kind    TypeKind
	Vars    []*core.Symbol
	Fields  []*core.Symbol
	Const   []bool
	Atomic  []bool
	Mutable bool
	NInit   int
	Inner   bool // has inner constructors
	Doc     core.Value
}
