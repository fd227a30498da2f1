package kernel

// This file answers what needs no interpreter: who the kernel is, what was
// run, and which comms are open.

import (
	"fmt"

	"weft/messaging"
)

// LanguageVersion is the version of Julia whose language the kernel speaks.
const LanguageVersion = "1.12.0"

func (s *Server) kernelInfo(*messaging.Message) (any, error) {
	return messaging.KernelInfoReply{
		ProtocolVersion:       messaging.ProtocolVersion,
		Implementation:        "weft",
		ImplementationVersion: s.opts.Version,
		LanguageInfo: messaging.LanguageInfo{
			Name:              "julia",
			Version:           LanguageVersion,
			MimeType:          "text/x-julia",
			FileExtension:     ".jl",
			PygmentsLexer:     "julia",
			CodemirrorMode:    "julia",
			NbconvertExporter: "script",
		},
		Banner: fmt.Sprintf("Weft %s: the Julia %s language, with tasks that stay alive between cells", s.opts.Version, LanguageVersion),
		HelpLinks: []messaging.HelpLink{
			{Text: "Julia documentation", URL: "https://docs.julialang.org/en/v1/"},
			{Text: "Julia tasks and channels", URL: "https://docs.julialang.org/en/v1/manual/asynchronous-programming/"},
		},
	}, nil
}

// historyReply is history_reply with entries as [session, line, input] or
// [session, line, [input, output]].
type historyReply struct {
	Status  messaging.ReplyStatus `json:"status"`
	History []any                 `json:"history"`
}

func (s *Server) history(m *messaging.Message) (any, error) {
	var r messaging.HistoryRequest
	if err := m.Decode(&r); err != nil {
		return nil, err
	}
	n := 0
	if r.N != nil {
		n = *r.N
	}
	var entries []historyEntry
	switch r.HistAccessType {
	case "tail":
		entries = s.past.tail(n)
	case "range":
		entries = s.past.between(r.Session, r.Start, r.Stop)
	case "search":
		entries = s.past.search(r.Pattern, n, r.Unique)
	default:
		return nil, fmt.Errorf("history_request: field hist_access_type: expected tail, range or search, got %q", r.HistAccessType)
	}
	return historyReply{History: historyRows(entries, r.Output)}, nil
}

// commInfo lists the open comms: the kernel has no targets, so there are none.
func (s *Server) commInfo(m *messaging.Message) (any, error) {
	var r messaging.CommInfoRequest
	if err := m.Decode(&r); err != nil {
		return nil, err
	}
	return messaging.CommInfoReply{}, nil
}

// commOpen closes the comm again, as the protocol asks for targets that are
// not known.
func (s *Server) commOpen(m *messaging.Message) (any, error) {
	var r messaging.CommOpen
	if err := m.Decode(&r); err != nil {
		s.log.Warn("comm not opened", "err", err)
		return nil, nil
	}
	s.pub.post(m.HeaderRaw, "comm_close", messaging.CommClose{CommID: r.CommID}, 0)
	return nil, nil
}

// commMsg takes messages for comms that are not open; they have no reply.
func (s *Server) commMsg(m *messaging.Message) (any, error) {
	s.log.Info("message for a comm that is not open", "type", m.Header.MsgType)
	return nil, nil
}
