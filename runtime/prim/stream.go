package prim

// This file has streams: pipes and connections. Reading and writing run off the
// baton; tasks wait for them.

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"

	"weft/runtime/core"
	"weft/runtime/task"
)

var streamTable = []entry{
	{"stream_pipe", 0, 0, "stream_pipe(): the two ends of a new pipe, (read, write).", func(*task.Task, []core.Value) (core.Value, error) {
		r, w, err := os.Pipe()
		if err != nil {
			return core.Value{}, ioError("pipe", err)
		}
		return tuple2(core.ToValue(fileStream(r)), core.ToValue(fileStream(w))), nil
	}},
	{"stream_fd", 1, 1, "stream_fd(n): a stream over an open file descriptor.", func(_ *task.Task, a []core.Value) (core.Value, error) {
		n, err := intArg(a[0])
		if err != nil {
			return core.Value{}, err
		}
		f := os.NewFile(uintptr(n), "<fd>")
		if f == nil {
			return core.Value{}, core.Err("IOError", core.MakeString("open: bad file descriptor (EBADF)"), core.Int(-9))
		}
		return core.ToValue(fileStream(f)), nil
	}},
	{"stream_read", 1, 1, "stream_read(s): waits for bytes; none at the end.", onStream((*stream).read)},
	{"stream_write", 2, 2, "stream_write(s, x): writes a String or bytes, waiting until that is done; how many bytes.", onStream((*stream).write)},
	{"stream_close", 1, 1, "stream_close(s): closes s once what is being written has gone out.", onStream(func(s *stream, t *task.Task, _ []core.Value) (core.Value, error) {
		s.shut(t.Sched)
		return nothing, nil
	})},
	{"stream_closewrite", 1, 1, "stream_closewrite(s): tells the other side that no more will be written.", onStream(func(s *stream, _ *task.Task, _ []core.Value) (core.Value, error) {
		if s.closeWrite == nil {
			return nothing, nil
		}
		if err := s.closeWrite(); err != nil {
			return core.Value{}, ioError("shutdown", err)
		}
		return nothing, nil
	})},
	{"stream_isopen", 1, 1, "stream_isopen(s): whether s has not been closed.", onStream(func(s *stream, _ *task.Task, _ []core.Value) (core.Value, error) {
		return core.MakeBool(!s.closed), nil
	})},
	{"stream_ended", 1, 1, "stream_ended(s): whether the end of what can be read has been seen.", onStream(func(s *stream, _ *task.Task, _ []core.Value) (core.Value, error) {
		return core.MakeBool(len(s.pending) == 0 && (s.eof || s.hungUp())), nil
	})},
	{"stream_begun", 1, 1, "stream_begun(s): whether s has been read from.", onStream(func(s *stream, _ *task.Task, _ []core.Value) (core.Value, error) {
		return core.MakeBool(s.buf != nil), nil
	})},
	{"stream_number", 1, 1, "stream_number(s): the file descriptor, or -1.", onStream(func(s *stream, _ *task.Task, _ []core.Value) (core.Value, error) {
		n := -1
		if c, ok := s.handle.(interface{ Fd() uintptr }); ok && !s.closed {
			n = int(c.Fd())
		}
		return core.Int(int64(n)), nil
	})},
}

// streamType is the type of a stream's core.
var streamType = core.NewOpaque("StreamCore", core.Any, true)

// stream is a pipe's end or a connection.
type stream struct {
	typ        *core.DataType
	handle     io.ReadWriteCloser
	closeWrite func() error

	buf     []byte // where the reading goroutine reads to
	pending []byte // read and not yet taken
	reading bool
	eof     bool
	failure error // of reading
	readers task.Queue

	jobs   []writeJob
	closed bool
}

type writeJob struct {
	data []byte
	by   *task.Task
	at   *task.Queue // where by waits
}

func fileStream(f *os.File) *stream { return newStream(f, nil) }

func newStream(h io.ReadWriteCloser, closeWrite func() error) *stream {
	s := &stream{typ: streamType, handle: h, closeWrite: closeWrite}
	s.readers.Kind = task.WaitExternal
	return s
}

func connStream(c net.Conn) *stream {
	if h, ok := c.(interface{ CloseWrite() error }); ok {
		return newStream(c, h.CloseWrite)
	}
	return newStream(c, nil)
}

func onStream(f func(*stream, *task.Task, []core.Value) (core.Value, error)) task.Fn {
	return func(t *task.Task, a []core.Value) (core.Value, error) {
		if !a[0].Is(streamType) {
			return core.Value{}, core.TypeErr("stream", "", streamType.Value(), a[0])
		}
		return f(core.As[stream](a[0]), t, a)
	}
}

