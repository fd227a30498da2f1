package prim

// This file translates what begins with a backslash in a regular expression of PCRE:
// sets, characters by number, properties, and references to groups.

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

func (p *pcre) escape() error {
	if p.i+1 >= len(p.in) {
		return p.fail(len(p.in), `\ at end of pattern`)
	}
	c := p.in[p.i+1]
	set, negated := p.escapedSet(c)
	switch {
	case set != "" && negated:
		p.atom("[^" + set + "]")
	case set != "":
		p.atom("[" + set + "]")
	case c == 'Q':
		text, _, _ := strings.Cut(p.in[p.i+2:], `\E`)
		for _, r := range text {
			p.atom(quoteRune(r))
		}
		p.i = min(p.i+2+len(text)+2, len(p.in))
		return nil
	case c == 'E':
		p.i += 2
		return nil
	case c == 'R':
		p.atom(`(?>\r\n|[` + vertical + `])`)
	case c == 'N':
		p.atom(`[^\n]`)
	case c == 'X':
		p.atom(`(?>\r\n|\P{M}\p{M}*|\p{M}+)`)
	case c == 'K':
		p.keepAt = p.groups
		p.other("(?<" + keepGroup + ">)")
	case c == 'p' || c == 'P':
		s, n, err := p.property()
		if err != nil {
			return err
		}
		p.atom(s)
		p.i += n
		return nil
	case c == 'g':
		return p.groupReference()
	case c == 'k':
		return p.namedReference()
	case c >= '1' && c <= '9':
		n := p.digits(p.i + 1)
		k, _ := strconv.Atoi(p.in[p.i+1 : p.i+1+n])
		if k < 10 && k > strings.Count(p.in, "(") {
			return p.fail(p.i+1, "reference to non-existent subpattern")
		}
		p.atom(`\k<` + p.groupName(k) + ">")
		p.i += 1 + n
		return nil
	case strings.IndexByte("bBAzZG", c) >= 0:
		p.other(`\` + string(c))
	default:
		r, n, err := p.escapedRune()
		if err != nil {
			return err
		}
		p.atom(quoteRune(r))
		p.i += n
		return nil
	}
	p.i += 2
	return nil
}

// escapedSet is the inside of a class for \d, \h and such; whether it is negated.
func (p *pcre) escapedSet(c byte) (set string, negated bool) {
	switch c {
	case 'h', 'H':
		return horizontal, c == 'H'
	case 'v', 'V':
		return vertical, c == 'V'
	case 'd', 'D':
		if p.ascii {
			return "0-9", c == 'D'
		}
		return `\d`, c == 'D'
	case 'w', 'W':
		if p.ascii {
			return asciiWord, c == 'W'
		}
		return `\w`, c == 'W'
	case 's', 'S':
		if p.ascii {
			return asciiSpace, c == 'S'
		}
		return `\s`, c == 'S'
	}
	return "", false
}

func (p *pcre) digits(i int) int {
	n := 0
	for i+n < len(p.in) && p.in[i+n] >= '0' && p.in[i+n] <= '9' {
		n++
	}
	return n
}

// escapedRune reads an escape that stands for one character; n is its length.
func (p *pcre) escapedRune() (r rune, n int, err error) {
	c := p.in[p.i+1]
	if k := strings.IndexByte("aefnrt", c); k >= 0 {
		return rune("\a\x1b\f\n\r\t"[k]), 2, nil
	}
	switch c {
	case 'x', 'o':
		base, most := 16, 2
		if c == 'o' {
			base, most = 8, 0
		}
		at := p.i + 2
		end := at
		if strings.HasPrefix(p.in[at:], "{") {
			close := strings.IndexByte(p.in[at:], '}')
			if close < 0 {
				return 0, 0, p.fail(len(p.in), `missing terminating } for \x{}`)
			}
			at, end = at+1, at+close
			n = end + 1 - p.i
		} else {
			for end < len(p.in) && end-at < most && strings.IndexByte("0123456789abcdefABCDEF", p.in[end]) >= 0 {
				end++
			}
			n = end - p.i
		}
		v, err := strconv.ParseInt("0"+p.in[at:end], base, 32)
		if err != nil || v > utf8.MaxRune {
			return 0, 0, p.fail(end, "character code point value in \\x{} or \\o{} is too large")
		}
		return rune(v), n, nil
	case 'u':
		if v, err := strconv.ParseUint(p.in[p.i+2:min(p.i+6, len(p.in))], 16, 32); err == nil && p.i+6 <= len(p.in) {
			return rune(v), 6, nil
		}
	case '0':
		n := 2
		v := rune(0)
		for n < 4 && p.i+n < len(p.in) && p.in[p.i+n] >= '0' && p.in[p.i+n] <= '7' {
			v = v*8 + rune(p.in[p.i+n]-'0')
			n++
		}
		return v, n, nil
	case 'c':
		if p.i+2 >= len(p.in) {
			return 0, 0, p.fail(len(p.in), `\c at end of pattern`)
		}
		return rune(strings.ToUpper(p.in[p.i+2 : p.i+3])[0] ^ 64), 3, nil
	}
	if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
		return 0, 0, p.fail(p.i+2, `unrecognized character follows \`)
	}
	r, size := utf8.DecodeRuneInString(p.in[p.i+1:])
	return r, 1 + size, nil
}

// quoteRune writes a character so that it stands for itself, in a class too.
func quoteRune(r rune) string {
	switch {
	case r < 0x20 || r == 0x7f:
		return fmt.Sprintf(`\x%02x`, r)
	case r < 0x7f && strings.ContainsRune(`\*+?|{}[]()^$.# -&~`, r):
		return `\` + string(r)
	}
	return string(r)
}

// property reads \p{..}, \pL, \P{..}.
func (p *pcre) property() (s string, n int, err error) {
	neg := p.in[p.i+1] == 'P'
	if p.i+2 >= len(p.in) {
		return "", 0, p.fail(len(p.in), `malformed \P or \p sequence`)
	}
	name := p.in[p.i+2 : p.i+3]
	n = 3
	if name == "{" {
		end := strings.IndexByte(p.rest(), '}')
		if end < 0 {
			return "", 0, p.fail(len(p.in), `malformed \P or \p sequence`)
		}
		name = p.in[p.i+3 : p.i+end]
		n = end + 1
	}
	if strings.HasPrefix(name, "^") {
		neg = !neg
		name = name[1:]
	}
	set := ""
	switch name {
	case "L&":
		set = `\p{Lu}\p{Ll}\p{Lt}`
	case "Xan":
		set = `\p{L}\p{N}`
	case "Xwd":
		set = `\p{L}\p{N}_`
	case "Xsp", "Xps":
		set = `\s`
	case "Any":
		set = `\s\S`
	}
	switch {
	case set == "" && neg:
		return `\P{` + name + "}", n, nil
	case set == "":
		return `\p{` + name + "}", n, nil
	case neg:
		return "[^" + set + "]", n, nil
	}
	return "[" + set + "]", n, nil
}

// groupReference translates \g1, \g{1}, \g{-1}, \g{name}.
func (p *pcre) groupReference() error {
	at := p.i + 2
	name := ""
	switch {
	case strings.HasPrefix(p.in[at:], "{"):
		end := strings.IndexByte(p.in[at:], '}')
		if end < 0 {
			return p.fail(len(p.in), `a numbered reference must not be zero`)
		}
		name = p.in[at+1 : at+end]
		p.i = at + end + 1
	case strings.HasPrefix(p.in[at:], "<"), strings.HasPrefix(p.in[at:], "'"):
		return p.refuse("recursion")
	default:
		n := 0
		if strings.HasPrefix(p.in[at:], "-") {
			n = 1
		}
		n += p.digits(at + n)
		name = p.in[at : at+n]
		p.i = at + n
	}
	if k, err := strconv.Atoi(name); err == nil {
		if k < 0 {
			k = p.groups + 1 + k
		}
		name = p.groupName(k)
	}
	p.atom(`\k<` + name + ">")
	return nil
}

// namedReference translates \k<name>, \k'name', \k{name}.
func (p *pcre) namedReference() error {
	at := p.i + 2
	k := -1
	if at < len(p.in) {
		k = strings.IndexByte("<'{", p.in[at])
	}
	if k < 0 {
		return p.fail(at, `\k is not followed by a braced, angle-bracketed, or quoted name`)
	}
	end := strings.IndexByte(p.in[at:], ">'}"[k])
	if k == 1 {
		end = strings.IndexByte(p.in[at+1:], '\'') + 1
	}
	if end <= 0 {
		return p.fail(len(p.in), "syntax error in subpattern name (missing terminator?)")
	}
	name := p.in[at+1 : at+end]
	if !strings.Contains(p.in, "<"+name+">") && !strings.Contains(p.in, "'"+name+"'") {
		return p.fail(at+1, "reference to non-existent subpattern")
	}
	p.atom(`\k<` + name + ">")
	p.i = at + end + 1
	return nil
}
