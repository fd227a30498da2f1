package code

import (
	"fmt"
	"strings"
	"unsafe"

	"weft/runtime/core"
)

// This file shows code as text: one line per instruction, with the names of
// slots, constants and jump targets.

// shape says how an instruction's operands are to be read.
type shape struct {
	name  string
	args  string // per operand a, b, c: 's' slot, 'i' immediate, 'n' number, '-' unused
	words int
	extra byte // of word 1: 'j' displacement, 'k' constant, 'g' binding, 'y' symbol, 'c' CallIC, 'p' PropIC, 'f' Prim, 't' type, 'x' ExecSite, 'r' two displacements, 0 none
}

// shapes describes all instructions.
var shapes = map[Op]shape{
	Halt: {"Halt", "---", 1, 0}, Move: {"Move", "ss-", 1, 0}, LoadK: {"LoadK", "s--", 2, 'k'},
	LoadInt: {"LoadInt", "sl-", 1, 0}, LoadNothing: {"LoadNothing", "s--", 1, 0}, LoadUndef: {"LoadUndef", "s--", 1, 0},
	GetGlobal: {"GetGlobal", "s--", 2, 'g'}, SetGlobal: {"SetGlobal", "s--", 2, 'g'},
	GetBox: {"GetBox", "ss-", 2, 'y'}, SetBox: {"SetBox", "ss-", 1, 0}, NewBox: {"NewBox", "su-", 1, 0},
	GetCap: {"GetCap", "ssf", 1, 0}, GetSParam: {"GetSParam", "sn-", 1, 0}, CheckDef: {"CheckDef", "s--", 2, 'y'},
	Jump: {"Jump", "---", 2, 'j'}, Loop: {"Loop", "---", 2, 'j'}, JumpFalse: {"JumpFalse", "s--", 2, 'j'},
	JumpTrue: {"JumpTrue", "s--", 2, 'j'}, JumpDef: {"JumpDef", "s--", 2, 'j'}, JumpNothing: {"JumpNothing", "s--", 2, 'j'},
	LoopTrue: {"LoopTrue", "s--", 2, 'j'}, JumpSome: {"JumpSome", "s--", 2, 'j'}, LoopSome: {"LoopSome", "s--", 2, 'j'},
	JumpEgal: {"JumpEgal", "ss-", 2, 'j'}, JumpNotEgal: {"JumpNotEgal", "ss-", 2, 'j'},
	JLt: {"JLt", "sss", 2, 'c'}, JLe: {"JLe", "sss", 2, 'c'}, JGt: {"JGt", "sss", 2, 'c'}, JGe: {"JGe", "sss", 2, 'c'},
	JEq: {"JEq", "sss", 2, 'c'}, JNe: {"JNe", "sss", 2, 'c'},
	JLtI: {"JLtI", "ssi", 2, 'c'}, JLeI: {"JLeI", "ssi", 2, 'c'}, JGtI: {"JGtI", "ssi", 2, 'c'}, JGeI: {"JGeI", "ssi", 2, 'c'},
	JEqI: {"JEqI", "ssi", 2, 'c'}, JNeI: {"JNeI", "ssi", 2, 'c'},
	LLt: {"LLt", "sss", 2, 'c'}, LLe: {"LLe", "sss", 2, 'c'}, LGt: {"LGt", "sss", 2, 'c'}, LGe: {"LGe", "sss", 2, 'c'},
	LEq: {"LEq", "sss", 2, 'c'}, LNe: {"LNe", "sss", 2, 'c'},
	LLtI: {"LLtI", "ssi", 2, 'c'}, LLeI: {"LLeI", "ssi", 2, 'c'}, LGtI: {"LGtI", "ssi", 2, 'c'}, LGeI: {"LGeI", "ssi", 2, 'c'},
	LEqI: {"LEqI", "ssi", 2, 'c'}, LNeI: {"LNeI", "ssi", 2, 'c'}, JNot: {"JNot", "ss-", 2, 'c'},
	Return: {"Return", "s--", 1, 0}, Call: {"Call", "ssn", 2, 'c'}, CallF: {"CallF", "ssn", 2, 'c'}, CallPrim: {"CallPrim", "ssn", 2, 'f'},
	Apply: {"Apply", "ssn", 2, 'a'},
	Add:   {"Add", "sss", 2, 'c'}, Sub: {"Sub", "sss", 2, 'c'}, Mul: {"Mul", "sss", 2, 'c'}, Div: {"Div", "sss", 2, 'c'},
	IDiv: {"IDiv", "sss", 2, 'c'}, Rem: {"Rem", "sss", 2, 'c'}, Mod: {"Mod", "sss", 2, 'c'},
	Lt: {"Lt", "sss", 2, 'c'}, Le: {"Le", "sss", 2, 'c'}, Gt: {"Gt", "sss", 2, 'c'}, Ge: {"Ge", "sss", 2, 'c'},
	Eq: {"Eq", "sss", 2, 'c'}, Ne: {"Ne", "sss", 2, 'c'}, BitAnd: {"BitAnd", "sss", 2, 'c'}, BitOr: {"BitOr", "sss", 2, 'c'},
	BitXor: {"BitXor", "sss", 2, 'c'}, Shl: {"Shl", "sss", 2, 'c'}, Shr: {"Shr", "sss", 2, 'c'}, Ushr: {"Ushr", "sss", 2, 'c'},
	AddI: {"AddI", "ssi", 2, 'c'}, SubI: {"SubI", "ssi", 2, 'c'}, MulI: {"MulI", "ssi", 2, 'c'}, LtI: {"LtI", "ssi", 2, 'c'},
	EqI: {"EqI", "ssi", 2, 'c'}, PowI: {"PowI", "ssi", 2, 'c'}, RemI: {"RemI", "ssi", 2, 'c'}, IDivI: {"IDivI", "ssi", 2, 'c'}, BitAndI: {"BitAndI", "ssi", 2, 'c'},
	SubICall: {"SubICall", "ssi", 2, 'c'}, MoveCall: {"MoveCall", "ss-", 1, 0}, AddReturn: {"AddReturn", "sss", 2, 'c'}, AddIf: {"AddIf", "s--", 2, 'j'},
	GetIndexI: {"GetIndexI", "ssi", 2, 'c'}, GetIndex2: {"GetIndex2", "sss", 2, 'c'}, SetIndex2: {"SetIndex2", "sss", 2, 'c'},
	Ext: {"Ext", "s--", 1, 0}, Neg: {"Neg", "ss-", 2, 'c'}, Not: {"Not", "ss-", 2, 'c'}, BitNot: {"BitNot", "ss-", 2, 'c'},
	Egal: {"Egal", "sss", 2, '0'}, GetIndex: {"GetIndex", "sss", 2, 'c'}, SetIndex: {"SetIndex", "sss", 2, 'c'},
	GetProp: {"GetProp", "ss-", 2, 'p'}, SetProp: {"SetProp", "ss-", 2, 'p'}, HasField: {"HasField", "ss-", 2, 'p'}, Length: {"Length", "ss-", 2, 'c'},
	AddInt: {"AddInt", "sss", 1, 0}, SubInt: {"SubInt", "sss", 1, 0}, MulInt: {"MulInt", "sss", 1, 0}, NegInt: {"NegInt", "ss-", 1, 0},
	SltInt: {"SltInt", "sss", 1, 0}, SleInt: {"SleInt", "sss", 1, 0}, UltInt: {"UltInt", "sss", 1, 0}, UleInt: {"UleInt", "sss", 1, 0},
	EqInt: {"EqInt", "sss", 1, 0}, NeInt: {"NeInt", "sss", 1, 0}, AndInt: {"AndInt", "sss", 1, 0}, OrInt: {"OrInt", "sss", 1, 0},
	XorInt: {"XorInt", "sss", 1, 0}, NotInt: {"NotInt", "ss-", 1, 0},
	AddFloat: {"AddFloat", "sss", 1, 0}, SubFloat: {"SubFloat", "sss", 1, 0}, MulFloat: {"MulFloat", "sss", 1, 0},
	DivFloat: {"DivFloat", "sss", 1, 0}, NegFloat: {"NegFloat", "ss-", 1, 0}, LtFloat: {"LtFloat", "sss", 1, 0},
	LeFloat: {"LeFloat", "sss", 1, 0}, EqFloat: {"EqFloat", "sss", 1, 0}, NeFloat: {"NeFloat", "sss", 1, 0},
	SqrtFloat: {"SqrtFloat", "ss-", 1, 0}, ItoF: {"ItoF", "ss-", 1, 0},
	Iter1: {"Iter1", "sss", 2, 'c'}, Iter2: {"Iter2", "sss", 2, 'c'}, IterUnpack: {"IterUnpack", "ss-", 2, 'j'},
	IterNext: {"IterNext", "sss", 2, 'c'}, IterBack: {"IterBack", "ss-", 2, 'j'}, ForInt: {"ForInt", "sss", 2, 'r'},
	New: {"New", "ssn", 2, 't'}, NewDyn: {"NewDyn", "ssn", 2, '0'}, Tuple: {"Tuple", "ssn", 2, '0'}, NewClosure: {"NewClosure", "ssn", 2, 't'},
	GetField: {"GetField", "ssn", 1, 0}, TypeAssert: {"TypeAssert", "ss-", 2, '0'}, Isa: {"Isa", "sss", 2, '0'},
	EnterTry: {"EnterTry", "s--", 1, 0}, GetExc: {"GetExc", "s--", 1, 0}, PopExc: {"PopExc", "s--", 1, 0},
	Throw: {"Throw", "s--", 1, 0}, Rethrow: {"Rethrow", "---", 1, 0}, Once: {"Once", "---", 2, 'j'},
	GetCached: {"GetCached", "sn-", 2, 'j'}, SetCached: {"SetCached", "sn-", 1, 0}, Exec: {"Exec", "ssn", 2, 'x'},
	Nop: {"Nop", "---", 1, 0},
}

