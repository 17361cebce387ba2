package main

import "deadyet"

// What the built-in texts say of the present and of manners is true of real
// networks only, so the demo has its own.
const (
	demoSituation = `There is none: this is a demo. A simulator on your own machine plays a network of three regions and one revival
network. Regions lose versions and ports, go dark, and come back, each within a few minutes.

Reload the page to see it happen. An answer that changes is first marked as not confirmed, and counts once it was found
twice in a row; then the tables, the evidence and, if it comes to that, the verdict follow.

No real network is asked. Start ` + "`deadyet serve --live`" + ` for that.
`
	demoManners = `Servers that run on your own machine need no manners, so they are asked every few seconds. Real ones are somebody's hobby,
and are asked rarely, one connection at a time, and only once the person who runs this program says so. How exactly stands
in this place on the page of ` + "`deadyet serve`" + `.
`
)

// demoTexts returns texts with those replaced that would not be true here.
func demoTexts(texts []deadyet.Text) []deadyet.Text {
	own := map[string]string{"situation": demoSituation, "manners": demoManners}
	out := make([]deadyet.Text, 0, len(texts))
	for _, t := range texts {
		if body, ok := own[t.Name]; ok {
			t.Body, t.File = body, ""
		}
		out = append(out, t)
	}
	return out
}
