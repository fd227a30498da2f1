//go:build unix

package messaging

// This file writes to a socket on the caller's goroutine, as much as the system
// takes at once.

import (
	"errors"
	"net"
	"syscall"
)

// directWrite gives a function that writes to nc without waiting and says how much
// was taken; nil for a connection that is no socket.
func directWrite(nc net.Conn) func([]byte) (int, error) {
	sc, ok := nc.(syscall.Conn)
	if !ok {
		return nil
	}
	raw, err := sc.SyscallConn()
	if err != nil {
		return nil
	}
	return func(p []byte) (n int, err error) {
		closed := raw.Write(func(fd uintptr) bool {
			n, err = syscall.Write(int(fd), p)
			return true
		})
		if closed != nil {
			return 0, closed
		}
		if errors.Is(err, syscall.EAGAIN) || errors.Is(err, syscall.EINTR) {
			return 0, nil
		}
		return max(n, 0), err
	}
}
