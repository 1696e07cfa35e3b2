-- What a headline, a summary or a caption says is not counted: the indexes that answer alone where statements are
-- counted must know in which part each stands, and that of speakers what else decides whether it counts. Frozen:
-- later changes come as later migrations.

DROP INDEX statements_speaker;
CREATE INDEX statements_speaker ON statements (speaker, id, part, rejected, current, corrected, verdict);
DROP INDEX statements_rated;
CREATE INDEX statements_rated ON statements (speaker, verdict, kind, speaker_kind, anonymous, rejected, denied, certainty_mid, due_end, log_row, article, part) WHERE verdict IS NOT NULL;
