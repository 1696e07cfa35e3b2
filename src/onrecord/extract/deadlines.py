"""Decides by when a statement is due or can be settled, out of the times of its article.

A preposition makes the interval: "by", "until", "within" and "before X" run from the publication date to the
end of X (of the day before it), "in X" and "on X" are the whole of X, "since" and "after" have no end.
Deadlines tied to events ("until kickoff") keep their words, without days.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from onrecord.extract.coming import coming, pattern
from onrecord.extract.said import between, inside, sentence_around, with_preposition
from onrecord.extract.stretches import joined, length_ahead
from onrecord.statement import Article, Span, Statement, TimeExpression, When

_REACHING = r"(?i)\b(?:get|gets|got|getting|make it|makes it|see|seeing|reach|reaches)(?: to)?\s+\Z"
_EVENT = (
    r"(?i)\b(?:until|till|by the time|no later than|ahead of|prior to)\s+"
    r"(?!now\b|then\b)[^,.;:!?—“”\"\n]{3,80}(?!\w)"
    r"|(?<!\bgo )(?<!\bgoes )(?<!\bgoing )(?<!\bcome )\b(?:before|after)\s+"
    r"(?!(?:the|his|her|their|its|our|my) (?:last|previous)\b)"
    r"(?:the|his|her|their|its|this|that|our|my|next)\s+[^,.;:!?—“”\"\n]{3,60}(?!\w)"
    r"|\b(?:within|in|during|on)\s+(?:(?:the|his|her|their|its|our|my|your)\s+)?first\s+(?:[\w-]+\s+)?"
    r"(?:days?|weeks?|months?|year|term)\b"
    r"(?:\s+(?:as|in|of)(?:\s+(?!(?:and|that|but|or|to|if|which|who)\b)[\w’'-]{1,15}){1,4}(?!\w))?"
    r"|\b(?:at|in|on|during)\s+(?:(?:the|this|that|next)\s+)?"
    r"(?:(?!(?:until|before|after|by)\b)[\w-]+\s+){0,3}?"
    r"(?:convention|election|ballot|primar(?:y|ies)|caucus(?:es)?|summit)\b(?!\s[a-z]{5})"
    r"|\b(?:any ?time soon|at this time|at some point|in the (?:near |foreseeable )?future|in due course"
    r"|for now|some ?day|down the road|(?:on|from) [Dd]ay [Oo]ne|in the (?:long|short) (?:run|term))\b"
    r"|\b(?:once|when|as soon as)\s+(?:he|she|it|they|we|I|the|his|her)\s"
    r"(?!(?:[\w’'.-]+\s){0,9}?(?:was|were|had|took|came|did|went|made|said|\w{3,}ed)\b)[^,.;:!?—“”\"\n]{3,60}(?!\w)"
)
# Where the words of an event end though no mark stands there: "after it is over [and that it would …]".
_NEXT_CLAUSE = r"\s(?:and|but|or)\s(?:that|to|he|she|it|they|we|I|will|would|can|could|may|might)\b"
_YEAR = r"\b(?:1[89]|20)\d\d\b"
# "NEW YORK, Dec. 22 (UPI) —": the day of a dateline.
_DATELINE = r"\s*(?:\([A-Z][\w ]*\)\s*)?(?:[—–]|--| - )"
_BOUND = r"(?i)\b(?:(until|till|before)\s+[^,.;:!?\n]{1,50}\s(?:in|on|at|this|next)\s+\Z"
_BOUND += r"|(?:until|till|before)\s+(?!the\b)[^,.;:!?\n]{8,50}\s+\Z)"
_ONLY_ABOUT = (
    r"[\s\"”’']*(?:(?:The|That|This|Its|His|Her|Their) (?:[\w-]+ ){1,3}|It |They |This |That |All this )"
    r"(?:(?:is|are|was|were) (?:to |due |expected |scheduled |set |planned )|will |must |should |has "
    r"until |have until "
    r"|would |is |was )(?:be |to be |come |take effect |happen |take place |start |begin |end )?"
    r"(?:[a-z]+ )?(?:by|before|until|within|no later than|on|in)\b[^.!?;\n\"“”]{1,40}[.!?](?=\s|\Z|[\"”])"
)
# A time in so many characters from the start opens its sentence ("On Tuesday, …").
_OPENING = 25
_HERE = r"(?i)\b(?:to you|here|say|saying|gathered|you|any ?time)\s+\Z"
_OF = r"(?<!\bend)(?<!\bstart)(?<!\bcourse)(?<!\bpart)(?<!\brest) of\s+\Z"
# "The talk this week says": the time of other words; "who speaks on Tuesday": of what a person does.
_OTHERS = r"\s(?:that|says?|said)\b"
_ASIDE = r",\swho\b[^.;\"“”\n]*\Z"
_THE_YEAR = r"(?i)\b(?:the|his|her|their|its|our|a)\s+\Z"
_NOUN = r"\s(?!(?:and|or|to|in|on|at|with|as|that|but|for|if|when|by|of)\b)[a-z]{3}"
_CONDITION = (
    r"(?i)\b(?:if|unless|provided|providing|as long as|so long as|in case|assuming|no matter|regardless "
    r"of|even though)\b[^,;.!?—]*\Z"
)


def deadline_of(
    article: Article,
    statement: Statement,
    times: Sequence[TimeExpression],
    *,
    condition: Span | None,
    said: When | None,
) -> When | None:
    """By when a commitment is to be kept or a prediction can be settled; None where the article does not say.

    times: all those of the article, in text order. condition: the span on which the statement depends; a date
    that stands only there is no deadline. said: when it was said; that is no deadline either.
    """
    found = list(_candidates(article, statement, times, condition, said))
    if found:
        return max(found, key=lambda pair: pair[0])[1]
    return _event(article, statement, condition) or _next_sentence(article, statement, times)


def _next_sentence(article: Article, statement: Statement, times: Sequence[TimeExpression]) -> When | None:
    """The deadline that the next sentence sets, if it is only about it: "The work is to be done by June."."""
    own = sentence_around(article.text, Span(statement.content[-1].start, statement.content[-1].end))
    match = pattern(_ONLY_ABOUT).match(article.text, own.end)
    if match is None:
        return None
    found = (_ahead(article, time, reaching=False) for time in between(times, match.start(), match.end()))
    return next((when for when in found if when is not None and _weight(when) > 1), None)


def _candidates(
    article: Article,
    statement: Statement,
    times: Sequence[TimeExpression],
    condition: Span | None,
    said: When | None,
) -> Iterator[tuple[int, When]]:
    """The times of the content that lie ahead, with how telling each is; the first of equals wins.

    A time that lies ahead counts too where it stands in the same sentence outside the content.
    """
    commits = statement.kind == "commitment"
    around = sentence_around(article.text, Span(statement.content[0].start, statement.content[0].end))
    for span in (*statement.content, around):
        for time in joined(article.text, between(times, span.start, span.end)):
            outside = span is around
            if outside and not _beside(article, statement, time, around):
                continue
            if _names_a_thing(article, time):
                continue
            if said and time.span.end == said.span.end:
                continue
            reached = max(0, time.span.start - 20)
            reaching = bool(pattern(_REACHING).search(article.text, reached, time.span.start))
            if not reaching and _conditional(article.text, time, condition, span.start if outside else 0):
                continue
            time = coming(article, time, span.start, commits=commits and not outside)
            when = _ahead(article, time, reaching=reaching)
            if when is not None:
                yield (0 if outside else _weight(when)), when


def _conditional(text: str, time: TimeExpression, condition: Span | None, start: int) -> bool:
    """Whether a time stands in the condition: the one given, or a clause that "if" or its like begins."""
    if condition and condition.start <= time.span.start < condition.end:
        return True
    return bool(pattern(_CONDITION).search(text, max(start, time.span.start - 120), time.span.start))


def _beside(article: Article, statement: Statement, time: TimeExpression, around: Span) -> bool:
    """Whether a time outside the content lies ahead, and opens the sentence or touches the content."""
    if inside(time, statement.content) or time.type not in ("DATE", "TIME"):
        return False
    if not (article.published and time.start and time.start > article.published):
        return False
    if pattern(_DATELINE).match(article.text, time.span.end) and time.span.end < statement.content[0].start:
        return False
    behind = max([around.start, *(s.end for s in statement.content if s.end <= time.span.start)])
    if pattern(_ASIDE).search(article.text, behind, time.span.start):
        return False
    if time.span.start - around.start < _OPENING:
        return True
    gaps = [sorted((time.span, span)) for span in statement.content]
    return any(0 <= high.start - low.end < _OPENING for low, high in gaps)


def _names_a_thing(article: Article, time: TimeExpression) -> bool:
    """Whether a time only tells which thing is meant ("the 2016 race"), or when one speaks."""
    text, (start, end) = article.text, time.span
    if time.text.lower() == "today" and text[end : end + 2] in ("'s", "’s"):
        return True
    if time.text.lower() in ("the week", "the month", "the year") and pattern(_OF).search(
        text, max(0, start - 25), start
    ):
        return True
    if time.text.lower() in ("tonight", "today", "soon"):
        return bool(pattern(_HERE).search(text, max(0, start - 20), start))
    running = article.published and time.start and time.start <= article.published
    if running and pattern(_OTHERS).match(text, end):
        return True
    if article.published and time.start and time.start.year > article.published.year:
        return False
    return time.granularity == "year" and bool(
        pattern(_THE_YEAR).search(text, max(0, start - 8), start) and pattern(_NOUN).match(text, end)
    )


def _weight(when: When) -> int:
    first = when.text.split()[0].lower()
    if first in ("by", "until", "till", "before", "within") or when.text.lower().startswith("no later"):
        return 3
    return 2 if when.end is not None else 1


def _ahead(article: Article, time: TimeExpression, *, reaching: bool) -> When | None:
    """The time as a deadline, if it can be one: it does not lie wholly before the publication."""
    if time.type == "SET" or time.value in ("PAST_REF", "PRESENT_REF"):
        return None
    if time.type == "DURATION" and time.start is None:
        return length_ahead(article, time)
    published = article.published
    if published and time.end and time.end < published:
        return None
    if time.type == "DURATION" and time.start and published and time.start < published:
        return None
    if (before := _bounded_by_event(article, time)) is not None:
        return before
    if _an_age(article, time):
        return None
    if reaching and time.start:
        return When(time.text, time.span, published, time.start - timedelta(days=1))
    when = _when(article, time)
    if published and when.end and when.end < published:
        return None
    first = when.text.split()[0].lower()
    begun = published is not None and time.start is not None and time.start < published
    return None if begun and first in ("since", "from") else when


def _an_age(article: Article, time: TimeExpression) -> bool:
    """Whether it is the running decade or century, with no word that makes it a bound."""
    running = article.published and time.start and time.start <= article.published
    word = with_preposition(article.text, time.span)[1]
    age = time.granularity in ("decade", "century") and "next" not in time.text.lower()
    return bool(age and running and word not in ("by", "before", "until", "within"))


def _bounded_by_event(article: Article, time: TimeExpression) -> When | None:
    """A dated event that bounds: "until the party's convention in July" runs to the end of July."""
    match = pattern(_BOUND).search(article.text, max(0, time.span.start - 70), time.span.start)
    if match is None or article.published is None or time.end is None or time.end < article.published:
        return None
    span = Span(match.start(), time.span.end)
    return When(article.text[span.start : span.end], span, article.published, time.end)


def _when(article: Article, time: TimeExpression) -> When:
    """A time with its preposition, and the days that it makes of them."""
    span, word = with_preposition(article.text, time.span)
    start, end = _interval(time, word, article.published)
    return When(article.text[span.start : span.end], span, start, end)


_BOUNDS = frozenset(["by", "until", "till", "within", "through", "no later than", "not later than", "before"])
_EDGE = {
    "start": r"(?i)\b(?:start|beginning) of\b",
    "end": r"(?i)\b(?:end|close) of\b|\bend\b",
}


def _interval(time: TimeExpression, word: str, published: date | None) -> tuple[date | None, date | None]:
    start, end = time.start, time.end
    if start is None and end is None:
        return None, None
    if word in _BOUNDS and pattern(_EDGE["start"]).search(time.text):
        before = word == "before" and start and start > date.min
        return published, start - timedelta(days=1) if before and start else start
    if word in ("before", "ahead of", "prior to") and pattern(_EDGE["end"]).search(time.text):
        return published, end
    if word in ("before", "ahead of", "prior to"):
        return published, start - timedelta(days=1) if start and start > date.min else None
    if word in _BOUNDS:
        return published, end
    if word in ("since", "from", "starting", "beginning", "as of", "as early as"):
        return start, None
    if word in ("after", "beyond"):
        return (end + timedelta(days=1) if end and end < date.max else None), None
    return start, end


def _event(article: Article, statement: Statement, condition: Span | None) -> When | None:
    """A deadline that an event sets: its words alone."""
    for span in statement.content:
        match = pattern(_EVENT).search(article.text, span.start, span.end)
        if match is None or (condition and condition.start <= match.start() < condition.end):
            continue
        years = [int(year) for year in pattern(_YEAR).findall(match[0])]
        if article.published and any(year < article.published.year for year in years):
            continue
        cut = pattern(_NEXT_CLAUSE).search(match[0])
        text = (match[0][: cut.start()] if cut else match[0]).rstrip()
        return When(text, Span(match.start(), match.start() + len(text)), None, None)
    return None
