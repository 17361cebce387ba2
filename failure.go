package deadyet

import "slices"

// FailureKind says what went wrong, as one word of a closed list. The words
// are a public format: they stand in the store, the API and the page.
type FailureKind string

const (
	FailureRefused         FailureKind = "refused"          // the connection was refused
	FailureTimeout         FailureKind = "timeout"          // nothing came within the budget
	FailureReset           FailureKind = "reset"            // the connection was reset
	FailureClosed          FailureKind = "closed"           // the server hung up
	FailureUnreachable     FailureKind = "unreachable"      // no route, or an ICMP answer said so
	FailureNameNotFound    FailureKind = "name_not_found"   // the name does not exist
	FailureResolver        FailureKind = "resolver"         // our resolver did not answer: says nothing about the server
	FailureTLSAlert        FailureKind = "tls_alert"        // the server refused the handshake by an alert
	FailureTLSCertificate  FailureKind = "tls_certificate"  // the certificate can't be used at all
	FailureTLSBroken       FailureKind = "tls_broken"       // the handshake made no sense
	FailureHTTPStatus      FailureKind = "http_status"      // the gateway answered with another status than 200
	FailureForeignService  FailureKind = "foreign_service"  // something else listens there
	FailureEcho            FailureKind = "echo"             // what we sent came back
	FailureControlAccepted FailureKind = "control_accepted" // a version that never existed was accepted
	FailureOtherVersion    FailureKind = "other_version"    // it answered with a version that was not offered
	FailureVersionRefused  FailureKind = "version_refused"  // it refused in words
	FailureRedirectLoop    FailureKind = "redirect_loop"    // it sends us round in circles
	FailureErrorReply      FailureKind = "error_reply"      // a protocol error code that decides nothing
	FailureBusy            FailureKind = "busy"             // it says that it is overloaded
	FailureMalformed       FailureKind = "malformed"        // what came can't be parsed
	FailureTooLong         FailureKind = "too_long"         // what came went past a limit
	FailureSpecialAddress  FailureKind = "special_address"  // the name leads to an address that is not for everybody
	FailureRepurposed      FailureKind = "repurposed"       // somebody else answers than before
	FailureOverBudget      FailureKind = "over_budget"      // not asked: the day's connections are spent
	FailureOptedOut        FailureKind = "opted_out"        // not asked: the host does not want to be
	FailureNotAllowed      FailureKind = "not_allowed"      // not asked: not a listed target
	FailureDisagree        FailureKind = "disagree"         // tries or vantages gave different answers
	FailureLineDown        FailureKind = "line_down"        // not asked: our own line was down
	FailureLineLossy       FailureKind = "line_lossy"       // not asked: our own line lost too much to be believed
	FailureUnknown         FailureKind = "unknown"          // nothing of the above; the detail has the text
)

// FailureKinds lists all kinds.
func FailureKinds() []FailureKind {
	return []FailureKind{
		FailureRefused, FailureTimeout, FailureReset, FailureClosed, FailureUnreachable,
		FailureNameNotFound, FailureResolver, FailureTLSAlert, FailureTLSCertificate,
		FailureTLSBroken, FailureHTTPStatus, FailureForeignService, FailureEcho,
		FailureControlAccepted, FailureOtherVersion, FailureVersionRefused,
		FailureRedirectLoop, FailureErrorReply, FailureBusy, FailureMalformed,
		FailureTooLong, FailureSpecialAddress, FailureRepurposed, FailureOverBudget, FailureOptedOut, FailureNotAllowed,
		FailureDisagree, FailureLineDown, FailureLineLossy, FailureUnknown,
	}
}

// Known reports whether k is on the list.
func (k FailureKind) Known() bool { return slices.Contains(FailureKinds(), k) }

// Failure describes what a target did instead of accepting. It is data, not a
// Go error. The zero value means that nothing failed.
type Failure struct {
	Stage  Stage       `json:"stage,omitempty"`  // where it failed
	Kind   FailureKind `json:"kind"`             // what happened
	Detail string      `json:"detail,omitempty"` // for people; may hold bytes from the server, escaped and bounded
}

// IsZero reports whether nothing failed.
func (f Failure) IsZero() bool { return f == Failure{} }

// String returns "kind at stage: detail".
func (f Failure) String() string {
	if f.IsZero() {
		return ""
	}
	s := string(f.Kind)
	if f.Stage != StageNone {
		s += " at " + f.Stage.String()
	}
	if f.Detail != "" {
		s += ": " + f.Detail
	}
	return s
}
