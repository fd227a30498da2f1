package cli

// This file has the commands that execute notebooks: run and test.

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"weft/kernelspec"
	"weft/notebook"
)

// drainDefault is how long a run waits for background tasks at its end.
const drainDefault = 30 * time.Second

// execution is how to execute notebooks.
type execution struct {
	engine
	timeout time.Duration
}

// define adds the flags to a command's.
func (x *execution) define(f *flag.FlagSet) {
	x.drain, x.drainFor = drainDefault.String(), drainDefault
	x.engine.define(f, "")
	f.DurationVar(&x.timeout, "timeout", 0, "")
}

// execute runs a notebook in a kernel of its own, in the notebook's folder.
func (x *execution) execute(ctx context.Context, path string, nb *notebook.Notebook, w notebook.Watcher) error {
	exe, err := os.Executable()
	if err != nil {
		return fmt.Errorf("finding this program: %w", err)
	}
	args := append([]string{"kernel"}, x.args()...)
	if x.virtualTime && x.drainFor > 0 {
		// The time between two cells is real: what tasks do in it would differ
		// from run to run, so in virtual time each cell waits for its tasks.
		args = append(args, "--drain="+x.drain)
	}
	p, err := notebook.Start(ctx, notebook.Command{Executable: exe, Args: args, Dir: filepath.Dir(path)})
	if err != nil {
		return err
	}
	nb.SetKernel(kernelspec.DefaultName, kernelspec.DefaultDisplayName, p.Info)
	r := &notebook.Runner{Client: p.Client, Watcher: w, Timeout: x.timeout, Drain: x.drainFor, Gone: p.Err}
	err = r.Run(ctx, nb)
	if stop := p.Stop(); err == nil {
		err = stop
	}
	return err
}

// interruptible gives a context that Ctrl-C ends.
func interruptible() (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	go func() {
		select {
		case <-signals:
			cancel(errors.New("interrupted"))
			signal.Stop(signals) // a second Ctrl-C ends this process
		case <-ctx.Done():
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		cancel(nil)
	}
}

// Run executes a notebook and shows it live.
func Run(s Streams, args []string) int {
	x := execution{engine: s.engine}
	var out, page string
	f := flags("run")
	x.define(f)
	f.StringVar(&out, "o", "", "")
	f.StringVar(&page, "html", "", "")
	rest, code, ok := s.parse(f, args)
	if !ok {
		return code
	}
	if len(rest) != 1 {
		return s.misuse("run", "expected one notebook, got %d arguments", len(rest))
	}
	nb, err := notebook.Read(rest[0])
	if err != nil {
		return s.fail("run", err)
	}
	ctx, cancel := interruptible()
	defer cancel()
	view := notebook.NewView(s.Out, nb, notebook.ViewOptions{
		Color: color(s.Out), Progress: terminal(s.Out), Source: true, Width: width(s.Out),
	})
	failed := x.execute(ctx, rest[0], nb, view)
	view.Close()
	var cells, bad int
	for _, c := range nb.Cells {
		if c.Count > 0 {
			cells++
			if c.Failed() != nil && !c.HasTag(notebook.RaisesException) {
				bad++
			}
		}
	}
	say(s.Out, "\n%s: %d cells executed, %d failed, in %.1f s", filepath.Base(rest[0]), cells, bad, view.Elapsed().Seconds())
	if out != "" {
		if err := nb.Write(out); err != nil {
			return s.fail("run", err)
		}
		say(s.Out, "wrote %s", out)
	}
	if page != "" {
		if err := writePage(page, nb); err != nil {
			return s.fail("run", err)
		}
		say(s.Out, "wrote %s", page)
	}
	if failed != nil {
		return s.fail("run", failed)
	}
	return exitOK
}

func writePage(path string, nb *notebook.Notebook) error {
	var b bytes.Buffer
	if err := notebook.WriteHTML(&b, nb, notebook.PageOptions{Highlight: highlight}); err != nil {
		return err
	}
	return notebook.WriteFile(path, b.Bytes())
}

// Test executes notebooks and compares the outputs with those stored.
func Test(s Streams, args []string) int {
	x := execution{engine: s.engine}
	f := flags("test")
	x.define(f)
	rest, code, ok := s.parse(f, args)
	if !ok {
		return code
	}
	if len(rest) == 0 {
		return s.misuse("test", "expected a notebook")
	}
	ctx, cancel := interruptible()
	defer cancel()
	passed, failed := 0, 0
	for _, path := range rest {
		if err := s.testOne(ctx, &x, path); err != nil {
			failed++
			say(s.Out, "FAIL %s: %v", path, err)
		} else {
			passed++
		}
		if ctx.Err() != nil {
			break
		}
	}
	say(s.Out, "%d passed, %d failed", passed, failed)
	if failed > 0 {
		return exitFailed
	}
	return exitOK
}

// testOne tests a notebook and shows what differs.
func (s Streams) testOne(ctx context.Context, x *execution, path string) error {
	stored, err := notebook.Read(path)
	if err != nil {
		return err
	}
	ran, err := notebook.Read(path)
	if err != nil {
		return err
	}
	for _, c := range ran.Cells {
		if c.HasTag(notebook.Skip) {
			c.Type = notebook.Raw
		}
	}
	start := time.Now()
	view := notebook.NewView(s.Out, ran, notebook.ViewOptions{
		Quiet: true, Progress: terminal(s.Out), Color: color(s.Out), Width: width(s.Out),
	})
	err = x.execute(ctx, path, ran, view)
	view.Close()
	var cell *notebook.FailedError
	if err != nil && !errors.As(err, &cell) {
		return err
	}
	// A notebook without outputs has nothing to compare with: it has to run.
	var differ []notebook.Difference
	if slices.ContainsFunc(stored.Cells, func(c *notebook.Cell) bool { return len(c.Outputs) > 0 }) {
		differ = notebook.Compare(stored, ran)
	}
	for _, d := range differ {
		say(s.Out, "%s: In[%d] differs (- stored, + now):", path, d.Count)
		for _, line := range d.Diff {
			say(s.Out, "    %s", strings.TrimRight(line, " "))
		}
	}
	switch {
	case err != nil:
		return err
	case len(differ) > 0:
		return fmt.Errorf("%d cells differ", len(differ))
	}
	say(s.Out, "ok   %s  %.1f s", path, time.Since(start).Seconds())
	return nil
}
