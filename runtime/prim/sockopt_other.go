//go:build !unix

package prim

import "syscall"

// socketOptions sets nothing: Go's own settings hold.
func socketOptions(_, _ bool) func(network, address string, c syscall.RawConn) error { return nil }
