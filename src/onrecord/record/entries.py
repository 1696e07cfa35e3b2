"""Reads statements out of the tables as entries: as they now stand, under the names of merged speakers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, or_, select

from onrecord.entry import DISPUTED, LINK, PENDING_VERDICTS, Entry, verdicts_for
from onrecord.record.schema import articles, notes, speakers, statements

SETTLEABLE: Final = ("commitment", "prediction")

_known_as, _noted = speakers.alias("known_as"), statements.alias("noted")
_s, _a = statements.c, articles.c
_SPEAKER, _CHAIN = 5, 9  # their places among the columns below

# The name under which a speaker goes.
SPEAKER: Final = func.coalesce(_known_as.c.name, speakers.c.name, _s.speaker_name)

# In the order of the fields of `Entry`.
COLUMNS: Final = (
    _s.statement, _a.article, _s.text, _s.speech, _s.part,
    SPEAKER, _s.speaker_name, _s.speaker_kind, _s.anonymous, _s.chain, _s.kind, _s.commitment_type,
    _s.negative, _s.denied, _s.certainty_phrase, _s.certainty_low, _s.certainty_mid, _s.certainty_high,
    _s.due_text, _s.due_start, _s.due_end, _s.condition, _s.confidence, _s.kind_confidence, _a.outlet,
    _a.url, _a.title, _a.published, _s.verdict, _s.settled_on, _s.corrected, _s.rejected, _s.current, _s.id,
)  # fmt: skip
SOURCE: Final = (
    statements.join(articles, articles.c.id == statements.c.article)
    .outerjoin(speakers, speakers.c.id == statements.c.speaker)
    .outerjoin(_known_as, _known_as.c.id == speakers.c.merged_into)
)  # fmt: skip


# Made once: to make it takes longer than many an answer.
_EVERY: Final = select(*COLUMNS).select_from(SOURCE)


def asked(*conditions: ColumnElement[bool]) -> Select[Any]:
    """The question for entries of which all the conditions hold."""
    return _EVERY.where(*conditions)


def entry_of(row: Row[Any] | Sequence[Any]) -> Entry:
    """The entry of a row of `COLUMNS`."""
    values = list(row)
    chain = values[_CHAIN]
    # The last link is the speaker, who may have been corrected or merged.
    values[_CHAIN] = (*chain.split(LINK)[:-1], values[_SPEAKER] or "?") if chain else ()
    return Entry(*values)


def entries(connection: Connection, question: Select[Any]) -> Iterator[Entry]:
    """The entries of a question made by `asked`."""
    return map(entry_of, connection.execute(question))


def shown(*, rejected: bool = False) -> ColumnElement[bool]:
    """Statements that are shown: not rejected, and still read or touched by a person.

    What the newest reading no longer finds stays where somebody corrected, rated or noted it.
    """
    there = _there(select(notes.c.id).where(notes.c.subject == _s.statement).exists())
    return there if rejected else and_(_s.rejected.is_(False), there)


def _there(noted: ColumnElement[bool]) -> ColumnElement[bool]:
    return or_(_s.current, _s.corrected, _s.verdict.is_not(None), noted)


def in_body() -> ColumnElement[bool]:
    """Statements of the running text.

    What a headline, a summary or a caption says is shown, and counts nowhere: the words are an editor's, and
    mostly the text says it again.
    """
    return _s.part == "body"


def counted() -> ColumnElement[bool]:
    """Statements of the running text that are shown, for questions about very many of them.

    What is noted is looked up once, and not for each, so that the index of speakers has all that is asked.
    """
    noted = _s.id.in_(select(_noted.c.id).join(notes, notes.c.subject == _noted.c.statement))
    return and_(in_body(), _s.rejected.is_(False), _there(noted))


def unsettled() -> ColumnElement[bool]:
    """What waits for a verdict: commitments and predictions of the running text without a final one.

    Theirs is none, pending, disputed, or another kind's.
    """
    waiting = or_(_s.verdict.is_(None), _s.verdict.in_((*PENDING_VERDICTS, DISPUTED)), ~_fits())
    return and_(_s.kind.in_(SETTLEABLE), in_body(), waiting)


def _fits() -> ColumnElement[bool]:
    """Whether a verdict is one of its kind's: it is not where the kind was corrected afterwards."""
    return or_(
        *(and_(_s.kind == kind, _s.verdict.in_((*verdicts_for(kind), DISPUTED))) for kind in SETTLEABLE)
    )
