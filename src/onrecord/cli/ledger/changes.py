"""What changed between two versions of an article, in a line of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.views import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.record.versions import Changes


def told(changes: Changes) -> str:
    """The counts of a comparison: "1 paragraph changed, 2 added; 1 statement went, 3 came; another title"."""
    paragraphs = _counted("paragraph", changed=changes.changed, added=changes.added, removed=changes.removed)
    statements = _counted("statement", went=changes.went, came=changes.came)
    return "; ".join(filter(None, (paragraphs, statements, *_facts(changes)))) or "only blanks changed"


def _facts(changes: Changes) -> Iterator[str]:
    """What is said of the article besides its text: what became another, came, and is missing."""
    kinds = {"another": (True, True), "now with": (False, True), "now without": (True, False)}
    for kind, there in kinds.items():
        names = [fact.name for fact in changes.facts if (bool(fact.before), bool(fact.after)) == there]
        if names:
            yield f"{kind} {' and '.join(names)}"


def _counted(thing: str, **parts: tuple[object, ...]) -> str:
    """Numbers with what became of them; the noun stands with the first alone."""
    told = [f"{len(things)} {fate}" for fate, things in parts.items() if things]
    if told:
        number, _, fate = told[0].partition(" ")
        told[0] = f"{words.counted(int(number), thing)} {fate}"
    return ", ".join(told)
