package prim

// This file has regular expressions: those of PCRE as far as package regexp2 has
// them.

import (
	"fmt"
	"strings"

	"github.com/dlclark/regexp2/v2"

	"weft/runtime/core"
	"weft/runtime/task"
)

var regexTable = []entry{
	{"regex_compile", 2, 2, "regex_compile(pattern, options): a compiled pattern; options of the letters imsxa.", regexCompile},
	{"regex_exec", 3, 3, "regex_exec(r, s, i): the first match in s from byte i (0-based) on, as (start, end) of the whole and of each group (0-based, -1 for none), or nothing.", regexExec},
	{"regex_names", 1, 1, "regex_names(r): number, name, number, name ... of the named groups.", regexNames},
}

// regexType is the type of a compiled pattern.
var regexType = core.NewOpaque("RegexCore", core.Any, false)

type regex struct {
	typ *core.DataType
	re  *regexp2.Regexp
}

func regexCompile(_ *task.Task, a []core.Value) (core.Value, error) {
	if !a[0].Is(core.StringType) || !a[1].Is(core.StringType) {
		return core.Value{}, core.TypeErr("Regex", "", core.StringType.Value(), a[0])
	}
	var opts regexp2.RegexOptions
	for _, c := range a[1].Str() {
		switch c {
		case 'i':
			opts |= regexp2.IgnoreCase
		case 'm':
			opts |= regexp2.Multiline
		case 's':
			opts |= regexp2.Singleline
		case 'x':
			opts |= regexp2.IgnorePatternWhitespace
		case 'a':
			opts |= regexp2.ECMAScript
		default:
			return core.Value{}, core.ArgErrorf("unknown regex flag: %c", c)
		}
	}
	re, err := regexp2.Compile(fromPCRE(a[0].Str()), opts)
	if err != nil {
		return core.Value{}, core.Errorf("PCRE compilation error: %v", err)
	}
	return core.ToValue(&regex{regexType, re}), nil
}

// unnamed begins the names given to groups without one.
const unnamed = "__g"

// fromPCRE rewrites what PCRE writes or counts differently: (?P<name>, \h, and the
// numbers of groups: regexp2 numbers named ones last, so when there are any, all
// get names, and are numbered as they come.
func fromPCRE(p string) string {
	p = strings.ReplaceAll(p, "(?P<", "(?<")
	p = strings.ReplaceAll(p, "(?P=", "\\k<")
	p = strings.ReplaceAll(p, `\h`, `[ \t]`)
	if !strings.Contains(p, "(?<") && !strings.Contains(p, "(?'") {
		return p
	}
	var b strings.Builder
	class := false
	for i := 0; i < len(p); i++ {
		b.WriteByte(p[i])
		switch c := p[i]; {
		case c == '\\' && i+1 < len(p):
			i++
			b.WriteByte(p[i])
		case c == '[':
			class = true
		case c == ']':
			class = false
		case c == '(' && !class && i+1 < len(p) && p[i+1] != '?':
			fmt.Fprintf(&b, "?<%s%d>", unnamed, i)
		}
	}
	return b.String()
}

func regexArg(v core.Value) (*regex, error) {
	if !v.Is(regexType) {
		return nil, core.TypeErr("match", "", regexType.Value(), v)
	}
	return core.As[regex](v), nil
}

func regexExec(_ *task.Task, a []core.Value) (core.Value, error) {
	r, err := regexArg(a[0])
	if err != nil {
		return core.Value{}, err
	}
	if !a[1].Is(core.StringType) {
		return core.Value{}, core.TypeErr("match", "", core.StringType.Value(), a[1])
	}
	s := a[1].Str()
	// regexp2 counts characters: at[i] is the byte where character i begins.
	at := make([]int, 0, len(s)+1)
	from := -1
	runes := make([]rune, 0, len(s))
	for i, c := range s {
		if i >= int(a[2].Int64()) && from < 0 {
			from = len(runes)
		}
		at = append(at, i)
		runes = append(runes, c)
	}
	at = append(at, len(s))
	if from < 0 {
		from = len(runes)
	}
	m, err := r.re.FindRunesMatchStartingAt(runes, from)
	if err != nil {
		return core.Value{}, core.Errorf("PCRE.exec error: %v", err)
	}
	if m == nil {
		return core.Nothing(), nil
	}
	var out []core.Value
	for _, g := range m.Groups() {
		lo, hi := -1, -1
		if len(g.Captures) > 0 {
			lo, hi = at[g.RuneIndex], at[g.RuneIndex+g.RuneLength]
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
	var out []core.Value
	for _, n := range r.re.GetGroupNumbers() {
		name := r.re.GroupNameFromNumber(n)
		if name != "" && (name[0] < '0' || name[0] > '9') && !strings.HasPrefix(name, unnamed) {
			out = append(out, core.Int(int64(n)), core.MakeString(name))
		}
	}
	return core.VectorAny(out).Value(), nil
}
