package prim

// This file: clocks and a few facts about the process.

import (
	"os"
	"os/user"
	"runtime"
	"time"

	"weft/runtime/core"
	"weft/runtime/task"
)

var timeTable = []entry{
	{"time_parts", 1, 1, "(year, month, day, hour, minute, second, weekday, offset in seconds) of a time in seconds since 1970, local time", func(t *task.Task, a []core.Value) (core.Value, error) {
		w := time.UnixMicro(int64(floatOf(a[0]) * 1e6)).Local()
		_, off := w.Zone()
		vs := []core.Value{}
		for _, n := range []int{w.Year(), int(w.Month()), w.Day(), w.Hour(), w.Minute(), w.Second(), int(w.Weekday()), off} {
			vs = append(vs, core.Int(int64(n)))
		}
		return makeTuple(vs...), nil
	}},
	{"time_format", 2, 2, "a time in seconds since 1970 in strftime's notation", func(t *task.Task, a []core.Value) (core.Value, error) {
		f, err := textArg("strftime", a[0])
		return core.MakeString(strftime(f, time.UnixMicro(int64(floatOf(a[1])*1e6)).Local())), err
	}},
	{"mem_stats", 0, 0, "(allocated bytes, allocations, seconds in the collector, collections, bytes in use)", func(t *task.Task, a []core.Value) (core.Value, error) {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return makeTuple(core.Int(int64(m.TotalAlloc)), core.Int(int64(m.Mallocs)), core.Float(float64(m.PauseTotalNs)/1e9), core.Int(int64(m.NumGC)), core.Int(int64(m.HeapAlloc))), nil
	}},
	{"gc_run", 0, 0, "collects garbage", func(t *task.Task, a []core.Value) (core.Value, error) {
		for _, u := range t.Sched.Tasks() {
			t.Sched.Engine.Tidy(u)
		}
		runtime.GC()
		return nothing, nil
	}},
	{"env_get", 1, 1, "an environment variable, or nothing", func(t *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("ENV", a[0])
		if err != nil {
			return core.Value{}, err
		}
		if v, ok := os.LookupEnv(s); ok {
			return core.MakeString(v), nil
		}
		return nothing, nil
	}},
	{"env_set", 2, 2, "sets an environment variable, or removes it (nothing)", func(t *task.Task, a []core.Value) (core.Value, error) {
		s, err := textArg("ENV", a[0])
		if err != nil {
			return core.Value{}, err
		}
		if a[1].IsNothing() {
			return nothing, os.Unsetenv(s)
		}
		v, err := textArg("ENV", a[1])
		if err != nil {
			return core.Value{}, err
		}
		return nothing, os.Setenv(s, v)
	}},
	{"env_list", 0, 0, "the environment as a Vector{Any} of \"NAME=value\"", func(t *task.Task, a []core.Value) (core.Value, error) {
		var vs []core.Value
		for _, e := range os.Environ() {
			vs = append(vs, core.MakeString(e))
		}
		return core.VectorAny(vs).Value(), nil
	}},
	{"sys_info", 1, 1, "a fact: :os, :arch, :cpus, :pid, :pwd, :home, :hostname, :tempdir", sysInfo},
}

func sysInfo(_ *task.Task, a []core.Value) (core.Value, error) {
	s, err := textArg("sys_info", a[0])
	if err != nil {
		return core.Value{}, err
	}
	text := func(s string, err error) (core.Value, error) {
		if err != nil {
			return core.Value{}, core.Err("SystemError", core.MakeString(err.Error()), core.Int(0), nothing)
		}
		return core.MakeString(s), nil
	}
	switch s {
	case "os":
		return core.MakeString(runtime.GOOS), nil
	case "arch":
		return core.MakeString(runtime.GOARCH), nil
	case "cpus":
		return core.Int(int64(runtime.NumCPU())), nil
	case "pid":
		return core.Int(int64(os.Getpid())), nil
	case "pwd":
		return text(os.Getwd())
	case "home":
		home, err := os.UserHomeDir()
		if u, uerr := user.Current(); err != nil && uerr == nil {
			home, err = u.HomeDir, nil
		}
		return text(home, err)
	case "hostname":
		return text(os.Hostname())
	case "exe":
		return text(os.Executable())
	case "tempdir":
		return core.MakeString(os.TempDir()), nil
	}
	return nothing, nil
}

// strftime knows the conversions that people use.
func strftime(f string, w time.Time) string {
	forms := map[byte]string{'Y': "2006", 'm': "01", 'd': "02", 'H': "15", 'M': "04", 'S': "05", 'y': "06", 'b': "Jan",
		'B': "January", 'a': "Mon", 'A': "Monday", 'p': "PM", 'I': "03", 'Z': "MST", 'z': "-0700", 'e': "_2",
		'T': "15:04:05", 'F': "2006-01-02", 'D': "01/02/06", 'R': "15:04", 'c': "Mon Jan _2 15:04:05 2006", 'j': "002"}
	out := ""
	for i := 0; i < len(f); i++ {
		if f[i] == '%' && i+1 < len(f) {
			i++
			switch {
			case f[i] == '%':
				out += "%"
			case forms[f[i]] != "":
				out += w.Format(forms[f[i]])
			}
			continue
		}
		out += f[i : i+1]
	}
	return out
}
