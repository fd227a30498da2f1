package core

import "sync"

// Symbol is an interned name. Two equal names are the same pointer.
type Symbol struct {
	Type *DataType
	Name string
	Hash uint64
}

// symbols interns names for the process: a pure cache, never observable state.
var symbols = struct {
	sync.RWMutex
	m map[string]*Symbol
}{m: make(map[string]*Symbol, 4096)}

// Sym returns the Symbol of name.
func Sym(name string) *Symbol {
	symbols.RLock()
	s := symbols.m[name]
	symbols.RUnlock()
	if s != nil {
		return s
	}
	symbols.Lock()
	defer symbols.Unlock()
	if s := symbols.m[name]; s != nil {
		return s
	}
	h := uint64(14695981039346656037)
	for i := 0; i < len(name); i++ {
		h = (h ^ uint64(name[i])) * 1099511628211
	}
	s = &Symbol{SymbolType, name, h}
	symbols.m[name] = s
	return s
}

// Value returns s as a Julia value.
func (s *Symbol) Value() Value { return ToValue(s) }
