package prim

// This file has the primitives of tasks: making, scheduling, switching, waiting.

import (
	"weft/runtime/core"
	"weft/runtime/task"
)

var taskTable = []entry{
	{"task_new", 1, 1, "task_new(f): a task that will call f(); it is not scheduled.", taskNew},
	{"task_spawn", 1, 3, "task_spawn(f[, v, most]): makes and schedules a task that calls f(). With a vector v, the task is added to it; if v has most items already, nothing is done and returned.", taskSpawn},
	{"task_schedule", 1, 1, "task_schedule(t): puts t at the end of the run queue.", taskSchedule},
	{"task_schedule_with", 3, 3, "task_schedule_with(t, v, err): makes t runnable; what it waits in returns v, or throws it if err.", taskScheduleWith},
	{"task_yield", 0, 0, "task_yield(): lets the other runnable tasks run.", taskYield},
	{"task_poll", 0, 0, "task_poll(): takes note of timers that are due and of what has happened outside.", func(t *task.Task, _ []core.Value) (core.Value, error) {
		t.Sched.Poll()
		return core.Nothing(), nil
	}},
	{"task_yield_to", 2, 2, "task_yield_to(t, v): runs t next, giving it v; the caller stays in the run queue.", taskYieldTo},
	{"task_switch", 2, 2, "task_switch(t, v): runs t next, giving it v; the caller is in no queue then. Of a task that has ended, v or its exception.", taskSwitch},
	{"task_switch_throw", 2, 2, "task_switch_throw(t, e): runs t next, throwing e there; the caller is in no queue then.", taskSwitchThrow},
	{"task_park", 0, 0, "task_park(): waits until somebody schedules the task by name.", taskPark},
	{"task_join", 1, 1, "task_join(t): waits until t has ended; whether by an exception.", taskJoin},
	{"tasks_done", 2, 2, "tasks_done(v, i): the last index from i on to which all items of a vector after i are tasks that have ended well.", tasksDone},
	{"task_after", 2, 2, "task_after(t, u): schedules the new task u when t ends.", taskAfter},
	{"task_random", 0, 0, "task_random(): the state of the running task's random generator; nothing if there is none yet", func(t *task.Task, _ []core.Value) (core.Value, error) {
		if r := t.Random(); r.P != nil {
			return r, nil
		}
		return nothing, nil
	}},
	{"task_is_root", 0, 0, "task_is_root(): whether no task has made the running one", func(t *task.Task, _ []core.Value) (core.Value, error) {
		return core.MakeBool(t.Parent == 0), nil
	}},
	{"task_set_random", 1, 1, "task_set_random(state): gives the running task that state, a Xoshiro", func(t *task.Task, a []core.Value) (core.Value, error) {
		t.SetRandom(a[0])
		return a[0], nil
	}},
	{"task_no_wait", 1, 1, "task_no_wait(b): whether the running task fails when it waits; the former value", func(t *task.Task, a []core.Value) (core.Value, error) {
		x := t.Extra()
		old := x.NoWait
		x.NoWait = ""
		if a[0].IsTrue() {
			x.NoWait = "gc finalizer"
		}
		return core.MakeBool(old != ""), nil
	}},
	{"task_generates", 0, 0, "task_generates(): whether the running task runs the generator of a generated function", func(t *task.Task, _ []core.Value) (core.Value, error) {
		return core.MakeBool(t.Ext != nil && t.Ext.NoWait == task.Staged), nil
	}},
	{"task_current", 0, 0, "task_current(): the running task.", taskCurrent},
	{"task_root", 0, 0, "task_root(): the foreground task, or nothing.", taskRoot},
	{"task_state", 1, 1, "task_state(t): :runnable, :done, :failed or :abandoned.", taskState},
	{"task_result", 1, 1, "task_result(t): the value, or the exception, of an ended task; else nothing.", taskResult},
	{"task_failed", 1, 1, "task_failed(t): whether t ended by an exception.", taskFailed},
	{"task_done", 1, 1, "task_done(t): whether t has ended.", taskDone},
	{"task_started", 1, 1, "task_started(t): whether t has begun to run.", taskStarted},
	{"task_queued", 1, 1, "task_queued(t): whether t stands in the run queue or in a wait queue.", taskQueued},
	{"task_code", 1, 1, "task_code(t): the function that t runs.", taskCode},
	{"task_sticky", 1, 2, "task_sticky(t[, b]): reads or sets t.sticky.", taskSticky},
	{"task_storage", 0, 0, "task_storage(): the running task's local storage, or nothing.", taskStorage},
	{"task_set_storage", 1, 1, "task_set_storage(d): sets the running task's local storage.", taskSetStorage},
	{"task_storage_of", 1, 1, "task_storage_of(t): t's local storage, or nothing.", taskStorageOf},
	{"task_id", 1, 1, "task_id(t): t's number.", taskID},
	{"task_name", 1, 2, "task_name(t[, s]): reads or sets t's name.", taskName},
	{"task_address", 1, 1, "task_address(t): a number that looks like an address and identifies t.", taskAddress},
	{"task_scope_values", 0, 0, "task_scope_values(): the running task's scoped values, or nothing.", taskScopeValues},
	{"task_set_scope_values", 2, 2, "task_set_scope_values(v, s): replaces the running task's scoped values, and the source that cancels it.", taskSetScopeValues},
	{"task_logger", 0, 1, "task_logger([l]): reads or sets the running task's logger.", taskLogger},
	{"task_site", 1, 1, "task_site(t): (function, file, line) where t was spawned, or nothing.", taskSite},
	{"task_cell", 0, 0, "task_cell(): the name of the running task's cell.", taskCell},
}

