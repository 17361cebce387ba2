package msnp

// The sign-in schemes, which the protocol calls security packages.
const (
	SchemeMD5 = "MD5" // 2–7: a salted hash of the password
	SchemeTWN = "TWN" // 8–14: "Tweener", a Passport 1.4 ticket
	SchemeSSO = "SSO" // 15–21: a ticket and a blob made with its secret
	SchemeWEB = "WEB" // 22: the ticket travels in HTTP headers
)

// Scheme returns the sign-in scheme of v, "" when v has none: MSNP24 signs in
// without USR, and of other versions nothing is known.
func (v Version) Scheme() string {
	switch {
	case v >= MSNP2 && v <= MSNP7:
		return SchemeMD5
	case v >= MSNP8 && v <= MSNP14:
		return SchemeTWN
	case v >= MSNP15 && v <= MSNP21:
		return SchemeSSO
	case v == MSNP22:
		return SchemeWEB
	}
	return ""
}

// HasPolicy reports whether v asks for the scheme with INF before USR.
func (v Version) HasPolicy() bool { return v >= MSNP2 && v <= MSNP7 }

// NamesUser reports whether a sign-in with v begins with "USR n SCHEME I
// address": versions 2 to 21.
func (v Version) NamesUser() bool { return v >= MSNP2 && v <= MSNP21 }

// HasVER reports whether v is negotiated with VER at all. MSNP24 is not: it
// says hello with CNT inside TLS.
func (v Version) HasVER() bool { return v != MSNP24 && v != 0 }
