package syntax

// This file turns the text of literals into values: escapes in strings and
// characters, indentation of triple-quoted strings, and numbers.

import (
	"math"
	"math/bits"
	"strconv"
	"strings"
	"unicode/utf8"
)

var simpleEscapes = [256]byte{
	'n': '\n', 't': '\t', 'r': '\r', 'e': 0x1b, 'b': '\b', 'f': '\f', 'v': '\v', 'a': '\a',
	'\\': '\\', '\'': '\'', '"': '"', '$': '$', '`': '`',
}

// unescape appends the value of s, the text of a string or character, to dst.
// Escapes that are wrong are given to report and left out.
func unescape(dst []byte, s string, report func(start, end int, msg string)) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		if c != '\\' {
			if c == '\r' {
				if i+1 < len(s) && s[i+1] == '\n' {
					i++
				}
				c = '\n'
			}
			dst = append(dst, c)
			i++
			continue
		}
		start := i
		i++
		if i >= len(s) {
			report(start, i, "invalid escape sequence")
			break
		}
		c = s[i]
		i++
		switch {
		case c == 'x' || c == 'u' || c == 'U':
			width, msg := 2, "invalid hex escape sequence"
			if c != 'x' {
				width, msg = 4, "invalid unicode escape sequence"
			}
			if c == 'U' {
				width = 8
			}
			from, v := i, uint32(0)
			for i < len(s) && i < from+width && byteClass[s[i]]&cHex != 0 {
				v = v<<4 | uint32(hexDigit(s[i]))
				i++
			}
			switch {
			case i == from || v > 0x10ffff:
				report(start, i, msg)
			case c == 'x':
				dst = append(dst, byte(v))
			default:
				dst = appendChar(dst, v)
			}
		case '0' <= c && c <= '7':
			v, from := uint32(c-'0'), i
			for i < len(s) && i < from+2 && '0' <= s[i] && s[i] <= '7' {
				v = v<<3 | uint32(s[i]-'0')
				i++
			}
			if v > 255 {
				report(start, i, "invalid octal escape sequence")
			} else {
				dst = append(dst, byte(v))
			}
		case c == '\n' || c == '\r':
			if c == '\r' && i < len(s) && s[i] == '\n' {
				i++
			}
			for i < len(s) && (s[i] == ' ' || s[i] == '\t') {
				i++
			}
		case simpleEscapes[c] != 0:
			dst = append(dst, simpleEscapes[c])
		default:
			report(start, i, "invalid escape sequence")
		}
	}
	return dst
}

func hexDigit(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c <= 'F':
		return c - 'A' + 10
	}
	return c - 'a' + 10
}

// appendChar appends code point v in the form of UTF-8, surrogates included.
func appendChar(dst []byte, v uint32) []byte {
	if 0xd800 <= v && v <= 0xdfff {
		return append(dst, 0xe0|byte(v>>12), 0x80|byte(v>>6)&0x3f|0x80, 0x80|byte(v)&0x3f)
	}
	return utf8.AppendRune(dst, rune(v))
}

// unescapeRaw appends the value of s, the text of a raw string that delim
// closes: only backslashes before a delimiter, or at the end, are escapes.
func unescapeRaw(dst []byte, s string, delim byte) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		if c != '\\' {
			if c == '\r' {
				if i+1 < len(s) && s[i+1] == '\n' {
					i++
				}
				c = '\n'
			}
			dst = append(dst, c)
			i++
			continue
		}
		j := i
		for j < len(s) && s[j] == '\\' {
			j++
		}
		n := j - i
		if j == len(s) || s[j] == delim {
			n /= 2
		}
		for ; n > 0; n-- {
			dst = append(dst, '\\')
		}
		if j < len(s) && s[j] == delim {
			dst = append(dst, delim)
			j++
		}
		i = j
	}
	return dst
}

// charValue returns Julia's bits of the character that body, without quotes,
// is read as: its UTF-8 bytes from the top. one is false if there are more.
func charValue(body string) (v uint32, one bool) {
	var buf [16]byte
	b := unescape(buf[:0], body, func(int, int, string) {})
	if len(b) == 0 {
		return 0, false
	}
	n := 1
	if lead := bits.LeadingZeros8(^b[0]); 2 <= lead && lead <= 4 {
		for n < lead && n < len(b) && b[n]&0xc0 == 0x80 {
			n++
		}
	}
	for i := range n {
		v |= uint32(b[i]) << (24 - 8*i)
	}
	return v, n == len(b)
}

