package prim

// This file translates regular expressions of PCRE, as Julia's users write them, to
// what package regexp2 understands, and refuses clearly what it cannot do.

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"weft/runtime/core"
)

// keepGroup is the name of the group that stands where \K is.
const keepGroup = "__keep"

// pcre is a translation under way.
type pcre struct {
	in    string
	i     int
	out   strings.Builder
	atoms []int // where in out the last atom of each open group begins; -1: none to repeat
	opens []openGroup

	ascii, extended bool
	groups          int
	keepAt          int // the number of groups before \K; -1: there is none
	names           map[string]int
}

// openGroup is a parenthesis that is not closed yet.
type openGroup struct {
	start    int // in out
	extended bool
}

// fromPCRE translates a pattern.
func fromPCRE(pattern string, ascii, extended bool) (string, error) {
	p := &pcre{in: pattern, ascii: ascii, extended: extended, keepAt: -1, names: map[string]int{}, atoms: []int{-1}}
	for p.i < len(p.in) {
		if err := p.step(); err != nil {
			return "", err
		}
	}
	if len(p.opens) > 0 {
		return "", p.fail(len(p.in), "missing closing parenthesis")
	}
	return p.out.String(), nil
}

func (p *pcre) fail(at int, text string) error {
	return core.Errorf("PCRE compilation error: %s at offset %d", text, utf8.RuneCountInString(p.in[:min(at, len(p.in))]))
}

func (p *pcre) refuse(what string) error {
	return core.Errorf("PCRE compilation error: %s is not supported here, at offset %d", what, utf8.RuneCountInString(p.in[:p.i]))
}

// atom writes something that a quantifier can repeat.
func (p *pcre) atom(s string) {
	p.atoms[len(p.atoms)-1] = p.out.Len()
	p.out.WriteString(s)
}

// other writes what cannot be repeated.
func (p *pcre) other(s string) {
	p.atoms[len(p.atoms)-1] = -1
	p.out.WriteString(s)
}

// rest is what is still to be read.
func (p *pcre) rest() string { return p.in[p.i:] }

// step translates the next piece.
func (p *pcre) step() error {
	switch c := p.in[p.i]; c {
	case '\\':
		return p.escape()
	case '[':
		return p.class()
	case '(':
		return p.open()
	case ')':
		if len(p.opens) == 0 {
			return p.fail(p.i, "unmatched closing parenthesis")
		}
		g := p.opens[len(p.opens)-1]
		p.opens = p.opens[:len(p.opens)-1]
		p.atoms = p.atoms[:len(p.atoms)-1]
		p.extended = g.extended
		p.out.WriteByte(')')
		p.atoms[len(p.atoms)-1] = g.start
		p.i++
	case '|':
		p.other("|")
		p.i++
	case '*', '+', '?':
		return p.quantifier(1)
	case '{':
		if n := quantifierLen(p.rest()); n > 0 {
			return p.quantifier(n)
		}
		p.atom(`\{`)
		p.i++
	case '#':
		if !p.extended {
			p.atom("#")
			p.i++
			return nil
		}
		n := strings.IndexByte(p.rest(), '\n')
		if n < 0 {
			n = len(p.rest())
		}
		p.i += n
	case '^':
		p.atom("^")
		p.i++
	default:
		_, n := utf8.DecodeRuneInString(p.rest())
		if p.extended && strings.IndexByte(" \t\n\v\f\r", c) >= 0 {
			p.i++
			return nil
		}
		p.atom(p.in[p.i : p.i+n])
		p.i += n
	}
	return nil
}

// quantifierLen is the length of {n}, {n,} or {n,m} at the beginning of s; 0: none.
func quantifierLen(s string) int {
	end := strings.IndexByte(s, '}')
	if end < 2 || s[1] == ',' {
		return 0
	}
	commas := 0
	for _, c := range s[1:end] {
		if c == ',' {
			commas++
		} else if c < '0' || c > '9' {
			return 0
		}
	}
	if commas > 1 {
		return 0
	}
	return end + 1
}

// quantifier repeats the last atom; a + behind it makes it possessive.
func (p *pcre) quantifier(n int) error {
	start := p.atoms[len(p.atoms)-1]
	if start < 0 {
		return p.fail(p.i, "quantifier does not follow a repeatable item")
	}
	q := p.in[p.i : p.i+n]
	if q[0] == '{' {
		lo, hi, both := strings.Cut(q[1:len(q)-1], ",")
		a, _ := strconv.Atoi(lo)
		b, _ := strconv.Atoi(hi)
		if a > 65535 || b > 65535 {
			return p.fail(p.i+n-2, "number too big in {} quantifier")
		}
		if both && hi != "" && a > b {
			return p.fail(p.i+n-1, "numbers out of order in {} quantifier")
		}
	}
	p.i += n
	switch {
	case strings.HasPrefix(p.rest(), "+"):
		p.i++
		p.wrap(start, "(?>", q+")")
	case strings.HasPrefix(p.rest(), "?"):
		p.i++
		p.out.WriteString(q + "?")
	default:
		p.out.WriteString(q)
	}
	p.atoms[len(p.atoms)-1] = -1
	return nil
}

// wrap puts text around what was written since start.
func (p *pcre) wrap(start int, before, after string) {
	s := p.out.String()
	p.out.Reset()
	p.out.WriteString(s[:start] + before + s[start:] + after)
}

