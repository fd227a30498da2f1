//go:build unix

package prim

import "syscall"

// socketOptions sets what a UDP socket may do before it is bound.
func socketOptions(reuse, broadcast bool) func(network, address string, c syscall.RawConn) error {
	return func(_, _ string, c syscall.RawConn) error {
		var err error
		set := func(option int, on bool) {
			if on && err == nil {
				fd := 0
				_ = c.Control(func(n uintptr) { fd = int(n) })
				err = syscall.SetsockoptInt(fd, syscall.SOL_SOCKET, option, 1)
			}
		}
		set(syscall.SO_REUSEADDR, reuse)
		set(syscall.SO_BROADCAST, broadcast)
		return err
	}
}
