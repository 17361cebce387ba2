package site

import (
	"cmp"
	"slices"
	"strings"

	"deadyet"
	"deadyet/words"
)

// itemView is the page of one item of news.
type itemView struct {
	frame
	Crumbs   []crumb
	Kind     string
	Item     newsView
	Text     string // with full stop, for the description
	Aliases  []string
	Facts    []factView
	Regions  []crumb
	Versions []crumb
	Earlier  *crumb
	Later    *crumb
	Place    string // on the front page
}

// addItems adds the pages of all items, and then those of the names that they
// once had. No alias takes the name of an item.
func (s *Site) addItems() {
	for n := range s.edition.Items {
		s.addPage(itemPath(s.edition.Items[n].ID), "item-page", func() any { return s.itemView(n) })
	}
	for n, i := range s.edition.Items {
		for _, id := range i.Aliases {
			s.addPage(itemPath(id), "item-page", func() any { return s.itemView(n) })
		}
	}
}

func (s *Site) itemView(n int) itemView {
	const root = "../"
	i := s.edition.Items[n]
	room := pageLinks
	v := itemView{frame: s.frame(root), Item: s.newsView(i, false, &room), Kind: s.kindText(i.Kind)}
	v.standsAt(itemPath(i.ID))
	v.Item.rebase(root)
	v.Title = s.titled(v.Item.Title)
	v.Description = v.Item.When.Text() + ": " + v.Item.Title
	v.Crumbs = s.crumbs(root, crumb{s.t("News"), root + "#news"}, crumb{Text: v.Item.Title})
	if net, ok := s.edition.Subject.NetworkByID(i.Network); ok {
		v.Crumbs = s.crumbs(root, crumb{clean(net.Name), root + networkLink(net.ID)}, crumb{s.t("News"), root + "#news"}, crumb{Text: v.Item.Title})
	}
	for _, id := range i.Aliases {
		v.Aliases = append(v.Aliases, clean(string(id)))
	}
	for _, id := range i.Facts {
		v.Facts = append(v.Facts, s.factView(id))
	}
	v.Place = root + "#" + newsAnchors(s.edition.Items)[n][0]
	s.addItemLinks(&v, i, root)
	v.Earlier, v.Later = s.neighbours(i, root)
	return v
}

// addItemLinks names the regions and versions that an item is about.
func (s *Site) addItemLinks(v *itemView, i deadyet.Item, root string) {
	for _, p := range i.Parts {
		c := crumb{clean(string(p.Region)), root + regionLink(i.Network, p.Region)}
		if p.Region != "" && s.Has(regionPath(i.Network, p.Region)) && !slices.Contains(v.Regions, c) {
			v.Regions = append(v.Regions, c)
		}
	}
	for _, ver := range i.Versions {
		if s.Has(versionPath(ver)) {
			v.Versions = append(v.Versions, crumb{clean(string(ver)), root + versionLink(ver)})
		}
	}
}

// neighbours are the items before and after one, in the order of time.
func (s *Site) neighbours(i deadyet.Item, root string) (earlier, later *crumb) {
	items := slices.Clone(s.edition.Items)
	slices.SortStableFunc(items, func(a, b deadyet.Item) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
	at := slices.IndexFunc(items, func(x deadyet.Item) bool { return x.ID == i.ID })
	link := func(x deadyet.Item) *crumb { return &crumb{clean(x.Title), root + itemLink(x.ID)} }
	if at > 0 {
		earlier = link(items[at-1])
	}
	if at >= 0 && at+1 < len(items) {
		later = link(items[at+1])
	}
	return earlier, later
}

// rebase makes the links of an item good on a page that is not at the root.
func (v *newsView) rebase(root string) {
	if v.Servers == nil {
		return
	}
	for _, p := range v.Servers.Parts {
		for k := range p.Servers {
			if p.Servers[k].Href != "" {
				p.Servers[k].Href = root + p.Servers[k].Href
			}
		}
	}
}

var kindWords = map[deadyet.ItemKind]words.Phrase{
	deadyet.ItemPortClosed: words.Phrase("port closed"), deadyet.ItemVersionRejected: words.Phrase("version rejected"),
	deadyet.ItemPortOpened: words.Phrase("port opened"), deadyet.ItemVersionAccepted: words.Phrase("version accepted"),
	deadyet.ItemOutage: words.Phrase("outage"), deadyet.ItemGone: words.Phrase("gone for good"),
	deadyet.ItemResurrected: words.Phrase("resurrected"), deadyet.ItemMoved: words.Phrase("moved"),
	deadyet.ItemRenumbered: words.Phrase("renumbered"), deadyet.ItemListed: words.Phrase("listed"),
	deadyet.ItemRetired: words.Phrase("retired"), deadyet.ItemDependencyDown: words.Phrase("dependency down"),
	deadyet.ItemClientBlock: words.Phrase("client block"), deadyet.ItemRepurposed: words.Phrase("repurposed"),
	deadyet.ItemNote: words.Phrase("note"),
}

// kindText says a kind of news in words: "version rejected".
func (t tongue) kindText(k deadyet.ItemKind) string {
	if w, ok := kindWords[k]; ok {
		return t.t(string(w))
	}
	return clean(strings.ReplaceAll(string(k), "-", " "))
}
