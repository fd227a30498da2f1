package task

// This file: work of primitives that takes long, and can be interrupted all the same.

import "time"

// stopCheck is how often it is looked whether long work is to end.
const stopCheck = 10 * time.Millisecond

// Long runs f, for which t's primitive waits with the baton held, and gives an
// InterruptException if t is to stop before f has come to its end. Then f goes on for
// nothing, beside the program: it may write only to what it has made or been handed for
// good, and may neither make values nor look at types.
func (t *Task) Long(f func()) error {
	ended := make(chan any, 1)
	go func() {
		defer func() { ended <- recover() }()
		f()
	}()
	tick := time.NewTicker(stopCheck)
	defer tick.Stop()
	for {
		select {
		case failure := <-ended:
			if failure != nil {
				panic(failure)
			}
			return nil
		case <-tick.C:
			if err := t.Sched.TakeStop(t); err != nil {
				return err
			}
		}
	}
}
