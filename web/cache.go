package web

import (
	"fmt"
	"sync"
	"sync/atomic"

	"deadyet/site"
)

// cacheLimit is the number of bytes that the answers of one edition may take.
// What goes past it is made again for each visitor.
const cacheLimit = 64 << 20

// cache keeps the answers of one edition. The zero value is empty.
type cache struct {
	entries sync.Map // path → *entry
	size    atomic.Int64
}

// entry is made by the first who asks, while others wait.
type entry struct {
	once sync.Once
	made *response
	err  error
}

// response returns the answer for a path. The error wraps [site.ErrNoPage]
// when there is none; such paths are not kept.
func (e *edition) response(path string) (*response, error) {
	if path == "/" {
		return e.front, nil
	}
	if kept, ok := e.cache.entries.Load(path); ok {
		return kept.(*entry).get(e, path)
	}
	if !e.Has(path) {
		return nil, fmt.Errorf("answer %q: %w", path, site.ErrNoPage)
	}
	if e.cache.size.Load() >= cacheLimit {
		return new(entry).get(e, path)
	}
	kept, _ := e.cache.entries.LoadOrStore(path, new(entry))
	return kept.(*entry).get(e, path)
}

func (n *entry) get(e *edition, path string) (*response, error) {
	n.once.Do(func() {
		p, err := e.Page(path)
		if err != nil {
			n.err = err
			return
		}
		if n.made, n.err = makeResponse(p); n.err == nil {
			e.cache.size.Add(int64(n.made.size()))
		}
	})
	return n.made, n.err
}
