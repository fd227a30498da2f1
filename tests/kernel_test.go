package tests

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"weft/interp"
	"weft/kernel"
	"weft/messaging"
)

// This file checks what only a whole kernel shows: cells of Julia code, driven by a
// client over the transport in memory.

// patience is how long a test waits for what must come.
const patience = 60 * time.Second

// front is a client of a kernel, with all that it was told.
type front struct {
	t      *testing.T
	client *messaging.Client

	mu    sync.Mutex
	heard []told
	news  chan struct{}
}

// told is one broadcast.
type told struct {
	parent, kind string
	content      struct {
		Name      string            `json:"name"`
		Text      string            `json:"text"`
		State     string            `json:"execution_state"`
		Ename     string            `json:"ename"`
		Evalue    string            `json:"evalue"`
		Data      map[string]any    `json:"data"`
		Transient map[string]string `json:"transient"`
	}
	at time.Time
}

// openKernel starts a kernel with an interpreter.
func openKernel(t *testing.T, o interp.Options, k kernel.Options) *front {
	t.Helper()
	transport, client, err := messaging.NewPipe(messaging.Options{})
	if err != nil {
		t.Fatal(err)
	}
	o.Notices = true
	server := kernel.New(transport, func(context.Context) (interp.Interpreter, error) { return interp.New(o) }, k)
	f := &front{t: t, client: client, news: make(chan struct{}, 1)}
	sub := client.Subscribe()
	go func() {
		for m := range sub.C {
			x := told{parent: m.Parent().MsgID, kind: m.Header.MsgType, at: time.Now()}
			if err := json.Unmarshal(m.Content, &x.content); err != nil {
				x.kind = err.Error()
			}
			f.mu.Lock()
			f.heard = append(f.heard, x)
			f.mu.Unlock()
			select {
			case f.news <- struct{}{}:
			default:
			}
		}
	}()
	served := make(chan error, 1)
	go func() { served <- server.Serve(context.Background()) }()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if _, err := client.WaitReady(ctx); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		server.Stop()
		if err := client.Close(); err != nil {
			t.Error(err)
		}
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
	return f
}

// send sends a cell and returns its id. The notebook calls the cell by name.
func (f *front) send(name, code string) string {
	f.t.Helper()
	m, err := f.client.Send(messaging.Shell, "execute_request", messaging.ExecuteRequest{Code: code, StoreHistory: true},
		messaging.Extra{Metadata: map[string]any{"cellId": name}})
	if err != nil {
		f.t.Fatal(err)
	}
	return m.Header.MsgID
}

// run runs a cell and returns its id when the kernel is done with it.
func (f *front) run(code string) string {
	f.t.Helper()
	id := f.send("", code)
	f.idle(id)
	return id
}

func (f *front) idle(id string) {
	f.t.Helper()
	f.until(id, "idle", func(all []told) bool {
		return len(all) > 0 && all[len(all)-1].content.State == "idle" || anyOf(all, func(x told) bool { return x.content.State == "idle" })
	})
}

func anyOf(all []told, f func(told) bool) bool {
	for _, x := range all {
		if f(x) {
			return true
		}
	}
	return false
}

// interrupt asks for an interrupt and returns when the kernel has answered.
func (f *front) interrupt() {
	f.t.Helper()
	ctx, cancel := context.WithTimeout(f.t.Context(), patience)
	defer cancel()
	if err := f.client.Interrupt(ctx); err != nil {
		f.t.Fatal(err)
	}
}

// about gives the broadcasts so far whose parent is id.
func (f *front) about(id string) []told {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []told
	for _, x := range f.heard {
		if x.parent == id {
			out = append(out, x)
		}
	}
	return out
}

// until waits for the broadcasts about id to fulfil a condition.
func (f *front) until(id, what string, cond func([]told) bool) []told {
	f.t.Helper()
	deadline := time.After(patience)
	for {
		all := f.about(id)
		if cond(all) {
			return all
		}
		select {
		case <-f.news:
		case <-deadline:
			f.t.Fatalf("no %s; there is %+v", what, all)
		}
	}
}

// text joins what the streams of a cell said.
func text(all []told) string {
	var b strings.Builder
	for _, x := range all {
		if x.kind == "stream" {
			b.WriteString(x.content.Text)
		}
	}
	return b.String()
}

// says waits until the streams of id contain a text.
func (f *front) says(id, want string) {
	f.t.Helper()
	f.until(id, "text "+want, func(all []told) bool { return strings.Contains(text(all), want) })
}

// failure is the name of the error that a cell ended with.
func failure(all []told) string {
	for _, x := range all {
		if x.kind == "error" {
			return x.content.Ename
		}
	}
	return ""
}

