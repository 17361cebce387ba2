package msnpserver

import (
	"slices"
	"strings"

	"deadyet/msnp"
	"deadyet/msnp/internal/msnpwire"
)

// firstHop is the hop state "Version: 1, XfrCount: 1" as captured at MSNP21.
const firstHop = "VmVyc2lvbjogMQ0KWGZyQ291bnQ6IDENCg=="

// challenges hold what follows "S" for each scheme. They are constants: nobody
// gets further here.
var challenges = map[string][]string{
	msnp.SchemeMD5: {"989048851.1851137130"},
	msnp.SchemeTWN: {"ct=1,rver=1,wp=FS_40SEC_0_COMPACT,lc=1,id=1"},
	msnp.SchemeSSO: {"MBI_KEY_OLD", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4v"},
	msnp.SchemeWEB: nil,
}

const policies = `<Policies><Policy type="SHIELDS" checksum="0"><config/></Policy></Policies>`

func (t *talk) inf(m msnpwire.Message) {
	if !t.versioned || !t.version.HasPolicy() {
		t.over = true
		return
	}
	t.say(nil, msnp.CommandINF, m.Word(1), t.version.Scheme())
}

// cvr answers with advice. Microsoft's servers refused it out of turn.
func (t *talk) cvr(m msnpwire.Message) {
	const leastWords, versionWord, hopWord = 8, 7, 10
	switch {
	case len(m.Words) < leastWords:
		t.misunderstood()
		return
	case !t.versioned && !t.opt.Face.Quiet:
		t.fail(m, msnp.CodeCVRNotExpected)
		return
	case t.named && !t.opt.Face.Quiet:
		t.fail(m, msnp.CodeNotExpected)
		return
	}
	hop := m.Word(hopWord)
	t.hopped = hop != "" && hop != "0"
	t.advise(m.Name(), m.Word(1), m.Word(versionWord))
}

// cvq is CVR for a client without a common version; the server hangs up after
// the answer.
func (t *talk) cvq(m msnpwire.Message) {
	const leastWords, versionWord = 8, 7
	if !t.versioned || t.version != 0 || len(m.Words) < leastWords {
		t.misunderstood()
		return
	}
	t.advise(m.Name(), m.Word(1), m.Word(versionWord))
	t.over = true
}

func (t *talk) advise(name, id, own string) {
	a := t.opt.Face.Advice
	words := []string{strings.ToUpper(name), id, a.Recommended, a.Recommended, a.Minimum}
	for i, w := range words {
		if w == "" {
			words[i] = own
		}
	}
	for _, w := range []string{a.Download, a.Information} {
		if w != "" {
			words = append(words, w)
		}
	}
	t.say(nil, words...)
}

func (t *talk) usr(m msnpwire.Message) {
	const words = 5
	switch {
	case !t.versioned:
		t.over = true
	case len(m.Words) < words:
		t.misunderstood()
	case m.Word(3) != "I":
		t.fail(m, msnp.CodeAuthentication)
	case m.Word(2) != t.version.Scheme():
		t.wrongScheme(m)
	default:
		t.name(m)
	}
}

// wrongScheme: for a scheme of another version Escargot hangs up without a
// word, for one that does not exist it fails.
func (t *talk) wrongScheme(m msnpwire.Message) {
	if _, known := challenges[m.Word(2)]; known {
		t.over = true
		return
	}
	t.fail(m, msnp.CodeAuthentication)
}

func (t *talk) name(m msnpwire.Message) {
	address := m.Word(4)
	unknown := t.opt.Face.Accounts && !slices.Contains(t.opt.Accounts, address)
	switch {
	case unknown || !strings.Contains(address, "@"):
		t.fail(m, msnp.CodeAuthentication)
	case t.refers():
		t.refer(m)
	default:
		t.challenge(m)
	}
	t.named = true
}

func (t *talk) refers() bool {
	r := t.opt.Face.Redirect
	return t.opt.RedirectTo != "" && (r == RedirectEach || r == RedirectFirst && !t.hopped)
}

// refer sends the client on and hangs up (draft §7.3).
func (t *talk) refer(m msnpwire.Message) {
	to := msnp.Transfer{
		Type: msnp.TransferNS, Address: t.opt.RedirectTo,
		Via: msnp.ViaTCP, From: t.local, HopState: firstHop,
	}
	if t.gateway {
		to.Via = msnp.ViaGateway
	}
	words := []string{msnp.CommandXFR, m.Word(1)}
	t.say(nil, append(words, to.Params(t.version)...)...)
	t.over = true
}

// challenge asks for the proof; from version 13 on policies come unasked
// before it.
func (t *talk) challenge(m msnpwire.Message) {
	if t.version >= msnp.MSNP13 {
		t.say([]byte(policies), msnp.CommandGCF, "0")
	}
	words := []string{msnp.CommandUSR, m.Word(1), m.Word(2), "S"}
	t.say(nil, append(words, challenges[m.Word(2)]...)...)
}
