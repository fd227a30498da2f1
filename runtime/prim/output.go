package prim

// This file has the primitives by which a task reaches its cell: text, displays,
// input.

import (
	"errors"
	"io"

	"weft/runtime/core"
	"weft/runtime/task"
)

var outputTable = []entry{
	{"output_write", 2, 2, "output_write(fd, x): writes a String or bytes to the cell's stdout (1) or stderr (2); how many bytes.", outputWrite},
	{"output_flush", 0, 0, "output_flush(): sends what is buffered.", outputFlush},
	{"output_size", 0, 0, "output_size(): (rows, columns) of the display.", outputSize},
	{"output_color", 0, 0, "output_color(): whether ANSI colours may be used.", outputColor},
	{"output_rich", 0, 0, "output_rich(): whether the front end shows other than text.", outputRich},
	{"output_display", 4, 4, "output_display(data, metadata, id, update): shows data, a Vector{Any} of MIME type, value, MIME type, value ...", outputDisplay},
	{"output_clear", 1, 1, "output_clear(wait): empties the cell's output, with wait when the next output comes.", outputClear},
	{"stdin_readline", 2, 2, "stdin_readline(prompt, password): a line of input, or nothing at its end.", stdinReadline},
}

func outputWrite(t *task.Task, a []core.Value) (core.Value, error) {
	var p []byte
	switch {
	case core.TypeOf(a[1]) == core.StringType:
		p = []byte(a[1].Str())
	case core.TypeOf(a[1]) == core.VectorU8:
		p = core.As[core.Array](a[1]).Bytes()
	default:
		return core.Value{}, core.TypeErr("write", "", core.StringType.Value(), a[1])
	}
	if out := t.Scope.Out; out != nil {
		if err := out.Write(int(a[0].Int64()), p); err != nil {
			return core.Value{}, core.Err("IOError", core.MakeString("write: "+err.Error()), core.Int(-32))
		}
	}
	return core.Int(int64(len(p))), nil
}

func outputFlush(t *task.Task, _ []core.Value) (core.Value, error) {
	if t.Scope.Out != nil {
		t.Scope.Out.Flush()
	}
	return core.Nothing(), nil
}

func outputSize(t *task.Task, _ []core.Value) (core.Value, error) {
	rows, cols := 24, 80
	if t.Scope.Out != nil {
		rows, cols = t.Scope.Out.Size()
	}
	tt := core.TupleOf(core.Int64.Value(), core.Int64.Value())
	return core.NewStruct(tt, core.Int(int64(rows)), core.Int(int64(cols))), nil
}

func outputColor(t *task.Task, _ []core.Value) (core.Value, error) {
	return core.MakeBool(t.Scope.Out != nil && t.Scope.Out.Color()), nil
}

func outputRich(t *task.Task, _ []core.Value) (core.Value, error) {
	return core.MakeBool(t.Scope.Out != nil && t.Scope.Out.Rich()), nil
}

// mimeData reads a Vector{Any} of alternating keys and values.
func mimeData(v core.Value) (map[string]any, error) {
	if v.P == nil || core.TypeOf(v) != core.VectorAnyT {
		return nil, core.TypeErr("display", "", core.VectorAnyT.Value(), v)
	}
	vs := core.As[core.Array](v).Values()
	m := make(map[string]any, len(vs)/2)
	for i := 0; i+1 < len(vs); i += 2 {
		if core.TypeOf(vs[i]) != core.StringType {
			return nil, core.TypeErr("display", "", core.StringType.Value(), vs[i])
		}
		switch core.TypeOf(vs[i+1]) {
		case core.StringType:
			m[vs[i].Str()] = vs[i+1].Str()
		case core.VectorU8:
			m[vs[i].Str()] = append([]byte(nil), core.As[core.Array](vs[i+1]).Bytes()...)
		case core.Bool:
			m[vs[i].Str()] = vs[i+1].IsTrue()
		case core.Int64:
			m[vs[i].Str()] = vs[i+1].Int64()
		default:
			return nil, core.TypeErr("display", "", core.StringType.Value(), vs[i+1])
		}
	}
	return m, nil
}

func outputDisplay(t *task.Task, a []core.Value) (core.Value, error) {
	data, err := mimeData(a[0])
	if err != nil {
		return core.Value{}, err
	}
	meta, err := mimeData(a[1])
	if err != nil {
		return core.Value{}, err
	}
	if core.TypeOf(a[2]) != core.StringType {
		return core.Value{}, core.TypeErr("display", "", core.StringType.Value(), a[2])
	}
	if t.Scope.Out == nil {
		return core.Nothing(), nil
	}
	if err := t.Scope.Out.Display(data, meta, a[2].Str(), a[3].IsTrue()); err != nil {
		return core.Value{}, core.Errorf("display: %v", err)
	}
	return core.Nothing(), nil
}

func outputClear(t *task.Task, a []core.Value) (core.Value, error) {
	if t.Scope.Out != nil {
		if err := t.Scope.Out.ClearOutput(a[0].IsTrue()); err != nil {
			return core.Value{}, core.Errorf("clear_output: %v", err)
		}
	}
	return core.Nothing(), nil
}

func stdinReadline(t *task.Task, a []core.Value) (core.Value, error) {
	if t.Scope.Out == nil {
		return core.Nothing(), nil
	}
	s := t.Sched
	q := &task.Queue{Kind: task.WaitInput}
	got := func(line string, end bool) {
		if t.Queue != q {
			return
		}
		if end {
			s.Wake(t, core.Nothing())
		} else {
			s.Wake(t, core.MakeString(line))
		}
	}
	if t.PlayInput(got) {
		return s.Park(t, q)
	}
	end := s.Begin()
	finish := func(line string, err error) {
		end(func() {
			if err == nil || errors.Is(err, io.EOF) {
				t.RecordInput(line, err != nil)
			}
			if t.Queue != q {
				return // interrupted meanwhile
			}
			switch {
			case errors.Is(err, io.EOF):
				s.Wake(t, core.Nothing())
			case err != nil:
				s.WakeErr(t, core.Errorf("%v", err))
			default:
				s.Wake(t, core.MakeString(line))
			}
		})
	}
	t.Extra().Cancel = t.Scope.Out.ReadLine(a[0].Str(), a[1].IsTrue(), finish)
	return s.Park(t, q)
}
