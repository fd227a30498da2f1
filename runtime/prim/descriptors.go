package prim

// This file: what programs do with the system's file descriptors, its signals and its
// mask for new files.

import (
	"context"
	"errors"
	"os"
	"syscall"
	"time"

	"weft/runtime/core"
	"weft/runtime/task"
)

var descriptorTable = []entry{
	{"fd_file", 2, 2, "fd_file(fd, name): the open file that a descriptor stands for", func(_ *task.Task, a []core.Value) (core.Value, error) {
		n, err := intArg(a[0])
		if err != nil {
			return core.Value{}, err
		}
		name, err := textArg("fdio", a[1])
		if err != nil {
			return core.Value{}, err
		}
		f := os.NewFile(uintptr(n), name)
		if f == nil {
			return core.Value{}, ioError("fdio", syscall.EBADF)
		}
		return newFile(f), nil
	}},
	{"fd_open", 2, 2, "fd_open(path, flags): a new descriptor, or -1", func(_ *task.Task, a []core.Value) (core.Value, error) {
		p, err := textArg("open", a[0])
		if err != nil {
			return core.Value{}, err
		}
		return descriptorResult(descriptorOpen(p, int(a[1].N)))
	}},
	{"fd_dup", 1, 1, "fd_dup(fd): another descriptor of the same open file, or -1", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return descriptorResult(descriptorDup(int(a[0].N)))
	}},
	{"fd_close", 1, 1, "fd_close(fd): 0, or -1", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return descriptorResult(0, descriptorClose(int(a[0].N)))
	}},
	{"fd_read", 3, 3, "fd_read(fd, bytes, n): reads up to n bytes into a Vector{UInt8}; how many, or -1", onDescriptorBytes(descriptorRead)},
	{"fd_write", 3, 3, "fd_write(fd, bytes, n): writes n bytes of a Vector{UInt8} or String; how many, or -1", onDescriptorBytes(descriptorWrite)},
	{"fd_pair", 1, 1, "fd_pair(sockets): two connected descriptors, of a pipe or of sockets", func(_ *task.Task, a []core.Value) (core.Value, error) {
		p, err := descriptorPair(a[0].IsTrue())
		if err != nil {
			return core.Value{}, ioError("pipe", err)
		}
		return core.NewStruct(core.TupleOf(core.Int64.Value(), core.Int64.Value()), core.Int(int64(p[0])), core.Int(int64(p[1]))), nil
	}},
	{"fd_poll", 4, 4, "fd_poll(fd, readable, writable, seconds): waits until a descriptor can be read (1) or written (2), the sum of what it can; 0 when the time is over", descriptorPoll},
	{"process_umask", 1, 1, "process_umask(mask): sets the permissions that new files do not get; the mask before", func(_ *task.Task, a []core.Value) (core.Value, error) {
		return core.Int(int64(setUmask(int(a[0].N)))), nil
	}},
	{"process_signal", 2, 2, "process_signal(pid, n): sends a signal to a process", func(_ *task.Task, a []core.Value) (core.Value, error) {
		p, err := os.FindProcess(int(a[0].N))
		if err == nil {
			err = p.Signal(syscall.Signal(a[1].N))
		}
		if err != nil {
			return core.Value{}, ioError("kill", err)
		}
		return nothing, nil
	}},
}

// descriptorResult is what a function of the C library returns for n and err.
func descriptorResult(n int, err error) (core.Value, error) {
	if err != nil {
		return core.Int(-1), nil
	}
	return core.Int(int64(n)), nil
}

// onDescriptorBytes makes a primitive of a function of a descriptor and n bytes.
func onDescriptorBytes(f func(fd int, b []byte) (int, error)) task.Fn {
	return func(_ *task.Task, a []core.Value) (core.Value, error) {
		var b []byte
		if a[1].Is(core.StringType) {
			b = []byte(a[1].Str())
		} else {
			var err error
			if b, err = bytesArg("read", a[1]); err != nil {
				return core.Value{}, err
			}
		}
		return descriptorResult(f(int(a[0].N), b[:min(max(int(a[2].N), 0), len(b))]))
	}
}

// pollSlice is how long one look at a descriptor may take, so that a wait can be given up.
const pollSlice = 20 * time.Millisecond

func descriptorPoll(t *task.Task, a []core.Value) (core.Value, error) {
	fd, readable, writable, seconds := int(a[0].N), a[1].IsTrue(), a[2].IsTrue(), a[3].Float64()
	ctx, cancel := context.WithCancel(context.Background())
	return outside(t, cancel, func() {}, func() func() (core.Value, error) {
		start := time.Now()
		bits, err := 0, error(nil)
		for ctx.Err() == nil && bits == 0 && err == nil {
			wait := pollSlice
			if seconds >= 0 {
				left := time.Duration(seconds*float64(time.Second)) - time.Since(start)
				wait = max(min(wait, left), 0)
			}
			bits, err = pollOnce(fd, readable, writable, wait)
			if errors.Is(err, syscall.EINTR) {
				err = nil
			}
			if seconds >= 0 && time.Since(start).Seconds() >= seconds {
				break
			}
		}
		return func() (core.Value, error) {
			cancel()
			if err != nil {
				return core.Value{}, ioError("poll_fd", err)
			}
			return core.Int(int64(bits)), nil
		}
	})
}
