package probe

import "testing"

func TestDomain(t *testing.T) {
	for host, want := range map[string]string{
		"m1.chat.example": "chat.example", "*.chat.example": "chat.example", "CHAT.example.": "chat.example", "chat.example:1863": "chat.example",
		"a.b.chat.co.uk": "chat.co.uk", "co.uk": "co.uk", "a.chat.nu": "chat.nu",
		"": "", "gateway": "", "192.0.2.7": "", "192.0.2.7:80": "", "2001:db8::1": "", "server.local": "", "localhost": "", "simulated MSNP server": "", "a.b;c, d.e": "",
	} {
		if got := domain(host); got != want {
			t.Errorf("%q: got %q, want %q", host, got, want)
		}
	}
}
