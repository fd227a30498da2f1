package interp

// This file finds the documentation of the name at a cursor.

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"weft/runtime/core"
)

// Inspect gives the documentation of the name at a cursor (in code points).
func (in *Interp) Inspect(text string, cursor, detail int) (Bundle, bool) {
	path := nameAt(text, cursor)
	if len(path) == 0 {
		return nil, false
	}
	ctx, cancel := context.WithTimeout(context.Background(), answerWithin)
	defer cancel()
	var b Bundle
	if !in.onBaton(ctx, func() { b = in.describe(path) }) {
		return nil, false // b may still be written
	}
	return b, b != nil
}

// nameAt returns the dotted name at the cursor, or the function whose argument
// list the cursor is in.
func nameAt(text string, cursor int) []string {
	before := headOf(text, cursor)
	after := text[len(before):]
	if len(after) > 0 {
		for i, r := range after {
			if !nameRune(r) {
				after = after[:i]
				break
			}
		}
	}
	whole := before + after
	end := len(whole)
	if r, _ := utf8.DecodeLastRuneInString(whole); after == "" && !nameRune(r) {
		// Inside a call: go back to the open parenthesis.
		depth := 0
		end = -1
		for i := len(before) - 1; i >= 0 && end < 0; i-- {
			switch before[i] {
			case ')':
				depth++
			case '(':
				if depth--; depth < 0 {
					end = i
				}
			}
		}
		if end < 0 {
			return nil
		}
	}
	path, word := pathBefore(whole[:end])
	if word == "" {
		return nil
	}
	return append(path, word)
}

// describe makes the documentation of a name: its docstring, else what it is.
func (in *Interp) describe(path []string) Bundle {
	if doc := in.docOf(path); doc != "" {
		return Bundle{"text/plain": doc, "text/markdown": doc}
	}
	v, ok := in.valueOf(path)
	if !ok {
		return nil
	}
	name := strings.Join(path, ".")
	kind := in.kindOf(v)
	text := fmt.Sprintf("No documentation found for `%s`.\n\n`%s` is a %s", name, name, kind)
	switch kind {
	case "variable":
		text += " of type `" + core.TypeOf(v).Name.Name.Name + "`"
	case "function":
		t := in.rt.Known(core.TypeOf(v).Name)
		if t != nil {
			text += fmt.Sprintf(" with %d method%s", len(t.Methods), map[bool]string{true: "", false: "s"}[len(t.Methods) == 1])
		}
	}
	text += "."
	return Bundle{"text/plain": text, "text/markdown": text}
}

// docOf returns the docstring of a name, following the module that owns it.
func (in *Interp) docOf(path []string) string {
	m := in.rt.Main
	for _, p := range path[:len(path)-1] {
		b := m.Lookup(core.Sym(p))
		if b == nil || !b.Value.Is(core.ModuleType) {
			return ""
		}
		m = core.As[core.Module](b.Value)
	}
	s := core.Sym(path[len(path)-1])
	owners := []*core.Module{m}
	if b := m.Lookup(s); b != nil {
		owners = append(owners, b.Owner)
	}
	in.rt.Base.Lookup(core.Sym("BaseDocs"))
	owners = append(owners, in.rt.Base, in.rt.Core)
	for _, o := range owners {
		if d := o.DocText(s); d != "" {
			return d
		}
	}
	return ""
}
