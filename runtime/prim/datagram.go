package prim

// This file has datagrams: UDP.

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/netip"

	"weft/runtime/core"
	"weft/runtime/task"
)

// datagramType is the type of a UDP socket's core.
var datagramType = core.NewOpaque("DatagramCore", core.Any, true)

// datagram is a UDP socket.
type datagram struct {
	typ     *core.DataType
	c       *net.UDPConn
	reading bool
	closed  bool
	came    []core.Value
	failure error
	waiters task.Queue
}

func udpOpen(_ *task.Task, a []core.Value) (core.Value, error) {
	address, err := textArg("bind", a[0])
	if err != nil {
		return core.Value{}, err
	}
	config := net.ListenConfig{Control: socketOptions(a[1].IsTrue(), a[2].IsTrue())}
	c, err := config.ListenPacket(context.Background(), "udp", address)
	if err != nil {
		return core.Value{}, ioError("bind", err)
	}
	u := &datagram{typ: datagramType, c: c.(*net.UDPConn)}
	u.waiters.Kind = task.WaitExternal
	return core.ToValue(u), nil
}

func onDatagram(f func(*datagram, *task.Task, []core.Value) (core.Value, error)) task.Fn {
	return func(t *task.Task, a []core.Value) (core.Value, error) {
		if !a[0].Is(datagramType) {
			return core.Value{}, core.TypeErr("socket", "", datagramType.Value(), a[0])
		}
		return f(core.As[datagram](a[0]), t, a)
	}
}

func (u *datagram) send(t *task.Task, a []core.Value) (core.Value, error) {
	address, err := textArg("send", a[1])
	if err != nil {
		return core.Value{}, err
	}
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return core.Value{}, core.ArgErrorf("%v", err)
	}
	data, err := bytesArg("send", a[2])
	if err != nil {
		return core.Value{}, err
	}
	data = bytes.Clone(data)
	return outside(t, nil, nil, func() func() (core.Value, error) {
		_, err := u.c.WriteToUDPAddrPort(data, to)
		return func() (core.Value, error) {
			if err != nil {
				return core.Value{}, ioError("send", err)
			}
			return nothing, nil
		}
	})
}

// receive takes a datagram or waits for one. It is retried.
func (u *datagram) receive(t *task.Task, _ []core.Value) (core.Value, error) {
	if len(u.came) > 0 {
		v := u.came[0]
		u.came = u.came[1:]
		if u.waiters.Head != nil && len(u.came) == 0 {
			u.readMore(t.Sched)
		}
		return v, nil
	}
	if u.closed {
		return core.Value{}, core.Err("EOFError")
	}
	if u.failure != nil {
		err := u.failure
		u.failure = nil
		return core.Value{}, ioError("recv", err)
	}
	if err := t.CheckCancel(); err != nil {
		return core.Value{}, err
	}
	u.readMore(t.Sched)
	u.waiters.Push(t)
	return core.Value{}, task.ErrRetry
}

func (u *datagram) readMore(sched *task.Scheduler) {
	if u.reading {
		return
	}
	u.reading = true
	end := sched.Begin()
	go func() {
		buf := make([]byte, 64<<10)
		n, from, err := u.c.ReadFromUDPAddrPort(buf)
		end(func() {
			u.reading = false
			if err == nil {
				a := from.Addr().Unmap().WithZone("")
				u.came = append(u.came, makeTuple(core.MakeString(a.String()), core.Bits(core.UInt16, uint64(from.Port())), core.BytesVector(buf[:n:n]).Value()))
			} else if !errors.Is(err, net.ErrClosed) {
				u.failure = err
			}
			// One datagram is for one task: the first in the queue.
			if w := u.waiters.Head; w != nil && !u.closed {
				sched.Wake(w, nothing)
			}
		})
	}()
}

func (u *datagram) shut(sched *task.Scheduler) {
	if u.closed {
		return
	}
	u.closed = true
	_ = u.c.Close() // nothing is lost with it
	for w := u.waiters.Head; w != nil; w = u.waiters.Head {
		sched.Wake(w, nothing)
	}
}
