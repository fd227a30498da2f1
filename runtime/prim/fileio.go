package prim

// This file: files and folders. Each call is short; it runs under the baton.

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sort"

	"weft/runtime/core"
	"weft/runtime/task"
)

var fileTable = []entry{
	{"file_read", 1, 1, "the bytes of a file as a Vector{UInt8}", onPath(func(p string, _ []core.Value) (core.Value, error) {
		b, err := os.ReadFile(p)
		return core.BytesVector(b).Value(), err
	})},
	{"file_read_string", 1, 1, "the contents of a file as a String", onPath(func(p string, _ []core.Value) (core.Value, error) {
		b, err := os.ReadFile(p)
		return core.MakeString(string(b)), err
	})},
	{"file_write", 3, 3, "file_write(path, text or bytes, append): writes a file; how many bytes", onPath(func(p string, a []core.Value) (core.Value, error) {
		var b []byte
		if core.TypeOf(a[1]).Kind == core.KindArray {
			v, err := bytesArg("write", a[1])
			if err != nil {
				return core.Value{}, err
			}
			b = v
		} else {
			s, err := textArg("write", a[1])
			if err != nil {
				return core.Value{}, err
			}
			b = []byte(s)
		}
		flags := os.O_WRONLY | os.O_CREATE | os.O_TRUNC
		if a[2].IsTrue() {
			flags = os.O_WRONLY | os.O_CREATE | os.O_APPEND
		}
		f, err := os.OpenFile(p, flags, 0o666)
		if err != nil {
			return core.Value{}, err
		}
		n, err := f.Write(b)
		return core.Int(int64(n)), errors.Join(err, f.Close())
	})},
	{"file_stat", 1, 1, "(kind, size, modification time, mode), kind :file :dir :link :other; nothing if there is none", onPath(func(p string, _ []core.Value) (core.Value, error) {
		i, err := os.Stat(p)
		if err != nil {
			return nothing, nil
		}
		kind := "other"
		switch {
		case i.Mode().IsRegular():
			kind = "file"
		case i.IsDir():
			kind = "dir"
		}
		return makeTuple(core.Sym(kind).Value(), core.Int(i.Size()), core.Float(float64(i.ModTime().UnixMicro())/1e6), core.Uint(uint64(i.Mode().Perm()))), nil
	})},
	{"file_islink", 1, 1, "is a symbolic link", onPath(func(p string, _ []core.Value) (core.Value, error) {
		i, err := os.Lstat(p)
		return core.MakeBool(err == nil && i.Mode()&fs.ModeSymlink != 0), nil
	})},
	{"file_list", 1, 1, "the names in a folder, sorted, as a Vector{String}", onPath(func(p string, _ []core.Value) (core.Value, error) {
		es, err := os.ReadDir(p)
		if err != nil {
			return core.Value{}, err
		}
		names := make([]string, len(es))
		for i, e := range es {
			names[i] = e.Name()
		}
		sort.Strings(names)
		v := core.NewArray(core.VectorOf(core.StringType.Value()), len(names), nil)
		for i, s := range names {
			v.Set(i, core.MakeString(s))
		}
		return v.Value(), nil
	})},
	{"file_mkdir", 2, 2, "makes a folder, with the second argument also those above it", onPath(func(p string, a []core.Value) (core.Value, error) {
		if a[1].IsTrue() {
			return a[0], os.MkdirAll(p, 0o777)
		}
		return a[0], os.Mkdir(p, 0o777)
	})},
	{"file_remove", 2, 2, "removes a file or folder, with the second argument and what is in it", onPath(func(p string, a []core.Value) (core.Value, error) {
		if a[1].IsTrue() {
			if _, err := os.Lstat(p); err != nil {
				return core.Value{}, err
			}
			return nothing, os.RemoveAll(p)
		}
		return nothing, os.Remove(p)
	})},
	{"file_rename", 2, 2, "renames a file", onPath(func(p string, a []core.Value) (core.Value, error) {
		q, err := textArg("mv", a[1])
		if err != nil {
			return core.Value{}, err
		}
		return a[1], os.Rename(p, q)
	})},
	{"file_temp", 2, 2, "file_temp(folder, dir): path of a new temporary file, or folder if dir", onPath(func(p string, a []core.Value) (core.Value, error) {
		if a[1].IsTrue() {
			d, err := os.MkdirTemp(p, "jl_")
			return core.MakeString(d), err
		}
		f, err := os.CreateTemp(p, "jl_")
		if err != nil {
			return core.Value{}, err
		}
		return core.MakeString(f.Name()), f.Close()
	})},
	{"file_chdir", 1, 1, "changes the working folder", onPath(func(p string, _ []core.Value) (core.Value, error) { return nothing, os.Chdir(p) })},
	{"path_abs", 1, 1, "the absolute path", onPath(func(p string, _ []core.Value) (core.Value, error) {
		q, err := filepath.Abs(p)
		return core.MakeString(q), err
	})},
	{"path_clean", 1, 1, "the path without . and ..", onPath(func(p string, _ []core.Value) (core.Value, error) { return core.MakeString(filepath.Clean(p)), nil })},
	{"path_real", 1, 1, "the path without symbolic links", onPath(func(p string, _ []core.Value) (core.Value, error) {
		q, err := filepath.EvalSymlinks(p)
		return core.MakeString(q), err
	})},
}

// onPath reads a path and makes a failure a SystemError or IOError.
func onPath(f func(p string, a []core.Value) (core.Value, error)) task.Fn {
	return func(_ *task.Task, a []core.Value) (core.Value, error) {
		p, err := textArg("path", a[0])
		if err != nil {
			return core.Value{}, err
		}
		v, err := f(p, a)
		var pe *fs.PathError
		if errors.As(err, &pe) {
			code, text := 5, pe.Err.Error()
			switch {
			case errors.Is(err, fs.ErrNotExist):
				code, text = 2, "No such file or directory"
			case errors.Is(err, fs.ErrPermission):
				code, text = 13, "Permission denied"
			case errors.Is(err, fs.ErrExist):
				code, text = 17, "File exists"
			}
			return core.Value{}, core.Err("SystemError", core.MakeString("opening file \""+p+"\": "+text), core.Bits(core.Int32, uint64(code)), nothing)
		}
		return v, err
	}
}
