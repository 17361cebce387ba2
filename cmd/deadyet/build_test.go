package main

import (
	"bytes"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// Every link of every file leads to a file, so that the folder can be opened
// from a disk as well as from any host.
func TestBuild_EveryLinkLeadsToAFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	var out, err bytes.Buffer
	if code := execute(t.Context(), []string{"build", "-o", dir}, stdio{nil, &out, &err}); code != 0 {
		t.Fatalf("exit code %d: %s", code, err.String())
	}
	files := make(map[string]bool)
	walk := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if rel, e := filepath.Rel(dir, name); e == nil && err == nil && !d.IsDir() {
			files[filepath.ToSlash(rel)] = true
		}
		return err
	})
	if walk != nil {
		t.Fatal(walk)
	}
	lost := make(map[string]int)
	for name := range files {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		for _, l := range linksOf(t, filepath.Join(dir, name)) {
			to, err := url.Parse(l)
			if err != nil || to.Scheme != "" || to.Host != "" || to.Path == "" {
				continue
			}
			if name == "404.html" { // stands at any path
				to.Path = strings.TrimPrefix(to.Path, "/")
			}
			if target := path.Join(path.Dir(name), to.Path); strings.HasPrefix(to.Path, "/") || !files[target] {
				if lost[l]++; lost[l] == 1 && len(lost) < 20 {
					t.Errorf("%s leads to %s, which is no file", name, l)
				}
			}
		}
	}
	if len(files) < 500 {
		t.Errorf("%d files only", len(files))
	}
}

func linksOf(t *testing.T, name string) (links []string) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	root, err := html.Parse(f)
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			if a.Key == "href" || a.Key == "src" {
				links = append(links, a.Val)
			}
		}
	}
	return links
}

// What a store sums up is in the folder: at each server's page and as data.
func TestBuild_SumsUp(t *testing.T) {
	store, fell, _ := watched(t, "escargot")
	dir := filepath.Join(t.TempDir(), "public")
	var out, said bytes.Buffer
	if code := execute(t.Context(), []string{"build", "-o", dir, "--store", store, "--language", "en"}, stdio{nil, &out, &said}); code != 0 {
		t.Fatalf("exit code %d: %s", code, said.String())
	}
	pages, err := filepath.Glob(filepath.Join(dir, "server", "escargot", "*", "index.html"))
	if err != nil || len(pages) == 0 {
		t.Fatalf("got %d pages, %v", len(pages), err)
	}
	want := `<time datetime="` + fell.Format(time.DateOnly) + `">`
	for _, page := range pages {
		if body, err := os.ReadFile(page); err != nil || !strings.Contains(string(body), `id="latency"`) || !strings.Contains(string(body), want) {
			t.Errorf("%s: %v, or no row for %s", page, err, want)
		}
	}
	data, err := filepath.Glob(filepath.Join(dir, "api", "v1", "servers", "escargot", "*.json"))
	if err != nil || len(data) != len(pages) {
		t.Fatalf("got %d documents, %v", len(data), err)
	}
	if body, err := os.ReadFile(data[0]); err != nil || !strings.Contains(string(body), `"period":"`+fell.Format(time.DateOnly)) {
		t.Errorf("%s: %v, or nothing of %s", data[0], err, fell)
	}
}
