package probe

import (
	"context"
	"crypto/x509"
	"errors"
	"net"
	"net/netip"
	"slices"
	"strings"
	"time"

	"deadyet"
	"deadyet/msnp"
	"deadyet/msnp/msnpclient"
)

// askIdentity answers whether it is still the same that answers, by what the
// other questions of this visit brought to light. Only where none was asked it
// asks one of its own.
func askIdentity(ctx context.Context, v *visit, checks []deadyet.Check) {
	r := deadyet.Reading{Began: time.Now().UTC(), Controls: noControls(), Derived: true}
	i := slices.IndexFunc(v.readings, func(r deadyet.Reading) bool { return r.Check.Kind == deadyet.KindMSNP })
	if i >= 0 {
		r.Began, r.Took, r.Transcript = v.readings[i].Began, v.readings[i].Took, v.readings[i].Transcript
		r.Answer, r.Stage, r.Failure = v.readings[i].Answer, v.readings[i].Stage, v.readings[i].Failure
	} else {
		v.lookOnly(ctx, &r)
	}
	r.Told = v.target.Told
	if r.Identity = v.target.Identity; v.traits[deadyet.TraitService] != "" {
		r.Fingerprint, r.Derived = deadyet.MakeFingerprint(v.traits), false
		r.Answer, r.Stage, r.Failure = deadyet.AnswerYes, deadyet.StageGreet, v.repurposed()
		if r.Failure.IsZero() {
			r.Identity, r.Told = v.target.Identity.With(r.Fingerprint), v.target.Told.With(v.told)
		} else {
			r.Answer = deadyet.AnswerUnclear
		}
	}
	for _, c := range checks {
		r.Check = c
		v.add(r)
	}
}

// lookOnly makes one offer, of what was taken last or of what nobody takes, to
// see who answers.
func (v *visit) lookOnly(ctx context.Context, r *deadyet.Reading) {
	a := newMSNPAsker(v, nil)
	defer a.line.end()
	o := ask{look: true, versions: slices.DeleteFunc(slices.Clone(v.target.Known), func(known deadyet.Version) bool {
		return known == helloVersion && v.target.Transport == deadyet.TransportHTTPS // it has no VER
	})}
	if len(o.versions) == 0 {
		o.versions = []deadyet.Version{v.prober.control()}
	}
	got := a.offer(ctx, o)
	r.Took, r.Transcript, r.Derived = got.reading.Took, got.reading.Transcript, false
	r.Answer, r.Stage, r.Failure = got.answer, got.reached, got.failure
}

// repurposed says by what it shows that somebody else answers than before; it
// is zero when it is the same, for all that is known.
func (v *visit) repurposed() (f deadyet.Failure) {
	now := deadyet.MakeFingerprint(v.traits)
	by, other := v.target.Identity.Other(now)
	if !other || now.Trait(deadyet.TraitService) == "" {
		return f
	}
	return deadyet.Failure{
		Stage: deadyet.StageGreet, Kind: deadyet.FailureRepurposed,
		Detail: string(by) + " was " + v.target.Identity.Trait(by) + " and is " + now.Trait(by),
	}
}

// disown takes back what somebody else than before said yes to: it is not the
// server that we asked.
func (v *visit) disown() {
	f := v.repurposed()
	if f.IsZero() {
		return
	}
	for i := range v.readings {
		if r := &v.readings[i]; r.Check.Version != "" && r.Answer == deadyet.AnswerYes {
			r.Answer, r.Failure = deadyet.AnswerUnclear, f
		}
	}
}

// show keeps a trait of what answers: the first one that is seen.
func (v *visit) show(t deadyet.Trait, value string) {
	if v.traits == nil {
		v.traits = make(map[deadyet.Trait]string)
	}
	if v.traits[t] == "" {
		v.traits[t] = clip(value)
	}
}

// sends keeps where it sends its clients on, beside to itself.
func (v *visit) sends(hops []deadyet.Hop) {
	for _, h := range hops {
		host, _, err := net.SplitHostPort(h.To)
		if err != nil {
			host = h.To
		}
		own := fold(host) == fold(v.target.Address) || fold(host) == fold(v.target.Host)
		if !own && !slices.Contains(v.told, h.To) && len(v.told) < deadyet.MostTold {
			v.told = append(v.told, h.To)
		}
	}
}

