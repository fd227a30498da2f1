package interp

// This file evaluates a source as the foreground and reads what became of it.

import (
	"context"
	"encoding/json"
	"strings"

	"weft/interp/lower"
	"weft/interp/syntax"
	"weft/runtime/core"
	"weft/runtime/task"
)

// Eval runs a source in Main as the foreground.
func (in *Interp) Eval(ctx context.Context, src Source, out Output, opts EvalOptions) Result {
	first := max(src.FirstLine, 1)
	text, ok := in.promptMode(src.Text)
	if !ok {
		text = src.Text
	}
	tree := syntax.Parse(syntax.NewFile(src.Name, text, first))
	if tree.HasErrors() {
		return Result{Err: in.syntaxError(tree)}
	}
	done := make(chan Result, 1)
	in.sched.Post(func() {
		if opts.StoreHistory && !opts.Silent {
			in.began(src, opts)
		}
		vals := in.userExpressions(opts.UserExpressions)
		runner, err := in.runner("CellRunner", in.statements(tree, opts.SoftScope), count(opts), core.MakeBool(opts.Silent || syntax.EndsWithSemicolon(tree)),
			core.MakeString(src.Text), vals)
		if err != nil {
			done <- Result{Err: &Error{Name: "InternalError", Value: err.Error(), Traceback: []string{err.Error()}}}
			return
		}
		h := in.host(out)
		h.notebook = opts.CellID != ""
		in.start(runner, h, src.Name, func(t *task.Task) { done <- in.outcome(t) })
	})
	for {
		select {
		case r := <-done:
			return r
		case <-in.ended:
			return Result{Err: &Error{Name: "InterruptException", Value: "the interpreter was closed", Interrupted: true}}
		case <-ctx.Done():
			in.Interrupt()
			return <-done
		}
	}
}

func count(opts EvalOptions) core.Value {
	if opts.StoreHistory && !opts.Silent {
		return core.Int(int64(opts.Count))
	}
	return core.Int(0)
}

// Run runs a program: a source whose uncaught exception is written to stderr.
// With show, the value of the last statement is written to stdout. It returns the
// exit code.
func (in *Interp) Run(ctx context.Context, src Source, out Output, show bool) int {
	tree := syntax.Parse(syntax.NewFile(src.Name, src.Text, max(src.FirstLine, 1)))
	statements := in.statements
	if tree.HasErrors() {
		statements = in.readable
	}
	return in.await(ctx, out, src.Name, func() (core.Value, error) {
		return in.runner("ProgramRunner", statements(tree, false), core.MakeBool(show), core.MakeString(fileOf(src.Name)), core.MakeBool(in.opts.Interactive))
	})
}

// fileOf is the file of a source: none of what stands on the command line.
func fileOf(name string) string {
	if name == "none" {
		return ""
	}
	return name
}

// RunInput runs what standard input says as if it was entered at a prompt: values are shown, and
// after a failure the next statement is gone on with. It returns the exit code.
func (in *Interp) RunInput(ctx context.Context, out Output) int {
	return in.await(ctx, out, "stdin", func() (core.Value, error) { return in.runner("InputRunner") })
}

// Finish runs what the program asked for with atexit and returns the exit code.
func (in *Interp) Finish(ctx context.Context, out Output, code int) int {
	hooks := false
	asked := in.onBaton(ctx, func() {
		b := in.rt.Base.Bindings[core.Sym("atexit_hooks")]
		hooks = b != nil && b.Value.P != nil && core.As[core.Array](b.Value).Len > 0
	})
	if !asked || !hooks {
		return code
	}
	return in.await(ctx, out, "atexit", func() (core.Value, error) {
		return in.runner("ExitRunner", core.Int(int64(code)))
	})
}

