package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"sync"
	"time"
)

// resume is how far a scan of standard input came: all lines up to one, and some
// beyond it, because hosts are done in any order. It is kept in a file and
// needs memory for the lines that are being asked only. It may be used by
// several goroutines at once.
type resume struct {
	path  string // "": nothing is kept
	check string // what the lines that were done before must hash to
	skip  int    // so many lines were done before
	past  map[int]bool

	mu     sync.Mutex
	lines  int            // all up to this one are done
	hash   [32]byte       // of those
	open   map[int]opened // beyond it
	stored time.Time
}

// opened is a line that was read.
type opened struct {
	hash [32]byte
	done bool
}

// resumeFile is the form of the file.
type resumeFile struct {
	Lines  int    `json:"lines"`
	Beyond []int  `json:"beyond,omitempty"`
	Hash   string `json:"hash"` // of the lines, so that another input is noticed
}

// storeEvery is how often the file is written.
const storeEvery = time.Second

// openResume reads how far an earlier scan came; a file that is not there yet
// means from the beginning.
func openResume(path string) (*resume, error) {
	r := &resume{path: path, open: make(map[int]opened)}
	if path == "" {
		return r, nil
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return r, nil
	}
	var f resumeFile
	if err == nil {
		d := json.NewDecoder(bytes.NewReader(data))
		d.DisallowUnknownFields()
		err = d.Decode(&f)
	}
	if err != nil || f.Lines < 0 || len(f.Hash) != 64 {
		return nil, usagef("--resume %s: this is no file of an earlier scan (%v); name another one to begin anew", path, err)
	}
	r.skip, r.check = f.Lines, f.Hash
	r.past = make(map[int]bool, len(f.Beyond))
	for _, n := range f.Beyond {
		r.past[n] = true
	}
	return r, nil
}

// read notes a line, and reports whether it was done before. The error says that
// the input is not the one of the earlier scan.
func (r *resume) read(n int, line string) (done bool, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.open[n] = opened{hash: sha256.Sum256([]byte(line))}
	done = n <= r.skip || r.past[n]
	if done {
		delete(r.past, n)
		r.close(n)
	}
	if n == r.skip && hex.EncodeToString(r.hash[:]) != r.check {
		path := r.path
		r.path = "" // what is in the file stays true of the other input
		return false, usagef("--resume %s: standard input is not the one of the earlier scan: its first %d lines differ", path, n)
	}
	return done, nil
}

// done notes that a line needs nothing more.
func (r *resume) done(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.close(n)
}

func (r *resume) close(n int) {
	o := r.open[n]
	o.done = true
	r.open[n] = o
	for {
		next, ok := r.open[r.lines+1]
		if !ok || !next.done {
			return
		}
		r.lines++
		delete(r.open, r.lines)
		r.hash = sha256.Sum256(append(r.hash[:], next.hash[:]...))
	}
}

// ended reports that standard input was shorter than what was done before.
func (r *resume) ended(lines int) error {
	if lines < r.skip {
		return usagef("--resume %s: standard input is not the one of the earlier scan: it has %d lines, and %d were done", r.path, lines, r.skip)
	}
	return nil
}

// store writes the file, if it was not written just now.
func (r *resume) store(now time.Time, always bool) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.path == "" || (!always && now.Sub(r.stored) < storeEvery) || r.lines < r.skip {
		return nil
	}
	r.stored = now
	f := resumeFile{Lines: r.lines, Hash: hex.EncodeToString(r.hash[:])}
	for n, o := range r.open {
		if o.done {
			f.Beyond = append(f.Beyond, n)
		}
	}
	slices.Sort(f.Beyond)
	data, err := json.Marshal(f)
	if err != nil {
		return fmt.Errorf("write %s: %w", r.path, err)
	}
	return replaceFile(r.path, append(data, '\n'))
}

// replaceFile writes a file so that it is whole whatever happens.
func replaceFile(path string, data []byte) error {
	fresh := path + ".new"
	if err := os.WriteFile(fresh, data, 0o644); err != nil {
		return fmt.Errorf("keep how far the scan came: %w", err)
	}
	if err := os.Rename(fresh, path); err != nil {
		return fmt.Errorf("keep how far the scan came: %w", err)
	}
	return nil
}

// finish removes the file: everything is done.
func (r *resume) finish() error {
	if r.path == "" {
		return nil
	}
	if err := os.Remove(r.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove the file of a scan that is done: %w", err)
	}
	return nil
}
