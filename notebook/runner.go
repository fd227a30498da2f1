package notebook

// This file runs a notebook's cells in a kernel, one after the other, and
// files whatever the kernel says, at any time, under the cell it belongs to.

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"weft/messaging"
)

// RaisesException is the tag of a cell that may fail.
const RaisesException = "raises-exception"

// DrainKey is the member of an execute_request's metadata that asks the
// kernel to hold back the request's end until background tasks are done; its
// value is the longest time to wait.
const DrainKey = "weft_drain"

// cardKey is the member of an output's metadata by which the kernel marks the live
// card of a task or a channel.
const cardKey = "weft_card"

// Watcher is told of a run as it goes. Its methods are called one at a time.
type Watcher interface {
	// Begin comes before a cell is shown or run; a cell that is not run has
	// no End.
	Begin(index int, c *Cell)
	// Running says that the kernel took the cell, which now has its number.
	Running(index int, c *Cell)
	// Output brings an output, late if its cell has ended before.
	Output(index int, out *Output, late bool)
	// End says that the cell's foreground is done.
	End(index int, c *Cell)
	// Draining says that all cells are done and background tasks go on.
	Draining()
	// Left brings a list of what was still running when the time for background
	// tasks was up.
	Left(text string)
}

// Runner runs notebooks in a kernel.
type Runner struct {
	Client  *messaging.Client
	Watcher Watcher
	// Timeout, when positive, is how long a cell may run; then it is
	// interrupted.
	Timeout time.Duration
	// Drain, when positive, is how long to wait at the end for background
	// tasks.
	Drain time.Duration
	// Gone, if there is one, says why the kernel went away.
	Gone func() error
}

// How long a kernel may take to stop a cell, and to bring its last message.
const (
	interruptGrace = 10 * time.Second
	idleGrace      = 10 * time.Second
)

// FailedError says that a cell failed.
type FailedError struct {
	// Index is the cell's place in the notebook, Count its number in brackets.
	Index, Count  int
	Ename, Evalue string
}

// Error gives the cell's number and its error's first line.
func (e *FailedError) Error() string {
	if e.Evalue == "" {
		return fmt.Sprintf("In[%d] failed: %s", e.Count, e.Ename)
	}
	return fmt.Sprintf("In[%d] failed: %s: %s", e.Count, e.Ename, firstLine(e.Evalue))
}

// run is one run of a notebook.
type run struct {
	*Runner
	nb   *Notebook
	read chan struct{} // closed when no more will be heard

	mu    sync.Mutex
	cells map[string]*running // by the msg_id of their request
}

// running is a cell that was sent to the kernel.
type running struct {
	outputs
	index int
	idle  chan struct{} // closed when the kernel is done with it
	ended bool          // End was told
}

// Run runs the cells of a notebook in order. It stores the outputs in the
// notebook and stops at the first cell that fails unless that cell has the
// tag raises-exception; then its error is a *FailedError. An end of ctx
// interrupts the running cell.
func (r *Runner) Run(ctx context.Context, nb *Notebook) error {
	x := &run{Runner: r, nb: nb, cells: map[string]*running{}, read: make(chan struct{})}
	for _, c := range nb.Cells {
		if c.Type == Code {
			c.Outputs, c.Count = nil, 0
		}
	}
	sub := r.Client.Subscribe()
	go func() {
		defer close(x.read)
		for m := range sub.C {
			x.heard(m)
		}
	}()
	defer func() {
		sub.Close()
		<-x.read
	}()

	var failed error
	for i, c := range nb.Cells {
		x.tell(func(w Watcher) { w.Begin(i, c) })
		if !c.Runs() {
			continue
		}
		if err := x.runCell(ctx, i, c); err != nil {
			failed = err
			break
		}
	}
	var cell *FailedError
	if failed != nil && !errors.As(failed, &cell) || ctx.Err() != nil {
		return failed
	}
	if r.Drain > 0 {
		x.tell(Watcher.Draining)
		if err := x.drain(ctx); err != nil && failed == nil {
			return err
		}
	}
	return failed
}

func (x *run) tell(f func(Watcher)) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.Watcher != nil {
		f(x.Watcher)
	}
}

// send sends a cell's code and notes whose messages those with its id are.
func (x *run) send(req messaging.ExecuteRequest, c *running, extra messaging.Extra) error {
	x.mu.Lock()
	m, err := x.Client.Send(messaging.Shell, "execute_request", req, extra)
	if err == nil {
		x.cells[m.Header.MsgID] = c
	}
	x.mu.Unlock()
	if err != nil {
		return x.gone(err)
	}
	return nil
}

// gone says why the kernel went away, if that is what the error is about,
// after all that it said is filed.
func (x *run) gone(err error) error {
	select {
	case <-x.Client.Done():
		<-x.read
	default:
		return err
	}
	if x.Gone == nil {
		return err
	}
	if why := x.Gone(); why != nil {
		return why
	}
	return err
}

func (x *run) runCell(ctx context.Context, index int, c *Cell) error {
	rc := &running{outputs: outputs{cell: c}, index: index, idle: make(chan struct{})}
	meta := map[string]any{}
	if c.ID != "" {
		meta["cellId"] = c.ID
	}
	err := x.send(messaging.ExecuteRequest{Code: c.Source, StoreHistory: true}, rc, messaging.Extra{Metadata: meta})
	if err != nil {
		return err
	}
	reply, err := x.finish(ctx, rc, x.Timeout)
	x.mu.Lock()
	defer x.mu.Unlock()
	rc.ended = true
	if reply != nil && reply.ExecutionCount > 0 {
		c.Count = reply.ExecutionCount
	}
	if x.Watcher != nil {
		x.Watcher.End(index, c)
	}
	if err != nil {
		if c.Count == 0 {
			return fmt.Errorf("cell %d of the notebook: %w", index+1, err)
		}
		return fmt.Errorf("cell In[%d]: %w", c.Count, err)
	}
	if reply.Status != messaging.StatusOK && !c.HasTag(RaisesException) {
		return &FailedError{Index: index, Count: c.Count, Ename: reply.Ename, Evalue: reply.Evalue}
	}
	return nil
}

