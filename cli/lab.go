package cli

// This file opens a notebook application with this kernel in it.

import (
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"

	"weft/kernelspec"
)

// labs are the programs that can show notebooks, best first.
var labs = [][]string{{"jupyter-lab"}, {"jupyter-notebook"}}

// Lab opens JupyterLab or Notebook.
func Lab(s Streams, args []string) int {
	rest, code, ok := s.parse(flags("lab"), args)
	if !ok {
		return code
	}
	if len(rest) > 1 {
		return s.misuse("lab", "expected one folder, got %d arguments", len(rest))
	}
	dir := append(rest, ".")[0]
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return s.fail("lab", errors.New(dir+" is no folder"))
	}
	program := ""
	for _, l := range labs {
		if path, err := exec.LookPath(l[0]); err == nil {
			program = path
			break
		}
	}
	if program == "" {
		say(s.Err, "weft lab: neither jupyter-lab nor jupyter-notebook is in PATH.")
		say(s.Err, "JupyterLab comes with \"pip install jupyterlab\" or \"conda install jupyterlab\", or get Notebook from the system's packages.")
		return exitFailed
	}
	spec, err := os.MkdirTemp("", "weft-lab-")
	if err != nil {
		return s.fail("lab", err)
	}
	defer os.RemoveAll(spec)
	if _, err := kernelspec.Install(kernelspec.Options{Prefix: spec}); err != nil {
		return s.fail("lab", err)
	}
	path := filepath.Join(spec, "share", "jupyter")
	if old := os.Getenv("JUPYTER_PATH"); old != "" {
		path += string(os.PathListSeparator) + old
	}
	say(s.Err, "opening %s (Ctrl-C ends it)", filepath.Base(program))
	// The application hears of a Ctrl-C itself and ends when it wants to.
	signal.Ignore(os.Interrupt)
	cmd := exec.Command(program, dir)
	cmd.Env = append(os.Environ(), "JUPYTER_PATH="+path)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = s.In, s.Out, s.Err
	if err := cmd.Run(); err != nil {
		return s.fail("lab", err)
	}
	return exitOK
}
