package vm

// This file joins the engine to the compiler.

import (
	"weft/interp/code"
	"weft/interp/lower"
	"weft/runtime/core"
	"weft/runtime/task"
)

// lowerStatement is the engine's Lowerer.
func (e *Engine) lowerStatement(t *task.Task, m *core.Module, ex core.Value, where Position) (*code.Func, error) {
	return lower.Thunk(e.RT, m, ex, &lower.Options{
		File: where.File, Line: where.Line, SoftScope: where.Soft, Lazy: where.Lazy, Warn: e.Warn,
		Expand: func(f core.Value, args []core.Value) (core.Value, error) {
			c := e.current
			if c == nil {
				c = t
			}
			return e.Call(c, f, args...)
		},
	})
}