// String is the instruction's name.
func (o Op) String() string {
	if s, ok := shapes[o]; ok {
		return s.name
	}
	return fmt.Sprintf("Op(%d)", uint16(o))
}

// Words is how many words an instruction takes, 0 if there is no such one.
func (o Op) Words() int { return shapes[o].words }

// execNames are the kinds of Exec statements in the disassembly.
var execNames = map[ExecKind]string{
	ExecMethod: "method", ExecGeneric: "generic", ExecConst: "const", ExecDeclGlobal: "global", ExecSetGlobal: "setglobal",
	ExecImport: "import", ExecExport: "export", ExecModule: "module", ExecEval: "eval", ExecType: "type", ExecTypeEnd: "typeend",
	ExecIsDefGlobal: "isdefined", ExecLatest: "latestworld", ExecTypeVar: "typevar", ExecOnce: "once", ExecCopyAST: "copyast", ExecIsDefBox: "isdefbox", ExecIsDefSParam: "isdefsparam",
	ExecNewSplat: "newsplat", ExecClosureType: "closuretype",
}

// Disassemble writes f as text: the byte offset of each instruction, its name
// and operands, and what it refers to. Slots are %n or their variable's name.
func Disassemble(f *Func) string {
	var b strings.Builder
	for i := 0; i < len(f.Code); {
		n := f.instruction(&b, i)
		if n == 0 {
			break
		}
		i += n
	}
	for _, h := range f.Handlers {
		fmt.Fprintf(&b, "handler %d..%d -> %d\n", h.Lo, h.Hi, h.Target)
	}
	return b.String()
}

