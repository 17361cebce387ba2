package probe

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"syscall"

	"deadyet"
	"deadyet/msnp"
	"deadyet/msnp/msnpclient"
)

// stageError says at which stage an error came.
type stageError struct {
	stage deadyet.Stage
	err   error
}

func (e *stageError) Error() string { return e.stage.String() + ": " + e.err.Error() }
func (e *stageError) Unwrap() error { return e.err }

// classify is the one place where an error becomes an answer. It looks at
// numbers and types first; what it can't map is unknown, with its text.
func classify(err error) (deadyet.Answer, deadyet.Failure) {
	f := deadyet.Failure{Stage: deadyet.StageGreet}
	if se := (*stageError)(nil); errors.As(err, &se) {
		f.Stage = se.stage
	}
	for _, by := range []func(error) (deadyet.Answer, deadyet.Failure, bool){
		notAskedAnswer, nameAnswer, protocolAnswer, tlsAnswer, errnoAnswer, endAnswer, tlsTextAnswer,
	} {
		if a, g, ok := by(err); ok {
			if g.Stage == deadyet.StageNone {
				g.Stage = f.Stage
			}
			g.Detail = clip(g.Detail)
			return a, g
		}
	}
	f.Kind, f.Detail = deadyet.FailureUnknown, clip(err.Error())
	return deadyet.AnswerUnclear, f
}

// Explain classifies the failure of a connection that was made by other means
// than a [Prober].
func Explain(err error) deadyet.Failure {
	_, f := classify(&stageError{deadyet.StageConnect, err})
	return f
}

// because says in words why something ended. The words are those of the
// classifier: what the network says names addresses of our own, too.
func because(err error) string {
	_, f := classify(err)
	if f.Detail == "" {
		return string(f.Kind)
	}
	return string(f.Kind) + ": " + f.Detail
}

func notAskedAnswer(err error) (deadyet.Answer, deadyet.Failure, bool) {
	if na := (*NotAskedError)(nil); errors.As(err, &na) {
		return deadyet.AnswerUnasked, deadyet.Failure{Kind: na.Kind, Detail: na.Detail}, true
	}
	if errors.Is(err, context.Canceled) {
		return deadyet.AnswerUnasked, deadyet.Failure{Kind: deadyet.FailureUnknown, Detail: "given up by us"}, true
	}
	// Our own machine ran out of something.
	for _, no := range []syscall.Errno{syscall.EMFILE, syscall.ENFILE, syscall.EADDRNOTAVAIL, syscall.ENOBUFS, syscall.ENOMEM, syscall.EACCES, syscall.EPERM} {
		if errors.Is(err, no) {
			return deadyet.AnswerUnasked, deadyet.Failure{Kind: deadyet.FailureUnknown, Detail: "our own machine: " + no.Error()}, true
		}
	}
	return 0, deadyet.Failure{}, false
}

// nameAnswer: a name that is gone is silence; a resolver that does not answer
// says nothing about the server.
func nameAnswer(err error) (deadyet.Answer, deadyet.Failure, bool) {
	dns := (*net.DNSError)(nil)
	if !errors.As(err, &dns) {
		return 0, deadyet.Failure{}, false
	}
	if dns.IsNotFound {
		return deadyet.AnswerSilent, deadyet.Failure{Stage: deadyet.StageResolve, Kind: deadyet.FailureNameNotFound, Detail: dns.Name}, true
	}
	return deadyet.AnswerUnasked, deadyet.Failure{Stage: deadyet.StageResolve, Kind: deadyet.FailureResolver, Detail: dns.Err}, true
}

// protocolAnswer handles what came in words.
func protocolAnswer(err error) (a deadyet.Answer, f deadyet.Failure, ok bool) {
	foreign, status := (*msnpclient.ForeignError)(nil), (*msnpclient.HTTPStatusError)(nil)
	reply, malformed := (*msnp.Error)(nil), (*msnpclient.MalformedError)(nil)
	switch {
	case errors.As(err, &foreign):
		f.Kind, f.Detail = deadyet.FailureForeignService, foreignDetail(foreign)
		if ours(foreign.First) {
			f.Kind, f.Detail = deadyet.FailureEcho, "it sends back what it gets"
		}
	case errors.As(err, &status):
		f.Stage, f.Kind, f.Detail = deadyet.StageHTTP, deadyet.FailureHTTPStatus, fmt.Sprint(status.Status)
		if status.Location != "" {
			f.Detail += " to " + status.Location
		}
	case errors.As(err, &reply):
		f.Kind, f.Detail = deadyet.FailureErrorReply, reply.Error()
		if reply.Code.Busy() || (reply.Code >= 500 && reply.Code < 600) { // not about what was asked
			f.Kind = deadyet.FailureBusy
		}
	case errors.Is(err, msnpclient.ErrTooLong):
		f.Kind, f.Detail = deadyet.FailureTooLong, err.Error()
	case errors.As(err, &malformed):
		f.Kind, f.Detail = deadyet.FailureMalformed, malformed.Line
	default:
		return 0, f, false
	}
	return deadyet.AnswerUnclear, f, true
}

