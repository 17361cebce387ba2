package probe

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strconv"
	"time"

	"deadyet"
	"deadyet/msnp/msnpclient"
)

// visit is one call of Probe: a target, its connections, and the readings so
// far. One goroutine uses it.
type visit struct {
	prober   *Prober
	target   deadyet.Target
	limits   Timeouts
	until    time.Time // when our time for this endpoint is over
	left     int       // bytes that may still be read here
	readings []deadyet.Reading

	first     *wire // the first connection, dialled by open
	firstUsed bool
	worked    bool // a connection was good, with its handshake
	tapes     []*tape

	traits map[deadyet.Trait]string // of what answers
	told   []string                 // where it sends its clients on
}

// wire is a connection that is recorded.
type wire struct {
	*tape
	connected time.Duration
}

// answer bounds the wait for one answer.
func (v *visit) answer(ctx context.Context) (context.Context, context.CancelFunc) {
	return v.within(ctx, v.limits.Answer)
}

// within bounds something by d, and by the end of the visit. One context does
// for both: ten thousand endpoints wait at a time.
func (v *visit) within(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	at := time.Now().Add(d)
	if v.until.Before(at) {
		at = v.until
	}
	return context.WithDeadline(ctx, at)
}

// over reports whether nothing more can be asked: our time is over, or the
// round's.
func (v *visit) over(ctx context.Context) bool {
	return ctx.Err() != nil || !time.Now().Before(v.until)
}

func (v *visit) add(r deadyet.Reading) { v.readings = append(v.readings, r) }

// open makes the first connection, which tells whether the port is open.
func (v *visit) open(ctx context.Context) (err error) {
	v.first, err = v.dial(ctx, v.target.Address, v.target.Port)
	return err
}

// wire returns the first connection if nobody has used it, or a new one, with
// the TLS handshake done where the transport wants it. The error is a
// [stageError].
func (v *visit) wire(ctx context.Context) (*wire, error) {
	if !v.firstUsed {
		v.firstUsed = true
		if err := v.secure(ctx, v.first); err != nil {
			return v.first, err
		}
		v.worked = true
		return v.first, nil
	}
	for try := 1; ; try++ {
		w, err := v.fresh(ctx)
		if err == nil {
			v.worked = true
			return w, nil
		}
		if try >= v.attempts(err) || v.over(ctx) {
			return w, err
		}
	}
}

// fresh makes a new connection. It returns it also when only the handshake
// failed.
func (v *visit) fresh(ctx context.Context) (*wire, error) {
	w, err := v.dial(ctx, v.target.Address, v.target.Port)
	if err != nil {
		return nil, err
	}
	return w, v.secure(ctx, w)
}

// attempts is how many connections in a row may fail as err did. The runner asks
// a whole endpoint again whose first connection fails; here it is about the
// later ones: where one was good before, a failure is more likely a lost packet
// than an answer, and giving up would throw away all that was asked so far.
func (v *visit) attempts(err error) int {
	_, f := classify(err)
	switch {
	case f.Stage == deadyet.StageTLS && !v.worked:
		return 1
	case f.Kind == deadyet.FailureTimeout, f.Kind == deadyet.FailureReset, f.Kind == deadyet.FailureClosed:
		return 3
	case f.Kind == deadyet.FailureRefused:
		return 2
	}
	return 1
}

// secure makes the handshake where the transport wants one.
func (v *visit) secure(ctx context.Context, w *wire) error {
	if v.target.Transport != deadyet.TransportHTTPS {
		return nil
	}
	return v.handshake(ctx, w)
}

func (v *visit) dial(ctx context.Context, host string, port uint16) (*wire, error) {
	t := newTape(v.target.Endpoint, net.JoinHostPort(host, strconv.Itoa(int(port))))
	conn, err := v.prober.Dialer.Dial(ctx, host, port, v.limits.Connect)
	if tried(err) {
		v.tapes = append(v.tapes, t) // and leaves a transcript
	}
	if err != nil {
		t.end("not connected: " + because(&stageError{deadyet.StageConnect, err}))
		return nil, &stageError{deadyet.StageConnect, err}
	}
	t.Conn = &meter{conn, &v.left}
	if v.prober.Dialer.Map == nil { // behind a dial map only the logical address means anything
		t.t.Remote = conn.RemoteAddr().String()
	}
	return &wire{tape: t, connected: time.Since(t.began)}, nil
}