// TestInterruptForeground stops cells in all that they may be doing, and only them.
func TestInterruptForeground(t *testing.T) {
	f := openKernel(t, interp.Options{}, kernel.Options{Again: time.Millisecond})
	// What waits shall do so until it is interrupted: with eval, the background might wake it.
	background := f.run(`ticks = Ref(0); bg = @async while true; sleep(0.01); ticks[] += 1; eval(1); end; lk = ReentrantLock(); held = @async (lock(lk); wait(Condition())); yield(); n = 0;
		using LinearAlgebra; isdone = Ref(false); fifo = joinpath(mktempdir(), "pipe"); run(` + "`mkfifo $fifo`" + `);`)
	for name, code := range map[string]string{
		"compute": `println("go"); while true end`,
		"call":    `println("go"); f(x) = x < 0 ? x : f2(x + 1); f2(x) = x % 7; while true; f(n); end`,
		"sleep":   `println("go"); sleep(1000)`,
		"take":    `println("go"); take!(Channel())`,
		"put":     `println("go"); put!(Channel(), 1)`,
		"lock":    `println("go"); lock(lk)`,
		"task":    `println("go"); wait(bg)`,
		"sync":    `println("go"); @sync @async sleep(1000)`,
		"timer":   `println("go"); wait(Timer(1000))`,
		"process": `println("go"); run(` + "`sleep 1000`" + `)`,
		"flood":   `println("go"); while true; println("x"^1000); end`,
		"yield":   `println("go"); while true; yield(); end`,
		"spawn":   `println("go"); while true; wait(@async 1); end`,
		"array":   `println("go"); while true; sum(x^2 for x in 1:1000); end`,
		"child":   `println("go"); @sync @async while !isdone[]; end`,
		"matrix":  `a = rand(150, 150); println("go"); while true; a * a; end`,
		"factors": `a = rand(300, 300); println("go"); while true; svd(a); end`,
		"sort":    `a = rand(2 * 10^6); println("go"); while true; sort(a); end`,
		"regex":   `println("go"); match(r"(a+)+$", "a"^60 * "b")`,
		"fifo":    `println("go"); read(fifo)`,
		"big":     `println("go"); string(big(7)^(10^7))`,
		"memory":  `println("go"); while true; zeros(10^7); end`,
		"items":   `println("go"); for x in (i + 1 for i in 1:10^10); end`,
		"typed":   `println("go"); while true; Int[i + 1 for i in 1:10^6]; end`,
		"filter":  `println("go"); sum(x for x in 1:10^10 if x < 0)`,
		"text":    `println("go"); while true; "ab"^(10^8); end`,
		"moving":  `println("go"); while true; x = collect(1:10^7); y = vcat(x, x) .* 2.5; end`,
	} {
		t.Run(name, func(t *testing.T) {
			f.t = t
			took := time.Hour
			// The computer may be busy with something else.
			for try := 0; try < 5 && took > promptly; try++ {
				id := f.send("", code)
				f.says(id, "go")
				time.Sleep(20 * time.Millisecond) // for the cell to be in the middle of it
				start := time.Now()
				f.interrupt()
				f.idle(id)
				took = time.Since(start)
				if got := failure(f.about(id)); got != "InterruptException" {
					t.Errorf("the cell ended with %q", got)
				}
			}
			if took > promptly {
				t.Errorf("it took %v", took)
			}
		})
	}
	f.t = t
	id := f.run(`isdone[] = true; before = ticks[]; sleep(0.1); println(ticks[] > before, istaskdone(bg), istaskdone(held))`)
	f.says(id, "truefalsefalse")
	if got := text(f.about(background)); got != "" {
		t.Errorf("the background's cell says %q", got)
	}
}

// TestTimersFireBetweenLongPrimitives has a cell in which few primitives take long.
func TestTimersFireBetweenLongPrimitives(t *testing.T) {
	f := openKernel(t, interp.Options{}, kernel.Options{})
	f.run(`ticks = 0; @async while true; sleep(0.001); global ticks += 1; end; a = rand(150, 150);`)
	id := f.run(`ticks = 0; for i in 1:5000; a * a; ticks > 5 && break; end; println(ticks > 5)`)
	f.says(id, "true\n")
}

// TestBusyTasksAreRunning looks at a task that computes from another cell.
func TestBusyTasksAreRunning(t *testing.T) {
	f := openKernel(t, interp.Options{}, kernel.Options{})
	f.run(`over = Ref(false); busy = @async while !over[]; end;`)
	id := f.run(`println(Weft.TaskInfo(busy).state); over[] = true;`)
	f.says(id, "running\n")
}

