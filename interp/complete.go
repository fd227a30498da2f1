package interp

// This file completes names, fields and \symbols at a cursor.

import (
	"context"
	"sort"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"weft/interp/vm"
	"weft/runtime/core"
)

// answerWithin is how long completion and inspection wait for the baton.
const answerWithin = time.Second

// keywords are completed beside names.
var keywords = strings.Fields("abstract baremodule begin break catch const continue do else elseif end export false finally for function global if import let local macro module mutable outer primitive public quote return struct true try using where while")

// Complete completes what stands before a cursor counted in code points.
func (in *Interp) Complete(text string, cursor int) Completion {
	before := headOf(text, cursor)
	cursor = utf8.RuneCountInString(before)
	if i := strings.LastIndexByte(before, '\\'); i >= 0 && !strings.ContainsAny(before[i+1:], " \t\n\"'()[]{}") {
		return completeSymbol(before, i, cursor)
	}
	ctx, cancel := context.WithTimeout(context.Background(), answerWithin)
	defer cancel()
	if strings.ContainsAny(before, "\"`[") {
		if c, ok := in.completeWithin(ctx, before, cursor); ok {
			return c
		}
	}
	path, word := pathBefore(before)
	c := Completion{Start: cursor - utf8.RuneCountInString(word), End: cursor}
	found := matches{word: word, by: map[string]Match{}}
	finished := in.onBaton(ctx, func() {
		if len(path) == 0 {
			in.visibleNames(in.rt.Main, found)
			return
		}
		if v, ok := in.valueOf(path); ok {
			in.namesIn(v, found)
		}
	})
	if !finished {
		return c
	}
	if len(path) == 0 {
		for _, k := range keywords {
			found.add(k, "keyword")
		}
	}
	for _, m := range found.by {
		c.Matches = append(c.Matches, m)
	}
	sort.Slice(c.Matches, func(i, j int) bool { return c.Matches[i].Text < c.Matches[j].Text })
	return c
}

// completeWithin completes keys of dictionaries and paths in quotes, as the library REPL does.
func (in *Interp) completeWithin(ctx context.Context, before string, cursor int) (Completion, bool) {
	var c Completion
	finished := in.onBaton(ctx, func() {
		if lib, err := in.require("REPL"); err != nil || lib == nil {
			return
		}
		of := func(owner core.Value, name string) core.Value {
			return core.MakeExpr(core.Sym("."), owner, core.ToValue(&core.QuoteNode{Type: core.QuoteNodeType, V: core.Sym(name).Value()}))
		}
		f := of(of(core.Sym("REPL").Value(), "REPLCompletions"), "within_brackets")
		v, err := in.eng.EvalApart(in.packages, core.MakeExpr(core.Sym("call"), f, core.MakeString(before)), vm.Position{File: "complete", Line: 1})
		if err != nil || !v.Is(core.VectorAnyT) {
			return
		}
		found := core.As[core.Array](v).Values()
		if len(found) < 2 {
			return
		}
		c = Completion{Start: utf8.RuneCountInString(before[:found[0].Int64()-1]), End: cursor}
		for _, x := range found[1:] {
			c.Matches = append(c.Matches, Match{Text: textOf(x), Type: "text"})
		}
	})
	if !finished {
		return Completion{}, false // c may still be written
	}
	return c, len(c.Matches) > 0
}

// matches are the names found that begin with a word.
type matches struct {
	word string
	by   map[string]Match
}

// fits reports whether a name is one to look at. To look at one that does not fit could
// load its definition for nothing.
func (m matches) fits(name string) bool {
	return strings.HasPrefix(name, m.word) && (name[0] != '#' || m.word != "" && m.word[0] == '#')
}

func (m matches) add(name, kind string) {
	if m.fits(name) {
		m.by[name] = Match{Text: name, Type: kind}
	}
}

// headOf returns the first n code points of text (all of it if it has fewer).
func headOf(text string, n int) string {
	for i := range text {
		if n <= 0 {
			return text[:i]
		}
		n--
	}
	return text
}

