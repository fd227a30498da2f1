package notebook

// This file compares the outputs of two runs of a notebook.

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Tags of cells that a comparison treats in another way.
const (
	// IgnoreOutput is the tag of a cell whose outputs may differ.
	IgnoreOutput = "nbval-ignore-output"
	// Skip is the tag of a cell that is neither run nor compared.
	Skip = "nbval-skip"
)

// Difference is what differs in a cell.
type Difference struct {
	// Index is the cell's place in the notebook, Count its number.
	Index, Count int
	// Diff is the outputs' text, each line with a sign in front: blank for
	// lines in both, - for stored ones, + for new ones.
	Diff []string
}

// Compare gives the cells whose outputs differ between what was stored and a
// run of the same notebook. Addresses do not count, nor do colours, and each
// stream is compared as a whole.
func Compare(stored, ran *Notebook) []Difference {
	var out []Difference
	for i, c := range ran.Cells {
		if !c.Runs() || c.HasTag(IgnoreOutput) || c.HasTag(Skip) || i >= len(stored.Cells) {
			continue
		}
		want, got := stored.Cells[i].shown(), c.shown()
		if !slices.Equal(want, got) {
			out = append(out, Difference{Index: i, Count: c.Count, Diff: diff(want, got)})
		}
	}
	return out
}

var address = regexp.MustCompile(`@?0x[0-9a-f]{8,16}\b`)

// inBase is a place in Base, whose lines move from version to version.
var inBase = regexp.MustCompile(`(@ Base\S* \S+\.jl):\d+`)

// shown gives the lines of a cell's outputs as they are compared.
func (c *Cell) shown() []string {
	var lines []string
	add := func(head, text string) {
		text = address.ReplaceAllString(Settle(StripANSI(text)), "@0x…")
		text = inBase.ReplaceAllString(text, "$1")
		for _, l := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
			lines = append(lines, head+strings.TrimRight(l, " "))
		}
	}
	streams := map[string]string{}
	for _, o := range c.Outputs {
		if o.Type == Stream {
			streams[o.Name] += o.Text
		}
	}
	for _, name := range slices.Sorted(maps.Keys(streams)) {
		if streams[name] != "" {
			add(name+": ", streams[name])
		}
	}
	for _, o := range c.Outputs {
		switch o.Type {
		case ErrorOutput:
			add("error: ", o.Ename+": "+o.Evalue)
		case DisplayData, ExecuteResult:
			for _, mime := range slices.Sorted(maps.Keys(o.Data)) {
				if o.Metadata[cardKey] != nil && mime != "text/plain" {
					continue // what a task or a channel looked like at the end
				}
				text, ok := o.Data[mime].(string)
				if !ok {
					raw, err := json.Marshal(o.Data[mime])
					if err != nil {
						raw = fmt.Append(nil, o.Data[mime])
					}
					text = string(raw)
				}
				add(mime+": ", text)
			}
		}
	}
	return lines
}

// diffLimit bounds the size of the table that diff fills.
const diffLimit = 4 << 20

// diff gives the lines of a and b with their signs: the longest common
// subsequence, by the table.
func diff(a, b []string) []string {
	var out []string
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		out = append(out, "  "+a[0])
		a, b = a[1:], b[1:]
	}
	if len(a)*len(b) > diffLimit {
		a, b = a[:min(len(a), 1000)], b[:min(len(b), 1000)]
	}
	w := len(b) + 1
	table := make([]int32, (len(a)+1)*w)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				table[i*w+j] = table[(i+1)*w+j+1] + 1
			} else {
				table[i*w+j] = max(table[(i+1)*w+j], table[i*w+j+1])
			}
		}
	}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			out = append(out, "  "+a[i])
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && table[(i+1)*w+j] >= table[i*w+j+1]:
			out = append(out, "- "+a[i])
			i++
		default:
			out = append(out, "+ "+b[j])
			j++
		}
	}
	return out
}
