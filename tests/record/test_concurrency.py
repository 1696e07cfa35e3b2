"""Eight processes add at once: no row is lost, none comes twice, and the chain holds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from record.contents import contents
from record.made import document

import onrecord

WRITERS = 8
OWN = 6  # articles that only one of the processes adds
SHARED = 4  # articles that all of them add
# Makes the ledger if none of the others has, adds, and says on every shared article that it was there.
PROGRAM = """
import json, sys
import onrecord
from record.made import document

place, number, own, shared = sys.argv[1], *map(int, sys.argv[2:])
states = []
with onrecord.open(place, create=True, actor=f"writer {number}") as ledger:
    for turn in range(max(own, shared)):
        if turn < own:
            states.append(ledger.add(document(1000 * number + turn)).state)
        if turn < shared:
            added = ledger.add(document(turn, seed=1))
            states.append(added.state)
            ledger.note(added.article, f"seen by writer {number}")
print(json.dumps(states))
"""


def start(place: str, number: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PROGRAM, place, str(number), str(OWN), str(SHARED)]
    path = os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    environment = os.environ | {"PYTHONPATH": path}
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.fixture
def states(place: str) -> list[str]:
    """What became of every article of every process."""
    found: list[str] = []
    running = [start(place, number) for number in range(WRITERS)]
    try:
        for process in running:
            out, err = process.communicate(timeout=120)
            assert process.returncode == 0, err
            found += json.loads(out)
    finally:
        for process in running:
            process.kill()
    return found


def test_eight_writers_at_once(place: str, states: list[str]) -> None:
    assert Counter(states) == {"new": WRITERS * OWN + SHARED, "known": (WRITERS - 1) * SHARED}

    found = contents(place)
    numbers = [1000 * writer + turn for writer in range(WRITERS) for turn in range(OWN)]
    wanted = [document(number) for number in numbers] + [document(turn, seed=1) for turn in range(SHARED)]
    kept = Counter(row[2] for row in found["log"])
    assert kept == {
        "article": len(wanted),
        "reading": len(wanted),
        "statement": sum(len(made.statements) for made in wanted),
        "note": WRITERS * SHARED,
    }
    acts = [row[2] for row in found["log"]]
    assert {after for act, after in pairwise(acts) if act == "article"} == {"reading"}, "others' rows between"
    assert [row[0] for row in found["log"]] == list(range(1, kept.total() + 1))
    assert {row[1] for row in found["articles"]} == {made.article.id for made in wanted}
    assert {row[1] for row in found["statements"]} == {one.id for made in wanted for one in made.statements}

    with onrecord.open(place) as ledger:
        assert ledger.verify().rows == kept.total()
        ledger.rebuild()
    assert contents(place) == found
