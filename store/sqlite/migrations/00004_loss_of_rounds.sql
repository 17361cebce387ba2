-- +goose Up

-- How much of what a round sent had to be sent again, as JSON: sent, resent, and
-- whether that was too much for a vote. Of the rounds before nobody knows.
ALTER TABLE rounds ADD COLUMN loss TEXT NOT NULL DEFAULT '{}';
