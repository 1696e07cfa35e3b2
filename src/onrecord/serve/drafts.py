"""Keeps what was read and is not stored, for an hour, each reading for the person who asked for it."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from onrecord.statement import Document

LIFE: Final = timedelta(hours=1)
# A document with its text and spans takes about ten times the characters of its text.
MAX_CHARACTERS: Final = 20_000_000
MAX_EACH: Final = 50
MAX_ALL: Final = 1_000


@dataclass(frozen=True, slots=True)
class Draft:
    """A document that is not on record. name: the file, the address or "text" that it was read from.

    discarded: it is not listed any more, and can be taken back as long as it lives.
    """

    id: str
    owner: str
    name: str
    document: Document
    made: datetime
    discarded: bool = False


def _id() -> str:
    return secrets.token_urlsafe(12)


class Drafts:
    """Drafts by their random ids, bounded in number, size and time; the oldest go first."""

    def __init__(self, *, new_id: Callable[[], str] = _id, max_characters: int = MAX_CHARACTERS) -> None:
        self._drafts: OrderedDict[str, Draft] = OrderedDict()
        self._lock = threading.Lock()
        self._new_id = new_id
        self._max_characters = max_characters

    def add(self, owner: str, name: str, document: Document, now: datetime) -> Draft:
        """Keep a document for its owner (a session)."""
        draft = Draft(self._new_id(), owner, name, document, now)
        with self._lock:
            self._drafts[draft.id] = draft
            self._shrink(owner, now)
        return draft

    def get(self, owner: str, id: str, now: datetime) -> Draft | None:  # noqa: A002
        """The owner's draft; None where it is another's, was never there, or is gone."""
        with self._lock:
            draft = self._drafts.get(id)
        return draft if draft and draft.owner == owner and now - draft.made < LIFE else None

    def of(self, owner: str, now: datetime) -> list[Draft]:
        """The owner's drafts, newest first, without the discarded ones."""
        with self._lock:
            own = [draft for draft in self._drafts.values() if draft.owner == owner and not draft.discarded]
        return [draft for draft in reversed(own) if now - draft.made < LIFE]

    def change(self, draft: Draft, *, document: Document | None = None, discarded: bool = False) -> Draft:
        """Put another reading in a draft's place, discard it, or take it back."""
        changed = replace(draft, document=document or draft.document, discarded=discarded)
        with self._lock:
            if draft.id in self._drafts:
                self._drafts[draft.id] = changed
        return changed

    def remove(self, draft: Draft) -> None:
        """Forget a draft: it is on record now."""
        with self._lock:
            self._drafts.pop(draft.id, None)

    def _shrink(self, owner: str, now: datetime) -> None:
        own = [draft.id for draft in self._drafts.values() if draft.owner == owner]
        over = set(own[:-MAX_EACH])
        for draft in list(self._drafts.values()):
            if draft.id in over or now - draft.made >= LIFE:
                del self._drafts[draft.id]
        size = sum(len(draft.document.article.text) for draft in self._drafts.values())
        while len(self._drafts) > MAX_ALL or (size > self._max_characters and len(self._drafts) > 1):
            _, oldest = self._drafts.popitem(last=False)
            size -= len(oldest.document.article.text)
