package news

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"deadyet"
)

func itoa(n int) string { return strconv.Itoa(n) }

// say fills a phrase of the table. A key of the form {Word} is filled with a
// capital letter. A phrase that the table lacks shows its name: a test looks.
func (l *Language) say(phrase string, fill map[string]string) string {
	s, ok := l.Phrases[phrase]
	if !ok {
		return "[" + phrase + "]"
	}
	for key, text := range fill {
		s = strings.ReplaceAll(s, "{"+key+"}", text)
		s = strings.ReplaceAll(s, "{"+upper(key)+"}", upper(text))
	}
	return s
}

// form is the phrase in its form for something, where the table has one.
func (l *Language) form(phrase, of string) string {
	if _, ok := l.Phrases[phrase+" "+of]; ok {
		return phrase + " " + of
	}
	return phrase
}

// formOf is the form for one thing or for several.
func (l *Language) formOf(phrase string, one bool) string {
	if one {
		return l.form(phrase, "one")
	}
	return phrase
}

// upper gives s a capital letter; the name of a host is written as it is.
func upper(s string) string {
	if first, _, _ := strings.Cut(s, " "); strings.Contains(first, ".") {
		return s
	}
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// and joins a list as people do.
func (l *Language) and(parts []string) string { return list(parts, l.And) }

func (l *Language) or(parts []string) string { return list(parts, l.Or) }

func list(parts []string, last string) string {
	if n := len(parts); n > 1 {
		return strings.Join(parts[:n-1], ", ") + last + parts[n-1]
	}
	return strings.Join(parts, "")
}

// number writes small numbers in words.
func (l *Language) number(n int) string {
	if n >= 0 && n < len(l.Numbers) {
		return l.Numbers[n]
	}
	return itoa(n)
}

// length says how long something took, in the largest unit that fits.
func (l *Language) length(d time.Duration) string {
	units := []struct {
		d         time.Duration
		one, many string
	}{{365 * 24 * time.Hour, "year", "years"}, {24 * time.Hour, "day long", "days long"}, {time.Hour, "hour", "hours"}, {time.Minute, "minute", "minutes"}}
	for _, u := range units {
		if n := int((d + u.d/2) / u.d); d >= u.d && n == 1 {
			return l.say(u.one, nil)
		} else if d >= u.d {
			return l.say(u.many, map[string]string{"n": l.number(n)})
		}
	}
	return l.say("no time", nil)
}

// day writes a day.
func (l *Language) day(t time.Time) string {
	t = t.UTC()
	return l.say("day", map[string]string{"d": itoa(t.Day()), "month": l.Months[t.Month()-1], "y": itoa(t.Year())})
}

// moment writes a moment to the minute.
func (l *Language) moment(t time.Time) string {
	return l.say("moment", map[string]string{"day": l.day(t), "clock": t.UTC().Format("15:04")})
}

// share says how many of a part's servers it was, and whether several parts
// can share the word: a number is a part's own.
func (l *Language) share(p deadyet.Part) (text string, shared bool) {
	switch {
	case p.All() && p.Of > 2:
		return l.say("all", map[string]string{"n": itoa(p.Of)}), false
	case p.Of <= 4 || p.All():
		return l.number(p.Count), false
	case p.Count*10 >= p.Of*9:
		return l.say("almost all", nil), true
	case p.Count*2 > p.Of:
		return l.say("most", nil), true
	case p.Count*4 >= p.Of:
		return l.say("many", nil), true
	}
	return l.number(p.Count), false
}

// crowd is servers of which one phrase can speak.
type crowd struct {
	share   string
	role    deadyet.Role
	regions []string
	count   int
	one     bool
}

// who names the servers of the parts: those of one share and role together, the
// larger number first, and the role once where all have it.
func (l *Language) who(parts []deadyet.Part, network string) string {
	var crowds []crowd
	for _, p := range parts {
		share, shared := l.share(p)
		if p.All() && p.Of < p.Listed && p.Of > 2 {
			share = l.number(p.Of) // all that was left, and not all there are
			if p.About {
				share = l.say("about", map[string]string{"n": share})
			}
		}
		i := slices.IndexFunc(crowds, func(c crowd) bool { return shared && c.share == share && c.role == p.Role })
		if i < 0 {
			i = len(crowds)
			crowds = append(crowds, crowd{share: share, role: p.Role, one: p.Count == 1})
		}
		crowds[i].regions = append(crowds[i].regions, string(p.Region))
		crowds[i].count += p.Count
	}
	slices.SortStableFunc(crowds, func(a, b crowd) int { return cmp.Compare(b.count, a.count) })
	var out []string
	for i, c := range crowds {
		if i > 0 && c.role == crowds[0].role && c.regions[0] != "" && c.role != deadyet.RoleEntry && !l.Repeats {
			c.role = ""
		}
		out = append(out, l.servers(c, network))
	}
	return l.and(out)
}

func (l *Language) servers(c crowd, network string) string {
	phrase := "servers"
	if c.one {
		phrase = "server"
	}
	if c.role == deadyet.RoleEntry {
		phrase = "entry " + phrase
	} else if len(c.regions) == 1 && c.regions[0] == "" {
		phrase = map[bool]string{true: "of network", false: "of network many"}[c.one]
	}
	var regions []string
	for i, r := range c.regions {
		regions = append(regions, r)
		if i < len(c.regions)-1 {
			regions[i] = l.say("region", map[string]string{"region": r})
		}
	}
	return l.say(l.form(phrase, string(c.role)), map[string]string{"n": c.share, "role": l.say(string(c.role), nil), "region": l.and(regions), "network": network})
}

// total names all servers of the parts by number and region.
func (l *Language) total(parts []deadyet.Part, network string) string {
	c := crowd{}
	for _, p := range parts {
		c.count += p.Count
		if len(c.regions) == 0 || c.regions[len(c.regions)-1] != string(p.Region) {
			c.regions = append(c.regions, string(p.Region))
		}
	}
	c.share, c.one = l.number(c.count), c.count == 1
	return l.servers(c, network)
}

// ports names ports with what they are for: "port 80 (HTTP)".
func (l *Language) ports(s deadyet.Subject, ps []uint16) string {
	phrase := "port"
	if len(ps) > 1 {
		phrase = "ports"
	}
	return l.say(phrase, map[string]string{"ports": l.and(l.portNames(s, ps))})
}

// anyPorts names ports of which one would do: "port 80 (HTTP) or 1863".
func (l *Language) anyPorts(s deadyet.Subject, ps []uint16) string {
	return l.say("port", map[string]string{"ports": l.or(l.portNames(s, ps))})
}

func (l *Language) portNames(s deadyet.Subject, ps []uint16) (names []string) {
	for _, p := range ps {
		text := itoa(int(p))
		if name := s.Port(p).Name; name != "" {
			text += " (" + name + ")"
		}
		names = append(names, text)
	}
	return names
}

// way names a port as a way in: "HTTPS (port 443)", "port 1863".
func (l *Language) way(name string, port string) string {
	if name == "" {
		return l.say("port", map[string]string{"ports": port})
	}
	return l.say("way", map[string]string{"name": name, "port": port})
}

func (l *Language) ways(s deadyet.Subject, ps []uint16) string {
	var parts []string
	for _, p := range ps {
		parts = append(parts, l.way(s.Port(p).Name, itoa(int(p))))
	}
	return l.and(parts)
}

// versions names versions: "MSNP18 and everything older" where nothing older
// is left.
func (l *Language) versions(vs, left []deadyet.Version, s deadyet.Subject) string {
	if text, ok := l.older("and older", vs, left, s); ok {
		return text
	}
	return l.and(texts(vs))
}

// anyVersions names versions of which one would do: "MSNP18 or anything older".
func (l *Language) anyVersions(vs, left []deadyet.Version, s deadyet.Subject) string {
	if text, ok := l.older("or older", vs, left, s); ok {
		return text
	}
	return l.or(texts(vs))
}

func (l *Language) older(phrase string, vs, left []deadyet.Version, s deadyet.Subject) (text string, ok bool) {
	if len(vs) <= 2 || !oldest(s, vs, left) {
		return "", false
	}
	return l.say(phrase, map[string]string{"version": string(vs[len(vs)-1])}), true
}

func texts(vs []deadyet.Version) (out []string) {
	for _, v := range vs {
		out = append(out, string(v))
	}
	return out
}

// runs names versions in as few words as can be: "MSNP14 to MSNP16 and MSNP18".
func (l *Language) runs(s deadyet.Subject, vs []deadyet.Version) string {
	var parts []string
	for i, next := 0, 0; i < len(vs); i = next {
		next = i + 1
		for next < len(vs) && follows(s, vs[next-1], vs[next]) {
			next++
		}
		if next > i+2 {
			parts = append(parts, l.say("run", map[string]string{"first": string(vs[i]), "last": string(vs[next-1])}))
			continue
		}
		parts = append(parts, texts(vs[i:next])...)
	}
	return l.and(parts)
}

// follows reports whether b is the next version after a.
func follows(s deadyet.Subject, a, b deadyet.Version) bool {
	i := slices.IndexFunc(s.Versions, func(i deadyet.VersionInfo) bool { return i.Version == a })
	return i >= 0 && i+1 < len(s.Versions) && s.Versions[i+1].Version == b
}

// oldest reports whether none of left is older than the newest of vs.
func oldest(s deadyet.Subject, vs, left []deadyet.Version) bool {
	if len(left) == 0 {
		return true
	}
	both := inOrder(s, []deadyet.Version{vs[len(vs)-1], left[0]})
	return both[1] == left[0]
}
