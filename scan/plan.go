package scan

import (
	"cmp"
	"net/netip"
	"slices"
	"time"

	"deadyet"
)

// Last is what was found last at a check. The zero value means never asked.
type Last struct {
	Outcome deadyet.Outcome
	Asked   time.Time
}

// Input is everything on which a plan depends.
type Input struct {
	Subject  deadyet.Subject
	Networks []deadyet.NetworkID // that are due; nil means all that are dialled
	Now      time.Time
	// Last tells what was found last; nil means that nothing is known.
	Last func(deadyet.CheckID) Last
	// Left tells how many connections to a host are left today; nil means any
	// number.
	Left func(n deadyet.Network, host string) int
}

// Plan is a round before it is run. It is plain data.
type Plan struct {
	Networks  []deadyet.NetworkID
	Simulated bool
	Jobs      []Job
}

// Job is what is asked at one host, by one connection at a time.
type Job struct {
	Network     deadyet.NetworkID
	Host        string
	Suspect     bool // silent last time: goes into the lane of the suspected dead
	PerHost     int  // connections at one time
	Connections int  // at most, in this round; negative: any number
	Asks        []Question
}

// Question is all that is asked at one endpoint.
type Question struct {
	Target deadyet.Target
	Checks []deadyet.Check
	Last   map[deadyet.Check]deadyet.Outcome // what was found last; what was never found is missing, nil if nothing was
}

// Checks returns the number of checks in the plan.
func (p Plan) Checks() (n int) {
	for _, j := range p.Jobs {
		n += j.checks()
	}
	return n
}

func (j Job) checks() (n int) {
	for _, q := range j.Asks {
		n += len(q.Checks)
	}
	return n
}

// order puts observations into the order of the plan.
func (p Plan) order(os []deadyet.Observation) {
	at := make(map[deadyet.Check]int, len(os))
	for _, j := range p.Jobs {
		for _, q := range j.Asks {
			for _, c := range q.Checks {
				at[c] = len(at)
			}
		}
	}
	slices.SortFunc(os, func(a, b deadyet.Observation) int { return cmp.Compare(at[a.Check], at[b.Check]) })
}

// MakePlan decides what is asked in a round.
//
// Networks that are closed or have no budget are never in it. Where the budget
// of a host does not reach for everything, the checks that were asked longest
// ago come first, so that a first look finds the full set over several rounds.
func MakePlan(in Input) Plan {
	p := Plan{Simulated: in.Subject.Simulated}
	for _, n := range in.Subject.Networks {
		if !n.Dialled() || (in.Networks != nil && !slices.Contains(in.Networks, n.ID)) {
			continue
		}
		p.Networks = append(p.Networks, n.ID)
		p.Jobs = append(p.Jobs, in.jobs(n)...)
	}
	return p
}

// jobs makes one job for each host of n, in the order of the configuration.
func (in Input) jobs(n deadyet.Network) []Job {
	var jobs []Job
	at := make(map[string]int)
	today := deadyet.DayOf(in.Now)
	for _, s := range n.Servers {
		if _, listed := s.ListingOn(today); !listed {
			continue
		}
		i, ok := at[s.Address]
		if !ok {
			i = len(jobs)
			at[s.Address] = i
			jobs = append(jobs, Job{Network: n.ID, Host: s.Address, PerHost: max(1, n.PerHost)})
		}
		jobs[i].Asks = append(jobs[i].Asks, in.questions(n, s)...)
	}
	for i := range jobs {
		in.fit(n, &jobs[i])
	}
	return jobs
}

