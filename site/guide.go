package site

import (
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"

	"deadyet"
)

// guideView tells how to get into a network with a client, from what was found
// last.
type guideView struct {
	Lang    template.HTMLAttr // of the catalogue's own words
	Network crumb             // with its own site
	Help    string            // what has to be changed first; "" where nothing has
	Stale   string            // why there are no steps
	Steps   []stepView
	Ports   string
	Check   string // when it was last seen to work: me or them?
	Server  crumb  // where all looks at it stand
}

// stepView is one way to set a client's server.
type stepView struct {
	Text       string
	Fields     []pairView
	Code       string // to be typed, or a file
	Undo       string // what takes it back
	UndoNotice string
}

// door is a server that lets a client in.
type door struct {
	server deadyet.Server
	role   deadyet.Role
	state  *deadyet.State
}

// doors are the servers of a network that take what a client gets in with, as
// measured here: front doors first, those whose last look was otherwise last.
func (s *Site) doors(n deadyet.Network, a deadyet.Access) (out []door) {
	now, _ := s.listedOn(n)
	for _, l := range now {
		for _, st := range s.asked[l.ID] {
			c := st.Check
			taken := c.Version == a.Version && c.Version != "" && c.Transport == a.Way.Transport && c.Port == a.Way.Port && st.Answer() == deadyet.AnswerYes
			if taken && !st.Span.Recorded() {
				out = append(out, door{l.Server, l.listing.Role, st})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b door) int { return a.rank() - b.rank() })
	return out
}

func (d door) rank() (n int) {
	if d.role == deadyet.RoleInternal {
		n++
	}
	if d.state.Pending != nil {
		n += 2
	}
	return n
}

// seen is when it was last found to let the client in.
func (d door) seen() time.Time {
	if d.state.Span.Last.IsZero() {
		return d.state.Asked
	}
	return d.state.Span.Last
}

// guided reports whether people may be told how to get into a network: into one
// that lives, today. The addresses of the network that the question means are
// history, and stand in no instruction.
func (s *Site) guided(n deadyet.Network, a deadyet.Access) bool {
	return s.moment.Name == "" && n.ID != s.edition.Subject.Network && n.Closed.IsZero() && a.Fit.In()
}

// freshFor is how old the last look may be, beside the time between two, so that
// people are told to do something because of it.
const freshFor = 48 * time.Hour

// guideView returns nil where there is nothing to be told.
func (s *Site) guideView(c *deadyet.Client, n deadyet.Network, a deadyet.Access) *guideView {
	if !s.guided(n, a) {
		return nil
	}
	doors := s.doors(n, a)
	if len(doors) == 0 {
		return nil
	}
	d := doors[0]
	v := &guideView{Lang: s.foreignIn(deadyet.English), Network: crumb{clean(n.Name), webLink(n.Site)}, Check: s.checkText(d, a), Server: *s.serverCrumb(d.server.ID, "../")}
	if a.Fit == deadyet.FitPatched {
		v.Help = s.t("It can’t be set up without help. What it needs: {patch}.", "patch", clean(strings.Join(a.Patches, ", ")))
	}
	if s.edition.At.Sub(d.seen()) > freshFor+n.Interval {
		v.Stale = s.t("That is too long ago to tell anybody what to do. Look at the network’s own page.")
		return v
	}
	v.Ports = s.t("Your firewall has to let it out to {address}, port {port} ({transport}).", "address", clean(d.server.Address),
		"port", strconv.Itoa(int(a.Way.Port)), "transport", string(a.Way.Transport))
	if a.Point {
		v.Steps = s.stepViews(c, a.Way, clean(d.server.Address))
	}
	return v
}

// checkText says when a door was last seen open, and from how many places.
func (s *Site) checkText(d door, a deadyet.Access) string {
	fill := []any{"version", clean(string(a.Version)), "address", clean(d.server.Address), "when", s.Moment(d.seen())}
	text := s.n(max(1, d.state.Span.Votes.For), "{address} was last seen to take {version} on {when}, from {n} place.",
		"{address} was last seen to take {version} on {when}, from {n} places.", fill...)
	if d.state.Pending != nil {
		return text + " " + s.t("The latest look found something else, which is not confirmed yet: it may be them.")
	}
	return text
}

// stepViews are the ways in which a client can be given a server, those for the
// way that is taken.
func (s *Site) stepViews(c *deadyet.Client, w deadyet.Way, address string) (out []stepView) {
	for _, set := range c.Set {
		fields := fieldsFor(set, w)
		if len(fields) == 0 {
			continue
		}
		switch set.How {
		case deadyet.SetRegistry:
			out = append(out, s.registryStep(set, address))
		case deadyet.SetCommand:
			out = append(out, stepView{Text: s.t("Type this command:"), Code: strings.ReplaceAll(clean(set.Where), "ADDRESS", address)})
		case deadyet.SetSettings, deadyet.SetArgument:
			out = append(out, s.fieldsStep(set, fields, w, address))
		}
	}
	return out
}

// fieldsFor are the fields of a setting that matter for a way: some are for HTTP
// alone. A setting without such fields is for the other ways.
func fieldsFor(set deadyet.Setting, w deadyet.Way) (fields []string) {
	all := strings.Split(set.Field, ", ")
	for _, f := range all {
		low := strings.ToLower(f)
		http := strings.Contains(low, "http") || strings.Contains(low, "gateway")
		if http == (w.Transport != deadyet.TransportTCP) {
			fields = append(fields, f)
		}
	}
	special := strings.Contains(strings.ToLower(set.Field), "http") || strings.Contains(strings.ToLower(set.Field), "gateway")
	if len(fields) == 0 && !special {
		return all // of a client that has one way only
	}
	return fields
}

// fieldsStep names the fields and what belongs into each.
func (s *Site) fieldsStep(set deadyet.Setting, fields []string, w deadyet.Way, address string) stepView {
	port := strconv.Itoa(int(w.Port))
	own := slices.ContainsFunc(fields, func(f string) bool { return strings.Contains(strings.ToLower(f), "port") })
	v := stepView{Text: s.t("Set this, in {where}:", "where", clean(set.Where))}
	for _, f := range fields {
		value := s.t("{address} (port {port})", "address", address, "port", port)
		switch low := strings.ToLower(f); {
		case strings.Contains(low, "port"):
			value = port
		case strings.HasPrefix(low, "use "):
			value = s.t("ticked")
		case own || w.Port == 80:
			value = address
		}
		v.Fields = append(v.Fields, pairView{clean(f), value})
	}
	return v
}

// hives are the roots of the registry as its files write them.
var hives = map[string]string{"HKCU": "HKEY_CURRENT_USER", "HKLM": "HKEY_LOCAL_MACHINE"}

// registryStep is a file for the registry editor of Windows 95 and all later
// ones, and what undoes it.
func (s *Site) registryStep(set deadyet.Setting, address string) stepView {
	v := stepView{Text: s.t("In the registry, set the value {field} of the key {where} to {address}.", "field", clean(set.Field), "where", clean(set.Where), "address", address)}
	hive, below, _ := strings.Cut(set.Where, `\`)
	long, ok := hives[hive]
	if !ok {
		return v
	}
	head := "REGEDIT4\n\n[" + long + `\` + clean(below) + "]\n" + registryText(set.Field) + "="
	v.Text += " " + s.t("Or save this as a file whose name ends in .reg, and open it:")
	v.Code, v.Undo = head+registryText(address)+"\n", head+"-\n"
	v.UndoNotice = s.t("This takes it back. A value that stood there before is not brought back by it: write that down first.")
	return v
}

// registryText is a text in a file for the registry.
func registryText(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(clean(text)) + `"`
}
