package deadyet

// Fit is how a client and a network go together.
type Fit string

const (
	// FitWorks: the network's servers take what the client speaks. Whether the
	// sign-in works is only known where it was looked at.
	FitWorks   Fit = "works"
	FitPatched Fit = "works_patched" // it does once the program was changed
	FitLogin   Fit = "login_fails"   // its servers would take it, but it can't sign in
	FitNo      Fit = "does_not"
	FitUnknown Fit = "cant_tell"
)

// Fits lists all of them, from the best to the least.
func Fits() []Fit { return []Fit{FitWorks, FitPatched, FitLogin, FitNo, FitUnknown} }

// In reports whether the client gets in.
func (f Fit) In() bool { return f == FitWorks || f == FitPatched }

// ObstacleKind says what keeps a client out, or what is not known of it.
type ObstacleKind string

const (
	ObstacleGone      ObstacleKind = "gone"      // the network takes nothing any more
	ObstacleVersion   ObstacleKind = "version"   // it takes none of the client's versions
	ObstacleTransport ObstacleKind = "transport" // it takes the version, but not over a way that the client has
	ObstacleAddress   ObstacleKind = "address"   // the client can't be given the server's address
	ObstacleSignIn    ObstacleKind = "sign_in"   // the hosts of the sign-in are built in, or the client's sign-in is not understood
	ObstacleDown      ObstacleKind = "down"      // the hosts of the sign-in are down
	ObstacleBarred    ObstacleKind = "barred"    // the network turns this client away
	ObstacleUnasked   ObstacleKind = "unasked"   // nobody asked the network
	ObstacleUnclear   ObstacleKind = "unclear"   // what the network answers can't be trusted
	ObstacleUnknown   ObstacleKind = "unknown"   // what the client speaks is not known
	ObstacleSetting   ObstacleKind = "setting"   // whether it can be given another server is not known
)

// ObstacleKinds lists all of them.
func ObstacleKinds() []ObstacleKind {
	return []ObstacleKind{
		ObstacleGone, ObstacleVersion, ObstacleTransport, ObstacleAddress, ObstacleSignIn, ObstacleDown,
		ObstacleBarred, ObstacleUnasked, ObstacleUnclear, ObstacleUnknown, ObstacleSetting,
	}
}

// Obstacle is one reason why a client does not get in, or why a patch is needed.
type Obstacle struct {
	Kind  ObstacleKind
	By    string   // how it is turned away
	Names []string // of the hosts that are down
}

// Access is how a client and a network go together at a moment.
type Access struct {
	Client  ClientID
	Network NetworkID
	Fit     Fit
	Version Version // the first of the client's that is taken over Way; "" where none is
	Way     Way
	Point   bool // the client has to be given a server's address
	Patches []string
	Why     []Obstacle
	Since   Interval // when Fit became true; zero if that is not known

	// Of a client that does not get in: when it last stopped to, and what was
	// taken until then. Zero if it never did.
	Ended       Interval
	LastVersion Version
	LastWay     Way
}

// AccessOf returns how a client and each network go together, in the order of
// the networks; nothing where the client was not out yet.
func (e Edition) AccessOf(id ClientID) []Access {
	from := 0
	for from < len(e.Access) && e.Access[from].Client != id {
		from++
	}
	to := from
	for to < len(e.Access) && e.Access[to].Client == id {
		to++
	}
	return e.Access[from:to:to]
}

// FitOf returns the best that becomes of a client at the networks that had not
// closed by the moment of the edition. What can't be told of one of them is no
// no, so that a no means all of them.
func (e Edition) FitOf(id ClientID) Fit {
	got := make(map[Fit]bool)
	for _, a := range e.AccessOf(id) {
		if n, _ := e.Subject.NetworkByID(a.Network); n.Closed.IsZero() || DayOf(e.At).Before(n.Closed) {
			got[a.Fit] = true
		}
	}
	for _, f := range []Fit{FitWorks, FitPatched, FitLogin, FitUnknown} {
		if got[f] {
			return f
		}
	}
	return FitNo
}
