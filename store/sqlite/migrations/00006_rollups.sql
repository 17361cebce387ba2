-- +goose Up

CREATE TABLE servers (
    key INTEGER PRIMARY KEY,
    id  TEXT NOT NULL UNIQUE
) STRICT;

-- What the rounds of a day or a month sum up to, by server: 20261125 is a day,
-- 202611 a month, so that a server's come in the order of time.
CREATE TABLE rollups (
    server_key INTEGER NOT NULL REFERENCES servers (key),
    vantage    TEXT    NOT NULL,
    period     INTEGER NOT NULL,
    sums       BLOB    NOT NULL,
    PRIMARY KEY (server_key, vantage, period)
) STRICT, WITHOUT ROWID;

-- The last day of each vantage, which every round writes anew: all servers in one
-- row, each with its key before its sums.
CREATE TABLE rollups_today (
    vantage TEXT    NOT NULL PRIMARY KEY,
    day     INTEGER NOT NULL,
    sums    BLOB    NOT NULL
) STRICT;
