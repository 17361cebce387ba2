package web

import (
	"net/http"
	"strconv"

	"deadyet"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// gauges reads the current edition whenever somebody asks, so that all its
// figures are of the same one.
type gauges struct {
	server                                                        *Server
	answers, round, lastRound, lineGood, listed, accepting, model *prometheus.Desc
}

func (s *Server) newMetrics() (*prometheus.CounterVec, http.Handler) {
	requests := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "deadyet_http_requests_total", Help: "Requests by the status of the answer.",
	}, []string{"status"})
	network := []string{"network"}
	g := &gauges{
		server:    s,
		answers:   prometheus.NewDesc("deadyet_answers", "Checks by network and answer.", []string{"network", "answer"}, nil),
		round:     prometheus.NewDesc("deadyet_round", "Number of the network's last round.", network, nil),
		lastRound: prometheus.NewDesc("deadyet_last_round_timestamp_seconds", "When the network was last asked.", network, nil),
		lineGood:  prometheus.NewDesc("deadyet_line_good", "1 while our own line is good.", nil, nil),
		listed:    prometheus.NewDesc("deadyet_servers_listed", "Servers that are listed.", network, nil),
		accepting: prometheus.NewDesc("deadyet_servers_answering", "Listed servers that take any version.", network, nil),
		model:     prometheus.NewDesc("deadyet_simulated", "1 when everything is simulated.", nil, nil),
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(requests, g)
	return requests, promhttp.HandlerFor(registry, promhttp.HandlerOpts{})
}

func (s *Server) count(status int) { s.requests.WithLabelValues(strconv.Itoa(status)).Inc() }

// Describe implements [prometheus.Collector].
func (g *gauges) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{g.answers, g.round, g.lastRound, g.lineGood, g.listed, g.accepting, g.model} {
		ch <- d
	}
}

// Collect implements [prometheus.Collector].
func (g *gauges) Collect(ch chan<- prometheus.Metric) {
	e := g.server.current.Load()
	gauge(ch, g.model, number(g.server.simulated(e)))
	if e == nil {
		return
	}
	ed := e.Edition()
	gauge(ch, g.lineGood, number(ed.Down.IsZero()))
	for _, l := range ed.Lines {
		name := string(l.Network)
		gauge(ch, g.round, float64(l.LastRound), name)
		gauge(ch, g.listed, float64(l.Servers), name)
		gauge(ch, g.accepting, float64(l.Answering), name)
		if !l.LastAsked.IsZero() {
			gauge(ch, g.lastRound, float64(l.LastAsked.Unix()), name)
		}
	}
	for k, n := range answersOf(ed) {
		gauge(ch, g.answers, float64(n), string(k.network), k.answer.String())
	}
}

// answerKey is a network and one of its answers.
type answerKey struct {
	network deadyet.NetworkID
	answer  deadyet.Answer
}

// answersOf counts the checks of every network by answer, with a nought for
// each answer that none has.
func answersOf(e deadyet.Edition) map[answerKey]int {
	counts := make(map[answerKey]int)
	for _, n := range e.Subject.Networks {
		for _, a := range deadyet.Answers() {
			counts[answerKey{n.ID, a}] = 0
		}
	}
	for _, st := range e.States {
		counts[answerKey{st.Check.Server.Network(), st.Answer()}]++
	}
	return counts
}

func gauge(ch chan<- prometheus.Metric, d *prometheus.Desc, v float64, labels ...string) {
	ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
}

func number(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
