"""What a score consists of: counts as lists of statement ids, rates with intervals, measures of forecasts.

All shares and probabilities are in [0, 1]; all intervals are 90 % ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, Final, NamedTuple


@dataclass(frozen=True, slots=True)
class Unlisted:
    """So many ids that nobody asked for: their number is known, and none of them."""

    number: int

    def __len__(self) -> int:
        return self.number

    def __iter__(self) -> Iterator[str]:
        return iter(())


Ids = tuple[str, ...] | Unlisted


class Estimate(NamedTuple):
    """A share that is not known exactly: its mean and a 90 % interval."""

    mid: float
    low: float
    high: float


class Rate(NamedTuple):
    """`k` of `n`: the share, its 90 % Jeffreys interval, and the share shrunk towards the population's.

    shrunk: None where the population is too small to learn from, and for the population itself.
    """

    k: int
    n: int
    share: float
    low: float
    high: float
    shrunk: Estimate | None = None


class Spread(NamedTuple):
    """A mean score of forecasts in words: with each phrase's median, lower and upper quartile.

    low, high: the least and the greatest of the three.
    """

    mid: float
    with_low: float
    with_high: float
    low: float
    high: float


class Bin(NamedTuple):
    """Forecasts between `lo` and `hi`: how many, what they said on average, how many came true.

    low, high: the 90 % band of what a calibrated speaker would see, from the binomial distribution
    with `n` and `forecast`.
    """

    lo: float
    hi: float
    n: int
    forecast: float
    observed: float
    low: float
    high: float

    @property
    def inside(self) -> bool:
        """Whether what came true lies within the band."""
        return self.low - 1e-9 <= self.observed <= self.high + 1e-9


class Murphy(NamedTuple):
    """What a Brier score is made of (Murphy 1973; terms within bins: Stephenson, Coelho and Jolliffe 2008).

    Brier = reliability - resolution + uncertainty + within_variance - within_covariance, exactly.
    """

    reliability: float
    resolution: float
    uncertainty: float
    within_variance: float
    within_covariance: float


@dataclass(frozen=True, slots=True)
class Commitments:
    """How commitments came out: the ids of the statements under each count (or their number), and the rates.

    kept, partly_kept and broken are what the rates rest on. void (the condition was never met),
    unverifiable, pending (in the works, stalled), disputed and open (nobody rated it) are not.
    overdue: those of pending, disputed and open whose last day has passed. ahead: those of kept,
    partly_kept and broken whose last day is still to come.
    """

    kept: Ids = ()
    partly_kept: Ids = ()
    broken: Ids = ()
    void: Ids = ()
    unverifiable: Ids = ()
    pending: Ids = ()
    disputed: Ids = ()
    open: Ids = ()
    overdue: Ids = ()
    ahead: Ids = ()
    kept_rate: Rate | None = None
    kept_or_partly_rate: Rate | None = None

    @property
    def n(self) -> int:
        """How many the rates rest on."""
        return len(self.kept) + len(self.partly_kept) + len(self.broken)


@dataclass(frozen=True, slots=True)
class Predictions:
    """How predictions came out: the ids of the statements under each count, and the measures.

    came_true and did_not are about what was said with the words of likelihood taken out. Of these,
    with_probability were given one (all measures but flat_rate rest on them), flat were put flatly,
    denied have the speaker deny them. waiting: rated before the last day, and not yet counted.
    brier: mean of (p - o)², 0 best, 1 worst. log_score: mean of ln of the probability given to what
    happened, 0 best. base_rate: what share of with_probability came true. skill: 1 - Brier / Brier of
    always saying the base rate; None where that is 0.
    """

    came_true: Ids = ()
    did_not: Ids = ()
    void: Ids = ()
    disputed: Ids = ()
    open: Ids = ()
    overdue: Ids = ()
    waiting: Ids = ()
    with_probability: Ids = ()
    flat: Ids = ()
    denied: Ids = ()
    flat_rate: Rate | None = None
    base_rate: Rate | None = None
    mean_forecast: float | None = None
    brier: Spread | None = None
    log_score: Spread | None = None
    base_brier: float | None = None
    skill: float | None = None
    murphy: Murphy | None = None
    bins: tuple[Bin, ...] = ()

    @property
    def n(self) -> int:
        """How many are settled and counted."""
        return len(self.came_true) + len(self.did_not)

    @property
    def n_with_probability(self) -> int:
        """How many the scores of probability rest on."""
        return len(self.with_probability)


@dataclass(frozen=True, slots=True)
class Scored:
    """The score of one speaker, outlet, topic or year. Ranks: 1 is best; None where n is too small."""

    by: str
    name: str
    commitments: Commitments
    predictions: Predictions
    rank_kept: int | None = None
    rank_brier: int | None = None

    @property
    def statements(self) -> tuple[str, ...]:
        """The ids of all statements that were looked at, each once; none where they are unlisted."""
        groups = [value for part in (self.commitments, self.predictions) for value in _lists(part).values()]
        return tuple(dict.fromkeys(id_ for ids in groups for id_ in ids))

    def unlisted(self) -> Scored:
        """The same score with the number of statements under each count in the place of their ids."""
        promised: dict[str, Any] = _unlisted(self.commitments)
        foretold: dict[str, Any] = _unlisted(self.predictions)
        return replace(
            self,
            commitments=replace(self.commitments, **promised),
            predictions=replace(self.predictions, **foretold),
        )

    def to_dict(self) -> dict[str, object]:
        """The score as plain JSON values: counts, figures, and in `statements` the ids under each count."""
        return {
            "by": self.by,
            "name": self.name,
            "rank_kept": self.rank_kept,
            "rank_brier": self.rank_brier,
            "commitments": _plain(self.commitments),
            "predictions": _plain(self.predictions),
        }


def _lists(part: Commitments | Predictions) -> dict[str, Ids]:
    return {name: getattr(part, name) for name in _LISTS[type(part)]}


def _unlisted(part: Commitments | Predictions) -> dict[str, Unlisted]:
    return {name: Unlisted(len(ids)) for name, ids in _lists(part).items() if ids}


def _plain(part: Commitments | Predictions) -> dict[str, object]:
    lists = _lists(part)
    figures = {name: _json(getattr(part, name)) for name in _FIGURES[type(part)]}
    counts = {name: len(ids) for name, ids in lists.items()}
    statements = {name: list(ids) for name, ids in lists.items()}
    return {"n": part.n, **counts, **figures, "statements": statements}


def _json(value: Any) -> object:
    if isinstance(value, Bin | Estimate | Murphy | Rate | Spread):
        return {name: _json(inner) for name, inner in value._asdict().items()}
    return [_json(inner) for inner in value] if isinstance(value, tuple) else value


def _split(kind: type) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of the fields that list ids, and of those that are figures."""
    names = [field.name for field in fields(kind)]
    lists = tuple(field.name for field in fields(kind) if field.type == "Ids")
    return lists, tuple(name for name in names if name not in lists)


_LISTS: Final = {kind: _split(kind)[0] for kind in (Commitments, Predictions)}
_FIGURES: Final = {kind: _split(kind)[1] for kind in (Commitments, Predictions)}
