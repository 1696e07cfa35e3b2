"""`onrecord add` as a process: interrupted and taken up again, and with the real reader."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from cli.building import heeding_interruption

import onrecord as package

EXAMPLES = Path(__file__).parents[2] / "examples" / "articles"
TESTS = Path(__file__).parents[1]
TEXT = "The mayor of the town said the old bridge will open to everybody in May.\n"
SLOW = """
import sys, time
sys.path.insert(0, {tests!r})
from cli.building import FakeReader
from onrecord.cli import main, run

class Slow(FakeReader):
    def read_many(self, articles, *, workers=1, **_):
        for document in super().read_many(articles):
            yield document
            time.sleep({pause})

run.open_reader = lambda settings: Slow()
sys.exit(main())
"""


def test_an_interruption_leaves_what_was_added_and_the_same_command_goes_on(tmp_path: Path) -> None:
    folder, place = tmp_path / "many", tmp_path / "ledger.db"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:02}.txt").write_text(TEXT.replace("old", f"old {number}."))

    def words(pause: float) -> list[str]:
        program = SLOW.format(tests=str(TESTS), pause=pause)
        return [sys.executable, "-c", program, "add", str(folder), "--db", str(place), "--actor", "test"]

    def there() -> int:
        try:
            with package.open(place, create=False, read_only=True) as ledger:
                return len(ledger.log(act="article", last=100))
        except package.OnrecordError:
            return 0

    process = subprocess.Popen(
        words(0.2), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=heeding_interruption
    )
    deadline = time.monotonic() + 120
    while there() < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=120)
    left = there()
    assert (process.returncode, out) == (130, "")
    assert f"Interrupted: {left} new, 0 known." in err
    assert 3 <= left < 40
    result = subprocess.run(words(0), capture_output=True, text=True, timeout=240, check=True)
    assert result.stdout.startswith(f"{40 - left} new, {left} known: ")
    with package.open(place) as ledger:
        ledger.verify()


def test_the_real_reader(tmp_path: Path) -> None:
    """Two articles, read in parallel by the program as installed: on record is what `read` prints."""
    command = [sys.executable, "-m", "onrecord"]
    inputs = [str(EXAMPLES / "bus-budget.txt"), str(EXAMPLES / "slow-train.html")]
    environment = {**os.environ, "ONRECORD_DB": str(tmp_path / "ledger.db"), "ORT_DISABLE_TELEMETRY": "1"}

    def answer(*words: str) -> Any:
        run = subprocess.run(
            [*command, *words], capture_output=True, env=environment, timeout=240, check=True
        )
        return json.loads(run.stdout)

    documents = answer("read", *inputs, "--format", "json")
    added = answer("add", *inputs, "--json")
    assert (added["new"], added["known"], added["unread"]) == (2, 0, 0)
    assert [item["article"] for item in added["articles"]] == [d["article"]["id"] for d in documents]
    counted = [sum(s["part"] == "body" for s in d["statements"]) for d in documents]
    assert [item["statements"] for item in added["articles"]] == counted
    with package.open(tmp_path / "ledger.db") as ledger:
        statements = ledger.log(act="statement", last=1_000)[::-1]
        assert [row.subject for row in statements] == [s["id"] for d in documents for s in d["statements"]]
        ledger.verify()
