"""Counts in the database what scores are made of, and finds the statements behind one of the counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    String,
    and_,
    case,
    cast,
    exists,
    extract,
    false,
    func,
    or_,
    select,
    true,
)

from onrecord.entry import DISPUTED, PENDING_VERDICTS, By, Entry
from onrecord.record import entries, outcomes
from onrecord.record.outcomes import Case
from onrecord.record.schema import articles, speakers, statements, topics

_s, _a = statements.c, articles.c
_known_as = speakers.alias("known_as")
_RATED: Final = ("kept", "partly-kept", "broken")
_TOLD: Final = ("came-true", "did-not")


class Counted(NamedTuple):
    """A case, and the statements that are alike in all that a score looks at, by their numbers in the ledger.

    Where these were not asked for, it is a range of as many numbers, which mean nothing.
    """

    case: Case
    statements: Sequence[int]


class Period(NamedTuple):
    """What narrows the statements that are scored; days of publication, both included."""

    outlet: str | None = None
    topic: str | None = None
    since: date | None = None
    until: date | None = None


def counted(
    connection: Connection, by: By, period: Period, *, today: date, speaker: str | None = None
) -> list[Counted]:
    """The cases of `outcomes.settleable`, those together that count alike on this day; not by topic.

    A case has the fields alone that its group is told by; its last day is the first of those that lie on the
    same side of `today`. Their statements are not listed. Raises UnknownSpeaker, Ambiguous.
    """
    found = _alike(connection, by, period, today, speaker, func.count())
    return [Counted(like, range(number)) for like, number in found]


def listed(
    connection: Connection, by: By, period: Period, *, today: date
) -> tuple[list[Counted], dict[int, str]]:
    """As `counted`, with the statements, and the id of each by its number.

    The database hands over a row a group, not one a statement: that takes half the time.
    """
    # Both in the order in which the database comes to the statements, whichever that is.
    numbers = func.aggregate_strings(cast(_s.id, String), " ")
    names = func.aggregate_strings(_s.statement, " ")
    found, ids = [], dict[int, str]()
    for like, its_numbers, its_names in _alike(connection, by, period, today, None, numbers, names):
        its = list(map(int, its_numbers.split()))
        ids.update(zip(its, its_names.split(), strict=True))
        found.append(Counted(like, its))
    return found, ids


def _alike(
    connection: Connection,
    by: By,
    period: Period,
    today: date,
    speaker: str | None,
    *gathered: ColumnElement[Any],
) -> Iterator[Any]:
    """A case of each group of statements that count alike, and what is `gathered` of the group."""
    conditions = outcomes.chosen(connection, speaker, *period)
    side = case((_s.due_end < today, -1), (_s.due_end == today, 0), (_s.due_end > today, 1)).label("side")
    told, source = _told(by)
    if period.outlet is not None or period.since is not None or period.until is not None:
        source = source if by in ("outlet", "year") else source.join(articles, _a.id == _s.article)
    alike = (_s.kind, _s.verdict, _s.part, _s.current, _s.denied, _s.certainty_low, _s.certainty_mid,
             _s.certainty_high, *told)  # fmt: skip
    asked = select(*alike, side, func.min(_s.due_end), *gathered).select_from(source).where(*conditions)
    names = _names(connection) if by == "speaker" else {}
    columns = len(alike) + 2
    # By kind first: in the order of an index, SQLite would look up each row of the table by itself.
    order = alike
    if connection.dialect.name == "postgresql":
        # By whose they are: a number tells most rows apart, and no text need be compared. In memory.
        order = (*told, *alike[: -len(told)])
        connection.execute(select(func.set_config("work_mem", "64MB", True)))
    for row in connection.execute(asked.group_by(*order, "side")):
        yield _case(by, names, row[:columns]), *row[columns:]


def _told(by: By) -> tuple[tuple[ColumnElement[Any], ...], Any]:
    """The columns by which groups are told apart, and the tables that these are in."""
    if by == "speaker":
        unnamed = case((_s.speaker.is_(None), _s.speaker_name)).label("unnamed")
        return (_s.speaker, unnamed, _s.speaker_kind, _s.anonymous), statements
    column = _a.outlet if by == "outlet" else extract("year", _a.published)
    return (column,), statements.join(articles, _a.id == _s.article)


def _names(connection: Connection) -> dict[int, str]:
    """The names under which all speakers go."""
    own = speakers.outerjoin(_known_as, _known_as.c.id == speakers.c.merged_into)
    name = func.coalesce(_known_as.c.name, speakers.c.name)
    rows = connection.execute(select(speakers.c.id, name).select_from(own))
    return dict(map(tuple, rows))


def _case(by: By, names: dict[int, str], row: Any) -> Case:
    kind, verdict, part, current, denied, low, mid, high, *told, _, due_end = row
    speaker = speaker_kind = anonymous = outlet = published = None
    if by == "speaker":
        own, unnamed, speaker_kind, anonymous = told
        speaker = names.get(own, unnamed)
    elif by == "outlet":
        (outlet,) = told
    elif told[0] is not None:
        published = date(int(told[0]), 1, 1)
    return Case(
        "", speaker, speaker_kind, anonymous, kind, denied, low, mid, high, due_end, outlet, published,
        verdict, part, current, rejected=False,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Behind:
    """One count of one score. part: commitments or predictions; count: a field of these.

    low, high: of predictions with a probability, only those whose median is at least `low` and below `high`.
    """

    by: By
    name: str
    part: str
    count: str
    early: bool = False
    low: float | None = None
    high: float | None = None


def behind(
    connection: Connection, wanted: Behind, period: Period, *, today: date, past: int = 0, limit: int = 50
) -> list[Entry]:
    """The statements under a count, in the order they were put on record, without the first `past`.

    Those that `score.sorting` would put there. Raises UnknownSpeaker, Ambiguous.
    """
    speaker = wanted.name if wanted.by == "speaker" else None
    conditions = [*outcomes.chosen(connection, speaker, *period), *_of(connection, wanted)]
    conditions += [entries.in_body(), _under(wanted, today)]
    source = statements.join(articles, _a.id == _s.article)
    numbers = select(_s.id).select_from(source).where(*conditions).order_by(_s.id)
    chosen = list(connection.scalars(numbers.offset(past).limit(limit)))
    return list(_entries(connection, chosen)) if chosen else []


def _entries(connection: Connection, numbers: list[int]) -> Iterator[Entry]:
    return entries.entries(connection, entries.asked(_s.id.in_(numbers)).order_by(_s.id))


def _of(connection: Connection, wanted: Behind) -> list[ColumnElement[bool]]:
    """Whose record a statement belongs to, as `sorting.names_of` has it."""
    if wanted.by == "outlet":
        return [_a.outlet == wanted.name]
    if wanted.by == "year":
        year = int(wanted.name) if wanted.name.isascii() and wanted.name.isdecimal() else 0
        return [extract("year", _a.published) == year]
    if wanted.by == "topic":
        its = or_(topics.c.article == _s.article, topics.c.statement == _s.id)
        return [exists().where(topics.c.topic == wanted.name, its)]
    named = func.coalesce(_s.speaker_kind, "").not_in(("group", "unknown"))
    return [_s.anonymous.is_not(True), named]


def _under(wanted: Behind, today: date) -> ColumnElement[bool]:
    """The condition of a count, as `sorting.put` has it."""
    if wanted.part == "commitments":
        return and_(_s.kind == "commitment", _commitment(wanted.count, today))
    return and_(_s.kind == "prediction", _prediction(wanted, today))


def _commitment(count: str, today: date) -> ColumnElement[bool]:
    unsettled = or_(_unrated(), _s.verdict.in_((*PENDING_VERDICTS, DISPUTED)))
    special = {
        "open": _unrated(),
        "pending": _s.verdict.in_(PENDING_VERDICTS),
        "overdue": and_(unsettled, _s.due_end < today),
        "ahead": and_(_s.verdict.in_(_RATED), _s.due_end > today),
    }
    return special.get(count, _s.verdict == count.replace("_", "-"))


def _prediction(wanted: Behind, today: date) -> ColumnElement[bool]:
    told = _s.verdict.in_(_TOLD)
    come = true() if wanted.early else or_(_s.due_end.is_(None), _s.due_end <= today)
    settled = and_(told, come)
    meant = _s.denied.is_not(True)
    special = {
        "open": _unrated(),
        "overdue": and_(or_(_unrated(), _s.verdict == DISPUTED), _s.due_end < today),
        "waiting": false() if wanted.early else and_(told, _s.due_end > today),
        "came_true": and_(settled, _s.verdict == "came-true"),
        "did_not": and_(settled, _s.verdict == "did-not"),
        "denied": and_(settled, _s.denied.is_(True)),
        "flat": and_(settled, meant, _s.certainty_mid.is_(None)),
        "with_probability": and_(settled, meant, _s.certainty_mid.is_not(None), *_within(wanted)),
    }
    return special.get(wanted.count, _s.verdict == wanted.count)


def _within(wanted: Behind) -> list[ColumnElement[bool]]:
    """A little less than the ends: as `score.forecasts` has it, 0.3 times 10 must not land below 3."""
    small = 5e-11
    found = [] if wanted.low is None else [_s.certainty_mid >= wanted.low - small]
    return found if wanted.high is None else [*found, _s.certainty_mid < wanted.high - small]


def _unrated() -> ColumnElement[bool]:
    return and_(_s.verdict.is_(None), _s.current)
