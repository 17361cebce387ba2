package site

import (
	"net/url"
	"strings"
)

// documents are where the pages below a path have their data.
var documents = []struct{ page, document string }{
	{"/network/", "networks/"}, {"/server/", "servers/"}, {"/version/", "versions/"}, {"/news/", "news/"},
	{"/rule", "rule"}, {"/method", "method"}, {AtPrefix, "at/"}, {DiffPrefix, "diff/"},
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
