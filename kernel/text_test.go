package kernel

import (
	"context"
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"weft/interp"
)

func TestTextBuffer(t *testing.T) {
	type write struct {
		stream interp.Stream
		text   string
	}
	const out, err = interp.Stdout, interp.Stderr
	tests := []struct {
		name   string
		writes []write // an empty text takes what is whole
		want   []write
	}{
		{"one piece of several writes", []write{{out, "a"}, {out, "b"}}, []write{{out, "ab"}}},
		{"order of the streams", []write{{out, "1"}, {err, "2"}, {out, "3"}}, []write{{out, "1"}, {err, "2"}, {out, "3"}}},
		{"two bytes", []write{{out, "x\xc3"}, {}, {out, "\xa9y"}}, []write{{out, "x"}, {out, "éy"}}},
		{"four bytes one by one", []write{{out, "\xf0"}, {}, {out, "\x9d"}, {}, {out, "\x90"}, {}, {out, "\x9a"}}, []write{{out, "𝐚"}}},
		{"other stream between", []write{{out, "\xe2\x82"}, {}, {err, "!"}, {}, {out, "\xac"}}, []write{{err, "!"}, {out, "€"}}},
		{"never completed", []write{{out, "a\xe2\x82"}}, []write{{out, "a"}, {out, "\ufffd\ufffd"}}},
		{"invalid in the middle", []write{{out, "a\xffb"}}, []write{{out, "a\ufffdb"}}},
		{"cut by another character", []write{{out, "\xe2\x82"}, {}, {out, "a"}}, []write{{out, "\ufffd\ufffda"}}},
		{"only continuations", []write{{out, "\x82\x82\x82\x82"}}, []write{{out, strings.Repeat("\ufffd", 4)}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var b textBuffer
			var got []write
			emit := func(s interp.Stream, text []byte) { got = append(got, write{s, string(text)}) }
			for _, w := range tt.writes {
				if w.text == "" {
					b.take(emit)
				} else {
					b.add(w.stream, []byte(w.text))
				}
			}
			b.take(emit)
			b.takeTails(emit)
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
		})
	}
}

func FuzzTextBuffer(f *testing.F) {
	f.Add([]byte("aé€𝐚\xff\xe2"), 2)
	f.Fuzz(func(t *testing.T, data []byte, step int) {
		step = max(1, min(step, 1000))
		var b textBuffer
		var got []byte
		emit := func(_ interp.Stream, text []byte) {
			if !utf8.Valid(text) {
				t.Fatalf("invalid text %q", text)
			}
			got = append(got, text...)
		}
		for part := range slices.Chunk(data, step) {
			b.add(interp.Stdout, part)
			b.take(emit)
		}
		b.takeTails(emit)
		if want := string([]rune(string(data))); string(got) != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}

func TestReadCursor(t *testing.T) {
	tests := []struct {
		code   string
		pos    int
		at     int // code point found
		answer int // code point 0 before at, translated back
	}{
		{"print", 3, 3, 3},
		{"print", 99, 5, 5},
		{"print", -1, 0, 0},
		{"", 0, 0, 0},
		{"x = \"𝐚𝐚\"; printl", 16, 16, 16},       // code points, at the end
		{"x = '𝐚𝐚'; impo", 16, 14, 16},           // UTF-16, beyond the end
		{"𝐚 = 1; printl", 13, 13, 13},            // both readings possible: code points
		{"𝐚; printl + 1", 10, 9, 10},             // only as UTF-16 at a word's end
		{"𝐚; printl + 1", 9, 9, 9},               // only as code points at a word's end
		{"𝐚𝐚", 1, 1, 1},                          // would split a pair
		{"𝐚𝐚", 4, 2, 4},                          // beyond the end
		{"f(𝐚) + Threads. + 2", 16, 15, 16},      // after a dot
		{strings.Repeat("𝐚", 10), 15, 8, 16},     // splits, but beyond the end
		{"a\u0301 = \"𝐚\"; a\u0301", 12, 12, 12}, // combining marks are words
	}
	for _, tt := range tests {
		text, at := readCursor(tt.code, tt.pos)
		if at != tt.at || text.answer(at) != tt.answer {
			t.Errorf("%q at %d: code point %d, answered as %d; want %d, %d", tt.code, tt.pos, at, text.answer(at), tt.at, tt.answer)
		}
	}
}

func TestWireBundle(t *testing.T) {
	data, dropped := wireBundle(interp.Bundle{
		"text/plain":                    "a\xffb",
		"text/html; charset=utf-8":      "<b>",
		"no type":                       "x",
		"image/png":                     []byte{1, 2, 3},
		"application/json":              `{"a": [1, 2]}`,
		"application/vnd.x.v1+json":     json.RawMessage(`{"b":1}`),
		"application/vnd.bad+json":      json.RawMessage(`{"b":NaN}`),
		"application/x-map":             map[string]any{"x": math.NaN(), "y": []float64{1, math.Inf(1)}},
		"application/geo+json":          "not JSON",
		"application/x-func":            func() {},
		"application/x-nested-anything": []any{float32(1.5), map[int]string{1: "\xff"}, nil, struct{ A int }{1}},
	})
	if want := []string{"no type"}; !slices.Equal(dropped, want) {
		t.Errorf("dropped %q, want %q", dropped, want)
	}
	delete(data, "application/x-func") // its text has an address
	text, err := json.Marshal(data)
	if err != nil {
		t.Fatal(err)
	}
	var got, want any
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(`{
		"text/plain": "a\ufffdb", "text/html": "<b>", "image/png": "AQID",
		"application/json": {"a": [1, 2]}, "application/vnd.x.v1+json": {"b": 1},
		"application/vnd.bad+json": "{\"b\":NaN}", "application/x-map": {"x": null, "y": [1, null]},
		"application/geo+json": "not JSON",
		"application/x-nested-anything": [1.5, {"1": "\ufffd"}, null, {"A": 1}]}`), &want); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf(" got %v\nwant %v", got, want)
	}
}

