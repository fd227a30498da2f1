package kernel

// This file holds the cell: one execute request and the output of all tasks
// that descend from it, for as long as they live.

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"sync"
	"time"

	"weft/interp"
	"weft/messaging"
)

const (
	// flushEvery is how long text may wait for more of it.
	flushEvery = 20 * time.Millisecond
	// flushBytes of text are sent without waiting for more.
	flushBytes = 64 << 10
)

// The display size told to tasks: front ends do not say theirs.
const (
	displayRows = 30
	displayCols = 80
)

// cell is the Output of an execute request. All it publishes has that
// request as its parent.
type cell struct {
	server  *Server
	request *messaging.Message
	parent  json.RawMessage
	// id is the notebook's name for the cell, empty if the front end gave none.
	id         string
	allowStdin bool
	// lab says that the front end is JupyterLab, which updates display_data only.
	lab bool
	// drain is how long the cell's end may wait for background tasks: as the
	// request's metadata says (weft_drain), or else the options.
	drain time.Duration

	mu    sync.Mutex
	text  textBuffer
	timer *time.Timer
	armed bool // the timer runs, text waits for it
	ended bool // the foreground is done
}

var _ interp.Output = (*cell)(nil)

// newCell makes the cell of an execute request.
func (s *Server) newCell(m *messaging.Message, allowStdin bool) *cell {
	var meta struct {
		CellID  string          `json:"cellId"`
		Deleted json.RawMessage `json:"deletedCells"`
		Drain   string          `json:"weft_drain"`
	}
	if err := m.DecodeMetadata(&meta); err != nil {
		s.log.Warn("metadata not understood", "err", err)
	}
	// The cell may outlive the request by far: the code is not kept.
	asker := *m
	asker.Content, asker.Buffers = nil, nil
	c := &cell{server: s, request: &asker, parent: m.HeaderRaw, id: meta.CellID, lab: meta.Deleted != nil, allowStdin: allowStdin, drain: s.opts.Drain}
	if meta.Drain != "" {
		var err error
		if c.drain, err = ParseDrain(meta.Drain); err != nil {
			s.log.Warn("metadata not understood", "err", err)
		}
	}
	c.timer = time.AfterFunc(time.Hour, c.tick)
	c.timer.Stop()
	return c
}

// Write buffers text. The first text after a pause goes out at once.
func (c *cell) Write(stream interp.Stream, p []byte) error {
	for len(p) > 0 {
		n := min(len(p), flushBytes)
		c.add(stream, p[:n])
		p = p[n:]
		if err := c.server.pub.waitRoom(); err != nil {
			return err
		}
	}
	return nil
}

func (c *cell) add(stream interp.Stream, p []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.text.add(stream, p)
	if !c.armed {
		c.send()
		c.armed = true
		c.timer.Reset(flushEvery)
	} else if c.text.size >= flushBytes {
		c.send()
	}
}

// tick sends what came since the last time, and stops the timer when
// nothing did.
func (c *cell) tick() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.text.size == 0 {
		c.armed = false
		if c.ended {
			c.text.takeTails(c.emit)
		}
		return
	}
	c.send()
	c.timer.Reset(flushEvery)
}

// send hands the buffered text to the publisher. The lock is held.
func (c *cell) send() { c.text.take(c.emit) }

func (c *cell) emit(stream interp.Stream, text []byte) {
	c.server.pub.postText(c, stream, text)
}

// post publishes a message after the text written before it.
func (c *cell) post(msgType string, content any, size int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.send()
	c.server.pub.post(c.parent, msgType, content, size)
}

// hold is post for a message that the publisher's flush will follow soon.
func (c *cell) hold(msgType string, content any, size int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.send()
	c.server.pub.hold(c.parent, msgType, content, size)
}

// Flush sends the buffered text now.
func (c *cell) Flush() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.send()
}

// finish sends what the foreground wrote, to the last byte.
func (c *cell) finish() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ended = true
	c.send()
	c.text.takeTails(c.emit)
}

// Display publishes display_data, or update_display_data.
func (c *cell) Display(d interp.Display) error {
	if d.Update && d.ID == "" {
		return errors.New("updating a display: expected its id")
	}
	data := c.server.bundle(d.Data)
	meta := messaging.Object(wireObject(d.Metadata))
	transient := messaging.Transient{DisplayID: validText(d.ID)}
	if d.Update {
		c.post("update_display_data", messaging.UpdateDisplayData{Data: data, Metadata: meta, Transient: transient}, bundleSize(data))
	} else {
		c.post("display_data", messaging.DisplayData{Data: data, Metadata: meta, Transient: transient}, bundleSize(data))
	}
	return c.server.pub.waitRoom()
}

// ClearOutput publishes clear_output.
func (c *cell) ClearOutput(wait bool) error {
	c.post("clear_output", messaging.ClearOutput{Wait: wait}, 0)
	return c.server.pub.waitRoom()
}

// ReadLine asks the client that sent the cell.
func (c *cell) ReadLine(ctx context.Context, prompt string, password bool) (string, error) {
	if !c.allowStdin {
		return "", interp.ErrNoStdin
	}
	c.Flush()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer context.AfterFunc(c.server.stopping, func() { cancel(interp.ErrClosed) })()
	answer, err := c.server.transport.AskInput(ctx, c.request, messaging.InputRequest{Prompt: validText(prompt), Password: password})
	switch {
	case errors.Is(err, messaging.ErrNoStdin), errors.Is(err, messaging.ErrNoPeer):
		return "", interp.ErrNoStdin
	case errors.Is(err, messaging.ErrClosed):
		return "", interp.ErrClosed
	case ctx.Err() != nil:
		return "", context.Cause(ctx)
	case err != nil:
		return "", err
	case answer.Value == "\x04":
		return "", io.EOF
	}
	return answer.Value, nil
}

// Size gives the rows and columns that output should fit in.
func (c *cell) Size() (rows, cols int) { return displayRows, displayCols }

// bundleSize estimates how many bytes a bundle takes on the wire.
func bundleSize(data messaging.Object) int {
	n := 0
	for mime, v := range data {
		n += len(mime)
		switch v := v.(type) {
		case string:
			n += len(v)
		case json.RawMessage:
			n += len(v)
		}
	}
	return n
}
