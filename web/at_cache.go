package web

import (
	"container/list"
	"sync"
)

// recent keeps what was asked for last, as much as fits into a limit. The zero
// value keeps nothing.
type recent[V any] struct {
	limit int64

	mu    sync.Mutex
	used  int64
	order list.List // of *kept[V], the last one asked for in front
	by    map[string]*list.Element
}

// kept is made by the first who asks, while others wait.
type kept[V any] struct {
	key   string
	once  sync.Once
	value V
	err   error
	size  int64
}

// get returns what is kept under key, and makes it where nothing is. make tells
// how much it takes. What can't be made is not kept.
func (r *recent[V]) get(key string, make func() (V, int64, error)) (V, error) {
	el := r.entry(key)
	k := el.Value.(*kept[V])
	k.once.Do(func() {
		var size int64
		k.value, size, k.err = make()
		r.settle(el, size)
	})
	return k.value, k.err
}

func (r *recent[V]) entry(key string) *list.Element {
	r.mu.Lock()
	defer r.mu.Unlock()
	if el, ok := r.by[key]; ok {
		r.order.MoveToFront(el)
		return el
	}
	if r.by == nil {
		r.by = make(map[string]*list.Element)
	}
	el := r.order.PushFront(&kept[V]{key: key})
	r.by[key] = el
	return el
}

// settle counts what was made, and forgets what was asked for longest ago until
// the rest fits. What is being made counts nothing yet and is forgotten, too;
// those who wait for it still get it.
func (r *recent[V]) settle(el *list.Element, size int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	k := el.Value.(*kept[V])
	if r.by[k.key] != el {
		return // forgotten meanwhile
	}
	k.size = size
	r.used += size
	if k.err != nil {
		r.forget(el)
	}
	for r.used > r.limit {
		r.forget(r.order.Back())
	}
}

func (r *recent[V]) forget(el *list.Element) {
	k := r.order.Remove(el).(*kept[V])
	delete(r.by, k.key)
	r.used -= k.size
}
