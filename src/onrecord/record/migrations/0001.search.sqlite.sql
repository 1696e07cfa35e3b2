-- Full-text search on SQLite: an FTS5 index over a view, kept right by triggers.
-- The view says what is searched in a statement, once, for all triggers. `facets` are filters as tokens of
-- the index itself: k kind, s speaker, o outlet, t topic, y and m year and month of publication, d and e
-- those of the last day it is due, v verdict. They narrow a search; the exact conditions are checked on
-- the rows found. A row is taken out of the index as it was before a change (BEFORE) and put in as it is
-- after it. Rebuild by hand: INSERT INTO search(search) VALUES ('rebuild').

CREATE VIEW search_terms AS
SELECT
    s.id AS id,
    substr(s.text, 1, 100000) AS words,
    substr(CASE WHEN s.speaker_name IS NULL OR instr(s.chain, s.speaker_name) > 0 THEN s.chain
                ELSE s.chain || ' ' || s.speaker_name END, 1, 10000) AS names,
    substr(s.condition, 1, 10000) AS condition,
    'k' || coalesce(s.kind, 'none')
        || coalesce(' s' || s.speaker, '')
        || CASE WHEN a.outlet <> '' THEN ' o' || hex(substr(a.outlet, 1, 60)) ELSE '' END
        || coalesce(' y' || substr(a.published, 1, 4)
                    || ' m' || substr(a.published, 1, 4) || substr(a.published, 6, 2), '')
        || coalesce(' d' || substr(s.due_end, 1, 4)
                    || ' e' || substr(s.due_end, 1, 4) || substr(s.due_end, 6, 2), '')
        || coalesce(' v' || replace(coalesce(s.verdict, CASE WHEN s.kind IN ('commitment', 'prediction')
                                                             THEN 'none' END), '-', ''), '')
        || coalesce((SELECT ' ' || group_concat('t' || hex(substr(t.topic, 1, 60)), ' ')
                     FROM topics AS t WHERE t.article = s.article), '')
        || coalesce((SELECT ' ' || group_concat('t' || hex(substr(t.topic, 1, 60)), ' ')
                     FROM topics AS t WHERE t.statement = s.id), '') AS facets
FROM statements AS s JOIN articles AS a ON a.id = s.article;

CREATE VIRTUAL TABLE search USING fts5(
    words, names, condition, facets,
    content = 'search_terms', content_rowid = 'id', columnsize = 0,
    tokenize = "unicode61 remove_diacritics 2"
);

CREATE TRIGGER search_statement_added AFTER INSERT ON statements BEGIN
    INSERT INTO search (rowid, words, names, condition, facets)
    SELECT id, words, names, condition, facets FROM search_terms WHERE id = new.id;
END;

CREATE TRIGGER search_statement_removed BEFORE DELETE ON statements BEGIN
    INSERT INTO search (search, rowid, words, names, condition, facets)
    SELECT 'delete', id, words, names, condition, facets FROM search_terms WHERE id = old.id;
END;

CREATE TRIGGER search_statement_changes
BEFORE UPDATE OF id, article, speaker, speaker_name, chain, text, kind, due_end, condition, verdict ON statements
WHEN (old.id, old.article, old.speaker, old.speaker_name, old.chain, old.text, old.kind, old.due_end,
      old.condition, old.verdict)
  IS NOT (new.id, new.article, new.speaker, new.speaker_name, new.chain, new.text, new.kind, new.due_end,
          new.condition, new.verdict)
BEGIN
    INSERT INTO search (search, rowid, words, names, condition, facets)
    SELECT 'delete', id, words, names, condition, facets FROM search_terms WHERE id = old.id;
END;

CREATE TRIGGER search_statement_changed
AFTER UPDATE OF id, article, speaker, speaker_name, chain, text, kind, due_end, condition, verdict ON statements
WHEN (old.id, old.article, old.speaker, old.speaker_name, old.chain, old.text, old.kind, old.due_end,
      old.condition, old.verdict)
  IS NOT (new.id, new.article, new.speaker, new.speaker_name, new.chain, new.text, new.kind, new.due_end,
          new.condition, new.verdict)
BEGIN
    INSERT INTO search (rowid, words, names, condition, facets)
    SELECT id, words, names, condition, facets FROM search_terms WHERE id = new.id;
END;

CREATE TRIGGER search_article_changes BEFORE UPDATE OF outlet, published ON articles
WHEN (old.outlet, old.published) IS NOT (new.outlet, new.published)
BEGIN
    INSERT INTO search (search, rowid, words, names, condition, facets)
    SELECT 'delete', t.id, t.words, t.names, t.condition, t.facets
    FROM statements AS s JOIN search_terms AS t ON t.id = s.id WHERE s.article = old.id;
END;

CREATE TRIGGER search_article_changed AFTER UPDATE OF outlet, published ON articles
WHEN (old.outlet, old.published) IS NOT (new.outlet, new.published)
BEGIN
    INSERT INTO search (rowid, words, names, condition, facets)
    SELECT t.id, t.words, t.names, t.condition, t.facets
    FROM statements AS s JOIN search_terms AS t ON t.id = s.id WHERE s.article = new.id;
END;

CREATE TRIGGER search_topic_comes BEFORE INSERT ON topics BEGIN
    INSERT INTO search (search, rowid, words, names, condition, facets)
    SELECT 'delete', t.id, t.words, t.names, t.condition, t.facets
    FROM statements AS s JOIN search_terms AS t ON t.id = s.id
    WHERE s.article = new.article OR s.id = new.statement;
END;

CREATE TRIGGER search_topic_added AFTER INSERT ON topics BEGIN
    INSERT INTO search (rowid, words, names, condition, facets)
    SELECT t.id, t.words, t.names, t.condition, t.facets
    FROM statements AS s JOIN search_terms AS t ON t.id = s.id
    WHERE s.article = new.article OR s.id = new.statement;
END;

CREATE TRIGGER search_topic_goes BEFORE DELETE ON topics BEGIN
    INSERT INTO search (search, rowid, words, names, condition, facets)
    SELECT 'delete', t.id, t.words, t.names, t.condition, t.facets
    FROM statements AS s JOIN search_terms AS t ON t.id = s.id
    WHERE s.article = old.article OR s.id = old.statement;
END;

CREATE TRIGGER search_topic_removed AFTER DELETE ON topics BEGIN
    INSERT INTO search (rowid, words, names, condition, facets)
    SELECT t.id, t.words, t.names, t.condition, t.facets
    FROM statements AS s JOIN search_terms AS t ON t.id = s.id
    WHERE s.article = old.article OR s.id = old.statement;
END;

CREATE TRIGGER search_topic_changes BEFORE UPDATE OF topic, article, statement ON topics BEGIN
    INSERT INTO search (search, rowid, words, names, condition, facets)
    SELECT 'delete', t.id, t.words, t.names, t.condition, t.facets
    FROM statements AS s JOIN search_terms AS t ON t.id = s.id
    WHERE s.article IN (old.article, new.article) OR s.id IN (old.statement, new.statement);
END;

CREATE TRIGGER search_topic_changed AFTER UPDATE OF topic, article, statement ON topics BEGIN
    INSERT INTO search (rowid, words, names, condition, facets)
    SELECT t.id, t.words, t.names, t.condition, t.facets
    FROM statements AS s JOIN search_terms AS t ON t.id = s.id
    WHERE s.article IN (old.article, new.article) OR s.id IN (old.statement, new.statement);
END;
