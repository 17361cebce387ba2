package probe

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"time"

	"deadyet"
	"deadyet/msnp/msnpclient"
)

// line gives out MSNP sessions at one endpoint: over TCP each on a connection
// of its own, through a gateway as many on one keep-alive connection as the
// gateway turns out to allow. The zero value is ready.
type line struct {
	wire    *wire
	gateway *msnpclient.Gateway
	current *msnpclient.Session
	single  bool // the gateway does not take several sessions on one connection
	deaf    bool // the gateway does not answer OUT
	used    int  // sessions on this gateway connection

	ids  []string      // session IDs on this connection
	hops []deadyet.Hop // where a gateway sends its clients
}

// session opens a session. reused reports that it is on a gateway connection
// that was used before.
func (l *line) session(ctx context.Context, v *visit) (s *msnpclient.Session, reused bool, err error) {
	if l.gateway != nil && !l.single && l.gateway.Reusable() {
		l.used++
		l.current = l.gateway.Session()
		return l.current, true, nil
	}
	l.close("closed by us: another connection is needed")
	if l.wire, err = v.wire(ctx); err != nil {
		return nil, false, err
	}
	if v.target.Transport == deadyet.TransportTCP {
		l.current = msnpclient.NewTCP(l.wire, msnpclient.Limits{})
		return l.current, false, nil
	}
	l.gateway = msnpclient.NewGateway(l.wire, msnpclient.GatewayOptions{Host: v.hostHeader(), UserAgent: v.prober.Agent})
	l.used, l.ids = 1, nil
	l.current = l.gateway.Session()
	return l.current, false, nil
}

// hostHeader is the name a gateway is asked for, with the port where it is not
// the transport's own.
func (v *visit) hostHeader() string {
	t := v.target
	if (t.Transport == deadyet.TransportHTTP && t.Port == 80) || (t.Transport == deadyet.TransportHTTPS && t.Port == 443) {
		return t.Host
	}
	return net.JoinHostPort(t.Host, strconv.Itoa(int(t.Port)))
}

// repeated notes the session of the last answer and reports whether an earlier
// offer on this connection had the same.
func (l *line) repeated(v *visit) bool {
	if l.gateway == nil {
		return false
	}
	info := l.gateway.Last()
	v.showGateway(info)
	l.sends(v, info)
	if slices.Contains(l.ids, info.SessionID) {
		return true
	}
	l.ids = append(l.ids, info.SessionID)
	return false
}

// sends keeps what the gateway says of where to go on. It is reported and never
// dialled.
func (l *line) sends(v *visit, info msnpclient.GatewayInfo) {
	for _, to := range []string{info.MSNHost, l.elsewhere(info.GWIP)} {
		hop := deadyet.Hop{To: clip(to)}
		if to != "" && !slices.Contains(l.hops, hop) && len(l.hops) < 4 {
			l.hops = append(l.hops, hop)
		}
	}
	v.sends(l.hops)
}

// elsewhere returns the address of a GW-IP that leads to another machine, ""
// otherwise. Some servers write what the client wrote into the question, or
// where they stand behind their front door.
func (l *line) elsewhere(gwip string) string {
	host := gwip
	if h, _, err := net.SplitHostPort(gwip); err == nil {
		host = h
	}
	a, err := netip.ParseAddr(host)
	if err != nil || special(a.Unmap()) {
		return ""
	}
	if here, err := netip.ParseAddrPort(l.wire.Conn.RemoteAddr().String()); err == nil && here.Addr().Unmap() == a.Unmap() {
		return ""
	}
	return gwip
}

// finish ends a session politely, unless it has ended already because the
// server sent us on.
func (l *line) finish(ctx context.Context, v *visit, refused bool) {
	if l.wire == nil {
		return
	}
	if l.gateway == nil {
		how := "OUT sent, closed by us"
		if refused {
			how = "closed after the refusal"
		} else if err := l.out(ctx, v); err != nil {
			how = "closed: " + because(err)
		}
		l.close(how)
		return
	}
	if l.gateway.Last().SessionClosed {
		return
	}
	if l.deaf {
		return
	}
	if err := l.out(ctx, v); err != nil {
		l.single = true // the next session gets a connection of its own
	}
}

// farewell is how long OUT may take, and a gateway to answer it: nothing
// depends on it.
const farewell = 2 * time.Second

// out sends OUT, and notes whether it has kept us waiting.
func (l *line) out(ctx context.Context, v *visit) error {
	ctx, cancel := v.within(ctx, farewell)
	defer cancel()
	err := l.current.Out(ctx)
	l.deaf = errors.Is(err, context.DeadlineExceeded)
	return err
}

// failed classifies what went wrong with a question, and tells which stage had
// been reached: at a gateway HTTP stands between the connection and MSNP.
func (l *line) failed(v *visit, err error) (deadyet.Answer, deadyet.Failure, deadyet.Stage) {
	reached := map[deadyet.Transport]deadyet.Stage{
		deadyet.TransportTCP: deadyet.StageConnect, deadyet.TransportHTTP: deadyet.StageConnect, deadyet.TransportHTTPS: deadyet.StageTLS,
	}[v.target.Transport]
	at := deadyet.StageGreet
	if l.gateway != nil {
		if l.gateway.Last().Status == 0 {
			at = deadyet.StageHTTP
		} else {
			reached = deadyet.StageHTTP
			v.showGateway(l.gateway.Last())
		}
	}
	v.showFailure(err)
	answer, failure := classify(&stageError{at, err})
	return answer, failure, reached
}

// broken drops a connection on which something went wrong.
func (l *line) broken(err error) {
	l.close("given up: " + because(err))
}

func (l *line) close(how string) {
	if l.wire != nil {
		l.wire.hangUp(how)
	}
	l.wire, l.gateway, l.current = nil, nil, nil
}

// end closes the last connection of the visit.
func (l *line) end() { l.close("closed by us") }

// lastTranscript returns the transcript of the last connection that was tried.
func (l *line) lastTranscript(v *visit) *deadyet.Transcript {
	if len(v.tapes) == 0 {
		return nil
	}
	return v.tapes[len(v.tapes)-1].transcript()
}
