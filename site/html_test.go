package site_test

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"deadyet"
	"deadyet/site/sitetest"

	"golang.org/x/net/html"
)

// void elements have no end tag.
var void = []string{"meta", "link", "br", "img", "hr", "input"}

// checkHTML returns what is wrong with the form of a page: tags that don't
// match, identifiers that stand twice, headings that skip a level, and what a
// strict Content-Security-Policy forbids.
func checkHTML(page []byte) (wrong []string) {
	var open []string
	ids := make(map[string]bool)
	heading := 0
	bad := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		tok := z.Token()
		switch kind {
		case html.StartTagToken:
			for _, a := range tok.Attr {
				if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
					bad("<%s> has %s", tok.Data, a.Key)
				}
				if a.Key == "id" && ids[a.Val] {
					bad("id %q stands twice", a.Val)
				}
				if a.Key == "id" {
					ids[a.Val] = true
				}
			}
			if level := int(tok.Data[len(tok.Data)-1] - '0'); len(tok.Data) == 2 && tok.Data[0] == 'h' && level >= 1 && level <= 6 {
				if level > heading+1 {
					bad("<h%d> after <h%d>", level, heading)
				}
				heading = level
			}
			if slices.Contains([]string{"script", "style", "iframe", "object", "img"}, tok.Data) && !ownScript(tok) {
				bad("<%s> stands on the page", tok.Data)
			}
			if !slices.Contains(void, tok.Data) {
				open = append(open, tok.Data)
			}
		case html.EndTagToken:
			if len(open) == 0 || open[len(open)-1] != tok.Data {
				bad("</%s> inside %v", tok.Data, open)
				return wrong
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		bad("%v never end", open)
	}
	return wrong
}

func TestPages_AreWellFormed(t *testing.T) {
	for name, e := range map[string]deadyet.Edition{
		"a small edition": sitetest.Small(), "a fleet": sitetest.Fleet(12), "a hostile edition": sitetest.Hostile(),
		"a long history": sitetest.Yearbook(12, 30), "next to nothing": {Subject: deadyet.Subject{Question: "?"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := mustSite(t, e)
			for _, path := range s.Paths() {
				p, err := s.Page(path)
				if err != nil {
					t.Fatal(err)
				}
				if !strings.HasPrefix(p.Type, "text/html") {
					continue
				}
				for _, w := range checkHTML(p.Body) {
					t.Errorf("%s: %s", path, w)
				}
			}
		})
	}
}

// ownScript reports whether a tag is the script of the page, which browsers that
// know no modules pass over.
func ownScript(tok html.Token) bool {
	kind, src := "", ""
	for _, a := range tok.Attr {
		switch a.Key {
		case "type":
			kind = a.Val
		case "src":
			src = a.Val
		}
	}
	return tok.Data == "script" && kind == "module" && regexp.MustCompile(`^(\.\./|\./|/)*page-[0-9a-f]{12}\.js$`).MatchString(src)
}

func TestPages_AreHarmlessWhateverServersSay(t *testing.T) {
	s := mustSite(t, sitetest.Hostile())
	for _, path := range s.Paths() {
		p, err := s.Page(path)
		if err != nil {
			t.Fatal(err)
		}
		if p.Type == "text/css; charset=utf-8" || strings.HasSuffix(p.Path, ".svg") || p.Type == "image/png" {
			continue
		}
		body, page := string(p.Body), strings.HasPrefix(p.Type, "text/html")
		if p.Type == "text/javascript; charset=utf-8" {
			continue
		}
		if page { // the one script of our own
			body = strings.Replace(body, `<script type="module" src="`, "", 1)
		}
		for _, bad := range []string{"<script", "<img", "<style>", "href=\"javascript:", "href=\"data:", "\x1b", "\x00", "<!--"} {
			if strings.Contains(body, bad) {
				t.Errorf("%s holds %q", path, bad)
			}
		}
		if page && strings.ContainsAny(body, "\u202e\u2066") {
			t.Errorf("%s holds a change of direction", path)
		}
	}
}
