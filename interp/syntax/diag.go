package syntax

// This file holds diagnostics: what they say, how they are shown, and what
// they tell about a text being complete.

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Diagnostic is an error or a warning about a range of the text. Incomplete
// means that more text could make it right; Tag then says what is missing, in
// the words of Base.incomplete_tag: "string", "cmd", "comment", "char",
// "block" or "other".
type Diagnostic struct {
	Span       Span
	Msg        string
	Incomplete bool
	Warning    bool
	Tag        string
}

// RenderError returns the text of a ParseError: the diagnostics up to the first
// error, each with the line it is about.
func RenderError(f *File, ds []Diagnostic) string {
	for i := range ds {
		if !ds[i].Warning {
			return "ParseError:\n" + RenderDiagnostics(f, ds[:i+1])
		}
	}
	return "ParseError:\n" + RenderDiagnostics(f, ds)
}

// RenderDiagnostics returns the diagnostics as text, each as a line that says
// where, the line of source and the one before it, and a mark with the message.
func RenderDiagnostics(f *File, ds []Diagnostic) string {
	var b strings.Builder
	for i := range ds {
		if i > 0 {
			b.WriteByte('\n')
		}
		render(&b, f, &ds[i])
	}
	return b.String()
}

func render(b *strings.Builder, f *File, d *Diagnostic) {
	level := "Error"
	if d.Warning {
		level = "Warning"
	}
	start, end := d.Span.Start, d.Span.End
	at := f.shownLine(start)
	line, col := f.Position(start)
	if f.FirstLine+at != line {
		line, col = f.FirstLine+at, 1+utf8.RuneCountInString(f.Text[f.starts[at]:start])
	}
	where := f.Name
	if where == "" {
		where = "line "
	} else {
		where += ":"
	}
	b.WriteString("# " + level + " @ " + where + strconv.Itoa(line) + ":" + strconv.Itoa(col) + "\n")
	last := at
	if end > start {
		last = f.shownLine(end - 1)
	}
	from := int(f.starts[max(at-1, 0)])
	lineStart := int(f.starts[at])
	if last == at {
		stop := f.lineSpan(at).End
		writeLine(b, f.Text[from:stop])
		marker(b, f.Text[lineStart:start], f.Text[start:end], true, d.Msg)
		return
	}
	b.WriteString(f.Text[from:lineStart])
	first := f.lineSpan(at)
	marker(b, f.Text[lineStart:start], f.Text[start:first.End], false, "")
	b.WriteByte('\n')
	end1 := f.lineSpan(last)
	if last-at-1 <= 2 {
		writeLine(b, f.Text[lineStart:end1.End])
	} else {
		b.WriteString(f.Text[lineStart:f.lineSpan(at+1).End])
		b.WriteString("⋮\n")
		writeLine(b, f.Text[f.starts[last-1]:end1.End])
	}
	b.WriteByte('#')
	if w := width(strings.TrimRight(f.Text[end1.Start:end], "\n")); w > 1 {
		b.WriteString(strings.Repeat("─", w-2) + "┘")
	} else {
		b.WriteString("┘")
	}
	b.WriteString(" ── " + d.Msg)
}

// shownLine returns the index of the line that an offset is shown in: after a
// final line break, that is the last line with text.
func (f *File) shownLine(offset int) int {
	i := f.lineIndex(offset)
	if i > 0 && int(f.starts[i]) == len(f.Text) {
		i--
	}
	return i
}

func writeLine(b *strings.Builder, s string) {
	b.WriteString(s)
	if !strings.HasSuffix(s, "\n") {
		b.WriteByte('\n')
	}
}

// marker writes the line under (or above) the marked text.
func marker(b *strings.Builder, prefix, marked string, under bool, msg string) {
	indent := blankOut(prefix)
	if indent != "" {
		if indent[0] == '\t' {
			indent = "#" + indent
		} else {
			_, n := utf8.DecodeRuneInString(indent)
			indent = "#" + indent[n:]
		}
	}
	b.WriteString(indent)
	w := width(marked)
	if !under {
		b.WriteString("┌" + strings.Repeat("─", max(w-1, 0)))
		return
	}
	switch w {
	case 0:
		b.WriteString("└")
	case 1:
		b.WriteString("╙")
	default:
		b.WriteString("└" + strings.Repeat("─", w-2) + "┘")
	}
	b.WriteString(" ── " + msg)
}

// blankOut returns blanks as wide as s.
func blankOut(s string) string {
	var b strings.Builder
	for _, r := range s {
		if unicode.IsSpace(r) {
			b.WriteRune(r)
		} else {
			b.WriteString(strings.Repeat(" ", runeWidth(r)))
		}
	}
	return b.String()
}

// width returns the columns s takes, a tab counting four.
func width(s string) int {
	w := 0
	for _, r := range s {
		if r == '\t' {
			w += 4
		} else {
			w += runeWidth(r)
		}
	}
	return w
}

// runeWidth returns the columns of a character: 0 for controls and marks, 2
// for wide letters and symbols.
func runeWidth(r rune) int {
	switch {
	case r < 0x20 || 0x7f <= r && r < 0xa0 || unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case 0x1100 <= r && r <= 0x115f, 0x2e80 <= r && r <= 0x303e, 0x3041 <= r && r <= 0xa4cf,
		0xac00 <= r && r <= 0xd7a3, 0xf900 <= r && r <= 0xfaff, 0xfe30 <= r && r <= 0xfe6f,
		0xff00 <= r && r <= 0xff60, 0xffe0 <= r && r <= 0xffe6, 0x1f300 <= r && r <= 0x1f64f,
		0x1f900 <= r && r <= 0x1f9ff, 0x20000 <= r && r <= 0x3fffd:
		return 2
	}
	return 1
}

// A Status says whether a text can be run as it stands.
type Status uint8

// A text is complete, or needs more, or is wrong whatever follows.
const (
	Complete Status = iota
	Incomplete
	Invalid
)

// IsComplete tells whether text is complete Julia. If more is needed, indent is
// the blanks the next line should begin with.
func IsComplete(text string) (s Status, indent string) {
	t := Parse(NewFile("none", text, 1))
	for i := range t.Diagnostics {
		switch d := &t.Diagnostics[i]; {
		case d.Warning:
		case d.Incomplete:
			return Incomplete, strings.Repeat("    ", t.open)
		default:
			return Invalid, ""
		}
	}
	return Complete, ""
}
