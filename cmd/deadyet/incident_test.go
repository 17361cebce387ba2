package main

import (
	"net"
	"net/netip"
	"testing"
	"time"

	"deadyet"
	"deadyet/config"
	"deadyet/ledger"
	"deadyet/probe"
	"deadyet/scan"
	"deadyet/sim"
	"deadyet/site"
	"deadyet/subjects/msn"
)

// The hosts of the network to which incidents happen.
const (
	door   = "198.18.0.1" // bay's main server
	inner  = "198.18.0.2"
	third  = "198.18.0.3"
	far    = "198.18.1.1" // db3's main server
	farOne = "198.18.1.2"
	login  = "login.example"
	other  = "198.18.9.1" // of the network that lives on

	public = "messenger.example" // the name that leads to the main servers, where it is listed

	wellKnown = "canary.example" // tells whether our own line is good
)

// incidentBegins is when somebody first looks.
var incidentBegins = time.Date(2026, time.March, 2, 3, 0, 0, 0, time.UTC)

// patience is how long an answer may take while something is silent, which costs
// that much. Who answers late once is asked again, and counts as silent only
// after three times.
func patience() time.Duration {
	if raced {
		return 1500 * time.Millisecond
	}
	return 400 * time.Millisecond
}

// drama is a small network to which something happens: simulated servers, asked
// over real sockets, and the page that is made of what they answer.
type drama struct {
	tb      testing.TB
	subject deadyet.Subject
	face    string
	fleet   *sim.Fleet
	dialer  *probe.Dialer
	runner  scan.Runner
	prober  *probe.Prober
	budget  *scan.Budget
	canary  *sim.Fleet
	names   *sim.Names
	book    *ledger.Ledger
	now     time.Time
}

// stageDrama opens the curtain. change, if not nil, changes what is listed.
func stageDrama(tb testing.TB, face string, change func(*deadyet.Subject)) *drama {
	tb.Helper()
	d := &drama{tb: tb, face: face, subject: dramaSubject(tb), now: incidentBegins.Add(-well.every)}
	if change != nil {
		change(&d.subject)
	}
	d.fleet = d.servers(face)
	d.budget = scan.NewBudget(d.subject, nil)
	d.dialer = &probe.Dialer{
		Listed: probe.Hosts(d.subject), Map: d.fleet.DialMap(),
		Permit:  func(host string) error { return d.budget.Take(host, d.now) },
		PerHost: func(string) int { return 3 }, Private: func(string) bool { return true },
	}
	var err error
	d.names, err = sim.StartNames(map[string]sim.Record{public: {Addresses: []string{door, far}, TTL: 300}, login: {Addresses: []string{"198.18.0.9"}}})
	d.must(err)
	tb.Cleanup(func() { d.names.Close() })
	d.canary, err = sim.Start([]sim.Server{{Host: wellKnown, Ports: []sim.Port{{Number: 443, Transport: deadyet.TransportTCP, Face: "silent"}}}}, sim.Options{})
	d.must(err)
	tb.Cleanup(func() { d.canary.Close() })
	d.prober = &probe.Prober{
		Dialer: d.dialer, Control: d.subject.Control,
		Names: &probe.Resolvers{Servers: []netip.AddrPort{netip.MustParseAddrPort(d.names.Address())}},
	}
	d.wait(leisure)
	d.runner = scan.Runner{
		Vantage: "here", Budget: d.budget,
		Canary: scan.Canary{Hosts: []string{d.canary.DialMap()[wellKnown+":443"]}, Timeout: 5 * time.Second, Explain: probe.Explain},
		Prober: d.prober,
	}
	d.book, err = ledger.Open(tb.Context(), forgetful{}, d.subject, ledger.Options{Vantage: "here", Live: true})
	d.must(err)
	return d
}

// leisure is patience where everybody answers, however busy the machine is.
const leisure = 20 * time.Second

func (d *drama) wait(t time.Duration) {
	d.prober.Timeouts = probe.Timeouts{Connect: t, TLS: t, Answer: t}
}

// hush shortens patience for as long as something is silent.
func (d *drama) hush(how string) {
	switch how {
	case "drop", "tarpit", "drip", "silent", "tls-unfinished", "huge-certificate", "wrong-ids":
		d.wait(patience())
	default:
		d.wait(leisure)
	}
}

func (d *drama) must(err error) {
	d.tb.Helper()
	if err != nil {
		d.tb.Fatal(err)
	}
}

// line takes our own line down, or brings it up again, as the canary sees it.
func (d *drama) line(up bool) {
	d.tb.Helper()
	if up {
		d.must(d.canary.Mend(wellKnown, 443))
		return
	}
	d.must(d.canary.Break(wellKnown, 443, sim.Fault{Name: "refuse"}))
}

// servers starts all listed servers, those of the subject's network with that
// face.
func (d *drama) servers(face string) *sim.Fleet {
	d.tb.Helper()
	var all []sim.Server
	for _, n := range d.subject.Networks {
		for _, sv := range n.Servers {
			s := sim.Server{Host: sv.Address, Ports: sim.Everywhere(face, nil)}
			if n.ID != d.subject.Network {
				s.Ports = sim.Everywhere("escargot", nil)
			}
			if sv.Address == login {
				s.Ports = []sim.Port{{Number: 443, Transport: deadyet.TransportTCP, Face: "silent"}}
			}
			all = append(all, s)
		}
	}
	f, err := sim.Start(all, sim.Options{})
	d.must(err)
	d.tb.Cleanup(func() { f.Close() })
	return f
}

