package sqlite

import (
	"context"
	"encoding/json"
	"errors"

	"deadyet"
	"deadyet/ledger"
)

// Publish keeps what is new of p, and is on the disk when it returns.
func (s *Store) Publish(ctx context.Context, p ledger.Publication) error {
	return s.write(ctx, "", func(w *writer) bool {
		w.subject(p.Subject, p.Simulated)
		for _, i := range p.Items {
			w.published(i)
		}
		return false
	})
}

func (w *writer) published(p deadyet.Published) {
	w.exec("write what was published", `INSERT INTO published
		(id, kind, network, at, first, regions, ports, versions) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		string(p.ID), string(p.Kind), string(p.Network), null(p.At), null(p.First),
		w.json(p.Regions), w.json(p.Ports), w.json(p.Versions))
}

func (r *reader) published(m *ledger.Memory) {
	r.each("read what was published", `SELECT id, kind, network, at, first, regions, ports, versions
		FROM published ORDER BY first, id`, nil, func(v row) error {
		p := deadyet.Published{
			ID: deadyet.ItemID(v.text(0)), Kind: deadyet.ItemKind(v.text(1)), Network: deadyet.NetworkID(v.text(2)),
			At: v.time(3), First: v.time(4),
		}
		err := errors.Join(json.Unmarshal([]byte(v.text(5)), &p.Regions), json.Unmarshal([]byte(v.text(6)), &p.Ports), json.Unmarshal([]byte(v.text(7)), &p.Versions))
		m.Published = append(m.Published, p)
		return err
	})
}
