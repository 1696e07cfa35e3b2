"""The story that `make demo` and the README tell of a ledger: the script of examples/ledger.sh, as it is."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_ledger_s_story_is_told_to_its_end(tmp_path: Path) -> None:
    environment = {**os.environ, "COLUMNS": "110"}
    run = subprocess.run(
        [ROOT / "examples" / "ledger.sh", tmp_path], capture_output=True, text=True, env=environment
    )
    assert (run.returncode, run.stderr) == (0, "")
    told = re.split(r"^\$ onrecord ", run.stdout, flags=re.M)[1:]
    assert [part.split()[0] for part in told] == [
        "add", "add", "due", "settle", "settle", "score", "checkpoint", "verify",
    ]  # fmt: skip
    by = dict(
        zip(
            ("first", "all", "due", "promise", "forecast", "score", "checkpoint", "verify"), told, strict=True
        )
    )
    assert "The border posts at Sarn" in by["due"]
    assert re.search(r"kept on 2024-03-01, by demo\.", by["promise"])
    assert re.search(r"came.true on 2025-02-11, by demo\.", by["forecast"])
    assert re.search(r"Kestria +100 % \(23–100 %\).*\n +1 of 1", by["score"])
    (head,) = re.findall(r"^\d+:([0-9a-f]{64})$", by["checkpoint"], re.M)
    assert head in by["verify"]
