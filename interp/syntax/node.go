package syntax

// This file is the tree: kinds of nodes and the arena they live in.

// A Kind is the kind of a node. Those up to KError are heads of Expr; the
// others are leaves or forms that the conversion to Expr turns into those.
type Kind uint8

// The kinds that are heads of Expr.
const (
	KNone Kind = iota
	KCall
	KCurly
	KRef
	KDot
	KTuple
	KVect
	KHcat
	KVcat
	KNcat
	KRow
	KNrow
	KTypedHcat
	KTypedVcat
	KTypedNcat
	KComprehension
	KTypedComprehension
	KGenerator
	KFilter
	KFlatten
	KBraces
	KBracescat
	KParameters
	KKw
	KSplat
	KDecl
	KSubtype
	KSupertype
	KAmp
	KDollar
	KPrime
	KArrow
	KLongArrow
	KAnd
	KOr
	KDotAnd
	KDotOr
	KComparison
	KAssign
	KDotAssign
	KColonEq
	KAssignColonEq
	KAssignDouble
	KAssignEqColon
	KIf
	KElseif
	KFor
	KWhile
	KLet
	KBlock
	KQuote
	KFunction
	KMacro
	KStruct
	KAbstract
	KPrimitive
	KModule
	KToplevel
	KImport
	KUsing
	KExport
	KPublic
	KAs
	KColon
	KGlobal
	KLocal
	KConst
	KReturn
	KBreak
	KContinue
	KTry
	KDo
	KMacrocall
	KString
	KWhere
	KOuter
	KIncomplete
	KError

	// Updating assignments, plain and dotted, in the order of updateOps.
	kUpdate
	kUpdateLast    = kUpdate + Kind(len(updateOps)) - 1
	kDotUpdate     = kUpdateLast + 1
	kDotUpdateLast = kDotUpdate + Kind(len(updateOps)) - 1
)

// The kinds that are not heads of Expr.
const (
	KIdent Kind = kDotUpdateLast + 1 + iota
	KVar        // var"name"
	KBool
	KInteger
	KBinInt
	KOctInt
	KHexInt
	KFloat
	KFloat32
	KChar
	KText         // text between quotes and interpolations
	KCmd          // a command literal
	KParens       // parentheses around one expression
	KMacroName    // the name of a macro, after @
	KStrMacroName // the name before a string literal
	KCmdMacroName // the name before a command literal
	KSuffix       // the flags after a string literal
	KDotCall      // f.(args)
	KJuxtapose    // 2x
	KDoc          // a docstring and what it documents
	KIteration    // i = r, j in s
	KIn           // one part of it
	KImportPath
	KCatch
	KElse
	KFinally
	KMissing // what is left out: the variable of a bare catch

	NumKinds
)

var updateOps = [...]string{"+=", "-=", "*=", "/=", "//=", "\\=", "^=", "÷=", "%=", "<<=", ">>=", ">>>=", "|=", "&=", "⊻=", "$="}

var kindNames = makeKindNames()

func makeKindNames() (names [NumKinds]string) {
	names = [NumKinds]string{
		KNone: "none", KCall: "call", KCurly: "curly", KRef: "ref", KDot: ".", KTuple: "tuple", KVect: "vect",
		KHcat: "hcat", KVcat: "vcat", KNcat: "ncat", KRow: "row", KNrow: "nrow", KTypedHcat: "typed_hcat",
		KTypedVcat: "typed_vcat", KTypedNcat: "typed_ncat", KComprehension: "comprehension",
		KTypedComprehension: "typed_comprehension", KGenerator: "generator", KFilter: "filter", KFlatten: "flatten",
		KBraces: "braces", KBracescat: "bracescat", KParameters: "parameters", KKw: "kw", KSplat: "...", KDecl: "::",
		KSubtype: "<:", KSupertype: ">:", KAmp: "&", KDollar: "$", KPrime: "'", KArrow: "->", KLongArrow: "-->",
		KAnd: "&&", KOr: "||", KDotAnd: ".&&", KDotOr: ".||", KComparison: "comparison", KAssign: "=",
		KDotAssign: ".=", KColonEq: ":=", KAssignColonEq: "≔", KAssignDouble: "⩴", KAssignEqColon: "≕",
		KIf: "if", KElseif: "elseif", KFor: "for", KWhile: "while", KLet: "let", KBlock: "block", KQuote: "quote",
		KFunction: "function", KMacro: "macro", KStruct: "struct", KAbstract: "abstract", KPrimitive: "primitive",
		KModule: "module", KToplevel: "toplevel", KImport: "import", KUsing: "using", KExport: "export",
		KPublic: "public", KAs: "as", KColon: ":", KGlobal: "global", KLocal: "local", KConst: "const",
		KReturn: "return", KBreak: "break", KContinue: "continue", KTry: "try", KDo: "do", KMacrocall: "macrocall",
		KString: "string", KWhere: "where", KOuter: "outer", KIncomplete: "incomplete", KError: "error",
		KIdent: "Identifier", KVar: "var", KBool: "Bool", KInteger: "Integer", KBinInt: "BinInt", KOctInt: "OctInt",
		KHexInt: "HexInt", KFloat: "Float", KFloat32: "Float32", KChar: "Char", KText: "Text", KCmd: "cmd",
		KParens: "parens", KMacroName: "macro_name", KStrMacroName: "macro_name_str", KCmdMacroName: "macro_name_cmd",
		KSuffix: "suffix", KDotCall: "dotcall", KJuxtapose: "juxtapose", KDoc: "doc", KIteration: "iteration",
		KIn: "in", KImportPath: "importpath", KCatch: "catch", KElse: "else", KFinally: "finally", KMissing: "missing",
	}
	for i, s := range updateOps {
		names[kUpdate+Kind(i)] = s
		names[kDotUpdate+Kind(i)] = "." + s
	}
	return names
}

