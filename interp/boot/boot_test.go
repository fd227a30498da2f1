package boot

import "testing"

func TestIndexIsFresh(t *testing.T) {
	text, err := Index()
	if err != nil {
		t.Fatal(err)
	}
	if text != index {
		t.Error("index.txt does not fit Base's sources: run `go generate ./interp/boot`")
	}
}
