package kernel

// This file measures on Linux, by reading /proc. A file that is missing
// counts as nothing.

import (
	"bufio"
	"bytes"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

func processCPU() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func residentMemory() uint64 {
	data, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(data))
	if len(fields) < 2 {
		return 0
	}
	return number(fields[1]) * uint64(os.Getpagesize())
}

// hostCPU reads the first line of /proc/stat: user, nice, system, idle,
// iowait and more.
func hostCPU() hostTime {
	data, err := os.ReadFile("/proc/stat")
	if err != nil {
		return hostTime{}
	}
	line, _, _ := bytes.Cut(data, []byte("\n"))
	var t hostTime
	for i, f := range strings.Fields(string(line)) {
		if i == 0 || i > 8 { // the name; guest times, which user has already
			continue
		}
		n := float64(number(f))
		t.total += n
		if i != 4 && i != 5 {
			t.busy += n
		}
	}
	return t
}

func hostMemory() memory {
	data, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return memory{}
	}
	var m memory
	for lines := bufio.NewScanner(bytes.NewReader(data)); lines.Scan(); {
		name, rest, _ := strings.Cut(lines.Text(), ":")
		kib := number(strings.TrimSuffix(strings.TrimSpace(rest), " kB"))
		switch name {
		case "MemTotal":
			m.total = kib << 10
		case "MemAvailable":
			m.available = kib << 10
		}
	}
	return m
}

// number reads a decimal number; anything else is 0.
func number(s string) uint64 {
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil {
		return 0
	}
	return n
}
