"""Scores speakers, outlets, topics or years: sorts statements by outcome, measures each group, ranks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from onrecord.entry import By
from onrecord.errors import BadOption
from onrecord.score.figures import Commitments, Predictions, Scored, Unlisted
from onrecord.score.sorting import Group, Scorable, names_of, put, reason_against

if TYPE_CHECKING:
    from onrecord.score.kept import Others

MIN_N = 5
EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class Population:
    """What some groups are compared with: all of them, as `kept.others` has them.

    Of commitments kept, of commitments kept or partly kept, and of flat predictions that came true.
    """

    kept: Others
    at_all: Others
    flat: Others


@dataclass(frozen=True, slots=True)
class Result:
    """Scores: the ranked ones first, then the others by name. `left_out`: how many statements, by reason.

    population: all statements that are counted in `rows`, each once; None where there is none.
    """

    rows: tuple[Scored, ...]
    population: Scored | None
    left_out: dict[str, int]

    def unlisted(self) -> Result:
        """The same with the number of statements under each count in the place of their ids."""
        population = self.population.unlisted() if self.population else None
        return Result(tuple(row.unlisted() for row in self.rows), population, self.left_out)


def score(
    entries: Iterable[Scorable],
    *,
    by: By = "speaker",
    today: date,
    min_n: int = MIN_N,
    early: bool = False,
    topics: Mapping[str, Sequence[str]] | None = None,
) -> list[Scored]:
    """The rows of `compute`."""
    return list(compute(entries, by=by, today=today, min_n=min_n, early=early, topics=topics).rows)


def compute(
    entries: Iterable[Scorable],
    *,
    by: By = "speaker",
    today: date,
    min_n: int = MIN_N,
    early: bool = False,
    topics: Mapping[str, Sequence[str]] | None = None,
    among: Population | None = None,
) -> Result:
    """Scores of all groups `by` which the statements fall, with the population and what was left out.

    min_n: no rank on fewer cases. early: count predictions that are rated before their last day
    at once, instead of from that day on. topics: the topics of each statement id, needed by `topic` alone.
    among: what is known of all groups, where `entries` are of some: rates are shrunk towards these, and the
    result has no population of its own.
    Raises BadOption for a `min_n` below 1.
    """
    ids: dict[int, str] = {}
    each = _numbered(entries, ids)
    return _compute(each, by, today, min_n, among, early=early, topics=topics or {}, ids=ids)


def _numbered(entries: Iterable[Scorable], ids: dict[int, str]) -> Iterator[tuple[Scorable, Sequence[int]]]:
    """The entries, each with its number; their ids by number are put into `ids`."""
    for number, entry in enumerate(entries):
        ids[number] = entry.id
        yield entry, (number,)


def counted(
    cases: Iterable[tuple[Scorable, Sequence[int]]],
    *,
    by: By = "speaker",
    today: date,
    min_n: int = MIN_N,
    early: bool = False,
    among: Population | None = None,
    ids: Mapping[int, str] | None = None,
) -> Result:
    """As `compute`, of statements that were counted already: one of each kind, with the numbers of all.

    Alike are those of one group with the same kind, verdict and certainty, whose last day lies on the
    same side of `today`. ids: of the statements, by number, which are listed in the order of the numbers;
    without it the ids under each count are `Unlisted`. Not for scores by topic.
    """
    return _compute(cases, by, today, min_n, among, early=early, topics={}, ids=ids)


def _compute(
    cases: Iterable[tuple[Scorable, Sequence[int]]],
    by: By,
    today: date,
    min_n: int,
    among: Population | None,
    *,
    early: bool,
    topics: Mapping[str, Sequence[str]],
    ids: Mapping[int, str] | None,
) -> Result:
    if min_n < 1:
        raise BadOption(option="--min-n", value=min_n, expected="a number from 1 on", example=MIN_N)
    everybody, groups = Group(), defaultdict[str, Group](Group)
    left_out = Counter[str]()
    for entry, alike in cases:
        names = reason_against(entry) or names_of(entry, by, topics)
        if isinstance(names, str):
            left_out[names] += len(alike)
        else:
            put(entry, alike, [everybody, *[groups[name] for name in names]], today, early=early)
    rows = _measured(by, groups, among, ids)
    whole = groups and among is None
    (population,) = _measured(by, {EVERYBODY: everybody}, None, ids) if whole else (None,)
    ordered = sorted(_ranked(rows, min_n), key=_order)
    return Result(tuple(ordered), population, dict(sorted(left_out.items())))


def _measured(
    by: By, named: Mapping[str, Group], among: Population | None, ids: Mapping[int, str] | None
) -> list[Scored]:
    groups = list(named.values())
    commitments, predictions = _commitments(groups, among, ids), _predictions(groups, among, ids)
    return [Scored(by, *row) for row in zip(named, commitments, predictions, strict=True)]


def _commitments(
    groups: list[Group], among: Population | None, ids: Mapping[int, str] | None
) -> list[Commitments]:
    from onrecord.score.kept import rates  # NumPy and SciPy, late

    lists = [_ids(group.commitments, ids) for group in groups]
    kept, partly, broken = ([len(its.get(n, ())) for its in lists] for n in ("kept", "partly_kept", "broken"))
    n = [sum(three) for three in zip(kept, partly, broken, strict=True)]
    at_all = [a + b for a, b in zip(kept, partly, strict=True)]
    kept_rates = rates(kept, n, among=among.kept if among else None)
    other_rates = rates(at_all, n, among=among.at_all if among else None)
    both = zip(lists, kept_rates, other_rates, strict=True)
    return [Commitments(**i, kept_rate=one, kept_or_partly_rate=other) for i, one, other in both]


def _predictions(
    groups: list[Group], among: Population | None, ids: Mapping[int, str] | None
) -> list[Predictions]:
    from onrecord.score.forecasts import measures
    from onrecord.score.kept import rates

    lists = [_ids(group.predictions, ids) for group in groups]
    n_flat = [len(its.get("flat", ())) for its in lists]
    flat = rates([group.flat_true for group in groups], n_flat, among=among.flat if among else None)
    came_true = [sum(int(row[3]) for row in group.forecasts) for group in groups]
    base = rates(came_true, [len(group.forecasts) for group in groups], shrink=False)
    # Sorted, so that the same forecasts have the same mean to the last digit, in whatever order they come.
    found = measures([sorted(group.forecasts) for group in groups])
    return [
        Predictions(**i, flat_rate=f, base_rate=b, **({} if m is None else m._asdict()))
        for i, f, b, m in zip(lists, flat, base, found, strict=True)
    ]


def _ids(lists: Mapping[str, list[int]], ids: Mapping[int, str] | None) -> dict[str, Any]:
    """The ids under each count, in the order of their numbers."""
    if ids is None:
        return {name: Unlisted(len(numbers)) for name, numbers in lists.items()}
    return {name: tuple([ids[number] for number in sorted(numbers)]) for name, numbers in lists.items()}


def _ranked(rows: list[Scored], min_n: int) -> Iterator[Scored]:
    """The rows with their ranks: by kept rate (shrunk, where there is a population), and by Brier score."""
    kept = [-_estimate(row) if row.commitments.n >= min_n else None for row in rows]
    brier = [
        row.predictions.brier.mid
        if row.predictions.brier and row.predictions.n_with_probability >= min_n
        else None
        for row in rows
    ]
    for row, one, other in zip(rows, _ranks(kept), _ranks(brier), strict=True):
        yield replace(row, rank_kept=one, rank_brier=other)


def _estimate(row: Scored) -> float:
    rate = row.commitments.kept_rate
    if rate is None:
        return 0.0
    return rate.shrunk.mid if rate.shrunk else rate.share


def _ranks(values: Sequence[float | None]) -> list[int | None]:
    """The rank of each value, least first; equals share a rank, and None has none."""
    first: dict[float, int] = {}
    for place, value in enumerate(sorted(round(v, 12) for v in values if v is not None), 1):
        first.setdefault(value, place)
    return [None if value is None else first[round(value, 12)] for value in values]


def _order(row: Scored) -> tuple[float, float, str]:
    nowhere = float("inf")
    return row.rank_kept or nowhere, row.rank_brier or nowhere, row.name
