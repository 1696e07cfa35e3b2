"""What changed between two versions of an article, in a line of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.views import words

if TYPE_CHECKING:
    from onrecord.record.versions import Changes


def told(changes: Changes) -> str:
    """The counts of a comparison: "1 paragraph changed, 2 added; 1 statement went, 3 came; another title"."""
    paragraphs = _counted("paragraph", changed=changes.changed, added=changes.added, removed=changes.removed)
    statements = _counted("statement", went=changes.went, came=changes.came)
    facts = f"another {' and '.join(fact.name for fact in changes.facts)}" if changes.facts else ""
    return "; ".join(filter(None, (paragraphs, statements, facts))) or "only blanks changed"


def _counted(thing: str, **parts: tuple[object, ...]) -> str:
    """Numbers with what became of them; the noun stands with the first alone."""
    told = [f"{len(things)} {fate}" for fate, things in parts.items() if things]
    if told:
        number, _, fate = told[0].partition(" ")
        told[0] = f"{words.counted(int(number), thing)} {fate}"
    return ", ".join(told)
