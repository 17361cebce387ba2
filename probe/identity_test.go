package probe_test

import (
	"bytes"
	"testing"

	"deadyet"
	"deadyet/sim"
)

// who asks everything and who answers; the latter's reading comes last.
func (w *world) who(t *testing.T, tg deadyet.Target, checks ...deadyet.Check) []deadyet.Reading {
	t.Helper()
	checks = append(checks, deadyet.Check{Endpoint: tg.Endpoint, Kind: deadyet.KindIdentity})
	readings, err := w.prober.Probe(t.Context(), tg, checks)
	if err != nil || len(readings) != len(checks) {
		t.Fatalf("got %d readings for %d checks, %v", len(readings), len(checks), err)
	}
	return readings
}

func ports(w *world) map[deadyet.Transport]deadyet.Target {
	by := make(map[deadyet.Transport]deadyet.Target)
	for _, p := range w.server.Ports {
		by[p.Transport] = w.target(p)
	}
	return by
}

func TestIdentity_OfEveryTransport(t *testing.T) {
	w := start(t, "microsoft-2007", nil)
	for transport, tg := range ports(w) {
		all := w.who(t, tg, everything(tg.Endpoint)...)
		r := all[len(all)-1]
		if r.Answer != deadyet.AnswerYes || r.Stage != deadyet.StageGreet || r.Identity.Trait(deadyet.TraitService) != "msnp" {
			t.Fatalf("%s: got %s at %s, identity %q", transport, r.Answer, r.Stage, r.Identity)
		}
		if gateway := r.Fingerprint.Trait(deadyet.TraitServer); (gateway != "") != (transport != deadyet.TransportTCP) {
			t.Errorf("%s: got server %q", transport, gateway)
		}
		if cert := r.Fingerprint.Trait(deadyet.TraitCertificate); (cert != "") != (transport == deadyet.TransportHTTPS) {
			t.Errorf("%s: got certificate %q", transport, cert)
		}
		tg.Identity = r.Identity
		again := w.who(t, tg, everything(tg.Endpoint)...)
		if a := again[len(again)-1]; a.Answer != deadyet.AnswerYes || a.Identity != r.Identity {
			t.Errorf("%s, once more: got %s, %q, want yes, %q", transport, a.Answer, a.Identity, r.Identity)
		}
		for i := range again {
			if again[i].Check.Kind == deadyet.KindMSNP && again[i].Answer != all[i].Answer {
				t.Errorf("%s: got %s, want %s as before", again[i].Check.ID(), again[i].Answer, all[i].Answer)
			}
		}
		// Alone it asks one question of its own.
		if alone := w.who(t, tg)[0]; alone.Answer != deadyet.AnswerYes || alone.Identity != r.Identity || alone.Derived || alone.Transcript == nil {
			t.Errorf("%s, alone: got %+v", transport, alone)
		}
	}
}

func TestIdentity_SomebodyElse(t *testing.T) {
	for face, service := range map[string]string{"echo": "echo", "http-1863": "http"} {
		w := start(t, face, nil)
		for transport, tg := range ports(w) {
			tg.Identity = "service=msnp; host=chat.example"
			all := w.who(t, tg, everything(tg.Endpoint)...)
			r := all[len(all)-1]
			if transport == deadyet.TransportHTTPS && r.Failure.Stage == deadyet.StageTLS {
				if r.Identity != tg.Identity {
					t.Errorf("%s, %s: got %q, want who it was", face, transport, r.Identity)
				}
				continue // nobody answered inside TLS
			}
			if r.Answer != deadyet.AnswerUnclear || r.Failure.Kind != deadyet.FailureRepurposed || r.Identity != tg.Identity || r.Fingerprint.Trait(deadyet.TraitService) != service {
				t.Errorf("%s, %s: got %s (%s), %q, %q", face, transport, r.Answer, r.Failure, r.Identity, r.Fingerprint)
			}
		}
	}
}

// Another network's server says yes to our versions, and it is not ours.
func TestIdentity_AStrangersYesIsNone(t *testing.T) {
	w := start(t, "microsoft-2012", nil)
	tg := ports(w)[deadyet.TransportTCP]
	tg.Identity = "service=gopher"
	yes := 0
	for _, r := range w.who(t, tg, everything(tg.Endpoint)...) {
		if r.Answer == deadyet.AnswerYes && r.Check.Kind != deadyet.KindPort {
			t.Errorf("%s: got yes", r.Check.ID())
		}
		if r.Check.Kind == deadyet.KindMSNP && r.Failure.Kind == deadyet.FailureRepurposed {
			yes++
		}
	}
	if yes == 0 {
		t.Error("it took no version that could be taken back")
	}
}

// What can't be asked keeps who it was.
func TestIdentity_OfSilence(t *testing.T) {
	w := start(t, "escargot", nil, func(p *sim.Port) { p.Closed = true }).quick()
	tg := ports(w)[deadyet.TransportTCP]
	tg.Identity = "service=msnp"
	for _, r := range w.who(t, tg, everything(tg.Endpoint)...) {
		if want := r.Check.Kind == deadyet.KindIdentity; (r.Identity == tg.Identity) != want || r.Answer == deadyet.AnswerYes {
			t.Errorf("%s: got %s, identity %q", r.Check.ID(), r.Answer, r.Identity)
		}
	}
}

// Who answers is asked without the sign-in, whatever a network allows, and
// without a version that has no VER where there is none.
func TestIdentity_LooksWithoutSigningIn(t *testing.T) {
	w := start(t, "microsoft-2012", nil)
	for transport, tg := range ports(w) {
		tg.Consent, tg.Known = true, []deadyet.Version{"MSNP18"}
		if transport == deadyet.TransportHTTPS {
			tg.Known = append(tg.Known, "MSNP24")
		}
		r := w.who(t, tg)[0]
		if r.Answer != deadyet.AnswerYes || r.Transcript == nil {
			t.Fatalf("%s: got %s (%s)", transport, r.Answer, r.Failure)
		}
		var sent []byte
		for _, e := range r.Transcript.Exchanges {
			if e.Dir == deadyet.Sent {
				sent = append(sent, e.Bytes...)
			}
		}
		if !bytes.Contains(sent, []byte("MSNP18")) || bytes.Contains(sent, []byte("USR")) || bytes.Contains(sent, []byte("MSNP24")) {
			t.Errorf("%s: sent %q", transport, sent)
		}
	}
}