// open translates what an opening parenthesis begins.
func (p *pcre) open() error {
	r := p.rest()
	if strings.HasPrefix(r, "(*") {
		end := strings.IndexByte(r, ')')
		if end > 0 && p.i == 0 || p.out.Len() == 0 {
			switch verb := r[:end+1]; verb {
			case "(*UTF)", "(*UTF8)", "(*UCP)", "(*ANY)", "(*ANYCRLF)", "(*LF)":
				p.i += len(verb)
				return nil
			}
		}
		return p.refuse("a (*VERB)")
	}
	if !strings.HasPrefix(r, "(?") {
		p.groups++
		p.begin("(", 1)
		return nil
	}
	if strings.HasPrefix(r, "(?#") {
		end := strings.IndexByte(r, ')')
		if end < 0 {
			return p.fail(len(p.in), "missing ) following (?# comment")
		}
		p.i += end + 1
		return nil
	}
	for _, s := range []string{"(?:", "(?=", "(?!", "(?<=", "(?<!", "(?>"} {
		if strings.HasPrefix(r, s) {
			p.begin(s, len(s))
			return nil
		}
	}
	switch {
	case strings.HasPrefix(r, "(?P<"), strings.HasPrefix(r, "(?<"), strings.HasPrefix(r, "(?'"):
		return p.openNamed(r)
	case strings.HasPrefix(r, "(?P="):
		end := strings.IndexByte(r, ')')
		if end < 0 {
			return p.fail(len(p.in), "missing closing parenthesis")
		}
		p.atom(`\k<` + r[4:end] + ">")
		p.i += end + 1
		return nil
	case strings.HasPrefix(r, "(?C"):
		return p.refuse("a callout (?C)")
	case strings.HasPrefix(r, "(?|"):
		return p.refuse("a branch reset (?|")
	case strings.HasPrefix(r, "(?("):
		end := strings.IndexByte(r, ')')
		if end < 0 {
			return p.fail(len(p.in), "missing closing parenthesis for condition")
		}
		return p.openCondition(r[3:end], end+1)
	case strings.HasPrefix(r, "(?R"), strings.HasPrefix(r, "(?&"), strings.HasPrefix(r, "(?P>"),
		len(r) > 2 && (r[2] >= '0' && r[2] <= '9' || r[2] == '+' || r[2] == '-' && len(r) > 3 && r[3] >= '0' && r[3] <= '9'):
		return p.refuse("recursion")
	}
	return p.openOptions(r)
}

// begin opens a group that is written as s and stands in n bytes of the pattern.
func (p *pcre) begin(s string, n int) {
	p.opens = append(p.opens, openGroup{p.out.Len(), p.extended})
	p.atoms = append(p.atoms, -1)
	p.out.WriteString(s)
	p.i += n
}

func (p *pcre) openNamed(r string) error {
	k := strings.IndexAny(r, "<'")
	stop := byte('>')
	if r[k] == '\'' {
		stop = '\''
	}
	end := strings.IndexByte(r[k+1:], stop)
	if end < 0 {
		return p.fail(p.i+len(r), "syntax error in subpattern name (missing terminator?)")
	}
	name := r[k+1 : k+1+end]
	if name != "" && name[0] >= '0' && name[0] <= '9' {
		return p.fail(p.i+k+1, "subpattern name must start with a non-digit")
	}
	if _, twice := p.names[name]; twice {
		return p.fail(p.i+k+2+end, "two named subpatterns have the same name (PCRE2_DUPNAMES not set)")
	}
	p.groups++
	p.names[name] = p.groups
	p.begin("(?<"+name+">", k+end+2)
	return nil
}

func (p *pcre) openCondition(cond string, n int) error {
	cond = strings.Trim(cond, "<>'")
	if k, err := strconv.Atoi(cond); err == nil {
		cond = p.groupName(k)
	}
	p.begin("(?("+cond+")", n)
	return nil
}

// groupName is the number of group k in the translation.
func (p *pcre) groupName(k int) string {
	if p.keepAt >= 0 && k > p.keepAt {
		k++
	}
	return strconv.Itoa(k)
}

// openOptions translates (?imsx-imsx) and (?imsx-imsx:...).
func (p *pcre) openOptions(r string) error {
	on := true
	ext := p.extended
	s := "(?"
	for k := 2; k < len(r); k++ {
		switch c := r[k]; c {
		case 'i', 'm', 's', 'n':
			s += string(c)
		case 'x':
			ext = on
		case '-':
			on = false
			s += "-"
		case '^':
			s += "-ims"
			ext = false
		case ')', ':':
			s = strings.TrimSuffix(s, "-")
			if c == ':' {
				p.begin(s+":", k+1)
				p.extended = ext
				return nil
			}
			p.extended = ext
			p.i += k + 1
			if s != "(?" {
				p.other(s + ")")
			}
			return nil
		default:
			return p.fail(p.i+k, "unrecognized character after (? or (?-")
		}
	}
	return p.fail(len(p.in), "missing closing parenthesis")
}

// What the escapes of one letter stand for: outside and inside of classes.
const (
	horizontal = ` \t\u00a0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000`
	vertical   = `\n\v\f\r\u0085\u2028\u2029`
	asciiWord  = `0-9A-Za-z_`
	asciiSpace = ` \t\n\v\f\r`
)
