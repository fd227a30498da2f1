package prim

// This file: files and folders. Each call is short; it runs under the baton.

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"weft/runtime/core"
	"weft/runtime/task"
)

var fileTable = []entry{
	{"file_read", 1, 1, "the bytes of a file as a Vector{UInt8}", onPath("", func(p string, _ []core.Value) (core.Value, error) {
		b, err := os.ReadFile(p)
		return core.BytesVector(b).Value(), err
	})},
	{"file_read_string", 1, 1, "the contents of a file as a String", onPath("", func(p string, _ []core.Value) (core.Value, error) {
		b, err := os.ReadFile(p)
		return core.MakeString(string(b)), err
	})},
	{"file_write", 3, 3, "file_write(path, text or bytes, append): writes a file; how many bytes", onPath("", func(p string, a []core.Value) (core.Value, error) {
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
	{"file_stat", 1, 1, "(kind, size, modification time, mode), kind :file :dir :link :other; nothing if there is none", onPath("", func(p string, _ []core.Value) (core.Value, error) {
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
	{"file_islink", 1, 1, "is a symbolic link", onPath("", func(p string, _ []core.Value) (core.Value, error) {
		i, err := os.Lstat(p)
		return core.MakeBool(err == nil && i.Mode()&fs.ModeSymlink != 0), nil
	})},
	{"file_list", 1, 1, "the names in a folder, sorted, as a Vector{String}", onPath("readdir", func(p string, _ []core.Value) (core.Value, error) {
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
	{"file_mkdir", 2, 2, "makes a folder, with the second argument also those above it", onPath("mkdir", func(p string, a []core.Value) (core.Value, error) {
		if a[1].IsTrue() {
			return a[0], os.MkdirAll(p, 0o777)
		}
		return a[0], os.Mkdir(p, 0o777)
	})},
	{"file_remove", 2, 2, "removes a file or folder, with the second argument and what is in it", onPath("unlink", func(p string, a []core.Value) (core.Value, error) {
		if a[1].IsTrue() {
			if _, err := os.Lstat(p); err != nil {
				return core.Value{}, err
			}
			return nothing, os.RemoveAll(p)
		}
		return nothing, os.Remove(p)
	})},
	{"file_rename", 2, 2, "renames a file", onPath("rename", func(p string, a []core.Value) (core.Value, error) {
		q, err := textArg("mv", a[1])
		if err != nil {
			return core.Value{}, err
		}
		return a[1], os.Rename(p, q)
	})},
	{"file_temp", 2, 2, "file_temp(folder, dir): path of a new temporary file, or folder if dir", onPath("mkdtemp", func(p string, a []core.Value) (core.Value, error) {
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
	{"file_chdir", 1, 1, "changes the working folder", onPath("chdir", func(p string, _ []core.Value) (core.Value, error) { return nothing, os.Chdir(p) })},
	{"path_clean", 1, 1, "the path without . and ..", onPath("", func(p string, _ []core.Value) (core.Value, error) { return core.MakeString(filepath.Clean(p)), nil })},
	{"path_real", 1, 1, "the path without symbolic links", onPath("realpath", func(p string, _ []core.Value) (core.Value, error) {
		q, err := filepath.EvalSymlinks(p)
		return core.MakeString(q), err
	})},
}

// file is an open file: Base.FileHandle.
type file struct {
	Type *core.DataType
	f    *os.File
}

// FileType is the type FileHandle of open files.
var FileType = core.NewOpaque("FileHandle", core.Any, true)

var handleTable = []entry{
	{"file_open", 6, 6, "file_open(path, read, write, create, truncate, append): a FileHandle", onPath("", func(p string, a []core.Value) (core.Value, error) {
		flags := os.O_RDONLY
		switch {
		case a[1].IsTrue() && a[2].IsTrue():
			flags = os.O_RDWR
		case a[2].IsTrue():
			flags = os.O_WRONLY
		}
		for i, f := range []int{os.O_CREATE, os.O_TRUNC, os.O_APPEND} {
			if a[3+i].IsTrue() {
				flags |= f
			}
		}
		f, err := os.OpenFile(p, flags, 0o666)
		if err != nil {
			return core.Value{}, err
		}
		return core.ToValue(&file{FileType, f}), nil
	})},
	{"handle_close", 1, 1, "closes a file", onFile(func(f *os.File, _ []core.Value) (core.Value, error) { return nothing, f.Close() })},
	{"handle_write", 2, 2, "writes a String or bytes; how many bytes", onFile(func(f *os.File, a []core.Value) (core.Value, error) {
		if core.TypeOf(a[1]).Kind == core.KindArray {
			b, err := bytesArg("write", a[1])
			if err != nil {
				return core.Value{}, err
			}
			n, err := f.Write(b)
			return core.Int(int64(n)), err
		}
		s, err := textArg("write", a[1])
		if err != nil {
			return core.Value{}, err
		}
		n, err := f.WriteString(s)
		return core.Int(int64(n)), err
	})},
	{"handle_read", 2, 2, "up to n bytes as a Vector{UInt8}; none at the end", onFile(func(f *os.File, a []core.Value) (core.Value, error) {
		n, err := intArg(a[1])
		if err != nil {
			return core.Value{}, err
		}
		b := make([]byte, max(min(n, 1<<24), 0))
		n, err = f.Read(b)
		if errors.Is(err, io.EOF) {
			err = nil
		}
		return core.BytesVector(b[:n]).Value(), err
	})},
	{"handle_seek", 3, 3, "handle_seek(f, offset, whence): the new position; whence 0 start, 1 here, 2 end", onFile(func(f *os.File, a []core.Value) (core.Value, error) {
		n, err := f.Seek(a[1].Int64(), int(a[2].N))
		return core.Int(n), err
	})},
	{"handle_truncate", 2, 2, "cuts a file at a size", onFile(func(f *os.File, a []core.Value) (core.Value, error) { return nothing, f.Truncate(a[1].Int64()) })},
	{"handle_size", 1, 1, "the size of a file", onFile(func(f *os.File, _ []core.Value) (core.Value, error) {
		i, err := f.Stat()
		if err != nil {
			return core.Value{}, err
		}
		return core.Int(i.Size()), nil
	})},
}

func onFile(g func(f *os.File, a []core.Value) (core.Value, error)) task.Fn {
	return func(_ *task.Task, a []core.Value) (core.Value, error) {
		if !a[0].Is(FileType) {
			return core.Value{}, unexpected("file operation", FileType, a[0])
		}
		f := core.As[file](a[0]).f
		v, err := g(f, a)
		if err != nil {
			return core.Value{}, pathError("", f.Name(), err)
		}
		return v, nil
	}
}

// onPath reads a path; a failure becomes a SystemError, or an IOError of the
// operation named.
func onPath(op string, f func(p string, a []core.Value) (core.Value, error)) task.Fn {
	return func(_ *task.Task, a []core.Value) (core.Value, error) {
		p, err := textArg("path", a[0])
		if err != nil {
			return core.Value{}, err
		}
		v, err := f(p, a)
		if err != nil {
			return core.Value{}, pathError(op, p, err)
		}
		return v, nil
	}
}

func pathError(op, p string, err error) error {
	var pe *fs.PathError
	var le *os.LinkError
	if !errors.As(err, &pe) && !errors.As(err, &le) {
		return err
	}
	code, name, text := 5, "EIO", "i/o error"
	switch {
	case errors.Is(err, fs.ErrNotExist):
		code, name, text = 2, "ENOENT", "no such file or directory"
	case errors.Is(err, fs.ErrPermission):
		code, name, text = 13, "EACCES", "permission denied"
	case errors.Is(err, fs.ErrExist):
		code, name, text = 17, "EEXIST", "file already exists"
	case pe != nil && strings.Contains(pe.Err.Error(), "not empty"):
		code, name, text = 39, "ENOTEMPTY", "directory not empty"
	case pe != nil && strings.Contains(pe.Err.Error(), "not a directory"):
		code, name, text = 20, "ENOTDIR", "not a directory"
	case pe != nil && strings.Contains(pe.Err.Error(), "is a directory"):
		code, name, text = 21, "EISDIR", "illegal operation on a directory"
	}
	if op == "" {
		return core.Err("SystemError", core.MakeString("opening file \""+p+"\""), core.Bits(core.Int32, uint64(code)), nothing)
	}
	return core.Err("IOError", core.MakeString(op+"(\""+p+"\"): "+text+" ("+name+")"), core.Bits(core.Int32, uint64(int64(-code))))
}
