package site

import (
	"strconv"
	"time"

	"deadyet"
)

// failureSentences says in plain English what happened. Each is the end of the
// sentence "we asked, and …".
var failureSentences = map[deadyet.FailureKind]string{
	deadyet.FailureRefused:         "the connection was refused",
	deadyet.FailureTimeout:         "nothing came in time",
	deadyet.FailureReset:           "the connection was reset",
	deadyet.FailureClosed:          "the server hung up",
	deadyet.FailureUnreachable:     "no route leads there",
	deadyet.FailureNameNotFound:    "the name does not exist",
	deadyet.FailureResolver:        "our own name resolver did not answer",
	deadyet.FailureTLSAlert:        "the server refused the TLS handshake",
	deadyet.FailureTLSCertificate:  "the TLS certificate can't be used at all",
	deadyet.FailureTLSBroken:       "the TLS handshake made no sense",
	deadyet.FailureHTTPStatus:      "the gateway answered with an error",
	deadyet.FailureForeignService:  "something else listens there",
	deadyet.FailureEcho:            "what we sent came back",
	deadyet.FailureControlAccepted: "it also accepts a version that never existed",
	deadyet.FailureOtherVersion:    "it answered with another version",
	deadyet.FailureVersionRefused:  "it refused in words",
	deadyet.FailureRedirectLoop:    "it sent us round in circles",
	deadyet.FailureErrorReply:      "it answered with an error code that decides nothing",
	deadyet.FailureBusy:            "it said that it is overloaded",
	deadyet.FailureMalformed:       "what came made no sense",
	deadyet.FailureTooLong:         "what came went on for too long",
	deadyet.FailureOverBudget:      "not asked: the day's connections are spent",
	deadyet.FailureOptedOut:        "not asked: the host does not want to be",
	deadyet.FailureNotAllowed:      "not asked: it is not a listed target",
	deadyet.FailureDisagree:        "tries or vantages disagree",
	deadyet.FailureLineDown:        "not asked: our own line was down",
	deadyet.FailureUnknown:         "something happened that has no name yet",
}

// failureSentence returns the sentence of a kind, "" for none.
func failureSentence(k deadyet.FailureKind) string {
	if k == "" {
		return ""
	}
	if s, ok := failureSentences[k]; ok {
		return s
	}
	return clean(string(k))
}

// failureText is the sentence of a failure with where it happened and its
// detail.
func failureText(f deadyet.Failure) string {
	said := failureSentence(f.Kind)
	s := said
	if s != "" && f.Stage != deadyet.StageNone {
		s += " at " + f.Stage.String()
	}
	if f.Detail != "" && f.Detail != said {
		s += ": " + clean(f.Detail)
	}
	return s
}

var roleWords = map[deadyet.Role]string{
	deadyet.RoleMain:       "main: a front door",
	deadyet.RoleInternal:   "internal: reached by redirects",
	deadyet.RoleEntry:      "entry: the public name, which leads to the main servers",
	deadyet.RoleDependency: "dependency: needed by everybody, but no messenger server",
}

func roleWord(r deadyet.Role) string {
	if w, ok := roleWords[r]; ok {
		return w
	}
	return clean(string(r))
}

// nbsp keeps a mark and its word on one line.
const nbsp = "\u00a0"

// says is an answer with its mark, and the stage that a yes to a version
// reached.
func says(o deadyet.Outcome, versioned bool) string {
	s := o.Answer.Mark() + nbsp + o.Answer.String()
	if o.Answer == deadyet.AnswerYes && versioned && o.Stage != deadyet.StageNone {
		s += " (" + o.Stage.String() + ")"
	}
	return s
}

// class is the answer in the words of the style sheet. A yes that went no
// further than the version is shown weaker.
func class(o deadyet.Outcome, versioned bool) string {
	c := o.Answer.String()
	if o.Answer == deadyet.AnswerYes && versioned && o.Stage < deadyet.StageLogin {
		c += " version"
	}
	return c
}

// plural returns "1 server", "2 servers".
func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + one + "s"
}

// every says how often: "every 6 hours".
func every(d time.Duration) string {
	switch {
	case d <= 0:
		return ""
	case d%(24*time.Hour) == 0:
		return everyUnit(int(d/(24*time.Hour)), "day")
	case d%time.Hour == 0:
		return everyUnit(int(d/time.Hour), "hour")
	case d >= time.Minute:
		return everyUnit(int(d.Round(time.Minute)/time.Minute), "minute")
	}
	return everyUnit(max(1, int(d.Round(time.Second)/time.Second)), "second")
}

func everyUnit(n int, unit string) string {
	if n == 1 {
		return "every " + unit
	}
	return "every " + plural(n, unit)
}
