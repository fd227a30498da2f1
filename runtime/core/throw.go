package core

import "fmt"

// Throw is a Julia exception on its way through Go code.
type Throw struct{ Value Value }

// Error describes the exception for Go; users see Julia's showerror.
func (e *Throw) Error() string { return "julia exception of type " + TypeOf(e.Value).Name.Name.Name }

// NamedError is an exception given by the name of its type (a struct defined in
// Core or Base) and its field values; the engine makes the object when it throws.
type NamedError struct {
	Name string
	Args []Value
}

// Error describes the exception for Go; users see Julia's showerror.
func (e *NamedError) Error() string {
	s := e.Name
	if len(e.Args) > 0 && TypeOf(e.Args[0]) == StringType {
		s += ": " + e.Args[0].Str()
	}
	return s
}

// Err makes the exception `name(args...)`.
func Err(name string, args ...Value) error { return &NamedError{name, args} }

// Errorf makes an ErrorException.
func Errorf(format string, a ...any) error {
	return Err("ErrorException", MakeString(fmt.Sprintf(format, a...)))
}

// ArgErrorf makes an ArgumentError.
func ArgErrorf(format string, a ...any) error {
	return Err("ArgumentError", MakeString(fmt.Sprintf(format, a...)))
}

// TypeErr makes the TypeError of `in name, expected want, got a value`.
func TypeErr(name, context string, want, got Value) error {
	return Err("TypeError", Sym(name).Value(), MakeString(context), want, got)
}

// ExceptionOf makes the Julia exception object of an error on its way through Go:
// a Throw's value, a NamedError's object (its type looked up in Core, then
// Base), an ErrorException with the text of any other error.
func (r *Runtime) ExceptionOf(err error) Value {
	switch e := err.(type) {
	case *Throw:
		return e.Value
	case *NamedError:
		for _, m := range []*Module{r.Core, r.Base} {
			b := m.Own(Sym(e.Name))
			if b == nil || b.Value.P == nil {
				continue
			}
			of := b.Value
			if of.Is(UnionAllType) && len(e.Args) > 0 {
				// one that is named after the type of what it holds
				u := (*UnionAll)(of.P)
				of = Subst(u.Body, []*TypeVar{u.Var}, []Value{TypeOf(e.Args[0]).Value()})
			}
			if t, ok := IsDataType(of); ok {
				if t.Kind == KindSingleton {
					return t.Instance
				}
				v := NewObject(t, len(t.Fields()))
				for i, a := range e.Args {
					if i < len(t.Fields()) {
						v.SetField(i, a)
					}
				}
				return v
			}
		}
		if e.Name == "ErrorException" {
			return MakeString(e.Error())
		}
		return r.ExceptionOf(Errorf("%s", e.Error()))
	}
	if b := r.Core.Own(Sym("ErrorException")); b != nil && b.Value.P != nil {
		return NewStruct((*DataType)(b.Value.P), MakeString(err.Error()))
	}
	return MakeString(err.Error())
}
