package site

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"deadyet"
)

// cleanLimit is the number of bytes of a hostile string that is shown outside
// of transcripts.
const cleanLimit = 300

// clean makes a string from a server fit for a line of text: control bytes,
// invisible and direction-changing characters become visible escapes, and it
// ends after [cleanLimit] bytes.
func clean(s string) string {
	if len(s) <= cleanLimit {
		return visible([]byte(s), false)
	}
	end := cleanLimit
	for end > cleanLimit-utf8.UTFMax && !utf8.RuneStart(s[end]) {
		end--
	}
	return visible([]byte(s[:end]), false) + "…"
}

// visible shows bytes as text in which nothing hides: what is no printable
// character is written as an escape. With lines, a line feed also breaks the
// line after its escape.
func visible(b []byte, lines bool) string {
	var out strings.Builder
	out.Grow(len(b) + 16)
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&out, `\x%02x`, b[0])
		case r == '\n' && lines:
			out.WriteString("\\n\n")
		case r == '\\' && lines:
			out.WriteString(`\\`)
		default:
			writeVisible(&out, r)
		}
		b = b[n:]
	}
	return out.String()
}

func writeVisible(out *strings.Builder, r rune) {
	switch {
	case r == '\r':
		out.WriteString(`\r`)
	case r == '\n':
		out.WriteString(`\n`)
	case r == '\t':
		out.WriteString(`\t`)
	case r < 0x20 || r == 0x7f:
		fmt.Fprintf(out, `\x%02x`, r)
	case !unicode.IsPrint(r) || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r):
		fmt.Fprintf(out, `\u{%x}`, r)
	default:
		out.WriteRune(r)
	}
}

// tidy makes hidden characters of a text of several lines visible, and leaves
// its lines as they are.
func tidy(s string) string {
	var out strings.Builder
	for _, r := range strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\r\n", "\n") {
		if r == '\n' || r == '\t' || unicode.IsMark(r) {
			out.WriteRune(r)
			continue
		}
		writeVisible(&out, r)
	}
	return out.String()
}

// anchor makes an identifier for a place on a page that is unique when s is.
func anchor(s string) string {
	var out strings.Builder
	for i := range len(s) {
		c := s[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' {
			out.WriteByte(c)
			continue
		}
		fmt.Fprintf(&out, "_%02x", c)
	}
	return out.String()
}

// endpointAnchor names the place of an endpoint on its server's page.
func endpointAnchor(e deadyet.Endpoint) string {
	return anchor(string(e.Transport)) + "-" + strconv.Itoa(int(e.Port))
}

// webLink returns u when it is an address of the web, "" otherwise.
func webLink(u string) string {
	p, err := url.Parse(u)
	if err != nil || p.Host == "" || (p.Scheme != "http" && p.Scheme != "https") {
		return ""
	}
	return u
}
