package notebook

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// outputsOf gives a cell's outputs in short.
func outputsOf(c *Cell) []string {
	var out []string
	for _, o := range c.Outputs {
		switch o.Type {
		case Stream:
			out = append(out, o.Name+" "+o.Text)
		case ErrorOutput:
			out = append(out, "error "+o.Ename+" "+o.Evalue)
		default:
			out = append(out, fmt.Sprint(o.Type, " ", o.Count, " ", o.Data))
		}
	}
	return out
}

func wantOutputs(t *testing.T, c *Cell, want ...string) {
	t.Helper()
	if got := outputsOf(c); !slices.Equal(got, want) {
		t.Errorf("cell %s:\n got %q\nwant %q", c.ID, got, want)
	}
}

func TestRunFilesOutputsUnderTheirCells(t *testing.T) {
	nb := code(
		`print a\n`+"\n"+`print b\n`+"\n"+`err e\n`+"\nprint c\nvalue 42\nlater late 1",
		"   ",
		"show d text/html <b>1</b>\nlater late 2",
		"update d text/html <b>2</b>\nprint x\nclear\nprint y\nclear wait",
		"print x\nclear wait\nprint z",
	)
	nb.Cells[1].Outputs = []*Output{{Type: Stream, Name: "stdout", Text: "of an earlier run"}}
	r := &Runner{Client: open(t), Drain: time.Second}
	if err := r.Run(within(t), nb); err != nil {
		t.Fatal(err)
	}
	wantOutputs(t, nb.Cells[0], "stdout a\nb\n", "stderr e\n", "stdout c", "execute_result 1 map[text/plain:42]", "stdout late 1")
	wantOutputs(t, nb.Cells[1])
	wantOutputs(t, nb.Cells[2], "display_data 0 map[text/html:<b>2</b>]", "stdout late 2")
	wantOutputs(t, nb.Cells[3], "stdout y")
	wantOutputs(t, nb.Cells[4], "stdout z")
	for i, want := range []int{1, 0, 2, 3, 4} {
		if got := nb.Cells[i].Count; got != want {
			t.Errorf("cell %d: execution count %d, want %d", i, got, want)
		}
	}
}

func TestRunStopsAtTheFirstFailure(t *testing.T) {
	nb := code("fail BoundsError at 5", "fail KeyError k", "print never")
	nb.Cells[0].Metadata["tags"] = []any{RaisesException}
	err := (&Runner{Client: open(t)}).Run(within(t), nb)
	var failed *FailedError
	if !errors.As(err, &failed) || failed.Index != 1 || failed.Count != 2 || failed.Ename != "KeyError" {
		t.Fatalf("got %v", err)
	}
	if want := "In[2] failed: KeyError: k"; err.Error() != want {
		t.Errorf("got %q, want %q", err, want)
	}
	wantOutputs(t, nb.Cells[0], "error BoundsError at 5")
	wantOutputs(t, nb.Cells[1], "error KeyError k")
	wantOutputs(t, nb.Cells[2])
}

func TestRunInterruptsACellThatTakesTooLong(t *testing.T) {
	nb := code("block", "print never")
	err := (&Runner{Client: open(t), Timeout: 50 * time.Millisecond}).Run(within(t), nb)
	if err == nil || err.Error() != "cell In[1]: the cell ran longer than 50ms" {
		t.Errorf("got %v", err)
	}
	wantOutputs(t, nb.Cells[0], "stdout blocked\n", "error InterruptException ")
	wantOutputs(t, nb.Cells[1])
}

// stopper ends a run when it sees an output.
type stopper struct {
	Watcher
	stop func()
}

func (s stopper) Output(i int, out *Output, late bool) {
	s.Watcher.Output(i, out, late)
	s.stop()
}

func TestRunIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancelCause(within(t))
	nb := code("block", "print never")
	var screen bytes.Buffer
	view := NewView(&screen, nb, ViewOptions{})
	err := (&Runner{Client: open(t), Watcher: stopper{view, func() { cancel(errors.New("interrupted")) }}, Drain: time.Hour}).Run(ctx, nb)
	view.Close()
	if err == nil || err.Error() != "cell In[1]: interrupted" {
		t.Errorf("got %v", err)
	}
	wantOutputs(t, nb.Cells[0], "stdout blocked\n", "error InterruptException ")
	if want := "blocked\nInterruptException: \n"; screen.String() != want {
		t.Errorf("the screen says %q, want %q", screen.String(), want)
	}
}

