package web

import (
	"strconv"
	"strings"
)

// takesGzip reads Accept-Encoding (RFC 9110, section 12.5.3).
func takesGzip(headers []string) bool {
	star := false
	for _, h := range headers {
		for part := range strings.SplitSeq(h, ",") {
			coding, params, _ := strings.Cut(part, ";")
			switch coding = strings.TrimSpace(coding); {
			case strings.EqualFold(coding, "gzip") || strings.EqualFold(coding, "x-gzip"):
				return weight(params) > 0
			case coding == "*":
				star = weight(params) > 0
			}
		}
	}
	return star
}

// weight reads "q=0.5"; it is 1 when there is none, and 0 when it makes no
// sense.
func weight(params string) float64 {
	name, value, ok := strings.Cut(strings.TrimSpace(params), "=")
	if !ok || !strings.EqualFold(strings.TrimSpace(name), "q") {
		return 1
	}
	q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if err != nil {
		return 0
	}
	return q
}

// matches reads If-None-Match (RFC 9110, section 13.1.2), which compares
// weakly.
func matches(headers []string, etag string) bool {
	for _, h := range headers {
		for part := range strings.SplitSeq(h, ",") {
			part = strings.TrimSpace(part)
			if part == "*" || strings.TrimPrefix(part, "W/") == etag {
				return true
			}
		}
	}
	return false
}

// wantsHTML reports whether a visitor would rather see a page than plain text.
func wantsHTML(accept string) bool {
	return strings.Contains(accept, "text/html") || strings.Contains(accept, "application/xhtml+xml")
}
