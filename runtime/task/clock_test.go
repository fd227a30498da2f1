package task

import (
	"testing"
	"time"
)

func TestRealClockLeaps(t *testing.T) {
	c := NewRealClock()
	never := make(chan struct{})
	start := c.Now()
	c.Leap(true)
	c.Leap(true)
	c.Leap(false)
	c.Wait(start+int64(time.Hour), never)
	if gone := c.Now() - start; gone < int64(time.Hour) || gone > int64(time.Hour+time.Minute) {
		t.Errorf("%v went by, want an hour", time.Duration(gone))
	}
	if ahead := time.Until(c.Wall()); ahead < 59*time.Minute {
		t.Errorf("the date is %v ahead, want an hour", ahead)
	}
	c.Wait(c.Now()-1, never) // what is over is over
	c.Leap(false)
	before := time.Now()
	c.Wait(c.Now()+int64(20*time.Millisecond), never)
	if took := time.Since(before); took < 20*time.Millisecond {
		t.Errorf("it waited %v, want 20 ms", took)
	}
	close(never)
	c.Wait(-1, never)
	c.Wait(c.Now()+int64(time.Hour), never)
}
