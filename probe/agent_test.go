package probe

import (
	"bufio"
	"net"
	"net/http"
	"testing"
	"time"

	"deadyet"
)

// Every request to a gateway says who asks.
func TestProber_TellsGatewaysWhoAsks(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	agents := make(chan string, 100)
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		agents <- req.UserAgent()
		body, _ := bufio.NewReader(req.Body).ReadString('\n')
		w.Header().Set("X-MSN-Messenger", "SessionID=1.2; GW-IP=127.0.0.1")
		w.Write([]byte(body[:min(len(body), 4)] + "1 0\r\n"))
	})}
	go server.Serve(l)
	defer server.Close()
	e := deadyet.Endpoint{Server: deadyet.MakeServerID("n", "h"), Transport: deadyet.TransportHTTP, Port: 80}
	p := &Prober{
		Dialer:   &Dialer{Listed: everybody, Map: map[string]string{"198.18.0.1:80": l.Addr().String()}},
		Timeouts: Timeouts{Answer: time.Second}, Agent: "deadyet (+https://dead.example/)",
	}
	check := deadyet.Check{Endpoint: e, Kind: deadyet.KindMSNP, Version: "MSNP18"}
	if _, err := p.Probe(t.Context(), deadyet.Target{Endpoint: e, Address: "198.18.0.1", Host: "198.18.0.1"}, []deadyet.Check{check}); err != nil {
		t.Fatal(err)
	}
	close(agents)
	n := 0
	for got := range agents {
		n++
		if got != p.Agent {
			t.Errorf("User-Agent: %q, want %q", got, p.Agent)
		}
	}
	if n == 0 {
		t.Error("nothing was asked")
	}
}
