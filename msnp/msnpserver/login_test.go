package msnpserver_test

import (
	"errors"
	"testing"

	"deadyet/msnp"
	"deadyet/msnp/msnpclient"
	"deadyet/msnp/msnpserver"
)

const address = "probe@example.com"

// signIn goes up to the answer to USR … I.
func signIn(t *testing.T, s *msnpclient.Session, v msnp.Version, c msnpclient.ClientInfo) (msnpclient.UserReply, error) {
	t.Helper()
	if _, err := s.Version(t.Context(), v); err != nil {
		t.Fatalf("%v: %v", v, err)
	}
	if v.HasPolicy() {
		if got, err := s.Policy(t.Context()); err != nil || got != "MD5" {
			t.Fatalf("%v: got %q, %v", v, got, err)
		}
	} else if _, err := s.ClientVersion(t.Context(), c); err != nil {
		t.Fatalf("%v: %v", v, err)
	}
	return s.User(t.Context(), v, address)
}

func TestChallenge(t *testing.T) {
	for way, session := range ways(t, msnpserver.Options{Face: face(t, "escargot")}) {
		for v := msnp.MSNP2; v <= msnp.MSNP21; v++ {
			t.Run(v.String()+" over "+way+" is challenged in its own scheme", func(t *testing.T) {
				got, err := signIn(t, session(t), v, msnpclient.DefaultClientInfo(v, address))
				if err != nil || got.Scheme != v.Scheme() || got.Challenge == "" {
					t.Errorf("got %+v, %v", got, err)
				}
			})
		}
	}
	t.Run("an account that r2m doesn't know gets 911", func(t *testing.T) {
		o := msnpserver.Options{Face: face(t, "r2m")}
		_, err := signIn(t, ways(t, o)["tcp"](t), 12, msnpclient.DefaultClientInfo(12, address))
		var e *msnp.Error
		if !errors.As(err, &e) || e.Code != msnp.CodeAuthentication {
			t.Errorf("got %v", err)
		}
		o.Accounts = []string{address}
		if _, err := signIn(t, ways(t, o)["tcp"](t), 12, msnpclient.DefaultClientInfo(12, address)); err != nil {
			t.Errorf("a known account: %v", err)
		}
	})
	t.Run("MSNP22 names no user", func(t *testing.T) {
		s := ways(t, msnpserver.Options{Face: face(t, "microsoft-2012")})["https"](t)
		if _, err := s.Version(t.Context(), 22); err != nil {
			t.Fatal(err)
		}
		if _, err := s.User(t.Context(), 22, address); !errors.Is(err, msnpclient.ErrNoUser) {
			t.Errorf("got %v", err)
		}
	})
}

func TestRedirect(t *testing.T) {
	const to = "127.0.0.2:1863"
	o := msnpserver.Options{Face: face(t, "dispatch"), RedirectTo: to}
	for way, session := range ways(t, o) {
		for v := msnp.MSNP2; v <= msnp.MSNP21; v++ {
			t.Run("a dispatch refers "+v.String()+" over "+way, func(t *testing.T) {
				got, err := signIn(t, session(t), v, msnpclient.DefaultClientInfo(v, address))
				if err != nil || got.Redirect == nil || got.Redirect.Address != to {
					t.Fatalf("got %+v, %v", got, err)
				}
				if (got.Redirect.HopState != "") != (v >= msnp.MSNP19) {
					t.Errorf("got hop state %q", got.Redirect.HopState)
				}
			})
		}
	}
	t.Run("Microsoft of 2012 lets a client with a hop state stay", func(t *testing.T) {
		o := msnpserver.Options{Face: face(t, "microsoft-2012"), RedirectTo: to}
		c := msnpclient.DefaultClientInfo(21, address)
		first, err := signIn(t, ways(t, o)["tcp"](t), 21, c)
		if err != nil || first.Redirect == nil {
			t.Fatalf("got %+v, %v", first, err)
		}
		c.HopState = first.Redirect.HopState
		second, err := signIn(t, ways(t, o)["tcp"](t), 21, c)
		if err != nil || second.Redirect != nil || second.Scheme != "SSO" {
			t.Errorf("got %+v, %v", second, err)
		}
	})
}

func TestCVR(t *testing.T) {
	advice := func(name string) msnpclient.CVR {
		s := ways(t, msnpserver.Options{Face: face(t, name)})["tcp"](t)
		if _, err := s.Version(t.Context(), 9); err != nil {
			t.Fatal(err)
		}
		c := msnpclient.DefaultClientInfo(9, address)
		c.Version = "6.66.6666"
		got, err := s.ClientVersion(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	t.Run("escargot recommends what the client has", func(t *testing.T) {
		if got := advice("escargot"); got.Recommended != "6.66.6666" || got.Minimum != "6.66.6666" {
			t.Errorf("got %+v", got)
		}
	})
	t.Run("Microsoft recommends 1.0.0000 to a stranger", func(t *testing.T) {
		if got := advice("microsoft-2007"); got.Recommended != "1.0.0000" || got.Minimum != "6.66.6666" || got.Download == "" {
			t.Errorf("got %+v", got)
		}
	})
}
