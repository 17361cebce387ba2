package clients_test

import (
	"slices"
	"testing"
	"time"

	"deadyet"
	"deadyet/clients"
)

// signing is a network whose sign-in needs two hosts, and a client that can be
// brought to it.
func signing() deadyet.Subject {
	s := revival(deadyet.Client{SignIn: []deadyet.SignIn{deadyet.SignInSSO}, Set: []deadyet.Setting{{How: deadyet.SetHosts, Login: true}}})
	for _, id := range []deadyet.ServerID{"revival/login", "revival/passport"} {
		s.Networks[0].Servers = append(s.Networks[0].Servers, deadyet.Server{
			ID: id, Listings: []deadyet.Listing{{Role: deadyet.RoleDependency, Since: deadyet.DayOf(began)}},
		})
	}
	return s
}

// found is what a port of a host was found to be, after a look from hours before.
func found(server deadyet.ServerID, n uint16, a deadyet.Answer, hour, from int) deadyet.Span {
	at := func(h int) time.Time { return began.Add(time.Duration(h) * time.Hour) }
	return deadyet.Span{
		Check:   deadyet.Check{Endpoint: deadyet.Endpoint{Server: server, Transport: deadyet.TransportHTTPS, Port: n}, Kind: deadyet.KindPort},
		Outcome: deadyet.Outcome{Answer: a}, Since: deadyet.Interval{From: at(from), To: at(hour)},
	}
}

func TestMatrix_aDoubtOpensNoHostAndShutsNone(t *testing.T) {
	const login = "revival/login"
	for _, tt := range []struct {
		name  string
		ports []deadyet.Span
		fit   deadyet.Fit
	}{
		{"open, then in doubt", []deadyet.Span{found(login, 443, yes, 1, 0), found(login, 443, unclear, 5, 4)}, deadyet.FitWorks},
		{"shut, then in doubt", []deadyet.Span{found(login, 443, no, 1, 0), found(login, 443, unclear, 5, 4)}, deadyet.FitLogin},
		{"one in doubt from the first, one shut", []deadyet.Span{found(login, 80, unclear, 1, 0), found(login, 443, no, 1, 0)}, deadyet.FitWorks},
		{"one shut and then in doubt, one shut", []deadyet.Span{found(login, 80, no, 1, 0), found(login, 80, unclear, 5, 4), found(login, 443, no, 1, 0)}, deadyet.FitLogin},
	} {
		spans := append(slices.Clone(tt.ports), span("MSNP15", yes, deadyet.TransportTCP, began))
		if a := clients.Follow(signing(), spans).Matrix(began.Add(20 * time.Hour))[0]; a.Fit != tt.fit {
			t.Errorf("%s: got %s, want %s", tt.name, a.Fit, tt.fit)
		}
	}
}
