package kernel

// This file buffers what the tasks of a cell write: pieces of the two streams
// in the order of writing, handed on in whole UTF-8 characters.

import (
	"bytes"
	"unicode/utf8"

	"weft/interp"
)

// piece is text written to one stream without a break.
type piece struct {
	stream interp.Stream
	text   []byte
}

// textBuffer collects pieces. The zero value is empty.
type textBuffer struct {
	pieces []piece
	size   int
	// tails hold for each stream the beginning of a character whose other
	// bytes have not been written yet.
	tails [2][]byte
}

// add appends what was written.
func (b *textBuffer) add(stream interp.Stream, p []byte) {
	b.size += len(p)
	if n := len(b.pieces); n > 0 && b.pieces[n-1].stream == stream {
		b.pieces[n-1].text = append(b.pieces[n-1].text, p...)
		return
	}
	b.pieces = append(b.pieces, piece{stream, bytes.Clone(p)})
}

// take empties the buffer but for incomplete characters and gives each piece,
// valid UTF-8 now, to emit.
func (b *textBuffer) take(emit func(stream interp.Stream, text []byte)) {
	pieces := b.pieces
	b.pieces, b.size = nil, 0
	for _, p := range pieces {
		text := p.text
		if tail := b.tails[p.stream]; len(tail) > 0 {
			text = append(tail, text...)
			b.tails[p.stream] = nil
		}
		whole := wholeRunes(text)
		if whole < len(text) {
			b.tails[p.stream] = bytes.Clone(text[whole:])
			text = text[:whole]
		}
		if len(text) > 0 {
			emit(p.stream, replaceInvalid(text))
		}
	}
}

// takeTails gives up on incomplete characters: their bytes are replaced.
func (b *textBuffer) takeTails(emit func(stream interp.Stream, text []byte)) {
	for i, tail := range b.tails {
		if len(tail) > 0 {
			b.tails[i] = nil
			emit(interp.Stream(i), replaceInvalid(tail))
		}
	}
}

// wholeRunes is the length of text without a character that is cut off at
// its end.
func wholeRunes(text []byte) int {
	n := len(text)
	for i := 1; i < utf8.UTFMax && i <= n; i++ {
		if c := text[n-i]; utf8.RuneStart(c) {
			if c >= utf8.RuneSelf && !utf8.FullRune(text[n-i:]) {
				return n - i
			}
			return n
		}
	}
	return n
}

// replaceInvalid replaces each byte that is not UTF-8 by U+FFFD.
func replaceInvalid(text []byte) []byte {
	if utf8.Valid(text) {
		return text
	}
	return []byte(string([]rune(string(text))))
}
