package kernel

// This file answers questions about code: completion, inspection, and whether
// it is complete. They wait for the interpreter to start, not for cells.

import (
	"unicode/utf8"

	"weft/messaging"
)

// typesKey is where JupyterLab looks for the kinds of completions.
const typesKey = "_jupyter_types_experimental"

func (s *Server) complete(m *messaging.Message) (any, error) {
	var r messaging.CompleteRequest
	if err := m.Decode(&r); err != nil {
		return nil, err
	}
	in, err := s.await(s.stopping)
	if err != nil {
		return nil, err
	}
	text, at := cursorOf(r.Code, r.CursorPos)
	c := in.Complete(r.Code, at)
	start, end := text.answer(c.Start), text.answer(c.End)
	reply := messaging.CompleteReply{CursorStart: start, CursorEnd: end}
	types := make(messaging.List[messaging.CompletionType], 0, len(c.Matches))
	for _, match := range c.Matches {
		reply.Matches = append(reply.Matches, match.Text)
		kind := match.Type
		if kind == "" {
			kind = "text"
		}
		types = append(types, messaging.CompletionType{
			Start: start, End: end, Text: match.Text, Type: kind, Signature: match.Signature,
		})
	}
	reply.Metadata = messaging.Object{typesKey: types}
	return reply, nil
}

func (s *Server) inspect(m *messaging.Message) (any, error) {
	var r messaging.InspectRequest
	if err := m.Decode(&r); err != nil {
		return nil, err
	}
	in, err := s.await(s.stopping)
	if err != nil {
		return nil, err
	}
	_, at := cursorOf(r.Code, r.CursorPos)
	b, found := in.Inspect(r.Code, at, r.DetailLevel)
	if !found {
		return messaging.InspectReply{}, nil
	}
	return messaging.InspectReply{Found: true, Data: s.bundle(b)}, nil
}

func (s *Server) isComplete(m *messaging.Message) (any, error) {
	var r messaging.IsCompleteRequest
	if err := m.Decode(&r); err != nil {
		return nil, err
	}
	in, err := s.await(s.stopping)
	if err != nil {
		return nil, err
	}
	status, indent := in.IsComplete(r.Code)
	return messaging.IsCompleteReply{Status: status, Indent: indent}, nil
}

// cursorOf reads a request's cursor; -1 is the end of the code.
func cursorOf(code string, pos int) (cursorText, int) {
	if pos < 0 {
		pos = utf8.RuneCountInString(code)
	}
	return readCursor(code, pos)
}
