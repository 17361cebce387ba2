package deadyet

// ClientID names a client in the catalogue, e.g. "msn-7.5". It never changes.
type ClientID string

// ClientKind says whose program a client is.
type ClientKind string

const (
	ClientOfficial   ClientKind = "official"    // by the operator of the network that the question means
	ClientThirdParty ClientKind = "third-party" // by anybody else
	ClientLibrary    ClientKind = "library"     // for programs, not for people
)

// ClientKinds lists all of them.
func ClientKinds() []ClientKind { return []ClientKind{ClientOfficial, ClientThirdParty, ClientLibrary} }

// SignIn is a generation of the sign-in: how a client proves who its user is.
type SignIn string

const (
	SignInCTP       SignIn = "ctp"       // the password itself, over the messenger connection
	SignInMD5       SignIn = "md5"       // a digest of the password, over the messenger connection
	SignInNexus     SignIn = "nexus"     // a ticket over HTTPS, from a host that the nexus names
	SignInRST       SignIn = "rst"       // a ticket over HTTPS, by one SOAP request
	SignInSSO       SignIn = "sso"       // several tickets, and a computed answer
	SignInWebTicket SignIn = "webticket" // a ticket of a web page or of a phone's service
	SignInSkype     SignIn = "skype"     // as Skype does it
)

// SignIns lists all of them in the order of their age.
func SignIns() []SignIn {
	return []SignIn{SignInCTP, SignInMD5, SignInNexus, SignInRST, SignInSSO, SignInWebTicket, SignInSkype}
}

// NeedsHost reports whether the sign-in needs a host beside the messenger
// server.
func (s SignIn) NeedsHost() bool { return s != SignInCTP && s != SignInMD5 }

// SetHow is a way to give a client another server without changing its program.
type SetHow string

const (
	SetRegistry SetHow = "registry"
	SetSettings SetHow = "settings" // a field of its own dialogues or of its settings file
	SetHosts    SetHow = "hosts"    // a line in the system's hosts file
	SetCommand  SetHow = "command"  // a command that is typed into it
	SetArgument SetHow = "argument" // an argument that its caller gives
	SetNone     SetHow = "none"     // there is no way
	SetUnknown  SetHow = "unknown"  // nobody found out
)

// SetHows lists all of them.
func SetHows() []SetHow {
	return []SetHow{SetRegistry, SetSettings, SetHosts, SetCommand, SetArgument, SetNone, SetUnknown}
}

// Setting is one way to set a client's server.
type Setting struct {
	How   SetHow
	Where string // the registry's key, the dialogue, the file, the command
	Field string // the value or field in it, as it is spelt there
	Login bool   // the hosts of the sign-in move as well
}

// Way is a transport and a port over which a client can connect. It is
// comparable.
type Way struct {
	Transport Transport
	Port      uint16
}

// String returns "transport:port", as [Endpoint.Where] does.
func (w Way) String() string { return Endpoint{Transport: w.Transport, Port: w.Port}.Where() }

// Precision is how exactly a date is known.
type Precision string

const (
	PrecisionDay   Precision = "day"
	PrecisionMonth Precision = "month"
	PrecisionYear  Precision = "year"
)

// Date is a day of which only the month or the year may be known; Day is then
// the first day of it.
type Date struct {
	Day       Day
	Precision Precision
}

// IsZero reports whether nothing is known.
func (d Date) IsZero() bool { return d.Day.IsZero() }

// Interval returns the time in which the date lies, zero for the zero value.
func (d Date) Interval() Interval {
	start := d.Day.Start()
	switch {
	case d.IsZero():
		return Interval{}
	case d.Precision == PrecisionMonth:
		return Interval{start, start.AddDate(0, 1, 0)}
	case d.Precision == PrecisionYear:
		return Interval{start, start.AddDate(1, 0, 0)}
	}
	return OnDay(d.Day)
}

// Confidence is how well what the catalogue says of a client is founded.
type Confidence string

const (
	ConfidenceHigh   Confidence = "high"   // its source code, a trace, or two independent sources
	ConfidenceMedium Confidence = "medium" // one good source
	ConfidenceLow    Confidence = "low"    // it follows from something else
)

// Confidences lists all of them.
func Confidences() []Confidence { return []Confidence{ConfidenceHigh, ConfidenceMedium, ConfidenceLow} }

// Patch changes a client's program so that it gets into networks that would
// not take it as it is.
type Patch struct {
	Name     string
	Networks []NetworkID // nil means all but the one that the client was built for
	Since    Day         // zero if not known
	Source   Source
}

// For reports whether the patch is for network n.
func (p Patch) For(n, builtFor NetworkID) bool {
	for _, id := range p.Networks {
		if id == n {
			return true
		}
	}
	return len(p.Networks) == 0 && n != builtFor
}

// Barred says that a network does not let a client in although it takes what
// the client speaks.
type Barred struct {
	Network NetworkID
	Fact    FactID // of the record, "" when only the catalogue knows
	By      string // how, in a few words
	SignIn  bool   // only the sign-in fails
	Since   Interval
	Until   Interval // zero: for good
	Source  Source
}

// Client is a program that people use to connect.
type Client struct {
	ID         ClientID
	Name       string
	Builds     string // version numbers, as text
	Kind       ClientKind
	Platforms  []string
	BuiltFor   NetworkID // whose address is built in
	Apart      bool      // it is no client of what the question means, and is shown apart
	Versions   []Version // in the order in which it offers them; nil if not known
	Ways       []Way     // in the order in which it tries them
	SignIn     []SignIn
	TLS        []string // versions as in [TLS], "TLS 1.0"; nil if not known
	Set        []Setting
	Patches    []Patch
	Barred     []Barred
	Served     Interval // of a client apart: from when until when its own servers took it
	First      Date     // when it first came out, zero if not known
	Last       Date     // its last release
	Sources    []Source
	Confidence Confidence
	Note       string // Markdown
}

// NeedsLoginHost reports whether every sign-in of the client needs a host
// beside the messenger server.
func (c Client) NeedsLoginHost() bool {
	for _, s := range c.SignIn {
		if !s.NeedsHost() {
			return false
		}
	}
	return len(c.SignIn) > 0
}

// Client returns the client of that ID; ok is false when there is none.
func (s Subject) Client(id ClientID) (c Client, ok bool) {
	for _, c := range s.Clients {
		if c.ID == id {
			return c, true
		}
	}
	return Client{}, false
}
