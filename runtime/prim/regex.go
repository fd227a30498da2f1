package prim

// This file has regular expressions: those of PCRE as far as package regexp2 has
// them.

import (
	"slices"
	"strings"
	"time"

	"github.com/dlclark/regexp2/v2"

	"weft/runtime/core"
	"weft/runtime/task"
)

var regexTable = []entry{
	{"regex_compile", 2, 2, "regex_compile(pattern, options): a compiled pattern; options of the letters imsxa.", regexCompile},
	{"regex_exec", 4, 4, "regex_exec(r, s, i, mode): the first match in s from byte i (0-based) on, as (start, end) of the whole and of each group (0-based, -1 for none), or nothing; mode 1: it must begin at i, 2: it must end at the end, 3: it must begin at i and not be empty.", regexExec},
	{"regex_match", 6, 6, "regex_match(M, S, C, r, s, v): the RegexMatch of type M, whose parts are of type S and captures a C, of a regex r in s from what regex_exec gave", regexMatch},
	{"regex_names", 1, 1, "regex_names(r): number, name, number, name ... of the named groups.", regexNames},
}

// regexType is the type of a compiled pattern.
var regexType = core.NewOpaque("RegexCore", core.Any, false)

// regex is a compiled pattern, with the string that was searched last: regexp2
// counts characters, and a loop over matches asks for the same string again.
type regex struct {
	typ     *core.DataType
	re      [4]*regexp2.Regexp // by mode; all but the first are made when asked for
	pattern string
	opts    regexp2.RegexOptions
	keep    bool // there is a \K

	subject string
	runes   []rune
	at      []int // at[i] is the byte where character i begins; nil: all are ASCII
}

// The modes of regex_exec: what is put around a pattern for them.
var modes = [4][2]string{{"", ""}, {`\G(?:`, ")"}, {"(?:", `)\z`}, {`\G(?:`, `)(?!\G)`}}

func regexCompile(_ *task.Task, a []core.Value) (core.Value, error) {
	if !a[0].Is(core.StringType) || !a[1].Is(core.StringType) {
		return core.Value{}, core.TypeErr("Regex", "", core.StringType.Value(), a[0])
	}
	var opts regexp2.RegexOptions
	ascii, extended := false, false
	for _, c := range a[1].Str() {
		switch c {
		case 'i':
			opts |= regexp2.IgnoreCase
		case 'm':
			opts |= regexp2.Multiline
		case 's':
			opts |= regexp2.Singleline
		case 'x':
			extended = true
		case 'a':
			ascii = true
		default:
			return core.Value{}, core.ArgErrorf("unknown regex flag: %c", c)
		}
	}
	pattern, err := fromPCRE(a[0].Str(), ascii, extended)
	if err != nil {
		return core.Value{}, err
	}
	r := &regex{typ: regexType, pattern: pattern, opts: opts, keep: strings.Contains(pattern, keepGroup)}
	if _, err := r.compiled(0); err != nil {
		return core.Value{}, err
	}
	return core.ToValue(r), nil
}

// compiled returns the pattern for a mode.
func (r *regex) compiled(mode int) (*regexp2.Regexp, error) {
	if r.re[mode] == nil {
		re, err := regexp2.Compile(modes[mode][0]+r.pattern+modes[mode][1], r.opts, regexp2.OptionMaintainCaptureOrder())
		if err != nil {
			return nil, core.Errorf("PCRE compilation error: %v", err)
		}
		r.re[mode] = re
	}
	return r.re[mode], nil
}

// search sets the string that is searched.
func (r *regex) search(s string) {
	if r.runes != nil && r.subject == s {
		return
	}
	r.subject, r.at = s, nil
	r.runes = make([]rune, 0, len(s)+1)
	for i, c := range s {
		if c >= 0x80 && r.at == nil {
			r.at = make([]int, i, len(s)+1)
			for k := range i {
				r.at[k] = k
			}
		}
		if r.at != nil {
			r.at = append(r.at, i)
		}
		r.runes = append(r.runes, c)
	}
	if r.at != nil {
		r.at = append(r.at, len(s))
	}
}

// byteOf is the byte where character i begins.
func (r *regex) byteOf(i int) int {
	if r.at == nil {
		return i
	}
	return r.at[i]
}

