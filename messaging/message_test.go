// This file tests headers, contents, and what decoding refuses.

package messaging

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestAppendString(t *testing.T) {
	for _, s := range []string{
		"", "plain", "quote \" backslash \\ slash /", "\n\r\t\b\f\x00\x1f", "é 𝐚 \u2028 <&>", "\x7f",
	} {
		got := appendString(nil, s)
		var back string
		if err := json.Unmarshal(got, &back); err != nil || back != s {
			t.Errorf("%q became %s (%q, %v)", s, got, back, err)
		}
	}
	for s, want := range map[string]string{
		"a\xffb":         "a\ufffdb",
		"\xed\xa0\x80":   "\ufffd\ufffd\ufffd",
		"cut \xf0\x9d":   "cut \ufffd\ufffd",
		"\ufffd is fine": "\ufffd is fine",
	} {
		var back string
		got := appendString(nil, s)
		if err := json.Unmarshal(got, &back); err != nil || back != want || !utf8.Valid(got) {
			t.Errorf("%q became %s", s, got)
		}
	}
}

func TestSurrogatesAreRepaired(t *testing.T) {
	for in, want := range map[string]string{
		`{"a":"\ud800"}`:             `{"a":"\ufffd"}`,
		`{"a":"\udc00\ud800"}`:       `{"a":"\ufffd\ufffd"}`,
		`{"a":"\ud835\udc1a"}`:       `{"a":"\ud835\udc1a"}`,
		`{"a":"\\ud800"}`:            `{"a":"\\ud800"}`,
		`{"a":"\ud800\ud835\udc1a"}`: `{"a":"\ufffd\ud835\udc1a"}`,
		`{"a":"\u00e9\n"}`:           `{"a":"\u00e9\n"}`,
	} {
		got, err := encodeContent(json.RawMessage(in))
		if err != nil || string(got) != want {
			t.Errorf("%s became %s (%v), expected %s", in, got, err, want)
		}
	}
}

func TestEncodeRefuses(t *testing.T) {
	for _, v := range []any{
		json.RawMessage(`[]`), json.RawMessage(`{"a":NaN}`), json.RawMessage("{\"a\":\"\xff\"}"),
		[]int{1}, "text", Object{"f": func() {}}, Object{"x": json.RawMessage(`{`)},
	} {
		if b, err := encodeContent(v); err == nil {
			t.Errorf("%v became %s", v, b)
		}
	}
}

func TestHeader(t *testing.T) {
	s := newStamp("the \"session\"", "me")
	raw, n := s.header("stream", "")
	var h Header
	if err := json.Unmarshal(raw, &h); err != nil {
		t.Fatalf("%s: %v", raw, err)
	}
	want := Header{MsgID: `the "session"_1`, Username: "me", Session: `the "session"`, MsgType: "stream", Version: ProtocolVersion, Date: h.Date}
	if h != want || s.msgID(n) != h.MsgID {
		t.Errorf("got %+v, id %s", h, s.msgID(n))
	}
	d, err := time.Parse("2006-01-02T15:04:05.999999Z07:00", h.Date)
	if err != nil || time.Since(d).Abs() > time.Hour || !strings.HasSuffix(h.Date, "Z") || len(h.Date) != 27 {
		t.Errorf("date %s: %v", h.Date, err)
	}
	if raw, _ := s.header("x", "sub"); !bytes.Contains(raw, []byte(`,"subshell_id":"sub"}`)) {
		t.Errorf("header %s", raw)
	}
}

func TestParseRefuses(t *testing.T) {
	key, err := NewKey("", "")
	if err != nil {
		t.Fatal(err)
	}
	const good = `{"msg_id":"1","msg_type":"t"}`
	for _, f := range [][4]string{
		{`{"msg_type":"t"}`, "{}", "{}", "{}"},
		{`{"msg_id":"1"}`, "{}", "{}", "{}"},
		{`{"msg_id":1,"msg_type":"t"}`, "{}", "{}", "{}"},
		{`[]`, "{}", "{}", "{}"},
		{good, "null", "{}", "{}"},
		{good, "{}", "", "{}"},
		{good, "{}", "{}", "[]"},
		{good, "{}", "{}", "{"},
		{good, "{}", "{}", "{} x"},
		{good, "{}", "{}", "{\"a\":\"\xff\"}"},
	} {
		frames := [][]byte{[]byte(delimiter), {}, []byte(f[0]), []byte(f[1]), []byte(f[2]), []byte(f[3])}
		if m, err := parseMessage(key, Shell, frames); err == nil {
			t.Errorf("%q became %+v", f, m)
		}
	}
}

