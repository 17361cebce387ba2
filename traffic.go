package deadyet

// Traffic is what one connection sent, as far as its sender can tell. It counts
// the packets that ask for an acknowledgement: those that begin a connection and
// those with data.
type Traffic struct {
	Host      string
	Port      uint16
	Sent      int  // each time that one was sent counts
	Resent    int  // of those, the ones that had been sent before
	Connected bool // false: the connection was never made, and nothing came back
}

// Loss estimates how much of what a vantage sends in a round is lost, there or
// on the way back.
type Loss struct {
	Sent   int `json:"sent"`   // packets that ask for an acknowledgement, at endpoints that answered
	Resent int `json:"resent"` // of those, the ones that had to be sent again
	// Bad reports that so much was lost that the round has no vote.
	Bad bool `json:"bad"`
}

// Share is the share of packets that had to be sent again, 0 when none was
// sent.
func (l Loss) Share() float64 {
	if l.Sent == 0 {
		return 0
	}
	return float64(l.Resent) / float64(l.Sent)
}
