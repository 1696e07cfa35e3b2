"""Who "he" and "she" are: scores the persons mentioned before by recency, role in the sentence and sex.

The weights are a conditional logistic regression over candidates, fitted on the pronouns "he" and "she" of
420 articles of PolNeAR's train split, sources counting more. A machine's coreference was the teacher;
examples to which the fitted scorer gave less than 8 % were left out, since reading disagreements showed the
machine wrong in most. By hand: the two weights of the outer speaker (the corpus has no nested statements),
"sex", "other quotation", "last speaker, after the words", "follows a clause that opens the sentence" and
"named in what is said" (whoever says "Quist must go" is mostly not Quist). A pronoun looks at no more than
`WINDOW` references before it.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import mul
from typing import NamedTuple

from onrecord.extract import nouns, titles
from onrecord.extract.entities import Entity
from onrecord.extract.names import Names
from onrecord.extract.strangers import strangers
from onrecord.extract.wordlists import words
from onrecord.statement import Span, Spans

# The score of somebody whom the article does not name; by hand: of one far away or of the other sex.
NOBODY = -4.0
WINDOW = 40  # references before a pronoun
KNOWN_SEX = 4.0  # points of evidence for a sex that pronouns alone do not overturn
CANDIDATES = 8  # persons among them
FEATURES = (
    "last speaker", "speaker before", "same sentence", "previous sentence", "two back", "further",
    "paragraph", "subject", "subject of previous sentence", "pronoun", "often", "sex", "other quotation",
    "outer, indirect",
    "outer, direct", "most recent", "second", "follows", "modifier", "first named", "opens sentence",
    "last speaker, after the words", "speaker of the paragraph", "follows a clause that opens the sentence",
    "named in what is said",
)  # fmt: skip
WEIGHTS = (
    0.45, 0.28, 3.21, 1.50, -0.64, -4.07, 1.10, 0.43, 0.11, 0.07, 0.23, 1.80, -0.30, 1.50, -1.50, -0.72,
    -0.28, -0.08, -0.11, -0.22, 0.66, 1.50, -0.08, 8.00, -1.50,
)  # fmt: skip
_SENTENCE = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[]?[^\W_a-z])|\n+")
_ABBREVIATED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Govs?|Gen|Col|Lt|Sgt|Capt|Adm|Maj|Prof|Rev|St|Jr|Sr|[A-Z]|vs|v|No)\.$"
)
_QUOTED = re.compile(r"“[^“”\n]*”?|\"[^\"\n]*\"?|''[^\n]*?(?:''|(?=\n))")
PRONOUN = re.compile(r"\b(?:[Ss]?[Hh]e|[Hh]i[sm]|[Hh]er)\b")
_PREPOSITIONS = words(
    """
    of for in from at on with to by about against among between under over into through during after
    like including than behind beside as versus vs toward towards near beating defeating asked told
    urged
    """
)
_NOUN_AFTER = re.compile(
    r"(?:['’]s?\b|\s+(?:campaign|supporter|voter|administration|aide|adviser|spokes|rall|family|team|ally|allies|"
    r"officials?\b|backers?\b|delegates?\b|fans?\b|campaign|strateg|surrogate|presidency|foundation|tower))",
    re.IGNORECASE,
)


class Reference(NamedTuple):
    """A place of the text that refers to a person: a name or a resolved pronoun."""

    start: int
    entity: Entity
    sentence: int
    subject: bool
    pronoun: bool = False
    modifier: bool = False
    quote: int = -1  # number of the quotation it stands in, or -1
    opens: bool = False


class Context:
    """The article's sentences, quotations and references to persons, in text order."""

    def __init__(self, names: Names) -> None:
        self.names, self.text = names, names.text
        self.quotes = [m.span() for m in _QUOTED.finditer(self.text)]
        self.quote_starts = [q[0] for q in self.quotes]
        self.sentences = [0]
        for match in _SENTENCE.finditer(self.text):
            if not _ABBREVIATED.search(self.text, max(0, match.start() - 6), match.start() + 1) and (
                # A quotation counts as one sentence together with the words that introduce it.
                self.quote(match.end() - 1) < 0 or "\n" in match[0]
            ):
                self.sentences.append(match.end())
        self.paragraphs = [0, *(m.end() for m in re.finditer(r"\n+", self.text))]
        self.references = [
            self._reference(
                piece.start - len(piece.title) - bool(piece.title), piece.end, entity, piece.possessive
            )
            for piece, entity in zip(names.pieces, names.owner, strict=True)
            if entity and entity.type == "person"
        ]
        self.first = self.references[0].entity if self.references else None
        self.unnamed = dict(strangers(self.text, [at for at in self.sentences if self.quote(at) < 0]))
        for at, entity in self.unnamed.items():
            self.references.append(Reference(at, entity, self.sentence(at), subject=True, opens=True))
        self.references.sort(key=lambda reference: reference.start)
        self.refreshed: list[Reference] = []

    def sentence(self, at: int) -> int:
        """The number of the sentence at an offset."""
        return bisect_right(self.sentences, at) - 1

    def paragraph(self, at: int) -> int:
        """The number of the paragraph at an offset."""
        return bisect_right(self.paragraphs, at) - 1

    def quote(self, at: int) -> int:
        """The number of the quotation at an offset, or -1."""
        i = bisect_right(self.quote_starts, at) - 1
        return i if i >= 0 and at < self.quotes[i][1] else -1

    def _reference(self, start: int, end: int, entity: Entity, possessive: bool) -> Reference:
        word = self.text[max(0, start - 24) : start].rstrip(' "“(').rpartition(" ")[2].lower()
        modifier = possessive or bool(_NOUN_AFTER.match(self.text, end))
        number = self.sentence(start)
        return Reference(
            start, entity, number, not modifier and word not in _PREPOSITIONS, modifier=modifier,
            quote=self.quote(start), opens=start - self.sentences[number] <= 4,
        )  # fmt: skip

    def refresh(self, at: int, entity: Entity, *, subject: bool) -> None:
        """Notes that a pronoun or description at `at` has been resolved."""
        number = self.sentence(at)
        self.refreshed.append(
            Reference(
                at,
                entity,
                number,
                subject,
                pronoun=True,
                quote=self.quote(at),
                opens=at - self.sentences[number] <= 4,
            )
        )


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun to be resolved, with what is known of the statements around it."""

    start: int
    male: bool | None
    speakers: tuple[Entity, ...] = ()  # of the statements before, the last first
    outer: Entity | None = None
    direct: bool = False  # the enclosing statement is a direct quotation
    following: tuple[Reference, ...] = ()
    content: Spans = ()  # of its statement; who is named in it before the pronoun is somebody else
    spoke_at: int = -1  # where the last speaker's mention stands
    opens: bool = False  # in a clause before the main one, whose subject follows ("Since she came, Quist …")


def candidates(
    context: Context, pronoun: Pronoun, before: list[Reference]
) -> list[tuple[Entity, list[float]]]:
    """The persons mentioned before, the last mention first, each with its features."""
    at = min([pronoun.start, *(s.start for s in pronoun.content)])
    number = context.sentence(at)
    quote, content = context.quote(pronoun.start), pronoun.content
    start = context.paragraphs[context.paragraph(at)]
    found: dict[int, tuple[Entity, list[Reference]]] = {}
    previous_subject = None
    for reference in before:
        if content and any(s <= reference.start < e for s, e in content):
            continue
        if reference.sentence == number - 1 and reference.subject and reference.quote in (-1, quote):
            previous_subject = reference.entity
        known = found.get(reference.entity.number)
        if known:
            known[1].append(reference)
        elif len(found) < CANDIDATES:
            found[reference.entity.number] = (reference.entity, [reference])
    for entity in (*pronoun.speakers[:2], *((pronoun.outer,) if pronoun.outer else ())):
        found.setdefault(entity.number, (entity, []))
    for reference in pronoun.following:
        if reference.entity.number not in found:
            found[reference.entity.number] = (reference.entity, [])
    return [
        (
            entity,
            _features(context, pronoun, entity, references, rank, number, quote, start, previous_subject),
        )
        for rank, (entity, references) in enumerate(found.values())
    ]


def _features(
    context: Context, pronoun: Pronoun, entity: Entity, references: list[Reference], rank: int, number: int,
    quote: int, paragraph: int, previous_subject: Entity | None,
) -> list[float]:  # fmt: skip
    values = [0.0] * len(FEATURES)
    values[0] = float(entity is (pronoun.speakers[0] if pronoun.speakers else None))
    values[1] = float(entity in pronoun.speakers[1:2])
    if references:
        last = references[0]
        gap = number - last.sentence
        values[2 + min(max(gap, 0), 3)] = 1.0
        values[6] = float(last.start >= paragraph)
        same = [r for r in references[:4] if r.sentence == last.sentence]
        values[7] = float(any(r.subject for r in same))
        values[9] = float(last.pronoun)
        values[12] = float(last.quote != -1 and last.quote != quote)
        values[18] = float(last.modifier)
        values[20] = float(any(r.opens and not r.modifier for r in same))
        values[15], values[16] = float(rank == 0), float(rank == 1)
    else:
        values[5] = 1.0
        values[17] = float(any(r.entity is entity for r in pronoun.following))
        values[23] = float(pronoun.opens and values[17] > 0)
    if values[0]:
        values[21] = float(any(s.start < pronoun.start for s in pronoun.content))
        values[22] = float(pronoun.spoke_at >= paragraph)
    values[24] = float(any(_named_in(entity, span) for span in pronoun.content))
    values[8] = float(entity is previous_subject)
    values[10] = math.log1p(len(entity.mentions))
    if pronoun.male is not None:
        fits = entity.maleness if pronoun.male else 1.0 - entity.maleness
        # A name of unknown sex is mostly a rare one; the sentence's own speaker is not left for it.
        fits = max(fits, 0.75) if values[0] and entity.male + entity.female < 1.0 else fits
        known = abs(entity.male - entity.female) >= KNOWN_SEX
        least = 1e-4 if known and fits < 0.3 else 0.02
        values[11] = math.log(least if least < 0.02 else min(0.98, max(0.02, fits)))
    if entity is pronoun.outer:
        values[14 if pronoun.direct else 13] = 1.0
    values[19] = float(entity is context.first)
    return values


def _named_in(entity: Entity, span: Span) -> bool:
    k = bisect_left(entity.mentions, span.start, key=lambda p: p.start)
    return k < len(entity.mentions) and entity.mentions[k].start < span.end


def choose(found: list[tuple[Entity, list[float]]]) -> tuple[Entity | None, float]:
    """The most probable candidate and its probability among them and somebody whom no name stands for."""
    if not found:
        return None, 0.0
    scores = [sum(map(mul, WEIGHTS, values)) for _, values in found]
    top = max(scores)
    total = sum([math.exp(s - top) for s in scores]) + math.exp(min(50.0, NOBODY - top))
    best = scores.index(top)
    return found[best][0], 1.0 / total


def learn_sexes(context: Context) -> None:
    """Adds evidence of sex to the entities: titles, nouns beside the name, and the article's own pronouns."""
    for entity in context.names.entities:
        if entity.type == "person":
            _from_titles(entity)
    references, at = context.references, 0
    for match in PRONOUN.finditer(context.text):
        while at < len(references) and references[at].start < match.start():
            at += 1
        if at == 0:
            continue
        last = references[at - 1]
        gap = context.sentence(match.start()) - last.sentence
        if gap > 1 or context.quote(match.start()) != last.quote:
            continue
        alone = (
            at < 2
            or references[at - 2].entity is last.entity
            or last.sentence - references[at - 2].sentence > 1
        )
        weight = (1.0 if alone else 0.25) * (1.0 if gap == 0 else 0.5)
        # Titles and given names weigh more than the pronouns around one of two people of one surname.
        weight *= 0.3 if abs(last.entity.male - last.entity.female) >= KNOWN_SEX else 1.0
        if match[0].lower() in ("he", "his", "him"):
            last.entity.male += weight
        else:
            last.entity.female += weight


def _from_titles(entity: Entity) -> None:
    for piece in entity.mentions:
        for word in piece.title.lower().split():
            entity.male += 6.0 * (word.rstrip(".") in titles.MALE_TITLES)
            entity.female += 6.0 * (word.rstrip(".") in titles.FEMALE_TITLES)
    for description in entity.descriptions:
        entity.male += 4.0 * (description[0] in nouns.MALE_NOUNS)
        entity.female += 4.0 * (description[0] in nouns.FEMALE_NOUNS)
