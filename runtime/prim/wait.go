package prim

// This file has the primitives of wait queues, channels, timers and time.

import (
	"math"

	"weft/runtime/core"
	"weft/runtime/task"
)

var waitTable = []entry{
	{"queue_new", 1, 1, "queue_new(kind): an empty wait queue; kind is :condition, :event or :lock.", queueNew},
	{"queue_wait", 1, 2, "queue_wait(q[, first]): waits in q, at its front if first, until notified; the notification's value.", queueWait},
	{"queue_notify", 2, 4, "queue_notify(q, v[, all, err]): wakes all (or one) with v, or throws v in them; how many.", queueNotify},
	{"queue_own", 2, 2, "queue_own(q, x): names the object x that q belongs to, and returns x.", queueOwn},
	{"queue_length", 1, 1, "queue_length(q): how many tasks wait in q.", queueLength},
	{"queue_remove", 2, 2, "queue_remove(q, t): takes t out of q; whether it was there.", queueRemove},
	{"channel_new", 1, 1, "channel_new(n): the core of a channel with room for n items.", channelNew},
	{"channel_own", 2, 2, "channel_own(c, x): names the Channel x that the core c belongs to.", channelOwn},
	{"channel_put", 2, 2, "channel_put(c, v): puts v, waiting while c is full.", onChannel(func(c *task.Channel, t *task.Task, a []core.Value) (core.Value, error) { return c.Put(t, a[1]) })},
	{"channel_take", 1, 1, "channel_take(c): takes the next item, waiting while there is none.", onChannel(func(c *task.Channel, t *task.Task, _ []core.Value) (core.Value, error) { return c.Take(t) })},
	{"channel_next", 1, 1, "channel_next(c): the next item, waiting while there is none; the core of c when it has been closed and is empty.", onChannel(func(c *task.Channel, t *task.Task, _ []core.Value) (core.Value, error) { return c.Next(t) })},
	{"channel_fetch", 1, 1, "channel_fetch(c): the first item, which stays, waiting while there is none.", onChannel(func(c *task.Channel, t *task.Task, _ []core.Value) (core.Value, error) { return c.Fetch(t) })},
	{"channel_wait", 1, 1, "channel_wait(c): waits until something can be taken.", onChannel(func(c *task.Channel, t *task.Task, _ []core.Value) (core.Value, error) { return c.Wait(t) })},
	{"channel_close", 2, 2, "channel_close(c, e): closes c with exception e.", onChannel(func(c *task.Channel, _ *task.Task, a []core.Value) (core.Value, error) {
		c.Close(a[1])
		return core.Nothing(), nil
	})},
	{"channel_isopen", 1, 1, "channel_isopen(c): whether c has not been closed.", onChannel(func(c *task.Channel, _ *task.Task, _ []core.Value) (core.Value, error) {
		return core.MakeBool(!c.Closed), nil
	})},
	{"channel_length", 1, 1, "channel_length(c): items in the buffer.", onChannel(func(c *task.Channel, _ *task.Task, _ []core.Value) (core.Value, error) {
		return core.Int(int64(c.Len())), nil
	})},
	{"channel_avail", 1, 1, "channel_avail(c): items in the buffer and in the hands of blocked putters.", onChannel(func(c *task.Channel, _ *task.Task, _ []core.Value) (core.Value, error) {
		return core.Int(int64(c.Avail())), nil
	})},
	{"channel_capacity", 1, 1, "channel_capacity(c): room for how many items.", onChannel(func(c *task.Channel, _ *task.Task, _ []core.Value) (core.Value, error) {
		return core.Int(int64(c.Cap)), nil
	})},
	{"channel_error", 1, 1, "channel_error(c): the exception c was closed with, or nothing.", onChannel(func(c *task.Channel, _ *task.Task, _ []core.Value) (core.Value, error) { return orNothing(c.Err), nil })},
	{"channel_items", 1, 1, "channel_items(c): the items in the buffer, as a Vector{Any} of its own.", onChannel(func(c *task.Channel, _ *task.Task, _ []core.Value) (core.Value, error) {
		return core.VectorAny(c.Items()).Value(), nil
	})},
	{"channel_empty", 1, 1, "channel_empty(c): drops the items in the buffer.", onChannel(func(c *task.Channel, _ *task.Task, _ []core.Value) (core.Value, error) {
		c.Empty()
		return core.Nothing(), nil
	})},
	{"channel_guard", 1, 2, "channel_guard(c[, l]): reads or sets the lock that goes with c.", onChannel(func(c *task.Channel, _ *task.Task, a []core.Value) (core.Value, error) {
		if len(a) == 2 {
			c.Guard = a[1]
		}
		return orNothing(c.Guard), nil
	})},
	{"channel_bind", 3, 3, "channel_bind(c, t, f): calls f in a task of the system's when t has ended; f closes c.", channelBind},
	{"channel_queue", 2, 2, "channel_queue(c, kind): the tasks waiting in c to :take, to :put or to :wait, as a wait queue.", channelQueue},
	{"timer_new", 2, 2, "timer_new(delay, interval): a timer; both in seconds, interval 0 for once.", timerNew},
	{"timer_close", 1, 1, "timer_close(t): stops t; its waiters get an EOFError.", onTimer(func(tm *task.Timer, _ *task.Task) (core.Value, error) { tm.Close(); return core.Nothing(), nil })},
	{"timer_isopen", 1, 1, "timer_isopen(t): whether t may still fire.", onTimer(func(tm *task.Timer, _ *task.Task) (core.Value, error) { return core.MakeBool(!tm.Closed), nil })},
	{"timer_wait", 1, 1, "timer_wait(t): waits until t fires.", onTimer(func(tm *task.Timer, t *task.Task) (core.Value, error) { return tm.Wait(t) })},
	{"signal_new", 0, 0, "signal_new(): a timer that fires when timer_signal says so.", func(t *task.Task, _ []core.Value) (core.Value, error) {
		return core.ToValue(t.Sched.NewSignal()), nil
	}},
	{"timer_signal", 1, 1, "timer_signal(t): has t fire soon; once, however often it is called before that.", onTimer(func(tm *task.Timer, _ *task.Task) (core.Value, error) { tm.Signal(); return core.Nothing(), nil })},
	{"task_sleep", 1, 1, "task_sleep(s): waits for s seconds.", taskSleep},
	{"clock_wall", 0, 0, "clock_wall(): seconds since 1970, as Float64.", clockWall},
	{"clock_ns", 0, 0, "clock_ns(): nanoseconds of a clock that never goes back, as UInt64.", clockNs},
}