// TestInterruptTwice ends the background work by a second interrupt.
func TestInterruptTwice(t *testing.T) {
	f := openKernel(t, interp.Options{}, kernel.Options{})
	f.run(`a = @async sleep(1000); b = @async take!(Channel()); c = @async while true; yield(); end; yield();`)
	id := f.send("", `println("go"); sleep(1000)`)
	f.says(id, "go")
	f.interrupt()
	f.idle(id)
	f.interrupt()
	f.says(id, "Interrupted twice: 3 background tasks cancelled.")
	id = f.run(`println(map(istaskfailed, [a, b, c]), " and the kernel lives")`)
	f.says(id, "Bool[1, 1, 1] and the kernel lives")
}

// TestRerun ends the tasks of a cell's former run, if asked to.
func TestRerun(t *testing.T) {
	f := openKernel(t, interp.Options{}, kernel.Options{})
	f.run(`ts = []`)
	cell := `push!(ts, @async sleep(1000)); yield();`
	for _, name := range []string{"a", "a", "b", "", ""} {
		f.idle(f.send(name, cell))
	}
	id := f.run(`println(count(istaskdone, ts)); Weft.on_rerun(:cancel)`)
	f.says(id, "0\n")
	for _, name := range []string{"a", "b", ""} {
		f.idle(f.send(name, cell))
	}
	id = f.run(`yield(); println(map(istaskdone, ts), " ", Weft.on_rerun())`)
	f.says(id, "Bool[0, 1, 1, 0, 1, 0, 0, 0] cancel\n")
	id = f.run(`println(Weft.cancel(cell = 5), " ", Weft.cancel(ts[1]), " ", (yield(); Weft.cancel(ts[1])), " ", istaskfailed(ts[4]), " ", try Weft.on_rerun(:x) catch e; e.msg end)`)
	f.says(id, "1 true false true expected :keep or :cancel, got :x\n")
}

// page is the HTML that a cell's display of an id shows now, or that of all its
// displays when the id is "".
func page(all []told, id string) string {
	text := ""
	for _, x := range all {
		if h, ok := x.content.Data["text/html"].(string); ok && (id == "" || x.content.Transient["display_id"] == id) {
			_, text, _ = strings.Cut(h, "</style>")
		}
	}
	return text
}

// kinds counts the messages of a kind.
func kinds(all []told, kind string) int {
	n := 0
	for _, x := range all {
		if x.kind == kind {
			n++
		}
	}
	return n
}

// TestCard follows the card of a task from its start to its end.
func TestCard(t *testing.T) {
	f := openKernel(t, interp.Options{}, kernel.Options{})
	f.run(`c = Channel{Int}(1)`)
	id := f.run(`t = Weft.name!((@async (put!(c, 1); put!(c, 2); 6 * 7)), "worker")`)
	card := func(want string) {
		t.Helper()
		f.until(id, want, func(all []told) bool { return strings.Contains(page(all, ""), want) })
	}
	card("waits for put! to Channel{Int64}, 1 of 1 item")
	f.run(`take!(c)`)
	card("<code>42</code>")
	all := f.about(id)
	var first told
	for _, x := range all {
		if x.kind == "execute_result" {
			first = x
		}
		if text, ok := x.content.Data["text/plain"].(string); ok && !strings.HasPrefix(text, "Task (runnable") {
			t.Errorf("the text became %q", text)
		}
	}
	if first.content.Transient["display_id"] == "" || !strings.Contains(page([]told{first}, ""), "worker") {
		t.Errorf("the result is %+v", first)
	}
	// What JupyterLab updates is display_data.
	m, err := f.client.Send(messaging.Shell, "execute_request", messaging.ExecuteRequest{Code: `@async error("<boom>")`, StoreHistory: true},
		messaging.Extra{Metadata: map[string]any{"cellId": "x", "deletedCells": []string{}}})
	if err != nil {
		t.Fatal(err)
	}
	id = m.Header.MsgID
	card("<details><summary>ErrorException: &lt;boom&gt;</summary>")
	if all := f.about(id); kinds(all, "display_data") == 0 || kinds(all, "execute_result") != 0 {
		t.Errorf("%d display_data", kinds(all, "display_data"))
	}
}

// TestCardIsCoalesced has a card of a task that never comes to rest.
func TestCardIsCoalesced(t *testing.T) {
	f := openKernel(t, interp.Options{}, kernel.Options{})
	id := f.run(`c = Channel{Int}(100)`)
	f.run(`t = @async for i in 1:50; put!(c, i); sleep(0.01); end; sleep(1); close(c); while isready(c) take!(c) end`)
	f.until(id, "the closed channel", func(all []told) bool { return strings.Contains(page(all, ""), "closed, 0 of 100 items") })
	if n := kinds(f.about(id), "update_display_data"); n < 2 || n > 20 {
		t.Errorf("%d updates in about a second", n)
	}
}

