package words

import (
	"deadyet"

	"golang.org/x/text/language"
)

// Matcher finds the language that suits a reader best. Make one with [NewMatcher].
type Matcher struct {
	have    []deadyet.Language
	matcher language.Matcher
}

// NewMatcher returns a matcher for the languages that there are. The first is for
// readers whom none suits.
func NewMatcher(have []deadyet.Language) (*Matcher, error) {
	m := &Matcher{have: have}
	var tags []language.Tag
	for _, l := range have {
		tag, err := language.Parse(string(l))
		if err != nil {
			return nil, err
		}
		tags = append(tags, tag)
	}
	m.matcher = language.NewMatcher(tags)
	return m, nil
}

// acceptBytes bounds what is read of a header.
const acceptBytes = 400

// Match reads a header Accept-Language (RFC 9110, section 12.5.4). What makes no
// sense, and no header, leads to the first language.
func (m *Matcher) Match(accept string) deadyet.Language {
	if accept == "" || len(accept) > acceptBytes {
		return m.have[0]
	}
	wanted, _, err := language.ParseAcceptLanguage(accept)
	if err != nil || len(wanted) == 0 {
		return m.have[0]
	}
	_, n, sure := m.matcher.Match(wanted...)
	if sure == language.No {
		return m.have[0]
	}
	return m.have[n]
}
