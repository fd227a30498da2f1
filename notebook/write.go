package notebook

// This file writes notebooks the way Jupyter does: sorted members, one blank
// of indentation, texts as lists of lines.

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
)

// Write writes the notebook to a file, which appears whole or not at all.
func (nb *Notebook) Write(path string) error {
	text, err := nb.Encode()
	if err != nil {
		return fmt.Errorf("notebook %s: %w", path, err)
	}
	return WriteFile(path, text)
}

// WriteFile writes a file that appears whole or not at all.
func WriteFile(path string, text []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	_, err = f.Write(text)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return nil
}

// Encode gives the text of the notebook's file.
func (nb *Notebook) Encode() ([]byte, error) {
	cells := make([]any, len(nb.Cells))
	for i, c := range nb.Cells {
		cells[i] = c.object(nb.Minor)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err := e.Encode(with(nb.extra, Object{
		"nbformat": Major, "nbformat_minor": nb.Minor, "metadata": some(nb.Metadata), "cells": cells,
	}))
	return b.Bytes(), err
}

// with adds members to those that are not known.
func with(extra, o Object) Object {
	for k, v := range extra {
		if _, has := o[k]; !has {
			o[k] = v
		}
	}
	return o
}

func some(o Object) Object {
	if o == nil {
		return Object{}
	}
	return o
}

func (c *Cell) object(minor int) Object {
	o := Object{"cell_type": c.Type, "source": splitLines(c.Source), "metadata": some(c.Metadata)}
	if minor >= 5 {
		o["id"] = c.ID
	}
	if c.Type == Code {
		outputs := make([]any, len(c.Outputs))
		for i, out := range c.Outputs {
			outputs[i] = out.object()
		}
		o["outputs"] = outputs
		o["execution_count"] = orNull(c.Count)
	} else if c.Attachments != nil {
		o["attachments"] = c.Attachments
	}
	return with(c.extra, o)
}

func (out *Output) object() Object {
	o := Object{"output_type": out.Type}
	switch out.Type {
	case Stream:
		o["name"], o["text"] = out.Name, splitLines(out.Text)
	case DisplayData, ExecuteResult:
		data := maps.Clone(some(out.Data))
		for mime, v := range data {
			if text, ok := v.(string); ok && inLines(mime) {
				data[mime] = splitLines(text)
			}
		}
		o["data"], o["metadata"] = data, some(out.Metadata)
		if out.Type == ExecuteResult {
			o["execution_count"] = orNull(out.Count)
		}
	case ErrorOutput:
		o["ename"], o["evalue"] = out.Ename, out.Evalue
		o["traceback"] = append([]string{}, out.Traceback...)
	}
	return with(out.extra, o)
}

// inLines says whether data of a MIME type is stored as a list of lines.
func inLines(mime string) bool {
	return strings.HasPrefix(mime, "text/") || mime == "image/svg+xml" || mime == "application/javascript"
}

func orNull(n int) any {
	if n == 0 {
		return nil
	}
	return n
}

// splitLines cuts a text after each newline.
func splitLines(s string) []string {
	if s == "" {
		return []string{}
	}
	lines := strings.SplitAfter(s, "\n")
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}
