package prim

// This file: what the file system knows of a file, in Unix's terms.

import (
	"io/fs"

	"weft/runtime/core"
)

// fileStat is what stat tells.
type fileStat struct {
	mode, device, inode, links, user, group, special uint64
	size, blockSize, blocks                          int64
	modified, changed                                float64
}

func (s fileStat) tuple() core.Value {
	return makeTuple(core.Uint(s.mode), core.Int(s.size), core.Uint(s.device), core.Uint(s.inode), core.Uint(s.links),
		core.Uint(s.user), core.Uint(s.group), core.Uint(s.special), core.Int(s.blockSize), core.Int(s.blocks),
		core.Float(s.modified), core.Float(s.changed))
}

// The bits of a mode that tell the kind of a file.
const (
	modeFIFO   = 0o010000
	modeChar   = 0o020000
	modeDir    = 0o040000
	modeBlock  = 0o060000
	modeFile   = 0o100000
	modeLink   = 0o120000
	modeSocket = 0o140000
)

// portableStat is what Go knows on every system.
func portableStat(i fs.FileInfo) fileStat {
	m := uint64(i.Mode().Perm())
	switch t := i.Mode(); {
	case t.IsRegular():
		m |= modeFile
	case t.IsDir():
		m |= modeDir
	case t&fs.ModeSymlink != 0:
		m |= modeLink
	case t&fs.ModeNamedPipe != 0:
		m |= modeFIFO
	case t&fs.ModeSocket != 0:
		m |= modeSocket
	case t&fs.ModeCharDevice != 0:
		m |= modeChar
	case t&fs.ModeDevice != 0:
		m |= modeBlock
	}
	for mode, bit := range map[fs.FileMode]uint64{fs.ModeSetuid: 0o4000, fs.ModeSetgid: 0o2000, fs.ModeSticky: 0o1000} {
		if i.Mode()&mode != 0 {
			m |= bit
		}
	}
	t := float64(i.ModTime().UnixNano()) / 1e9
	return fileStat{mode: m, size: i.Size(), links: 1, blockSize: 4096, blocks: (i.Size() + 511) / 512, modified: t, changed: t}
}
