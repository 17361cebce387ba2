package site

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"deadyet"
)

// probingPath is where whoever is asked finds out who asks (RFC 9511).
const probingPath = "/.well-known/probing.txt"

// probingFor is how long the description may be relied on.
const probingFor = 30 * 24 * time.Hour

// addProbing adds the description of our probes, if there is somebody who can
// be reached: the format asks for that. A simulated site asks nobody.
func (s *Site) addProbing() {
	sub := s.edition.Subject
	if sub.Contact == "" || sub.Simulated {
		return
	}
	s.addFile(Page{Path: probingPath, Type: typeText, Body: []byte(s.probing())})
}

func (s *Site) probing() string {
	sub := s.edition.Subject
	var b strings.Builder
	line := func(name, value string) { fmt.Fprintf(&b, "%s: %s\n", name, clean(value)) }
	if u, err := url.Parse(sub.Public); err == nil && u.Host != "" {
		line("Canonical", "https://"+u.Host+probingPath)
	}
	line("Contact", sub.Contact)
	line("Expires", deadyet.DayOf(s.edition.At).Start().Add(probingFor).Format(time.RFC3339))
	line("Preferred-Languages", "en")
	b.WriteString("Description: " + s.probes() + "\n") // as long as it is: its names are clean
	return b.String()
}

// probes says in one line what is asked, how often, and how to be left alone.
func (s *Site) probes() string {
	var asked []string
	for _, n := range s.edition.Subject.Networks {
		if n.Dialled() {
			asked = append(asked, fmt.Sprintf("%s (%s, at most %d connections a day to a host)", clean(n.Name), english().every(n.Interval), n.ConnectionsPerDay))
		}
	}
	whom := "nobody"
	if s.edition.Live && len(asked) > 0 {
		whom = strings.Join(asked, ", ")
	}
	return "deadyet asks listed servers which protocol versions they accept, and nothing else. Asked: " + whom +
		". To be left out, write to the contact; hosts that opted out are never connected to."
}
