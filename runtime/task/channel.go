package task

import (
	"math"
	"unsafe"

	"weft/runtime/core"
)

// Channel is the core of Julia's Channel: the buffer and the wait queues.
//
// Invariants: an unbuffered channel never holds items; a task in takers finds no
// item, or is about to be overtaken; a task in putters found the buffer full (or,
// unbuffered, no taker). An item put into a buffer is there for whoever runs
// first: a woken taker that finds nothing waits again, in front; a woken putter
// that finds no room waits again, behind the others. These are Julia's orders.
type Channel struct {
	Type    *core.DataType // ChannelType
	buf     []core.Value   // ring
	head    int
	n       int
	Cap     int
	Closed  bool
	Plainly bool       // closed without an error: iteration just ends
	Err     core.Value // why it was closed, undefined while open
	Takers  Queue
	Putters Queue
	Waiters Queue      // wait(c), and fetch(c)
	Guard   core.Value // the lock that goes with it; undefined until somebody wants it
	rousing int        // putters woken that have not run yet
	look    Queue      // only its address: the token of a roused taker
	room    Queue      // the token of a roused putter
	sched   *Scheduler
	Site    unsafe.Pointer // the engine's function that made it
	SitePC  uint32         // byte offset in that function's code
}

// ChannelType is the type of a channel's core.
var ChannelType = core.NewOpaque("ChannelCore", core.Any, true)

// Unlimited is the capacity of Channel(Inf).
const Unlimited = math.MaxInt

// NewChannel makes an open channel with room for size items.
func (s *Scheduler) NewChannel(size int) *Channel {
	c := &Channel{Type: ChannelType, Cap: size, sched: s}
	c.look.Type, c.room.Type = QueueType, QueueType
	c.room.Kind, c.room.Owner = roused, core.ToValue(c)
	c.look.Owner = core.ToValue(c)
	c.Takers.Kind, c.Putters.Kind, c.Waiters.Kind = WaitTake, WaitPut, WaitChannel
	return c
}

// SetOwner names the Channel object that c belongs to.
func (c *Channel) SetOwner(v core.Value) {
	c.Takers.Owner, c.Putters.Owner, c.Waiters.Owner = v, v, v
}

// Len is the number of items in the buffer.
func (c *Channel) Len() int { return c.n }

// Avail is the number of items that could be taken: those in the buffer and
// those that blocked putters hold.
func (c *Channel) Avail() int { return c.n + c.Putters.Len + c.rousing }

// closedErr is the exception of operations on a closed channel.
func (c *Channel) closedErr() error { return &core.Throw{Value: c.Err} }

func (c *Channel) push(v core.Value) {
	if c.n == len(c.buf) {
		nb := make([]core.Value, max(4, min(2*c.n, c.Cap)))
		for i := range c.n {
			nb[i] = c.buf[(c.head+i)%len(c.buf)]
		}
		c.buf, c.head = nb, 0
	}
	i := c.head + c.n
	if i >= len(c.buf) {
		i -= len(c.buf)
	}
	c.buf[i] = v
	c.n++
}

// Pop removes and returns the first item of the buffer, which must have one.
func (c *Channel) Pop() core.Value {
	v := c.buf[c.head]
	c.buf[c.head] = core.Value{}
	c.head++
	if c.head == len(c.buf) {
		c.head = 0
	}
	c.n--
	return v
}

// PutNow puts v into the buffer for t, if that concerns nobody else and t has not been
// waiting; whether it did.
func (c *Channel) PutNow(t *Task, v core.Value) bool {
	if c.n >= c.Cap || c.Closed || c.Takers.Head != nil || c.Waiters.Head != nil || !c.quick(t) {
		return false
	}
	c.push(v)
	return true
}

// CanTakeNow reports whether there is an item in the buffer that t may take without
// anybody else being concerned.
func (c *Channel) CanTakeNow(t *Task) bool {
	return c.n > 0 && c.Putters.Head == nil && c.quick(t)
}