func decodeText(t *testing.T, msgType, content string, v any) string {
	t.Helper()
	m := &Message{Header: Header{MsgType: msgType}, Content: json.RawMessage(content)}
	if err := m.Decode(v); err != nil {
		return err.Error()
	}
	return ""
}

func TestDecodeNamesTheField(t *testing.T) {
	for _, c := range []struct {
		msgType, content string
		v                any
		want             string
	}{
		{"execute_request", `{}`, new(ExecuteRequest), "execute_request: field code: expected a string, got nothing"},
		{"execute_request", `{"code":null}`, new(ExecuteRequest), "execute_request: field code: expected a string, got nothing"},
		{"execute_request", `{"code":1}`, new(ExecuteRequest), "execute_request: field code: expected a string, got number"},
		{"execute_request", `{"code":"","silent":"yes"}`, new(ExecuteRequest), "execute_request: field silent: expected true or false, got string"},
		{"execute_request", `{"code":"","user_expressions":[]}`, new(ExecuteRequest), "execute_request: field user_expressions: expected an object, got list"},
		{"execute_request", `{"code":"","user_expressions":{"a":1}}`, new(ExecuteRequest), "execute_request: field user_expressions: expected a string, got number"},
		{"execute_request", `[]`, new(ExecuteRequest), "execute_request: expected an object, got list"},
		{"complete_request", `{"code":"x","cursor_pos":1.5}`, new(CompleteRequest), "complete_request: field cursor_pos: expected a whole number, got number"},
		{"comm_open", `{"comm_id":"a","target_name":"t","data":3}`, new(CommOpen), "comm_open: field data: expected an object, got number"},
		{"comm_msg", `{"data":{}}`, new(CommMsg), "comm_msg: field comm_id: expected a string, got nothing"},
		{"input_reply", `{"value":true}`, new(InputReply), "input_reply: field value: expected a string, got bool"},
		{"shutdown_request", `{"restart":1}`, new(ShutdownRequest), "shutdown_request: field restart: expected true or false, got number"},
		{"history_request", `{"hist_access_type":"tail","n":"x"}`, new(HistoryRequest), "history_request: field n: expected a whole number, got string"},
	} {
		if got := decodeText(t, c.msgType, c.content, c.v); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.content, got, c.want)
		}
	}
}

func TestDecodeDefaults(t *testing.T) {
	var e ExecuteRequest
	if s := decodeText(t, "execute_request", `{"code":"1","unknown":[]}`, &e); s != "" {
		t.Fatal(s)
	}
	if !e.StoreHistory || !e.StopOnError || e.Silent || e.AllowStdin {
		t.Errorf("defaults %+v", e)
	}
	var c CompleteRequest
	if s := decodeText(t, "complete_request", `{"code":"\ud800x"}`, &c); s != "" || c.CursorPos != -1 || c.Code != "\ufffdx" {
		t.Errorf("%+v %s", c, s)
	}
}

