// This file has the contents of requests and replies: shell, control, stdin.

package messaging

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"time"
)

// Object is a JSON object: a MIME bundle, metadata and so on. Values are
// anything that encoding/json takes; JSON that is already text is a
// json.RawMessage. A nil Object is {}.
type Object map[string]any

// MarshalJSON writes {} for nil.
func (o Object) MarshalJSON() ([]byte, error) {
	if o == nil {
		return []byte("{}"), nil
	}
	return marshal(map[string]any(o))
}

// RawObject is a JSON object kept as text. A nil RawObject is {}.
type RawObject json.RawMessage

// MarshalJSON writes {} for nil.
func (o RawObject) MarshalJSON() ([]byte, error) {
	if len(o) == 0 {
		return []byte("{}"), nil
	}
	return o, nil
}

// UnmarshalJSON takes objects only; null is {}.
func (o *RawObject) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*o = nil
		return nil
	}
	if len(data) == 0 || data[0] != '{' {
		return &json.UnmarshalTypeError{Value: jsonValueKind(data), Type: reflect.TypeFor[Object]()}
	}
	*o = append((*o)[:0:0], data...)
	return nil
}

func jsonValueKind(data []byte) string {
	if len(data) == 0 {
		return "nothing"
	}
	switch data[0] {
	case '"':
		return "string"
	case '[':
		return "array"
	case '{':
		return "object"
	case 't', 'f':
		return "bool"
	case 'n':
		return "null"
	}
	return "number"
}

// List is a JSON list; nil is [] and never null.
type List[T any] []T

// MarshalJSON writes [] for nil.
func (l List[T]) MarshalJSON() ([]byte, error) {
	if l == nil {
		return []byte("[]"), nil
	}
	return marshal([]T(l))
}

// ReplyStatus is the status field of a reply. Empty means "ok".
type ReplyStatus string

// The values of a reply's status.
const (
	StatusOK      ReplyStatus = "ok"
	StatusError   ReplyStatus = "error"
	StatusAborted ReplyStatus = "aborted"
)

// MarshalJSON writes "ok" for the empty status.
func (s ReplyStatus) MarshalJSON() ([]byte, error) {
	if s == "" {
		s = StatusOK
	}
	return marshal(string(s))
}

// ErrorReply is the content of any reply to a request that failed.
type ErrorReply struct {
	Ename     string
	Evalue    string
	Traceback []string
}

// MarshalJSON writes the reply with status "error".
func (r ErrorReply) MarshalJSON() ([]byte, error) {
	return marshal(struct {
		Status    ReplyStatus  `json:"status"`
		Ename     string       `json:"ename"`
		Evalue    string       `json:"evalue"`
		Traceback List[string] `json:"traceback"`
	}{StatusError, r.Ename, r.Evalue, r.Traceback})
}

// StatusReply is a reply that says nothing but its status.
type StatusReply struct {
	Status ReplyStatus `json:"status"`
}

// ExecuteRequest is the content of execute_request. Absent fields: silent
// false, store_history true, allow_stdin false, stop_on_error true.
type ExecuteRequest struct {
	Code            string            `json:"code"`
	Silent          bool              `json:"silent"`
	StoreHistory    bool              `json:"store_history"`
	UserExpressions map[string]string `json:"user_expressions"`
	AllowStdin      bool              `json:"allow_stdin"`
	StopOnError     bool              `json:"stop_on_error"`
}

func (r *ExecuteRequest) prepare() {
	*r = ExecuteRequest{Code: absent, StoreHistory: true, StopOnError: true}
}
func (r *ExecuteRequest) verify() error { return need("code", &r.Code) }

// MarshalJSON writes user_expressions as {} when there are none.
func (r ExecuteRequest) MarshalJSON() ([]byte, error) {
	type plain ExecuteRequest
	if r.UserExpressions == nil {
		r.UserExpressions = map[string]string{}
	}
	return marshal(plain(r))
}

// ExpressionResult is the outcome of one user expression: a MIME bundle, or
// an error when Status is StatusError.
type ExpressionResult struct {
	Status    ReplyStatus
	Data      Object
	Metadata  Object
	Ename     string
	Evalue    string
	Traceback []string
}

