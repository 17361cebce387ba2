-- +goose Up

-- How often the check was found otherwise within a flap; 0 for a gap.
ALTER TABLE round_exceptions ADD COLUMN runs INTEGER NOT NULL DEFAULT 0;

UPDATE round_exceptions SET runs = 1 WHERE answer <> 'unasked';

-- What is kept of an item of news once somebody could have read it.
CREATE TABLE published (
    id       TEXT NOT NULL PRIMARY KEY,
    kind     TEXT NOT NULL,
    network  TEXT NOT NULL,
    at       INTEGER, -- when it began, as it was told first
    first    INTEGER, -- when it was published
    regions  TEXT NOT NULL, -- JSON
    ports    TEXT NOT NULL, -- JSON
    versions TEXT NOT NULL  -- JSON
) STRICT, WITHOUT ROWID;

-- Each round forgets what was spent long ago.
CREATE INDEX spent_day ON spent (day);
