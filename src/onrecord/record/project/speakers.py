"""Gives every name that answers for a statement one row, and joins names that people judge to be the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Final

from sqlalchemy import bindparam, select, update

from onrecord.record.project.work import Payload, Row, Work, fit_or_none, one_of
from onrecord.record.schema import judgements, log, speakers
from onrecord.record.texts import fit

# What stands in place of redacted words, one for each code point.
BLANK: Final = "█"

_LONGEST_KEY: Final = 400  # code points
_BEGINNING: Final = 200
_IDS: Final = select(speakers.c.key, speakers.c.id).where(one_of(speakers.c.key))
_MERGE: Final = (
    update(speakers).where(speakers.c.id == bindparam("_id")).values(merged_into=bindparam("_into"))
)


def name_key(name: str) -> str:
    """What two spellings of one name have in common: letters without case, single spaces, Unicode's NFC.

    PostgreSQL's indexes take no more than 2.7 KB: of a longer name, the beginning and a hash of the whole.
    """
    name = fit(name)
    plain = name if name.isascii() else unicodedata.normalize("NFC", name)
    key = " ".join(plain.casefold().split())
    return key if len(key) <= _LONGEST_KEY else key[:_BEGINNING] + sha256(key.encode()).hexdigest()


def key_of(name: str | None) -> str | None:
    """The key of a name; None where there is none: nothing but spaces and redacted words."""
    return name_key(name) if name and name.replace(BLANK, "").strip() else None


def known(work: Work, keys: Iterable[str]) -> dict[str, int]:
    """Ids by key, of those of `keys` that have one."""
    return dict(work.among(_IDS, keys))


def ids_of(work: Work, named: Sequence[tuple[str | None, str | None, int]]) -> list[int | None]:
    """The id of each speaker, in order, None for no name; a name that is new gets the act's number as id.

    named: (name as read, kind, sequence of the act that names it).
    """
    key_by_name = {name: key_of(name) for name in {name for name, _, _ in named}}
    keys = [key_by_name[name] for name, _, _ in named]
    wanted = {key for key in key_by_name.values() if key}
    ids = known(work, wanted) if wanted else {}
    added: list[Payload] = []
    for key, (name, kind, sequence) in zip(keys, named, strict=True):
        if key and key not in ids:
            ids[key] = sequence
            added.append({"id": sequence, "name": fit(name or ""), "key": key, "kind": fit_or_none(kind)})
    work.put(speakers, added)
    return [ids[key] if key else None for key in keys]


def judge(work: Work, rows: Sequence[Row]) -> None:
    """Merges and splits, in order; `merged_into` always names the last of a row of merges.

    A split takes back the merge of that name alone: what had been merged into it stays with it.
    Names that no statement has are passed over, but for the one that others are merged into.
    """
    if work.parents is None:
        work.parents = _edges(work, rows[0][0].sequence)
    before = dict(work.parents)
    made: list[Payload] = []
    for row, payload in rows:
        name = row.subject or ""
        into = ids_of(work, [(name, None, row.sequence)])[0] if row.act == "merge" else None
        ids = known(work, map(name_key, [name, *members(name, payload)]))
        joined = _turn(work.parents, row.act, name, payload, set(ids))
        if joined:
            # One row an act: `acts.merge_acts` names one speaker in each.
            made.append(
                {"id": row.sequence, "judgement": row.act, "speaker": ids[joined[0]], "into": into}
                | {"actor": fit(row.actor), "time": row.time, "why": fit_or_none(payload.get("why"))}
            )
    work.put(judgements, made)
    _flatten(work, before)


def members(into: str, payload: Payload) -> list[str]:
    """The names that a merge joins to `into`, itself left out; none in a split."""
    return [name for name in payload.get("speakers", ()) if name_key(name) != name_key(into)]


def _turn(parents: dict[str, str], act: str, name: str, payload: Payload, known: set[str]) -> list[str]:
    """Lets one judgement take effect on who is merged into whom; gives the keys that it is about."""
    key = name_key(name)
    if key not in known:
        return []
    if act == "split":
        parents.pop(key, None)
        return [key]
    joined = [member for member in map(name_key, members(name, payload)) if member in known]
    for member in joined:
        if member in _line(parents, key):
            # The other way round than before: the one named now is to be the name for all.
            del parents[key]
        parents[member] = key
    return joined


def _edges(work: Work, before: int) -> dict[str, str]:
    """Who was merged into whom by the judgements on the log up to `before`."""
    judged = log.c.act.in_(["merge", "split"]) & (log.c.sequence < before)
    sequences = work.connection.execute(select(log.c.sequence).where(judged)).scalars().all()
    found = sorted(work.log_rows(sequences).items())
    names = {name for _, (row, said) in found for name in (row.subject or "", *members("", said))}
    ids = known(work, map(name_key, names))
    parents: dict[str, str] = {}
    for sequence, (row, payload) in found:
        # A speaker's id is the number of the act that named it first.
        by_then = {key for key, number in ids.items() if number <= sequence}
        _turn(parents, row.act, row.subject or "", payload, by_then)
    return parents


def _line(parents: Mapping[str, str], key: str) -> list[str]:
    """The key, what it was merged into, what that was merged into, and so on."""
    line = [key]
    while line[-1] in parents:
        line.append(parents[line[-1]])
    return line


def _flatten(work: Work, before: Mapping[str, str]) -> None:
    parents = work.parents or {}
    touched = [key for key in {*before, *parents} if _line(before, key)[-1] != _line(parents, key)[-1]]
    roots = {key: _line(parents, key)[-1] for key in touched}
    ids = known(work, {*roots, *roots.values()})
    changes = [
        {"_id": ids[key], "_into": ids[root] if root != key else None}
        for key, root in sorted(roots.items())
        if key in ids and root in ids
    ]
    if changes:
        work.connection.execute(_MERGE, changes)