func TestContents(t *testing.T) {
	out := "3"
	for _, c := range []struct {
		v    any
		want string
	}{
		{Status{Busy}, `{"execution_state":"busy"}`},
		{Stream{"stderr", "a\"b\n"}, `{"name":"stderr","text":"a\"b\n"}`},
		{ExecuteInput{"x<1", 7}, `{"code":"x<1","execution_count":7}`},
		{DisplayData{Data: Object{"text/plain": "<b>"}}, `{"data":{"text/plain":"<b>"},"metadata":{},"transient":{}}`},
		{DisplayData{Data: Object{"application/json": json.RawMessage(`{"a": [1]}`)}, Transient: Transient{"d1"}},
			`{"data":{"application/json":{"a":[1]}},"metadata":{},"transient":{"display_id":"d1"}}`},
		{ExecuteResult{ExecutionCount: 2}, `{"execution_count":2,"data":{},"metadata":{},"transient":{}}`},
		{Error{Ename: "E", Evalue: "v"}, `{"ename":"E","evalue":"v","traceback":[]}`},
		{ClearOutput{true}, `{"wait":true}`},
		{CommClose{CommID: "c"}, `{"comm_id":"c","data":{}}`},
		{ExecuteReply{ExecutionCount: 1}, `{"status":"ok","execution_count":1,"user_expressions":{},"payload":[]}`},
		{ExecuteReply{Status: StatusAborted, ExecutionCount: 1}, `{"status":"aborted","execution_count":1}`},
		{ExecuteReply{Status: StatusError, ExecutionCount: 1, Ename: "E"}, `{"status":"error","execution_count":1,"ename":"E","evalue":"","traceback":[]}`},
		{ExecuteReply{UserExpressions: map[string]ExpressionResult{"a": {Status: StatusError, Ename: "E"}, "b": {}}},
			`{"status":"ok","execution_count":0,"user_expressions":{"a":{"status":"error","ename":"E","evalue":"","traceback":[]},"b":{"status":"ok","data":{},"metadata":{}}},"payload":[]}`},
		{ErrorReply{Ename: "E"}, `{"status":"error","ename":"E","evalue":"","traceback":[]}`},
		{CompleteReply{}, `{"status":"ok","matches":[],"cursor_start":0,"cursor_end":0,"metadata":{}}`},
		{InspectReply{}, `{"status":"ok","found":false,"data":{},"metadata":{}}`},
		{IsCompleteReply{Status: "incomplete"}, `{"status":"incomplete","indent":""}`},
		{IsCompleteReply{Status: "complete"}, `{"status":"complete"}`},
		{HistoryReply{History: []HistoryEntry{{0, 1, "a", nil}, {0, 2, "b", &out}}}, `{"status":"ok","history":[[0,1,"a"],[0,2,["b","3"]]]}`},
		{CommInfoReply{}, `{"status":"ok","comms":{}}`},
		{ListSubshellReply{}, `{"status":"ok","subshell_id":[]}`},
		{InterruptReply{}, `{"status":"ok"}`},
		{InputRequest{"p", true}, `{"prompt":"p","password":true}`},
		{nil, `{}`},
	} {
		got, err := encodeContent(c.v)
		if err != nil || string(got) != c.want {
			t.Errorf("%T\n got %s (%v)\nwant %s", c.v, got, err, c.want)
		}
	}
}

func TestHistoryBothWays(t *testing.T) {
	var r HistoryReply
	if s := decodeText(t, "history_reply", `{"status":"ok","history":[[1,2,"in"],[1,3,["in","out"]],[1,4,["in",null]]]}`, &r); s != "" {
		t.Fatal(s)
	}
	if len(r.History) != 3 || r.History[0].Input != "in" || *r.History[1].Output != "out" || r.History[2].Input != "in" {
		t.Errorf("%+v", r)
	}
	if s := decodeText(t, "history_reply", `{"history":[[1,2]]}`, &r); !strings.Contains(s, "expected [session, line, input]") {
		t.Error(s)
	}
}

// TestQuickContents compares the contents that write themselves with what encoding/json
// makes of the same.
func TestQuickContents(t *testing.T) {
	type plain struct {
		ExecutionCount int       `json:"execution_count"`
		Data           Object    `json:"data"`
		Metadata       Object    `json:"metadata"`
		Transient      Transient `json:"transient"`
	}
	for _, r := range []ExecuteResult{
		{}, {ExecutionCount: 3, Data: Object{"text/plain": "a\"\n\u00e9<"}},
		{Data: Object{"text/plain": "1", "text/html": "<b>"}, Transient: Transient{DisplayID: "d"}},
		{Data: Object{"application/json": json.RawMessage(`{"a":1}`)}},
		{Data: Object{"text/plain": "1"}, Metadata: Object{"m": true}, Transient: Transient{DisplayID: "d"}},
		{Data: Object{"text/plain": "1"}, Transient: Transient{DisplayID: "d\\"}},
	} {
		got, err := encodeContent(r)
		if err != nil {
			t.Fatal(err)
		}
		want, err := marshal(plain(r))
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	for _, r := range []ExecuteReply{
		{Status: StatusOK, ExecutionCount: 2}, {Status: StatusOK, Payload: []Object{{"a": 1}}},
		{Status: StatusError, Ename: "E"}, {Status: StatusAborted, ExecutionCount: 1},
	} {
		got, err := encodeContent(r)
		if err != nil {
			t.Fatal(err)
		}
		want, err := r.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	at := time.Date(2024, 1, 2, 3, 4, 5, 6000, time.UTC)
	got, err := encodeContent(ExecuteMetadata{Started: at, DependenciesMet: true, Engine: "e", Status: StatusOK})
	if want := `{"started":"2024-01-02T03:04:05.000006Z","dependencies_met":true,"engine":"e","status":"ok"}`; err != nil || string(got) != want {
		t.Errorf("got %s, %v, want %s", got, err, want)
	}
}
