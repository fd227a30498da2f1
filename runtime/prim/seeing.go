package prim

// This file has the primitives that look at tasks and channels from outside.

import (
	"slices"

	"weft/runtime/core"
	"weft/runtime/task"
)

var seeingTable = []entry{
	{"tasks_live", 0, 0, "tasks_live(): the tasks that were scheduled and have not ended, oldest first, as a Vector{Any}.", tasksLive},
	{"task_facts", 1, 1, "task_facts(t): what the scheduler knows of t, as the fields of Weft.TaskInfo.", taskFacts},
	{"task_status", 1, 1, "task_status(t): :new, :ready, :running, :waiting, :done, :failed or :abandoned.", taskStatus},
	{"task_exact", 1, 1, "task_exact(on): has run times measured at each switch; with false, takes back one such call.", taskExact},
	{"task_runtime", 1, 1, "task_runtime(t): for how many nanoseconds t has run.", taskRuntime},
	{"task_walltime", 1, 1, "task_walltime(t): for how many nanoseconds t has been or was on its way, nothing if it was made while run times were not measured.", ofTask("task_walltime", func(u *task.Task) core.Value {
		if !u.Timed() {
			return core.Nothing()
		}
		return core.Int(int64(u.Origin.Sched.WallTime(u)))
	})},
	{"task_hidden", 1, 1, "task_hidden(t): whether t is the system's own.", ofTask("task_hidden", func(u *task.Task) core.Value { return core.MakeBool(u.Hidden) })},
	{"task_hide", 1, 1, "task_hide(t): makes the new task t one of the system's own, which no list shows and nobody waits for.", ofTask("task_hide", func(u *task.Task) core.Value {
		u.Hidden, u.Observed = true, true
		return core.Nothing()
	})},
	{"task_observe", 1, 1, "task_observe(t): notes that somebody will be told if t fails.", ofTask("task_observe", func(u *task.Task) core.Value {
		u.Observed = true
		return core.Nothing()
	})},
	{"task_origins", 1, 1, "task_origins(t): the places where t was spawned, where the task that spawned it was, and so on, each (function, file, line).", taskOrigins},
	{"tasks_stuck", 0, 0, "tasks_stuck(): the tasks that wait for ever, each with a variable through which a cell can wake it, or \"\".", tasksStuck},
	{"channels_live", 0, 0, "channels_live(): the channels that tasks and Main's variables can reach, as a Vector{Any}.", channelsLive},
	{"channel_binders", 1, 1, "channel_binders(c): the tasks whose end closes c, as a Vector{Any}.", onChannel(channelBinders)},
	{"task_cancel", 1, 1, "task_cancel(t): has t end by a cancellation; whether that could be done.", taskCancel},
	{"tasks_cancel", 1, 1, "tasks_cancel(cell): cancels the background tasks of a cell, or of all with \"\"; how many.", tasksCancel},
	{"cell_history", 0, 0, "cell_history(): what the tasks of the cell before did, as record_stop gives it, without what went through channels; nothing if there was none.", cellHistory},
	{"record_start", 0, 0, "record_start(): begins to record what tasks do.", recordStart},
	{"record_stop", 0, 0, "record_stop(): ends the record: (runs, moves, lost, end); runs are task, from, to, state after it, what it waited for ...; moves are task, channel, value, whether it was put, time ...; times are in seconds.", recordStop},
	{"queue_tasks", 1, 1, "queue_tasks(q): the tasks that wait in q, as a Vector{Any}.", queueTasks},
	{"channel_site", 1, 1, "channel_site(c): (function, file, line) where c was made, or nothing.", onChannel(channelSite)},
	{"timer_left", 1, 1, "timer_left(t): seconds until t fires; 0 if it will not.", onTimer(func(tm *task.Timer, _ *task.Task) (core.Value, error) {
		return core.Float(tm.Left().Seconds()), nil
	})},
}

func tasksLive(t *task.Task, _ []core.Value) (core.Value, error) {
	ts := t.Sched.Tasks()
	vs := make([]core.Value, len(ts))
	for i, u := range ts {
		vs[i] = u.Value()
	}
	return core.VectorAny(vs).Value(), nil
}

func taskStatus(t *task.Task, a []core.Value) (core.Value, error) {
	u, err := asTask(a[0], "task_status")
	if err != nil {
		return core.Value{}, err
	}
	return core.Sym(t.Sched.Status(u)).Value(), nil
}

func taskExact(t *task.Task, a []core.Value) (core.Value, error) {
	t.Sched.Exact(a[0].IsTrue())
	return core.Nothing(), nil
}

func taskRuntime(t *task.Task, a []core.Value) (core.Value, error) {
	u, err := asTask(a[0], "task_runtime")
	if err != nil {
		return core.Value{}, err
	}
	return core.Int(int64(t.Sched.RunTime(u))), nil
}

// place makes the (function, file, line) of a place in code, or nothing.
func place(fn, file string, line int) core.Value {
	if line == 0 {
		return core.Nothing()
	}
	t := core.TupleOf(core.StringType.Value(), core.StringType.Value(), core.Int64.Value())
	return core.NewStruct(t, core.MakeString(fn), core.MakeString(file), core.Int(int64(line)))
}

