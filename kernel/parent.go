package kernel

// This file lets the kernel end when the process that started it is gone.

import (
	"context"
	"time"
)

// parentEnv names the environment variable by which a kernel manager gives
// its process.
const parentEnv = "JPY_PARENT_PID"

// watchParent calls gone once alive says no, asking every interval until ctx
// ends.
func watchParent(ctx context.Context, interval time.Duration, alive func() bool, gone func()) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if !alive() {
				gone()
				return
			}
		}
	}
}
