package notebook

// This file turns what a kernel broadcasts into the outputs of cells.

import (
	"bytes"
	"encoding/json"

	"weft/messaging"
)

// outputs is where the broadcasts of one cell go.
type outputs struct {
	cell *Cell
	// clear says that the next output replaces all there is.
	clear bool
}

// published is the content of the messages that make an output.
type published struct {
	Name      string   `json:"name"`
	Text      string   `json:"text"`
	Data      Object   `json:"data"`
	Metadata  Object   `json:"metadata"`
	Count     int      `json:"execution_count"`
	Ename     string   `json:"ename"`
	Evalue    string   `json:"evalue"`
	Traceback []string `json:"traceback"`
	Wait      bool     `json:"wait"`
	Transient struct {
		DisplayID string `json:"display_id"`
	} `json:"transient"`
}

func readPublished(m *messaging.Message) (p published, err error) {
	d := json.NewDecoder(bytes.NewReader(m.Content))
	d.UseNumber()
	err = d.Decode(&p)
	return p, err
}

// output makes an output of a message, nil if the message makes none.
func (p published) output(msgType string) *Output {
	out := &Output{Type: OutputType(msgType), displayID: p.Transient.DisplayID}
	switch out.Type {
	case Stream:
		out.Name, out.Text = p.Name, p.Text
	case DisplayData, ExecuteResult:
		out.Data, out.Metadata, out.Count = p.Data, some(p.Metadata), p.Count
	case ErrorOutput:
		out.Ename, out.Evalue, out.Traceback = p.Ename, p.Evalue, p.Traceback
	default:
		return nil
	}
	return out
}

// add adds an output to the cell's; text goes on where a stream of the same
// name stands last.
func (o *outputs) add(out *Output) {
	if o.clear {
		o.clear = false
		o.cell.Outputs = nil
	}
	all := o.cell.Outputs
	if n := len(all); n > 0 && out.Type == Stream && all[n-1].Type == Stream && all[n-1].Name == out.Name {
		all[n-1].Text += out.Text
		return
	}
	if out.Type == Stream {
		out = &Output{Type: Stream, Name: out.Name, Text: out.Text}
	}
	o.cell.Outputs = append(all, out)
}

// empty empties the cell's outputs, with wait at the next one.
func (o *outputs) empty(wait bool) {
	if o.clear = wait; !wait {
		o.cell.Outputs = nil
	}
}

// update changes all displays of an id, in any cell.
func (nb *Notebook) update(p published) {
	if p.Transient.DisplayID == "" {
		return
	}
	for _, c := range nb.Cells {
		for _, out := range c.Outputs {
			if out.displayID == p.Transient.DisplayID {
				out.Data, out.Metadata = p.Data, some(p.Metadata)
			}
		}
	}
}
