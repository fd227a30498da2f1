// This file tests and fuzzes connection files.

package messaging

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const goodConnection = `{"transport":"tcp","ip":"127.0.0.1","shell_port":1,"iopub_port":2,"stdin_port":3,
	"control_port":4,"hb_port":5,"key":"k","signature_scheme":"hmac-sha256","kernel_name":"weft","extra":[1]}`

func TestParseConnection(t *testing.T) {
	c, err := ParseConnection([]byte(goodConnection))
	if err != nil {
		t.Fatal(err)
	}
	want := Connection{"tcp", "127.0.0.1", 1, 2, 3, 4, 5, "k", "hmac-sha256", "weft", ""}
	if *c != want {
		t.Errorf("got %+v", c)
	}
}

func TestConnectionErrors(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{`"transport":"tcp"`, `"transport":"udp"`, `field transport: expected tcp or ipc, got "udp"`},
		{`"transport":"tcp"`, `"transport":5`, `field transport: expected a string, got number`},
		{`"ip":"127.0.0.1",`, ``, `field ip: expected a string, got nothing`},
		{`"ip":"127.0.0.1"`, `"ip":""`, `field ip: expected an address, got ""`},
		{`"shell_port":1`, `"shell_port":"1"`, `field shell_port: expected a whole number, got string`},
		{`"shell_port":1`, `"shell_port":70000`, `field shell_port: expected 0 to 65535, got 70000`},
		{`"shell_port":1`, `"shell_port":-1`, `field shell_port: expected 0 to 65535, got -1`},
		{`"hb_port":5,`, ``, `field hb_port: expected a port number, got nothing`},
		{`"hb_port":5`, `"hb_port":1`, `field hb_port: expected a port of its own, got 1, which is also shell_port`},
		{`"key":"k",`, ``, `field key: expected a string, got nothing`},
		{`hmac-sha256`, `hmac-md5`, `field signature_scheme: expected hmac-sha256, got "hmac-md5"`},
		{`"extra":[1]`, `"curve_secretkey":"x"`, `field curve_secretkey: CurveZMQ encryption is not supported, expected no such field`},
		{`{"transport"`, `["transport"`, `expected JSON: invalid character ':' after array element`},
	} {
		text := strings.Replace(goodConnection, c.from, c.to, 1)
		if text == goodConnection {
			t.Fatalf("%s is not there", c.from)
		}
		_, err := ParseConnection([]byte(text))
		if err == nil || err.Error() != c.want {
			t.Errorf("%s\n got %v\nwant %s", c.to, err, c.want)
		}
	}
	if _, err := ParseConnection([]byte(`[]`)); err == nil || err.Error() != "expected an object, got list" {
		t.Error(err)
	}
	ipc := strings.Replace(strings.Replace(goodConnection, `"tcp"`, `"ipc"`, 1), "127.0.0.1", strings.Repeat("/long", 40), 1)
	if _, err := ParseConnection([]byte(ipc)); err == nil || !strings.HasPrefix(err.Error(), "field ip: expected a path of at most") {
		t.Error(err)
	}
}

func TestConnectionFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kernel.json")
	want := Connection{"ipc", "/tmp/x", 1, 0, 0, 4, 5, "k", "hmac-sha256", "weft", "s"}
	if err := WriteConnection(path, &want); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	got, err := ReadConnection(path)
	if err != nil || *got != want {
		t.Errorf("got %+v, %v", got, err)
	}
	if _, err := ReadConnection(filepath.Join(t.TempDir(), "none")); err == nil || !strings.HasPrefix(err.Error(), "connection file: ") {
		t.Error(err)
	}
	if err := os.WriteFile(path, make([]byte, maxConnectionFile+1), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadConnection(path); err == nil || !strings.Contains(err.Error(), "expected at most") {
		t.Error(err)
	}
}

// FuzzConnection checks that what is taken can be used and written.
func FuzzConnection(f *testing.F) {
	f.Add([]byte(goodConnection))
	f.Add([]byte(`{"ip":"a","key":"","shell_port":0,"iopub_port":0,"stdin_port":0,"control_port":0,"hb_port":0}`))
	f.Add([]byte(`null`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := ParseConnection(data)
		if err != nil {
			if err.Error() == "" {
				t.Error("an error says nothing")
			}
			return
		}
		for ch := range Channel(channels) {
			if network, address := c.address(ch); network == "" || address == "" {
				t.Errorf("%+v has no address for %s", c, ch)
			}
		}
	})
}
