package boot

// This file tells which types must exist before a method can be called.

import (
	"slices"
	"strings"

	"weft/runtime/core"
)

// types are the names of the types that the modules define, by struct, abstract
// type and primitive type, and the other names that they have in Base.
type types struct {
	in     map[string]map[string]bool
	consts map[string]map[string]core.Value // what constants of the modules are, if it may be a type
	alias  map[string]string                // of constructors
}

func typesOf(all []*statement) types {
	ts := types{map[string]map[string]bool{}, map[string]map[string]core.Value{}, aliases(all)}
	for _, st := range all {
		m := st.part.Module
		if ts.in[m] == nil {
			ts.in[m], ts.consts[m] = map[string]bool{}, map[string]core.Value{}
		}
		if n := definedType(st.ex); n != "" {
			ts.in[m][n] = true
		} else if ex := documented(st.ex); head(ex) == "const" {
			ts.consts[m][plain(arg(arg(ex, 0), 0))] = arg(arg(ex, 0), 1)
		}
	}
	return ts
}

// definedType is the name of the type that a statement defines, or "".
func definedType(ex core.Value) string {
	ex = documented(ex)
	i := 0
	switch head(ex) {
	case "struct":
		i = 1
	case "abstract", "primitive":
	default:
		return ""
	}
	if kind, names := typeName(arg(ex, i)); kind == 'd' {
		return names[0]
	}
	return ""
}

// rename puts the names of types for other names that they have, of which methods
// are constructors.
func (ts types) rename(st *statement) {
	for i, n := range st.names {
		if a := ts.alias[n]; a != "" {
			st.names[i] = a
		}
	}
}

// needed lists the types of Base ("T") and of its modules ("M.T") without whose
// values, or without which as an argument, no call can come to the methods that a
// statement defines: while one of them does not exist, the methods are not missed.
// "A|B" stands for one of several.
func (ts types) needed(st *statement) (all []string) {
	for i, d := range definitions(st.ex) {
		need := ts.neededBy(d, st.part.Module)
		if i == 0 {
			all = need
			continue
		}
		all = slices.DeleteFunc(all, func(t string) bool { return !slices.Contains(need, t) })
	}
	return all
}

func (ts types) neededBy(ex core.Value, m string) []string {
	sig := arg(documented(ex), 0)
	bounds := map[string]core.Value{} // of the variables
	for head(sig) == "where" || head(sig) == "::" {
		for _, v := range args(sig)[1:] {
			if head(sig) == "where" {
				switch head(v) {
				case "":
					bounds[name(v)] = core.Value{}
				case "<:":
					bounds[name(arg(v, 0))] = arg(v, 1)
				default:
					return nil
				}
			}
		}
		sig = arg(sig, 0)
	}
	if head(sig) != "call" {
		return nil
	}
	var out []string
	for _, a := range args(sig)[1:] {
		if head(a) != "::" {
			continue // of any type, optional, or one of any number
		}
		n := strings.Join(ts.kinds(arg(a, len(args(a))-1), m, bounds, 0), "|")
		if n != "" && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// deepest is how many names of names are followed.
const deepest = 8

// kinds are types of Base and its modules one of which all values of the type t,
// written in module m, have; nil if that cannot be told.
func (ts types) kinds(t core.Value, m string, bounds map[string]core.Value, depth int) []string {
	for head(t) == "where" {
		t = arg(t, 0)
	}
	n := plain(t)
	if depth > deepest || n == "" {
		return nil
	}
	if b, ok := bounds[n]; ok {
		return ts.kinds(b, m, nil, depth+1)
	}
	switch {
	case n == "Union":
		var all []string
		for _, u := range args(t)[min(1, len(args(t))):] {
			some := ts.kinds(u, m, bounds, depth+1)
			if some == nil {
				return nil
			}
			for _, k := range some {
				if !slices.Contains(all, k) {
					all = append(all, k)
				}
			}
		}
		return all
	case n == "Type":
		// Only the type itself: a name for several stands for a type that may exist
		// without any of them.
		// Its subtypes do not exist without it either, but for Union{}, which has methods of its own.
		t = arg(t, 1)
		if head(t) == "<:" && len(args(t)) == 1 {
			t = arg(t, 0)
		}
		if _, ok := bounds[plain(t)]; ok {
			return nil
		}
		if all := ts.kinds(t, m, bounds, depth+1); len(all) == 1 {
			return all
		}
		return nil
	case inBase(m) && ts.in[m][n]:
		return []string{m + "." + n}
	case inBase(m) && ts.consts[m][n].P != nil:
		return ts.kinds(ts.consts[m][n], m, nil, depth+1)
	case ts.in["Base"][n] || ts.in["Core"][n]:
		return []string{n}
	case ts.consts["Base"][n].P != nil:
		return ts.kinds(ts.consts["Base"][n], "Base", nil, depth+1)
	}
	return nil
}

// plain is the name of a type that is written as a name with or without
// parameters, or "".
func plain(t core.Value) string {
	if head(t) == "curly" {
		t = arg(t, 0)
	}
	return name(t)
}
