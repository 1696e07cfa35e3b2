"""Filters of a search, twice: as exact conditions, and as tokens of the index that narrow it to few rows.

A token may let through more than its condition, never less: whole months stand for days, and the first 60
letters for a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, exists, func, or_, select, text

from onrecord.errors.inputs import BadOption
from onrecord.record import entries, lookup, people
from onrecord.record.query import FINAL, STATUSES, Query
from onrecord.record.schema import articles, statements, topics
from onrecord.record.texts import fit
from onrecord.statement import COMMITMENTS, KINDS

# A group with more tokens than this costs more than it spares.
MOST_TOKENS: Final = 64
ANY_KIND: Final = tuple("k" + kind for kind in (*KINDS, "none"))

_s, _a = statements.c, articles.c


@dataclass(frozen=True, slots=True)
class Filter:
    """An exact condition, and tokens of which a row that fulfils it has at least one; none: unknown.

    impossible: no row can fulfil it.
    """

    condition: ColumnElement[bool]
    tokens: tuple[str, ...] = ()
    impossible: bool = False


def filters(connection: Connection, query: Query) -> list[Filter]:
    """The filters of a query. Raises UnknownSpeaker, NothingFound, Ambiguous, BadOption."""
    return [each for each in _filters(connection, query) if each is not None]


def _filters(connection: Connection, query: Query) -> Iterator[Filter | None]:
    yield Filter(entries.shown(rejected=query.rejected))
    if query.article is not None:
        yield Filter(_a.article == lookup.article_id(connection, query.article))
    if query.speaker is not None:
        ids = people.speaker_ids(connection, query.speaker)
        yield Filter(_s.speaker.in_(ids), _few([f"s{number}" for number in ids]))
    if query.kinds:
        yield _kinds(query.kinds)
    if query.outlet is not None:
        names = _alike(query.outlet, [*outlets(connection), fit(query.outlet)])
        yield _named(_a.outlet.in_(names), [_name("o", name) for name in names])
    if query.topic is not None:
        yield _topic(connection, query.topic)
    if query.since or query.until:
        yield _published(connection, query.since, query.until)
    if query.due_before is not None:
        yield _due_before(connection, query.due_before)
    if query.status:
        yield _status(connection, query)
    if query.status == {"overdue"} and query.today:
        yield _due_before(connection, query.today)  # the same once more: its tokens narrow


# PostgreSQL would look at every article to tell the outlets apart; this goes from one to the next. The
# condition is that of the index: a name beyond it is found by equality alone.
_WALK: Final = text("""
    WITH RECURSIVE walk(outlet) AS (
        SELECT min(outlet) FROM articles WHERE octet_length(outlet) <= 2000
        UNION ALL
        SELECT (SELECT min(outlet) FROM articles WHERE octet_length(outlet) <= 2000 AND outlet > walk.outlet)
        FROM walk WHERE walk.outlet IS NOT NULL
    )
    SELECT outlet FROM walk WHERE outlet IS NOT NULL
