"""Writes each verdict as a schema.org ClaimReview (JSON-LD): what fact-checks are exchanged in.

Each rating is a review of its own, with its rater as the author: where two raters differ, both are there.
The file is an array of reviews, each of which can stand alone in a page. Properties: schema.org/ClaimReview,
and the fact-check guide of Google's search documentation, which asks for `claimReviewed`, `reviewRating`
(with `alternateName`) and a `url` on the publisher's own site.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import BinaryIO

from onrecord.entry import Entry, Rating, verdicts_for
from onrecord.record.exports.batches import RatingsOf, with_ratings
from onrecord.record.exports.jsonld import address, known, line

# (verdict, kind of statement) -> its name on another scale, None where that has none.
Names = Callable[[str, str | None], str | None]
CONTEXT = "https://schema.org"
# From 1 (did not become true) to 3 (became true). Other verdicts are words without a number.
SCALE = {"broken": 1, "did-not": 1, "partly-kept": 2, "kept": 3, "came-true": 3}
WORST, BEST = 1, 3
# What onrecord calls a speaker, and schema.org a maker of claims; groups and unknown voices are Things.
_AGENTS = {"person": "Person", "author": "Person", "organization": "Organization"}


def write(
    entries: Iterable[Entry],
    out: BinaryIO,
    *,
    ratings_of: RatingsOf,
    names: Names | None = None,
    site: str | None = None,
) -> int:
    """Write the ratings of all entries that count; entries without a rating are left out. Returns how many.

    What a headline, a summary or a caption says is left out, too: one more claim, in an editor's words.

    names: gives another scale's name for a verdict on a kind (PolitiFact's, say); where it has none,
    the verdict keeps its own.
    site: address of the page on which the reviews will stand; each gets it, with the statement's id as
    fragment, as its `url`. Without it the reviews have none.
    """
    count = 0
    out.write(b"[")
    counted = (entry for entry in entries if entry.part == "body")
    for entry, ratings in with_ratings(counted, ratings_of):
        for rating in (each for each in ratings if each.verdict in verdicts_for(entry.kind)):
            out.write(b",\n" if count else b"\n")
            out.write(line(review(entry, rating, names=names, site=site)))
            count += 1
    out.write(b"\n]\n")
    return count


def review(
    entry: Entry, rating: Rating, *, names: Names | None = None, site: str | None = None
) -> dict[str, object]:
    """One rating as a ClaimReview."""
    return known(
        **{"@context": CONTEXT, "@type": "ClaimReview"},
        identifier=entry.id,
        url=f"{site.partition('#')[0]}#{entry.id}" if site else None,
        claimReviewed=entry.text,
        datePublished=rating.time,
        author={"@type": "Person", "name": rating.actor},
        reviewRating=_rating(rating, names and names(rating.verdict, entry.kind)),
        itemReviewed=_claim(entry),
        reviewBody=_reasons(rating),
        citation=rating.evidence.text if rating.evidence.kind != "reason" else None,
    )


def _rating(rating: Rating, name: str | None) -> dict[str, object]:
    named = name or rating.verdict.replace("-", " ")
    words: dict[str, object] = {"@type": "Rating", "alternateName": named[:1].upper() + named[1:]}
    value = SCALE.get(rating.verdict)
    if value is None:
        return words
    return words | {"ratingValue": value, "worstRating": WORST, "bestRating": BEST}


def _reasons(rating: Rating) -> str | None:
    """Evidence in words, then the note."""
    reason = rating.evidence.text if rating.evidence.kind == "reason" else None
    return "\n".join(part for part in (reason, rating.note) if part) or None


def _claim(entry: Entry) -> dict[str, object]:
    """Who said it, and where it stands. The day of the words is taken to be that of the article."""
    published = entry.published.isoformat() if entry.published else None
    # An unnamed source ("a senior official") is nobody whom a search engine should list.
    named = entry.speaker is not None and not entry.anonymous
    article = known(
        **{"@type": "NewsArticle"},
        url=address(entry.url),
        headline=entry.title,
        datePublished=published,
        publisher=known(**{"@type": "Organization"}, name=entry.outlet) if entry.outlet else None,
    )
    return known(
        **{"@type": "Claim"},
        author=known(**{"@type": _AGENTS.get(entry.speaker_kind or "", "Thing")}, name=entry.speaker)
        if named
        else None,
        datePublished=published,
        appearance=article if len(article) > 1 else None,
    )