func TestViewNamesTheCellOfLateOutput(t *testing.T) {
	nb := code(`later tick\nto`+"\n"+`later ck\n`+"\nvalue 1", `print no newline`+"\n"+`value [1,\n 2]`, `err \e[31mred\e[0m\n`+"\n"+`later tail`)
	nb.Cells = slices.Insert(nb.Cells, 0, &Cell{ID: "m", Type: Markdown, Source: "# Title\n\ntext"})
	for _, c := range []struct {
		opts ViewOptions
		want string
	}{
		{ViewOptions{Source: true}, `
# Title

text

In[1]: later tick\nto
       later ck\n
       value 1
Out[1]: 1

In[2]: print no newline
       value [1,\n 2]
no newline
Out[2]:
[1,
 2]

In[3]: err \e[31mred\e[0m\n
       later tail
red
In[1] │ tick
In[1] │ tock
In[3] │ tail
`},
		{ViewOptions{}, `
# Title

text
Out[1]: 1
no newline
Out[2]:
[1,
 2]
red
In[1] │ tick
In[1] │ tock
In[3] │ tail
`},
	} {
		var screen bytes.Buffer
		view := NewView(&screen, nb, c.opts)
		if err := (&Runner{Client: open(t), Watcher: view, Drain: time.Second}).Run(within(t), nb); err != nil {
			t.Fatal(err)
		}
		view.Close()
		if screen.String() != c.want {
			t.Errorf("got\n%s\nwant\n%s", screen.String(), c.want)
		}
	}
}

func TestViewInColour(t *testing.T) {
	nb := code(`print \e[31mred\n` + "\nvalue 1\nlater x")
	var screen bytes.Buffer
	view := NewView(&screen, nb, ViewOptions{Color: true})
	if err := (&Runner{Client: open(t), Watcher: view, Drain: time.Second}).Run(within(t), nb); err != nil {
		t.Fatal(err)
	}
	view.Close()
	if want := "\x1b[31mred\n\x1b[1;31mOut[1]: \x1b[0m1\n\x1b[35mIn[1] │ \x1b[0mx\n"; screen.String() != want {
		t.Errorf("got %q, want %q", screen.String(), want)
	}
}

// The progress line is drawn only below finished lines and leaves nothing.
func TestViewProgress(t *testing.T) {
	nb := code("print x", "print y")
	var screen bytes.Buffer
	v := NewView(&screen, nb, ViewOptions{Width: 20})
	v.Begin(0, nb.Cells[0])
	nb.Cells[0].Count = 1
	v.Running(0, nb.Cells[0])
	v.began = time.Now().Add(-90 * time.Second)
	v.draw()
	if got, want := screen.String(), "\r\x1b[K▸ 0/2 cells · In[1]"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	screen.Reset()
	v.Output(0, &Output{Type: Stream, Name: "stdout", Text: "half"}, false)
	v.draw()
	v.End(0, nb.Cells[0])
	v.Close()
	if got, want := screen.String(), "\r\x1b[Khalf\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func self(t *testing.T, mode string) Command {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return Command{Executable: exe, Args: []string{"-test.run=none"}, Env: []string{fakeEnv + "=" + mode}}
}

func TestProcess(t *testing.T) {
	p, err := Start(within(t), self(t, "kernel"))
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" {
		info, err := os.Stat(p.dir)
		if err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("the kernel's folder: %v, %v", info, err)
		}
	}
	nb := code("print 1\nvalue 2")
	if err := (&Runner{Client: p.Client, Gone: p.Err}).Run(within(t), nb); err != nil {
		t.Error(err)
	}
	wantOutputs(t, nb.Cells[0], "stdout 1", "execute_result 1 map[text/plain:2]")
	nb.SetKernel("fake", "Fake", p.Info)
	if got := nb.Metadata["language_info"].(Object)["file_extension"]; got != ".fake" {
		t.Errorf("file extension %v", got)
	}
	if err := p.Stop(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(p.dir); !os.IsNotExist(err) {
		t.Errorf("the kernel's folder is left: %v", err)
	}
}

func TestKernelThatDies(t *testing.T) {
	p, err := Start(within(t), self(t, "kernel"))
	if err != nil {
		t.Fatal(err)
	}
	nb := code("print before\ndie")
	err = (&Runner{Client: p.Client, Gone: p.Err}).Run(within(t), nb)
	if want := "cell In[1]: the kernel died: exit status 3: a last word"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	if err := p.Stop(); err == nil {
		t.Error("stopping a dead kernel: no error")
	}
}

func TestKernelThatDoesNotStart(t *testing.T) {
	_, err := Start(within(t), self(t, "mute"))
	if want := "starting the kernel: the kernel died: exit status 7: no sockets today"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	_, err = Start(within(t), Command{Executable: "/nowhere/weft"})
	if err == nil || !strings.HasPrefix(err.Error(), "starting the kernel: ") {
		t.Errorf("got %v", err)
	}
}
