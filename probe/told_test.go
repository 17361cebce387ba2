package probe_test

import (
	"testing"

	"deadyet"
	"deadyet/sim"
)

// Where a server sends its clients on is told with who answers, and has its
// history: by a dispatch after the sign-in step, by a gateway in its headers.
func TestIdentity_WhereItSendsPeople(t *testing.T) {
	const inner, other = "203.0.113.9:1863", "203.0.113.10:1863"
	to := func(where string) func(*sim.Port) { return func(p *sim.Port) { p.RedirectTo = where } }
	dispatch, gateway := start(t, "dispatch", nil, to(inner)), start(t, "microsoft-2012", nil, to(inner))
	for name, w := range map[string]*world{"tcp": dispatch, "http": gateway, "https": gateway} {
		tg := ports(w)[deadyet.Transport(name)]
		tg.Consent = true
		all := w.who(t, tg, everything(tg.Endpoint)...)
		if r := all[len(all)-1]; r.Told != "now="+inner {
			t.Errorf("%s: told is %q", name, r.Told)
		}
		for _, r := range all[:len(all)-1] {
			if r.Told != "" {
				t.Errorf("%s: %s is told %q as well", name, r.Check.ID(), r.Told)
			}
		}
		tg.Told = "now=" + other
		all = w.who(t, tg, everything(tg.Endpoint)...)
		if r := all[len(all)-1]; r.Told != "now="+inner+"; before="+other || r.Answer != deadyet.AnswerYes {
			t.Errorf("%s, elsewhere: %s, told is %q", name, r.Answer, r.Told)
		}
	}
}

// Who sends nobody on, or to itself, tells nothing; what was told stays where
// nothing answers.
func TestIdentity_SendsNobodyOn(t *testing.T) {
	w := start(t, "microsoft-2012", nil)
	tg := ports(w)[deadyet.TransportHTTP]
	all := w.who(t, tg, everything(tg.Endpoint)...)
	if r := all[len(all)-1]; r.Told != "" {
		t.Errorf("told is %q", r.Told)
	}
	if err := w.fleet.Break(w.server.Host, tg.Port, sim.Fault{Name: "refuse"}); err != nil {
		t.Fatal(err)
	}
	tg.Told = "now=inner.example:1863"
	all = w.who(t, tg, everything(tg.Endpoint)...)
	if r := all[len(all)-1]; r.Answer == deadyet.AnswerYes || r.Told != tg.Told {
		t.Errorf("got %s, told is %q", r.Answer, r.Told)
	}
}
