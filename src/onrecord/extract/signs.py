"""What speaks for or against a time near a statement telling when it was said, as names of signs.

Each sign counts by itself, and once more together with the zone in which the time stands. Their weights are
learnt from labelled statements (`training/said.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from onrecord.extract.occasions import at_occasion, dates_words, modifies, names, owned, pattern
from onrecord.extract.said import with_preposition
from onrecord.extract.scenes import EVENT, Near, Scene, gap, touches
from onrecord.statement import Article, Statement, TimeExpression, covered

# A time in so many characters from the start of its sentence opens it; so far off may its verb be.
OPENING, BESIDE = 14, 110
# A statement so near to the start of the article may be its headline.
HEAD = 150
# Lengths in characters, ages in days: the first that is not exceeded names the sign.
_DISTANCES = ((3, "touching"), (19, "near"), (49, "in reach"), (99, "off"), (199, "far"))
_AGES = ((0, "today"), (7, "week"), (45, "month"), (400, "year"))
_ALIKE = {"till": "until", "as of": "", "before": "ahead of", "prior to": "ahead of"}
_TENSES = {"has": "perfect", "have": "perfect", "'ve": "perfect", "’ve": "perfect", "had": "pluperfect"}
_TENSES |= {"according": "according", "to": "infinitive"}
_BETWEEN = ("quote", "semicolon", "subordinate", "conjunction", "and", "but", "auxiliary", "verb")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "sort": re.compile(
            r"(?i)\b(recent|after|before|following|during|by the time|upon|ahead|wake|aftermath|eve|at"
            r"|for|later|afterwards?|thereafter)\b"
        ),
        "past": re.compile(
            r"\b(?:said|told|wrote|spoke|made|gave|\w+ed|did|was|were|sent|took|held|met|found|put|came)\b"
        ),
        "quote": re.compile(r"[\"“”]|''"),
        "semicolon": re.compile(r"[;:]"),
        "subordinate": re.compile(r"\b(?:that|who|which|whom|whose|where|because|if|unless|about|than)\b"),
        "conjunction": re.compile(r"\b(?:when|while|as|after|before|since|until)\b"),
        "and": re.compile(r"\band\b"),
        "but": re.compile(r"\b[Bb]ut\b"),
        "auxiliary": re.compile(r"\b(?:was|were|is|are|had|has|have|will|would)\b"),
        "verb": pattern("verb"),
        "aside": re.compile(r"\b(?:who|whom|whose|which|where)\b[^,;:\"“”]*\Z"),
        "participle": re.compile(r"\b\w+ed (?:\w+ )?\Z"),
    }


def signs(scene: Scene, statement: Statement, near: Near, all_near: Sequence[Near]) -> Iterator[str]:
    """The signs of one of the times near a statement, each by itself and with its zone."""
    yield near.zone
    for group in (_of_time, _of_gap, _of_clause, _of_statement):
        for sign in group(scene, statement, near):
            yield sign
            yield f"{near.zone}: {sign}"
    for sign in _of_others(scene, statement, near, all_near):
        yield sign
        yield f"{near.zone}: {sign}"


def _of_time(scene: Scene, statement: Statement, near: Near) -> Iterator[str]:
    """What the time is: its preposition, unit and age, what it belongs to, and whether the rules take it."""
    text, time = scene.text, near.time
    word = with_preposition(text, time.span)[1]
    yield f"with {_ALIKE.get(word, word)}"
    sort = _patterns()["sort"].search(time.text) if time.granularity == EVENT else None
    yield f"unit {sort[0].lower() if sort else time.granularity}"
    yield f"age {_age(scene.article, time)}"
    if touches(scene.ruled(statement), time):
        yield "ruled"
    for sign, holds in (("modifies", modifies), ("owned", owned), ("occasion", at_occasion)):
        if holds(text, time):
            yield sign


def _age(article: Article, time: TimeExpression) -> str:
    if time.granularity in ("vague", EVENT) or time.value.endswith("_REF"):
        return "vague"
    if not (article.published and time.start and time.end):
        return "none"
    days = (article.published - time.end).days
    if days <= 0 and (time.end - time.start).days > 7:
        return "running"
    return next((name for most, name in _AGES if days <= most), "old")


def _of_gap(scene: Scene, statement: Statement, near: Near) -> Iterator[str]:
    """What stands between the time and the cue."""
    between_them = covered(scene.text, [gap(statement, near.time)])
    yield "distance " + next((name for most, name in _DISTANCES if len(between_them) <= most), "apart")
    yield f"commas {min(between_them.count(','), 3)}"
    for sign in _BETWEEN:
        if _patterns()[sign].search(between_them):
            yield f"{sign} between"


def _of_clause(scene: Scene, statement: Statement, near: Near) -> Iterator[str]:
    """What stands beside the time in its own sentence."""
    text, time, sentence = scene.text, near.time, near.sentence
    start = with_preposition(text, time.span)[0].start
    before = text[max(sentence.start, start - BESIDE) : start]
    after = text[time.span.end : sentence.end][:BESIDE]
    if start - sentence.start < OPENING:
        yield "opens"
    if not re.search(r"\w", after):
        yield "ends"
    if after.startswith(","):
        yield "comma after"
    if before.rstrip().endswith(","):
        yield "comma before"
    if after.startswith(("'s", "’s")):
        yield "possessive"
    said = list(pattern("verb").finditer(before))
    if said and not pattern("barrier").search(before, said[-1].end()):
        yield "said before"
    follows = pattern("verb").search(after)
    if follows and not pattern("barrier").search(after, 0, follows.start()):
        yield "said after"
    if _patterns()["participle"].search(before):
        yield "participle before"
    if pattern("away").search(text, max(0, time.span.start - 25), time.span.start):
        yield "away"


def barred(scene: Scene, statement: Statement, near: Near) -> bool:
    """Whether a time cannot tell when it was said, whatever else speaks for it.

    It dates what is said; or the rules do not take it, and it is an end, or stands in an aside or in a
    sentence that names others only.
    """
    if near.zone == "content" or touches(scene.ruled(statement), near.time):
        return near.zone == "content"
    if with_preposition(scene.text, near.time.span)[1] in ("until", "till", "through"):
        return True
    if not near.zone.startswith(("before", "after")):
        return _in_an_aside(scene.text, statement, near)
    known, told = names(scene.text, statement), covered(scene.text, [near.sentence])
    named = covered(scene.text, statement.source)[:1].isupper()
    return bool(named and known and not any(word in told for word in known))


def _in_an_aside(text: str, statement: Statement, near: Near) -> bool:
    """Whether a relative clause that is not that of the cue holds the time: ", who left in 2012,"."""
    behind = [cue.end for cue in statement.cue if cue.end <= near.time.span.start]
    aside = _patterns()["aside"].search(text, max([near.sentence.start, *behind]), near.time.span.start)
    return aside is not None and not any(s.start <= aside.start() < s.end for s in statement.source)


def _of_statement(scene: Scene, statement: Statement, near: Near) -> Iterator[str]:
    """What the statement is."""
    yield f"cue {_tense(covered(scene.text, statement.cue))}"
    yield statement.speech
    if statement.cue[0].start < HEAD and near.zone.startswith("after"):
        yield "at the head"
    source = covered(scene.text, statement.source)
    if not source:
        yield "source none"
    elif pattern("pronoun").fullmatch(source):
        yield "source pronoun"
    else:
        yield "source name" if re.search("[A-Z]", source[1:]) else "source description"
    if covered(scene.text, statement.content).lstrip()[:1] in ('"', "“", "'"):
        yield "content quoted"
    if statement.content[0].start < statement.cue[0].start:
        yield "content first"


def _tense(cue: str) -> str:
    words = cue.lower().split()
    for word, tense in _TENSES.items():
        if word in words:
            return tense
    if _patterns()["past"].search(cue.lower()):
        return "past"
    if any(word.endswith("ing") for word in words[-1:]):
        return "participle"
    return "present" if any(word.endswith("s") for word in words) else "other"


def _of_others(scene: Scene, statement: Statement, near: Near, all_near: Sequence[Near]) -> Iterator[str]:
    """How it stands among the other times near, and among the other statements."""
    own = gap(statement, near.time)
    length = own.end - own.start
    spans = [gap(statement, other.time) for other in all_near if other.time is not near.time]
    yield f"nearer {min(sum(span.end - span.start < length for span in spans), 3)}"
    cues = bisect_left(scene.cues, own.end) - bisect_left(scene.cues, own.start)
    yield f"cues between {min(cues, 3)}"
    if any(other is not statement for other in scene.holders.get(near.time.span, ())):
        yield "theirs"
    beside = [o for o in scene.said_in.get(scene.sentence_at(near.time.span.start), ()) if o is not statement]
    if beside:
        name = statement.speaker.name
        yield "said there"
        yield "same speaker there" if name and any(o.speaker.name == name for o in beside) else "others there"
    yield from _of_neighbours(scene, statement, near, beside)


def _of_neighbours(
    scene: Scene, statement: Statement, near: Near, beside: Sequence[Statement]
) -> Iterator[str]:
    """What the sentence before or after says of the speaker, and of what the time dates there."""
    for other in beside:
        if touches(scene.ruled(other), near.time):
            yield "dates others"
            same = other.speaker.name and other.speaker.name == statement.speaker.name
            yield "dates the same speaker" if same else "dates another speaker"
            break
    if not near.zone.startswith(("before", "after")):
        return
    told_of, start = names(scene.text, statement), near.sentence.start
    ends = {"named": near.sentence.end, "named before": near.time.span.start, "opens named": start + 60}
    for sign, end in ends.items():
        if any(word in scene.text[start:end] for word in told_of):
            yield sign
    if told_of and not any(word in covered(scene.text, [near.sentence]) for word in told_of):
        yield "not named"
    if pattern("pronoun").match(scene.text, start):
        yield "opens with pronoun"
    if near.time.granularity != EVENT and dates_words(scene.article, near.time, near.sentence):
        yield "dates words"
