//go:build unix

package cli

// This file asks a terminal for its size.

import (
	"os"

	"golang.org/x/sys/unix"
)

// columns gives the width of a terminal, 0 for what is none.
func columns(f *os.File) int {
	size, err := unix.IoctlGetWinsize(int(f.Fd()), unix.TIOCGWINSZ)
	if err != nil {
		return 0
	}
	return int(size.Col)
}
