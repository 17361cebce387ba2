package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"deadyet"
	"deadyet/ledger"
	"deadyet/news"
)

// Types of lines.
const (
	typeVerdict   = "verdict"
	typeItem      = "item"
	typeSituation = "situation" // as text only
)

// replayLine is one line of `replay --json`. What does not apply is left out.
type replayLine struct {
	Type      string    `json:"type"`
	Change    string    `json:"change,omitempty"` // under --rules: "-" before, "+" after
	ID        string    `json:"id,omitempty"`
	At        time.Time `json:"at"`
	Published time.Time `json:"published"`

	Word    string           `json:"word,omitempty"`
	Line    string           `json:"line,omitempty"`
	Reasons []deadyet.Reason `json:"reasons,omitempty"`

	Kind     deadyet.ItemKind  `json:"kind,omitempty"`
	Network  deadyet.NetworkID `json:"network,omitempty"`
	Regions  []deadyet.Region  `json:"regions,omitempty"`
	Role     string            `json:"role,omitempty"`
	Count    int               `json:"count,omitempty"`
	Of       int               `json:"of,omitempty"`
	Parts    []partLine        `json:"parts,omitempty"`
	Ports    []uint16          `json:"ports,omitempty"`
	Versions []deadyet.Version `json:"versions,omitempty"`
	To       deadyet.Region    `json:"to,omitempty"`
	Until    time.Time         `json:"until,omitzero"`
	Name     string            `json:"name,omitempty"`
	Clients  []string          `json:"clients,omitempty"`
	Title    string            `json:"title,omitempty"`
	Text     string            `json:"text,omitempty"`
}

// partLine is how many servers of a region and role.
type partLine struct {
	Region deadyet.Region `json:"region,omitempty"`
	Role   string         `json:"role"`
	Count  int            `json:"count"`
	Of     int            `json:"of"`
}

// words are the verdicts as a person says them.
var words = map[deadyet.Word]string{
	deadyet.WordNo: "no", deadyet.WordMostly: "mostly", deadyet.WordYes: "yes",
	deadyet.WordYesBut: "yes, but so is everything else", deadyet.WordUnknown: "can't tell",
}

func verdictLineOf(v deadyet.Verdict) replayLine {
	return replayLine{
		Type: typeVerdict, At: v.At, Published: later(v.Published, v.At),
		Word: words[v.Word], Line: v.Reason, Reasons: v.Reasons,
	}
}

func later(a, b time.Time) time.Time {
	if a.Before(b) {
		return b
	}
	return a
}

func itemLineOf(f ledger.Form) replayLine {
	i := f.Item
	line := replayLine{
		Type: typeItem, ID: string(i.ID), At: i.At, Published: f.At, Kind: i.Kind, Network: i.Network,
		Regions: news.Regions(i), Ports: i.Ports, Versions: i.Versions, To: i.To, Name: i.Name, Clients: i.Clients,
		Title: i.Title, Text: i.Body,
	}
	if len(i.Versions) > 0 {
		line.Ports = nil // it is the versions that it is about
	}
	if !i.Until.IsZero() {
		line.Until = i.Until.To
		if i.Recorded() {
			line.Until = i.Until.From
		}
	}
	for n, p := range i.Parts {
		role := roleOf(p.Role)
		line.Parts = append(line.Parts, partLine{p.Region, role, p.Count, p.Of})
		line.Count, line.Of = line.Count+p.Count, line.Of+p.Of
		if line.Role = role; n > 0 && line.Parts[0].Role != role {
			line.Role = roleOf("")
		}
	}
	for _, p := range line.Parts {
		if p.Role != line.Role {
			line.Role = roleOf("")
		}
	}
	return line
}

func roleOf(r deadyet.Role) string {
	if r == "" {
		return "any"
	}
	return string(r)
}

// compareLines orders by time and ID; a verdict comes first, a situation last.
func compareLines(a, b replayLine) int {
	return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Published.UnixNano(), b.Published.UnixNano()))
}

// key is the line as text: equal lines say the same.
func (l replayLine) key() string {
	b, err := json.Marshal(l)
	if err != nil {
		panic("write a line of a replay: " + err.Error()) // it holds nothing that can't be written
	}
	return string(b)
}

func printJSON(w io.Writer, lines []replayLine) error {
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for _, l := range lines {
		if err := enc.Encode(l); err != nil {
			return fmt.Errorf("print the replay: %w", err)
		}
	}
	return out.Flush()
}

// printText prints the lines for people, day by day.
func printText(w io.Writer, lines []replayLine) error {
	out := bufio.NewWriter(w)
	day := ""
	for _, l := range lines {
		if d := l.At.UTC().Format("2 January 2006"); d != day {
			if day != "" {
				fmt.Fprintln(out)
			}
			fmt.Fprintln(out, d)
			day = d
		}
		fmt.Fprint(out, l.text())
	}
	return out.Flush()
}

func (l replayLine) text() string {
	mark := l.Change
	switch l.Type {
	case typeVerdict:
		who := ""
		if l.Network != "" {
			who = string(l.Network) + ": "
		}
		return wrap(mark+"  "+who+strings.ToUpper(l.Word)+". ", l.Line)
	case typeSituation:
		return wrap("  The situation: ", l.Text)
	}
	s := wrap(mark+"  * ", l.Title)
	if l.Text != "" {
		s += wrap("    ", l.Text)
	}
	return s
}

// wrap breaks a paragraph into lines of a hundred characters.
func wrap(lead, text string) string {
	const width = 100
	line := lead
	indent := strings.Repeat(" ", len(lead)-len(strings.TrimLeft(lead, " -+*"))) // the lines below stand where the first does
	var b strings.Builder
	for n, word := range strings.Fields(text) {
		if n > 0 && len(line)+1+len(word) > width {
			b.WriteString(line + "\n")
			line = indent + word
			continue
		}
		if n > 0 {
			line += " "
		}
		line += word
	}
	return b.String() + line + "\n"
}
