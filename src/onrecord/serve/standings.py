"""Scores as a table shows them: a line each, without the ids that they rest on, so that many can be kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from onrecord.ledger import figures

if TYPE_CHECKING:
    from onrecord.ledger.results import Scores
    from onrecord.score import Rate, Scored, Spread


@dataclass(frozen=True, slots=True)
class Standing:
    """One speaker, outlet, topic or year. place_kept, place_brier: ranks among all, however small their n."""

    name: str
    kept: Rate | None
    partly: int
    broken: int
    brier: Spread | None
    n_brier: int
    skill: float | None
    flat: Rate | None
    not_counted: str
    place_kept: int | None
    place_brier: int | None

    @property
    def n(self) -> int:
        """How many are settled and enter any of the figures."""
        parts = (self.kept.n if self.kept else 0, self.n_brier, self.flat.n if self.flat else 0)
        return sum(parts)


@dataclass(frozen=True, slots=True)
class Standings:
    """All lines with something settled; nothing: how many have nothing; left_out: statements by reason."""

    rows: tuple[Standing, ...]
    population: Standing | None
    nothing: int
    left_out: dict[str, int]


@dataclass(frozen=True, slots=True)
class Line:
    """A standing with its ranks among those that have enough cases; None: it has too few."""

    standing: Standing
    rank_kept: int | None
    rank_brier: int | None


def standings(found: Scores) -> Standings:
    """The scores as lines; they must have been computed with a `min_n` of 1."""
    rows = tuple(_standing(row) for row in found.rows if row.commitments.n or row.predictions.n)
    population = _standing(found.population) if found.population else None
    return Standings(rows, population, len(found.rows) - len(rows), found.left_out)


def _standing(row: Scored) -> Standing:
    promised, foretold = row.commitments, row.predictions
    parts = (("commitments", figures.left_out(promised)), ("predictions", figures.left_out(foretold)))
    rest = [f"{name}: {told}" for name, told in ((name, ", ".join(part)) for name, part in parts) if told]
    return Standing(
        name=row.name,
        kept=promised.kept_rate,
        partly=len(promised.partly_kept),
        broken=len(promised.broken),
        brier=foretold.brier,
        n_brier=foretold.n_with_probability,
        skill=foretold.skill,
        flat=foretold.flat_rate,
        not_counted="; ".join(rest),
        place_kept=row.rank_kept,
        place_brier=row.rank_brier,
    )


def lines(rows: Sequence[Standing], *, min_n: int, sort: str) -> list[Line]:
    """The rows with their ranks, sorted by one of `SORTS`, the best first; who has no rank comes last."""
    kept = _ranks([row.place_kept if row.kept and row.kept.n >= min_n else None for row in rows])
    brier = _ranks([row.place_brier if row.n_brier >= min_n else None for row in rows])
    made = [Line(*three) for three in zip(rows, kept, brier, strict=True)]
    by = SORTS[sort]
    return sorted(made, key=lambda line: (_place(by(line, min_n)), line.standing.name.casefold()))


def _ranks(places: Sequence[int | None]) -> list[int | None]:
    """Places among all as places among these: equals share one, and None has none."""
    first: dict[int, int] = {}
    for rank, place in enumerate(sorted(place for place in places if place is not None), 1):
        first.setdefault(place, rank)
    return [None if place is None else first[place] for place in places]


def _place(value: float | None) -> float:
    return float("inf") if value is None else value


def _skill(line: Line, min_n: int) -> float | None:
    skill = line.standing.skill
    return None if skill is None or line.standing.n_brier < min_n else -skill


def _flat(line: Line, min_n: int) -> float | None:
    flat = line.standing.flat
    return None if flat is None or flat.n < min_n else -flat.share


# What a table can be sorted by: the least value comes first.
SORTS: Final[dict[str, Callable[[Line, int], float | None]]] = {
    "kept": lambda line, _: line.rank_kept,
    "brier": lambda line, _: line.rank_brier,
    "skill": _skill,
    "flat": _flat,
    "n": lambda line, _: -line.standing.n,
    "name": lambda *_: None,
}
