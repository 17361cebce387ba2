package probe

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"

	"deadyet"
	"deadyet/msnp/msnpclient"
)

func TestClassify(t *testing.T) {
	dial := func(err error) error {
		return &stageError{deadyet.StageConnect, &net.OpError{Op: "dial", Err: os.NewSyscallError("connect", err)}}
	}
	tests := []struct {
		err    error
		answer deadyet.Answer
		kind   deadyet.FailureKind
		stage  deadyet.Stage
	}{
		{dial(syscall.ECONNREFUSED), deadyet.AnswerNo, deadyet.FailureRefused, deadyet.StageConnect},
		{dial(syscall.EHOSTUNREACH), deadyet.AnswerSilent, deadyet.FailureUnreachable, deadyet.StageConnect},
		{dial(syscall.ENETUNREACH), deadyet.AnswerSilent, deadyet.FailureUnreachable, deadyet.StageConnect},
		{dial(syscall.ETIMEDOUT), deadyet.AnswerSilent, deadyet.FailureTimeout, deadyet.StageConnect},
		{dial(syscall.EMFILE), deadyet.AnswerUnasked, deadyet.FailureUnknown, deadyet.StageConnect},
		{dial(syscall.EINVAL), deadyet.AnswerUnclear, deadyet.FailureUnknown, deadyet.StageConnect},
		{&stageError{deadyet.StageConnect, context.DeadlineExceeded}, deadyet.AnswerSilent, deadyet.FailureTimeout, deadyet.StageConnect},
		{&stageError{deadyet.StageConnect, context.Canceled}, deadyet.AnswerUnasked, deadyet.FailureUnknown, deadyet.StageConnect},
		{&net.DNSError{IsNotFound: true, Name: "gone.example"}, deadyet.AnswerSilent, deadyet.FailureNameNotFound, deadyet.StageResolve},
		{&net.DNSError{IsTimeout: true}, deadyet.AnswerUnasked, deadyet.FailureResolver, deadyet.StageResolve},
		{fmt.Errorf("read: %w", io.EOF), deadyet.AnswerUnclear, deadyet.FailureClosed, deadyet.StageGreet},
		{fmt.Errorf("read: %w", syscall.ECONNRESET), deadyet.AnswerNo, deadyet.FailureReset, deadyet.StageGreet},
		{fmt.Errorf("%w: %w", io.ErrUnexpectedEOF, syscall.ECONNRESET), deadyet.AnswerUnclear, deadyet.FailureReset, deadyet.StageGreet},
		{msnpclient.ErrUnasked, deadyet.AnswerUnclear, deadyet.FailureTooLong, deadyet.StageGreet},
		{&stageError{deadyet.StageHTTP, errors.New("local error: tls: bad record MAC")}, deadyet.AnswerUnclear, deadyet.FailureTLSBroken, deadyet.StageHTTP},
		{&stageError{deadyet.StageTLS, errors.New("tls: handshake message of length 1048576 bytes exceeds maximum of 262144 bytes")}, deadyet.AnswerUnclear, deadyet.FailureTooLong, deadyet.StageTLS},
		{&stageError{deadyet.StageTLS, errors.New("tls: first record does not look like a TLS handshake")}, deadyet.AnswerUnclear, deadyet.FailureTLSBroken, deadyet.StageTLS},
		{&stageError{deadyet.StageTLS, errors.New("tls: failed to parse certificate from server")}, deadyet.AnswerUnclear, deadyet.FailureTLSCertificate, deadyet.StageTLS},
		{errors.New("something else"), deadyet.AnswerUnclear, deadyet.FailureUnknown, deadyet.StageGreet},
	}
	for _, tt := range tests {
		t.Run(tt.err.Error(), func(t *testing.T) {
			a, f := classify(tt.err)
			if a != tt.answer || f.Kind != tt.kind || f.Stage != tt.stage {
				t.Errorf("got %s, %s; want %s, %s at %s", a, f, tt.answer, tt.kind, tt.stage)
			}
		})
	}
}

func TestClassify_DetailsAreBoundedAndEscaped(t *testing.T) {
	_, f := classify(errors.New(strings.Repeat("<b>\x1b[31m", 1000)))
	if len(f.Detail) > 1000 || strings.ContainsAny(f.Detail, "\x1b\n") {
		t.Errorf("got %d bytes: %q", len(f.Detail), f.Detail)
	}
}
