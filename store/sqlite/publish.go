package sqlite

import (
	"context"
	"database/sql"
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
		FROM published ORDER BY first, id`, nil, func(scan func(...any) error) error {
		var p deadyet.Published
		var began, first sql.NullInt64
		var regions, ports, versions []byte
		err := scan(&p.ID, &p.Kind, &p.Network, &began, &first, &regions, &ports, &versions)
		if err == nil {
			err = errors.Join(json.Unmarshal(regions, &p.Regions), json.Unmarshal(ports, &p.Ports), json.Unmarshal(versions, &p.Versions))
		}
		p.At, p.First = at(began), at(first)
		m.Published = append(m.Published, p)
		return err
	})
}
