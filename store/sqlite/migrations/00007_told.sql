-- +goose Up

-- What people are told, of a check that asks for it: the addresses of a name.
ALTER TABLE spans ADD COLUMN told TEXT NOT NULL DEFAULT '';
ALTER TABLE pending ADD COLUMN told TEXT NOT NULL DEFAULT '';
ALTER TABLE round_exceptions ADD COLUMN told TEXT NOT NULL DEFAULT '';
ALTER TABLE changes ADD COLUMN from_told TEXT NOT NULL DEFAULT '';
ALTER TABLE changes ADD COLUMN to_told TEXT NOT NULL DEFAULT '';
