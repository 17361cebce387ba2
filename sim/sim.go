// Package sim simulates networks of servers: real sockets, the real protocol,
// and a table of faults that can be switched on while it runs.
//
// It is what the tests scan, what `deadyet demo` shows, and what `deadyet sim`
// starts by hand. A [Fleet] needs neither root nor a network: each logical
// host:port listens on a high port of the loopback address, and the fleet's
// dial map tells a dialer which. What is logical stays logical: identities and
// pages never show the loopback side.
//
//	fleet, err := sim.Start([]sim.Server{{Host: "192.0.2.1", Ports: sim.Everywhere("escargot", nil)}}, sim.Options{})
//	defer fleet.Close()
//	dialer.Map = fleet.DialMap()
//	fleet.Break("192.0.2.1", 1863, sim.Fault{Name: "tarpit"})
//
// How a healthy server answers is decided by a face of package msnpserver; a
// fault stands between the socket and the face.
//
// # Scenes
//
// A story that lasts years is told in scenes. The fleet is started with every
// server that ever appears in it, its ports closed, which takes milliseconds;
// a [Scene] then says which ports are open at a moment, which refuse, and which
// versions are taken, and [Fleet.Play] changes what differs:
//
//	fleet.Play(sim.Scene{
//		"192.0.2.1:1863": {State: sim.StateClosed},
//		"192.0.2.1:443":  {State: sim.StateOpen, Versions: []msnp.Version{msnp.MSNP21}},
//	})
//
// A port that a scene leaves out is gone: attempts to connect to it vanish, as
// they do at an address that nobody has. A port keeps its loopback address
// through all of that, and no other program is given it meanwhile.
//
// # Loss
//
// Real lines are bad. [Options] and [Fleet.Lose] make a share of all
// connections fail by chance, in front of faults and faces, and a seed makes
// them the same ones in each run. It happens to connections that were taken: a
// check that does no more than connect notices the resets only, and not all.
package sim

import (
	"deadyet"
	"deadyet/msnp"
)

// Server is one simulated server.
type Server struct {
	Host  string // logical address or name
	Ports []Port
}

// Port is one port of a server. One that has only to be open, because nobody
// asks it anything, may have the face "http-1863" or "silent".
type Port struct {
	Number     uint16
	Transport  deadyet.Transport
	Face       string         // name of a face of package msnpserver
	Versions   []msnp.Version // versions it takes; nil means the face's own
	RedirectTo string         // host:port that a dispatch sends its clients to
	Closed     bool           // refuses from the start, until a scene opens it
}

// Everywhere returns the three usual ports with one face: 1863, 80 and 443.
func Everywhere(face string, versions []msnp.Version) []Port {
	return []Port{
		{Number: 1863, Transport: deadyet.TransportTCP, Face: face, Versions: versions},
		{Number: 80, Transport: deadyet.TransportHTTP, Face: face, Versions: versions},
		{Number: 443, Transport: deadyet.TransportHTTPS, Face: face, Versions: versions},
	}
}

// Of returns simulated servers for the servers of n that are listed on day d,
// all with the same face, on the ports at which n is asked.
func Of(n deadyet.Network, d deadyet.Day, face string, versions []msnp.Version) []Server {
	var out []Server
	for _, s := range n.Servers {
		if _, listed := s.ListingOn(d); !listed {
			continue
		}
		ask := s.Ask
		if len(ask) == 0 {
			ask = n.Ask
		}
		sv := Server{Host: s.Address}
		for _, a := range ask {
			sv.Ports = append(sv.Ports, Port{Number: a.Port, Transport: a.Transport, Face: face, Versions: versions})
		}
		out = append(out, sv)
	}
	return out
}