// questions groups the checks of s by endpoint.
func (in Input) questions(n deadyet.Network, s deadyet.Server) []Question {
	var qs []Question
	for _, c := range n.Checks(s) {
		if len(qs) == 0 || qs[len(qs)-1].Target.Endpoint != c.Endpoint {
			qs = append(qs, Question{
				Target: deadyet.Target{Endpoint: c.Endpoint, Address: s.Address, Host: s.Presents(), Consent: n.Consent.Stands()},
			})
		}
		q := &qs[len(qs)-1]
		q.Checks = append(q.Checks, c)
		if l := in.last(c); !l.Asked.IsZero() {
			if q.Last == nil {
				q.Last = make(map[deadyet.Check]deadyet.Outcome)
			}
			q.Last[c] = l.Outcome
		}
	}
	for i := range qs {
		q := &qs[i]
		q.Target.Known = known(*q)
		q.Target.Identity = q.Last[deadyet.Check{Endpoint: q.Target.Endpoint, Kind: deadyet.KindIdentity}].Identity
		for _, k := range []deadyet.Kind{deadyet.KindIdentity, deadyet.KindName} { // of an endpoint it is one of them
			q.Target.Told = cmp.Or(q.Target.Told, q.Last[deadyet.Check{Endpoint: q.Target.Endpoint, Kind: k}].Told)
		}
	}
	return qs
}

// known returns the versions that were accepted last time.
func known(q Question) (vs []deadyet.Version) {
	for _, c := range q.Checks {
		if c.Version != "" && q.Last[c].Answer == deadyet.AnswerYes {
			vs = append(vs, c.Version)
		}
	}
	return vs
}

func (in Input) last(c deadyet.Check) Last {
	if in.Last == nil {
		return Last{}
	}
	return in.Last(c.ID())
}

// fit marks the suspected dead and trims the job to the host's budget.
func (in Input) fit(n deadyet.Network, j *Job) {
	j.Suspect = suspect(*j)
	j.Connections = -1
	if in.Left == nil {
		return
	}
	left := in.Left(n, j.Host)
	j.Connections = min(left, share(n, left, in.Now))
	for i := range j.Asks {
		in.trim(&j.Asks[i], j.Connections/max(1, j.dialled()))
	}
}

// dialled returns at how many of the job's endpoints somebody is connected to.
func (j Job) dialled() (n int) {
	for _, q := range j.Asks {
		if q.Target.Transport != deadyet.TransportDNS {
			n++
		}
	}
	return n
}

// share spreads what is left of the day's connections over the rounds that are
// left in the day, this one included.
func share(n deadyet.Network, left int, now time.Time) int {
	if n.Interval <= 0 {
		return left
	}
	rounds := 1 + int(deadyet.DayOf(now).End().Sub(now)/n.Interval)
	return (left + rounds - 1) / rounds
}

// trim leaves known versions for a later round when asking all of them would
// need more than n connections: each accepted version costs one, the joint
// offer of the rest one or two. Those asked most recently are left out; a
// version that was never asked is not.
func (in Input) trim(q *Question, n int) {
	const rest = 2
	over := len(q.Target.Known) + rest - max(n, rest+1)
	if over <= 0 {
		return
	}
	recent := slices.Clone(q.Checks)
	recent = slices.DeleteFunc(recent, func(c deadyet.Check) bool { return !slices.Contains(q.Target.Known, c.Version) })
	slices.SortStableFunc(recent, func(a, b deadyet.Check) int {
		return cmp.Or(in.last(b).Asked.Compare(in.last(a).Asked), cmp.Compare(b.Version, a.Version))
	})
	out := recent[:min(over, len(recent))]
	q.Checks = slices.DeleteFunc(q.Checks, func(c deadyet.Check) bool { return slices.Contains(out, c) })
	q.Target.Known = known(*q)
}

// suspect reports whether everything at the job's host was silent last time.
func suspect(j Job) bool {
	seen := false
	for _, q := range j.Asks {
		if q.Target.Transport == deadyet.TransportDNS {
			continue // that its name is known says nothing of it
		}
		for _, o := range q.Last {
			if o.Answer != deadyet.AnswerSilent && o.Answer != deadyet.AnswerUnasked {
				return false
			}
			seen = seen || o.Answer == deadyet.AnswerSilent
		}
	}
	return seen
}

// Local reports whether host is loopback or private, so that a canary on the
// public net would say nothing about the way to it.
func Local(host string) bool {
	if host == "localhost" {
		return true
	}
	a, err := netip.ParseAddr(host)
	if err != nil {
		return false
	}
	a = a.Unmap()
	return a.IsLoopback() || a.IsPrivate() || a.IsLinkLocalUnicast()
}
