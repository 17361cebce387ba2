package probe_test

import (
	"slices"
	"testing"
	"time"

	"deadyet"
	"deadyet/msnp"
	"deadyet/sim"
)

// consenting asks as if the network had agreed to the sign-in step.
func (w *world) consenting(at int) deadyet.Target {
	t := w.target(w.server.Ports[at])
	t.Consent = true
	return t
}

func TestProbe_SignInIsOnlySentWithConsent(t *testing.T) {
	w := start(t, "microsoft-2012", nil)
	if got := w.ask(t, w.target(w.server.Ports[0]))["MSNP18"].Stage; got != deadyet.StageVersion {
		t.Errorf("without consent: reached %s, want version", got)
	}
	if got := w.ask(t, w.consenting(0))["MSNP18"].Stage; got != deadyet.StageLogin {
		t.Errorf("with consent: reached %s, want login", got)
	}
}

func TestProbe_EveryAcceptedVersionIsSignedInAlone(t *testing.T) {
	// These answer with the whole common list, so that no single version is
	// negotiated by the first offer.
	for _, face := range []string{"microsoft-2003", "microsoft-2007"} {
		w := start(t, face, nil)
		for v, r := range w.ask(t, w.consenting(0)) {
			if v != "" && r.Answer == deadyet.AnswerYes && r.Stage != deadyet.StageLogin {
				t.Errorf("%s, %s: reached %s (%s), want login", face, v, r.Stage, r.Failure)
			}
		}
	}
}

func TestProbe_AnUnknownAccountStillProvesTheStage(t *testing.T) {
	w := start(t, "r2m", nil) // looks accounts up: 911
	r := w.ask(t, w.consenting(0))["MSNP12"]
	if r.Answer != deadyet.AnswerYes || r.Stage != deadyet.StageLogin {
		t.Errorf("got %s at %s (%s), want yes at login", r.Answer, r.Stage, r.Failure)
	}
}

func TestProbe_AVersionWithoutAccountFreeSignInStaysAtVersion(t *testing.T) {
	w := start(t, "microsoft-2012", nil)
	r := w.ask(t, w.consenting(2))["MSNP22"]
	if r.Answer != deadyet.AnswerYes || r.Stage != deadyet.StageVersion || !r.Failure.IsZero() {
		t.Errorf("got %s at %s (%s), want yes at version", r.Answer, r.Stage, r.Failure)
	}
}

// dispatchTo starts a dispatch that sends its clients to the given address.
func dispatchTo(t *testing.T, to string) *world {
	return start(t, "dispatch", nil, func(p *sim.Port) { p.RedirectTo = to })
}

func TestProbe_RedirectsAreReported(t *testing.T) {
	w := dispatchTo(t, "203.0.113.9:1863")
	r := w.ask(t, w.consenting(0))["MSNP8"]
	if want := []deadyet.Hop{{To: "203.0.113.9:1863"}}; !slices.Equal(r.Redirects, want) {
		t.Errorf("got redirects %+v, want %+v: an unlisted host is reported and not followed", r.Redirects, want)
	}
	if r.Stage != deadyet.StageLogin {
		t.Errorf("reached %s (%s), want login: the redirect is the answer", r.Stage, r.Failure)
	}
	for logical := range w.fleet.Connections() {
		if logical == "203.0.113.9:1863" {
			t.Error("an unlisted host was dialled")
		}
	}
}

func TestProbe_RedirectsInsideTheListsAreFollowed(t *testing.T) {
	dispatch := sim.Server{Host: "198.18.0.1", Ports: sim.Everywhere("dispatch", nil)}
	dispatch.Ports[0].RedirectTo = "198.18.0.2:1863"
	notification := sim.Server{Host: "198.18.0.2", Ports: sim.Everywhere("microsoft-2003", nil)}
	w := startFleet(t, dispatch, notification)
	r := w.ask(t, w.consenting(0))["MSNP8"]
	if want := []deadyet.Hop{{To: "198.18.0.2:1863", Followed: true}}; !slices.Equal(r.Redirects, want) {
		t.Errorf("got redirects %+v, want %+v", r.Redirects, want)
	}
	if r.Stage != deadyet.StageLogin || w.fleet.Connections()["198.18.0.2:1863"] == 0 {
		t.Errorf("reached %s (%s), connections %v", r.Stage, r.Failure, w.fleet.Connections())
	}
}

