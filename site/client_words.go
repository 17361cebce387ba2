package site

import (
	"slices"
	"strings"

	"deadyet"
	"deadyet/words"
)

// fitWords are the words for how a client and a network go together.
var fitWords = map[deadyet.Fit]words.Phrase{
	deadyet.FitWorks:   words.Phrase("works"),
	deadyet.FitPatched: words.Phrase("works after patching"),
	deadyet.FitLogin:   words.Phrase("taken, but can’t sign in"),
	deadyet.FitNo:      words.Phrase("does not work"),
	deadyet.FitUnknown: words.Phrase("can’t tell"),
}

func (t tongue) fit(f deadyet.Fit) string { return t.t(string(fitWords[f])) }

// fitSays is the answer to whoever asks whether a client works.
var fitSays = map[deadyet.Fit]words.Phrase{
	deadyet.FitWorks:   words.Phrase("Yes, it works."),
	deadyet.FitPatched: words.Phrase("Yes, once the program is changed."),
	deadyet.FitLogin:   words.Phrase("Nearly: it would be let in, but can’t sign in."),
	deadyet.FitNo:      words.Phrase("No, nothing takes it."),
	deadyet.FitUnknown: words.Phrase("Nobody can tell at present."),
}

// fitClass is a fit in the words of the style sheet.
var fitClass = map[deadyet.Fit]string{
	deadyet.FitWorks: "yes", deadyet.FitPatched: "yes version", deadyet.FitLogin: "unclear", deadyet.FitNo: "no", deadyet.FitUnknown: "unasked",
}

// obstacleWords say why, each a whole sentence. {by} and {names} are as in
// [deadyet.Obstacle].
var obstacleWords = map[deadyet.ObstacleKind]words.Phrase{
	deadyet.ObstacleGone:      words.Phrase("The network takes nothing any more."),
	deadyet.ObstacleVersion:   words.Phrase("The network takes none of the versions that it speaks."),
	deadyet.ObstacleTransport: words.Phrase("The network takes one of its versions, but not over a way that it has."),
	deadyet.ObstacleAddress:   words.Phrase("It can’t be given the address of another server without changing the program."),
	deadyet.ObstacleSignIn:    words.Phrase("It can be given another server, but no other host for the sign-in."),
	deadyet.ObstacleDown:      words.Phrase("What it needs to sign in is down: {names}."),
	deadyet.ObstacleBarred:    words.Phrase("It was turned away: {by}."),
	deadyet.ObstacleUnasked:   words.Phrase("Nobody has asked the network about what it speaks."),
	deadyet.ObstacleUnclear:   words.Phrase("What the network answers can’t be trusted."),
	deadyet.ObstacleUnknown:   words.Phrase("Which versions it speaks is not known."),
	deadyet.ObstacleSetting:   words.Phrase("Whether it can be given another server is not known."),
}

func (t tongue) obstacle(o deadyet.Obstacle) string {
	return t.t(string(obstacleWords[o.Kind]), "by", clean(o.By), "names", clean(strings.Join(o.Names, ", ")))
}

// kindTitles are the headings of the clients of a kind; what stands apart has
// its own.
var (
	kindTitles = map[deadyet.ClientKind]words.Phrase{
		deadyet.ClientOfficial:   words.Phrase("Official clients"),
		deadyet.ClientThirdParty: words.Phrase("Clients by others"),
		deadyet.ClientLibrary:    words.Phrase("Libraries"),
	}
	apartTitle = words.Phrase("Apart: not what the question means")
)

// setWords say how a client is given another server.
var setWords = map[deadyet.SetHow]words.Phrase{
	deadyet.SetRegistry: words.Phrase("in the registry: {where}, value {field}"),
	deadyet.SetSettings: words.Phrase("in its settings: {where}, {field}"),
	deadyet.SetHosts:    words.Phrase("with a line in the system’s hosts file"),
	deadyet.SetCommand:  words.Phrase("with a command: {where}"),
	deadyet.SetArgument: words.Phrase("as an argument: {where}, {field}"),
	deadyet.SetNone:     words.Phrase("not without changing the program"),
	deadyet.SetUnknown:  words.Phrase("not known"),
}

func (t tongue) setting(s deadyet.Setting) string {
	return t.t(string(setWords[s.How]), "where", clean(s.Where), "field", clean(s.Field))
}

// signInWords name the generations of the sign-in.
var signInWords = map[deadyet.SignIn]words.Phrase{
	deadyet.SignInCTP:       words.Phrase("CTP (the password itself)"),
	deadyet.SignInMD5:       words.Phrase("MD5 (a digest of the password)"),
	deadyet.SignInNexus:     words.Phrase("Passport by the nexus (TWN)"),
	deadyet.SignInRST:       words.Phrase("one request for a ticket (RST)"),
	deadyet.SignInSSO:       words.Phrase("single sign-on (SSO)"),
	deadyet.SignInWebTicket: words.Phrase("the ticket of a web page"),
	deadyet.SignInSkype:     words.Phrase("as Skype does"),
}

// confidenceWords say how well the catalogue knows.
var confidenceWords = map[deadyet.Confidence]words.Phrase{
	deadyet.ConfidenceHigh:   words.Phrase("high: its source code, a trace, or two sources"),
	deadyet.ConfidenceMedium: words.Phrase("medium: one good source"),
	deadyet.ConfidenceLow:    words.Phrase("low: it follows from something else"),
}

// dateText is a date as precisely as it is known.
func (t tongue) dateText(d deadyet.Date) string {
	if d.IsZero() || d.Precision == deadyet.PrecisionDay {
		return t.day(d.Day).Text
	}
	return dateDoc(d)
}

// secret says why the password has to be one that is used nowhere else, by what
// this client does with it.
func (t tongue) secret(c deadyet.Client) string {
	why := t.t("It comes from a time before good encryption.")
	switch {
	case slices.Contains(c.SignIn, deadyet.SignInCTP):
		why = t.t("In its oldest manner it sends the password as it is, and in the next a digest (MD5) that can be guessed from.")
	case slices.Contains(c.SignIn, deadyet.SignInMD5):
		why = t.t("It sends a digest of the password (MD5) over a bare line, and whoever listens can guess at it in peace.")
	case len(c.TLS) == 1:
		why = t.t("The best encryption that its system knows is {tls}, which is broken by now.", "tls", clean(c.TLS[0]))
	}
	return t.t("Use a password that you use nowhere else.") + " " + why + " " + t.t("And the servers belong to volunteers whom you don’t know.")
}
