//go:build !unix

package messaging

// This file is for systems on which a socket cannot be written to without waiting.

import "net"

// directWrite gives nil: the goroutine of the queue does all writing.
func directWrite(net.Conn) func([]byte) (int, error) { return nil }