func TestProbe_RedirectsToAPortOrNetworkThatDidNotAgreeAreNotFollowed(t *testing.T) {
	dispatch := sim.Server{Host: "198.18.0.1", Ports: sim.Everywhere("dispatch", nil)}
	dispatch.Ports[0].RedirectTo = "198.18.0.2:80"
	other := sim.Server{Host: "198.18.0.2", Ports: sim.Everywhere("microsoft-2003", nil)}
	w := startFleet(t, dispatch, other)
	r := w.ask(t, w.consenting(0))["MSNP8"]
	if want := []deadyet.Hop{{To: "198.18.0.2:80"}}; !slices.Equal(r.Redirects, want) {
		t.Errorf("got redirects %+v, want %+v", r.Redirects, want)
	}
	if n := w.fleet.Connections()["198.18.0.2:80"]; n != 0 {
		t.Errorf("the other port was dialled %d times", n)
	}
}

func TestProbe_ASlowHangUpDoesNotHoldUsForEver(t *testing.T) {
	w := start(t, "silent", nil)
	w.prober.Timeouts.Visit = 300 * time.Millisecond
	began := time.Now()
	for v, r := range w.ask(t, w.target(w.server.Ports[0])) {
		if v != "" && (r.Answer != deadyet.AnswerUnasked || r.Failure.Kind != deadyet.FailureOverBudget) {
			t.Errorf("%s: got %s (%s), want unasked: our own time was over", v, r.Answer, r.Failure)
		}
	}
	if took := time.Since(began); took > w.prober.Timeouts.Answer {
		t.Errorf("the visit took %s", took)
	}
}

func TestProbe_RedirectLoopsEnd(t *testing.T) {
	w := dispatchTo(t, "198.18.0.1:1863")
	r := w.ask(t, w.consenting(0))["MSNP8"]
	if r.Answer != deadyet.AnswerYes || r.Stage != deadyet.StageVersion || r.Failure.Kind != deadyet.FailureRedirectLoop {
		t.Errorf("got %s at %s (%s), want yes at version with a redirect loop behind it", r.Answer, r.Stage, r.Failure)
	}
}

func TestProbe_HelloOfMSNP24(t *testing.T) {
	takes24 := []msnp.Version{msnp.MSNP21, msnp.MSNP24}
	w := start(t, "microsoft-2012", takes24)
	by := w.ask(t, w.target(w.server.Ports[2]))
	if r := by["MSNP24"]; r.Answer != deadyet.AnswerYes || r.Stage != deadyet.StageVersion {
		t.Errorf("got %s at %s (%s), want yes at version", r.Answer, r.Stage, r.Failure)
	}
	refused(21).check(t, by, true)
	w = start(t, "microsoft-2012", nil)
	if r := w.ask(t, w.target(w.server.Ports[2]))["MSNP24"]; r.Answer != deadyet.AnswerNo || r.Failure.Kind != deadyet.FailureForeignService {
		t.Errorf("a gateway that answers the hello in HTTP: got %s (%s), want no", r.Answer, r.Failure)
	}
}

func TestProbe_TLSIsRecorded(t *testing.T) {
	w := start(t, "escargot", nil)
	r := w.ask(t, w.target(w.server.Ports[2]))["MSNP12"]
	got := r.Transcript.TLS
	if got == nil || got.Version != "TLS 1.3" || got.Fingerprint == "" || got.Problem == "" {
		t.Errorf("got %+v, want the version, the certificate, and why nobody would trust it", got)
	}
}
