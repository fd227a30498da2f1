package kernel

import (
	"encoding/json"
	"slices"
	"testing"

	"weft/interp"
	"weft/messaging"
)

// object is a message content written by hand.
type object = json.RawMessage

func TestRequests(t *testing.T) {
	const shell, control = messaging.Shell, messaging.Control
	info := `kernel_info_reply {"status":"ok","protocol_version":"5.5","implementation":"weft","implementation_version":"1.2.3",` +
		`"language_info":{"name":"julia","version":"1.12.0","mimetype":"text/x-julia","file_extension":".jl","pygments_lexer":"julia","codemirror_mode":"julia","nbconvert_exporter":"script"},` +
		`"banner":"Weft 1.2.3: the Julia 1.12.0 language, with tasks that stay alive between cells",` +
		`"help_links":[{"text":"Julia documentation","url":"https://docs.julialang.org/en/v1/"},{"text":"Julia tasks and channels","url":"https://docs.julialang.org/en/v1/manual/asynchronous-programming/"}],` +
		`"debugger":false,"supported_features":[]}`
	tests := []struct {
		name    string
		channel messaging.Channel
		msgType string
		content object
		reply   string   // "" for none
		between []string // of busy and idle
	}{
		{"kernel_info", shell, "kernel_info_request", object(`{}`), info, nil},
		{"kernel_info on control", control, "kernel_info_request", object(`{}`), info, nil},
		{"complete", shell, "complete_request", object(`{"code":"x = 1; pri + 2","cursor_pos":10}`),
			`complete_reply {"status":"ok","matches":["println","print1"],"cursor_start":7,"cursor_end":10,"metadata":{"_jupyter_types_experimental":[` +
				`{"start":7,"end":10,"text":"println","type":"function","signature":"(io, xs...)"},{"start":7,"end":10,"text":"print1","type":"text"}]}}`, nil},
		{"complete without cursor", shell, "complete_request", object(`{"code":"zz"}`),
			`complete_reply {"status":"ok","matches":[],"cursor_start":0,"cursor_end":2,"metadata":{"_jupyter_types_experimental":[]}}`, nil},
		{"complete in UTF-16", shell, "complete_request", object(`{"code":"𝐚𝐚; zz","cursor_pos":8}`),
			`complete_reply {"status":"ok","matches":[],"cursor_start":6,"cursor_end":8,"metadata":{"_jupyter_types_experimental":[]}}`, nil},
		{"complete with bad cursor", shell, "complete_request", object(`{"code":"x","cursor_pos":"1"}`),
			`complete_reply {"status":"error","ename":"RequestError","evalue":"complete_request: field cursor_pos: expected a whole number, got string",` +
				`"traceback":["RequestError: complete_request: field cursor_pos: expected a whole number, got string"]}`, nil},
		{"inspect", shell, "inspect_request", object(`{"code":"println","cursor_pos":7,"detail_level":1}`),
			`inspect_reply {"status":"ok","found":true,"data":{"text/markdown":"more ","text/plain":"doc of println"},"metadata":{}}`, nil},
		{"inspect nothing", shell, "inspect_request", object(`{"code":"zz","cursor_pos":99,"detail_level":0}`),
			`inspect_reply {"status":"ok","found":false,"data":{},"metadata":{}}`, nil},
		{"complete code", shell, "is_complete_request", object(`{"code":"1"}`), `is_complete_reply {"status":"complete"}`, nil},
		{"incomplete code", shell, "is_complete_request", object(`{"code":"begin"}`), `is_complete_reply {"status":"incomplete","indent":"    "}`, nil},
		{"invalid code", shell, "is_complete_request", object(`{"code":")"}`), `is_complete_reply {"status":"invalid"}`, nil},
		{"empty history", shell, "history_request", object(`{"hist_access_type":"tail","n":3,"output":true,"raw":true}`), `history_reply {"status":"ok","history":[]}`, nil},
		{"unknown history", shell, "history_request", object(`{"hist_access_type":"all"}`),
			`history_reply {"status":"error","ename":"RequestError","evalue":"history_request: field hist_access_type: expected tail, range or search, got \"all\"",` +
				`"traceback":["RequestError: history_request: field hist_access_type: expected tail, range or search, got \"all\""]}`, nil},
		{"comm_info", shell, "comm_info_request", object(`{}`), `comm_info_reply {"status":"ok","comms":{}}`, nil},
		{"comm_open", shell, "comm_open", object(`{"comm_id":"c1","target_name":"none","data":{}}`), "", []string{`comm_close {"comm_id":"c1","data":{}}`}},
		{"comm_open without id", shell, "comm_open", object(`{}`), "", nil},
		{"comm_msg", shell, "comm_msg", object(`{"comm_id":"c1","data":{}}`), "", nil},
		{"comm_close", shell, "comm_close", object(`{"comm_id":"c1"}`), "", nil},
		{"unknown", shell, "no_such_request", object(`{"x":1}`), "", nil},
		{"unknown on control", control, "no_such_request", object(`{}`), "", nil},
		{"execute on control", control, "execute_request", object(`{"code":"1"}`), "", nil},
		{"interrupt of nothing", control, "interrupt_request", object(`{}`), `interrupt_reply {"status":"ok"}`, nil},
		{"debugInfo", control, "debug_request", object(`{"type":"request","seq":7,"command":"debugInfo"}`),
			`debug_reply {"type":"response","seq":7,"request_seq":7,"command":"debugInfo","success":true,"body":{"isStarted":false,"hashMethod":"Murmur2","hashSeed":0,` +
				`"tmpFilePrefix":"","tmpFileSuffix":".jl","breakpoints":[],"stoppedThreads":[],"richRendering":false,"exceptionPaths":[],"copyToGlobals":false}}`, nil},
		{"no debugger", control, "debug_request", object(`{"type":"request","seq":8,"command":"attach","arguments":{}}`),
			`debug_reply {"type":"response","seq":8,"request_seq":8,"command":"attach","success":false,"message":"this kernel has no debugger","body":{}}`, nil},
		{"no subshell", control, "create_subshell_request", object(`{}`),
			`create_subshell_reply {"status":"error","ename":"RequestError","evalue":"this kernel has no subshells","traceback":["RequestError: this kernel has no subshells"]}`, nil},
		{"list of subshells", control, "list_subshell_request", object(`{}`), `list_subshell_reply {"status":"ok","subshell_id":[]}`, nil},
		{"code is missing", shell, "execute_request", object(`{}`),
			`execute_reply {"status":"error","execution_count":0,"ename":"RequestError","evalue":"execute_request: field code: expected a string, got nothing",` +
				`"traceback":["execute_request: field code: expected a string, got nothing"]}`, nil},
		{"code is a number", shell, "execute_request", object(`{"code":5,"silent":"x"}`),
			`execute_reply {"status":"error","execution_count":0,"ename":"RequestError","evalue":"execute_request: field code: expected a string, got number",` +
				`"traceback":["execute_request: field code: expected a string, got number"]}`, nil},
	}
	onBoth(t, func(t *testing.T, open func(*testing.T, Factory, Options) *session) {
		s := open(t, ready(&fake{}), Options{Version: "1.2.3"})
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				id := s.send(tt.channel, tt.msgType, tt.content)
				want := append(append([]string{"busy"}, tt.between...), "idle")
				if got := s.idle(id); !slices.Equal(got, want) {
					t.Errorf("broadcast\n got %q\nwant %q", got, want)
				}
				if tt.reply == "" {
					return
				}
				got := s.reply(tt.channel)
				if got.parent != id || got.line() != tt.reply {
					t.Errorf("reply\n got %s\nwant %s", got.line(), tt.reply)
				}
			})
		}
		// A reply to a request that has none would be found here.
		last := s.send(shell, "comm_info_request", object(`{}`))
		s.replyTo(last)
	})
}

