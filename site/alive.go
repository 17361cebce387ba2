package site

import (
	"strings"

	"deadyet"
)

// aliveText says in plain small words what a network's own verdict is: "alive",
// "gone since 19 May 2017". It is "" where the verdict says nothing that the
// line does not say better.
func aliveText(v deadyet.Verdict) string {
	for _, r := range v.Reasons {
		if r.Kind == deadyet.ReasonRisen && v.Accepting > 0 {
			return "rose from the dead " + onWords(r.Since)
		}
	}
	switch v.Word {
	case deadyet.WordNo:
		return "alive"
	case deadyet.WordMostly:
		return mostlyText(v)
	case deadyet.WordYes:
		return goneText(v)
	case deadyet.WordYesBut:
		return downText(v)
	}
	return ""
}

// mostlyText: fewer take the reference than most people need, or nothing takes
// anything and the time until that is the end has not passed.
func mostlyText(v deadyet.Verdict) string {
	if v.Accepting == 0 && !v.LastYes.IsZero() {
		return "nothing taken since " + exactMoment(v.LastYes).Text
	}
	return "mostly gone"
}

func goneText(v deadyet.Verdict) string {
	switch {
	case v.LastYes.IsZero():
		return "never seen alive"
	case v.Since.IsZero():
		return "gone"
	}
	return "gone " + sinceDay(v.Since)
}

// downText names what everybody needs and is down.
func downText(v deadyet.Verdict) string {
	var names []string
	for _, r := range v.Reasons {
		if r.Kind == deadyet.ReasonDependency {
			for _, n := range r.Names {
				names = append(names, clean(n))
			}
		}
	}
	switch len(names) {
	case 0:
		return "alive, but nobody gets in"
	case 1:
		return "alive, but " + names[0] + " is down"
	}
	return "alive, but " + strings.Join(names, ", ") + " are down"
}

// onWords says when: "on 19 May 2017", "some time between …".
func onWords(i deadyet.Interval) string {
	w := inWords("", i)
	if w.Lead == "" && w.Known() {
		w.Lead = "on "
	}
	return w.Text()
}
