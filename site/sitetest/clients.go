package sitetest

import (
	"time"

	"deadyet"
)

// tcp is the way of most clients that are made here.
var tcp = deadyet.Way{Transport: deadyet.TransportTCP, Port: 1863}

// clients are one of each kind, and for each way to be given a server.
func clients() []deadyet.Client {
	source := []deadyet.Source{{Title: "a wiki", URL: "https://wiki.example/", Date: day("2022-05-11")}}
	return []deadyet.Client{
		{ID: "old-1.0", Name: "Old Messenger 1.0", Builds: "1.0.0863", Kind: deadyet.ClientOfficial, BuiltFor: "northwind", Platforms: []string{"Windows 95"},
			Versions: versions(2), Ways: []deadyet.Way{tcp}, SignIn: []deadyet.SignIn{deadyet.SignInMD5},
			Set:   []deadyet.Setting{{How: deadyet.SetRegistry, Where: `HKCU\Software\Old`, Field: "Server"}},
			First: deadyet.Date{Day: day("1999-07-22"), Precision: deadyet.PrecisionDay}, Sources: source, Confidence: deadyet.ConfidenceHigh, Note: "The *first* one."},
		{ID: "old-7.5", Name: "Old Messenger 7.5", Builds: "7.5.0160 to 7.5.0324", Kind: deadyet.ClientOfficial, BuiltFor: "northwind", Platforms: []string{"Windows XP"},
			Versions: versions(12, 11), Ways: []deadyet.Way{tcp}, SignIn: []deadyet.SignIn{deadyet.SignInRST}, TLS: []string{"TLS 1.0"},
			Set: []deadyet.Setting{{How: deadyet.SetNone}}, Patches: []deadyet.Patch{{Name: "a changed file"}},
			First: deadyet.Date{Day: day("2005-01-01"), Precision: deadyet.PrecisionYear}, Last: deadyet.Date{Day: day("2006-02-01"), Precision: deadyet.PrecisionMonth}, Sources: source, Confidence: deadyet.ConfidenceMedium},
		{ID: "bird", Name: "Bird <b>2.10</b>", Kind: deadyet.ClientThirdParty, BuiltFor: "northwind",
			Versions: versions(18), Ways: []deadyet.Way{tcp, {Transport: deadyet.TransportHTTP, Port: 80}}, SignIn: []deadyet.SignIn{deadyet.SignInSSO},
			Set: []deadyet.Setting{{How: deadyet.SetSettings, Where: "the account", Field: "Server, Port", Login: true},
				{How: deadyet.SetSettings, Where: "the account", Field: "Use HTTP, HTTP Server", Login: true}}, Sources: source, Confidence: deadyet.ConfidenceLow},
		{ID: "bee", Name: "Bee", Kind: deadyet.ClientThirdParty, BuiltFor: "northwind", Versions: versions(18), Ways: []deadyet.Way{tcp},
			SignIn: []deadyet.SignIn{deadyet.SignInSSO}, Set: []deadyet.Setting{{How: deadyet.SetCommand, Where: "account set server ADDRESS", Field: "server", Login: true}},
			Sources: source, Confidence: deadyet.ConfidenceLow},
		{ID: "lib", Name: "libold", Kind: deadyet.ClientLibrary, BuiltFor: "northwind", Ways: []deadyet.Way{tcp},
			Set: []deadyet.Setting{{How: deadyet.SetUnknown}}, Sources: source, Confidence: deadyet.ConfidenceLow},
		{ID: "later", Name: "What came later", Kind: deadyet.ClientOfficial, BuiltFor: "northwind", Apart: true, Versions: versions(24), Ways: []deadyet.Way{tcp},
			Set: []deadyet.Setting{{How: deadyet.SetNone}}, Sources: source, Confidence: deadyet.ConfidenceLow},
	}
}

// access is what package clients would say of them, and of one a little more.
func access() (out []deadyet.Access) {
	ended := deadyet.OnDay(day("2017-05-19"))
	since := deadyet.At(noon.Add(-300 * time.Hour))
	for _, c := range clients() {
		home := deadyet.Access{Client: c.ID, Network: "northwind", Fit: deadyet.FitNo, Why: []deadyet.Obstacle{{Kind: deadyet.ObstacleGone}}, Since: ended, Ended: ended}
		there := deadyet.Access{Client: c.ID, Network: "contoso", Fit: deadyet.FitWorks, Way: tcp, Point: true, Since: since}
		if len(c.Versions) > 0 {
			home.LastVersion, home.LastWay, there.Version = c.Versions[0], tcp, c.Versions[0]
		}
		switch c.ID {
		case "old-7.5":
			there.Fit, there.Patches = deadyet.FitPatched, []string{"a changed file"}
			there.Why = []deadyet.Obstacle{{Kind: deadyet.ObstacleAddress}}
		case "bee":
			there.Fit = deadyet.FitLogin
			there.Why = []deadyet.Obstacle{{Kind: deadyet.ObstacleDown, Names: []string{"login.contoso.example"}}, {Kind: deadyet.ObstacleBarred, By: "a <b>block</b>"}}
		case "lib":
			there.Fit, there.Version, there.Why, there.Since = deadyet.FitUnknown, "", []deadyet.Obstacle{{Kind: deadyet.ObstacleUnknown}}, deadyet.Interval{}
		case "later":
			there.Fit, there.Version, there.Why = deadyet.FitNo, "", []deadyet.Obstacle{{Kind: deadyet.ObstacleVersion}}
		}
		shy := deadyet.Access{Client: c.ID, Network: "fabrikam", Fit: deadyet.FitUnknown, Why: []deadyet.Obstacle{{Kind: deadyet.ObstacleUnasked}}}
		out = append(out, home, there, shy)
	}
	return out
}
