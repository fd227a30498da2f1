//go:build race

package tests

import "time"

// promptly is how long an interrupt may take. With the race detector everything takes several times as long.
const promptly = time.Second
