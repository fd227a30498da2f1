package kernelspec

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func fake(goos string, env map[string]string) system {
	return system{
		goos:         goos,
		getenv:       func(k string) string { return env[k] },
		home:         func() (string, error) { return "/home/ada", nil },
		pythonPrefix: func() (string, error) { return "/opt/py", nil },
	}
}

func TestKernelDir(t *testing.T) {
	tests := []struct {
		name string
		goos string
		env  map[string]string
		opts Options
		want string
	}{
		{"linux", "linux", nil, Options{}, "/home/ada/.local/share/jupyter/kernels/weft"},
		{"linux user", "linux", nil, Options{User: true}, "/home/ada/.local/share/jupyter/kernels/weft"},
		{"linux xdg", "linux", map[string]string{"XDG_DATA_HOME": "/x"}, Options{}, "/x/jupyter/kernels/weft"},
		{"data dir", "darwin", map[string]string{"JUPYTER_DATA_DIR": "/d"}, Options{User: true}, "/d/kernels/weft"},
		{"macos", "darwin", map[string]string{"XDG_DATA_HOME": "/x"}, Options{}, "/home/ada/Library/Jupyter/kernels/weft"},
		{"windows", "windows", map[string]string{"APPDATA": "/roam"}, Options{}, "/roam/jupyter/kernels/weft"},
		{"windows bare", "windows", nil, Options{}, "/home/ada/.jupyter/data/kernels/weft"},
		{"prefix", "linux", nil, Options{Prefix: "/usr/local"}, "/usr/local/share/jupyter/kernels/weft"},
		{"venv", "linux", map[string]string{"VIRTUAL_ENV": "/v"}, Options{SysPrefix: true}, "/v/share/jupyter/kernels/weft"},
		{"conda", "linux", map[string]string{"CONDA_PREFIX": "/c"}, Options{SysPrefix: true}, "/c/share/jupyter/kernels/weft"},
		{"python", "linux", nil, Options{SysPrefix: true}, "/opt/py/share/jupyter/kernels/weft"},
		{"name", "linux", nil, Options{Name: "weft-1.2_x"}, "/home/ada/.local/share/jupyter/kernels/weft-1.2_x"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := fake(tt.goos, tt.env).kernelDir(tt.opts)
			if err != nil || filepath.ToSlash(got) != tt.want {
				t.Errorf("got %q, %v; want %q", got, err, tt.want)
			}
		})
	}
}

func TestKernelDirErrors(t *testing.T) {
	s := fake("linux", nil)
	s.home = func() (string, error) { return "", errors.New("no home") }
	s.pythonPrefix = func() (string, error) { return "", errors.New("no python") }
	for _, o := range []Options{
		{Name: "a b"}, {Name: ".."}, {Name: "a/b"}, {User: true, SysPrefix: true}, {User: true, Prefix: "/p"},
		{}, {SysPrefix: true},
	} {
		if dir, err := s.kernelDir(o); err == nil {
			t.Errorf("%+v: got %q, want an error", o, dir)
		}
	}
}

func TestInstallAndUninstall(t *testing.T) {
	root := t.TempDir()
	o := Options{
		Prefix: root, Name: "weft-test", DisplayName: "A <B>", Executable: "/bin/weft",
		Args: []string{"--drain"}, Env: map[string]string{"K": "V"},
	}
	for range 2 { // a second time over the first
		dir, err := Install(o)
		if err != nil {
			t.Fatal(err)
		}
		if want := filepath.Join(root, "share", "jupyter", "kernels", "weft-test"); dir != want {
			t.Errorf("folder %q, want %q", dir, want)
		}
	}
	dir := filepath.Join(root, "share", "jupyter", "kernels", "weft-test")
	data, err := os.ReadFile(filepath.Join(dir, "kernel.json"))
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	exe, _ := filepath.Abs("/bin/weft")
	want := map[string]any{
		"argv":         []any{exe, "kernel", "--drain", "{connection_file}"},
		"display_name": "A <B>", "language": "julia", "interrupt_mode": "message",
		"env": map[string]any{"K": "V"}, "metadata": map[string]any{}, "kernel_protocol_version": "5.5",
	}
	a, _ := json.Marshal(got)
	b, _ := json.Marshal(want)
	if !bytes.Equal(a, b) {
		t.Errorf("kernel.json\n got %s\nwant %s", a, b)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if s := strings.Join(names, " "); s != "kernel.json logo-32x32.png logo-64x64.png logo-svg.svg" {
		t.Errorf("files: %s", s)
	}
	if _, err := Uninstall(o); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder is still there: %v", err)
	}
	if _, err := Uninstall(o); err == nil {
		t.Error("a second uninstall gave no error")
	}
}

func TestUninstallLeavesOthersAlone(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "share", "jupyter", "kernels", "weft")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "kernel.json")
	if err := os.WriteFile(file, []byte(`{"argv":["python3"],"language":"python"}`), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Uninstall(Options{Prefix: root}); err == nil {
		t.Error("uninstalled another program's kernel")
	}
	if _, err := os.Stat(file); err != nil {
		t.Error(err)
	}
}

func TestLogos(t *testing.T) {
	files, err := logos()
	if err != nil {
		t.Fatal(err)
	}
	for name, size := range map[string]int{"logo-32x32.png": 32, "logo-64x64.png": 64} {
		img, err := png.Decode(bytes.NewReader(files[name]))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if b := img.Bounds(); b.Dx() != size || b.Dy() != size {
			t.Errorf("%s is %v", name, b)
		}
		// The threads cross in the middle; the corner is clear.
		if _, _, _, a := img.At(size/2, size/2).RGBA(); a != 0xffff {
			t.Errorf("%s: middle has alpha %#x", name, a)
		}
		if _, _, _, a := img.At(0, 0).RGBA(); a != 0 {
			t.Errorf("%s: corner has alpha %#x", name, a)
		}
	}
	d := xml.NewDecoder(bytes.NewReader(files["logo-svg.svg"]))
	rects := 0
	for {
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := tok.(xml.StartElement); ok && e.Name.Local == "rect" {
			rects++
		}
	}
	if rects != len(cloth()) {
		t.Errorf("%d boxes in the SVG, want %d", rects, len(cloth()))
	}
}
