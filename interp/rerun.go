package interp

// This file knows which run of a cell came before: running a cell again can end
// the tasks that its former run has started.

import (
	"hash/fnv"
	"strings"

	"weft/runtime/core"
	"weft/runtime/task"
)

// reruns is what is known of the cells that were run. It is used with the baton
// held.
type reruns struct {
	cancel bool              // Weft.on_rerun(:cancel)
	last   map[string]string // the name of a cell's last run, by what identifies the cell
}

// began notes that a cell is being run. A front end that does not say which cell it
// is runs the same one when the text is the same.
func (in *Interp) began(src Source, opts EvalOptions) {
	key := "id " + opts.CellID
	if opts.CellID == "" {
		if strings.TrimSpace(src.Text) == "" {
			return
		}
		h := fnv.New128a()
		_, _ = h.Write([]byte(src.Text))
		key = "text " + string(h.Sum(nil))
	}
	r := &in.reruns
	if was := r.last[key]; r.cancel && was != "" {
		in.sched.CancelAll(func(t *task.Task) bool { return t.Scope.Cell == was })
	}
	if r.last == nil {
		r.last = map[string]string{}
	}
	r.last[key] = src.Name
}

func (in *Interp) primOnRerun(_ *task.Task, a []core.Value) (core.Value, error) {
	if len(a) > 0 {
		in.reruns.cancel = a[0].IsTrue()
	}
	return core.MakeBool(in.reruns.cancel), nil
}
