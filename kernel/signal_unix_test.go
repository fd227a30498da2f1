//go:build !windows

package kernel

import (
	"context"
	"os"
	"syscall"
	"testing"
	"time"

	"weft/interp"
	"weft/messaging"
)

func TestSignals(t *testing.T) {
	started := make(chan struct{}, 1)
	f := &fake{cells: cells{"block": func(r run) interp.Result { started <- struct{}{}; return r.block() }}}
	path, conn := connectionFile(t)
	ran := make(chan error, 1)
	go func() { ran <- Run(t.Context(), path, ready(f), Options{}) }()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	client, err := messaging.Dial(ctx, conn, messaging.ClientOptions{})
	if err != nil {
		t.Fatal(err)
	}
	replied := make(chan *messaging.Execution, 1)
	go func() {
		x, err := client.Execute(ctx, messaging.ExecuteRequest{Code: "block"}, messaging.Handler{})
		if err != nil {
			t.Error(err)
		}
		replied <- x
	}()
	await(t, started, "start of the cell")
	if err := syscall.Kill(os.Getpid(), syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if x := <-replied; x.Reply.Ename != "InterruptException" {
		t.Errorf("reply %+v", x.Reply)
	}
	if err := syscall.Kill(os.Getpid(), syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-ran:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(patience):
		t.Fatal("the kernel does not end")
	}
	if err := client.Close(); err != nil {
		t.Error(err)
	}
}
