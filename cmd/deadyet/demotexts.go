package main

import "deadyet"

// What the built-in texts say of the present and of manners is true of real
// networks only, so the demo has its own.
const (
	demoBackground = `**This is a demonstration.** A simulator on your own machine plays the official servers as the record knows them, from
November 2014 to May 2017, in about three minutes. They are asked over real connections by the program that writes this page,
and everything on it follows from what they answer: nothing is taken from the record but which clients were turned away. Which
servers did what is not always known; where the record only has a number, the first ones of the list play it.

The page follows by itself where scripts run; elsewhere reload it. An answer that changes is first marked as not confirmed, and counts once it was found three
times over two hours of that time; then the tables, the news and, if it comes to that, the answer follow.

No real network is asked. Start ` + "`deadyet serve --live`" + ` for that.
`
	demoManners = `Servers that run on your own machine need no manners, so they are asked every few seconds. Real ones are somebody's hobby,
and are asked rarely, one connection at a time, and only once the person who runs this program says so. How exactly stands
in this place on the page of ` + "`deadyet serve`" + `.
`
)

// demoTexts returns texts with those replaced that would not be true here.
func demoTexts(texts []deadyet.Text) []deadyet.Text {
	own := map[string]string{"background": demoBackground, "manners": demoManners}
	out := make([]deadyet.Text, 0, len(texts))
	for _, t := range texts {
		if body, ok := own[t.Name]; ok {
			t.Body, t.File = body, ""
		}
		out = append(out, t)
	}
	return out
}
