package prim

// This file: the work of IOBuffer. The object is Base's struct GenericIOBuffer;
// its fields are named by the constants below.

import (
	"bytes"

	"weft/runtime/core"
	"weft/runtime/task"
)

// The fields of GenericIOBuffer, in order.
const (
	bufData = iota
	bufReadable
	bufWritable
	bufSeekable
	bufAppend
	bufSize
	bufMaxsize
	bufPtr
	bufMark
	bufFields
)

var bufferTable = []entry{
	{"buffer_write", 2, 2, "writes a string, Symbol, Char, UInt8 or byte vector; how many bytes", bufferWrite},
	{"buffer_print", 1, -1, "prints plain values; false if one was not plain and nothing was written", bufferPrint},
	{"buffer_take", 1, 1, "empties the buffer; its bytes as a Vector{UInt8}", func(_ *task.Task, a []core.Value) (core.Value, error) {
		b, err := bufferBytes(a[0])
		if err != nil {
			return core.Value{}, err
		}
		if a[0].Field(bufWritable).IsTrue() {
			a[0].SetField(bufData, core.BytesVector(nil).Value())
			a[0].SetField(bufSize, core.Int(0))
		}
		if !a[0].Field(bufSeekable).IsTrue() {
			b = b[min(max(int(a[0].Field(bufPtr).N)-1, 0), len(b)):]
		}
		a[0].SetField(bufPtr, core.Int(1))
		a[0].SetField(bufMark, core.Int(-1))
		return core.BytesVector(bytes.Clone(b)).Value(), nil
	}},
	{"buffer_take_string", 1, 1, "empties the buffer; its bytes as a String", func(_ *task.Task, a []core.Value) (core.Value, error) {
		b, err := bufferBytes(a[0])
		if err != nil {
			return core.Value{}, err
		}
		s := core.MakeString(string(b))
		if a[0].Field(bufWritable).IsTrue() {
			a[0].SetField(bufSize, core.Int(0))
		}
		a[0].SetField(bufPtr, core.Int(1))
		return s, nil
	}},
	{"buffer_read", 2, 2, "the next n bytes (n < 0: all) as a Vector{UInt8}", func(_ *task.Task, a []core.Value) (core.Value, error) {
		b, err := bufferNext(a[0], int(a[1].N))
		return core.BytesVector(bytes.Clone(b)).Value(), err
	}},
	{"buffer_read_string", 2, 2, "the next n bytes (n < 0: all) as a String", func(_ *task.Task, a []core.Value) (core.Value, error) {
		b, err := bufferNext(a[0], int(a[1].N))
		return core.MakeString(string(b)), err
	}},
	{"buffer_read_char", 1, 1, "the next character, or nothing at the end", func(_ *task.Task, a []core.Value) (core.Value, error) {
		b, err := bufferRest(a[0])
		if err != nil || len(b) == 0 {
			return nothing, err
		}
		u, n := nextChar(string(b[:min(4, len(b))]), 0)
		bufferSkip(a[0], n)
		return core.MakeChar(u), nil
	}},
	{"buffer_read_until", 3, 3, "bytes up to a delimiter (String), kept or not, as a String", func(_ *task.Task, a []core.Value) (core.Value, error) {
		b, err := bufferRest(a[0])
		if err != nil {
			return core.Value{}, err
		}
		d, err := textArg("readuntil", a[1])
		if err != nil {
			return core.Value{}, err
		}
		i := bytes.Index(b, []byte(d))
		if i < 0 {
			bufferSkip(a[0], len(b))
			return core.MakeString(string(b)), nil
		}
		bufferSkip(a[0], i+len(d))
		if a[2].IsTrue() {
			i += len(d)
		}
		return core.MakeString(string(b[:i])), nil
	}},
}

func asBuffer(v core.Value) error {
	if t := core.TypeOf(v); t.Kind != core.KindObject || len(t.Fields()) < bufFields || !v.Field(bufData).Is(core.VectorU8) || !v.Field(bufSize).Is(core.Int64) || !v.Field(bufPtr).Is(core.Int64) {
		return core.ArgErrorf("expected an IOBuffer of bytes")
	}
	return nil
}

// bufferBytes is the contents.
func bufferBytes(v core.Value) ([]byte, error) {
	if err := asBuffer(v); err != nil {
		return nil, err
	}
	b := core.As[core.Array](v.Field(bufData)).Bytes()
	return b[:min(max(int(v.Field(bufSize).N), 0), len(b))], nil
}

// bufferRest is what has not been read.
func bufferRest(v core.Value) ([]byte, error) {
	b, err := bufferBytes(v)
	if err != nil {
		return nil, err
	}
	if !v.Field(bufReadable).IsTrue() {
		return nil, core.ArgErrorf("read failed, IOBuffer is not readable")
	}
	return b[min(max(int(v.Field(bufPtr).N)-1, 0), len(b)):], nil
}

func bufferSkip(v core.Value, n int) {
	v.SetField(bufPtr, core.Int(v.Field(bufPtr).Int64()+int64(n)))
}

func bufferNext(v core.Value, n int) ([]byte, error) {
	b, err := bufferRest(v)
	if err != nil {
		return nil, err
	}
	if n >= 0 && n < len(b) {
		b = b[:n]
	}
	bufferSkip(v, len(b))
	return b, nil
}

// bufferAdd writes p at the place of writing.
func bufferAdd(v core.Value, p string) (int, error) {
	if err := asBuffer(v); err != nil {
		return 0, err
	}
	if !v.Field(bufWritable).IsTrue() {
		return 0, core.ArgErrorf("ensureroom failed, IOBuffer is not writeable")
	}
	arr := core.As[core.Array](v.Field(bufData))
	size := min(max(int(v.Field(bufSize).N), 0), arr.Len)
	at := int(v.Field(bufPtr).N) - 1
	appending := v.Field(bufAppend).IsTrue()
	if appending || at < 0 {
		at = size
	}
	if room := int(v.Field(bufMaxsize).N) - at; room < len(p) {
		p = p[:max(room, 0)]
	}
	if need := at + len(p); need > arr.Len {
		arr.Grow(need - arr.Len)
		if arr.Cap > arr.Len {
			arr.Grow(arr.Cap - arr.Len)
		}
	}
	b := arr.Bytes()
	if at > size {
		clear(b[size:at])
	}
	copy(b[at:], p)
	if at+len(p) > size {
		v.SetField(bufSize, core.Int(int64(at+len(p))))
	}
	if !appending {
		v.SetField(bufPtr, core.Int(int64(at+len(p)+1)))
	}
	return len(p), nil
}

func bufferWrite(_ *task.Task, a []core.Value) (core.Value, error) {
	var p string
	switch t := core.TypeOf(a[1]); {
	case t == core.Char:
		p = charText(uint32(a[1].N))
	case t == core.UInt8 || t == core.Int8 || t == core.Bool:
		p = string([]byte{byte(a[1].N)})
	case t.Kind == core.KindArray && core.As[core.Array](a[1]).Kind.Bytes() == 1:
		p = string(core.As[core.Array](a[1]).Bytes())
	default:
		var err error
		if p, err = textArg("write", a[1]); err != nil {
			return core.Value{}, err
		}
	}
	n, err := bufferAdd(a[0], p)
	return core.Int(int64(n)), err
}

func bufferPrint(_ *task.Task, a []core.Value) (core.Value, error) {
	var p string
	for _, v := range a[1:] {
		s, ok := printText(v)
		if !ok {
			return core.MakeBool(false), nil
		}
		p += s
	}
	_, err := bufferAdd(a[0], p)
	return core.MakeBool(true), err
}
