//go:build !race

package tests

import "time"

// promptly is how long an interrupt may take.
const promptly = 100 * time.Millisecond
