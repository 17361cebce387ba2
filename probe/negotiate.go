package probe

import (
	"slices"

	"deadyet"
)

// reply is what came of one offer of versions.
type reply struct {
	yes     []deadyet.Version // tokens of the answer that were offered
	other   []deadyet.Version // tokens that were not
	refused bool              // it said no in words
	control bool              // the version that never existed is in the answer
	bare    bool              // it answered CVR0 and no version at all
	echo    bool              // the answer is what was sent, byte for byte
	login   *login            // the sign-in step behind the only version of yes; nil if it was not sent

	// Where nothing was answered: why, as an answer and a failure.
	answer  deadyet.Answer
	failure deadyet.Failure
	reached deadyet.Stage // the last stage before
	cut     bool          // it ended in the middle of an answer

	reading deadyet.Reading // times and transcript
}

// answered reports whether the server said anything about versions.
func (r *reply) answered() bool { return r.failure.IsZero() }

// hungUp reports whether the server ended the connection instead of answering.
func (r *reply) hungUp() bool {
	return r.failure.Kind == deadyet.FailureClosed || r.failure.Kind == deadyet.FailureReset
}

// heard reports whether the talk got as far as the offer: what ends in a TLS
// handshake is no answer to it.
func (r *reply) heard() bool { return r.answered() || r.failure.Stage > deadyet.StageTLS }

// negotiation finds the exact set of versions that a server takes, by offers.
//
// A joint offer comes first, then elimination: what the server picked is left
// out of the next offer, until it refuses the rest in words. Where it does not
// play along (it hangs up, or answers with what was not offered) each of the
// rest is asked alone.
type negotiation struct {
	// offer makes one offer, best version first. last leaves CVR0 out of it,
	// so that a server which has nothing else must refuse in words.
	offer   func(vs []deadyet.Version, last bool) *reply
	control deadyet.Version
	deep    bool // ask on until the sign-in step of each version is answered

	found        map[deadyet.Version]result
	ignoresOffer bool
	answered     bool   // the server answered some offer
	controlled   bool   // the control was offered and not accepted
	failed       bool   // the control was accepted
	stopped      bool   // what came says enough about everything
	why          result // what stopped it
}

// result is what was found out about one version.
type result struct {
	answer  deadyet.Answer
	stage   deadyet.Stage
	failure deadyet.Failure
	by      *reply
}

// run asks the known versions first and then the rest together with the
// control.
func (n *negotiation) run(known, rest []deadyet.Version) {
	n.found = make(map[deadyet.Version]result, len(known)+len(rest))
	if len(known) > 0 {
		n.eliminate(known, false)
	}
	if !n.stopped {
		n.eliminate(append(slices.Clone(rest), n.left(known)...), true)
	}
	if n.stopped && !n.failed {
		n.conclude(n.left(slices.Concat(known, rest)), n.why)
	}
	n.judgeHangUps()
	n.judgeRefusals()
	if n.failed {
		n.distrust(slices.Concat(known, rest))
	} else if n.deep {
		n.deepen(slices.Concat(known, rest))
	}
}

// deepen asks accepted versions alone whose sign-in step is still open,
// because the server took several of them in one answer.
func (n *negotiation) deepen(vs []deadyet.Version) {
	for _, v := range vs {
		if r := n.found[v]; r.answer != deadyet.AnswerYes || r.by.login != nil || len(r.by.yes) < 2 {
			continue
		}
		if r := n.offer([]deadyet.Version{v}, false); len(r.yes) == 1 && !r.control {
			n.accept(r)
		}
	}
}

// left returns those of vs about which nothing was found out yet.
func (n *negotiation) left(vs []deadyet.Version) (out []deadyet.Version) {
	for _, v := range vs {
		if _, ok := n.found[v]; !ok {
			out = append(out, v)
		}
	}
	return out
}

// eliminate offers vs, and what is left of it, until nothing is. With the
// control it ends by an offer in which nothing but the control may be left.
func (n *negotiation) eliminate(vs []deadyet.Version, control bool) {
	for !n.stopped {
		rest := n.left(vs)
		if len(rest) == 0 && !control {
			return
		}
		offered := rest
		if control {
			offered = append(slices.Clone(rest), n.control)
		}
		r := n.offer(offered, false)
		if r.bare && control {
			r = n.offer(offered, true)
		}
		n.note(r)
		switch {
		case n.failed:
			return
		case len(r.yes) > 0:
			n.accept(r)
		case r.refused:
			n.controlled = n.controlled || control
			n.conclude(rest, refusal(r))
			return
		case r.answered(): // with versions that were not offered, and nothing else
			n.controlled = n.controlled || control
			n.alone(rest)
			return
		default:
			n.unanswered(rest, r)
			return
		}
	}
}

// note keeps what a reply says about the server as a whole.
func (n *negotiation) note(r *reply) {
	n.answered = n.answered || r.answered()
	n.ignoresOffer = n.ignoresOffer || len(r.other) > 0
	if r.control {
		n.failed, n.stopped = true, true
		kind := deadyet.FailureControlAccepted
		if r.echo {
			kind = deadyet.FailureEcho
		}
		n.found[n.control] = result{deadyet.AnswerUnclear, deadyet.StageGreet, deadyet.Failure{Stage: deadyet.StageVersion, Kind: kind, Detail: string(n.control) + " is in its answer"}, r}
	}
}

