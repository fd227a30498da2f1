package prim

// This file has the network: connections, servers, datagrams, names.

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"syscall"

	"weft/runtime/core"
	"weft/runtime/task"
)

var netTable = []entry{
	{"net_connect", 3, 3, "net_connect(network, address, op): a StreamCore, once it is connected; network \"tcp\" or \"unix\".", netConnect},
	{"net_listen", 2, 2, "net_listen(network, address): a ServerCore.", netListen},
	{"net_accept", 1, 1, "net_accept(s): waits for a connection, a StreamCore.", onServer((*server).accept)},
	{"net_close", 1, 1, "net_close(s): closes a server.", onServer(func(s *server, t *task.Task, _ []core.Value) (core.Value, error) {
		s.shut(t.Sched)
		return nothing, nil
	})},
	{"net_isopen", 1, 1, "net_isopen(s): whether a server has not been closed.", onServer(func(s *server, _ *task.Task, _ []core.Value) (core.Value, error) {
		return core.MakeBool(!s.closed), nil
	})},
	{"net_address", 2, 2, "net_address(x, peer): (address, port) of a server's or connection's own end, or of its peer.", netAddress},
	{"net_lookup", 1, 1, "net_lookup(host): waits for the addresses of a name, a Vector{String}; a String if that failed.", netLookup},
	{"net_name", 1, 1, "net_name(address): waits for the name of an address; the address if it has none.", netName},
	{"net_interfaces", 0, 0, "net_interfaces(): address, is it a loopback, address ... of this computer, a Vector{Any}.", netInterfaces},
	{"udp_open", 2, 2, "udp_open(address, reuse): a DatagramCore.", udpOpen},
	{"udp_set", 3, 3, "udp_set(u, name, value): sets an option of u to a number.", onDatagram((*datagram).set)},
	{"udp_group", 4, 4, "udp_group(u, group, interface, join): u joins or leaves a multicast group, on the interface with an address.", onDatagram((*datagram).group)},
	{"udp_send", 3, 3, "udp_send(u, address, bytes): sends a datagram, waiting until it has gone out.", onDatagram((*datagram).send)},
	{"udp_receive", 1, 1, "udp_receive(u): waits for a datagram: (address, port, bytes).", onDatagram((*datagram).receive)},
	{"udp_close", 1, 1, "udp_close(u)", onDatagram(func(u *datagram, t *task.Task, _ []core.Value) (core.Value, error) {
		u.shut(t.Sched)
		return nothing, nil
	})},
}

// outside runs work off the baton while t waits; what it returns runs with the
// baton held and gives the value. giveUp, if not nil, is called when the task is
// woken otherwise; drop when the result then comes all the same.
func outside(t *task.Task, giveUp func(), drop func(), work func() func() (core.Value, error)) (core.Value, error) {
	if err := t.CheckCancel(); err != nil {
		return core.Value{}, err
	}
	q := &task.Queue{Kind: task.WaitExternal}
	s := t.Sched
	end := s.Begin()
	go func() {
		finish := work()
		end(func() {
			if t.Queue != q {
				if drop != nil {
					drop()
				}
				return
			}
			t.Extra().Cancel = nil
			if v, err := finish(); err != nil {
				s.FailOutside(t, err)
			} else {
				s.Wake(t, v)
			}
		})
	}()
	if giveUp != nil {
		t.Extra().Cancel = giveUp
	}
	return s.Park(t, q)
}

