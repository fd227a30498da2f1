package vm

import (
	"testing"
	"time"
	"unsafe"

	"weft/interp/code"
	"weft/runtime/core"
	"weft/runtime/prim"
	"weft/runtime/task"
)

// world is a system for a test.
type world struct {
	rt    *core.Runtime
	sched *task.Scheduler
	e     *Engine
}

func newWorld() *world {
	rt := core.NewRuntime()
	prim.Install(rt)
	s := task.NewScheduler(rt, task.NewVirtualClock(time.Unix(0, 0)))
	return &world{rt, s, New(rt, s)}
}

// function makes a generic function of Main.
func (w *world) function(name string) core.Value {
	d := core.FunctionTypeOf(w.rt.Main, core.Sym(name), core.FunctionType)
	w.rt.Main.SetConst(name, d.Instance)
	return d.Instance
}

// method adds a method with code to f.
func (w *world) method(tb testing.TB, f core.Value, fn *code.Func, types ...*core.DataType) {
	tb.Helper()
	ps := []core.Value{core.TypeOf(f).Value()}
	for _, t := range types {
		ps = append(ps, t.Value())
	}
	m := &core.Method{Type: core.MethodType, Name: core.TypeOf(f).Name.FuncName, Module: w.rt.Main, Sig: core.TupleOf(ps...).Value(), NArgs: len(ps), Body: fn}
	fn.Module = w.rt.Main
	if _, err := w.rt.AddMethod(m); err != nil {
		tb.Fatal(err)
	}
}

// run calls f in a new task and returns its end.
func (w *world) run(f core.Value, args ...core.Value) *task.Task {
	a := newAsm("main", 1, len(args)+4)
	a.lit(3, f)
	for i, v := range args {
		a.lit(4+i, v)
	}
	a.imm(code.Call, 1, 3, len(args))
	a.ic(core.Value{}, len(args))
	a.op(code.Return, 1, 0, 0)
	main := w.function("main")
	w.rt.AddMethod(&core.Method{Type: core.MethodType, Name: core.Sym("main"), Module: w.rt.Main, Sig: core.TupleOf(core.TypeOf(main).Value()).Value(), NArgs: 1, Body: a.done()})
	t := w.sched.NewTask(main, nil)
	w.sched.Schedule(t)
	w.sched.Run(func() bool { return t.State != task.Runnable })
	return t
}

func fibFunc(w *world, tb testing.TB) core.Value {
	f := w.function("fib")
	a := newAsm("fib", 2, 8)
	a.imm(code.JLtI, 2, 1, 2)
	a.ic(core.Value{}, 2)
	j := a.jump(code.JumpFalse, 2)
	a.op(code.Return, 1, 0, 0)
	a.patch(j, 1, a.here())
	a.imm(code.SubI, 6, 1, 1)
	a.ic(core.Value{}, 2)
	a.imm(code.CallF, 2, 5, 1)
	a.ic(f, 1)
	a.imm(code.SubI, 6, 1, 2)
	a.ic(core.Value{}, 2)
	a.imm(code.CallF, 3, 5, 1)
	a.ic(f, 1)
	a.op(code.Add, 2, 2, 3)
	a.ic(core.Value{}, 2)
	a.op(code.Return, 2, 0, 0)
	w.method(tb, f, a.done(), core.Any)
	return f
}

func TestFib(t *testing.T) {
	w := newWorld()
	u := w.run(fibFunc(w, t), core.Int(20))
	if u.State != task.Done || u.Result != core.Int(6765) {
		t.Fatalf("fib(20) ended %v with %v", u.State, u.Result)
	}
}

func TestDepth(t *testing.T) {
	w := newWorld()
	// down(n) = n == 0 ? 0 : down(n-1) + 1
	f := w.function("down")
	a := newAsm("down", 2, 6)
	a.imm(code.JEqI, 2, 1, 0)
	a.ic(core.Value{}, 2)
	j := a.jump(code.JumpFalse, 2)
	a.op(code.Return, 1, 0, 0)
	a.patch(j, 1, a.here())
	a.imm(code.SubI, 5, 1, 1)
	a.ic(core.Value{}, 2)
	a.imm(code.CallF, 2, 4, 1)
	a.ic(f, 1)
	a.imm(code.AddI, 2, 2, 1)
	a.ic(core.Value{}, 2)
	a.op(code.Return, 2, 0, 0)
	w.method(t, f, a.done(), core.Int64)
	u := w.run(f, core.Int(150_000))
	if u.State != task.Done || u.Result != core.Int(150_000) {
		t.Fatalf("down(150000) ended %v with %v", u.State, u.Result)
	}
	u = w.run(f, core.Int(-1))
	if u.State != task.Failed {
		t.Fatalf("endless recursion ended %v with %v", u.State, u.Result)
	}
}