// HandOver has t give v to the first taker of an unbuffered channel, if one waits and
// nobody else is concerned; whether it did. Both are ready then, the taker before t.
func (c *Channel) HandOver(t *Task, v core.Value) bool {
	taker := c.Takers.Head
	if c.Cap != 0 || taker == nil || !c.sched.Known(taker) || !c.quick(t) || !t.mayWait() {
		return false
	}
	c.Takers.Pop()
	taker.Result, t.Result = v, v
	c.sched.ready.Push(taker)
	c.sched.ready.Push(t)
	return true
}

// AwaitItem has t wait for an item of an unbuffered channel, if nobody but the first
// putter is concerned; whether it does.
func (c *Channel) AwaitItem(t *Task) bool {
	if c.Cap != 0 || c.Closed || !c.quick(t) || !t.mayWait() {
		return false
	}
	if c.Putters.Head != nil {
		c.wakePutter()
	}
	c.Takers.Push(t)
	return true
}

// mayWait reports whether t is one that may wait at all.
func (t *Task) mayWait() bool { return t.Ext == nil || t.Ext.NoWait == "" }

// quick reports whether t, which uses c, was not woken for that, is not under a source
// of cancellation, and is not recorded.
func (c *Channel) quick(t *Task) bool {
	return (t.Result.P == nil || core.TypeOf(t.Result) != QueueType) && t.Scope.Cancel == nil && c.sched.book.record == nil
}

// Put puts v into the channel for t, waiting while it is full. It is retried.
func (c *Channel) Put(t *Task, v core.Value) (core.Value, error) {
	if t.Result == core.ToValue(&c.sched.taken) {
		t.Result = core.Nothing()
		c.moved(t, v, true)
		return v, nil
	}
	if !t.forgetRousing() { // who was woken is past the check
		if err := t.CheckCancel(); err != nil {
			return core.Value{}, err
		}
	}
	if c.Closed {
		return core.Value{}, c.closedErr()
	}
	if c.Cap == 0 {
		taker := c.Takers.Pop()
		if taker == nil {
			c.notifyWaiters()
			return c.parkPut(t, v)
		}
		c.moved(t, v, true)
		c.moved(taker, v, false)
		c.sched.Wake(taker, v)
		return c.sched.Yield(t, v)
	}
	if c.n == c.Cap {
		return c.parkPut(t, v)
	}
	c.push(v)
	c.moved(t, v, true)
	if w := c.Takers.Head; w != nil {
		c.sched.Wake(w, core.ToValue(&c.look))
	}
	c.notifyWaiters()
	return v, nil
}

// parkPut has t wait to put v, which stays in sight of those who may take it out of
// t's hands.
func (c *Channel) parkPut(t *Task, v core.Value) (core.Value, error) {
	if err := t.CheckCancel(); err != nil { // cancelled since it was woken in vain
		return core.Value{}, err
	}
	t.Result = v
	c.Putters.Push(t)
	return core.Value{}, ErrRetry
}

// wakePutter lets the first blocked putter look again. What the wake-up delivers
// makes it count as a holder of an item until it runs or is thrown into.
func (c *Channel) wakePutter() {
	if w := c.Putters.Head; w != nil {
		c.rousing++
		c.sched.Wake(w, core.ToValue(&c.room))
	}
}

// forgetRousing ends the state "roused putter" of t; whether it was in it.
func (t *Task) forgetRousing() bool {
	if t.Result.P == nil || core.TypeOf(t.Result) != QueueType {
		return false
	}
	q := core.As[Queue](t.Result)
	if q.Kind != roused {
		return false
	}
	core.As[Channel](q.Owner).rousing--
	t.Result = core.Nothing()
	return true
}

// passOn gives the wake-up of t, which is thrown into before it could run, to the
// next who waits for the same.
func (t *Task) passOn() {
	v := t.Result
	if v.P == nil || core.TypeOf(v) != QueueType {
		return
	}
	owner := core.As[Queue](v).Owner
	if owner.P == nil || core.TypeOf(owner) != ChannelType {
		return
	}
	c := core.As[Channel](owner)
	switch {
	case t.forgetRousing():
		if c.n < c.Cap || c.Takers.Head != nil {
			c.wakePutter()
		}
	case v == core.ToValue(&c.look) && c.n > 0 && c.Takers.Head != nil:
		c.sched.Wake(c.Takers.Head, v)
	}
}

