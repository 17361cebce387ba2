package msnpserver_test

import (
	"errors"
	"io"
	"slices"
	"testing"
	"time"

	"context"

	"deadyet/msnp"
	"deadyet/msnp/msnpclient"
	"deadyet/msnp/msnpserver"
)

func TestFacesAnswerVER(t *testing.T) {
	tests := []struct {
		face  string
		offer []msnp.Version
		want  string // the line, without "VER 1"
	}{
		{"microsoft-2003", versions(8), "MSNP8 CVR0"},
		{"microsoft-2003", versions(12, 9, 8), "MSNP9 MSNP8 CVR0"},
		{"microsoft-2003", versions(99), "CVR0"},
		{"microsoft-2007", versions(12, 11, 10, 9, 8), "MSNP12 MSNP11 MSNP10 MSNP9 MSNP8 CVR0"},
		{"microsoft-2012", versions(8, 21, 18), "MSNP21"},
		{"microsoft-2012", versions(18), "MSNP18"},
		{"microsoft-2012", versions(13, 99), "0"},
		{"escargot", versions(21, 2), "MSNP2"},
		{"escargot", versions(21, 20), "MSNP20"},
		{"escargot", versions(22, 99), "0"},
		{"escargot-2017", versions(21, 2), "MSNP21"},
		{"escargot-2017", versions(99), "0 MSNP21 MSNP20 MSNP19 MSNP18 MSNP17 MSNP16 MSNP15 MSNP14 MSNP13 MSNP12 MSNP11 MSNP10 MSNP9 MSNP8 MSNP7 MSNP6 MSNP5 MSNP4 MSNP3 MSNP2"},
		{"r2m", versions(9, 12), "MSNP9"},
		{"r2m", versions(18), "0"},
		{"always-msnp12", versions(99), "MSNP12"},
		{"first-dialect", versions(9, 10), "MSNP9 CVR0"},
		{"first-dialect", versions(12, 9), "MSNP10 CVR0"},
		{"first-dialect", versions(99), "MSNP2 CVR0"},
		{"fallback-msnp8", versions(99), "MSNP8"},
		{"fallback-msnp8", versions(18, 21), "MSNP21"},
		{"dispatch", versions(18, 99), "MSNP18 CVR0"},
	}
	for _, tt := range tests {
		t.Run(tt.face+" answers "+tt.want, func(t *testing.T) {
			for way, session := range ways(t, msnpserver.Options{Face: face(t, tt.face)}) {
				got, err := session(t).Version(t.Context(), tt.offer...)
				if err != nil || got.Line != "VER 1 "+tt.want {
					t.Errorf("%s: got %q, %v", way, got.Line, err)
				}
			}
		})
	}
}

func TestFacesThatAnswerNoVER(t *testing.T) {
	foreign := func(service string) func(error) bool {
		return func(err error) bool {
			var e *msnpclient.ForeignError
			return errors.As(err, &e) && e.Service == service
		}
	}
	is := func(want error) func(error) bool { return func(err error) bool { return errors.Is(err, want) } }
	status := func(err error) bool {
		var e *msnpclient.HTTPStatusError
		return errors.As(err, &e) && e.Status == 400
	}
	tests := []struct {
		face, way string
		want      func(error) bool
	}{
		{"closes-on-ver", "tcp", is(io.EOF)},
		{"closes-on-ver", "http", is(io.EOF)},
		{"closes-on-ver", "https", is(io.EOF)},
		{"silent", "tcp", is(context.DeadlineExceeded)},
		{"silent", "http", is(context.DeadlineExceeded)},
		{"silent", "https", is(context.DeadlineExceeded)},
		{"http-1863", "tcp", foreign("HTTP")},
		{"http-1863", "http", status},
		{"http-1863", "https", status},
		{"echo", "http", foreign("")},
		{"echo", "https", foreign("")},
	}
	for _, tt := range tests {
		t.Run(tt.face+" over "+tt.way, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
			if tt.face != "silent" {
				ctx = t.Context()
			}
			defer cancel()
			s := ways(t, msnpserver.Options{Face: face(t, tt.face)})[tt.way](t)
			got, err := s.Version(ctx, msnp.MSNP18)
			if !tt.want(err) || got.Line != "" {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
	t.Run("echo over tcp is marked as an echo", func(t *testing.T) {
		s := ways(t, msnpserver.Options{Face: face(t, "echo")})["tcp"](t)
		got, err := s.Version(t.Context(), msnp.MSNP18, msnp.Control)
		if err != nil || !got.Echo || !slices.Equal(got.Versions, versions(18, 99)) {
			t.Errorf("got %+v, %v", got, err)
		}
	})
}

func TestEveryFaceHasANameAndALine(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range msnpserver.Faces() {
		if f.Name == "" || f.About == "" || seen[f.Name] {
			t.Errorf("%q: %q, seen before: %v", f.Name, f.About, seen[f.Name])
		}
		seen[f.Name] = true
	}
	if _, ok := msnpserver.FaceByName("nobody"); ok {
		t.Error("there is a face of nobody")
	}
}

func TestWith(t *testing.T) {
	t.Run("only the accepted versions change", func(t *testing.T) {
		o := msnpserver.Options{Face: face(t, "microsoft-2012").With(versions(21, 22))}
		for way, session := range ways(t, o) {
			got, err := session(t).Version(t.Context(), 22, 21, 18)
			if err != nil || got.Line != "VER 1 MSNP22" {
				t.Errorf("%s: got %+v, %v", way, got, err)
			}
		}
	})
	t.Run("MSNP22 is taken by Microsoft's gateway and not over TCP", func(t *testing.T) {
		for way, session := range ways(t, msnpserver.Options{Face: face(t, "microsoft-2012")}) {
			got, err := session(t).Version(t.Context(), 22)
			if err != nil || got.Refused != (way == "tcp") {
				t.Errorf("%s: got %+v, %v", way, got, err)
			}
		}
	})
	t.Run("a control that is accepted stands in the answer", func(t *testing.T) {
		o := msnpserver.Options{Face: face(t, "escargot").With(versions(18, msnp.Control))}
		got, err := ways(t, o)["tcp"](t).Version(t.Context(), msnp.Control)
		if err != nil || !slices.Equal(got.Versions, versions(99)) {
			t.Errorf("got %+v, %v", got, err)
		}
	})
}

func TestSecondVER(t *testing.T) {
	second := func(name string) (msnpclient.VersionReply, error) {
		s := ways(t, msnpserver.Options{Face: face(t, name)})["tcp"](t)
		if _, err := s.Version(t.Context(), 8); err != nil {
			t.Fatal(err)
		}
		return s.Version(t.Context(), 9)
	}
	for _, name := range []string{"microsoft-2003", "escargot"} {
		t.Run(name+" refuses it with 715", func(t *testing.T) {
			_, err := second(name)
			var e *msnp.Error
			if !errors.As(err, &e) || e.Code != 715 || e.TrID != 2 {
				t.Errorf("got %v", err)
			}
		})
	}
	t.Run("escargot-2017 takes it", func(t *testing.T) {
		got, err := second("escargot-2017")
		if err != nil || got.Line != "VER 2 MSNP9" {
			t.Errorf("got %+v, %v", got, err)
		}
	})
	t.Run("escargot hangs up after a refusal", func(t *testing.T) {
		s := ways(t, msnpserver.Options{Face: face(t, "escargot")})["tcp"](t)
		if _, err := s.Version(t.Context(), 99); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Version(t.Context(), 8); err == nil {
			t.Error("got an answer after the refusal")
		}
	})
}
