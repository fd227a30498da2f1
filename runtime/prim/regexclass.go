package prim

// This file translates the character classes of regular expressions, [...].

import (
	"strings"
	"unicode/utf8"
)

// posix are the classes in [:name:].
var posix = map[string][2]string{
	"alpha": {`\p{L}`, `a-zA-Z`}, "digit": {`\d`, `0-9`}, "alnum": {`\p{L}\p{N}`, `a-zA-Z0-9`},
	"upper": {`\p{Lu}`, `A-Z`}, "lower": {`\p{Ll}`, `a-z`}, "space": {`\s`, asciiSpace},
	"blank": {horizontal, ` \t`}, "punct": {`\p{P}$+<=>^` + "`" + `|~`, `!-/:-@\[-` + "`" + `{-~`},
	"xdigit": {`0-9A-Fa-f`, `0-9A-Fa-f`}, "word": {`\w`, asciiWord}, "cntrl": {`\p{Cc}`, `\x00-\x1f\x7f`},
	"graph": {`\p{L}\p{M}\p{N}\p{P}\p{S}\p{Cf}`, `!-~`}, "print": {`\p{L}\p{M}\p{N}\p{P}\p{S}\p{Cf}\p{Zs}`, ` -~`},
	"ascii": {`\x00-\x7f`, `\x00-\x7f`},
}

// class translates [...].
func (p *pcre) class() error {
	from := p.i
	var b strings.Builder
	var not []string // sets that are negated inside of the class
	p.i++
	neg := strings.HasPrefix(p.rest(), "^")
	if neg {
		p.i++
	}
	last := rune(-1) // the character before, which may begin a range
	dash := false    // a range is open
	one := func(r rune) error {
		if dash && last > r {
			return p.fail(p.i-1, "range out of order in character class")
		}
		b.WriteString(quoteRune(r))
		if dash {
			last, dash = -1, false
		} else {
			last = r
		}
		return nil
	}
	for first := true; ; first = false {
		if p.i >= len(p.in) {
			return p.fail(len(p.in), "missing terminating ] for character class")
		}
		r := p.rest()
		switch c := r[0]; {
		case c == ']' && !first:
			p.i++
			p.atom(finishClass(b.String(), not, neg))
			return nil
		case strings.HasPrefix(r, "[:") && strings.Contains(r, ":]"):
			end := strings.Index(r, ":]")
			name := r[2:end]
			inverted := strings.HasPrefix(name, "^")
			set, ok := posix[strings.TrimPrefix(name, "^")]
			if !ok {
				return p.fail(p.i+2, "unknown POSIX class name")
			}
			text := set[0]
			if p.ascii {
				text = set[1]
			}
			if inverted {
				not = append(not, text)
			} else {
				b.WriteString(text)
			}
			p.i += end + 2
			last = -1
		case c == '\\' && len(r) > 1:
			set, negated := p.escapedSet(r[1])
			switch {
			case set != "":
				if dash {
					return p.fail(p.i+1, "invalid range in character class")
				}
				if negated {
					not = append(not, set)
				} else {
					b.WriteString(set)
				}
				p.i += 2
				last = -1
			case r[1] == 'p' || r[1] == 'P':
				s, n, err := p.property()
				if err != nil {
					return err
				}
				if strings.HasPrefix(s, "[^") {
					not = append(not, s[2:len(s)-1])
				} else {
					b.WriteString(strings.TrimSuffix(strings.TrimPrefix(s, "["), "]"))
				}
				p.i += n
				last = -1
			case r[1] == 'b':
				p.i += 2
				if err := one('\b'); err != nil {
					return err
				}
			case r[1] == 'E' || r[1] == 'Q':
				p.i += 2
			default:
				v, n, err := p.escapedRune()
				if r[1] >= '1' && r[1] <= '7' {
					v, n, err = octal(r[1:]), 1+min(3, p.digits(p.i+1)), nil
				}
				if err != nil {
					return err
				}
				p.i += n
				if err := one(v); err != nil {
					return err
				}
			}
		case c == '-' && last >= 0 && !dash && len(r) > 1 && r[1] != ']':
			b.WriteByte('-')
			dash = true
			p.i++
		default:
			v, n := utf8.DecodeRuneInString(r)
			p.i += n
			if err := one(v); err != nil {
				return err
			}
		}
		if p.i <= from {
			return p.refuse("this class")
		}
	}
}

// octal is the value of up to three octal digits.
func octal(s string) rune {
	v := rune(0)
	for k := 0; k < len(s) && k < 3 && s[k] >= '0' && s[k] <= '7'; k++ {
		v = v*8 + rune(s[k]-'0')
	}
	return v
}

// finishClass writes a class of a set and of negated sets.
func finishClass(set string, not []string, neg bool) string {
	switch {
	case len(not) == 0 && neg:
		return "[^" + set + "]"
	case len(not) == 0:
		return "[" + set + "]"
	case set == "" && len(not) == 1 && neg:
		return "[" + not[0] + "]"
	}
	var alt []string
	if set != "" {
		alt = append(alt, "["+set+"]")
	}
	for _, s := range not {
		alt = append(alt, "[^"+s+"]")
	}
	if neg {
		return "(?:(?!" + strings.Join(alt, "|") + `)[\s\S])`
	}
	return "(?:" + strings.Join(alt, "|") + ")"
}