func TestCatch(t *testing.T) {
	w := newWorld()
	thrower := w.function("thrower")
	b := newAsm("thrower", 2, 3)
	b.op(code.Throw, 1, 0, 0)
	w.method(t, thrower, b.done(), core.Any)
	// catcher(x) = try thrower(x) catch e; e end
	f := w.function("catcher")
	a := newAsm("catcher", 2, 8)
	a.op(code.EnterTry, 2, 0, 0)
	lo := a.here()
	a.op(code.Move, 6, 1, 0)
	a.imm(code.CallF, 3, 5, 1)
	a.ic(thrower, 1)
	hi := a.here()
	a.op(code.Return, 3, 0, 0)
	a.f.Handlers = []code.Handler{{Lo: lo, Hi: hi, Target: a.here()}}
	a.op(code.GetExc, 3, 0, 0)
	a.op(code.PopExc, 2, 0, 0)
	a.op(code.Return, 3, 0, 0)
	w.method(t, f, a.done(), core.Any)
	u := w.run(f, core.Int(42))
	if u.State != task.Done || u.Result != core.Int(42) || u.ExcDepth() != 0 {
		t.Fatalf("ended %v with %v, depth %d", u.State, u.Result, u.ExcDepth())
	}
	u = w.run(thrower, core.Int(7))
	if u.State != task.Failed || u.Result != core.Int(7) || len(u.Ext.Backtrace) != 2 {
		t.Fatalf("ended %v with %v", u.State, u.Result)
	}
}

func TestInterrupt(t *testing.T) {
	w := newWorld()
	f := w.function("forever")
	a := newAsm("forever", 1, 3)
	j := a.jump(code.Loop, 0)
	a.patch(j, 1, j)
	w.method(t, f, a.done())
	u := w.sched.NewTask(f, nil)
	w.sched.Foreground[u] = true
	w.sched.Schedule(u)
	other := make(chan bool)
	go func() {
		<-other
		w.sched.Interrupt()
	}()
	close(other)
	w.sched.Run(func() bool { return u.State != task.Runnable })
	if u.State != task.Failed {
		t.Fatal("not interrupted")
	}
}

func TestSwitch(t *testing.T) {
	w := newWorld()
	f := yielder(w, t)
	a, b := w.sched.NewTask(f, nil), w.sched.NewTask(f, nil)
	w.sched.Schedule(a)
	w.sched.Schedule(b)
	w.sched.Run(func() bool { return a.State == task.Done && b.State == task.Done })
	if a.Result != core.Int(100) || b.Result != core.Int(100) {
		t.Fatal(a.Result, b.Result)
	}
}

// yielder is a function that yields 100 times and returns 100.
func yielder(w *world, tb testing.TB) core.Value {
	f := w.function("yielder")
	p := primNamed("task_yield")
	a := newAsm("yielder", 1, 5)
	a.raw(code.LoadInt, 16, 0, 0)
	top := a.here()
	a.imm(code.CallPrim, 2, 3, 0)
	a.ptr(unsafe.Pointer(p), p)
	a.imm(code.AddI, 1, 1, 1)
	a.ic(core.Value{}, 2)
	l := a.imm(code.LLtI, 2, 1, 100)
	a.ic(core.Value{}, 2)
	j := a.jump(code.LoopTrue, 2)
	_ = l
	a.patch(j, 1, top)
	a.op(code.Return, 1, 0, 0)
	w.method(tb, f, a.done())
	return f
}

func primNamed(name string) *core.Prim {
	for _, p := range prim.All() {
		if p.Name == name {
			return p
		}
	}
	return nil
}

func BenchmarkFib(b *testing.B) {
	w := newWorld()
	f := fibFunc(w, b)
	for b.Loop() {
		if w.run(f, core.Int(27)).Result != core.Int(196418) {
			b.Fatal("wrong")
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/635621, "ns/call")
}

func BenchmarkSwitch(b *testing.B) {
	w := newWorld()
	f := yielder(w, b)
	for b.Loop() {
		x, y := w.sched.NewTask(f, nil), w.sched.NewTask(f, nil)
		w.sched.Schedule(x)
		w.sched.Schedule(y)
		w.sched.Run(func() bool { return x.State == task.Done && y.State == task.Done })
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/200, "ns/switch")
}