// await runs what begin makes as a foreground task and returns the exit code that
// is the task's value.
func (in *Interp) await(ctx context.Context, out Output, name string, begin func() (core.Value, error)) int {
	done := make(chan int, 1)
	in.sched.Post(func() {
		runner, err := begin()
		if err != nil {
			done <- 1
			return
		}
		in.start(runner, in.host(out), name, func(t *task.Task) {
			code := 1
			switch {
			case t.State.Failing():
				_ = out.Write(Stderr, []byte("ERROR: "+in.errorText(&core.Throw{Value: t.Result})+"\n"))
			case core.TypeOf(t.Result) == core.Int64:
				code = int(t.Result.Int64())
			}
			done <- code
		})
	})
	select {
	case code := <-done:
		return code
	case <-ctx.Done():
		in.Interrupt()
		return <-done
	}
}

// readable makes the Vector{Any} of the statements before the first that could not be read,
// and one that says so; of code from the command line only that one.
func (in *Interp) readable(tree *syntax.Tree, _ bool) core.Value {
	whole := core.As[core.Expr](syntax.ToExpr[core.Value](lower.SystemExprs{RT: in.rt}, tree, tree.Root))
	first := 0
	if fileOf(tree.File.Name) == "" {
		first = whole.Args.Len - 2
	}
	var out []core.Value
	for i := max(first, 0); i+1 < whole.Args.Len; i += 2 {
		out = append(out, core.MakeExpr(core.Sym("toplevel"), whole.Args.Get(i), whole.Args.Get(i+1)))
	}
	return core.VectorAny(out).Value()
}

// statements makes the Vector{Any} of a source's statements, each with its line.
func (in *Interp) statements(tree *syntax.Tree, soft bool) core.Value {
	b := lower.SystemExprs{RT: in.rt}
	nodes := tree.Statements()
	out := make([]core.Value, 0, len(nodes))
	for _, n := range nodes {
		line := tree.File.Line(tree.Span(n).Start)
		ex := core.MakeExpr(core.Sym("toplevel"), b.Line(line, tree.File.Name), syntax.ToExpr[core.Value](b, tree, n))
		if soft {
			ex = core.MakeExpr(core.Sym("softscope"), ex)
		}
		out = append(out, ex)
	}
	return core.VectorAny(out).Value()
}

// userExpressions makes name, Expr, name, Expr ... An expression that does not
// parse becomes a call of error.
func (in *Interp) userExpressions(m map[string]string) core.Value {
	var vs []core.Value
	b := lower.SystemExprs{RT: in.rt}
	for name, text := range m {
		tree := syntax.Parse(syntax.NewFile("user expression "+name, text, 1))
		ex := core.Nothing()
		if tree.HasErrors() {
			ex = core.MakeExpr(core.Sym("call"), core.Sym("error").Value(), core.MakeString(syntax.RenderError(tree.File, tree.Diagnostics)))
		} else if nodes := tree.Statements(); len(nodes) > 0 {
			ex = syntax.ToExpr[core.Value](b, tree, nodes[len(nodes)-1])
		}
		vs = append(vs, core.MakeString(name), ex)
	}
	return core.VectorAny(vs).Value()
}

// runner makes an instance of a type of Base that can be called.
func (in *Interp) runner(name string, fields ...core.Value) (core.Value, error) {
	b := in.rt.Base.Own(core.Sym(name))
	if b == nil || b.Value.P == nil {
		return core.Value{}, core.Errorf("Base.%s is missing", name)
	}
	t, _ := core.IsDataType(b.Value)
	return core.NewStruct(t, fields...), nil
}

// host makes what tasks write to out with.
func (in *Interp) host(out Output) *host {
	return &host{out: out, color: in.opts.Color, rich: !in.opts.Plain}
}

// start runs code as a foreground task.
func (in *Interp) start(code core.Value, out *host, cell string, done func(*task.Task)) {
	t := in.sched.NewTask(code, nil)
	t.Scope = &task.Scope{Out: out, Crew: new(task.Crew), Cell: cell}
	in.sched.Muster(t.Scope.Crew)
	in.sched.Foreground[t] = true
	in.sched.Root = t
	in.foreground.Add(1)
	t.Extra().OnDone = append(t.Extra().OnDone, func(t *task.Task) {
		delete(in.sched.Foreground, t)
		in.foreground.Add(-1)
		done(t)
	})
	in.sched.Schedule(t)
}

