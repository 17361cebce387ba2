package deadyet

import "time"

// Reading is one try at one check.
type Reading struct {
	Check   Check
	Answer  Answer
	Stage   Stage   // the last stage that was reached
	Failure Failure // zero when the answer is yes and nothing failed behind it
	Derived bool    // concluded from the endpoint's connection, without asking this check itself

	Began time.Time
	Took  time.Duration

	Controls     Controls
	IgnoresOffer bool        // the server answers with versions that were not offered
	Redirects    []Hop       // where the server sent us, in order
	Fingerprint  Fingerprint // what answers, as far as it showed
	Identity     Fingerprint // of an identity check: who answers, or, where it is somebody else, who did before

	Told  Told         // of a check of a name or an identity: what is told, or, where nothing is, what was before
	Names []NameAnswer // the same, as each resolver told it

	// Transcript is shared with the other readings of the same connection; nil
	// when no connection was tried.
	Transcript *Transcript
}

// HungUp reports whether the server ended the connection instead of answering.
func (r Reading) HungUp() bool {
	return r.Failure.Kind == FailureClosed || r.Failure.Kind == FailureReset
}

// ControlState is the outcome of a control.
type ControlState string

const (
	ControlUnasked ControlState = "unasked"
	ControlGood    ControlState = "good"
	ControlFailed  ControlState = "failed"
)

// Controls are the questions with a known answer that belong to a reading.
type Controls struct {
	// Positive is good when another version was answered at the same endpoint
	// in the same round.
	Positive ControlState `json:"positive"`
	// Negative is good when a version that never existed was not accepted.
	Negative ControlState `json:"negative"`
}

// Hop is one redirect.
type Hop struct {
	To       string `json:"to"`       // host:port, as the server wrote it
	Followed bool   `json:"followed"` // false when the host is not listed
}

// Direction of bytes in a transcript.
type Direction string

const (
	Sent     Direction = "sent"
	Received Direction = "received"
)

// TranscriptLimit is the number of bytes that a transcript keeps for each
// direction; what goes past it is counted only.
const TranscriptLimit = 16384

// Exchange is one run of bytes in one direction.
type Exchange struct {
	Dir   Direction     `json:"dir"`
	Bytes []byte        `json:"bytes"`
	At    time.Duration `json:"at"` // since the transcript began
}

// Transcript is what went over one connection, inside TLS if there is any. It
// is bounded.
type Transcript struct {
	Endpoint  Endpoint      `json:"endpoint"`
	Remote    string        `json:"remote"` // address that was dialled
	Began     time.Time     `json:"began"`
	Took      time.Duration `json:"took"`
	Exchanges []Exchange    `json:"exchanges,omitempty"`
	Dropped   int           `json:"dropped,omitempty"` // bytes that went past the limit
	TLS       *TLS          `json:"tls,omitempty"`
	End       string        `json:"end"` // how the connection ended, in words
}

// TLS is what a handshake showed. Nothing in it is a reason to refuse the
// connection: old versions and bad certificates are recorded, never hidden.
type TLS struct {
	Version     string    `json:"version"` // "TLS 1.0"
	Suite       string    `json:"suite"`
	ServerName  string    `json:"server_name,omitempty"` // SNI that was sent
	Subject     string    `json:"subject,omitempty"`
	Issuer      string    `json:"issuer,omitempty"`
	Names       []string  `json:"names,omitempty"`
	NotBefore   time.Time `json:"not_before,omitzero"`
	NotAfter    time.Time `json:"not_after,omitzero"`
	Fingerprint string    `json:"fingerprint,omitempty"` // SHA-256 of the certificate, hexadecimal
	Problem     string    `json:"problem,omitempty"`     // why a browser would not trust it, "" if it would
}

// During returns the exchanges that began within the reading: its own part of
// a transcript that it shares with others.
func (r Reading) During() []Exchange {
	if r.Transcript == nil {
		return nil
	}
	from := r.Began.Sub(r.Transcript.Began)
	var es []Exchange
	for _, e := range r.Transcript.Exchanges {
		if e.At >= from && e.At <= from+r.Took {
			es = append(es, e)
		}
	}
	return es
}
