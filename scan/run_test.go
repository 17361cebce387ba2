package scan

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"deadyet"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// fakeProber answers after a time that depends on the host.
type fakeProber struct {
	takes map[string]time.Duration
	says  map[string]rune
	mu    sync.Mutex
	at    map[string]int // calls in flight by host
	most  map[string]int
}

func (f *fakeProber) Probe(ctx context.Context, t deadyet.Target, checks []deadyet.Check) ([]deadyet.Reading, error) {
	f.mu.Lock()
	if f.at == nil {
		f.at, f.most = map[string]int{}, map[string]int{}
	}
	f.at[t.Address]++
	f.most[t.Address] = max(f.most[t.Address], f.at[t.Address])
	f.mu.Unlock()
	wait(ctx, f.takes[t.Address])
	f.mu.Lock()
	f.at[t.Address]--
	f.mu.Unlock()
	var out []deadyet.Reading
	for _, c := range checks {
		letter, ok := f.says[t.Address]
		if !ok {
			letter = 'y'
		}
		r := try(letter)
		r.Check = c
		out = append(out, r)
	}
	return out, nil
}

func subjectOf(ns ...deadyet.Network) deadyet.Subject { return deadyet.Subject{Networks: ns} }

func TestRunner_TarpitsSlowNoHealthyServer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var hosts []string
		f := &fakeProber{takes: map[string]time.Duration{}, says: map[string]rune{}}
		for i := range 120 {
			h := fmt.Sprintf("192.0.2.%d", i)
			hosts = append(hosts, h)
			f.takes[h] = time.Second
			if i < 20 {
				f.takes[h], f.says[h] = time.Minute, 's'
			}
		}
		dead := func(id deadyet.CheckID) Last {
			c, _ := id.Parse()
			if f.says[c.Server.Name()] == 's' {
				silence := try('s')
				return Last{outcome(&silence), noon}
			}
			return Last{}
		}
		began := time.Now()
		var lastHealthy time.Duration
		r := Runner{Prober: f, InFlight: 10, Suspects: 4, Found: func(o deadyet.Observation) {
			if o.Answer == deadyet.AnswerYes {
				lastHealthy = time.Since(began)
			}
		}}
		round, err := r.Run(t.Context(), MakePlan(Input{Subject: subjectOf(fleet("n", hosts...)), Now: noon, Last: dead}), 1)
		if err != nil {
			t.Fatal(err)
		}
		if want := 10 * time.Second; lastHealthy != want {
			t.Errorf("the last healthy server was done after %s, want %s as without tarpits", lastHealthy, want)
		}
		if got := round.Counts()[deadyet.AnswerSilent]; got != 20*6 {
			t.Errorf("got %d silent checks, want 120", got)
		}
	})
}

func TestRunner_OneConnectionAtATimeToAHost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := fleet("n", "192.0.2.1")
		n.Ask = append(n.Ask, deadyet.Ask{Kind: deadyet.KindMSNP, Transport: deadyet.TransportHTTP, Port: 80})
		own := n
		own.ID, own.PerHost = "own", 2
		own.Servers = fleet("own", "192.0.2.2").Servers
		f := &fakeProber{takes: map[string]time.Duration{"192.0.2.1": time.Second, "192.0.2.2": time.Second}}
		if _, err := (Runner{Prober: f}).Run(t.Context(), MakePlan(Input{Subject: subjectOf(n, own), Now: noon}), 1); err != nil {
			t.Fatal(err)
		}
		if f.most["192.0.2.1"] != 1 || f.most["192.0.2.2"] != 2 {
			t.Errorf("got at most %v at one time, want 1 and 2", f.most)
		}
	})
}

var errNoLine = errors.New("no line")

func failingDial(context.Context, string, string) (net.Conn, error) { return nil, errNoLine }

func TestRunner_SilenceWithoutCanaryIsUnaskedAndTheRestStays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fakeProber{says: map[string]rune{"192.0.2.1": 's', "192.0.2.2": 'n', "192.0.2.3": 'y'}}
		r := Runner{Prober: f, Canary: Canary{Hosts: []string{"canary.example:443"}, Timeout: time.Second, Dial: failingDial}}
		round, err := r.Run(t.Context(), MakePlan(Input{Subject: subjectOf(fleet("n", "192.0.2.1", "192.0.2.2", "192.0.2.3")), Now: noon}), 7)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]deadyet.Answer{"192.0.2.1": deadyet.AnswerUnasked, "192.0.2.2": deadyet.AnswerNo, "192.0.2.3": deadyet.AnswerYes}
		for _, o := range round.Observations {
			if o.Answer != want[o.Check.Server.Name()] {
				t.Errorf("%s: got %s, want %s", o.Check.ID(), o.Answer, want[o.Check.Server.Name()])
			}
		}
		if got := round.Unasked()[deadyet.FailureLineDown]; got != 6 {
			t.Errorf("got %d checks with line_down, want 6", got)
		}
		if round.Canary.Good || round.Canary.Hosts[0].Host != "canary.example:443" {
			t.Errorf("canary: got %+v", round.Canary)
		}
		for _, fd := range round.Findings {
			if fd.Voted() != (fd.Votes.Of == 1) {
				t.Errorf("%s: votes %+v for %s", fd.Check.ID(), fd.Votes, fd.Outcome.Answer)
			}
		}
	})
}

