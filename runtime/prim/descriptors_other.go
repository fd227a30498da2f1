//go:build !unix

package prim

import (
	"errors"
	"time"
)

var errNoDescriptors = errors.New("descriptors cannot be used on this system")

func descriptorOpen(string, int) (int, error)  { return 0, errNoDescriptors }
func descriptorDup(int) (int, error)           { return 0, errNoDescriptors }
func descriptorClose(int) error                { return errNoDescriptors }
func descriptorRead(int, []byte) (int, error)  { return 0, errNoDescriptors }
func descriptorWrite(int, []byte) (int, error) { return 0, errNoDescriptors }
func descriptorPair(bool) ([2]int, error)      { return [2]int{}, errNoDescriptors }
func setUmask(int) int                         { return 0 }
func pollOnce(int, bool, bool, time.Duration) (int, error) {
	return 0, errNoDescriptors
}
func endOfPipe(int, bool) bool                  { return false }
func openOtherEnd(string, int, <-chan struct{}) {}
