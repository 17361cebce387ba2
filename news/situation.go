package news

import (
	"slices"
	"strings"
	"time"

	"deadyet"
)

// Situation says in a few sentences how things stand at a moment: why the
// verdict is what it is, what happened last, and where the subject lives on. A
// person's text of the name "situation" takes its place until the day on which
// it ends.
func Situation(s deadyet.Subject, v deadyet.Verdict, lines []deadyet.Line, items []deadyet.Item, at time.Time) deadyet.Text {
	if t := s.Text("situation"); t.Body != "" && (t.Until.IsZero() || deadyet.DayOf(at).Before(t.Until)) {
		return t
	}
	return deadyet.Text{Name: "situation", Title: "The present situation", Body: English.situation(s, v, lines, items)}
}

func (l *Language) situation(s deadyet.Subject, v deadyet.Verdict, lines []deadyet.Line, items []deadyet.Item) string {
	sentences := []string{v.Reason}
	if text := l.latest(s, v, items); text != "" {
		sentences = append(sentences, text)
	}
	if text := l.livesOn(s, lines); text != "" {
		sentences = append(sentences, text)
	}
	return strings.Join(sentences, " ")
}

// latest tells the last two items about the fleet that the question means. When
// the verdict already says that all is gone, the one before the end is enough.
func (l *Language) latest(s deadyet.Subject, v deadyet.Verdict, items []deadyet.Item) string {
	var told []deadyet.Item
	for _, i := range inTime(items) {
		if i.Network == s.Network && weighty(i) && (v.Word != deadyet.WordYes || i.Kind != deadyet.ItemGone) {
			told = append(told, i)
		}
	}
	switch {
	case len(told) == 0:
		return ""
	case len(told) == 1 || v.Word == deadyet.WordYes:
		return l.say("last item", map[string]string{"day": l.day(told[0].At), "title": told[0].Title})
	}
	return l.say("last items", map[string]string{
		"day before": l.day(told[1].At), "title before": told[1].Title, "day": l.day(told[0].At), "title": told[0].Title,
	})
}

// inTime orders items by time alone, the latest first.
func inTime(items []deadyet.Item) []deadyet.Item {
	ordered := slices.Clone(items)
	slices.SortStableFunc(ordered, func(a, b deadyet.Item) int { return b.At.Compare(a.At) })
	return ordered
}

// weighty reports whether an item changes who can connect.
func weighty(i deadyet.Item) bool {
	switch i.Kind {
	case deadyet.ItemListed, deadyet.ItemRetired, deadyet.ItemRenumbered, deadyet.ItemNote:
		return false
	}
	return true
}

// livesOn names the other networks that take a version that counts.
func (l *Language) livesOn(s deadyet.Subject, lines []deadyet.Line) string {
	var networks []string
	for _, line := range lines {
		n, ok := s.NetworkByID(line.Network)
		taken := slices.DeleteFunc(slices.Clone(line.Versions), func(v deadyet.Version) bool { return !s.Counts(v) })
		if !ok || line.Network == s.Network || len(taken) == 0 {
			continue
		}
		networks = append(networks, l.say("one network", map[string]string{"network": n.Name, "versions": l.runs(s, taken)}))
	}
	if len(networks) == 0 {
		return ""
	}
	return l.say("lives on", map[string]string{"networks": l.and(networks)})
}
