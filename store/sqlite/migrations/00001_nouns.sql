-- +goose Up

-- Times are nanoseconds since 1970 in UTC. In every key that speaks of a check
-- stands a vantage: '' is what the vantages together found.

CREATE TABLE subject (
    one       INTEGER PRIMARY KEY CHECK (one = 1),
    id        TEXT    NOT NULL,
    simulated INTEGER NOT NULL
) STRICT;

CREATE TABLE rounds (
    vantage     TEXT    NOT NULL,
    number      INTEGER NOT NULL,
    began       INTEGER NOT NULL,
    ended       INTEGER NOT NULL,
    networks    TEXT    NOT NULL, -- JSON
    canary_good INTEGER NOT NULL,
    canary      TEXT    NOT NULL, -- JSON
    planned     INTEGER NOT NULL,
    connections INTEGER NOT NULL,
    counts      TEXT    NOT NULL, -- JSON: answer to number
    unasked     TEXT    NOT NULL, -- JSON: failure to number
    PRIMARY KEY (vantage, number)
) STRICT, WITHOUT ROWID;

-- The last round of each network.
CREATE TABLE networks (
    network TEXT    NOT NULL,
    vantage TEXT    NOT NULL,
    number  INTEGER NOT NULL,
    PRIMARY KEY (network, vantage)
) STRICT, WITHOUT ROWID;

CREATE TABLE spent (
    host        TEXT    NOT NULL,
    day         TEXT    NOT NULL,
    connections INTEGER NOT NULL,
    PRIMARY KEY (host, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE checks (
    key INTEGER PRIMARY KEY,
    id  TEXT NOT NULL UNIQUE
) STRICT;

-- An open span has no end: the rows of the rounds extend it.
CREATE TABLE spans (
    check_key      INTEGER NOT NULL REFERENCES checks,
    vantage        TEXT    NOT NULL,
    since_from     INTEGER,
    since_to       INTEGER NOT NULL,
    until_from     INTEGER,
    until_to       INTEGER,
    last           INTEGER, -- of a span that ended
    answer         TEXT    NOT NULL,
    stage          TEXT    NOT NULL,
    failure        TEXT    NOT NULL,
    failure_stage  TEXT    NOT NULL,
    failure_detail TEXT    NOT NULL,
    votes_for      INTEGER NOT NULL,
    votes_of       INTEGER NOT NULL,
    notes          TEXT    NOT NULL, -- JSON
    PRIMARY KEY (check_key, vantage, since_to)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX spans_open ON spans (check_key, vantage) WHERE until_to IS NULL;

CREATE TABLE pending (
    check_key      INTEGER NOT NULL REFERENCES checks,
    vantage        TEXT    NOT NULL,
    since_from     INTEGER,
    since_to       INTEGER NOT NULL,
    rounds         INTEGER NOT NULL,
    answer         TEXT    NOT NULL,
    stage          TEXT    NOT NULL,
    failure        TEXT    NOT NULL,
    failure_stage  TEXT    NOT NULL,
    failure_detail TEXT    NOT NULL,
    votes_for      INTEGER NOT NULL,
    votes_of       INTEGER NOT NULL,
    notes          TEXT    NOT NULL, -- JSON
    PRIMARY KEY (check_key, vantage)
) STRICT, WITHOUT ROWID;

CREATE TABLE changes (
    check_key      INTEGER NOT NULL REFERENCES checks,
    vantage        TEXT    NOT NULL,
    when_from      INTEGER,
    when_to        INTEGER NOT NULL,
    from_answer    TEXT    NOT NULL,
    from_stage     TEXT    NOT NULL,
    from_failure   TEXT    NOT NULL,
    to_answer      TEXT    NOT NULL,
    to_stage       TEXT    NOT NULL,
    to_failure     TEXT    NOT NULL,
    failure        TEXT    NOT NULL,
    failure_stage  TEXT    NOT NULL,
    failure_detail TEXT    NOT NULL,
    confirmed      INTEGER NOT NULL,
    PRIMARY KEY (check_key, vantage, when_to)
) STRICT, WITHOUT ROWID;

-- Runs of rounds in which a check was due and did not extend its open span:
-- gaps, and flaps that were never confirmed.
CREATE TABLE round_exceptions (
    check_key INTEGER NOT NULL REFERENCES checks,
    vantage   TEXT    NOT NULL,
    since     INTEGER NOT NULL,
    until     INTEGER, -- none while it goes on
    asked     INTEGER,
    answer    TEXT    NOT NULL,
    stage     TEXT    NOT NULL,
    failure   TEXT    NOT NULL,
    PRIMARY KEY (check_key, vantage, since)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX round_exceptions_open ON round_exceptions (check_key, vantage) WHERE until IS NULL;

-- On which day the evidence that evidence_uses calls 'latest' was taken.
CREATE TABLE latest (
    check_key INTEGER NOT NULL REFERENCES checks,
    vantage   TEXT    NOT NULL,
    day       TEXT    NOT NULL,
    PRIMARY KEY (check_key, vantage)
) STRICT, WITHOUT ROWID;

-- Transcripts, named by their content.
CREATE TABLE evidence (
    id         INTEGER PRIMARY KEY,
    transcript BLOB NOT NULL -- JSON, gzip
) STRICT;

-- Who needs a transcript: a span (then since is its since_to), what is pending,
-- or the latest finding of a check. What nobody needs is dropped.
CREATE TABLE evidence_uses (
    check_key INTEGER NOT NULL REFERENCES checks,
    vantage   TEXT    NOT NULL,
    purpose   TEXT    NOT NULL CHECK (purpose IN ('span', 'pending', 'latest')),
    since     INTEGER NOT NULL,
    place     INTEGER NOT NULL,
    evidence  INTEGER NOT NULL REFERENCES evidence,
    PRIMARY KEY (check_key, vantage, purpose, since, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX evidence_uses_evidence ON evidence_uses (evidence);