func (c *Channel) notifyWaiters() {
	for w := c.Waiters.Head; w != nil; w = c.Waiters.Head {
		c.sched.Wake(w, core.Nothing())
	}
}

// Take takes the next item for t, waiting while there is none. It is retried on
// buffered channels.
func (c *Channel) Take(t *Task) (core.Value, error) {
	woken := t.Result == core.ToValue(&c.look)
	if woken {
		t.Result = core.Nothing()
	} else if err := t.CheckCancel(); err != nil {
		return core.Value{}, err
	}
	if c.Cap == 0 {
		if c.Closed {
			return core.Value{}, c.closedErr()
		}
		c.wakePutter()
		return c.sched.Park(t, &c.Takers)
	}
	if c.n == 0 {
		if c.Closed {
			return core.Value{}, c.closedErr()
		}
		if woken {
			if err := t.CheckCancel(); err != nil { // cancelled since
				return core.Value{}, err
			}
			c.Takers.PushFront(t)
		} else {
			c.Takers.Push(t)
		}
		return core.Value{}, ErrRetry
	}
	v := c.Pop()
	c.moved(t, v, false)
	c.wakePutter()
	return v, nil
}

// Next is Take for iteration: at the end of a channel that was closed plainly it
// returns the end mark, c itself.
func (c *Channel) Next(t *Task) (core.Value, error) {
	if c.Closed && c.n == 0 && c.Plainly {
		t.Result = core.Nothing() // it may have been woken for an item that is gone
		return core.ToValue(c), nil
	}
	v, err := c.Take(t)
	if err == ErrParked || err == ErrRetry {
		t.Result = core.ToValue(c) // for Close
	}
	return v, err
}

// IsEnd reports whether v, from Next, is the end mark.
func (c *Channel) IsEnd(v core.Value) bool { return v.P == unsafe.Pointer(c) }

// Fetch returns the first item without taking it, waiting while there is none.
// It is retried. The channel must be buffered.
func (c *Channel) Fetch(t *Task) (core.Value, error) {
	if err := t.CheckCancel(); err != nil {
		return core.Value{}, err
	}
	if c.n > 0 {
		return c.buf[c.head], nil
	}
	return c.Wait(t)
}

// Wait waits until something can be taken. It is retried.
func (c *Channel) Wait(t *Task) (core.Value, error) {
	if err := t.CheckCancel(); err != nil {
		return core.Value{}, err
	}
	if c.Avail() > 0 {
		return core.Nothing(), nil
	}
	if c.Closed {
		return core.Value{}, c.closedErr()
	}
	c.Waiters.Push(t)
	return core.Value{}, ErrRetry
}

// Close closes the channel with an exception; all who wait get it. Items in the
// buffer stay to be taken. Closing again replaces the exception.
func (c *Channel) Close(err core.Value) {
	c.Closed, c.Err, c.Plainly = true, err, plain(err)
	for _, q := range []*Queue{&c.Takers, &c.Waiters, &c.Putters} {
		for w := q.Head; w != nil; w = q.Head {
			if c.Plainly && q == &c.Takers && c.IsEnd(w.Result) { // see Next
				c.sched.Wake(w, w.Result)
				continue
			}
			c.sched.WakeErr(w, &core.Throw{Value: err})
		}
	}
}

// plain reports whether a channel's exception says only that it was closed.
func plain(err core.Value) bool {
	d := core.TypeOf(err)
	if d.Name.Name != core.Sym("InvalidStateException") || d.Kind != core.KindObject || len(d.Fields()) != 2 {
		return false
	}
	return err.Field(1) == core.Sym("closed").Value()
}

// Items lists the items in the buffer.
func (c *Channel) Items() []core.Value {
	out := make([]core.Value, c.n)
	for i := range out {
		out[i] = c.buf[(c.head+i)%len(c.buf)]
	}
	return out
}

// Empty drops the items in the buffer.
func (c *Channel) Empty() {
	clear(c.buf)
	c.head, c.n = 0, 0
	for range c.Cap {
		if c.Putters.Head == nil {
			break
		}
		c.wakePutter()
	}
}
