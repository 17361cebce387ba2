package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"deadyet/site"
)

// beside makes the files that are no pages: what a host shows where it finds
// nothing, and, where the address of the site is known, what search engines read.
func (b *builder) beside() (map[string][]byte, error) {
	lost, err := b.first.Problem(site.NotInFolder(), "")
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{"404.html": b.folder.Lost(b.first.Top(), lost)}
	public := strings.TrimRight(b.first.Edition().Subject.Public, "/")
	if public == "" {
		return files, nil
	}
	if files["sitemap.xml"], err = b.first.Sitemap(public); err != nil {
		return nil, err
	}
	files["robots.txt"] = b.first.Robots(public)
	return files, nil
}

// writeBeside writes them, and returns how many there are.
func (b *builder) writeBeside() (int, error) {
	files, err := b.beside()
	for name, body := range files {
		if err := os.WriteFile(filepath.Join(b.dir, name), body, 0o644); err != nil {
			return 0, fmt.Errorf("write a file beside the pages: %w", err)
		}
	}
	return len(files), err
}
