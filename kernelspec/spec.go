// Package kernelspec writes and removes the folder by which Jupyter's front
// ends find the kernel: kernel.json and the logos, in the place that the
// platform and the options ask for.
package kernelspec

// This file holds kernel.json: what it says and how it is encoded.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
)

// The names under which the kernel is installed when nothing else is asked.
const (
	DefaultName        = "weft"
	DefaultDisplayName = "Weft (Julia tasks)"
)

// Options say what to install and where. At most one of User, SysPrefix and
// Prefix may be given; without any it is the user's own folder.
type Options struct {
	// Name is the kernelspec's name, DefaultName if empty.
	Name string
	// DisplayName is what menus show, DefaultDisplayName if empty.
	DisplayName string
	// Env holds environment variables for the kernel's process.
	Env map[string]string
	// Executable is the command to start, this program if empty.
	Executable string
	// Args stand between "kernel" and the connection file.
	Args []string

	// User installs in the user's own Jupyter folder.
	User bool
	// SysPrefix installs in the active Python environment.
	SysPrefix bool
	// Prefix installs in PREFIX/share/jupyter.
	Prefix string
}

// Spec is the content of kernel.json.
type Spec struct {
	Argv                  []string          `json:"argv"`
	DisplayName           string            `json:"display_name"`
	Language              string            `json:"language"`
	InterruptMode         string            `json:"interrupt_mode"`
	Env                   map[string]string `json:"env,omitempty"`
	Metadata              map[string]any    `json:"metadata"`
	KernelProtocolVersion string            `json:"kernel_protocol_version"`
}

var validName = regexp.MustCompile(`^[A-Za-z0-9._-]+$`)

func (o Options) name() (string, error) {
	if o.Name == "" {
		return DefaultName, nil
	}
	if !validName.MatchString(o.Name) || o.Name == "." || o.Name == ".." {
		return "", fmt.Errorf("kernel name %q: expected letters, digits, '.', '_' and '-'", o.Name)
	}
	return o.Name, nil
}

// NewSpec makes the kernel.json that the options ask for.
func NewSpec(o Options) (Spec, error) {
	exe := o.Executable
	if exe == "" {
		self, err := os.Executable()
		if err != nil {
			return Spec{}, fmt.Errorf("finding this program's path: %w", err)
		}
		exe = self
	}
	exe, err := filepath.Abs(exe)
	if err != nil {
		return Spec{}, fmt.Errorf("path of the kernel's program: %w", err)
	}
	display := o.DisplayName
	if display == "" {
		display = DefaultDisplayName
	}
	argv := append([]string{exe, "kernel"}, o.Args...)
	return Spec{
		Argv:                  append(argv, "{connection_file}"),
		DisplayName:           display,
		Language:              "julia",
		InterruptMode:         "message",
		Env:                   o.Env,
		Metadata:              map[string]any{},
		KernelProtocolVersion: "5.5",
	}, nil
}

// encode gives the text of kernel.json.
func (s Spec) encode() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(s); err != nil {
		return nil, fmt.Errorf("encoding kernel.json: %w", err)
	}
	return b.Bytes(), nil
}
