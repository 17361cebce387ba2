package deadyet

// SubjectID names a subject: a lower-case word, e.g. "msn".
type SubjectID string

// Subject is what the question in the title is about.
type Subject struct {
	ID        SubjectID
	Name      string    // "MSN"
	Question  string    // "Is MSN dead yet?"
	Network   NetworkID // the network that the question means
	Source    string    // URL of the project's source, "" if there is none
	Public    string    // URL under which the world knows the page, "" if it has none of its own
	Contact   string    // mailto: or https: URL of whoever runs the page, "" if nobody is named
	Simulated bool      // everything about it is made up by the simulator

	Versions  []VersionInfo // in the order of their release
	Control   Version       // a version that never existed
	Ports     []PortInfo
	Rule      Rule
	Confirm   Confirmation
	Networks  []Network // the subject's own first, then in alphabetical order
	Clients   []Client  // official ones first, by the files of the catalogue
	Record    []Fact
	Revisions []Revision // of the record's files
	// Corrections are the facts that others took the place of, in the order of the files.
	Corrections []Correction
	Texts       []Text
	Edits       []Edit // news by people, and what they changed about the rest
	Links       []Link // related links
	OptOut      []OptOut
	// Translations are texts in other languages than English, and the news of people
	// under their IDs. No text is only one.
	Translations []Text `json:",omitempty"`
	// Words are the sentences of the files in other languages, by their English.
	Words map[Language]map[string]string `json:",omitempty"`
}

// Correction is a fact of the record that another took the place of.
type Correction struct{ Was, Now Fact }

// Revision is the state of one file of the record.
type Revision struct {
	File   string `json:"file"`
	Number int    `json:"revision"`
}

// VersionInfo is what is known of a version.
type VersionInfo struct {
	Version Version
	Counts  bool   // whether the question means it
	First   string // first client and year, as text
	Used    string // who used it, to end a sentence: "used by most third-party clients"
	Note    string
}

// Text is a piece of the page that people edit: a Markdown file.
type Text struct {
	Name     string // file name without its ending, e.g. "faq"
	Title    string
	Body     string   // Markdown
	File     string   // path inside the project, for the edit link
	Until    Day      // first day on which it is not shown any more; zero: it stays
	Language Language `json:",omitempty"` // "" is English
}

// OptOut is a host that does not want to be asked. The dialer enforces it.
type OptOut struct {
	Host   string // host name, address or prefix
	Date   Day
	Reason string // why, in a few words
}

// NetworkByID returns the network; ok is false when there is none.
func (s Subject) NetworkByID(id NetworkID) (n Network, ok bool) {
	for _, n := range s.Networks {
		if n.ID == id {
			return n, true
		}
	}
	return Network{}, false
}

// Server returns a server and its network; ok is false when there is none.
func (s Subject) Server(id ServerID) (n Network, sv Server, ok bool) {
	n, ok = s.NetworkByID(id.Network())
	if !ok {
		return Network{}, Server{}, false
	}
	for _, sv := range n.Servers {
		if sv.ID == id {
			return n, sv, true
		}
	}
	return Network{}, Server{}, false
}

// Counts reports whether v is one of the versions that the question means.
func (s Subject) Counts(v Version) bool {
	for _, i := range s.Versions {
		if i.Version == v {
			return i.Counts
		}
	}
	return false
}

// Text returns the text of that name, the zero value if there is none.
func (s Subject) Text(name string) Text {
	for _, t := range s.Texts {
		if t.Name == name {
			return t
		}
	}
	return Text{}
}

// TextIn returns the text of that name in a language, and in English where there is
// no other.
func (s Subject) TextIn(name string, l Language) Text {
	if t := s.Translation(name, l); t.Name != "" {
		return t
	}
	return s.Text(name)
}

// Translation returns the text of that name, or a person's news under its ID, in a
// language; the zero value if there is none.
func (s Subject) Translation(name string, l Language) Text {
	for _, t := range s.Translations {
		if t.Name == name && t.Language == l {
			return t
		}
	}
	return Text{}
}

// PortInfo is what is known of a port.
type PortInfo struct {
	Port uint16
	Name string // "HTTP"; "" where the port is the protocol's own
	Used string // who used it and nothing else, to end a sentence
}

// Port returns what is known of a port.
func (s Subject) Port(p uint16) PortInfo {
	for _, i := range s.Ports {
		if i.Port == p {
			return i
		}
	}
	return PortInfo{Port: p}
}
