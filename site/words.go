package site

import (
	"strings"
	"time"

	"deadyet"
	"deadyet/words"
)

// failureSentences says in plain English what happened. Each is the end of the
// sentence "we asked, and …".
var failureSentences = map[deadyet.FailureKind]words.Phrase{
	deadyet.FailureRefused:         words.Phrase("the connection was refused"),
	deadyet.FailureTimeout:         words.Phrase("nothing came in time"),
	deadyet.FailureReset:           words.Phrase("the connection was reset"),
	deadyet.FailureClosed:          words.Phrase("the server hung up"),
	deadyet.FailureUnreachable:     words.Phrase("no route leads there"),
	deadyet.FailureNameNotFound:    words.Phrase("the name does not exist"),
	deadyet.FailureResolver:        words.Phrase("our own name resolver did not answer"),
	deadyet.FailureTLSAlert:        words.Phrase("the server refused the TLS handshake"),
	deadyet.FailureTLSCertificate:  words.Phrase("the TLS certificate can't be used at all"),
	deadyet.FailureTLSBroken:       words.Phrase("the TLS handshake made no sense"),
	deadyet.FailureHTTPStatus:      words.Phrase("the gateway answered with an error"),
	deadyet.FailureForeignService:  words.Phrase("something else listens there"),
	deadyet.FailureEcho:            words.Phrase("what we sent came back"),
	deadyet.FailureControlAccepted: words.Phrase("it also accepts a version that never existed"),
	deadyet.FailureOtherVersion:    words.Phrase("it answered with another version"),
	deadyet.FailureVersionRefused:  words.Phrase("it refused in words"),
	deadyet.FailureRedirectLoop:    words.Phrase("it sent us round in circles"),
	deadyet.FailureErrorReply:      words.Phrase("it answered with an error code that decides nothing"),
	deadyet.FailureBusy:            words.Phrase("it said that it is overloaded"),
	deadyet.FailureMalformed:       words.Phrase("what came made no sense"),
	deadyet.FailureTooLong:         words.Phrase("what came went on for too long"),
	deadyet.FailureSpecialAddress:  words.Phrase("its name leads to an address that is not for everybody"),
	deadyet.FailureRepurposed:      words.Phrase("somebody else answers there than before"),
	deadyet.FailureOverBudget:      words.Phrase("not asked: the day's connections are spent"),
	deadyet.FailureOptedOut:        words.Phrase("not asked: the host does not want to be"),
	deadyet.FailureNotAllowed:      words.Phrase("not asked: it is not a listed target"),
	deadyet.FailureDisagree:        words.Phrase("tries or vantages disagree"),
	deadyet.FailureLineDown:        words.Phrase("not asked: our own line was down"),
	deadyet.FailureLineLossy:       words.Phrase("not asked: our own line lost too much to be believed"),
	deadyet.FailureUnknown:         words.Phrase("something happened that has no name yet"),
}

// failureSentence returns the sentence of a kind, "" for none.
func (t tongue) failureSentence(k deadyet.FailureKind) string {
	if k == "" {
		return ""
	}
	if s, ok := failureSentences[k]; ok {
		return t.t(string(s))
	}
	return clean(string(k))
}

// failureText is the sentence of a failure with where it happened and its
// detail.
func (t tongue) failureText(f deadyet.Failure) string {
	said := t.failureSentence(f.Kind)
	s := said
	if s != "" && f.Stage != deadyet.StageNone {
		s = t.t("{failure} at {stage}", "failure", said, "stage", t.stage(f.Stage))
	}
	if f.Detail != "" && f.Detail != said {
		s += ": " + clean(f.Detail)
	}
	return s
}

var roleSentences = map[deadyet.Role]words.Phrase{
	deadyet.RoleMain:       words.Phrase("main: a front door"),
	deadyet.RoleInternal:   words.Phrase("internal: reached by redirects"),
	deadyet.RoleEntry:      words.Phrase("entry: the public name, which leads to the main servers"),
	deadyet.RoleDependency: words.Phrase("dependency: needed by everybody, but no messenger server"),
}

func (t tongue) roleSentence(r deadyet.Role) string {
	if w, ok := roleSentences[r]; ok {
		return t.t(string(w))
	}
	return clean(string(r))
}