// MarshalJSON writes the fields that belong to the status.
func (r ExpressionResult) MarshalJSON() ([]byte, error) {
	if r.Status == StatusError {
		return ErrorReply{r.Ename, r.Evalue, r.Traceback}.MarshalJSON()
	}
	return marshal(struct {
		Status   ReplyStatus `json:"status"`
		Data     Object      `json:"data"`
		Metadata Object      `json:"metadata"`
	}{r.Status, r.Data, r.Metadata})
}

// ExecuteReply is the content of execute_reply. The execution count is always
// there; the error fields when Status is StatusError; user expressions and
// payload when it is StatusOK.
type ExecuteReply struct {
	Status          ReplyStatus                 `json:"status"`
	ExecutionCount  int                         `json:"execution_count"`
	UserExpressions map[string]ExpressionResult `json:"user_expressions"`
	Payload         []Object                    `json:"payload"`
	Ename           string                      `json:"ename"`
	Evalue          string                      `json:"evalue"`
	Traceback       []string                    `json:"traceback"`
}

// MarshalJSON writes the fields that belong to the status.
func (r ExecuteReply) MarshalJSON() ([]byte, error) {
	switch r.Status {
	case StatusError:
		return marshal(struct {
			Status         ReplyStatus  `json:"status"`
			ExecutionCount int          `json:"execution_count"`
			Ename          string       `json:"ename"`
			Evalue         string       `json:"evalue"`
			Traceback      List[string] `json:"traceback"`
		}{r.Status, r.ExecutionCount, r.Ename, r.Evalue, r.Traceback})
	case StatusAborted:
		return marshal(struct {
			Status         ReplyStatus `json:"status"`
			ExecutionCount int         `json:"execution_count"`
		}{r.Status, r.ExecutionCount})
	}
	ue := r.UserExpressions
	if ue == nil {
		ue = map[string]ExpressionResult{}
	}
	return marshal(struct {
		Status          ReplyStatus                 `json:"status"`
		ExecutionCount  int                         `json:"execution_count"`
		UserExpressions map[string]ExpressionResult `json:"user_expressions"`
		Payload         List[Object]                `json:"payload"`
	}{r.Status, r.ExecutionCount, ue, r.Payload})
}

func (r ExecuteReply) appendJSON(dst []byte) []byte {
	if r.Status != StatusOK || len(r.UserExpressions) > 0 || len(r.Payload) > 0 {
		return nil
	}
	dst = append(dst, `{"status":"ok","execution_count":`...)
	dst = appendInt(dst, int64(r.ExecutionCount))
	return append(dst, `,"user_expressions":{},"payload":[]}`...)
}

// ExecuteMetadata is the metadata of execute_reply.
type ExecuteMetadata struct {
	Started         time.Time
	DependenciesMet bool
	Engine          string // the session of the kernel
	Status          ReplyStatus
}

func (m ExecuteMetadata) appendJSON(dst []byte) []byte {
	dst = append(dst, `{"started":"`...)
	dst = m.Started.UTC().AppendFormat(dst, dateLayout)
	dst = append(dst, `","dependencies_met":`...)
	dst = strconv.AppendBool(dst, m.DependenciesMet)
	dst = appendString(append(dst, `,"engine":`...), m.Engine)
	dst = appendString(append(dst, `,"status":`...), string(m.Status))
	return append(dst, '}')
}

// InspectRequest is the content of inspect_request. CursorPos is in code
// points, -1 when absent (the end of the code is meant).
type InspectRequest struct {
	Code        string `json:"code"`
	CursorPos   int    `json:"cursor_pos"`
	DetailLevel int    `json:"detail_level"`
}

func (r *InspectRequest) prepare()      { *r = InspectRequest{Code: absent, CursorPos: -1} }
func (r *InspectRequest) verify() error { return need("code", &r.Code) }

// InspectReply is the content of inspect_reply.
type InspectReply struct {
	Status   ReplyStatus `json:"status"`
	Found    bool        `json:"found"`
	Data     Object      `json:"data"`
	Metadata Object      `json:"metadata"`
}

// CompleteRequest is the content of complete_request. CursorPos is in code
// points, -1 when absent (the end of the code is meant).
type CompleteRequest struct {
	Code      string `json:"code"`
	CursorPos int    `json:"cursor_pos"`
}

