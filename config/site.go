package config

import (
	"fmt"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"time"

	"deadyet"
	"deadyet/probe"
)

// Site is what the operator decides. All keys of the file are optional.
type Site struct {
	Listen         string // address of the page
	Store          string // file
	Subject        string // "msn", or a folder
	Live           bool   // ask the listed networks
	Vantage        deadyet.VantageID
	Canary         []string // host:port
	LossLimit      int      // per cent of packets sent again, above which a round has no vote
	OptOut         []deadyet.OptOut
	Source         string // where the source code of this page is, for its links
	Public         string // where the world finds the page, for what must hold whole addresses
	Contact        string // how those who are asked reach whoever runs this: mailto: or https:
	Pace           probe.Pace
	Own            []string // hosts of our own, which take more connections at a time
	OwnConnections int
	Timeouts       Timeouts
	Resolvers      []netip.AddrPort // that are asked where names lead; none: those of this machine
	Subnets        []netip.Prefix   // for whose people they are asked as well
	Networks       []Override
}

// Timeouts of one connection, by stage.
type Timeouts struct{ Connect, TLS, Answer time.Duration }

// Override is what the operator changes about a network. Zero fields change
// nothing.
type Override struct {
	Network           deadyet.NetworkID
	Interval          time.Duration
	ConnectionsPerDay int
	Consent           deadyet.Consent
	Disabled          bool // never asked

	at Error // its place in the file
}

// DefaultSite returns what holds when there is no file.
func DefaultSite() Site {
	return Site{
		Listen: ":8080", Store: "deadyet.db", Subject: "msn", Vantage: "here", OwnConnections: 4,
		Canary: []string{"example.com:443", "www.iana.org:443"}, LossLimit: 25,
		Pace:     probe.DefaultPace(),
		Timeouts: Timeouts{Connect: 3 * time.Second, TLS: 5 * time.Second, Answer: 10 * time.Second},
	}
}

// LoadSite reads deadyet.yaml over the defaults. path is for the messages. A
// site with an error is the zero value.
func LoadSite(path string, data []byte) (Site, error) {
	r := &reader{}
	s := readSite(r.parse(path, data, 0))
	if err := r.errs.sorted(); err != nil {
		return Site{}, err
	}
	return s, nil
}

func readSite(top value) Site {
	s := DefaultSite()
	f := top.fields("listen", "store", "subject", "live", "vantage", "canary", "loss_limit", "opt_out", "source", "public", "contact", "pace", "own", "own_connections", "timeouts", "resolvers", "subnets", "networks")
	set(&s.Listen, f["listen"], value.listen)
	set(&s.Store, f["store"], value.need)
	set(&s.Subject, f["subject"], value.need)
	set(&s.Vantage, f["vantage"], func(v value) deadyet.VantageID { return deadyet.VantageID(v.id()) })
	set(&s.Live, f["live"], value.yes)
	set(&s.Canary, f["canary"], value.hostPorts)
	s.LossLimit = f["loss_limit"].numberOr(s.LossLimit, 1, 100)
	set(&s.Own, f["own"], func(v value) (hosts []string) {
		for _, item := range v.list() {
			hosts = append(hosts, item.host())
		}
		return hosts
	})
	s.Source, s.Public, s.Contact = f["source"].link(), f["public"].link(), f["contact"].contact()
	s.Pace = f["pace"].pace(s.Pace)
	s.OwnConnections = f["own_connections"].numberOr(s.OwnConnections, 1, 64)
	for _, item := range f["opt_out"].list() {
		s.OptOut = append(s.OptOut, item.optOut())
	}
	s.Resolvers, s.Subnets = f["resolvers"].resolvers(), f["subnets"].subnets()
	t := f["timeouts"].fields("connect", "tls", "answer")
	s.Timeouts.Connect = t["connect"].lasting(s.Timeouts.Connect, 100*time.Millisecond, time.Minute)
	s.Timeouts.TLS = t["tls"].lasting(s.Timeouts.TLS, 100*time.Millisecond, time.Minute)
	s.Timeouts.Answer = t["answer"].lasting(s.Timeouts.Answer, 100*time.Millisecond, time.Minute)
	s.Networks = overrides(f["networks"])
	return s
}

