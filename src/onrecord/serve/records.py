"""A speaker's score as the speaker's page needs it, and the forecasts behind each bin of the calibration."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.errors import NothingFound
from onrecord.record.counting import Behind
from onrecord.score import Commitments, Predictions
from onrecord.serve.scored import COUNTS

if TYPE_CHECKING:
    from datetime import date

    from onrecord.entry import Entry
    from onrecord.ledger.core import Ledger
    from onrecord.ledger.results import Scores
    from onrecord.score import Bin, Rate


@dataclass(frozen=True, slots=True)
class Tally:
    """How many statements are under one count; name: as `/scores/of` knows it."""

    name: str
    words: str
    number: int


@dataclass(frozen=True, slots=True)
class Record:
    """The figures of a speaker.

    commitments, predictions: what is counted, if anything. probable: how many settled predictions have a
    probability. left_out: how many statements of the speaker count in no score, by reason.
    """

    commitments: tuple[Tally, ...] = ()
    predictions: tuple[Tally, ...] = ()
    kept: Rate | None = None
    kept_or_partly: Rate | None = None
    foretold: Predictions | None = None
    probable: int = 0
    left_out: tuple[tuple[str, int], ...] = ()

    @property
    def bins(self) -> tuple[Bin, ...]:
        """The bins of the calibration curve that have any forecasts."""
        return self.foretold.bins if self.foretold else ()


def record_of(found: Scores) -> Record:
    """What a page shows of the score of one speaker."""
    reasons = tuple(found.left_out.items())
    if not found.rows:
        return Record(left_out=reasons)
    row = found.rows[0]
    return Record(
        commitments=tuple(_tallies("commitments", row.commitments)),
        predictions=tuple(_tallies("predictions", row.predictions)),
        kept=row.commitments.kept_rate,
        kept_or_partly=row.commitments.kept_or_partly_rate,
        foretold=row.predictions,
        probable=row.predictions.n_with_probability,
        left_out=reasons,
    )


def _tallies(kind: str, part: Commitments | Predictions) -> Iterator[Tally]:
    for of, name, words, _ in COUNTS:
        if of == kind and (number := len(getattr(part, name))):
            yield Tally(f"{kind}.{name}", words, number)


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the forecasts in a bin. next: how many come before the next page, None on the last one."""

    bin: Bin
    entries: Sequence[Entry]
    next: int | None


def name_of(bin_: Bin) -> str:
    """The name of a bin in addresses: 0 for the first tenth."""
    return str(round(bin_.lo * 10))


def of_bin(
    ledger: Ledger, speaker: str, record: Record, name: str, *, today: date, past: int, limit: int
) -> Page:
    """A page of the forecasts in a bin, after the first `past` of them. Raises NothingFound."""
    chosen = next((each for each in record.bins if name_of(each) == name), None)
    if chosen is None:
        raise NothingFound(id=name, expected="bin of the calibration curve")
    # As `score.forecasts` has it: a bin includes its lower end, the last one both ends.
    high = None if chosen.hi == 1 else chosen.hi
    wanted = Behind("speaker", speaker, "predictions", "with_probability", low=chosen.lo, high=high)
    entries = ledger.behind(wanted, today=today, past=past, limit=limit + 1)
    return Page(chosen, entries[:limit], past + limit if len(entries) > limit else None)
