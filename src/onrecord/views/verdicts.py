"""What each verdict means, in the words in which people are asked for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onrecord import track
from onrecord.entry import verdicts_for
from onrecord.views.harmless import harmless

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.entry import Entry

_MEANT: Final = {
    "in-the-works": "something has been done, and it may still be kept",
    "stalled": "nothing moves, and it may still be kept",
    "kept": "done, wholly or in all that matters",
    "partly-kept": "clearly less than was said, but something of weight; or a compromise",
    "broken": "not done, or the contrary done",
    "void": "its condition was never met",
    "unverifiable": "nobody can tell",
}
_NOT_DONE: Final = {
    "kept": "it was not done, as was said",
    "partly-kept": "it was done in part, clearly less than it could have been",
    "broken": "it was done all the same",
}


def choices(entry: Entry) -> Iterator[tuple[str, str, str]]:
    """The verdicts that a statement can have: the name, its words, what it means for this one."""
    for verdict in verdicts_for(entry.kind):
        yield verdict, track.shown_as(verdict, entry.kind), meant(entry, verdict)


def meant(entry: Entry, verdict: str) -> str:
    """What a verdict means for this statement."""
    if entry.kind == "prediction":
        if verdict == "void":
            return "its condition was never met, or the question lost its sense"
        return harmless(track.plainly(entry, verdict)).rstrip(".")
    if entry.negative and entry.kind == "commitment":
        return _NOT_DONE.get(verdict, _MEANT[verdict])
    return _MEANT[verdict]
