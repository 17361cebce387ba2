package web

import (
	"errors"
	"strings"
	"time"

	"deadyet"
	"deadyet/site"
)

// form leads from what a visitor wrote into a form to the address that says it:
// /at/?day=2015-03-05 to /at/2015-03-05/, /diff/?from=…&to=… to /diff/…/…. Nil
// means that nothing was written.
func (t *trip) form(head string) error {
	q := t.visit.URL.Query()
	first, second := q.Get("day"), ""
	if head == "diff" {
		first, second = q.Get("from"), q.Get("to")
	}
	if strings.TrimSpace(first) == "" {
		return nil
	}
	a, err := t.written(first)
	if err != nil {
		return err
	}
	switch {
	case head == "diff":
		b := today
		if strings.TrimSpace(second) != "" {
			if b, err = t.written(second); err != nil {
				return err
			}
		}
		return &stray{to: site.DiffPrefix + a + "/" + b}
	case a == today:
		return &stray{to: "/"}
	}
	return &stray{to: site.AtPrefix + a + "/"}
}

// written is the name of a moment that somebody wrote by hand.
func (t *trip) written(text string) (string, error) {
	name := strings.TrimSpace(text)
	for _, form := range handForms {
		if at, err := time.Parse(form, name); err == nil {
			name = deadyet.DayOf(at).String()
			break
		}
	}
	if strings.EqualFold(name, today) {
		return today, nil
	}
	_, err := t.moment(name)
	if lost := (*stray)(nil); errors.As(err, &lost) && !lost.Told() {
		return today, nil
	}
	return name, err
}

// handForms are how people write a day where a browser has no calendar to offer.
// What means one day here and another there, like 3/5/2015, is none of them.
var handForms = []string{"2006-1-2", "2006/1/2", "2.1.2006", "2. 1. 2006", "2 January 2006", "January 2, 2006", "2 Jan 2006", "Jan 2, 2006"}
