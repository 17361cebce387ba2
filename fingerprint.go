package deadyet

import (
	"cmp"
	"slices"
	"strings"
)

// Trait is one thing by which what answers at an endpoint shows who it is.
type Trait string

const (
	// Strong traits outlast a renewed certificate and an update.

	TraitService Trait = "service" // in what it answers: msnp, http, ssh, echo, …
	TraitNames   Trait = "names"   // domains in its certificate, ordered
	TraitHost    Trait = "host"    // domain of the server that a gateway says it leads to
	TraitProduct Trait = "product" // the program that a gateway says it is, without its version

	// Weak traits come and go with everyday work, and decide nothing.

	TraitServer      Trait = "server"      // the same with its version
	TraitShape       Trait = "shape"       // how it puts its answers
	TraitIssuer      Trait = "issuer"      // who signed its certificate
	TraitCertificate Trait = "certificate" // SHA-256 of it, hexadecimal
)

// Traits lists all traits, the strong ones first.
func Traits() []Trait {
	return []Trait{TraitService, TraitNames, TraitHost, TraitProduct, TraitServer, TraitShape, TraitIssuer, TraitCertificate}
}

// Strong reports whether the trait outlasts everyday work at a server.
func (t Trait) Strong() bool {
	return slices.Contains([]Trait{TraitService, TraitNames, TraitHost, TraitProduct}, t)
}

// Fingerprint is how what answers at an endpoint shows who it is, as one line:
// "service=msnp; names=chat.example; server=nginx/1.24". Traits stand in the
// order of [Traits], and one that it does not show is missing. It is comparable.
type Fingerprint string

// MakeFingerprint writes the traits. Values are texts of a server that are
// bounded and escaped already; a semicolon in one becomes a comma.
func MakeFingerprint(traits map[Trait]string) Fingerprint {
	var marks []string
	for _, t := range Traits() {
		if v := strings.TrimSpace(strings.ReplaceAll(traits[t], ";", ",")); v != "" {
			marks = append(marks, string(t)+"="+v)
		}
	}
	return Fingerprint(strings.Join(marks, "; "))
}

// Trait returns what f says of a trait, "" if nothing.
func (f Fingerprint) Trait(t Trait) string {
	for mark := range strings.SplitSeq(string(f), "; ") {
		if name, value, _ := strings.Cut(mark, "="); name == string(t) {
			return value
		}
	}
	return ""
}

// Strong returns f with its strong traits only: the identity.
func (f Fingerprint) Strong() Fingerprint { return Fingerprint("").With(f) }

// With returns the strong traits of f, with those of g in their place where g
// has them: what g does not show it does not take back.
func (f Fingerprint) With(g Fingerprint) Fingerprint {
	traits := make(map[Trait]string)
	for _, t := range Traits() {
		if t.Strong() {
			traits[t] = cmp.Or(g.Trait(t), f.Trait(t))
		}
	}
	return MakeFingerprint(traits)
}

// Other reports whether g is somebody else than f, and by which trait that
// shows. It is told by strong traits that both have:
//
//   - a common domain, in certificates or in the names of servers, and it is
//     the same, whatever else is new;
//   - else another service, and it is another;
//   - else other domains and another program at once, and it is another;
//   - else it is the same: one thing alone changes in everyday work.
//
// The rule errs towards the same. docs/decisions/018 has the reasons.
func (f Fingerprint) Other(g Fingerprint) (t Trait, other bool) {
	names, host := f.compare(g, TraitNames), f.compare(g, TraitHost)
	switch {
	case names == agrees || host == agrees:
		return "", false
	case f.compare(g, TraitService) == differs:
		return TraitService, true
	case f.compare(g, TraitProduct) != differs:
		return "", false
	case names == differs:
		return TraitNames, true
	case host == differs:
		return TraitHost, true
	}
	return "", false
}

// likeness is what two fingerprints say of a trait.
type likeness int

const (
	untold likeness = iota // one of them does not show it
	agrees
	differs
)

// compare compares a trait: lists agree when they have one entry in common.
func (f Fingerprint) compare(g Fingerprint, t Trait) likeness {
	a, b := f.Trait(t), g.Trait(t)
	if a == "" || b == "" {
		return untold
	}
	in := strings.Split(b, ", ")
	for one := range strings.SplitSeq(a, ", ") {
		if slices.Contains(in, one) {
			return agrees
		}
	}
	return differs
}
