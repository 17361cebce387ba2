-- +goose Up

-- Which evidence a span has never changes but by what comes when it ends, so it
-- stands with the span: the names of the transcripts, 16 hexadecimal digits
-- each. evidence_uses tells of what is pending and of the latest only.
ALTER TABLE spans ADD COLUMN evidence TEXT NOT NULL DEFAULT '';

-- Whether a span names the transcript: then it stays for ever.
ALTER TABLE evidence ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;

UPDATE evidence SET kept = 1 WHERE id IN (SELECT evidence FROM evidence_uses WHERE purpose = 'span');

UPDATE spans SET evidence = coalesce((
    SELECT group_concat(printf('%016x', evidence), '') FROM (
        SELECT u.evidence FROM evidence_uses AS u
        WHERE u.check_key = spans.check_key AND u.vantage = spans.vantage AND u.purpose = 'span' AND u.since = spans.since_to
        ORDER BY u.place)), '');

DELETE FROM evidence_uses WHERE purpose = 'span';
