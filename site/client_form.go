package site

import (
	"html/template"
	"net/url"
	"slices"
	"strings"

	"deadyet"
	"deadyet/words"
)

// clientForm asks which client a visitor has.
type clientForm struct {
	Action  string
	Options template.HTML
	All     string // link to all of them
}

// clientForm returns nil where nothing is known of any client.
func (s *Site) clientForm(root string) *clientForm {
	if len(s.edition.Access) == 0 {
		return nil
	}
	var b strings.Builder
	last := ""
	for i := range s.edition.Subject.Clients {
		c := &s.edition.Subject.Clients[i]
		if c.Apart || c.Kind == deadyet.ClientLibrary || s.unknown(*c) {
			continue
		}
		if title := s.groupTitle(c); title != last {
			b.WriteString(endGroup(last) + `<optgroup label="` + template.HTMLEscapeString(title) + `">`)
			last = title
		}
		b.WriteString(`<option value="` + template.HTMLEscapeString(string(c.ID)) + `">` + template.HTMLEscapeString(clean(c.Name)) + "</option>\n")
	}
	b.WriteString(endGroup(last))
	return &clientForm{Action: root + "clients", Options: template.HTML(b.String()), All: root + "clients"}
}

func endGroup(title string) string {
	if title == "" {
		return ""
	}
	return "</optgroup>\n"
}

// whichView asks which of several clients is meant, or says that none is known by
// that name.
type whichView struct {
	problemView
	Asked   string
	Clients []crumb
	All     string
}

// Which answers whoever asks for a client by a name. Where one is meant, path is
// where it stands. Otherwise the page asks back, and found says whether there is
// anything under that name. The page stands at any path, as those of
// [Site.Problem] do; moment is that of the pages to which it leads, "" for the
// present.
func (s *Site) Which(name, moment, prefix string) (path string, page Page, found bool, err error) {
	clients := slices.DeleteFunc(s.edition.Subject.FindClients(name), s.unknown)
	if len(clients) == 1 {
		return AtPath(moment, ClientPath(clients[0].ID)), Page{}, true, nil
	}
	trouble := Trouble{heading: words.Phrase("Which one is it?"), text: words.Phrase("Several clients go by that name.")}
	if found = len(clients) > 0; !found {
		trouble = Trouble{heading: words.Phrase("No client of that name is known"), text: words.Phrase("Perhaps it is written otherwise. If it is missing, it can be added to the catalogue.")}
		clients = slices.DeleteFunc(s.edition.Subject.NearClients(name, nearMost), s.unknown)
	}
	v := whichView{problemView: s.problemView(trouble, prefix), Asked: clean(name)}
	v.All = v.Root + strings.TrimPrefix(AtPath(moment, ClientsPath), "/")
	for _, c := range clients {
		to := url.URL{Path: AtPath(moment, ClientPath(c.ID))}
		v.Clients = append(v.Clients, crumb{clean(c.Name), v.Root + strings.TrimPrefix(to.EscapedPath(), "/")})
	}
	page, err = s.troubled("which", v)
	return "", page, found, err
}

// nearMost is how many clients are offered to whoever mistyped a name.
const nearMost = 5

// unknown reports whether nothing can be said of a client at the moment of the
// edition: it was not out yet.
func (s *Site) unknown(c deadyet.Client) bool { return len(s.edition.AccessOf(c.ID)) == 0 }
