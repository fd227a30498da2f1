package kernel

// This file keeps the session's inputs and outputs for history requests.

import (
	"slices"
	"strings"
	"sync"
)

// historySession is the number of the only session there is: histories are
// not kept beyond the process.
const historySession = 1

// historyEntry is one executed cell.
type historyEntry struct {
	line   int
	input  string
	output *string // the result's text, nil without one
}

// history is the list of executed cells in order. It is safe for concurrent
// use.
type history struct {
	mu      sync.Mutex
	entries []historyEntry
}

func (h *history) add(line int, input string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.entries = append(h.entries, historyEntry{line: line, input: input})
}

// setOutput stores the result of the newest cell with that line.
func (h *history) setOutput(line int, text string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i := len(h.entries) - 1; i >= 0; i-- {
		if h.entries[i].line == line {
			h.entries[i].output = &text
			return
		}
	}
}

// tail gives the last n entries.
func (h *history) tail(n int) []historyEntry {
	h.mu.Lock()
	defer h.mu.Unlock()
	return lastN(h.entries, n)
}

// between gives the entries of a session from line start up to, not
// including, stop; a nil stop means all the rest. Session 0 is the current
// one, and there are no earlier ones.
func (h *history) between(session, start int, stop *int) []historyEntry {
	h.mu.Lock()
	defer h.mu.Unlock()
	if session != 0 && session != historySession {
		return nil
	}
	var out []historyEntry
	for _, e := range h.entries {
		if e.line >= start && (stop == nil || e.line < *stop) {
			out = append(out, e)
		}
	}
	return out
}

// search gives the entries whose input matches a pattern with * and ?; n
// keeps the last n (0: all), unique only the newest of equal inputs.
func (h *history) search(pattern string, n int, unique bool) []historyEntry {
	h.mu.Lock()
	defer h.mu.Unlock()
	var out []historyEntry
	seen := make(map[string]bool)
	for _, e := range slices.Backward(h.entries) {
		if unique && seen[e.input] || !globMatch(pattern, e.input) {
			continue
		}
		seen[e.input] = true
		out = append(out, e)
		if n > 0 && len(out) == n {
			break
		}
	}
	slices.Reverse(out)
	return out
}

func lastN(entries []historyEntry, n int) []historyEntry {
	n = max(0, min(n, len(entries)))
	return slices.Clone(entries[len(entries)-n:])
}

// globMatch says whether text matches a pattern in which * stands for any
// text and ? for one character.
func globMatch(pattern, text string) bool {
	if pattern == "" {
		pattern = "*"
	}
	p, t := []rune(strings.TrimSpace(pattern)), []rune(text)
	star, mark := -1, 0
	i, j := 0, 0
	for j < len(t) {
		switch {
		case i < len(p) && p[i] == '*':
			star, mark = i, j
			i++
		case i < len(p) && (p[i] == '?' || p[i] == t[j]):
			i, j = i+1, j+1
		case star >= 0:
			mark++
			i, j = star+1, mark
		default:
			return false
		}
	}
	for i < len(p) && p[i] == '*' {
		i++
	}
	return i == len(p)
}

// historyRows gives entries as the protocol wants them: [session, line, input], or
// with output [session, line, [input, output]].
func historyRows(entries []historyEntry, output bool) []any {
	rows := make([]any, 0, len(entries))
	for _, e := range entries {
		if output {
			rows = append(rows, []any{historySession, e.line, []any{e.input, e.output}})
		} else {
			rows = append(rows, []any{historySession, e.line, e.input})
		}
	}
	return rows
}
