package notebook

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// full is a notebook with everything the format has, as Jupyter writes it.
const full = `{
 "cells": [
  {
   "attachments": {
    "dot.png": {
     "image/png": "iVBORw0KGgo="
    }
   },
   "cell_type": "markdown",
   "id": "intro",
   "metadata": {},
   "source": [
    "# Title\n",
    "![dot](attachment:dot.png) <b>&</b>"
   ]
  },
  {
   "cell_type": "code",
   "execution_count": 3,
   "id": "c-1_A",
   "metadata": {
    "tags": [
     "raises-exception"
    ],
    "weight": 1.50
   },
   "outputs": [
    {
     "name": "stdout",
     "output_type": "stream",
     "text": [
      "a\n",
      "b\n"
     ]
    },
    {
     "data": {
      "application/json": {
       "big": 12345678901234567890,
       "list": []
      },
      "image/png": "iVBORw0KGgo=",
      "text/plain": [
       "42"
      ]
     },
     "execution_count": 3,
     "metadata": {},
     "output_type": "execute_result"
    },
    {
     "data": {
      "text/html": [
       "<b>1</b>\n",
       "<i>2</i>"
      ]
     },
     "metadata": {
      "isolated": true
     },
     "output_type": "display_data"
    },
    {
     "ename": "KeyError",
     "evalue": "k",
     "output_type": "error",
     "traceback": [
      "KeyError: k"
     ]
    }
   ],
   "source": []
  },
  {
   "cell_type": "raw",
   "id": "r",
   "metadata": {},
   "source": [
    "raw ü"
   ]
  }
 ],
 "metadata": {
  "kernelspec": {
   "name": "weft"
  }
 },
 "nbformat": 4,
 "nbformat_minor": 5,
 "note": null
}
`

func TestParseAndEncodeGiveTheSameText(t *testing.T) {
	nb, err := Parse([]byte(full))
	if err != nil {
		t.Fatal(err)
	}
	got, err := nb.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != full {
		t.Errorf("got\n%s", got)
	}
	c := nb.Cells[1]
	if !c.HasTag(RaisesException) || c.Count != 3 || c.Runs() || c.Failed() == nil || c.Failed().Ename != "KeyError" {
		t.Errorf("cell %+v", c)
	}
	if got := c.Outputs[0].Text; got != "a\nb\n" {
		t.Errorf("text %q", got)
	}
}

func TestParseErrorsSayWhere(t *testing.T) {
	one := func(cell string) string {
		return `{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[` + cell + `]}`
	}
	out := func(output string) string {
		return one(`{"id":"a","cell_type":"code","source":"","metadata":{},"execution_count":null,"outputs":[` + output + `]}`)
	}
	for text, want := range map[string]string{
		"":                                   "expected a notebook, the file is empty",
		" \n":                                "expected a notebook, the file is empty",
		"\xff\xfe{}":                         "expected UTF-8",
		"{\n  \"cells\": [}":                 "line 2, column 13: not JSON: invalid character '}' looking for beginning of value",
		`{"cells": [`:                        "line 1, column 12: not JSON: the file ends too early",
		"{}{}":                               "line 1, column 3: expected the end of the file after the notebook",
		"[]":                                 "expected an object, got a list",
		"{}":                                 "nbformat: expected a whole number, got nothing",
		`{"nbformat":3}`:                     "nbformat: expected version 4, got 3 (jupyter nbconvert --to notebook --nbformat 4 converts it)",
		`{"nbformat":"4"}`:                   "nbformat: expected a whole number, got a string",
		`{"nbformat":4,"nbformat_minor":-1}`: "nbformat_minor: expected a whole number, got the number -1",
		`{"nbformat":4,"nbformat_minor":5}`:  "metadata: expected an object, got nothing",
		`{"nbformat":4,"nbformat_minor":5,"metadata":{}}`: "cells: expected a list, got nothing",
		one(`1`):                       "cells[0]: expected an object, got the number 1",
		one(`{}`):                      "cells[0].cell_type: expected code, markdown or raw, got nothing",
		one(`{"cell_type":"heading"}`): `cells[0].cell_type: expected code, markdown or raw, got "heading"`,
		one(`{"cell_type":"raw"}`):     "cells[0].source: expected a string or a list of strings, got nothing",
		one(`{"cell_type":"raw","source":["a",1]}`):                                                                          "cells[0].source[1]: expected a string, got the number 1",
		one(`{"cell_type":"raw","source":""}`):                                                                               "cells[0].metadata: expected an object, got nothing",
		one(`{"cell_type":"raw","source":"","metadata":{},"id":"a b"}`):                                                      "cells[0].id: expected 1 to 64 letters, digits, - and _, got a string",
		one(`{"cell_type":"raw","source":"","metadata":{},"attachments":[]}`):                                                "cells[0].attachments: expected an object, got a list",
		one(`{"id":"a","cell_type":"code","source":"","metadata":{}}`):                                                       "cells[0].execution_count: expected a whole number or null, got nothing",
		one(`{"id":"a","cell_type":"code","source":"","metadata":{},"execution_count":1.5}`):                                 "cells[0].execution_count: expected a whole number or null, got the number 1.5",
		one(`{"id":"a","cell_type":"code","source":"","metadata":{},"execution_count":1}`):                                   "cells[0].outputs: expected a list, got nothing",
		one(`{"id":"a","cell_type":"raw","source":"","metadata":{}},{"id":"a","cell_type":"raw","source":"","metadata":{}}`): `cells[1].id: expected an id of its own, got "a", which is also that of cells[0]`,
		out(`true`):                                "cells[0].outputs[0]: expected an object, got true or false",
		out(`{}`):                                  "cells[0].outputs[0].output_type: expected a string, got nothing",
		out(`{"output_type":"pyout"}`):             `cells[0].outputs[0].output_type: expected stream, display_data, execute_result or error, got "pyout"`,
		out(`{"output_type":"stream"}`):            "cells[0].outputs[0].name: expected a string, got nothing",
		out(`{"output_type":"stream","name":"x"}`): "cells[0].outputs[0].text: expected a string or a list of strings, got nothing",
		out(`{"output_type":"display_data"}`):      "cells[0].outputs[0].data: expected an object, got nothing",
		out(`{"output_type":"display_data","data":{"text/plain":{}}}`):           "cells[0].outputs[0].data.text/plain: expected a string or a list of strings, got an object",
		out(`{"output_type":"display_data","data":{}}`):                          "cells[0].outputs[0].metadata: expected an object, got nothing",
		out(`{"output_type":"execute_result","data":{},"metadata":{}}`):          "cells[0].outputs[0].execution_count: expected a whole number or null, got nothing",
		out(`{"output_type":"error","evalue":"","traceback":[]}`):                "cells[0].outputs[0].ename: expected a string, got nothing",
		out(`{"output_type":"error","ename":"","traceback":[]}`):                 "cells[0].outputs[0].evalue: expected a string, got nothing",
		out(`{"output_type":"error","ename":"","evalue":"","traceback":"x"}`):    "cells[0].outputs[0].traceback: expected a list of strings, got a string",
		out(`{"output_type":"error","ename":"","evalue":"","traceback":[null]}`): "cells[0].outputs[0].traceback[0]: expected a string, got null",
		out(`{"output_type":"stream","name":"x","text":[["a"]]}`):                "cells[0].outputs[0].text[0]: expected a string, got a list",
	} {
		_, err := Parse([]byte(text))
		if err == nil || err.Error() != want {
			t.Errorf("%s\n got %v\nwant %s", text, err, want)
		}
	}
}

func TestReadSaysWhichFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.ipynb")
	if _, err := Read(path); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("got %v", err)
	}
	if err := os.WriteFile(path, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Read(path)
	if want := "notebook " + path + ": nbformat: expected a whole number, got nothing"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestWriteAndRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.ipynb")
	nb := code("1")
	if err := nb.Write(path); err != nil {
		t.Fatal(err)
	}
	again, err := Read(path)
	if err != nil || again.Cells[0].Source != "1" || again.Minor != Minor {
		t.Errorf("%+v, %v", again, err)
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if err := nb.Write(filepath.Join(t.TempDir(), "no", "folder.ipynb")); err == nil {
		t.Error("written into a folder that is not there")
	}
}

func TestCellsGetIds(t *testing.T) {
	const text = `{"nbformat":4,"nbformat_minor":%,"metadata":{},"cells":[
		{"cell_type":"raw","source":"","metadata":{}},{"id":"cell-1","cell_type":"raw","source":"","metadata":{}},{"cell_type":"raw","source":"","metadata":{}}]}`
	ids := func(minor string) []string {
		nb, err := Parse([]byte(strings.Replace(text, "%", minor, 1)))
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, c := range nb.Cells {
			ids = append(ids, c.ID)
		}
		return ids
	}
	if got := ids("5"); !slices.Equal(got, []string{"cell-2", "cell-1", "cell-3"}) {
		t.Errorf("ids %q", got)
	}
	if got := ids("4"); !slices.Equal(got, []string{"", "", ""}) {
		t.Errorf("ids %q", got)
	}
}

// What is read can be written, and what was written reads as the same.
func FuzzParse(f *testing.F) {
	f.Add([]byte(full))
	f.Add([]byte(`{"nbformat":4,"nbformat_minor":4,"metadata":{},"cells":[{"cell_type":"code","source":"1","metadata":{},"execution_count":null,"outputs":[]}]}`))
	f.Add([]byte(`{"nbformat":4,"nbformat_minor":5,"metadata":{"a":[1e400,"\ud800"]},"cells":[]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		nb, err := Parse(text)
		if err != nil {
			return
		}
		once, err := nb.Encode()
		if err != nil {
			t.Fatalf("not written: %v", err)
		}
		again, err := Parse(once)
		if err != nil {
			t.Fatalf("not read again: %v\n%s", err, once)
		}
		twice, err := again.Encode()
		if err != nil || !bytes.Equal(once, twice) {
			t.Fatalf("%v\n%s\n%s", err, once, twice)
		}
		if err := WriteHTML(&bytes.Buffer{}, nb, PageOptions{}); err != nil {
			t.Fatal(err)
		}
		if d := Compare(nb, again); len(d) > 0 {
			t.Fatalf("differs from itself: %v", d)
		}
	})
}
