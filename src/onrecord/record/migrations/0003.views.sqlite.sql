-- Views for people say in which part of its article a statement stands; promises and predictions are those that
-- count, of the running text alone. Frozen: later changes come as later migrations.

DROP VIEW promises;
DROP VIEW predictions;
DROP VIEW statements_for_people;

CREATE VIEW statements_for_people AS
SELECT
  s.id,
  coalesce(canonical.name, named.name, s.speaker_name) AS speaker,
  s.speaker_name AS speaker_as_read,
  s.text,
  s.kind,
  s.commitment_type,
  s.negative,
  s.denied,
  s.certainty_phrase AS certainty,
  s.certainty_mid AS probability,
  s.due_text AS due,
  s.due_start,
  s.due_end,
  s.condition,
  s.verdict,
  s.settled_on,
  a.outlet,
  a.title,
  a.published,
  a.url,
  s.chain AS came_through,
  s.corrected,
  s.rejected,
  s.statement AS statement_id,
  a.article AS article_id,
  s.part
FROM statements AS s
JOIN articles AS a ON a.id = s.article
LEFT JOIN speakers AS named ON named.id = s.speaker
LEFT JOIN speakers AS canonical ON canonical.id = named.merged_into
WHERE s.current;

CREATE VIEW promises AS
SELECT
  id, speaker, text, commitment_type, negative, due, due_start, due_end, condition, verdict, settled_on,
  outlet, title, published, url, statement_id
FROM statements_for_people
WHERE kind = 'commitment' AND part = 'body' AND NOT rejected;

CREATE VIEW predictions AS
SELECT
  id, speaker, text, denied, certainty, probability, due, due_start, due_end, condition, verdict, settled_on,
  outlet, title, published, url, statement_id
FROM statements_for_people
WHERE kind = 'prediction' AND part = 'body' AND NOT rejected;
