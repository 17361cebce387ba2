package news

import (
	"strings"
	"time"

	"deadyet"
)

// write puts an item into words.
func (l *Language) write(s deadyet.Subject, i *deadyet.Item, at time.Time) {
	w := wording{l, s, *i, s.Name, at}
	if n, ok := s.NetworkByID(i.Network); ok {
		w.network = n.Name
	}
	i.Title = w.title()
	if i.Network != s.Network && i.Network != "" {
		i.Title = w.network + ": " + i.Title
	}
	i.Body = strings.Join(w.sentences(), " ")
}

// wording is an item while it is put into words.
type wording struct {
	*Language
	subject deadyet.Subject
	item    deadyet.Item
	network string
	at      time.Time // of the telling
}

func (w wording) count() (n, back int) {
	for _, p := range w.item.Parts {
		n, back = n+p.Count, back+p.Back
	}
	return n, back
}

// lasted is how long it took until all was back to normal, from the middle of
// when it began to the middle of when it ended. known is false when both are
// known so badly that no length can be told.
func (w wording) lasted() (d time.Duration, known bool) {
	from, to := w.item.When, w.item.Until
	if to.IsZero() {
		return 0, false
	}
	if from.IsZero() {
		from = deadyet.At(w.item.At)
	}
	if w.item.Kind == deadyet.ItemGone {
		from.From, from.To = from.From.Add(-w.subject.Rule.After), from.To.Add(-w.subject.Rule.After) // gone before anybody could say so
	}
	d = middle(to).Sub(middle(from))
	return d, to.To.Sub(to.From)+from.To.Sub(from.From) < 3*d
}

// vague reports whether nobody looked for days when it ended.
func vague(until deadyet.Interval) bool { return until.To.Sub(until.From) > 48*time.Hour }

func middle(i deadyet.Interval) time.Time { return i.From.Add(i.To.Sub(i.From) / 2) }

// span says how long it lasted.
func (w wording) span() string {
	d, known := w.lasted()
	switch until := w.item.Until; {
	case !known:
		return w.say("a while", nil)
	case vague(until) && until.To.Sub(until.From) > d/2:
		half := until.To.Sub(until.From) / 2
		return w.say("between", map[string]string{"least": w.length(d - half), "most": w.length(d + half)})
	}
	return w.length(d)
}

func (w wording) fill() map[string]string {
	i := w.item
	fill := map[string]string{
		"who":      w.who(i.Parts, w.network),
		"ports":    w.Language.ports(w.subject, i.Ports),
		"versions": w.Language.versions(i.Versions, i.Still.Versions, w.subject),
		"length":   w.span(), "until": w.day(i.Until.From), "latest": w.day(i.Until.To.Add(-1)),
		"to": string(i.To), "name": i.Name, "clients": w.and(i.Clients), "by": i.Name, "network": w.network,
	}
	if i.Kind == deadyet.ItemListed || i.Kind == deadyet.ItemRetired {
		fill["who"] = w.total(i.Parts, w.network)
	}
	fill["any ports"] = w.anyPorts(w.subject, i.Ports)
	fill["any versions"] = w.anyVersions(i.Versions, i.Still.Versions, w.subject)
	if len(i.Parts) > 0 {
		fill["from"] = string(i.Parts[0].Region)
	}
	return fill
}

func (w wording) title() string {
	n, _ := w.count()
	k, over := w.item.Kind, !w.item.Until.IsZero()
	nobody := w.nobody() && !over
	phrase := string(k)
	if k == deadyet.ItemRenumbered && len(w.item.Changes) > 0 {
		phrase += " name"
	}
	if k == deadyet.ItemVersionRejected && w.silent() && !nobody {
		phrase += " silent"
	}
	if k == deadyet.ItemGone && len(w.item.Still.Ports) > 0 {
		phrase += " open" // of a network that answers to the last nobody may say that its servers are gone
	}
	switch {
	case w.item.Final:
		phrase += " final"
	case over && k != deadyet.ItemClientBlock:
		phrase += " back"
	case nobody:
		phrase += " nobody"
	}
	return w.say(w.formOf(phrase, n == 1), w.fill())
}

// silent reports whether nobody said no: only that proves that a version was
// switched off.
func (w wording) silent() bool {
	silent := false
	for _, c := range w.item.Changes {
		if c.To.Answer == deadyet.AnswerNo {
			return false
		}
		silent = silent || c.To.Answer == deadyet.AnswerSilent
	}
	return silent
}

// nobody reports whether the item took away the last of something, in a fleet
// of more than a few servers.
func (w wording) nobody() bool {
	n, _ := w.count()
	return w.item.Still.Nobody && n > 2 && (w.item.Kind == deadyet.ItemPortClosed || w.item.Kind == deadyet.ItemVersionRejected)
}

