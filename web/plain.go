package web

import (
	"net/http"
	"strings"

	"deadyet/site"
)

// wanted is the path of what the visitor gets: the front page has a form for
// terminals.
func wanted(req *http.Request) string {
	if req.URL.Path == "/" && wantsText(req.Header) {
		return site.PlainPath
	}
	return req.URL.Path
}

// wantsText reports whether the page is better sent as text: to a visitor who
// takes no HTML, and to a program for terminals that does not ask for it. A
// browser of old that says "anything" is a browser, and gets the page.
func wantsText(h http.Header) bool {
	accept := h["Accept"]
	return !takesHTML(accept) || (terminal(h.Get("User-Agent")) && !namesHTML(accept))
}

// terminals are programs whose output a person reads in a terminal.
var terminals = []string{"curl/", "Wget/", "Wget2/", "HTTPie/", "xh/", "fetch libfetch/", "aria2/"}

func terminal(agent string) bool {
	for _, t := range terminals {
		if strings.HasPrefix(agent, t) {
			return true
		}
	}
	return false
}

func namesHTML(accept []string) bool {
	for _, h := range accept {
		if wantsHTML(h) {
			return true
		}
	}
	return false
}

// takesHTML reads Accept (RFC 9110, section 12.5.1). Without it anything is
// taken.
func takesHTML(accept []string) bool {
	if len(accept) == 0 {
		return true
	}
	best, takes := -1, false // how exactly the best range names HTML
	for _, h := range accept {
		for part := range strings.SplitSeq(h, ",") {
			kind, params, _ := strings.Cut(part, ";")
			rank := htmlRank(strings.ToLower(strings.TrimSpace(kind)))
			if rank > best {
				best, takes = rank, weight(params) > 0
			}
		}
	}
	return takes
}

func htmlRank(kind string) int {
	switch kind {
	case "text/html", "application/xhtml+xml":
		return 2
	case "text/*":
		return 1
	case "*/*", "*", "":
		return 0
	}
	return -1
}
