package kernel

// This file holds the queue that requests wait in.

import (
	"context"
	"sync"
	"time"
)

// fifo is a queue without limit. Its methods may be called from any
// goroutine.
type fifo[T any] struct {
	mu    sync.Mutex
	items []T
	last  time.Time     // of the last push
	bell  chan struct{} // holds a token when items may be there
}

func newFIFO[T any]() *fifo[T] { return &fifo[T]{bell: make(chan struct{}, 1)} }

// push appends an item.
func (q *fifo[T]) push(x T) {
	q.mu.Lock()
	q.items = append(q.items, x)
	q.last = time.Now()
	q.mu.Unlock()
	select {
	case q.bell <- struct{}{}:
	default:
	}
}

// pop takes the first item, waiting for one until ctx ends. It is for one
// consumer.
func (q *fifo[T]) pop(ctx context.Context) (x T, ok bool) {
	for {
		if ctx.Err() != nil {
			return x, false
		}
		if x, ok = q.first(); ok {
			return x, true
		}
		select {
		case <-q.bell:
		case <-ctx.Done():
		}
	}
}

func (q *fifo[T]) first() (x T, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.items) == 0 {
		return x, false
	}
	x = q.items[0]
	var none T
	q.items[0] = none
	q.items = q.items[1:]
	return x, true
}

// takeAll takes all items there are.
func (q *fifo[T]) takeAll() []T {
	q.mu.Lock()
	defer q.mu.Unlock()
	items := q.items
	q.items = nil
	return items
}

// settle waits until nothing was pushed for a while, at most limit long.
func (q *fifo[T]) settle(ctx context.Context, quiet, limit time.Duration) {
	start := time.Now()
	for {
		q.mu.Lock()
		since := q.last
		q.mu.Unlock()
		now := time.Now()
		wait := min(since.Add(quiet).Sub(now), start.Add(limit).Sub(now))
		if wait <= 0 {
			return
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return
		}
	}
}
