// Package msnpserver accepts MSNP clients, over TCP and as an HTTP gateway, up
// to the first step of a sign-in.
//
// Use it where a program needs a server whose behaviour is known: to simulate
// a network, or to test a client. How a server behaves is its [Face]; [Faces]
// has those of servers that exist or existed, with their habits and faults.
//
//	face, _ := msnpserver.FaceByName("microsoft-2012")
//	s := msnpserver.New(msnpserver.Options{Face: face})
//	err := s.Serve(ctx, listener) // until ctx ends; then all connections have ended too
//
// A [Server] speaks MSNP on its connections, a [Gateway] HTTP, with TLS or
// without. Both may be used by several goroutines at once, and share nothing
// but their options.
//
// Clients are hostile: lines, payloads, headers, bodies, sessions and idle
// time are bounded, and nothing of a client is written into a header unchecked.
package msnpserver
