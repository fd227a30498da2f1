package interp

// This file gives the language its own compiler: parsing, macro expansion, the
// listing of compiled code.

import (
	"weft/interp/code"
	"weft/interp/lower"
	"weft/interp/syntax"
	"weft/runtime/core"
	"weft/runtime/prim"
	"weft/runtime/stdlib"
	"weft/runtime/task"
)

// addPrims makes the primitives of this file visible.
func (in *Interp) addPrims() {
	prim.Add(in.rt, "syntax_parse", 5, 6, "syntax_parse(text, i, greedy, file, raise, line=1): the expression at index i and the index after it; Expr(:error, message) or Expr(:incomplete, message) for a text with errors.", in.primParse)
	prim.Add(in.rt, "syntax_parse_all", 2, 3, "syntax_parse_all(text, file, line=1): all statements, as an Expr(:toplevel, ...).", in.primParseAll)
	prim.Add(in.rt, "syntax_expand", 3, 3, "syntax_expand(m, ex, recursive): ex with its macros expanded.", in.primExpand)
	prim.Add(in.rt, "syntax_listing", 2, 2, "syntax_listing(m, ex): the instructions that ex compiles to, as text, or an Expr(:error, message).", in.primListing)
	prim.Add(in.rt, "symbol_precedence", 1, 1, "symbol_precedence(s): how strongly an operator binds, 0 if s is none.", func(_ *task.Task, a []core.Value) (core.Value, error) {
		if !a[0].Is(core.SymbolType) {
			return core.Value{}, core.TypeErr("operator_precedence", "", core.SymbolType.Value(), a[0])
		}
		return core.Int(int64(syntax.Precedence(core.As[core.Symbol](a[0]).Name))), nil
	})
	prim.Add(in.rt, "input_symbols", 0, 0, "input_symbols(): the names of symbols and what they stand for, in turn, as \\alpha and α.", primSymbols)
	prim.Add(in.rt, "library_names", 0, 0, "library_names(): the names of the standard library's packages.", func(*task.Task, []core.Value) (core.Value, error) {
		return stringVector(stdlib.Names()), nil
	})
	prim.Add(in.rt, "watch_display", 3, 3, "watch_display(of, render, seconds): calls render(), on a task of its own, when the task or channel core changes, at most once in that time; for any other object when tasks have run.", in.primWatch)
	prim.Add(in.rt, "unwatch_display", 1, 1, "unwatch_display(of): ends what watch_display began; whether there was something.", in.primUnwatch)
	prim.Add(in.rt, "notices_on", 0, 1, "notices_on([on]): whether failures that nobody waits for are told; sets it.", in.primNotices)
	prim.Add(in.rt, "rerun_cancels", 0, 1, "rerun_cancels([on]): whether running a cell again ends the tasks of its former run; sets it.", in.primOnRerun)
	prim.Add(in.rt, "process_exit", 1, 1, "process_exit(code): ends the process.", in.primExit)
}

func primSymbols(*task.Task, []core.Value) (core.Value, error) {
	all := make([]string, 0, 2*len(symbolNames))
	for name, chars := range symbolNames {
		all = append(all, name, chars)
	}
	return stringVector(all), nil
}

func textArg(who string, v core.Value) (string, error) {
	if !v.Is(core.StringType) {
		return "", core.TypeErr(who, "", core.StringType.Value(), v)
	}
	return v.Str(), nil
}

func (in *Interp) primParse(_ *task.Task, a []core.Value) (core.Value, error) {
	text, err := textArg("parse", a[0])
	if err != nil {
		return core.Value{}, err
	}
	file, err := textArg("parse", a[3])
	if err != nil {
		return core.Value{}, err
	}
	at := int(a[1].Int64()) - 1
	if at < 0 || at > len(text) {
		return core.Value{}, core.Err("BoundsError", a[0], a[1])
	}
	b := lower.SystemExprs{RT: in.rt}
	tree, next := syntax.ParseOne(syntax.NewFile(file, text, firstLine(a, 5)), at, a[2].IsTrue())
	ex := core.Nothing()
	switch {
	case tree.HasErrors():
		ex = syntax.ErrorExpr[core.Value](b, tree)
	case tree.Root != syntax.NoNode:
		ex = syntax.ToExpr[core.Value](b, tree, tree.Root)
	}
	tt := core.TupleOf(core.TypeOf(ex).Value(), core.Int64.Value())
	return core.NewStruct(tt, ex, core.Int(int64(next)+1)), nil
}

func (in *Interp) primParseAll(_ *task.Task, a []core.Value) (core.Value, error) {
	text, err := textArg("parseall", a[0])
	if err != nil {
		return core.Value{}, err
	}
	file, err := textArg("parseall", a[1])
	if err != nil {
		return core.Value{}, err
	}
	ex, _ := lower.ParseAll(in.rt, syntax.NewFile(file, text, firstLine(a, 2)))
	return ex, nil
}

// firstLine is the number of a text's first line: argument i, if there is one.
func firstLine(a []core.Value, i int) int {
	if i < len(a) {
		return int(a[i].Int64())
	}
	return 1
}

func moduleArg(v core.Value) (*core.Module, error) {
	if !v.Is(core.ModuleType) {
		return nil, core.TypeErr("eval", "", core.ModuleType.Value(), v)
	}
	return core.As[core.Module](v), nil
}

func (in *Interp) primExpand(t *task.Task, a []core.Value) (core.Value, error) {
	m, err := moduleArg(a[0])
	if err != nil {
		return core.Value{}, err
	}
	x := &lower.Expander{RT: in.rt, Call: in.caller(t), Plain: true}
	return x.MacroExpand(m, a[1], a[2].IsTrue())
}

// caller calls functions of the language from Go, on t.
func (in *Interp) caller(t *task.Task) func(core.Value, []core.Value) (core.Value, error) {
	return func(f core.Value, args []core.Value) (core.Value, error) { return in.eng.Call(t, f, args...) }
}

func (in *Interp) primListing(t *task.Task, a []core.Value) (core.Value, error) {
	m, err := moduleArg(a[0])
	if err != nil {
		return core.Value{}, err
	}
	f, err := lower.Thunk(in.rt, m, a[1], &lower.Options{Expand: in.caller(t)})
	if e, ok := err.(*lower.LowerError); ok {
		return core.MakeExpr(core.Sym("error"), core.MakeString(e.Msg), core.MakeBool(e.Flow)), nil
	}
	if err != nil {
		return core.Value{}, err
	}
	return core.MakeString(code.Disassemble(f)), nil
}

func (in *Interp) primExit(t *task.Task, a []core.Value) (core.Value, error) {
	if in.opts.Exit == nil {
		return core.Value{}, core.Err("ExitException", a[0])
	}
	if t.Scope.Out != nil {
		t.Scope.Out.Flush()
	}
	in.opts.Exit(int(a[0].Int64()))
	t.Sched.Begin()                     // it waits for the end, which is no deadlock
	return core.Value{}, task.ErrParked // for ever: the process ends
}
