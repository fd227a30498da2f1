//go:build !linux && !darwin

package prim

// This file: stat where Go's own knowledge has to do.

import "io/fs"

func statOf(i fs.FileInfo) fileStat { return portableStat(i) }
