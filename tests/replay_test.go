package tests

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"weft/interp"
)

// typed is a transcript with lines of input.
type typed struct {
	transcript
	lines []string
}

func (o *typed) ReadLine(context.Context, string, bool) (string, error) {
	if len(o.lines) == 0 {
		return "", io.EOF
	}
	line := o.lines[0]
	o.lines = o.lines[1:]
	return line, nil
}

// cells gives the function that runs cells of one notebook, which read the lines; it
// returns what a cell prints.
func cells(t *testing.T, lines ...string) func(text string) string {
	in, out, count := newInterp(t), &typed{lines: lines}, 0
	return func(text string) string {
		t.Helper()
		count++
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		r := in.Eval(ctx, interp.Source{Name: "cell", Text: text}, out, interp.EvalOptions{Count: count, StoreHistory: true, SoftScope: true})
		if r.Err != nil {
			t.Fatal(strings.Join(r.Err.Traceback, "\n"))
		}
		return out.take()
	}
}

// A recorded cell prints the same again: times, random numbers, order, input.
func TestCellsAreReplayed(t *testing.T) {
	run := cells(t, "one", "two")
	cell := `
@sync begin
    for i in 1:3
        @async for k in 1:3
            sleep(0.001 + 0.005rand())
            println(i, " ", k, " ", time())
        end
    end
    @async println("computed ", sum(sqrt(i) for i in 1:200_000), " ", time_ns())
    @async println("typed ", readline(), readline(), eof(stdin))
    c = Channel{Int}(9)
    foreach(i -> put!(c, i), 1:9)
    for i in 1:9
        Weft.@select begin
            x = take!(c)  => print(x)
            put!(c, 10i)  => print("+")
            after(0.0001) => print("-")
        end
    end
end
`
	run("Weft.record()")
	first := run(cell)
	for range 3 {
		if again := run("Weft.replay(2);"); again != first {
			t.Fatalf("first:\n%s\nagain:\n%s", first, again)
		}
	}
}

// What files, sockets and processes gave is on the tape: a replay needs none of them.
func TestReplayIsWithoutTheOutside(t *testing.T) {
	run := cells(t)
	run(`using Sockets, Random; path, io = mktemp(); write(io, "before"); close(io); Weft.record()`)
	first := run(`
println(read(path, String), " ", filesize(path))
write(path, "after ", time_ns())
println(read(path, String), " ", rand(RandomDevice(), UInt32))
server = listen(ip"127.0.0.1", 0)
@sync begin
    @async (s = accept(server); println("server got ", readline(s)); println(s, "answer ", rand()); close(s))
    @async (s = connect(getsockname(server)[2]); println(s, "asked at ", time_ns()); println("client got ", readline(s)); close(s))
    @async for l in eachline(` + "`sh -c 'for i in 1 2 3; do echo $i $$; sleep 0.01; done'`" + `); println(l); end
    @async open(io -> foreach(l -> (println(l); yield()), eachline(io)), path)
end
close(server)
try connect(getsockname(server)[2]) catch e; println(e) end
run(` + "`sh -c 'echo written by $$'`" + `)
`)
	run(`Weft.record(false); rm(path)`)
	for range 2 {
		if again := run("Weft.replay(2);"); again != first {
			t.Fatalf("first:\n%s\nagain:\n%s", first, again)
		}
	}
	if found := run(`println(ispath(path))`); found != "false\n" {
		t.Fatalf("the replay has written the file: %q", found)
	}
}
