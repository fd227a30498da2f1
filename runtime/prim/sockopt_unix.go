//go:build unix

package prim

import "syscall"

// socketNumber is a socket as the system knows it.
type socketNumber = int

// reusable lets the address of a UDP socket be used by others too, if reuse.
func reusable(reuse bool) func(network, address string, c syscall.RawConn) error {
	return func(_, _ string, c syscall.RawConn) error {
		if !reuse {
			return nil
		}
		var err error
		if failed := c.Control(func(fd uintptr) { err = syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_REUSEADDR, 1) }); failed != nil {
			return failed
		}
		return err
	}
}
