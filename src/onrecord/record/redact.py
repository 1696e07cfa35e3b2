"""Finds every row of the log that repeats certain words, and says what is to stand there instead.

The act that comes of it names those rows and carries their new content; when it goes on the log, the old
content goes for good, while the hashes, and so the proof of all other rows, stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Select, select

from onrecord.entry import Act
from onrecord.errors import BadOption
from onrecord.errors.ledger import NothingFound
from onrecord.record import blanks
from onrecord.record.project.lines import versions
from onrecord.record.project.work import Payload, Row, Work, batches
from onrecord.record.schema import articles, log, readings, statements
from onrecord.statement import Span

_MACHINE = ("article", "reading", "statement")
_WITH_WORDS = "a row with words that can go: the names that are merged or split stay, and it has no reason"
_STATEMENT = "ID, of a statement or an article that has the name"
# Digits of the largest row number that both databases' columns take for certain.
_DIGITS = 9


def redaction_act(connection: Connection, target: str, why: str) -> Act:
    """The act that takes words out of the ledger.

    target: the id of a statement: its words go from its article (title included), from all versions of it,
    from every statement that shares them and from what people wrote about those.
    The id of an article: all of its words go, in all of its versions, and with them the names in its
    statements; its address, outlet and day stay. `row:N`: what a person wrote in that row of the log;
    names that are merged or split stay. Raises NothingFound, and BadOption where such a row has nothing else.
    """
    work = Work(connection)
    number = _row_number(target)
    if number is not None:
        row, payload = _row(work, number, target)
        if row.act not in _MACHINE:
            new = blanks.in_people_s_act(payload, blanks.blanked)
            if row.act in ("merge", "split") and new == payload:
                raise BadOption(option="row", value=target, expected=_WITH_WORDS, example=_STATEMENT)
            return _act(work, target, why, {number: new})
        target = row.subject or ""
    whole = connection.execute(select(articles.c.id).where(articles.c.article == target)).scalar()
    if whole is not None:
        return _act(work, target, why, _article(work, whole))
    part = select(statements.c.article, statements.c.log_row).where(statements.c.statement == target)
    found = connection.execute(part).one_or_none()
    if found is None:
        raise NothingFound(id=target, expected="statement or article")
    return _act(work, target, why, _statement(work, *found))


@dataclass(slots=True)
class _Page:
    """An article as the log has it, in whatever rows: its own, its readings', its statements', people's."""

    row: Row
    readings: list[Row] = field(default_factory=list)
    statements: list[Row] = field(default_factory=list)
    people: list[Row] = field(default_factory=list)

    @classmethod
    def of(cls, work: Work, number: int) -> _Page:
        read = _all(work, select(readings.c.id, readings.c.statements).where(readings.c.article == number))
        # A reading's statements follow it on the log; those that a later reading replaced are there alone.
        said = {row for first, count in read for row in range(first + 1, first + count + 1)}
        said |= {
            row for (row,) in _all(work, select(statements.c.log_row).where(statements.c.article == number))
        }
        rows = work.log_rows([number, *(first for first, _ in read), *sorted(said)])
        page = cls(rows.pop(number))
        for row, payload in rows.values():
            if row.act == "reading":
                page.readings.append((row, payload))
            elif row.act == "statement" and payload["article"] == page.row[0].subject:
                page.statements.append((row, payload))
        subjects = {row.subject for row, _ in (page.row, *page.statements)}
        page.people = _people(work, subjects)
        return page

    def replaced(self, blank: Callable[[str], str], after: str, *, names: bool) -> dict[int, Payload]:
        """New content for the rows that change. names: all names of speakers go, too."""
        row, payload = self.row
        before = payload["text"]
        new = {row.sequence: payload | {"text": after, "title": payload["title"] and blank(payload["title"])}}
        if names:
            new[row.sequence] |= {"author": payload["author"] and blank(payload["author"])}
        new |= {row.sequence: blanks.in_reading(said, before, after) for row, said in self.readings}
        said_by_id = {row.subject or "": said for row, said in self.statements}
        hidden = blanks.hidden_names(said_by_id, before, after)
        for row, said in self.statements:
            gone = _names(said) if names else hidden[row.subject or ""]
            new[row.sequence] = blanks.in_statement(said, before, after, gone)
        new |= {row.sequence: blanks.in_people_s_act(said, blank) for row, said in self.people}
        rows = (self.row, *self.readings, *self.statements, *self.people)
        return {row.sequence: new[row.sequence] for row, said in rows if new[row.sequence] != said}


