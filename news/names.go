package news

import (
	"slices"
	"strings"
	"time"

	"deadyet"
)

// wandering is for how long after a move another one of the same name belongs
// to it: at home some get a new address each night.
const wandering = 7 * 24 * time.Hour

// renumbered is about the name of the server: nothing of what it led to does it
// lead to any more.
func (s *stroke) renumbered() blow {
	b := blow{kind: deadyet.ItemRenumbered}
	for _, c := range s.changes {
		if c.Check.Kind == deadyet.KindName && c.News() && c.From.Told.Moved(c.To.Told) {
			b.changes = append(b.changes, c)
		}
	}
	return b
}

// wanders reports whether the draft tells of the server's name already, and of
// not long ago.
func (d *draft) wanders(s *stroke) bool {
	return d.kind == deadyet.ItemRenumbered && s.at.Sub(d.grew) <= wandering &&
		slices.ContainsFunc(d.hits, func(h *hit) bool { return h.server == s.server })
}

// pointing returns what still leads people to a server of the draft that does
// not answer: names, its own or one that leads to its address, and servers that
// send their clients there.
func (t *teller) pointing(d *draft) (names, senders []string) {
	dead := make(map[string]bool)
	for _, h := range d.hits {
		if sv := t.world.host(h.server).server; !h.back && !h.left {
			dead[sv.Address] = true
		}
	}
	for _, sv := range t.world.network.Servers {
		h, name := t.world.host(sv.ID), sv.LookedUp()
		if h.told.Answer == deadyet.AnswerYes && (dead[name] || leads(h.told.Told, dead)) {
			names = union(names, []string{name})
		}
		for e, told := range h.sends {
			if d := h.ports[e]; d != nil && d.open() && leads(told, dead) {
				senders = union(senders, []string{sv.ID.Name()})
			}
		}
	}
	slices.Sort(names)
	slices.Sort(senders)
	return names, senders
}

// leads reports whether one of the hosts or addresses told is dead. Of what
// takes turns nobody knows whether it is still told.
func leads(t deadyet.Told, dead map[string]bool) bool {
	return !t.InTurns() && slices.ContainsFunc(t.Now(), func(to string) bool {
		at := strings.LastIndexByte(to, ':')
		return dead[to] || at > 0 && dead[strings.Trim(to[:at], "[]")]
	})
}

// led says where the names led, and where they lead since.
func (w wording) led() string {
	var order []deadyet.ServerID
	before, after := make(map[deadyet.ServerID]deadyet.Told), make(map[deadyet.ServerID]deadyet.Told)
	for _, c := range w.item.Changes {
		if before[c.Check.Server] == "" {
			order = append(order, c.Check.Server)
			before[c.Check.Server] = c.From.Told
		}
		after[c.Check.Server] = c.To.Told
	}
	var out []string
	for _, id := range order[:min(len(order), namesTold)] {
		fill := map[string]string{"name": id.Name(), "before": w.some(before[id].Now()), "after": w.some(after[id].Now())}
		if len(w.item.Changes) > len(order) && len(order) == 1 {
			fill["times"] = w.number(len(w.item.Changes))
			out = append(out, w.say("led often", fill))
			continue
		}
		out = append(out, w.say("led", fill))
	}
	if len(w.item.Still.Ports) == 0 {
		out = append(out, w.say("led nowhere", nil))
	}
	return strings.Join(out, " ")
}

// namesTold is how many names, and how many addresses of each, one item tells.
const namesTold = 4

// some lists the first ones.
func (w wording) some(addresses []string) string {
	if more := len(addresses) - namesTold; more > 0 {
		addresses = append(slices.Clone(addresses[:namesTold]), w.say("more", map[string]string{"n": w.number(more)}))
	}
	return w.and(addresses)
}

// still names what still leads people to servers that do not answer.
func (w wording) still() string {
	if !w.item.Until.IsZero() {
		return ""
	}
	var out []string
	for _, p := range []struct {
		phrase string
		who    []string
	}{{"pointing", w.item.Names}, {"sending", w.item.Senders}} {
		if len(p.who) > 0 {
			out = append(out, w.say(w.formOf(p.phrase, len(p.who) == 1), map[string]string{"names": w.some(p.who)}))
		}
	}
	return strings.Join(out, " ")
}
