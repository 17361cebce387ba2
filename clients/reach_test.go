package clients_test

import (
	"slices"
	"testing"
	"time"

	"deadyet"
	"deadyet/clients"
)

var began = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)

const (
	yes     = deadyet.AnswerYes
	no      = deadyet.AnswerNo
	unclear = deadyet.AnswerUnclear
	unasked = deadyet.AnswerUnasked
)

// revival is a subject with a network that is not the one that clients were
// built for, and one client.
func revival(c deadyet.Client) deadyet.Subject {
	c.ID, c.BuiltFor, c.Kind = "some", "official", deadyet.ClientOfficial
	if c.Versions == nil {
		c.Versions = []deadyet.Version{"MSNP18", "MSNP15"}
	}
	c.Ways = []deadyet.Way{{Transport: deadyet.TransportTCP, Port: 1863}}
	return deadyet.Subject{
		ID: "msn", Network: "official", Clients: []deadyet.Client{c},
		Versions: []deadyet.VersionInfo{{Version: "MSNP8", Counts: true}, {Version: "MSNP15", Counts: true}, {Version: "MSNP18", Counts: true}},
		Networks: []deadyet.Network{{ID: "revival", ConnectionsPerDay: 1, Servers: []deadyet.Server{
			{ID: "revival/ns", Listings: []deadyet.Listing{{Role: deadyet.RoleMain, Since: deadyet.DayOf(began)}}},
		}}},
	}
}

func span(v deadyet.Version, a deadyet.Answer, t deadyet.Transport, at time.Time) deadyet.Span {
	return deadyet.Span{
		Check:   deadyet.Check{Endpoint: deadyet.Endpoint{Server: "revival/ns", Transport: t, Port: 1863}, Kind: deadyet.KindMSNP, Version: v},
		Outcome: deadyet.Outcome{Answer: a}, Since: deadyet.At(at),
	}
}

