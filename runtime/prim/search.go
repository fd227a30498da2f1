package prim

// This file: searching, splitting and replacing in strings, and symbols.

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"weft/runtime/core"
	"weft/runtime/task"
)

var searchTable = []entry{
	{"string_find", 3, 3, "index where a string (or character) occurs first at or after byte i; 0 if nowhere", func(_ *task.Task, a []core.Value) (core.Value, error) {
		s, p, err := twoTexts("findnext", a)
		if err != nil {
			return core.Value{}, err
		}
		i := int(a[2].N)
		if i < 1 || i > len(s)+1 {
			return core.Int(0), nil
		}
		k := strings.Index(s[i-1:], p)
		if k < 0 {
			return core.Int(0), nil
		}
		return core.Int(int64(i + k)), nil
	}},
	{"string_rfind", 3, 3, "index where a string (or character) occurs last, starting at or before byte i; 0 if nowhere", func(_ *task.Task, a []core.Value) (core.Value, error) {
		s, p, err := twoTexts("findprev", a)
		if err != nil {
			return core.Value{}, err
		}
		i := min(int(a[2].N), len(s)+1)
		if i < 0 {
			return core.Int(0), nil
		}
		return core.Int(int64(strings.LastIndex(s[:min(len(s), i-1+len(p))], p) + 1)), nil
	}},
	{"string_hasprefix", 2, 2, "starts with (up to a character's end)", func(_ *task.Task, a []core.Value) (core.Value, error) {
		s, p, err := twoTexts("startswith", a)
		ok := strings.HasPrefix(s, p)
		if n := len(p); ok && n > 0 && n < len(s) {
			_, next := nextChar(s, thisChar(s, n)-1)
			ok = next == n
		}
		return core.MakeBool(ok), err
	}},
	{"string_hassuffix", 2, 2, "ends with (at a character's start)", func(_ *task.Task, a []core.Value) (core.Value, error) {
		s, p, err := twoTexts("endswith", a)
		ok := strings.HasSuffix(s, p)
		if ok && p != "" && len(p) < len(s) {
			ok = thisChar(s, len(s)-len(p)+1) == len(s)-len(p)+1
		}
		return core.MakeBool(ok), err
	}},
	{"string_count", 2, 2, "occurrences that do not overlap", func(_ *task.Task, a []core.Value) (core.Value, error) {
		s, p, err := twoTexts("count", a)
		if p == "" {
			return core.Int(int64(charsOf(s) + 1)), err
		}
		return core.Int(int64(strings.Count(s, p))), err
	}},
	{"string_split", 5, 5, "split(s, separator, limit, keepempty, from the right) as Vector{SubString{String}}; separator a string, a character, a tuple of characters, or nothing for blanks", stringSplit},
	{"string_replace", 3, -1, "replace(s, count, pattern, replacement, ...) of strings by strings", stringReplace},
	{"string_strip", 3, 3, "bounds (first, last byte index) after removing from the left (1), right (2) or both (3) the characters of a set (nothing: blanks)", stringStrip},
}

// twoTexts reads a string and a string or character.
func twoTexts(name string, a []core.Value) (s, p string, err error) {
	if s, err = textArg(name, a[0]); err != nil {
		return
	}
	if a[1].Is(core.Char) {
		return s, charText(uint32(a[1].N)), nil
	}
	p, err = textArg(name, a[1])
	return
}

// parentOf gives the text of a string and where it lies in its parent String.
func parentOf(v core.Value) (s string, parent core.Value, off int, err error) {
	if s, err = textArg("split", v); err != nil {
		return
	}
	if core.TypeOf(v).Kind == core.KindObject {
		return s, v.Field(0), int(v.Field(1).N), nil
	}
	return s, v, 0, nil
}

// subStrings makes the Vector{SubString{String}} of the byte ranges.
func subStrings(t *task.Task, parent core.Value, off int, parts [][2]int) (core.Value, error) {
	el, err := baseType(t, "SubString", stringTypeValue)
	if err != nil {
		return core.Value{}, err
	}
	v := core.NewArray(core.VectorOf(el.Value()), len(parts), nil)
	return v.Value(), inParts(t, len(parts), func(lo, hi int) {
		for i, p := range parts[lo:hi] {
			v.Set(lo+i, core.NewStruct(el, parent, core.Int(int64(off+p[0])), core.Int(int64(p[1]-p[0]))))
		}
	})
}