func asTask(v core.Value, who string) (*task.Task, error) {
	if v.P == nil || core.TypeOf(v) != core.TaskType {
		return nil, core.TypeErr(who, "", core.TaskType.Value(), v)
	}
	return core.As[task.Task](v), nil
}

func orNothing(v core.Value) core.Value {
	if v.P == nil {
		return core.Nothing()
	}
	return v
}

func taskNew(t *task.Task, a []core.Value) (core.Value, error) {
	return t.Sched.NewTask(a[0], t).Value(), nil
}

func taskSpawn(t *task.Task, a []core.Value) (core.Value, error) {
	if len(a) == 1 {
		u := t.Sched.NewTask(a[0], t)
		t.Sched.Schedule(u)
		return u.Value(), nil
	}
	v, err := arrayArg("sync", a[1])
	if err != nil || v.Len >= int(a[2].Int64()) {
		return core.Nothing(), err
	}
	u := t.Sched.NewTask(a[0], t)
	v.Grow(1)
	v.Set(v.Len-1, u.Value())
	u.Observed = true
	t.Sched.Schedule(u)
	return u.Value(), nil
}

func tasksDone(_ *task.Task, a []core.Value) (core.Value, error) {
	v, err := arrayArg("sync", a[0])
	if err != nil {
		return core.Value{}, err
	}
	i := int(a[1].Int64())
	for ; i < v.Len; i++ {
		x := v.Get(i)
		if core.TypeOf(x) != core.TaskType || core.As[task.Task](x).State != task.Done {
			break
		}
	}
	return core.Int(int64(i)), nil
}

func notRunnable() error { return core.Errorf("schedule: Task not runnable") }

func taskSchedule(t *task.Task, a []core.Value) (core.Value, error) {
	u, err := asTask(a[0], "schedule")
	if err != nil {
		return core.Value{}, err
	}
	if u.State != task.Runnable || u.Queue != nil || u == t {
		return core.Value{}, notRunnable()
	}
	adopt(t, u)
	t.Sched.Schedule(u)
	return a[0], nil
}

// adopt gives a task that is scheduled for the first time the output of the task
// that schedules it: the cell that starts a task is the one that it writes to.
func adopt(by, u *task.Task) {
	if u.Started || by.Sched.Known(u) || u.Scope.Crew == by.Scope.Crew {
		return
	}
	s := *u.Scope
	s.Out, s.Crew, s.Cell = by.Scope.Out, by.Scope.Crew, by.Scope.Cell
	u.Scope = &s
}

