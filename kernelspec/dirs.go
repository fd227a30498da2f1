package kernelspec

// This file finds Jupyter's data folders on the platforms it runs on.

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// system is what the search for folders asks of its surroundings; tests put
// their own in.
type system struct {
	goos   string
	getenv func(string) string
	home   func() (string, error)
	// pythonPrefix asks the Python that comes first in PATH for sys.prefix.
	pythonPrefix func() (string, error)
}

// pythonPrefix runs Python to learn its installation prefix.
func pythonPrefix() (string, error) {
	for _, name := range []string{"python3", "python"} {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		out, err := exec.Command(path, "-c", "import sys; print(sys.prefix)").Output()
		if err != nil {
			return "", fmt.Errorf("asking %s for sys.prefix: %w", path, err)
		}
		return strings.TrimSpace(string(out)), nil
	}
	return "", errors.New("no active Python environment: expected VIRTUAL_ENV, CONDA_PREFIX or a python3 in PATH")
}

// dataDir is the Jupyter data folder that the options ask for.
func (s system) dataDir(o Options) (string, error) {
	asked := 0
	for _, b := range []bool{o.User, o.SysPrefix, o.Prefix != ""} {
		if b {
			asked++
		}
	}
	if asked > 1 {
		return "", errors.New("expected at most one of user, prefix and sys-prefix")
	}
	switch {
	case o.Prefix != "":
		prefix, err := filepath.Abs(o.Prefix)
		if err != nil {
			return "", fmt.Errorf("prefix %q: %w", o.Prefix, err)
		}
		return filepath.Join(prefix, "share", "jupyter"), nil
	case o.SysPrefix:
		prefix, err := s.sysPrefix()
		if err != nil {
			return "", err
		}
		return filepath.Join(prefix, "share", "jupyter"), nil
	}
	return s.userDataDir()
}

func (s system) sysPrefix() (string, error) {
	for _, v := range []string{"VIRTUAL_ENV", "CONDA_PREFIX"} {
		if p := s.getenv(v); p != "" {
			return p, nil
		}
	}
	return s.pythonPrefix()
}

func (s system) userDataDir() (string, error) {
	if d := s.getenv("JUPYTER_DATA_DIR"); d != "" {
		return d, nil
	}
	if s.goos == "windows" {
		if d := s.getenv("APPDATA"); d != "" {
			return filepath.Join(d, "jupyter"), nil
		}
	}
	home, err := s.home()
	if err != nil {
		return "", fmt.Errorf("finding the user's folder: %w", err)
	}
	switch s.goos {
	case "windows":
		return filepath.Join(home, ".jupyter", "data"), nil
	case "darwin":
		return filepath.Join(home, "Library", "Jupyter"), nil
	}
	if d := s.getenv("XDG_DATA_HOME"); d != "" {
		return filepath.Join(d, "jupyter"), nil
	}
	return filepath.Join(home, ".local", "share", "jupyter"), nil
}

// kernelDir is the folder of the kernelspec itself.
func (s system) kernelDir(o Options) (string, error) {
	name, err := o.name()
	if err != nil {
		return "", err
	}
	data, err := s.dataDir(o)
	if err != nil {
		return "", err
	}
	return filepath.Join(data, "kernels", strings.ToLower(name)), nil
}

// writeFile replaces a file in one step, so that a front end that reads at
// the same time sees the old or the new content.
func writeFile(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
