"""onrecord: what was said, by whom, on whose word, and how it turned out."""

from typing import TYPE_CHECKING, Any

from onrecord.entry import Entry, Evidence, LogRow, Rating
from onrecord.errors import OnrecordError
from onrecord.flow import Reader, read
from onrecord.ledger import open  # noqa: A004 - onrecord.open("record.db")
from onrecord.settings import Settings
from onrecord.statement import (
    Article,
    Block,
    Certainty,
    Condition,
    Document,
    ReaderInfo,
    Span,
    Speaker,
    Statement,
    TimeExpression,
    Voice,
    When,
)
from onrecord.version import __version__ as __version__

if TYPE_CHECKING:
    from onrecord.ledger.core import Ledger
    from onrecord.record.query import Query


# Where the names are that need the database's library, which only those who use them wait for.
_LATE = {"Ledger": "onrecord.ledger.core", "Query": "onrecord.record.query"}


def __getattr__(name: str) -> Any:
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LATE[name]), name)


__all__ = [
    "Article",
    "Block",
    "Certainty",
    "Condition",
    "Document",
    "Entry",
    "Evidence",
    "Ledger",
    "LogRow",
    "OnrecordError",
    "Query",
    "Rating",
    "Reader",
    "ReaderInfo",
    "Settings",
    "Span",
    "Speaker",
    "Statement",
    "TimeExpression",
    "Voice",
    "When",
    "open",
    "read",
]
