// Package syntax reads Julia source: it turns text into tokens, tokens into a
// tree of nodes with byte spans, and the tree into Julia's Expr.
//
// The phases, each in files of its own prefix:
//
//	lex_*.go    text → []token, once for the whole text
//	parse_*.go  []token → Tree, recursive descent, one construct a file
//	expr_*.go   Tree → values of a Builder (Expr, Symbol, LineNumberNode, ...)
//
// Errors never stop the parser: it records a Diagnostic, leaves an error node
// and goes on. Every node knows the bytes it was read from.
package syntax

// This file holds source text and the mapping from byte offsets to lines.

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// A Span is the half-open range of bytes [Start, End) of a text.
type Span struct{ Start, End int }

// A File is a source text with its name and the number of its first line.
type File struct {
	Name      string
	Text      string
	FirstLine int

	starts []int32 // byte offset of the start of each line
}

// NewFile returns the file of the given name and text, whose lines count from
// firstLine.
func NewFile(name, text string, firstLine int) *File {
	f := &File{Name: name, Text: text, FirstLine: firstLine}
	f.starts = make([]int32, 1, 1+strings.Count(text, "\n"))
	for i := 0; ; {
		j := strings.IndexByte(text[i:], '\n')
		if j < 0 {
			return f
		}
		i += j + 1
		f.starts = append(f.starts, int32(i))
	}
}

// lineIndex returns the index of the line that holds the byte at offset.
func (f *File) lineIndex(offset int) int {
	i := sort.Search(len(f.starts), func(i int) bool { return int(f.starts[i]) > offset }) - 1
	return max(i, 0)
}

// Line returns the number of the line that holds the byte at offset.
func (f *File) Line(offset int) int { return f.FirstLine + f.lineIndex(offset) }

// Position returns the line number of the byte at offset and its column: the
// number, counted from 1, of its character in the line.
func (f *File) Position(offset int) (line, col int) {
	i := f.lineIndex(offset)
	offset = min(max(offset, 0), len(f.Text))
	return f.FirstLine + i, 1 + utf8.RuneCountInString(f.Text[f.starts[i]:offset])
}

// lineSpan returns the bytes of the line with the given index, its line end
// included.
func (f *File) lineSpan(i int) Span {
	if i+1 < len(f.starts) {
		return Span{int(f.starts[i]), int(f.starts[i+1])}
	}
	return Span{int(f.starts[i]), len(f.Text)}
}
