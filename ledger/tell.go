package ledger

import (
	"time"

	"deadyet"
	"deadyet/history"
	"deadyet/news"
	"deadyet/verdict"
)

// telling is what can be told at a moment.
type telling struct {
	spans    []deadyet.Span   // all of them, by check and time
	changes  []deadyet.Change // the same in the order of time
	now      map[deadyet.NetworkID]deadyet.Verdict
	verdicts map[deadyet.NetworkID][]deadyet.Verdict // their histories
	items    []deadyet.Item
}

// tell works out the news and the verdicts of a moment. With hindsight a change
// counts from its beginning on, else from when it was confirmed.
func (l *Ledger) tell(at time.Time, hindsight bool) telling {
	t := telling{spans: l.spans(at)}
	t.changes = history.Changes(t.spans, l.confirmed(hindsight))
	return l.words(t, at, hindsight)
}

// words puts what the changes say into verdicts and items.
func (l *Ledger) words(t telling, at time.Time, hindsight bool) telling {
	t.now, t.verdicts = make(map[deadyet.NetworkID]deadyet.Verdict), make(map[deadyet.NetworkID][]deadyet.Verdict)
	blind := !hindsight && l.blind(at, l.held.down[l.options.Vantage])
	for _, n := range l.subject.Networks {
		now, said := verdict.Tell(l.subject, n, t.changes, at, l.present(n, blind, hindsight))
		t.now[n.ID], t.verdicts[n.ID] = news.English.Explain(l.subject, now), news.English.ExplainAll(l.subject, said)
	}
	in := news.Input{Subject: l.subject, Changes: t.changes, Verdicts: t.verdicts, Published: l.held.published, At: at}
	if !hindsight {
		in.Unsettled = l.unsettled()
	}
	t.items = news.Write(in)
	return t
}

// present is what the changes don't tell of the moment.
func (l *Ledger) present(n deadyet.Network, blind, hindsight bool) (p verdict.Present) {
	p.Down = blind && n.Dialled()
	if hindsight {
		return p
	}
	for c, t := range l.held.checks {
		d := t.kept.Pending
		if d == nil || d.Outcome.Answer != deadyet.AnswerYes || c.Server.Network() != n.ID || !l.subject.Counts(c.Version) {
			continue
		}
		if p.Stirs.IsZero() || d.Since.To.Before(p.Stirs) {
			p.Stirs = d.Since.To
		}
	}
	return p
}

// confirmed tells when measured changes were confirmed; with hindsight that
// does not matter.
func (l *Ledger) confirmed(hindsight bool) map[history.Border]time.Time {
	if hindsight {
		return nil
	}
	m := make(map[history.Border]time.Time, len(l.held.changes))
	for _, c := range l.held.changes {
		m[history.Border{Check: c.Check, At: c.When.To}] = c.Confirmed
	}
	return m
}

// unsettled names the servers of which something is found otherwise than is
// known, and not confirmed yet, with since when.
func (l *Ledger) unsettled() map[deadyet.ServerID]time.Time {
	servers := make(map[deadyet.ServerID]time.Time)
	for c, t := range l.held.checks {
		// What is told, and by which traits somebody shows, may take turns all day.
		if d := t.kept.Pending; d != nil && !(c.Kind.ByItself() && d.Outcome.SameNews(t.kept.Open.Outcome)) {
			if since, ok := servers[c.Server]; !ok || d.Since.To.Before(since) {
				servers[c.Server] = d.Since.To
			}
		}
	}
	return servers
}
