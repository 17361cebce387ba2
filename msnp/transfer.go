package msnp

import (
	"fmt"
	"net"
	"strconv"
	"strings"
)

// TransferType says to what kind of server a referral leads.
type TransferType string

const (
	TransferNS TransferType = "NS" // a notification server
	TransferSB TransferType = "SB" // a switchboard
)

// The letters that MSNP13 and later put behind the address.
const (
	ViaTCP     = "U" // reconnect over TCP
	ViaGateway = "G" // reconnect through the HTTP gateway at that host
)

// Transfer is a referral to another server: the answer XFR. Fields that the
// server's version does not have are empty.
type Transfer struct {
	Type    TransferType
	Address string // host:port; "" means: start again on the same server

	Via      string // ViaTCP or ViaGateway, MSNP13 and later
	From     string // host:port of the server one is on, MSNP7–12
	HopState string // base64, MSNP19 and later; goes back in the next CVR
	Cookie   string // proof for a switchboard
}

// ParseTransfer reads the parameters of an XFR, from the type on, in the form
// of any version:
//
//	NS host:port                      2
//	NS host:port 0                    3–6
//	NS host:port 0 host:port          7–12
//	NS host:port U D                  13–18
//	NS host:port U|G D hop-state      19–21
//	SB host:port CKI cookie …         2–20
//
// An address of "0" means the same server again. A missing port is [DefaultPort].
func ParseTransfer(params []string) (Transfer, error) {
	if len(params) < 2 {
		return Transfer{}, fmt.Errorf("parse transfer: %d parameters, want at least 2", len(params))
	}
	t := Transfer{Type: TransferType(params[0])}
	if t.Type != TransferNS && t.Type != TransferSB {
		return Transfer{}, fmt.Errorf("parse transfer: unknown type %.16q", params[0])
	}
	var err error
	if t.Address, err = parseAddress(params[1]); err != nil {
		return Transfer{}, err
	}
	t.readTail(params[2:])
	return t, nil
}

// readTail reads what stands behind the address. What it doesn't know it
// leaves, as clients did: the address is what counts.
func (t *Transfer) readTail(tail []string) {
	if len(tail) == 0 {
		return
	}
	switch tail[0] {
	case "0":
		if len(tail) > 1 {
			t.From = tail[1]
		}
	case "CKI":
		if len(tail) > 1 {
			t.Cookie = tail[1]
		}
		if len(tail) > 2 {
			t.Via = letter(tail[2])
		}
	default:
		t.Via = letter(tail[0])
		if len(tail) > 2 {
			t.HopState = tail[2]
		}
	}
}

func letter(word string) string {
	if word == ViaTCP || word == ViaGateway {
		return word
	}
	return ""
}

func parseAddress(s string) (string, error) {
	if s == "0" {
		return "", nil
	}
	host, port := s, strconv.Itoa(DefaultPort)
	if strings.ContainsRune(s, ':') {
		var err error
		if host, port, err = net.SplitHostPort(s); err != nil {
			return "", badAddress(s)
		}
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil || n == 0 || !plausibleHost(host) {
		return "", badAddress(s)
	}
	return net.JoinHostPort(host, strconv.FormatUint(n, 10)), nil
}

func badAddress(s string) error {
	return fmt.Errorf("parse transfer address %.64q: want host:port", s)
}

// plausibleHost keeps out what can be neither a name nor an address, because
// the host goes on to dialers, logs and pages.
func plausibleHost(s string) bool {
	if s == "" || len(s) > 253 {
		return false
	}
	for _, c := range []byte(s) {
		ok := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_' || c == ':'
		if !ok {
			return false
		}
	}
	return true
}

// Params writes t as a server of version v does, from the type on.
func (t Transfer) Params(v Version) []string {
	address := t.Address
	if address == "" {
		address = "0"
	}
	p := []string{string(t.Type), address}
	if t.Type == TransferSB {
		return append(p, t.switchboardTail(v)...)
	}
	return append(p, t.notificationTail(v)...)
}

func (t Transfer) notificationTail(v Version) []string {
	switch {
	case v <= MSNP2:
		return nil
	case v <= MSNP6 || v <= MSNP12 && t.From == "":
		return []string{"0"}
	case v <= MSNP12:
		return []string{"0", t.From}
	case v <= MSNP18 || t.HopState == "":
		return []string{t.via(), "D"}
	}
	return []string{t.via(), "D", t.HopState}
}

func (t Transfer) switchboardTail(v Version) []string {
	tail := []string{"CKI", t.Cookie}
	if v >= MSNP13 {
		tail = append(tail, t.via(), "messenger.msn.com")
	}
	if v >= MSNP14 {
		tail = append(tail, "1")
	}
	return tail
}

func (t Transfer) via() string {
	if t.Via == "" {
		return ViaTCP
	}
	return t.Via
}
