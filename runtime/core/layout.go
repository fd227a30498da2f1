package core

// Layout: sizes, alignment and offsets of fields as Julia counts them.

// IsBits reports whether instances of t are plain data.
func (t *DataType) IsBits() bool {
	t.Fields()
	return t.Has(FlagIsBits | FlagConcrete)
}
