// This file is what a client asks of a kernel: one method per request.

package messaging

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// Handler gets what an execution says before it is done. The functions run
// one at a time, on the goroutine of Execute.
type Handler struct {
	// IOPub gets each iopub message of the request, in order, to its idle.
	IOPub func(m *Message)
	// Input answers an input_request. If it is nil, stdin is not allowed.
	Input func(ask InputRequest) (string, error)
}

// Execution is the outcome of Execute.
type Execution struct {
	// MsgID is the id of the request: the parent of all its output, late
	// output too.
	MsgID   string
	Message *Message
	Reply   ExecuteReply
}

func (c *Client) expect(m *Message, w *wait) func() {
	w.channel = m.Channel
	w.reply = make(chan *Message, 1)
	c.mu.Lock()
	c.waits[m.Header.MsgID] = w
	c.mu.Unlock()
	return func() {
		c.mu.Lock()
		delete(c.waits, m.Header.MsgID)
		c.mu.Unlock()
	}
}

// Request sends a request and waits for its reply, which it decodes into
// reply unless that is nil.
func (c *Client) Request(ctx context.Context, ch Channel, msgType string, content, reply any, extra ...Extra) (*Message, error) {
	m := c.draft(ch, msgType, nil, extra)
	w := &wait{}
	defer c.expect(m, w)()
	if _, err := c.sendAs(ch, m, content, extra); err != nil {
		return nil, err
	}
	answer, err := c.await(ctx, w)
	if err != nil {
		return nil, err
	}
	if reply == nil {
		return answer, nil
	}
	return answer, answer.Decode(reply)
}

func (c *Client) await(ctx context.Context, w *wait) (*Message, error) {
	select {
	case m := <-w.reply:
		return m, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-c.done:
	}
	select {
	case m := <-w.reply:
		return m, nil
	default:
		return nil, errNoAnswer
	}
}

// Execute sends an execute_request and returns when its reply and its idle
// are there. An error of the code is no error of Execute: it is in the reply.
func (c *Client) Execute(ctx context.Context, req ExecuteRequest, h Handler, extra ...Extra) (*Execution, error) {
	req.AllowStdin = req.AllowStdin || h.Input != nil
	m := c.draft(Shell, "execute_request", nil, extra)
	w := &wait{iopub: newMailbox(0), input: newMailbox(0)}
	if h.Input == nil {
		w.input = nil
	}
	defer c.expect(m, w)()
	if _, err := c.sendAs(Shell, m, req, extra); err != nil {
		return nil, err
	}
	ex := &Execution{MsgID: m.Header.MsgID}
	idle := false
	gone := c.done
	var asked <-chan struct{}
	if w.input != nil {
		asked = w.input.more
	}
	for {
		for {
			out, _ := w.iopub.next()
			if out == nil {
				break
			}
			if h.IOPub != nil {
				h.IOPub(out)
			}
			idle = idle || isIdle(out)
		}
		if idle && ex.Message != nil {
			return ex, ex.Message.Decode(&ex.Reply)
		}
		if gone == nil && ex.Message == nil && len(w.reply) == 0 || gone == nil && ex.Message != nil {
			return ex, errNoAnswer
		}
		select {
		case ex.Message = <-w.reply:
		case <-w.iopub.more:
		case <-asked:
			if err := c.input(w, h); err != nil {
				return ex, err
			}
		case <-ctx.Done():
			return ex, ctx.Err()
		case <-gone:
			gone = nil
		}
	}
}

func (c *Client) input(w *wait, h Handler) error {
	for {
		m, _ := w.input.next()
		if m == nil {
			return nil
		}
		var ask InputRequest
		if err := m.Decode(&ask); err != nil {
			return fmt.Errorf("messaging: %w", err)
		}
		value, err := h.Input(ask)
		if err != nil {
			return err
		}
		if _, err := c.sendAs(Stdin, c.draft(Stdin, "input_reply", m.HeaderRaw, nil), InputReply{Value: value}, nil); err != nil {
			return err
		}
	}
}

func isIdle(m *Message) bool {
	if m.Header.MsgType != "status" {
		return false
	}
	var s Status
	return json.Unmarshal(m.Content, &s) == nil && s.ExecutionState == Idle
}

// readyPause is how long WaitReady waits for an iopub message before it asks
// again.
const readyPause = 100 * time.Millisecond

// WaitReady asks for kernel_info until there is a reply and iopub is known to
// be connected.
func (c *Client) WaitReady(ctx context.Context) (KernelInfoReply, error) {
	for {
		info, err := c.KernelInfo(ctx)
		if err != nil {
			return info, err
		}
		timer := time.NewTimer(readyPause)
		select {
		case <-c.welcome:
			timer.Stop()
			return info, nil
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return info, ctx.Err()
		case <-c.done:
			timer.Stop()
			return info, ErrClosed
		}
	}
}

// KernelInfo sends a kernel_info_request on shell.
func (c *Client) KernelInfo(ctx context.Context) (r KernelInfoReply, err error) {
	_, err = c.Request(ctx, Shell, "kernel_info_request", nil, &r)
	return r, err
}

// Complete sends a complete_request.
func (c *Client) Complete(ctx context.Context, req CompleteRequest) (r CompleteReply, err error) {
	_, err = c.Request(ctx, Shell, "complete_request", req, &r)
	return r, err
}

// Inspect sends an inspect_request.
func (c *Client) Inspect(ctx context.Context, req InspectRequest) (r InspectReply, err error) {
	_, err = c.Request(ctx, Shell, "inspect_request", req, &r)
	return r, err
}

// IsComplete sends an is_complete_request.
func (c *Client) IsComplete(ctx context.Context, code string) (r IsCompleteReply, err error) {
	_, err = c.Request(ctx, Shell, "is_complete_request", IsCompleteRequest{code}, &r)
	return r, err
}

// History sends a history_request.
func (c *Client) History(ctx context.Context, req HistoryRequest) (r HistoryReply, err error) {
	_, err = c.Request(ctx, Shell, "history_request", req, &r)
	return r, err
}

// CommInfo sends a comm_info_request; an empty target means all.
func (c *Client) CommInfo(ctx context.Context, target string) (r CommInfoReply, err error) {
	_, err = c.Request(ctx, Shell, "comm_info_request", CommInfoRequest{target}, &r)
	return r, err
}

// Interrupt sends an interrupt_request on control.
func (c *Client) Interrupt(ctx context.Context) error {
	_, err := c.Request(ctx, Control, "interrupt_request", nil, &InterruptReply{})
	return err
}

// Shutdown sends a shutdown_request on control and waits for the reply.
func (c *Client) Shutdown(ctx context.Context, restart bool) (r ShutdownReply, err error) {
	_, err = c.Request(ctx, Control, "shutdown_request", ShutdownRequest{restart}, &r)
	return r, err
}
