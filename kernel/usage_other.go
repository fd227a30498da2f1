//go:build !linux

package kernel

// This file measures where only Go's own runtime is asked.

import (
	"runtime"
	"runtime/metrics"
	"time"
)

func processCPU() time.Duration {
	sample := []metrics.Sample{{Name: "/cpu/classes/user:cpu-seconds"}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindFloat64 {
		return 0
	}
	return time.Duration(sample[0].Value.Float64() * float64(time.Second))
}

func residentMemory() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Sys
}

func hostCPU() hostTime { return hostTime{} }

func hostMemory() memory { return memory{} }