// foreignDetail names the service and its first line.
func foreignDetail(e *msnpclient.ForeignError) string {
	first, _, _ := strings.Cut(string(e.First[:min(len(e.First), 80)]), "\r\n")
	if e.Service == "" {
		return "unknown: " + first
	}
	return e.Service + ": " + first
}

// ours reports whether what came is how our own requests begin.
func ours(first []byte) bool {
	for _, begin := range []string{"POST /gateway/", "CNT 1 CON "} {
		if strings.HasPrefix(string(first), begin) {
			return true
		}
	}
	return false
}

// tlsAnswer handles handshakes. crypto/tls reports an alert from the other
// side as an OpError whose operation is "remote error".
func tlsAnswer(err error) (deadyet.Answer, deadyet.Failure, bool) {
	if op := (*net.OpError)(nil); errors.As(err, &op) && op.Op == "remote error" {
		return deadyet.AnswerNo, deadyet.Failure{Kind: deadyet.FailureTLSAlert, Detail: op.Err.Error()}, true
	}
	if head := (tls.RecordHeaderError{}); errors.As(err, &head) {
		what := "no TLS: " + string(head.RecordHeader[:])
		if strings.HasPrefix(string(head.RecordHeader[:]), "HTTP") {
			what = "HTTP without TLS"
		}
		return deadyet.AnswerUnclear, deadyet.Failure{Kind: deadyet.FailureForeignService, Detail: what}, true
	}
	return 0, deadyet.Failure{}, false
}

// tlsTextAnswer comes last: what crypto/tls says of a handshake, or of records
// behind it, that make no sense has no type.
func tlsTextAnswer(err error) (deadyet.Answer, deadyet.Failure, bool) {
	text := err.Error()
	if !strings.Contains(text, "tls: ") {
		return 0, deadyet.Failure{}, false
	}
	f := deadyet.Failure{Kind: deadyet.FailureTLSBroken, Detail: text}
	switch {
	case strings.Contains(text, "exceeds maximum"):
		f.Kind = deadyet.FailureTooLong
	case strings.Contains(text, "certificate"):
		f.Kind = deadyet.FailureTLSCertificate
	}
	return deadyet.AnswerUnclear, f, true
}

func errnoAnswer(err error) (deadyet.Answer, deadyet.Failure, bool) {
	no := syscall.Errno(0)
	if !errors.As(err, &no) {
		return 0, deadyet.Failure{}, false
	}
	f := deadyet.Failure{Detail: no.Error()}
	switch no {
	case syscall.ECONNREFUSED:
		f.Kind = deadyet.FailureRefused
		return deadyet.AnswerNo, f, true
	case syscall.ECONNRESET, syscall.EPIPE, syscall.ECONNABORTED:
		f.Kind = deadyet.FailureReset
		if cut(err) { // who begins to answer does not refuse
			f.Detail += " " + inside
			return deadyet.AnswerUnclear, f, true
		}
		return deadyet.AnswerNo, f, true
	case syscall.EHOSTUNREACH, syscall.ENETUNREACH, syscall.EHOSTDOWN, syscall.ENETDOWN:
		f.Kind = deadyet.FailureUnreachable
		return deadyet.AnswerSilent, f, true
	case syscall.ETIMEDOUT:
		f.Kind = deadyet.FailureTimeout
		return deadyet.AnswerSilent, f, true
	}
	return 0, f, false
}

// cut reports whether the talk ended inside an answer.
func cut(err error) bool { return errors.Is(err, io.ErrUnexpectedEOF) }

const inside = "in the middle of an answer"

// endAnswer handles time-outs and hang-ups.
func endAnswer(err error) (deadyet.Answer, deadyet.Failure, bool) {
	var ne net.Error
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded),
		errors.As(err, &ne) && ne.Timeout():
		return deadyet.AnswerSilent, deadyet.Failure{Kind: deadyet.FailureTimeout, Detail: "nothing came in time"}, true
	case cut(err):
		return deadyet.AnswerUnclear, deadyet.Failure{Kind: deadyet.FailureClosed, Detail: "the server hung up " + inside}, true
	case errors.Is(err, io.EOF), errors.Is(err, msnpclient.ErrNotReusable):
		return deadyet.AnswerUnclear, deadyet.Failure{Kind: deadyet.FailureClosed, Detail: "the server hung up"}, true
	}
	return 0, deadyet.Failure{}, false
}
