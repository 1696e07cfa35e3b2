"""What rules take for when it was said: a time in its cue or source, their sentence or their occasion."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from onrecord.extract.occasions import OCCASION, SENTENCE_END, at_occasion, modifies, neighbouring, owned
from onrecord.statement import Article, Span, Statement, TimeExpression, When

# Words that bring a time in.
_PREPOSITION = re.compile(
    r"(?:\b(?P<word>by|before|until|till|within|in|on|at|during|over|for|through|throughout|from"
    r"|since|after|as of|as early as|as soon as|no later than|not later than|ahead of|prior to|beyond"
    r"|starting|beginning)\s+(?:at least |about |around |the |roughly |maybe |perhaps |just )?"
    r"(?:fiscal (?:year )?|calendar year )?)\Z",
    re.IGNORECASE,
)
_SENTENCE = re.compile(SENTENCE_END)
# Nothing farther from the cue than so many characters tells when it was said.
NEAR_CUE = 120
# Between a time and the words that it stands before, at most so many characters.
NEAR_BEFORE = 30
_UP_TO = frozenset(["before", "ahead of", "prior to", "until", "till"])
# With these prepositions a time tells when something is said.
_AT = frozenset(["", "on", "in", "at", "during", "as of"])


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    clause = r"[;:!?\"“”—\n,]|--|\.\s|\s[-–]\s|\b(?:that|who|whom|whose|which|when|where|while|because|if"
    verbs = r"|unless|until|about|than|would|will|was|were|is|are|has|had|have|but|since)\b"
    return {
        "after": re.compile(clause + verbs, re.IGNORECASE),
        "opening": re.compile(
            r"[;:!?\"“”\n]|\.\s(?=[A-Z])|,\s(?:and|but|while|as|when|where|after)\b", re.IGNORECASE
        ),
        "start": re.compile(
            r"(?:[\"“”—\s]|\b(?:but|and|then|so|late|early|earlier|only|also|just|later|back|even|speaking|by)\b)*",
            re.IGNORECASE,
        ),
        "saying": re.compile(r"(?:\s(?:in|at|on|during)\s[^,;:.\"“”\n]{1,60})?,?\s(?=\w+ing\b)"),
        "scene": re.compile(r"(?:At|During|In|On|Speaking|Asked|Addressing)\b[^,.;:\"“”\n]{0,80}"),
        "act": re.compile(
            r"\b(?:endorsed|opposed|backed|supported|voted|sued|rejected|approved|joined|signed|praised|criticized"
            r"|criticised|denounced|attacked|defended|condemned|apologi[sz]ed)\b(?: \w+)?\Z"
        ),
        "recent": re.compile(
            r"\b(?:[Ii]n|[Aa]t|[Dd]uring|[Oo]n) (?:a|an|one|his|her|their|its) recent "
            rf"(?:[\w-]+ ){{0,2}}?{OCCASION}"
        ),
        "released": re.compile(
            r"\b(?:released|published|issued|filed|aired|posted|conducted|taken|written|made|held|given|signed)\s"
            r"(?:[\w’']+\s+){0,3}(?:(?:on|in|at|during|early|late|earlier|the)\s+)*\Z"
        ),
        # "in Telm, Norland,": a town and its state; "“Morning Tide”": a title in quotation marks.
        "place": re.compile(
            r"\b(?:in|at|near|outside|from) (?:[A-Z][\w.'’-]*\s){0,3}[A-Z][\w.'’-]*, "
            r"(?:[A-Z][\w.]*\s){0,2}?[A-Z][\w.]*,?(?=\s)"
        ),
        "programme": re.compile(
            r"(?:[\"“”]|'')(?:[A-Z][\w’'-]*(?:\s(?:of|the|with|and|in))*\s?){1,5},?(?:[\"“”]|'')"
        ),
        "when": re.compile(
            r"(?:\s[\w’']+){0,2},?\s(?:when|where|during which|at which|and|in which)\s(?:\w+\s)?"
            r"|,\s(?:as|when|while|after)\s[^;:.\"“”\n]{0,100},\s",
            re.IGNORECASE,
        ),
    }


def ruled(article: Article, statement: Statement, times: Sequence[TimeExpression]) -> When | None:
    """The nearest time that tells when it was said, in its own sentence or in one beside it, or None."""
    text, near = article.text, []
    for cue in statement.cue:
        around = sentence_around(text, cue)
        for time in between(times, around.start, around.end):
            if _tells(article, statement, cue, time, around):
                near.append((_distance(cue, time.span), time.span.start, time))
    if near:
        return as_said(article, min(near, key=lambda one: one[:2])[2])
    for cue in statement.cue:
        if span := _recent(text, statement, sentence_around(text, cue)):
            return When(text[span.start : span.end], span, None, None)
    beside = neighbouring(article, statement, _unit(text, statement), times)
    return as_said(article, beside) if beside else None


def _recent(text: str, statement: Statement, around: Span) -> Span | None:
    """An undated occasion: "in a recent interview"."""
    for match in _patterns()["recent"].finditer(text, around.start, around.end):
        if not any(
            span.start <= match.start() < span.end for span in (*statement.content, *statement.source)
        ):
            return Span(*match.span())
    return None


def _unit(text: str, statement: Statement) -> Span:
    """The sentences of the cue and of the content beside it."""
    around = sentence_around(text, statement.cue[0])
    start = min([around.start, *(s.start for s in statement.content)])
    end = max([around.end, *(s.end for s in statement.content)])
    return Span(start, end)


def as_said(article: Article, time: TimeExpression) -> When:
    """The time with its preposition: what is past ends at the publication, what is vague has no days.

    "After" and "since" it runs from that time to the publication, "before" and "until" it ends there.
    """
    span, word = with_preposition(article.text, time.span)
    text, start, end = article.text[span.start : span.end], time.start, time.end
    if time.granularity == "vague" or time.value.endswith("_REF"):
        return When(text, span, None, None)
    if word in ("after", "since") or (article.published and end and end > article.published):
        end = article.published
    return When(text, span, None if word in _UP_TO else start, end)


def _tells(article: Article, statement: Statement, cue: Span, time: TimeExpression, around: Span) -> bool:
    """Whether a time is said of the saying."""
    text, published = article.text, article.published
    if time.type not in ("DATE", "TIME") or time.value in ("PRESENT_REF", "FUTURE_REF"):
        return False
    if published and time.start and time.start > published:
        return False
    if inside(time, statement.content):
        return _act_dated(text, statement, cue, time)
    if inside(time, statement.source):
        released = _patterns()["released"].search(text, max(0, time.span.start - 30), time.span.start)
        return bool(released) or owned(text, time)
    if cue.start <= time.span.start and time.span.end <= cue.end:
        return not modifies(text, time)
    low, high = sorted((cue, time.span))
    if _told_beside(text, statement, time) or _when_saying(text, statement, cue, time):
        return True
    if any(low.end <= span.start < high.start for span in statement.content) or low.end > high.start:
        return False
    if time.span.start >= cue.end:
        return _behind(text, cue, time, statement)
    return _ahead(text, cue, time, around, statement)


def _act_dated(text: str, statement: Statement, cue: Span, time: TimeExpression) -> bool:
    """Whether a time at the end of a content dates an act of the speaker: "opposed such a law in 2007"."""
    span, word = with_preposition(text, time.span)
    ends = any(time.span.end == part.end and part.end - part.start < NEAR_CUE for part in statement.content)
    closed = ends and 0 <= statement.content[-1].start - cue.end < 3 and word in ("in", "on")
    if not closed or _patterns()["after"].search(text, cue.end, span.start):
        return False
    return bool(_patterns()["act"].search(text, cue.start, cue.end))


def _told_beside(text: str, statement: Statement, time: TimeExpression) -> bool:
    """Whether a time stands at once behind the content: "announced his support on Thursday"."""
    span, word = with_preposition(text, time.span)
    if word not in _AT or modifies(text, time):
        return False
    return any(
        0 <= span.start - part.end <= NEAR_BEFORE
        and not _patterns()["after"].search(text, part.end, max(part.end, span.start))
        for part in statement.content
        if text[part.end - 1] not in '.!?"”'
    )


def _when_saying(text: str, statement: Statement, cue: Span, time: TimeExpression) -> bool:
    """Whether the time or its event has the saying as its clause: "in 1984 when he changed sides"."""
    heads = [span.start for span in (*statement.source, cue) if span.start >= time.span.end]
    if not heads or with_preposition(text, time.span)[1] not in _AT:
        return False
    if min(heads) - time.span.end > NEAR_CUE:
        return False
    gap = text[time.span.end : min(heads)]
    named = min(heads) in [span.start for span in statement.source]
    if _patterns()["when"].fullmatch(gap) or (named and re.fullmatch(r",\s", gap)):
        return True
    away = bool(re.search(r"[;\"“”\n]|''", gap))
    return not away and at_occasion(text, time)


def _behind(text: str, cue: Span, time: TimeExpression, statement: Statement) -> bool:
    span, word = with_preposition(text, time.span)
    if word not in _AT or span.start - cue.end > NEAR_CUE:
        return False
    if _patterns()["after"].search(_without_names(text, cue.end, span.start, statement.source)):
        return False
    return not modifies(text, time)


def _without_names(text: str, start: int, end: int, source: Sequence[Span]) -> str:
    """The words between a cue and a time, without the source, places and programmes that stand there."""
    pieces, at = [], start
    for span in sorted(s for s in source if start <= s.start and s.end <= end):
        pieces.append(text[at : span.start])
        at = span.end + (text[span.end : span.end + 1] == ",")
    words = " ".join([*pieces, text[at:end]])
    return _patterns()["programme"].sub(" ", _patterns()["place"].sub(" ", words))


def _ahead(text: str, cue: Span, time: TimeExpression, around: Span, statement: Statement) -> bool:
    """Before the cue: it opens the sentence or the clause, or stands between the source and the cue."""
    span, word = with_preposition(text, time.span)
    if word not in _AT or modifies(text, time):
        return False
    gap_ends = min([cue.start, *(s.start for s in statement.source if time.span.end <= s.start < cue.start)])
    opens = _patterns()["start"].fullmatch(text, around.start, span.start)
    behind = max([around.start, *(s.end for s in statement.content if s.end <= span.start)])
    opens = opens or _patterns()["start"].fullmatch(text, behind, span.start)
    scene = _patterns()["scene"].fullmatch(text, around.start, span.start)
    if opens or (scene and text.find(",", time.span.end, gap_ends) >= 0):
        gap = _without_names(text, time.span.end, gap_ends, ())
        return not _patterns()["opening"].search(gap)
    if _patterns()["saying"].match(text, time.span.end):
        return text.find(",", time.span.end, cue.start) >= cue.start - 3
    beside = cue.start - time.span.end <= NEAR_BEFORE and any(s.end <= span.start for s in statement.source)
    if " and " in text[time.span.end : cue.start]:
        return False
    return beside and not _patterns()["after"].search(text, time.span.end, cue.start)


def _distance(a: Span, b: Span) -> int:
    return max(b.start - a.end, a.start - b.end, 0)


def between(times: Sequence[TimeExpression], start: int, end: int) -> Sequence[TimeExpression]:
    """The expressions that lie in `[start, end)`."""
    first = bisect_left(times, start, key=lambda time: time.span.start)
    last = bisect_left(times, end, key=lambda time: time.span.start)
    return [time for time in times[first:last] if time.span.end <= end]


def inside(time: TimeExpression, spans: Sequence[Span]) -> bool:
    """Whether an expression lies wholly in one of the spans."""
    return any(span.start <= time.span.start and time.span.end <= span.end for span in spans)


def sentence_around(text: str, around: Span, reach: int = 400) -> Span:
    """The sentence around a span, looked for at most `reach` characters either way."""
    low, high = max(0, around.start - reach), min(len(text), around.end + reach)
    start, end = low, high
    for match in _SENTENCE.finditer(text, low, high):
        if match.end() <= around.start:
            start = match.end()
        elif match.start() >= around.end:
            end = match.start()
            break
    return Span(start, end)


def with_preposition(text: str, span: Span) -> tuple[Span, str]:
    """The span with the preposition before it, and that preposition in lower case ("" for none)."""
    match = _PREPOSITION.search(text, max(0, span.start - 30), span.start)
    if match is None:
        return span, ""
    return Span(match.start("word"), span.end), " ".join(match["word"].lower().split())
