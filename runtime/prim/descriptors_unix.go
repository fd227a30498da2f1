//go:build unix

package prim

import (
	"time"

	"golang.org/x/sys/unix"
)

func descriptorOpen(path string, flags int) (int, error) { return unix.Open(path, flags, 0o666) }
func descriptorDup(fd int) (int, error)                  { return unix.Dup(fd) }
func descriptorClose(fd int) error                       { return unix.Close(fd) }
func descriptorRead(fd int, b []byte) (int, error)       { return unix.Read(fd, b) }
func descriptorWrite(fd int, b []byte) (int, error)      { return unix.Write(fd, b) }
func setUmask(mask int) int                              { return unix.Umask(mask) }

// descriptorPair makes a pipe, or two connected sockets.
func descriptorPair(sockets bool) ([2]int, error) {
	if sockets {
		return unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM, 0)
	}
	var p [2]int
	err := unix.Pipe(p[:])
	return p, err
}

// pollOnce looks for at most d whether a descriptor can be read (1) or written (2).
func pollOnce(fd int, readable, writable bool, d time.Duration) (int, error) {
	p := []unix.PollFd{{Fd: int32(fd)}}
	if readable {
		p[0].Events |= unix.POLLIN
	}
	if writable {
		p[0].Events |= unix.POLLOUT
	}
	if _, err := unix.Poll(p, int((d+time.Millisecond-1)/time.Millisecond)); err != nil {
		return 0, err
	}
	bits := 0
	switch {
	case p[0].Revents&unix.POLLNVAL != 0:
		return 0, unix.EBADF
	case p[0].Revents&(unix.POLLERR|unix.POLLHUP) != 0 && readable:
		bits = 1
	}
	if p[0].Revents&unix.POLLIN != 0 {
		bits |= 1
	}
	if p[0].Revents&unix.POLLOUT != 0 {
		bits |= 2
	}
	return bits, nil
}

// endOfPipe reports whether the other end of a pipe that is read from has been closed and,
// unless it is being read, nothing is left in it.
func endOfPipe(fd int, read bool) bool {
	p := []unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}
	n, err := unix.Poll(p, 0)
	return n == 1 && err == nil && p[0].Revents&unix.POLLHUP != 0 && (read || p[0].Revents&unix.POLLIN == 0)
}

// openOtherEnd lets the one who opens a named pipe with some flags go on, and waits until
// that has ended, which takes a moment. Nothing comes out of the other end, and nobody
// reads there.
func openOtherEnd(path string, flags int, ended <-chan struct{}) {
	other := unix.O_WRONLY
	if flags&unix.O_WRONLY != 0 {
		other = unix.O_RDONLY
	}
	for range 100 {
		if fd, err := unix.Open(path, other|unix.O_NONBLOCK|unix.O_CLOEXEC, 0); err == nil {
			_ = unix.Close(fd) // it was never used
		}
		select {
		case <-ended:
			return
		case <-time.After(time.Millisecond): // it may not have begun to wait
		}
	}
}
