package lower

// This file is the macros that the compiler does itself: those that Base needs
// before it can define macros, and those that are used so often that calling a
// Julia function for each would slow down the start.

import (
	"math"
	"math/big"
	"path/filepath"
	"strings"

	"weft/runtime/core"
)

// native is a macro in Go. What it returns stands in the place of the call, in
// the caller's context. ok is false when the arguments are not such as it
// knows: then the macro of that name in Base is called.
type native func(x *Expander, s *site, source core.Value, args []core.Value) (v core.Value, ok bool)

var natives = map[string]native{
	"@__MODULE__":         nativeModule,
	"@__LINE__":           nativeLine,
	"@__FILE__":           nativeFile,
	"@__DIR__":            nativeDir,
	"@inline":             nativeHint,
	"@noinline":           nativeHint,
	"@inbounds":           nativeHint,
	"@propagate_inbounds": nativeHint,
	"@boundscheck":        nativeHint,
	"@pure":               nativeHint,
	"@nospecialize":       nativeNospecialize,
	"@specialize":         nativeNospecialize,
	"@assume_effects":     nativeLast,
	"@constprop":          nativeLast,
	"@max_methods":        nativeLast,
	"@nospecializeinfer":  nativeHint,
	"@simd":               nativeHint,
	"@label":              nativeLabel,
	"@goto":               nativeGoto,
	"@generated":          nativeGenerated,
	"@eval":               nativeEval,
	"@isdefined":          nativeIsDefined,
	"@raw_str":            nativeRaw,
	"@int128_str":         nativeInt128,
	"@uint128_str":        nativeInt128,
	"@__doc__":            nativeDocMark,
}

func nativeModule(x *Expander, s *site, _ core.Value, as []core.Value) (core.Value, bool) {
	return s.mod.Value(), len(as) == 0
}

func nativeLine(x *Expander, s *site, source core.Value, as []core.Value) (core.Value, bool) {
	line, _, _ := lineOf(source)
	return core.Int(int64(line)), len(as) == 0
}

func nativeFile(x *Expander, s *site, source core.Value, as []core.Value) (core.Value, bool) {
	_, file, _ := lineOf(source)
	if file == "" {
		return core.Nothing(), len(as) == 0
	}
	return core.MakeString(file), len(as) == 0
}

func nativeDir(x *Expander, s *site, source core.Value, as []core.Value) (core.Value, bool) {
	_, file, _ := lineOf(source)
	if file == "" {
		return core.Nothing(), len(as) == 0
	}
	dir, err := filepath.Abs(filepath.Dir(file))
	if err != nil {
		dir = filepath.Dir(file)
	}
	return core.MakeString(dir), len(as) == 0
}

// nativeHint is for hints that nothing is made of here.
func nativeHint(x *Expander, s *site, _ core.Value, as []core.Value) (core.Value, bool) {
	if len(as) == 0 {
		return core.Nothing(), true
	}
	return as[len(as)-1], true
}

func nativeLast(x *Expander, s *site, _ core.Value, as []core.Value) (core.Value, bool) {
	if len(as) < 2 {
		return core.Nothing(), true
	}
	return as[len(as)-1], true
}

func nativeNospecialize(x *Expander, s *site, _ core.Value, as []core.Value) (core.Value, bool) {
	if len(as) == 1 {
		return as[0], true
	}
	return core.Nothing(), true
}

func nativeLabel(x *Expander, s *site, _ core.Value, as []core.Value) (core.Value, bool) {
	return makeExpr("symboliclabel", as...), len(as) == 1 && symOf(as[0]) != nil
}

func nativeGoto(x *Expander, s *site, _ core.Value, as []core.Value) (core.Value, bool) {
	return makeExpr("symbolicgoto", as...), len(as) == 1 && symOf(as[0]) != nil
}

func nativeGenerated(x *Expander, s *site, _ core.Value, as []core.Value) (core.Value, bool) {
	if len(as) == 0 {
		return makeExpr("generated"), true
	}
	if len(as) != 1 {
		return core.Value{}, false
	}
	e := exprOf(as[0])
	if e == nil || e.Args.Len != 2 || e.Head.Name != "function" && e.Head.Name != "=" {
		return core.Value{}, false
	}
	mark := makeExpr("meta", symValue("generated"))
	body := e.Args.Get(1)
	stmts := []core.Value{mark}
	if b := exprHead(body, "block"); b != nil {
		if b.Args.Len > 0 && isLine(b.Args.Get(0)) {
			stmts = append([]core.Value{b.Args.Get(0), mark}, args(b)[1:]...)
		} else {
			stmts = append(stmts, args(b)...)
		}
	} else {
		stmts = append(stmts, body)
	}
	return core.MakeExpr(e.Head, e.Args.Get(0), makeExpr("block", stmts...)), true
}

// nativeEval is @eval ex and @eval mod ex.
func nativeEval(x *Expander, s *site, _ core.Value, as []core.Value) (core.Value, bool) {
	eval := globalRef(x.RT.Core, core.Sym("eval"))
	mod := s.mod.Value()
	switch len(as) {
	case 1:
	case 2:
		mod = as[0]
	default:
		return core.Value{}, false
	}
	value := symValue("#eval_local_result") // at top level, what comes after sees what was defined
	call := makeExpr("call", eval, mod, makeExpr("quote", as[len(as)-1]))
	return makeExpr("let", makeExpr("=", value, call), makeExpr("block", makeExpr("latestworld-if-toplevel"), value)), true
}

func nativeIsDefined(x *Expander, s *site, _ core.Value, as []core.Value) (core.Value, bool) {
	if len(as) != 1 || symOf(as[0]) == nil {
		return core.Value{}, false
	}
	return makeExpr("isdefined", as[0]), true
}

func nativeRaw(x *Expander, s *site, _ core.Value, as []core.Value) (core.Value, bool) {
	if len(as) != 1 {
		return core.Value{}, false
	}
	return as[0], true
}

// nativeInt128 makes the constants of literals too long for 64 bits.
func nativeInt128(x *Expander, s *site, _ core.Value, as []core.Value) (core.Value, bool) {
	if len(as) != 1 || !as[0].Is(core.StringType) {
		return core.Value{}, false
	}
	n, ok := new(big.Int).SetString(strings.ReplaceAll(as[0].Str(), "_", ""), 0)
	if !ok || n.Sign() < 0 || n.BitLen() > 128 {
		return core.Value{}, false
	}
	t := core.Int128
	if strings.HasPrefix(as[0].Str(), "0x") || strings.HasPrefix(as[0].Str(), "0o") || strings.HasPrefix(as[0].Str(), "0b") {
		t = core.UInt128
	} else if n.BitLen() > 127 {
		return core.Value{}, false
	}
	hi := new(big.Int).Rsh(n, 64).Uint64()
	lo := new(big.Int).And(n, new(big.Int).SetUint64(math.MaxUint64)).Uint64()
	return core.MakeInt128(t, hi, lo), true
}
