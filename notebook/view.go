package notebook

// This file shows a run as text, as it goes: each cell with its number, its
// output as it comes, and late output with the number of the cell that it
// belongs to.

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// View is a Watcher that writes text. Close ends it.
type View struct {
	out   io.Writer
	opts  ViewOptions
	total int

	mu      sync.Mutex
	start   time.Time
	began   time.Time // of the running cell
	current int       // index of the cell whose output stands last, -1 for none
	count   map[int]int
	column  bool // the last line is not finished
	late    map[int]string
	doing   string // what the progress line says
	done    int    // cells that ended
	drawn   bool   // the progress line stands below
	stop    chan struct{}
	stopped chan struct{}
}

// ViewOptions say how a View writes.
type ViewOptions struct {
	// Color allows ANSI colours, in what the view writes and in output.
	Color bool
	// Progress keeps a line about the run below the output; the writer must
	// be a terminal.
	Progress bool
	// Source is set to show the code of each cell.
	Source bool
	// Quiet leaves only the progress line.
	Quiet bool
	// Width is the terminal's number of columns, 80 if 0.
	Width int
}

// progressEvery is how often the progress line is drawn anew.
const progressEvery = 100 * time.Millisecond

// NewView makes a view for a notebook.
func NewView(out io.Writer, nb *Notebook, opts ViewOptions) *View {
	if opts.Width <= 0 {
		opts.Width = 80
	}
	v := &View{
		out: out, opts: opts, start: time.Now(), current: -1,
		count: map[int]int{}, late: map[int]string{},
		stop: make(chan struct{}), stopped: make(chan struct{}),
	}
	for _, c := range nb.Cells {
		if c.Runs() {
			v.total++
		}
	}
	go v.progress()
	return v
}

var _ Watcher = (*View)(nil)

// progress draws the progress line from time to time.
func (v *View) progress() {
	defer close(v.stopped)
	if !v.opts.Progress {
		return
	}
	t := time.NewTicker(progressEvery)
	defer t.Stop()
	for {
		select {
		case <-v.stop:
			return
		case <-t.C:
			v.mu.Lock()
			v.draw()
			v.mu.Unlock()
		}
	}
}

// Close finishes the view and says how the run went.
func (v *View) Close() {
	close(v.stop)
	<-v.stopped
	v.mu.Lock()
	defer v.mu.Unlock()
	v.doing = ""
	for _, i := range slices.Sorted(maps.Keys(v.late)) {
		if rest := v.late[i]; rest != "" {
			v.lateLine(i, rest)
		}
	}
	v.fresh()
}

// Elapsed is the time since the view was made.
func (v *View) Elapsed() time.Duration { return time.Since(v.start) }

// Begin shows a cell's text or code.
func (v *View) Begin(i int, c *Cell) {
	v.mu.Lock()
	defer v.mu.Unlock()
	switch {
	case c.Type == Markdown && !v.opts.Quiet:
		v.fresh()
		v.write("\n")
		for _, line := range strings.Split(strings.TrimRight(c.Source, "\n"), "\n") {
			if title := strings.TrimLeft(line, "#"); title != line && strings.HasPrefix(title, " ") {
				line = v.paint("1;36", line)
			}
			v.write(line + "\n")
		}
	case c.Runs():
		v.began = time.Now()
		v.doing = "starting"
	}
}

// Running shows the number and the code of the cell.
func (v *View) Running(i int, c *Cell) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.count[i] = c.Count
	v.doing = fmt.Sprintf("In[%d]", c.Count)
	if v.opts.Source {
		v.code(c.Count, c.Source)
	}
}

// code shows a cell's code with its number.
func (v *View) code(count int, source string) {
	label := fmt.Sprintf("In[%d]: ", count)
	blank := strings.Repeat(" ", len(label))
	v.fresh()
	v.write("\n")
	for n, line := range strings.Split(strings.TrimRight(source, "\n"), "\n") {
		head := blank
		if n == 0 {
			head = v.paint("1;32", label)
		}
		v.write(strings.TrimRight(head+v.paint("2", line), " ") + "\n")
	}
}

