package kernel

// This file answers control requests: shutdown, interrupt, and those for
// features that are not there.

import (
	"encoding/json"
	"errors"

	"weft/messaging"
)

// shutdown replies, tells all clients, and makes the server stop. It comes on
// the shell channel too, from old clients.
func (s *Server) shutdown(m *messaging.Message) (any, error) {
	var r messaging.ShutdownRequest
	if err := m.Decode(&r); err != nil {
		return nil, err
	}
	reply := messaging.ShutdownReply{Restart: r.Restart}
	s.reply(m, reply)
	s.pub.post(m.HeaderRaw, "shutdown_reply", reply, 0)
	s.stop()
	return nil, nil
}

func (s *Server) interrupt(*messaging.Message) (any, error) {
	s.Interrupt()
	return messaging.InterruptReply{}, nil
}

// debugReply is a response of the Debug Adapter Protocol.
type debugReply struct {
	Type       string `json:"type"`
	Seq        int    `json:"seq"`
	RequestSeq int    `json:"request_seq"`
	Command    string `json:"command"`
	Success    bool   `json:"success"`
	Message    string `json:"message,omitempty"`
	Body       any    `json:"body"`
}

// debugInfo is the body of the answer to debugInfo.
type debugInfo struct {
	IsStarted      bool   `json:"isStarted"`
	HashMethod     string `json:"hashMethod"`
	HashSeed       uint32 `json:"hashSeed"`
	TmpFilePrefix  string `json:"tmpFilePrefix"`
	TmpFileSuffix  string `json:"tmpFileSuffix"`
	Breakpoints    []any  `json:"breakpoints"`
	StoppedThreads []int  `json:"stoppedThreads"`
	RichRendering  bool   `json:"richRendering"`
	ExceptionPaths []any  `json:"exceptionPaths"`
	CopyToGlobals  bool   `json:"copyToGlobals"`
}

// debug says that no debugger runs, and refuses to start one.
func (s *Server) debug(m *messaging.Message) (any, error) {
	var r struct {
		Seq     int    `json:"seq"`
		Command string `json:"command"`
	}
	if err := json.Unmarshal(m.Content, &r); err != nil {
		return nil, errors.New("debug_request: expected a request with a number seq and a string command")
	}
	reply := debugReply{Type: "response", Seq: r.Seq, RequestSeq: r.Seq, Command: r.Command, Body: struct{}{}}
	if r.Command == "debugInfo" {
		reply.Success = true
		reply.Body = debugInfo{
			HashMethod: "Murmur2", TmpFileSuffix: ".jl",
			Breakpoints: []any{}, StoppedThreads: []int{}, ExceptionPaths: []any{},
		}
	} else {
		reply.Message = "this kernel has no debugger"
	}
	return reply, nil
}

// noSubshells refuses to make or delete subshells.
func (s *Server) noSubshells(*messaging.Message) (any, error) {
	return nil, errors.New("this kernel has no subshells")
}

func (s *Server) listSubshells(*messaging.Message) (any, error) {
	return messaging.ListSubshellReply{}, nil
}
