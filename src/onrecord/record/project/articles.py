"""Puts articles and readings into their tables: a text that changes under one address is a new version.

So is a text of which more is said than before, under whatever address: whoever put it on record looked for
it, and the act names the version before. What an act does not name is found by its address alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import BindParameter, bindparam, exists, func, select, update

from onrecord.record.project import lines
from onrecord.record.project.work import Payload, Row, Work, compact, day, fit_or_none, one_of
from onrecord.record.schema import articles, readings, statements
from onrecord.record.texts import fingerprint, fit

_IDS: Final = select(articles.c.article, articles.c.id).where(one_of(articles.c.article))
_NEWEST: Final = (
    select(articles.c.url, func.max(articles.c.id)).where(one_of(articles.c.url)).group_by(articles.c.url)
)
_READ: Final = select(
    articles.c.article, articles.c.id, exists().where(readings.c.article == articles.c.id)
).where(one_of(articles.c.article))
_NUMBER: Final[BindParameter[int]] = bindparam("number")
_OLDER: Final = update(readings).where(readings.c.article == _NUMBER).values(current=False)
_LACKING: Final = update(statements).where(statements.c.article == _NUMBER).values(current=False)


def add(work: Work, rows: Sequence[Row]) -> None:
    """New articles; one that is there stays as it is."""
    names = {row.subject or "" for row, _ in rows}
    urls = {fit(payload["url"]) for _, payload in rows if payload["url"]}
    before = {payload["version_of"] for _, payload in rows if "version_of" in payload}
    there = ids_of(work, names | before)
    newest: dict[str | None, int] = dict(work.among(_NEWEST, urls))
    made: list[Payload] = []
    for row, payload in rows:
        name = row.subject or ""
        if name not in there:
            columns = columns_of(payload)
            made.append(
                {"id": row.sequence, "article": name, "added": row.time}
                | {"version_of": there.get(payload.get("version_of", "")) or newest.get(columns["url"])}
                | columns
            )
            there[name] = row.sequence
            if columns["url"]:
                newest[columns["url"]] = row.sequence
    work.put(articles, made)


def columns_of(payload: Payload) -> Payload:
    """An article's columns, from an act's payload."""
    facts = ("url", "outlet", "title", "author", "language")
    return {name: fit_or_none(payload[name]) for name in facts} | {
        "published": day(payload["published"]),
        "published_from": payload["published_from"],
        "text": fit(payload["text"]),
        "blocks": compact(payload["blocks"]),
        "fingerprint": fingerprint(payload["text"]),
    }


def ids_of(work: Work, names: Iterable[str]) -> dict[str, int]:
    """The number of each article that the ledger has, by its id."""
    return dict(work.among(_IDS, names))


def read(work: Work, rows: Sequence[Row]) -> dict[int, int]:
    """New readings, at most one of each article; gives, of first readings, the article's number by theirs.

    A reading takes the place of the one before: what that had found counts as no longer found, until the
    new one finds it too.
    """
    subjects = work.among(_READ, {row.subject or "" for row, _ in rows})
    found = {name: (number, bool(before)) for name, number, before in subjects}
    rows = [
        (row, payload)
        for row, payload in rows
        if row.subject in found and found[row.subject][0] < row.sequence
    ]
    found = {name: found[name] for name in (row.subject or "" for row, _ in rows)}
    again = [{"number": number} for number, before in found.values() if before]
    if again:
        work.connection.execute(_OLDER, again)
        work.connection.execute(_LACKING, again)
    made = [
        {"id": row.sequence, "article": found[row.subject or ""][0], "read": row.time}
        | {name: fit(payload["reader"][name]) for name in ("version", "model")}
        | {"statements": payload["statements"], "times": compact(payload["times"])}
        for row, payload in rows
    ]
    work.put(readings, made)
    numbers = ((row.sequence, *found[row.subject or ""]) for row, _ in rows)
    return {reading: article for reading, article, before in numbers if not before}


def supersede(work: Work, names: Iterable[str]) -> None:
    """Lets what older versions of these articles say count as no longer found: it would be there twice.

    It stays on record, and is shown where a person corrected, rated or noted it.
    """
    names = set(names)
    before: dict[str, int] = dict(work.among(lines.BEFORE, names))
    numbers = {*before.values(), *(number for (number,) in work.among(lines.OUTDATED, names))}
    # What stood under an article's address before it is asked for where something did, which is seldom.
    numbers |= {number for (number,) in work.among(lines.OLDER, before)}
    if numbers:
        older = [{"number": number} for number in sorted(numbers)]
        work.connection.execute(_OLDER, older)
        work.connection.execute(_LACKING, older)