func (r *CompleteRequest) prepare()      { *r = CompleteRequest{Code: absent, CursorPos: -1} }
func (r *CompleteRequest) verify() error { return need("code", &r.Code) }

// CompleteReply is the content of complete_reply. JupyterLab reads the types
// of the matches from metadata _jupyter_types_experimental, a list of
// [CompletionType].
type CompleteReply struct {
	Status      ReplyStatus  `json:"status"`
	Matches     List[string] `json:"matches"`
	CursorStart int          `json:"cursor_start"`
	CursorEnd   int          `json:"cursor_end"`
	Metadata    Object       `json:"metadata"`
}

// CompletionType describes one match for the metadata of CompleteReply.
type CompletionType struct {
	Start     int    `json:"start"`
	End       int    `json:"end"`
	Text      string `json:"text"`
	Type      string `json:"type"`
	Signature string `json:"signature,omitempty"`
}

// IsCompleteRequest is the content of is_complete_request.
type IsCompleteRequest struct {
	Code string `json:"code"`
}

func (r *IsCompleteRequest) prepare()      { r.Code = absent }
func (r *IsCompleteRequest) verify() error { return need("code", &r.Code) }

// IsCompleteReply is the content of is_complete_reply. Status is "complete",
// "incomplete", "invalid" or "unknown"; Indent is sent with "incomplete" only.
type IsCompleteReply struct {
	Status string `json:"status"`
	Indent string `json:"indent"`
}

// MarshalJSON leaves indent out unless the code is incomplete.
func (r IsCompleteReply) MarshalJSON() ([]byte, error) {
	if r.Status == "incomplete" {
		type plain IsCompleteReply
		return marshal(plain(r))
	}
	return marshal(struct {
		Status string `json:"status"`
	}{r.Status})
}

// HistoryRequest is the content of history_request. HistAccessType is
// "range", "tail" or "search".
type HistoryRequest struct {
	Output         bool   `json:"output"`
	Raw            bool   `json:"raw"`
	HistAccessType string `json:"hist_access_type"`
	Session        int    `json:"session"`
	Start          int    `json:"start"`
	Stop           *int   `json:"stop,omitempty"`
	N              *int   `json:"n,omitempty"`
	Pattern        string `json:"pattern,omitempty"`
	Unique         bool   `json:"unique,omitempty"`
}

func (r *HistoryRequest) prepare() { *r = HistoryRequest{HistAccessType: absent, Raw: true} }
func (r *HistoryRequest) verify() error {
	return need("hist_access_type", &r.HistAccessType)
}

// HistoryEntry is one line of history; Output is nil unless it was asked for.
type HistoryEntry struct {
	Session int
	Line    int
	Input   string
	Output  *string
}

// MarshalJSON writes [session, line, input] or [session, line, [input, output]].
func (e HistoryEntry) MarshalJSON() ([]byte, error) {
	if e.Output == nil {
		return marshal([]any{e.Session, e.Line, e.Input})
	}
	return marshal([]any{e.Session, e.Line, []any{e.Input, *e.Output}})
}

// UnmarshalJSON reads both forms.
func (e *HistoryEntry) UnmarshalJSON(data []byte) error {
	var parts []json.RawMessage
	if err := json.Unmarshal(data, &parts); err != nil || len(parts) != 3 {
		return fmt.Errorf("history: expected [session, line, input], got %.40s", data)
	}
	var io []*string
	for _, err := range []error{
		json.Unmarshal(parts[0], &e.Session), json.Unmarshal(parts[1], &e.Line),
	} {
		if err != nil {
			return fmt.Errorf("history: expected whole numbers for session and line: %w", err)
		}
	}
	if json.Unmarshal(parts[2], &io) == nil && len(io) == 2 && io[0] != nil {
		e.Input, e.Output = *io[0], io[1]
		return nil
	}
	return json.Unmarshal(parts[2], &e.Input)
}

// HistoryReply is the content of history_reply.
type HistoryReply struct {
	Status  ReplyStatus        `json:"status"`
	History List[HistoryEntry] `json:"history"`
}

