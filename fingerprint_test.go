package deadyet_test

import (
	"testing"

	"deadyet"
)

func TestFingerprint_Other(t *testing.T) {
	const (
		msnp = "service=msnp; "
		own  = msnp + "names=chat.example; host=chat.example; product=nginx; "
	)
	for _, tt := range []struct {
		name   string
		before deadyet.Fingerprint
		after  deadyet.Fingerprint
		by     deadyet.Trait // "" means the same
	}{
		// Everyday work.
		{"nothing new", own, own, ""},
		{"a renewed certificate", own + "issuer=CN=R3; certificate=aa", own + "issuer=CN=R3; certificate=bb", ""},
		{"a certificate of another issuer", own + "issuer=CN=R3", own + "issuer=CN=ZeroSSL", ""},
		{"an update of the program", own + "server=nginx/1.18.0", own + "server=nginx/1.24.0", ""},
		{"another program", own, msnp + "names=chat.example; host=chat.example; product=Caddy", ""},
		{"another way to answer", msnp + "shape=lists", msnp + "shape=picks one", ""},
		{"one more name in the certificate", own, msnp + "names=chat.example, new.example; product=nginx", ""},
		{"a new domain of the same program", msnp + "names=old.example; product=nginx", msnp + "names=new.example; product=nginx", ""},
		{"a new domain, and still a server of the old one", own, msnp + "names=new.example; host=chat.example; product=Caddy", ""},
		{"another program and no certificate", msnp + "product=nginx", msnp + "product=Caddy", ""},
		{"a default certificate, which names nobody", own, msnp + "product=Caddy", ""},
		{"its own website in place of the gateway", own, "service=http; names=chat.example; product=nginx", ""},
		{"the first look", "", "service=http; names=parking.example", ""},
		{"nothing that can be told apart", msnp, "names=parking.example; product=Apache", ""},

		// Somebody else.
		{"a web server", msnp, "service=http; product=Apache", deadyet.TraitService},
		{"a shell", msnp, "service=ssh", deadyet.TraitService},
		{"an echo", msnp, "service=echo", deadyet.TraitService},
		{"a parked domain", own, "service=http; names=parking.example; product=nginx", deadyet.TraitService},
		{"a default page, without a certificate", msnp + "host=chat.example; product=nginx", "service=http; product=nginx", deadyet.TraitService},
		{"another network on another program", own, msnp + "names=other.example; product=Kestrel", deadyet.TraitNames},
		{"the same without a certificate", msnp + "host=chat.example; product=nginx", msnp + "host=other.example; product=Kestrel", deadyet.TraitHost},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if by, other := tt.before.Other(tt.after); by != tt.by || other != (tt.by != "") {
				t.Errorf("got %q, %v, want %q", by, other, tt.by)
			}
			if _, other := tt.after.Other(tt.before); other != (tt.by != "") {
				t.Errorf("the other way round: got %v", other)
			}
		})
	}
}

func TestFingerprint_traits(t *testing.T) {
	f := deadyet.MakeFingerprint(map[deadyet.Trait]string{
		deadyet.TraitServer: "nginx/1.24; really", deadyet.TraitService: "msnp", deadyet.TraitNames: " a.example, b.example ", deadyet.TraitHost: "",
	})
	if want := deadyet.Fingerprint("service=msnp; names=a.example, b.example; server=nginx/1.24, really"); f != want {
		t.Errorf("got %q, want %q", f, want)
	}
	if got := f.Strong(); got != "service=msnp; names=a.example, b.example" {
		t.Errorf("strong traits: got %q", got)
	}
	if got := f.With("service=http; product=nginx; certificate=aa"); got != "service=http; names=a.example, b.example; product=nginx" {
		t.Errorf("with what came later: got %q", got)
	}
}

// What a server says can make no trait that it did not show, and what is written
// is read the same.
func FuzzMakeFingerprint(f *testing.F) {
	f.Add("msnp", "nginx/1.24; names=bank.example")
	f.Add("=;", "; ; service=msnp")
	f.Fuzz(func(t *testing.T, service, server string) {
		made := deadyet.MakeFingerprint(map[deadyet.Trait]string{deadyet.TraitService: service, deadyet.TraitServer: server})
		again := make(map[deadyet.Trait]string)
		for _, p := range deadyet.Traits() {
			again[p] = made.Trait(p)
		}
		if again[deadyet.TraitNames] != "" || deadyet.MakeFingerprint(again) != made {
			t.Errorf("%q, %q made %q", service, server, made)
		}
	})
}
