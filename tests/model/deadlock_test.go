package model

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"weft/interp"
)

// deadlockPrograms is how many programs are run.
const deadlockPrograms = 150

// What is waited for, where it stands (a definition, if any, and how to name it; %d is a number of
// its own, %s what makes it), how it is woken, and when the waking comes (%v is the delay, %s the waking).
var (
	waitables = []string{"Channel()", "Channel{Int}(1)", "Condition()", "Base.Event()", "taken()"}
	places    = [][2]string{
		{"x%[1]d = %[2]s", "x%d"}, {"const k%[1]d = %[2]s", "k%d"}, {"d%[1]d = Dict(:at => %[2]s)", "d%d[:at]"},
		{"Far.things[%[1]d] = %[2]s", "Far.things[%d]"}, {"Far.Farther.things[%[1]d] = %[2]s", "Far.Farther.things[%d]"},
		{"r%[1]d = Ref{Any}(%[2]s)", "r%d[]"}, {"g%[1]d = let c = %[2]s; () -> c; end", "g%d()"},
		{"l%[1]d = Link(1, Link(%[2]s, nothing))", "l%d.next.item"}, {"t%[1]d = (1, (a=%[2]s, b=2))", "t%d[2].a"},
		{"a%[1]d = Any[1, [%[2]s]]", "a%d[2][1]"}, {"w%[1]d = Waker(%[2]s)", "w%d.of"},
	}
	wakings = []string{
		"wake(%s)", "keyword(what=%s, z=1)", "several(%s)", "act(Waker(%s))", "length(Waker(%s))", "for _ in Waker(%s); end",
		"print(devnull, Waker(%s))", `string("a", Waker(%s))`, "repr(Any[Waker(%s)])", "sum([Waker(%s) + 1])", "map(wake, Any[%s])",
		"Base.invokelatest(wake, %s)", "getfield(Main, :wake)(%s)", "Core.eval(Main, :wake)(%s)", "[wake(q) for q in Any[%s]]",
		"Lazy(Dict{Symbol,Any}(:z => %s)).z", "Caller(() -> wake(%s))()", "(wake ∘ identity)(%s)", "Base.Fix1((f, x) -> f(x), wake)(%s)",
		"@waking(%s)", "generated(%s)", "foreach(_ -> wake(%s), 1:1)", "try; error(1); catch; finally; wake(%s); end",
		"get(() -> wake(%s), Dict(), 1)", "Dict(:a => wake)[:a](%s)", "wake.(Any[%s])",
	}
	comings = []string{
		"@async (sleep(%[1]v); %[2]s)", "Timer(_ -> %[2]s, %[1]v)", "let a = @async(sleep(%[1]v)); @async (wait(a); %[2]s); end",
		"@async begin; sleep(%[1]v); @async %[2]s; end", "Threads.@spawn (sleep(%[1]v); %[2]s)",
		"let t = Task(() -> %[2]s); @async (sleep(%[1]v); schedule(t)); end", "let c = Condition(); @async (wait(c); %[2]s); @async (sleep(%[1]v); notify(c)); end",
		"let c = Channel(1); @async (take!(c); %[2]s); @async (sleep(%[1]v); put!(c, 0)); end", "@async @sync begin; @async (sleep(%[1]v); %[2]s); end",
		"errormonitor(@async (sleep(%[1]v); %[2]s))", "@async asyncmap(_ -> (sleep(%[1]v); %[2]s), 1:1)",
	}
	delays = []int{1, 4, 7, 15, 50, 120} // in tenths of a second
)

// pick is one of what there is, at random.
func pick[T any](r *rand.Rand, of []T) T { return of[r.IntN(len(of))] }

// wakingProgram waits for one thing after the other, each of which is woken by something else, or by
// nothing: then lost is true, and it ends there. lines are what it prints.
func wakingProgram(r *rand.Rand, id *int) (text string, lines []string, lost bool) {
	var b strings.Builder
	b.WriteString("start = time()\n")
	tenths := 0
	for range 1 + r.IntN(5) {
		*id++
		place := pick(r, places)
		fmt.Fprintf(&b, place[0]+"\n", *id, pick(r, waitables))
		name := fmt.Sprintf(place[1], *id)
		delay := pick(r, delays)
		fmt.Fprintf(&b, pick(r, comings)+"\n", float64(delay)/10, fmt.Sprintf(pick(r, wakings), name))
		if r.IntN(12) == 0 {
			fmt.Fprintf(&b, "await(%s)\n", pick(r, waitables))
			return b.String(), lines, true
		}
		fmt.Fprintf(&b, "await(%s)\nprintln(round(Int, 10 * (time() - start)))\n", name)
		tenths += delay
		lines = append(lines, fmt.Sprint(tenths))
	}
	return b.String(), lines, false
}

// A foreground that something will wake is never said to be in a deadlock, however what wakes it
// comes by what it waits for; one that nothing will wake always is, beside all that goes on.
func TestDeadlocksAreExactBesideOthers(t *testing.T) {
	in, err := interp.New(interp.Options{Plain: true, VirtualTime: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close() })
	d := &driver{t: t, in: in}
	prelude, err := os.ReadFile("deadlock.jl")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.eval("deadlock.jl", string(prelude)); err != nil {
		t.Fatal(err)
	}
	s, id := startSeed(t), 0
	for i := range deadlockPrograms {
		text, lines, lost := wakingProgram(rand.New(rand.NewPCG(s, uint64(i))), &id)
		out, err := d.eval("program", text)
		switch {
		case lost && (err == nil || !strings.Contains(err.Error(), "DeadlockError")):
			t.Fatalf("seed %d, program %d: no deadlock: %v\n%s", s, i, err, text)
		case !lost && err != nil:
			t.Fatalf("seed %d, program %d: %v\n%s", s, i, err, text)
		case !lost && out != strings.Join(lines, "\n")+"\n":
			t.Fatalf("seed %d, program %d: printed %q, wanted %q\n%s", s, i, out, lines, text)
		}
	}
}
