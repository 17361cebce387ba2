package site

import (
	"cmp"
	"slices"
	"strconv"

	"deadyet"
)

// changesPage is what changed about the lists, the record and the names of the news
// themselves, as opposed to the servers.
type changesPage struct {
	frame
	Crumbs      []crumb
	Lists       []listChangeView
	Revisions   []string
	Corrections []correctionView
	Renamed     []renamedView
}

// listChangeView is the servers of a region that came onto a list on a day, or left it.
type listChangeView struct {
	Day     stamp
	Where   string
	What    string
	Servers []crossLink
	Rest    string
}

// correctionView is what the record said before, and what it says now.
type correctionView struct{ Was, Now factView }

// renamedView is an item of news and the names that it had.
type renamedView struct {
	Title, Href string
	Once        []string
}

// listChange is a change of the list of a region.
type listChange struct {
	day        deadyet.Day
	network    deadyet.NetworkID
	region     deadyet.Region
	came, left []deadyet.ServerID
}

// listChanges are those until the moment of the edition, the latest first.
func (s *Site) listChanges() (out []listChange) {
	today := deadyet.DayOf(s.edition.At)
	at := func(d deadyet.Day, n deadyet.NetworkID, r deadyet.Region) *listChange {
		i := slices.IndexFunc(out, func(c listChange) bool { return c.day == d && c.network == n && c.region == r })
		if i < 0 {
			i, out = len(out), append(out, listChange{day: d, network: n, region: r})
		}
		return &out[i]
	}
	for _, n := range s.edition.Subject.Networks {
		for _, sv := range n.Servers {
			for _, l := range s.stays(sv) {
				if !l.Since.IsZero() && !today.Before(l.Since) {
					c := at(l.Since, n.ID, l.Region)
					c.came = append(c.came, sv.ID)
				}
				if !l.Until.IsZero() && !today.Before(l.Until) {
					c := at(l.Until, n.ID, l.Region)
					c.left = append(c.left, sv.ID)
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b listChange) int {
		return cmp.Or(b.day.Start().Compare(a.day.Start()), cmp.Compare(a.network, b.network), cmp.Compare(a.region, b.region))
	})
	return out
}

func (s *Site) changesPage() changesPage {
	const root = "./"
	v := changesPage{frame: s.frame(root)}
	heading := s.t("What changed in the data")
	v.Title, v.Description = s.titled(heading), s.t("When servers came onto the lists and left them, what was corrected in the record, and which news have another name now.")
	v.Crumbs = s.crumbs(root, crumb{Text: heading})
	for _, c := range s.listChanges() {
		v.addList(s, c, c.came, s.n(len(c.came), "{n} server came onto the list", "{n} servers came onto the list"), root)
		v.addList(s, c, c.left, s.n(len(c.left), "{n} server left the list", "{n} servers left the list"), root)
	}
	for _, r := range s.edition.Subject.Revisions {
		v.Revisions = append(v.Revisions, s.t("{file}: revision {number}", "file", clean(r.File), "number", strconv.Itoa(r.Number)))
	}
	for _, c := range s.edition.Subject.Corrections {
		v.Corrections = append(v.Corrections, correctionView{s.factViewOf(c.Was), s.factViewOf(c.Now)})
	}
	for _, i := range s.edition.Items {
		if len(i.Aliases) > 0 {
			r := renamedView{Title: clean(i.Title), Href: root + itemLink(i.ID)}
			for _, id := range i.Aliases {
				r.Once = append(r.Once, clean(string(id)))
			}
			v.Renamed = append(v.Renamed, r)
		}
	}
	return v
}

func (v *changesPage) addList(s *Site, c listChange, ids []deadyet.ServerID, what, root string) {
	if len(ids) == 0 {
		return
	}
	where := string(c.network)
	if n, ok := s.edition.Subject.NetworkByID(c.network); ok {
		where = n.Name
	}
	if c.region != "" {
		where += ", " + string(c.region)
	}
	links, rest := s.crossLinks(ids, root)
	v.Lists = append(v.Lists, listChangeView{s.day(c.day), clean(where), what, links, rest})
}
