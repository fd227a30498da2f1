// Package stdlib holds the standard library as Julia source of our own:
// <Name>/src/<Name>.jl, loaded by the first `using <Name>`.
package stdlib

import (
	"embed"
	"io/fs"
	"os"
	"path/filepath"
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
	b, err := fs.ReadFile(files(), path)
	if err != nil {
		return "", "", false
	}
	return path, string(b), true
}
