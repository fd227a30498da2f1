package notebook

// This file knows what a terminal makes of text: colours, carriage returns,
// backspaces.

import (
	"fmt"
	"html"
	"strconv"
	"strings"
)

// StripANSI takes the escape sequences out of a text.
func StripANSI(s string) string {
	if !strings.Contains(s, "\x1b") {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		i := strings.IndexByte(s, '\x1b')
		if i < 0 {
			b.WriteString(s)
			break
		}
		b.WriteString(s[:i])
		_, _, n := escape(s[i:])
		s = s[i+n:]
	}
	return b.String()
}

// escape reads the escape sequence that s starts with: the parameters and the
// final byte of a control sequence (0 for others), and its length.
func escape(s string) (params string, final byte, n int) {
	if len(s) < 2 {
		return "", 0, len(s)
	}
	switch s[1] {
	case '[':
		for i := 2; i < len(s); i++ {
			if c := s[i]; c >= 0x40 && c <= 0x7e {
				return s[2:i], c, i + 1
			}
		}
		return "", 0, len(s)
	case ']': // ends with BEL or ESC \
		for i := 2; i < len(s); i++ {
			if s[i] == '\a' {
				return "", 0, i + 1
			}
			if s[i] == '\x1b' && i+1 < len(s) && s[i+1] == '\\' {
				return "", 0, i + 2
			}
		}
		return "", 0, len(s)
	}
	return "", 0, 2
}

// Settle gives a text as it stands on a terminal at the end: what is after a
// carriage return replaces what was before it on the line, a backspace takes
// back a character. Lines with colours are replaced as a whole.
func Settle(s string) string {
	if !strings.ContainsAny(s, "\r\b") {
		return s
	}
	lines := strings.SplitAfter(s, "\n")
	for i, l := range lines {
		body, end := strings.CutSuffix(l, "\n")
		body = strings.TrimSuffix(body, "\r")
		if strings.ContainsAny(body, "\r\b") {
			body = settleLine(body)
		}
		if end {
			body += "\n"
		}
		lines[i] = body
	}
	return strings.Join(lines, "")
}

func settleLine(s string) string {
	if strings.Contains(s, "\x1b") {
		parts := strings.Split(s, "\r")
		for i := len(parts) - 1; i >= 0; i-- {
			if StripANSI(parts[i]) != "" {
				return strings.ReplaceAll(parts[i], "\b", "")
			}
		}
		return ""
	}
	var line []rune
	at := 0
	for _, c := range s {
		switch c {
		case '\r':
			at = 0
		case '\b':
			at = max(at-1, 0)
		default:
			if at < len(line) {
				line[at] = c
			} else {
				line = append(line, c)
			}
			at++
		}
	}
	return string(line)
}

// style is how text is drawn.
type style struct {
	bold, dim, italic, underline, inverse bool
	fg, bg                                string // CSS
}

// palette are the 16 colours by name of a CSS variable.
func palette(n int) string { return fmt.Sprintf("var(--ansi-%d)", n) }

// HTML gives a text with ANSI colours as HTML.
func ansiHTML(s string) string {
	s = Settle(s)
	var b strings.Builder
	var st style
	open := false
	put := func(text string) {
		if text == "" {
			return
		}
		b.WriteString(html.EscapeString(text))
	}
	for len(s) > 0 {
		i := strings.IndexByte(s, '\x1b')
		if i < 0 {
			put(s)
			break
		}
		put(s[:i])
		params, final, n := escape(s[i:])
		s = s[i+n:]
		if final != 'm' {
			continue
		}
		if open {
			b.WriteString("</span>")
		}
		st = st.change(params)
		if css := st.css(); css != "" {
			b.WriteString(`<span style="` + css + `">`)
			open = true
		} else {
			open = false
		}
	}
	if open {
		b.WriteString("</span>")
	}
	return b.String()
}

// change applies the parameters of an SGR sequence.
func (st style) change(params string) style {
	codes := []int{}
	for _, p := range strings.FieldsFunc(params+";", func(r rune) bool { return r == ';' || r == ':' }) {
		n, err := strconv.Atoi(p)
		if err != nil {
			return st
		}
		codes = append(codes, n)
	}
	if len(codes) == 0 {
		return style{}
	}
	for len(codes) > 0 {
		c := codes[0]
		codes = codes[1:]
		switch {
		case c == 0:
			st = style{}
		case c == 1:
			st.bold = true
		case c == 2:
			st.dim = true
		case c == 3:
			st.italic = true
		case c == 4:
			st.underline = true
		case c == 7:
			st.inverse = true
		case c == 22:
			st.bold, st.dim = false, false
		case c == 23:
			st.italic = false
		case c == 24:
			st.underline = false
		case c == 27:
			st.inverse = false
		case c >= 30 && c <= 37:
			st.fg = palette(c - 30)
		case c >= 90 && c <= 97:
			st.fg = palette(c - 90 + 8)
		case c == 39:
			st.fg = ""
		case c >= 40 && c <= 47:
			st.bg = palette(c - 40)
		case c >= 100 && c <= 107:
			st.bg = palette(c - 100 + 8)
		case c == 49:
			st.bg = ""
		case c == 38 || c == 48:
			var colour string
			colour, codes = longColour(codes)
			if c == 38 {
				st.fg = colour
			} else {
				st.bg = colour
			}
		}
	}
	return st
}

// longColour reads what follows 38 or 48: 5;n or 2;r;g;b.
func longColour(codes []int) (colour string, rest []int) {
	switch {
	case len(codes) >= 2 && codes[0] == 5:
		return colour256(codes[1]), codes[2:]
	case len(codes) >= 4 && codes[0] == 2:
		return fmt.Sprintf("rgb(%d,%d,%d)", codes[1]&255, codes[2]&255, codes[3]&255), codes[4:]
	}
	return "", nil
}

func colour256(n int) string {
	switch {
	case n < 0 || n > 255:
		return ""
	case n < 16:
		return palette(n)
	case n < 232:
		n -= 16
		level := func(i int) int {
			if i == 0 {
				return 0
			}
			return 55 + 40*i
		}
		return fmt.Sprintf("rgb(%d,%d,%d)", level(n/36), level(n/6%6), level(n%6))
	}
	return fmt.Sprintf("rgb(%[1]d,%[1]d,%[1]d)", 8+10*(n-232))
}

func (st style) css() string {
	fg, bg := st.fg, st.bg
	if st.inverse {
		fg, bg = bg, fg
		if fg == "" {
			fg = "var(--paper)"
		}
		if bg == "" {
			bg = "var(--ink)"
		}
	}
	var css []string
	add := func(on bool, text string) {
		if on {
			css = append(css, text)
		}
	}
	add(fg != "", "color:"+fg)
	add(bg != "", "background:"+bg)
	add(st.bold, "font-weight:bold")
	add(st.dim, "opacity:.65")
	add(st.italic, "font-style:italic")
	add(st.underline, "text-decoration:underline")
	return strings.Join(css, ";")
}
