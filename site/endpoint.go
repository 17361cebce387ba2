package site

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"deadyet"
	"deadyet/words"
)

// transcriptsShown is how many transcripts a page shows of one endpoint.
const transcriptsShown = 12

func (s *Site) endpointView(e deadyet.Endpoint, states []*deadyet.State) endpointView {
	v := endpointView{ID: endpointAnchor(e), Where: s.t("{transport}, port {port}", "transport", clean(string(e.Transport)), "port", strconv.Itoa(int(e.Port)))}
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
		v.Dropped = s.n(more, "{n} older transcript of this endpoint can be had as JSON.", "{n} older transcripts of this endpoint can be had as JSON.")
		kept = kept[more:]
	}
	for _, id := range kept {
		v.Transcripts = append(v.Transcripts, s.transcriptOf(v.ID, id, s.edition.Evidence[id]))
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
		Asks: s.t("is it open?"), Class: class(o, versioned), Answer: s.says(o, false),
		Stage: s.stageText(st.Span), Failure: s.failureText(failureOf(st.Span)),
		Since: s.inWords(asPlain, st.Span.Since), Asked: s.minute(st.Asked),
		Votes: s.votesText(st.Span.Votes), Controls: s.controlsText(st.Span.Notes.Controls),
		Notes: s.notesOf(st), Now: s.pendingText(st.Pending),
	}
	switch st.Check.Kind {
	case deadyet.KindIdentity:
		v.Asks = s.t("is it still the same?")
	case deadyet.KindName:
		v.Asks = s.t("where its name leads")
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
	if f := s.failureText(st.Unasked); f != "" {
		v.Now = s.t("Not asked in the last round: {why}", "why", f)
	}
	if p := st.Pending; p != nil {
		v.Now = s.n(p.Rounds, "Now: {answer}, found {n} time in a row, not confirmed yet", "Now: {answer}, found {n} times in a row, not confirmed yet", "answer", s.says(p.Outcome, versioned))
		if f := s.failureText(p.Failure); f != "" {
			v.Now = s.t("{text} ({why})", "text", v.Now, "why", f)
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
func (t tongue) stageText(sp deadyet.Span) string {
	if sp.Outcome.Answer == deadyet.AnswerYes {
		return t.stage(sp.Outcome.Stage)
	}
	return t.stage(sp.Failure.Stage)
}

func (t tongue) votesText(v deadyet.Votes) string {
	if v.Of == 0 {
		return ""
	}
	return t.t("{some} of {all}", "some", v.For, "all", v.Of)
}

// controlWords are what the controls of a round found.
var controlWords = map[deadyet.ControlState][2]words.Phrase{
	deadyet.ControlGood:   {words.Phrase("positive good"), words.Phrase("negative good")},
	deadyet.ControlFailed: {words.Phrase("positive failed"), words.Phrase("negative failed")},
}

func (t tongue) controlsText(c deadyet.Controls) string {
	var parts []string
	for n, state := range []deadyet.ControlState{c.Positive, c.Negative} {
		if w, ok := controlWords[state]; ok {
			parts = append(parts, t.t(string(w[n])))
		}
	}
	return strings.Join(parts, ", ")
}

// notesOf says what a finding says beside its outcome.
func (s *Site) notesOf(st *deadyet.State) (out []string) {
	n := st.Span.Notes
	if f, ok := s.vague(st.Span); ok {
		out = append(out, s.vagueText(f)+".")
	}
	if n.IgnoresOffer {
		out = append(out, s.t("Ignores the offer: it answers with versions that were not offered."))
	}
	for _, h := range n.Redirects {
		if h.Followed {
			out = append(out, s.t("Redirected to {host} (followed).", "host", clean(h.To)))
		} else {
			out = append(out, s.t("Redirected to {host} (not followed, because it is not listed).", "host", clean(h.To)))
		}
	}
	if n.Fingerprint != "" {
		out = append(out, s.t("Says of itself: {text}", "text", clean(string(n.Fingerprint))))
	}
	if f := s.flapText(st.Flap); f != "" {
		out = append(out, f)
	}
	if !st.Due && !st.Asked.IsZero() {
		out = append(out, s.t("Not asked any more."))
	}
	return out
}

// flapText says when a check was found otherwise now and then, and never for
// long enough to count as a change.
func (t tongue) flapText(f deadyet.Flap) string {
	if f.Runs == 0 {
		return ""
	}
	from, to := t.Moment(f.Since), t.Moment(f.Until)
	if from == to {
		return t.n(f.Runs, "Found otherwise once on {day}, too short to count.", "Found otherwise {n} times on {day}, too short to count.", "day", from)
	}
	return t.n(f.Runs, "Found otherwise once between {from} and {to}, too short to count.", "Found otherwise {n} times between {from} and {to}, each time too short to count.", "from", from, "to", to)
}