""")


def outlets(connection: Connection) -> list[str]:
    """All outlets that the ledger has articles of; on PostgreSQL without names of over 2,000 bytes."""
    if connection.dialect.name == "postgresql":
        return list(connection.scalars(_WALK))
    return list(connection.scalars(select(_a.outlet).where(_a.outlet.is_not(None)).distinct()))


def _few(tokens: Sequence[str]) -> tuple[str, ...]:
    return tuple(tokens) if len(tokens) <= MOST_TOKENS else ()


def _named(condition: ColumnElement[bool], tokens: Sequence[str]) -> Filter:
    """A filter of which all tokens are known: where there are none, nothing fulfils it."""
    return Filter(condition, _few(tokens), impossible=not tokens)


def _name(letter: str, name: str) -> str:
    """As the index has it: only letters and digits, whatever the name has."""
    return letter + name[:60].encode().hex()


def _alike(given: str, names: Sequence[str]) -> list[str]:
    """Names that are the same but for case and spaces."""
    wanted = people.name_key(given)
    return [name for name in names if people.name_key(name) == wanted]


def _kinds(kinds: frozenset[str]) -> Filter:
    types = sorted(kinds & set(COMMITMENTS))
    plain = sorted(kinds - set(COMMITMENTS))
    tokens = dict.fromkeys("k" + ("commitment" if kind in types else kind) for kind in (*plain, *types))
    known = all(token in ANY_KIND for token in tokens)
    condition = or_(_s.kind.in_(plain), _s.commitment_type.in_(types))
    return Filter(condition, tuple(tokens) if known else ())


def _topic(connection: Connection, given: str) -> Filter:
    names = _alike(given, list(connection.scalars(select(topics.c.topic).distinct())))
    its = or_(topics.c.article == _s.article, topics.c.statement == _s.id)
    return _named(exists().where(topics.c.topic.in_(names), its), [_name("t", name) for name in names])


def _published(connection: Connection, since: date | None, until: date | None) -> Filter:
    bounds = [_a.published >= since] if since else []
    bounds += [_a.published <= until] if until else []
    known = [select(edge(_a.published)).scalar_subquery() for edge in (func.min, func.max)]
    first, last = connection.execute(select(*known)).one()
    if first is None:
        return Filter(and_(*bounds), impossible=True)
    tokens = months(max(since or first, first), min(until or last, last), "y", "m")
    return _named(and_(*bounds), tokens)


def _due_before(connection: Connection, before: date) -> Filter:
    dated = select(_s.due_end).where(_s.due_end.is_not(None)).order_by(_s.due_end).limit(1)
    first = connection.scalar(dated)
    return _named(_s.due_end < before, months(first, before, "d", "e") if first else [])


def _status(connection: Connection, query: Query) -> Filter:
    found = [_one_status(connection, status, query.today) for status in sorted(query.status)]
    tokens = [token for each in found for token in each.tokens] if all(each.tokens for each in found) else []
    return Filter(or_(*(each.condition for each in found)), _few(list(dict.fromkeys(tokens))))


def _one_status(connection: Connection, status: str, today: date | None) -> Filter:
    """The tokens tell the verdict alone; where it is the day that narrows, the condition does it."""
    if status not in STATUSES:
        raise BadOption(
            option="status", value=status, expected="one of " + ", ".join(STATUSES), example="open"
        )
    if status == "settled":
        final = and_(_s.verdict.in_(FINAL), ~entries.unsettled())
        return Filter(final, tuple(map(_verdict, FINAL)))
    if status not in ("open", "upcoming", "due", "overdue"):
        return Filter(_s.verdict == status, (_verdict(status),))
    # Without tokens: most have no verdict, and one of another kind settles nothing.
    if status == "open":
        return Filter(entries.unsettled())
    if today is None:
        raise BadOption(option="today", value="nothing", expected=f"a day, which status {status} needs",
                        example="2018-03-06")  # fmt: skip
    return Filter(and_(entries.unsettled(), _placed(status, today)))


def _placed(status: str, today: date) -> ColumnElement[bool]:
    """As `track.schedule` places what is open: both days of the interval are included."""
    if status == "overdue":
        return _s.due_end < today
    if status == "upcoming":
        return and_(_s.due_start > today, or_(_s.due_end.is_(None), _s.due_end >= today))
    dated = or_(_s.due_start.is_not(None), _s.due_end.is_not(None))
    started = or_(_s.due_start.is_(None), _s.due_start <= today)
    return and_(dated, started, or_(_s.due_end.is_(None), _s.due_end >= today))


def _verdict(verdict: str) -> str:
    return "v" + verdict.replace("-", "")


def months(first: date, last: date, year: str, month: str) -> list[str]:
    """Tokens of the months from `first` to `last`; one of the year where it has all of them."""
    found = []
    for number in range(first.year, last.year + 1):
        start = first.month if number == first.year else 1
        end = last.month if number == last.year else 12
        if (start, end) == (1, 12):
            found.append(f"{year}{number:04}")
        else:
            found += [f"{month}{number:04}{each:02}" for each in range(start, end + 1)]
    return found
