package site

import (
	"math"
	"strconv"
	"strings"

	"deadyet"
)

// sure says in a few sentences how much a round can be believed.
func (t tongue) sure(r deadyet.RoundSummary) string {
	says := []string{t.t("How sure is round {round}?", "round", strconv.FormatInt(int64(r.Number), 10)), t.lossText(r.Loss)}
	if n := r.Counts[deadyet.AnswerUnasked]; n > 0 {
		says = append(says, t.n(n, "{n} check could not be asked, and says nothing.", "{n} checks could not be asked, and say nothing."))
	}
	if !r.Canary.Good {
		says = append(says, t.t("Our own line was down, so silence says nothing either."))
	}
	return strings.Join(says, " ")
}

func (t tongue) lossText(l deadyet.Loss) string {
	fill := []any{"sent", t.Number(l.Sent), "again", t.Number(l.Resent), "share", t.shareText(l)}
	switch {
	case l.Sent == 0:
		return t.t("How much was lost on the way is not known.")
	case l.Bad:
		return t.t("Not at all: of its {sent} packets {again} had to be sent again ({share}). What it saw is kept, and nothing is concluded from it.", fill...)
	case l.Resent == 0:
		return t.t("None of its {sent} packets had to be sent again.", "sent", t.Number(l.Sent))
	}
	return t.t("Of its {sent} packets {again} had to be sent again ({share}), which makes no answer wrong: what gets lost is asked again.", fill...)
}

// shareText writes a share of packets: "less than 1\u00a0%", "31 %".
func (t tongue) shareText(l deadyet.Loss) string {
	if p := int(math.Round(100 * l.Share())); p > 0 || l.Resent == 0 {
		return t.t("{n}\u00a0%", "n", t.Number(p))
	}
	return t.t("less than 1\u00a0%")
}
