// Package notebook reads, checks, runs, shows and writes Jupyter notebooks in
// the nbformat 4 file format.
//
// [Parse] and [Notebook.Encode] are the file; [Start] starts a kernel process
// and [Runner] executes a notebook in it over ZeroMQ; [View] shows the run on
// a terminal as it goes; [WriteHTML] makes a page of the result; [Compare]
// finds what differs from the outputs that were stored.
package notebook

// This file says what a notebook is made of.

import (
	"slices"
	"strings"
)

// Object is a JSON object. Its values are those of encoding/json, numbers as
// json.Number.
type Object = map[string]any

// The version of the format that new notebooks have.
const (
	Major = 4
	Minor = 5
)

// Notebook is a notebook in memory.
type Notebook struct {
	Cells    []*Cell
	Metadata Object
	// Minor is the minor version of the format; the major one is always 4.
	Minor int

	extra Object // members that the format does not know
}

// CellType is the kind of a cell.
type CellType string

// The kinds of cells.
const (
	Code     CellType = "code"
	Markdown CellType = "markdown"
	Raw      CellType = "raw"
)

// Cell is one cell of a notebook.
type Cell struct {
	// ID is unique in the notebook; empty before nbformat 4.5.
	ID       string
	Type     CellType
	Source   string
	Metadata Object
	// Attachments hold the files of a markdown cell: name, MIME type, base64.
	Attachments Object
	// Count is the number of the execution, 0 for none. Code cells only.
	Count   int
	Outputs []*Output

	extra Object
}

// OutputType is the kind of an output.
type OutputType string

// The kinds of outputs.
const (
	Stream        OutputType = "stream"
	DisplayData   OutputType = "display_data"
	ExecuteResult OutputType = "execute_result"
	ErrorOutput   OutputType = "error"
)

// Output is one output of a code cell.
type Output struct {
	Type OutputType

	// Name ("stdout" or "stderr") and Text are those of a stream.
	Name, Text string

	// Data and Metadata are those of a display or a result, Count a result's.
	Data     Object
	Metadata Object
	Count    int

	// Ename, Evalue and Traceback are those of an error.
	Ename, Evalue string
	Traceback     []string

	displayID string
	extra     Object
}

// Tags gives the tags in the cell's metadata.
func (c *Cell) Tags() []string {
	list, _ := c.Metadata["tags"].([]any)
	var tags []string
	for _, t := range list {
		if s, ok := t.(string); ok {
			tags = append(tags, s)
		}
	}
	return tags
}

// HasTag says whether the cell has a tag.
func (c *Cell) HasTag(tag string) bool { return slices.Contains(c.Tags(), tag) }

// Runs says whether the cell is one that a kernel executes.
func (c *Cell) Runs() bool { return c.Type == Code && strings.TrimSpace(c.Source) != "" }

// Failed gives the error among the outputs, nil if there is none.
func (c *Cell) Failed() *Output {
	for _, o := range c.Outputs {
		if o.Type == ErrorOutput {
			return o
		}
	}
	return nil
}

// plain is what the output is as text: a stream's text, the text/plain of a
// display, the traceback of an error.
func (o *Output) plain() string {
	switch o.Type {
	case Stream:
		return o.Text
	case ErrorOutput:
		return strings.Join(o.Traceback, "\n")
	}
	s, _ := o.Data["text/plain"].(string)
	return s
}

// isJSON says whether data of a MIME type is JSON rather than text.
func isJSON(mime string) bool {
	return mime == "application/json" || strings.HasPrefix(mime, "application/") && strings.HasSuffix(mime, "+json")
}