// finish waits for a cell's reply and its idle, and sees to it that the time
// limit and an interrupt are kept.
func (x *run) finish(ctx context.Context, rc *running, timeout time.Duration) (*messaging.ExecuteReply, error) {
	wait, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	var limit <-chan time.Time
	if timeout > 0 {
		t := time.NewTimer(timeout)
		defer t.Stop()
		limit = t.C
	}
	stopped := make(chan error, 1) // why the cell was interrupted
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		select {
		case <-wait.Done():
			return
		case <-ctx.Done():
			stopped <- context.Cause(ctx)
		case <-limit:
			stopped <- fmt.Errorf("the cell ran longer than %v", timeout)
		}
		grace, end := context.WithTimeout(wait, interruptGrace)
		defer end()
		if err := x.Client.Interrupt(grace); err != nil && wait.Err() == nil {
			cancel(errors.New("the kernel does not answer to an interrupt"))
			return
		}
		<-grace.Done()
		if wait.Err() == nil {
			cancel(errors.New("the cell goes on after an interrupt"))
		}
	}()

	reply, err := x.reply(wait)
	if err == nil {
		t := time.NewTimer(idleGrace)
		defer t.Stop()
		select {
		case <-rc.idle:
		case <-t.C:
			err = errors.New("the kernel answered but did not become idle")
		case <-x.Client.Done():
			err = x.gone(messaging.ErrClosed)
		case <-wait.Done():
			err = context.Cause(wait)
		}
	} else if cause := context.Cause(wait); cause != nil {
		err = cause
	}
	cancel(nil)
	<-watched
	if err == nil {
		select {
		case err = <-stopped:
		default:
		}
	}
	return reply, err
}

// reply waits for the next execute_reply.
func (x *run) reply(ctx context.Context) (*messaging.ExecuteReply, error) {
	for {
		m, err := x.Client.Recv(ctx, messaging.Shell)
		if err != nil {
			return nil, x.gone(err)
		}
		if m.Header.MsgType != "execute_reply" {
			continue
		}
		var reply messaging.ExecuteReply
		if err := m.Decode(&reply); err != nil {
			return nil, err
		}
		return &reply, nil
	}
}

// drain waits until background tasks are done, or nothing will end them, or
// the time is up.
func (x *run) drain(ctx context.Context) error {
	rc := &running{outputs: outputs{cell: &Cell{}}, index: -1, idle: make(chan struct{})}
	err := x.send(messaging.ExecuteRequest{Silent: true}, rc,
		messaging.Extra{Metadata: map[string]any{DrainKey: x.Drain.String()}})
	if err != nil {
		return err
	}
	_, err = x.finish(ctx, rc, x.Drain+interruptGrace)
	return err
}

// heard files a broadcast.
func (x *run) heard(m *messaging.Message) {
	x.mu.Lock()
	defer x.mu.Unlock()
	rc := x.cells[m.Parent().MsgID]
	if rc == nil {
		return
	}
	switch m.Header.MsgType {
	case "status":
		var s messaging.Status
		if json.Unmarshal(m.Content, &s) == nil && s.ExecutionState == messaging.Idle {
			select {
			case <-rc.idle:
			default:
				close(rc.idle)
			}
		}
		return
	case "execute_input":
		var in messaging.ExecuteInput
		if json.Unmarshal(m.Content, &in) == nil {
			rc.cell.Count = in.ExecutionCount
			if x.Watcher != nil && rc.index >= 0 {
				x.Watcher.Running(rc.index, rc.cell)
			}
		}
		return
	}
	p, err := readPublished(m)
	if err != nil {
		return // a message of a foreign shape has nothing to show
	}
	out := p.output(m.Header.MsgType)
	if out != nil && rc.index < 0 && x.Watcher != nil {
		x.Watcher.Left(p.Text)
	}
	switch {
	case out != nil:
		rc.add(out)
	case m.Header.MsgType == "update_display_data":
		x.nb.update(p)
		out = &Output{Type: DisplayData, Data: p.Data, Metadata: some(p.Metadata), displayID: p.Transient.DisplayID}
	case m.Header.MsgType == "clear_output":
		rc.empty(p.Wait)
	}
	if m.Header.MsgType == "update_display_data" && p.Metadata[cardKey] != nil {
		return // a live card: its text is what it was
	}
	if out != nil && x.Watcher != nil && rc.index >= 0 {
		x.Watcher.Output(rc.index, out, rc.ended)
	}
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// SetKernel stores in the notebook what the kernel says about itself.
func (nb *Notebook) SetKernel(name, displayName string, info messaging.KernelInfoReply) {
	if nb.Metadata == nil {
		nb.Metadata = Object{}
	}
	lang := info.LanguageInfo
	nb.Metadata["kernelspec"] = Object{"name": name, "display_name": displayName, "language": lang.Name}
	about := Object{"name": lang.Name, "version": lang.Version, "mimetype": lang.MimeType, "file_extension": lang.FileExtension}
	if lang.PygmentsLexer != "" {
		about["pygments_lexer"] = lang.PygmentsLexer
	}
	if lang.CodemirrorMode != nil {
		about["codemirror_mode"] = lang.CodemirrorMode
	}
	nb.Metadata["language_info"] = about
}
