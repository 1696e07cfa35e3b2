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
OWN = 5  # articles that only one of the processes adds
SHARED = 3  # articles that all of them add
# Becomes so many processes. Each makes the ledger if none of the others has, adds, and says on every shared
# article that it was there. What takes long to import is imported before, so that all begin at once.
PROGRAM = """
import json, os, signal, sys
import onrecord
from onrecord.ledger import core
from onrecord.record import migrate
from record.made import document

migrate.load()
place, writers, own, shared = sys.argv[1], *map(int, sys.argv[2:])

def write(number):
    states = []
    with onrecord.open(place, create=True, actor=f"writer {number}") as ledger:
        for turn in range(max(own, shared)):
            if turn < own:
                states.append(ledger.add(document(1000 * number + turn)).state)
            if turn < shared:
                added = ledger.add(document(turn, seed=1))
                states.append(added.state)
                ledger.note(added.article, f"seen by writer {number}")
    os.write(1, json.dumps(states).encode() + b"\\n")  # at once, unlike print

children = []
for number in range(writers):
    children.append(os.fork())
    if not children[-1]:
        signal.alarm(100)  # it ends, too, where the test gives up
        code = 1
        try:
            write(number)
            code = 0
        except BaseException:
            sys.excepthook(*sys.exc_info())
            sys.stderr.flush()
        finally:
            os._exit(code)
sys.exit(any([os.waitpid(child, 0)[1] for child in children]))
"""


@pytest.fixture
def states(place: str) -> list[str]:
    """What became of every article of every process."""
    path = os.pathsep.join([str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-c", PROGRAM, place, *map(str, (WRITERS, OWN, SHARED))]
    done = subprocess.run(
        command,
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == WRITERS
    return [state for line in lines for state in json.loads(line)]


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
