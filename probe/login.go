package probe

import (
	"context"
	"net"
	"slices"
	"strconv"

	"deadyet"
	"deadyet/msnp"
	"deadyet/msnp/msnpclient"
)

// login is what came of the first step of a sign-in.
type login struct {
	stage   deadyet.Stage   // StageLogin when it was answered, else StageVersion
	failure deadyet.Failure // why it was not
	hops    []deadyet.Hop
}

// maxHops bounds how often we let ourselves be sent on.
const maxHops = 3

// login sends the first step of a sign-in in the scheme of version v, on a
// session in which v was just negotiated. The first answer proves the stage,
// even where it says that the account is unknown. It has a time of its own: a
// server that was slow to agree on a version must not lose its sign-in by that.
func (a *msnpAsker) login(round context.Context, s *msnpclient.Session, v deadyet.Version) *login {
	ctx, cancel := a.v.answer(round)
	defer cancel()
	l := &login{stage: deadyet.StageVersion}
	to, err := a.signIn(ctx, s, v)
	if err != nil {
		var answer deadyet.Answer
		answer, l.failure = classify(&stageError{deadyet.StageLogin, err})
		if answer == deadyet.AnswerSilent && a.v.over(round) {
			l.failure = tooLate(&reply{}).failure
		}
		l.failure.Stage = deadyet.StageLogin
		return l
	}
	l.stage = deadyet.StageLogin
	seen := []string{a.v.target.Dial()}
	for to != nil && len(l.hops) < maxHops {
		if slices.Contains(seen, to.Address) {
			l.loop(to.Address)
			return l
		}
		seen = append(seen, to.Address)
		to = a.follow(ctx, to, v, l)
	}
	if to != nil {
		l.loop(to.Address)
	}
	return l
}

// namesUser reports whether a sign-in with v begins with an address, so that
// its first step can be sent without an account.
func namesUser(v deadyet.Version) bool {
	mv, err := msnp.ParseVersion(string(v))
	return err == nil && mv.NamesUser()
}

// loop records that the way leads nowhere: a client can't sign in.
func (l *login) loop(to string) {
	l.stage = deadyet.StageVersion
	l.failure = deadyet.Failure{Stage: deadyet.StageLogin, Kind: deadyet.FailureRedirectLoop, Detail: "sent on to " + clip(to)}
}

// signIn goes through the steps before USR and sends it. An authentication
// failure is an answer: the scheme was understood. It returns where the server
// sends us, nil when it wants us to stay.
func (a *msnpAsker) signIn(ctx context.Context, s *msnpclient.Session, v deadyet.Version) (*msnp.Transfer, error) {
	mv, err := msnp.ParseVersion(string(v))
	if err != nil {
		return nil, err
	}
	address := a.v.prober.Login
	if address == "" {
		address = "probe@example.com"
	}
	if mv.HasPolicy() {
		_, err = s.Policy(ctx)
	} else {
		_, err = s.ClientVersion(ctx, msnpclient.DefaultClientInfo(mv, address))
	}
	if err != nil {
		return nil, err
	}
	got, err := s.User(ctx, mv, address)
	if understood(err) {
		return nil, nil
	}
	return got.Redirect, err
}

// follow goes where the server sends us, if that endpoint is listed and has
// agreed to the sign-in step as well, and asks there in the same way. It
// returns the next hop.
func (a *msnpAsker) follow(ctx context.Context, to *msnp.Transfer, v deadyet.Version, l *login) *msnp.Transfer {
	hop := deadyet.Hop{To: clip(to.Address)}
	defer func() { l.hops = append(l.hops, hop) }()
	host, port, err := net.SplitHostPort(to.Address)
	if err != nil {
		return nil
	}
	n, err := strconv.ParseUint(port, 10, 16)
	may := a.v.prober.Follow
	if err != nil || a.v.target.Transport != deadyet.TransportTCP || may == nil || !may(host, uint16(n)) {
		return nil
	}
	a.line.close("redirected to " + clip(to.Address))
	w, err := a.v.dial(ctx, host, uint16(n))
	if err != nil {
		return nil
	}
	defer w.hangUp("closed by us")
	s := msnpclient.NewTCP(w, msnpclient.Limits{})
	hop.Followed = true
	mv, _ := msnp.ParseVersion(string(v))
	if _, err := s.Version(ctx, mv); err != nil {
		return nil
	}
	next, err := a.signIn(ctx, s, v)
	if err == nil && next == nil {
		_ = s.Out(ctx) // politeness only: nothing depends on it
	}
	return next
}
