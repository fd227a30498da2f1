//go:build !unix

package prim

import "syscall"

// socketNumber is a socket as the system knows it.
type socketNumber = syscall.Handle

// reusable sets nothing: Go's own settings hold.
func reusable(bool) func(network, address string, c syscall.RawConn) error { return nil }