func queueNew(_ *task.Task, a []core.Value) (core.Value, error) {
	q := task.NewQueue(task.WaitCondition)
	switch a[0] {
	case core.Sym("event").Value():
		q.Kind = task.WaitEvent
	case core.Sym("lock").Value():
		q.Kind = task.WaitLock
	}
	return core.ToValue(q), nil
}

func queueOwn(_ *task.Task, a []core.Value) (core.Value, error) {
	q, err := asQueue(a[0])
	if err != nil {
		return core.Value{}, err
	}
	q.Owner = a[1]
	return a[1], nil
}

// coreOf is v, or the first field of the object v if v is not of type d: the
// primitives of queues and channels take the objects of Base that hold them.
func coreOf(v core.Value, d *core.DataType) (core.Value, bool) {
	t := core.TypeOf(v)
	if t == d {
		return v, true
	}
	if t.Kind == core.KindObject && len(t.Fields()) > 0 {
		v = v.Field(0)
		return v, v.P != nil && core.TypeOf(v) == d
	}
	return v, false
}

func asQueue(v core.Value) (*task.Queue, error) {
	q, ok := coreOf(v, task.QueueType)
	if !ok {
		return nil, core.TypeErr("wait queue", "", task.QueueType.Value(), v)
	}
	return core.As[task.Queue](q), nil
}

func queueWait(t *task.Task, a []core.Value) (core.Value, error) {
	q, err := asQueue(a[0])
	if err != nil {
		return core.Value{}, err
	}
	if err := t.CheckCancel(); err != nil {
		return core.Value{}, err
	}
	if len(a) > 1 && a[1].IsTrue() {
		q.PushFront(t)
		return core.Value{}, task.ErrParked
	}
	return t.Sched.Park(t, q)
}

func queueNotify(t *task.Task, a []core.Value) (core.Value, error) {
	q, err := asQueue(a[0])
	if err != nil {
		return core.Value{}, err
	}
	all, bad := len(a) < 3 || a[2].IsTrue(), len(a) > 3 && a[3].IsTrue()
	n := 0
	for w := q.Head; w != nil; w = q.Head {
		if bad {
			t.Sched.WakeErr(w, &core.Throw{Value: a[1]})
		} else {
			t.Sched.Wake(w, a[1])
		}
		n++
		if !all {
			break
		}
	}
	return core.Int(int64(n)), nil
}

