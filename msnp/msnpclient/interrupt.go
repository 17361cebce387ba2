package msnpclient

import (
	"context"
	"net"
	"time"
)

// longAgo is a deadline that has passed: setting it wakes a blocked read or
// write. A zero time would mean no deadline.
func longAgo() time.Time { return time.Unix(1, 0) }

// interruptible makes the end of ctx interrupt reads and writes of conn until
// release is called. After an interruption release clears the deadline.
func interruptible(ctx context.Context, conn net.Conn) (release func()) {
	if ctx.Done() == nil {
		return func() {}
	}
	done := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		_ = conn.SetDeadline(longAgo()) // fails on a closed connection only
		close(done)
	})
	return func() {
		if stop() {
			return
		}
		<-done
		_ = conn.SetDeadline(time.Time{})
	}
}