def _article(work: Work, number: int) -> dict[int, Payload]:
    new: dict[int, Payload] = {}
    for version in versions(work.connection, number):
        page = _Page.of(work, version)
        new |= page.replaced(blanks.blanked, blanks.blanked(page.row[1]["text"]), names=True)
    return new


def _statement(work: Work, article: int, row: int) -> dict[int, Payload]:
    said = work.log_rows([row])[row][1]
    pages = {number: _Page.of(work, number) for number in versions(work.connection, article)}
    text = pages[article].row[1]["text"]
    runs = blanks.runs_of(text[start:end] for start, end in said["content"])

    def blank(words: str) -> str:
        return blanks.without(words, blanks.found(runs, words))

    new: dict[int, Payload] = {}
    for page in pages.values():
        text = page.row[1]["text"]
        same = (
            Span(*span)
            for _, each in page.statements
            if each["text"] == said["text"]
            for span in each["content"]
        )
        after = blanks.without(text, [*same, *blanks.found(runs, text)])
        new |= page.replaced(blank, after, names=False)
    return new


def _act(work: Work, subject: str, why: str, new: dict[int, Payload]) -> Act:
    """The act. Earlier redactions that carry words which now go are redacted themselves, and taken over."""
    asked = select(log.c.sequence).where(log.c.act == "redaction", log.c.payload.is_not(None))
    earlier = work.log_rows(work.connection.execute(asked).scalars().all())
    rows = set(new)
    for sequence, (_, payload) in sorted(earlier.items(), reverse=True):
        carried = {int(number): said for number, said in payload["replacements"].items()}
        if rows & {sequence, *carried}:
            rows |= {sequence, *payload["rows"]}
            new = carried | new | {sequence: new.get(sequence, payload) | {"replacements": {}}}
    replacements = {str(number): new[number] for number in sorted(new)}
    return Act("redaction", subject, {"why": why, "rows": sorted(rows), "replacements": replacements})


def _names(said: Payload) -> set[str]:
    """Everybody whom a statement names as speaker or as one through whom the words came."""
    names = {said["speaker"]["name"], *(link["name"] for link in said["chain"])}
    return {name for name in names if name is not None}


def _row_number(target: str) -> int | None:
    number = target.removeprefix("row:")
    if not (target.startswith("row:") and number.isdecimal()):
        return None
    return int(number) if len(number) <= _DIGITS else 0  # no row has the number 0


def _row(work: Work, number: int, target: str) -> Row:
    found = work.log_rows([number]).get(number)
    if found is None:
        raise NothingFound(id=target, expected="row of the log")
    return found


def _all(work: Work, asked: Select[Any]) -> Sequence[Any]:
    return work.connection.execute(asked).all()


def _people(work: Work, subjects: Iterable[str | None]) -> list[Row]:
    """What people wrote about these statements and articles; redactions are seen to by `_act`."""
    sequences: list[int] = []
    for batch in batches(sorted({subject for subject in subjects if subject})):
        about = log.c.subject.in_(batch) & log.c.act.not_in(_MACHINE)
        asked = select(log.c.sequence).where(about, log.c.act != "redaction")
        sequences += work.connection.execute(asked).scalars()
    return list(work.log_rows(sequences).values())
