-- A hash of each article's text, by which the same text is found again. Frozen: later changes come as later
-- migrations.

ALTER TABLE articles ADD COLUMN fingerprint TEXT;
CREATE INDEX articles_fingerprint ON articles (fingerprint);
