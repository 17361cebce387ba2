package sim

import (
	"fmt"
	"time"
)

// Fault is something that is wrong with a port. The zero value is no fault.
type Fault struct {
	Name  string
	Pause time.Duration // of drip and slow; 0 means the fault's own
}

// fault is one row of the table of faults.
type fault struct {
	name  string
	what  string
	pause time.Duration                        // default of Fault.Pause
	serve func(c *client, f Fault) (done bool) // nil: works at the listener
}

// table lists the faults. Each row names what a scanner must make of it.
func table() []fault {
	return []fault{
		{"refuse", "nothing listens: connections are refused", 0, nil},
		{"drop", "connection attempts vanish, as behind a firewall that drops", 0, nil},
		{"hang-up", "accepts and closes at once", 0, hangUp},
		{"reset", "reads the first bytes and resets the connection", 0, reset},
		{"tarpit", "accepts, and never reads or answers", 0, tarpit},
		{"drip", "answers one byte at a time with long pauses", 5 * time.Second, drip},
		{"slow", "answers correctly, but late", 300 * time.Millisecond, slow},
		{"garbage", "answers with bytes that mean nothing", 0, garbage},
		{"endless-line", "answers with a line that never ends", 0, endlessLine},
		{"foreign-http", "a web server listens instead", 0, foreignHTTP},
		{"foreign-ssh", "an SSH server listens instead", 0, foreignSSH},
		{"gateway-503", "the gateway answers 503 to everything", 0, gateway503},
		{"tls-alert", "refuses every TLS handshake by an alert", 0, tlsAlert},
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
			return row, f, nil
		}
	}
	return fault{}, f, fmt.Errorf("switch on the fault %q: there is none of that name", f.Name)
}
