//go:build !unix

package prim

import "errors"

func mapFile(string, int, int, bool) ([]byte, error) {
	return nil, errors.New("files cannot be mapped on this system")
}