// speaks keeps that it answered in MSNP: whatever else was seen in this visit,
// such as the page of an error, is beside the point.
func (v *visit) speaks() {
	v.show(deadyet.TraitService, "")
	v.traits[deadyet.TraitService] = "msnp"
}

// showGateway keeps what a gateway says of itself.
func (v *visit) showGateway(info msnpclient.GatewayInfo) {
	product, _, _ := strings.Cut(info.Server, "/")
	product, _, _ = strings.Cut(product, " ")
	v.show(deadyet.TraitProduct, product)
	v.show(deadyet.TraitServer, info.Server)
	v.show(deadyet.TraitHost, domain(info.MSNHost))
}

// showCertificate keeps whom a certificate names.
func (v *visit) showCertificate(t *deadyet.TLS, leaf *x509.Certificate) {
	var names []string
	for _, n := range append([]string{leaf.Subject.CommonName}, leaf.DNSNames...) {
		if d := domain(n); d != "" {
			names = append(names, d)
		}
	}
	v.show(deadyet.TraitNames, listed(names, domain(v.target.Host)))
	v.show(deadyet.TraitIssuer, t.Issuer)
	v.show(deadyet.TraitCertificate, t.Fingerprint)
}

// listed is the names in order, as many as a trait may hold. The one that was asked
// for comes first: that it is there tells whether somebody else is.
func listed(names []string, asked string) (list string) {
	slices.SortFunc(names, func(a, b string) int {
		if (a == asked) != (b == asked) {
			if a == asked {
				return -1
			}
			return 1
		}
		return strings.Compare(a, b)
	})
	for _, n := range slices.Compact(names) {
		longer := n
		if list != "" {
			longer = list + ", " + n
		}
		if len(longer) <= mostClipped {
			list = longer
		}
	}
	return list
}

// showFailure keeps what shows in an answer that is none in MSNP. That a
// gateway is in trouble, sends us on or keeps us out says nothing of who it is.
func (v *visit) showFailure(err error) {
	foreign, status, reply := (*msnpclient.ForeignError)(nil), (*msnpclient.HTTPStatusError)(nil), (*msnp.Error)(nil)
	switch {
	case errors.As(err, &reply):
		v.speaks()
	case errors.As(err, &foreign) && ours(foreign.First):
		v.show(deadyet.TraitService, "echo")
	case errors.As(err, &foreign) && foreign.Service == "":
		v.show(deadyet.TraitService, "unknown")
	case errors.As(err, &foreign):
		v.show(deadyet.TraitService, strings.ToLower(foreign.Service))
	case errors.As(err, &status) && slices.Contains([]int{400, 404, 405, 410, 501}, status.Status):
		v.show(deadyet.TraitService, "http")
	}
}

// showShape keeps how it puts its answers.
func (v *visit) showShape(n *negotiation) {
	var shape []string
	add := func(s string) {
		if !slices.Contains(shape, s) {
			shape = append(shape, s)
		}
	}
	for _, r := range n.found {
		switch {
		case r.by.bare:
			add("answers CVR0 alone")
		case r.by.refused:
			add("refuses in words")
		case r.by.hungUp():
			add("hangs up")
		case len(r.by.yes) > 1:
			add("takes several")
		case len(r.by.yes) == 1:
			add("picks one")
		}
	}
	if n.ignoresOffer {
		add("ignores the offer")
	}
	slices.Sort(shape)
	v.show(deadyet.TraitShape, strings.Join(shape, ", "))
}

// domain returns the part of a host name that somebody registered, "" for an
// address and for a name that anybody may use. It knows of the most common
// registries that hand out third-level names and of no others: telling two
// owners apart by a shorter name errs towards the same.
func domain(host string) string {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.ToLower(strings.Trim(strings.TrimPrefix(host, "*."), "."))
	labels := strings.Split(host, ".")
	n := len(labels)
	if _, err := netip.ParseAddr(host); err == nil || n < 2 || strings.ContainsAny(host, " ,=") ||
		slices.Contains([]string{"local", "localdomain", "localhost", "internal", "invalid", "lan", "home"}, labels[n-1]) {
		return ""
	}
	keep := 2
	if n > 2 && len(labels[n-1]) == 2 && slices.Contains([]string{"ac", "co", "com", "edu", "gov", "ne", "net", "or", "org"}, labels[n-2]) {
		keep = 3
	}
	return strings.Join(labels[n-keep:], ".")
}
