package main

// This file runs the scripts of tests/clients, each with a real Jupyter
// client, against the kernel as it is built here.

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// scriptLimit bounds a script's run.
const scriptLimit = 5 * time.Minute

// scripts are the client tests and the Python modules that each needs.
var scripts = []struct {
	name    string
	modules []string
	browser bool
}{
	{"terminal", []string{"pexpect"}, false},
	{"client", []string{"jupyter_client"}, false},
	{"kernel_test", []string{"jupyter_client", "jupyter_kernel_test"}, false},
	{"nbconvert", []string{"nbconvert", "nbformat"}, false},
	{"console", []string{"jupyter_console", "pexpect"}, false},
	{"browser", []string{"notebook", "tornado"}, true},
}

// clients builds and installs the kernel and runs the scripts.
func (t *tally) clients(root, only string) {
	work := filepath.Join(root, "build", "clients")
	bin := filepath.Join(work, "bin", "weft")
	steps := [][]string{
		{"go", "build", "-o", bin, "."},
		{bin, "install", "--prefix", filepath.Join(work, "prefix")},
	}
	for _, s := range steps {
		cmd := exec.Command(s[0], s[1:]...)
		cmd.Dir = root
		if out, err := cmd.CombinedOutput(); err != nil {
			t.fail("clients: %s: %v\n%s", strings.Join(s, " "), err, out)
			return
		}
	}
	env := append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1", "PYDEVD_DISABLE_FILE_VALIDATION=1", "JUPYTER_PLATFORM_DIRS=1",
		"JUPYTER_PATH="+filepath.Join(work, "prefix", "share", "jupyter"), "WEFT_SHOTS="+work, "WEFT="+bin, "TERM=dumb")
	for name, dir := range map[string]string{
		"JUPYTER_RUNTIME_DIR": "runtime", "JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "IPYTHONDIR": "ipython",
	} {
		dir = filepath.Join(work, dir)
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.fail("clients: %v", err)
			return
		}
		env = append(env, name+"="+dir)
	}
	s := &setup{work: work}
	for _, script := range scripts {
		if !strings.Contains(script.name, only) {
			continue
		}
		fmt.Println("# client:", script.name)
		python, err := s.python(script.modules)
		if err == nil && script.browser {
			err = s.browser()
		}
		if err != nil {
			t.fail("client %s: %v", script.name, err)
			continue
		}
		t.script(script.name, python, filepath.Join(root, "tests", "clients", "with_"+script.name+".py"), env)
	}
}

// script runs a script, whose lines PASS and FAIL are tests.
func (t *tally) script(name, python, path string, env []string) {
	ctx, cancel := context.WithTimeout(context.Background(), scriptLimit)
	defer cancel()
	cmd := exec.CommandContext(ctx, python, "-u", path)
	cmd.Env = env
	cmd.Stderr = os.Stdout
	cmd.WaitDelay = 10 * time.Second
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.fail("client %s: %v", name, err)
		return
	}
	passed, failed := t.passed, t.failed
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		fmt.Println(lines.Text())
		switch {
		case strings.HasPrefix(lines.Text(), "PASS "):
			t.passed++
		case strings.HasPrefix(lines.Text(), "FAIL "):
			t.failed++
		}
	}
	err = cmd.Wait()
	switch {
	case ctx.Err() != nil:
		t.fail("client %s: not done after %v", name, scriptLimit)
	case err != nil && t.failed == failed:
		t.fail("client %s: %v", name, err)
	case t.passed == passed && t.failed == failed:
		t.fail("client %s: it checked nothing", name)
	}
}