// instruction writes the instruction at word i and returns its length.
func (f *Func) instruction(b *strings.Builder, i int) int {
	w := f.Code[i]
	op := Op(w & 0xffff)
	s, ok := shapes[op]
	if !ok || i+s.words > len(f.Code) {
		fmt.Fprintf(b, "%4d  ?%#x\n", 8*i, w)
		return 0
	}
	fmt.Fprintf(b, "%4d  %s", 8*i, s.name)
	for k := range 3 {
		v := uint16(w >> (16 + 16*k))
		switch s.args[k] {
		case 's':
			b.WriteString(" " + f.slotName(v))
		case 'u':
			if v == 0xffff {
				b.WriteString(" undef")
			} else {
				b.WriteString(" " + f.slotName(v))
			}
		case 'i':
			fmt.Fprintf(b, " %d", int16(v))
		case 'l':
			fmt.Fprintf(b, " %d", int32(uint32(w>>32)))
		case 'n':
			fmt.Fprintf(b, " %d", v)
		case 'f':
			fmt.Fprintf(b, " .%d", (int(v)-16)/16)
		}
	}
	if s.words > 1 {
		f.operand(b, i, s.extra, f.Code[i+1])
	}
	b.WriteByte('\n')
	return s.words
}

// operand writes what word 1 of the instruction at word i stands for.
func (f *Func) operand(b *strings.Builder, i int, kind byte, w uint64) {
	p := *(*unsafe.Pointer)(unsafe.Pointer(&f.Code[i+1]))
	switch kind {
	case 'j':
		fmt.Fprintf(b, " -> %d", 8*i+int(w))
	case 'r':
		fmt.Fprintf(b, " -> %d, none -> %d", 8*i+int(int32(w)), 8*i+int(int32(w>>32)))
	case 'k':
		b.WriteString(" " + valueText(*(*core.Value)(p)))
	case 'g':
		g := (*core.Binding)(p)
		b.WriteString(" " + g.Owner.Name.Name + "." + g.Name.Name)
	case 'y':
		b.WriteString(" " + (*core.Symbol)(p).Name)
	case 'c':
		if s := (*CallIC)(p).Site; s != nil && s.Name != "" {
			b.WriteString(" (" + s.Name + ")")
		}
	case 'p':
		if name := (*PropIC)(p).Name; name != nil {
			b.WriteString(" ." + name.Name)
		}
	case 'f':
		b.WriteString(" " + (*core.Prim)(p).Name)
	case 't':
		b.WriteString(" " + (*core.DataType)(p).Name.Name.Name)
	case 'a':
		s := (*ApplySite)(p)
		b.WriteString(" ")
		for _, x := range s.Splat {
			if x {
				b.WriteByte('*')
			} else {
				b.WriteByte('.')
			}
		}
	case 'x':
		s := (*ExecSite)(p)
		b.WriteString(" " + execNames[s.Kind])
		if s.Name != nil {
			b.WriteString(" " + s.Name.Name)
		}
	}
}

// slotName is the name of the slot at a byte offset.
func (f *Func) slotName(off uint16) string {
	n := int(off / 16)
	if n < len(f.Names) && f.Names[n] != "" {
		return f.Names[n]
	}
	return fmt.Sprintf("%%%d", n)
}

// valueText is a short text of a constant.
func valueText(v core.Value) string {
	switch {
	case v.IsUndef():
		return "#undef"
	case v.Is(core.Int64):
		return fmt.Sprint(v.Int64())
	case v.Is(core.Float64):
		return fmt.Sprint(v.Float64())
	case v.Is(core.Bool):
		return fmt.Sprint(v.N == 1)
	case v.Is(core.StringType):
		return fmt.Sprintf("%q", v.Str())
	case v.Is(core.SymbolType):
		return ":" + core.As[core.Symbol](v).Name
	}
	if t, ok := core.IsDataType(v); ok {
		return t.Name.Name.Name
	}
	t := core.TypeOf(v)
	if t.Name.FuncName != nil {
		return t.Name.FuncName.Name
	}
	return "<" + t.Name.Name.Name + ">"
}
