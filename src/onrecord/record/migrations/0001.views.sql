-- Views for people who open the ledger with other tools: names in place of numbers, one row to read at a time.

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
  a.article AS article_id
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
WHERE kind = 'commitment' AND NOT rejected;

CREATE VIEW predictions AS
SELECT
  id, speaker, text, denied, certainty, probability, due, due_start, due_end, condition, verdict, settled_on,
  outlet, title, published, url, statement_id
FROM statements_for_people
WHERE kind = 'prediction' AND NOT rejected;

CREATE VIEW log_for_people AS
SELECT sequence, time, actor, act, subject, coalesce(substr(payload, 1, 300), '(redacted)') AS facts
FROM log;