// Output shows an output.
func (v *View) Output(i int, out *Output, late bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	text := v.text(out)
	if late {
		if out.Type != Stream && v.late[i] != "" && !strings.HasSuffix(v.late[i], "\n") {
			text = "\n" + text
		}
		lines := strings.SplitAfter(v.late[i]+text, "\n")
		for _, l := range lines[:len(lines)-1] {
			v.lateLine(i, strings.TrimSuffix(l, "\n"))
		}
		v.late[i] = lines[len(lines)-1]
		return
	}
	if out.Type != Stream || v.current != i {
		v.fresh()
	}
	if out.Type == ExecuteResult {
		label := fmt.Sprintf("Out[%d]: ", out.Count)
		if strings.Contains(strings.TrimSuffix(text, "\n"), "\n") {
			label = strings.TrimRight(label, " ") + "\n"
		}
		text = v.paint("1;31", label) + text
	}
	v.current = i
	v.write(text)
}

func (v *View) lateLine(i int, line string) {
	v.fresh()
	v.current = -1
	if !v.opts.Color {
		line = Settle(line)
	}
	v.write(v.paint("35", fmt.Sprintf("In[%d] │ ", v.count[i])) + line + v.reset(line) + "\n")
}

// reset ends the colours that a line may have left on.
func (v *View) reset(line string) string {
	if strings.Contains(line, "\x1b[") {
		return "\x1b[0m"
	}
	return ""
}

// text is what to write for an output; only a stream's may lack a newline at
// its end.
func (v *View) text(out *Output) string {
	text := out.plain()
	if out.Type == DisplayData || out.Type == ExecuteResult {
		if text == "" {
			text = standIn(out.Data)
		}
	}
	if !v.opts.Color {
		text = StripANSI(text)
	}
	if out.Type != Stream && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return text
}

// standIn describes data that has no plain text.
func standIn(data Object) string {
	for _, mime := range []string{"text/markdown", "text/latex"} {
		if s, ok := data[mime].(string); ok {
			return s
		}
	}
	var parts []string
	for _, mime := range slices.Sorted(maps.Keys(data)) {
		size := ""
		if s, ok := data[mime].(string); ok {
			size = fmt.Sprintf(", %d bytes", len(s))
		}
		parts = append(parts, mime+size)
	}
	return "[" + strings.Join(parts, "; ") + "]"
}

// End notes that a cell is done.
func (v *View) End(i int, c *Cell) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.fresh()
	v.current = -1
	v.done++
	v.doing = ""
}

// Draining says that background tasks are waited for.
func (v *View) Draining() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.began = time.Now()
	v.doing = "background tasks"
}

// Left shows what was still running at the end.
func (v *View) Left(text string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.fresh()
	v.current = -1
	v.write(strings.TrimRight(text, "\n") + "\n")
}

func (v *View) paint(code, s string) string {
	if !v.opts.Color || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// fresh ends an unfinished line.
func (v *View) fresh() {
	v.erase()
	if v.column {
		v.write("\n")
	}
}

func (v *View) write(s string) {
	if s == "" || v.opts.Quiet {
		return
	}
	v.erase()
	v.column = !strings.HasSuffix(s, "\n")
	_, _ = io.WriteString(v.out, s) // nobody reads any more: the run goes on
}

// draw draws the progress line, if the output's last line is finished.
func (v *View) draw() {
	if v.doing == "" || v.column || time.Since(v.began) < 3*progressEvery {
		return
	}
	text := fmt.Sprintf("▸ %d/%d cells · %s · %.1f s", v.done, v.total, v.doing, time.Since(v.began).Seconds())
	if n := utf8.RuneCountInString(text); n >= v.opts.Width {
		text = string([]rune(text)[:v.opts.Width-1])
	}
	_, _ = io.WriteString(v.out, "\r\x1b[K"+v.paint("36", text))
	v.drawn = true
}

func (v *View) erase() {
	if v.drawn {
		_, _ = io.WriteString(v.out, "\r\x1b[K")
		v.drawn = false
	}
}
