package task

import "time"

// Clock is the scheduler's time. Times are nanoseconds since an arbitrary start.
type Clock interface {
	Now() int64      // monotonic
	Wall() time.Time // the date
	// Wait waits until a monotonic time (or for ever if until < 0) or until woken.
	Wait(until int64, woken <-chan struct{})
}

// RealClock is the computer's time.
type RealClock struct{ start time.Time }

// NewRealClock returns a clock that starts now.
func NewRealClock() *RealClock { return &RealClock{start: time.Now()} }

// Now returns the time since the clock was made.
func (c *RealClock) Now() int64 { return int64(time.Since(c.start)) }

// Wall returns the date and time of day.
func (c *RealClock) Wall() time.Time { return time.Now() }

// Wait blocks until the time has come or woken yields.
func (c *RealClock) Wait(until int64, woken <-chan struct{}) {
	if until < 0 {
		<-woken
		return
	}
	d := time.Duration(until - c.Now())
	if d <= 0 {
		return
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-woken:
	}
}

// VirtualClock stands still while anything runs and jumps to the next timer when
// all tasks are blocked. It waits for outside events in real time.
type VirtualClock struct {
	now  int64
	date time.Time
}

// NewVirtualClock returns a clock that starts at the given date.
func NewVirtualClock(date time.Time) *VirtualClock { return &VirtualClock{date: date} }

// Now returns the virtual time.
func (c *VirtualClock) Now() int64 { return c.now }

// Wall returns the start date plus the virtual time.
func (c *VirtualClock) Wall() time.Time { return c.date.Add(time.Duration(c.now)) }

// Wait jumps to the given time at once; without one it waits to be woken.
func (c *VirtualClock) Wait(until int64, woken <-chan struct{}) {
	if until < 0 {
		<-woken
		return
	}
	c.now = max(c.now, until)
}