func TestMatrix_bringsClientsToOtherNetworks(t *testing.T) {
	md5, sso := []deadyet.SignIn{deadyet.SignInMD5}, []deadyet.SignIn{deadyet.SignInSSO}
	set := func(how deadyet.SetHow) []deadyet.Setting { return []deadyet.Setting{{How: how}} }
	patch := []deadyet.Patch{{Name: "strings"}}
	tcp := deadyet.TransportTCP
	takes := []deadyet.Span{span("MSNP15", yes, tcp, began)}
	for _, tt := range []struct {
		name   string
		client deadyet.Client
		spans  []deadyet.Span
		fit    deadyet.Fit
		why    []deadyet.ObstacleKind
	}{
		{"a registry key is enough where the sign-in needs no host", deadyet.Client{SignIn: md5, Set: set(deadyet.SetRegistry)}, takes, deadyet.FitWorks, nil},
		{"and so is the hosts file", deadyet.Client{SignIn: md5, Set: set(deadyet.SetHosts)}, takes, deadyet.FitWorks, nil},
		{"a setting moves no host of the sign-in", deadyet.Client{SignIn: sso, Set: set(deadyet.SetSettings)}, takes, deadyet.FitLogin, []deadyet.ObstacleKind{deadyet.ObstacleSignIn}},
		{"unless it says so", deadyet.Client{SignIn: sso, Set: []deadyet.Setting{{How: deadyet.SetArgument, Login: true}}}, takes, deadyet.FitWorks, nil},
		{"or a patch does", deadyet.Client{SignIn: sso, Set: set(deadyet.SetSettings), Patches: patch}, takes, deadyet.FitPatched, []deadyet.ObstacleKind{deadyet.ObstacleSignIn}},
		{"what can't be set needs a patch", deadyet.Client{SignIn: sso, Set: set(deadyet.SetNone), Patches: patch}, takes, deadyet.FitPatched, []deadyet.ObstacleKind{deadyet.ObstacleAddress}},
		{"and without one stays out", deadyet.Client{SignIn: sso, Set: set(deadyet.SetNone)}, takes, deadyet.FitNo, []deadyet.ObstacleKind{deadyet.ObstacleAddress}},
		{"a patch for another network is none", deadyet.Client{SignIn: sso, Set: set(deadyet.SetNone), Patches: []deadyet.Patch{{Name: "x", Networks: []deadyet.NetworkID{"official"}}}}, takes, deadyet.FitNo, []deadyet.ObstacleKind{deadyet.ObstacleAddress}},
		{"nor is one that comes later", deadyet.Client{SignIn: sso, Set: set(deadyet.SetNone), Patches: []deadyet.Patch{{Name: "x", Since: deadyet.DayOf(began.AddDate(0, 1, 0))}}}, takes, deadyet.FitNo, []deadyet.ObstacleKind{deadyet.ObstacleAddress}},
		{"what nobody found out is not told", deadyet.Client{SignIn: sso, Set: set(deadyet.SetUnknown)}, takes, deadyet.FitUnknown, []deadyet.ObstacleKind{deadyet.ObstacleSetting}},
		{"a patch does not mend a sign-in that is not understood", deadyet.Client{SignIn: sso, Set: set(deadyet.SetNone), Patches: patch, Barred: []deadyet.Barred{{Network: "revival", SignIn: true, Since: deadyet.At(began)}}}, takes, deadyet.FitLogin, []deadyet.ObstacleKind{deadyet.ObstacleAddress, deadyet.ObstacleBarred}},
		{"a bar that is lifted is none", deadyet.Client{SignIn: md5, Set: set(deadyet.SetRegistry), Barred: []deadyet.Barred{{Network: "revival", Since: deadyet.At(began), Until: deadyet.At(began.Add(time.Hour))}}}, takes, deadyet.FitWorks, nil},
		{"nobody asked", deadyet.Client{SignIn: md5, Set: set(deadyet.SetRegistry)}, nil, deadyet.FitUnknown, []deadyet.ObstacleKind{deadyet.ObstacleUnasked}},
		{"it can't be trusted", deadyet.Client{SignIn: md5, Set: set(deadyet.SetRegistry)}, []deadyet.Span{span("MSNP15", unclear, tcp, began), span("MSNP18", no, tcp, began)}, deadyet.FitUnknown, []deadyet.ObstacleKind{deadyet.ObstacleUnclear}},
		{"another version is taken", deadyet.Client{SignIn: md5, Set: set(deadyet.SetRegistry)}, []deadyet.Span{span("MSNP15", no, tcp, began), span("MSNP8", yes, tcp, began)}, deadyet.FitNo, []deadyet.ObstacleKind{deadyet.ObstacleVersion}},
		{"it is taken over another way", deadyet.Client{SignIn: md5, Set: set(deadyet.SetRegistry)}, []deadyet.Span{span("MSNP15", yes, deadyet.TransportHTTPS, began), span("MSNP15", no, tcp, began)}, deadyet.FitNo, []deadyet.ObstacleKind{deadyet.ObstacleTransport}},
		{"what is no longer asked stays as it was", deadyet.Client{SignIn: md5, Set: set(deadyet.SetRegistry)}, []deadyet.Span{span("MSNP15", yes, tcp, began), span("MSNP15", unasked, tcp, began.Add(time.Hour))}, deadyet.FitWorks, nil},
		{"what it speaks is not known", deadyet.Client{Versions: []deadyet.Version{}, SignIn: md5, Set: set(deadyet.SetRegistry)}, takes, deadyet.FitUnknown, []deadyet.ObstacleKind{deadyet.ObstacleUnknown}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := revival(tt.client)
			m := clients.Follow(s, tt.spans).Matrix(began.Add(48 * time.Hour))
			if len(m) != 1 {
				t.Fatalf("got %+v", m)
			}
			var why []deadyet.ObstacleKind
			for _, o := range m[0].Why {
				why = append(why, o.Kind)
			}
			if m[0].Fit != tt.fit || !slices.Equal(why, tt.why) {
				t.Errorf("got %s because of %v, want %s because of %v", m[0].Fit, why, tt.fit, tt.why)
			}
		})
	}
}

// A version that comes back: since when is told from the last border at which
// the answer for people changed.
func TestMatrix_saysSinceWhen(t *testing.T) {
	at := func(h int) time.Time { return began.Add(time.Duration(h) * time.Hour) }
	s := revival(deadyet.Client{SignIn: []deadyet.SignIn{deadyet.SignInMD5}, Set: []deadyet.Setting{{How: deadyet.SetRegistry}}})
	spans := []deadyet.Span{
		span("MSNP15", yes, deadyet.TransportTCP, at(0)),
		span("MSNP15", no, deadyet.TransportTCP, at(30)),
		span("MSNP18", no, deadyet.TransportTCP, at(0)),
		span("MSNP18", yes, deadyet.TransportTCP, at(20)),
		span("MSNP18", no, deadyet.TransportTCP, at(40)),
		span("MSNP18", yes, deadyet.TransportTCP, at(60)),
	}
	course := clients.Follow(s, spans)
	for _, tt := range []struct {
		hour, since int
		fit         deadyet.Fit
		ended       int // 0: never
	}{{10, 0, deadyet.FitWorks, 0}, {35, 0, deadyet.FitWorks, 0}, {50, 40, deadyet.FitNo, 40}, {70, 60, deadyet.FitWorks, 0}} {
		a := course.Matrix(at(tt.hour))[0]
		if a.Fit != tt.fit || !a.Since.From.Equal(at(tt.since)) || (tt.ended > 0) != a.Ended.From.Equal(at(tt.ended)) {
			t.Errorf("hour %d: got %s since %v, ended %v", tt.hour, a.Fit, a.Since.From, a.Ended.From)
		}
	}
}