// baseType is a type that Base's source defines, with parameters if it has any.
func baseType(t *task.Task, name string, params ...core.Value) (*core.DataType, error) {
	b := t.Sched.RT.Base.Lookup(core.Sym(name))
	if b == nil || b.Value.P == nil {
		return nil, core.Errorf("Base.%s is not defined yet", name)
	}
	v := b.Value
	for core.TypeOf(v) == core.UnionAllType {
		v = core.As[core.UnionAll](v).Body
	}
	d, ok := core.IsDataType(v)
	if !ok {
		return nil, core.Errorf("Base.%s is not a type", name)
	}
	if len(params) == 0 {
		return d, nil
	}
	return d.Name.Apply(params), nil
}

// charSet reads the separators of split and strip: a predicate on characters.
func charSet(v core.Value) (func(u uint32) bool, error) {
	switch t := core.TypeOf(v); {
	case t == core.NothingType:
		return func(u uint32) bool {
			r, ok := charRune(u)
			return ok && (r == ' ' || r >= 9 && r <= 13 || r == 0x85 || r >= 0xa0 && unicode.IsSpace(rune(r)))
		}, nil
	case t == core.Char:
		return func(u uint32) bool { return u == uint32(v.N) }, nil
	case t.Has(core.FlagTuple):
		fs := v.Fields(len(t.Params))
		return func(u uint32) bool {
			for _, f := range fs {
				if uint32(f.N) == u {
					return true
				}
			}
			return false
		}, nil
	case t.Kind == core.KindArray:
		arr := core.As[core.Array](v)
		return func(u uint32) bool {
			for i := range arr.Len {
				if c := arr.Get(i); c.Is(core.Char) && uint32(c.N) == u {
					return true
				}
			}
			return false
		}, nil
	}
	return nil, unexpected("split", core.Char, v)
}

func stringSplit(t *task.Task, a []core.Value) (core.Value, error) {
	s, parent, off, err := parentOf(a[0])
	if err != nil {
		return core.Value{}, err
	}
	limit, keep, right := int(a[2].N), a[3].IsTrue(), a[4].IsTrue()
	separators, err := separatorsOf(a[1], right)
	if err != nil {
		return core.Value{}, err
	}
	var parts [][2]int
	if err := long(t, len(s), func() { parts = partsBetween(s, separators(s), limit, keep, right) }); err != nil {
		return core.Value{}, err
	}
	return subStrings(t, parent, off, parts)
}

// separatorsOf is what finds the separators that sep stands for, as byte ranges of a text.
func separatorsOf(sep core.Value, right bool) (func(s string) [][2]int, error) {
	if st := core.TypeOf(sep); st == core.StringType || st.Kind == core.KindObject && isSubString(st) {
		p, err := textArg("split", sep)
		return func(s string) [][2]int { return textsIn(s, p, right) }, err
	}
	in, err := charSet(sep)
	return func(s string) (seps [][2]int) {
		for i := 0; i < len(s); {
			u, next := nextChar(s, i)
			if in(u) {
				seps = append(seps, [2]int{i, next})
			}
			i = next
		}
		return seps
	}, err
}

// textsIn finds the places of p in s that do not overlap, looked for from the right or
// from the left; of an empty p, those between two characters.
func textsIn(s, p string, right bool) (seps [][2]int) {
	switch {
	case p == "":
		for i := 0; i < len(s); {
			_, next := nextChar(s, i)
			if next < len(s) {
				seps = append(seps, [2]int{next, next})
			}
			i = next
		}
	case right:
		for k := strings.LastIndex(s, p); k >= 0; k = strings.LastIndex(s[:k], p) {
			seps = append(seps, [2]int{k, k + len(p)})
		}
		slices.Reverse(seps)
	default:
		for i := 0; ; {
			k := strings.Index(s[i:], p)
			if k < 0 {
				break
			}
			seps = append(seps, [2]int{i + k, i + k + len(p)})
			i += k + len(p)
		}
	}
	return seps
}