// read gives what has been read, or waits for it. It is retried.
func (s *stream) read(t *task.Task, _ []core.Value) (core.Value, error) {
	if len(s.pending) > 0 {
		v := core.BytesVector(s.pending).Value()
		s.pending = nil
		return v, nil
	}
	if s.failure != nil {
		err := s.failure
		s.failure = nil
		return core.Value{}, ioError("read", err)
	}
	if s.eof || s.closed {
		return core.BytesVector(nil).Value(), nil
	}
	if err := t.CheckCancel(); err != nil {
		return core.Value{}, err
	}
	if !s.reading {
		s.readMore(t.Sched)
	}
	s.readers.Push(t)
	return core.Value{}, task.ErrRetry
}

func (s *stream) readMore(sched *task.Scheduler) {
	if s.buf == nil {
		s.buf = make([]byte, 32<<10)
	}
	s.reading = true
	end := sched.Begin()
	go func() {
		n, err := s.handle.Read(s.buf)
		end(func() {
			s.reading = false
			s.pending = append(s.pending, s.buf[:n]...)
			switch {
			case err == nil:
			case errors.Is(err, io.EOF), errors.Is(err, os.ErrClosed), errors.Is(err, net.ErrClosed):
				s.eof = true
			default:
				s.eof, s.failure = true, err
			}
			s.wakeReaders(sched)
		})
	}()
}

// hungUp reports whether the other end of a pipe has been closed and nothing can come that
// somebody does not read just now, though the end has not been met yet.
func (s *stream) hungUp() bool {
	f, ok := s.handle.(*os.File)
	if !ok || s.closed {
		return false
	}
	c, err := f.SyscallConn()
	if err != nil {
		return false
	}
	ended := false
	_ = c.Control(func(fd uintptr) { ended = endOfPipe(int(fd), s.reading) })
	return ended
}

func (s *stream) wakeReaders(sched *task.Scheduler) {
	for w := s.readers.Head; w != nil; w = s.readers.Head {
		sched.Wake(w, nothing)
	}
}

// write hands bytes to the goroutine that writes, in the order of the calls.
func (s *stream) write(t *task.Task, a []core.Value) (core.Value, error) {
	if s.closed {
		return core.Value{}, core.Err("IOError", core.MakeString("write: broken pipe (EPIPE)"), core.Int(-32))
	}
	if err := t.CheckCancel(); err != nil {
		return core.Value{}, err
	}
	var data []byte
	if core.TypeOf(a[1]).Kind == core.KindArray {
		b, err := bytesArg("write", a[1])
		if err != nil {
			return core.Value{}, err
		}
		data = bytes.Clone(b)
	} else {
		text, err := textArg("write", a[1])
		if err != nil {
			return core.Value{}, err
		}
		data = []byte(text)
	}
	if len(data) == 0 {
		return core.Int(0), nil
	}
	q := &task.Queue{Kind: task.WaitExternal}
	s.jobs = append(s.jobs, writeJob{data, t, q})
	if len(s.jobs) == 1 {
		s.writeNext(t.Sched)
	}
	return t.Sched.Park(t, q)
}

func (s *stream) writeNext(sched *task.Scheduler) {
	job := s.jobs[0]
	end := sched.Begin()
	go func() {
		n, err := s.handle.Write(job.data)
		end(func() {
			s.jobs = s.jobs[1:]
			if job.by.Queue == job.at { // else it has been interrupted
				if err != nil {
					sched.FailOutside(job.by, ioError("write", err))
				} else {
					sched.Wake(job.by, core.Int(int64(n)))
				}
			}
			switch {
			case len(s.jobs) > 0:
				s.writeNext(sched)
			case s.closed:
				_ = s.handle.Close() // what was to be written has gone out
			}
		})
	}()
}

func (s *stream) shut(sched *task.Scheduler) {
	if s.closed {
		return
	}
	s.closed, s.eof = true, true
	if len(s.jobs) == 0 {
		_ = s.handle.Close() // nothing can be lost any more
	}
	s.wakeReaders(sched)
}

// osFile is a file that a process can be given, and whether it is a duplicate to
// be closed afterwards.
func (s *stream) osFile() (f *os.File, duplicate bool, err error) {
	switch h := s.handle.(type) {
	case *os.File:
		return h, false, nil
	case interface{ File() (*os.File, error) }:
		f, err = h.File()
		return f, true, err
	}
	return nil, false, core.ArgErrorf("a process cannot be connected to this stream")
}
