package core

// Specificity: which of two signatures is preferred where both match.

// MoreSpecific reports whether signature a is more specific than b.
func MoreSpecific(a, b Value) bool {
	if a == b || Subtype(b, a) {
		return false
	}
	return Subtype(a, b)
}
