package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"deadyet"
	"deadyet/msnp"
	"deadyet/sim"
)

// past is the timeline with a clock that is set by hand.
type past struct {
	line *timeline
	at   time.Time
	step time.Duration
}

// command carries out the commands that a past has more. p may be nil.
func (p *past) command(words []string, out io.Writer, fleet *sim.Fleet) (done bool, err error) {
	switch {
	case p == nil:
		return false, nil
	case len(words) == 1 && words[0] == "step":
		return true, p.move(fleet, p.at.Add(p.step), out)
	case len(words) == 2 && words[0] == "at":
		to, err := parseMoment(words[1])
		if err != nil {
			return true, err
		}
		return true, p.move(fleet, to, out)
	}
	return false, nil
}

func (p *past) begin(fleet *sim.Fleet, out io.Writer) error {
	if err := fleet.Play(p.line.scene(p.at)); err != nil {
		return err
	}
	return p.say(out)
}

// move plays another moment and prints what is different there.
func (p *past) move(fleet *sim.Fleet, to time.Time, out io.Writer) error {
	if err := fleet.Play(p.line.scene(to)); err != nil {
		return err
	}
	lines := p.line.difference(p.at, to)
	p.at = to
	for _, l := range lines {
		if _, err := fmt.Fprintln(out, "SIMULATED: "+l); err != nil {
			return err
		}
	}
	return p.say(out)
}

func (p *past) say(out io.Writer) error {
	_, err := fmt.Fprintf(out, "SIMULATED: it is %s: %s\n", p.at.Format("2 January 2006, 15:04:05 UTC"), p.line.summary(p.at))
	return err
}

// parseMoment reads a day, which means its end, or a moment.
func parseMoment(s string) (time.Time, error) {
	if d, err := deadyet.ParseDay(s); err == nil {
		return d.End().Add(-time.Second), nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC(), nil
		}
	}
	return time.Time{}, fmt.Errorf("%q: want a day like 2015-02-26, or a moment like 2015-02-26T03:00", s)
}

// difference says what is different at b from a: each change once, with those
// to whom it happens.
func (t *timeline) difference(a, b time.Time) []string {
	before, after := t.scene(a), t.scene(b)
	var order []string
	hosts := make(map[string][]string)
	for i := range t.spots {
		s := &t.spots[i]
		was, is := look(before, s.logical), look(after, s.logical)
		if was == is {
			continue
		}
		l, _ := s.server.ListingOn(deadyet.DayOf(b))
		if l.Role == "" {
			l = s.server.LastListing()
		}
		key := strings.TrimSpace(fmt.Sprintf("%s %s", l.Region, l.Role)) + fmt.Sprintf(", %s: %s, before: %s", s.where, is, was)
		if _, known := hosts[key]; !known {
			order = append(order, key)
		}
		hosts[key] = append(hosts[key], s.server.Address)
	}
	slices.Sort(order)
	for i, key := range order {
		order[i] = key + " (" + someOf(hosts[key]) + ")"
	}
	return order
}

// look says how a port looks in a scene.
func look(s sim.Scene, logical string) string {
	l, ok := s[logical]
	switch {
	case !ok || l.State == sim.StateGone:
		return "gone"
	case l.State == sim.StateClosed:
		return "closed"
	case len(l.Versions) == 0:
		return "open"
	}
	return "takes MSNP" + runs(l.Versions)
}

// runs writes versions as short as can be: "8, 11–12, 18".
func runs(vs []msnp.Version) string {
	var parts []string
	for i, next := 0, 0; i < len(vs); i = next {
		for next = i + 1; next < len(vs) && vs[next] == vs[next-1]+1; next++ {
		}
		part := strconv.Itoa(int(vs[i]))
		if next > i+1 {
			part += "–" + strconv.Itoa(int(vs[next-1]))
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

// summary counts the ports of a moment.
func (t *timeline) summary(at time.Time) string {
	scene := t.scene(at)
	n := make(map[sim.State]int)
	for i := range t.spots {
		if l, ok := scene[t.spots[i].logical]; ok {
			n[l.State]++
		}
	}
	return fmt.Sprintf("%d ports are open, %d refuse, %d are gone", n[sim.StateOpen], n[sim.StateClosed], len(t.spots)-n[sim.StateOpen]-n[sim.StateClosed])
}