func taskScheduleWith(t *task.Task, a []core.Value) (core.Value, error) {
	u, err := asTask(a[0], "schedule")
	if err != nil {
		return core.Value{}, err
	}
	if u.State != task.Runnable || u == t {
		return core.Value{}, notRunnable()
	}
	if a[2].IsTrue() {
		t.Sched.WakeErr(u, &core.Throw{Value: a[1]})
		return a[0], nil
	}
	if u.Queue != nil {
		return core.Value{}, notRunnable()
	}
	t.Sched.Wake(u, a[1])
	return a[0], nil
}

func taskYield(t *task.Task, _ []core.Value) (core.Value, error) {
	return t.Sched.Yield(t, core.Nothing())
}

// switchable reports whether a task can be switched to: not ended, not the running one,
// and in no queue if it has to be idle.
func switchable(t *task.Task, v core.Value, who string, idle bool) (*task.Task, error) {
	u, err := asTask(v, who)
	if err != nil {
		return nil, err
	}
	if u == t {
		return nil, core.Err("ConcurrencyViolationError", core.MakeString("Cannot "+who+" to currently running task!"))
	}
	if u.State != task.Runnable || idle && u.Queue != nil {
		return nil, core.Err("ConcurrencyViolationError", core.MakeString(who+": Task not runnable"))
	}
	return u, nil
}

func taskYieldTo(t *task.Task, a []core.Value) (core.Value, error) {
	u, err := switchable(t, a[0], "yield", true)
	if err != nil {
		return core.Value{}, err
	}
	adopt(t, u)
	t.Sched.Schedule(t)
	t.Result = core.Nothing()
	t.Sched.SwitchTo(u, a[1])
	return core.Value{}, task.ErrParked
}

func taskSwitch(t *task.Task, a []core.Value) (core.Value, error) {
	u, err := asTask(a[0], "yieldto")
	switch {
	case err != nil:
		return core.Value{}, err
	case u.State.Failing():
		return core.Value{}, &core.Throw{Value: u.Result}
	case u.State == task.Done || u == t:
		return a[1], nil
	}
	t.Sched.SwitchTo(u, a[1])
	return core.Value{}, task.ErrParked
}

func taskSwitchThrow(t *task.Task, a []core.Value) (core.Value, error) {
	u, err := switchable(t, a[0], "throwto", false)
	if err != nil {
		return core.Value{}, err
	}
	t.Sched.WakeErr(u, &core.Throw{Value: a[1]})
	t.Sched.SwitchTo(u, core.Nothing())
	return core.Value{}, task.ErrParked
}

func taskPark(*task.Task, []core.Value) (core.Value, error) {
	return core.Value{}, task.ErrParked
}

func taskJoin(t *task.Task, a []core.Value) (core.Value, error) {
	u, err := asTask(a[0], "wait")
	if err != nil {
		return core.Value{}, err
	}
	if u == t {
		return core.Value{}, core.Err("ConcurrencyViolationError", core.MakeString("deadlock detected: cannot wait on current task"))
	}
	if err := t.CheckCancel(); err != nil {
		return core.Value{}, err
	}
	if u.State != task.Runnable {
		return core.MakeBool(u.State.Failing()), nil
	}
	return t.Sched.Park(t, u.WaitersOf())
}

func taskAfter(t *task.Task, a []core.Value) (core.Value, error) {
	u, err := asTask(a[0], "errormonitor")
	if err != nil {
		return core.Value{}, err
	}
	v, err := asTask(a[1], "errormonitor")
	if err != nil {
		return core.Value{}, err
	}
	if u.State != task.Runnable {
		t.Sched.Schedule(v)
	} else {
		u.WaitersOf().Push(v)
	}
	return core.Nothing(), nil
}

func taskCurrent(t *task.Task, _ []core.Value) (core.Value, error) { return t.Value(), nil }

func taskRoot(t *task.Task, _ []core.Value) (core.Value, error) {
	if r := t.Sched.Root; r != nil {
		return r.Value(), nil
	}
	return core.Nothing(), nil
}

