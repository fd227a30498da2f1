package notebook

// This file reads notebooks and says, where something is wrong, at which
// place of the file and what was expected there.

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Read reads the notebook in a file.
func Read(path string) (*Notebook, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("notebook: %w", err)
	}
	nb, err := Parse(text)
	if err != nil {
		return nil, fmt.Errorf("notebook %s: %w", path, err)
	}
	return nb, nil
}

// Parse reads the text of a notebook. Cells without the id that nbformat 4.5
// asks for get one.
func Parse(text []byte) (*Notebook, error) {
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if len(bytes.TrimSpace(text)) == 0 {
		return nil, errors.New("expected a notebook, the file is empty")
	}
	if !utf8.Valid(text) {
		return nil, errors.New("expected UTF-8")
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, jsonError(text, err)
	}
	if rest := bytes.TrimSpace(text[d.InputOffset():]); len(rest) > 0 {
		return nil, fmt.Errorf("%s: expected the end of the file after the notebook", place(text, int(d.InputOffset())))
	}
	top, ok := v.(Object)
	if !ok {
		return nil, fmt.Errorf("expected an object, got %s", kindOf(v))
	}
	nb := &Notebook{}
	err := (&reader{}).notebook(nb, top)
	if err != nil {
		return nil, err
	}
	nb.nameCells()
	return nb, nil
}

func jsonError(text []byte, err error) error {
	var se *json.SyntaxError
	if errors.As(err, &se) {
		return fmt.Errorf("%s: not JSON: %w", place(text, int(se.Offset)-1), err)
	}
	if strings.Contains(err.Error(), "unexpected EOF") {
		return fmt.Errorf("%s: not JSON: the file ends too early", place(text, len(text)))
	}
	return fmt.Errorf("not JSON: %w", err)
}

// place gives the line and column of a byte offset.
func place(text []byte, offset int) string {
	before := text[:min(max(offset, 0), len(text))]
	line := 1 + bytes.Count(before, []byte("\n"))
	col := 1 + utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])
	return fmt.Sprintf("line %d, column %d", line, col)
}

func kindOf(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case string:
		return "a string"
	case bool:
		return "true or false"
	case json.Number:
		return "the number " + v.String()
	case []any:
		return "a list"
	}
	return "an object"
}

// reader takes members out of objects; the path of the object is in front of
// each error.
type reader struct{ path []string }

// in runs f inside a member or an element.
func (r *reader) in(name string, f func() error) error {
	r.path = append(r.path, name)
	err := f()
	r.path = r.path[:len(r.path)-1]
	return err
}

// expected is the error of a member: what was wanted and what was found.
func (r *reader) expected(name, want string, o Object) error {
	got := "nothing"
	if v, ok := o[name]; ok {
		got = kindOf(v)
	}
	return fmt.Errorf("%s: expected %s, got %s", r.at("."+name), want, got)
}

// at gives the path of something in the current object.
func (r *reader) at(name string) string {
	return strings.TrimPrefix(strings.Join(r.path, "")+name, ".")
}

func (r *reader) notebook(nb *Notebook, o Object) error {
	o = maps.Clone(o)
	major, err := r.whole(o, "nbformat")
	if err != nil {
		return err
	}
	if major != Major {
		return fmt.Errorf("nbformat: expected version 4, got %d (jupyter nbconvert --to notebook --nbformat 4 converts it)", major)
	}
	if nb.Minor, err = r.whole(o, "nbformat_minor"); err != nil {
		return err
	}
	if nb.Metadata, err = r.object(o, "metadata", true); err != nil {
		return err
	}
	cells, ok := o["cells"].([]any)
	if !ok {
		return r.expected("cells", "a list", o)
	}
	ids := map[string]int{}
	nb.Cells = make([]*Cell, len(cells))
	for i, v := range cells {
		err := r.in(fmt.Sprintf(".cells[%d]", i), func() error {
			o, ok := v.(Object)
			if !ok {
				return fmt.Errorf("%s: expected an object, got %s", r.at(""), kindOf(v))
			}
			c, err := r.cell(o, nb.Minor)
			if err != nil {
				return err
			}
			if first, twice := ids[c.ID]; twice && c.ID != "" {
				return fmt.Errorf("%s: expected an id of its own, got %q, which is also that of cells[%d]", r.at(".id"), c.ID, first)
			}
			ids[c.ID] = i
			nb.Cells[i] = c
			return nil
		})
		if err != nil {
			return err
		}
	}
	nb.extra = rest(o, "nbformat", "nbformat_minor", "metadata", "cells")
	return nil
}

var cellID = regexp.MustCompile(`^[a-zA-Z0-9-_]{1,64}$`)

