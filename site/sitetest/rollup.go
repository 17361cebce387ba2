package sitetest

import (
	"math/rand/v2"
	"time"

	"deadyet"
)

// Rollups are those of the servers of Contoso: five months and the days since, of
// which some are missing and one was bad, and a month of another vantage.
func Rollups(id deadyet.ServerID) (out []deadyet.Rollup, err error) {
	if id.Network() != "contoso" {
		return nil, nil
	}
	random := rand.New(rand.NewPCG(uint64(len(id)), 11))
	out = append(out, rollup(random, id, "elsewhere", day("2026-07-01"), true))
	for d := day("2026-03-01"); d.Before(day("2026-08-01")); d = deadyet.DayOf(d.Start().AddDate(0, 1, 0)) {
		out = append(out, rollup(random, id, "home", d, true))
	}
	for d := day("2026-08-01"); d.Start().Before(noon); d = deadyet.DayOf(d.End()) {
		if d.Before(day("2026-10-10")) || day("2026-10-14").Before(d) { // somebody was on holiday
			out = append(out, rollup(random, id, "home", d, false))
		}
	}
	return out, nil
}

func rollup(random *rand.Rand, id deadyet.ServerID, v deadyet.VantageID, d deadyet.Day, month bool) deadyet.Rollup {
	r := deadyet.Rollup{Server: id, Vantage: v, Day: d, Month: month, Rounds: 4}
	if month {
		r.Rounds *= 30
	}
	r.Connections, r.Answers = 3*r.Rounds, deadyet.Tally{0, 19 * r.Rounds, 27 * r.Rounds, 0, random.IntN(3)}
	if d == day("2026-09-21") {
		r.Answers = deadyet.Tally{30, 10, 14, 130, 0}
		return r
	}
	for range r.Connections {
		took := 70*time.Millisecond + time.Duration(random.ExpFloat64()*float64(12*time.Millisecond))
		if random.IntN(150) == 0 {
			took += time.Second
		}
		r.Latency.Add(took)
	}
	return r
}
