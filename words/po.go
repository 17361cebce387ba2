package words

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// entry is one sentence of a .po file.
type entry struct {
	context string
	id      string // the English; for one thing where there is a plural
	plural  string // the English for several
	strings []string
	line    int
}

// parsePO reads a file of GNU gettext
// (https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html).
func parsePO(file []byte) ([]entry, error) {
	p := poParser{}
	for n, line := range strings.Split(string(file), "\n") {
		p.line = n + 1
		if err := p.read(strings.TrimSpace(line)); err != nil {
			return nil, fmt.Errorf("line %d: %w", p.line, err)
		}
	}
	p.end()
	return p.entries, nil
}

type poParser struct {
	line    int
	entries []entry
	now     entry
	into    *string // where a quoted line goes on
	began   bool
	guess   bool // the entry that follows is a tool's guess, and no translation
}

func (p *poParser) read(line string) error {
	switch {
	case line == "":
		p.end()
		return nil
	case strings.HasPrefix(line, "#,") && strings.Contains(line, "fuzzy"):
		p.guess = true
		return nil
	case line[0] == '#':
		return nil
	case line[0] == '"':
		return p.more(line)
	}
	word, text, ok := strings.Cut(line, " ")
	if !ok {
		return fmt.Errorf("want a keyword and a text, got %.40q", line)
	}
	switch {
	case word == "msgctxt":
		p.begin()
		p.into = &p.now.context
	case word == "msgid":
		if p.now.id != "" || len(p.now.strings) > 0 {
			p.begin()
		}
		p.start()
		p.into = &p.now.id
	case word == "msgid_plural":
		p.into = &p.now.plural
	case word == "msgstr" || word == "msgstr["+strconv.Itoa(len(p.now.strings))+"]":
		p.now.strings = append(p.now.strings, "")
		p.into = &p.now.strings[len(p.now.strings)-1]
	default:
		return fmt.Errorf("unknown or misplaced keyword %.40q", word)
	}
	return p.more(strings.TrimSpace(text))
}

func (p *poParser) more(quoted string) error {
	text, err := strconv.Unquote(quoted)
	if err != nil {
		return fmt.Errorf("want a text in quotes, got %.40q", quoted)
	}
	if p.into == nil {
		return errors.New("a text without a keyword")
	}
	*p.into += text
	return nil
}

func (p *poParser) begin() { p.end(); p.start() }

func (p *poParser) start() {
	if !p.began {
		p.began, p.now.line = true, p.line
	}
}

func (p *poParser) end() {
	if p.began {
		if p.guess && p.now.id != "" {
			clear(p.now.strings)
		}
		p.entries = append(p.entries, p.now)
		p.guess = false
	}
	p.now, p.into, p.began = entry{}, nil, false
}
