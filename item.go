package deadyet

import "time"

// ItemID names a piece of news for ever, e.g. "2015-01-09-microsoft-port-closed".
type ItemID string

// ItemKind says what an item tells of. The words are a public format.
type ItemKind string

const (
	ItemPortClosed      ItemKind = "port-closed"      // an endpoint leaves yes while another of that server answers
	ItemVersionRejected ItemKind = "version-rejected" // a version leaves yes on an endpoint that still answers
	ItemPortOpened      ItemKind = "port-opened"      // an endpoint answers that did not, and nothing told of its end
	ItemVersionAccepted ItemKind = "version-accepted" // the same for a version
	ItemOutage          ItemKind = "outage"           // nothing of a server answers
	ItemGone            ItemKind = "gone"             // nothing of a network has answered for as long as the rule says
	ItemResurrected     ItemKind = "resurrected"      // a network that was gone answers again
	ItemMoved           ItemKind = "moved"            // the servers of a region gave way to those of another
	ItemRenumbered      ItemKind = "renumbered"       // the servers of a region, or of a name, got other addresses
	ItemListed          ItemKind = "listed"           // servers came onto the list
	ItemRetired         ItemKind = "retired"          // servers were taken off it
	ItemDependencyDown  ItemKind = "dependency-down"  // something that everybody needs does not answer
	ItemClientBlock     ItemKind = "client-block"     // clients are turned away whatever they speak
	ItemRepurposed      ItemKind = "repurposed"       // something else answers at the address
	ItemNote            ItemKind = "note"             // by a person
)

// ItemKinds lists all kinds.
func ItemKinds() []ItemKind {
	return []ItemKind{
		ItemPortClosed, ItemVersionRejected, ItemPortOpened, ItemVersionAccepted, ItemOutage, ItemGone,
		ItemResurrected, ItemMoved, ItemRenumbered, ItemListed, ItemRetired, ItemDependencyDown,
		ItemClientBlock, ItemRepurposed, ItemNote,
	}
}

// Item is a piece of news: facts as data, and the words made of them. One
// event is one item, which grows and is resolved in place.
type Item struct {
	ID      ItemID
	Aliases []ItemID // names under which it was published before a correction
	Kind    ItemKind
	Network NetworkID // "" for a note

	At        time.Time // when it began; where it stands in time
	When      Interval  // the same as exactly as it is known
	Published time.Time // when it could first be told
	Updated   time.Time // when it last changed
	Until     Interval  // when all was back to normal; zero while it is not

	Parts    []Part
	Ports    []uint16  // that closed, opened, or that are concerned
	Versions []Version // the same
	Still    Still     // what still worked right after it
	To       Region    // where to, of a move
	Arrived  int       // servers that came in place of those that moved
	Inferred bool      // of a move: the lists show it, nobody wrote it down
	Partly   bool      // of an outage that is over: a port did not come back, which has an item of its own
	Final    bool      // of an outage: it ended in the end of the network
	Verdict  Verdict   `json:",omitzero"` // of an end or a resurrection: the one that it was told from
	Name     string    // of the dependency, of the server whose name leads elsewhere, or how clients were told apart
	Names    []string  `json:",omitempty"` // that still lead to servers of an outage
	Senders  []string  `json:",omitempty"` // servers that still send people to those
	Clients  []string  // that are turned away
	Facts    []FactID  // of the record on which it rests; empty when it was measured
	Changes  []Change  `json:"-"` // on which it rests, without mere consequences
	Evidence []EvidenceID

	Title  string
	Body   string   // Markdown
	Told   Language `json:"-"` // of Title and Body, where it is not that of the edition
	Pinned bool
	By     string // "" when it was written from changes
	Links  []Link
}

// Recorded reports whether the item rests on the record and nothing of it was
// measured here.
func (i Item) Recorded() bool { return len(i.Facts) > 0 && len(i.Evidence) == 0 }

// Part is how many servers of a region and role an item is about.
type Part struct {
	Region Region
	Role   Role // "" for main and internal servers alike
	Count  int
	Of     int  // those that it could have happened to
	Listed int  // all that were listed there
	Back   int  // of Count, those that are back to normal
	About  bool // Count comes from a range of the record
	// Ports and Versions are the part's own.
	Ports    []uint16
	Versions []Version
	Servers  []ServerID // the Count
}

// All reports whether the part tells of every server that it could.
func (p Part) All() bool { return p.Count == p.Of }

// Still is what the servers of an item still took when it began.
type Still struct {
	Ports    []uint16  // open at all of them
	Versions []Version // taken by at least one
	Roles    []Role    // of listed servers that still had all that the item took away
	Others   int       // listed servers to which it could have happened and did not
	About    bool      // Others comes from a range of the record
	Nobody   bool      // no listed server had it any more
}

// Edit is what a person changes about an item that was written from changes,
// or an item by a person as a whole.
type Edit struct {
	ID     ItemID
	Item   Item // a note as a whole; of an edit the fields that are set
	Note   bool // it stands for itself: no item of that ID need exist
	Hidden bool
	Merge  []ItemID // items that this one takes in
	Pinned bool
}

// Published is what is kept of an item once somebody could have read it, so
// that its name stays good for ever.
type Published struct {
	ID       ItemID
	Kind     ItemKind
	Network  NetworkID
	At       time.Time // when it began, as it was told first
	First    time.Time // when it was published
	Regions  []Region
	Ports    []uint16
	Versions []Version
}

// Link is a link with its text.
type Link struct {
	Text string
	URL  string
	Note string
}
