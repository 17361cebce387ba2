package probe

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"deadyet"
)

// negotiate runs a negotiation about MSNP24, 18, 15 and 12 with a server that
// answers its n-th offer, from 1 on, as told.
func negotiate(known []deadyet.Version, answer func(n int, vs []deadyet.Version) reply) map[deadyet.Version]result {
	offers := 0
	n := &negotiation{control: "MSNP99", offer: func(vs []deadyet.Version, _ bool) *reply {
		offers++
		return pointer(answer(offers, vs))
	}}
	var rest []deadyet.Version
	for _, v := range []deadyet.Version{"MSNP24", "MSNP18", "MSNP15", "MSNP12"} {
		if len(known) == 0 || v != known[0] {
			rest = append(rest, v)
		}
	}
	n.run(known, rest)
	return n.found
}

func TestNegotiation_DoesNotJudgeVersionsByTheNumberOfConnections(t *testing.T) {
	yes, hang := reply{yes: []deadyet.Version{"MSNP18"}}, none(deadyet.FailureClosed, deadyet.AnswerUnclear)
	noTLS, half := hang, none(deadyet.FailureReset, deadyet.AnswerUnclear)
	noTLS.failure.Stage, half.cut = deadyet.StageTLS, true
	silence := none(deadyet.FailureTimeout, deadyet.AnswerSilent)
	for _, tt := range []struct {
		name  string
		known []deadyet.Version
		then  func(n int, vs []deadyet.Version) reply // after the first offer
		first reply
		want  deadyet.Answer // of MSNP15
	}{
		{"a server that refuses connections later is unclear", nil, func(int, []deadyet.Version) reply {
			return none(deadyet.FailureRefused, deadyet.AnswerNo)
		}, yes, deadyet.AnswerUnclear},
		{"a spent budget leaves hang-ups unasked", nil, func(n int, _ []deadyet.Version) reply {
			if n <= 5 { // the joint offer and each of the three alone
				return hang
			}
			return none(deadyet.FailureOverBudget, deadyet.AnswerUnasked)
		}, yes, deadyet.AnswerUnasked},
		{"a handshake that the server hangs up on is not about a version", nil, func(_ int, vs []deadyet.Version) reply {
			if slices.Contains(vs, "MSNP15") {
				return noTLS
			}
			return reply{yes: vs}
		}, yes, deadyet.AnswerUnclear},
		{"an answer that is cut is no refusal", nil, func(_ int, vs []deadyet.Version) reply {
			if slices.Contains(vs, "MSNP15") {
				return half
			}
			return reply{yes: vs}
		}, yes, deadyet.AnswerUnclear},
		{"silence to the known versions holds for the rest", []deadyet.Version{"MSNP18"}, func(int, []deadyet.Version) reply {
			return silence
		}, silence, deadyet.AnswerSilent},
		{"a hang-up on one version after a silent joint offer is about that one only", []deadyet.Version{"MSNP18"}, func(_ int, vs []deadyet.Version) reply {
			switch {
			case len(vs) > 1:
				return silence
			case vs[0] == "MSNP24":
				return hang
			}
			return reply{yes: vs}
		}, yes, deadyet.AnswerYes},
	} {
		t.Run(tt.name, func(t *testing.T) {
			found := negotiate(tt.known, func(n int, vs []deadyet.Version) reply {
				if n == 1 {
					return tt.first
				}
				return tt.then(n, vs)
			})
			got, ok := found["MSNP15"]
			if !ok || got.answer != tt.want {
				t.Errorf("MSNP15: got %v (found: %v), want %v", got.answer, ok, tt.want)
			}
		})
	}
}

// A gateway that takes versions but never answers OUT must not cost a farewell
// for each of them.
func TestLine_SaysFarewellOnceToADeafGateway(t *testing.T) {
	var outs, opens atomic.Int32
	end := make(chan struct{})
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := bufio.NewReader(r.Body).ReadString('\n')
		if strings.HasPrefix(body, "OUT") {
			outs.Add(1)
			<-end
			return
		}
		answer := "VER 1 0\r\n"
		if n := opens.Add(1); n <= 5 {
			answer = fmt.Sprintf("VER 1 MSNP%d\r\n", 20-n)
		}
		w.Header().Set("X-MSN-Messenger", fmt.Sprintf("SessionID=%d.1; GW-IP=192.0.2.1", opens.Load()))
		fmt.Fprint(w, answer)
	})}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	defer func() {
		close(end)
		server.Shutdown(context.Background())
		if err := <-served; !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
	}()
	e := deadyet.Endpoint{Server: deadyet.MakeServerID("n", "h"), Transport: deadyet.TransportHTTP, Port: 80}
	p := &Prober{
		Dialer:   &Dialer{Listed: func(string) bool { return true }, Map: map[string]string{"198.18.0.1:80": l.Addr().String()}},
		Timeouts: Timeouts{Answer: 200 * time.Millisecond},
	}
	var checks []deadyet.Check
	for n := 12; n <= 22; n++ {
		checks = append(checks, deadyet.Check{Endpoint: e, Kind: deadyet.KindMSNP, Version: deadyet.Version(fmt.Sprintf("MSNP%d", n))})
	}
	got, err := p.Probe(t.Context(), deadyet.Target{Endpoint: e, Address: "198.18.0.1", Host: "198.18.0.1"}, checks)
	if err != nil || len(got) != len(checks) {
		t.Fatalf("got %d readings and %v, want %d", len(got), err, len(checks))
	}
	if n := outs.Load(); n != 1 {
		t.Errorf("OUT was sent %d times to a gateway that does not answer it, want once", n)
	}
}

// A redirect may spell a host as it likes: its budget is the same.
func TestDialer_SpendsTheBudgetOfAHostInAnySpelling(t *testing.T) {
	var asked string
	d := &Dialer{
		Listed: func(string) bool { return true }, Map: map[string]string{"Messenger.EXAMPLE.:1863": "127.0.0.1:1"},
		Permit: func(host string) error { asked = host; return errors.New("spent") },
	}
	if _, err := d.Dial(t.Context(), "Messenger.EXAMPLE.", 1863, time.Second); err == nil || asked != "messenger.example" {
		t.Errorf("got %v and budget of %q, want that of messenger.example", err, asked)
	}
}
