-- Full-text search on PostgreSQL: a table of tsvectors beside `statements`, kept right by triggers.
-- The view says what is searched in a statement, once, for all triggers. `facets` are filters as lexemes of
-- the index itself, with = in front, which no word has: k kind, s speaker, o outlet, t topic, y and m year and
-- month of publication, d and e those of the last day it is due, v verdict. They narrow a search; the exact
-- conditions are checked on the rows found. b is the block of 32,768 numbers that the statement's is in: the
-- index knows no order, and is asked for the newest blocks first.

-- Words as the SQLite index has them: without regard to case and to accents on Latin letters, cut at
-- everything that is no letter and no digit. The parser of PostgreSQL would else see addresses, paths,
-- compounds and signed numbers. The collation makes it the same whatever locale the database has.
CREATE FUNCTION search_words(given text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    words text := given;
BEGIN
    IF octet_length(words) > char_length(words) THEN
        words := translate(words, U&'’‘“”–—…«»„→█\00A0', repeat(' ', 13));
    END IF;
    IF octet_length(words) > char_length(words) THEN
        words := translate(normalize(lower(words COLLATE "und-x-icu"), NFD), 'ςſµ', 'σsμ');
        words := normalize(regexp_replace(words COLLATE "C", '([a-z])[\u0300-\u036f]+', '\1', 'g'), NFC);
    END IF;
    RETURN translate(words, '-./@:_+&<~\', repeat(' ', 11));
END $$;

-- A query for one or more words that follow one another; `prefix`: the last may go on.
CREATE FUNCTION search_phrase(given text, prefix boolean) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    phrase tsquery := phraseto_tsquery('pg_catalog.simple', search_words(given));
BEGIN
    IF prefix AND numnode(phrase) > 0 THEN
        RETURN (phrase::text || ':*')::tsquery;
    END IF;
    RETURN phrase;
END $$;

CREATE VIEW search_terms AS
SELECT
    s.id AS id,
    left(s.text, 100000) AS words,
    left(CASE WHEN s.speaker_name IS NULL OR position(s.speaker_name IN s.chain) > 0 THEN s.chain
              ELSE s.chain || ' ' || s.speaker_name END, 10000) AS names,
    left(s.condition, 10000) AS condition,
    concat_ws(' ',
        'b' || s.id / 32768,
        'k' || coalesce(s.kind, 'none'),
        's' || s.speaker,
        CASE WHEN a.outlet <> '' THEN 'o' || encode(convert_to(left(a.outlet, 60), 'UTF8'), 'hex') END,
        'y' || to_char(a.published, 'YYYY'),
        'm' || to_char(a.published, 'YYYYMM'),
        'd' || to_char(s.due_end, 'YYYY'),
        'e' || to_char(s.due_end, 'YYYYMM'),
        'v' || replace(coalesce(s.verdict, CASE WHEN s.kind IN ('commitment', 'prediction') THEN 'none' END),
                       '-', ''),
        (SELECT string_agg('t' || encode(convert_to(left(t.topic, 60), 'UTF8'), 'hex'), ' ')
         FROM topics AS t WHERE t.article = s.article),
        (SELECT string_agg('t' || encode(convert_to(left(t.topic, 60), 'UTF8'), 'hex'), ' ')
         FROM topics AS t WHERE t.statement = s.id)
    ) AS facets
FROM statements AS s JOIN articles AS a ON a.id = s.article;

CREATE TABLE search (
    id INTEGER NOT NULL CONSTRAINT search_pkey PRIMARY KEY,
    terms tsvector NOT NULL
);

CREATE INDEX search_terms_index ON search USING gin (terms);

-- The letter between the parts keeps a phrase from running over from one into the next.
CREATE FUNCTION search_vector(words text, names text, condition text, facets text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN to_tsvector('pg_catalog.simple', concat_ws(' ǁ ', search_words(words), search_words(names),
                                                      search_words(condition)))
        || array_to_tsvector(string_to_array('=' || replace(facets, ' ', ' ='), ' '));
END $$;

-- All statements of one COPY at once, which is faster than one by one. OFFSET 0 keeps each one looked up by
-- its number: a plan made while the tables were small, which reads all of them, would be kept when they grow.
CREATE FUNCTION search_statements_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO search (id, terms)
    SELECT t.id, search_vector(t.words, t.names, t.condition, t.facets)
    FROM added, LATERAL (SELECT * FROM search_terms WHERE search_terms.id = added.id OFFSET 0) AS t;
    RETURN NULL;
END $$;

CREATE FUNCTION search_statement_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM search WHERE id = OLD.id;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO search (id, terms)
        SELECT id, search_vector(words, names, condition, facets) FROM search_terms WHERE id = NEW.id;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION search_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    TRUNCATE search;
    RETURN NULL;
END $$;

CREATE FUNCTION search_article_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE search SET terms = search_vector(t.words, t.names, t.condition, t.facets)
    FROM statements AS s JOIN search_terms AS t ON t.id = s.id
    WHERE s.article = NEW.id AND search.id = s.id;
    RETURN NULL;
END $$;

CREATE FUNCTION search_topic_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    in_articles integer[] := ARRAY[]::integer[];
    on_statements integer[] := ARRAY[]::integer[];
BEGIN
    IF TG_OP <> 'INSERT' THEN
        in_articles := in_articles || OLD.article;
        on_statements := on_statements || OLD.statement;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        in_articles := in_articles || NEW.article;
        on_statements := on_statements || NEW.statement;
    END IF;
    UPDATE search SET terms = search_vector(t.words, t.names, t.condition, t.facets)
    FROM statements AS s JOIN search_terms AS t ON t.id = s.id
    WHERE (s.article = ANY (in_articles) OR s.id = ANY (on_statements)) AND search.id = s.id;
    RETURN NULL;
END $$;

CREATE TRIGGER search_statement_added AFTER INSERT ON statements REFERENCING NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION search_statements_added();

CREATE TRIGGER search_statement_removed AFTER DELETE ON statements
FOR EACH ROW EXECUTE FUNCTION search_statement_changed();

CREATE TRIGGER search_statement_changed
AFTER UPDATE OF id, article, speaker, speaker_name, chain, text, kind, due_end, condition, verdict ON statements
FOR EACH ROW WHEN (
    (OLD.id, OLD.article, OLD.speaker, OLD.speaker_name, OLD.chain, OLD.text, OLD.kind, OLD.due_end,
     OLD.condition, OLD.verdict)
    IS DISTINCT FROM
    (NEW.id, NEW.article, NEW.speaker, NEW.speaker_name, NEW.chain, NEW.text, NEW.kind, NEW.due_end,
     NEW.condition, NEW.verdict)
) EXECUTE FUNCTION search_statement_changed();

CREATE TRIGGER search_statements_emptied AFTER TRUNCATE ON statements
FOR EACH STATEMENT EXECUTE FUNCTION search_emptied();

CREATE TRIGGER search_article_changed AFTER UPDATE OF outlet, published ON articles
FOR EACH ROW WHEN ((OLD.outlet, OLD.published) IS DISTINCT FROM (NEW.outlet, NEW.published))
EXECUTE FUNCTION search_article_changed();

CREATE TRIGGER search_topic_changed AFTER INSERT OR UPDATE OR DELETE ON topics
FOR EACH ROW EXECUTE FUNCTION search_topic_changed();
