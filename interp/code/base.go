package code

import "math"

// BaseCase is the test with which a recursive function of one argument n ends, as in
// `n < 2 ? n : …` or `n == 0 && return 1`. A call of n-1 looks at it first and needs
// no frame when the recursion ends there: that is half of the calls of a function that
// calls itself twice. For an Int64 n with n-Lo < Span (unsigned, so that one comparison
// sees both ends) the function returns n&Mask | Or. The zero value holds for no n.
type BaseCase struct {
	Lo, Span uint64
	Mask, Or uint64
}

// FindBase reads f.Base off f's first instructions.
func (f *Func) FindBase() { f.Base = f.baseCase() }

func (f *Func) baseCase() BaseCase {
	none := BaseCase{}
	const test = 4 // words of a conditional jump with its JumpFalse
	if f.NArgs != 2 || f.Vararg || len(f.Code) < test+1 {
		return none
	}
	const arg = 16 // the slot of the argument
	w := f.Code[0]
	if w>>32&0xffff != arg {
		return none
	}
	c := int64(int16(w >> 48))
	lo, hi := int64(math.MinInt64), int64(math.MaxInt64) // both included
	switch Op(w & 0xffff) {
	case JLtI:
		hi = c - 1
	case JLeI:
		hi = c
	case JGtI:
		lo = c + 1
	case JGeI:
		lo = c
	case JEqI:
		lo, hi = c, c
	default:
		return none
	}
	b := BaseCase{Lo: uint64(lo), Span: uint64(hi-lo) + 1, Mask: math.MaxUint64}
	w = f.Code[test]
	slot := uint64(arg)
	if Op(w&0xffff) == LoadInt && len(f.Code) > test+1 {
		b.Mask, b.Or = 0, uint64(int64(int32(w>>32)))
		slot = w >> 16 & 0xffff
		w = f.Code[test+1]
	}
	if Op(w&0xffff) != Return || w>>16&0xffff != slot {
		return none
	}
	return b
}