// become lets all hosts named be other servers, at the same addresses.
func (d *drama) become(face string, hosts ...string) {
	d.tb.Helper()
	d.hush(face)
	odd, ports := d.servers(face).DialMap(), make(map[string]string)
	for logical, actual := range d.fleet.DialMap() {
		ports[logical] = actual
		for _, h := range hosts {
			if host, _, _ := net.SplitHostPort(logical); host == h {
				ports[logical] = odd[logical]
			}
		}
	}
	d.dialer.Map = ports
}

// breaks switches a fault on at all ports of a host; "" mends them.
func (d *drama) breaks(fault string, hosts ...string) {
	d.tb.Helper()
	for _, h := range hosts {
		for _, port := range []uint16{1863, 80, 443} {
			d.breakPort(fault, h, port)
		}
	}
}

func (d *drama) breakPort(fault, host string, port uint16) {
	d.tb.Helper()
	d.hush(fault)
	if fault == "" {
		d.must(d.fleet.Mend(host, port))
		return
	}
	f := sim.Fault{Name: fault}
	if fault == "slow" { // it stands before each answer
		f.Pause = 10 * time.Millisecond
	}
	d.must(d.fleet.Break(host, port, f))
}

// rounds asks everybody so many times, and moves the clock before each.
func (d *drama) rounds(n int, every time.Duration) {
	d.tb.Helper()
	for range n {
		d.now = d.now.Add(every)
		plan := scan.MakePlan(scan.Input{
			Subject: d.subject, Now: d.now, Last: memory{d.book}.Last,
			Left: func(n deadyet.Network, host string) int { return d.budget.Left(n, host, d.now) },
		})
		r, err := d.runner.Run(d.tb.Context(), plan, d.book.Next("here"))
		d.must(err)
		move(&r, d.now)
		r.Ended = d.now.Add(time.Minute) // how long it took is this machine's matter
		d.must(d.book.Record(d.tb.Context(), r))
	}
}

// pages are the front page as a browser and as a terminal shows it.
func (d *drama) pages() (html, plain []byte) {
	d.tb.Helper()
	e := d.book.Edition(d.now.Add(5 * time.Minute))
	e.ID = "00000000000000000000000000000000" // of all evidence, with ports and times of this run
	s, err := site.New(e)
	d.must(err)
	d.nothingOfThisRun(s)
	p, err := s.Page(site.PlainPath)
	d.must(err)
	return s.Front(), p.Body
}

// nothingOfThisRun fails when a page that is kept says where something was
// really dialled.
func (d *drama) nothingOfThisRun(s *site.Site) {
	d.tb.Helper()
	for _, actual := range d.dialer.Map {
		at, err := netip.ParseAddrPort(actual)
		d.must(err)
		if contains(s.Front(), at.String()) {
			d.tb.Errorf("the front page shows %s, which is not what was asked", at)
		}
	}
}

// dramaSubject is the built-in question, about servers that are simulated.
func dramaSubject(tb testing.TB) deadyet.Subject {
	tb.Helper()
	s, err := config.LoadSubject(msn.FS(), ".")
	if err != nil {
		tb.Fatal(err)
	}
	s.Simulated, s.Record, s.Revisions, s.Edits, s.Texts, s.Links, s.OptOut = true, nil, nil, nil, nil, nil, nil
	s.Versions = only(s.Versions, "MSNP12", "MSNP18", "MSNP21")
	s.Network = "northwind"
	s.Networks = []deadyet.Network{northwind(), contoso()}
	return s
}

func only(all []deadyet.VersionInfo, want ...deadyet.Version) (out []deadyet.VersionInfo) {
	for _, i := range all {
		for _, v := range want {
			if i.Version == v {
				out = append(out, i)
			}
		}
	}
	return out
}

func northwind() deadyet.Network {
	n := deadyet.Network{
		ID: "northwind", Name: "Northwind", Project: "Northwind Traders",
		Interval: time.Hour, ConnectionsPerDay: 1 << 30, PerHost: 3,
	}
	versions := []deadyet.Version{"MSNP12", "MSNP18", "MSNP21"}
	for _, a := range sim.Everywhere("", nil) {
		n.Ask = append(n.Ask, deadyet.Ask{Kind: deadyet.KindMSNP, Transport: a.Transport, Port: a.Number, Versions: versions})
	}
	list := func(address string, region deadyet.Region, role deadyet.Role) {
		n.Servers = append(n.Servers, deadyet.Server{
			ID: deadyet.MakeServerID(n.ID, address), Address: address,
			Listings: []deadyet.Listing{{Region: region, Role: role, Since: deadyet.DayOf(incidentBegins.AddDate(0, -6, 0))}},
		})
	}
	list(door, "bay", deadyet.RoleMain)
	list(inner, "bay", deadyet.RoleInternal)
	list(third, "bay", deadyet.RoleInternal)
	list(far, "db3", deadyet.RoleMain)
	list(farOne, "db3", deadyet.RoleInternal)
	list(login, "", deadyet.RoleDependency)
	n.Servers[5].Ask = []deadyet.Ask{{Kind: deadyet.KindPort, Transport: deadyet.TransportTCP, Port: 443}}
	return n
}

// contoso is a network that has nothing to do with it, and lives on.
func contoso() deadyet.Network {
	n := northwind()
	n.ID, n.Name, n.Project = "contoso", "Contoso", "Contoso revival"
	n.Ask, n.Servers = n.Ask[:1], n.Servers[:1]
	n.Servers[0].ID, n.Servers[0].Address = deadyet.MakeServerID(n.ID, other), other
	n.Servers[0].Listings[0].Region = ""
	return n
}