// String returns the kind's name; for a head of Expr, the head.
func (k Kind) String() string {
	if k < NumKinds {
		return kindNames[k]
	}
	return "?"
}

func (k Kind) isNumber() bool { return KBool <= k && k <= KFloat32 }

// A Node is a handle of a node in its Tree.
type Node int32

// NoNode is the handle of no node.
const NoNode Node = -1

// Flags of nodes.
const (
	nInfix  = 1 << iota // an operator between operands
	nPrefix             // an operator before its operand
	nDotted             // an operator applied with broadcasting
	nParens             // a tuple or block in parentheses
	nComma              // a comma before the closing bracket
	nRaw                // a raw string
	nTriple             // a triple-quoted string
	nMark               // short function, mutable, bare, semicolons, with a colon: by kind
)

type nodeData struct {
	kind       Kind
	flags      uint8
	dim        uint16 // of KNcat, KNrow, KTypedNcat
	start, end uint32
	first      uint32 // index of the first child in kids
	n          uint32 // number of children
}

// A Tree is what a text was read as. Its nodes are in one arena; children are
// in the order of Expr's arguments, which for infix operators and keyword
// arguments is not that of the text.
type Tree struct {
	File        *File
	Root        Node
	Diagnostics []Diagnostic // in order of their start

	dialect Dialect
	nodes   []nodeData
	kids    []Node
	open    int // constructs that were open where the text ended
}

// Kind returns the kind of n.
func (t *Tree) Kind(n Node) Kind { return t.nodes[n].kind }

// Span returns the bytes n was read from.
func (t *Tree) Span(n Node) Span { return Span{int(t.nodes[n].start), int(t.nodes[n].end)} }

// Kids returns the children of n; the slice must not be changed.
func (t *Tree) Kids(n Node) []Node {
	d := &t.nodes[n]
	return t.kids[d.first : d.first+d.n]
}

// Text returns the text n was read from.
func (t *Tree) Text(n Node) string {
	d := &t.nodes[n]
	return t.File.Text[d.start:d.end]
}

// Statements returns the top-level statements in order. Those joined by
// semicolons in one line are one node of kind KToplevel.
func (t *Tree) Statements() []Node {
	if t.Root == NoNode {
		return nil
	}
	if d := &t.nodes[t.Root]; d.kind == KToplevel && d.flags&nMark == 0 {
		return t.Kids(t.Root)
	}
	return []Node{t.Root}
}

// firstError returns the first diagnostic that is no warning, or nil.
func (t *Tree) firstError() *Diagnostic {
	for i := range t.Diagnostics {
		if !t.Diagnostics[i].Warning {
			return &t.Diagnostics[i]
		}
	}
	return nil
}

// Sound returns the top-level statements before the first error.
func (t *Tree) Sound() []Node {
	stmts := t.Statements()
	if d := t.firstError(); d != nil {
		n := 0
		for n < len(stmts) && t.Span(stmts[n]).End < d.Span.Start {
			n++
		}
		// The last statement is not sound if something is missing at its end.
		if n > 0 && n == len(stmts) && d.Incomplete && d.Tag != "comment" {
			n--
		}
		return stmts[:n]
	}
	return stmts
}

// HasErrors reports whether the text is not correct Julia.
func (t *Tree) HasErrors() bool { return t.firstError() != nil }

func (t *Tree) flag(n Node, f uint8) bool { return t.nodes[n].flags&f != 0 }

// strip returns n without the parentheses around it.
func (t *Tree) strip(n Node) Node {
	for t.nodes[n].kind == KParens && t.nodes[n].n == 1 {
		n = t.kids[t.nodes[n].first]
	}
	return n
}
