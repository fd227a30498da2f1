package prim

// This file: paths that lead to no plain file, such as named pipes and terminals.
// Opening and reading them may take any time, so tasks wait for that as they do for
// streams.

import (
	"io/fs"
	"os"
	"sync"

	"github.com/mattn/go-isatty"

	"weft/runtime/core"
	"weft/runtime/task"
)

// plain reports whether what a path leads to can be read and written at once: a file,
// a folder, or nothing.
func plain(path string) bool {
	i, err := os.Stat(path)
	return err != nil || i.Mode().IsRegular() || i.IsDir()
}

// newFile is the handle of an open file.
func newFile(f *os.File) core.Value {
	h := &file{Type: FileType, f: f}
	if i, err := f.Stat(); err == nil && (i.Mode()&(fs.ModeNamedPipe|fs.ModeSocket) != 0 || i.Mode()&fs.ModeCharDevice != 0 && isatty.IsTerminal(f.Fd())) {
		h.stream = fileStream(f)
	}
	return core.ToValue(h)
}

// openFile opens a file; a named pipe when somebody has opened its other end.
func openFile(t *task.Task, path string, flags int) (core.Value, error) {
	if i, err := os.Stat(path); err != nil || i.Mode()&fs.ModeNamedPipe == 0 || flags&(os.O_RDWR|os.O_WRONLY) == os.O_RDWR {
		f, err := os.OpenFile(path, flags, 0o666)
		if err != nil {
			return core.Value{}, err
		}
		return newFile(f), nil
	}
	p := &pendingOpen{ended: make(chan struct{})}
	giveUp := func() {
		if p.giveUp() {
			openOtherEnd(path, flags, p.ended)
		}
	}
	return outside(t, giveUp, func() { p.giveUp() }, func() func() (core.Value, error) {
		f, err := os.OpenFile(path, flags, 0o666)
		p.opened(f)
		return func() (core.Value, error) {
			if err != nil {
				return core.Value{}, pathError("", path, err)
			}
			return newFile(f), nil
		}
	})
}

// pendingOpen is the opening of a named pipe, which may be given up.
type pendingOpen struct {
	mu      sync.Mutex
	file    *os.File
	givenUp bool
	ended   chan struct{}
}

// opened notes the file, nil if there was an error.
func (p *pendingOpen) opened(f *os.File) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.file = f; p.givenUp && f != nil {
		_ = f.Close() // nothing was done with it
	}
	close(p.ended)
}

// giveUp closes the file, now or when it is opened. It reports whether that is to come.
func (p *pendingOpen) giveUp() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.file != nil && !p.givenUp {
		_ = p.file.Close() // nothing was done with it
	}
	p.givenUp = true
	select {
	case <-p.ended:
		return false
	default:
		return true
	}
}

// onHandle is onFile for what a handle's stream does if it has one.
func onHandle(piped func(s *stream, t *task.Task, a []core.Value) (core.Value, error), g func(f *os.File, a []core.Value) (core.Value, error)) task.Fn {
	whole := onFile(g)
	return func(t *task.Task, a []core.Value) (core.Value, error) {
		if a[0].Is(FileType) {
			if s := core.As[file](a[0]).stream; s != nil {
				return piped(s, t, a)
			}
		}
		return whole(t, a)
	}
}