func TestUsage(t *testing.T) {
	s := openPipe(t, ready(&fake{}), Options{})
	for range 2 {
		var r messaging.UsageReply
		if _, err := s.client.Request(t.Context(), messaging.Control, "usage_request", object(`{}`), &r); err != nil {
			t.Fatal(err)
		}
		if r.Hostname == "" || r.PID <= 0 || r.KernelMemory < 1<<20 || r.CPUCount < 1 || r.KernelCPU < 0 || r.HostCPUPercent < 0 || r.HostCPUPercent > 100 {
			t.Errorf("usage %+v", r)
		}
	}
}

func TestHistoryRequests(t *testing.T) {
	s := openPipe(t, ready(&fake{cells: cells{
		"f": func(run) interp.Result { return failed("no") },
		"n": func(run) interp.Result { return interp.Result{} },
	}}), Options{})
	for _, code := range []string{"1 + 2", "f", "n", "", "1 + 2"} {
		s.idle(s.execute(code))
		s.reply(messaging.Shell)
	}
	s.idle(s.send(messaging.Shell, "execute_request", messaging.ExecuteRequest{Code: "secret"}))
	s.reply(messaging.Shell)
	for request, want := range map[string]string{
		`{"hist_access_type":"tail","n":2,"output":false,"raw":true}`:                              `[[1,3,"n"],[1,5,"1 + 2"]]`,
		`{"hist_access_type":"tail","n":2,"output":true,"raw":true}`:                               `[[1,3,["n",null]],[1,5,["1 + 2","1 + 2"]]]`,
		`{"hist_access_type":"range","session":0,"start":1,"stop":3}`:                              `[[1,1,"1 + 2"],[1,2,"f"]]`,
		`{"hist_access_type":"range","session":1,"start":2,"stop":null}`:                           `[[1,2,"f"],[1,3,"n"],[1,5,"1 + 2"]]`,
		`{"hist_access_type":"search","pattern":"1 ? 2*","unique":true,"n":null}`:                  `[[1,5,"1 + 2"]]`,
		`{"hist_access_type":"search","pattern":"*","unique":false,"n":3}`:                         `[[1,2,"f"],[1,3,"n"],[1,5,"1 + 2"]]`,
		`{"hist_access_type":"search","pattern":"secret","unique":false,"n":3}`:                    `[]`,
		`{"hist_access_type":"tail","n":-5,"output":false,"raw":true,"session":null,"start":null}`: `[]`,
	} {
		id := s.send(messaging.Shell, "history_request", object(request))
		if got := s.replyTo(id).content; got != `{"status":"ok","history":`+want+`}` {
			t.Errorf("%s\n got %s\nwant %s", request, got, want)
		}
	}
}
