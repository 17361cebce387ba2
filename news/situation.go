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
	return English.present(s, v, lines, items)
}

// present says how things stand without a person.
func (l *Language) present(s deadyet.Subject, v deadyet.Verdict, lines []deadyet.Line, items []deadyet.Item) deadyet.Text {
	t := deadyet.Text{Name: "situation", Title: l.say("situation", nil), Body: l.situation(s, v, lines, items)}
	if l.Tag != deadyet.English {
		t.Language = l.Tag
	}
	return t
}

func (l *Language) situation(s deadyet.Subject, v deadyet.Verdict, lines []deadyet.Line, items []deadyet.Item) string {
	sentences := []string{l.Why(s, v)}
	if text := l.latest(s, v, items); text != "" {
		sentences = append(sentences, text)
	}
	if text := l.livesOn(s, lines); text != "" {
		sentences = append(sentences, text)
	}
	return strings.Join(sentences, " ")
}

// latest tells the last two items about the fleet that the question means, or
// the last alone where the one before is of another year. When the verdict
// already says that all is gone, the one before the end is enough.
func (l *Language) latest(s deadyet.Subject, v deadyet.Verdict, items []deadyet.Item) string {
	var told []deadyet.Item
	for _, i := range inTime(items) {
		if i.Network == s.Network && weighty(i) && !saidAlready(v, i) {
			told = append(told, i)
		}
	}
	switch {
	case len(told) == 0:
		return ""
	case len(told) == 1 || v.Word == deadyet.WordYes || told[0].At.Sub(told[1].At) > year:
		return l.dated(told[0])
	case told[0].At.Equal(told[1].At) && l.lead(told[0]) == l.lead(told[1]):
		return l.say("two of a day", map[string]string{"lead": l.lead(told[0]), "day": l.day(told[0].At),
			"title": l.inside(told[1].Title), "other": l.inside(told[0].Title), "headline": told[1].Title, "other headline": told[0].Title,
		})
	case l.dated(told[0]) == l.dated(told[1]):
		return l.dated(told[0])
	}
	return l.dated(told[1]) + " " + l.dated(told[0])
}

// saidAlready reports whether the verdict's reason tells of it: of an end while
// it lasts, and of a resurrection since.
func saidAlready(v deadyet.Verdict, i deadyet.Item) bool {
	switch i.Kind {
	case deadyet.ItemGone:
		return v.Word == deadyet.WordYes || !i.Until.IsZero()
	case deadyet.ItemResurrected:
		return slices.ContainsFunc(v.Reasons, func(r deadyet.Reason) bool { return r.Kind == deadyet.ReasonRisen })
	}
	return false
}

const year = 365 * 24 * time.Hour

// dated tells an item in one sentence that begins with its day.
func (l *Language) dated(i deadyet.Item) string {
	if i.Recorded() && i.When.To.Sub(i.When.From) > 48*time.Hour {
		phrase := "dated between"
		if !i.Until.IsZero() {
			phrase = "dated within"
		}
		return l.say(phrase, map[string]string{"title": l.inside(i.Title), "headline": i.Title, "from": l.day(i.When.From), "to": l.day(i.When.To.Add(-1))})
	}
	return l.say("dated", map[string]string{"lead": l.lead(i), "day": l.day(i.At), "title": l.inside(i.Title), "headline": i.Title})
}

// lead begins the sentence: what goes on goes on since a day, what is over was
// so from a day on, and everything else happened on it.
func (l *Language) lead(i deadyet.Item) string {
	switch i.Kind {
	case deadyet.ItemVersionRejected, deadyet.ItemOutage, deadyet.ItemDependencyDown, deadyet.ItemClientBlock,
		deadyet.ItemRepurposed, deadyet.ItemPortClosed:
		switch {
		case i.Final:
		case !i.Until.IsZero():
			return l.say("from", nil)
		case i.Kind != deadyet.ItemPortClosed || i.Still.Nobody:
			return l.say("since", nil)
		}
	}
	return l.say("on", nil)
}

// inside makes a headline a part of a sentence: names keep their capital.
func (l *Language) inside(title string) string {
	first, _, _ := strings.Cut(title, " ")
	small := strings.ToLower(first)
	if slices.Contains(l.Numbers, small) || slices.Contains(l.Inside, small) {
		return small + title[len(first):]
	}
	return title
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
