// Package base holds Base, the standard environment of Julia, as Julia source of
// our own. Base.jl is the load order.
package base

import (
	"embed"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"unsafe"
)

//go:embed *.jl linalg/*.jl strings/*.jl weft/*.jl
var embedded embed.FS

// SourcesEnv names an environment variable for work on Base: a folder with base/
// and stdlib/, which is read instead of what was built in.
const SourcesEnv = "WEFT_SOURCES"

var files = sync.OnceValue(func() fs.FS {
	if dir := os.Getenv(SourcesEnv); dir != "" {
		return os.DirFS(filepath.Join(dir, "base"))
	}
	return embedded
})

// Part is one file of Base and the module that it is evaluated in.
type Part struct {
	Module string // "Core", "Base" or a module that Base defines
	File   string
}

// Order lists the files in load order, as the include lines of Base.jl say:
// include(Core, "boot.jl") goes into Core, include("int.jl") into Base,
// include(Weft, "weft/tasks.jl") into Base's module Weft.
func Order() []Part { return order() }

var order = sync.OnceValue(func() []Part {
	var parts []Part
	for _, line := range strings.Split(Source("Base.jl"), "\n") {
		rest, ok := strings.CutPrefix(strings.TrimSpace(line), "include(")
		if !ok {
			continue
		}
		p := Part{Module: "Base"}
		if m, r, ok := strings.Cut(rest, ", "); ok {
			p.Module, rest = m, r
		}
		name, _, ok := strings.Cut(strings.TrimPrefix(rest, `"`), `"`)
		if ok {
			p.File = name
			parts = append(parts, p)
		}
	}
	return parts
})

// Source returns the text of a file of Base, or "" if there is none.
func Source(file string) string {
	b, err := fs.ReadFile(files(), file)
	if err != nil || len(b) == 0 {
		return ""
	}
	return unsafe.String(unsafe.SliceData(b), len(b)) // nobody else has these bytes
}

// Section returns the bytes from start to end of a file of Base, or "" if it has them
// not.
func Section(file string, start, end int) string {
	f, err := files().Open(file)
	if err != nil {
		return ""
	}
	defer f.Close() // only read
	at, ok := f.(io.ReaderAt)
	if !ok || start < 0 || end < start {
		return ""
	}
	b := make([]byte, end-start)
	if n, err := at.ReadAt(b, int64(start)); n < len(b) && err != nil || len(b) == 0 {
		return ""
	}
	return unsafe.String(unsafe.SliceData(b), len(b)) // nobody else has these bytes
}

// Size is the number of bytes of a file of Base, 0 if there is none.
func Size(file string) int64 {
	info, err := fs.Stat(files(), file)
	if err != nil {
		return 0
	}
	return info.Size()
}

// Changing reports whether Base is read from a folder, where it may be another one than
// what was built in.
func Changing() bool { return os.Getenv(SourcesEnv) != "" }
