package prim

// This file: requests over HTTP, for Downloads.

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"time"

	"weft/runtime/core"
	"weft/runtime/task"
)

var httpTable = []entry{
	{"http_request", 5, 5, "http_request(method, url, headers, body, seconds): waits for the answer to a request: (protocol, status, message, url, headers, body), or the text of what went wrong; headers are name, value, name ..., body is bytes or nothing, seconds 0 for no limit", httpRequest},
}

func httpRequest(t *task.Task, a []core.Value) (core.Value, error) {
	method, err := textArg("request", a[0])
	if err != nil {
		return core.Value{}, err
	}
	url, err := textArg("request", a[1])
	if err != nil {
		return core.Value{}, err
	}
	headers, err := stringsOf(a[2])
	if err != nil {
		return core.Value{}, err
	}
	var body io.Reader
	if !a[3].IsNothing() {
		b, err := bytesArg("request", a[3])
		if err != nil {
			return core.Value{}, err
		}
		body = bytes.NewReader(bytes.Clone(b))
	}
	ctx, cancel := context.WithCancel(context.Background())
	if seconds := a[4].Float64(); seconds > 0 {
		ctx, cancel = context.WithTimeout(context.Background(), time.Duration(seconds*float64(time.Second)))
	}
	return outside(t, cancel, func() {}, func() func() (core.Value, error) {
		answer, failure := fetch(ctx, method, url, headers, body)
		return func() (core.Value, error) {
			cancel()
			if failure != nil {
				return core.MakeString(failure.Error()), nil
			}
			return answer.value(), nil
		}
	})
}

// answer is what a server sent.
type answer struct {
	protocol, message, url string
	status                 int
	headers                []string
	body                   []byte
}

func fetch(ctx context.Context, method, url string, headers []string, body io.Reader) (*answer, error) {
	req, err := http.NewRequestWithContext(ctx, method, url, body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", "weft")
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.RegisterProtocol("file", http.NewFileTransport(http.FS(os.DirFS("/"))))
	defer transport.CloseIdleConnections()
	resp, err := (&http.Client{Transport: transport}).Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	out := &answer{protocol: resp.Proto, status: resp.StatusCode, message: resp.Status, url: resp.Request.URL.String(), body: b}
	for name, values := range resp.Header {
		for _, v := range values {
			out.headers = append(out.headers, name, v)
		}
	}
	return out, nil
}

func (r *answer) value() core.Value {
	headers := core.NewArray(core.VectorOf(core.StringType.Value()), len(r.headers), nil)
	for i, s := range r.headers {
		headers.Set(i, core.MakeString(s))
	}
	fields := []core.Value{core.MakeString(r.protocol), core.Int(int64(r.status)), core.MakeString(r.message), core.MakeString(r.url),
		headers.Value(), core.BytesVector(r.body).Value()}
	types := make([]core.Value, len(fields))
	for i, f := range fields {
		types[i] = core.TypeOf(f).Value()
	}
	return core.NewStruct(core.TupleOf(types...), fields...)
}
