"""Finds the dated occasion of a statement in a sentence beside its own: "He spoke on Tuesday. He said …"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

from onrecord.extract.clauses import SHORTENED
from onrecord.extract.wordlists import words
from onrecord.statement import Article, Span, Statement, TimeExpression, covered

# A time farther than this from the verb or the event that it dates does not date it.
REACH = 110
# Sentences are looked for at most so far on either side of the statement's own.
LONGEST = 450
# A time in so many characters from its start opens a sentence.
OPENING = 12

# Where a sentence ends: not behind a title, a shortened month or an initial.
_MAY_END = frozenset(["co", "corp", "inc", "jr", "ltd", "no", "sr"])
SENTENCE_END = (
    r"(?<=[.!?])(?<!\b[A-Z]\.)"
    + "".join(rf"(?<!\b{word.capitalize()}\.)" for word in sorted(SHORTENED - _MAY_END))
    + r"[\"”’']*\s+(?=[\"“‘']?[A-Z])|\n\s*\n"
)
# Papers and events in which something is said.
OCCASION = (
    r"(?:(?:stud(?:y|ies)|estimate|report|paper|survey|poll|statement|memo|letter|book|article|interview|speech"
    r"|review|analysis|e-?mail|tweet|post|press|news|briefing|conference|debate|hearing|testimony|address|rally"
    r"|call|column|op-ed|opinion|editorial|podcast|appearance|filing|ruling|decision|release|announcement"
    r"|remark|radio|television|broadcast|session|event|note|message|forecast|meeting|essay|episode|gala"
    r"|town hall|taping|fund-?raiser|forum|dinner|show|program|stop|visit|panel|summit|ceremony|video|ad"
    r"|document)(?:s|es)?|TV)\b"
)
_VERBS = (
    r"\b(?:said|says|saying|told|tells|telling|announc\w+|declar\w+|spoke|sp(?:eak|oke)\w*|wrote|writes|writing"
    r"|(?:address|tweet|post|ask|add|warn|call|insist|blast|attack|defend|publish|air|report|reveal|appear|talk"
    r"|respond|remark|suggest|unload|appeal)(?:ed|ing)|tweets|note[ds]|noting|interview(?:ed)?"
    r"|(?:vow|accus|argu|critici[sz]|prais|pledg|promis|endors|releas|issu|stat|propos|urg)(?:ed|ing)"
    r"|(?:den|testif)(?:ied|ying)|filed|sat down|sitting down)\b"
)
# Such capitalised words name nobody.
_TITLES = frozenset(
    words(
        "The Mr Mrs Sen Gov Rep Dr President Senator Governor House Senate New United States State"
        " Secretary Party"
    )
)
_FUNCTION = (
    r"(?:that|the|a|an|his|her|their|its|on|in|at|to|of|for|by|with|and|or|said|as|after|before|about)\b"
)
# Between an event and its time: "remarks Lind made", "an interview with reporters".
_GIVEN = r"(?:(?:\s+(?:he|she|they|we|[A-Z][\w'’-]+)){0,3}\s+(?:made|gave|delivered|held)\b)?"
_WHERE = (
    r"(?:\s+(?:with|to|by|in|at|for|on|released|aired|published|broadcast|posted|filed|held|taped)\b"
    r"(?:\s+[\w'’.-]+){0,4}?){0,2}?"
)
_PRONOUN = r"(?:he|she|they|it|his|her|their|who|we|i|you|him|them)"


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern of what tells an occasion, by its name."""
    patterns = {
        "verb": _VERBS,
        "owned": r"(?:['’]s?\s+(?:[\w'’.-]+\s+){0,4}?|"
        rf"\s+(?:(?!{_FUNCTION})[\w'’.-]+\s+){{0,3}}?){OCCASION}",
        "named": rf"\b{OCCASION}{_GIVEN}{_WHERE}\s+"
        r"(?:(?:on|in|at|during|late|early|earlier|of)\s+(?:the\s+)?)?\Z",
        "barrier": r"[;:\"“”\n]|''"
        r"|\s(?:that|because|if|unless|until|after|before|since|whether|than|about|for)\s",
        "modifier": r"(?i)\b(?:the|his|her|their|its|our|my|a|an)\s+\Z|['’]s\s+\Z",
        "noun": r"(?:['’]s?\s|\s(?!(?:that|on|in|at|to|of|for|the|a|and|said|he|she|after|as)\b))[A-Za-z]",
        "described": r"(?:[Tt]he|[Aa]n?|[A-Z][\w. ]+['’]s?)\s(?:[\w’'.-]+\s)*[a-z][\w-]+",
        "pronoun": rf"(?i)\W*(?:and |but |then |later,? )?{_PRONOUN}\b",
        "away": r"(?i)\b(?:after|before|since|until|ahead of|for|by|from|about)\s+(?:the |his |her )?\Z",
        "topic": r"\b(?:for|about|over)\s+(?:the |his |her |their )?\Z",
        "gap": r"[\"”’'_.\s]{0,40}",
        "end": SENTENCE_END + r"|\Z",
        "lead": r"(?:[ap]\.?m\.?|_{2,}\.?)\W*\Z",
        "saying": rf"{_VERBS}|"
        r"\b(?:tout|describ|blast|denounc|insist|disavow|acknowledg|continu|conclud|explain|admit|mak)\w*\b",
        "perfect": r"(?i)\b(?:has|have|had|never)\b|['’](?:ve|d)\b",
    }
    return re.compile(patterns[name])