// accept records the versions that a reply took.
func (n *negotiation) accept(r *reply) {
	for _, v := range r.yes {
		res := result{answer: deadyet.AnswerYes, stage: deadyet.StageVersion, by: r}
		if r.login != nil && len(r.yes) == 1 {
			res.stage, res.failure = r.login.stage, r.login.failure
		}
		n.found[v] = res
	}
}

func refusal(r *reply) result {
	f := deadyet.Failure{Stage: deadyet.StageVersion, Kind: deadyet.FailureVersionRefused}
	if r.bare {
		f.Detail = "answered CVR0 and no version"
	}
	return result{deadyet.AnswerNo, deadyet.StageGreet, f, r}
}

func (n *negotiation) conclude(vs []deadyet.Version, r result) {
	for _, v := range vs {
		n.found[v] = r
	}
}

// unanswered handles a joint offer that was not answered. Only a hang-up, a
// reset, or an error code that may be about the length of the line, is worth
// asking each version alone; silence is checked with one version alone, since
// a server may be silent to a line that it does not understand as a whole. What
// it says to that one is about that one only.
func (n *negotiation) unanswered(vs []deadyet.Version, r *reply) {
	res := result{r.answer, r.reached, r.failure, r}
	switch {
	case r.hungUp(), r.failure.Kind == deadyet.FailureErrorReply,
		r.failure.Kind == deadyet.FailureTimeout && len(vs) > 1:
		n.alone(vs)
	default:
		n.stop(vs, res)
	}
}

// stop asks no more: r holds for vs, and for whatever has not had its turn.
func (n *negotiation) stop(vs []deadyet.Version, r result) {
	n.conclude(vs, r)
	n.stopped, n.why = true, r
}

// alone asks each version by itself. A server that is silent to the first of
// them, or busy, or out of reach, is left in peace: only what is about this one
// version is a reason to ask the next.
func (n *negotiation) alone(vs []deadyet.Version) {
	for i, v := range vs {
		r := n.single(v)
		if n.failed {
			return
		}
		about := r.answered() || r.hungUp() && r.heard() || r.failure.Kind == deadyet.FailureErrorReply
		if !about {
			n.stop(vs[i+1:], n.found[v])
			return
		}
	}
}

// single asks one version by itself and records what comes.
func (n *negotiation) single(v deadyet.Version) *reply {
	r := n.offer([]deadyet.Version{v}, false)
	n.note(r)
	switch {
	case n.failed:
	case len(r.yes) > 0:
		n.accept(r)
	case r.refused, r.bare:
		n.found[v] = refusal(r)
	case r.answered():
		n.found[v] = result{deadyet.AnswerNo, deadyet.StageGreet, otherVersion(r), r}
	default:
		n.found[v] = result{r.answer, r.reached, r.failure, r}
	}
	return r
}

func otherVersion(r *reply) deadyet.Failure {
	return deadyet.Failure{Stage: deadyet.StageVersion, Kind: deadyet.FailureOtherVersion, Detail: "answered " + string(r.other[0])}
}

// judgeHangUps decides what hang-ups mean. A version on which the server hung
// up, asked alone, is a no when another version was answered, and when the
// server still answers that one now: otherwise it may just have had enough of
// us. Where that can't be asked any more, nothing was found out.
func (n *negotiation) judgeHangUps() {
	var hung []deadyet.Version
	for v, r := range n.found {
		if r.by.hungUp() && r.by.heard() && r.answer != deadyet.AnswerYes {
			hung = append(hung, v)
		}
	}
	if len(hung) == 0 || n.failed {
		return
	}
	still := n.askAgain()
	for _, v := range hung {
		r := n.found[v]
		switch {
		case still == nil: // it answered nothing
		case r.by.cut && still.answered(): // who begins to answer does not refuse
			r.answer = deadyet.AnswerUnclear
		case still.answered():
			r.answer, r.stage = deadyet.AnswerNo, deadyet.StageGreet
			r.failure.Detail = "it hung up on this version, and answers another one"
		case still.answer == deadyet.AnswerUnasked:
			r.answer, r.stage, r.failure = still.answer, still.reached, still.failure
		default:
			r.answer = deadyet.AnswerUnclear
			r.failure.Detail = "it hung up on this version, and then answered another one no more"
		}
		n.found[v] = r
	}
}

// judgeRefusals takes back what contradicts itself: this visit began with a
// connection that was accepted, so a later one that is refused is about the
// number of our connections and not about a version. The same goes for what
// ends a handshake, once there was a good one: the server had not heard yet
// which version it is about.
func (n *negotiation) judgeRefusals() {
	for v, r := range n.found {
		later := r.failure.Kind == deadyet.FailureRefused || !r.by.heard() && n.answered
		if later && r.answer == deadyet.AnswerNo {
			r.answer = deadyet.AnswerUnclear
			r.failure.Detail += ", after it had accepted a connection"
			n.found[v] = r
		}
	}
}

// askAgain asks a version that was answered once more; nil if none was.
func (n *negotiation) askAgain() *reply {
	var again deadyet.Version
	for v, r := range n.found {
		better := r.answer == deadyet.AnswerYes && n.found[again].answer != deadyet.AnswerYes
		if r.by.answered() && (again == "" || better || (r.answer == n.found[again].answer && v < again)) {
			again = v
		}
	}
	if again == "" {
		return nil
	}
	return n.offer([]deadyet.Version{again}, false)
}

// distrust makes everything unclear: the server accepts what never existed.
func (n *negotiation) distrust(vs []deadyet.Version) { n.conclude(vs, n.found[n.control]) }