// completeSymbol completes \name to the characters it stands for.
func completeSymbol(before string, at, cursor int) Completion {
	word := before[at:]
	c := Completion{Start: utf8.RuneCountInString(before[:at]), End: cursor}
	if s, ok := symbolNames[word]; ok {
		c.Matches = []Match{{Text: s, Type: "symbol"}}
		return c
	}
	for name := range symbolNames {
		if strings.HasPrefix(name, word) {
			c.Matches = append(c.Matches, Match{Text: name, Type: "symbol"})
		}
	}
	sort.Slice(c.Matches, func(i, j int) bool { return c.Matches[i].Text < c.Matches[j].Text })
	return c
}

func nameRune(r rune) bool {
	return r == '_' || r == '!' || r == '@' || unicode.IsLetter(r) || unicode.IsDigit(r) || r > 0x7f && !unicode.IsSpace(r)
}

// pathBefore splits a.b.wo before the cursor into the path [a b] and the word.
func pathBefore(before string) (path []string, word string) {
	start := len(before)
	for start > 0 {
		r, n := utf8.DecodeLastRuneInString(before[:start])
		if !nameRune(r) && r != '.' {
			break
		}
		start -= n
	}
	parts := strings.Split(before[start:], ".")
	word = parts[len(parts)-1]
	for _, p := range parts[:len(parts)-1] {
		if p == "" {
			return nil, word
		}
		path = append(path, p)
	}
	return path, word
}

// valueOf finds the value of a path of names, looking at modules and fields only.
func (in *Interp) valueOf(path []string) (core.Value, bool) {
	b := in.rt.Main.Lookup(core.Sym(path[0]))
	if b == nil || b.Value.P == nil {
		return core.Value{}, false
	}
	v := b.Value
	for _, name := range path[1:] {
		next, ok := fieldNamed(v, name)
		if !ok {
			return core.Value{}, false
		}
		v = next
	}
	return v, true
}

// fieldNamed reads a module's global or an object's field.
func fieldNamed(v core.Value, name string) (core.Value, bool) {
	t := core.TypeOf(v)
	if t == core.ModuleType {
		b := core.As[core.Module](v).Lookup(core.Sym(name))
		if b == nil || b.Value.P == nil {
			return core.Value{}, false
		}
		return b.Value, true
	}
	if t.Kind == core.KindObject {
		for i, f := range t.Name.FieldNames {
			if f.Name == name {
				x := v.Field(i)
				return x, x.P != nil
			}
		}
	}
	return core.Value{}, false
}

// namesIn lists the names of a module or the fields of an object.
func (in *Interp) namesIn(v core.Value, found matches) {
	t := core.TypeOf(v)
	if t == core.ModuleType {
		m := core.As[core.Module](v)
		in.exportedNames(m, found)
		in.ownNames(m, found)
		return
	}
	names := t.Name.FieldNames
	if t.Name == core.NamedTupleName {
		for _, f := range t.Params[0].Fields(len(core.TypeOf(t.Params[0]).Params)) {
			names = append(names, core.As[core.Symbol](f))
		}
	}
	for _, f := range names {
		found.add(f.Name, "field")
	}
}

// visibleNames lists what can be named in m.
func (in *Interp) visibleNames(m *core.Module, found matches) {
	for _, u := range m.Usings {
		in.exportedNames(u, found)
	}
	in.exportedNames(in.rt.Base, found)
	in.exportedNames(in.rt.Core, found)
	in.ownNames(m, found)
}

// exportedNames lists what m exports.
func (in *Interp) exportedNames(m *core.Module, found matches) {
	for s := range m.Exported {
		if !found.fits(s.Name) {
			continue
		}
		if b := m.Lookup(s); b != nil && b.Value.P != nil {
			found.add(s.Name, in.kindOf(b.Value))
		}
	}
}

// ownNames lists what has a value in m.
func (in *Interp) ownNames(m *core.Module, found matches) {
	for s, b := range m.Bindings {
		if b.Value.P != nil {
			found.add(s.Name, in.kindOf(b.Value))
		}
	}
}

// kindOf names the kind of a value for a completion list.
func (in *Interp) kindOf(v core.Value) string {
	t := core.TypeOf(v)
	switch {
	case core.IsType(v):
		return "type"
	case t == core.ModuleType:
		return "module"
	case t.Has(core.FlagFunction):
		if f := t.Name.FuncName; f != nil && strings.HasPrefix(f.Name, "@") {
			return "macro"
		}
		return "function"
	}
	return "variable"
}
