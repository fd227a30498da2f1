package prim

// This file: files and folders. Each call is short and runs under the baton; for what
// is no plain file see pipefile.go.

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"os/user"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"syscall"
	"time"

	"weft/runtime/core"
	"weft/runtime/task"
)

var fileTable = []entry{
	{"file_read", 1, 1, "the bytes of a file as a Vector{UInt8}; nothing if it is no plain file", onPath("", func(p string, _ []core.Value) (core.Value, error) {
		if !plain(p) {
			return nothing, nil
		}
		b, err := os.ReadFile(p)
		return core.BytesVector(b).Value(), err
	})},
	{"file_read_string", 1, 1, "the contents of a file as a String; nothing if it is no plain file", onPath("", func(p string, _ []core.Value) (core.Value, error) {
		if !plain(p) {
			return nothing, nil
		}
		b, err := os.ReadFile(p)
		return core.MakeString(string(b)), err
	})},
	{"file_write", 3, 3, "file_write(path, text or bytes, append): writes a file; how many bytes, or nothing if it is no plain file", onPath("", func(p string, a []core.Value) (core.Value, error) {
		if !plain(p) {
			return nothing, nil
		}
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
	{"file_stat", 2, 2, "file_stat(path, follow): (mode, size, device, inode, links, user, group, device of a special file, block size, blocks, modification and change time), or nothing if there is none", onPath("stat($1)", func(p string, a []core.Value) (core.Value, error) {
		stat := os.Stat
		if !a[1].IsTrue() {
			stat = os.Lstat
		}
		i, err := stat(p)
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
			return nothing, nil
		}
		if err != nil {
			return core.Value{}, err
		}
		return statOf(i).tuple(), nil
	})},
	{"file_list", 1, 1, "the names in a folder, sorted, as a Vector{String}", onPath("readdir($1)", func(p string, _ []core.Value) (core.Value, error) {
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
	{"file_mkdir", 2, 2, "makes a folder, with the second argument also those above it", onPath("mkdir($1; mode=0o777)", func(p string, a []core.Value) (core.Value, error) {
		if a[1].IsTrue() {
			return a[0], os.MkdirAll(p, 0o777)
		}
		return a[0], os.Mkdir(p, 0o777)
	})},
	{"file_remove", 2, 2, "removes a file or folder, with the second argument and what is in it", onPath("unlink($1)", func(p string, a []core.Value) (core.Value, error) {
		if a[1].IsTrue() {
			if _, err := os.Lstat(p); err != nil {
				return core.Value{}, err
			}
			return nothing, os.RemoveAll(p)
		}
		return nothing, os.Remove(p)
	})},
	{"file_rename", 2, 2, "renames a file", onPath("rename($1, $2)", func(p string, a []core.Value) (core.Value, error) {
		q, err := textArg("mv", a[1])
		if err != nil {
			return core.Value{}, err
		}
		return a[1], os.Rename(p, q)
	})},
	{"file_temp_dir", 2, 2, "file_temp_dir(folder, prefix): path of a new temporary folder", onPath("mktempdir($1)", func(p string, a []core.Value) (core.Value, error) {
		prefix, err := textArg("mktempdir", a[1])
		if err != nil {
			return core.Value{}, err
		}
		d, err := temporary(p, prefix, func(path string) error { return os.Mkdir(path, 0o700) })
		return core.MakeString(d), err
	})},
	{"file_temp", 1, 1, "path of a new temporary file in a folder", onPath("mktemp($1)", func(p string, a []core.Value) (core.Value, error) {
		path, err := temporary(p, "jl_", func(path string) error {
			f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
			if err != nil {
				return err
			}
			return f.Close()
		})
		return core.MakeString(path), err
	})},
	{"file_chdir", 1, 1, "changes the working folder", onPath("chdir($1)", func(p string, _ []core.Value) (core.Value, error) { return nothing, os.Chdir(p) })},
	{"file_symlink", 2, 2, "file_symlink(target, link): makes a symbolic link", onPath("symlink($1, $2)", func(p string, a []core.Value) (core.Value, error) {
		q, err := textArg("symlink", a[1])
		if err != nil {
			return core.Value{}, err
		}
		return nothing, os.Symlink(p, q)
	})},
	{"file_hardlink", 2, 2, "file_hardlink(old, new): gives a file another name", onPath("hardlink($1, $2)", func(p string, a []core.Value) (core.Value, error) {
		q, err := textArg("hardlink", a[1])
		if err != nil {
			return core.Value{}, err
		}
		return nothing, os.Link(p, q)
	})},
	{"file_readlink", 1, 1, "where a symbolic link leads", onPath("readlink($1)", func(p string, _ []core.Value) (core.Value, error) {
		q, err := os.Readlink(p)
		return core.MakeString(q), err
	})},
	{"file_chmod", 2, 2, "sets the permissions of a file", onPath("chmod($1, 0o$2)", func(p string, a []core.Value) (core.Value, error) {
		return nothing, os.Chmod(p, fileMode(a[1].N))
	})},
	{"file_chown", 3, 3, "sets the owner and group of a file", onPath("chown($1, $2, $3)", func(p string, a []core.Value) (core.Value, error) {
		return nothing, os.Chown(p, int(a[1].Int64()), int(a[2].Int64()))
	})},
	{"file_touch", 1, 1, "sets the times of a file to now; makes it if there is none", onPath("open($1, 65, 438)", func(p string, _ []core.Value) (core.Value, error) {
		f, err := os.OpenFile(p, os.O_WRONLY|os.O_CREATE, 0o666)
		if errors.Is(err, syscall.EISDIR) {
			now := time.Now()
			return nothing, os.Chtimes(p, now, now)
		}
		if err != nil {
			return core.Value{}, err
		}
		now := time.Now()
		return nothing, errors.Join(os.Chtimes(p, now, now), f.Close())
	})},
	{"file_copy", 2, 2, "file_copy(from, to): copies the contents of a file; a new one gets its permissions", onPath("open($1, 0, 0)", func(p string, a []core.Value) (core.Value, error) {
		q, err := textArg("cp", a[1])
		if err != nil {
			return core.Value{}, err
		}
		return nothing, copyFile(p, q)
	})},
	{"sys_owner", 2, 2, "sys_owner(:user or :group, id): the name of a user or a group, empty if it has none", func(_ *task.Task, a []core.Value) (core.Value, error) {
		id := strconv.FormatInt(a[1].Int64(), 10)
		if core.As[core.Symbol](a[0]).Name == "group" {
			if g, err := user.LookupGroupId(id); err == nil {
				return core.MakeString(g.Name), nil
			}
		} else if u, err := user.LookupId(id); err == nil {
			return core.MakeString(u.Username), nil
		}
		return core.MakeString(""), nil
	}},
	{"sys_strerror", 1, 1, "what an error number means", func(_ *task.Task, a []core.Value) (core.Value, error) {
		text := syscall.Errno(a[0].N).Error()
		return core.MakeString(strings.ToUpper(text[:1]) + text[1:]), nil
	}},
	{"path_real", 1, 1, "the path without symbolic links", onPath("realpath($1)", func(p string, _ []core.Value) (core.Value, error) {
		q, err := filepath.EvalSymlinks(p)
		if err == nil {
			q, err = filepath.Abs(q)
		}
		return core.MakeString(q), err
	})},
}

// file is an open file: Base.FileHandle.
type file struct {
	Type   *core.DataType
	f      *os.File
	stream *stream // how it is read and written if that may take time, else nil
}

// FileType is the type FileHandle of open files.
var FileType = core.NewOpaque("FileHandle", core.Any, true)

var handleTable = []entry{
	{"file_open", 6, 6, "file_open(path, read, write, create, truncate, append): a FileHandle", func(t *task.Task, a []core.Value) (core.Value, error) {
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
		return onPath("", func(p string, _ []core.Value) (core.Value, error) { return openFile(t, p, flags) })(t, a)
	}},
	{"handle_close", 1, 1, "closes a file", onHandle(func(s *stream, t *task.Task, _ []core.Value) (core.Value, error) {
		s.shut(t.Sched)
		return nothing, nil
	}, func(f *os.File, _ []core.Value) (core.Value, error) { return nothing, f.Close() })},
	{"handle_write", 2, 2, "writes a String or bytes; how many bytes", onHandle((*stream).write, func(f *os.File, a []core.Value) (core.Value, error) {
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
	{"handle_read", 2, 2, "up to n bytes as a Vector{UInt8}, of what is no plain file any number; none at the end", onHandle((*stream).read, func(f *os.File, a []core.Value) (core.Value, error) {
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
	{"handle_fd", 1, 1, "the number of an open file, as an Int32", onFile(func(f *os.File, _ []core.Value) (core.Value, error) {
		return core.Bits(core.Int32, uint64(f.Fd())), nil
	})},
	{"handle_seek", 3, 3, "handle_seek(f, offset, whence): the new position; whence 0 start, 1 here, 2 end", onFile(func(f *os.File, a []core.Value) (core.Value, error) {
		n, err := f.Seek(a[1].Int64(), int(a[2].N))
		var code syscall.Errno
		if errors.As(err, &code) {
			name := "seek"
			if a[1].Int64() == 0 && a[2].N == io.SeekCurrent {
				name = "position"
			}
			return core.Value{}, core.Err("SystemError", core.MakeString(name), core.Bits(core.Int32, uint64(code)), nothing)
		}
		return core.Int(n), err
	})},
	{"handle_truncate", 2, 2, "cuts a file at a size", onFile(func(f *os.File, a []core.Value) (core.Value, error) { return nothing, f.Truncate(a[1].Int64()) })},
	{"handle_times", 3, 3, "handle_times(file, access, change): sets the times of a file, in seconds since 1970", onFile(func(f *os.File, a []core.Value) (core.Value, error) {
		at := func(s float64) time.Time { return time.UnixMicro(int64(math.Round(s * 1e6))) }
		return nothing, os.Chtimes(f.Name(), at(a[1].Float64()), at(a[2].Float64()))
	})},
	{"handle_stat", 1, 1, "what file_stat says, of an open file also when its name is gone; nothing of what is no file", func(t *task.Task, a []core.Value) (core.Value, error) {
		if !a[0].Is(FileType) {
			return nothing, nil
		}
		return onFile(func(f *os.File, _ []core.Value) (core.Value, error) {
			i, err := f.Stat()
			if err != nil {
				return core.Value{}, err
			}
			return statOf(i).tuple(), nil
		})(t, a)
	}},
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

// onPath reads a path; a failure becomes a SystemError if op is empty, else an
// IOError of the call that op writes, with the arguments for $1, $2 ...
func onPath(op string, f func(p string, a []core.Value) (core.Value, error)) task.Fn {
	return func(_ *task.Task, a []core.Value) (core.Value, error) {
		p, err := textArg("path", a[0])
		if err != nil {
			return core.Value{}, err
		}
		for i, v := range a {
			if i > 0 && !strings.Contains(op, fmt.Sprintf("$%d", i+1)) {
				continue
			}
			if s, err := textArg("path", v); err == nil && strings.IndexByte(s, 0) >= 0 {
				return core.Value{}, core.ArgErrorf("embedded NULs are not allowed in C strings: %s", `"`+escapeText(s, `"$`)+`"`)
			}
		}
		v, err := f(p, a)
		if err != nil {
			return core.Value{}, pathError(callText(op, a), p, err)
		}
		return v, nil
	}
}

// callText writes the arguments into a pattern such as "rename($1, $2)".
func callText(op string, a []core.Value) string {
	for i, v := range a {
		arg := fmt.Sprintf("$%d", i+1)
		if !strings.Contains(op, arg) {
			continue
		}
		if text, err := textArg("", v); err == nil {
			op = strings.ReplaceAll(op, arg, `"`+escapeText(text, `"$`)+`"`)
		} else if strings.Contains(op, "0o"+arg) {
			op = strings.ReplaceAll(op, arg, strconv.FormatUint(v.N, 8))
		} else {
			op = strings.ReplaceAll(op, arg, strconv.FormatInt(v.Int64(), 10))
		}
	}
	return op
}

// errnos are the errors of the system that have a name and a text in libuv.
var errnos = []struct {
	code       syscall.Errno
	name, text string
}{
	{syscall.ENOENT, "ENOENT", "no such file or directory"}, {syscall.EACCES, "EACCES", "permission denied"},
	{syscall.EPERM, "EPERM", "operation not permitted"}, {syscall.EEXIST, "EEXIST", "file already exists"},
	{syscall.ENOTEMPTY, "ENOTEMPTY", "directory not empty"}, {syscall.ENOTDIR, "ENOTDIR", "not a directory"},
	{syscall.EISDIR, "EISDIR", "illegal operation on a directory"}, {syscall.EINVAL, "EINVAL", "invalid argument"},
	{syscall.ELOOP, "ELOOP", "too many symbolic links encountered"}, {syscall.EXDEV, "EXDEV", "cross-device link not permitted"},
	{syscall.EROFS, "EROFS", "read-only file system"}, {syscall.ENAMETOOLONG, "ENAMETOOLONG", "name too long"},
	{syscall.ENOSPC, "ENOSPC", "no space left on device"}, {syscall.EBUSY, "EBUSY", "resource busy or locked"},
	{syscall.EMFILE, "EMFILE", "too many open files"}, {syscall.EBADF, "EBADF", "bad file descriptor"},
}

func pathError(op, p string, err error) error {
	var named *core.NamedError
	if errors.As(err, &named) || err == task.ErrParked {
		return err
	}
	code, name, text := syscall.EIO, "EIO", "i/o error"
	for _, e := range errnos {
		if errors.Is(err, e.code) {
			code, name, text = e.code, e.name, e.text
			break
		}
	}
	if op == "" {
		return core.Err("SystemError", core.MakeString("opening file \""+escapeText(p, `"`)+"\""), core.Bits(core.Int32, uint64(code)), nothing)
	}
	return core.Err("IOError", core.MakeString(op+": "+text+" ("+name+")"), core.Bits(core.Int32, uint64(int64(-int(code)))))
}

// temporary makes a file or folder with a name of its own: the prefix and six letters or digits.
func temporary(folder, prefix string, make func(path string) error) (string, error) {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	if folder != "" && !os.IsPathSeparator(folder[len(folder)-1]) {
		folder += string(filepath.Separator)
	}
	for range 10000 {
		name := []byte(folder + prefix)
		for range 6 {
			name = append(name, letters[rand.IntN(len(letters))])
		}
		if err := make(string(name)); !errors.Is(err, fs.ErrExist) {
			return string(name), err
		}
	}
	return "", syscall.EEXIST
}

// copyFile copies the contents and permissions of a file.
func copyFile(from, to string) error {
	src, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = src.Close() }()
	i, err := src.Stat()
	if err != nil {
		return err
	}
	dst, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, i.Mode().Perm())
	if err != nil {
		return err
	}
	_, err = io.Copy(dst, src)
	return errors.Join(err, dst.Close())
}

// fileMode makes Go's mode of the permissions of Unix.
func fileMode(n uint64) fs.FileMode {
	m := fs.FileMode(n) & fs.ModePerm
	for bit, mode := range map[uint64]fs.FileMode{0o4000: fs.ModeSetuid, 0o2000: fs.ModeSetgid, 0o1000: fs.ModeSticky} {
		if n&bit != 0 {
			m |= mode
		}
	}
	return m
}
