// Package stdlib holds the standard library as Julia source of our own:
// <Name>/src/<Name>.jl, loaded by the first `using <Name>`, and the files beside it
// that it includes.
package stdlib

import (
	"embed"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"weft/runtime/base"
)

//go:embed */src/*.jl
var embedded embed.FS

var files = sync.OnceValue(func() fs.FS {
	if dir := os.Getenv(base.SourcesEnv); dir != "" {
		return os.DirFS(filepath.Join(dir, "stdlib"))
	}
	return embedded
})

// Source returns the text of a library's main file and its name in stack traces;
// false if there is no such library.
func Source(name string) (path, text string, ok bool) {
	path = name + "/src/" + name + ".jl"
	if text, ok = File(path); !ok {
		text, ok = compiledSource(name)
	}
	return path, text, ok
}

// Names lists the libraries.
func Names() []string {
	entries, err := fs.ReadDir(files(), ".")
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return append(names, slices.Sorted(maps.Keys(compiled))...)
}

// File returns the text of a file that the main file includes.
func File(path string) (text string, ok bool) {
	b, err := fs.ReadFile(files(), path)
	return string(b), err == nil
}
