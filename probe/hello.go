package probe

import (
	"context"
	"errors"
	"time"

	"deadyet"
	"deadyet/msnp"
	"deadyet/msnp/msnpclient"
)

// helloVersion has no VER. It speaks inside TLS, without HTTP, and begins with
// a hello of its own, for which no account is needed.
const helloVersion deadyet.Version = "MSNP24"

// understood reports whether err is a refusal to sign in an account: the
// server understood the question.
func understood(err error) bool {
	e := (*msnp.Error)(nil)
	return errors.As(err, &e) && (e.Code == 911 || e.Code == 917 || e.Code == 928 || e.Code == 205 || e.Code == 208)
}

// hello asks for MSNP24 on a connection of its own. spoke tells that the
// endpoint's gateway answered in this round: then an answer in HTTP, or a
// hang-up, is a refusal, since the server does talk to us.
func (a *msnpAsker) hello(ctx context.Context, c deadyet.Check, spoke bool) {
	r := deadyet.Reading{Check: c, Began: time.Now().UTC(), Controls: noControls()}
	a.line.close("closed by us")
	w, err := a.v.wire(ctx)
	if err == nil {
		r.Transcript = w.transcript()
		r.Redirects, err = a.greet(ctx, w)
	} else if answer, _ := classify(err); answer != deadyet.AnswerUnasked {
		r.Transcript = a.line.lastTranscript(a.v)
	}
	r.Took = time.Since(r.Began)
	if spoke {
		r.Controls.Positive = deadyet.ControlGood
	}
	r.Answer, r.Stage, r.Failure = judgeHello(err, spoke)
	if r.Answer == deadyet.AnswerSilent && a.v.over(ctx) {
		late := tooLate(&reply{failure: r.Failure})
		r.Answer, r.Failure = late.answer, late.failure
	}
	a.v.add(r)
}

// judgeHello makes an answer of what came of a hello.
func judgeHello(err error, spoke bool) (deadyet.Answer, deadyet.Stage, deadyet.Failure) {
	if err == nil {
		return deadyet.AnswerYes, deadyet.StageVersion, deadyet.Failure{}
	}
	answer, f := classify(err)
	stage := before(f.Stage)
	switch {
	case f.Stage == deadyet.StageGreet:
		stage = deadyet.StageTLS // there is no HTTP in between
		if spoke && !cut(err) && (f.Kind == deadyet.FailureForeignService || f.Kind == deadyet.FailureClosed) {
			answer = deadyet.AnswerNo
		}
	case answer == deadyet.AnswerNo && (spoke || f.Kind == deadyet.FailureRefused):
		answer = deadyet.AnswerUnclear // it took a connection, or a handshake, before
	}
	return answer, stage, f
}

// greet says hello and ends the connection.
func (a *msnpAsker) greet(ctx context.Context, w *wire) ([]deadyet.Hop, error) {
	ctx, cancel := a.v.answer(ctx)
	defer cancel()
	got, err := msnpclient.Hello(ctx, w, msnpclient.Limits{})
	if err != nil {
		w.hangUp("given up: " + because(err))
		return nil, &stageError{deadyet.StageGreet, err}
	}
	a.v.speaks()
	w.hangUp("closed by us")
	if got.Target == "" {
		return nil, nil
	}
	hops := []deadyet.Hop{{To: clip(got.Target)}}
	a.v.sends(hops)
	return hops, nil
}
