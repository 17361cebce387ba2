package msnpserver

import (
	"slices"

	"deadyet/msnp"
)

// Faces returns the faces of servers that are known, each with the versions
// that the real one took. Sources: captures and notes of 2003 to 2015 for
// Microsoft's, source code and runs of open servers for the others.
func Faces() []Face {
	return slices.Concat(microsoftFaces(), openFaces(), oddFaces())
}

// FaceByName returns the face of that name.
func FaceByName(name string) (Face, bool) {
	for _, f := range Faces() {
		if f.Name == name {
			return f, true
		}
	}
	return Face{}, false
}

func microsoftFaces() []Face {
	advice := Advice{Recommended: "1.0.0000", Download: "http://download.example/setup.exe", Information: "http://info.example/"}
	return []Face{
		{
			Name: "microsoft-2003", About: "Microsoft's in 2003: answers with the common list, hangs up on what it doesn't expect",
			Versions: span(2, 9), Choose: chooseCommon, Advice: advice,
			Gateway: Manners{Server: "Microsoft-IIS/5.0"},
		},
		{
			Name: "microsoft-2007", About: "Microsoft's in 2007: answers with the full common list",
			Versions: span(8, 15), Choose: chooseCommon, Advice: advice,
			Gateway: Manners{Server: "Microsoft-IIS/6.0"},
		},
		{
			Name: "microsoft-2012", About: "Microsoft's in 2012: answers with the best version alone; MSNP22 through the gateway only",
			Versions: []msnp.Version{8, 11, 12, 14, 15, 16, 18, 21, 22}, GatewayOnly: []msnp.Version{22},
			Choose: chooseHighest, Advice: advice, Redirect: RedirectFirst,
			Gateway: Manners{NamesHost: true},
		},
		{
			Name: "dispatch", About: "a dispatch: sends everybody on to a notification server, then hangs up",
			Versions: span(2, 21), Choose: chooseCommon, Advice: advice, Redirect: RedirectEach,
			Gateway: Manners{Server: "Microsoft-IIS/5.0"},
		},
	}
}

func openFaces() []Face {
	return []Face{
		{
			Name: "escargot", About: "Escargot: a preference of its own, quiet about what it doesn't understand",
			Versions: span(2, 21), Choose: choosePreferred, Quiet: true, FoldCase: true,
			Advice:  Advice{Download: "https://escargot.example", Information: "https://escargot.example"},
			Gateway: Manners{NeedsServer: true, FixedID: true, Lingers: true, EchoesIP: true},
		},
		{
			Name: "escargot-2017", About: "Escargot in 2017: refuses with its whole list, stays open, takes another VER",
			Versions: span(2, 21), Choose: chooseDisclosing, Quiet: true, Again: true,
			Advice:  Advice{Download: "https://escargot.example", Information: "https://escargot.example"},
			Gateway: Manners{FixedID: true, Lingers: true, EchoesIP: true},
		},
		{
			Name: "r2m", About: "R2M: takes the first of the client's list that it knows, looks accounts up at once",
			Versions: span(8, 12), Choose: chooseFirst, Accounts: true,
			Advice: Advice{Recommended: "1.0.0000", Minimum: "1.0.0000", Download: "http://r2m.example", Information: "http://r2m.example"},
		},
		{
			Name: "always-msnp12", About: "answers MSNP12 whatever is offered",
			Versions: []msnp.Version{12}, Choose: chooseAlways, Quiet: true, Again: true, Pong: "QNG 60",
			Advice: Advice{Recommended: "1.0.0000", Minimum: "1.0.0000"},
		},
		{
			Name: "first-dialect", About: "looks at the first version only, and answers others that were not offered",
			Versions: span(2, 10), Choose: chooseByFirst, Quiet: true,
			Advice: Advice{Recommended: "1.0.0000", Minimum: "1.0.0000"},
		},
		{
			Name: "fallback-msnp8", About: "answers MSNP8 where nothing fits, and stays open",
			Versions: []msnp.Version{8, 9, 10, 11, 12, 15, 18, 19, 20, 21}, Choose: chooseFallback, Quiet: true,
			Advice: Advice{Recommended: "1.0.0000", Minimum: "1.0.0000"},
		},
	}
}

func oddFaces() []Face {
	return []Face{
		{Name: "echo", About: "sends back every byte", Instead: InsteadEcho},
		{Name: "closes-on-ver", About: "an inner server: hangs up as soon as it has read VER", Choose: chooseNothing, Gateway: Manners{Drops: true}},
		{Name: "silent", About: "a switchboard: never answers VER", Instead: InsteadBoard},
		{Name: "http-1863", About: "a web server on whatever port: answers 400", Instead: InsteadHTTP},
	}
}

func span(from, to msnp.Version) []msnp.Version {
	var vs []msnp.Version
	for v := from; v <= to; v++ {
		vs = append(vs, v)
	}
	return vs
}
