// Package lower turns Exprs into code. Five passes:
//
//	expand   Expr -> Expr     macro calls run through the VM; hygiene by renaming
//	desugar  Expr -> *Form    surface syntax to the few kernel forms below
//	scope    *Form -> *Form   each Name is bound: local, argument, captured, boxed, static parameter, global
//	closure  *Form -> *Form   inner functions become closure types and captured fields
//	linear   *Form -> code.Func
//
// expand and desugar (files expand*.go, desugar*.go) work on one top-level
// statement at a time; bodies of top-level functions are kept as Exprs and go
// through the passes at their first call.
package lower

import "weft/runtime/core"

// Kind is the kind of a kernel form.
type Kind uint8

// The kernel forms. Kids are Form.Kids; the other fields are named.
const (
	// Leaves.
	Const   Kind = iota // Val (a literal, a quoted value; AST is copied by CopyAST)
	CopyAST             // Val is an Expr to be copied at each evaluation (quote without interpolation)
	Name                // Sym: an identifier, bound by the scope pass
	Global              // Mod.Sym: an explicit global
	SParam              // static parameter Index (after the scope pass)
	Slot                // local variable Var (after the scope pass)

	// Calls. Kids[0] is the callee.
	Call  // f(args...)
	Apply // f(args...) with some splatted: Def is a []bool, item i for Kids[i+1]
	// keyword calls are Calls of Core.kwcall(namedtuple, f, args...)
	New      // new{...}(args...): Kids[0] type, then fields (already converted)
	NewSplat // new(args...) from one tuple: Kids[0] type, Kids[1] tuple

	// Variables.
	Assign    // Kids[0] (Name or Global) = Kids[1]; the value is Kids[1]
	LocalDecl // Sym is local in the enclosing scope (no value)
	LocalDef  // as LocalDecl, and becomes undefined anew at each evaluation (loop bodies, let)
	GlobalDecl
	ConstDecl   // const Kids[0] (Name or Global) = Kids[1], of a global; with Outer, of a type alias: an assignment where the name is local
	TypedDecl   // declares the type of a variable: Kids[0] Name or Global, Kids[1] type. Assignments to a local convert (see ConvertTo)
	IsDefined   // Kids[0] Name/Global/SParam
	Destructure // Kids[0] is iterated; Kids[1:] temporaries (Slots) get its elements in turn, number Index (from 0; -1: none) all that are left (Base.rest); BoundsError(value, i) when there are too few; value nothing
	Latest      // at top level, what follows sees the newest methods (no value)
	Locals      // puts the local variables visible here that have values into Kids[0] (a Slot with a Dict); a Block after the scope pass
	IsLocal     // true if Sym is a local variable visible here, else false (a constant)

	// Control.
	Block      // value of the last kid; nothing if empty
	If         // cond, then, else (else may be missing: nothing)
	While      // cond, body; value nothing. Break leaves it, Continue goes to the condition
	For        // Kids[0] iterable, Kids[1] body (a soft Scope); Sym names the variable that gets each value, fresh at each iteration and local to that Scope
	BreakBlock // Sym label: Kids[0]; Break with that label goes to its end
	Break      // Sym label, "loop-exit" or "loop-cont" for the innermost loop
	Return     // Kids[0]
	Try        // Kids: body, catch, else, finally (nil where missing), each a Scope unless Sym is openTry; the catch block itself assigns TheExc to its variable
	TheExc     // the exception being handled
	Label      // @label Sym
	Goto       // @goto Sym
	Scope      // a scope: Hard or soft (Flags); Kids[0] body

	// Functions.
	Lambda   // an anonymous or local function without a name of its own: Fn
	Method   // adds a method: Fn; Kids[0]: what is extended (Name, Global, or an expression giving a type), value: the function
	FuncDecl // `function f end`: Kids[0] Name or Global
	OpaqueFn // reserved
	// Statements at top level.
	Struct    // Def *TypeDef
	Abstract  // Def *TypeDef
	Primitive // Def *TypeDef
	Module    // Def *ModuleDef
	Import    // Def *code.ImportDef
	Export    // Def *code.ExportDef
	TopLevel  // several statements to be evaluated one by one: Val the :toplevel Expr

	Line // Line, Def its file (a string): what follows belongs to it; stands only where the file changes (Form.Line is always set)
	Meta // Sym: inline, noinline, nospecialize, generated, propagate_inbounds ...; may be ignored
)

// Form is a node of the kernel language.
type Form struct {
	Kind  Kind
	Flags Flags
	Sym   *core.Symbol
	Mod   *core.Module
	Val   core.Value
	Kids  []*Form
	Index int
	Line  int // source line, 0 unknown
	Fn    *Function
	Var   *Var
	Def   any
}

// Flags modify a Form.
type Flags uint8

// The flags.
const (
	Hard      Flags = 1 << iota // Scope: hard (function, let, struct); else soft (for, while, try at top level)
	Outer                       // For: Sym is a local variable that must exist outside; ConstDecl: see there
	Dropped                     // the value is not used
	Misplaced                   // GlobalDecl: it stands where a value is wanted
	Gen                         // Call: the callee is a name of the desugarer's own choice in module Core/Base
)

// Function is a function to be: the body of a method or a closure.
type Function struct {
	Name      *core.Symbol          // for traces and for naming the closure's type; nil: anonymous
	Args      []*core.Symbol        // callee first ("#self#" when it has no name), then the positional arguments
	Types     []*Form               // type of each argument after the callee (nil: Any); may mention SVars
	SelfType  *Form                 // type of the callee for `(x::T)(...)`, else nil
	Vararg    bool                  // the last argument collects the rest
	VarargLen *Form                 // N of `x::Vararg{T,N}`, else nil
	SVars     []SVar                // where-variables, outermost first
	Unused    []*core.Symbol        // where-variables that nothing in the signature mentions
	Body      *Form                 // desugared body, or nil when BodyExpr is kept for later
	BodyExpr  core.Value            // the body's Expr (top-level functions)
	Desugar   func() (*Form, error) // makes Body from BodyExpr
	File      string
	Line      int
	KwNames   []*core.Symbol
	Generated bool
	NoCapture bool // known not to capture anything (top level)
	Doc       core.Value
	Source    core.Value   // the expression that defines it, macros expanded; not of Base's
	KwOf      *core.Symbol // of a Core.kwcall method: the function whose keyword method it is; argument slot 2 is that function

	// Filled by the scope pass.
	Locals   []*Var
	Captures []*Var
	info     *fnInfo
}

// SVar is a where-variable with its bounds (nil: none).
type SVar struct {
	Sym          *core.Symbol
	Lower, Upper *Form
}

// TypeDef is a struct, abstract or primitive type definition.
type TypeDef struct {
	Sym        *core.Symbol
	Vars       []SVar
	Super      *Form // nil: Any
	Mutable    bool
	Fields     []*core.Symbol
	FieldTypes []*Form // nil: Any
	Const      []bool
	Atomic     []bool
	Bits       *Form   // primitive type
	Inner      []*Form // inner constructors and other statements of the body, with new -> New
	NInit      int
	Doc        core.Value
}
