package history

import (
	"cmp"
	"slices"
	"time"

	"deadyet"
)

// Declines counts, for each network and each of its regions, the main and
// internal servers that took each version over time, at any endpoint. The spans
// are those of [Overlay]. What only a share of servers did is a range.
func Declines(s deadyet.Subject, spans []deadyet.Span) (out []deadyet.Decline) {
	shares := make(map[deadyet.FactID]deadyet.Count)
	for _, f := range s.Record {
		if f.Vague() && !f.Count.Exact() {
			shares[f.ID] = f.Count
		}
	}
	for _, n := range s.Networks {
		c := newCensus(n, shares)
		var own []*deadyet.Span
		for i := range spans {
			sp := &spans[i]
			if sp.Check.Version != "" && c.seats[sp.Check.Server] != nil {
				own = append(own, sp)
			}
		}
		slices.SortStableFunc(own, func(a, b *deadyet.Span) int { return a.Begins().Compare(b.Begins()) })
		for i := 0; i < len(own); {
			at := own[i].Begins()
			for ; i < len(own) && own[i].Begins().Equal(at); i++ {
				c.play(own[i])
			}
			c.note(at)
		}
		out = append(out, c.declines(s)...)
	}
	return out
}

// group is the servers of a region that a curve counts; "" is all of them.
type group struct {
	region  deadyet.Region
	version deadyet.Version
}

// census counts servers while spans begin.
type census struct {
	network deadyet.Network
	shares  map[deadyet.FactID]deadyet.Count
	seats   map[deadyet.ServerID]*sitting
	tallies map[group]*tally
	touched map[group]bool
	curves  map[group][]deadyet.Point
}

// sitting is one server: what its checks of each version say now.
type sitting struct {
	region deadyet.Region
	now    map[deadyet.Version]map[deadyet.Endpoint]*deadyet.Span
}

// stand is what a server adds to a tally.
type stand struct {
	takes    bool
	recorded bool
	vague    deadyet.FactID // by which it is not known whether it does
}

// some is a group of servers of which a fact means a share.
type some struct {
	fact   deadyet.FactID
	region deadyet.Region
}

// tally is the servers of a group.
type tally struct {
	takes, recorded int
	all, taking     map[some]int
}

func newCensus(n deadyet.Network, shares map[deadyet.FactID]deadyet.Count) *census {
	c := &census{
		network: n, shares: shares, seats: make(map[deadyet.ServerID]*sitting), tallies: make(map[group]*tally),
		touched: make(map[group]bool), curves: make(map[group][]deadyet.Point),
	}
	for _, sv := range n.Servers {
		if l := sv.LastListing(); l.Role.Counted() {
			c.seats[sv.ID] = &sitting{region: l.Region, now: make(map[deadyet.Version]map[deadyet.Endpoint]*deadyet.Span)}
		}
	}
	return c
}

func (c *census) play(s *deadyet.Span) {
	st, v := c.seats[s.Check.Server], s.Check.Version
	if st.now[v] == nil {
		st.now[v] = make(map[deadyet.Endpoint]*deadyet.Span)
	}
	before := c.stand(st, v)
	st.now[v][s.Check.Endpoint] = s
	after := c.stand(st, v)
	groups := []group{{"", v}, {st.region, v}}
	if st.region == "" {
		groups = groups[:1]
	}
	for _, g := range groups {
		t := c.tallies[g]
		if t == nil {
			t = &tally{all: make(map[some]int), taking: make(map[some]int)}
			c.tallies[g] = t
		}
		t.add(before, st.region, -1)
		t.add(after, st.region, 1)
		c.touched[g] = true
	}
}

// stand says whether the server takes the version at any endpoint. One that is
// known to take it ends every doubt.
func (c *census) stand(st *sitting, v deadyet.Version) (sum stand) {
	known := false
	for _, s := range st.now[v] {
		yes := s.Outcome.Answer == deadyet.AnswerYes
		_, vague := c.shares[s.Fact]
		sum.takes = sum.takes || yes
		sum.recorded = sum.recorded || yes && s.Recorded()
		known = known || yes && !vague
		if vague && s.Outcome.Answer != deadyet.AnswerUnasked {
			sum.vague = s.Fact
		}
	}
	if known {
		sum.vague = ""
	}
	return sum
}

func (t *tally) add(s stand, r deadyet.Region, sign int) {
	k := some{s.vague, r}
	if s.vague != "" {
		t.all[k] += sign
	}
	if !s.takes {
		return
	}
	t.takes += sign
	if s.recorded {
		t.recorded += sign
	}
	if s.vague != "" {
		t.taking[k] += sign
	}
}

// note adds a point to each curve that was touched and has changed.
func (c *census) note(at time.Time) {
	for g := range c.touched {
		p := c.tallies[g].point(at, c.shares)
		points := c.curves[g]
		if n := len(points); n > 0 && points[n-1].Low == p.Low && points[n-1].High == p.High && points[n-1].Recorded == p.Recorded {
			continue
		}
		c.curves[g] = append(points, p)
	}
	clear(c.touched)
}

func (t *tally) point(at time.Time, shares map[deadyet.FactID]deadyet.Count) deadyet.Point {
	p := deadyet.Point{At: at, Low: t.takes, High: t.takes, Recorded: t.recorded > 0}
	for k, n := range t.all {
		low, high := left(n, t.taking[k], shares[k.fact])
		p.Low, p.High = p.Low-t.taking[k]+low, p.High-t.taking[k]+high
	}
	return p
}

// left is how many of n servers are left when a share of them fell: between
// those that most of the share leaves, and those that the least does.
func left(n, taking int, share deadyet.Count) (low, high int) {
	low, high = n-n*share.Most/100, n-(n*share.Least+99)/100
	return min(low, taking), max(high, taking)
}

// declines puts the curves into the order of the subject, the whole network
// first.
func (c *census) declines(s deadyet.Subject) (out []deadyet.Decline) {
	regions := map[deadyet.Region]bool{"": true}
	for g := range c.curves {
		regions[g.region] = true
	}
	var names []deadyet.Region
	for r := range regions {
		names = append(names, r)
	}
	slices.SortFunc(names, cmp.Compare)
	for _, r := range names {
		d := deadyet.Decline{Network: c.network.ID, Region: r}
		for _, v := range s.Versions {
			if points := c.curves[group{r, v.Version}]; len(points) > 0 {
				d.Curves = append(d.Curves, deadyet.Curve{Version: v.Version, Points: points})
			}
		}
		if len(d.Curves) > 0 {
			out = append(out, d)
		}
	}
	return out
}