func TestHistory(t *testing.T) {
	var h history
	for i, code := range []string{"1 + 2", "[1]", "1 + 2", "x"} {
		h.add(i+1, code)
	}
	h.setOutput(3, "3")
	stop := 3
	lines := func(entries []historyEntry) []int {
		got := []int{}
		for _, e := range entries {
			got = append(got, e.line)
		}
		return got
	}
	for name, tt := range map[string]struct{ got, want []int }{
		"tail":             {lines(h.tail(2)), []int{3, 4}},
		"tail of all":      {lines(h.tail(99)), []int{1, 2, 3, 4}},
		"tail of none":     {lines(h.tail(-1)), []int{}},
		"range":            {lines(h.between(0, 2, &stop)), []int{2}},
		"open range":       {lines(h.between(1, 3, nil)), []int{3, 4}},
		"other session":    {lines(h.between(-1, 1, nil)), []int{}},
		"search":           {lines(h.search("1 ? 2*", 0, false)), []int{1, 3}},
		"search unique":    {lines(h.search("1*", 0, true)), []int{3}},
		"search last":      {lines(h.search("*", 2, false)), []int{3, 4}},
		"search nothing":   {lines(h.search("2", 0, false)), []int{}},
		"search any":       {lines(h.search("", 1, false)), []int{4}},
		"search backtrack": {lines(h.search("*+ ?", 0, false)), []int{1, 3}},
	} {
		if !slices.Equal(tt.got, tt.want) {
			t.Errorf("%s: lines %v, want %v", name, tt.got, tt.want)
		}
	}
	got, err := json.Marshal(historyRows(h.between(0, 3, nil), true))
	if want := `[[1,3,["1 + 2","3"]],[1,4,["x",null]]]`; err != nil || string(got) != want {
		t.Errorf("rows %s, %v; want %s", got, err, want)
	}
	got, err = json.Marshal(historyRows(h.tail(1), false))
	if want := `[[1,4,"x"]]`; err != nil || string(got) != want {
		t.Errorf("rows %s, %v; want %s", got, err, want)
	}
}

func TestFIFO(t *testing.T) {
	q := newFIFO[int]()
	ctx, cancel := context.WithCancel(t.Context())
	for i := range 3 {
		q.push(i)
	}
	if x, ok := q.pop(ctx); x != 0 || !ok {
		t.Errorf("first is %d, %v", x, ok)
	}
	if rest := q.takeAll(); !slices.Equal(rest, []int{1, 2}) {
		t.Errorf("rest is %v", rest)
	}
	go q.push(7)
	if x, ok := q.pop(ctx); x != 7 || !ok {
		t.Errorf("later is %d, %v", x, ok)
	}
	cancel()
	q.push(8)
	if x, ok := q.pop(ctx); ok {
		t.Errorf("got %d after the end", x)
	}
}

// TestSettle waits, on a clock of its own, for the end of a burst.
func TestSettle(t *testing.T) {
	const ms = time.Millisecond
	for _, tt := range []struct {
		name   string
		pushes []time.Duration // since the start
		want   time.Duration
	}{
		{"nothing came", nil, 0},
		{"one", []time.Duration{0}, 10 * ms},
		{"burst", []time.Duration{0, 5 * ms, 12 * ms, 100 * ms}, 22 * ms},
		{"pause as long as the quiet", []time.Duration{0, 11 * ms}, 10 * ms},
		{"endless", []time.Duration{0, 9 * ms, 18 * ms, 27 * ms, 36 * ms, 45 * ms, 54 * ms}, 50 * ms},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				q := newFIFO[int]()
				for _, d := range tt.pushes {
					if d == 0 {
						q.push(0)
					} else {
						time.AfterFunc(d, func() { q.push(0) })
					}
				}
				start := time.Now()
				q.settle(t.Context(), 10*ms, 50*ms)
				if took := time.Since(start); took != tt.want {
					t.Errorf("took %v, want %v", took, tt.want)
				}
			})
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	q := newFIFO[int]()
	q.push(0)
	q.settle(ctx, time.Hour, time.Hour) // would not end in time
}

func TestWatchParent(t *testing.T) {
	asked, gone := 0, false
	watchParent(t.Context(), time.Microsecond, func() bool { asked++; return asked < 3 }, func() { gone = true })
	if asked != 3 || !gone {
		t.Errorf("asked %d times, gone is %v", asked, gone)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	watchParent(ctx, time.Hour, func() bool { return false }, func() { t.Error("gone after the end") })
	if !parentAlive("1")() {
		t.Error("this test's parent is said to be gone")
	}
}

func TestParseDrain(t *testing.T) {
	for text, want := range map[string]time.Duration{"0": 0, "2": 2 * time.Second, "1.5": 1500 * time.Millisecond, "3m": 3 * time.Minute} {
		if d, err := ParseDrain(text); err != nil || d != want {
			t.Errorf("%q: %v, %v; want %v", text, d, err, want)
		}
	}
	for _, text := range []string{"", "-1", "-1s", "soon", "NaN", "1e300"} {
		if d, err := ParseDrain(text); err == nil {
			t.Errorf("%q: %v, want an error", text, d)
		}
	}
}
