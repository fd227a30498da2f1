//go:build unix

package prim

import (
	"os/exec"
	"syscall"
)

// detach has a program run in a session of its own, so that it outlives this one.
func detach(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }
