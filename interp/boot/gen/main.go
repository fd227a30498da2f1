// Command gen writes the index of Base (index.txt) into the current folder.
package main

import (
	"fmt"
	"os"

	"weft/interp/boot"
)

func main() {
	text, err := boot.Index()
	if err == nil {
		err = os.WriteFile("index.txt", []byte(text), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}
