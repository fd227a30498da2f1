package kernel

// This file asks Windows whether the parent process is still there.

import (
	"strconv"
	"syscall"
)

// parentAlive gives a function that says whether the process whose inherited
// handle the variable holds still runs.
func parentAlive(value string) func() bool {
	handle, err := strconv.ParseUint(value, 10, 64)
	return func() bool {
		if err != nil || handle <= 1 {
			return true
		}
		event, waitErr := syscall.WaitForSingleObject(syscall.Handle(handle), 0)
		return waitErr != nil || event != syscall.WAIT_OBJECT_0
	}
}
