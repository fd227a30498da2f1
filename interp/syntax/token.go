package syntax

// This file lists the kinds of tokens and the predicates on them.

// A token is one lexical element. Blanks and comments between tokens are not
// stored, except those with a line break, which form a tNewline; so token i
// together with the blanks before it covers the bytes from the end of token
// i-1 to its own end.
type token struct {
	kind       tok
	prec       prec
	flags      uint8
	start, end uint32
}

// Flags of tokens.
const (
	fSpace  = 1 << iota // blanks, a comment or a line break come before
	fDot                // an operator with a leading dot
	fSuffix             // an operator with a suffix
	fMulti              // a tNewline with more than one line break
	fRaw                // an opening quote of a raw string
	fEscape             // a tChunk with a backslash
)

func (t *token) space() bool  { return t.flags&fSpace != 0 }
func (t *token) dot() bool    { return t.flags&fDot != 0 }
func (t *token) suffix() bool { return t.flags&fSuffix != 0 }

type tok uint8

const (
	tEOF tok = iota
	tNewline
	tError // a malformed token, reported by the lexer

	// Identifiers and the words that are reserved only in some places.
	tIdent
	tAbstract
	tAs
	tDoc
	tMutable
	tOuter
	tPrimitive
	tPublic
	tType
	tVar

	// Reserved words. Those up to tWhile begin an expression.
	tBaremodule
	tBegin
	tBreak
	tConst
	tContinue
	tDo
	tExport
	tFor
	tFunction
	tGlobal
	tIf
	tImport
	tLet
	tLocal
	tMacro
	tModule
	tQuote
	tReturn
	tStruct
	tTry
	tUsing
	tWhile
	tCatch
	tFinally
	tElse
	tElseif
	tEnd

	// Literals.
	tBool
	tInteger
	tBinInt
	tOctInt
	tHexInt
	tFloat
	tFloat32
	tChar

	// Parts of strings.
	tStr      // "
	tStr3     // """
	tCmd      // `
	tCmd3     // ```
	tChunk    // text inside
	tInterp   // $ inside
	tStrClose // the closing quote

	// Punctuation.
	tLParen
	tRParen
	tLBracket
	tRBracket
	tLBrace
	tRBrace
	tComma
	tSemi
	tAt

	// Operators.
	tBadOp // --, <---, ..+
	tBadPow
	tEllipsis
	tEq
	tOpEq
	tColonEq
	tTilde
	tAssignOp // ≔ ⩴ ≕
	tPairOp
	tQuestion
	tLongArrow // -->
	tArrowOp
	tOrOr
	tAndAnd
	tSubtype
	tSupertype
	tLess
	tGreater
	tIn
	tElemOf // ∈
	tIsa
	tCompareOp
	tPipeLeft
	tPipeRight
	tColon
	tDotDot
	tColonOp
	tDollar
	tPlus
	tMinus
	tPlusPlus
	tPlusMinus // ± ∓
	tPlusOp
	tStar
	tAmp
	tStarOp // ⋆
	tTimesOp
	tRational
	tShift
	tPower
	tDecl // ::
	tWhere
	tDot
	tBang
	tPrime
	tRightArrow // ->
	tNot        // ¬
	tRadical    // √ ∛ ∜

	numToks
)

// prec is the binding power of a binary operator.
type prec uint8

const (
	pNone prec = iota
	pAssign
	pPair
	pCond
	pArrow
	pOr
	pAnd
	pCompare
	pPipeLeft
	pPipeRight
	pColon
	pPlus
	pTimes
	pRational
	pShift
	pPower
	pDecl
)

func (k tok) isIdent() bool    { return tIdent <= k && k <= tVar }
func (k tok) isReserved() bool { return tBaremodule <= k && k <= tEnd }
func (k tok) isKeyword() bool  { return tAbstract <= k && k <= tEnd }
func (k tok) isNumber() bool   { return tBool <= k && k <= tFloat32 }
func (k tok) isLiteral() bool  { return tBool <= k && k <= tChar }
func (k tok) isOperator() bool { return tBadOp <= k && k < numToks }
func (k tok) isWordOp() bool   { return k == tIn || k == tIsa || k == tWhere }
func (k tok) isString() bool   { return k == tStr || k == tStr3 }
func (k tok) isCmd() bool      { return k == tCmd || k == tCmd3 }

// isContinuation reports whether the word goes on with, or ends, a block.
func (k tok) isContinuation() bool { return tCatch <= k && k <= tEnd }

// isSyntactic reports whether the operator is syntax rather than a function.
func (k tok) isSyntactic() bool {
	switch k {
	case tAndAnd, tOrOr, tDot, tEllipsis, tRightArrow, tEq, tOpEq, tColonEq:
		return true
	}
	return false
}

// isSyntacticUnary reports whether the operator makes an expression of its own
// kind when it stands before an operand.
func (k tok) isSyntacticUnary() bool { return k == tDollar || k == tAmp || k == tDecl }

// isTypeOp reports whether t is <: or >:.
func (t *token) isTypeOp() bool { return (t.kind == tSubtype || t.kind == tSupertype) && !t.dot() }

// isUnary reports whether t can be a prefix operator that is a function.
func (t *token) isUnary() bool {
	if t.suffix() {
		return false
	}
	switch t.kind {
	case tSubtype, tSupertype:
		return !t.dot()
	case tPlus, tMinus, tBang, tTilde, tNot, tRadical, tStarOp, tPlusMinus:
		return true
	}
	return false
}

// isUnaryAndBinary reports whether t can stand both before and between operands.
func (t *token) isUnaryAndBinary() bool {
	if t.suffix() {
		return false
	}
	switch t.kind {
	case tPlus, tMinus, tStarOp, tPlusMinus:
		return true
	case tDollar, tAmp, tTilde:
		return !t.dot()
	}
	return false
}
