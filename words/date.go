package words

import (
	"strconv"
	"time"
)

// months are looked up like any sentence, the short ones in a context of their
// own: "May" is both.
var months = [...]Phrase{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}

// Day writes the day of t in UTC: "5 March 2015".
func (c *Catalogue) Day(t time.Time) string {
	year, month, day := t.UTC().Date()
	return c.Say("{day} {month} {year}", "day", strconv.Itoa(day), "month", c.Month(month), "year", strconv.Itoa(year))
}

// Moment writes t to the minute of UTC: "5 March 2015, 14:05 UTC".
func (c *Catalogue) Moment(t time.Time) string {
	return c.Say("{day}, {time}", "day", c.Day(t), "time", c.Clock(t))
}

// Clock writes the time of the day: "14:05 UTC".
func (c *Catalogue) Clock(t time.Time) string {
	return c.Say("{clock} UTC", "clock", t.UTC().Format("15:04"))
}

// Month is the name of a month.
func (c *Catalogue) Month(m time.Month) string { return c.Say(string(months[m-1])) }

// MonthOf writes a month where there is no room for more: "Mar 2015".
func (c *Catalogue) MonthOf(t time.Time) string {
	year, month, _ := t.UTC().Date()
	name := c.SayOf("short", string(months[month-1][:3]))
	return c.SayOf("short", "{month} {year}", "month", name, "year", strconv.Itoa(year))
}
