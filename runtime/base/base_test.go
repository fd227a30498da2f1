package base

import (
	"io/fs"
	"strings"
	"testing"
)

func TestEveryFileIsLoadedOnce(t *testing.T) {
	seen := map[string]int{}
	for _, p := range Order() {
		seen[p.File]++
		if Source(p.File) == "" {
			t.Errorf("Base.jl includes %s, which is not there", p.File)
		}
		if p.Module != "Core" && p.Module != "Base" && p.Module != "Weft" {
			t.Errorf("%s goes into an unknown module %s", p.File, p.Module)
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
