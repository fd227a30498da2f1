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
	return lower.Thunk(e.RT, m, ex, e.loweringOptions(t, where))
}

// lowerBody compiles what the generator of a generated function gave.
func (e *Engine) lowerBody(t *task.Task, m *core.Method, body core.Value) (*code.Func, error) {
	return lower.GeneratedBody(e.RT, m, body, e.loweringOptions(t, Position{}))
}

func (e *Engine) loweringOptions(t *task.Task, where Position) *lower.Options {
	return &lower.Options{
		File: where.File, Line: where.Line, SoftScope: where.Soft, Lazy: where.Lazy, Warn: e.Warn, Work: &e.work,
		Expand: func(f core.Value, args []core.Value) (core.Value, error) {
			c := e.current
			if c == nil {
				c = t
			}
			return e.Call(c, f, args...)
		},
	}
}