// charAt is the first character that begins at byte i or later.
func (r *regex) charAt(i int) int {
	if r.at == nil {
		return min(i, len(r.runes))
	}
	k, _ := slices.BinarySearch(r.at, i)
	return min(k, len(r.runes))
}

func regexArg(v core.Value) (*regex, error) {
	if !v.Is(regexType) {
		return nil, core.TypeErr("match", "", regexType.Value(), v)
	}
	return core.As[regex](v), nil
}

// The time that a search may take at once, after which it begins again as work that can
// be interrupted, and that in which it is given up, with more for each character. PCRE
// gives up by a number of steps at one place.
const (
	shortSearch = time.Millisecond
	longSearch  = 2 * time.Second
	perChar     = 10 * time.Microsecond
)

// exec is the first match from a character on.
func (r *regex) exec(t *task.Task, re *regexp2.Regexp, from int) (*regexp2.Match, error) {
	re.MatchTimeout = shortSearch
	if m, err := re.FindRunesMatchStartingAt(r.runes, from); err == nil {
		return m, nil
	}
	return r.execLong(t, re, from)
}

func (r *regex) execLong(t *task.Task, re *regexp2.Regexp, from int) (m *regexp2.Match, err error) {
	re.MatchTimeout = longSearch + time.Duration(len(r.runes))*perChar
	if stop := long(t, longWork, func() { m, err = re.FindRunesMatchStartingAt(r.runes, from) }); stop != nil {
		return nil, stop
	}
	if err != nil {
		err = core.Errorf("PCRE.exec error: match limit exceeded")
	}
	return m, err
}

func regexMatch(_ *task.Task, a []core.Value) (core.Value, error) {
	match, part, captures := core.As[core.DataType](a[0]), core.As[core.DataType](a[1]), core.As[core.DataType](a[2])
	v := core.As[core.Array](a[5])
	at := func(k int) int64 { return v.Get(k).Int64() }
	piece := func(k int) core.Value {
		lo, hi := at(k), at(k+1)
		if lo < 0 {
			return nothing
		}
		if lo >= hi {
			lo, hi = 0, 0
		}
		return core.NewStruct(part, a[4], core.Int(lo), core.Int(hi-lo))
	}
	n := v.Len/2 - 1
	caps, offs := core.NewArray(captures, n, nil), core.NewArray(core.VectorOf(core.Int64.Value()), n, nil)
	for k := range n {
		caps.Set(k, piece(2*k+2))
		offs.Words()[k] = uint64(at(2*k+2) + 1)
	}
	return core.NewStruct(match, piece(0), caps.Value(), core.Int(at(0)+1), offs.Value(), a[3]), nil
}

func regexExec(t *task.Task, a []core.Value) (core.Value, error) {
	r, err := regexArg(a[0])
	if err != nil {
		return core.Value{}, err
	}
	if !a[1].Is(core.StringType) {
		return core.Value{}, core.TypeErr("match", "", core.StringType.Value(), a[1])
	}
	re, err := r.compiled(int(a[3].Int64()))
	if err != nil {
		return core.Value{}, err
	}
	r.search(a[1].Str())
	m, err := r.exec(t, re, r.charAt(int(a[2].Int64())))
	if err != nil {
		return core.Value{}, err
	}
	if m == nil {
		return core.Nothing(), nil
	}
	var out []core.Value
	for _, g := range m.Groups() {
		lo, hi := -1, -1
		if len(g.Captures) > 0 {
			lo, hi = r.byteOf(g.RuneIndex), r.byteOf(g.RuneIndex+g.RuneLength)
		}
		if r.keep && g.Name == keepGroup {
			if lo >= 0 {
				out[0] = core.Int(int64(lo))
			}
			continue
		}
		out = append(out, core.Int(int64(lo)), core.Int(int64(hi)))
	}
	return core.VectorAny(out).Value(), nil
}

func regexNames(_ *task.Task, a []core.Value) (core.Value, error) {
	r, err := regexArg(a[0])
	if err != nil {
		return core.Value{}, err
	}
	re := r.re[0]
	var out []core.Value
	for _, n := range re.GetGroupNumbers() {
		name := re.GroupNameFromNumber(n)
		if name != "" && (name[0] < '0' || name[0] > '9') && name != keepGroup {
			out = append(out, core.Int(int64(n)), core.MakeString(name))
		}
	}
	return core.VectorAny(out).Value(), nil
}
