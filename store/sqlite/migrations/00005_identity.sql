-- +goose Up

-- Who answers, of a check that asks for it: strong traits of a fingerprint.
ALTER TABLE spans ADD COLUMN identity TEXT NOT NULL DEFAULT '';
ALTER TABLE pending ADD COLUMN identity TEXT NOT NULL DEFAULT '';
ALTER TABLE round_exceptions ADD COLUMN identity TEXT NOT NULL DEFAULT '';
ALTER TABLE changes ADD COLUMN from_identity TEXT NOT NULL DEFAULT '';
ALTER TABLE changes ADD COLUMN to_identity TEXT NOT NULL DEFAULT '';