// set reads v into at unless the key is missing.
func set[T any](at *T, v value, read func(value) T) {
	if !v.missing() {
		*at = read(v)
	}
}

func overrides(v value) (out []Override) {
	keys, values := v.entries()
	for _, k := range keys {
		f := values[k].fields("interval", "connections_per_day", "consent", "disabled")
		o := Override{
			Network:           deadyet.NetworkID(k),
			Interval:          f["interval"].lasting(0, 5*time.Minute, 30*24*time.Hour),
			ConnectionsPerDay: f["connections_per_day"].numberOr(0, 1, 1_000_000),
			Disabled:          f["disabled"].yes(),
			at:                values[k].place(),
		}
		if !f["consent"].missing() {
			c := f["consent"].fields("by", "date")
			o.Consent = deadyet.Consent{By: c["by"].need(), Date: c["date"].needDay()}
		}
		out = append(out, o)
	}
	return out
}

// Apply changes s as the operator wants it. The error is [Errors], one for each
// network that does not exist, that is closed and should be asked, or that
// would have fewer connections than its rounds need. A subject with an error is
// the zero value.
func (site Site) Apply(s deadyet.Subject) (deadyet.Subject, error) {
	if site.Source != "" {
		s.Source = site.Source
	}
	if site.Public != "" {
		s.Public = site.Public
	}
	if site.Contact != "" {
		s.Contact = site.Contact
	}
	s.OptOut = slices.Concat(s.OptOut, site.OptOut)
	s.Networks = slices.Clone(s.Networks)
	var errs Errors
	for _, o := range site.Networks {
		if why := o.change(s); why != "" {
			e := o.at
			e.Key, e.Message = "networks."+string(o.Network), why
			errs = append(errs, e)
		}
	}
	if err := errs.sorted(); err != nil {
		return deadyet.Subject{}, err
	}
	return s, nil
}

// change changes o's network in s, or says why it can't.
func (o Override) change(s deadyet.Subject) (why string) {
	i := slices.IndexFunc(s.Networks, func(n deadyet.Network) bool { return n.ID == o.Network })
	if i < 0 {
		return fmt.Sprintf("the subject %s has no such network%s", s.ID, near(string(o.Network), networkIDs(s)))
	}
	n := &s.Networks[i]
	if !n.Closed.IsZero() && !o.Disabled {
		return "the network is closed and is never asked"
	}
	o.apply(n)
	return tooFew(*n)
}

func (o Override) apply(n *deadyet.Network) {
	if o.Interval > 0 {
		n.Interval = o.Interval
	}
	if o.ConnectionsPerDay > 0 {
		n.ConnectionsPerDay = o.ConnectionsPerDay
	}
	if o.Consent.Stands() {
		n.Consent = o.Consent
	}
	if o.Disabled {
		n.ConnectionsPerDay = 0
	}
}

func networkIDs(s deadyet.Subject) (ids []string) {
	for _, n := range s.Networks {
		ids = append(ids, string(n.ID))
	}
	return ids
}

func (v value) listen() string {
	s := v.need()
	_, port, err := net.SplitHostPort(s)
	if n, perr := strconv.ParseUint(port, 10, 16); s != "" && (err != nil || perr != nil || n > 65535) {
		v.wrong("%q: want an address and a port like :8080 or 127.0.0.1:8080", s)
	}
	return s
}

// hostPorts reads a list of host:port.
func (v value) hostPorts() (out []string) {
	for _, item := range v.list() {
		s := item.need()
		host, port, err := net.SplitHostPort(s)
		n, perr := strconv.ParseUint(port, 10, 16)
		if s != "" && (err != nil || perr != nil || n == 0 || host == "") {
			item.wrong("%q: want host:port", s)
		}
		out = append(out, s)
	}
	return out
}

// hostOrPrefix reads a host name, an address, or a prefix like 192.0.2.0/24.
func (v value) hostOrPrefix() string {
	s := v.text()
	if _, err := netip.ParsePrefix(s); err == nil {
		return s
	}
	return v.host()
}