func TestRunner_CanaryOfOurOwn(t *testing.T) {
	host, end, err := OwnCanary()
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	r := Runner{Prober: &fakeProber{}, Canary: Canary{Hosts: []string{host, host}, Timeout: 5 * time.Second}}
	round, err := r.Run(t.Context(), MakePlan(Input{Subject: subjectOf(fleet("n", "127.0.0.1")), Now: noon}), 1)
	if err != nil {
		t.Fatal(err)
	}
	if !round.Canary.Good || len(round.Canary.Hosts) != 2 {
		t.Errorf("got %+v, want both looks good", round.Canary)
	}
}

func TestRunner_EveryCheckHasAnObservation(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fakeProber{takes: map[string]time.Duration{"192.0.2.1": time.Hour}, says: map[string]rune{"192.0.2.1": 's'}}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		round, err := (Runner{Prober: f}).Run(ctx, MakePlan(Input{Subject: subjectOf(fleet("n", "192.0.2.1", "192.0.2.2")), Now: noon}), 1)
		if err != nil {
			t.Fatal(err)
		}
		if len(round.Observations) != 12 || round.Planned != 12 {
			t.Errorf("got %d observations of %d planned, want 12 of 12", len(round.Observations), round.Planned)
		}
	})
}

// fakeBook is a recorder and a memory.
type fakeBook struct {
	rounds []deadyet.Round
	fails  int
	tried  int
}

func (b *fakeBook) Record(_ context.Context, r deadyet.Round) error {
	if b.tried++; b.tried <= b.fails {
		return errors.New("no space left on device")
	}
	b.rounds = append(b.rounds, r)
	return nil
}
func (b *fakeBook) Last(deadyet.CheckID) Last { return Last{} }
func (b *fakeBook) LastRound(id deadyet.NetworkID) (t time.Time) {
	for _, r := range b.rounds {
		for _, n := range r.Networks {
			if n == id {
				t = r.Began
			}
		}
	}
	return t
}
func (b *fakeBook) Next(deadyet.VantageID) deadyet.RoundNumber {
	return deadyet.RoundNumber(len(b.rounds) + 1)
}

func TestSchedule_EachNetworkHasItsInterval(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow, quick := fleet("slow", "192.0.2.1"), fleet("quick", "192.0.2.2")
		quick.Interval = 2 * time.Hour
		book := &fakeBook{fails: 3}
		s := Schedule{Subject: subjectOf(slow, quick), Runner: Runner{Prober: &fakeProber{}}, Memory: book, Recorder: book}
		ctx, cancel := context.WithTimeout(t.Context(), 13*time.Hour)
		defer cancel()
		if err := s.Run(ctx); err != nil {
			t.Fatal(err)
		}
		count := map[deadyet.NetworkID]int{}
		for _, r := range book.rounds {
			for _, n := range r.Networks {
				count[n]++
			}
		}
		if count["slow"] != 3 || count["quick"] != 7 {
			t.Errorf("got %v rounds in 13 hours, want slow 3 and quick 7", count)
		}
		if book.tried != len(book.rounds)+3 {
			t.Errorf("a round that could not be recorded was not offered again: %d tries for %d rounds", book.tried, len(book.rounds))
		}
	})
}

func TestSchedule_ABlindRoundIsTriedAgainSoon(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		book := &fakeBook{}
		runner := Runner{
			Prober: &fakeProber{says: map[string]rune{"192.0.2.1": 's'}},
			Canary: Canary{Hosts: []string{"canary.example:443"}, Timeout: time.Second, Dial: failingDial},
		}
		s := Schedule{Subject: subjectOf(fleet("n", "192.0.2.1")), Runner: runner, Memory: book, Recorder: book}
		ctx, cancel := context.WithTimeout(t.Context(), 16*time.Minute)
		defer cancel()
		if err := s.Run(ctx); err != nil {
			t.Fatal(err)
		}
		if len(book.rounds) != 4 {
			t.Errorf("got %d rounds in 16 minutes without a line, want one every 5 minutes", len(book.rounds))
		}
	})
}
