//go:build race

package vm

// raceEnabled says whether the race detector is compiled in.
const raceEnabled = true
