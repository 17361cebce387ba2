package sim

import (
	"fmt"
	"time"
)

// Fault is something that is wrong with a port. The zero value is no fault.
type Fault struct {
	Name  string
	Pause time.Duration // of drip, slow and tls-unfinished; 0 means the fault's own
	After int           // of cut and cut-reset: bytes that get through; 0 means the fault's own
}

// fault is one row of the table of faults.
type fault struct {
	name  string
	what  string
	pause time.Duration                        // default of Fault.Pause
	after int                                  // default of Fault.After
	serve func(c *client, f Fault) (done bool) // nil: it is the port that is wrong
	state State                                // of the port where serve is nil
}

// table lists the faults. Each row names what a scanner must make of it.
func table() []fault {
	return []fault{
		{name: "refuse", what: "nothing listens: connections are refused", state: StateClosed},
		{name: "drop", what: "connection attempts vanish, as behind a firewall that drops", state: StateGone},
		{name: "hang-up", what: "accepts and closes at once", serve: hangUp},
		{name: "reset", what: "reads the first bytes and resets the connection", serve: reset},
		{name: "tarpit", what: "accepts, and never reads or answers", serve: tarpit},
		{name: "drip", what: "answers one byte at a time with long pauses", pause: 5 * time.Second, serve: drip},
		{name: "slow", what: "answers correctly, but late", pause: 300 * time.Millisecond, serve: slow},
		{name: "garbage", what: "answers with bytes that mean nothing", serve: garbage},
		{name: "endless-line", what: "answers with a line that never ends", serve: endlessLine},
		{name: "foreign-http", what: "a web server listens instead", serve: foreignHTTP},
		{name: "foreign-ssh", what: "an SSH server listens instead", serve: foreignSSH},
		{name: "gateway-503", what: "the gateway answers 503 to everything", serve: gateway503},
		{name: "tls-alert", what: "refuses every TLS handshake by an alert", serve: tlsAlert},
		{name: "tls-unfinished", what: "begins a TLS record and never ends it", pause: time.Second, serve: tlsUnfinished},
		{name: "huge-certificate", what: "shows a chain of certificates of a megabyte", serve: hugeCertificate},
		{name: "endless-headers", what: "the gateway's headers never end", serve: endlessHeaders},
		{name: "endless-chunks", what: "the gateway answers in chunks of a byte, without end", serve: endlessChunks},
		{name: "gzip-bomb", what: "the gateway answers with a megabyte that is packed into a kilobyte", serve: gzipBomb},
		{name: "redirects", what: "sends everybody on to somewhere new, without end", serve: redirects},
		{name: "wrong-ids", what: "answers another question than the one that was asked", serve: wrongIDs},
		{name: "unasked", what: "says what nobody asked before and behind its answers", serve: unasked},
		{name: "error-storm", what: "answers with a thousand errors about other questions", serve: errorStorm},
		{name: "many-words", what: "answers with ten thousand words", serve: manyWords},
		{name: "payload-2e63", what: "announces a payload of 2^63 bytes", serve: payloadOf("9223372036854775808")},
		{name: "payload-1e30", what: "announces a payload of 10^30 bytes", serve: payloadOf("1000000000000000000000000000000")},
		{name: "payload-negative", what: "announces a payload of less than nothing", serve: payloadOf("-1")},
		{name: "cut", what: "hangs up in the middle of an answer", after: 5, serve: cutShort},
		{name: "cut-reset", what: "resets the connection in the middle of an answer", after: 5, serve: cutReset},
	}
}

// Faults returns the names of all faults and what each does, in the order of
// the table.
func Faults() (names []string, what map[string]string) {
	what = make(map[string]string)
	for _, f := range table() {
		names = append(names, f.name)
		what[f.name] = f.what
	}
	return names, what
}

func lookup(f Fault) (fault, Fault, error) {
	for _, row := range table() {
		if row.name == f.Name {
			if f.Pause == 0 {
				f.Pause = row.pause
			}
			if f.After == 0 {
				f.After = row.after
			}
			return row, f, nil
		}
	}
	return fault{}, f, fmt.Errorf("switch on the fault %q: there is none of that name", f.Name)
}
