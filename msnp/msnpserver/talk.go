package msnpserver

import (
	"strconv"
	"strings"

	"deadyet/msnp"
	"deadyet/msnp/internal/msnpwire"
)

// talk is one MSNP session as a server sees it, whatever carries it. It turns
// messages into bytes and does no I/O.
type talk struct {
	opt     Options
	enc     msnpwire.Encoder
	gateway bool
	board   bool   // it is a switchboard's session
	local   string // host:port that the client reached

	version   msnp.Version
	versioned bool // VER is done, perhaps with CVR0 alone
	named     bool // USR … I was answered
	hopped    bool // the client brought a hop state

	out  []byte // what to send
	over bool   // hang up after that
}

func newTalk(o Options, gateway bool, local string) *talk {
	return &talk{
		opt: o, enc: msnpwire.NewEncoder(msnpwire.FromServer, o.wire()),
		gateway: gateway, local: local, board: o.Face.Instead == InsteadBoard,
	}
}

// handle answers one message into t.out.
func (t *talk) handle(m msnpwire.Message) {
	name := m.Name()
	if t.opt.Face.FoldCase {
		name = strings.ToUpper(name)
	}
	if t.board {
		t.handleBoard(name, m)
		return
	}
	switch name {
	case msnp.CommandVER:
		t.ver(m)
	case msnp.CommandINF:
		t.inf(m)
	case msnp.CommandCVR:
		t.cvr(m)
	case msnp.CommandCVQ:
		t.cvq(m)
	case msnp.CommandUSR:
		t.usr(m)
	case msnp.CommandPNG:
		t.png(m)
	case msnp.CommandOUT:
		t.over = true
	default:
		t.misunderstood()
	}
}

// handleBoard is a switchboard: it waits for a cookie, which nobody has here.
func (t *talk) handleBoard(name string, m msnpwire.Message) {
	switch name {
	case msnp.CommandUSR, msnp.CommandANS:
		t.fail(m, msnp.CodeAuthentication)
	case msnp.CommandOUT:
		t.over = true
	}
}

func (t *talk) misunderstood() { t.over = t.over || !t.opt.Face.Quiet }

// say appends a message. Words that can't be written end the session.
func (t *talk) say(payload []byte, words ...string) {
	out, err := t.enc.Append(t.out, msnpwire.Message{Words: words, Payload: payload})
	t.out, t.over = out, t.over || err != nil
}

// fail sends an error reply and hangs up.
func (t *talk) fail(m msnpwire.Message, code msnp.Code) {
	words := []string{code.String()}
	if id, ok := m.TrID(); ok {
		words = append(words, strconv.FormatUint(uint64(id), 10))
	}
	t.say(nil, words...)
	t.over = true
}

func (t *talk) ver(m msnpwire.Message) {
	if t.versioned && !t.opt.Face.Again {
		t.fail(m, msnp.CodeNotExpected)
		return
	}
	if len(m.Words) == 1 {
		t.misunderstood()
		return
	}
	if _, ok := m.TrID(); !ok {
		t.over = true
		return
	}
	t.negotiate(m)
}

func (t *talk) negotiate(m msnpwire.Message) {
	if t.opt.Face.Choose == nil {
		t.over = true
		return
	}
	tokens := m.Words[2:]
	if t.opt.Face.FoldCase {
		tokens = upper(tokens)
	}
	c := t.opt.Face.Choose(t.opt.accepted(t.gateway), tokens)
	if len(c.Words) > 0 {
		t.say(nil, append([]string{msnp.CommandVER, m.Word(1)}, c.Words...)...)
		t.versioned = c.Words[0] != "0"
	}
	t.version, t.over = c.Version, t.over || c.Close
}

func upper(words []string) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = strings.ToUpper(w)
	}
	return out
}

// png answers a sign of life. Before a sign-in, which never succeeds here,
// most servers hang up on it.
func (t *talk) png(m msnpwire.Message) {
	switch {
	case t.opt.Face.Pong == "":
		t.over = true
	case len(m.Words) > 1:
		t.out = append(t.out, t.opt.Face.Pong...)
	}
}
