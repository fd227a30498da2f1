// This file binds the addresses of a connection file.

package messaging

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"strconv"
	"syscall"
	"time"
)

// bindPause is the pause between attempts to bind an address that is taken.
const bindPause = 20 * time.Millisecond

// bindAll listens on all five addresses of c and writes the ports that were
// chosen into it. A restarted kernel gets the ports of the one before it,
// which may take a moment to leave: an address in use is tried for wait.
func bindAll(c *Connection, wait time.Duration) (lns [channels]net.Listener, err error) {
	deadline := time.Now().Add(wait)
	defer func() {
		if err != nil {
			for _, ln := range lns {
				if ln != nil {
					ln.Close()
				}
			}
		}
	}()
	// The given ports first, so that none of them is chosen for another.
	for _, chosen := range []bool{false, true} {
		for ch := range Channel(channels) {
			if (*c.port(ch) == 0) != chosen {
				continue
			}
			ln, err := bindOne(c, ch, deadline)
			if err != nil {
				return lns, fmt.Errorf("%s_port: %w", ch, err)
			}
			lns[ch] = ln
		}
	}
	return lns, nil
}

func bindOne(c *Connection, ch Channel, deadline time.Time) (net.Listener, error) {
	if c.Transport == "ipc" && *c.port(ch) == 0 {
		return bindFree(c, ch)
	}
	for {
		network, address := c.address(ch)
		if network == "unix" {
			removeStale(address)
		}
		ln, err := net.Listen(network, address)
		if err == nil {
			if a, ok := ln.Addr().(*net.TCPAddr); ok {
				*c.port(ch) = a.Port
			}
			return ln, nil
		}
		if !isErrno(err, syscall.EADDRINUSE, wsaAddressInUse) || time.Now().After(deadline) {
			return nil, err
		}
		time.Sleep(bindPause)
	}
}

// bindFree takes the first number whose socket file can be made.
func bindFree(c *Connection, ch Channel) (net.Listener, error) {
	for n := 1; n <= 65535; n++ {
		address := c.IP + "-" + strconv.Itoa(n)
		removeStale(address)
		ln, err := net.Listen("unix", address)
		if err == nil {
			*c.port(ch) = n
			return ln, nil
		}
		if !isErrno(err, syscall.EADDRINUSE, wsaAddressInUse) {
			return nil, err
		}
	}
	return nil, fmt.Errorf("expected a free number for %s-N", c.IP)
}

// removeStale removes a socket file behind which nobody listens: a process
// that was killed leaves its files.
func removeStale(path string) {
	info, err := os.Lstat(path)
	if err != nil || info.Mode().Type() != fs.ModeSocket {
		return
	}
	nc, err := net.DialTimeout("unix", path, time.Second)
	if err == nil {
		nc.Close()
		return
	}
	if isErrno(err, syscall.ECONNREFUSED, wsaConnectionRefused) {
		os.Remove(path)
	}
}

// The numbers Windows has for what other systems call EADDRINUSE and
// ECONNREFUSED.
const (
	wsaAddressInUse      = syscall.Errno(10048)
	wsaConnectionRefused = syscall.Errno(10061)
)

func isErrno(err error, unix, windows syscall.Errno) bool {
	return errors.Is(err, unix) || errors.Is(err, windows)
}
