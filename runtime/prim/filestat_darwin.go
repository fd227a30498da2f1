package prim

// This file: stat on macOS.

import (
	"io/fs"
	"syscall"
)

func statOf(i fs.FileInfo) fileStat {
	s := portableStat(i)
	if st, ok := i.Sys().(*syscall.Stat_t); ok {
		s.device, s.inode, s.links = uint64(st.Dev), st.Ino, uint64(st.Nlink)
		s.user, s.group, s.special = uint64(st.Uid), uint64(st.Gid), uint64(st.Rdev)
		s.blockSize, s.blocks = int64(st.Blksize), st.Blocks
		s.changed = float64(st.Ctimespec.Nano()) / 1e9
	}
	return s
}
