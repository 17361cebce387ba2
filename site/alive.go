package site

import (
	"deadyet"
)

// aliveText says in plain small words what a network's own verdict is: "alive",
// "gone since 19 May 2017". It is "" where the verdict says nothing that the
// line does not say better.
func (t tongue) aliveText(v deadyet.Verdict) string {
	for _, r := range v.Reasons {
		if r.Kind == deadyet.ReasonRisen && v.Accepting > 0 {
			return t.t("rose from the dead {when}", "when", t.inWords(asOn, r.Since).Text())
		}
	}
	switch v.Word {
	case deadyet.WordNo:
		return t.t("alive")
	case deadyet.WordMostly:
		return t.mostlyText(v)
	case deadyet.WordYes:
		return t.goneText(v)
	case deadyet.WordYesBut:
		return t.downText(v)
	}
	return ""
}

// mostlyText: fewer take the reference than most people need, or nothing takes
// anything and the time until that is the end has not passed.
func (t tongue) mostlyText(v deadyet.Verdict) string {
	if v.Accepting == 0 && !v.LastYes.IsZero() {
		return t.t("nothing taken since {when}", "when", t.Moment(v.LastYes))
	}
	return t.t("mostly gone")
}

func (t tongue) goneText(v deadyet.Verdict) string {
	switch {
	case v.LastYes.IsZero():
		return t.t("never seen alive")
	case v.Since.IsZero():
		return t.t("gone")
	}
	return t.t("gone {since}", "since", t.sinceDay(v.Since))
}

// downText names what everybody needs and is down.
func (t tongue) downText(v deadyet.Verdict) string {
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
		return t.t("alive, but nobody gets in")
	case 1:
		return t.t("alive, but {name} is down", "name", names[0])
	}
	return t.t("alive, but {names} are down", "names", t.and(names))
}
