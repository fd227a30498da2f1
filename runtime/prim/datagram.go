package prim

// This file has datagrams: UDP.

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"net"
	"net/netip"
	"syscall"

	"weft/runtime/core"
	"weft/runtime/task"
)

// datagramType is the type of a UDP socket's core.
var datagramType = core.NewOpaque("DatagramCore", core.Any, true)

// datagram is a UDP socket.
type datagram struct {
	typ     *core.DataType
	c       *net.UDPConn
	four    bool // for IPv4 only
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
	network := "udp"
	if at, err := netip.ParseAddrPort(address); err == nil && at.Addr().Is4() {
		network = "udp4" // else Go would take a socket for both, which cannot join a group everywhere
	}
	config := net.ListenConfig{Control: reusable(a[1].IsTrue())}
	c, err := config.ListenPacket(context.Background(), network, address)
	if err != nil {
		return core.Value{}, ioError("bind", err)
	}
	u := &datagram{typ: datagramType, c: c.(*net.UDPConn), four: network == "udp4"}
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

// control calls f with the socket as the system knows it.
func (u *datagram) control(operation string, f func(fd socketNumber) error) error {
	raw, err := u.c.SyscallConn()
	if err == nil {
		failed := raw.Control(func(fd uintptr) { err = f(socketNumber(fd)) })
		err = cmp.Or(failed, err)
	}
	if err != nil {
		return ioError(operation, err)
	}
	return nil
}

// set sets an option of the socket to a number.
func (u *datagram) set(_ *task.Task, a []core.Value) (core.Value, error) {
	level, option := syscall.IPPROTO_IPV6, 0
	if u.four {
		level = syscall.IPPROTO_IP
	}
	choose := func(four, six int) {
		if option = six; u.four {
			option = four
		}
	}
	name := core.As[core.Symbol](a[1]).Name
	switch name {
	case "enable_broadcast":
		level, option = syscall.SOL_SOCKET, syscall.SO_BROADCAST
	case "multicast_loop":
		choose(syscall.IP_MULTICAST_LOOP, syscall.IPV6_MULTICAST_LOOP)
	case "multicast_ttl":
		choose(syscall.IP_MULTICAST_TTL, syscall.IPV6_MULTICAST_HOPS)
	case "ttl":
		choose(syscall.IP_TTL, syscall.IPV6_UNICAST_HOPS)
	default:
		return nothing, core.ArgErrorf("no option of a socket: %s", name)
	}
	value := int(a[2].N)
	return nothing, u.control(name, func(fd socketNumber) error { return syscall.SetsockoptInt(fd, level, option, value) })
}

// group joins a multicast group (or leaves it) on the interface that has an address, ""
// for the system's choice.
func (u *datagram) group(_ *task.Task, a []core.Value) (core.Value, error) {
	name, err := textArg("group", a[1])
	if err != nil {
		return nothing, err
	}
	at, err := textArg("group", a[2])
	if err != nil {
		return nothing, err
	}
	group, err := netip.ParseAddr(name)
	if err != nil {
		return nothing, core.ArgErrorf("%v", err)
	}
	const operation = "uv_udp_set_membership"
	join := a[3].IsTrue()
	if group.Is4() {
		request := syscall.IPMreq{Multiaddr: group.As4()}
		if own, err := netip.ParseAddr(at); err == nil && own.Is4() {
			request.Interface = own.As4()
		}
		option := syscall.IP_DROP_MEMBERSHIP
		if join {
			option = syscall.IP_ADD_MEMBERSHIP
		}
		return nothing, u.control(operation, func(fd socketNumber) error {
			return syscall.SetsockoptIPMreq(fd, syscall.IPPROTO_IP, option, &request)
		})
	}
	request := syscall.IPv6Mreq{Multiaddr: group.As16(), Interface: interfaceWith(at)}
	option := syscall.IPV6_LEAVE_GROUP
	if join {
		option = syscall.IPV6_JOIN_GROUP
	}
	return nothing, u.control(operation, func(fd socketNumber) error {
		return syscall.SetsockoptIPv6Mreq(fd, syscall.IPPROTO_IPV6, option, &request)
	})
}

// interfaceWith is the number of the interface that has an address, 0 if none has.
func interfaceWith(address string) uint32 {
	all, err := net.Interfaces()
	if address == "" || err != nil {
		return 0
	}
	for _, i := range all {
		own, _ := i.Addrs() // one that cannot be asked has none
		for _, o := range own {
			if n, ok := o.(*net.IPNet); ok && n.IP.String() == address {
				return uint32(i.Index)
			}
		}
	}
	return 0
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
