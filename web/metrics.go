package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode"

	"deadyet"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// gauges reads the current edition whenever somebody asks, so that all its
// figures are of the same one.
type gauges struct{ server *Server }

func (s *Server) newMetrics() (*prometheus.CounterVec, http.Handler) {
	requests := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "deadyet_http_requests_total", Help: "Requests by the status of the answer.",
	}, []string{"status"})
	registry := prometheus.NewRegistry()
	registry.MustRegister(requests, gauges{s})
	return requests, promhttp.HandlerFor(registry, promhttp.HandlerOpts{})
}

func (s *Server) count(status int) { s.requests.WithLabelValues(strconv.Itoa(status)).Inc() }

// Describe implements [prometheus.Collector].
func (g gauges) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range metricDescs {
		ch <- d
	}
}

// Collect implements [prometheus.Collector].
func (g gauges) Collect(ch chan<- prometheus.Metric) {
	e := g.server.current.Load()
	m := metrics{ch}
	m.gauge("simulated", number(g.server.simulated(e)))
	if e == nil {
		return
	}
	ed := e.Edition()
	m.whole(ed)
	m.verdict(ed)
	for _, l := range ed.Lines {
		m.network(l)
	}
	for _, t := range e.Takers() {
		m.gauge("version_servers", float64(t.Of), string(t.Network), string(t.Version))
		m.gauge("version_servers_accepting", float64(t.Servers), string(t.Network), string(t.Version))
	}
	m.checks(ed)
	m.news(ed)
	if len(ed.Rounds) > 0 {
		m.round(ed.Rounds[0])
	}
	m.latencies(g.server.options.Today)
}

// metrics writes figures.
type metrics struct{ ch chan<- prometheus.Metric }

// gauge writes one figure. Labels may hold what a server or a file says.
func (m metrics) gauge(name string, v float64, labels ...string) {
	for i, l := range labels {
		labels[i] = label(l)
	}
	m.ch <- prometheus.MustNewConstMetric(metricDescs[name], prometheus.GaugeValue, v, labels...)
}

// moment writes a time, or nothing when it is not known.
func (m metrics) moment(name string, t time.Time, labels ...string) {
	if !t.IsZero() {
		m.gauge(name, float64(t.Unix()), labels...)
	}
}

func (m metrics) whole(e deadyet.Edition) {
	m.gauge("line_good", number(e.Down.IsZero()))
	m.gauge("live", number(e.Live))
	m.moment("edition_timestamp_seconds", e.At)
}

// verdict writes the answer: 1 for the word that is true, 0 for the others.
func (m metrics) verdict(e deadyet.Edition) {
	v := e.Verdict
	for _, w := range deadyet.Words() {
		m.gauge("verdict", number(v.Word == w), string(w))
	}
	m.gauge("verdict_servers", float64(v.Listed), "listed")
	m.gauge("verdict_servers", float64(v.Reference), "reference")
	m.gauge("verdict_servers", float64(v.Accepting), "accepting")
	m.moment("verdict_since_timestamp_seconds", v.Since.From)
	m.moment("verdict_last_yes_timestamp_seconds", v.LastYes)
}

func (m metrics) network(l deadyet.Line) {
	name := string(l.Network)
	m.gauge("round", float64(l.LastRound), name)
	m.gauge("servers_listed", float64(l.Servers), name)
	m.gauge("servers_answering", float64(l.Answering), name)
	m.moment("last_round_timestamp_seconds", l.LastAsked, name)
	if l.Verdict.Word != "" {
		for _, w := range deadyet.Words() {
			m.gauge("network_verdict", number(l.Verdict.Word == w), name, string(w))
		}
	}
}

// checks counts those of every network by answer, with a nought for each answer
// that none has, and those of which the last finding is not confirmed.
func (m metrics) checks(e deadyet.Edition) {
	type key struct{ network, answer string }
	counts, pending := make(map[key]int), make(map[string]int)
	for _, n := range e.Subject.Networks {
		pending[label(string(n.ID))] = 0
		for _, a := range deadyet.Answers() {
			counts[key{label(string(n.ID)), a.String()}] = 0
		}
	}
	for _, st := range e.States {
		name := label(string(st.Check.Server.Network()))
		counts[key{name, st.Answer().String()}]++
		if st.Pending != nil {
			pending[name]++
		}
	}
	for k, n := range counts {
		m.gauge("answers", float64(n), k.network, k.answer)
	}
	for name, n := range pending {
		m.gauge("checks_pending", float64(n), name)
	}
}

// news counts the items by kind; those of a kind that nobody knows are notes.
func (m metrics) news(e deadyet.Edition) {
	counts := make(map[deadyet.ItemKind]int)
	for _, k := range deadyet.ItemKinds() {
		counts[k] = 0
	}
	for _, i := range e.Items {
		k := i.Kind
		if _, ok := counts[k]; !ok {
			k = deadyet.ItemNote
		}
		counts[k]++
	}
	for k, n := range counts {
		m.gauge("news_items", float64(n), string(k))
	}
}

// round writes the figures of the last round.
func (m metrics) round(r deadyet.RoundSummary) {
	m.gauge("canary_good", number(r.Canary.Good), string(r.Vantage))
	m.gauge("last_round_checks", float64(r.Planned), string(r.Vantage))
	m.gauge("last_round_connections", float64(r.Connections), string(r.Vantage))
	m.gauge("last_round_duration_seconds", r.Ended.Sub(r.Began).Seconds(), string(r.Vantage))
	m.gauge("last_round_lost_ratio", r.Loss.Share(), string(r.Vantage))
	m.gauge("last_round_voted", number(!r.Loss.Bad), string(r.Vantage))
	for _, a := range deadyet.Answers() {
		m.gauge("last_round_answers", float64(r.Counts[a]), string(r.Vantage), a.String())
	}
}

// latencies writes how long the answers of each network took on the last day of each
// vantage, or nothing when that can't be read.
func (m metrics) latencies(today func() ([]deadyet.Rollup, error)) {
	if today == nil {
		return
	}
	rollups, err := today()
	if err != nil {
		return
	}
	type key struct{ network, vantage string }
	sums := make(map[key]*deadyet.Latency)
	for i := range rollups {
		r := &rollups[i]
		k := key{label(string(r.Server.Network())), label(string(r.Vantage))}
		if sums[k] == nil {
			sums[k] = &deadyet.Latency{}
		}
		sums[k].Merge(r.Latency)
	}
	for k, l := range sums {
		m.gauge("latency_connections", float64(l.Count()), k.network, k.vantage)
		if l.Count() > 0 {
			m.gauge("latency_seconds", l.Min.Seconds(), k.network, k.vantage, "least")
			m.gauge("latency_seconds", l.Median().Seconds(), k.network, k.vantage, "median")
			m.gauge("latency_seconds", l.Max.Seconds(), k.network, k.vantage, "most")
		}
	}
}

// labelLimit is the number of characters of a label.
const labelLimit = 120

// label makes a text harmless: what can't be seen becomes the sign for that.
func label(s string) string {
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return unicode.ReplacementChar
		}
		return r
	}, strings.ToValidUTF8(s, string(unicode.ReplacementChar)))
	if runes := []rune(s); len(runes) > labelLimit {
		return string(runes[:labelLimit])
	}
	return s
}

func number(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
