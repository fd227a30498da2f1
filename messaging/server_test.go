// This file tests a whole session over both transports.

package messaging

import (
	"encoding/json"
	"testing"
)

func jsonRaw(s string) json.RawMessage { return json.RawMessage(s) }

func TestExecute(t *testing.T) {
	for _, kind := range []string{"tcp", "pipe"} {
		t.Run(kind, func(t *testing.T) {
			var s *Server
			var c *Client
			if kind == "pipe" {
				var err error
				if s, c, err = NewPipe(Options{}); err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { c.Close(); s.Close() })
			} else {
				s = listen(t, Options{})
				c = connect(t, s)
			}
			startKernel(s)
			ctx := within(t)
			if _, err := c.WaitReady(ctx); err != nil {
				t.Fatal(err)
			}
			var types []string
			ex, err := c.Execute(ctx, ExecuteRequest{Code: "hello"}, Handler{IOPub: func(m *Message) {
				types = append(types, m.Header.MsgType)
			}})
			if err != nil {
				t.Fatal(err)
			}
			if ex.Reply.Status != StatusOK || ex.Reply.ExecutionCount != 1 {
				t.Errorf("reply %+v", ex.Reply)
			}
			if len(types) != 3 || types[1] != "stream" {
				t.Errorf("iopub %v", types)
			}
			if _, err := c.Ping(ctx); err != nil {
				t.Error(err)
			}
			ex, err = c.Execute(ctx, ExecuteRequest{Code: "input"}, Handler{
				Input: func(ask InputRequest) (string, error) { return ask.Prompt + "yes", nil },
				IOPub: func(m *Message) {
					if m.Header.MsgType == "stream" {
						types = append(types, string(m.Content))
					}
				},
			})
			if err != nil || ex.Reply.Status != StatusOK {
				t.Fatal(ex, err)
			}
			if got := types[len(types)-1]; got != `{"name":"stdout","text":"? yes"}` {
				t.Errorf("input gave %s", got)
			}
			if _, err := c.Shutdown(ctx, false); err != nil {
				t.Fatal(err)
			}
			select {
			case <-c.Done():
			case <-ctx.Done():
				t.Error("the client did not notice the end")
			}
		})
	}
}