func taskFacts(t *task.Task, a []core.Value) (core.Value, error) {
	u, err := asTask(a[0], "task_facts")
	if err != nil {
		return core.Value{}, err
	}
	s := t.Sched
	kind, object := s.Waits(u)
	name, out := "", core.Nothing()
	if u.Ext != nil {
		name = u.Ext.Name
	}
	if k := kind.Word(); k != "" {
		out = core.Sym(k).Value()
	} else if s.Status(u) == "waiting" {
		out = core.Sym("schedule").Value()
	}
	cell := ""
	if u.Scope != nil {
		cell = u.Scope.Cell
	}
	spawned := core.Nothing()
	if u.Spawn != nil {
		spawned = place(s.Engine.Site(u.Spawn, u.SpawnPC))
	}
	return core.VectorAny([]core.Value{
		u.Value(), core.Int(int64(u.ID)), core.MakeString(name), core.MakeString(cell), core.Sym(s.Status(u)).Value(),
		out, orNothing(object), core.Float(s.Age(u).Seconds()), core.Float(s.RunTime(u).Seconds()), core.Int(int64(u.Turns)),
		spawned, place(s.Engine.Where(u)), core.Int(int64(u.Parent)), core.MakeBool(s.Foreground[u]),
	}).Value(), nil
}

func queueTasks(_ *task.Task, a []core.Value) (core.Value, error) {
	q, err := asQueue(a[0])
	if err != nil {
		return core.Value{}, err
	}
	vs := make([]core.Value, 0, q.Len)
	for w := q.Head; w != nil; w = w.Next {
		vs = append(vs, w.Subject().Value())
	}
	return core.VectorAny(vs).Value(), nil
}

func channelSite(c *task.Channel, t *task.Task, _ []core.Value) (core.Value, error) {
	if c.Site == nil {
		return core.Nothing(), nil
	}
	return place(t.Sched.Engine.Site(c.Site, c.SitePC)), nil
}

func taskOrigins(_ *task.Task, a []core.Value) (core.Value, error) {
	u, err := asTask(a[0], "task_origins")
	if err != nil {
		return core.Value{}, err
	}
	var vs []core.Value
	for o := u.Origin; o != nil && o.Spawn != nil; o = o.Up {
		if p := place(o.Sched.Engine.Site(o.Spawn, o.SpawnPC)); !p.IsNothing() {
			vs = append(vs, p)
		}
	}
	return core.VectorAny(vs).Value(), nil
}

func tasksStuck(t *task.Task, _ []core.Value) (core.Value, error) {
	var vs []core.Value
	for _, x := range t.Sched.Stuck() {
		vs = append(vs, x.Task.Value(), core.MakeString(x.Global))
	}
	return core.VectorAny(vs).Value(), nil
}

func channelsLive(t *task.Task, _ []core.Value) (core.Value, error) {
	return core.VectorAny(t.Sched.Channels()).Value(), nil
}

func channelBinders(c *task.Channel, t *task.Task, _ []core.Value) (core.Value, error) {
	var vs []core.Value
	for _, u := range t.Sched.Tasks() {
		if u.Ext != nil && slices.Contains(u.Ext.Bound, c) {
			vs = append(vs, u.Value())
		}
	}
	return core.VectorAny(vs).Value(), nil
}

func taskCancel(t *task.Task, a []core.Value) (core.Value, error) {
	u, err := asTask(a[0], "task_cancel")
	if err != nil {
		return core.Value{}, err
	}
	return core.MakeBool(t.Sched.CancelTask(u)), nil
}

func tasksCancel(t *task.Task, a []core.Value) (core.Value, error) {
	cell, err := textArg("tasks_cancel", a[0])
	if err != nil {
		return core.Value{}, err
	}
	n := t.Sched.CancelAll(func(u *task.Task) bool { return cell == "" || u.Scope.Cell == cell })
	return core.Int(int64(n)), nil
}

func recordStart(t *task.Task, _ []core.Value) (core.Value, error) {
	t.Sched.StartRecord()
	return core.Nothing(), nil
}

func recordStop(t *task.Task, _ []core.Value) (core.Value, error) {
	r := t.Sched.StopRecord()
	if r == nil {
		return core.Nothing(), nil
	}
	return recordTuple(r, t.Sched.Clock.Now()), nil
}

func cellHistory(t *task.Task, _ []core.Value) (core.Value, error) {
	r, until := t.Sched.History()
	if r == nil {
		return core.Nothing(), nil
	}
	return recordTuple(r, until), nil
}

// recordTuple is a record until a time: the runs, the moves, how many were lost, the time.
func recordTuple(r *task.Record, until int64) core.Value {
	seconds := func(at int64) core.Value { return core.Float(float64(at-r.Start) / 1e9) }
	var runs, moves []core.Value
	for _, x := range r.Runs {
		runs = append(runs, x.Task.Value(), seconds(x.From), seconds(x.To), core.Sym(x.After).Value(), core.Sym(x.Kind.Word()).Value())
	}
	for _, m := range r.Moves {
		moves = append(moves, m.Task.Value(), orNothing(m.Owner), m.Value, core.MakeBool(m.Put), seconds(m.At))
	}
	return makeTuple(core.VectorAny(runs).Value(), core.VectorAny(moves).Value(), core.Int(int64(r.Lost)), seconds(until))
}