func (w wording) sentences() (out []string) {
	add := func(s string) {
		if s != "" {
			out = append(out, s)
		}
	}
	switch w.item.Kind {
	case deadyet.ItemPortClosed:
		add(w.lastOfAll("last to close"))
		add(w.lastMain())
		add(w.stillPorts())
		add(w.usedPorts())
	case deadyet.ItemVersionRejected:
		if w.silent() {
			add(w.lastOfAll("last to fall silent"))
		} else {
			add(w.lastOfAll("last to refuse"))
		}
		add(w.stillVersions())
		add(w.usedVersions())
	case deadyet.ItemOutage:
		add(w.others())
		add(w.still())
	case deadyet.ItemGone, deadyet.ItemResurrected:
		add(w.Why(w.subject, w.item.Verdict))
	case deadyet.ItemMoved, deadyet.ItemRenumbered:
		if len(w.item.Changes) > 0 {
			add(w.led())
			break
		}
		add(w.arrived())
	case deadyet.ItemListed, deadyet.ItemRetired:
		add(w.mains())
	case deadyet.ItemDependencyDown:
		add(w.say("dependency how", w.fill()))
	case deadyet.ItemRepurposed:
		if w.item.Until.IsZero() {
			add(w.say("repurposed how", nil))
		}
	case deadyet.ItemClientBlock:
		add(w.factTexts())
		add(w.say("block how", w.fill()))
	}
	add(w.asides())
	add(w.backAgain())
	return out
}

func (w wording) lastOfAll(phrase string) string {
	if !w.nobody() {
		return ""
	}
	return w.say(phrase, w.fill())
}

// lastMain: the last front doors with a port open have closed it.
func (w wording) lastMain() string {
	main := false
	for _, p := range w.item.Parts {
		main = main || p.Role == deadyet.RoleMain
	}
	if r := w.item.Still.Roles; !main || len(r) != 1 || r[0] != deadyet.RoleInternal {
		return ""
	}
	if len(w.item.Ports) > 1 {
		return w.say("last main ports", nil)
	}
	return w.say("last main", nil)
}

func (w wording) stillPorts() string {
	phrase := "still ports"
	switch ps := w.item.Still.Ports; len(ps) {
	case 0:
		return ""
	case 1:
	default:
		phrase += " many"
	}
	return w.say(phrase, map[string]string{"still": w.ways(w.subject, w.item.Still.Ports)})
}

func (w wording) stillVersions() string {
	vs := w.item.Still.Versions
	text := map[string]string{"still": w.runs(w.subject, vs)}
	switch len(vs) {
	case 0:
		n, _ := w.count()
		return w.say(w.formOf("no versions", n == 1), nil)
	case 1:
		return w.say("still versions", text)
	}
	return w.say("still versions many", text)
}

func (w wording) usedPorts() string {
	var out []string
	for _, p := range w.item.Ports {
		if used := w.subject.Port(p).Used; used != "" {
			out = append(out, w.say("used port", map[string]string{"port": itoa(int(p)), "used": used}))
		}
	}
	return strings.Join(out, " ")
}

func (w wording) usedVersions() string {
	var out []string
	for _, i := range w.subject.Versions {
		for _, v := range w.item.Versions {
			if i.Version == v && i.Used != "" {
				out = append(out, w.say("used version", map[string]string{"version": string(v), "used": i.Used}))
			}
		}
	}
	return strings.Join(out, " ")
}

// others says how many servers still answer.
func (w wording) others() string {
	n := w.item.Still.Others
	switch {
	case n == 0 || !w.item.Until.IsZero():
		return ""
	case n == 1 && !w.item.Final:
		return w.say("other", nil)
	}
	phrase := "others count"
	if n == 1 {
		phrase = "other count"
	}
	others := w.say(phrase, map[string]string{"n": w.number(n)})
	if w.item.Still.About {
		others = w.say("about", map[string]string{"n": others})
	}
	if w.item.Final {
		return w.say("others then", map[string]string{"others": others})
	}
	return w.say("others", map[string]string{"others": others})
}

// mains says how many of those that came or went are front doors.
func (w wording) mains() string {
	main := 0
	all, _ := w.count()
	for _, p := range w.item.Parts {
		if p.Role == deadyet.RoleMain {
			main += p.Count
		}
	}
	switch {
	case main == 0 || main == all:
		return ""
	case main == 1:
		return w.say("one main", nil)
	}
	return w.say("mains", map[string]string{"n": w.number(main)})
}

func (w wording) arrived() string {
	n, _ := w.count()
	s := w.say(w.formOf("arrived", w.item.Arrived == 1), map[string]string{"n": w.number(w.item.Arrived), "m": w.number(n)})
	if w.item.Inferred {
		s += " " + w.say("inferred", nil)
	}
	return s
}

func (w wording) facts() (facts []deadyet.Fact) {
	for _, f := range w.subject.Record {
		for _, id := range w.item.Facts {
			if f.ID == id {
				facts = append(facts, f)
			}
		}
	}
	return facts
}

func (w wording) factTexts() string {
	var out []string
	for _, f := range w.facts() {
		out = append(out, f.Text)
	}
	return strings.Join(out, " ")
}

func (w wording) asides() string {
	var out []string
	for _, f := range w.facts() {
		if f.Aside != "" {
			out = append(out, f.Aside)
		}
		if f.Later.Text != "" && !w.at.Before(f.Later.From.Start()) {
			out = append(out, f.Later.Text)
		}
	}
	return strings.Join(out, " ")
}

func (w wording) backAgain() string {
	n, back := w.count()
	switch {
	case w.item.Final:
		return w.say(w.formOf("never back", n == 1), nil)
	case !w.item.Until.IsZero():
		phrase := "back"
		if w.item.Kind == deadyet.ItemGone {
			phrase = "risen"
		}
		if w.item.Partly {
			phrase = "back partly"
		}
		if vague(w.item.Until) {
			phrase += " within"
		}
		return w.say(phrase, w.fill())
	case back == 1 && n > 1:
		return w.say("one back", nil)
	case back > 0:
		return w.say("some back", map[string]string{"some": w.number(back)})
	}
	return ""
}
