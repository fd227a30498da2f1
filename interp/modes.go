package interp

// This file is the other modes of Julia's prompt, in a cell or at the prompt: `?name` for
// help, `]command` for packages, `;command` for the shell.

import (
	"strconv"
	"strings"
)

// promptMode returns the code that a text in another mode of the prompt stands for; not ok
// if it is Julia.
func (in *Interp) promptMode(text string) (code string, ok bool) {
	text = strings.TrimSpace(text)
	if text == "" {
		return "", false
	}
	arg := strings.ReplaceAll(strconv.Quote(strings.TrimSpace(text[1:])), "$", `\$`)
	switch text[0] {
	case '?':
		return "Base.Docs.help_text(" + arg + ")", true
	case ']':
		return "(import Pkg; Pkg.prompt(" + arg + "); nothing)", true
	case ';':
		if rest := strings.TrimSpace(text[1:]); rest == "" || strings.Contains(rest, "\n") {
			return "", false // an empty statement before others
		}
		return "(Base.shell_prompt(" + arg + "); nothing)", true
	}
	return "", false
}
