package msnpserver

import (
	"net"
	"net/http"
	"net/url"
)

// open begins a session with the commands of body.
func (g *Gateway) open(q url.Values, body []byte, local string) response {
	manners := g.opt.Face.Gateway
	t := newTalk(g.opt, true, local)
	t.board = t.board || q.Get("Server") == "SB" || manners.NeedsServer && q.Get("Server") == ""
	s := &session{talk: t, ip: gatewayIP(manners, q.Get("IP"), local)}
	s.busy.Lock()
	defer s.busy.Unlock()
	if !g.sessions.add(s) {
		return plain(http.StatusServiceUnavailable)
	}
	return g.exchange(s, body)
}

// resume goes on with a session. A second request while one is under way is
// an error (hypothetic.org), and so is a session that nobody knows.
func (g *Gateway) resume(id string, body []byte) response {
	s := g.sessions.find(id)
	if s == nil || !s.busy.TryLock() {
		return plain(http.StatusBadRequest)
	}
	defer s.busy.Unlock()
	return g.exchange(s, body)
}

func (g *Gateway) exchange(s *session, body []byte) response {
	out := s.feed(body, g.opt)
	manners := g.opt.Face.Gateway
	if manners.Drops && s.talk.over && len(out) == 0 {
		g.sessions.remove(s)
		return response{drop: true}
	}
	ended := s.talk.over && !manners.Lingers
	if ended {
		g.sessions.remove(s)
	} else {
		g.sessions.touch(s)
	}
	return g.message(s, out, ended)
}

// message is the response that carries a session's bytes.
func (g *Gateway) message(s *session, out []byte, ended bool) response {
	pairs := "SessionID=" + s.id + "; GW-IP=" + s.ip
	if ended {
		pairs += "; Session=close"
	}
	resp := response{status: http.StatusOK, kind: "application/x-msn-messenger", body: out}
	resp = resp.with("X-MSN-Messenger", pairs)
	manners := g.opt.Face.Gateway
	if manners.Server != "" {
		resp = resp.with("Server", manners.Server)
	}
	if manners.NamesHost {
		host := g.opt.RedirectTo
		if host == "" {
			host = g.opt.Name
		}
		resp = resp.with("X-MSNSERVER", g.opt.Name).with("X-MSN-Host", host).with("X-MSN-SessionTimeout", "120")
	}
	return resp
}

// gatewayIP is the value of GW-IP: clients can't go on without one.
func gatewayIP(m Manners, asked, local string) string {
	if m.EchoesIP {
		return harmless(asked)
	}
	host, _, err := net.SplitHostPort(local)
	if err != nil || m.NamesHost {
		return local
	}
	return host
}

// harmless keeps a client from writing headers or pairs of its own.
func harmless(s string) string {
	if len(s) > 253 {
		return ""
	}
	for _, c := range []byte(s) {
		if c <= ' ' || c >= 0x7f || c == ';' || c == '=' {
			return ""
		}
	}
	return s
}
