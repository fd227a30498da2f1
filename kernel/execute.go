package kernel

// This file runs cells: execute_request from busy to idle.

import (
	"context"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"weft/interp"
	"weft/messaging"
)

// runCells runs the execute requests, one after the other.
func (s *Server) runCells() {
	for {
		m, ok := s.cells.pop(s.stopping)
		if !ok {
			break
		}
		s.execute(m)
	}
	s.abort(s.cells.takeAll())
}

// execute runs one cell.
func (s *Server) execute(m *messaging.Message) {
	s.busy(m)
	started := time.Now()
	var req messaging.ExecuteRequest
	if err := m.Decode(&req); err != nil {
		s.log.Warn("cell not run", "err", err)
		s.finish(m, started, s.errorReply(&interp.Error{Name: "RequestError", Value: err.Error(), Traceback: []string{err.Error()}}))
		return
	}
	store := req.StoreHistory && !req.Silent
	if store {
		s.count++
		if strings.TrimSpace(req.Code) != "" {
			s.past.add(s.count, req.Code)
		}
	}
	c := s.newCell(m, req.AllowStdin)
	s.fore.begin(c)
	if req.Silent {
		s.pub.flush()
	} else {
		c.post("execute_input", messaging.ExecuteInput{Code: req.Code, ExecutionCount: s.count}, len(req.Code))
	}
	res := s.eval(c, req, store)
	c.finish()
	s.pub.relax(false)

	var behind []*messaging.Message
	if res.Err != nil && (req.StopOnError || res.Err.Interrupted) {
		// The client cannot know of the error before it is told. What it sent
		// until now, it sent to run after a success.
		s.cells.settle(s.stopping, burstQuiet, burstLimit)
		behind = s.cells.takeAll()
	}
	if !req.Silent {
		s.showResult(c, res, store)
	}
	if c.drain > 0 {
		s.pub.flush()
		s.drain(c, res)
	}
	s.finish(m, started, s.executeReply(res))
	s.abort(behind)
}

// eval has the interpreter run the cell's code.
func (s *Server) eval(c *cell, req messaging.ExecuteRequest, store bool) (res interp.Result) {
	var in interp.Interpreter
	var err error
	s.fore.wait(s.stopping, func(ctx context.Context) { in, err = s.await(ctx) })
	if err == errNotReady {
		return interp.Result{Err: &interp.Error{Name: "InterruptException", Traceback: []string{"InterruptException:"}, Interrupted: true}}
	}
	if err != nil {
		return interp.Result{Err: &interp.Error{Name: "ErrorException", Value: err.Error(), Traceback: []string{err.Error()}}}
	}
	defer func() {
		if r := recover(); r != nil {
			text := fmt.Sprintf("internal error: %v", r)
			s.log.Error("cell failed", "panic", r, "stack", string(debug.Stack()))
			res = interp.Result{Err: &interp.Error{Name: "InternalError", Value: text, Traceback: []string{text}}}
		}
	}()
	s.fore.run(in, func() {
		res = in.Eval(s.stopping,
			interp.Source{Name: fmt.Sprintf("In[%d]", s.count), Text: req.Code, FirstLine: 1}, c,
			interp.EvalOptions{
				Silent: req.Silent, StoreHistory: store, SoftScope: true,
				Count: s.count, CellID: c.id, UserExpressions: req.UserExpressions,
			})
	})
	return res
}

// CardKey is the member of an output's metadata that marks the live card of a task
// or a channel.
const CardKey = "weft_card"

// showResult publishes the value or the error of a cell.
func (s *Server) showResult(c *cell, res interp.Result, store bool) {
	switch {
	case res.Err != nil:
		e := res.Err
		c.hold("error", messaging.Error{Ename: e.Name, Evalue: e.Value, Traceback: e.Traceback}, 0)
	case res.HasValue:
		data := s.bundle(res.Bundle)
		if len(data) == 0 {
			data["text/plain"] = ""
		}
		if text, ok := data["text/plain"].(string); ok && store {
			s.past.setOutput(s.count, text)
		}
		meta := messaging.Object(wireObject(res.Metadata))
		transient := messaging.Transient{DisplayID: res.DisplayID}
		if res.DisplayID != "" {
			meta[CardKey] = true
			if c.lab {
				c.hold("display_data", messaging.DisplayData{Data: data, Metadata: meta, Transient: transient}, bundleSize(data))
				return
			}
		}
		c.hold("execute_result", messaging.ExecuteResult{
			ExecutionCount: s.count, Data: data, Metadata: meta, Transient: transient,
		}, bundleSize(data))
	}
}

// drain waits for background tasks if the kernel or the request asks for it.
func (s *Server) drain(c *cell, res interp.Result) {
	in, err := s.started()
	if err != nil || res.Err != nil && res.Err.Interrupted {
		return
	}
	s.fore.wait(s.stopping, func(ctx context.Context) {
		ctx, cancel := context.WithTimeout(ctx, c.drain)
		defer cancel()
		if err := in.Drain(ctx, c); err != nil {
			s.log.Info("tasks still run after their cell", "err", err)
		}
	})
	c.Flush()
}

// executeReply makes the reply from the result.
func (s *Server) executeReply(res interp.Result) messaging.ExecuteReply {
	if res.Err != nil {
		return s.errorReply(res.Err)
	}
	reply := messaging.ExecuteReply{Status: messaging.StatusOK, ExecutionCount: s.count}
	for name, x := range res.UserExpressions {
		if reply.UserExpressions == nil {
			reply.UserExpressions = make(map[string]messaging.ExpressionResult)
		}
		if x.Err != nil {
			reply.UserExpressions[name] = messaging.ExpressionResult{
				Status: messaging.StatusError, Ename: x.Err.Name, Evalue: x.Err.Value, Traceback: x.Err.Traceback,
			}
			continue
		}
		reply.UserExpressions[name] = messaging.ExpressionResult{
			Status: messaging.StatusOK, Data: s.bundle(x.Bundle), Metadata: wireObject(x.Metadata),
		}
	}
	return reply
}

func (s *Server) errorReply(e *interp.Error) messaging.ExecuteReply {
	return messaging.ExecuteReply{
		Status: messaging.StatusError, ExecutionCount: s.count,
		Ename: e.Name, Evalue: e.Value, Traceback: e.Traceback,
	}
}

// finish replies to an execute request and ends it.
func (s *Server) finish(m *messaging.Message, started time.Time, reply messaging.ExecuteReply) {
	s.reply(m, reply, messaging.Extra{Metadata: messaging.ExecuteMetadata{
		Started:         started,
		DependenciesMet: true,
		Engine:          s.transport.Session(),
		Status:          reply.Status,
	}})
	s.idle(m)
}

// abort answers cells that will not run.
func (s *Server) abort(cells []*messaging.Message) {
	for _, m := range cells {
		s.busy(m)
		s.finish(m, time.Now(), messaging.ExecuteReply{Status: messaging.StatusAborted, ExecutionCount: s.count})
	}
}
