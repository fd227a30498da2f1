//go:build unix

package prim

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// mapFile maps n bytes of a file from offset on.
func mapFile(path string, offset, n int, write bool) ([]byte, error) {
	flags, how := os.O_RDONLY, unix.MAP_PRIVATE // what is stored there stays here
	if write {
		flags, how = os.O_RDWR, unix.MAP_SHARED
	}
	f, err := os.OpenFile(path, flags, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() < int64(offset+n) { // reading behind the end would be a fault
		return nil, fmt.Errorf("expected %d bytes, the file has %d", offset+n, info.Size())
	}
	page := os.Getpagesize()
	from := offset / page * page
	b, err := unix.Mmap(int(f.Fd()), int64(from), n+offset-from, unix.PROT_READ|unix.PROT_WRITE, how)
	if err != nil {
		return nil, err
	}
	return b[offset-from:], nil
}
