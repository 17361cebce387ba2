package msnp

import (
	"fmt"
	"strconv"
	"strings"
)

// Version is a version of MSNP as a number: 21 for MSNP21. The zero value is
// no version. Numbers that never were a version are values too, because
// servers send them.
type Version uint16

// The versions that are known to have been spoken.
const (
	MSNP2  Version = 2  // 1999, the published draft
	MSNP3  Version = 3  // 1999
	MSNP4  Version = 4  // 2000
	MSNP5  Version = 5  // 2000
	MSNP6  Version = 6  // 2001
	MSNP7  Version = 7  // 2002
	MSNP8  Version = 8  // 2003, Passport
	MSNP9  Version = 9  // 2003
	MSNP10 Version = 10 // 2004
	MSNP11 Version = 11 // 2005
	MSNP12 Version = 12 // 2005
	MSNP13 Version = 13 // 2006
	MSNP14 Version = 14 // 2006
	MSNP15 Version = 15 // 2007, single sign-on
	MSNP16 Version = 16 // 2007
	MSNP17 Version = 17 // 2009
	MSNP18 Version = 18 // 2009
	MSNP19 Version = 19 // 2010
	MSNP20 Version = 20 // 2010
	MSNP21 Version = 21 // 2010
	MSNP22 Version = 22 // 2012, through the HTTPS gateway only
	MSNP23 Version = 23 // not known ever to have been on the wire
	MSNP24 Version = 24 // about 2013, Skype's; has no VER
)

// Control is a version that never existed. A server that accepts it accepts
// everything, so its other answers prove nothing.
const Control Version = 99

// maxVersion bounds what ParseVersion takes; three digits are more than
// anybody has ever sent.
const maxVersion = 999

// ParseVersion reads a whole token such as "MSNP21": upper case, 1 to 999,
// no leading zero, nothing before or after it.
func ParseVersion(token string) (Version, error) {
	digits, ok := strings.CutPrefix(token, "MSNP")
	if !ok || len(digits) == 0 || len(digits) > 3 || digits[0] == '0' {
		return 0, badVersion(token)
	}
	n := 0
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '9' {
			return 0, badVersion(token)
		}
		n = n*10 + int(digits[i]-'0')
	}
	return Version(n), nil
}

func badVersion(token string) error {
	if len(token) > 32 {
		token = token[:32] + "…"
	}
	return fmt.Errorf("parse version %q: want MSNP1 to MSNP%d", token, maxVersion)
}

// String returns the token of the wire, "MSNP21".
func (v Version) String() string { return "MSNP" + strconv.Itoa(int(v)) }

// Append appends the token of the wire to b.
func (v Version) Append(b []byte) []byte {
	return strconv.AppendUint(append(b, "MSNP"...), uint64(v), 10)
}

// Known reports whether v is one of the versions of this package, MSNP2 to
// MSNP24.
func (v Version) Known() bool { return v >= MSNP2 && v <= MSNP24 }

// Versions lists the known versions, oldest first.
func Versions() []Version {
	all := make([]Version, 0, MSNP24-MSNP2+1)
	for v := MSNP2; v <= MSNP24; v++ {
		all = append(all, v)
	}
	return all
}
