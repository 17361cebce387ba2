package news

import (
	"slices"
	"strings"
	"time"

	"deadyet"
)

// Why says in one line why the verdict is what it is.
func (l *Language) Why(s deadyet.Subject, v deadyet.Verdict) string {
	switch {
	case v.Listed == 0 && v.Unasked == 0:
		return l.say("why nobody listed", nil)
	case v.Listed == 0:
		return l.say("why nobody asked", nil)
	case v.Word == deadyet.WordUnknown:
		return l.say("why blind", nil)
	}
	w := why{l, s, v, ""}
	if n, ok := s.NetworkByID(v.Network); ok {
		w.network = n.Name
	}
	sentences := slices.Concat(w.risen(), w.sentences(), w.unasked())
	return strings.Join(sentences, " ")
}

// Explain returns the verdict with its words in the language: what the page shouts,
// and one line why. The subject has to be in that language.
func (l *Language) Explain(s deadyet.Subject, v deadyet.Verdict) deadyet.Verdict {
	v.Says, v.Reason = s.Rule.Says[v.Word], l.Why(s, v)
	return v
}

// ExplainAll is [Language.Explain] for a history of verdicts, in place.
func (l *Language) ExplainAll(s deadyet.Subject, vs []deadyet.Verdict) []deadyet.Verdict {
	for i := range vs {
		vs[i] = l.Explain(s, vs[i])
	}
	return vs
}

// why is a verdict while its reason is put into words.
type why struct {
	*Language
	subject deadyet.Subject
	verdict deadyet.Verdict
	network string
}

// risen begins the line of a network that was dead.
func (w why) risen() []string {
	r, ok := w.verdict.Find(deadyet.ReasonRisen)
	if !ok {
		return nil
	}
	from, to := w.day(r.Since.From), w.day(r.Since.To.Add(-time.Nanosecond))
	phrase := "why risen within"
	if from == to || r.Since.Exact() {
		phrase = "why risen"
	}
	return []string{w.say(phrase, map[string]string{"from": from, "to": to})}
}

func (w why) sentences() []string {
	v := w.verdict
	down, _ := v.Find(deadyet.ReasonDependency)
	_, compared := v.Find(deadyet.ReasonReference)
	switch {
	case v.Word == deadyet.WordYesBut:
		phrase := w.formOf("why dependency", len(down.Names) == 1)
		return []string{w.say(phrase, map[string]string{"names": w.and(down.Names)}), w.takesAny("why takes")}
	case v.Accepting == 0 && v.Word == deadyet.WordMostly:
		return []string{w.say("why waiting", map[string]string{"moment": w.moment(v.LastYes), "length": w.after(), "yes": w.yes()})}
	case v.Accepting == 0:
		return w.allGone()
	case v.Word == deadyet.WordNo && !compared:
		return []string{w.takesAny("why takes")}
	case v.Word == deadyet.WordNo:
		return []string{w.say("why takes", map[string]string{"takes": w.takes(v.Reference, w.reference())})}
	case v.Reference == 0:
		none := w.say("why no reference", map[string]string{"version": w.reference()})
		if w.everyWay() {
			return []string{none, w.takesAny("why takes")}
		}
		return []string{none, w.takesAny("why takes over")}
	case v.Accepting == v.Listed:
		return []string{w.say("why few all", map[string]string{"few": w.few()})}
	}
	return []string{w.say("why few", map[string]string{"few": w.few(), "n": itoa(v.Accepting)})}
}

// allGone is the line of a yes.
func (w why) allGone() []string {
	gone, _ := w.verdict.Find(deadyet.ReasonGone)
	n := len(gone.Versions)
	if n == 0 {
		return []string{w.say("why none", nil)}
	}
	last := "why last"
	if w.verdict.LastYes.IsZero() {
		last = "why never"
	}
	switch {
	case w.verdict.Entry:
		last = w.form(last, "entry")
	case w.verdict.Listed == 1:
		last = w.form(last, "one")
	}
	return []string{
		w.say(w.formOf("why gone", n == 1), map[string]string{"version": string(gone.Versions[n-1])}),
		w.say(last, map[string]string{"n": itoa(w.verdict.Listed), "network": w.network, "day": w.day(w.verdict.LastYes)}),
	}
}

func (w why) unasked() []string {
	n := w.verdict.Unasked
	if n == 0 {
		return nil
	}
	return []string{w.say(w.formOf("why unasked", n == 1), map[string]string{"n": itoa(n)})}
}

func (w why) reference() string { return string(w.subject.Rule.Reference) }

// takesAny says who takes any version, and which, in a phrase about that.
func (w why) takesAny(phrase string) string {
	r, _ := w.verdict.Find(deadyet.ReasonAccepting)
	takes := w.takes(w.verdict.Accepting, w.runs(w.subject, r.Versions))
	return w.say(phrase, map[string]string{"takes": takes, "ways": w.over(r.Ways)})
}

// takes says how many servers take something. Of the public name of a network whose
// servers are not known, it speaks as of the network.
func (w why) takes(n int, versions string) string {
	m, phrase := w.verdict.Listed, "takes some"
	switch {
	case w.verdict.Entry:
		phrase = "takes entry"
	case m == 1:
		phrase = "takes only"
	case n == m && m == 2:
		phrase = "takes both"
	case n == m:
		phrase = "takes all"
	case n == 1:
		phrase = "takes one"
	case w.verdict.About:
		phrase = "takes about"
	}
	return w.share(phrase, n, versions)
}

// few says how many servers still take the reference version when it is not enough.
func (w why) few() string {
	phrase := "few some"
	switch {
	case w.verdict.Entry:
		phrase = "few entry"
	case w.verdict.Reference == 1:
		phrase = "few one"
	case w.verdict.About:
		phrase = "few about"
	}
	return w.share(phrase, w.verdict.Reference, w.reference())
}

func (w why) share(phrase string, n int, versions string) string {
	return w.say(phrase, map[string]string{"network": w.network, "n": itoa(n), "m": itoa(w.verdict.Listed), "versions": versions})
}

// over names endpoints as ways in: "HTTPS (port 443)".
func (w why) over(ways []string) string {
	var parts []string
	for _, way := range ways {
		transport, port, _ := strings.Cut(way, ":")
		name := strings.ToUpper(transport)
		if transport == string(deadyet.TransportTCP) {
			name = ""
		}
		parts = append(parts, w.way(name, port))
	}
	return w.and(parts)
}

// everyWay reports whether versions are taken everywhere where they are asked, so
// that to name the ways would say nothing.
func (w why) everyWay() bool {
	r, _ := w.verdict.Find(deadyet.ReasonAccepting)
	n, _ := w.subject.NetworkByID(w.verdict.Network)
	return !slices.ContainsFunc(n.Ask, func(a deadyet.Ask) bool {
		e := deadyet.Endpoint{Transport: a.Transport, Port: a.Port}
		return len(a.Versions) > 0 && !slices.Contains(r.Ways, e.Where())
	})
}

// after is how long nothing must be taken for a yes, in hours where it can.
func (w why) after() string {
	d := w.subject.Rule.After
	if d%time.Hour != 0 {
		return d.String()
	}
	n := int(d / time.Hour)
	if n == 1 {
		return w.say("why waiting hour", nil)
	}
	return w.say("why waiting hours", map[string]string{"n": itoa(n)})
}

// yes is what the page shouts for a yes.
func (w why) yes() string {
	if says := w.subject.Rule.Says[deadyet.WordYes]; says != "" {
		return says
	}
	return string(deadyet.WordYes)
}
