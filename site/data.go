package site

import (
	"net/url"
	"strings"

	"deadyet"
)

// documents are where the pages below a path have their data.
var documents = []struct{ page, document string }{
	{"/network/", "networks/"}, {"/server/", "servers/"}, {"/version/", "versions/"}, {"/news/", "news/"}, {"/client/", "clients/"}, {ClientsPath, "clients"},
	{"/rule", "rule"}, {"/method", "method"}, {"/changes", "changes"}, {AtPrefix, "at/"}, {DiffPrefix, "diff/"},
}

// documentPath is the path of the document that holds the same as a page;
// "" for a page that has none.
func documentPath(page string) string {
	if page == "/" {
		return apiRoot + "verdict"
	}
	for _, d := range documents {
		if rest, ok := strings.CutPrefix(page, d.page); ok {
			return apiRoot + d.document + rest
		}
	}
	return ""
}

// Data leads to the document that holds the same as the page, as it was at the same
// moment; "" for a page that stands at any path.
func (f frame) Data() string {
	path := documentPath(*f.here)
	if path == "" {
		return ""
	}
	path = strings.TrimPrefix(AtPath(f.site.moment.Name, path), "/")
	return f.Present + (&url.URL{Path: path}).EscapedPath()
}

// Feed leads to the feed of what happens to that of which the page tells; ""
// where there is none. A feed is always that of the present.
func (f frame) Feed() string {
	path := *f.here + FeedPath
	if *f.here == "/" || !f.site.Has(path) {
		return ""
	}
	return f.Present + strings.TrimPrefix((&url.URL{Path: path}).EscapedPath(), "/")
}

// Forms reports whether there is somebody to whom a form can be sent: a folder of
// files takes none.
func (f frame) Forms() bool { return f.site.moment.Built.IsZero() }

// LastDiff leads to what changed on the last day on which something did; nil
// where nobody can tell.
func (f frame) LastDiff() *crossing {
	d := lastChange(f.site.edition)
	if d.IsZero() || !f.Forms() {
		return nil
	}
	before := deadyet.DayOf(d.Start().AddDate(0, 0, -1))
	return &crossing{f.Present + strings.TrimPrefix(DiffPrefix, "/") + before.String() + "/" + d.String(), f.site.day(d)}
}