func netConnect(t *task.Task, a []core.Value) (core.Value, error) {
	network, err := textArg("connect", a[0])
	if err != nil {
		return core.Value{}, err
	}
	address, err := textArg("connect", a[1])
	if err != nil {
		return core.Value{}, err
	}
	op, err := textArg("connect", a[2])
	if err != nil {
		return core.Value{}, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	var conn net.Conn
	return outside(t, cancel, func() {
		if conn != nil {
			_ = conn.Close() // nobody waits for it any more
		}
	}, func() func() (core.Value, error) {
		var d net.Dialer
		c, err := d.DialContext(ctx, network, address)
		conn = c
		return func() (core.Value, error) {
			cancel()
			if err != nil {
				return core.Value{}, ioError(op, err)
			}
			return core.ToValue(connStream(c)), nil
		}
	})
}

// serverType is the type of a server's core.
var serverType = core.NewOpaque("ServerCore", core.Any, true)

// server is a listening socket. A goroutine accepts as long as tasks wait.
type server struct {
	typ       *core.DataType
	l         net.Listener
	accepting bool
	closed    bool
	came      []net.Conn
	failure   error
	waiters   task.Queue
}

func netListen(_ *task.Task, a []core.Value) (core.Value, error) {
	network, err := textArg("listen", a[0])
	if err != nil {
		return core.Value{}, err
	}
	address, err := textArg("listen", a[1])
	if err != nil {
		return core.Value{}, err
	}
	l, err := net.Listen(network, address)
	if err != nil {
		return core.Value{}, ioError("listen", err)
	}
	s := &server{typ: serverType, l: l}
	s.waiters.Kind = task.WaitExternal
	return core.ToValue(s), nil
}

func onServer(f func(*server, *task.Task, []core.Value) (core.Value, error)) task.Fn {
	return func(t *task.Task, a []core.Value) (core.Value, error) {
		if !a[0].Is(serverType) {
			return core.Value{}, core.TypeErr("server", "", serverType.Value(), a[0])
		}
		return f(core.As[server](a[0]), t, a)
	}
}

// accept takes a connection or waits for one. It is retried.
func (s *server) accept(t *task.Task, _ []core.Value) (core.Value, error) {
	if len(s.came) > 0 {
		c := s.came[0]
		s.came = s.came[1:]
		return core.ToValue(connStream(c)), nil
	}
	if s.closed {
		return core.Value{}, ioError("accept", syscall.ECONNABORTED)
	}
	if s.failure != nil {
		err := s.failure
		s.failure = nil
		return core.Value{}, ioError("accept", err)
	}
	if err := t.CheckCancel(); err != nil {
		return core.Value{}, err
	}
	if !s.accepting {
		s.accepting = true
		sched := t.Sched
		end := sched.Begin()
		go func() {
			c, err := s.l.Accept()
			end(func() {
				s.accepting = false
				if err == nil {
					s.came = append(s.came, c)
				} else if !s.closed {
					s.failure = err
				}
				s.wake(sched)
			})
		}()
	}
	s.waiters.Push(t)
	return core.Value{}, task.ErrRetry
}

func (s *server) wake(sched *task.Scheduler) {
	for w := s.waiters.Head; w != nil; w = s.waiters.Head {
		sched.Wake(w, nothing)
	}
}

func (s *server) shut(sched *task.Scheduler) {
	if s.closed {
		return
	}
	s.closed = true
	_ = s.l.Close() // nothing is lost with it
	for _, c := range s.came {
		_ = c.Close() // not accepted
	}
	s.came = nil
	s.wake(sched)
}

func addressValue(a net.Addr) (core.Value, error) {
	p, err := netip.ParseAddrPort(a.String())
	if err != nil {
		return tuple2(core.MakeString(a.String()), core.Bits(core.UInt16, 0)), nil
	}
	return tuple2(core.MakeString(p.Addr().Unmap().WithZone("").String()), core.Bits(core.UInt16, uint64(p.Port()))), nil
}

func netAddress(_ *task.Task, a []core.Value) (core.Value, error) {
	switch {
	case a[0].Is(serverType):
		return addressValue(core.As[server](a[0]).l.Addr())
	case a[0].Is(datagramType):
		return addressValue(core.As[datagram](a[0]).c.LocalAddr())
	case a[0].Is(streamType):
		if c, ok := core.As[stream](a[0]).handle.(net.Conn); ok {
			if a[1].IsTrue() {
				return addressValue(c.RemoteAddr())
			}
			return addressValue(c.LocalAddr())
		}
	}
	return core.Value{}, ioError("cannot obtain socket name", syscall.EBADF)
}

func netLookup(t *task.Task, a []core.Value) (core.Value, error) {
	host, err := textArg("getaddrinfo", a[0])
	if err != nil {
		return core.Value{}, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	return outside(t, cancel, nil, func() func() (core.Value, error) {
		found, err := net.DefaultResolver.LookupHost(ctx, host)
		return func() (core.Value, error) {
			cancel()
			if err != nil {
				var dns *net.DNSError
				if errors.As(err, &dns) && dns.IsTimeout {
					return core.MakeString("temporary failure (EAI_AGAIN)"), nil
				}
				return core.MakeString("unknown node or service (EAI_NONAME)"), nil
			}
			v := core.NewArray(core.VectorOf(core.StringType.Value()), len(found), nil)
			for i, s := range found {
				v.Set(i, core.MakeString(s))
			}
			return v.Value(), nil
		}
	})
}

func netName(t *task.Task, a []core.Value) (core.Value, error) {
	address, err := textArg("getnameinfo", a[0])
	if err != nil {
		return core.Value{}, err
	}
	ctx, cancel := context.WithCancel(context.Background())
	return outside(t, cancel, nil, func() func() (core.Value, error) {
		names, err := net.DefaultResolver.LookupAddr(ctx, address)
		return func() (core.Value, error) {
			cancel()
			if err != nil || len(names) == 0 {
				return core.MakeString(address), nil
			}
			name := names[0]
			if n := len(name); n > 1 && name[n-1] == '.' {
				name = name[:n-1]
			}
			return core.MakeString(name), nil
		}
	})
}

func netInterfaces(*task.Task, []core.Value) (core.Value, error) {
	all, err := net.Interfaces()
	if err != nil {
		return core.Value{}, ioError("uv_interface_addresses", err)
	}
	var out []core.Value
	for _, i := range all {
		if i.Flags&net.FlagUp == 0 {
			continue
		}
		addrs, err := i.Addrs()
		if err != nil {
			continue // it went away meanwhile
		}
		for _, a := range addrs {
			if n, ok := a.(*net.IPNet); ok {
				out = append(out, core.MakeString(n.IP.String()), core.MakeBool(i.Flags&net.FlagLoopback != 0))
			}
		}
	}
	return core.VectorAny(out).Value(), nil
}
