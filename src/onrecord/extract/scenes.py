"""The times near a statement, one of which may tell when it was said, and where they stand.

They are those of its own sentences and of the ones before and after, with events that have no date ("after
the debate", "in a recent interview"). Each has a zone: "front" and "behind" in the sentence of the cue,
"before" and "after" in the others, "source", "cue" and "content" inside these.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from onrecord.extract.occasions import SENTENCE_END
from onrecord.extract.said import between, inside, ruled
from onrecord.statement import Article, Span, Statement, TimeExpression, When, covered

# Farther than so many characters from a statement no time tells when it was said.
REACH = 600
# What a time without a date is called: its unit.
EVENT = "event"


@dataclass(frozen=True, slots=True)
class Near:
    """A time near a statement, the zone in which it stands, and its sentence as far as that is near."""

    time: TimeExpression
    zone: str
    sentence: Span


@cache
def _ends() -> re.Pattern[str]:
    return re.compile(SENTENCE_END)


@cache
def _entry() -> re.Pattern[str]:
    return re.compile(r"^\d{1,2}(?::\d\d)? ?[ap]\.?m\.?$", re.MULTILINE)


@cache
def _event() -> re.Pattern[str]:
    """Events without a date: what comes behind "in a recent" or "after", as far as the clause goes."""
    rest = r"[^,.;:!?—“”\"\n]"
    length = r"just|shortly|soon|immediately|right|only|long|hours|days|minutes|moments|weeks|months|years"
    return re.compile(
        r"\b(?:(?:in|at|during|on) (?:an?|one|his|her|their|its|another|the) (?:most )?recent\s"
        rf"{rest}{{3,60}}|(?:(?:{length})\s+)?"
        r"(?:(?:after|before|following|during|by the time|upon|ahead of)"
        rf"|in the (?:wake|aftermath) of|on the eve of)\s+(?!(?:that|all|then)\b){rest}{{3,80}}"
        r"|at (?:the|that) (?:time|moment|point)|in recent (?:days|weeks|months|years)"
        r"|for (?:days|weeks|months|years)"
        r"|(?:moments|minutes|hours|shortly|soon) (?:later|afterwards?|thereafter)"
        r"|later (?:in|on|at) (?:(?:the|that|his|her|their|its)\s)?[\w-]+)(?!\w)",
        re.IGNORECASE,
    )


class Scene:
    """An article's sentences, times and statements, as they are needed to tell when each was said.

    Statements inside others are left out: none is labelled.
    """

    def __init__(
        self, article: Article, statements: Sequence[Statement], times: Sequence[TimeExpression]
    ) -> None:
        self.article, self.text, self.times = article, article.text, times
        self.statements = [s for s in statements if s.cue and s.within is None]
        self._ruled: dict[tuple[Span, ...], When | None] = {}

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _ends().finditer(self.text))]

    @cached_property
    def live(self) -> bool:
        """Whether it is a report in entries with the time of day above them."""
        return len(_entry().findall(self.text)) > 2

    @cached_property
    def cues(self) -> list[int]:
        """Where the cues of all statements begin, in text order."""
        return sorted(statement.cue[0].start for statement in self.statements)

    @cached_property
    def said_in(self) -> dict[int, list[Statement]]:
        """The number of a sentence -> the statements that have their cue there."""
        found = defaultdict(list)
        for statement in self.statements:
            found[self.sentence_at(statement.cue[0].start)].append(statement)
        return found

    @cached_property
    def holders(self) -> dict[Span, list[Statement]]:
        """The span of a time -> the statements in whose content it stands."""
        found = defaultdict(list)
        for statement in self.statements:
            for span in statement.content:
                for time in between(self.times, span.start, span.end):
                    found[time.span].append(statement)
        return found

    def ruled(self, statement: Statement) -> When | None:
        """What the rules take for its time of saying."""
        key = (*statement.cue, *statement.content)
        if key not in self._ruled:
            self._ruled[key] = ruled(self.article, statement, self.times)
        return self._ruled[key]

    def sentence_at(self, place: int) -> int:
        """The number of the sentence that holds an offset."""
        return bisect_right(self._starts, place) - 1

    def sentence(self, number: int) -> Span:
        """The sentence of that number."""
        ends = [*self._starts[number + 1 : number + 2], len(self.text)]
        return Span(self._starts[number], ends[0])

    def near(self, statement: Statement) -> list[Near]:
        """The times near a statement, in text order; those that lie ahead are left out."""
        spans = (statement.cue[0], *statement.content)
        first = self.sentence_at(min(span.start for span in spans))
        last = self.sentence_at(max(span.end for span in spans) - 1)
        found = []
        for number in range(max(0, first - 1), min(len(self._starts), last + 2)):
            sentence = self.sentence(number)
            place = "before" if number < first else "after" if number > last else ""
            low = max(sentence.start, min(span.start for span in spans) - REACH)
            high = min(sentence.end, max(span.end for span in spans) + REACH)
            for time in (*self._dated(low, high), *self._events(low, high, statement)):
                found.append(Near(time, place or self._zone(statement, time), Span(low, high)))
        found.sort(key=lambda near: near.time.span)
        return [Near(n.time, n.zone + self._apart(statement, n), n.sentence) for n in found]

    def _dated(self, low: int, high: int) -> list[TimeExpression]:
        """The dates of a stretch of text that do not lie ahead."""
        published = self.article.published
        return [
            time
            for time in between(self.times, low, high)
            if time.type in ("DATE", "TIME")
            and time.value not in ("PRESENT_REF", "FUTURE_REF")
            and not (published and time.start and time.start > published)
        ]

    def _events(self, low: int, high: int, statement: Statement) -> Iterator[TimeExpression]:
        """The events of a stretch of text that name no date, as far as the next part of the statement."""
        starts = [span.start for span in (*statement.source, *statement.cue, *statement.content)]
        dates = [time for time in between(self.times, low, high) if time.type in ("DATE", "TIME")]
        for match in _event().finditer(self.text, low, high):
            end = min([match.end(), *(start for start in starts if start > match.start())])
            text = self.text[match.start() : end].rstrip()
            span = Span(match.start(), match.start() + len(text))
            held = any(time.span.start < span.end and span.start < time.span.end for time in dates)
            if not held and _event().fullmatch(text):
                yield TimeExpression(span, text, "DATE", EVENT.upper(), None, None, EVENT)

    def _zone(self, statement: Statement, time: TimeExpression) -> str:
        for zone, spans in (("content", statement.content), ("source", statement.source)):
            if inside(time, spans):
                return zone
        if any(cue.start <= time.span.start < cue.end for cue in statement.cue):
            return "cue"
        low, high = sorted((nearest(statement, time), time.span))
        across = any(low.end <= span.start < high.start for span in statement.content)
        return ("front" if high is not time.span else "behind") + (" across" if across else "")

    def _apart(self, statement: Statement, near: Near) -> str:
        """A note where another paragraph stands between a time before or after and its statement."""
        if near.zone not in ("before", "after"):
            return ""
        return " apart" if "\n" in covered(self.text, [gap(statement, near.time)]) else ""


def nearest(statement: Statement, time: TimeExpression) -> Span:
    """The part of the cue that is nearest to a time."""
    return min(statement.cue, key=lambda cue: max(time.span.start - cue.end, cue.start - time.span.end))


def gap(statement: Statement, time: TimeExpression) -> Span:
    """What stands between a time and the cue; nothing where one holds the other."""
    low, high = sorted((nearest(statement, time), time.span))
    return Span(low.end, max(low.end, high.start))


def touches(when: When | None, time: TimeExpression) -> bool:
    """Whether what was found shares words with a time."""
    return when is not None and when.span.start < time.span.end and time.span.start < when.span.end
