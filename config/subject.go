package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"deadyet"
)

// LoadSubject reads the subject in folder dir of fsys:
//
//	subject.yaml  versions.yaml  rule.yaml  links.yaml  opt-out.yaml
//	networks/ID.yaml  record/*.yaml  clients/*.yaml  texts/NAME.md  texts/LANGUAGE/NAME.md  news/ID.md
//
// The first three and at least one network are needed. The error is [Errors]
// when the files are at fault. A subject with an error is the zero value.
func LoadSubject(fsys fs.FS, dir string) (deadyet.Subject, error) {
	l := &loader{reader: &reader{}, fsys: fsys, dir: dir}
	s := l.subject()
	if l.err != nil {
		return deadyet.Subject{}, l.err
	}
	if err := l.errs.sorted(); err != nil {
		return deadyet.Subject{}, err
	}
	return s, nil
}

// loader reads the files of a subject.
type loader struct {
	*reader
	fsys fs.FS
	dir  string
	err  error // the file system's own
}

// file reads one file; missing tells whether it may be missing.
func (l *loader) file(name string, optional bool) (data []byte, ok bool) {
	p := path.Join(l.dir, name)
	data, err := read(l.fsys, p)
	switch {
	case err == nil:
		return data, true
	case !errors.Is(err, fs.ErrNotExist):
		l.err = errors.Join(l.err, fmt.Errorf("read %s: %w", p, err))
	case !optional:
		l.errs = append(l.errs, Error{File: p, Message: "the file is missing"})
	}
	return nil, false
}

// read reads a file, and of a file that is far too long only the beginning.
func read(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxBytes+1))
}

func (l *loader) tree(name string, optional bool) value {
	data, ok := l.file(name, optional)
	if !ok {
		return value{r: l.reader, file: path.Join(l.dir, name), lost: !optional}
	}
	return l.parse(path.Join(l.dir, name), data, 0)
}

// files lists the files of a folder with that ending, by name.
func (l *loader) files(folder, ending string) (names []string) {
	entries, err := fs.ReadDir(l.fsys, path.Join(l.dir, folder))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		l.err = errors.Join(l.err, fmt.Errorf("read the folder %s: %w", folder, err))
	}
	for _, e := range entries {
		name := path.Join(folder, e.Name())
		switch end := path.Ext(name); {
		case e.IsDir():
		case end == ending:
			names = append(names, name)
		case end == ".yml" || end == ".markdown":
			l.errs = append(l.errs, Error{File: path.Join(l.dir, name), Message: fmt.Sprintf("the file would be left out; want a name that ends in %s", ending)})
		}
	}
	return names
}

func stem(file string) string {
	base := path.Base(file)
	return strings.TrimSuffix(base, path.Ext(base))
}

func (l *loader) subject() deadyet.Subject {
	top := l.tree("subject.yaml", false)
	f := top.fields("id", "name", "question", "network", "source", "control", "confirm", "ports")
	s := deadyet.Subject{
		Source:   f["source"].link(),
		Versions: l.versionList(),
		Rule:     readRule(l.tree("rule.yaml", false)),
		Links:    readLinks(l.tree("links.yaml", true).fields("links")["links"]),
		OptOut:   optOuts(l.tree("opt-out.yaml", true)),
	}
	s.ID = deadyet.SubjectID(f["id"].id())
	s.Name, s.Question = f["name"].need(), f["question"].need()
	s.Network = deadyet.NetworkID(f["network"].id())
	s.Control = f["control"].version()
	confirm := f["confirm"].fields("rounds", "after")
	s.Confirm.Rounds = confirm["rounds"].number(1, 100)
	s.Confirm.After = confirm["after"].lasting(0, 0, 30*24*time.Hour)
	s.Ports = readPorts(f["ports"])
	l.networks(&s, f["network"])
	l.record(&s)
	l.clients(&s)
	l.markdown(&s)
	l.words(&s)
	l.crossCheck(s, f)
	return s
}

// crossCheck looks at what no file can tell alone.
func (l *loader) crossCheck(s deadyet.Subject, f map[string]value) {
	if slices.ContainsFunc(s.Versions, func(i deadyet.VersionInfo) bool { return i.Version == s.Control }) {
		f["control"].wrong("%s is a real version; want one that never existed", s.Control)
	}
	if s.Rule.Reference != "" && len(s.Versions) > 0 && !s.Counts(s.Rule.Reference) {
		l.errs = append(l.errs, Error{File: path.Join(l.dir, "rule.yaml"), Key: "reference", Message: fmt.Sprintf("%s is no version that counts, see versions.yaml", s.Rule.Reference)})
	}
}

func (l *loader) versionList() (out []deadyet.VersionInfo) {
	list := l.tree("versions.yaml", false).fields("versions")["versions"]
	seen := make(map[deadyet.Version]bool)
	for _, item := range list.list() {
		f := item.fields("version", "counts", "first", "used", "note")
		v := deadyet.VersionInfo{Version: f["version"].version(), Counts: f["counts"].yes(), First: f["first"].text(), Used: f["used"].text(), Note: f["note"].text()}
		if seen[v.Version] {
			f["version"].wrong("%s stands twice", v.Version)
		}
		seen[v.Version] = true
		out = append(out, v)
	}
	if len(out) == 0 {
		list.wrong("want at least one version")
	}
	return out
}

func readRule(top value) deadyet.Rule {
	f := top.fields("reference", "half", "after", "says")
	r := deadyet.Rule{
		Reference: f["reference"].version(),
		Half:      f["half"].number(1, 100),
		After:     f["after"].lasting(24*time.Hour, 0, 365*24*time.Hour),
		Says:      make(map[deadyet.Word]string),
	}
	var words []string
	for _, w := range deadyet.Words() {
		words = append(words, string(w))
	}
	says := f["says"].fields(words...)
	for _, w := range words {
		r.Says[deadyet.Word(w)] = says[w].need()
	}
	return r
}

// readPorts reads what ports are for.
func readPorts(v value) (out []deadyet.PortInfo) {
	for _, item := range v.list() {
		f := item.fields("port", "name", "used")
		out = append(out, deadyet.PortInfo{Port: uint16(f["port"].number(1, 65535)), Name: f["name"].text(), Used: f["used"].text()})
	}
	return out
}

func readLinks(v value) (out []deadyet.Link) {
	for _, item := range v.list() {
		f := item.fields("text", "url", "note")
		if f["url"].missing() {
			f["url"].wrong("missing")
		}
		out = append(out, deadyet.Link{Text: f["text"].need(), URL: f["url"].link(), Note: f["note"].text()})
	}
	return out
}

func optOuts(v value) (out []deadyet.OptOut) {
	for _, item := range v.fields("hosts")["hosts"].list() {
		out = append(out, item.optOut())
	}
	return out
}

func (v value) optOut() deadyet.OptOut {
	f := v.fields("host", "date", "reason")
	return deadyet.OptOut{Host: f["host"].hostOrPrefix(), Date: f["date"].needDay(), Reason: f["reason"].need()}
}

func readSource(v value) deadyet.Source {
	f := v.fields("title", "url", "date")
	return deadyet.Source{Title: f["title"].text(), URL: f["url"].link(), Date: f["date"].day()}
}
