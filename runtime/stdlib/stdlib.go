// Package stdlib holds the standard library as Julia source of our own:
// <Name>/src/<Name>.jl, loaded by the first `using <Name>`.
package stdlib

import "embed"

//go:embed */src/*.jl
var files embed.FS

// Source returns the text of a library's main file and its name in stack traces;
// false if there is no such library.
func Source(name string) (path, text string, ok bool) {
	path = name + "/src/" + name + ".jl"
	b, err := files.ReadFile(path)
	if err != nil {
		return "", "", false
	}
	return path, string(b), true
}