func (r *reader) cell(o Object, minor int) (*Cell, error) {
	c := &Cell{}
	var err error
	kind, ok := o["cell_type"].(string)
	if c.Type = CellType(kind); !ok || !slices.Contains([]CellType{Code, Markdown, Raw}, c.Type) {
		if ok {
			return nil, fmt.Errorf("%s: expected code, markdown or raw, got %q", r.at(".cell_type"), kind)
		}
		return nil, r.expected("cell_type", "code, markdown or raw", o)
	}
	if c.Source, err = r.multiline(o, "source"); err != nil {
		return nil, err
	}
	if c.Metadata, err = r.object(o, "metadata", true); err != nil {
		return nil, err
	}
	known := []string{"cell_type", "source", "metadata"}
	if _, has := o["id"]; has && minor >= 5 {
		id, ok := o["id"].(string)
		if !ok || !cellID.MatchString(id) {
			return nil, r.expected("id", "1 to 64 letters, digits, - and _", o)
		}
		c.ID = id
		known = append(known, "id")
	}
	if c.Type == Code {
		known = append(known, "execution_count", "outputs")
		if c.Count, err = r.count(o); err != nil {
			return nil, err
		}
		outputs, ok := o["outputs"].([]any)
		if !ok {
			return nil, r.expected("outputs", "a list", o)
		}
		for i, v := range outputs {
			err := r.in(fmt.Sprintf(".outputs[%d]", i), func() error {
				o, ok := v.(Object)
				if !ok {
					return fmt.Errorf("%s: expected an object, got %s", r.at(""), kindOf(v))
				}
				out, err := r.output(o)
				c.Outputs = append(c.Outputs, out)
				return err
			})
			if err != nil {
				return nil, err
			}
		}
	} else {
		known = append(known, "attachments")
		if c.Attachments, err = r.object(o, "attachments", false); err != nil {
			return nil, err
		}
	}
	c.extra = rest(o, known...)
	return c, nil
}

func (r *reader) output(o Object) (*Output, error) {
	kind, ok := o["output_type"].(string)
	if !ok {
		return nil, r.expected("output_type", "a string", o)
	}
	out := &Output{Type: OutputType(kind)}
	known := []string{"output_type"}
	var err error
	switch out.Type {
	case Stream:
		known = append(known, "name", "text")
		if out.Name, ok = o["name"].(string); !ok {
			return nil, r.expected("name", "a string", o)
		}
		out.Text, err = r.multiline(o, "text")
	case DisplayData, ExecuteResult:
		known = append(known, "data", "metadata")
		if out.Type == ExecuteResult {
			known = append(known, "execution_count")
			if out.Count, err = r.count(o); err != nil {
				return nil, err
			}
		}
		if out.Data, err = r.bundle(o); err != nil {
			return nil, err
		}
		out.Metadata, err = r.object(o, "metadata", true)
	case ErrorOutput:
		known = append(known, "ename", "evalue", "traceback")
		if out.Ename, ok = o["ename"].(string); !ok {
			return nil, r.expected("ename", "a string", o)
		}
		if out.Evalue, ok = o["evalue"].(string); !ok {
			return nil, r.expected("evalue", "a string", o)
		}
		out.Traceback, err = r.lines(o, "traceback")
	default:
		return nil, fmt.Errorf("%s: expected stream, display_data, execute_result or error, got %q", r.at(".output_type"), kind)
	}
	if err != nil {
		return nil, err
	}
	out.extra = rest(o, known...)
	return out, nil
}

// rest gives the members that are not known, nil for none.
func rest(o Object, known ...string) Object {
	var extra Object
	for k, v := range o {
		if !slices.Contains(known, k) {
			if extra == nil {
				extra = Object{}
			}
			extra[k] = v
		}
	}
	return extra
}

func (r *reader) whole(o Object, name string) (int, error) {
	n, ok := o[name].(json.Number)
	if ok {
		if i, err := strconv.Atoi(n.String()); err == nil && i >= 0 {
			return i, nil
		}
	}
	return 0, r.expected(name, "a whole number", o)
}

// count reads an execution count, where null is 0.
func (r *reader) count(o Object) (int, error) {
	v, has := o["execution_count"]
	if has && v == nil {
		return 0, nil
	}
	if n, err := r.whole(o, "execution_count"); err == nil {
		return n, nil
	}
	return 0, r.expected("execution_count", "a whole number or null", o)
}

func (r *reader) object(o Object, name string, must bool) (Object, error) {
	v, has := o[name]
	if !has && !must {
		return nil, nil
	}
	m, ok := v.(Object)
	if !ok {
		return nil, r.expected(name, "an object", o)
	}
	return m, nil
}

func (r *reader) lines(o Object, name string) ([]string, error) {
	list, ok := o[name].([]any)
	if !ok {
		return nil, r.expected(name, "a list of strings", o)
	}
	out := make([]string, len(list))
	for i, v := range list {
		if out[i], ok = v.(string); !ok {
			return nil, fmt.Errorf("%s: expected a string, got %s", r.at(fmt.Sprintf(".%s[%d]", name, i)), kindOf(v))
		}
	}
	return out, nil
}

// multiline reads a text, which may be a list of its lines.
func (r *reader) multiline(o Object, name string) (string, error) {
	if s, ok := o[name].(string); ok {
		return s, nil
	}
	if _, ok := o[name].([]any); !ok {
		return "", r.expected(name, "a string or a list of strings", o)
	}
	list, err := r.lines(o, name)
	return strings.Join(list, ""), err
}

func (r *reader) bundle(o Object) (Object, error) {
	data, err := r.object(o, "data", true)
	if err != nil {
		return nil, err
	}
	out := make(Object, len(data))
	for mime, v := range data {
		if isJSON(mime) {
			out[mime] = v
			continue
		}
		err := r.in(".data", func() error {
			text, err := r.multiline(data, mime)
			out[mime] = text
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// nameCells gives cells without an id one, where the format asks for ids.
func (nb *Notebook) nameCells() {
	if nb.Minor < 5 {
		return
	}
	used := map[string]bool{}
	for _, c := range nb.Cells {
		used[c.ID] = true
	}
	for i, c := range nb.Cells {
		for n := i + 1; c.ID == ""; n++ {
			if id := fmt.Sprintf("cell-%d", n); !used[id] {
				c.ID, used[id] = id, true
			}
		}
	}
}
