package kernel

// This file answers usage_request, which front ends send to show what a
// kernel takes of the machine.

import (
	"os"
	"runtime"
	"sync"
	"time"

	"weft/messaging"
)

// usageMeter remembers the last measurement: loads are averages since then.
type usageMeter struct {
	mu   sync.Mutex
	at   time.Time
	cpu  time.Duration
	host hostTime
}

// hostTime is what all processors together spent, in ticks.
type hostTime struct{ busy, total float64 }

// memory is the machine's memory in bytes.
type memory struct{ total, available uint64 }

func (s *Server) reportUsage(*messaging.Message) (any, error) {
	name, err := os.Hostname()
	if err != nil {
		return nil, err
	}
	s.usage.mu.Lock()
	defer s.usage.mu.Unlock()
	now, cpu, host := time.Now(), processCPU(), hostCPU()
	reply := messaging.UsageReply{
		Hostname:     name,
		PID:          os.Getpid(),
		KernelMemory: residentMemory(),
		CPUCount:     runtime.NumCPU(),
	}
	if passed := now.Sub(s.usage.at); !s.usage.at.IsZero() && passed > 0 {
		reply.KernelCPU = 100 * float64(cpu-s.usage.cpu) / float64(passed)
	}
	if total := host.total - s.usage.host.total; total > 0 {
		reply.HostCPUPercent = 100 * (host.busy - s.usage.host.busy) / total
	}
	if m := hostMemory(); m.total > 0 {
		used := m.total - min(m.available, m.total)
		reply.HostVirtual = messaging.Object{
			"total": m.total, "available": m.available, "used": used,
			"percent": 100 * float64(used) / float64(m.total),
		}
	}
	s.usage.at, s.usage.cpu, s.usage.host = now, cpu, host
	return reply, nil
}
