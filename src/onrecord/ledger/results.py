"""What a `Ledger` answers: each answer is a frozen value that programs and pages can show as it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from onrecord.entry import Entry, LogRow, Rating, Schedule
    from onrecord.record.beside import Beside
    from onrecord.record.lookup import Context, Correction, Note
    from onrecord.score import Scored
    from onrecord.statement import Article, Statement

State = Literal["new", "known", "version", "reread"]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of one article: its id, whether it was new, and how many statements were put on record.

    statements: those of the running text; what a headline, a summary or a caption says is there, not counted.

    `article` is that of the one on record where less was said of the same text. `version_of` is the id of the
    version before, where another text stood under the same address or less was said of the same text.
    `redacted`: words were redacted from an earlier version under its address; this one may bring them back.
    """

    article: str
    state: State
    statements: int
    version_of: str | None = None
    redacted: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be settled. `days`: from today to the last day of its interval, negative when overdue."""

    entry: Entry
    schedule: Schedule
    days: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a statement came out: what raters say together, and where it stands against its dates."""

    verdict: str | None
    disputed: bool
    schedule: Schedule
    ratings: tuple[Rating, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A statement with all that is known of it. `machine` is its reading before any correction."""

    entry: Entry
    machine: Statement | None
    context: Context
    corrections: tuple[Correction, ...]
    notes: tuple[Note, ...]
    history: tuple[LogRow, ...]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an article, oldest first in a list of them. added: UTC time.

    before: the id of the version that it took the place of; None for a first one. It need not be the one
    before it in the list: one text can be printed under two addresses.
    """

    article: str
    added: str
    published: date | None
    before: str | None


@dataclass(frozen=True, slots=True)
class ArticleShown:
    """An article of the ledger with its statements, in the order of the text, and its versions."""

    id: str
    article: Article
    entries: tuple[Entry, ...]
    versions: tuple[Version, ...]

    @property
    def before(self) -> str | None:
        """The id of the version before this one; None where it is a first one."""
        return next((version.before for version in self.versions if version.article == self.id), None)


@dataclass(frozen=True, slots=True)
class Spread:
    """An article as two pages side by side: what stands in it, and what people and the machine made of it."""

    shown: ArticleShown
    beside: Beside


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores with what they were computed from. `left_out`: how many statements, by reason."""

    rows: tuple[Scored, ...]
    population: Scored | None
    left_out: dict[str, int]
