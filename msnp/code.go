package msnp

import "strconv"

// Code is a three-digit error reply. A code says nothing about versions.
type Code uint16

// The codes that mean something to a program that only signs in.
const (
	CodeSyntax         Code = 200
	CodeServerBusy     Code = 600
	CodeUnavailable    Code = 601
	CodeNotExpected    Code = 715 // also: a second VER
	CodeCVRNotExpected Code = 731
	CodeAuthentication Code = 911 // also: scheme understood, account unknown
)

// codeMeanings follows the draft, the lists of clients, and notes of the time.
// 921 and 922 stand in most of them as "too busy", in some as something else.
var codeMeanings = map[Code]string{
	200: "syntax error",
	201: "invalid parameter",
	204: "invalid network",
	205: "invalid user",
	206: "domain name missing",
	207: "already signed in",
	208: "invalid user name",
	209: "nickname not allowed or account not verified",
	210: "list full",
	215: "user already there",
	216: "user not on the list",
	217: "user not online",
	218: "already in that mode",
	219: "user is in the opposite list",
	223: "too many groups",
	224: "invalid group",
	225: "user not in the group",
	227: "group not empty",
	228: "group exists",
	229: "group name too long",
	230: "group 0 cannot be removed",
	231: "invalid group",
	240: "bad list payload",
	241: "invalid list change",
	280: "switchboard failed",
	281: "transfer to a switchboard failed",
	300: "required field missing",
	302: "not signed in",
	402: "contact list error",
	403: "contact list error",
	500: "internal server error",
	501: "database error",
	502: "command disabled",
	510: "file operation failed",
	520: "out of memory",
	540: "challenge answered wrongly",
	600: "server busy",
	601: "server unavailable",
	602: "peer server down",
	603: "database connection failed",
	604: "server going down",
	605: "server unavailable",
	700: "could not create connection",
	707: "could not create connection",
	710: "bad CVR parameters",
	711: "write blocks",
	712: "session overload",
	713: "calling too rapidly",
	714: "too many sessions",
	715: "command not expected now",
	717: "bad friend file",
	731: "CVR not expected now",
	800: "changing too rapidly",
	910: "server too busy",
	911: "authentication failed",
	912: "server too busy",
	913: "not allowed while hidden",
	914: "server unavailable",
	915: "server unavailable",
	916: "server unavailable",
	917: "authentication failed",
	918: "server too busy",
	919: "server too busy",
	920: "no new users accepted",
	921: "server too busy",
	922: "server too busy",
	923: "parental consent missing",
	924: "account not verified",
	927: "account suspended",
	928: "bad ticket",
	933: "circle membership",
}

// Meaning returns what c is known to mean, "" when it is not known.
func (c Code) Meaning() string { return codeMeanings[c] }

// String returns the three digits.
func (c Code) String() string {
	s := strconv.Itoa(int(c))
	for len(s) < 3 {
		s = "0" + s
	}
	return s
}

// Busy reports whether c says that the server is overloaded or away: asking
// later may get another answer.
func (c Code) Busy() bool {
	switch c {
	case 600, 601, 602, 604, 605, 712, 714, 910, 912, 914, 915, 916, 918, 919, 920, 921, 922:
		return true
	}
	return false
}

// ParseCode reads exactly three decimal digits.
func ParseCode(word string) (Code, bool) {
	if len(word) != 3 {
		return 0, false
	}
	n := Code(0)
	for i := range 3 {
		if word[i] < '0' || word[i] > '9' {
			return 0, false
		}
		n = n*10 + Code(word[i]-'0')
	}
	return n, true
}