type floatStatus uint8

const (
	floatOK floatStatus = iota
	floatOverflow
	floatUnderflow
)

// floatValue returns the value of a float literal, as a Float32 if single.
func floatValue(s string, single bool) (float64, floatStatus) {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "_", ""), minus, "-")
	size := 64
	if single {
		s = strings.Replace(s, "f", "e", 1)
		size = 32
	}
	v, err := strconv.ParseFloat(s, size)
	switch {
	case err != nil && math.IsInf(v, 0):
		return v, floatOverflow
	case v == 0 && strings.ContainsAny(mantissa(s), "123456789abcdfABCDF"):
		return v, floatUnderflow
	}
	return v, floatOK
}

// mantissa returns the digits of a number before its exponent.
func mantissa(s string) string {
	exponent := "eE"
	if len(s) > 1 && (s[1] == 'x' || s[1] == 'X') {
		exponent = "pP"
		s = s[2:]
	}
	if i := strings.IndexAny(s, exponent); i >= 0 {
		return s[:i]
	}
	return s
}

// A dedenter goes over the text of a triple-quoted string, its escapes as they
// stand: first to find the indentation that all lines share, then to strip it.
type dedenter struct {
	indent  string // the shared indentation so far
	found   bool
	newline bool // a line begins here
	first   bool // at the start of the string
}

// eachLine calls f with each piece of a chunk: a line with its end, or what is
// left. Where continued, the piece ends with an escaped line break.
func eachLine(s string, raw bool, f func(line string, continued bool)) {
	from := 0
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == '\\' && !raw && i+1 < len(s):
			i += 2
			if s[i-1] == '\n' || s[i-1] == '\r' {
				if s[i-1] == '\r' && i < len(s) && s[i] == '\n' {
					i++
				}
				for i < len(s) && (s[i] == ' ' || s[i] == '\t') {
					i++
				}
				f(s[from:i], true)
				from = i
			}
		case c == '\n' || c == '\r':
			i++
			if c == '\r' && i < len(s) && s[i] == '\n' {
				i++
			}
			f(s[from:i], false)
			from = i
		default:
			i++
		}
	}
	if from < len(s) {
		f(s[from:], false)
	}
}

// scan takes a chunk into account for the shared indentation.
func (d *dedenter) scan(s string, raw bool) {
	eachLine(s, raw, func(line string, continued bool) {
		if d.first {
			d.first = false
			if line == "\n" || line == "\r" || line == "\r\n" {
				d.newline = true
				return
			}
		}
		if d.newline && line[0] != '\n' && line[0] != '\r' {
			if !d.found {
				d.found = true
				n := 0
				for n < len(line) && (line[n] == ' ' || line[n] == '\t') {
					n++
				}
				d.indent = line[:n]
			} else {
				n := 0
				for n < len(line) && n < len(d.indent) && line[n] == d.indent[n] {
					n++
				}
				d.indent = d.indent[:n]
			}
		}
		d.newline = !continued && endsLine(line)
	})
}

func endsLine(s string) bool { return s[len(s)-1] == '\n' || s[len(s)-1] == '\r' }

// interpolated takes an interpolation into account: at the start of a line it
// leaves no indentation.
func (d *dedenter) interpolated() {
	if d.newline {
		d.found, d.indent = true, ""
	}
	d.first, d.newline = false, false
}

// strip appends to dst the chunk without the shared indentation.
func (d *dedenter) strip(dst []byte, s string, raw bool) []byte {
	eachLine(s, raw, func(line string, continued bool) {
		if d.first {
			d.first = false
			if line == "\n" || line == "\r" || line == "\r\n" {
				d.newline = true
				return
			}
		}
		cut := 0
		if d.newline && line[0] != '\n' && line[0] != '\r' {
			cut = min(len(d.indent), len(line))
		}
		dst = append(dst, line[cut:]...)
		d.newline = !continued && endsLine(line)
	})
	return dst
}
