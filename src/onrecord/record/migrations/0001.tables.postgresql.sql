-- The tables of the ledger as the first version made them. Frozen: later changes come as later migrations.
-- Text that may be of any length has hash indexes: a btree takes no value above 2,700 bytes.

CREATE TABLE log (
  sequence INTEGER NOT NULL,
  time TEXT NOT NULL,
  actor TEXT NOT NULL,
  act TEXT NOT NULL,
  subject TEXT,
  payload TEXT,
  salt TEXT,
  digest TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL,
  CONSTRAINT log_pkey PRIMARY KEY (sequence)
);
CREATE INDEX log_act ON log (act) WHERE (act NOT IN ('article', 'reading', 'statement'));
CREATE INDEX log_redacted ON log (sequence) WHERE payload IS NULL;
CREATE INDEX log_subject ON log USING hash (subject) WHERE (act NOT IN ('article', 'reading', 'statement'));

CREATE TABLE articles (
  id INTEGER NOT NULL,
  article TEXT NOT NULL,
  url TEXT,
  outlet TEXT,
  title TEXT,
  author TEXT,
  language TEXT,
  published DATE,
  published_from TEXT NOT NULL,
  text TEXT NOT NULL,
  blocks TEXT NOT NULL,
  added TEXT NOT NULL,
  version_of INTEGER,
  redacted BOOLEAN DEFAULT false NOT NULL,
  CONSTRAINT articles_pkey PRIMARY KEY (id),
  CONSTRAINT articles_id_fkey FOREIGN KEY(id) REFERENCES log (sequence),
  CONSTRAINT articles_article_key UNIQUE (article),
  CONSTRAINT articles_version_of_fkey FOREIGN KEY(version_of) REFERENCES articles (id)
);
CREATE INDEX articles_outlet ON articles (outlet) WHERE octet_length(outlet) <= 2000;
CREATE INDEX articles_published ON articles (published);
CREATE INDEX articles_url ON articles USING hash (url);
CREATE INDEX articles_version_of ON articles (version_of);

CREATE TABLE feeds (
  id INTEGER NOT NULL,
  url TEXT NOT NULL,
  outlet TEXT,
  title TEXT,
  topic TEXT,
  actor TEXT NOT NULL,
  added TEXT NOT NULL,
  followed BOOLEAN DEFAULT true NOT NULL,
  etag TEXT,
  modified TEXT,
  polled TEXT,
  problem TEXT,
  CONSTRAINT feeds_pkey PRIMARY KEY (id),
  CONSTRAINT feeds_id_fkey FOREIGN KEY(id) REFERENCES log (sequence),
  CONSTRAINT feeds_url_key UNIQUE (url)
);

CREATE TABLE notes (
  id INTEGER NOT NULL,
  subject TEXT NOT NULL,
  actor TEXT NOT NULL,
  time TEXT NOT NULL,
  text TEXT NOT NULL,
  CONSTRAINT notes_pkey PRIMARY KEY (id),
  CONSTRAINT notes_id_fkey FOREIGN KEY(id) REFERENCES log (sequence)
);
CREATE INDEX notes_subject ON notes USING hash (subject);

CREATE TABLE refusals (
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  actor TEXT NOT NULL,
  time TEXT NOT NULL,
  CONSTRAINT refusals_pkey PRIMARY KEY (id),
  CONSTRAINT refusals_id_fkey FOREIGN KEY(id) REFERENCES log (sequence)
);
CREATE INDEX refusals_name ON refusals USING hash (name);

CREATE TABLE speakers (
  id INTEGER NOT NULL,
  name TEXT NOT NULL,
  key TEXT NOT NULL,
  kind TEXT,
  merged_into INTEGER,
  CONSTRAINT speakers_pkey PRIMARY KEY (id),
  CONSTRAINT speakers_id_fkey FOREIGN KEY(id) REFERENCES log (sequence),
  CONSTRAINT speakers_key_key UNIQUE (key),
  CONSTRAINT speakers_merged_into_fkey FOREIGN KEY(merged_into) REFERENCES speakers (id)
);
CREATE INDEX speakers_merged_into ON speakers (merged_into);

CREATE TABLE judgements (
  id INTEGER NOT NULL,
  judgement TEXT NOT NULL,
  speaker INTEGER NOT NULL,
  "into" INTEGER,
  actor TEXT NOT NULL,
  time TEXT NOT NULL,
  why TEXT,
  CONSTRAINT judgements_pkey PRIMARY KEY (id),
  CONSTRAINT judgements_id_fkey FOREIGN KEY(id) REFERENCES log (sequence),
  CONSTRAINT judgements_speaker_fkey FOREIGN KEY(speaker) REFERENCES speakers (id),
  CONSTRAINT judgements_into_fkey FOREIGN KEY("into") REFERENCES speakers (id)
);
CREATE INDEX judgements_speaker ON judgements (speaker);

CREATE TABLE readings (
  id INTEGER NOT NULL,
  article INTEGER NOT NULL,
  version TEXT NOT NULL,
  model TEXT NOT NULL,
  statements INTEGER NOT NULL,
  times TEXT NOT NULL,
  read TEXT NOT NULL,
  current BOOLEAN DEFAULT true NOT NULL,
  CONSTRAINT readings_pkey PRIMARY KEY (id),
  CONSTRAINT readings_id_fkey FOREIGN KEY(id) REFERENCES log (sequence),
  CONSTRAINT readings_article_fkey FOREIGN KEY(article) REFERENCES articles (id)
);
CREATE INDEX readings_article ON readings (article);

