package boot

// This file tells which types must exist before a method can be called.

import (
	"slices"

	"weft/runtime/core"
)

// types are the names of the types that the modules define, by struct, abstract
// type and primitive type, and the other names that they have in Base.
type types struct {
	in    map[string]map[string]bool
	alias map[string]string
}

func typesOf(all []*statement) types {
	ts := types{map[string]map[string]bool{}, aliases(all)}
	for _, st := range all {
		n := definedType(st.ex)
		if n == "" {
			continue
		}
		if ts.in[st.part.Module] == nil {
			ts.in[st.part.Module] = map[string]bool{}
		}
		ts.in[st.part.Module][n] = true
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
		t := arg(a, len(args(a))-1)
		n := plain(t)
		if b, ok := bounds[n]; ok {
			n = plain(b)
		} else if n == "Type" && head(t) == "curly" {
			if n = plain(arg(t, 1)); n != "" {
				if _, ok := bounds[n]; ok {
					n = ""
				}
			}
		}
		if _, ok := bounds[n]; ok {
			continue
		}
		if inBase(m) && ts.in[m][n] {
			n = m + "." + n
		} else if n = ts.base(n); n == "" {
			continue
		}
		if !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// base is the type of Base that a name means, or "".
func (ts types) base(n string) string {
	for n != "" && !ts.in["Base"][n] && !ts.in["Core"][n] {
		n = ts.alias[n]
	}
	return n
}

// plain is the name of a type that is written as a name with or without
// parameters, or "".
func plain(t core.Value) string {
	if head(t) == "curly" {
		t = arg(t, 0)
	}
	return name(t)
}
