package main

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"deadyet"

	"github.com/jedib0t/go-pretty/v6/table"
)

// printRound writes the table and the summary in one go, so that a full disk or
// a closed pipe is an error and not half a table.
func printRound(w io.Writer, r deadyet.Round, terminal, simulated bool) error {
	var b bytes.Buffer
	if simulated {
		b.WriteString("SIMULATED: none of these servers is real.\n")
	}
	printTable(&b, r, terminal)
	printSummary(&b, r.Summary())
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("print the table: %w", err)
	}
	return nil
}

// printTable writes one row for each endpoint of a round: framed on a
// terminal, otherwise separated by tabs, so that other programs can read it.
func printTable(w io.Writer, r deadyet.Round, terminal bool) {
	t := table.NewWriter()
	t.SetOutputMirror(w)
	t.AppendHeader(tableRow(tableHeader()))
	rows := endpoints(r.Observations)
	for i, row := range rows {
		name := row.endpoint.Server.Name()
		if i > 0 && rows[i-1].endpoint.Server == row.endpoint.Server {
			name = ""
			if !terminal {
				name = row.endpoint.Server.Name()
			}
		}
		t.AppendRow(tableRow(row.cells(name, bandSeparator(terminal))))
	}
	if terminal {
		t.SetStyle(table.StyleLight)
		t.Render()
		return
	}
	t.RenderTSV()
}

func tableHeader() []string { return []string{"Server", "Endpoint", "Port", "Versions"} }

func tableRow(cells []string) (out table.Row) {
	for _, c := range cells {
		out = append(out, c)
	}
	return out
}

func (r row) cells(name, separator string) []string {
	return []string{name, r.endpoint.Where(), r.port, strings.Join(r.bands, separator)}
}

func bandSeparator(terminal bool) string {
	if terminal {
		return "\n"
	}
	return "; "
}

// row is one endpoint of the table.
type row struct {
	endpoint deadyet.Endpoint
	port     string
	bands    []string
}

// endpoints groups observations by endpoint, in the order in which they stand.
func endpoints(os []deadyet.Observation) []row {
	var rows []row
	at := make(map[deadyet.Endpoint]int)
	checks := make(map[deadyet.Endpoint][]deadyet.Observation)
	for _, o := range os {
		e := o.Check.Endpoint
		if _, ok := at[e]; !ok {
			at[e] = len(rows)
			rows = append(rows, row{endpoint: e})
		}
		switch {
		case o.Check.Kind == deadyet.KindPort:
			rows[at[e]].port = say(o)
		case o.Check.Version != "":
			checks[e] = append(checks[e], o)
		}
	}
	for e, i := range at {
		rows[i].bands = bands(checks[e])
	}
	return rows
}

// bands joins neighbouring versions that have the same answer for the same
// reason: "MSNP2–18 ✔ yes".
func bands(os []deadyet.Observation) (out []string) {
	for i := 0; i < len(os); {
		j := i + 1
		for j < len(os) && same(os[i], os[j]) && follows(os[j-1].Check.Version, os[j].Check.Version) {
			j++
		}
		span := string(os[i].Check.Version)
		if j-i > 1 {
			span += "–" + number(os[j-1].Check.Version)
		}
		out = append(out, span+" "+say(os[i]))
		i = j
	}
	return out
}

func same(a, b deadyet.Observation) bool {
	return deadyet.MakeOutcome(a.Answer, a.Stage, a.Failure) == deadyet.MakeOutcome(b.Answer, b.Stage, b.Failure)
}

// follows reports whether b is the version after a. Only then may a band join
// them: "MSNP8–18" says that all between were asked.
func follows(a, b deadyet.Version) bool {
	m, errA := strconv.Atoi(number(a))
	n, errB := strconv.Atoi(number(b))
	return errA == nil && errB == nil && n == m+1
}

// number returns the digits at the end of a version.
func number(v deadyet.Version) string {
	n := strings.TrimLeft(string(v), "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	if _, err := strconv.Atoi(n); err != nil {
		return string(v)
	}
	return n
}

// say writes an answer as mark and word, with the reason where there is one.
func say(o deadyet.Observation) string {
	s := o.Answer.Mark() + " " + o.Answer.String()
	switch {
	case o.Answer == deadyet.AnswerYes && o.Stage == deadyet.StageLogin:
		s += " (login)"
	case o.Failure.Kind != "":
		s += " (" + string(o.Failure.Kind) + ")"
	}
	return s
}

// printSummary writes the last lines: how sure the round is.
func printSummary(w io.Writer, r deadyet.RoundSummary) {
	c := r.Counts
	var answers []string
	for _, a := range deadyet.Answers() {
		if c[a] > 0 {
			answers = append(answers, fmt.Sprintf("%d %s", c[a], a))
		}
	}
	fmt.Fprintf(w, "%d checks over %d connections in %s: %s.\n", r.Planned, r.Connections,
		r.Ended.Sub(r.Began).Round(1e6), strings.Join(answers, ", "))
	unasked := r.Unasked
	for _, k := range slices.Sorted(maps.Keys(unasked)) {
		fmt.Fprintf(w, "Not asked: %d (%s).\n", unasked[k], k)
	}
	if l := r.Loss; l.Resent > 0 {
		fmt.Fprintf(w, "Lost on the way, and sent again: %d of %d packets (%.1f %%).\n", l.Resent, l.Sent, 100*l.Share())
	}
	if r.Loss.Bad {
		fmt.Fprintln(w, "That is so much that a round of 'deadyet serve' would conclude nothing from it.")
	}
	var hosts []string
	for _, h := range r.Canary.Hosts {
		hosts = append(hosts, h.Host)
	}
	if len(hosts) == 0 {
		fmt.Fprintln(w, "No canary was needed: no public host was silent.")
		return
	}
	state := "our own line was good"
	if !r.Canary.Good {
		state = "our own line was DOWN, so silence counts as not asked"
	}
	fmt.Fprintf(w, "Canary %s: %s.\n", strings.Join(hosts, ", "), state)
}
