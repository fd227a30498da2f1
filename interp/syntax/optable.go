package syntax

// This file is the table of operators outside ASCII, by precedence, and of the
// characters that may follow an operator as its suffix.

import "unicode"

// Operators outside ASCII, in rows of equal precedence. The rows pAssign,
// pPlus, pTimes and pCompare leave out the few that have kinds of their own.
const (
	arrowOps = "←→↔↚↛↞↠↢↣↤↦↮⇎⇍⇏⇐⇒⇔⇴⇶⇷⇸⇹⇺⇻⇼⇽⇾⇿⟵⟶⟷⟹⟺⟻⟼⟽⟾⟿⤀⤁⤂⤃⤄⤅⤆⤇⤌⤍⤎⤏⤐⤑⤔⤕⤖⤗⤘⤝⤞⤟⤠" +
		"⥄⥅⥆⥇⥈⥊⥋⥎⥐⥒⥓⥖⥗⥚⥛⥞⥟⥢⥤⥦⥧⥨⥩⥪⥫⥬⥭⥰⧴⬱⬰⬲⬳⬴⬵⬶⬷⬸⬹⬺⬻⬼⬽⬾⬿⭀⭁⭂⭃⥷⭄⥺⭇⭈⭉⭊⭋⭌￩￫" +
		"⇜⇝↜↝↩↪↫↬↼↽⇀⇁⇄⇆⇇⇉⇋⇌⇚⇛⇠⇢↷↶↺↻🢲"
	compareOps = "≥≤≡≠≢∉∋∌⊆⊈⊂⊄⊊∝∊∍∥∦∷∺∻∽∾≁≃≂≄≅≆≇≈≉≊≋≌≍≎≐≑≒≓≖≗≘≙≚≛≜≝≞≟≣≦≧≨≩≪≫≬≭≮≯≰≱≲≳≴≵≶≷≸≹≺≻≼≽≾≿" +
		"⊀⊁⊃⊅⊇⊉⊋⊏⊐⊑⊒⊜⊩⊬⊮⊰⊱⊲⊳⊴⊵⊶⊷⋍⋐⋑⋕⋖⋗⋘⋙⋚⋛⋜⋝⋞⋟⋠⋡⋢⋣⋤⋥⋦⋧⋨⋩⋪⋫⋬⋭⋲⋳⋴⋵⋶⋷⋸⋹⋺⋻⋼⋽⋾⋿⟈⟉⟒⦷⧀⧁⧡⧣⧤⧥" +
		"⩦⩧⩪⩫⩬⩭⩮⩯⩰⩱⩲⩳⩵⩶⩷⩸⩹⩺⩻⩼⩽⩾⩿⪀⪁⪂⪃⪄⪅⪆⪇⪈⪉⪊⪋⪌⪍⪎⪏⪐⪑⪒⪓⪔⪕⪖⪗⪘⪙⪚⪛⪜⪝⪞⪟⪠⪡⪢⪣⪤⪥⪦⪧⪨⪩⪪⪫⪬⪭⪮⪯" +
		"⪰⪱⪲⪳⪴⪵⪶⪷⪸⪹⪺⪻⪼⪽⪾⪿⫀⫁⫂⫃⫄⫅⫆⫇⫈⫉⫊⫋⫌⫍⫎⫏⫐⫑⫒⫓⫔⫕⫖⫗⫘⫙⫷⫸⫹⫺⊢⊣⟂⫪⫫"
	colonOps = "…⁝⋮⋱⋰⋯"
	plusOps  = "⊕⊖⊞⊟∪∨⊔∔∸≏⊎⊻⊽⋎⋓⟇⧺⧻⨈⨢⨣⨤⨥⨦⨧⨨⨩⨪⨫⨬⨭⨮⨹⨺⩁⩂⩅⩊⩌⩏⩐⩒⩔⩖⩗⩛⩝⩡⩢⩣¦"
	timesOps = "÷⋅\u00b7\u0387∘×∩∧⊗⊘⊙⊚⊛⊠⊡⊓∗∙∤⅋≀⊼⋄⋇⋉⋊⋋⋌⋏⋒⟑⦸⦼⦾⦿⧶⧷⨇⨰⨱⨲⨳⨴⨵⨶⨷⨸⨻⨼⨽⩀⩃⩄⩋⩍⩎⩑⩓⩕⩘⩚⩜⩞⩟⩠⫛⊍▷⨝⟕⟖⟗⌿⨟"
	powerOps = "↑↓⇵⟰⟱⤈⤉⤊⤋⤒⤓⥉⥌⥍⥏⥑⥔⥕⥘⥙⥜⥝⥠⥡⥣⥥⥮⥯￪￬"

	opSuffixes = "²³¹ʰʲʳʷʸˡˢˣ˱˲ᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁᵂᵃᵅᵇᵈᵉᵋᵍᵏᵐᵒᵖᵗᵘᵛᵝᵞᵟᵠᵡᵢᵣᵤᵥᵦᵧᵨᵩᵪᶜᶠᶥᶦᶫᶰᶲᶸᶻᶿ" +
		"′″‴‵‶‷⁗⁰ⁱ⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₒₓₔₕₖₗₘₙₚₛₜⱼⱽꜛꜜꜝ"
)

type opInfo struct {
	kind tok
	prec prec
}

// unicodeOps maps a character to the operator it begins.
var unicodeOps = makeUnicodeOps()

func makeUnicodeOps() map[rune]opInfo {
	m := make(map[rune]opInfo, 800)
	add := func(s string, k tok, p prec) {
		for _, r := range s {
			m[r] = opInfo{k, p}
		}
	}
	add(arrowOps, tArrowOp, pArrow)
	add(compareOps, tCompareOp, pCompare)
	add(colonOps, tColonOp, pColon)
	add(plusOps, tPlusOp, pPlus)
	add(timesOps, tTimesOp, pTimes)
	add(powerOps, tPower, pPower)
	add("≔⩴≕", tAssignOp, pAssign)
	add("∈", tElemOf, pCompare)
	add("±∓", tPlusMinus, pPlus)
	add("−", tMinus, pPlus)
	add("⋆", tStarOp, pTimes)
	add("¬", tNot, pNone)
	add("√∛∜", tRadical, pNone)
	return m
}

var suffixSet = makeSuffixSet()

func makeSuffixSet() map[rune]bool {
	m := make(map[rune]bool, 200)
	for _, r := range opSuffixes {
		m[r] = true
	}
	return m
}

// isOpSuffix reports whether r may follow an operator as part of it.
func isOpSuffix(r rune) bool {
	return r >= 0xa1 && (suffixSet[r] || unicode.In(r, unicode.Mn, unicode.Mc, unicode.Me))
}

// takesSuffix reports whether the operator may have a suffix.
func (k tok) takesSuffix() bool {
	switch k {
	case tEllipsis, tEq, tOpEq, tColonEq, tTilde, tAssignOp, tQuestion, tSubtype, tSupertype,
		tAndAnd, tOrOr, tIn, tIsa, tColon, tDotDot, tDollar, tDecl, tWhere, tDot, tBang,
		tRightArrow, tNot, tRadical:
		return false
	}
	return k.isOperator()
}
