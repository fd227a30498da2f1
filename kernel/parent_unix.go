//go:build !windows

package kernel

// This file asks Unix whether the parent process is still there.

import "os"

// parentAlive gives a function that says whether the process that started
// this one still runs: an orphan gets another parent. The variable's value is
// not needed here.
func parentAlive(string) func() bool {
	first := os.Getppid()
	return func() bool {
		now := os.Getppid()
		return now == first && now != 1 || first == 1
	}
}
