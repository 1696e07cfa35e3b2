"""Writes statements as W3C Web Annotations (JSON-LD): each points to its words in the article.

The file is an AnnotationCollection with all annotations on one page. A target is the article's address (or,
where it has none, its id) with two selectors: a TextQuoteSelector, which finds the words in a web page, and a
TextPositionSelector, which counts code points in the article's text as the ledger has it. A content in
several pieces has a target for each.
Source: Web Annotation Data Model, W3C Recommendation of 23 February 2017, sections 3.2.4, 4.2.4, 4.2.5, 5.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from onrecord.entry import LINK, Entry, Rating
from onrecord.record.exports.batches import RatingsOf, Words, WordsOf, batches, with_ratings
from onrecord.record.exports.jsonld import address, known, line
from onrecord.statement import Span

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32  # code points quoted before and after, enough to tell two places with the same words apart
_LABEL = b'"label": "Statements on record"'


def write(entries: Iterable[Entry], out: BinaryIO, *, ratings_of: RatingsOf, words_of: WordsOf) -> int:
    """Write an annotation for each entry. Returns their number.

    The ids of the collection and of its page are made from what stands in them, so they come last.
    """
    digest, count = hashlib.sha256(), 0
    out.write(b'{"@context": "%s", "type": "AnnotationCollection", %s,' % (CONTEXT.encode(), _LABEL))
    out.write(b' "first": {"type": "AnnotationPage", "startIndex": 0, "items": [')
    for node in _annotations(entries, ratings_of, words_of):
        written = line(node)
        digest.update(written)
        out.write(b",\n" if count else b"\n")
        out.write(written)
        count += 1
    own = b"sha256:" + digest.hexdigest().encode()
    out.write(b'\n], "id": "%s#page"}, "total": %d, "id": "%s"}\n' % (own, count, own))
    return count


def _annotations(
    entries: Iterable[Entry], ratings_of: RatingsOf, words_of: WordsOf
) -> Iterator[dict[str, object]]:
    for batch in batches(entries):
        words = words_of([entry.id for entry in batch])
        for entry, ratings in with_ratings(batch, ratings_of):
            yield annotation(entry, ratings, words.get(entry.id))


def annotation(entry: Entry, ratings: Sequence[Rating], words: Words | None) -> dict[str, object]:
    """One statement as an Annotation; without `words` its target is the whole article."""
    source = address(entry.url) or entry.article
    text, content = (words.text, words.content) if words else ("", ())
    targets = [
        {"type": "SpecificResource", "source": source, "selector": selectors(text, span)} for span in content
    ]
    return known(
        **{"@context": CONTEXT},
        id=entry.id,
        type="Annotation",
        motivation="describing",
        body=[*_bodies(entry), *map(_assessment, ratings)],
        target=targets[0] if len(targets) == 1 else targets or source,
    )


def selectors(text: str, span: Span) -> list[dict[str, object]]:
    """Two ways to find the words of a span: by quoting them, and by counting code points."""
    start, end = span
    before, after = max(0, start - AROUND), min(len(text), end + AROUND)
    # A quotation should not begin or end inside a letter with its accents.
    while before < start and unicodedata.combining(text[before]):
        before += 1
    while after > end and after < len(text) and unicodedata.combining(text[after]):
        after -= 1
    return [
        {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[before:start],
            "suffix": text[end:after],
        },
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]


def _bodies(entry: Entry) -> Iterator[dict[str, object]]:
    """Who said it, and what kind of saying it is."""
    voices = LINK.join(entry.chain) or entry.speaker or "?"
    yield _text(f"{voices}: {entry.text}", "describing")
    for tag in (entry.kind, entry.commitment_type, entry.speaker):
        if tag:
            yield _text(tag, "tagging")


def _assessment(rating: Rating) -> dict[str, object]:
    """A rating as a body of its own, by its rater."""
    said = f"{rating.verdict.replace('-', ' ')} ({rating.evidence.text})"
    creator = {"type": "Person", "name": rating.actor}
    return _text(said, "assessing") | {"creator": creator, "created": rating.time}


def _text(value: str, purpose: str) -> dict[str, object]:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}
