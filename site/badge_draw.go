package site

import (
	"fmt"
	"html/template"
	"math"
	"strings"
)

// shield is what shields.io asks of an endpoint (https://shields.io/badges/endpoint-badge).
type shield struct {
	SchemaVersion int    `json:"schemaVersion"`
	Label         string `json:"label"`
	Message       string `json:"message"`
	Color         string `json:"color"`
}

func (b badge) shield() shield {
	return shield{1, b.label, b.message, strings.TrimPrefix(b.colour(), "#")}
}

func (b badge) colour() string { return badgeColours[b.class] }

// badgePad is the room on both sides of a field's text, in pixels.
const badgePad = 6

// svg draws the badge. The text is set to the width that was reckoned, so that
// it fits whatever font the reader has.
func (b badge) svg() []byte {
	l, m := textWidth(b.label), textWidth(b.message)
	left, right := l+2*badgePad, m+2*badgePad
	title := template.HTMLEscapeString(b.label + ": " + b.message)
	return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="20" role="img" aria-label="%s"><title>%s</title>`+
		`<rect width="%d" height="20" rx="3" fill="%s"/><path d="M3 0h%dv20H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z" fill="#3b3f44"/>`+
		`<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">`+
		`<text x="%d" y="14" textLength="%d" lengthAdjust="spacingAndGlyphs">%s</text>`+
		`<text x="%d" y="14" textLength="%d" lengthAdjust="spacingAndGlyphs">%s</text></g></svg>`+"\n",
		left+right, title, title, left+right, b.colour(), left-3,
		badgePad, l, template.HTMLEscapeString(b.label),
		left+badgePad, m, template.HTMLEscapeString(b.message))
}

// textWidth reckons how wide a text is in Verdana of 11 pixels.
func textWidth(s string) int {
	w := 0.0
	for _, r := range s {
		switch {
		case strings.ContainsRune("ijl.,:;|!'()[]{} ftI-–/\\", r):
			w += 4.4
		case strings.ContainsRune("mwMW@%—…", r):
			w += 10
		case r >= 'A' && r <= 'Z':
			w += 7.8
		case r < 0x2000:
			w += 6.8
		default:
			w += 11
		}
	}
	return max(1, int(math.Ceil(w)))
}
