package site

import "bytes"

// TellsMoment reports whether the frame of every page includes the line of the
// moment.
func TellsMoment() bool {
	for _, name := range []string{"templates/frame.html", "templates/front.html"} {
		if text, err := templates.ReadFile(name); err == nil && bytes.Contains(text, []byte(`{{template "moment" .}}`)) {
			return true
		}
	}
	return false
}
