"""onrecord: what was said, by whom, on whose word, and how it turned out."""

from onrecord.errors import OnrecordError
from onrecord.flow import Reader, read
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

__version__ = "0.1.0"

__all__ = [
    "Article",
    "Block",
    "Certainty",
    "Condition",
    "Document",
    "OnrecordError",
    "Reader",
    "ReaderInfo",
    "Settings",
    "Span",
    "Speaker",
    "Statement",
    "TimeExpression",
    "Voice",
    "When",
    "read",
]
