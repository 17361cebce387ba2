package deadyet

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// nameMost bounds what is read of a name that somebody typed.
const nameMost = 200

// FindClients returns the clients that a person may mean who typed a name, an
// ID or a build: "msn-7.5", "Pidgin 2.10.9", "8.5.1302.1018". One client means
// that it is sure. The words have to begin words of its name, and the numbers to
// be one of its builds or within a run of them.
func (s Subject) FindClients(text string) []Client {
	wanted := nameOf(text)
	if len(wanted.words)+len(wanted.numbers) == 0 {
		return nil
	}
	var found []Client
	for _, c := range s.Clients {
		switch is := nameOf(c.Name); {
		case strings.EqualFold(strings.TrimSpace(text), string(c.ID)) || is.equal(wanted):
			return []Client{c}
		case is.begunBy(wanted.words) && c.built(wanted.numbers):
			found = append(found, c)
		}
	}
	return found
}

// NearClients returns the clients whose names are most like a mistyped one, at
// most n of them.
func (s Subject) NearClients(text string, n int) []Client {
	wanted := nameOf(text).words
	if len(wanted) == 0 {
		return nil
	}
	type near struct {
		client   Client
		distance int
	}
	var all []near
	for _, c := range s.Clients {
		sum := 0
		for _, w := range wanted {
			least := len(w)
			for _, own := range nameOf(c.Name).words {
				least = min(least, Distance(w, own))
			}
			sum += least
		}
		if letters := len(strings.Join(wanted, "")); 2*sum <= letters {
			all = append(all, near{c, sum})
		}
	}
	slices.SortStableFunc(all, func(a, b near) int { return cmp.Compare(a.distance, b.distance) })
	var out []Client
	for _, x := range all[:min(n, len(all))] {
		out = append(out, x.client)
	}
	return out
}

// typed is a name, taken apart.
type typed struct {
	words   []string // of letters, in small ones
	numbers [][]int  // 2.10.9 is 2, 10, 9
}

func nameOf(text string) (t typed) {
	if len(text) > nameMost {
		text = text[:nameMost]
	}
	for _, f := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '.') }) {
		switch n, ok := numbersOf(f); {
		case ok:
			t.numbers = append(t.numbers, n)
		default:
			if f = strings.Trim(f, "."); f != "" {
				t.words = append(t.words, f)
			}
		}
	}
	return t
}

// numbersOf reads "2.10.9", and "0.97.x" as 0.97.
func numbersOf(text string) (out []int, ok bool) {
	for part := range strings.SplitSeq(strings.TrimSuffix(strings.Trim(text, "."), ".x"), ".") {
		n, err := strconv.Atoi(part)
		if err != nil || len(part) > 9 {
			return nil, false
		}
		out = append(out, n)
	}
	return out, true
}

func (t typed) equal(o typed) bool {
	return slices.Equal(t.words, o.words) && slices.EqualFunc(t.numbers, o.numbers, slices.Equal)
}

// begunBy reports whether each of the words begins one of the name's.
func (t typed) begunBy(words []string) bool {
	for _, w := range words {
		if !slices.ContainsFunc(t.words, func(own string) bool { return strings.HasPrefix(own, w) }) {
			return false
		}
	}
	return true
}

// built reports whether all numbers are of builds of the client.
func (c Client) built(numbers [][]int) bool {
	for _, n := range numbers {
		if !within(c.Name, n) && !within(c.Builds, n) && !within(string(c.ID), n) {
			return false
		}
	}
	return true
}

// within reports whether a number is one of those that a text names, or lies in a
// run of them: "2.10.2 to 2.10.10". Of a long number what is not said there does
// not count, nor does what was not typed.
func within(text string, n []int) bool {
	var last []int
	run := false
	for _, f := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' || r == ';' || r == '-' }) {
		is, ok := numbersOf(f)
		switch {
		case !ok:
			run = run || f == "to"
			continue
		case alike(is, n) == 0, run && last != nil && alike(last, n) <= 0 && alike(n, is) <= 0:
			return true
		}
		last, run = is, false
	}
	return false
}

// alike compares two numbers as far as both are known.
func alike(a, b []int) int {
	n := min(len(a), len(b))
	return slices.Compare(a[:n], b[:n])
}

// Distance counts the letters to change, add or leave out between two words.
func Distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