// ofTask makes a primitive that reads something of a task.
func ofTask(who string, f func(*task.Task) core.Value) task.Fn {
	return func(_ *task.Task, a []core.Value) (core.Value, error) {
		u, err := asTask(a[0], who)
		if err != nil {
			return core.Value{}, err
		}
		return f(u), nil
	}
}

var (
	taskState = ofTask("state", func(u *task.Task) core.Value { return u.State.Symbol().Value() })

	taskResult = ofTask("result", func(u *task.Task) core.Value {
		if u.State == task.Runnable {
			return core.Nothing()
		}
		u.Observed = true
		return orNothing(u.Result)
	})

	taskFailed = ofTask("istaskfailed", func(u *task.Task) core.Value { return core.MakeBool(u.State.Failing()) })

	taskDone = ofTask("istaskdone", func(u *task.Task) core.Value { return core.MakeBool(u.State != task.Runnable) })

	taskStarted = ofTask("istaskstarted", func(u *task.Task) core.Value { return core.MakeBool(u.Started) })

	taskQueued = ofTask("queue", func(u *task.Task) core.Value { return core.MakeBool(u.Queue != nil) })

	taskCode = ofTask("code", func(u *task.Task) core.Value { return orNothing(u.Code()) })

	taskStorageOf = ofTask("storage", func(u *task.Task) core.Value {
		if u.Ext == nil {
			return core.Nothing()
		}
		return orNothing(u.Ext.Storage)
	})

	taskID = ofTask("task_id", func(u *task.Task) core.Value { return core.Int(int64(u.ID)) })

	// Addresses are made up from the number, so that they do not tell where
	// anything lies and stay the same when a run is repeated.
	taskAddress = ofTask("task_address", func(u *task.Task) core.Value {
		return core.Uint(0x00007f0000000010 + (u.ID*0x9e3779b1)&0xfffffff*16)
	})

	taskSite = ofTask("task_site", func(u *task.Task) core.Value {
		if u.Spawn == nil {
			return core.Nothing()
		}
		fn, file, line := u.Sched.Engine.Site(u.Spawn, u.SpawnPC)
		t := core.TupleOf(core.StringType.Value(), core.StringType.Value(), core.Int64.Value())
		return core.NewStruct(t, core.MakeString(fn), core.MakeString(file), core.Int(int64(line)))
	})
)

func taskSticky(_ *task.Task, a []core.Value) (core.Value, error) {
	u, err := asTask(a[0], "sticky")
	if err != nil {
		return core.Value{}, err
	}
	if len(a) == 2 {
		u.Sticky = a[1].IsTrue()
	}
	return core.MakeBool(u.Sticky), nil
}

func taskStorage(t *task.Task, _ []core.Value) (core.Value, error) {
	if t.Ext == nil {
		return core.Nothing(), nil
	}
	return orNothing(t.Ext.Storage), nil
}

func taskSetStorage(t *task.Task, a []core.Value) (core.Value, error) {
	t.Extra().Storage = a[0]
	return a[0], nil
}

func taskName(_ *task.Task, a []core.Value) (core.Value, error) {
	u, err := asTask(a[0], "task_name")
	if err != nil {
		return core.Value{}, err
	}
	if len(a) == 2 {
		u.Extra().Name = a[1].Str()
	}
	if u.Ext == nil {
		return core.MakeString(""), nil
	}
	return core.MakeString(u.Ext.Name), nil
}

func taskScopeValues(t *task.Task, _ []core.Value) (core.Value, error) {
	return orNothing(t.Scope.Values), nil
}

func taskSetScopeValues(t *task.Task, a []core.Value) (core.Value, error) {
	values := a[0]
	if values.IsNothing() {
		values = core.Value{}
	}
	return core.Nothing(), setScope(t, values, a[1])
}

func taskLogger(t *task.Task, a []core.Value) (core.Value, error) {
	if len(a) == 1 {
		s := *t.Scope
		s.Logger = a[0]
		t.Scope = &s
	}
	return orNothing(t.Scope.Logger), nil
}

func taskCell(t *task.Task, _ []core.Value) (core.Value, error) {
	return core.MakeString(t.Scope.Cell), nil
}