// CommInfoRequest is the content of comm_info_request; an empty TargetName
// means all.
type CommInfoRequest struct {
	TargetName string `json:"target_name,omitempty"`
}

// CommInfo describes one open comm.
type CommInfo struct {
	TargetName string `json:"target_name"`
}

// CommInfoReply is the content of comm_info_reply.
type CommInfoReply struct {
	Status ReplyStatus         `json:"status"`
	Comms  map[string]CommInfo `json:"comms"`
}

// MarshalJSON writes comms as {} when there are none.
func (r CommInfoReply) MarshalJSON() ([]byte, error) {
	type plain CommInfoReply
	if r.Comms == nil {
		r.Comms = map[string]CommInfo{}
	}
	return marshal(plain(r))
}

// KernelInfoReply is the content of kernel_info_reply.
type KernelInfoReply struct {
	Status                ReplyStatus    `json:"status"`
	ProtocolVersion       string         `json:"protocol_version"`
	Implementation        string         `json:"implementation"`
	ImplementationVersion string         `json:"implementation_version"`
	LanguageInfo          LanguageInfo   `json:"language_info"`
	Banner                string         `json:"banner"`
	HelpLinks             List[HelpLink] `json:"help_links"`
	Debugger              bool           `json:"debugger"`
	SupportedFeatures     List[string]   `json:"supported_features"`
}

// LanguageInfo says which language a kernel speaks. CodemirrorMode is a
// string or an Object.
type LanguageInfo struct {
	Name              string `json:"name"`
	Version           string `json:"version"`
	MimeType          string `json:"mimetype"`
	FileExtension     string `json:"file_extension"`
	PygmentsLexer     string `json:"pygments_lexer,omitempty"`
	CodemirrorMode    any    `json:"codemirror_mode,omitempty"`
	NbconvertExporter string `json:"nbconvert_exporter,omitempty"`
}

// HelpLink is an entry for the Help menu of front ends.
type HelpLink struct {
	Text string `json:"text"`
	URL  string `json:"url"`
}

// ShutdownRequest is the content of shutdown_request.
type ShutdownRequest struct {
	Restart bool `json:"restart"`
}

// ShutdownReply is the content of shutdown_reply.
type ShutdownReply struct {
	Status  ReplyStatus `json:"status"`
	Restart bool        `json:"restart"`
}

// InterruptRequest is the content of interrupt_request.
type InterruptRequest struct{}

// InterruptReply is the content of interrupt_reply.
type InterruptReply struct {
	Status ReplyStatus `json:"status"`
}

// InputRequest is the content of input_request.
type InputRequest struct {
	Prompt   string `json:"prompt"`
	Password bool   `json:"password"`
}

// InputReply is the content of input_reply. The value "\x04" means the end of
// input.
type InputReply struct {
	Status ReplyStatus `json:"status"`
	Value  string      `json:"value"`
}

func (r *InputReply) prepare()      { r.Value = absent }
func (r *InputReply) verify() error { return need("value", &r.Value) }

// CreateSubshellReply is the content of create_subshell_reply.
type CreateSubshellReply struct {
	Status     ReplyStatus `json:"status"`
	SubshellID string      `json:"subshell_id"`
}

// DeleteSubshellRequest is the content of delete_subshell_request.
type DeleteSubshellRequest struct {
	SubshellID string `json:"subshell_id"`
}

func (r *DeleteSubshellRequest) prepare()      { r.SubshellID = absent }
func (r *DeleteSubshellRequest) verify() error { return need("subshell_id", &r.SubshellID) }

// ListSubshellReply is the content of list_subshell_reply.
type ListSubshellReply struct {
	Status     ReplyStatus  `json:"status"`
	SubshellID List[string] `json:"subshell_id"`
}

// UsageReply is the content of usage_reply.
type UsageReply struct {
	Hostname       string  `json:"hostname"`
	PID            int     `json:"pid"`
	KernelCPU      float64 `json:"kernel_cpu"`
	KernelMemory   uint64  `json:"kernel_memory"`
	CPUCount       int     `json:"cpu_count"`
	HostCPUPercent float64 `json:"host_cpu_percent"`
	HostVirtual    Object  `json:"host_virtual_memory"`
}
