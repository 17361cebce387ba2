package config

import (
	"net/mail"
	"strings"

	"deadyet/probe"
)

// pace reads how many connections a second may be made, over the defaults. 0 is
// any number.
func (v value) pace(p probe.Pace) probe.Pace {
	f := v.fields("all", "address", "neighbours")
	for key, at := range map[string]*float64{
		"all": &p.All.PerSecond, "address": &p.Address.PerSecond, "neighbours": &p.Neighbours.PerSecond,
	} {
		*at = float64(f[key].numberOr(int(*at), 0, 1_000_000))
	}
	return p
}

// contact reads how to reach somebody: an address of mail, with or without
// mailto:, or a link.
func (v value) contact() string {
	s := v.text()
	if s == "" || strings.HasPrefix(s, "https://") {
		return v.link()
	}
	a, err := mail.ParseAddress(strings.TrimPrefix(s, "mailto:"))
	if err != nil || a.Name != "" {
		v.wrong("%q: want an address like mailto:you@example.org, or a link that begins with https://", s)
		return ""
	}
	return "mailto:" + a.Address
}
