package msnpserver

import (
	"crypto/tls"
	"net"
	"slices"
	"time"

	"deadyet/msnp"
	"deadyet/msnp/internal/msnpwire"
)

// Options describe one server. Only Face matters to most.
type Options struct {
	Face       Face
	RedirectTo string      // host:port of referrals and of X-MSN-Host; "": no referrals
	Name       string      // X-MSNSERVER; default "msnp"
	Accounts   []string    // addresses that exist, for a face that looks them up
	TLS        *tls.Config // of a Gateway: speak TLS first; see [TLSConfig]
	Limits     Limits
	Idle       time.Duration // how long a connection may say nothing; default 60 s

	// Hook, if set, gets each connection before anything is read from it and
	// returns the one to use instead: the place for faults. Where it returns
	// nil it has dealt with the connection itself.
	Hook func(net.Conn) net.Conn
}

// Limits bounds what is read of one message. Zero fields mean the defaults:
// lines of 8 KiB, payloads of 64 KiB, 256 words. The payload's limit is also
// that of a request's body.
type Limits struct{ Line, Payload, Words int }

func (o Options) withDefaults() Options {
	if o.Idle <= 0 {
		o.Idle = time.Minute
	}
	if o.Name == "" {
		o.Name = "msnp"
	}
	return o
}

func (o Options) wire() msnpwire.Limits {
	return msnpwire.Limits{Line: o.Limits.Line, Payload: o.Limits.Payload, Words: o.Limits.Words}.WithDefaults()
}

// accepted returns what VER can get here.
func (o Options) accepted(gateway bool) []msnp.Version {
	vs := make([]msnp.Version, 0, len(o.Face.Versions))
	for _, v := range o.Face.Versions {
		if v.HasVER() && (gateway || !slices.Contains(o.Face.GatewayOnly, v)) {
			vs = append(vs, v)
		}
	}
	return vs
}
