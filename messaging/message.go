// This file says what a message is: its header, its raw JSON frames, and how
// its content is decoded.

// Package messaging is Jupyter on the wire. It knows sockets, frames,
// signatures, the five channels and a struct for the content of each message
// of the protocol; it knows no language and no kernel.
//
// A kernel talks to a [Transport]. [Listen] makes one over ZeroMQ, [NewPipe]
// makes one in memory together with a [Client]; [Dial] makes a client of a
// kernel that runs elsewhere.
package messaging

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"
)

// ProtocolVersion is the version of the Jupyter messaging protocol spoken
// here; it stands in the header of each message sent.
const ProtocolVersion = "5.5"

// Channel names one of the five sockets of a kernel.
type Channel uint8

// The channels, in the order of the connection file.
const (
	Shell Channel = iota
	IOPub
	Stdin
	Control
	Heartbeat
	channels = 5
)

// String gives the name of the channel as in the connection file.
func (c Channel) String() string {
	switch c {
	case Shell:
		return "shell"
	case IOPub:
		return "iopub"
	case Stdin:
		return "stdin"
	case Control:
		return "control"
	case Heartbeat:
		return "hb"
	}
	return fmt.Sprintf("channel %d", uint8(c))
}

// Header is the header of a message. The raw bytes it was decoded from are
// kept beside it in [Message.HeaderRaw], with all fields the peer sent.
type Header struct {
	MsgID      string `json:"msg_id"`
	Username   string `json:"username"`
	Session    string `json:"session"`
	Date       string `json:"date"`
	MsgType    string `json:"msg_type"`
	Version    string `json:"version"`
	SubshellID string `json:"subshell_id,omitempty"`
}

// Message is one message as it was received. Its frames must not be changed.
type Message struct {
	// Identities are the routing frames before the delimiter. On a message
	// from a ROUTER socket the first one is the identity of the peer; on iopub
	// the first one is the topic.
	Identities [][]byte
	Header     Header
	// HeaderRaw is the header frame. It is what a reply or a published message
	// carries as its parent_header, byte for byte.
	HeaderRaw json.RawMessage
	// ParentRaw is the parent_header frame, at least {}.
	ParentRaw json.RawMessage
	Metadata  json.RawMessage
	Content   json.RawMessage
	Buffers   [][]byte
	// Channel is the channel the message came in on; replies go out there.
	Channel Channel

	peer *peer
}

// Parent decodes the parent header; a message without parent has the zero
// Header.
func (m *Message) Parent() Header {
	var h Header
	if len(m.ParentRaw) > 2 {
		// A parent header of a foreign shape is treated like none.
		if json.Unmarshal(m.ParentRaw, &h) != nil {
			return Header{}
		}
	}
	return h
}

// Decode decodes the content of the message into v, a pointer to one of the
// content types of this package or to any other type. It is strict about
// types, and its error names the field and what was expected there.
func (m *Message) Decode(v any) error {
	if err := decodeContent(m.Content, v); err != nil {
		return fmt.Errorf("%s: %w", m.Header.MsgType, err)
	}
	return nil
}

// DecodeMetadata decodes the metadata of the message into v.
func (m *Message) DecodeMetadata(v any) error {
	if err := decodeContent(m.Metadata, v); err != nil {
		return fmt.Errorf("%s: metadata: %w", m.Header.MsgType, err)
	}
	return nil
}

// absent stands in a required string field while its message is decoded.
const absent = "\x00absent"

// required is a content type with defaults other than zero or with fields
// that must be there.
type required interface {
	prepare()
	verify() error
}

func decodeContent(data []byte, v any) error {
	r, ok := v.(required)
	if ok {
		r.prepare()
	}
	if err := json.Unmarshal(data, v); err != nil {
		return decodeError(err)
	}
	if ok {
		return r.verify()
	}
	return nil
}

// need reports a required field that was absent or null.
func need(name string, field *string) error {
	if *field != absent {
		return nil
	}
	*field = ""
	return fmt.Errorf("field %s: expected a string, got nothing", name)
}

func decodeError(err error) error {
	var te *json.UnmarshalTypeError
	if !errors.As(err, &te) {
		return fmt.Errorf("expected JSON: %w", err)
	}
	got := te.Value
	if i := strings.IndexByte(got, ' '); i > 0 {
		got = got[:i]
	}
	if got == "array" {
		got = "list"
	}
	if te.Field == "" {
		return fmt.Errorf("expected %s, got %s", jsonKind(te.Type), got)
	}
	return fmt.Errorf("field %s: expected %s, got %s", te.Field, jsonKind(te.Type), got)
}

func jsonKind(t reflect.Type) string {
	if t == nil {
		return "another value"
	}
	switch t.Kind() {
	case reflect.String:
		return "a string"
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int64, reflect.Int32, reflect.Uint, reflect.Uint64, reflect.Uint16:
		return "a whole number"
	case reflect.Float64, reflect.Float32:
		return "a number"
	case reflect.Slice, reflect.Array:
		return "a list"
	case reflect.Map, reflect.Struct:
		return "an object"
	case reflect.Pointer:
		return jsonKind(t.Elem())
	}
	return t.String()
}

// parseMessage makes a message of its frames: identities, delimiter,
// signature, four JSON texts, buffers. It checks shape, signature and JSON.
func parseMessage(key *Key, ch Channel, frames [][]byte) (*Message, error) {
	w, err := Split(frames)
	if err != nil {
		return nil, err
	}
	if err := key.Verify(w.Signature, w.Header, w.Parent, w.Metadata, w.Content); err != nil {
		return nil, err
	}
	m := &Message{
		Identities: w.Identities, HeaderRaw: w.Header, ParentRaw: w.Parent,
		Metadata: w.Metadata, Content: w.Content, Buffers: w.Buffers, Channel: ch,
	}
	for _, f := range []struct {
		name string
		data []byte
	}{{"header", w.Header}, {"parent_header", w.Parent}, {"metadata", w.Metadata}, {"content", w.Content}} {
		if err := checkObject(f.data); err != nil {
			return nil, fmt.Errorf("%s: %w", f.name, err)
		}
	}
	if err := json.Unmarshal(w.Header, &m.Header); err != nil {
		return nil, fmt.Errorf("header: %w", decodeError(err))
	}
	if m.Header.MsgID == "" {
		return nil, errors.New("header: field msg_id: expected a string, got nothing")
	}
	if m.Header.MsgType == "" {
		return nil, errors.New("header: field msg_type: expected a string, got nothing")
	}
	return m, nil
}

func checkObject(data []byte) error {
	i := 0
	for i < len(data) && (data[i] == ' ' || data[i] == '\n' || data[i] == '\t' || data[i] == '\r') {
		i++
	}
	if i == len(data) || data[i] != '{' {
		return errors.New("expected a JSON object")
	}
	if !utf8.Valid(data) {
		return errors.New("expected UTF-8")
	}
	if !json.Valid(data) {
		return errors.New("expected valid JSON")
	}
	return nil
}
