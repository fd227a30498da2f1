package main

// This file finds the Jupyter clients, or gets them: those that are here
// come first, then a private Python environment, then the system's packages.

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// setup looks for clients, each way once.
type setup struct {
	work      string
	triedVenv bool
	triedApt  bool
}

// installLimit bounds the getting of packages.
const installLimit = 5 * time.Minute

// wheels is what a private environment gets.
var wheels = []string{
	"jupyter_client", "nbconvert", "nbformat", "jupyter_console", "jupyter_kernel_test", "ipykernel", "pexpect", "tornado", "jupyterlab", "notebook",
}

// debs are the packages of Debian and its relatives that hold the same.
var debs = []string{
	"python3-jupyter-client", "jupyter-nbconvert", "python3-nbformat", "jupyter-console", "python3-jupyter-kernel-test", "python3-ipykernel",
	"python3-pexpect", "python3-tornado", "jupyter-notebook",
}

// python gives a Python that has the modules.
func (s *setup) python(modules []string) (string, error) {
	venv := filepath.Join(s.work, "venv", "bin", "python")
	// The system's packages belong to the system's Python, which may not be
	// the first one in PATH.
	candidates := []string{os.Getenv("WEFT_PYTHON"), "python3", "/usr/bin/python3", venv}
	find := func() string {
		for _, p := range candidates {
			if p != "" && exec.Command(p, "-c", "import "+strings.Join(modules, ", ")).Run() == nil {
				return p
			}
		}
		return ""
	}
	if p := find(); p != "" {
		return p, nil
	}
	if !s.triedVenv {
		s.triedVenv = true
		s.venv(venv)
		if p := find(); p != "" {
			return p, nil
		}
	}
	if err := s.apt(debs); err != nil {
		return "", fmt.Errorf("no Python has %s, no package index answers, and %w", strings.Join(modules, ", "), err)
	}
	if p := find(); p != "" {
		return p, nil
	}
	return "", fmt.Errorf("no Python has %s, after all packages were installed", strings.Join(modules, ", "))
}

// venv makes the private environment. It may fail: then the next way is
// tried.
func (s *setup) venv(python string) {
	dir := filepath.Dir(filepath.Dir(python))
	fmt.Println("# making a Python environment in", dir)
	if _, err := exec.LookPath("uv"); err == nil {
		if s.command("uv", "venv", "-q", "--clear", dir) == nil &&
			s.command("uv", append([]string{"pip", "install", "-q", "--python", python}, wheels...)...) == nil {
			return
		}
	}
	if s.command("python3", "-m", "venv", "--clear", dir) == nil {
		_ = s.command(python, append([]string{"-m", "pip", "install", "-q", "--retries", "0", "--timeout", "15"}, wheels...)...) // looked at by its result
	}
}

// apt installs packages, once.
func (s *setup) apt(packages []string) error {
	if s.triedApt {
		return errors.New("the system's packages do not help")
	}
	s.triedApt = true
	if _, err := exec.LookPath("apt-get"); err != nil {
		return errors.New("there is no apt-get")
	}
	if os.Geteuid() != 0 {
		return fmt.Errorf("apt-get needs root: apt-get install %s", strings.Join(packages, " "))
	}
	fmt.Println("# installing", strings.Join(packages, " "))
	if err := s.command("apt-get", "-qq", "update"); err != nil {
		return err
	}
	return s.command("apt-get", append([]string{"-qq", "-y", "--no-install-recommends", "install"}, packages...)...)
}

// command runs a command and shows what it says only if it fails.
func (s *setup) command(name string, args ...string) error {
	ctx, cancel := context.WithTimeout(context.Background(), installLimit)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
	out, err := cmd.CombinedOutput()
	if err != nil {
		lines := strings.Split(strings.TrimSpace(string(out)), "\n")
		fmt.Printf("# %s %s: %v: %s\n", name, args[0], err, lines[len(lines)-1])
	}
	return err
}

// browsers are names of Chromium.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"}

// browser sees to it that there is a Chromium.
func (s *setup) browser() error {
	find := func() bool {
		for _, b := range browsers {
			if _, err := exec.LookPath(b); err == nil {
				return true
			}
		}
		return os.Getenv("CHROMIUM") != ""
	}
	if find() {
		return nil
	}
	again := &setup{work: s.work}
	if err := again.apt([]string{"chromium"}); err != nil {
		return fmt.Errorf("there is no Chromium, and %w", err)
	}
	if !find() {
		return errors.New("there is no Chromium")
	}
	return nil
}
