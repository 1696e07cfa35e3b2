"""Kills the adding of articles at random moments, again and again, and looks at what is left.

    python benchmarks/kill.py [--kills 200] [--articles 500] [--seed 1] [--writer] [--only sqlite|postgresql]

A folder of invented articles is added by `onrecord add`, a real process that gets SIGKILL: most times a
random moment after it has added an article or more, sometimes while it starts. After each kill the log is
verified; then the work is run to its end. In the end the ledger must equal that of an undisturbed run in
every table (times, salts and hashes left out). On SQLite, and on a PostgreSQL server of its own.
With --writer the process adds documents made beforehand, so that nearly every kill falls into writing.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

import onrecord  # noqa: E402
from onrecord.errors import NoLedger  # noqa: E402
from tests.record.contents import contents, difference  # noqa: E402
from tests.record.made import documents  # noqa: E402
from tests.record.server import NoServerError, running  # noqa: E402

ONRECORD = Path(sys.executable).with_name("onrecord")
# One kill in so many falls while the process starts, and makes the ledger.
EARLY = 10
WRITER = """
import sys
import onrecord
from tests.record.made import documents

with onrecord.open(sys.argv[1], create=True, actor="benchmark") as ledger:
    for added in ledger.add_many(documents(int(sys.argv[2]))):
        pass
"""


@dataclass(frozen=True, slots=True)
class Work:
    """What is killed: the command for a ledger's place, and how many articles it adds in all."""

    command: Callable[[str], list[str]]
    articles: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went. progress: articles on record after each kill; differs: the first difference, if any."""

    progress: list[int]
    statements: int
    differs: str | None
    seconds: float


def adding(folder: Path, count: int) -> Work:
    """`onrecord add` of a folder of invented articles, which is made."""
    for number, made in enumerate(documents(count)):
        (folder / f"{number:05}.txt").write_text(made.article.text, encoding="utf-8")
    words = [str(ONRECORD), "add", str(folder), "--quiet", "--actor", "benchmark", "--db"]
    return Work(lambda place: [*words, place], count)


def writing(count: int) -> Work:
    """The adding of documents that were read before."""
    return Work(lambda place: [sys.executable, "-c", WRITER, place, str(count)], count)


def start(work: Work, place: str) -> subprocess.Popen[bytes]:
    """The process, begun."""
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    environment = os.environ | {"PYTHONPATH": path, "ORT_DISABLE_TELEMETRY": "1"}
    return subprocess.Popen(
        work.command(place), env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd=ROOT
    )


def finish(work: Work, place: str) -> float:
    """Run the work to its end; the seconds an article took, from the first on record to the last.

    Raises RuntimeError where it failed.
    """
    process = start(work, place)
    with counter(place) as count:
        while process.poll() is None and not count():
            time.sleep(0.002)
        began = time.perf_counter()
    if code := process.wait():
        raise RuntimeError(f"{' '.join(work.command('LEDGER'))} ended with exit code {code}")
    return (time.perf_counter() - began) / work.articles


@contextmanager
def counter(place: str) -> Iterator[Callable[[], int]]:
    """Counts the articles on record, past the ledger's own code: 0 as long as there is no table."""
    if not place.startswith("postgresql"):
        yield lambda: _count_in_file(place)
        return
    import psycopg

    with psycopg.connect(place, autocommit=True) as connection:

        def count() -> int:
            with suppress(psycopg.errors.UndefinedTable):
                row = connection.execute("SELECT count(*) FROM articles").fetchone()
                return int(row[0]) if row else 0
            return 0

        yield count


def _count_in_file(place: str) -> int:
    with suppress(sqlite3.OperationalError):
        connection = sqlite3.connect(f"file:{place}?mode=ro", uri=True)
        try:
            return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])
        finally:
            connection.close()
    return 0


def kill_once(work: Work, place: str, *, target: int | None, delay: float) -> None:
    """Start the work and kill it so many seconds after `target` articles are on record (None: its start)."""
    process = start(work, place)
    with counter(place) as count:
        while target is not None and count() < target and process.poll() is None:
            time.sleep(0.002)
    time.sleep(delay)
    process.kill()
    process.wait()


def verified(place: str) -> int:
    """How many articles are on record, once the log is verified. Raises ChainBroken."""
    try:
        with onrecord.open(place, create=False) as ledger:
            ledger.verify()
    except NoLedger:
        return 0
    with counter(place) as count:
        return count()


def killed(work: Work, new_place: Callable[[], str], *, kills: int, chance: random.Random) -> Outcome:
    """Kill the work so many times, run it to its end, and compare with an undisturbed run."""
    undisturbed, place = new_place(), new_place()
    pace = finish(work, undisturbed)
    began = time.perf_counter()
    progress = [0]
    for number in range(kills):
        early = number % EARLY == 0
        # The kills are spread evenly over what was left at each of them.
        step = (work.articles - progress[-1]) / (kills - number + 1)
        target = progress[-1] + max(1, round(chance.uniform(0, 2 * step)))
        target = min(target, work.articles - 1)
        delay = chance.uniform(0, 1.5) if early else chance.uniform(0, 2 * pace)
        kill_once(work, place, target=None if early else target, delay=delay)
        progress.append(verified(place))
    finish(work, place)
    verified(place)
    wanted, found = contents(undisturbed), contents(place)
    seconds = time.perf_counter() - began
    return Outcome(progress[1:], len(found["statements"]), difference(wanted, found), seconds)


def report(name: str, outcome: Outcome) -> None:
    """One line on how it went on a database."""
    steps = [0, *outcome.progress]
    moved = sum(after > before for before, after in pairwise(steps))
    equal = "equals an undisturbed run" if outcome.differs is None else f"DIFFERS: {outcome.differs}"
    print(
        f"{name:11} {len(outcome.progress)} kills ({moved} runs got further), verified after every one; "
        f"the ledger of {outcome.statements:,} statements {equal} ({outcome.seconds:.0f} s)",
        flush=True,
    )


def main() -> int:
    """Command line; exit code 1 where a ledger differs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--writer", action="store_true", help="kill the writing alone, without reading")
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    options = parser.parse_args()
    outcomes = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "articles"
        folder.mkdir()
        work = writing(options.articles) if options.writer else adding(folder, options.articles)
        if options.only != "postgresql":
            files = (str(Path(name) / f"{which}.db") for which in ("undisturbed", "killed"))
            chance = random.Random(options.seed)
            outcomes.append(killed(work, lambda: next(files), kills=options.kills, chance=chance))
            report("SQLite", outcomes[-1])
        if options.only != "sqlite":
            try:
                with running(durable=True) as server:
                    chance = random.Random(options.seed)
                    outcomes.append(killed(work, server.database, kills=options.kills, chance=chance))
                report("PostgreSQL", outcomes[-1])
            except NoServerError as missing:
                print(f"PostgreSQL  left out: {missing}")
    return int(any(outcome.differs for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
