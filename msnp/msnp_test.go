package msnp_test

import (
	"reflect"
	"strings"
	"testing"

	"deadyet/msnp"
)

func TestParseVersion(t *testing.T) {
	t.Run("takes every number from 1 to 999 and writes it back", func(t *testing.T) {
		for n := msnp.Version(1); n <= 999; n++ {
			got, err := msnp.ParseVersion(n.String())
			if err != nil || got != n {
				t.Fatalf("ParseVersion(%q) = %v, %v", n.String(), got, err)
			}
			if string(n.Append(nil)) != n.String() {
				t.Fatalf("Append(%d) = %q", n, n.Append(nil))
			}
		}
	})
	bad := []string{"", "MSNP", "MSNP0", "MSNP02", "msnp2", "Msnp2", "MSNP2 ", " MSNP2", "MSNP-1", "MSNP+1",
		"MSNP1000", "MSNP2.0", "MSNP٢", "XMSNP2", "CVR0", "0", "MSNP" + strings.Repeat("9", 1000)}
	for _, token := range bad {
		t.Run("refuses "+token, func(t *testing.T) {
			if got, err := msnp.ParseVersion(token); err == nil || got != 0 {
				t.Errorf("got %v, %v; want an error", got, err)
			}
		})
	}
}

func TestScheme(t *testing.T) {
	tests := []struct {
		from, to msnp.Version
		want     string
	}{
		{2, 7, "MD5"}, {8, 14, "TWN"}, {15, 21, "SSO"}, {22, 22, "WEB"}, {23, 24, ""}, {99, 99, ""}, {0, 1, ""},
	}
	for _, tt := range tests {
		for v := tt.from; v <= tt.to; v++ {
			if got := v.Scheme(); got != tt.want {
				t.Errorf("%v: got %q, want %q", v, got, tt.want)
			}
		}
	}
	if len(msnp.Versions()) != 23 || msnp.Control.Known() || msnp.MSNP24.HasVER() || msnp.MSNP22.NamesUser() {
		t.Error("the facts about the versions don't hold together")
	}
}

func TestCode(t *testing.T) {
	t.Run("three digits parse and write back", func(t *testing.T) {
		for _, s := range []string{"000", "007", "200", "911", "999"} {
			got, ok := msnp.ParseCode(s)
			if !ok || got.String() != s {
				t.Errorf("%s: got %v, %v", s, got, ok)
			}
		}
	})
	t.Run("anything else is no code", func(t *testing.T) {
		for _, s := range []string{"", "91", "9111", "9a1", "-11", "VER"} {
			if got, ok := msnp.ParseCode(s); ok {
				t.Errorf("%q: got %v", s, got)
			}
		}
	})
	t.Run("an error says what it means", func(t *testing.T) {
		got := (&msnp.Error{Code: msnp.CodeAuthentication}).Error()
		if want := "msnp error 911 (authentication failed)"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		if got := (&msnp.Error{Code: 42}).Error(); got != "msnp error 042" {
			t.Errorf("got %q", got)
		}
	})
	if !msnp.CodeServerBusy.Busy() || msnp.CodeAuthentication.Busy() {
		t.Error("600 is busy and 911 is not")
	}
}

func TestTransfer(t *testing.T) {
	ns := func(t msnp.Transfer) msnp.Transfer {
		t.Type, t.Address = msnp.TransferNS, "207.46.104.20:1863"
		return t
	}
	tests := []struct {
		name    string
		version msnp.Version
		line    string
		want    msnp.Transfer
	}{
		{"version 2 has the address alone", 2, "NS 207.46.104.20:1863", ns(msnp.Transfer{})},
		{"versions 3 to 6 have a zero", 3, "NS 207.46.104.20:1863 0", ns(msnp.Transfer{})},
		{"versions 7 to 12 name the server one is on", 12, "NS 207.46.104.20:1863 0 65.54.239.210:1863", ns(msnp.Transfer{From: "65.54.239.210:1863"})},
		{"versions 13 to 18 have letters", 18, "NS 207.46.104.20:1863 U D", ns(msnp.Transfer{Via: "U"})},
		{"version 21 has a hop state", 21, "NS 207.46.104.20:1863 G D VmVyc2lvbg==", ns(msnp.Transfer{Via: "G", HopState: "VmVyc2lvbg=="})},
		{"a switchboard has a cookie", 12, "SB 207.46.108.37:1863 CKI 17262740.1050826919.32308",
			msnp.Transfer{Type: msnp.TransferSB, Address: "207.46.108.37:1863", Cookie: "17262740.1050826919.32308"}},
		{"a late switchboard has letters", 14, "SB 207.46.108.37:1863 CKI 1.2.3 U messenger.msn.com 1",
			msnp.Transfer{Type: msnp.TransferSB, Address: "207.46.108.37:1863", Cookie: "1.2.3", Via: "U"}},
		{"the same server again", 3, "NS 0 0", msnp.Transfer{Type: msnp.TransferNS}},
		{"an IPv6 address", 2, "NS [::1]:1863", msnp.Transfer{Type: msnp.TransferNS, Address: "[::1]:1863"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := msnp.ParseTransfer(strings.Fields(tt.line))
			if err != nil {
				t.Fatal(err)
			}
			if got != tt.want {
				t.Errorf("got %+v, want %+v", got, tt.want)
			}
			if got := tt.want.Params(tt.version); !reflect.DeepEqual(got, strings.Fields(tt.line)) {
				t.Errorf("Params: got %q, want %q", got, tt.line)
			}
		})
	}
	t.Run("a missing port is 1863", func(t *testing.T) {
		got, err := msnp.ParseTransfer([]string{"NS", "ns.example.com"})
		if err != nil || got.Address != "ns.example.com:1863" {
			t.Errorf("got %q, %v", got.Address, err)
		}
	})
	for _, line := range []string{"", "NS", "CON 204", "NS :1863", "NS a:0", "NS a:65536", "NS a:b", "NS <b>:1", "NS a:1:2", "NS " + strings.Repeat("a", 300)} {
		t.Run("refuses "+line, func(t *testing.T) {
			if got, err := msnp.ParseTransfer(strings.Fields(line)); err == nil || got != (msnp.Transfer{}) {
				t.Errorf("got %+v, %v; want an error", got, err)
			}
		})
	}
}
