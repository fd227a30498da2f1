// This file writes JSON: strings, headers, and the contents of messages.

package messaging

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
)

// newSession makes a session id: 32 hexadecimal digits.
func newSession() string {
	return strings.ReplaceAll(uuid.NewString(), "-", "")
}

// marshal is json.Marshal without the escapes meant for HTML.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

const hexDigits = "0123456789abcdef"

// appendString appends s as a JSON string. Bytes that are no UTF-8, encoded
// surrogates among them, become U+FFFD.
func appendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= 0x20 && c < utf8.RuneSelf {
			if c != '"' && c != '\\' {
				i++
				continue
			}
			dst = append(dst, s[start:i]...)
			dst = append(dst, '\\', c)
			i++
			start = i
			continue
		}
		if c < 0x20 {
			dst = append(dst, s[start:i]...)
			switch c {
			case '\n':
				dst = append(dst, '\\', 'n')
			case '\r':
				dst = append(dst, '\\', 'r')
			case '\t':
				dst = append(dst, '\\', 't')
			default:
				dst = append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
			}
			i++
			start = i
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 {
			dst = append(dst, s[start:i]...)
			dst = append(dst, "\ufffd"...)
			i++
			start = i
			continue
		}
		i += n
	}
	dst = append(dst, s[start:]...)
	return append(dst, '"')
}

func appendInt(dst []byte, n int64) []byte { return strconv.AppendInt(dst, n, 10) }

// appender is a content that writes itself, faster than encoding/json does; nil leaves
// it to that.
type appender interface {
	appendJSON(dst []byte) []byte
}

// appendTexts appends an object of at most one member, a string; ok is false for any
// other.
func appendTexts(dst []byte, o Object) (_ []byte, ok bool) {
	dst = append(dst, '{')
	for name, v := range o {
		text, isText := v.(string)
		if !isText || len(o) > 1 {
			return nil, false
		}
		dst = appendString(dst, name)
		dst = append(dst, ':')
		dst = appendString(dst, text)
	}
	return append(dst, '}'), true
}

// encodeContent gives the JSON text of a content or of metadata.
func encodeContent(v any) ([]byte, error) {
	switch c := v.(type) {
	case nil:
		return []byte("{}"), nil
	case appender:
		if b := c.appendJSON(make([]byte, 0, 256)); b != nil {
			return b, nil
		}
	case json.RawMessage:
		return rawContent(c)
	case RawObject:
		return rawContent(json.RawMessage(c))
	}
	b, err := marshal(v)
	if err != nil {
		return nil, err
	}
	if len(b) == 0 || b[0] != '{' {
		return nil, fmt.Errorf("expected an object, got %.20s", b)
	}
	return repairSurrogates(b), nil
}

func rawContent(c json.RawMessage) ([]byte, error) {
	if len(c) == 0 {
		return []byte("{}"), nil
	}
	if err := checkObject(c); err != nil {
		return nil, err
	}
	return repairSurrogates(c), nil
}

// repairSurrogates replaces \uXXXX escapes of unpaired surrogates in valid
// JSON by \ufffd. It copies only if there are some.
func repairSurrogates(b []byte) []byte {
	copied := false
	for i := 0; i < len(b); {
		j := bytes.IndexByte(b[i:], '\\')
		if j < 0 {
			break
		}
		i += j
		u := escape(b[i:])
		switch {
		case u < 0:
			i += 2
		case u >= 0xd800 && u < 0xdc00:
			if low := escape(b[min(i+6, len(b)):]); low >= 0xdc00 && low < 0xe000 {
				i += 12
				continue
			}
			fallthrough
		case u >= 0xdc00 && u < 0xe000:
			if !copied {
				b, copied = bytes.Clone(b), true
			}
			copy(b[i:], `\ufffd`)
			i += 6
		default:
			i += 6
		}
	}
	return b
}

// escape reads a \uXXXX escape at the start of b; -1 if there is none.
func escape(b []byte) int {
	if len(b) < 6 || b[0] != '\\' || b[1] != 'u' {
		return -1
	}
	n, err := strconv.ParseUint(string(b[2:6]), 16, 16)
	if err != nil {
		return -1
	}
	return int(n)
}

// stamp makes the headers of one side: session, user name, a counter.
type stamp struct {
	session string
	// middle is the text between the counter and the date.
	prefix, middle string
	counter        atomic.Uint64
}

func newStamp(session, username string) *stamp {
	s := &stamp{session: session}
	id := string(appendString(nil, session+"_"))
	s.prefix = `{"msg_id":` + id[:len(id)-1]
	s.middle = `","username":` + string(appendString(nil, username)) +
		`,"session":` + string(appendString(nil, session)) + `,"date":"`
	return s
}

const dateLayout = "2006-01-02T15:04:05.000000Z"

// header makes a new header of the given type; it returns its text and its
// number, from which msgID makes the msg_id.
func (s *stamp) header(msgType, subshell string) ([]byte, uint64) {
	n := s.counter.Add(1)
	b := make([]byte, 0, 256)
	b = append(b, s.prefix...)
	b = strconv.AppendUint(b, n, 10)
	b = append(b, s.middle...)
	b = time.Now().UTC().AppendFormat(b, dateLayout)
	b = append(b, `","msg_type":`...)
	b = appendString(b, msgType)
	b = append(b, `,"version":"`+ProtocolVersion+`"`...)
	if subshell != "" {
		b = append(b, `,"subshell_id":`...)
		b = appendString(b, subshell)
	}
	return append(b, '}'), n
}

func (s *stamp) msgID(n uint64) string {
	return s.session + "_" + strconv.FormatUint(n, 10)
}
