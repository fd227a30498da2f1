package kernel

// This file is a kernel process: connection file, signals, log, the parent's
// end.

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	"weft/messaging"
)

// Environment variables that set what flags set too.
const (
	// LogEnv names the file to log to.
	LogEnv = "WEFT_LOG"
	// DrainEnv gives [Options.Drain], as a duration or in seconds.
	DrainEnv = "WEFT_DRAIN"
)

// parentPoll is how often the parent process is looked for.
const parentPoll = time.Second

// ParseDrain reads the value of DrainEnv or of a flag: a duration such as
// "90s", or a number of seconds.
func ParseDrain(text string) (time.Duration, error) {
	if n, err := strconv.ParseFloat(text, 64); err == nil && n >= 0 && n < 1e9 {
		return time.Duration(n * float64(time.Second)), nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < 0 {
		return 0, fmt.Errorf("drain time %q: expected a duration such as 30s, or seconds", text)
	}
	return d, nil
}

// Run is the life of a kernel process: it listens as the connection file
// says, serves until a client or a signal ends it, and returns nil when it
// ended as asked. Options that are not set are taken from the environment.
func Run(ctx context.Context, connectionFile string, f Factory, opts Options) (err error) {
	// Signals that come before anything else must not kill the process: a
	// client that restarts kernels interrupts them first.
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(signals)

	if opts.Logger == nil && os.Getenv(LogEnv) != "" {
		file, openErr := os.OpenFile(os.Getenv(LogEnv), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		if openErr != nil {
			return fmt.Errorf("opening the log: %w", openErr)
		}
		defer func() { err = errors.Join(err, file.Close()) }()
		opts.Logger = slog.New(slog.NewTextHandler(file, &slog.HandlerOptions{Level: slog.LevelDebug}))
	}
	if opts.Drain == 0 && os.Getenv(DrainEnv) != "" {
		if opts.Drain, err = ParseDrain(os.Getenv(DrainEnv)); err != nil {
			return err
		}
	}
	conn, err := messaging.ReadConnection(connectionFile)
	if err != nil {
		return err
	}
	transport, err := messaging.Listen(conn, messaging.Options{Logger: opts.Logger})
	if err != nil {
		return err
	}
	s := New(transport, f, opts)

	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case sig := <-signals:
				s.log.Info("signal", "signal", sig)
				if sig == os.Interrupt {
					s.Interrupt()
				} else {
					s.Stop()
				}
			}
		}
	}()
	if parent := os.Getenv(parentEnv); parent != "" {
		go watchParent(ctx, parentPoll, parentAlive(parent), func() {
			s.log.Info("the parent process is gone")
			s.Stop()
		})
	}
	return s.Serve(ctx)
}