CREATE TABLE statements (
  id INTEGER NOT NULL,
  statement TEXT NOT NULL,
  article INTEGER NOT NULL,
  reading INTEGER NOT NULL,
  within INTEGER,
  speaker INTEGER,
  speaker_name TEXT,
  speaker_kind TEXT,
  anonymous BOOLEAN,
  chain TEXT NOT NULL,
  text TEXT NOT NULL,
  part TEXT NOT NULL,
  speech TEXT NOT NULL,
  kind TEXT,
  commitment_type TEXT,
  negative BOOLEAN,
  denied BOOLEAN,
  certainty_phrase TEXT,
  certainty_low DOUBLE PRECISION,
  certainty_mid DOUBLE PRECISION,
  certainty_high DOUBLE PRECISION,
  due_text TEXT,
  due_start DATE,
  due_end DATE,
  condition TEXT,
  confidence DOUBLE PRECISION NOT NULL,
  kind_confidence DOUBLE PRECISION,
  verdict TEXT,
  settled_on DATE,
  log_row INTEGER NOT NULL,
  current BOOLEAN DEFAULT true NOT NULL,
  corrected BOOLEAN DEFAULT false NOT NULL,
  rejected BOOLEAN DEFAULT false NOT NULL,
  CONSTRAINT statements_pkey PRIMARY KEY (id),
  CONSTRAINT statements_id_fkey FOREIGN KEY(id) REFERENCES log (sequence),
  CONSTRAINT statements_statement_key UNIQUE (statement),
  CONSTRAINT statements_article_fkey FOREIGN KEY(article) REFERENCES articles (id),
  CONSTRAINT statements_reading_fkey FOREIGN KEY(reading) REFERENCES readings (id),
  CONSTRAINT statements_within_fkey FOREIGN KEY(within) REFERENCES statements (id),
  CONSTRAINT statements_speaker_fkey FOREIGN KEY(speaker) REFERENCES speakers (id),
  CONSTRAINT statements_log_row_fkey FOREIGN KEY(log_row) REFERENCES log (sequence)
);
CREATE INDEX statements_article ON statements (article);
CREATE INDEX statements_speaker_due ON statements (speaker, due_end) WHERE due_end IS NOT NULL;
CREATE INDEX statements_due_end ON statements (due_end) WHERE due_end IS NOT NULL;
CREATE INDEX statements_speaker ON statements (speaker, id);
CREATE INDEX statements_rated ON statements (speaker, verdict, kind, speaker_kind, anonymous, rejected, denied, certainty_mid, due_end, log_row, article) WHERE verdict IS NOT NULL;

CREATE TABLE corrections (
  id INTEGER NOT NULL,
  statement INTEGER NOT NULL,
  field TEXT NOT NULL,
  value TEXT,
  actor TEXT NOT NULL,
  time TEXT NOT NULL,
  why TEXT,
  withdrawn BOOLEAN DEFAULT false NOT NULL,
  current BOOLEAN DEFAULT true NOT NULL,
  CONSTRAINT corrections_pkey PRIMARY KEY (id),
  CONSTRAINT corrections_id_fkey FOREIGN KEY(id) REFERENCES log (sequence),
  CONSTRAINT corrections_statement_fkey FOREIGN KEY(statement) REFERENCES statements (id)
);
CREATE INDEX corrections_statement ON corrections (statement);

CREATE TABLE ratings (
  id INTEGER NOT NULL,
  statement INTEGER NOT NULL,
  actor TEXT NOT NULL,
  verdict TEXT NOT NULL,
  settled_on DATE,
  evidence_kind TEXT NOT NULL,
  evidence TEXT NOT NULL,
  note TEXT,
  time TEXT NOT NULL,
  current BOOLEAN DEFAULT true NOT NULL,
  CONSTRAINT ratings_pkey PRIMARY KEY (id),
  CONSTRAINT ratings_id_fkey FOREIGN KEY(id) REFERENCES log (sequence),
  CONSTRAINT ratings_statement_fkey FOREIGN KEY(statement) REFERENCES statements (id)
);
CREATE INDEX ratings_statement ON ratings (statement);

CREATE TABLE rejections (
  id INTEGER NOT NULL,
  statement INTEGER NOT NULL,
  actor TEXT NOT NULL,
  time TEXT NOT NULL,
  why TEXT,
  current BOOLEAN DEFAULT true NOT NULL,
  CONSTRAINT rejections_pkey PRIMARY KEY (id),
  CONSTRAINT rejections_id_fkey FOREIGN KEY(id) REFERENCES log (sequence),
  CONSTRAINT rejections_statement_fkey FOREIGN KEY(statement) REFERENCES statements (id)
);
CREATE INDEX rejections_statement ON rejections (statement);

CREATE TABLE topics (
  id INTEGER NOT NULL,
  topic TEXT NOT NULL,
  article INTEGER,
  statement INTEGER,
  actor TEXT NOT NULL,
  CONSTRAINT topics_pkey PRIMARY KEY (id),
  CONSTRAINT topics_id_fkey FOREIGN KEY(id) REFERENCES log (sequence),
  CONSTRAINT topics_article_fkey FOREIGN KEY(article) REFERENCES articles (id),
  CONSTRAINT topics_statement_fkey FOREIGN KEY(statement) REFERENCES statements (id)
);
CREATE INDEX topics_article ON topics (article);
CREATE INDEX topics_statement ON topics (statement);
CREATE INDEX topics_topic ON topics USING hash (topic);
