"""Whom "Q" and "A" stand for where an interview is printed as questions and answers."""

from __future__ import annotations

import re

from onrecord.extract.entities import Entity
from onrecord.extract.names import Names
from onrecord.extract.pronouns import Answer

_TURN = re.compile(r"^[ \t]*(Q|A)(?=[:.]\s)", re.MULTILINE)
# So often at least a person is named before the first question to be the one who answers.
NAMED = 2


class Interview:
    """The article as an interview; `printed` is whether it has questions and answers marked Q and A."""

    def __init__(self, names: Names) -> None:
        turns = list(_TURN.finditer(names.text))
        self.printed = {turn[1] for turn in turns} == {"Q", "A"}
        self.answering = _introduced(names, turns[0].start()) if self.printed else None

    def speaks(self, letter: str) -> Answer:
        """Who asks is not named; who answers is whom the introduction names."""
        if letter == "Q" or self.answering is None:
            return Answer(None, "unknown", False, 0.0, None, "asks")
        return Answer(self.answering.name, "person", False, 1.0, self.answering, "answers")


def _introduced(names: Names, end: int) -> Entity | None:
    """The person who is named before `end` more often than anybody else, and often enough."""
    persons = [e for e in names.entities if e.type == "person"]
    counts = sorted(((sum(m.start < end for m in e.mentions), e.number, e) for e in persons), reverse=True)
    if not counts or counts[0][0] < NAMED or (len(counts) > 1 and counts[1][0] == counts[0][0]):
        return None
    return counts[0][2]