func queueLength(_ *task.Task, a []core.Value) (core.Value, error) {
	q, err := asQueue(a[0])
	if err != nil {
		return core.Value{}, err
	}
	return core.Int(int64(q.Len)), nil
}

func queueRemove(_ *task.Task, a []core.Value) (core.Value, error) {
	q, err := asQueue(a[0])
	if err != nil {
		return core.Value{}, err
	}
	u, err := asTask(a[1], "queue_remove")
	if err != nil {
		return core.Value{}, err
	}
	if u.Queue != q {
		return core.MakeBool(false), nil
	}
	q.Remove(u)
	return core.MakeBool(true), nil
}

func channelNew(t *task.Task, a []core.Value) (core.Value, error) {
	if core.TypeOf(a[0]) != core.Int64 {
		return core.Value{}, core.TypeErr("Channel", "", core.Int64.Value(), a[0])
	}
	c := t.Sched.NewChannel(int(a[0].Int64()))
	c.Site, c.SitePC = t.Sched.Engine.Here(t)
	return core.ToValue(c), nil
}

// onChannel makes a primitive whose first argument is a channel's core.
func onChannel(f func(*task.Channel, *task.Task, []core.Value) (core.Value, error)) task.Fn {
	return func(t *task.Task, a []core.Value) (core.Value, error) {
		c, ok := coreOf(a[0], task.ChannelType)
		if !ok {
			return core.Value{}, core.TypeErr("channel", "", task.ChannelType.Value(), a[0])
		}
		return f(core.As[task.Channel](c), t, a)
	}
}

var channelOwn = onChannel(func(c *task.Channel, _ *task.Task, a []core.Value) (core.Value, error) {
	c.SetOwner(a[1])
	return core.Nothing(), nil
})

var channelBind = onChannel(func(c *task.Channel, t *task.Task, a []core.Value) (core.Value, error) {
	u, err := asTask(a[1], "bind")
	if err != nil {
		return core.Value{}, err
	}
	closer := t.Sched.NewHidden(a[2], t.Scope)
	if u.State != task.Runnable {
		t.Sched.Schedule(closer)
		return core.Nothing(), nil
	}
	u.WaitersOf().Push(closer)
	x := u.Extra()
	x.Bound = append(x.Bound, c)
	return core.Nothing(), nil
})

var channelQueue = onChannel(func(c *task.Channel, _ *task.Task, a []core.Value) (core.Value, error) {
	q := &c.Waiters
	switch a[1] {
	case core.Sym("take").Value():
		q = &c.Takers
	case core.Sym("put").Value():
		q = &c.Putters
	}
	q.Type = task.QueueType
	return core.ToValue(q), nil
})

// seconds converts a Float64 number of seconds to nanoseconds.
func seconds(v core.Value) (int64, error) {
	if core.TypeOf(v) != core.Float64 {
		return 0, core.TypeErr("seconds", "", core.Float64.Value(), v)
	}
	f := v.Float64() * 1e9
	if !(f < math.MaxInt64/2) {
		return math.MaxInt64 / 2, nil
	}
	return int64(math.Ceil(f)), nil
}

func timerNew(t *task.Task, a []core.Value) (core.Value, error) {
	d, err := seconds(a[0])
	if err != nil {
		return core.Value{}, err
	}
	i, err := seconds(a[1])
	if err != nil {
		return core.Value{}, err
	}
	return core.ToValue(t.Sched.NewTimer(d, i)), nil
}

// onTimer makes a primitive whose argument is a timer's core.
func onTimer(f func(*task.Timer, *task.Task) (core.Value, error)) task.Fn {
	return func(t *task.Task, a []core.Value) (core.Value, error) {
		if a[0].P == nil || core.TypeOf(a[0]) != task.TimerType {
			return core.Value{}, core.TypeErr("timer", "", task.TimerType.Value(), a[0])
		}
		return f(core.As[task.Timer](a[0]), t)
	}
}

func taskSleep(t *task.Task, a []core.Value) (core.Value, error) {
	d, err := seconds(a[0])
	if err != nil {
		return core.Value{}, err
	}
	return t.Sched.Sleep(t, d)
}

func clockWall(t *task.Task, _ []core.Value) (core.Value, error) {
	return core.Float(float64(t.Sched.Wall(t).UnixNano()) / 1e9), nil
}

func clockNs(t *task.Task, _ []core.Value) (core.Value, error) {
	return core.Uint(uint64(t.Sched.Now(t))), nil
}
