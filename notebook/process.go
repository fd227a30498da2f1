package notebook

// This file starts a kernel as a process of its own, on sockets that only
// this user can reach, and ends it.

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"weft/messaging"
)

// Command says how to start a kernel.
type Command struct {
	// Executable and Args are what to run; the path of the connection file
	// comes after them.
	Executable string
	Args       []string
	// Env is added to the environment.
	Env []string
	// Dir is the folder to run in, by default this process's.
	Dir string
}

// Process is a kernel that runs, and a client connected to it.
type Process struct {
	Client *messaging.Client
	Info   messaging.KernelInfoReply

	cmd   *exec.Cmd
	dir   string
	said  *tail
	ended chan struct{}
	err   error // of the process, once ended
}

// Times of a kernel's start and end.
const (
	startLimit = 30 * time.Second
	askToEnd   = 2 * time.Second
	waitForEnd = 5 * time.Second
	dyingPause = time.Second
)

// parentEnv tells a kernel which process to outlive by no more than a moment.
const parentEnv = "JPY_PARENT_PID"

// Start starts a kernel and waits until it answers.
func Start(ctx context.Context, c Command) (p *Process, err error) {
	dir, err := os.MkdirTemp("", "weft-")
	if err != nil {
		return nil, fmt.Errorf("starting the kernel: %w", err)
	}
	p = &Process{dir: dir, said: &tail{}, ended: make(chan struct{})}
	conn, err := privateConnection(dir)
	if err == nil {
		err = messaging.WriteConnection(filepath.Join(dir, "connection.json"), conn)
	}
	if err != nil {
		os.RemoveAll(dir)
		return nil, fmt.Errorf("starting the kernel: %w", err)
	}
	p.cmd = exec.Command(c.Executable, append(append([]string{}, c.Args...), filepath.Join(dir, "connection.json"))...)
	p.cmd.Dir = c.Dir
	p.cmd.Env = append(append(os.Environ(), c.Env...), parentEnv+"="+strconv.Itoa(os.Getpid()))
	p.cmd.Stdout, p.cmd.Stderr = p.said, p.said
	p.cmd.WaitDelay = time.Second // a child of the kernel may hold its output open
	if err := p.cmd.Start(); err != nil {
		os.RemoveAll(dir)
		return nil, fmt.Errorf("starting the kernel: %w", err)
	}
	go func() {
		p.err = p.cmd.Wait()
		close(p.ended)
	}()
	if err := p.connect(ctx, conn); err != nil {
		p.kill()
		return nil, fmt.Errorf("starting the kernel: %w", err)
	}
	return p, nil
}

// connect dials until the kernel answers or is gone.
func (p *Process) connect(ctx context.Context, conn *messaging.Connection) error {
	ctx, cancel := context.WithTimeoutCause(ctx, startLimit, fmt.Errorf("no answer in %v", startLimit))
	defer cancel()
	ctx, give := context.WithCancelCause(ctx)
	defer give(nil)
	go func() {
		select {
		case <-p.ended:
			give(p.Err())
		case <-ctx.Done():
		}
	}()
	var err error
	if p.Client, err = messaging.Dial(ctx, conn, messaging.ClientOptions{}); err == nil {
		p.Info, err = p.Client.WaitReady(ctx)
	}
	if err != nil && ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// Err says why the kernel ended, nil while it runs. A kernel whose sockets
// closed is given a moment to end.
func (p *Process) Err() error {
	t := time.NewTimer(dyingPause)
	defer t.Stop()
	select {
	case <-p.ended:
	case <-t.C:
		return nil
	}
	text := "the kernel died"
	if p.err != nil {
		text += ": " + p.err.Error()
	}
	if last := p.said.String(); last != "" {
		text += ": " + last
	}
	return errors.New(text)
}

// Stop asks the kernel to end, waits for it, and ends it by force if it does
// not.
func (p *Process) Stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), askToEnd)
	defer cancel()
	_, err := p.Client.Shutdown(ctx, false)
	t := time.NewTimer(waitForEnd)
	defer t.Stop()
	if err == nil {
		select {
		case <-p.ended:
		case <-t.C:
			err = errors.New("it did not end")
		}
	}
	p.kill()
	if err != nil {
		return fmt.Errorf("ending the kernel: %w", err)
	}
	return nil
}

// kill ends what is left and takes away the kernel's folder.
func (p *Process) kill() {
	select {
	case <-p.ended:
	default:
		// The process may just have ended by itself.
		_ = p.cmd.Process.Kill()
		<-p.ended
	}
	if p.Client != nil {
		p.Client.Close()
	}
	os.RemoveAll(p.dir)
}

// privateConnection chooses where the kernel listens: sockets in a folder
// that only this user can enter, or ports of this host.
func privateConnection(dir string) (*messaging.Connection, error) {
	c := &messaging.Connection{Key: rand.Text(), SignatureScheme: "hmac-sha256", KernelName: "weft"}
	socket := filepath.Join(dir, "k")
	if runtime.GOOS != "windows" && len(socket) < 90 {
		c.Transport, c.IP = "ipc", socket
		c.ShellPort, c.IOPubPort, c.StdinPort, c.ControlPort, c.HeartbeatPort = 1, 2, 3, 4, 5
		return c, nil
	}
	c.Transport, c.IP = "tcp", "127.0.0.1"
	var open []net.Listener // all at once, so that no two are the same
	defer func() {
		for _, l := range open {
			l.Close()
		}
	}()
	for _, port := range []*int{&c.ShellPort, &c.IOPubPort, &c.StdinPort, &c.ControlPort, &c.HeartbeatPort} {
		l, err := net.Listen("tcp4", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		open = append(open, l)
		*port = l.Addr().(*net.TCPAddr).Port
	}
	return c, nil
}

// tail keeps the end of what a process writes.
type tail struct {
	mu   sync.Mutex
	text []byte
}

const tailSize = 4 << 10

// Write takes what the process wrote.
func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.text = append(t.text, p...)
	if n := len(t.text); n > tailSize {
		t.text = bytes.Clone(t.text[n-tailSize:])
	}
	return len(p), nil
}

// String gives the last lines.
func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	lines := strings.Split(strings.TrimSpace(string(t.text)), "\n")
	return strings.Join(lines[max(0, len(lines)-8):], "\n")
}
