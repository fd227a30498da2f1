// This file has the contents of what is broadcast on iopub, and of comms.

package messaging

// ExecutionState is the state in a Status message.
type ExecutionState string

// The states of a kernel.
const (
	Busy     ExecutionState = "busy"
	Idle     ExecutionState = "idle"
	Starting ExecutionState = "starting"
)

// Status is the content of status.
type Status struct {
	ExecutionState ExecutionState `json:"execution_state"`
}

func (s Status) appendJSON(dst []byte) []byte {
	dst = append(dst, `{"execution_state":`...)
	dst = appendString(dst, string(s.ExecutionState))
	return append(dst, '}')
}

// Stream is the content of stream; Name is "stdout" or "stderr".
type Stream struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

func (s Stream) appendJSON(dst []byte) []byte {
	dst = append(dst, `{"name":`...)
	dst = appendString(dst, s.Name)
	dst = append(dst, `,"text":`...)
	dst = appendString(dst, s.Text)
	return append(dst, '}')
}

// ExecuteInput is the content of execute_input.
type ExecuteInput struct {
	Code           string `json:"code"`
	ExecutionCount int    `json:"execution_count"`
}

func (e ExecuteInput) appendJSON(dst []byte) []byte {
	dst = append(dst, `{"code":`...)
	dst = appendString(dst, e.Code)
	dst = append(dst, `,"execution_count":`...)
	dst = appendInt(dst, int64(e.ExecutionCount))
	return append(dst, '}')
}

// Transient is the transient part of a display: it is not stored.
type Transient struct {
	DisplayID string `json:"display_id,omitempty"`
}

// DisplayData is the content of display_data.
type DisplayData struct {
	Data      Object    `json:"data"`
	Metadata  Object    `json:"metadata"`
	Transient Transient `json:"transient"`
}

// UpdateDisplayData is the content of update_display_data; the display id is
// required.
type UpdateDisplayData struct {
	Data      Object    `json:"data"`
	Metadata  Object    `json:"metadata"`
	Transient Transient `json:"transient"`
}

// ExecuteResult is the content of execute_result.
type ExecuteResult struct {
	ExecutionCount int       `json:"execution_count"`
	Data           Object    `json:"data"`
	Metadata       Object    `json:"metadata"`
	Transient      Transient `json:"transient"`
}

func (e ExecuteResult) appendJSON(dst []byte) []byte {
	if len(e.Metadata) > 0 {
		return nil
	}
	dst = append(dst, `{"execution_count":`...)
	dst = appendInt(dst, int64(e.ExecutionCount))
	dst, ok := appendTexts(append(dst, `,"data":`...), e.Data)
	if !ok {
		return nil
	}
	dst = append(dst, `,"metadata":{},"transient":{`...)
	if e.Transient.DisplayID != "" {
		dst = appendString(append(dst, `"display_id":`...), e.Transient.DisplayID)
	}
	return append(dst, "}}"...)
}

// Error is the content of error.
type Error struct {
	Ename     string       `json:"ename"`
	Evalue    string       `json:"evalue"`
	Traceback List[string] `json:"traceback"`
}

// ClearOutput is the content of clear_output.
type ClearOutput struct {
	Wait bool `json:"wait"`
}

// IopubWelcome is the content of iopub_welcome; a [Server] sends it by itself.
type IopubWelcome struct {
	Subscription string `json:"subscription"`
}

// CommOpen is the content of comm_open, in both directions.
type CommOpen struct {
	CommID       string    `json:"comm_id"`
	TargetName   string    `json:"target_name"`
	TargetModule string    `json:"target_module,omitempty"`
	Data         RawObject `json:"data"`
}

func (c *CommOpen) prepare() { *c = CommOpen{CommID: absent, TargetName: absent} }
func (c *CommOpen) verify() error {
	if err := need("comm_id", &c.CommID); err != nil {
		return err
	}
	return need("target_name", &c.TargetName)
}

// CommMsg is the content of comm_msg, in both directions.
type CommMsg struct {
	CommID string    `json:"comm_id"`
	Data   RawObject `json:"data"`
}

func (c *CommMsg) prepare()      { *c = CommMsg{CommID: absent} }
func (c *CommMsg) verify() error { return need("comm_id", &c.CommID) }

// CommClose is the content of comm_close, in both directions.
type CommClose struct {
	CommID string    `json:"comm_id"`
	Data   RawObject `json:"data"`
}

func (c *CommClose) prepare()      { *c = CommClose{CommID: absent} }
func (c *CommClose) verify() error { return need("comm_id", &c.CommID) }
