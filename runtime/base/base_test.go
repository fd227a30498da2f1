package base

import (
	"io/fs"
	"strings"
	"testing"
)

func TestEveryFileIsLoadedOnce(t *testing.T) {
	seen := map[string]int{}
	modules := map[string]bool{"Core": true, "Base": true} // those begun so far
	for _, p := range Order() {
		seen[p.File]++
		if Source(p.File) == "" {
			t.Errorf("Base.jl includes %s, which is not there", p.File)
		}
		if !modules[p.Module] {
			t.Errorf("%s goes into a module %s that is not there yet", p.File, p.Module)
		}
		for line := range strings.Lines(Source(p.File)) {
			if name, ok := strings.CutPrefix(line, "module "); ok {
				modules[strings.TrimSpace(name)] = true
			}
		}
	}
	err := fs.WalkDir(files(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path == "Base.jl" || !strings.HasSuffix(path, ".jl") {
			return err
		}
		if seen[path] != 1 {
			t.Errorf("%s is included %d times by Base.jl", path, seen[path])
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
