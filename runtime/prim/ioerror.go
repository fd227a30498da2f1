package prim

// This file makes Julia's IOErrors, whose texts are those of libuv.

import (
	"context"
	"errors"
	"net"
	"os"
	"syscall"

	"weft/runtime/core"
)

var errnoTexts = map[syscall.Errno][2]string{
	syscall.EPIPE:         {"EPIPE", "broken pipe"},
	syscall.ECONNREFUSED:  {"ECONNREFUSED", "connection refused"},
	syscall.ECONNRESET:    {"ECONNRESET", "connection reset by peer"},
	syscall.ECONNABORTED:  {"ECONNABORTED", "software caused connection abort"},
	syscall.EADDRINUSE:    {"EADDRINUSE", "address already in use"},
	syscall.EADDRNOTAVAIL: {"EADDRNOTAVAIL", "address not available"},
	syscall.EACCES:        {"EACCES", "permission denied"},
	syscall.EPERM:         {"EPERM", "operation not permitted"},
	syscall.EINVAL:        {"EINVAL", "invalid argument"},
	syscall.EBADF:         {"EBADF", "bad file descriptor"},
	syscall.EIO:           {"EIO", "i/o error"},
	syscall.ENOENT:        {"ENOENT", "no such file or directory"},
	syscall.ESRCH:         {"ESRCH", "no such process"},
	syscall.ENOTCONN:      {"ENOTCONN", "socket is not connected"},
	syscall.ETIMEDOUT:     {"ETIMEDOUT", "connection timed out"},
	syscall.ENETUNREACH:   {"ENETUNREACH", "network is unreachable"},
	syscall.EHOSTUNREACH:  {"EHOSTUNREACH", "host is unreachable"},
	syscall.EMSGSIZE:      {"EMSGSIZE", "message too long"},
	syscall.EAFNOSUPPORT:  {"EAFNOSUPPORT", "address family not supported"},
	syscall.EISDIR:        {"EISDIR", "illegal operation on a directory"},
	syscall.ENOTDIR:       {"ENOTDIR", "not a directory"},
	syscall.E2BIG:         {"E2BIG", "argument list too long"},
	syscall.EMFILE:        {"EMFILE", "too many open files"},
	syscall.ENOEXEC:       {"ENOEXEC", "exec format error"},
}

// ioError is the IOError of an operation that failed.
func ioError(op string, err error) error {
	var named *core.NamedError
	if errors.As(err, &named) {
		return err
	}
	if errors.Is(err, os.ErrClosed) || errors.Is(err, net.ErrClosed) {
		err = syscall.EBADF
		if op == "write" {
			err = syscall.EPIPE
		}
	}
	if errors.Is(err, context.Canceled) {
		return core.Err("IOError", core.MakeString(op+": operation canceled (ECANCELED)"), core.Int(-125))
	}
	var no syscall.Errno
	if errors.As(err, &no) {
		if text, ok := errnoTexts[no]; ok {
			return core.Err("IOError", core.MakeString(op+": "+text[1]+" ("+text[0]+")"), core.Int(-int64(no)))
		}
		return core.Err("IOError", core.MakeString(op+": "+no.Error()), core.Int(-int64(no)))
	}
	return core.Err("IOError", core.MakeString(op+": "+err.Error()), core.Int(-4094))
}
