package news

import "deadyet"

// Language is how items are put into words. It is a table: the phrases of each
// kind, and the small words that go into them. In a phrase, {who} is the
// servers, {ports} and {versions} what it is about, and the rest is named after
// the field it stands for.
type Language struct {
	Phrases map[string]string
	Numbers []string // "no", "one", "two", …; larger ones are written in figures
	Inside  []string // words that lose their capital inside a sentence, beside the numbers
	Dates   string   // layout of a day
	And     string
}

// English is the language of the page.
var English = &Language{
	Inside:  []string{"all", "back", "nothing", "almost", "most", "many", "the", "something", "login"},
	Numbers: []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"},
	Dates:   "2 January 2006",
	And:     " and ",
	Phrases: map[string]string{
		// How many of which servers.
		"all": "all {n}", "almost all": "almost all", "most": "most", "many": "many", "run": "{first} to {last}", "about": "about {n}", "a while": "a while",
		"main": "main ", "internal": "internal ", "entry": "", "": "",
		"servers": "{n} {role}{region} servers", "server": "{n} {role}{region} server",
		"entry servers": "{network}", "entry server": "{network}", "of network": "{n} {role}server", "of network many": "{n} {role}servers",

		// Headlines.
		"port-closed":             "{Who} closed {ports}",
		"port-closed nobody":      "No server has {any ports} open any more",
		"port-closed back":        "{Who} had {ports} closed for {length}",
		"port-opened":             "{Who} opened {ports}",
		"version-rejected":        "{Who} refuse {versions}",
		"version-rejected one":    "{Who} refuses {versions}",
		"version-rejected silent": "{Who} do not answer to {versions}", "version-rejected silent one": "{Who} does not answer to {versions}",
		"version-rejected silent back": "{Who} did not answer to {versions} for {length}",
		"version-rejected nobody":      "No server takes {any versions} any more",
		"version-rejected back":        "{Who} refused {versions} for {length}",
		"version-accepted":             "{Who} take {versions} now",
		"version-accepted one":         "{Who} takes {versions} now",
		"outage":                       "{Who} do not answer",
		"outage one":                   "{Who} does not answer",
		"outage final":                 "{Who} stopped answering",
		"outage back":                  "{Who} were down for {length}",
		"outage back one":              "{Who} was down for {length}",
		"gone":                         "All servers are gone",
		"gone one":                     "The only server is gone",
		"gone open":                    "Nothing is taken any more",
		"gone back":                    "All servers were gone for {length}",
		"gone back one":                "The only server was gone for {length}",
		"gone open back":               "Nothing was taken for {length}",
		"resurrected":                  "Back from the dead",
		"moved":                        "The {from} servers moved to {to}",
		"renumbered":                   "The {from} servers got new addresses",
		"listed":                       "{Who} came onto the list",
		"retired":                      "{Who} were taken off the list",
		"retired one":                  "{Who} was taken off the list",
		"dependency-down":              "{Name} is down",
		"dependency-down back":         "{Name} was down for {length}",
		"client-block":                 "{Clients} are turned away",
		"repurposed":                   "Something else answers at {who}",
		"repurposed back":              "Something else answered at {who} for {length}",

		// Sentences.
		"last to close":       "The last to close were {who}.",
		"last to fall silent": "The last to answer to it were {who}.",
		"last to refuse":      "The last to refuse it were {who}.",
		"last main":           "No main server has it open any more; internal servers still do.",
		"last main ports":     "No main server has them open any more; internal servers still do.",
		"still ports":         "{Still} still works.",
		"still ports many":    "{Still} still work.",
		"nothing open":        "Nothing else is open there.",
		"still versions":      "{Still} is still taken there.",
		"still versions many": "{Still} are still taken there.",
		"no versions":         "They take no other version that counts.",
		"used port":           "Port {port} was used by {used}.",
		"used version":        "{version} was used by {used}.",
		"others":              "{Others} still answer.",
		"others then":         "{Others} still answered.",
		"other":               "One other still answers.",
		"back":                "Back to normal on {until}, after {length}.",
		"back within":         "Back to normal some time between {until} and {latest}, after {length}.",
		"risen within":        "It rose from the dead some time between {until} and {latest}, after {length}.",
		"between":             "between {least} and {most}",
		"some back":           "{Some} of them are back to normal.",
		"one back":            "One of them is back to normal.",
		"never back one":      "It never came back.",
		"no versions one":     "It takes no other version that counts.",
		"never back":          "They never came back.",
		"risen":               "It rose from the dead on {until}, after {length}.",
		"arrived":             "{N} servers took the place of {m}.",
		"inferred":            "That the ones replaced the others is inferred: the lists changed on the same day.",
		"one main":            "One of them is a main server.",
		"mains":               "{N} of them are main servers.",
		"dependency how":      "Everybody needs it to get in, whatever they speak.",
		"block how":           "They are told apart by {by}.",
		"repurposed how":      "Somebody is at home there, but not whom we asked for, so nothing that it says counts.",

		// The present situation.
		"dated within":  "Some time between {from} and {to}, {title}.",
		"dated between": "{Title}, since some time between {from} and {to}.",
		"dated":         "{Lead} {day}, {title}.",
		"two of a day":  "{Lead} {day}, {title}, and {other}.",
		"on":            "on", "since": "since", "from": "from",
		"lives on":    "It lives on: {networks}.",
		"one network": "{network} takes {versions}",
	},
}

// kindOf names what a phrase is about when it has a singular.
func kindOf(k deadyet.ItemKind, one bool) string {
	if one {
		return string(k) + " one"
	}
	return string(k)
}