// tried reports whether a connection was made or refused, and not only thought
// of: a name may not be found, a budget may be spent.
func tried(err error) bool {
	na, dns := (*NotAskedError)(nil), (*net.DNSError)(nil)
	return !errors.As(err, &na) && !errors.As(err, &dns)
}

// handshake puts TLS between the wire and its tape, so that the tape keeps
// what was said inside.
func (v *visit) handshake(ctx context.Context, w *wire) error {
	ctx, cancel := v.within(ctx, v.limits.TLS)
	defer cancel()
	before := v.left
	conn, err := msnpclient.Handshake(ctx, w.Conn, v.target.Host)
	if err != nil {
		if _, f := classify(err); f.Kind == deadyet.FailureReset && v.left < before { // the server had begun its part
			err = fmt.Errorf("%w: %w", io.ErrUnexpectedEOF, err)
		}
		w.hangUp("the TLS handshake failed: " + because(&stageError{deadyet.StageTLS, err}))
		return &stageError{deadyet.StageTLS, err}
	}
	w.Conn = conn
	state := conn.ConnectionState()
	w.t.TLS = describeTLS(state, v.target.Host)
	if len(state.PeerCertificates) > 0 {
		v.showCertificate(w.t.TLS, state.PeerCertificates[0])
	}
	return nil
}

// hangUp closes the connection and says so on the tape.
func (w *wire) hangUp(how string) {
	w.end(how)
	w.Conn.Close()
}

// end closes whatever is still open.
func (v *visit) end() {
	for _, t := range v.tapes {
		t.end("closed by us")
		if t.Conn != nil {
			t.Conn.Close()
		}
	}
}

// derive gives all checks the answer of a failed connection: the port check as
// its own, the others as derived.
func (v *visit) derive(checks []deadyet.Check, err error) {
	answer, failure := classify(err)
	r := deadyet.Reading{
		Answer: answer, Stage: before(failure.Stage), Failure: failure,
		Began: time.Now().UTC(), Controls: noControls(),
	}
	if len(v.tapes) > 0 {
		t := v.tapes[0]
		r.Began, r.Took, r.Transcript = t.began, t.t.Took, t.transcript()
	}
	for _, c := range checks {
		r.Check, r.Derived, r.Identity, r.Told = c, c.Kind != deadyet.KindPort, "", ""
		if c.Kind == deadyet.KindIdentity {
			r.Identity, r.Told = v.target.Identity, v.target.Told
		}
		v.add(r)
	}
}

// before returns the stage that was reached when s failed.
func before(s deadyet.Stage) deadyet.Stage {
	if s == deadyet.StageNone {
		return s
	}
	return s - 1
}

// describeTLS keeps what a handshake showed.
func describeTLS(s tls.ConnectionState, host string) *deadyet.TLS {
	d := &deadyet.TLS{Version: tls.VersionName(s.Version), Suite: tls.CipherSuiteName(s.CipherSuite)}
	if _, err := netip.ParseAddr(host); err != nil {
		d.ServerName = host
	}
	if len(s.PeerCertificates) == 0 {
		d.Problem = "no certificate"
		return d
	}
	leaf := s.PeerCertificates[0]
	d.Subject, d.Issuer = clip(leaf.Subject.String()), clip(leaf.Issuer.String())
	d.NotBefore, d.NotAfter = leaf.NotBefore.UTC(), leaf.NotAfter.UTC()
	for _, n := range leaf.DNSNames[:min(len(leaf.DNSNames), 20)] {
		d.Names = append(d.Names, clip(n))
	}
	sum := sha256.Sum256(leaf.Raw)
	d.Fingerprint = hex.EncodeToString(sum[:])
	d.Problem = problem(s.PeerCertificates, host)
	return d
}

// problem says why a browser would not trust the chain.
func problem(chain []*x509.Certificate, host string) string {
	inter := x509.NewCertPool()
	for _, c := range chain[1:] {
		inter.AddCert(c)
	}
	if _, err := chain[0].Verify(x509.VerifyOptions{DNSName: host, Intermediates: inter}); err != nil {
		return clip(err.Error())
	}
	return ""
}

// mostClipped is how many bytes of a server's words [clip] leaves.
const mostClipped = 200

// clip bounds and escapes text that came from a server.
func clip(s string) string {
	if len(s) > mostClipped {
		s = s[:mostClipped] + "…"
	}
	q := fmt.Sprintf("%+q", s)
	return q[1 : len(q)-1]
}
