package site

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"deadyet"
)

// transcriptsShown is how many transcripts a page shows of one endpoint.
const transcriptsShown = 12

func (s *Site) endpointView(e deadyet.Endpoint, states []*deadyet.State) endpointView {
	v := endpointView{ID: endpointAnchor(e), Where: clean(string(e.Transport)) + ", port " + strconv.Itoa(int(e.Port))}
	var kept []deadyet.EvidenceID
	for _, st := range states {
		v.Checks = append(v.Checks, s.checkView(st))
		for _, id := range evidenceOf(st) {
			if s.edition.Evidence[id] != nil && !slices.Contains(kept, id) {
				kept = append(kept, id)
			}
		}
	}
	slices.SortFunc(kept, func(a, b deadyet.EvidenceID) int {
		return cmp.Or(s.edition.Evidence[a].Began.Compare(s.edition.Evidence[b].Began), cmp.Compare(a, b))
	})
	if more := len(kept) - transcriptsShown; more > 0 {
		v.Dropped = plural(more, "older transcript") + " of this endpoint can be had as JSON."
		kept = kept[more:]
	}
	for _, id := range kept {
		v.Transcripts = append(v.Transcripts, transcriptOf(v.ID, id, s.edition.Evidence[id]))
	}
	return v
}

func evidenceOf(st *deadyet.State) []deadyet.EvidenceID {
	if st.Pending == nil {
		return st.Span.Evidence
	}
	return slices.Concat(st.Span.Evidence, st.Pending.Evidence)
}

func (s *Site) checkView(st *deadyet.State) checkView {
	versioned := st.Check.Version != ""
	o := st.Span.Outcome
	v := checkView{
		Asks: "is it open?", Class: class(o, versioned), Answer: says(o, false),
		Stage: stageText(st.Span), Failure: failureText(failureOf(st.Span)),
		Since: inWords("", st.Span.Since), Asked: exactMoment(st.Asked),
		Votes: votesText(st.Span.Votes), Controls: controlsText(st.Span.Notes.Controls),
		Notes: s.notesOf(st), Now: pendingText(st.Pending),
	}
	if versioned {
		v.Asks = clean(string(st.Check.Version))
		if s.Has(versionPath(st.Check.Version)) {
			v.Version = versionLink(st.Check.Version)
		}
	}
	if st.Span.Recorded() {
		v.Class += " recorded"
		v.Answer += " †"
	}
	if _, ok := s.vague(st.Span); ok {
		v.Class += " vague"
		v.Answer = vagueMark + nbsp + v.Answer
	}
	if f := failureText(st.Unasked); f != "" {
		v.Now = "Not asked in the last round: " + f
	}
	if p := st.Pending; p != nil {
		v.Now = "Now: " + says(p.Outcome, versioned) + ", found " + plural(p.Rounds, "time") + " in a row, not confirmed yet"
		if f := failureText(p.Failure); f != "" {
			v.Now += " (" + f + ")"
		}
	}
	return v
}

// failureOf is the failure of a span: with its text where it has one, else the
// kind of its outcome alone.
func failureOf(sp deadyet.Span) deadyet.Failure {
	if sp.Failure.Kind == "" && sp.Outcome.Failure != "" {
		return deadyet.Failure{Kind: sp.Outcome.Failure}
	}
	return sp.Failure
}

// stageText is the stage that a yes reached, or at which the rest failed.
func stageText(sp deadyet.Span) string {
	if sp.Outcome.Answer == deadyet.AnswerYes {
		return sp.Outcome.Stage.String()
	}
	return sp.Failure.Stage.String()
}

func votesText(v deadyet.Votes) string {
	if v.Of == 0 {
		return ""
	}
	return strconv.Itoa(v.For) + " of " + strconv.Itoa(v.Of)
}

func controlsText(c deadyet.Controls) string {
	var parts []string
	for _, p := range []struct {
		name  string
		state deadyet.ControlState
	}{{"positive", c.Positive}, {"negative", c.Negative}} {
		if p.state != "" && p.state != deadyet.ControlUnasked {
			parts = append(parts, p.name+" "+clean(string(p.state)))
		}
	}
	return strings.Join(parts, ", ")
}

// notesOf says what a finding says beside its outcome.
func (s *Site) notesOf(st *deadyet.State) (out []string) {
	n := st.Span.Notes
	if f, ok := s.vague(st.Span); ok {
		out = append(out, vagueText(f)+".")
	}
	if n.IgnoresOffer {
		out = append(out, "Ignores the offer: it answers with versions that were not offered.")
	}
	for _, h := range n.Redirects {
		how := "not followed, because it is not listed"
		if h.Followed {
			how = "followed"
		}
		out = append(out, fmt.Sprintf("Redirected to %s (%s).", clean(h.To), how))
	}
	if n.Fingerprint != "" {
		out = append(out, "Says of itself: "+clean(n.Fingerprint))
	}
	if f := flapText(st.Flap); f != "" {
		out = append(out, f)
	}
	if !st.Due && !st.Asked.IsZero() {
		out = append(out, "Not asked any more.")
	}
	return out
}

// flapText says when a check was found otherwise now and then, and never for
// long enough to count as a change.
func flapText(f deadyet.Flap) string {
	if f.Runs == 0 {
		return ""
	}
	from, to := exactMoment(f.Since).Text, exactMoment(f.Until).Text
	if from == to {
		return "Found otherwise " + times(f.Runs) + " on " + from + ", too short to count."
	}
	return "Found otherwise " + times(f.Runs) + " between " + from + " and " + to + ", each time too short to count."
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return plural(n, "time")
}
