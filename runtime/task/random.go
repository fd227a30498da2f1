package task

// This file: the states of the tasks' random generators. A task gets its own from its
// parent's when it is made, as in Julia, so that what it draws depends on nothing that
// other tasks draw.

import "weft/runtime/core"

// Random is the state of t's generator, a Xoshiro with five words; undefined while t
// has none. Tasks that no task has made share one.
func (t *Task) Random() core.Value {
	if t.Parent == 0 {
		return t.Sched.random
	}
	if t.Ext == nil {
		return core.Value{}
	}
	return t.Ext.random
}

// SetRandom gives t a state.
func (t *Task) SetRandom(state core.Value) {
	if t.Parent == 0 {
		t.Sched.random = state
	} else {
		t.Extra().random = state
	}
}

// splitMasks and splitFactors make the four words of a new state different from each
// other: constants of Julia's jl_rng_split.
var (
	splitMasks   = [4]uint64{0x214c146c88e47cb7, 0xa66d8cc21285aafa, 0x68c7ef2d7b1a54d4, 0xb053a7d7aa238c61}
	splitFactors = [4]uint64{0xaef17502108ef2d9, 0xf34026eeb86766af, 0x38fd70ad58dd9fbb, 0x6677f9b93ab0c04d}
)

const splitStep = 0xd1342543de82ef95

// splitRandom makes the state of a task that parent makes. The last word of the
// parent's steps on; what the parent draws stays the same.
func splitRandom(parent *Task) core.Value {
	p := parent.Random()
	if p.P == nil {
		return core.Value{}
	}
	x := p.Field(4).N
	next := core.Uint(x*splitStep + 1)
	p.SetField(4, next)
	words := make([]core.Value, 5)
	for i := range 4 {
		c := p.Field(i).N
		c += (x ^ splitMasks[i]) * (2*c + 1)
		c ^= c >> ((c >> 59) + 5)
		c *= splitFactors[i]
		c ^= c >> 43
		words[i] = core.Uint(c)
	}
	words[4] = next
	return core.NewStruct(core.TypeOf(p), words...)
}