def owned(text: str, time: TimeExpression) -> bool:
    """Whether a time belongs to the event or the paper after it: "Tuesday's debate", "2014 study"."""
    return bool(pattern("owned").match(text, time.span.end))


def at_occasion(text: str, time: TimeExpression) -> bool:
    """Whether a time dates an event at which one speaks: "Tuesday's debate", "in an interview on Tuesday"."""
    if owned(text, time):
        return not pattern("away").search(text, max(0, time.span.start - 25), time.span.start)
    match = pattern("named").search(text, max(0, time.span.start - 80), time.span.start)
    return bool(match and not pattern("topic").search(text, max(0, match.start() - 25), match.start()))


def modifies(text: str, time: TimeExpression) -> bool:
    """Whether a time only tells which thing is meant: "the Nov. 8 vote", but not "Tuesday's speech"."""
    held = pattern("modifier").search(text, max(0, time.span.start - 12), time.span.start)
    noun = pattern("noun").match(text, time.span.end)
    possessed = text[time.span.end : time.span.end + 2] in ("'s", "’s")
    if not (noun and (held or possessed)):
        return False
    return not owned(text, time)


def neighbouring(
    article: Article, statement: Statement, unit: Span, times: Sequence[TimeExpression]
) -> TimeExpression | None:
    """The time of the same occasion in the sentence before or after, or None.

    unit: the statement's own sentence or sentences. times: those of the article, in text order.
    """
    text = article.text
    for sentence, ahead in _beside(text, unit):
        if not _open_to(text, statement, unit, sentence, ahead=ahead):
            continue
        for time in _within(times, sentence):
            if time.granularity == "quarter" or time.text.isdigit():
                continue  # the year of a book, the quarter of a balance sheet
            named_by = dates_words(article, time, sentence)
            if named_by and _same_speaker(text, statement, sentence, named_by, ahead=ahead):
                return time
    return None


def _open_to(text: str, statement: Statement, unit: Span, sentence: Span, *, ahead: bool) -> bool:
    """Whether a sentence beside it can tell: one before, in another paragraph only of what somebody says.

    Behind it, only the one after the first sentence of an entry of a live report.
    """
    if not statement.source and statement.speech != "direct":
        return False
    if ahead:
        if not pattern("lead").search(text, max(0, unit.start - 12), unit.start):
            return False
        return "had" not in covered(text, statement.cue).split()
    if "\n" not in text[sentence.end : unit.start]:
        return True
    cue = covered(text, statement.cue)
    return bool(pattern("saying").search(cue) and not pattern("perfect").search(cue))


def _beside(text: str, unit: Span) -> Iterator[tuple[Span, bool]]:
    """The sentence before and the one after, with whether it is the one after."""
    low = max(0, unit.start - LONGEST)
    before = text[low : unit.start].rstrip()
    starts = [m.end() for m in pattern("end").finditer(before) if m.end() < len(before)]
    yield Span(low + (starts[-1] if starts else 0), low + len(before)), False
    gap = pattern("gap").match(text, unit.end)
    start = gap.end() if gap else unit.end
    end = pattern("end").search(text, start, min(len(text), start + LONGEST))
    yield Span(start, end.start() if end else start), True


def _within(times: Sequence[TimeExpression], sentence: Span) -> Sequence[TimeExpression]:
    first, last = (bisect_left(times, end, key=lambda time: time.span.start) for end in sentence)
    return times[first:last]


def names(text: str, statement: Statement) -> frozenset[str]:
    """The capitalised words of the source and of the speaker's name."""
    words = _capitalised(f"{covered(text, statement.source)} {statement.speaker.name or ''}")
    return frozenset(words - _TITLES)


def _capitalised(text: str) -> set[str]:
    found = re.findall(r"[A-Z][\w’'-]{2,}", text)
    return {word.removesuffix("'s").removesuffix("’s") for word in found}


def _same_speaker(text: str, statement: Statement, sentence: Span, end: int, *, ahead: bool) -> bool:
    """Whether the speaker is named in a sentence before an offset, or meant by a pronoun there or here."""
    if names(text, statement) & _capitalised(text[sentence.start : end]):
        return True
    source = covered(text, statement.source)
    if ahead:
        described = pattern("described").fullmatch(source)
        return bool(described or pattern("pronoun").match(text, sentence.start, sentence.end))
    return not source or bool(pattern("pronoun").fullmatch(source))


def dates_words(article: Article, time: TimeExpression, sentence: Span) -> int:
    """Up to where the speaker must be named for a time to date what is said; 0 if it dates nothing."""
    text, published = article.text, article.published
    if time.type not in ("DATE", "TIME") or time.value in ("PRESENT_REF", "FUTURE_REF"):
        return 0
    if published and time.start and time.start > published:
        return 0
    if modifies(text, time) or pattern("away").search(text, max(0, time.span.start - 25), time.span.start):
        return 0
    if at_occasion(text, time):
        return sentence.end
    if time.granularity == "vague" and time.span.start - sentence.start > OPENING:
        return 0
    low = max(sentence.start, time.span.start - REACH)
    verbs = list(pattern("verb").finditer(text, low, time.span.start))
    if verbs and not pattern("barrier").search(text, verbs[-1].end(), time.span.start):
        return verbs[-1].start()
    if time.span.start - sentence.start > OPENING:
        return 0
    verb = pattern("verb").search(text, time.span.end, min(sentence.end, time.span.end + REACH))
    return verb.start() if verb and not pattern("barrier").search(text, time.span.end, verb.start()) else 0
