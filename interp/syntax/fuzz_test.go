package syntax

// This file feeds the parser anything: it must neither panic nor hang, tokens
// must cover the text, and the span of a node must hold those of its children.

import (
	"os"
	"strings"
	"testing"
)

// check parses text and returns what is wrong with the result.
func check(text string) string {
	toks, _ := lex(text, 0)
	end := uint32(0)
	for i := range toks {
		t := &toks[i]
		if t.start < end || t.end < t.start {
			return "tokens overlap"
		}
		if !blank(text[end:t.start]) {
			return "text between tokens: " + text[end:t.start]
		}
		if t.kind == tNewline && !blank(text[t.start:t.end]) {
			return "text in a line break: " + text[t.start:t.end]
		}
		end = t.end
	}
	if n := len(toks); n == 0 || toks[n-1].kind != tEOF || int(end) != len(text) {
		return "tokens do not reach the end"
	}
	f := NewFile("fuzz", text, 1)
	tree := Parse(f)
	for _, d := range tree.Diagnostics {
		if d.Span.Start < 0 || d.Span.End > len(text) || d.Span.Start > d.Span.End || d.Msg == "" {
			return "span of a diagnostic: " + d.Msg
		}
	}
	RenderDiagnostics(f, tree.Diagnostics[:min(len(tree.Diagnostics), 10)])
	if msg := checkNode(tree, tree.Root, true); msg != "" {
		return msg
	}
	ToExpr(Sexpr{Lines: true}, tree, tree.Root)
	for _, n := range tree.Statements() {
		ToExpr(Sexpr{}, tree, n)
	}
	ToExpr(Sexpr{}, ParseDialect(f, Julia15), 0)
	IsComplete(text)
	for offset := 0; offset < len(text); {
		_, next := ParseOne(f, offset, true)
		if next <= offset {
			return "no progress"
		}
		offset = next
		if len(text) > 300 {
			break
		}
	}
	ParseOne(f, 0, false)
	return ""
}

// blank reports whether s has nothing but blanks and comments.
func blank(s string) bool {
	l := lexer{text: s}
	l.blanks()
	return l.pos == len(s)
}

// checkNode checks the spans below n. Children are in the order of Expr, so
// only what is between those of the text is compared; and a node does not share
// bytes with its sisters.
func checkNode(t *Tree, n Node, top bool) string {
	s := t.Span(n)
	if s.Start < 0 || s.End > len(t.File.Text) || s.Start > s.End {
		return "span of " + t.Kind(n).String()
	}
	for _, k := range t.Kids(n) {
		if ks := t.Span(k); ks.Start < s.Start || ks.End > s.End {
			return "span of " + t.Kind(k).String() + " in " + t.Kind(n).String() + " in: " + t.Text(n)
		}
		if msg := checkNode(t, k, false); msg != "" {
			return msg
		}
	}
	return ""
}

func FuzzParse(f *testing.F) {
	if data, err := os.ReadFile("testdata/expr.txt"); err == nil {
		for _, c := range strings.Split(string(data), "-- source\n")[1:] {
			source, _, _ := strings.Cut(c, "\n-- expr\n")
			f.Add(source)
		}
	}
	for _, c := range diagnostics {
		f.Add(c.source)
	}
	for _, c := range newForms {
		f.Add(c.source)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1000 {
			return
		}
		if msg := check(text); msg != "" {
			t.Errorf("%q: %s", text, msg)
		}
	})
}

// TestMutations runs check over each case with a token left out, and with two
// cases run together.
func TestMutations(t *testing.T) {
	data, err := os.ReadFile("testdata/expr.txt")
	if err != nil {
		t.Fatal(err)
	}
	before := "x"
	for _, c := range strings.Split(string(data), "-- source\n")[1:] {
		source, _, _ := strings.Cut(c, "\n-- expr\n")
		toks, _ := lex(source, 0)
		texts := []string{source, before + source, before + " " + source, before + "\n" + source, "[" + source, "(" + source, source + ")", source + " end"}
		for i := range toks {
			texts = append(texts, source[:toks[i].start]+source[toks[i].end:], source[:toks[i].start], source[toks[i].start:])
		}
		for _, text := range texts {
			if msg := check(text); msg != "" {
				t.Errorf("%q: %s", text, msg)
			}
		}
		before = source
	}
}