// outcome reads the CellOutcome that the main task of a cell returned.
func (in *Interp) outcome(t *task.Task) Result {
	b := in.rt.Base.Own(core.Sym("CellOutcome"))
	if t.State != task.Done || b == nil || !t.Result.Is((*core.DataType)(b.Value.P)) {
		text := "the cell's task ended without an outcome"
		if t.State.Failing() {
			text = in.errorText(&core.Throw{Value: t.Result})
		}
		return Result{Err: &Error{Name: "InternalError", Value: text, Traceback: strings.Split(text, "\n")}}
	}
	return readOutcome(t.Result)
}

// readOutcome reads a CellOutcome: ok, shown, data, ename, evalue, traceback,
// expressions, id.
func readOutcome(v core.Value) Result {
	f := v.Fields(8)
	if !f[0].IsTrue() {
		e := &Error{Name: f[3].Str(), Value: f[4].Str(), Interrupted: f[3].Str() == "InterruptException"}
		for _, l := range core.As[core.Array](f[5]).Values() {
			e.Traceback = append(e.Traceback, textOf(l))
		}
		return Result{Err: e}
	}
	r := Result{HasValue: f[1].IsTrue(), UserExpressions: map[string]UserExpression{}}
	if r.HasValue {
		r.Bundle, r.DisplayID = bundleOf(f[2]), f[7].Str()
	}
	list := core.As[core.Array](f[6]).Values()
	for i := 0; i+1 < len(list); i += 2 {
		u := readOutcome(list[i+1])
		r.UserExpressions[textOf(list[i])] = UserExpression{Bundle: u.Bundle, Err: u.Err}
	}
	return r
}

// textOf reads a String or a SubString.
func textOf(v core.Value) string {
	if core.TypeOf(v) == core.StringType {
		return v.Str()
	}
	if t := core.TypeOf(v); t.Name.Name.Name == "SubString" {
		f := v.Fields(3)
		s, off, n := f[0].Str(), int(f[1].Int64()), int(f[2].Int64())
		return s[off : off+n]
	}
	return ""
}

// bundleOf reads a Vector{Any} of MIME type, data, MIME type, data ...
func bundleOf(v core.Value) Bundle {
	vs := core.As[core.Array](v).Values()
	b := Bundle{}
	for i := 0; i+1 < len(vs); i += 2 {
		name := textOf(vs[i])
		switch core.TypeOf(vs[i+1]) {
		case core.VectorU8:
			b[name] = append([]byte(nil), core.As[core.Array](vs[i+1]).Bytes()...)
		default:
			s := textOf(vs[i+1])
			if (name == "application/json" || strings.HasSuffix(name, "+json")) && json.Valid([]byte(s)) {
				b[name] = json.RawMessage(s)
			} else {
				b[name] = s
			}
		}
	}
	return b
}

// syntaxError makes the error of a source that does not parse.
func (in *Interp) syntaxError(tree *syntax.Tree) *Error {
	text := syntax.RenderError(tree.File, tree.Diagnostics)
	shown := "ERROR: " + text
	if in.opts.Color {
		shown = "\x1b[91m\x1b[1mERROR: \x1b[22m\x1b[39m" + text
	}
	return &Error{Name: "ParseError", Value: text, Traceback: strings.Split(strings.TrimRight(shown, "\n"), "\n"), SyntaxError: true}
}

// IsComplete says whether text can be run.
func (in *Interp) IsComplete(text string) (status, indent string) {
	if _, ok := in.promptMode(text); ok {
		return "complete", ""
	}
	s, indent := syntax.IsComplete(text)
	switch s {
	case syntax.Complete:
		return "complete", ""
	case syntax.Incomplete:
		return "incomplete", indent
	}
	return "invalid", ""
}
