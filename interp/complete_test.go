package interp

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// Names are completed without loading the definitions of others.
func TestCompletionLoadsWhatItShows(t *testing.T) {
	in := start(t, Options{Plain: true})
	loaded := func(name string) bool { return isLoaded(in, name) }
	for _, c := range []struct{ text, want, kind string }{
		{"printl", "println", "function"}, {"x = asyncm", "asyncmap!", "function"}, {"Base.ExponentialB", "ExponentialBackOff", "type"},
		{"@asyn", "@async", "macro"}, {"whi", "while", "keyword"},
	} {
		found := in.Complete(c.text, len(c.text)).Matches
		if !slices.Contains(found, Match{Text: c.want, Type: c.kind}) {
			t.Errorf("%s: no %s in %v", c.text, c.want, found)
		}
	}
	if !loaded("asyncmap!") || loaded("permutedims") {
		t.Errorf("asyncmap! is loaded: %v; permutedims: %v", loaded("asyncmap!"), loaded("permutedims"))
	}
}

// Keys of dictionaries and paths are completed where they stand.
func TestCompletionWithinBrackets(t *testing.T) {
	in := start(t, Options{Plain: true})
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	r := in.Eval(t.Context(), Source{Name: "none", Text: `using REPL; REPL.REPLCompletions.within_brackets("d["); d = Dict("abc" => 1, "abd" => 2, :α => 3)`}, nowhere{}, EvalOptions{})
	if r.Err != nil {
		t.Fatal(r.Err)
	}
	for _, c := range []struct {
		text string
		from int
		want []string
	}{
		{`d["ab`, 2, []string{`"abc"`, `"abd"`}},
		{`x + d["abc`, 6, []string{`"abc"]`}},
		{`d[:`, 2, []string{`:α]`}},
		{`readdir("` + dir + `/fo`, 9 + len(dir) + 1, []string{"folder/"}},
		{`d["x"] + prin`, 9, []string{"print", "println", "printstyled"}},
	} {
		got := in.Complete(c.text, len([]rune(c.text)))
		var texts []string
		for _, m := range got.Matches {
			texts = append(texts, m.Text)
		}
		if got.Start != c.from || !slices.Equal(texts, c.want) {
			t.Errorf("%s: %d %q, want %d %q", c.text, got.Start, texts, c.from, c.want)
		}
	}
}