// Words that are a part of the data everywhere else, and stand on the page in its
// language.
var (
	answerWords = map[deadyet.Answer]words.Phrase{
		deadyet.AnswerUnasked: words.Phrase("unasked"), deadyet.AnswerYes: words.Phrase("yes"), deadyet.AnswerNo: words.Phrase("no"),
		deadyet.AnswerSilent: words.Phrase("silent"), deadyet.AnswerUnclear: words.Phrase("unclear"),
	}
	stageWords = map[deadyet.Stage]words.Phrase{
		deadyet.StageResolve: words.Phrase("resolve"), deadyet.StageConnect: words.Phrase("connect"), deadyet.StageTLS: words.Phrase("tls"),
		deadyet.StageHTTP: words.Phrase("http"), deadyet.StageGreet: words.Phrase("greet"), deadyet.StageVersion: words.Phrase("version"),
		deadyet.StageLogin: words.Phrase("login"), deadyet.StageMessage: words.Phrase("message"),
	}
	roleWords = map[deadyet.Role]words.Phrase{
		deadyet.RoleMain: words.Phrase("main"), deadyet.RoleInternal: words.Phrase("internal"),
		deadyet.RoleEntry: words.Phrase("entry"), deadyet.RoleDependency: words.Phrase("dependency"),
	}
)

func (t tongue) answer(a deadyet.Answer) string { return t.t(string(answerWords[a])) }

// stage is "" for none.
func (t tongue) stage(s deadyet.Stage) string { return t.t(string(stageWords[s])) }

func (t tongue) role(r deadyet.Role) string {
	if w, ok := roleWords[r]; ok {
		return t.t(string(w))
	}
	return clean(string(r))
}

// withMark is an answer with its mark.
func (t tongue) withMark(a deadyet.Answer) string { return a.Mark() + nbsp + t.answer(a) }

// nbsp keeps a mark and its word on one line.
const nbsp = "\u00a0"

// says is an answer with its mark, and the stage that a yes to a version
// reached.
func (t tongue) says(o deadyet.Outcome, versioned bool) string {
	s := t.withMark(o.Answer)
	if o.Answer == deadyet.AnswerYes && versioned && o.Stage != deadyet.StageNone {
		s += " (" + t.stage(o.Stage) + ")"
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

// servers counts them: "2 servers".
func (t tongue) servers(n int) string { return t.n(n, "{n} server", "{n} servers") }

// and joins texts as people do: "a, b and c".
func (t tongue) and(texts []string) string {
	n := len(texts)
	if n < 2 {
		return strings.Join(texts, "")
	}
	head := texts[0]
	for _, text := range texts[1 : n-1] {
		head = t.t("{first}, {next}", "first", head, "next", text)
	}
	return t.t("{first} and {last}", "first", head, "last", texts[n-1])
}

// every says how often: "every 6 hours".
func (t tongue) every(d time.Duration) string {
	switch {
	case d <= 0:
		return ""
	case d%(24*time.Hour) == 0:
		return t.n(int(d/(24*time.Hour)), "every day", "every {n} days")
	case d%time.Hour == 0:
		return t.n(int(d/time.Hour), "every hour", "every {n} hours")
	case d >= time.Minute:
		return t.n(int(d.Round(time.Minute)/time.Minute), "every minute", "every {n} minutes")
	}
	return t.n(max(1, int(d.Round(time.Second)/time.Second)), "every second", "every {n} seconds")
}

// lasted says how long something took, in the largest unit that fits more than
// once. Months and years are rounded, and say so.
func (t tongue) lasted(d time.Duration) string {
	const day = 24 * time.Hour
	whole := func(unit time.Duration) int { return int((d + unit/2) / unit) }
	switch {
	case whole(365*day) >= 2:
		return t.n(whole(365*day), "about {n} year", "about {n} years")
	case whole(30*day) >= 3:
		return t.n(whole(30*day), "about {n} month", "about {n} months")
	case d >= day:
		return t.n(whole(day), "{n} day", "{n} days")
	case d >= time.Hour:
		return t.n(whole(time.Hour), "{n} hour", "{n} hours")
	case d >= time.Minute:
		return t.n(whole(time.Minute), "{n} minute", "{n} minutes")
	}
	return t.t("less than a minute")
}

// lasting says exactly how long: "24 hours".
func (t tongue) lasting(d time.Duration) string {
	if d >= time.Hour && d%time.Hour == 0 {
		return t.n(int(d/time.Hour), "{n} hour", "{n} hours")
	}
	return t.n(int(d.Round(time.Minute)/time.Minute), "{n} minute", "{n} minutes")
}
