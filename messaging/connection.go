// This file reads and writes connection files.

package messaging

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
)

// Connection says where the sockets of a kernel are and how messages are
// signed: the content of a connection file.
type Connection struct {
	Transport       string `json:"transport"`
	IP              string `json:"ip"`
	ShellPort       int    `json:"shell_port"`
	IOPubPort       int    `json:"iopub_port"`
	StdinPort       int    `json:"stdin_port"`
	ControlPort     int    `json:"control_port"`
	HeartbeatPort   int    `json:"hb_port"`
	Key             string `json:"key"`
	SignatureScheme string `json:"signature_scheme"`
	KernelName      string `json:"kernel_name,omitempty"`
	JupyterSession  string `json:"jupyter_session,omitempty"`
}

// maxConnectionFile bounds how much of a connection file is read.
const maxConnectionFile = 1 << 20

// ReadConnection reads and checks a connection file. Its error names the file,
// the field, and what was expected there.
func ReadConnection(path string) (*Connection, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("connection file: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("connection file: %w", err)
	}
	if info.Size() > maxConnectionFile {
		return nil, fmt.Errorf("connection file %s: expected at most %d bytes, got %d", path, maxConnectionFile, info.Size())
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(f); err != nil {
		return nil, fmt.Errorf("connection file: %w", err)
	}
	c, err := ParseConnection(b.Bytes())
	if err != nil {
		return nil, fmt.Errorf("connection file %s: %w", path, err)
	}
	return c, nil
}

// ParseConnection checks the text of a connection file.
func ParseConnection(text []byte) (*Connection, error) {
	var file struct {
		Transport       *string         `json:"transport"`
		IP              *string         `json:"ip"`
		ShellPort       *int            `json:"shell_port"`
		IOPubPort       *int            `json:"iopub_port"`
		StdinPort       *int            `json:"stdin_port"`
		ControlPort     *int            `json:"control_port"`
		HeartbeatPort   *int            `json:"hb_port"`
		Key             *string         `json:"key"`
		SignatureScheme *string         `json:"signature_scheme"`
		KernelName      string          `json:"kernel_name"`
		JupyterSession  string          `json:"jupyter_session"`
		CurvePublic     json.RawMessage `json:"curve_publickey"`
		CurveSecret     json.RawMessage `json:"curve_secretkey"`
	}
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if err := json.Unmarshal(text, &file); err != nil {
		return nil, decodeError(err)
	}
	for _, f := range []struct {
		name  string
		value json.RawMessage
	}{{"curve_publickey", file.CurvePublic}, {"curve_secretkey", file.CurveSecret}} {
		if s := string(f.value); s != "" && s != "null" && s != `""` {
			return nil, fmt.Errorf("field %s: CurveZMQ encryption is not supported, expected no such field", f.name)
		}
	}
	c := &Connection{KernelName: file.KernelName, JupyterSession: file.JupyterSession}
	for _, f := range []struct {
		name, fallback string
		value          *string
		to             *string
	}{
		{"transport", "tcp", file.Transport, &c.Transport},
		{"ip", "", file.IP, &c.IP},
		{"key", "", file.Key, &c.Key},
		{"signature_scheme", "hmac-sha256", file.SignatureScheme, &c.SignatureScheme},
	} {
		switch {
		case f.value != nil:
			*f.to = *f.value
		case f.name == "transport" || f.name == "signature_scheme":
			*f.to = f.fallback
		default:
			return nil, fmt.Errorf("field %s: expected a string, got nothing", f.name)
		}
	}
	for _, f := range []struct {
		name  string
		value *int
		to    *int
	}{
		{"shell_port", file.ShellPort, &c.ShellPort},
		{"iopub_port", file.IOPubPort, &c.IOPubPort},
		{"stdin_port", file.StdinPort, &c.StdinPort},
		{"control_port", file.ControlPort, &c.ControlPort},
		{"hb_port", file.HeartbeatPort, &c.HeartbeatPort},
	} {
		if f.value == nil {
			return nil, fmt.Errorf("field %s: expected a port number, got nothing", f.name)
		}
		*f.to = *f.value
	}
	if err := c.validate(); err != nil {
		return nil, err
	}
	return c, nil
}

func (c *Connection) validate() error {
	if c.Transport != "tcp" && c.Transport != "ipc" {
		return fmt.Errorf("field transport: expected tcp or ipc, got %q", c.Transport)
	}
	if c.IP == "" || bytes.IndexByte([]byte(c.IP), 0) >= 0 {
		return fmt.Errorf("field ip: expected an address, got %q", c.IP)
	}
	if _, err := NewKey(c.SignatureScheme, c.Key); err != nil {
		return fmt.Errorf("field %w", err)
	}
	used := map[int]Channel{}
	for ch := range Channel(channels) {
		p := *c.port(ch)
		if p < 0 || p > 65535 {
			return fmt.Errorf("field %s_port: expected 0 to 65535, got %d", ch, p)
		}
		if other, dup := used[p]; dup && p != 0 {
			return fmt.Errorf("field %s_port: expected a port of its own, got %d, which is also %s_port", ch, p, other)
		}
		used[p] = ch
		if c.Transport == "ipc" && len(c.IP)+6 > maxSocketPath {
			return fmt.Errorf("field ip: expected a path of at most %d bytes, got %d", maxSocketPath-6, len(c.IP))
		}
	}
	return nil
}

// maxSocketPath is how long the name of a socket file can be everywhere.
const maxSocketPath = 103

// port gives the field of a channel's port.
func (c *Connection) port(ch Channel) *int {
	switch ch {
	case Shell:
		return &c.ShellPort
	case IOPub:
		return &c.IOPubPort
	case Stdin:
		return &c.StdinPort
	case Control:
		return &c.ControlPort
	default:
		return &c.HeartbeatPort
	}
}

// address gives what net.Listen and net.Dial want for a channel.
func (c *Connection) address(ch Channel) (network, address string) {
	port := strconv.Itoa(*c.port(ch))
	if c.Transport == "ipc" {
		return "unix", c.IP + "-" + port
	}
	host := c.IP
	if host == "*" {
		host = "0.0.0.0"
	}
	if ip := net.ParseIP(host); ip != nil && ip.To4() != nil {
		return "tcp4", net.JoinHostPort(host, port)
	}
	return "tcp", net.JoinHostPort(host, port)
}

// WriteConnection writes a connection file that only its owner can read. It
// appears whole or not at all.
func WriteConnection(path string, c *Connection) error {
	text, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return fmt.Errorf("connection file: %w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("connection file: %w", err)
	}
	_, err = f.Write(append(text, '\n'))
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
		return fmt.Errorf("connection file: %w", err)
	}
	return nil
}