// TestNotices tells of failures that nobody waits for, once and in their cells.
func TestNotices(t *testing.T) {
	f := openKernel(t, interp.Options{}, kernel.Options{})
	id := f.run(`lost = @async (sleep(0.2); error("boom")); nothing`)
	other := f.run(`sleep(0.5)`)
	all := f.until(id, "the notice", func(all []told) bool { return kinds(all, "display_data") == 1 })
	text, _ := all[len(all)-1].content.Data["text/plain"].(string)
	if !strings.HasPrefix(text, "Task #") || !strings.HasSuffix(text, " failed: ErrorException: boom, spawned at In[1]:1") {
		t.Errorf("the notice is %q", text)
	}
	if n := kinds(f.about(other), "display_data"); n != 0 {
		t.Errorf("%d notices in the other cell", n)
	}
	quiet := []string{
		`t = @async error("a"); try wait(t) catch end`,
		`@sync begin; @async sleep(0.1); @async error("b"); end`,
		`ts = [@async(error("c")), @async(sleep(0.05))]; foreach(t -> wait(t; throw=false), ts)`,
		`c = Channel(c -> error("d")); nothing`,
		`t = errormonitor(@async error("e")); sleep(0.05)`,
		`t = @async sleep(10); yield(); Weft.cancel(t); yield()`,
		`Weft.notices(false); t = @async error("f"); sleep(0.3); Weft.notices(true)`,
		`waitall([@async(error("g"))]; throw=false); nothing`,
	}
	var ids []string
	for _, code := range quiet {
		ids = append(ids, f.run(code))
	}
	f.run(`sleep(0.5)`)
	for i, id := range ids {
		if n := kinds(f.about(id), "display_data"); n != 0 {
			t.Errorf("%s: %d notices", quiet[i], n)
		}
	}
	if n := kinds(f.about(id), "display_data"); n != 1 {
		t.Errorf("the failure was told %d times", n)
	}
}

// TestNoticeBesideCard has a card tell of a failure only where it is redrawn: in a
// notebook, whose cells have names.
func TestNoticeBesideCard(t *testing.T) {
	f := openKernel(t, interp.Options{}, kernel.Options{})
	console := f.send("", `@async (sleep(0.1); error("boom"))`)
	notebook := f.send("x", `@async (sleep(0.1); error("boom"))`)
	f.until(console, "the notice", func(all []told) bool { return kinds(all, "display_data") == 1 })
	f.until(notebook, "the card", func(all []told) bool { return strings.Contains(page(all, ""), "ErrorException: boom") })
	f.run(`sleep(0.3)`)
	if n := kinds(f.about(notebook), "display_data"); n != 0 {
		t.Errorf("%d notices beside a card that is redrawn", n)
	}
}

// TestDrain has cells that end only when their tasks have, or when the time is up.
func TestDrain(t *testing.T) {
	f := openKernel(t, interp.Options{}, kernel.Options{Drain: time.Second})
	id := f.run(`t = @async (sleep(0.3); println("late"); @async (sleep(0.1); error("later"))); nothing`)
	all := f.about(id)
	if text(all) != "late\n" || kinds(all, "display_data") != 1 {
		t.Errorf("when the cell ended it had said %q, with %d notices", text(all), kinds(all, "display_data"))
	}
	id = f.run(`t = @async sleep(0.2); t`)
	if p := page(f.about(id), ""); !strings.Contains(p, `"b done"`) {
		t.Errorf("when the cell ended its card was %q", p)
	}
	id = f.run(`Weft.name!((@async while true; sleep(0.01); end), "ticker"); nothing`)
	if got := text(f.about(id)); !strings.HasPrefix(got, "Still running:\n  task ") || !strings.Contains(got, ` "ticker" (spawned at In[3]:1): `) {
		t.Errorf("what is left is told by %q", got)
	}
}

// TestMonitor follows the dashboard.
func TestMonitor(t *testing.T) {
	f := openKernel(t, interp.Options{}, kernel.Options{})
	f.run(`c = Channel{Int}(4); put!(c, 1)`)
	id := f.run(`Weft.monitor()`)
	f.run(`t = Weft.name!((@async (put!(c, 2); take!(Channel()))), "worker"); nothing`)
	f.until(id, "the worker", func(all []told) bool {
		p := page(all, "")
		return strings.Contains(p, "worker") && strings.Contains(p, "2 of 4 items") && strings.Contains(p, "<svg")
	})
	f.run(`Weft.monitor(false)`)
	n := kinds(f.about(id), "update_display_data")
	f.run(`Weft.cancel(t); sleep(0.6)`)
	if m := kinds(f.about(id), "update_display_data"); m != n {
		t.Errorf("%d updates after the end", m-n)
	}
}