// partsBetween are the byte ranges of s between its separators: at most limit, if that is
// positive, counted from the right or the left; the empty ones too, if they are to be kept.
func partsBetween(s string, seps [][2]int, limit int, keep, right bool) (parts [][2]int) {
	if right {
		end := len(s)
		for k := len(seps) - 1; k >= 0 && (limit <= 0 || len(parts) < limit-1); k-- {
			if keep || seps[k][1] < end {
				parts = append(parts, [2]int{seps[k][1], end})
			}
			end = seps[k][0]
		}
		if keep || end > 0 {
			parts = append(parts, [2]int{0, end})
		}
		slices.Reverse(parts)
		return parts
	}
	start := 0
	for _, p := range seps {
		if limit > 0 && len(parts) >= limit-1 {
			break
		}
		if keep || p[0] > start {
			parts = append(parts, [2]int{start, p[0]})
		}
		start = p[1]
	}
	if keep || start < len(s) {
		parts = append(parts, [2]int{start, len(s)})
	}
	return parts
}

func stringReplace(t *task.Task, a []core.Value) (core.Value, error) {
	s, err := textArg("replace", a[0])
	if err != nil {
		return core.Value{}, err
	}
	count := int(a[1].N)
	var pats, reps []string
	for i := 2; i+1 < len(a); i += 2 {
		for k, list := range []*[]string{&pats, &reps} {
			v := a[i+k]
			if v.Is(core.Char) {
				*list = append(*list, charText(uint32(v.N)))
				continue
			}
			p, err := textArg("replace", v)
			if err != nil {
				return core.Value{}, err
			}
			*list = append(*list, p)
		}
	}
	if len(pats) == 1 && pats[0] != "" {
		var out string
		if err := long(t, len(s), func() { out = strings.Replace(s, pats[0], reps[0], count) }); err != nil {
			return core.Value{}, err
		}
		return core.MakeString(out), nil
	}
	var b strings.Builder
	for i := 0; i <= len(s); {
		hit := false
		for k, p := range pats {
			if count != 0 && strings.HasPrefix(s[i:], p) {
				b.WriteString(reps[k])
				count--
				i += len(p)
				hit = len(p) > 0
				break
			}
		}
		if hit {
			continue
		}
		if i >= len(s) {
			break
		}
		_, n := nextChar(s, i)
		b.WriteString(s[i:n])
		i = n
	}
	return core.MakeString(b.String()), nil
}

func stringStrip(_ *task.Task, a []core.Value) (core.Value, error) {
	s, err := textArg("strip", a[0])
	if err != nil {
		return core.Value{}, err
	}
	side := int(a[1].N)
	in, err := charSet(a[2])
	if err != nil {
		return core.Value{}, err
	}
	lo, hi := 0, len(s)
	if side&1 != 0 {
		for lo < hi {
			u, next := nextChar(s, lo)
			if !in(u) {
				break
			}
			lo = next
		}
	}
	if side&2 != 0 {
		for hi > lo {
			k := thisChar(s, hi)
			if u, _ := nextChar(s, k-1); !in(u) {
				break
			}
			hi = k - 1
		}
	}
	return tuple2(core.Int(int64(lo+1)), core.Int(int64(hi))), nil
}

var symbolTable = []entry{
	{"symbol_from_string", 1, 1, "the Symbol of a string", func(_ *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("Symbol", a[0])
		if err != nil {
			return core.Value{}, err
		}
		if strings.IndexByte(s, 0) >= 0 {
			return core.Value{}, core.ArgErrorf("Symbol name may not contain \\0")
		}
		return core.Sym(s).Value(), nil
	}},
	{"symbol_string", 1, 1, "the name of a Symbol", func(_ *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("String", a[0])
		return core.MakeString(s), err
	}},
	{"symbol_is_identifier", 1, 1, "could stand in source without var\"\"", func(_ *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("isidentifier", a[0])
		return core.MakeBool(core.IsIdentifier(s)), err
	}},
	{"symbol_gensym", 1, 1, "a new name made from a tag", func(t *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("gensym", a[0])
		if err != nil {
			return core.Value{}, err
		}
		m := t.Sched.RT.Core
		c := m.Define(core.Sym("##gensym"))
		if c.Value.P == nil {
			c.Value = core.Int(230)
		}
		c.Value = core.Int(c.Value.Int64() + 1)
		name := "##"
		if s != "" {
			name += s + "#"
		}
		return core.Sym(name + strconv.FormatInt(c.Value.Int64(), 10)).Value(), nil
	}},
}
