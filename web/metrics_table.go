package web

import "github.com/prometheus/client_golang/prometheus"

// metricDescs are the figures that an edition has, by their names without
// "deadyet_". docs/api.md lists them.
var metricDescs = descs([]metricDesc{
	{"simulated", "1 when everything is simulated.", nil},
	{"line_good", "1 while our own line is good.", nil},
	{"live", "1 while the listed networks are being asked.", nil},
	{"edition_timestamp_seconds", "The moment that the page shows.", nil},

	{"verdict", "1 for the word that answers the question, 0 for the others.", []string{"word"}},
	{"verdict_servers", "Servers that count: listed; of them, those that take the reference version; those that take any.", []string{"which"}},
	{"verdict_since_timestamp_seconds", "Since when the word is true, at the earliest.", nil},
	{"verdict_last_yes_timestamp_seconds", "When anything that counts was accepted last.", nil},
	{"network_verdict", "1 for the word that answers the question for the network, 0 for the others.", []string{"network", "word"}},

	{"servers_listed", "Servers that are listed.", []string{"network"}},
	{"servers_answering", "Listed servers that take any version.", []string{"network"}},
	{"version_servers", "Listed servers that are to be asked for the version.", []string{"network", "version"}},
	{"version_servers_accepting", "Listed servers that take the version at any port.", []string{"network", "version"}},
	{"answers", "Checks by network and answer.", []string{"network", "answer"}},
	{"checks_pending", "Checks whose last finding differs and is not confirmed.", []string{"network"}},
	{"news_items", "Items of news by kind.", []string{"kind"}},

	{"round", "Number of the network's last round.", []string{"network"}},
	{"last_round_timestamp_seconds", "When the network was last asked.", []string{"network"}},
	{"last_round_lost_ratio", "Share of the packets of the last round that had to be sent again.", []string{"vantage"}},
	{"last_round_voted", "1 unless the last round lost too much for a vote.", []string{"vantage"}},
	{"canary_good", "1 when our own line was good in the last round.", []string{"vantage"}},
	{"last_round_checks", "Checks that were due in the last round.", []string{"vantage"}},
	{"last_round_connections", "Connections that the last round made.", []string{"vantage"}},
	{"last_round_duration_seconds", "How long the last round took.", []string{"vantage"}},
	{"latency_seconds", "How long the first answer on a connection took on the last UTC day with a round: least, median and most.", []string{"network", "vantage", "which"}},
	{"latency_connections", "Connections that were answered on that day.", []string{"network", "vantage"}},
	{"last_round_answers", "Observations of the last round by answer.", []string{"vantage", "answer"}},
})

// metricDesc names a figure, what it tells, and its labels.
type metricDesc struct {
	name, help string
	labels     []string
}

func descs(table []metricDesc) map[string]*prometheus.Desc {
	out := make(map[string]*prometheus.Desc, len(table))
	for _, d := range table {
		out[d.name] = prometheus.NewDesc("deadyet_"+d.name, d.help, d.labels, nil)
	}
	return out
}
